"""Logging in and out, choosing the role, language and colours, and what was kept of a form."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bosett.geography import counties
from bosett.rounds.parties import Party
from bosett_web.actions import access, demo
from bosett_web.actions.doing import Invalid
from bosett_web.pages.forms import Form, in_words
from bosett_web.pages.frame import refused, show, shown_to
from bosett_web.pages.words import say
from bosett_web.queries.seats import demo_seats
from bosett_web.records import clock


@require_GET
def login(request: HttpRequest) -> HttpResponse:
    """Show how to log in; in the demo, whom to be."""
    if not settings.DEMO:
        return show(request, "login", {"groups": (), "counties": ()})
    area = request.GET.get("county", "")
    return show(
        request,
        "login",
        {"groups": demo_seats(area), "counties": counties(clock.today().year), "area": area},
    )


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demo's people. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    grant = Form(request.POST).number("grant") or 0
    try:
        access.log_in(grant, demo=True)
    except Invalid as fault:
        return refused(request, in_words(fault.code, fault.facts, request.language), 403)
    return _enter(request, grant)


def _enter(request: HttpRequest, grant: int) -> HttpResponse:
    """Begin a session in a role: a new key, and what was kept of a form comes along."""
    request.session.cycle_key()
    request.session["grant"] = grant
    return redirect("kept" if "kept" in request.session else "home")


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    language = request.language
    request.session.flush()
    request.session["language"] = language
    return redirect("login")


@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Set language and colours: for the person when logged in, else for the session."""
    form = Form(request.POST)
    language, scheme = form.text("language"), form.text("scheme")
    if request.actor:
        access.set_display(request.actor, language=language, scheme=scheme)
    elif language in ("nb", "nn", "en") and scheme in ("auto", "light", "dark"):
        request.session["language"], request.session["scheme"] = language, scheme
    back = form.text("back")
    return redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "home")


@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """Show what was kept of a form whose session had ended, for the same person in the same role."""
    held = request.session.get("kept")
    if request.method == "POST" or not held or request.actor is None:
        request.session.pop("kept", None)
        return redirect("home")
    data = {name: values for name, values in held["data"].items() if name not in ("csrfmiddlewaretoken", "shown_to")}
    if not shown_to(request.actor, held["data"].get("shown_to", [""])[0]):
        del request.session["kept"]
        return redirect("home")
    pairs = [(name, value) for name, values in data.items() for value in values]
    return show(request, "kept", {"pairs": pairs, "to": held["path"]})


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's date forward. Outside the demo there is no such page."""
    if not settings.DEMO or request.actor is None:
        raise Http404
    try:
        demo.move_clock(request.actor, day=Form(request.POST).day("day"))
    except Invalid as fault:
        return refused(request, in_words(fault.code, fault.facts, request.language), 422)
    messages.success(request, say("demo_moved", request.language))
    return redirect("home")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Go to the round that is worked on."""
    open_party = request.who.party is not Party.PUBLIC
    return redirect("overview", year=clock.today().year + (1 if open_party else 0))
