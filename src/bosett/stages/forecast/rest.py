"""What of a year is still to come after a day, along each path; and how a year's people are spread over its months.

Of the month of the day, those who come after it are the part that its days left are, rounded down: whole persons.
"""

import calendar
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bosett.stages.forecast.months import FlowMonth, months_from
from bosett.stages.forecast.simulate import NeedPaths
from bosett.stages.forecast.summary import NeedRange, YearNotThere, ranges


def rest_of_year(paths: NeedPaths, year: int, day: date, most: int) -> tuple[tuple[date, NeedRange], ...]:
    """Return how many come from the day after a day to the end of each month left in a year.

    Percentiles are of sums along each path. Where paths tell who gets a place, those are counted; else who becomes
    ready for one.

    Args:
        paths: What happens, with all the months left in the year.
        year: The year.
        day: Up to its end nobody is counted; a day before the year leaves all of it.
        most: No more come than so many, in persons, on any path: the places left.

    Returns:
        The last day of each month left, with the range; nothing when no day is left.

    Raises:
        YearNotThere: The paths do not have all the months left.
    """
    since = max(day, date(year - 1, 12, 31))
    left = [month for month in _months(year) if _last(month) > since]
    by_month = _persons(paths, year, left)
    if left and (since.year, since.month) == (year, left[0].number):
        days = _last(left[0]).day
        by_month[0] = by_month[0] * (days - since.day) // days
    sums = np.minimum(np.cumsum(by_month, axis=0), most)
    return tuple(zip(map(_last, left), ranges(sums) if left else (), strict=True))


def month_parts(paths: NeedPaths, year: int) -> tuple[Fraction, ...] | None:
    """Return the part of a year's need that becomes ready in each of its months, over all paths.

    Returns:
        Twelve parts that add up to 1, January first; None when nobody becomes ready in it.

    Raises:
        YearNotThere: The paths do not have all its months.
    """
    by_month = [int(month.sum(dtype=np.int64)) for month in _persons(paths, year, list(_months(year)))]
    everybody = sum(by_month)
    return tuple(Fraction(each, everybody) for each in by_month) if everybody else None


def _months(year: int) -> tuple[FlowMonth, ...]:
    return months_from(FlowMonth(year, 1), 12)


def _last(month: FlowMonth) -> date:
    return date(month.year, month.number, calendar.monthrange(month.year, month.number)[1])


def _persons(paths: NeedPaths, year: int, months: list[FlowMonth]) -> NDArray[np.int64]:
    """Return who comes in some months of all streams together; months x paths."""
    if not set(months) <= set(paths.months):
        raise YearNotThere(year, paths.months)
    places = [paths.months.index(month) for month in months]
    persons = paths.need if paths.settled is None else paths.settled
    everybody: NDArray[np.int64] = persons[:, places].sum(axis=0, dtype=np.int64)
    return everybody
