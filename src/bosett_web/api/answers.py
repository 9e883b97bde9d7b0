"""Answers as JSON that caches may keep: a strong ETag, how long they may, and 304 when nothing has changed."""

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

NEWEST = "public, max-age=15"
"""There may be a newer release in a moment."""
FOR_EVER = "public, max-age=31536000, immutable"
"""A release never changes."""


def answer(request: HttpRequest, of: str, content: Callable[[], object], keep: str = NEWEST) -> HttpResponse:
    """Return an answer, or that nothing has changed since who asks read it.

    Args:
        request: Whose path and query tell answers of one release apart.
        of: The hash of what it is made of.
        content: Makes it, as plain data; not called when nothing has changed.
        keep: How long caches may keep it.
    """
    tag = quote_etag(hashlib.sha256(f"{of} {request.get_full_path()}".encode()).hexdigest())
    conditional = get_conditional_response(request, etag=tag)
    response = _written(content()) if conditional is None else conditional
    if response.status_code < HTTPStatus.BAD_REQUEST:
        response.headers["ETag"], response.headers["Cache-Control"] = tag, keep
    return response


def _written(content: object) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json")
