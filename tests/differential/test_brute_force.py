"""The engine against everything tried: outcome, numbers, ranges, ties, reasons and nearest totals."""

import pytest
from hypothesis import given, settings

from bosett.apportion import Impossible, Problem, Shared, Tied, share_out
from bosett.apportion import share as door
from oracles import allowed, brute_force, by_order, reachable
from strategies import problems


def held_against_brute_force(problem: Problem) -> None:
    outcome = share_out(problem)
    answers = brute_force(problem)
    ids = [who.id for who in problem.recipients]
    if not answers.best:
        assert isinstance(outcome, Impossible)
        assert outcome.because
        check_nearest(problem, outcome)
        return
    columns = dict(zip(ids, zip(*answers.best, strict=True), strict=True))
    open_ids = {who for who, column in columns.items() if len(set(column)) > 1}
    if open_ids and problem.tie_rule is None:
        assert isinstance(outcome, Tied)
        assert outcome.ranges == {who: (min(columns[who]), max(columns[who])) for who in open_ids}
        assert outcome.numbers == {who: columns[who][0] for who in ids if who not in open_ids}
        assert outcome.places == problem.total - sum(min(column) for column in columns.values())
    else:
        assert isinstance(outcome, Shared)
        assert outcome.numbers == by_order(problem, answers)
        assert set(outcome.settled) == open_ids
        assert list(outcome.numbers) == ids


def check_nearest(problem: Problem, outcome: Impossible) -> None:
    if any(not allowed(who, 10_000, problem.step) for who in problem.recipients):
        assert (outcome.nearest_below, outcome.nearest_above) == (None, None)
        return
    totals = reachable(problem, 100)
    assert problem.total not in totals
    assert outcome.nearest_below == max((total for total in totals if total < problem.total), default=None)
    assert outcome.nearest_above == min((total for total in totals if total > problem.total), default=None)


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
