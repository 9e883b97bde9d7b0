"""Logging in and out, choosing the role, language and colours, and what was kept of a form."""

from contextlib import suppress

import structlog
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bosett.basis.languages import LANGUAGES
from bosett.geography import counties
from bosett.rounds.parties import Party
from bosett_web.accounts import throttle
from bosett_web.accounts.actor import actor_of
from bosett_web.actions.access import access
from bosett_web.actions.access import kept_forms as keeping
from bosett_web.actions.doing import Invalid
from bosett_web.actions.round import demo
from bosett_web.actions.round import walk as demowalk
from bosett_web.queries.access.seats import demo_seats, organisation_of, roles_of
from bosett_web.queries.round.walk import YEAR, Walk
from bosett_web.queries.round.walk import demo_walk as how_far
from bosett_web.queries.standing import years
from bosett_web.records import clock
from bosett_web.screens.access import first, issuer
from bosett_web.screens.access.forms import CountyChoiceForm, RoleForm
from bosett_web.screens.field_names import field_name
from bosett_web.screens.fields import FileField
from bosett_web.screens.forms import PageForm, PageRequest, attempt
from bosett_web.screens.frame import LANGUAGE_COOKIE, address_of, refused, remember, show, slower
from bosett_web.screens.frame_forms import SCHEMES, ClockForm, DisplayForm
from bosett_web.screens.led_back import NEXT, led_back, own_address
from bosett_web.screens.refusals import in_words
from bosett_web.screens.words import say

log = structlog.get_logger()


@require_GET
def login(request: PageRequest) -> HttpResponse:
    """Show how to log in; in the demo, whom to be."""
    back = led_back(request.GET.get(NEXT, ""))
    if not settings.DEMO:
        return show(request, "access/login.html", {"groups": (), "issuer": issuer.is_named(), "back": back})
    area = request.GET.get("county", "")
    return show(
        request,
        "access/login.html",
        {
            "groups": demo_seats(area),
            "choice": _county_choice(request, area),
            "issuer": issuer.is_named(),
            "back": back,
            "walk": (walk := how_far()),
            "walk_year": YEAR,
            "walk_stopped": _stopped(walk, request.language),
        },
    )


def _county_choice(request: PageRequest, area: str) -> CountyChoiceForm:
    """Return the form that shows a county's municipalities."""
    form = CountyChoiceForm(language=request.language, initial={"county": area})
    form.offer("county", [(each.code, each.name) for each in counties(clock.today().year)])
    return form


def _stopped(walk: Walk | None, language: str) -> str:
    return in_words(*walk.stopped, language) if walk and walk.stopped else ""


@require_POST
def demo_walk(request: PageRequest) -> HttpResponse:  # noqa: ARG001  - a view is given its request
    """Let the demo's parties take the round on. Outside the demo there is no such page.

    Raises:
        Http404: There is no demo.
    """
    if not settings.DEMO:
        raise Http404
    try:
        demowalk.order()
    except Invalid:
        raise Http404 from None
    return redirect("login")


