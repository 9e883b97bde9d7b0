"""The threshold for one more: just above it there are more, just below there are not."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from bosett.apportion import Impossible, Problem, Recipient, Shared, Tied, TieRule, share_out
from bosett.apportion.exchange import NotAnswered, Nothing, NotThere, one_more, with_number
from strategies import problems

NEAR = Fraction(1, 10**40)


def spread(problem: Problem, who: str, claim: Fraction) -> tuple[int, int]:
    """Return the fewest and most of one recipient over the best answers with another claim."""
    people = tuple(replace(each, claim=claim) if each.id == who else each for each in problem.recipients)
    outcome = share_out(replace(problem, recipients=people, tie_rule=None))
    if isinstance(outcome, Tied) and who in outcome.ranges:
        return outcome.ranges[who]
    assert isinstance(outcome, Shared | Tied)
    return outcome.numbers[who], outcome.numbers[who]


@settings(max_examples=300)
@given(problem=problems())
def test_the_threshold_is_exact(problem: Problem) -> None:
    problem = replace(problem, tie_rule=None)
    if isinstance(share_out(problem), Impossible):
        with pytest.raises(NotAnswered):
            one_more(problem, problem.recipients[0].id)
        return
    for who in problem.recipients:
        exchange = one_more(problem, who.id)
        if exchange.claim is None:
            assert exchange.because is not None
            assert spread(problem, who.id, who.claim * 10**60)[1] == exchange.number
            continue
        low, high = spread(problem, who.id, exchange.claim)
        assert low <= exchange.number < high
        assert exchange.larger is not None
        assert exchange.number < exchange.larger <= high
        assert spread(problem, who.id, exchange.claim * (1 + NEAR))[0] > exchange.number
        assert spread(problem, who.id, exchange.claim * (1 - NEAR))[1] <= exchange.number


def of(total: int, *people: Recipient) -> Problem:
    return Problem.of(total, people)


A, B = Recipient("A", Fraction(10), 10), Recipient("B", Fraction(9), 10)


def test_from_nothing_to_the_floor() -> None:
    exchange = one_more(of(20, A, B, Recipient("C", Fraction(1), 10)), "C")
    assert (exchange.number, exchange.larger, exchange.claim) == (0, 10, Fraction(9))


@pytest.mark.parametrize(
    ("problem", "because"),
    [
        (of(20, replace(A, fixed=3), B), Nothing.FIXED),
        (of(20, replace(A, most=10), B), Nothing.CEILING),
        (of(20, replace(A, must=True), replace(B, must=True)), Nothing.NO_ROOM),
    ],
)
def test_why_nothing_gives_more(problem: Problem, because: Nothing) -> None:
    assert one_more(problem, "A").because is because


def test_who_is_not_there() -> None:
    with pytest.raises(NotThere, match="X is not among"):
        one_more(of(20, A, B), "X")


def test_with_another_number() -> None:
    outcome, changed = with_number(of(20, A, B, Recipient("C", Fraction(1), 10)), "C", 10)
    assert isinstance(outcome, Shared)
    assert changed == {"B": (10, 0), "C": (0, 10)}


def test_with_a_number_that_leaves_a_gap() -> None:
    outcome, changed = with_number(of(20, A, B), "A", 15)
    assert isinstance(outcome, Impossible)
    assert not changed


def test_with_a_number_keeps_the_declared_tie_rule() -> None:
    outcome, _ = with_number(replace(of(21, A, replace(B, claim=Fraction(10))), tie_rule=TieRule.ID), "A", 10)
    assert isinstance(outcome, Shared)
