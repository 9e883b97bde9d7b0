"""Weeks after ISO 8601: they begin on a Monday, and week 1 is the one with the year's first Thursday."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bosett.basis.refusals import Refusal

_WRITTEN = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


class NoWeek(Refusal):
    """What is written is no week."""

    def __init__(self, written: str) -> None:
        super().__init__(f"{written!r} is no week: write year and number, such as 2020-W12")


class Week(NamedTuple):
    """A week of a year; weeks are ordered as they come."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def after(self, weeks: int) -> "Week":
        """Return the week so many weeks later; a negative number is earlier."""
        return week_of(self.monday + timedelta(weeks=weeks))

    def since(self, week: "Week") -> int:
        """Return how many weeks it is after another; below 0 when it is before."""
        return (self.monday - week.monday).days // 7

    def to(self, last: "Week") -> Iterator["Week"]:
        """Yield the weeks from this one to another, both with them; none when the other comes before."""
        week = self
        while week <= last:
            yield week
            week = week.after(1)


def week_of(day: date) -> Week:
    """Return the week that a day lies in."""
    return Week(*day.isocalendar()[:2])


def read_week(written: str) -> Week:
    """Return a week as people write it: 2020-W12 or 2020W12; 2020-12 could be a month.

    Raises:
        NoWeek: It is none, or the year has no such week.
    """
    match = _WRITTEN.fullmatch(written.strip())
    week = Week(int(match[1]), int(match[2])) if match else Week(0, 0)
    try:
        monday = week.monday
    except ValueError:
        raise NoWeek(written) from None
    return week_of(monday)
