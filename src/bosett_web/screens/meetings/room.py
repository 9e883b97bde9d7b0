"""Meeting mode: one county's meeting on a big screen, municipality by municipality, its outcome written as it falls.

It shows what has been submitted, to each reader as far as they may see it: a recommendation that its county still works
on is not shown on a screen that others look at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bosett.rounds.visibility import Thing
from bosett_web.actions.county.outcomes import SAID_BY
from bosett_web.queries.comments import CommentRow, comments_for
from bosett_web.queries.lines import UNSAID, Line, lines
from bosett_web.queries.meetings.meetings import MeetingTally, tally
from bosett_web.queries.meetings.minutes import UNDERWAY
from bosett_web.queries.sight import closed, seen_lines
from bosett_web.queries.situations import meeting_situation, recommendation_situation, target_reason
from bosett_web.queries.standing import People, RecommendationRow
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import Button, buttons
from bosett_web.screens.meetings.meetings import JOINT, located, needs, points_of
from bosett_web.screens.screen import View, minuted
from bosett_web.screens.words import say

OUTCOME = ("number", "under15", "from15", "by", "reason")
"""The fields of an outcome, in the order in which they are filled in."""


@dataclass(frozen=True, slots=True)
class OutcomeField:
    """One field of an outcome, with what was filled in and what is wrong with it."""

    part: str
    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """One municipality on the screen, and its neighbours in the list.

    Attributes:
        line: Its numbers.
        comments: What KS has said of it.
        entries: The fields of its outcome.
        was: What its outcome was when the page was shown: the form leaves alone what is the same.
        before: Code of the one before in the list, or empty.
        after: Code of the one after, or empty.
        index: Its place in the list, from 1.
        minors: The recommended minors in words, or empty.
        outcome_minors: The minors of the outcome in words, or empty.
    """

    line: Line
    comments: tuple[CommentRow, ...]
    entries: tuple[OutcomeField, ...]
    was: str
    before: str
    after: str
    index: int
    minors: str
    outcome_minors: str

    @property
    def anchor(self) -> str:
        """The name that it is found by on the page."""
        return f"at-{self.line.code}"

    @property
    def comment_id(self) -> str:
        """The identity of the field of a new comment."""
        return f"comment-{self.line.code}"

    @property
    def departs(self) -> bool:
        """Tell whether the outcome is another number than the recommended."""
        return self.line.outcome is not None and self.line.outcome != self.line.number


def room(view: View, code: str) -> Mapping[str, Any]:
    """Build the screen of a meeting."""
    county, title, row = located(view, code)
    note, follow = (
        _first(buttons(view.actor, meeting_situation(view.whole, row), names, view.language, county=county))
        for names in ("meeting.note", "meeting.note meeting.amend")
    )
    shown = {
        "code": code,
        "county": county,
        "title": title,
        "row": row,
        "note": note,
        "follow": follow,
        "points": points_of(view, row),
        "joint": code == JOINT,
        "minutes": minuted(view, row),
        "editing": False,
        "comment": None,
    }
    return {**shown, "needs": needs(view)} if code == JOINT else {**shown, **_of_county(view, county)}


def submitted_lines(view: View, county: str) -> tuple[RecommendationRow | None, tuple[Line, ...]]:
    """Return a county's recommendation, when it has been submitted and this reader may see it, and the lines by name.

    They are shown against the proposal that the recommendation rests on; without one they carry no recommended number.
    """
    row = view.at.recommendations.get(county)
    row = None if row is None or row.state in UNDERWAY else row
    current = view.at.current_proposal
    proposal = row.proposal if row else (current.id if current else None)
    found = seen_lines(view.whole, lines(view.year, proposal, county), view.request.who, view.moment)
    if row is None:
        found = tuple(replace(line, **UNSAID) for line in found)
    return row, tuple(sorted(found, key=lambda line: sort_key(line.name)))


def target_of(view: View, county: str) -> People:
    """Return a county's decided target and the minors within it, as far as this reader may see them."""
    targets = view.at.current_targets
    return targets.counties.get(county, People(None)) if targets else People(None)


