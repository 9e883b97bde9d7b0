"""The overview: where are we, what waits on whom, what is late, what is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.rounds.moves import Track
from bosett.rounds.parties import CENTRAL_OR_COUNTY, Party
from bosett.rounds.visibility import CENTRAL, Thing
from bosett_web.pages.screen import View
from bosett_web.pages.words import say
from bosett_web.queries.overview import FORMER, Step, afterwards, mine, requested, steps, stops
from bosett_web.queries.visible import sees, sees_all_numbers

_SCREEN = {
    Track.CRITERIA: "criteria",
    Track.FORECAST: "forecasts",
    Track.TARGETS: "targets",
    Track.PROPOSAL: "proposal",
    Track.MEETING: "meetings",
    Track.ROUND: "numbers",
    Track.LETTER: "letters",
    Track.DECISION: "decisions",
}
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
class Row:
    """A step in words."""

    title: str
    link: str
    state: str
    kind: str
    waits_on: str
    step: Step
    late: bool


def overview(view: View) -> Mapping[str, Any]:
    """Build the page. What somebody may not see is told as being worked on, never in what state."""
    found = steps(view.whole)
    party = view.actor.party if view.actor else Party.PUBLIC
    after = afterwards(view.whole) if party in CENTRAL else ()
    if party is not Party.DIRECTORATE:  # how far the letters have come is the sender's own
        after = tuple(step for step in after if step.track is not Track.LETTER)
    everything = (*found, *after)
    waits = mine(everything, party, view.actor.area) if view.actor else ()
    # While only one letter is sent, the sum is that municipality's number.
    all_numbers = sees_all_numbers(view.request.who, view.whole, view.moment)
    return {
        "waits": [_row(view, step) for step in waits],
        "steps": [_row(view, step) for step in everything] if party in CENTRAL_OR_COUNTY else [],
        "stops": stops(view.year),
        "requested": requested(view.year) if all_numbers else None,
        "shared": [_row(view, step) for step in found if step.track is not Track.RECOMMENDATION and _open(view, step)],
    }


def waits_on(step: Step, language: str) -> str:
    """Return whom a step waits on, in words; empty when on nobody, or on the steps before."""
    if step.waits_on is None or not step.ready:
        return ""
    party, grade = step.waits_on
    return f"{say(f'party_{party}', language)}, {say(f'grade_{grade}', language)}"


def _open(view: View, step: Step) -> bool:
    """Tell whether somebody may see the state of a step."""
    if step.state in ("none", FORMER):
        return True
    state = "registered" if step.track is Track.FORECAST else step.state
    return sees(view.request.who, _THING[step.track], state, view.whole, view.moment, step.area)


def _state(view: View, step: Step) -> str:
    if step.count is not None:
        done, of = step.count
        if not of:
            return say("overview_nobody_yet", view.language)
        return say(f"overview_{step.track}", view.language, done=done, of=of)
    return say(f"state_{step.state}" if _open(view, step) else "underway", view.language)


def _row(view: View, step: Step) -> Row:
    names = {county.code: county.name for county in view.counties}
    title = say(f"track_{step.track}", view.language)
    link = reverse(_SCREEN[step.track], args=[view.year]) if step.track in _SCREEN else ""
    if step.area:
        title = names[step.area]
        link = reverse("county", args=[view.year, step.area])
    kind = "none" if step.state in ("none", FORMER) else ("done" if step.done else "underway")
    return Row(
        title=title,
        link=link,
        state=_state(view, step),
        kind=kind,
        waits_on=waits_on(step, view.language),
        step=step,
        late=step.late(view.day),
    )
