"""Arrivals: a random walk on the log of monthly rates, with the noise of single months kept apart.

The rate of a month is `start * exp(level)`, where the level takes a step of its own every month; what is counted in the
month is the rate times a noise of mean 1. Few people are noisier than many: to the square of the noise comes 1 / rate,
as in counts of people who come independently of each other. A path never goes beyond `cap` times its start.

Source: our own model; its three numbers are fitted once to Eurostat's monthly asylum applicants and then frozen
(`data/forecast/arrivals.yaml`, the back-test in `rolling.py`).
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from bosett.parameters.nodes import read
from bosett.stages.forecast.streams import Spread
from bosett.stages.forecast.versions import DatedNumber, read_number

Floats = NDArray[np.float64]
SPREAD = ("level", "noise", "cap")
ROUNDED_AWAY = 2.5
"""What stands for a count of 0 when its logarithm is taken: figures are rounded to 5, so 0 is fewer than 2.5."""


def frozen_spread(day: date) -> Spread:
    """Return the spread that is shipped, as a day knows it.

    Raises:
        KnownLater: The figures that it rests on were not known yet.
        BadRuleFile: The file is missing, or says something that it may not.
    """
    level, noise, cap = (number.on(day).value for number in _shipped())
    return Spread(level, noise, cap)


def draw_counts(spread: Spread, rate: float, months: int, paths: int, random: np.random.Generator) -> Floats:
    """Return counts along paths, months x paths, in persons and not yet whole.

    Where each path begins is as uncertain as a rate that has been followed by its counts.

    Args:
        spread: How they wander.
        rate: What the rate is thought to be when the first month begins, in persons a month.
        months: How many months.
        paths: How many paths.
        random: Where chance comes from.
    """
    start = rate * np.exp(follow_gain(spread)[1] * random.standard_normal(paths))
    level = random.standard_normal((months, paths))
    level *= float(spread.level)
    np.cumsum(level, axis=0, out=level)
    np.minimum(level, np.log(float(spread.cap)), out=level)
    noise = random.standard_normal((months, paths))
    variance = float(spread.noise) ** 2 + 1 / np.maximum(start, 1)
    noise *= np.sqrt(variance)
    level += noise
    level -= variance / 2
    np.exp(level, out=level)
    level *= start
    return level


def followed_rate(spread: Spread, counts: Floats) -> float:
    """Return the rate at the end of a series, in persons a month.

    Args:
        spread: How counts wander.
        counts: Persons a month, the earliest first; none is missing.
    """
    gain, _ = follow_gain(spread)
    logs = np.log(np.maximum(counts, ROUNDED_AWAY))
    level = logs[0]
    for each in logs[1:]:
        level += gain * (each - level)
    # The logarithm of a count lies below that of its mean, by half of the noise's variance.
    return float(np.exp(level + float(spread.noise) ** 2 / 2))


def rate_after(spread: Spread, rate: float, counts: Sequence[int]) -> float:
    """Return the rate when so many have been counted month by month since it was thought to be `rate`, a month.

    Each count moves the level as far as it tells of it: one of few people is noisier, and moves it less.

    Args:
        spread: How counts wander.
        rate: What the rate was thought to be when the first of these months began, in persons a month.
        counts: Persons a month, the earliest first.
    """
    if not counts or (not rate and not any(counts)):
        return rate
    # What stands for 0 when its logarithm is taken: less than one person.
    least = 1 / 2
    level = float(np.log(max(rate, least)))
    for count in counts:
        variance = _variance(spread, np.exp(level))
        gain, _ = _steady(float(spread.level), float(np.sqrt(variance)))
        # As in `followed_rate`: the logarithm of a count lies below that of its mean.
        level += gain * (float(np.log(max(count, least))) + variance / 2 - level)
    return float(np.exp(level))


def follow_gain(spread: Spread) -> tuple[float, float]:
    """Return how far the level follows a count, as a part, and how uncertain it then is, in logarithms.

    It is the Kalman filter of a random walk with noise, in its steady state; without noise it follows all the way.

    Source: A. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), 4.1.
    """
    return _steady(float(spread.level), float(spread.noise))


def _steady(steps: float, noise: float) -> tuple[float, float]:
    if not noise:
        return 1.0, 0.0
    ratio = (steps / noise) ** 2
    ahead = (ratio + float(np.sqrt(ratio**2 + 4 * ratio))) / 2
    gain = ahead / (ahead + 1)
    return gain, noise * float(np.sqrt(gain))


def _variance(spread: Spread, rate: float) -> float:
    """Return the square of the noise of a month: few people are noisier than many."""
    return float(spread.noise) ** 2 + 1 / max(rate, 1.0)


@cache
def _shipped() -> tuple[DatedNumber, ...]:
    with as_file(files("bosett") / "data" / "forecast" / "arrivals.yaml") as path:
        fields = read(path).fields(("id", "about", *SPREAD))
    return tuple(read_number(fields[name]) for name in SPREAD)
