"""Score what was expected by what came: how far it misses, and how often by chance alone a range would hold. Exact.

Source: pinball loss as in Koenker and Bassett, Regression Quantiles (1978); the band is that of independent trials.
"""

from fractions import Fraction
from itertools import accumulate
from math import comb

EIGHT_OF_TEN = Fraction(8, 10)
"""How often what comes shall lie from low to high."""
OUTSIDE = Fraction(1, 20)
"""How likely it may be that independent points lie outside of the band."""
LOW_MIDDLE_HIGH = (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))
"""The parts of all that may come which low, middle and high do not go beyond."""


def pinball(quantile: Fraction | int, level: Fraction, came: Fraction | int) -> Fraction:
    """Return the loss of a quantile when so much came, in the unit of what came.

    A quantile for level 0.9 costs 0.9 for each that it lies below what came, and 0.1 for each above. No other numbers
    than the true quantiles cost less in the long run.

    Args:
        quantile: What was expected.
        level: For which part, from 0 to 1.
        came: What came.
    """
    missed = came - quantile
    return max(level * missed, (level - 1) * missed)


def binomial_band(trials: int, part: Fraction, outside: Fraction) -> tuple[int, int]:
    """Return the fewest and the most times that independent trials hold, but for so rare cases at both ends together.

    Exact: at neither end is what is left out more likely than half of `outside`.

    Args:
        trials: How many.
        part: How likely each is to hold.
        outside: How likely it may be to lie outside.
    """
    hit, all_ways = part.as_integer_ratio()
    likely = [comb(trials, times) * hit**times * (all_ways - hit) ** (trials - times) for times in range(trials + 1)]
    rare = outside * all_ways**trials
    low = next(times for times, sum_to in enumerate(accumulate(likely)) if 2 * sum_to > rare)
    high = next(trials - times for times, sum_to in enumerate(accumulate(reversed(likely))) if 2 * sum_to > rare)
    return low, high
