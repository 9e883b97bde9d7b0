"""What a fair sharing keeps, as checkers of their own: each returns the culprits, and nobody means that it holds.

They know nothing of how the engine works, so that they can judge any way to share.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from bosett.apportion.outcome import Shared
from bosett.apportion.problem import Problem, Recipient, claim_order

Numbers = Mapping[str, int]
Share = Callable[[Problem], Numbers]


def verify(problem: Problem, outcome: Shared) -> tuple[tuple[str, bool], ...]:
    """Return, for a report, each property that the numbers alone can show, and whether it holds."""
    numbers = outcome.numbers
    return (
        ("exact sum", missing(problem, numbers) == 0),
        ("within bounds", not outside(problem, numbers)),
        ("a larger claim never gets fewer", not overtaken(problem, numbers)),
        ("no transfer of one step is better", not better_transfer(problem, numbers)),
    )


def missing(problem: Problem, numbers: Numbers) -> int:
    """Return how many persons are left over: below 0 when too many are given."""
    return problem.total - sum(numbers.values())


def outside(problem: Problem, numbers: Numbers) -> frozenset[str]:
    """Return whose number breaks a floor, a ceiling, a must, a hand-set number or the step."""
    return frozenset(who.id for who in problem.recipients if not _allowed(who, numbers[who.id], problem.step))


def overtaken(problem: Problem, numbers: Numbers) -> frozenset[str]:
    """Return who gets fewer than another with the same bounds and a smaller claim."""
    alike: dict[tuple[int, int | None, bool], list[Recipient]] = {}
    for who in claim_order(each for each in problem.recipients if each.fixed is None):
        alike.setdefault((who.least, who.most, who.must), []).append(who)
    overtaken_ids: set[str] = set()
    for group in alike.values():
        smaller, level = 0, 0  # most that anyone got: of strictly smaller claims, and of those up to this one
        claim = group[-1].claim
        for who in reversed(group):
            if who.claim > claim:
                smaller, claim = level, who.claim
            if numbers[who.id] < smaller:
                overtaken_ids.add(who.id)
            level = max(level, numbers[who.id])
    return frozenset(overtaken_ids)


def better_transfer(problem: Problem, numbers: Numbers) -> tuple[str, str] | None:
    """Return from whom to whom one step could be moved at a lower sum of squares per claim, or None."""
    step = problem.step
    dearest: tuple[Fraction, str] | None = None
    cheapest: tuple[Fraction, str] | None = None
    for who in problem.recipients:
        number = numbers[who.id]
        if who.fixed is not None:
            continue
        if number and _allowed(who, number - step, step):
            price = (2 * number - step) / who.claim
            if dearest is None or price > dearest[0]:
                dearest = price, who.id
        if _allowed(who, number + step, step):
            price = (2 * number + step) / who.claim
            if cheapest is None or price < cheapest[0]:
                cheapest = price, who.id
    if dearest is None or cheapest is None or dearest[0] <= cheapest[0]:
        return None
    return dearest[1], cheapest[1]


def shrunk(share: Share, problem: Problem) -> frozenset[str]:
    """Return who gets fewer when there is one step more to share; without floors nobody should."""
    return _fewer(share(problem), share(replace(problem, total=problem.total + problem.step)))


def punished(share: Share, problem: Problem, factor: Fraction) -> frozenset[str]:
    """Return who gets fewer when its own claim is raised by a factor above 1, the others unchanged."""
    before = share(problem)
    punished_ids: set[str] = set()
    for place, who in enumerate(problem.recipients):
        raised = replace(who, claim=who.claim * factor)
        recipients = (*problem.recipients[:place], raised, *problem.recipients[place + 1 :])
        if share(replace(problem, recipients=recipients))[who.id] < before[who.id]:
            punished_ids.add(who.id)
    return frozenset(punished_ids)


def scale_bound(share: Share, problem: Problem, factor: Fraction) -> frozenset[str]:
    """Return whose number changes when all claims are multiplied by one factor."""
    scaled = tuple(replace(who, claim=who.claim * factor) for who in problem.recipients)
    return _other(share(problem), share(replace(problem, recipients=scaled)))


def order_bound(share: Share, problem: Problem) -> frozenset[str]:
    """Return whose number changes when the recipients are given in the opposite order."""
    return _other(share(problem), share(replace(problem, recipients=problem.recipients[::-1])))


def fickle(share: Share, problem: Problem) -> frozenset[str]:
    """Return whose number changes when the same problem is shared again."""
    return _other(share(problem), share(problem))


def _allowed(who: Recipient, number: int, step: int) -> bool:
    if who.fixed is not None:
        return number == who.fixed
    if number == 0:
        return not who.must
    return number > 0 and number % step == 0 and number >= who.least and (who.most is None or number <= who.most)


def _fewer(before: Numbers, after: Numbers) -> frozenset[str]:
    return frozenset(who for who, number in before.items() if after[who] < number)


def _other(before: Numbers, after: Numbers) -> frozenset[str]:
    return frozenset(who for who, number in before.items() if after[who] != number)
