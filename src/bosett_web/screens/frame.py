"""What surrounds every page: who looks, in what language, and that a form comes from whom it was shown to."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from bosett.basis.languages import LANGUAGE_NAMES, LANGUAGES
from bosett.rounds.mandate import NOT_KNOWN
from bosett.rounds.parties import PUBLIC, Party
from bosett.rounds.rights import may_administer
from bosett_web.accounts import throttle
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.actions.access import kept_forms as kept
from bosett_web.actions.doing import Invalid
from bosett_web.queries.standing import years_closed
from bosett_web.queries.standing_rows import WithheldRow
from bosett_web.records import clock, space
from bosett_web.screens import formats
from bosett_web.screens.field_names import field_name
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame_forms import SCHEMES, ClockForm, DisplayForm
from bosett_web.screens.led_back import login_address
from bosett_web.screens.words import MANDATE, say

OPEN_TO_ALL = ("/login", "/first/", "/logout", "/settings", "/kept", "/api/")  # the API only reads, and says so itself
LARGEST_FORM = 12 * 1024 * 1024
"""Bytes: the largest document that may be attached, and the form around it."""
LANGUAGE_COOKIE, SCHEME_COOKIE = "bosett_language", "bosett_scheme"
"""Where who is not logged in keeps language and colours: in their own browser, never with us."""
_SIGNER = signing.TimestampSigner(salt="bosett.shown-to")


def signature(actor: Actor | None) -> str:
    """Return what a form carries to tell whom it was shown to and when: person and seat, signed."""
    return _SIGNER.sign(f"{actor.person_id}:{actor.seat_id}") if actor else ""


def shown_to(actor: Actor, signed: str) -> bool:
    """Tell whether a form was shown to this person in this seat, however long ago."""
    return _read(signed) == (actor.person_id, actor.seat_id)


def _read(signed: str, within: timedelta | None = None) -> tuple[int, int] | None:
    """Return person and seat of a signature of ours; None when it is none, or older than it may be."""
    try:
        person, _, seat = _SIGNER.unsign(signed, max_age=within).partition(":")
    except signing.BadSignature:
        return None
    return int(person), int(seat)


def remember(answer: HttpResponse, language: str, scheme: str) -> None:
    """Let a browser remember language and colours of somebody who is not logged in."""
    for name, value in ((LANGUAGE_COOKIE, language), (SCHEME_COOKIE, scheme)):
        answer.set_cookie(
            name,
            value,
            max_age=timedelta(days=365),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def address_of(request: PageRequest) -> str:
    """Return the address that a request comes from: behind a proxy, what the proxy itself saw."""
    seen = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return seen.rpartition(",")[2].strip() or str(request.META["REMOTE_ADDR"])


class Closed(Exception):
    """A document that is withheld from whoever asks for it: its kind, and on what ground."""

    def __init__(self, row: WithheldRow) -> None:
        super().__init__(f"{row.kind} is withheld: {row.ground} {row.detail}")
        self.row = row


class SeatMiddleware:
    """Gives each request its actor; keeps a form whose session had ended, refuses one shown in another role."""

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        """Find who acts, then answer; nothing personal is kept by caches."""
        MANDATE.set(NOT_KNOWN)  # a thread answers one request after the other
        grant = request.session.get("grant")
        request.actor = actor_of(grant, clock.now()) if grant else None
        request.who = request.actor.who if request.actor else PUBLIC
        language = request.actor.language if request.actor else request.COOKIES.get(LANGUAGE_COOKIE)
        request.language = language if language in LANGUAGES else "nb"
        request.refused, request.again = None, False
        answer = self._too_large(request) or self.get_response(request)
        if request.actor:
            if request.again and answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                kept.let_go(request.actor)  # it has been sent again; refused, it stands in the answer
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_view(self, request: PageRequest, *_: object) -> HttpResponse | None:
        """Return an answer for a form that must not be acted on; address and token have been looked at before."""
        if request.method != "POST" or request.path.startswith("/api/"):
            return None
        if space.is_short():
            return no_space(request)
        open_to_all = request.path.startswith(OPEN_TO_ALL)
        if request.actor is None:
            return self._slowed(request) if open_to_all else self._of_nobody(request)
        if open_to_all or shown_to(request.actor, request.POST.get("shown_to", "")):
            request.again = "kept" in request.POST
            return None
        why = say("role_changed", request.language)
        return refused(request, why, 409) if _reads_pages(request) else JsonResponse({"why": why}, status=409)

    def process_exception(self, request: PageRequest, exception: Exception) -> HttpResponse | None:
        """Tell that a document is withheld, and on what ground, wherever somebody came upon it."""
        if not isinstance(exception, Closed):
            return None
        year = request.resolver_match.kwargs.get("year") if request.resolver_match else None
        return show(request, "withheld.html", {"row": exception.row, "of_year": year}, 403)

    def _too_large(self, request: PageRequest) -> HttpResponse | None:
        """Refuse a form that is larger than any of ours before it is read."""
        if int(request.headers.get("Content-Length") or 0) <= LARGEST_FORM:
            return None
        return show(request, "fault.html", {"code": "too_large", "lead": "too_large_lead"}, 413)

    def _of_nobody(self, request: PageRequest) -> HttpResponse:
        """Answer a form of somebody who is not logged in: kept for whom it was shown to lately, else not at all."""
        signed = request.POST.get("shown_to", "")
        if not _reads_pages(request):  # a script keeps what it sent by itself
            return ended()
        if not signed:
            return redirect("login")
        if (slower := self._slowed(request)) is not None:
            return slower
        # A file is not kept for somebody who may be anybody: it has to be chosen again.
        files = {name: str(values[-1].name) for name, values in request.FILES.lists() if values}
        filled = (
            (name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "shown_to")
        )
        data = {name: [str(each) for each in values] for name, values in filled}
        owner = _read(signed, kept.KEPT_FOR)
        if owner is None:
            return refused(request, say("not_kept", request.language), HTTPStatus.FORBIDDEN)
        try:
            kept.keep(*owner, kept.Kept(request.path, data, files))
        except Invalid as fault:
            return refused(request, say(fault.code, request.language), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return redirect("login")

    def _slowed(self, request: PageRequest) -> HttpResponse | None:
        """Count a form of somebody who is not logged in; return the answer to an address that has sent too many."""
        address, now = address_of(request), clock.now()
        if throttle.too_many(throttle.SENT, address, now):
            return slower(request, "too_many_sent")
        throttle.count(throttle.SENT, address, now)
        return None


def _reads_pages(request: PageRequest) -> bool:
    """Tell whether a request is a browser's for a page; else a script sent it and reads JSON."""
    return bool(request.accepts("text/html"))


