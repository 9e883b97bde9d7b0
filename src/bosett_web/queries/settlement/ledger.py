"""The ledger of a settlement year as somebody may see it, and what its municipalities come to on a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from bosett.figures.kinds import Figure, Status
from bosett.geography import municipalities
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Who
from bosett.rounds.states import DecisionState, LedgerState
from bosett.stages.settlement.ledger import (
    Key,
    LedgerCount,
    LedgerGroup,
    LedgerRow,
    SettlementStep,
    counts,
)
from bosett.stages.settlement.sides import (
    Disagreement,
    LedgerSide,
    LeftToSettle,
    SidedCount,
    counted,
    counted_until,
    counting_rows,
    disagreements,
    left_to_settle,
    left_together,
    together,
)
from bosett_web.queries.lines import NO_FIGURE, Line
from bosett_web.queries.sight import sees_decision, sees_ledger
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import Decision, LedgerEntry


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One row as it is kept.

    Attributes:
        row: The count.
        side: Who has entered it.
        reason: Why it corrects another; empty for one that does not.
        made_up: Whether the demo has drawn it.
        day: The day on which it was entered.
        corrected_by: Number of the row that has taken its place, of those that were said by the day that is asked of.
    """

    row: LedgerRow
    side: LedgerSide
    reason: str
    made_up: bool
    day: date
    corrected_by: int | None


@dataclass(frozen=True, slots=True)
class AreaYear:
    """How far a municipality, or several together, have come in the year, in persons; None is nothing told.

    `sides` names, by step, whose rows a municipality's count is of.
    """

    code: str
    name: str
    requested: Figure
    decided: Figure
    enquired: LedgerCount | None
    agreed: LedgerCount | None
    settled: LedgerCount | None
    minors: LedgerCount | None
    left: LeftToSettle
    sides: Mapping[SettlementStep, LedgerSide]


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """The ledger as it stood on a day.

    Attributes:
        rows: What counts, by municipality, step and group.
        disagreements: Where the two who tell do not agree.
        counting: The rows that make up what counts.
    """

    rows: Mapping[Key, SidedCount]
    disagreements: tuple[Disagreement, ...]
    counting: tuple[LedgerRow, ...]


def new_row(at: Standing, area: str = "") -> Situation:
    """Return the situation of a row that is not entered yet; a municipality's own is in its area."""
    return Situation(None, area, closed_on=at.closed_on)


def entered_row(at: Standing, area: str = "") -> Situation:
    """Return the situation of a row that is entered."""
    return Situation(LedgerState.ENTERED, area, closed_on=at.closed_on)


def ledger_lines(year: int, codes: Collection[str] | None = None) -> tuple[LedgerLine, ...]:
    """Return the rows of some municipalities, or of all, in their order; one query."""
    rows = LedgerEntry.objects.filter(round=year).order_by("number")
    if codes is not None:
        rows = rows.filter(municipality__in=codes)
    plain = ("number", "municipality", "step", "group", "on", "count", "said_by", "said_on", "corrects__number")
    beside = ("side", "reason", "made_up", "day", "corrected__number")
    names = (*plain, *beside)
    return tuple(_line(dict(zip(names, values, strict=True))) for values in rows.values_list(*names))


def told_by(lines: Sequence[LedgerLine], day: date) -> tuple[LedgerLine, ...]:
    """Return the rows that were said by the end of a day; what corrects them later has not taken their place yet."""
    known = [line for line in lines if line.row.said_on <= day]
    numbers = {line.row.number for line in known}
    return tuple(
        line if line.corrected_by is None or line.corrected_by in numbers else replace(line, corrected_by=None)
        for line in known
    )


def seen_lines_of(at: Standing, who: Who, places: Sequence[Line]) -> tuple[LedgerLine, ...]:
    """Return the rows of some municipalities that somebody may see; one query."""
    visible = [place.code for place in places if sees_ledger(who, place.county, place.code)]
    everywhere = len(visible) == len(municipalities(at.year))  # the database need not be told all of them
    return ledger_lines(at.year, None if everywhere else visible)


