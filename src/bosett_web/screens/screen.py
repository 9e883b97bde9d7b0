"""A screen of a round: who looks, what they may see of it, and the page that shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bosett.geography import County, counties
from bosett.rounds.mandate import mandate_on
from bosett.rounds.visibility import Thing
from bosett_web.accounts.actor import Actor
from bosett_web.queries.sight import closed, seen, sees
from bosett_web.queries.standing import NoRound, kept_standing
from bosett_web.queries.standing_rows import MeetingRow, RecommendationRow, Standing
from bosett_web.records import clock
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import Closed, show
from bosett_web.screens.words import MANDATE


@dataclass(frozen=True, slots=True)
class View:
    """What a screen is made from.

    Attributes:
        request: The request.
        actor: Who looks, or None for the public.
        language: nb, nn or en.
        moment: Now, as the round tells it.
        day: The workspace's day.
        whole: The round as it stands: for judging moves, never for showing.
        at: The round as this reader may see it.
    """

    request: PageRequest
    actor: Actor | None
    language: str
    moment: datetime
    day: date
    whole: Standing
    at: Standing

    @property
    def year(self) -> int:
        """The settlement year."""
        return self.at.year

    @property
    def counties(self) -> tuple[County, ...]:
        """The counties of the year."""
        return tuple(counties(self.year))

    def county(self, code: str) -> County:
        """Return a county of the year.

        Raises:
            Http404: There is none.
        """
        for each in self.counties:
            if each.code == code:
                return each
        raise Http404(code)


def unless_closed(view: View, thing: Thing, state: str, county: str) -> None:
    """Let pass whoever is not kept from a document by its being withheld.

    Raises:
        Closed: That alone keeps this reader from it.
    """
    row = closed(view.request.who, thing, state, view.whole, view.moment, county)
    if row is not None:
        raise Closed(row)


def recommendation_of(view: View, county: str) -> RecommendationRow | None:
    """Return a county's recommendation as this reader may see it; None when there is none for them.

    Raises:
        Closed: It is withheld from them.
    """
    row = view.at.recommendations.get(county)
    if row is None and (whole := view.whole.recommendations.get(county)) is not None:
        unless_closed(view, Thing.RECOMMENDATION, whole.state, county)
    return row


def say_mandate(at: Standing, day: date) -> None:
    """Let the words of this answer say what is true of the targets: by the day of the decided ones, else by today."""
    targets = at.current_targets
    MANDATE.set(mandate_on(targets.day if targets else day))


Builder = Callable[..., Mapping[str, Any]]


def look(request: PageRequest, year: int) -> View:
    """Return who looks at a round, and the round as it stands and as they may see it.

    Raises:
        Http404: There is no round for the year.
    """
    moment = clock.moment()
    try:
        whole = kept_standing(year)
    except NoRound:
        raise Http404(year) from None
    request.day = day = timezone.localdate(moment)
    say_mandate(whole, day)
    return View(request, request.actor, request.language, moment, day, whole, seen(whole, request.who, moment))


def answer(
    request: PageRequest, builder: Builder, year: int, parts: Mapping[str, str], status: int = 200
) -> HttpResponse:
    """Return a screen's page; its template lies beside the function that builds it, and has its name.

    Raises:
        Http404: There is no round for the year.
    """
    view = look(request, year)
    name = builder.__name__
    context = {"year": year, "year_text": str(year), "page": name, "at": view.at, **builder(view, **parts)}
    noun = builder.__module__.split(".")[-2]
    response = show(request, f"{noun}/{name}.html", context, status)
    if request.htmx and context.get("finished"):
        response["HX-Refresh"] = "true"
    return response


def page(builder: Builder) -> Callable[..., HttpResponse]:
    """Return the address's view of a screen."""

    @require_safe
    @wraps(builder)
    def inner(request: PageRequest, year: int, **parts: str) -> HttpResponse:
        return answer(request, builder, year, parts)

    return inner


def attached(name: str, content: bytes) -> HttpResponse:
    """Return a PDF that is saved under its own name, and never shown as a page."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = _attached(name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = (
        "private, no-store"  # a cache on the way must not give it out when it is withheld
    )
    return response


def _attached(name: str) -> str:
    """Return the header that saves a file under its own name (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def minuted(view: View, row: MeetingRow) -> bool:
    """Tell whether this reader may see the minutes of a meeting, or their draft."""
    return sees(view.request.who, Thing.MINUTES, row.state, view.whole, view.moment, row.county)
