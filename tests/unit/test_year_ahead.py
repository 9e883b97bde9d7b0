"""Where a year is heading: small flows worked by hand, a plain loop beside, and what no path may do."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.rounds import year
from bosett.rounds.notices import Span
from bosett.rounds.year import YearAhead, YearPoint, course_of_year, plan_of_year, scenario_of_year, year_ahead
from bosett.stages.forecast.judgement import judge_country
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.rest import month_parts, rest_of_year
from bosett.stages.forecast.scenario import NeedScenario, load_scenario
from bosett.stages.forecast.simulate import NeedPaths, simulate
from bosett.stages.forecast.streams import MonthlyPlaces, NeedModel, NeedStream, QuotaFlow
from bosett.stages.forecast.summary import NeedRange, YearNotThere, ranges
from bosett.stages.settlement.ledger import LedgerCount, SettlementStep
from bosett.stages.settlement.pace import YearPlan
from bosett.stages.settlement.sides import LeftToSettle
from ledgers import BERGEN, row
from needmodels import JANUARY, STILL, models

MANY = 10**6
QUOTA = NeedModel(JANUARY, 12, (QuotaFlow(NeedStream.RESETTLEMENT, 3000),), STILL)
"""250 persons each month."""


whole_years = models().filter(lambda model: model.months >= 12).map(lambda model: replace(model, first=JANUARY))


def paths_of(model: NeedModel, paths: int = 5) -> NeedPaths:
    return simulate(model, seed=1, paths=paths)


def one(persons: int) -> NeedRange:
    return NeedRange(persons, persons, persons)


@pytest.mark.parametrize(
    ("day", "most", "ends"),
    [
        # Of November 10 of 30 days are left: 250 / 3 = 83.3.
        (date(2020, 11, 20), MANY, [(date(2020, 11, 30), 83), (date(2020, 12, 31), 333)]),
        (date(2020, 11, 20), 200, [(date(2020, 11, 30), 83), (date(2020, 12, 31), 200)]),
        (date(2020, 11, 20), 0, [(date(2020, 11, 30), 0), (date(2020, 12, 31), 0)]),
        (date(2020, 11, 30), MANY, [(date(2020, 12, 31), 250)]),
        (date(2020, 12, 30), MANY, [(date(2020, 12, 31), 8)]),  # 250 / 31 = 8.06
        (date(2020, 12, 31), MANY, []),
        (date(2021, 3, 1), MANY, []),
    ],
)
def test_what_is_still_to_come_by_hand(day: date, most: int, ends: list[tuple[date, int]]) -> None:
    assert rest_of_year(paths_of(QUOTA), 2020, day, most) == tuple((on, one(persons)) for on, persons in ends)


def test_before_the_year_all_of_it_is_to_come() -> None:
    for day in (date(2019, 12, 31), date(2019, 6, 1)):
        rest = rest_of_year(paths_of(QUOTA), 2020, day, MANY)
        assert (len(rest), rest[0], rest[-1]) == (12, (date(2020, 1, 31), one(250)), (date(2020, 12, 31), one(3000)))


def test_where_places_are_told_those_who_get_one_are_counted() -> None:
    places = MonthlyPlaces((100,) * 12, (0,) * 12)
    limited = NeedModel(JANUARY, 12, QUOTA.flows, STILL, places)
    assert rest_of_year(paths_of(limited), 2020, date(2020, 10, 31), MANY)[-1] == (date(2020, 12, 31), one(200))


def test_paths_that_do_not_have_the_rest_of_the_year_are_refused() -> None:
    with pytest.raises(YearNotThere):
        rest_of_year(paths_of(NeedModel(JANUARY, 11, QUOTA.flows, STILL)), 2020, date(2020, 5, 1), MANY)
    with pytest.raises(YearNotThere):
        month_parts(paths_of(NeedModel(FlowMonth(2020, 2), 11, QUOTA.flows, STILL)), 2020)


def test_a_quota_is_a_twelfth_a_month_and_nobody_has_no_parts() -> None:
    assert month_parts(paths_of(QUOTA), 2020) == (Fraction(1, 12),) * 12
    nobody = NeedModel(JANUARY, 12, (QuotaFlow(NeedStream.RESETTLEMENT, 0),), STILL)
    assert month_parts(paths_of(nobody), 2020) is None


@settings(max_examples=40)
@given(whole_years, st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.data())
def test_it_is_a_plain_loop_over_the_paths(model: NeedModel, day: date, data: st.DataObject) -> None:
    most = data.draw(st.integers(0, 3000))
    paths = paths_of(model, 7)
    persons = paths.need if paths.settled is None else paths.settled
    ends: list[list[int]] = []
    for path in range(7):
        come, by_end = 0, []
        for place, month in enumerate(paths.months):
            days = [each for each in month.days() if each > day]
            if month.year == 2020 and days:
                everybody = sum(int(stream[place, path]) for stream in persons)
                come += everybody * len(days) // len([*month.days()])
                by_end.append(min(come, most))
        ends.append(by_end)
    plain = ranges(np.array(ends).T) if ends[0] else ()
    assert tuple(told_range for _, told_range in rest_of_year(paths, 2020, day, most)) == plain


@settings(max_examples=40)
@given(whole_years, st.integers(0, 3000))
def test_the_range_never_falls_with_the_months_and_never_goes_beyond_the_places(model: NeedModel, most: int) -> None:
    rest = [told_range for _, told_range in rest_of_year(paths_of(model), 2020, date(2020, 3, 14), most)]
    for name in ("p10", "p50", "p90"):
        numbers = [getattr(each, name) for each in rest]
        assert numbers == sorted(numbers)
        assert numbers[-1] <= most
    assert all(each.p10 <= each.p50 <= each.p90 for each in rest)


# With the shipped scenario of 2020


@pytest.fixture(scope="module")
def planned() -> NeedScenario:
    return load_scenario(2020, "as-planned")


SETTLED, LEFT = LedgerCount(1100, 0, 9), LeftToSettle(4000, exact=True, over=0)
MAY, STOP = date(2020, 5, 19), Span(date(2020, 3, 14))


def test_a_stop_lowers_the_end_of_the_year_and_the_places_left_are_its_ceiling(planned: NeedScenario) -> None:
    free = year_ahead(planned, [], 2020, MAY, SETTLED, LEFT)
    stopped = year_ahead(planned, [STOP], 2020, MAY, SETTLED, LEFT)
    assert free is not None
    assert stopped is not None
    assert free.ends[-1][1].p90 > stopped.ends[-1][1].p90 > stopped.ends[-1][1].p10 > 1100
    # Resettlement that goes on is 250 a month, evenly: 250 x 12 / 31 of May, and seven months: 1 846.8.
    assert free.ends[-1][1].p50 - stopped.ends[-1][1].p50 in (1846, 1847)
    full = year_ahead(planned, [], 2020, MAY, SETTLED, LeftToSettle(40, exact=True, over=3))
    assert full is not None
    assert full.ends[-1] == (date(2020, 12, 31), one(1140))
    assert not full.at_least


@pytest.mark.parametrize(
    ("settled", "left"), [(LedgerCount(1100, 1, 9), LEFT), (SETTLED, LeftToSettle(4000, exact=False, over=0))]
)
def test_what_is_not_told_makes_it_no_fewer(planned: NeedScenario, settled: LedgerCount, left: LeftToSettle) -> None:
    ahead = year_ahead(planned, [], 2020, MAY, settled, left)
    assert ahead is not None
    assert ahead.at_least


@settings(max_examples=20)
@given(st.integers(0, 4000), st.integers(0, 500))
def test_one_more_who_has_moved_in_never_lowers_the_end(planned: NeedScenario, left: int, more: int) -> None:
    """That is why a sum with hidden counts gives an end that is no fewer."""
    fewer, further = (
        year_ahead(planned, [], 2020, MAY, LedgerCount(each, 0, 1), LeftToSettle(max(left - each, 0), True, 0))
        for each in (0, more)
    )
    assert fewer is not None
    assert further is not None
    assert further.ends[-1][1].p10 >= fewer.ends[-1][1].p10


def test_a_day_that_does_not_know_the_plan_or_any_decision_has_no_end(planned: NeedScenario) -> None:
    assert year_ahead(planned, [], 2020, date(2019, 9, 1), SETTLED, LEFT) is None
    assert year_ahead(planned, [], 2020, MAY, SETTLED, LeftToSettle(None, exact=False, over=0)) is None
    assert plan_of_year(planned, 2020, date(2019, 9, 1)) == YearPlan(2020)
    assert plan_of_year(None, 2020, MAY) == YearPlan(2020)
    begins_late = replace(planned, begins=FlowMonth(2020, 4))
    assert plan_of_year(begins_late, 2020, MAY) == YearPlan(2020), "of the months before it nothing is known"


def test_the_plan_is_the_scenario_s_and_its_stops_are_not_in_it(planned: NeedScenario) -> None:
    plan = plan_of_year(planned, 2020, MAY)
    assert plan.months is not None
    # In January and February of the scenario nobody but resettlement becomes ready, less those who waited before.
    assert plan.months[0] < Fraction(1, 12) < plan.months[11]


def test_the_scenario_of_a_year_is_its_plan_or_the_only_one_and_of_several_none_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned_year = scenario_of_year(2020)
    assert planned_year is not None
    assert planned_year.id == "2020-as-planned"
    assert scenario_of_year(1999) is None
    monkeypatch.setattr(year, "shipped_scenarios", lambda _: ("stop-resettlement",))
    only = scenario_of_year(2020)
    assert only is not None
    assert only.id == "2020-stop-resettlement"
    monkeypatch.setattr(year, "shipped_scenarios", lambda _: ("high", "low"))
    assert scenario_of_year(2020) is None


def test_a_year_month_by_month_has_what_has_come_and_what_is_expected() -> None:
    rows = [
        row(1, date(2021, 1, 31), 4),
        row(2, date(2021, 3, 9), None),
        row(3, date(2021, 2, 1), 6, step=SettlementStep.AGREED),
        row(4, date(2021, 3, 11), 9),
    ]
    ahead = YearAhead(((date(2021, 3, 31), NeedRange(1, 2, 3)), (date(2021, 12, 31), NeedRange(4, 5, 6))), True)
    points = course_of_year(YearPlan(2021), 365, rows, {BERGEN}, date(2021, 3, 10), ahead)
    assert len(points) == 13
    assert points[0] == YearPoint(date(2021, 1, 31), Fraction(31), None, None, LedgerCount(4, 0, 1))
    assert points[1] == YearPoint(date(2021, 2, 28), Fraction(59), None, LedgerCount(6, 0, 1), LedgerCount(4, 0, 1))
    assert points[2] == YearPoint(date(2021, 3, 10), Fraction(69), None, LedgerCount(6, 0, 1), LedgerCount(4, 1, 2))
    assert points[3] == YearPoint(date(2021, 3, 31), Fraction(90), expected=NeedRange(1, 2, 3))
    assert points[4] == YearPoint(date(2021, 4, 30), Fraction(120))
    assert points[-1] == YearPoint(date(2021, 12, 31), Fraction(365), expected=NeedRange(4, 5, 6))
    at_the_end = course_of_year(YearPlan(2021), None, rows, {BERGEN}, date(2021, 12, 31), None)
    assert [point.on.month for point in at_the_end] == [*range(1, 13)]
    assert at_the_end[-1] == YearPoint(date(2021, 12, 31), None, None, LedgerCount(6, 0, 1), LedgerCount(13, 1, 3))


def test_one_country_is_judged_as_among_all_of_them() -> None:
    norway = judge_country("Norway")
    assert (norway.score.points, norway.score.hits, norway.band) == (12, 7, (7, 12))
