"""Months that were observed hold what was observed, and the simulation goes on from there: numbers worked by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from bosett.stages.forecast.arrivals import follow_gain, rate_after
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.observed import ObservedCount, ObservedKind, used_counts, with_observed
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.streams import BadFlow, MonthlyPlaces, NeedModel, NeedStream, PermitFlow, QuotaFlow, Spread
from bosett.stages.forecast.summary import so_far, summarise
from needmodels import JANUARY, STILL, WANDERING, stop

HALF = Fraction(1, 2)
DAY = date(2020, 4, 1)
QUOTA = NeedModel(JANUARY, 12, (QuotaFlow(NeedStream.RESETTLEMENT, 1200),), STILL)
"""100 persons each month."""
PERMITS = NeedModel(JANUARY, 4, (PermitFlow(NeedStream.RECEPTION, 100, Fraction(0), (HALF, HALF)),), STILL)
"""50 are ready in January and 50 in February."""


def counted(kind: str, month: int, persons: int, known: date = DAY, stream: str = "resettlement") -> ObservedCount:
    return ObservedCount(
        NeedStream(stream), ObservedKind(kind), FlowMonth(2020, month), persons, known, "made for a test"
    )


def needs(model: NeedModel, *counts: ObservedCount, day: date = DAY) -> list[int]:
    paths = simulate(with_observed(model, counts, day), seed=1, paths=3)
    assert (paths.need == paths.need[:, :, :1]).all()
    return [int(each) for each in paths.need[0, :, 0]]


@pytest.mark.parametrize(
    ("came", "by_month"),
    [
        ([], [100] * 12),
        ([80, 90], [80, 90, *[100] * 10]),  # 30 fewer than planned: they are held back
        ([600, 500], [600, 500, 100, *[0] * 9]),  # 100 are left of the quota
        ([700, 600], [700, 600, *[0] * 10]),  # more than the quota: nobody is sent back, and nobody comes
    ],
)
def test_who_has_come_counts_against_the_quota(came: list[int], by_month: list[int]) -> None:
    counts = [counted("came", month, persons) for month, persons in enumerate(came, 1)]
    assert needs(QUOTA, *counts) == by_month


def test_who_was_held_back_is_caught_up_until_as_many_have_come_as_were_planned() -> None:
    model = replace(QUOTA, flows=(QuotaFlow(NeedStream.RESETTLEMENT, 1200, 40),))
    assert needs(model, counted("came", 1, 30)) == [30, 140, 130, *[100] * 9]
    assert needs(model, counted("came", 1, 130)) == [130, *[100] * 10, 70]


def test_more_than_the_quota_of_a_year_takes_nobody_from_the_next() -> None:
    flow = QuotaFlow(NeedStream.RESETTLEMENT, 12, came=(20,))
    paths = simulate(NeedModel(JANUARY, 24, (flow,), STILL), seed=1, paths=1)
    assert paths.need[0, :, 0].tolist() == [20, *[0] * 11, *[1] * 12]
    assert (int(paths.came[0, 0]), int(paths.held_back[0, 0])) == (32, 0)
    assert flow.planned_by_year(paths.months) == {2020: 20, 2021: 12}


def test_a_stop_after_what_was_observed_holds_back_what_is_left() -> None:
    model = replace(
        QUOTA, flows=(QuotaFlow(NeedStream.RESETTLEMENT, 1200, None, (stop(date(2020, 3, 1), (None, "1")),)),)
    )
    assert needs(model, counted("came", 1, 70), counted("came", 2, 80), counted("came", 3, 5)) == [70, 80, 5, *[0] * 9]


@pytest.mark.parametrize(
    ("settled", "by_month", "came"),
    [
        ([], [50, 50, 0, 0], 100),
        ([20], [20, 80, 0, 0], 100),  # 30 were ready and not settled: they are counted in February
        ([20, 40], [20, 40, 40, 0], 100),
        ([60], [60, 40, 0, 0], 100),  # 10 were settled early
        ([60, 70], [60, 70, 0, 0], 130),  # 30 more than were known to wait have waited
    ],
)
def test_who_was_settled_is_need_no_more_and_the_others_wait(
    settled: list[int], by_month: list[int], came: int
) -> None:
    counts = [counted("settled", month, each, stream="reception") for month, each in enumerate(settled, 1)]
    assert needs(PERMITS, *counts) == by_month
    assert simulate(with_observed(PERMITS, counts, DAY), seed=1, paths=1).came[0, 0] == came


def test_permits_that_were_given_wait_as_others_do() -> None:
    counts = [counted("came", month, persons, stream="reception") for month, persons in ((1, 10), (2, 0), (3, 30))]
    # January has half of 110, February the rest; March half of 30, April the rest.
    assert needs(PERMITS, *counts) == [55, 55, 15, 15]


def test_who_settles_alone_and_was_not_settled_by_a_municipality_is_counted_once() -> None:
    flow = PermitFlow(NeedStream.RECEPTION, 100, Fraction(0), (Fraction(1),), alone=HALF, settled=(80,))
    paths = simulate(NeedModel(JANUARY, 2, (flow,), STILL), seed=1, paths=1)
    # 50 would have settled alone; 80 of the 100 were settled, so only 20 can have.
    assert (paths.need[0, :, 0].tolist(), int(paths.alone[0, 0]), int(paths.in_process[0, 0])) == ([80, 0], 20, 0)


def test_what_is_settled_takes_its_places_and_the_others_get_the_rest() -> None:
    flows = (
        PermitFlow(NeedStream.RECEPTION, 100, Fraction(0), (Fraction(1),), settled=(30,)),
        PermitFlow(NeedStream.FAMILY, 20, Fraction(0), (Fraction(1),)),
    )
    places = MonthlyPlaces((40, 50, None), (None, None, None))
    paths = simulate(NeedModel(JANUARY, 3, flows, STILL, places), seed=1, paths=1)
    assert paths.settled is not None
    # In January 10 places are left; in February 70 and 10 wait for 50: 43.75 and 6.25, sums rounded down.
    assert paths.settled[:, :, 0].tolist() == [[30, 43, 27], [10, 7, 3]]


def test_only_what_the_day_knows_of_months_that_are_over_is_used() -> None:
    counts = (
        counted("came", 1, 70, date(2020, 2, 5)),
        counted("came", 1, 75, date(2020, 3, 5)),
        counted("came", 2, 80, date(2020, 3, 5)),
        counted("came", 4, 1, date(2020, 3, 5)),
    )
    used = {
        day: [each.persons for each in used_counts(QUOTA, counts, day)]
        for day in (date(2020, 2, 4), date(2020, 2, 5), date(2020, 3, 5), date(2020, 12, 31))
    }
    # The corrected count of January counts from March on; April has no March before it.
    assert list(used.values()) == [[], [70], [75, 80], [75, 80]]
    assert [
        each.persons for each in used_counts(QUOTA, [counted("came", 1, 9, date(2020, 1, 1))], date(2020, 1, 31))
    ] == []


def test_a_quota_is_not_told_by_who_was_settled() -> None:
    with pytest.raises(BadFlow, match="tell who came"):
        with_observed(QUOTA, [counted("settled", 1, 3)], DAY)
    with pytest.raises(BadFlow, match="fewer than 0"):
        with_observed(QUOTA, [counted("came", 1, -1)], DAY)
    with pytest.raises(BadFlow, match="more months are observed than the 1"):
        NeedModel(JANUARY, 1, (QuotaFlow(NeedStream.RESETTLEMENT, 1, came=(1, 1)),), STILL)


def test_a_rate_follows_what_is_counted_as_far_as_it_tells() -> None:
    assert rate_after(WANDERING, 165.0, ()) == 165.0
    assert rate_after(WANDERING, 0.0, (0, 0)) == 0.0
    gain, _ = follow_gain(WANDERING)
    many = rate_after(WANDERING, 1e6, (2_000_000,))
    # Of so many people the noise of counting is next to nothing, so the level follows by the gain alone.
    assert many == pytest.approx(1e6 * 2**gain * np.exp(gain * float(WANDERING.noise) ** 2 / 2), rel=1e-4)
    few = rate_after(WANDERING, 3.0, (6,)) / 3.0
    assert 1 < few < many / 1e6, "few people tell less"
    assert 0 < rate_after(WANDERING, 3.0, (0,)) < 3.0
    still = Spread(Fraction(0), Fraction(1, 4), Fraction(9))
    assert rate_after(still, 50.0, (500,)) == pytest.approx(50.0), "what does not wander is not moved"


def test_the_sums_so_far_end_at_the_year_s_total() -> None:
    flow = PermitFlow(NeedStream.RECEPTION, 300, Fraction(20), (HALF, HALF))
    places = MonthlyPlaces((10,) * 24, (None,) * 24)
    paths = simulate(NeedModel(JANUARY, 24, (flow,), WANDERING, places), seed=1, paths=200)
    for year in (2020, 2021):
        upto = list(so_far(paths, year).values())
        assert len(upto) == 12
        assert upto[-1] == summarise(paths, year).year_total["all"]
        assert all(one.p50 <= other.p50 for one, other in pairwise(upto))
