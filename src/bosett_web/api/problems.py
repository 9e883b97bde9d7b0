"""What goes wrong under /api/ is told to a program as a program reads it: application/problem+json (RFC 9457)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

MEDIA_TYPE = "application/problem+json"
UNKEPT = "no-store"
"""What is not there now may be there in a moment: no cache keeps a problem."""


class HttpProblem(Schema):
    """A problem of the kind that its status names, so its type is about:blank.

    Attributes:
        type: Always about:blank.
        title: What the status is called.
        status: The status of the answer.
        detail: What is wrong here, and what to do.
        instance: The path that was asked for.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str


def problem(request: HttpRequest, status: HTTPStatus, detail: str = "") -> HttpResponse:
    """Return the answer that tells of a problem; `detail` says what to do next, where more is known than the status."""
    content = HttpProblem(
        type="about:blank",
        title=status.phrase,
        status=status,
        detail=detail or status.description or status.phrase,
        instance=request.path,
    )
    return JsonResponse(content.dict(), status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": UNKEPT})
