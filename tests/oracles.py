"""Independent ways to the same answer: slow and plain, for the engine to be held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from bosett.apportion import Problem, Recipient


@dataclass(frozen=True)
class Answers:
    """All best answers of a problem, in the order of its recipients."""

    best: tuple[tuple[int, ...], ...]


def allowed(who: Recipient, total: int, step: int) -> list[int]:
    """Return every number that one recipient may have, by the words of the rule."""
    if who.fixed is not None:
        return [who.fixed]
    most = total if who.most is None else min(who.most, total)
    numbers = [n for n in range(step, most + 1, step) if n >= who.least]
    return numbers if who.must else [0, *numbers]


def every(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Yield every answer that keeps the bounds and sums to the total."""
    options = [allowed(who, problem.total, problem.step) for who in problem.recipients]

    def extend(done: tuple[int, ...], left: int) -> Iterator[tuple[int, ...]]:
        choices = options[len(done)]
        if len(done) == len(options) - 1:
            if left in choices:
                yield (*done, left)
            return
        for number in choices:
            if number <= left:
                yield from extend((*done, number), left - number)

    if options:
        yield from extend((), problem.total)
    elif not problem.total:
        yield ()


def whole_prices(problem: Problem) -> list[int]:
    """Return what a square costs for each recipient, 1 / claim, all times one number that makes them whole."""
    common = lcm(*(who.claim.numerator for who in problem.recipients))
    return [common // who.claim.numerator * who.claim.denominator for who in problem.recipients]


def brute_force(problem: Problem) -> Answers:
    """Return all best answers by trying everything."""
    prices = whole_prices(problem)
    cheapest: int | None = None
    best: list[tuple[int, ...]] = []
    for answer in every(problem):
        cost = sum(price * number * number for price, number in zip(prices, answer, strict=True))
        if cheapest is None or cost < cheapest:
            cheapest, best = cost, [answer]
        elif cost == cheapest:
            best.append(answer)
    return Answers(tuple(best))


def reachable(problem: Problem, limit: int) -> set[int]:
    """Return the totals up to `limit` that the bounds can make, by plain dynamic programming on sets."""
    totals = {0}
    for who in problem.recipients:
        numbers = allowed(who, limit, problem.step)
        totals = {total + number for total in totals for number in numbers if total + number <= limit}
    return totals


def dynamic_program(problem: Problem) -> Fraction | None:
    """Return the smallest cost by a dynamic program over all totals, or None when no answer exists."""
    costs: dict[int, Fraction] = {0: Fraction(0)}
    for who in problem.recipients:
        after: dict[int, Fraction] = {}
        for number in allowed(who, problem.total, problem.step):
            extra = number * number / who.claim
            for total, cost in costs.items():
                reached = total + number
                if reached <= problem.total and (reached not in after or cost + extra < after[reached]):
                    after[reached] = cost + extra
        costs = after
    return costs.get(problem.total)


def whole_program(problem: Problem) -> Fraction | None:
    """Return the same as `dynamic_program` for problems of a county's size, in whole numbers of 64 bits.

    Raises:
        OverflowError: The costs are too large for it.
    """
    prices = whole_prices(problem)
    unreached = 1 << 62
    if sum(price * problem.total**2 for price in prices) >= unreached:
        raise OverflowError("the costs do not fit into 64 bits")
    costs = np.full(problem.total + 1, unreached, dtype=np.int64)
    costs[0] = 0
    for who, price in zip(problem.recipients, prices, strict=True):
        after = np.full_like(costs, unreached)
        for number in allowed(who, problem.total, problem.step):
            if number <= problem.total:
                here = after[number:]
                np.minimum(here, costs[: len(here)] + price * number * number, out=here)
        costs = np.minimum(after, unreached)
    if costs[-1] == unreached:
        return None
    scale = Fraction(prices[0]) * problem.recipients[0].claim
    return int(costs[-1]) / scale


def by_order(problem: Problem, answers: Answers) -> dict[str, int]:
    """Return the best answer that the problem's tie rule names, straight from its definition."""
    ids = [who.id for who in problem.recipients]
    if problem.tie_rule == "larger-claim":
        order = sorted(range(len(ids)), key=lambda place: (-problem.recipients[place].claim, ids[place]))
    else:
        order = sorted(range(len(ids)), key=lambda place: ids[place])
    best = max(answers.best, key=lambda answer: [answer[place] for place in order])
    return dict(zip(ids, best, strict=True))


def largest_remainder(problem: Problem) -> dict[str, int]:
    """Share by largest remainder (Hamilton), ties by the order given: a known culprit for the checkers."""
    claims = sum((who.claim for who in problem.recipients), start=Fraction(0))
    exact = {who.id: problem.total * who.claim / claims for who in problem.recipients}
    numbers = {who: share.numerator // share.denominator for who, share in exact.items()}
    by_rest = sorted(exact, key=lambda who: numbers[who] - exact[who])
    for who in by_rest[: problem.total - sum(numbers.values())]:
        numbers[who] += 1
    return numbers
