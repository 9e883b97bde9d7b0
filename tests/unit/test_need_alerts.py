"""When the need has moved: worked by hand, at the limits themselves, and through a need that wanders about them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.parameters import AlertLimits, NotKnown, alert_limits, danish_limit
from bosett.rounds.need_alerts import AlertStep, NeedGroup, NeedMove, is_beyond_danish, next_step

LIMITS = AlertLimits(Fraction(1, 10), Fraction(2, 25))


def move(need: int, target: int = 1000) -> NeedMove:
    return NeedMove(NeedGroup.ALL, target, need)


@pytest.mark.parametrize(
    ("need", "open_need", "step"),
    [
        (1100, None, AlertStep.STAND),  # 10 per cent is not more than 10 per cent
        (1101, None, AlertStep.RAISE),
        (900, None, AlertStep.STAND),
        (899, None, AlertStep.RAISE),
        (1090, 1101, AlertStep.STAND),  # within the limit again, and not yet near enough
        (1081, 1101, AlertStep.STAND),
        (1080, 1101, AlertStep.END),
        (1200, 1101, AlertStep.STAND),  # farther, by less than another tenth
        (1202, 1101, AlertStep.RAISE),
        (898, 1101, AlertStep.RAISE),  # to the other side
    ],
)
def test_each_side_of_each_limit(need: int, open_need: int | None, step: AlertStep) -> None:
    standing = None if open_need is None else move(open_need)
    assert next_step(move(need), LIMITS, standing) is step


def test_a_need_that_wanders_about_the_limit_gives_one_alert() -> None:
    standing: NeedMove | None = None
    raised = 0
    for need in (1099, 1101, 1098, 1102, 1095, 1103, 1085, 1101):
        step = next_step(move(need), LIMITS, standing)
        raised += step is AlertStep.RAISE
        standing = move(need) if step is AlertStep.RAISE else None if step is AlertStep.END else standing
    assert raised == 1


def test_the_stop_of_2020_and_the_rise_of_2022() -> None:
    limits = alert_limits(2020)
    cut, rise = move(3600, 5120), move(35000, 5500)
    assert next_step(cut, limits, None) is AlertStep.RAISE
    assert (cut.change, cut.part) == (-1520, Fraction(-19, 64))
    assert not is_beyond_danish(cut, 2020)  # 30 per cent of 5 120 is within the 40 that Denmark lets pass
    assert is_beyond_danish(rise, 2022)


def test_a_target_of_nobody_has_no_part_and_any_need_is_beyond_it() -> None:
    assert move(1, 0).part is None
    assert next_step(move(1, 0), LIMITS, None) is AlertStep.RAISE
    assert next_step(move(0, 0), LIMITS, None) is AlertStep.STAND


def test_the_limits_are_those_of_the_sources() -> None:
    assert alert_limits(2018) == AlertLimits(Fraction(1, 10), Fraction(2, 25))
    assert danish_limit(2020, 8000) == Fraction(2, 5)
    assert danish_limit(2020, 8001) == Fraction(1, 4)
    with pytest.raises(NotKnown, match="750 more in all"):
        alert_limits(2017)
    with pytest.raises(NotKnown):
        alert_limits(2015)


@given(st.lists(st.integers(0, 3000), max_size=20), st.integers(1, 2000))
def test_an_alert_stands_whenever_the_need_is_beyond_the_limit_and_never_when_it_is_back(
    needs: list[int], target: int
) -> None:
    standing: NeedMove | None = None
    for need in needs:
        now = move(need, target)
        step = next_step(now, LIMITS, standing)
        standing = now if step is AlertStep.RAISE else None if step is AlertStep.END else standing
        if 10 * abs(need - target) > target:
            assert standing is not None
            assert 10 * abs(need - standing.need) <= target
        if 25 * abs(need - target) <= 2 * target:
            assert standing is None


def test_an_alert_against_another_target_does_not_go_on_as_if_nothing_had_happened() -> None:
    below = move(3500, 5100)
    assert next_step(move(3500, 3000), LIMITS, below) is AlertStep.RAISE  # now it is above, by 17 per cent
    assert next_step(move(3500, 3200), LIMITS, below) is AlertStep.END  # 9 per cent: no alert would be raised
    assert next_step(move(3500, 3500), LIMITS, below) is AlertStep.END
