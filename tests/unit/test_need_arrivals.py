"""Arrivals: the walk, what follows it, how forecasts of it are scored, and what the back-test sees on a day."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from bosett.basis.tables import Row, table
from bosett.stages.forecast.arrivals import draw_counts, follow_gain, followed_rate, frozen_spread
from bosett.stages.forecast.judgement import fitted_step, judge_arrivals, judge_country, judged_by_others
from bosett.stages.forecast.rolling import RollingPoint, by_country, known_arrivals, rolling_points, score_of
from bosett.stages.forecast.streams import Spread
from bosett.stages.forecast.versions import KnownLater
from needmodels import STILL, WANDERING

EXPLAINED = Path(__file__).parents[2] / "docs" / "explanation" / "need.md"


def chance() -> np.random.Generator:
    return np.random.default_rng(5)


def point(country: str, came: int, loss: str = "1", rival: str = "2") -> RollingPoint:
    return RollingPoint(country, date(2018, 3, 31), 10, 20, 30, 25, came, Fraction(loss), Fraction(rival))


def test_the_walk_is_as_wide_as_its_steps_and_noise_say() -> None:
    counts = np.log(draw_counts(WANDERING, 1e9, 16, 40_000, chance()))
    _, start = follow_gain(WANDERING)
    for month in (0, 15):
        variance = start**2 + (month + 1) * 0.2**2 + 0.25**2
        assert counts[month].std() == pytest.approx(np.sqrt(variance), rel=0.02)
        assert np.median(counts[month]) == pytest.approx(np.log(1e9) - 0.25**2 / 2, abs=0.02)


def test_few_people_are_noisier_than_many() -> None:
    counts = draw_counts(STILL, 4.0, 1, 40_000, chance())
    assert counts.mean() == pytest.approx(4, rel=0.02)
    assert np.log(counts).std() == pytest.approx(0.5, rel=0.02)


def test_the_filter_is_that_of_a_random_walk_with_noise_run_for_long() -> None:
    variance = 100.0
    for _ in range(200):
        before = variance + 0.2**2
        gain = before / (before + 0.25**2)
        variance = (1 - gain) * before
    assert follow_gain(WANDERING) == pytest.approx((gain, np.sqrt(variance)))
    assert follow_gain(STILL) == (1, 0)


def test_what_is_followed_comes_near_to_what_has_been_for_long() -> None:
    counts = np.array([800.0] * 5 + [200.0] * 60)
    assert followed_rate(WANDERING, counts) == pytest.approx(200 * np.exp(0.25**2 / 2))
    assert followed_rate(STILL, np.array([10.0, 0.0])) == pytest.approx(2.5)


def test_the_frozen_numbers_are_read_from_their_file() -> None:
    assert frozen_spread(date(2019, 7, 31)) == Spread(Fraction(1, 5), Fraction(1, 4), Fraction(33))
    with pytest.raises(KnownLater, match="level was first known on 2019-07-31, after 2019-07-30"):
        frozen_spread(date(2019, 7, 30))


def test_points_are_counted_and_their_losses_held_against_the_rival() -> None:
    score = score_of([point("A", 10), point("A", 31, "3"), point("B", 30, "0", "4")])
    assert (score.points, score.hits, score.part, score.loss) == (3, 2, Fraction(2, 3), Fraction(1, 2))
    assert score_of([point("A", 10, "0", "0")]).loss is None


def test_each_country_is_judged_by_what_fits_the_others() -> None:
    narrow, wide = Fraction(1, 10), Fraction(2, 10)
    tried = {
        narrow: [point("A", 10), *[point("B", 10)] * 4, point("B", 99)],
        wide: [point("A", 99), *[point("B", 10)] * 5],
    }
    assert fitted_step(tried) == narrow
    # Without A, the narrow one fits (4 of 5). Without B, both are as far from eight of ten as 1 and 0 are: the narrow.
    assert by_country(judged_by_others(tried)) == by_country(tried[narrow])


@pytest.mark.parametrize("noise", [0, 1])
def test_what_became_known_later_changes_nothing_that_is_told(noise: int) -> None:
    day = date(2016, 6, 30)
    rows = table("asylum_applicants")
    random = np.random.default_rng(noise)

    def changed(row: Row) -> Row:
        later = date.fromisoformat(row["known_on"]) > day
        return {**row, "applicants": str(5 * int(random.integers(0, 4000)))} if later else row

    noisy = [changed(row) for row in rows]
    assert known_arrivals(day, noisy) == known_arrivals(day, rows)
    assert known_arrivals(date(2016, 7, 31), noisy) != known_arrivals(date(2016, 7, 31), rows), "the check can fail"

    def given_until(rows_read: list[Row]) -> list[tuple[str, int, int, int]]:
        points = rolling_points(frozen_spread(date.max), 3, rows=rows_read)
        return [(each.country, each.low, each.middle, each.high) for each in points if each.as_of <= day]

    assert given_until(noisy) == given_until(list(rows)) != []


def test_a_country_with_a_month_without_a_figure_is_left_out() -> None:
    assert "Croatia" not in known_arrivals(date(2015, 12, 31))
    assert len(known_arrivals(date.max)) == 31
    assert len(known_arrivals(date(2015, 12, 31))["Norway"]) == 45


def test_the_frozen_numbers_hold_as_often_as_they_say_and_miss_by_less_than_the_last_twelve_months() -> None:
    judged = judge_arrivals()
    for ahead in judged.ahead:
        assert ahead.countries >= 20
        assert Fraction("0.72") <= ahead.score.part <= Fraction("0.88")
        assert ahead.score.loss is not None
        assert ahead.score.loss <= Fraction("0.7")
        assert ahead.deciles.loss is not None
        assert ahead.score.loss < ahead.deciles.loss < Fraction("0.75")
    assert Fraction("0.72") <= judged.others.part <= Fraction("0.88")
    (norway,) = [each for each in judged.countries if each.country == "Norway"]
    assert (norway.score.points, norway.band) == (12, (7, 12))
    assert judge_country("Norway") == norway, "no other country is looked at, and nothing changes"
    assert norway.band[0] <= norway.score.hits <= norway.band[1]
    # It does not hold everywhere, and the page says so.
    (hungary,) = [each for each in judged.countries if each.score.hits < each.band[0]]
    page = EXPLAINED.read_text(encoding="utf-8")
    assert hungary.country == "Hungary"
    assert f"In Hungary it holds {hungary.score.hits} times of 12." in page
    assert f"In Norway it holds {norway.score.hits} times of 12." in page
    # The losses that the page tells, in per cent less: 40, and 28 to 30 of all deciles.
    assert [round(100 * (1 - each.score.loss), -1) for each in judged.ahead if each.score.loss] == [40, 40]
    assert [round(100 * (1 - each.deciles.loss)) for each in judged.ahead if each.deciles.loss] == [30, 28]
