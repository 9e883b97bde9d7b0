"""The need with the stops that notices tell: numbers worked by hand, and nothing else of the need changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.rounds.need_stops import with_stops
from bosett.rounds.notices import Span
from bosett.stages.forecast.scenario import load_scenario
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.streams import NeedModel, NeedStream, QuotaFlow
from bosett.stages.forecast.summary import summarise
from needmodels import JANUARY, STILL, models

PLAN = NeedModel(JANUARY, 12, (QuotaFlow(NeedStream.RESETTLEMENT, 3000),), STILL)
"""250 persons each month."""
STOPPED = date(2020, 3, 14)


@pytest.mark.parametrize(
    ("spans", "coming"),
    [
        ([], 3000),
        ([Span(STOPPED)], 604),  # 250 + 250 + 250 x 13/31 = 604.8
        ([Span(STOPPED, date(2020, 6, 30))], 2104),  # and 6 x 250
        # In its ramp of 8 weeks, week n has n/9: July has 85/9 of 31 days, August 221/9 of 31.
        # 604.8 + 76.2 + 198.0 + 1 000 = 1 879.0.
        ([Span(STOPPED, date(2020, 6, 30), 8)], 1879),
        ([Span(date(2019, 11, 1), date(2020, 1, 31))], 2750),
        ([Span(STOPPED, date(2020, 3, 31)), Span(date(2020, 12, 1))], 2604),  # 604.8 + 8 x 250
    ],
)
def test_resettlement_comes_by_the_days_that_notices_tell(spans: list[Span], coming: int) -> None:
    year = summarise(simulate(with_stops(PLAN, spans), seed=1, paths=5), 2020).year_total
    assert (year["resettlement"].p10, year["resettlement"].p90) == (coming, coming)


def test_the_stop_of_2020_takes_resettlement_from_the_plan_and_nobody_else() -> None:
    plan = load_scenario(2020, "as-planned")
    model = plan.as_of(date(2020, 5, 19), 2020)
    planned, stopped = (simulate(each, seed=7, paths=400) for each in (model, with_stops(model, [Span(STOPPED)])))
    assert planned.need[0].sum(axis=0).tolist() == [3000] * 400
    assert stopped.need[0].sum(axis=0).tolist() == [604] * 400
    assert (planned.need[1:] == stopped.need[1:]).all()


@given(models(), st.dates(date(2020, 1, 1), date(2022, 6, 30)))
def test_a_stop_that_is_told_replaces_what_a_scenario_guesses_of_resettlement_alone(
    model: NeedModel, since: date
) -> None:
    stopped = with_stops(model, [Span(since)])
    assert with_stops(stopped, [Span(since)]) == stopped
    assert replace(stopped, flows=()) == replace(model, flows=())
    for before, after in zip(model.flows, stopped.flows, strict=True):
        assert before == after or before.stream is NeedStream.RESETTLEMENT
        assert replace(before, stops=()) == replace(after, stops=())