def as_of(lines: Sequence[LedgerLine], year: int, day: date) -> LedgerYear:
    """Return what the rows come to as they were told by the end of a day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = {side: [line.row for line in lines if line.side is side] for side in LedgerSide}
    sides = {side: counts(rows[side], first, last, day) for side in LedgerSide}
    until = {side: counted_until(rows[side], first, last, day) for side in LedgerSide}
    return LedgerYear(counted(sides), disagreements(sides, until), counting_rows(rows, first, last, day))


def decided_numbers(year: int) -> Mapping[str, int | None]:
    """Return what each municipality has decided, in persons; None is hidden, and one that waits is none. One query."""
    rows = Decision.objects.filter(round=year, preliminary=False).exclude(state=DecisionState.REPLACED)
    return dict(rows.order_by("version").values_list("municipality", "number"))


def area_years(
    at: Standing, who: Who, moment: datetime, places: Sequence[Line], ledger: LedgerYear
) -> tuple[AreaYear, ...]:
    """Return how far municipalities have come; their requests and decisions as they stand now. One query."""
    decisions = _decided(at, who, moment, places)
    return tuple(_area(place, decisions.get(place.code, NO_FIGURE), ledger.rows) for place in places)


def sum_of(code: str, name: str, areas: Sequence[AreaYear], ledger: LedgerYear) -> AreaYear:
    """Return municipalities together: what is decided is the sum of those who have decided."""

    def at_step(step: SettlementStep, group: LedgerGroup = LedgerGroup.ALL) -> LedgerCount | None:
        return together(ledger.rows, [area.code for area in areas], step, group)

    return AreaYear(
        code=code,
        name=name,
        requested=_sum([area.requested for area in areas], whole=True),
        decided=_sum([area.decided for area in areas], whole=False),
        enquired=at_step(SettlementStep.ENQUIRED),
        agreed=at_step(SettlementStep.AGREED),
        settled=at_step(SettlementStep.SETTLED),
        minors=at_step(SettlementStep.SETTLED, LedgerGroup.MINORS),
        left=_left([area for area in areas if area.decided.persons is not None]),
        sides={},
    )


def _left(areas: Sequence[AreaYear]) -> LeftToSettle:
    """Return what is left of the decisions: of a municipality that nothing is told of, at most all that it decided."""
    if all(area.settled is None for area in areas):
        return left_together(())
    nothing = LedgerCount(shown=0, hidden=1, rows=0)
    return left_together(left_to_settle(area.decided.persons, area.settled or nothing) for area in areas)


def _line(column: Mapping[str, object]) -> LedgerLine:
    own = {each.name: column.get(each.name) for each in fields(LedgerRow)}
    own |= {"step": SettlementStep(str(own["step"])), "group": LedgerGroup(str(own["group"]))}
    row = LedgerRow(**{**own, "corrects": column["corrects__number"]})  # type: ignore[arg-type]  # as the table has them
    beside = {name: column[name] for name in ("reason", "made_up", "day")}
    side = LedgerSide(str(column["side"]))
    return LedgerLine(row, side, corrected_by=column["corrected__number"], **beside)  # type: ignore[arg-type]  # as above


def _area(place: Line, decided: Figure, rows: Mapping[Key, SidedCount]) -> AreaYear:
    by_step = {step: rows.get((place.code, step, LedgerGroup.ALL)) for step in SettlementStep}
    enquired, agreed, settled = (by_step[step] for step in SettlementStep)
    minors = rows.get((place.code, SettlementStep.SETTLED, LedgerGroup.MINORS))
    return AreaYear(
        code=place.code,
        name=place.name,
        requested=place.asked_told,
        decided=decided,
        enquired=_count(enquired),
        agreed=_count(agreed),
        settled=_count(settled),
        minors=_count(minors),
        left=left_to_settle(decided.persons, _count(settled)),
        sides={step: each.side for step, each in by_step.items() if each is not None},
    )


def _count(sided: SidedCount | None) -> LedgerCount | None:
    return None if sided is None else sided.count


def _sum(figures: Sequence[Figure], *, whole: bool) -> Figure:
    """Return the sum of figures: of all or none when it must be whole, else of those that there are."""
    known = [figure.persons for figure in figures if figure.persons is not None]
    lacking = [figure for figure in figures if figure.status not in (Status.OK, Status.NOT_ASKED)]
    if not known or (whole and lacking):
        return NO_FIGURE
    return Figure(sum(known), Status.OK)


def _decided(at: Standing, who: Who, moment: datetime, places: Sequence[Line]) -> Mapping[str, Figure]:
    """Return what municipalities have decided, as far as somebody may see it; an answer that waits is none."""
    numbers = decided_numbers(at.year)
    return {
        place.code: Figure(number, Status.HIDDEN if number is None else Status.OK)
        for place in places
        if place.code in numbers and sees_decision(who, at, moment, place.county, place.code, "answered")
        for number in (numbers[place.code],)
    }
