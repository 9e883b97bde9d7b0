"""Plain HTTP goes no further than this machine, and a proxy is believed when it has been declared."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bosett.basis.languages import LANGUAGES
from bosett_web.operations.environment import is_loopback
from bosett_web.screens.words import say

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto")


class TransportMiddleware:
    """Refuse, before anything of a request is read, what came by an unknown proxy or unprotected from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, or refuse it in every language: nothing is known yet of who asks."""
        why = _refused(request)
        if not why:
            return self.get_response(request)
        text = "\n\n".join(say(why, language) for language in LANGUAGES)
        return HttpResponse(f"{text}\n", status=403, content_type="text/plain; charset=utf-8")


def _refused(request: HttpRequest) -> str:
    """Return the code of why a request is refused; empty when it is not."""
    forwarded = any(name in request.headers for name in FORWARDED)
    if forwarded and not settings.BEHIND_PROXY:
        return "proxy_undeclared"
    elsewhere = forwarded or not is_loopback(request.META["REMOTE_ADDR"])
    return "plain_http" if elsewhere and not settings.DEMO and not request.is_secure() else ""
