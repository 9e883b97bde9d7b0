"""Floors, ceilings and corridors of each one's own: against everything tried, and, at a county's size, a program."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bosett.apportion import Impossible, Problem, Recipient, Shared, TieRule, cost, share_out
from bosett.apportion.properties import missing, outside
from corridors import ONCE_IMPOSSIBLE, corridor, corridors
from drawn import check_nearest, drawn, held_against_brute_force
from integer_program import solved_by
from oracles import whole_program
from thorough import asked_of

pytestmark = [pytest.mark.bulk, pytest.mark.solver]

BATCH = 1_000


@pytest.mark.parametrize("first", range(0, 10_000, BATCH))
def test_every_drawn_problem(first: int) -> None:
    """A bounded part of what `tools/prove_engine.py` holds in hundreds of thousands."""
    for seed in range(first, first + BATCH):
        try:
            held_against_brute_force(drawn(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {drawn(seed)}") from error


def test_the_draw_has_every_kind_of_outcome_and_bound() -> None:
    """A check that met only one kind would show nothing of the others."""
    problems = [drawn(seed) for seed in range(BATCH)]
    people = [who for problem in problems for who in problem.recipients]
    outcomes = [type(share_out(problem)).__name__ for problem in problems]
    assert min(map(outcomes.count, ("Shared", "Tied", "Impossible"))) >= 3
    assert sum(who.must for who in people) > 20
    assert sum(who.fixed is not None for who in people) > 20
    assert sum(problem.step > 1 for problem in problems) > 100
    assert {problem.tie_rule for problem in problems} == {None, *TieRule}


def test_a_false_impossible_is_caught() -> None:
    """What the engine said until it was mended: impossible, and the nearest total that works is the total."""
    problem = Problem.of(20, [Recipient("a", Fraction(3), 10, 13), Recipient("c", Fraction(2), 15)])
    with pytest.raises(AssertionError):
        check_nearest(problem, Impossible((), 20, 20))


def held_against_whole_program(name: str, problem: Problem) -> None:
    outcome, least = share_out(problem), whole_program(problem)
    if least is None:
        assert isinstance(outcome, Impossible), name
        below, above = outcome.nearest_below, outcome.nearest_above
        assert below is None or below < problem.total, name
        assert above is None or problem.total < above, name
        for total in (below, above):
            assert total is None or isinstance(share_out(replace(problem, total=total)), Shared), name
    else:
        assert isinstance(outcome, Shared), name
        assert missing(problem, outcome.numbers) == 0, name
        assert not outside(problem, outcome.numbers), name
        assert cost(outcome.numbers, problem.recipients) == least, name


@pytest.mark.parametrize("percent", [10, 25])
def test_corridors_of_a_county_against_a_program_in_whole_numbers(percent: int) -> None:
    for name, problem in corridors(percent, 4):
        held_against_whole_program(name, problem)


@pytest.mark.parametrize("case", ONCE_IMPOSSIBLE, ids=str)
def test_corridors_once_called_impossible(case: tuple[int, int, int]) -> None:
    problem = corridor(*case)
    assert whole_program(problem) is not None
    held_against_whole_program(str(case), problem)


@pytest.mark.parametrize("every", asked_of((10, 40), (40,)))
def test_corridors_of_a_county_against_cp_sat(every: int) -> None:
    """It reckons in whole numbers, so that its proven cost is held to ours exactly."""
    cases = [(str(case), corridor(*case)) for case in ONCE_IMPOSSIBLE]
    cases += [case for percent in (10, 25) for case in corridors(percent)[::every]]
    outcomes = [share_out(problem) for _, problem in cases]
    theirs = solved_by("solver_cp_sat", [problem for _, problem in cases])
    for (name, problem), outcome, (numbers, _) in zip(cases, outcomes, theirs, strict=True):
        assert isinstance(outcome, Shared if numbers else Impossible), name
        if isinstance(outcome, Shared):
            assert cost(outcome.numbers, problem.recipients) == cost(numbers, problem.recipients), name
    assert {type(outcome) for outcome in outcomes} == {Shared, Impossible}
