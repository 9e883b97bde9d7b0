"""What goes wrong under /api/ is told to a program as a program reads it: application/problem+json (RFC 9457)."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"


class HttpProblem(Schema):
    """A problem of the kind that its status names, so its type is about:blank."""

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
    return JsonResponse(content.dict(), status=status, content_type=MEDIA_TYPE)


class ProblemMiddleware:
    """Turns a page about a fault into a problem, whoever made it: an unknown address, a method that only writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; keep the headers that belong to the fault, such as Allow."""
        answer = self.get_response(request)
        is_fault = request.path.startswith(PREFIX) and answer.status_code >= HTTPStatus.BAD_REQUEST
        if is_fault and answer.headers.get("Content-Type") != MEDIA_TYPE:
            replacement = problem(request, HTTPStatus(answer.status_code))
            answer.content, answer.headers["Content-Type"] = replacement.content, MEDIA_TYPE
        return answer
