"""What the rolling back-test comes to: of all countries, of each, and with other numbers than the frozen ones.

The frozen step was fitted to these countries, so that it holds for them all together proves little. Therefore each
country is also judged by the step that fits the others best, which has seen nothing of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache

from bosett.basis.scoring import EIGHT_OF_TEN, OUTSIDE, binomial_band
from bosett.basis.tables import table
from bosett.stages.forecast.arrivals import frozen_spread
from bosett.stages.forecast.rolling import (
    DECILES,
    QUARTER,
    RollingPoint,
    RollingScore,
    by_country,
    rolling_points,
    score_of,
)

AHEAD = (0, QUARTER)
"""Months from the day to the first of the twelve; what is told of countries and of other steps is of the last."""
TRIED = tuple(Fraction(each, 100) for each in range(14, 26, 2))
"""Steps of the level that are tried."""


@dataclass(frozen=True, slots=True)
class AheadScore:
    """What the frozen numbers come to so many months ahead; `deciles` has the losses of all nine of them."""

    ahead: int
    countries: int
    score: RollingScore
    deciles: RollingScore


@dataclass(frozen=True, slots=True)
class CountryScore:
    """What they come to in a country, with its points; `band` is that of as many independent ones."""

    country: str
    score: RollingScore
    band: tuple[int, int]
    points: tuple[RollingPoint, ...]


@dataclass(frozen=True, slots=True)
class ArrivalJudgement:
    """All of it.

    Attributes:
        ahead: By how far ahead.
        countries: By country.
        tried: What other steps come to.
        others: What comes of judging each country by the step that fits the others.
    """

    ahead: tuple[AheadScore, ...]
    countries: tuple[CountryScore, ...]
    tried: Mapping[Fraction, RollingScore]
    others: RollingScore


@cache
def judge_arrivals() -> ArrivalJudgement:
    """Return what the rolling back-test of the shipped figures comes to."""
    frozen = frozen_spread(date.max)
    tried = {step: rolling_points(replace(frozen, level=step), AHEAD[-1]) for step in TRIED}
    at_last = by_country(rolling_points(frozen, AHEAD[-1]))
    return ArrivalJudgement(
        ahead=tuple(_ahead(ahead) for ahead in AHEAD),
        countries=tuple(_of_country(country, points) for country, points in at_last.items()),
        tried={step: score_of(points) for step, points in tried.items()},
        others=score_of(judged_by_others(tried)),
    )


@cache
def judge_country(country: str) -> CountryScore:
    """Return what it comes to in one of the countries: the same as among all of them, and no other is looked at."""
    rows = [row for row in table("asylum_applicants") if row["country"] == country]
    return _of_country(country, rolling_points(frozen_spread(date.max), AHEAD[-1], rows=rows))


def _of_country(country: str, points: tuple[RollingPoint, ...]) -> CountryScore:
    return CountryScore(country, score_of(points), binomial_band(len(points), EIGHT_OF_TEN, OUTSIDE), points)


def _ahead(ahead: int) -> AheadScore:
    points = rolling_points(frozen_spread(date.max), ahead)
    deciles = rolling_points(frozen_spread(date.max), ahead, DECILES)
    return AheadScore(ahead, len(by_country(points)), score_of(points), score_of(deciles))


def judged_by_others(tried: Mapping[Fraction, Sequence[RollingPoint]]) -> tuple[RollingPoint, ...]:
    """Return the points of each country by the number that fits the other countries best.

    Args:
        tried: All points by the level's step with which they were made.
    """
    countries = {step: by_country(points) for step, points in tried.items()}
    judged: list[RollingPoint] = []
    for country in next(iter(countries.values())):
        others = {step: [each for each in points if each.country != country] for step, points in tried.items()}
        judged += countries[fitted_step(others)][country]
    return tuple(judged)


def fitted_step(tried: Mapping[Fraction, Sequence[RollingPoint]]) -> Fraction:
    """Return the level's step with which what is told holds nearest to eight times of ten; of two the smaller."""
    return min(sorted(tried), key=lambda step: abs(score_of(tried[step]).part - EIGHT_OF_TEN))
