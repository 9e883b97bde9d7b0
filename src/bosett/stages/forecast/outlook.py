"""What may come of a calendar: each way in which its stops may end, how likely it is, and what comes each month."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

from bosett.stages.forecast.calendar import Restart, StreamStop, part_coming
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.streams import QuotaFlow

Parts = tuple[Fraction, ...]
"""The part of the full number that comes, by month."""


def outlooks(stops: Sequence[StreamStop], months: Sequence[FlowMonth]) -> tuple[tuple[Fraction, Parts], ...]:
    """Return each way in which stops may end: how likely it is, and the part of the full number that comes by month.

    Stops end without regard to each other. Without a stop there is one way, and everybody comes.
    """
    return tuple(
        (
            prod((restart.part for restart in ends), start=Fraction(1)),
            tuple(_together(stops, ends, month) for month in months),
        )
        for ends in product(*(stop.restarts for stop in stops))
    )


def arrivals_by_month(flow: QuotaFlow, parts: Parts, months: Sequence[FlowMonth]) -> tuple[int, ...]:
    """Return the whole persons of a quota who come each month; sums from the beginning are rounded down.

    Months that were observed have what was observed. After them people come as planned, but no more in a year than are
    left of its quota.

    Args:
        flow: The quota.
        parts: The part of the full number that comes, by month.
        months: The months.
    """
    left = {year: Fraction(persons) for year, persons in flow.planned_by_year(months).items()}
    due, came, planned_so_far = Fraction(0), 0, 0
    arrivals = []
    for place, (part, month) in enumerate(zip(parts, months, strict=True)):
        is_observed = place < len(flow.came)
        planned = flow.planned(month)
        coming = Fraction(flow.came[place]) if is_observed else min(planned * part, left[month.year])
        left[month.year] -= coming
        planned_so_far += planned
        due += coming
        if part == 1 and flow.catch_up and not is_observed:
            # More may have come than was planned so far: they are not sent back.
            due = max(due, min(due + flow.catch_up, Fraction(planned_so_far)))
        arrivals.append(int(due) - came)
        came = int(due)
    return tuple(arrivals)


def _together(stops: Sequence[StreamStop], ends: Sequence[Restart], month: FlowMonth) -> Fraction:
    parts = (part_coming(stop, end, month) for stop, end in zip(stops, ends, strict=True))
    return prod(parts, start=Fraction(1))
