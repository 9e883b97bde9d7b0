"""Small problems drawn by a seed, with every bound each recipient's own, and the same held against everything tried."""

import random
from dataclasses import replace
from fractions import Fraction

from bosett.apportion import Impossible, Problem, Recipient, Shared, Tied, TieRule, share_out
from oracles import allowed, brute_force, by_order, reachable

KINDS = ("floors", "ceilings", "corridors", "whole-or-nothing", "all")


def drawn(seed: int) -> Problem:
    """Draw one problem: floors, ceilings, corridors round last year's numbers, or all; with musts, steps and fixed."""
    draw = random.Random(seed)  # noqa: S311  - shapes, not secrets
    kind = draw.choice(KINDS)
    count = draw.randint(2, 5)
    step = draw.choice((1, 1, 1, 2, 3, 5))
    part = draw.choice((Fraction(1, 10), Fraction(1, 4)))
    people = [_recipient(draw, "abcde"[place], kind, part) for place in range(count)]
    draw.shuffle(people)
    bare = Problem.of(0, people, step=step, tie_rule=draw.choice((None, *TieRule)))
    # Most totals can be made; the others lie beside one that can: elsewhere the sums alone say that it is impossible.
    total = draw.choice(sorted(reachable(bare, 48)) or [0])
    return replace(bare, total=max(total + draw.choice((0, 0, 0, -1, 1)), 0))


def _recipient(draw: random.Random, name: str, kind: str, part: Fraction) -> Recipient:
    claim = draw.choice((Fraction(draw.randint(1, 3)), Fraction(draw.randint(1, 40), draw.randint(1, 7))))
    shape = draw.choice(KINDS[:-1]) if kind == "all" else kind
    least, most = 0, None
    if shape == "floors":
        least, most = draw.randint(0, 16), draw.choice((None, draw.randint(0, 20)))
    elif shape == "ceilings":
        least, most = draw.randint(0, 2), draw.randint(0, 16)
    elif shape == "corridors":
        last = draw.randint(1, 20)
        least, most = -int(-last * (1 - part) // 1), int(last * (1 + part))
    else:
        least = most = draw.randint(1, 16)
    return Recipient(
        name,
        claim,
        least,
        most,
        must=draw.randrange(8) == 0,
        fixed=draw.randint(0, 6) if draw.randrange(12) == 0 else None,
    )


def held_against_brute_force(problem: Problem) -> None:
    """Hold outcome, numbers, ranges, ties, reasons and nearest totals against every answer that there is."""
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
    """Hold the nearest totals against every total that the bounds can make."""
    below, above = outcome.nearest_below, outcome.nearest_above
    if any(not allowed(who, 10_000, problem.step) for who in problem.recipients):
        assert (below, above) == (None, None)
        return
    totals = reachable(problem, 150)
    assert problem.total not in totals
    assert below is None or below < problem.total
    assert above is None or problem.total < above
    assert below == max((total for total in totals if total < problem.total), default=None)
    assert above == min((total for total in totals if total > problem.total), default=None)
