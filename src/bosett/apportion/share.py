"""Share a total of whole persons by exact claims: the engine's one door.

Of all numbers x that keep the bounds and sum to the total, the best has the smallest sum of x_j^2 / v_j: the Webster
(Sainte-Lague) choice, for a given total the same as the smallest sum of (x_j - t v_j)^2 / v_j. The answer is proven,
and a tie is an outcome. Algorithm and guarantees: docs/explanation/sharing.md.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from bosett.apportion.outcome import Clash, Impossible, Outcome, Shared, Tied, Unproven
from bosett.apportion.prefix import Pattern, common_floor, share_prefix
from bosett.apportion.problem import Problem, Recipient, tie_order
from bosett.apportion.reach import nearest
from bosett.apportion.terms import Reduced, Term, reduce


def share_out(problem: Problem) -> Outcome:
    """Share the problem's total.

    Args:
        problem: Total in whole persons, and recipients with exact claims and bounds.

    Returns:
        Shared (the one best answer, or the one a tie rule chose among the best), Tied, Impossible, or, only for
        problems far beyond 400 recipients with bounds of their own, Unproven.

    Source: design of Bosett, part 3; Balinski and Young, Fair Representation (1982), for the rule without floors.
    """
    reduced = reduce(problem)
    clashes = _clashes(problem, reduced)
    if clashes:
        return _impossible(problem, reduced, clashes)
    bounds = common_floor(reduced.terms)
    if bounds is not None:
        return _by_prefix(problem, reduced, *bounds)
    return _by_core(problem, reduced)


def cost(numbers: Mapping[str, int], recipients: Iterable[Recipient]) -> Fraction:
    """Return the sum of x^2 / claim, in persons squared per unit of claim: what the best answer has the least of."""
    return sum((numbers[who.id] ** 2 / who.claim for who in recipients), start=Fraction(0))


def _by_prefix(problem: Problem, reduced: Reduced, floor: int, ceiling: int) -> Outcome:
    patterns = share_prefix(reduced.terms, reduced.units, floor, ceiling)
    if not patterns:
        return _impossible(problem, reduced, [_gap(problem, reduced)])
    ranges = _over(patterns)
    first = patterns[0].units
    if not ranges:
        return _shared(problem, reduced, first, {})
    if problem.tie_rule is None:
        return _tied(problem, reduced, first, ranges)
    order = [who.id for who in tie_order(problem) if who.id in ranges]
    served = max((pattern.served(order) for pattern in patterns), key=lambda units: [units[who] for who in order])
    return _shared(problem, reduced, served, ranges)


def _over(patterns: list[Pattern]) -> dict[str, tuple[int, int]]:
    """Return least and most units over all patterns, for those whose number is not the same throughout."""
    spans = [{who: (low, high) for who, low, high in pattern.ranges()} for pattern in patterns]
    if len(patterns) == 1:
        return spans[0]
    for pattern, span in zip(patterns, spans, strict=True):
        for who, units in pattern.units.items():
            span.setdefault(who, (units, units))
    over = {who: (min(span[who][0] for span in spans), max(span[who][1] for span in spans)) for who in spans[0]}
    return {who: (low, high) for who, (low, high) in over.items() if low < high}


def _by_core(problem: Problem, reduced: Reduced) -> Outcome:
    from bosett.apportion.core import ProofBound, share_core  # noqa: PLC0415  - numpy only where bounds are each one's own

    order = {who.id: place for place, who in enumerate(tie_order(problem))}
    terms = sorted(reduced.terms, key=lambda term: order[term.who.id])
    best = share_core(terms, reduced.units)
    if best is None:
        return _impossible(problem, reduced, [_gap(problem, reduced)])
    if isinstance(best, ProofBound):
        fixed_cost = sum((who.fixed**2 / who.claim for who in problem.recipients if who.fixed), start=Fraction(0))
        bound = best.bound * problem.step**2 + fixed_cost
        if best.units is None:
            return Unproven({}, None, bound)
        numbers = _numbers(problem, reduced, best.units)
        return Unproven(numbers, cost(numbers, problem.recipients), bound)
    ranges = {who: (low, high) for who, low, high in best.ranges()}
    if ranges and problem.tie_rule is None:
        return _tied(problem, reduced, best.served(), ranges)
    return _shared(problem, reduced, best.served(), ranges)


def _numbers(problem: Problem, reduced: Reduced, units: Mapping[str, int]) -> dict[str, int]:
    """Return persons for every recipient, in the problem's order."""
    persons = {who: count * problem.step for who, count in units.items()}
    persons.update((who.id, who.fixed) for who in problem.recipients if who.fixed is not None)
    persons.update(dict.fromkeys(reduced.nothing, 0))
    return {who.id: persons[who.id] for who in problem.recipients}


