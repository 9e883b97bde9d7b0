"""The pages for what went wrong."""

import sys
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bosett.basis.languages import LANGUAGES
from bosett_web.records import space
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import ended, refused
from bosett_web.screens.words import say


def bad_request(request: PageRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that the request could not be read."""
    return _show(request, "forbidden", 400)


def forbidden(request: PageRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that something may not be done."""
    return _show(request, "forbidden", 403)


def csrf(request: PageRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that a form did not come from our page, with what was filled in; a script's session has ended."""
    if request.actor is None and not request.accepts("text/html"):
        return ended()
    return refused(request, say("forbidden_lead", getattr(request, "language", "nb")), 403)


def not_found(request: PageRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Show that there is no such page, or none for this reader: the two look alike."""
    return _show(request, "not_found", 404)


def failed(request: PageRequest) -> HttpResponse:
    """Show that the program failed, or that the disk is full. Asks no database: it may be the one that failed."""
    full = space.is_no_space(sys.exc_info()[1])
    if full:
        space.tell_full()
    code = "no_space" if full else "failed"
    status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.INTERNAL_SERVER_ERROR
    language = getattr(request, "language", "nb")
    words, lead = say(code, language), say(f"{code}_lead", language)
    if not request.accepts("text/html"):
        return JsonResponse({"why": lead}, status=status)
    # Without the request: what surrounds other pages asks the database.
    return HttpResponse(
        render_to_string("site/failed.html", {"words": words, "lead": lead, "language": language}), status=status
    )


def _show(request: PageRequest, code: str, status: int) -> HttpResponse:
    begins = request.path.split("/")[1]
    if begins in LANGUAGES:  # a public page has its language in its address, also one that is not there
        request.language = begins
    context = {"code": code, "lead": f"{code}_lead"}
    return render(request, "fault.html", context, status=status)
