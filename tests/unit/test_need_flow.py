"""The flow of need by small numbers worked by hand: calendar, quota, waiting, places, and what a year comes to."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week
from bosett.rounds.need_places import reported_limit
from bosett.rounds.notices import Span
from bosett.stages.capacity.reports import Firmness, Report
from bosett.stages.forecast.calendar import BadCalendar, Restart, StreamStop, part_coming
from bosett.stages.forecast.months import FlowMonth, months_from
from bosett.stages.forecast.outlook import arrivals_by_month, outlooks
from bosett.stages.forecast.places import settle
from bosett.stages.forecast.simulate import BadPaths, NeedPaths, ready_by_month, simulate, whole_steps
from bosett.stages.forecast.streams import BadFlow, MonthlyPlaces, NeedModel, NeedStream, PermitFlow, QuotaFlow
from bosett.stages.forecast.summary import NeedRange, YearNotThere, ranges, summarise
from needmodels import JANUARY, STILL, WANDERING, stop

HALF = Fraction(1, 2)
YEAR = months_from(JANUARY, 12)
UNTIL_FURTHER_NOTICE = stop(date(2020, 3, 14), (None, "1"))


def by_month(flow: QuotaFlow) -> list[tuple[int, ...]]:
    return [arrivals_by_month(flow, way, YEAR) for _, way in outlooks(flow.stops, YEAR)]


def test_months_go_on_into_the_next_year() -> None:
    assert [str(month) for month in months_from(FlowMonth(2020, 11), 3)] == ["2020-11", "2020-12", "2021-01"]
    assert FlowMonth(2021, 2).since(FlowMonth(2020, 11)) == 3


def test_a_stop_within_a_month_leaves_the_days_before_it() -> None:
    end = UNTIL_FURTHER_NOTICE.restarts[0]
    parts = [part_coming(UNTIL_FURTHER_NOTICE, end, month) for month in YEAR[1:4]]
    assert parts == [1, Fraction(13, 31), 0]


def test_a_ramp_is_that_of_a_notice_day_by_day() -> None:
    again = date(2020, 8, 1)
    stopped = stop(date(2020, 3, 14), (again, "1"), ramp=3)
    span = Span(date(2020, 3, 14), again - timedelta(days=1), ramp=3)
    for month in YEAR:
        days = list(month.days())
        per_cent = [span.comes(day) for day in days]
        whole = part_coming(stopped, stopped.restarts[0], month) * len(days) * 100
        assert 0 <= whole - sum(per_cent) < len(days), "a notice rounds each day down to whole per cent"
    # August has 7 days of 1/4, 7 of 2/4, 7 of 3/4 and 10 whole ones.
    assert part_coming(stopped, stopped.restarts[0], YEAR[7]) == Fraction(7 * 6, 4 * 31) + Fraction(10, 31)


def test_a_calendar_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(BadCalendar, match="add up to 3/4; they must add up to 1"):
        stop(date(2020, 3, 14), (None, "3/4"))
    with pytest.raises(BadCalendar, match="cannot begin again on 2020-03-14"):
        StreamStop(date(2020, 3, 14), (Restart(date(2020, 3, 14), Fraction(1)),))


def test_a_quota_is_spread_evenly_and_adds_up() -> None:
    assert by_month(QuotaFlow(NeedStream.RESETTLEMENT, 3000)) == [(250,) * 12]
    (uneven,) = by_month(QuotaFlow(NeedStream.RESETTLEMENT, 7))
    assert uneven == (0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1)


def test_a_stopped_quota_is_held_back_until_it_begins_again() -> None:
    # 250 in January and February, 13/31 of 250 = 104.8 in March; 104 of them whole.
    assert by_month(QuotaFlow(NeedStream.RESETTLEMENT, 3000, None, (UNTIL_FURTHER_NOTICE,))) == [
        (250, 250, 104, *[0] * 9)
    ]
    again = stop(date(2020, 3, 1), (date(2020, 11, 1), "1/4"), (None, "3/4"))
    assert by_month(QuotaFlow(NeedStream.RESETTLEMENT, 3000, 40, (again,))) == [
        (250, 250, *[0] * 8, 290, 290),
        (250, 250, *[0] * 10),
    ]


def test_nobody_is_caught_up_who_was_not_held_back() -> None:
    short = stop(date(2020, 2, 1), (date(2020, 3, 1), "1"))
    assert by_month(QuotaFlow(NeedStream.RESETTLEMENT, 1200, 70, (short,))) == [(100, 0, 170, 130, *[100] * 8)]


def test_two_stops_end_without_regard_to_each_other() -> None:
    first = stop(date(2020, 2, 1), (date(2020, 3, 1), "1/3"), (date(2020, 4, 1), "2/3"))
    second = stop(date(2020, 6, 1), (date(2020, 7, 1), "1/4"), (None, "3/4"))
    ways = outlooks((first, second), YEAR)
    assert [likely for likely, _ in ways] == [Fraction(1, 12), Fraction(1, 4), Fraction(1, 6), Fraction(1, 2)]
    assert [int(part) for part in ways[1][1]] == [1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert outlooks((), YEAR) == ((Fraction(1), (Fraction(1),) * 12),)


def test_who_waits_is_ready_in_parts_and_the_last_part_is_the_rest() -> None:
    third = Fraction(1, 3)
    permits = np.array([[10.0], [0.0], [1.0], [0.0], [0.0]])
    # Of 10: 3 (3.33), then 6 (6.67) less 3, then all 10 less 6. Of the 1 in the third month: none, none, 1.
    assert ready_by_month(permits, (third, third, third)).ravel().tolist() == [3, 3, 4, 0, 1]


def test_a_part_that_is_whole_is_not_lost_to_rounding() -> None:
    # 0.29 * 100 is 28.999999999999996 as a float.
    assert ready_by_month(np.array([[100.0]]), (Fraction(29, 100), Fraction(71, 100))).ravel().tolist() == [29]


def test_what_has_come_so_far_is_rounded_down() -> None:
    # Sums of 0.8, 1.6, 2.4 and 3.2 are 0, 1, 2 and 3 whole persons.
    assert whole_steps(np.array([[0.8], [1.6], [2.4], [3.2]])).ravel().tolist() == [0, 1, 1, 1]


def test_a_whole_flow_by_hand() -> None:
    flow = PermitFlow(NeedStream.RECEPTION, 101, Fraction(0), (HALF, HALF), alone=Fraction(1, 10))
    places = MonthlyPlaces((40, 60, None), (None, None, None))
    paths = simulate(NeedModel(JANUARY, 3, (flow,), WANDERING, places), seed=1, paths=2)
    # 50 are ready (50.5) and then 51; of 50 alone are 5, of 101 so far 10; 40 of 45 get a place, and then all 51.
    assert paths.need[0].tolist() == [[45, 45], [46, 46], [0, 0]]
    assert paths.settled is not None
    assert paths.settled[0].tolist() == [[40, 40], [51, 51], [0, 0]]
    assert [each.tolist() for each in (paths.came, paths.alone, paths.in_process)] == [
        [[101] * 2],
        [[10] * 2],
        [[0] * 2],
    ]


def test_places_are_shared_by_who_waits_and_all_of_them_are_used() -> None:
    need = np.array([[[30], [0], [0]], [[20], [0], [0]], [[4], [0], [0]]], dtype=np.int32)
    streams = (NeedStream.RESETTLEMENT, NeedStream.RECEPTION, NeedStream.MINORS_15_18)
    settled = settle(need, streams, MonthlyPlaces((21, 10, 100), (1, 0, 9)))
    # 21 of 50: 12 (12.6) and 9. Then 18 and 11 wait, for 10: 6 (6.2) and 4. Minors take no other places.
    assert settled[:, :, 0].tolist() == [[12, 6, 12], [9, 4, 7], [1, 0, 3]]


def test_a_month_without_a_limit_has_a_place_for_everybody() -> None:
    need = np.array([[[30], [5], [5]]], dtype=np.int32)
    settled = settle(need, (NeedStream.RECEPTION,), MonthlyPlaces((10, None, 0), (None, None, None)))
    assert settled[0, :, 0].tolist() == [10, 25, 0]


def test_reports_give_the_places_of_months_that_they_tell_all_weeks_of() -> None:
    january, february = YEAR[:2]
    reports = [
        _report(1, PlaceKind.ADULT, 1, 5, 3),
        _report(2, PlaceKind.FAMILY_4_5, 1, 6, 2),
        _report(3, PlaceKind.MINOR_15_18, 6, 9, 1),
    ]
    limit = reported_limit(reports, date(2020, 1, 31), (january, february))
    # January has the Thursdays of weeks 1 to 5: 5 x (3 + 2 x 4). Only week 6 of February is told of, but for minors.
    assert limit.places == MonthlyPlaces((55, None), (None, 4))
    assert limit.municipalities == 1
    before = reported_limit(reports, date(2019, 11, 30), (january, february))
    assert before.places == MonthlyPlaces((None, None), (None, None))


def _report(number: int, kind: PlaceKind, first: int, last: int, count: int) -> Report:
    return Report(
        number=number,
        municipality="4601",
        kind=kind,
        first=Week(2020, first),
        last=Week(2020, last),
        count=count,
        firmness=Firmness.FIRM,
        said_by="municipality",
        said_on=date(2019, 12, 1),
        expires_on=date(2020, 12, 31),
    )


def test_the_year_has_those_who_waited_for_a_place_when_it_began() -> None:
    need = np.array([[[5], *[[0]] * 11, [2], *[[0]] * 11]], dtype=np.int32)
    settled = np.array([[[1], *[[0]] * 23]], dtype=np.int32)
    none = np.zeros((1, 1), np.int32)
    months = months_from(JANUARY, 24)
    paths = NeedPaths(months, (NeedStream.RECEPTION,), need, settled, none, none, none, none)
    assert summarise(paths, 2020).year_total["all"] == NeedRange(5, 5, 5)
    assert summarise(paths, 2021).year_total["all"] == NeedRange(6, 6, 6)
    with pytest.raises(YearNotThere, match="2022 is not within 2020-01 to 2021-12"):
        summarise(paths, 2022)


def test_a_low_year_is_no_sum_of_low_months() -> None:
    # Nine paths of ten have nobody in a given month, yet everybody has 10 in the year.
    need = np.zeros((1, 12, 10), np.int32)
    for path in range(10):
        need[0, path, path] = 10
    none = np.zeros((1, 10), np.int32)
    summary = summarise(NeedPaths(YEAR, (NeedStream.RECEPTION,), need, None, none, none, none, none), 2020)
    assert {each["all"].p50 for each in summary.months.values()} == {0}
    assert summary.year_total["all"] == NeedRange(10, 10, 10)


def test_a_percentile_is_the_smallest_number_that_so_many_do_not_go_beyond() -> None:
    assert ranges(np.arange(1, 11)[::-1][None]) == (NeedRange(1, 5, 9),)
    assert ranges(np.array([[3], [4]])) == (NeedRange(3, 3, 3), NeedRange(4, 4, 4))


def test_what_wanders_stays_around_what_was_told() -> None:
    flow = PermitFlow(NeedStream.RECEPTION, 0, Fraction(10_000), (Fraction(1),))
    total = summarise(simulate(NeedModel(JANUARY, 12, (flow,), STILL), seed=1, paths=400), 2020).year_total["all"]
    # Only the noise of counting is left: 12 months of 10 000 with a standard deviation of 346 together.
    assert total.p10 == pytest.approx(120_000 - 444, abs=120)
    assert total.p90 == pytest.approx(120_000 + 444, abs=120)


def test_a_path_never_goes_beyond_the_cap() -> None:
    capped = type(WANDERING)(Fraction(1), Fraction(0), Fraction(2))
    flow = PermitFlow(NeedStream.RECEPTION, 0, Fraction(10**6), (Fraction(1),))
    need = simulate(NeedModel(JANUARY, 24, (flow,), capped), seed=1, paths=500).need
    assert 1_990_000 < int(need.max()) < 2_010_000


@pytest.mark.parametrize("paths", [0, 1_000_001])
def test_too_few_or_too_many_paths_are_refused(paths: int) -> None:
    flow = QuotaFlow(NeedStream.RESETTLEMENT, 12)
    with pytest.raises(BadPaths, match="name a number from 1 to 1000000"):
        simulate(NeedModel(JANUARY, 12, (flow,), STILL), seed=1, paths=paths)


def test_what_is_told_of_a_stream_must_make_sense() -> None:
    with pytest.raises(BadFlow, match="waits add up to 1/2"):
        PermitFlow(NeedStream.RECEPTION, 0, Fraction(1), (HALF,))
    with pytest.raises(BadFlow, match="waits add up to 1; none may be less than 0"):
        PermitFlow(NeedStream.RECEPTION, 0, Fraction(1), (Fraction(-1), Fraction(2)))
    with pytest.raises(BadFlow, match="no fewer than 0"):
        PermitFlow(NeedStream.RECEPTION, -1, Fraction(1), (HALF, HALF))
    with pytest.raises(BadFlow, match="alone is 2"):
        PermitFlow(NeedStream.RECEPTION, 0, Fraction(1), (HALF, HALF), alone=Fraction(2))
    with pytest.raises(BadFlow, match="no fewer than 0"):
        QuotaFlow(NeedStream.RESETTLEMENT, -1)
    flow = QuotaFlow(NeedStream.RESETTLEMENT, 12)
    with pytest.raises(BadFlow, match="stands twice"):
        NeedModel(JANUARY, 12, (flow, flow), STILL)
    with pytest.raises(BadFlow, match="each of 12 months"):
        NeedModel(JANUARY, 12, (flow,), STILL, MonthlyPlaces((1,), (1,)))