@require_POST
def demo_login(request: PageRequest) -> HttpResponse:
    """Log in as one of the demo's people. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    return _take_on(request, None)


@require_GET
def start(request: PageRequest) -> HttpResponse:
    """Send somebody to the issuer."""
    if not issuer.is_named():
        raise Http404
    if (waits := _slowed(request)) is not None:
        return waits
    throttle.count(throttle.TRIED, address_of(request), clock.now())
    request.session.pop(NEXT, None)
    if back := led_back(request.GET.get(NEXT, "")):
        request.session[NEXT] = back
    if came_by := request.GET.get(first.TOKEN):
        request.session[first.TOKEN] = came_by
    try:
        return issuer.send_there(request, anew="anew" in request.GET)
    except issuer.NotVouched as why:
        return _not_vouched(request, why)


@require_GET
def callback(request: PageRequest) -> HttpResponse:
    """Take in whom the issuer vouches for; go on to the role, or to choose among several."""
    if not issuer.is_named():
        raise Http404
    if (waits := _slowed(request)) is not None:
        return waits
    try:
        identity = issuer.come_back(request)
    except issuer.NotVouched as why:
        throttle.count(throttle.TRIED, address_of(request), clock.now())
        return _not_vouched(request, why)
    request.session.cycle_key()
    request.session.pop("grant", None)
    person = request.session["person"] = access.arrive(identity)
    if came_by := request.session.pop(first.TOKEN, ""):
        return redirect("first", came_by)
    roles = roles_of(person)
    if len(roles) == 1:
        with suppress(Invalid):  # withdrawn in this very moment: the page of roles tells
            access.log_in(roles[0].id, person=person)
            return _enter(request, roles[0].id)
    return redirect("role")


@require_http_methods(["GET", "POST"])
def role(request: PageRequest) -> HttpResponse:
    """Choose among the roles that one holds in the organisation that the issuer named."""
    person = request.session.get("person")
    if person is None:
        return redirect("login")
    if request.method == "POST":
        return _take_on(request, person)
    orgnr, name = organisation_of(person)
    return show(
        request, "access/role.html", {"roles": roles_of(person), "orgnr": orgnr, "organisation": name, "person": person}
    )


def _take_on(request: PageRequest, person: int | None) -> HttpResponse:
    """Take on the role of a form, as a person of the issuer's or (None) of the demo's."""
    if (waits := _slowed(request)) is not None:
        return waits
    form = RoleForm(request.POST, language=request.language)
    try:
        if not form.is_valid():
            return _turned_away(request, " ".join(each.words for each in form.faults))
        grant = form.key_of("grant")
        access.log_in(grant, person=person)
    except Invalid as fault:
        return _turned_away(request, in_words(fault.code, fault.facts, request.language))
    if person is None:
        request.session.pop("person", None)  # a session is one person's
    return _enter(request, grant)


def _turned_away(request: PageRequest, words: str) -> HttpResponse:
    """Count that somebody tried to log in, and say why it did not hold."""
    throttle.count(throttle.TRIED, address_of(request), clock.now())
    return refused(request, words, 403)


def _enter(request: PageRequest, grant: int) -> HttpResponse:
    """Begin a session in a role: a new key; what was kept of a form comes first, then where somebody came from."""
    request.session.cycle_key()
    back = led_back(request.POST.get(NEXT, "") or request.session.pop(NEXT, ""))
    request.session["grant"] = grant
    actor = actor_of(grant, clock.now())
    return redirect("kept" if actor and keeping.kept(actor) else back or "home")


def _not_vouched(request: PageRequest, why: issuer.NotVouched) -> HttpResponse:
    """Show that the login did not hold: journalled; what the issuer said goes to the log, never to the page."""
    log.warning("login.not_vouched", why=str(why))
    access.refuse_login()
    return show(request, "fault.html", {"code": "not_vouched", "lead": "not_vouched_lead"}, 403)


def _slowed(request: PageRequest) -> HttpResponse | None:
    """Return the answer to an address that has tried to log in too many times."""
    if throttle.too_many(throttle.TRIED, address_of(request), clock.now()):
        return slower(request, "too_many")
    return None


@require_POST
def logout(request: PageRequest) -> HttpResponse:
    """End the session, and the login at the issuer that it came from."""
    actor, there = request.actor, issuer.way_out(request)
    request.session.flush()
    # A page of our own leads on: our content policy lets no form lead elsewhere, and none needs a script.
    answer = show(request, "access/logged_out.html", {"there": there}) if there else redirect("login")
    if actor:
        remember(answer, actor.language, actor.scheme)
    return answer


@require_POST
def set_display(request: PageRequest) -> HttpResponse:
    """Set language and colours: for the person when logged in, else in the browser."""
    form = DisplayForm(request.POST, language=request.language)
    language, scheme, back = (form.sent(name) for name in ("language", "scheme", "back"))
    answer = redirect(own_address(back) or "home")
    if request.actor:
        access.set_display(request.actor, language=language, scheme=scheme)
    elif language in LANGUAGES and scheme in SCHEMES:
        remember(answer, language, scheme)
    return answer


@require_http_methods(["GET", "POST"])
def kept(request: PageRequest) -> HttpResponse:
    """Show what was kept of a form whose session had ended, for the same person in the same role."""
    kept_form = keeping.kept(request.actor) if request.actor else None
    if request.method == "POST" and request.actor:
        keeping.let_go(request.actor)
    if request.method == "POST" or kept_form is None:
        return redirect("home")
    pairs = [
        (name, field_name(name, request.language), each) for name, texts in kept_form.data.items() for each in texts
    ]
    return show(
        request, "access/kept.html", {"pairs": pairs, "to": kept_form.path, "again": _files_again(request, kept_form)}
    )


def _files_again(request: PageRequest, kept_form: keeping.Kept) -> list[object]:
    """Return a field for each file that has to be chosen again."""
    form = PageForm(language=request.language)
    form.begin_with("again")
    for name, file in kept_form.files.items():
        field = FileField(most=0, kinds="")
        field.label = form.worded("file_again", name=file)
        form.add(name, field)
    return [form[name] for name in kept_form.files]


@require_POST
def move_clock(request: PageRequest) -> HttpResponse:
    """Move the demo's date forward. Outside the demo there is no such page."""
    if not settings.DEMO or request.actor is None:
        raise Http404
    actor, form = request.actor, ClockForm(request.POST, language=request.language)
    if status := attempt(request, form, lambda: demo.move_clock(actor, day=form.day_of("day"))):
        request.refused = None  # the page on which it is told has not the form, but for the one that is on all
        return refused(request, " ".join(each.words for each in form.faults), status)
    messages.success(request, say("demo_moved", request.language))
    return redirect("home")


@require_GET
def home(request: PageRequest) -> HttpResponse:
    """Lead everybody to where they begin: the public to its front page, others to the round that is worked on.

    That is the newest that there is by then; a municipality goes to its own page in it. Before there is any, whoever is
    logged in goes to the list of rounds.
    """
    if request.actor is None:
        answer = redirect("public_front", _public_language(request))
        answer.headers["Vary"] = "Cookie, Accept-Language"
        return answer
    known = years()
    if not known:
        return redirect("rounds")
    year = next((year for year in known if year <= clock.today().year + 1), known[-1])
    return redirect("own" if request.who.party is Party.MUNICIPALITY else "overview", year=year)


def _public_language(request: PageRequest) -> str:
    """Return the language that a browser has chosen, or else asks for; Norwegian alone is bokmål."""
    if request.COOKIES.get(LANGUAGE_COOKIE) in LANGUAGES:
        return request.language
    asked = request.headers.get("Accept-Language", "").casefold().split(",")
    codes = [each.partition(";")[0].strip().partition("-")[0] for each in asked]
    return next((code for code in codes if code in (*LANGUAGES, "no")), "nb").replace("no", "nb")
