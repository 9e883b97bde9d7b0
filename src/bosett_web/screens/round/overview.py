"""The overview: what waits on the reader, and where the round stands, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.rounds.due import CalendarStep
from bosett.rounds.moves import Track
from bosett.rounds.parties import CENTRAL_OR_COUNTY, Party
from bosett.rounds.visibility import CENTRAL, Thing
from bosett_web.queries.round.lacking import lacking
from bosett_web.queries.round.overview import RoundStep, afterwards, requested, steps
from bosett_web.queries.sight import sees, sees_all_numbers
from bosett_web.queries.situations import round_situation
from bosett_web.screens.alerts_in_words import news_for
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.due_in_words import when
from bosett_web.screens.duties_in_words import SCREEN, all_duties, elsewhere, waiting
from bosett_web.screens.forms import shown
from bosett_web.screens.notices.notices import what_goes_on
from bosett_web.screens.round.forms import CalendarForm
from bosett_web.screens.round.rounds import days_so_far
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

_COMPUTING = frozenset({Party.DIRECTORATE, Party.COMMITTEE, Party.MINISTRY})
"""Parties that are told what a round lacks before its proposal can be computed."""
_THING = {
    Track.CRITERIA: Thing.CRITERIA,
    Track.FORECAST: Thing.FORECAST,
    Track.TARGETS: Thing.TARGETS,
    Track.PROPOSAL: Thing.PROPOSAL,
    Track.MEETING: Thing.MEETING,
    Track.RECOMMENDATION: Thing.RECOMMENDATION,
    Track.ROUND: Thing.NUMBER,
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words."""

    title: str
    link: str
    state: str
    kind: str
    waits_on: str
    due: str
    step: RoundStep
    late: bool


CHANGE = "round.change_days"


def overview(view: View) -> Mapping[str, Any]:
    """Build the page. What somebody may not see is told as being worked on, never in what state."""
    before, owed = steps(view.whole), all_duties(view)
    party = view.actor.party if view.actor else Party.PUBLIC
    after = afterwards(view.whole, owed) if party in CENTRAL else ()
    if party is not Party.DIRECTORATE:  # how far the letters have come is the sender's own
        after = tuple(step for step in after if step.track is not Track.LETTER)
    everything = (*before, *after)
    # While only one letter is sent, the sum is that municipality's number.
    all_numbers = sees_all_numbers(view.request.who, view.whole, view.moment)
    change_days = next(iter(buttons(view.request, round_situation(view.whole), CHANGE)), None)
    to_compute = party in _COMPUTING and not view.whole.proposals and not view.whole.is_frozen
    return {
        "waits": waiting(view, owed),
        "elsewhere": elsewhere(view),
        "news": news_for(view.actor, view.language),
        "steps": [_row(view, step) for step in everything] if party in CENTRAL_OR_COUNTY else [],
        "lacking": lacking(view.whole) if to_compute else None,
        "calendar_days": [
            (f"field_day_{step}", when(by, view.language))
            for step in CalendarStep
            if (by := view.whole.calendar.get(step))
        ],
        "change_days": change_days,
        "calendar_form": shown(view.request, CalendarForm, CHANGE, initial=days_so_far(view.whole.calendar))
        if may(change_days)
        else None,
        "goes_on": what_goes_on(view),
        "requested": requested(view.year) if all_numbers else None,
        "shared": shared(view),
    }


def shared(view: View) -> list[StepRow]:
    """Return the steps of the nation whose state this reader may see."""
    national = (step for step in steps(view.whole) if step.track is not Track.RECOMMENDATION)
    return [_row(view, step) for step in national if _open(view, step)]


def waits_on(step: RoundStep, language: str) -> str:
    """Return whom a step waits on, in words; empty when on nobody, or on the steps before."""
    texts = (f"{say(f'party_{party}', language)}, {say(f'grade_{grade}', language)}" for party, grade in step.waits_on)
    return "; ".join(texts)


def _open(view: View, step: RoundStep) -> bool:
    """Tell whether somebody may see the state of a step."""
    if step.state in ("none", "unknown"):
        return True
    state = "registered" if step.track is Track.FORECAST else step.state
    return sees(view.request.who, _THING[step.track], state, view.whole, view.moment, step.area)


def _state(view: View, step: RoundStep) -> str:
    if step.count is not None:
        done, of = step.count
        if not of:
            return say("overview_nobody_yet", view.language)
        return say(f"overview_{step.track}", view.language, done=done, of=of)
    return say(f"state_{step.state}" if _open(view, step) else "underway", view.language)


def _row(view: View, step: RoundStep) -> StepRow:
    names = {county.code: county.name for county in view.counties}
    title = say(f"track_{step.track}", view.language)
    link = reverse(SCREEN[step.track], args=[view.year])
    if step.area:
        title = names[step.area]
        link = reverse("county", args=[view.year, step.area])
    # Who may not see how far it has come is not told that it is done.
    visible = step.count is not None or _open(view, step)
    kind = "none" if step.state in ("none", "unknown") else ("done" if step.done and visible else "underway")
    return StepRow(
        title=title,
        link=link,
        state=_state(view, step),
        kind=kind,
        waits_on=waits_on(step, view.language),
        due=when(step.by, view.language) if step.by else "–",
        step=step,
        late=step.late(view.day),
    )
