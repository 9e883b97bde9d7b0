"""What paths come to: for each month and for the year a low, a middle and a high number.

Percentiles are persons: the smallest number that so many of the paths do not go beyond. Those of a year are taken from
the paths' own sums for the year, never as sums of percentiles: bad months do not all come on one path.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.basis.refusals import Refusal
from bosett.stages.forecast.months import YEAR, FlowMonth
from bosett.stages.forecast.simulate import NeedPaths

ALL = "all"
"""Everybody, of whatever stream."""
TENTHS = (1, 5, 9)
"""The percentiles that are told, in tenths of the paths."""


class YearNotThere(Refusal):
    """The months that were simulated do not have the whole rest of a year."""

    def __init__(self, year: int, months: tuple[FlowMonth, ...]) -> None:
        super().__init__(f"{year} is not within {months[0]} to {months[-1]}. Simulate until its December.")
        self.year = year


@dataclass(frozen=True, slots=True)
class NeedRange:
    """Eight of ten paths lie from `p10` to `p90`, and half of them at `p50` or below; in persons."""

    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class NeedSummary:
    """What the paths come to in a year.

    Attributes:
        months: Who becomes ready for a home, by month of the year and category: each stream, and `all`.
        year_total: Who is to be settled in the year, by category: those who wait for a place when the year begins, and
            those who become ready in it.
        settled: Who gets a place in the year, by category; None when no places are told.
    """

    months: Mapping[FlowMonth, Mapping[str, NeedRange]]
    year_total: Mapping[str, NeedRange]
    settled: Mapping[str, NeedRange] | None


def summarise(paths: NeedPaths, year: int) -> NeedSummary:
    """Return what paths come to in a year, or in what of it they have.

    Raises:
        YearNotThere: The months end before the year does, or begin after it.
    """
    first, last = _inside(paths, year)
    names = (*(stream.value for stream in paths.streams), ALL)
    need, settled = paths.need[:, first:last], None
    totals = need.sum(axis=1) + _waiting(paths, first)
    if paths.settled is not None:
        settled = _by_name(names, paths.settled[:, first:last].sum(axis=1))
    return NeedSummary(
        months={paths.months[first + place]: _by_name(names, need[:, place]) for place in range(last - first)},
        year_total=_by_name(names, totals),
        settled=settled,
    )


def so_far(paths: NeedPaths, year: int) -> Mapping[FlowMonth, NeedRange]:
    """Return who is to be settled in a year up to and with each month of it; its last month has the year's total.

    Raises:
        YearNotThere: The months end before the year does, or begin after it.
    """
    first, last = _inside(paths, year)
    upto = np.cumsum(paths.need[:, first:last].sum(axis=0), axis=0) + _waiting(paths, first).sum(axis=0)
    return dict(zip(paths.months[first:last], ranges(upto), strict=True))


def _inside(paths: NeedPaths, year: int) -> tuple[int, int]:
    """Return the place of the first month of a year, and the one after its last."""
    inside = [place for place, month in enumerate(paths.months) if month.year == year]
    if not inside or paths.months[inside[-1]].number != YEAR:
        raise YearNotThere(year, paths.months)
    return inside[0], inside[-1] + 1


def _waiting(paths: NeedPaths, month: int) -> NDArray[np.integer]:
    """Return who is ready and waits for a place when a month begins; streams x paths."""
    if paths.settled is None:
        return np.zeros((len(paths.streams), paths.need.shape[2]), paths.need.dtype)
    waiting: NDArray[np.integer] = (paths.need[:, :month] - paths.settled[:, :month]).sum(axis=1)
    return waiting


def ranges(persons: NDArray[np.integer]) -> tuple[NeedRange, ...]:
    """Return the range of each row of a table, rows x paths."""
    paths = persons.shape[1]
    places = [-(-paths * tenths // 10) - 1 for tenths in TENTHS]
    sorted_there = np.partition(persons, places, axis=1)[:, places]
    return tuple(NeedRange(*(int(number) for number in row)) for row in sorted_there)


def _by_name(names: tuple[str, ...], persons: NDArray[np.integer]) -> Mapping[str, NeedRange]:
    """Return the range of each stream and of everybody, of a table streams x paths."""
    everybody = persons.sum(axis=0, dtype=persons.dtype)
    return dict(zip(names, ranges(np.vstack([persons, everybody])), strict=True))
