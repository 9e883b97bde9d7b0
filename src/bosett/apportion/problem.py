"""What is to be shared, and among whom: the engine's input.

Knows nothing of refugees or municipalities: recipients have an id, an exact claim and bounds, and get whole persons.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import Self, TypeVar

from bosett.basis.refusals import Refusal

Item = TypeVar("Item")


class BadProblem(Refusal):
    """The problem cannot be posed: a claim, a bound or a total makes no sense."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


class TieRule(StrEnum):
    """How a tie is settled when the criteria declare it beforehand."""

    LARGER_CLAIM = "larger-claim"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who may receive.

    Attributes:
        id: Unique within the problem.
        claim: Exact weight in the sharing, above 0; the unit cancels out.
        least: Fewest persons if asked at all; 0 or 1 means no floor.
        most: Ceiling in persons, or None.
        must: Asked in any case, so receives at least max(least, step).
        fixed: Number set by hand in persons, or None; overrides least, most, must and step.
    """

    id: str
    claim: Fraction
    least: int = 0
    most: int | None = None
    must: bool = False
    fixed: int | None = None

    def __post_init__(self) -> None:
        if self.claim.numerator <= 0:
            raise BadProblem(f"recipient {self.id}", f"the claim is {self.claim}; a claim must be above 0")
        if self.least < 0 or (self.most is not None and self.most < 0) or (self.fixed is not None and self.fixed < 0):
            raise BadProblem(f"recipient {self.id}", "least, most and fixed count persons and cannot be below 0")


@dataclass(frozen=True, slots=True)
class Problem:
    """A total of whole persons to share among recipients.

    Attributes:
        total: Persons to share, 0 or more.
        recipients: In any order; the order never changes the answer.
        step: Every number that is not fixed by hand is a multiple of this many persons.
        tie_rule: What settles a tie; None reports the tie.
    """

    total: int
    recipients: tuple[Recipient, ...]
    step: int = 1
    tie_rule: TieRule | None = None

    def __post_init__(self) -> None:
        if self.total < 0:
            raise BadProblem("total", f"{self.total} persons cannot be shared; give 0 or more")
        if self.step < 1:
            raise BadProblem("step", f"{self.step} is no step; give 1 or more")
        if len({who.id for who in self.recipients}) < len(self.recipients):
            seen: set[str] = set()
            twice = next(who.id for who in self.recipients if who.id in seen or seen.add(who.id))  # type: ignore[func-returns-value]
            raise BadProblem(f"recipient {twice}", "the id stands more than once; each recipient stands once")

    @classmethod
    def of(cls, total: int, recipients: Iterable[Recipient], *, step: int = 1, tie_rule: TieRule | None = None) -> Self:
        """Build a problem from any iterable of recipients."""
        return cls(total=total, recipients=tuple(recipients), step=step, tie_rule=tie_rule)


def falling(items: Iterable[Item], claim: Callable[[Item], Fraction]) -> list[Item]:
    """Return the items by falling claim; equal claims keep their order.

    Sorted by whole numbers first, as comparing fractions is slow, and by fractions only where those are equal.
    """
    pairs = [(item, *claim(item).as_integer_ratio()) for item in items]
    rounded = sorted((-((over << 64) // under), place) for place, (_, over, under) in enumerate(pairs))
    out: list[Item] = []
    for _, run in groupby(rounded, key=itemgetter(0)):
        alike = [pairs[place] for _, place in run]
        if len(alike) > 1 and len({pair[1:] for pair in alike}) > 1:
            alike.sort(key=lambda pair: -claim(pair[0]))
        out += [pair[0] for pair in alike]
    return out


def claim_order(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Return the recipients by falling claim, then by id as text."""
    return falling(sorted(recipients, key=lambda who: who.id), lambda who: who.claim)


def tie_order(problem: Problem) -> list[Recipient]:
    """Return the recipients in the order in which the problem's tie rule serves them (by id when there is none)."""
    if problem.tie_rule is TieRule.LARGER_CLAIM:
        return claim_order(problem.recipients)
    return sorted(problem.recipients, key=lambda who: who.id)
