"""The engine against integer programs on every county of 2020-2023, and against other ways to the same numbers."""

from fractions import Fraction

import pytest
from apportionment import methods
from hypothesis import given, settings

from bosett.apportion import Problem, Recipient, Shared, TieRule, cost, share_out
from bosett.apportion.properties import missing, outside, verify
from counties import YEARS, counties
from integer_program import solved_by
from oracles import dynamic_program
from strategies import problems
from thorough import asked_of

pytestmark = [pytest.mark.bulk, pytest.mark.solver]


def numbers(problem: Problem) -> dict[str, int]:
    outcome = share_out(problem)
    assert isinstance(outcome, Shared)
    assert all(holds for _, holds in verify(problem, outcome))
    return dict(outcome.numbers)


@pytest.mark.parametrize("solver", asked_of(("solver_highs", "solver_ortools"), ("solver_ortools",)))
def test_no_solver_finds_better(solver: str) -> None:
    cases = [(f"{year} {county}", problem) for year in YEARS for county, problem in counties(year).items()]
    for (name, problem), (theirs, _) in zip(cases, solved_by(solver, [each for _, each in cases]), strict=True):
        assert missing(problem, theirs) == 0, name
        assert not outside(problem, theirs), name
        best, theirs_cost = (cost(each, problem.recipients) for each in (numbers(problem), theirs))
        # Never beaten; and never far from what they prove best within their floats.
        assert best <= theirs_cost <= best * Fraction(1_000_001, 1_000_000), name


@settings(max_examples=100)
@given(problem=problems(largest=40))
def test_the_cost_of_a_dynamic_program(problem: Problem) -> None:
    outcome = share_out(Problem.of(problem.total, problem.recipients, step=problem.step, tie_rule=TieRule.ID))
    least = dynamic_program(problem)
    assert (least is None) == (not isinstance(outcome, Shared))
    if isinstance(outcome, Shared):
        assert cost(outcome.numbers, problem.recipients) == least


def test_another_library_without_bounds() -> None:
    for county, problem in counties(2021).items():
        bare = Problem.of(problem.total, [Recipient(who.id, who.claim) for who in problem.recipients])
        votes = [int(who.claim) for who in problem.recipients]
        theirs = methods.compute("saintelague", votes, problem.total, fractions=True, tiesallowed=False)
        assert list(numbers(bare).values()) == list(theirs), county
