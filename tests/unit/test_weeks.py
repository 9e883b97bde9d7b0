"""Weeks after ISO 8601, against the calendar's own examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.basis.weeks import NoWeek, Week, read_week, week_of

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2020, 3, 14), "2020-W11"),  # a Saturday
        (date(2020, 3, 16), "2020-W12"),
        (date(2019, 12, 30), "2020-W01"),  # a Monday of the year before
        (date(2021, 1, 3), "2020-W53"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_day_lies_in_its_week(day: date, week: str) -> None:
    assert str(week_of(day)) == week
    assert read_week(week) == week_of(day)


@pytest.mark.parametrize("written", ["2020-W12", "2020W12", " 2020-w12 "])
def test_a_week_is_read_as_people_write_it(written: str) -> None:
    assert read_week(written) == Week(2020, 12)


NO_WEEKS = ["", "12", "2021-W53", "2020-W54", "2020-W00", "uke 12", "2020-03-16", "0000-W01", "2020-12"]


@pytest.mark.parametrize("written", NO_WEEKS)
def test_what_is_no_week_is_refused(written: str) -> None:
    with pytest.raises(NoWeek, match="write year and number, such as 2020-W12"):
        read_week(written)


@given(DAYS, st.integers(-200, 200))
def test_weeks_go_on_over_the_years(day: date, weeks: int) -> None:
    week = week_of(day)
    assert week.monday <= day <= week.sunday
    assert week.after(weeks).after(-weeks) == week
    assert (week.after(weeks).monday - week.monday).days == 7 * weeks
    assert (week.after(weeks) > week) == (weeks > 0)


def test_the_weeks_between_two() -> None:
    assert [str(week) for week in Week(2020, 52).to(Week(2021, 2))] == [
        *("2020-W52", "2020-W53", "2021-W01", "2021-W02")
    ]
    assert list(Week(2021, 1).to(Week(2020, 53))) == []