def ended() -> JsonResponse:
    """Return the answer that tells a script that its session has ended."""
    return JsonResponse({"ended": True}, status=401)


def slower(request: PageRequest, code: str) -> HttpResponse:
    """Return the answer to an address that must wait."""
    answer = show(request, "fault.html", {"code": code, "lead": "too_many_lead"}, 429)
    answer["Retry-After"] = str(int(throttle.WINDOW.total_seconds()))
    return answer


def no_space(request: PageRequest) -> HttpResponse:
    """Return the answer that nothing can be saved as the disk is full, with what was filled in."""
    why = say("no_space_lead", getattr(request, "language", "nb"))
    if _reads_pages(request):
        return refused(request, why, HTTPStatus.INSUFFICIENT_STORAGE)
    return JsonResponse({"why": why}, status=HTTPStatus.INSUFFICIENT_STORAGE)


def frame(request: PageRequest) -> Mapping[str, Any]:
    """Return what the base template needs (a context processor)."""
    actor = getattr(request, "actor", None)
    language = getattr(request, "language", "nb")
    scheme = actor.scheme if actor else request.COOKIES.get(SCHEME_COOKIE)
    day = getattr(request, "day", None) or clock.today()  # a page of a round has asked already
    return {
        "actor": actor,
        "language": language,
        "scheme": scheme if scheme in SCHEMES else "auto",
        "display": _display(request, language, scheme if scheme in SCHEMES else "auto"),
        "demo_day": formats.day(day, language) if settings.DEMO else "",
        "clock": _clock(language, day) if settings.DEMO and actor else None,
        "years": years_closed(),
        "signed": signature(actor),
        "sender": settings.SENDER,
        "log_in": "" if actor else login_address(request.get_full_path() if request.method == "GET" else ""),
        "administrates": bool(actor and may_administer(actor.who, own=True)),
        "reads_figures": bool(actor and actor.party is Party.DIRECTORATE),
        "chooses": bool(actor and "person" in request.session),
        "is_party": bool(actor and actor.party is not Party.MUNICIPALITY),
        "refused": getattr(request, "refused", None),
    }


def _clock(language: str, day: date) -> ClockForm:
    """Return the form of the demo's date."""
    form = ClockForm(language=language, initial={"day": day})
    form.begin_with("demo")
    return form


def _display(request: PageRequest, language: str, scheme: str) -> DisplayForm:
    """Return the form of language and colours, whose ids are no other form's."""
    form = DisplayForm(language=language, initial={"back": request.path, "language": language, "scheme": scheme})
    form.offer("language", [*LANGUAGE_NAMES.items()])
    form.begin_with("s")
    return form


def show(request: PageRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Return a page."""
    return render(request, template, dict(context), status=status)


def refused(request: PageRequest, words: str, status: int) -> HttpResponse:
    """Return a page that says why something is not done, with what was filled in."""
    language = getattr(request, "language", "nb")
    kept = [
        (label, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and (label := field_name(name, language))
    ]
    return show(request, "refused.html", {"words": words, "kept": kept}, status)