def _in_persons(problem: Problem, ranges: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    step = problem.step
    return {
        who.id: (ranges[who.id][0] * step, ranges[who.id][1] * step) for who in problem.recipients if who.id in ranges
    }


def _shared(
    problem: Problem, reduced: Reduced, units: Mapping[str, int], ranges: Mapping[str, tuple[int, int]]
) -> Shared:
    settled = _in_persons(problem, ranges)
    return Shared(_numbers(problem, reduced, units), settled, problem.tie_rule if settled else None)


def _tied(problem: Problem, reduced: Reduced, units: Mapping[str, int], ranges: Mapping[str, tuple[int, int]]) -> Tied:
    persons = _in_persons(problem, ranges)
    numbers = {who: count for who, count in _numbers(problem, reduced, units).items() if who not in persons}
    places = problem.total - sum(numbers.values()) - sum(low for low, _ in persons.values())
    return Tied(persons, numbers, places)


def _clashes(problem: Problem, reduced: Reduced) -> list[Clash]:
    """Return why nothing can be shared, as far as sums tell; gaps are found while sharing."""
    if reduced.blocked:
        return [_blocked(problem, who) for who in reduced.blocked]
    clashes: list[Clash] = []
    step, total = problem.step, problem.total
    least = reduced.fixed + step * sum(term.low for term in reduced.terms)
    if least > total:
        ids = [who.id for who in problem.recipients if who.fixed or (who.fixed is None and who.must)]
        clashes.append(
            Clash("musts", tuple(ids), f"What must be given sums to {least}, {least - total} more than {total}.")
        )
    most = reduced.fixed + step * sum(term.high for term in reduced.terms)
    if most < total - reduced.rest:
        ids = [who.id for who in problem.recipients]
        clashes.append(
            Clash(
                "ceilings", tuple(ids), f"The ceilings let at most {most} be given, {total - most} fewer than {total}."
            )
        )
    if reduced.rest:
        ids = [who.id for who in problem.recipients if who.fixed is None]
        text = f"The total less what is fixed is {total - reduced.fixed}, which is no multiple of the step {step}."
        clashes.append(Clash("step", tuple(ids), text))
    return clashes


def _blocked(problem: Problem, who: Recipient) -> Clash:
    least = max(who.least, problem.step)
    if who.most is not None and who.most < least:
        return Clash(
            "ceilings", (who.id,), f"{who.id} must be asked for at least {least}, but its ceiling is {who.most}."
        )
    return Clash("step", (who.id,), f"No multiple of {problem.step} lies between {least} and {who.most} for {who.id}.")


def _gap(problem: Problem, reduced: Reduced) -> Clash:
    ids = tuple(term.who.id for term in reduced.terms if term.leap)
    return Clash("gap", ids, f"{problem.total} falls between the totals that the floors can make.")


def _impossible(problem: Problem, reduced: Reduced, clashes: list[Clash]) -> Impossible:
    if reduced.blocked:
        return Impossible(tuple(clashes), None, None)

    def persons(units: int | None) -> int | None:
        return None if units is None else reduced.fixed + problem.step * units

    below, above = nearest(_uncapped(reduced), reduced.units)
    if reduced.rest:
        # The total lies between two multiples: what is above starts at the next one.
        above = nearest(_uncapped(reduced), reduced.units + 1)[1]
    return Impossible(tuple(clashes), persons(below), persons(above))


def _uncapped(reduced: Reduced) -> list[Term]:
    """Return the terms with room for one more unit than there is where no ceiling was given."""
    extra = reduced.units + 1
    return [
        term if term.who.most is not None else Term(term.who, term.low, max(term.high, extra), term.leap)
        for term in reduced.terms
    ]
