"""The pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bosett_web.pages.frame import refused
from bosett_web.pages.words import say


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that the request could not be read."""
    return _show(request, "forbidden", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that something may not be done."""
    return _show(request, "forbidden", 403)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that a form did not come from our page, with what was filled in."""
    return refused(request, say("forbidden_lead", getattr(request, "language", "nb")), 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that there is no such page, or none for this reader: the two look alike."""
    return _show(request, "not_found", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Show that the program failed. Asks no database: it may be the one that failed."""
    context = {"words": say("failed", "nb"), "lead": say("failed_lead", "nb"), "language": "nb"}
    return render(request, "pages/failed.html", context, status=500, using=None)


def _show(request: HttpRequest, code: str, status: int) -> HttpResponse:
    context = {"code": code, "lead": f"{code}_lead"}
    return render(request, "pages/fault.html", context, status=status)
