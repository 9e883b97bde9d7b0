"""Bounds of each one's own: what the limit on the regrets may cut, and what it may not."""

from fractions import Fraction

import pytest

from bosett.apportion import BadProblem, Impossible, Outcome, Problem, Recipient, Shared, Unproven, core, share_out
from oracles import brute_force


def whole(name: str, units: int, price: Fraction) -> Recipient:
    """Return one who gets all of its units or none, at this average price."""
    return Recipient(name, units / price, units, units)


def test_fewer_than_nobody_cannot_be_shared() -> None:
    with pytest.raises(BadProblem, match="-1 persons cannot be shared; give 0 or more"):
        Problem.of(-1, [Recipient("a", Fraction(1))])


def test_regrets_that_only_together_pass_the_limit() -> None:
    """Each number alone lay within the first limit, their sum did not, and the problem was called impossible."""
    problem = Problem.of(20, [Recipient("a", Fraction(3), 10, 13), Recipient("c", Fraction(2), 15)])
    assert share_out(problem) == Shared({"a": 0, "c": 20}, {})


def test_an_answer_within_the_rounding_of_a_limit_is_not_taken_for_the_best() -> None:
    """b and c regret hardly more than 1 together, which rounds to 1; d alone regrets less, but more than 1."""
    tiny = Fraction(1, 2**62)
    problem = Problem.of(
        15,
        [
            whole("a", 10, Fraction(19, 20)),
            whole("m", 10, Fraction(1)),
            whole("b", 7, 1 + Fraction(1, 28)),
            whole("c", 8, 1 + (Fraction(1, 4) + 2 * tiny) / 8),
            whole("d", 5, 1 + (1 + tiny) / 5),
        ],
    )
    best = {"a": 10, "m": 0, "b": 0, "c": 0, "d": 5}
    assert brute_force(problem).best == (tuple(best.values()),)
    assert share_out(problem) == Shared(best, {})


def large(total: int) -> Problem:
    """Return floors so high and far apart that a table of everything would take minutes."""
    return Problem.of(total, [Recipient(str(k), Fraction(k, 7), 20_000 + 1_000 * k) for k in range(1, 9)])


def test_a_large_gap_is_told_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table(*_: object) -> None:
        raise AssertionError("no table is needed to know which totals can be made")

    monkeypatch.setattr(core, "_Program", no_table)
    outcome = share_out(large(20_999))
    assert isinstance(outcome, Impossible)
    assert (outcome.nearest_below, outcome.nearest_above) == (0, 21_000)


@pytest.mark.parametrize("most", [0, 10**9])
def test_what_would_cost_too_much_is_unproven(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(core, "MOST_CELLS", most)
    outcome: Outcome = share_out(large(150_003))
    assert isinstance(outcome, Shared if most else Unproven)
    if isinstance(outcome, Unproven):
        assert outcome.cost is None or outcome.bound <= outcome.cost
