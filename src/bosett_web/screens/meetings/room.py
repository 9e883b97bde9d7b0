"""Meeting mode: one county's meeting on a big screen, municipality by municipality, its outcome written as it falls.

It shows what has been submitted, to each reader as far as they may see it: a recommendation that its county still works
on is not shown on a screen that others look at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bosett.rounds.visibility import Thing
from bosett_web.queries.comments import CommentRow, comments_for
from bosett_web.queries.lines import UNSAID, Line, lines
from bosett_web.queries.meetings.meetings import MeetingTally, tally
from bosett_web.queries.meetings.minutes import UNDERWAY
from bosett_web.queries.sight import closed, seen_lines
from bosett_web.queries.situations import meeting_situation, recommendation_situation, target_reason
from bosett_web.queries.standing_rows import People, RecommendationRow
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.capacity_in_words import rooms_told
from bosett_web.screens.comment_forms import CommentForm
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import BoundPageField, shown
from bosett_web.screens.meetings.forms import RoomOutcomeForm
from bosett_web.screens.meetings.meetings import JOINT, located, needs, point_form, points_of
from bosett_web.screens.rows import outcome_parts
from bosett_web.screens.screen import View, minuted
from bosett_web.screens.words import say

OUTCOME = "meeting.outcome"


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """One municipality on the screen, and its neighbours in the list.

    Attributes:
        line: Its numbers.
        comments: What KS has said of it.
        form: What its outcome is written in; None where it cannot be.
        entries: The fields of its outcome.
        remark: What a comment on it is written in; None where none can be made.
        before: Code of the one before in the list, or empty.
        after: Code of the one after, or empty.
        index: Its place in the list, from 1.
        minors: The recommended minors in words, or empty.
        outcome_minors: The minors of the outcome in words, or empty.
        capacity: What it can take in the weeks to come in words, or empty.
    """

    line: Line
    comments: tuple[CommentRow, ...]
    form: RoomOutcomeForm | None
    entries: tuple[BoundPageField, ...]
    remark: CommentForm | None
    before: str
    after: str
    index: int
    minors: str
    outcome_minors: str
    capacity: str

    @property
    def anchor(self) -> str:
        """The name that it is found by on the page."""
        return f"at-{self.line.code}"

    @property
    def departs(self) -> bool:
        """Tell whether the outcome is another number than the recommended."""
        return self.line.outcome is not None and self.line.outcome != self.line.number


def room(view: View, code: str) -> Mapping[str, Any]:
    """Build the screen of a meeting."""
    county, title, row = located(view, code)
    note, follow = (
        _first(buttons(view.request, meeting_situation(view.whole, row), names, county=county))
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
        "point_form": point_form(view, county, note),
        "minutes": minuted(view, row),
        "editing": False,
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
    shown_lines = seen_lines(view.whole, lines(view.whole, proposal, county), view.request.who, view.moment)
    if row is None:
        shown_lines = tuple(replace(line, **UNSAID) for line in shown_lines)
    return row, tuple(sorted(shown_lines, key=lambda line: sort_key(line.name)))


def target_of(view: View, county: str) -> People:
    """Return a county's decided target and the minors within it, as far as this reader may see them."""
    targets = view.at.current_targets
    return targets.counties.get(county, People(None)) if targets else People(None)


def minors_of(people: People, language: str) -> str:
    """Return minors in words, or nothing when none are told."""
    if people.under15 is None and people.from15 is None:
        return ""
    return say("of_these_minors", language, under15=_told(people.under15), from15=_told(people.from15))


def _of_county(view: View, county: str) -> Mapping[str, Any]:
    row, shown_lines = submitted_lines(view, county)
    comments = comments_for(view.whole, view.request.who, view.moment, county)
    whole = view.whole.recommendations.get(county)
    situation = recommendation_situation(view.whole, whole) if whole else None
    outcome, comment = (
        _first(buttons(view.request, situation, f"recommendation.{verb}", county=county)) if situation else None
        for verb in ("outcome", "comment")
    )
    counted, editing = tally(shown_lines, target_of(view, county)), may(outcome)
    return {
        "recommendation": row,
        "target_reason": target_reason(view.whole, row) if row else "",
        "why_no_numbers": "" if row else _why_no_numbers(view, county),
        "places": _places(
            view,
            county,
            shown_lines,
            comments,
            editing=editing and row is not None,
            commenting=may(comment) and row is not None,
        ),
        "tally": counted,
        "minors": _minors_of_target(view, counted),
        "outcome": outcome,
        "editing": editing,
        "remark": _remark(view, county, "") if may(comment) and row is not None else None,
        "comments": tuple(each for each in comments if not each.municipality),
    }


def _why_no_numbers(view: View, county: str) -> str:
    """Return the code of what is missing in place of recommended numbers."""
    row = view.whole.recommendations.get(county)
    if row is None:
        return "room_no_proposal"
    if closed(view.request.who, Thing.RECOMMENDATION, row.state, view.whole, view.moment, county) is not None:
        return "room_closed"
    return "room_not_submitted"


def _places(
    view: View,
    county: str,
    shown_lines: Sequence[Line],
    comments: Sequence[CommentRow],
    *,
    editing: bool,
    commenting: bool,
) -> tuple[RoomPlace, ...]:
    capacity = rooms_told(view, county)
    codes = ["", *(line.code for line in shown_lines), ""]
    forms = [_outcome_form(view, county, line) if editing else None for line in shown_lines]
    return tuple(
        RoomPlace(
            line=line,
            comments=tuple(each for each in comments if each.municipality == line.code),
            form=form,
            entries=tuple(form.row(line.code, line.name).values()) if form else (),
            remark=_remark(view, county, line.code) if commenting else None,
            before=codes[index],
            after=codes[index + 2],
            index=index + 1,
            minors=minors_of(People(line.number, line.under15, line.from15), view.language),
            outcome_minors=minors_of(People(line.outcome, line.outcome_under15, line.outcome_from15), view.language),
            capacity=capacity.get(line.code, ""),
        )
        for index, (line, form) in enumerate(zip(shown_lines, forms, strict=True))
    )


def _outcome_form(view: View, county: str, line: Line) -> RoomOutcomeForm:
    """Return what a municipality's outcome is written in: each has a form of its own."""
    initial, refused = outcome_parts(line), view.request.refused
    if isinstance(refused, RoomOutcomeForm) and refused.codes != [line.code]:
        return RoomOutcomeForm(language=view.language, move=OUTCOME, initial={**initial, "county": county})
    return shown(view.request, RoomOutcomeForm, OUTCOME, initial=initial, county=county)


def _remark(view: View, county: str, municipality: str) -> CommentForm:
    """Return what a comment is written in."""
    begin = f"c-{municipality or 'county'}"
    return shown(view.request, CommentForm, "meeting.comment", begin=begin, county=county, municipality=municipality)


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


def _first(offered: tuple[Button, ...]) -> Button | None:
    return offered[0] if offered else None
