"""Revision: the least change, which is the same optimum as the first sharing, with the first requests as claims.

All who were asked stay asked unless dropping is allowed; floors and locks (settled or agreed: no fewer) hold.
Source: design of Bosett, part 3. Known answer: the cut of 2020, 5 120 to 3 602 (IMDi).
"""

from collections.abc import Mapping
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule
from bosett.basis.refusals import Refusal


class LockOfNobody(Refusal):
    """A lock names a municipality that was not asked."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The lock for {code} is of no use: {code} was not asked. Check the code, or leave it out.")
        self.code = code


def revision_problem(
    first: Mapping[str, int],
    total: int,
    *,
    floor: int,
    locks: Mapping[str, int],
    may_drop: bool,
    newcomers: Mapping[str, Fraction],
    tie_rule: TieRule | None,
) -> Problem:
    """Return the sharing of a new total among those asked first.

    Args:
        first: First request by code, in persons, above 0.
        total: New total in persons.
        floor: Fewest persons if asked at all.
        locks: By code: no fewer than this many persons; a lock keeps its municipality asked.
        may_drop: Whether those without a lock may be asked for nobody.
        newcomers: Claims, in persons of the first total, of municipalities that may be taken in.
        tie_rule: What settles a tie.

    Raises:
        LockOfNobody: A lock is not for one of those asked first.
    """
    for code in locks:
        if code not in first:
            raise LockOfNobody(code)
    asked = [
        Recipient(code, Fraction(number), least=max(floor, locks.get(code, 0)), must=not may_drop or code in locks)
        for code, number in sorted(first.items())
    ]
    taken_in = [Recipient(code, claim, least=floor) for code, claim in sorted(newcomers.items()) if code not in first]
    return Problem.of(total, [*asked, *taken_in], tie_rule=tie_rule)
