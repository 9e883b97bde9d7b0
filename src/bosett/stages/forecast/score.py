"""Score a forecast by what came: how often it holds, how far it misses, and how often by chance alone it would hold.

Source: pinball loss as in Koenker and Bassett, Regression Quantiles (1978); the band is that of independent trials.
"""

from fractions import Fraction
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray


def pinball(quantiles: ArrayLike, levels: ArrayLike, came: float) -> NDArray[np.float64]:
    """Return the loss of each quantile when so much came, in the unit of what came.

    A quantile that is told for level 0.9 costs 0.9 for each that it lies below what came, and 0.1 for each above. No
    other numbers than the true quantiles cost less in the long run.

    Args:
        quantiles: What was told.
        levels: For which parts, from 0 to 1.
        came: What came.
    """
    missed = came - np.asarray(quantiles, np.float64)
    part = np.asarray(levels, np.float64)
    return np.maximum(part * missed, (part - 1) * missed)


def binomial_band(trials: int, part: Fraction, outside: Fraction) -> tuple[int, int]:
    """Return the fewest and the most times that independent trials hold, but for so rare cases at both ends together.

    Exact: at neither end is what is left out more likely than half of `outside`.

    Args:
        trials: How many.
        part: How likely each is to hold.
        outside: How likely it may be to lie outside.
    """
    likely = [comb(trials, times) * part**times * (1 - part) ** (trials - times) for times in range(trials + 1)]
    low = next(times for times in range(trials + 1) if 2 * sum(likely[: times + 1]) > outside)
    high = next(times for times in range(trials, -1, -1) if 2 * sum(likely[times:]) > outside)
    return low, high
