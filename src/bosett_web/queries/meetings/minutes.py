"""The minutes of a meeting: drawn up from the round until the meeting is held, and from then on as they were kept.

Whoever tells of a held meeting reads what was kept, and its addenda; nothing of how the round stands now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from bosett.geography import county as county_of
from bosett.rounds.states import MeetingState
from bosett_web.queries.comments import comments
from bosett_web.queries.lines import UNSAID, Line, lines
from bosett_web.queries.meetings.meetings import points
from bosett_web.queries.meetings.needs import NeedRow, requests
from bosett_web.queries.meetings.record import (
    NOBODY,
    Addendum,
    Minuted,
    MinutedComment,
    MinutedLine,
    MinutedNeed,
    MinutedPoint,
    changed_from,
    minuted_from,
)
from bosett_web.queries.situations import target_reason
from bosett_web.queries.standing_rows import MeetingRow, People, Standing
from bosett_web.records.models import MeetingAddendum, MeetingMinutes

PRESENT = ("directorate", "ks", "county")
"""The parties of a meeting, in the order in which who takes part is told."""
UNDERWAY = ("open", "ready")
"""States in which a recommendation is the county's own draft."""


@dataclass(frozen=True, slots=True)
class KeptMinutes:
    """The minutes of a held meeting, from which day they stand, and what was added to them since."""

    day: date
    minuted: Minuted
    addenda: tuple[Addendum, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What a meeting came to for one municipality: the people, why, and which party said so."""

    people: People
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class DepartureFromMinutes:
    """A municipality whose number in a recommendation is another than in the minutes, in persons."""

    code: str
    minuted: int
    number: int


@dataclass(frozen=True, slots=True)
class HeldTo:
    """The minutes that a recommendation is held to: the day of the meeting, and its numbers by municipality code."""

    day: date
    numbers: Mapping[str, int]

    def departures(self, numbers: Mapping[str, int | None]) -> tuple[DepartureFromMinutes, ...]:
        """Return where numbers differ from the minutes, in the order given; what is blank departs from nothing."""
        return tuple(
            DepartureFromMinutes(code, self.numbers[code], number)
            for code, number in numbers.items()
            if number is not None and code in self.numbers and number != self.numbers[code]
        )


def drawn_up(at: Standing, row: MeetingRow) -> Minuted:
    """Return the minutes of a meeting as the round stands; of the joint one without numbers for municipalities."""
    minuted = Minuted(
        at=row.at,
        place=row.place,
        agenda=row.agenda,
        present=tuple((party, getattr(row, f"present_{party}")) for party in PRESENT),
        text=row.minutes,
        points=tuple(MinutedPoint(each.text, each.closed) for each in points(row.id)),
    )
    if not row.county:
        return replace(minuted, needs=tuple(_need(each, at.year) for each in requests(at.year)))
    recommendation = at.recommendations.get(row.county)
    recommendation = None if recommendation is None or recommendation.state in UNDERWAY else recommendation
    current, targets = at.current_proposal, at.current_targets
    proposal = recommendation.proposal if recommendation else (current.id if current else None)
    rows = lines(at, proposal, row.county)
    return replace(
        minuted,
        submitted=recommendation is not None,
        reason=target_reason(at, recommendation) if recommendation else "",
        target=targets.counties.get(row.county, NOBODY) if targets else NOBODY,
        lines=tuple(_line(each if recommendation else replace(each, **UNSAID)) for each in rows),
        comments=tuple(MinutedComment(each.name, each.text) for each in comments(at.year, row.county))
        if recommendation
        else (),
    )


def kept_minutes(meeting: int) -> KeptMinutes | None:
    """Return the minutes of a meeting that has been held, in two queries; None before that."""
    row = MeetingMinutes.objects.filter(meeting=meeting).values_list("day", "content").first()
    return None if row is None else KeptMinutes(row[0], minuted_from(row[1]), addenda(meeting))


def addenda(meeting: int) -> tuple[Addendum, ...]:
    """Return what has been added to the minutes of a meeting, in order, in one query."""
    rows = MeetingAddendum.objects.filter(meeting=meeting).order_by("number")
    kept_rows = rows.values("number", "kind", "day", "party", "area", "about", "text", "lines")
    return tuple(Addendum(**row | {"lines": tuple(changed_from(each) for each in row["lines"])}) for row in kept_rows)


def newest_outcomes(kept: KeptMinutes) -> Mapping[str, Came]:
    """Return what minutes and their addenda tell last of each municipality, by its code."""
    outcomes = {line.code: Came(outcome_of(line), line.outcome_reason, line.outcome_by) for line in kept.minuted.lines}
    for each in kept.addenda:
        outcomes |= {line.code: Came(line.after, line.reason, line.by) for line in each.lines}
    return outcomes


def held_to(at: Standing, county: str) -> HeldTo | None:
    """Return the minutes that a county's recommendation is held to; None while its meeting is not held.

    The number of a municipality is the first that the minutes tell; one that the meeting left open is that of the
    addendum which first tells it.
    """
    row = at.meetings.get(county)
    kept = kept_minutes(row.id) if row is not None and row.state == MeetingState.HELD else None
    if kept is None:
        return None
    outcomes = [(line.code, line.outcome) for line in kept.minuted.lines]
    outcomes += [(line.code, line.after.number) for each in kept.addenda for line in each.lines]
    numbers: dict[str, int] = {}
    for code, number in outcomes:
        if number is not None:
            numbers.setdefault(code, number)
    return HeldTo(timezone.localdate(kept.minuted.at), numbers)


def standing_numbers(rows: Iterable[Line]) -> Mapping[str, int | None]:
    """Return the number that each line comes to: the meeting's outcome, or the county's own until there is one."""
    return {line.code: line.number if line.outcome is None else line.outcome for line in rows}


def outcome_of(line: Line | MinutedLine) -> People:
    """Return what the meeting came to for a municipality."""
    return People(line.outcome, line.outcome_under15, line.outcome_from15)


def _need(row: NeedRow, year: int) -> MinutedNeed:
    """Return a need as all who take part in the joint meeting may read it."""
    to_one = row.is_answered and not row.is_shared
    return MinutedNeed(row.id, county_of(row.county, year).name, row.text, "" if to_one else row.answer, to_one)


def _line(line: Line) -> MinutedLine:
    return MinutedLine(
        code=line.code,
        name=line.name,
        proposed=line.proposed,
        number=line.number,
        under15=line.under15,
        from15=line.from15,
        outcome=line.outcome,
        outcome_under15=line.outcome_under15,
        outcome_from15=line.outcome_from15,
        outcome_reason=line.outcome_reason,
        outcome_by=line.outcome_by,
    )
