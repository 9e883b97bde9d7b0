"""What stands around every request: one with the character NUL is refused, and sessions may find no space.

No text holds NUL and PostgreSQL takes none: left to itself it breaks whatever it first comes to, the search for a
session no less than a form. Files are no texts: what they hold is judged by their own readers, only their names here.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

from django.contrib.sessions import middleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.template.loader import render_to_string
from django.utils.datastructures import ImmutableList

from bosett_web.records import space
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import LARGEST_FORM, no_space
from bosett_web.screens.words import say

NUL = "\0"
_IN_ADDRESS = "%00"
_IN_JSON = "\\u0000"


class _Named(Exception):
    """The name of a file has it."""


class _Parser(MultiPartParser):
    """Reads a form with files; Django's own takes what cannot be seen out of their names, without a word."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        if NUL in file_name:
            raise _Named
        return super().sanitize_file_name(file_name)


class NulMiddleware:
    """Answers a request that has NUL in its address, query, headers, cookies, form, JSON or names of files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse it, in the language that pages begin in: whose it is has not been looked up."""
        return _refused(request) if _holds_nul(request) else self.get_response(request)


def _holds_nul(request: HttpRequest) -> bool:
    headers = [str(value) for name, value in request.META.items() if name.startswith("HTTP_")]
    if any(NUL in value or _IN_ADDRESS in value for value in headers):
        return True
    if NUL in request.path or any(NUL in text for text in (*_texts(request.GET), *_texts(request.COOKIES))):
        return True
    if int(request.headers.get("Content-Length") or 0) > LARGEST_FORM:
        return False  # it is refused unread
    if request.content_type == "application/json":
        return _in_json(request.body.decode("utf-8", "replace"))
    return request.method == "POST" and _in_form(request)


def _in_form(request: HttpRequest) -> bool:
    request.parse_file_upload = partial(_parse, request)  # type: ignore[method-assign]  # Django reads files by it
    try:
        texts = [*_texts(request.POST), *request.FILES]
    except _Named:
        return True
    except (MultiPartParserError, RequestDataTooBig):
        return False  # a fault of another kind, which meets its own answer
    return any(NUL in text or _in_json(text) for text in texts)


def _parse(request: HttpRequest, meta: Any, content: Any) -> Any:  # noqa: ANN401  - as Django's own, which has no types
    request.upload_handlers = ImmutableList(request.upload_handlers)
    return _Parser(meta, content, request.upload_handlers, request.encoding).parse()


def _in_json(text: str) -> bool:
    """Return whether a text is JSON that holds it; what only looks alike, a backslash and letters, is let be."""
    if _IN_JSON not in text:
        return False
    try:
        return any(NUL in each for each in _texts(json.loads(text)))
    except (ValueError, RecursionError):
        return False


def _texts(content: Any) -> Iterator[str]:  # noqa: ANN401  - what JSON or a form may hold
    """Yield every text in what a form or JSON holds, the names of its parts too."""
    if isinstance(content, str):
        yield content
    elif hasattr(content, "lists"):
        yield from _texts(dict(content.lists()))
    elif isinstance(content, dict):
        yield from _texts([*content.keys(), *content.values()])
    elif isinstance(content, list | tuple):
        for each in content:
            yield from _texts(each)


def _refused(request: HttpRequest) -> HttpResponse:
    words, lead = say("nul", "nb"), say("nul_lead", "nb")
    if not request.accepts("text/html"):
        return JsonResponse({"why": f"{words}. {lead}"}, status=400)
    return HttpResponse(
        render_to_string("site/failed.html", {"words": words, "lead": lead, "language": "nb"}), status=400
    )


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's own, but for a database that has no space for a session."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session.

        Where there is no space for it, an answer to somebody who is logged in stands, as what it tells of has been
        saved: all that is lost is a message for the next page. To anybody else the lack is told.
        """
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if not space.is_no_space(error):
                raise
        space.tell_full()
        seated = cast("PageRequest", request)  # answered: its seat has been looked up
        return response if seated.actor else no_space(seated)
