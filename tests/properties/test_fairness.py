"""The properties of the engine's answers, and each checker shown to catch a known culprit."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.apportion.properties import (
    better_transfer,
    fickle,
    missing,
    order_bound,
    outside,
    overtaken,
    punished,
    scale_bound,
    shrunk,
    verify,
)
from oracles import largest_remainder
from strategies import problems

FACTORS = st.fractions(min_value=Fraction(101, 100), max_value=9, max_denominator=100)


class NotShared(Exception):
    """The drawn problem is impossible."""


def engine(problem: Problem) -> Mapping[str, int]:
    outcome = share_out(replace(problem, tie_rule=problem.tie_rule or TieRule.ID))
    if not isinstance(outcome, Shared):
        raise NotShared
    return outcome.numbers


def of(total: int, *claims: int, least: int = 0) -> Problem:
    people = [Recipient("ABCDE"[place], Fraction(claim), least) for place, claim in enumerate(claims)]
    return Problem.of(total, people)


@given(problem=problems(), factor=FACTORS)
def test_every_answer_keeps_them(problem: Problem, factor: Fraction) -> None:
    outcome = share_out(replace(problem, tie_rule=problem.tie_rule or TieRule.ID))
    if not isinstance(outcome, Shared):
        return
    assert all(holds for _, holds in verify(problem, outcome))
    assert not punished(engine, problem, factor)
    assert not scale_bound(engine, problem, factor)
    assert not order_bound(engine, problem)
    assert not fickle(engine, problem)


@given(problem=problems())
def test_one_more_takes_from_nobody_without_floors(problem: Problem) -> None:
    bare = replace(problem, recipients=tuple(replace(who, least=0, must=False) for who in problem.recipients))
    try:
        assert not shrunk(engine, bare)
    except NotShared:
        return


def test_with_floors_one_more_may_take_from_somebody() -> None:
    assert engine(of(19, 10, 9, least=10)) == {"A": 19, "B": 0}
    assert engine(of(20, 10, 9, least=10)) == {"A": 10, "B": 10}
    assert shrunk(engine, of(19, 10, 9, least=10)) == {"A"}


def test_shrunk_catches_largest_remainder_where_a_comparison_of_lists_does_not() -> None:
    problem = of(10, 6, 6, 2)
    fewer, more = largest_remainder(problem), largest_remainder(replace(problem, total=11))
    assert list(more.values()) > list(fewer.values())
    assert shrunk(largest_remainder, problem) == {"C"}


def test_order_bound_catches_ties_by_list_order() -> None:
    assert order_bound(largest_remainder, of(1, 1, 1)) == {"A", "B"}


def test_the_checks_of_numbers_can_fail() -> None:
    problem = of(20, 10, 9, least=10)
    assert missing(problem, {"A": 10, "B": 9}) == 1
    assert outside(problem, {"A": 11, "B": 9}) == {"B"}
    assert overtaken(problem, {"A": 0, "B": 20}) == {"A"}
    assert better_transfer(of(20, 10, 9), {"A": 15, "B": 5}) == ("A", "B")
    assert better_transfer(problem, {"A": 10, "B": 10}) is None


def test_overtaken_compares_only_with_strictly_smaller_claims() -> None:
    assert overtaken(of(6, 3, 3, 1), {"A": 1, "B": 3, "C": 2}) == {"A"}
    assert not overtaken(of(6, 3, 3, 1), {"A": 2, "B": 3, "C": 1})


def test_punished_catches_a_share_by_smallness() -> None:
    def upside_down(problem: Problem) -> dict[str, int]:
        turned = [replace(who, claim=1 / who.claim) for who in problem.recipients]
        return largest_remainder(replace(problem, recipients=tuple(turned)))

    assert punished(upside_down, of(10, 6, 6, 2), Fraction(3)) == {"A", "B", "C"}


def test_scale_bound_catches_a_share_by_size() -> None:
    def by_size(problem: Problem) -> dict[str, int]:
        return {who.id: who.claim.numerator for who in problem.recipients}

    assert scale_bound(by_size, of(3, 1, 2), Fraction(2)) == {"A", "B"}


def test_fickle_catches_a_share_that_remembers() -> None:
    calls: list[int] = []

    def remembers(problem: Problem) -> dict[str, int]:
        calls.append(1)
        return {who.id: len(calls) for who in problem.recipients}

    assert fickle(remembers, of(3, 1, 2)) == {"A", "B"}


def test_verify_names_what_does_not_hold() -> None:
    checks = verify(of(20, 10, 9), Shared({"A": 15, "B": 4}, {}))
    assert [name for name, holds in checks if not holds] == ["exact sum", "no transfer of one step is better"]


def test_an_impossible_problem_is_no_answer() -> None:
    with pytest.raises(NotShared):
        engine(of(5, 1, least=10))
