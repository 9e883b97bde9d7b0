"""The overview: what waits on the reader, and where the round stands, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.rounds.moves import Track
from bosett.rounds.parties import CENTRAL_OR_COUNTY, Party
from bosett.rounds.visibility import CENTRAL, Thing
from bosett_web.queries.round.overview import RoundStep, afterwards, requested, steps, stops
from bosett_web.queries.sight import sees, sees_all_numbers
from bosett_web.screens.screen import View
from bosett_web.screens.waiting import SCREEN, all_duties, waiting, when
from bosett_web.screens.words import say

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


def overview(view: View) -> Mapping[str, Any]:
    """Build the page. What somebody may not see is told as being worked on, never in what state."""
    found, owed = steps(view.whole), all_duties(view)
    party = view.actor.party if view.actor else Party.PUBLIC
    after = afterwards(view.whole, owed) if party in CENTRAL else ()
    if party is not Party.DIRECTORATE:  # how far the letters have come is the sender's own
        after = tuple(step for step in after if step.track is not Track.LETTER)
    everything = (*found, *after)
    # While only one letter is sent, the sum is that municipality's number.
    all_numbers = sees_all_numbers(view.request.who, view.whole, view.moment)
    return {
        "waits": waiting(view, owed),
        "steps": [_row(view, step) for step in everything] if party in CENTRAL_OR_COUNTY else [],
        "stops": stops(view.year),
        "requested": requested(view.year) if all_numbers else None,
        "shared": shared(view),
    }


def shared(view: View) -> list[StepRow]:
    """Return the steps of the nation whose state this reader may see."""
    found = (step for step in steps(view.whole) if step.track is not Track.RECOMMENDATION)
    return [_row(view, step) for step in found if _open(view, step)]


def waits_on(step: RoundStep, language: str) -> str:
    """Return whom a step waits on, in words; empty when on nobody, or on the steps before."""
    told = (f"{say(f'party_{party}', language)}, {say(f'grade_{grade}', language)}" for party, grade in step.waits_on)
    return "; ".join(told)


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
    told = step.count is not None or _open(view, step)
    kind = "none" if step.state in ("none", "unknown") else ("done" if step.done and told else "underway")
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
