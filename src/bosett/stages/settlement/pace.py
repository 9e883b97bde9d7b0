"""How a settlement year goes: what is planned by a day, what has been reached, and who is ahead, behind or full.

What is decided is the plan, spread over the year: by the months of a plan that is known, else evenly over the days.
What has been reached is what the ledger tells; a count that is hidden makes a sum no fewer than what is shown, and
where that does not settle who is ahead or behind, nobody is said to be either.

Source: our own rule; nobody has published one.
"""

import calendar
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.stages.settlement.ledger import LedgerCount, LedgerGroup, LedgerRow, SettlementStep

_MONTHS = 12
_DAY = timedelta(days=1)


class BadYearPlan(Refusal):
    """The months of a plan do not make up a year."""

    def __init__(self, year: int, what: str) -> None:
        super().__init__(f"the plan of {year}: {what}")
        self.year = year


@dataclass(frozen=True, slots=True)
class YearPlan:
    """How what is decided is spread over a year.

    Attributes:
        year: The year.
        months: The part of it that is planned in each month, January first; None is evenly over the days of the year.

    Raises:
        BadYearPlan: There are not twelve, one is less than nothing, or they do not add up to 1.
    """

    year: int
    months: tuple[Fraction, ...] | None = None

    def __post_init__(self) -> None:
        if self.months is None:
            return
        if len(self.months) != _MONTHS or any(part < 0 for part in self.months) or sum(self.months) != 1:
            raise BadYearPlan(self.year, "give a part for each of twelve months, none less than 0, that add up to 1")

    def passed(self, day: date) -> Fraction:
        """Return the part of the plan that lies up to the end of a day; within a month evenly over its days."""
        if day.year != self.year:
            return Fraction(int(day.year > self.year))
        if self.months is None:
            return Fraction(day.timetuple().tm_yday, date(self.year, _MONTHS, 31).timetuple().tm_yday)
        of_month = Fraction(day.day, calendar.monthrange(day.year, day.month)[1])
        return sum(self.months[: day.month - 1], Fraction(0)) + self.months[day.month - 1] * of_month


@dataclass(frozen=True, slots=True)
class PaceTolerance:
    """How far from its plan a municipality may be and still be on it: the larger of the two.

    Attributes:
        part: A part of what it has decided.
        persons: Persons.
    """

    part: Fraction
    persons: int

    def of(self, decided: int) -> Fraction:
        """Return how many persons it is for a municipality that has decided so many."""
        return max(self.part * decided, Fraction(self.persons))


class PaceStanding(StrEnum):
    """How a municipality stands in the year.

    FULL: as many as decided have moved in or are agreed upon. AHEAD, ON_PLAN, BEHIND: of its plan. HIDDEN: counts are
    hidden that would settle it. NOT_TOLD: nobody has told who has moved in. NONE_DECIDED: it has decided to take
    nobody. NOT_DECIDED: no decision is known.
    """

    FULL = "full"
    AHEAD = "ahead"
    ON_PLAN = "on_plan"
    BEHIND = "behind"
    HIDDEN = "hidden"
    NOT_TOLD = "not_told"
    NONE_DECIDED = "none_decided"
    NOT_DECIDED = "not_decided"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a municipality stands, and why.

    Attributes:
        standing: How.
        planned: Persons planned to have moved in by the day; None when none is planned.
        within: How far from that it may be and still be on its plan, in persons; None with it.
    """

    standing: PaceStanding
    planned: Fraction | None = None
    within: Fraction | None = None


def month_ends(year: int, first: int = 1) -> tuple[date, ...]:
    """Return the last days of the months of a year, from a month on."""
    return tuple(date(year, month, calendar.monthrange(year, month)[1]) for month in range(first, _MONTHS + 1))


def reached(
    rows: Iterable[LedgerRow], municipalities: Container[str], step: SettlementStep, days: Sequence[date]
) -> tuple[LedgerCount | None, ...]:
    """Return what municipalities have come to at a step by the end of each of some days.

    Args:
        rows: The rows that count, as `counting_rows` gives them.
        municipalities: Whose.
        step: Which step.
        days: The days, in any order.

    Returns:
        A count for each day, of everybody; None where nothing is told by then.
    """
    own = [
        row for row in rows if row.municipality in municipalities and row.step is step and row.group is LedgerGroup.ALL
    ]
    own.sort(key=lambda row: row.on, reverse=True)
    by_day: dict[date, LedgerCount | None] = {}
    so_far = LedgerCount(shown=0, hidden=0, rows=0)
    for day in sorted(days):
        while own and own[-1].on <= day:
            so_far = _with(so_far, own.pop())
        by_day[day] = so_far if so_far.rows else None
    return tuple(by_day[day] for day in days)


def pace(
    decided: int | None,
    agreed: LedgerCount | None,
    settled: LedgerCount | None,
    passed: Fraction,
    tolerance: PaceTolerance,
) -> Pace:
    """Return how a municipality stands on a day.

    Args:
        decided: What it has decided, in persons; None when that is not known.
        agreed: Whom it has agreed upon so far in the year, those who have moved in too; None is nothing told.
        settled: Who has moved in; None is nothing told.
        passed: The part of the plan that lies up to the day.
        tolerance: How far from its plan it may be.
    """
    if decided is None:
        return Pace(PaceStanding.NOT_DECIDED)
    if not decided:
        return Pace(PaceStanding.NONE_DECIDED)
    planned, within = decided * passed, tolerance.of(decided)
    return Pace(_standing(decided, agreed, settled, planned, within), planned, within)


def as_until_now(settled: int, year: int, day: date) -> int:
    """Return how many have moved in when the year ends if it goes on as until now: no forecast, a rule of three.

    Args:
        settled: Persons who have moved in up to the end of the day.
        year: The year.
        day: A day of it.
    """
    days = (date(year, _MONTHS, 31) - date(year, 1, 1)) // _DAY + 1
    return settled * days // ((day - date(year, 1, 1)) // _DAY + 1)


def _standing(
    decided: int, agreed: LedgerCount | None, settled: LedgerCount | None, planned: Fraction, within: Fraction
) -> PaceStanding:
    # Who has moved in was agreed upon: those agreed upon so far and those who have moved in are not added up.
    if any(count is not None and count.shown >= decided for count in (agreed, settled)):
        return PaceStanding.FULL
    if settled is None:
        return PaceStanding.NOT_TOLD
    if settled.shown > planned + within:
        return PaceStanding.AHEAD
    if settled.hidden or (agreed is not None and agreed.hidden):  # it may be full
        return PaceStanding.HIDDEN
    return PaceStanding.BEHIND if settled.shown < planned - within else PaceStanding.ON_PLAN


def _with(count: LedgerCount, row: LedgerRow) -> LedgerCount:
    if row.count is None:
        return LedgerCount(count.shown, count.hidden + 1, count.rows + 1)
    return LedgerCount(count.shown + row.count, count.hidden, count.rows + 1)
