"""What surrounds every page: who looks, in what language, and that a form comes from whom it was shown to."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from bosett.rounds.parties import PUBLIC, Party
from bosett.rounds.rights import may_administer
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.pages import formats
from bosett_web.pages.fieldwords import field_told
from bosett_web.pages.words import LANGUAGES, say
from bosett_web.queries.standing import WithheldRow
from bosett_web.queries.years import years
from bosett_web.records import clock

OPEN_TO_ALL = ("/login", "/logout", "/settings", "/kept", "/api/")  # the API only reads, and says so itself
LARGEST_FORM = 12 * 1024 * 1024
"""Bytes: the largest document that may be attached, and the form around it."""
_SIGNER = signing.Signer(salt="bosett.shown-to")


def signature(actor: Actor | None) -> str:
    """Return what a form carries to tell whom it was shown to: person and seat, signed."""
    return _SIGNER.sign(f"{actor.person_id}:{actor.seat_id}") if actor else ""


def shown_to(actor: Actor, signed: str) -> bool:
    """Tell whether a form was shown to this person in this seat."""
    try:
        return bool(_SIGNER.unsign(signed) == f"{actor.person_id}:{actor.seat_id}")
    except signing.BadSignature:
        return False


class Closed(Exception):
    """A document that is withheld from whoever asks for it: its kind, and on what ground."""

    def __init__(self, row: WithheldRow) -> None:
        super().__init__(f"{row.kind} is withheld: {row.ground} {row.detail}")
        self.row = row


class SeatMiddleware:
    """Gives each request its actor; keeps a form whose session had ended, refuses one shown in another role."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find who acts, then answer; nothing personal is kept by caches."""
        grant = request.session.get("grant")
        request.actor = actor_of(grant, clock.now()) if grant else None
        request.who = request.actor.who if request.actor else PUBLIC
        language = request.actor.language if request.actor else request.session.get("language", "nb")
        request.language = language if language in LANGUAGES else "nb"
        request.filled = {}
        answer = self._too_large(request) or self._stop(request) or self.get_response(request)
        if request.actor:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell that a document is withheld, and on what ground, wherever somebody came upon it."""
        if not isinstance(exception, Closed):
            return None
        found = request.resolver_match.kwargs.get("year") if request.resolver_match else None
        return show(request, "withheld", {"row": exception.row, "of_year": found}, 403)

    def _too_large(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse a form that is larger than any of ours before it is read."""
        if int(request.headers.get("Content-Length") or 0) <= LARGEST_FORM:
            return None
        return show(request, "fault", {"code": "too_large", "lead": "too_large_lead"}, 413)

    def _stop(self, request: HttpRequest) -> HttpResponse | None:
        """Return an answer for a form that must not be acted on."""
        if request.method != "POST" or request.path.startswith(OPEN_TO_ALL):
            return None
        plain = request.accepts("text/html")
        if request.actor is None:
            if not plain:  # a script keeps what it sent by itself
                return JsonResponse({"ended": True}, status=401)
            if request.POST.get("shown_to"):
                # A file is not kept for somebody who may be anybody: it has to be chosen again.
                files = {name: held.name for name, held in request.FILES.items()}
                request.session["kept"] = {"path": request.path, "data": dict(request.POST.lists()), "files": files}
            return redirect("login")
        if not shown_to(request.actor, request.POST.get("shown_to", "")):
            why = say("role_changed", request.language)
            return refused(request, why, 409) if plain else JsonResponse({"why": why}, status=409)
        return None


def frame(request: HttpRequest) -> Mapping[str, Any]:
    """Return what the base template needs (a context processor)."""
    actor = getattr(request, "actor", None)
    language = getattr(request, "language", "nb")
    scheme = actor.scheme if actor else request.session.get("scheme", "auto")
    day = clock.today()
    return {
        "actor": actor,
        "language": language,
        "languages": (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")),
        "scheme": scheme,
        "schemes": ("auto", "light", "dark"),
        "demo_day": formats.day(day, language) if settings.DEMO else "",
        "day_iso": day.isoformat(),
        "years": years(),
        "signed": signature(actor),
        "administrates": bool(actor and may_administer(actor.who, own=True)),
        "chooses": bool(actor and "person" in request.session),
        "is_party": bool(actor and actor.party is not Party.MUNICIPALITY),
        **getattr(request, "filled", {}),
    }


def show(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Return a page."""
    return render(request, f"pages/{template}.html", dict(context), status=status)


def refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """Return a page that says why something is not done, with what was filled in."""
    language = getattr(request, "language", "nb")
    kept = [
        (told, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and (told := field_told(name, language))
    ]
    return show(request, "refused", {"words": words, "kept": kept}, status)
