"""Independent ways to the same answer: slow and plain, for the engine to be held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

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
        if len(done) == len(options):
            if left == 0:
                yield done
            return
        for number in options[len(done)]:
            if number <= left:
                yield from extend((*done, number), left - number)

    yield from extend((), problem.total)


def brute_force(problem: Problem) -> Answers:
    """Return all best answers by trying everything."""
    cheapest: Fraction | None = None
    best: list[tuple[int, ...]] = []
    for answer in every(problem):
        cost = sum((n * n / who.claim for n, who in zip(answer, problem.recipients, strict=True)), start=Fraction(0))
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
