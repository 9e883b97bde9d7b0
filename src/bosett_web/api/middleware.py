"""What stands around every request under /api/: nobody is anybody there, and no page is ever shown."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from bosett_web.api.problems import MEDIA_TYPE, problem

PREFIX = "/api/"


class OpenMiddleware:
    """Answers everybody alike, from wherever they ask, and turns whatever goes wrong into a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; keep the headers that belong to a fault, such as Allow."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)  # before anybody reads it: no session is looked up
        answer = self.get_response(request) if _is_there(request) else problem(request, HTTPStatus.NOT_FOUND)
        if answer.status_code >= HTTPStatus.BAD_REQUEST and answer.headers.get("Content-Type") != MEDIA_TYPE:
            instead = problem(request, HTTPStatus(answer.status_code))
            answer.content = instead.content
            for name in ("Content-Type", "Cache-Control"):
                answer.headers[name] = instead.headers[name]
        answer.headers.pop("Vary", "")  # a session was asked for, and there is none: the answer is everybody's
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = "ETag"
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell that there is nothing at an address that leads on to others only; no page is made for it."""
        if request.path.startswith(PREFIX) and isinstance(exception, Http404):
            return problem(request, HTTPStatus.NOT_FOUND)
        return None


def _is_there(request: HttpRequest) -> bool:
    """Tell whether something answers at an address: what is unknown needs no page, which would ask the database."""
    try:
        resolve(request.path_info)
    except Resolver404:
        return False
    return True
