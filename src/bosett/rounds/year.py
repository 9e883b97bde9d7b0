"""The settlement year as it goes, with the need that is still to come: where it is heading, and what plan it follows.

What is still to come is simulated from the shipped scenario of the year as planned, with the stops that are told, and
ends on each path when the places left are taken. Who waits already is not added: as many are taken to wait when the
year ends as do now. A year of which no scenario is shipped, or known on the day, has no expected end: none is guessed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.parameters import pace_part, pace_persons
from bosett.rounds.need_stops import with_stops
from bosett.rounds.notices import Span
from bosett.stages.forecast.rest import month_parts, rest_of_year
from bosett.stages.forecast.scenario import PLANNED, NeedScenario, load_scenario, shipped_scenarios
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.streams import NeedModel
from bosett.stages.forecast.summary import NeedRange, YearNotThere
from bosett.stages.forecast.versions import KnownLater
from bosett.stages.settlement.ledger import LedgerCount, LedgerRow, SettlementStep
from bosett.stages.settlement.pace import PaceTolerance, YearPlan, month_ends, reached
from bosett.stages.settlement.sides import LeftToSettle

PATHS = 10_000


@dataclass(frozen=True, slots=True)
class YearAhead:
    """Where a year is heading, as of a day.

    Attributes:
        ends: The last day of each month left, with how many have moved in by then: a low, a middle and a high number of
            persons. The last is the year's end.
        at_least: Whether it is no fewer than that, as not all are told who have moved in.
    """

    ends: tuple[tuple[date, NeedRange], ...]
    at_least: bool


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A year at the end of a day, in persons.

    Attributes:
        on: The day.
        planned: Who was planned to have moved in; None when no decision is known.
        enquired: Whom municipalities have been enquired about, as the ledger tells it; None where it tells nothing, and
            after the day that is asked of.
        agreed: Whom they have agreed upon; as `enquired`.
        settled: Who has moved in; as `enquired`.
        expected: Who is expected to have moved in by then; None when that is not known, or the day has come.
    """

    on: date
    planned: Fraction | None
    enquired: LedgerCount | None = None
    agreed: LedgerCount | None = None
    settled: LedgerCount | None = None
    expected: NeedRange | None = None


def scenario_of_year(year: int) -> NeedScenario | None:
    """Return the scenario that tells a year as planned, else the only one of it; None when none or several are shipped.

    Raises:
        BadRuleFile: It says something that it may not.
    """
    names = shipped_scenarios(year)
    if PLANNED in names:
        return load_scenario(year, PLANNED)
    return load_scenario(year, names[0]) if len(names) == 1 else None


def plan_of_year(scenario: NeedScenario | None, year: int, day: date) -> YearPlan:
    """Return how what is decided is spread over a year: as the need of its scenario is, else evenly over the days.

    Args:
        scenario: The year as planned; None when none is shipped.
        year: The year.
        day: What is known on it counts.
    """
    model = None if scenario is None else model_on(scenario, year, day)
    if scenario is None or model is None:
        return YearPlan(year)
    try:
        return YearPlan(year, month_parts(simulate(model, seed=scenario.seed, paths=PATHS), year))
    except YearNotThere:  # the scenario begins within the year
        return YearPlan(year)


def year_ahead(
    scenario: NeedScenario,
    stops: Iterable[Span],
    year: int,
    day: date,
    settled: LedgerCount,
    left: LeftToSettle,
) -> YearAhead | None:
    """Return where a year is heading; None when the day does not know its scenario, or no decision.

    Args:
        scenario: The year as planned.
        stops: The stops of resettlement that are told.
        year: The year.
        day: A day of it: up to its end the ledger tells who has moved in.
        settled: Who has moved in.
        left: How many of those decided have not; when it is not exact, no more than so many.
    """
    model = model_on(scenario, year, day)
    if model is None or left.most is None:
        return None
    paths = simulate(with_stops(model, stops), seed=scenario.seed, paths=PATHS)
    ends = tuple(
        (on, NeedRange(*(settled.shown + persons for persons in (more.p10, more.p50, more.p90))))
        for on, more in rest_of_year(paths, year, day, left.most)
    )
    # One more who has moved in leaves at most one place fewer: no path ends lower by what is not told.
    return YearAhead(ends, at_least=bool(settled.hidden) or not left.exact)


def course_of_year(
    plan: YearPlan,
    decided: int | None,
    rows: Sequence[LedgerRow],
    municipalities: Collection[str],
    day: date,
    ahead: YearAhead | None,
) -> tuple[YearPoint, ...]:
    """Return a year month by month: the ends of its months, and the day.

    Args:
        plan: How what is decided is spread over the year.
        decided: What is decided, in persons; None when no decision is known.
        rows: The rows of the ledger that count.
        municipalities: Whose.
        day: A day of the year: what comes after it is not known yet.
        ahead: Where the year is heading, when that is known.
    """
    before = [on for on in month_ends(plan.year) if on < day]
    enquired, agreed, settled = (reached(rows, municipalities, step, [*before, day]) for step in SettlementStep)
    planned = {on: None if decided is None else decided * plan.passed(on) for on in (*month_ends(plan.year), day)}
    come = [
        YearPoint(on, planned[on], enquired[place], agreed[place], settled[place])
        for place, on in enumerate([*before, day])
    ]
    expected = dict(ahead.ends) if ahead else {}
    to_come = [
        YearPoint(on, planned[on], expected=expected.get(on)) for on in month_ends(plan.year, day.month) if on > day
    ]
    return (*come, *to_come)


def model_on(scenario: NeedScenario, year: int, day: date) -> NeedModel | None:
    """Return what a day knows of a scenario of a year; None when it does not know all of it."""
    try:
        return scenario.as_of(day, year)
    except KnownLater:
        return None


def pace_tolerance(year: int) -> PaceTolerance:
    """Return how far from its plan a municipality may be and still be on it in a settlement year.

    Raises:
        NotKnown: No number is known for the year.
    """
    return PaceTolerance(pace_part(year), pace_persons(year))
