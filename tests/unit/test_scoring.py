"""How what was expected is scored by what came: pinball loss, and the band of independent trials."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from bosett.basis.scoring import EIGHT_OF_TEN, LOW_MIDDLE_HIGH, OUTSIDE, binomial_band, pinball


def drawn(count: int) -> list[int]:
    return sorted(int(each) for each in np.random.default_rng(5).gamma(3, 40, count))


def test_pinball_by_hand() -> None:
    # 25 came: 10 lies 15 below and costs 1.5, 20 lies 5 below and costs 2.5, 30 lies 5 above and costs 0.5.
    losses = [pinball(each, level, 25) for each, level in zip((10, 20, 30), LOW_MIDDLE_HIGH, strict=True)]
    assert losses == [Fraction(3, 2), Fraction(5, 2), Fraction(1, 2)]


@pytest.mark.parametrize("came", [0, 90, 400])
def test_pinball_over_all_levels_is_the_continuous_ranked_probability_score(came: int) -> None:
    # Oracle: the score's own definition, the area between two distribution functions squared: whole steps, exactly.
    sample = drawn(100)
    below = [Fraction(sum(each <= at for each in sample), len(sample)) for at in range(1000)]
    score = sum((part - (at >= came)) ** 2 for at, part in enumerate(below))
    levels = [Fraction(2 * place + 1, 200) for place in range(100)]
    losses = [pinball(each, level, came) for each, level in zip(sample, levels, strict=True)]
    assert 2 * sum(losses) / 100 == score


def test_no_other_number_costs_less_in_the_long_run_than_the_quantile() -> None:
    sample = drawn(500)
    losses = {tried: sum(pinball(tried, Fraction(9, 10), came) for came in sample) for tried in range(1, 401)}
    cheapest = min(losses.values())
    assert losses[sample[449]] == cheapest, "nine of ten do not go beyond it"


@pytest.mark.parametrize(("trials", "band"), [(12, (7, 12)), (13, (7, 13)), (1, (0, 1)), (100, (72, 88))])
def test_the_band_is_exact(trials: int, band: tuple[int, int]) -> None:
    assert binomial_band(trials, EIGHT_OF_TEN, OUTSIDE) == band
    tails = sum(
        comb(trials, times) * EIGHT_OF_TEN**times * (1 - EIGHT_OF_TEN) ** (trials - times)
        for times in range(trials + 1)
        if not band[0] <= times <= band[1]
    )
    assert tails <= OUTSIDE