def minors_of(held: People, language: str) -> str:
    """Return minors in words, or nothing when none are told."""
    if held.under15 is None and held.from15 is None:
        return ""
    return say("of_these_minors", language, under15=_told(held.under15), from15=_told(held.from15))


def _of_county(view: View, county: str) -> Mapping[str, Any]:
    row, found = submitted_lines(view, county)
    said = comments_for(view.whole, view.request.who, view.moment, county)
    whole = view.whole.recommendations.get(county)
    situation = recommendation_situation(view.whole, whole) if whole else None
    outcome, comment = (
        _first(buttons(view.actor, situation, f"recommendation.{verb}", view.language, county=county))
        if situation
        else None
        for verb in ("outcome", "comment")
    )
    counted = tally(found, target_of(view, county))
    return {
        "recommendation": row,
        "target_reason": target_reason(view.whole, row) if row else "",
        "why_no_numbers": "" if row else _why_no_numbers(view, county),
        "places": _places(view, found, said),
        "tally": counted,
        "minors": _minors_of_target(view, counted),
        "said_by": [(party, say(f"party_{party}", view.language) if party else "") for party in SAID_BY],
        "outcome": outcome,
        "editing": outcome is not None and not outcome.why_not,
        "comment": comment,
        "comments": tuple(each for each in said if not each.municipality),
    }


def _why_no_numbers(view: View, county: str) -> str:
    """Return the code of what is missing in place of recommended numbers."""
    row = view.whole.recommendations.get(county)
    if row is None:
        return "room_no_proposal"
    if closed(view.request.who, Thing.RECOMMENDATION, row.state, view.whole, view.moment, county) is not None:
        return "room_closed"
    return "room_not_submitted"


def _places(view: View, found: Sequence[Line], said: Sequence[CommentRow]) -> tuple[RoomPlace, ...]:
    codes = ["", *(line.code for line in found), ""]
    return tuple(
        RoomPlace(
            line=line,
            comments=tuple(each for each in said if each.municipality == line.code),
            entries=_entries(view, line),
            was="|".join(_held(line)),
            before=codes[index],
            after=codes[index + 2],
            index=index + 1,
            minors=minors_of(People(line.number, line.under15, line.from15), view.language),
            outcome_minors=minors_of(People(line.outcome, line.outcome_under15, line.outcome_from15), view.language),
        )
        for index, line in enumerate(found)
    )


def _held(line: Line) -> list[str]:
    numbers = (line.outcome, line.outcome_under15, line.outcome_from15)
    return [*("" if number is None else str(number) for number in numbers), line.outcome_by, line.outcome_reason]


def _entries(view: View, line: Line) -> tuple[OutcomeField, ...]:
    filled = view.request.filled.get("values", {})
    errors = view.request.filled.get("errors", {})
    found = []
    for part, value in zip(OUTCOME, _held(line), strict=True):
        name = f"{line.code}-outcome-{part}"
        # A fault of the row as a whole stands at its number.
        fault = errors.get(name) or (errors.get(f"{line.code}-outcome", "") if part == "number" else "")
        found.append(OutcomeField(part, name, say(f"outcome_{part}", view.language), filled.get(name, value), fault))
    return tuple(found)


def _minors_of_target(view: View, counted: MeetingTally) -> str:
    """Return in words how the minors stand against the county's target, or nothing when none are told."""
    ahead, target = counted.ahead, counted.target
    if target.under15 is None and target.from15 is None:
        return minors_of(ahead, view.language)
    return say(
        "minors_of_target",
        view.language,
        under15=_told(ahead.under15),
        from15=_told(ahead.from15),
        target15=_told(target.under15),
        target18=_told(target.from15),
    )


def _told(number: int | None) -> int | str:
    """Return a number to be said; one that is not told is a dash, never zero."""
    return "–" if number is None else number


def _first(found: tuple[Button, ...]) -> Button | None:
    return found[0] if found else None
