"""What sharing can end in: shared, tied, impossible, or (for outsized problems) unproven."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.apportion.problem import TieRule


@dataclass(frozen=True, slots=True)
class Shared:
    """The one best answer, proven.

    Attributes:
        numbers: Persons for every recipient, zeros too.
        settled: What a declared tie rule decided: for each id whose number was tied, its least and most over the best
            answers. Empty when there was no tie.
        rule: The tie rule that decided, or None.
    """

    numbers: Mapping[str, int]
    settled: Mapping[str, tuple[int, int]]
    rule: TieRule | None = None


@dataclass(frozen=True, slots=True)
class Tied:
    """More than one best answer, and no rule to choose.

    Attributes:
        ranges: Least and most persons over the best answers, for each id whose number is not the same in all.
        numbers: Persons for everybody else.
        places: The total less the sum of everybody's smallest number: what the tie is about.
    """

    ranges: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    places: int


@dataclass(frozen=True, slots=True)
class Clash:
    """One reason why nothing can be shared.

    Attributes:
        rule: `musts`, `ceilings`, `step` or `gap`.
        ids: Those whose bounds clash.
        text: The same as one English sentence.
    """

    rule: str
    ids: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """No answer keeps all bounds.

    Attributes:
        because: Every rule that clashes.
        nearest_below: Largest total below that can be shared, in persons, or None.
        nearest_above: Smallest total above that can be shared, in persons, or None.
    """

    because: tuple[Clash, ...]
    nearest_below: int | None
    nearest_above: int | None


@dataclass(frozen=True, slots=True)
class Unproven:
    """A good answer whose proof would cost more than the engine may spend. Never to be adopted.

    Attributes:
        numbers: Persons of the best answer found; empty if none was found.
        cost: Its sum of x^2 / claim, or None.
        bound: No answer costs less than this.
    """

    numbers: Mapping[str, int]
    cost: Fraction | None
    bound: Fraction


Outcome = Shared | Tied | Impossible | Unproven
