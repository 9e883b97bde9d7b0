"""The problem in the engine's own units: what is fixed taken away, persons counted in steps, claims as whole pairs."""

from dataclasses import dataclass
from fractions import Fraction

from bosett.apportion.problem import Problem, Recipient


@dataclass(frozen=True, slots=True)
class Term:
    """One recipient whose number is open, counted in steps.

    The number is in low..high, or, when `leap` is set, 0 or in leap..high: a floor that may be jumped over.
    `leap` is 2 or more; without it `low` says the smallest number.

    Attributes:
        who: The recipient.
        low: Smallest number (0 when `leap` is set).
        high: Largest number.
        leap: Smallest number other than 0, or 0 when there is no gap.
    """

    who: Recipient
    low: int
    high: int
    leap: int

    @property
    def claim(self) -> Fraction:
        """Return the recipient's claim."""
        return self.who.claim

    def as_asked(self) -> "Term":
        """Return the same term with the floor taken."""
        return Term(self.who, self.leap or self.low, self.high, 0)


@dataclass(frozen=True, slots=True)
class Reduced:
    """A problem less what is fixed.

    Attributes:
        terms: The open recipients that can receive anything, in the problem's order.
        nothing: Ids of those whose bounds leave only 0.
        blocked: Recipients that must be asked but whose bounds leave no number.
        fixed: Persons fixed by hand.
        units: Steps to share, rounded down.
        rest: Persons that no step can hold (0 when the step divides).
    """

    terms: tuple[Term, ...]
    nothing: tuple[str, ...]
    blocked: tuple[Recipient, ...]
    fixed: int
    units: int
    rest: int


def reduce(problem: Problem) -> Reduced:
    """Take away the numbers set by hand, narrow the bounds to multiples of the step, and count in steps."""
    step = problem.step
    fixed = sum(who.fixed for who in problem.recipients if who.fixed is not None)
    units, rest = divmod(problem.total - fixed, step)
    terms: list[Term] = []
    nothing: list[str] = []
    blocked: list[Recipient] = []
    for who in problem.recipients:
        if who.fixed is not None:
            continue
        least = -(-who.least // step)
        # Without a ceiling nobody can get more than there is; the least stays reachable, so that a total which is too
        # small is told apart from a ceiling which is too low.
        most = max(units, least, 1) if who.most is None else who.most // step
        if who.must:
            low = max(least, 1)
            if most < low:
                blocked.append(who)
            else:
                terms.append(Term(who, low, most, 0))
        elif most < max(least, 1):
            nothing.append(who.id)
        else:
            terms.append(Term(who, 0, most, least if least > 1 else 0))
    return Reduced(tuple(terms), tuple(nothing), tuple(blocked), fixed, units, rest)
