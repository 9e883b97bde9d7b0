"""All rounds; opening one, with its calendar and the fewest that are asked for; and reading in those of before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bosett.rounds.due import CalendarStep, DueBy
from bosett.rounds.moves import Situation
from bosett_web.accounts.actor import acting
from bosett_web.actions.round import former, opening
from bosett_web.queries.former import years_to_read_in
from bosett_web.queries.round.rounds import RoundRow, rounds
from bosett_web.records import clock
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.forms import PageForm, PageRequest, attempt, shown
from bosett_web.screens.frame import show
from bosett_web.screens.round.forms import OpenRoundForm
from bosett_web.screens.words import say

OPEN, READ_IN = "round.open", former.MOVE


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A round of the list: how far it has come, in words, and since when."""

    row: RoundRow
    state: str
    since: date | datetime | None


@require_safe
def all_rounds(request: PageRequest) -> HttpResponse:
    """Show the rounds; the directorate opens one here."""
    return _page(request, 200)


@require_POST
def open_round(request: PageRequest) -> HttpResponse:
    """Open a round and go to it; refused, show the form with what was filled in."""
    form = OpenRoundForm(request.POST, language=request.language, move=OPEN)

    def act() -> None:
        opening.open_round(acting(request), year=form.key_of("year"), days=form.days(), least=form.number_of("least"))

    if status := attempt(request, form, act):
        return _page(request, status)
    messages.success(request, say(f"event_{OPEN}", request.language))
    return redirect("overview", year=form.key_of("year"))


@require_POST
def read_in(request: PageRequest) -> HttpResponse:
    """Read in every former year that can be, each as one action; refused, say why."""
    form = PageForm(request.POST, language=request.language, move=READ_IN)
    years = years_to_read_in(clock.today())

    def act() -> None:
        for year in years:
            former.read_in(acting(request), year=year)

    if status := attempt(request, form, act):
        return _page(request, status)
    if years:
        messages.success(request, say("former_read", request.language, years=_listed(years)))
    return redirect("rounds")


def days_so_far(calendar: Mapping[CalendarStep, DueBy]) -> dict[str, object]:
    """Return what the form of a calendar begins with: the day that each step has."""
    return {f"day_{step}": by.last for step, by in calendar.items()}


def _page(request: PageRequest, status: int) -> HttpResponse:
    if request.actor is None:
        raise Http404
    language, rows = request.language, rounds()
    to_open = next(iter(buttons(request, Situation(None), OPEN)), None)
    missing = years_to_read_in(clock.today())
    next_year = max([clock.today().year, *(row.year for row in rows)]) + 1
    context = {
        "rows": [_state(row, language) for row in rows],
        "to_open": to_open,
        "to_read_in": next(iter(buttons(request, Situation(None), READ_IN)), None) if missing else None,
        "missing": _listed(missing),
        "form": shown(request, OpenRoundForm, OPEN, initial={"year": next_year}) if may(to_open) else None,
        "page": "rounds",
    }
    return show(request, "round/rounds.html", context, status)


def _state(row: RoundRow, language: str) -> ShownRound:
    since: Mapping[str, date | datetime | None] = {
        "state_closed": row.closed_on,
        "round_public": row.release_at,
        "state_frozen": row.frozen_at,
        "round_opened": row.opened_on,
    }
    now = clock.now()
    for code, moment in since.items():
        if moment is not None and _is_past(moment, now):
            return ShownRound(row, say(code, language), moment)
    return ShownRound(row, say(f"state_{row.state}", language), None)


def _listed(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))


def _is_past(moment: date | datetime, now: datetime) -> bool:
    if not isinstance(moment, datetime):
        moment = timezone.make_aware(datetime.combine(moment, time()))
    return moment <= now
