"""The engine against everything tried: outcome, numbers, ranges, ties, reasons and nearest totals."""

import pytest
from hypothesis import given, settings

from bosett.apportion import Problem
from bosett.apportion import share as door
from drawn import held_against_brute_force
from strategies import problems

pytestmark = [pytest.mark.bulk, pytest.mark.solver]


@settings(max_examples=400)
@given(problem=problems())
def test_every_kind_of_problem(problem: Problem) -> None:
    held_against_brute_force(problem)


@settings(max_examples=200)
@given(problem=problems(common=True))
def test_common_bounds(problem: Problem) -> None:
    held_against_brute_force(problem)


def test_the_core_answers_what_the_prefix_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two algorithms of our own, each proven in its own way, must agree where both apply."""
    monkeypatch.setattr(door, "common_floor", lambda _: None)

    @settings(max_examples=300)
    @given(problem=problems(common=True))
    def all_by_core(problem: Problem) -> None:
        held_against_brute_force(problem)

    all_by_core()
