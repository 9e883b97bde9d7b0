"""The rolling back-test of arrivals: at the end of each quarter, what would have been told of twelve months to come?

On each day only figures are seen that were known by then, so the last months before it are never among them. The two
rivals are the model with its frozen numbers, and `last twelve months`: as many as in the last twelve that are known.
A country is looked at when it has had enough applicants in the first months to have a history, which nobody knows
better afterwards.

Twelve months that begin at the ends of quarters share months with each other, and so they hold or miss together. How
often they hold is therefore printed beside a band of independent trials and never taken for a test of it.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from bosett.basis.scoring import LOW_MIDDLE_HIGH, pinball
from bosett.basis.tables import Row, table
from bosett.stages.forecast.arrivals import draw_counts, followed_rate
from bosett.stages.forecast.months import YEAR, FlowMonth, months_from
from bosett.stages.forecast.streams import Spread

HISTORY = 36
"""Months that a country must have before it is looked at."""
ENOUGH = 50
"""Applicants a month on the average of those: figures are rounded to 5, so of fewer they tell little."""
QUARTER = 3
PATHS = 2000
DECILES = tuple(Fraction(each, 10) for each in range(1, 10))
"""Levels all along, for those who want the whole of what is thought likely."""

History = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RollingPoint:
    """What was told of twelve months on a day, and what came.

    Attributes:
        country: Of which country.
        as_of: The day.
        low: One of ten paths lies at it or below, in persons in the twelve months.
        middle: Half do.
        high: Nine of ten do.
        last_year: Persons in the last twelve months that the day knows.
        came: Persons in the twelve months.
        loss: Pinball loss over the levels, as a part of what the country has in twelve months of its first history.
        rival_loss: The same, of the last twelve months told for every level.
    """

    country: str
    as_of: date
    low: int
    middle: int
    high: int
    last_year: int
    came: int
    loss: Fraction
    rival_loss: Fraction

    @property
    def holds(self) -> bool:
        """Whether what came lies from low to high."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True)
class RollingScore:
    """What points come to.

    Attributes:
        points: How many.
        hits: How many of them hold.
        loss: Their losses together, as a part of the rival's; None when the rival has none.
    """

    points: int
    hits: int
    loss: Fraction | None

    @property
    def part(self) -> Fraction:
        """The part of the points that hold."""
        return Fraction(self.hits, self.points)


def known_arrivals(day: date, rows: Iterable[Row] | None = None) -> Mapping[str, History]:
    """Return the applicants of each country month by month, from the first month to the last that a day knows.

    A country with a month that has no figure is left out.

    Args:
        day: What became known later is not seen.
        rows: Of the table of applicants, by country and month; None are the shipped ones.
    """
    known: dict[str, list[str]] = {}
    for row in table("asylum_applicants") if rows is None else rows:
        if date.fromisoformat(row["known_on"]) <= day:
            known.setdefault(row["country"], []).append(row["applicants"])
    return {country: tuple(map(float, counts)) for country, counts in known.items() if all(counts)}


def rolling_points(
    spread: Spread, ahead: int, levels: Sequence[Fraction] = LOW_MIDDLE_HIGH, rows: Sequence[Row] | None = None
) -> tuple[RollingPoint, ...]:
    """Return what would have been told at the end of each quarter of the twelve months that begin so much later.

    Args:
        spread: How arrivals wander.
        ahead: Months from the end of the quarter to the first of the twelve.
        levels: Of the percentiles whose losses are added up.
        rows: Of the table of applicants; None are the shipped ones.
    """
    all_rows = table("asylum_applicants") if rows is None else rows
    whole = known_arrivals(date.max, all_rows)
    first = FlowMonth(*(int(part) for part in min(row["month"] for row in all_rows).split("-")))
    months = months_from(first, max(map(len, whole.values())))
    points: list[RollingPoint] = []
    for place, month in enumerate(months[: len(months) - ahead - YEAR]):
        if month.number % QUARTER:
            continue
        day = date(month.year, month.number, calendar.monthrange(month.year, month.number)[1])
        begins = place + 1 + ahead
        for country, history in known_arrivals(day, all_rows).items():
            if country in whole and len(history) >= HISTORY and np.mean(history[:HISTORY]) >= ENOUGH:
                came = sum(whole[country][begins : begins + YEAR])
                points.append(_point(country, day, spread, history, begins - len(history), came, levels))
    return tuple(points)


def score_of(points: Sequence[RollingPoint]) -> RollingScore:
    """Return what points come to."""
    rival = sum((point.rival_loss for point in points), Fraction(0))
    loss = sum((point.loss for point in points), Fraction(0)) / rival if rival else None
    return RollingScore(len(points), sum(point.holds for point in points), loss)


def by_country(points: Iterable[RollingPoint]) -> Mapping[str, tuple[RollingPoint, ...]]:
    """Return the points of each country."""
    sorted_out: dict[str, list[RollingPoint]] = {}
    for point in points:
        sorted_out.setdefault(point.country, []).append(point)
    return {country: tuple(of_it) for country, of_it in sorted(sorted_out.items())}


def _point(
    country: str, day: date, spread: Spread, history: History, skip: int, came: float, levels: Sequence[Fraction]
) -> RollingPoint:
    """Return a point: `skip` months lie between the last known one and the first of the twelve."""
    # Every point meets the same chance, so that numbers that are tried differ by themselves alone.
    random = np.random.Generator(np.random.SFC64(0))
    counts = draw_counts(spread, followed_rate(spread, np.array(history)), skip + YEAR, PATHS, random)
    sums = counts[skip:].sum(axis=0)
    low, middle, high = (
        round(float(each)) for each in np.quantile(sums, _floats(LOW_MIDDLE_HIGH), method="inverted_cdf")
    )
    quantiles = np.quantile(sums, _floats(levels), method="inverted_cdf")
    usual = Fraction(float(np.mean(history[:HISTORY]))) * YEAR
    last_year = sum(history[-YEAR:])
    return RollingPoint(
        country,
        day,
        low,
        middle,
        high,
        last_year=round(last_year),
        came=round(came),
        loss=_as_part(_mean_loss(quantiles.tolist(), levels, came) / usual),
        rival_loss=_as_part(_mean_loss([last_year] * len(levels), levels, came) / usual),
    )


def _mean_loss(quantiles: Sequence[float], levels: Sequence[Fraction], came: float) -> Fraction:
    losses = (pinball(Fraction(each), level, Fraction(came)) for each, level in zip(quantiles, levels, strict=True))
    return sum(losses, Fraction(0)) / len(levels)


def _floats(levels: Sequence[Fraction]) -> list[float]:
    return [float(each) for each in levels]


def _as_part(value: Fraction) -> Fraction:
    """Return a number to six decimals: what a float was made of does not show in it."""
    return Fraction(round(value * 10**6), 10**6)
