"""What goes on: how a span stands on a day, how much of a stopped stream comes, and in which years it holds."""

from datetime import date, timedelta

import pytest

from bosett.rounds.notices import NoticeTime, Span

SINCE, UNTIL = date(2020, 3, 14), date(2020, 6, 30)


@pytest.mark.parametrize(
    ("span", "day", "time", "comes"),
    [
        (Span(SINCE), date(2020, 3, 13), NoticeTime.TO_COME, 100),
        (Span(SINCE), SINCE, NoticeTime.HOLDS, 0),
        (Span(SINCE), date(2030, 1, 1), NoticeTime.HOLDS, 0),
        (Span(SINCE, UNTIL), UNTIL, NoticeTime.HOLDS, 0),
        (Span(SINCE, UNTIL), date(2020, 7, 1), NoticeTime.OVER, 100),
        (Span(SINCE, UNTIL, 3), date(2020, 7, 1), NoticeTime.RAMPS, 25),
        (Span(SINCE, UNTIL, 3), date(2020, 7, 7), NoticeTime.RAMPS, 25),
        (Span(SINCE, UNTIL, 3), date(2020, 7, 8), NoticeTime.RAMPS, 50),
        (Span(SINCE, UNTIL, 3), date(2020, 7, 21), NoticeTime.RAMPS, 75),
        (Span(SINCE, UNTIL, 3), date(2020, 7, 22), NoticeTime.OVER, 100),
    ],
)
def test_how_it_stands_on_a_day(span: Span, day: date, time: NoticeTime, comes: int) -> None:
    assert (span.time_on(day), span.comes(day)) == (time, comes)


def test_a_ramp_never_goes_down() -> None:
    span = Span(SINCE, UNTIL, 7)
    parts = [span.comes(UNTIL + timedelta(days=each)) for each in range(1, 60)]
    assert parts == sorted(parts)
    assert set(parts) == {12, 25, 37, 50, 62, 75, 87, 100}


@pytest.mark.parametrize(
    ("span", "years"),
    [
        (Span(SINCE), {2020, 2021, 2022}),
        (Span(SINCE, UNTIL), {2020}),
        (Span(date(2019, 12, 31), date(2021, 1, 1)), {2019, 2020, 2021}),
    ],
)
def test_the_years_that_it_touches(span: Span, years: set[int]) -> None:
    assert {year for year in range(2018, 2023) if span.touches(year)} == years
