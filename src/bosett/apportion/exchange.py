"""What would have to change for one recipient to get more, and what the others would pay for it. Exact.

With the number of one recipient held at m, let R(m) be the least cost of sharing the rest among the others. For a claim
w the best number makes m^2 / w + R(m) smallest. Against the present n a larger m is as good from the claim
(m^2 - n^2) / (R(n) - R(m)) on; the smallest of these claims is found by Newton's method for ratios (Dinkelbach 1967):
share with the claim at which one m is as good as n, take what is strictly better there instead, stop when nothing is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import lcm

from bosett.apportion.outcome import Impossible, Outcome, Shared, Tied
from bosett.apportion.problem import Problem, Recipient, TieRule
from bosett.apportion.share import cost, share_out
from bosett.basis.refusals import Exit, Refusal


class NotAnswered(Refusal):
    """The problem itself has no proven answer, so there is nothing to compare with."""

    exit_code = Exit.UNPROVEN

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"The sharing ended as {type(outcome).__name__.lower()}: there is no number to explain.")
        self.outcome = outcome


class NotThere(Refusal):
    """No recipient has this id."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} is not among the recipients; check the id.")
        self.who = who


class Nothing(StrEnum):
    """Why no claim, however large, gives more."""

    CEILING = "ceiling"
    FIXED = "fixed"
    NO_ROOM = "no-room"


@dataclass(frozen=True, slots=True)
class OneMore:
    """The smallest claim that gives one recipient more, the others unchanged.

    Attributes:
        number: Persons now (the fewest, while it is tied).
        larger: Persons it is tied with at the threshold, or None when nothing gives more.
        claim: The threshold: there the larger number is as good, above it better; None when nothing gives more.
        because: Why nothing gives more, or None.
    """

    number: int
    larger: int | None = None
    claim: Fraction | None = None
    because: Nothing | None = None


def one_more(problem: Problem, who: str) -> OneMore:
    """Return the smallest claim of `who`, others unchanged, from which the best answer gives it more.

    Raises:
        NotThere: No recipient has this id.
        NotAnswered: The problem is impossible or its answer unproven.
    """
    recipient = _find(problem, who)
    outcome = share_out(problem)
    if isinstance(outcome, Tied) and who in outcome.ranges:
        low, high = outcome.ranges[who]
        return OneMore(low, high, recipient.claim)
    if not isinstance(outcome, Shared | Tied):
        raise NotAnswered(outcome)
    number = outcome.numbers[who]
    if recipient.fixed is not None:
        return OneMore(number, because=Nothing.FIXED)
    following = max(number + problem.step, -(-recipient.least // problem.step) * problem.step)
    if recipient.most is not None and following > recipient.most:
        return OneMore(number, because=Nothing.CEILING)
    now = _rest(problem, recipient, number)
    if now is None:
        raise NotAnswered(outcome)
    larger = following
    then = _rest(problem, recipient, larger)
    if then is None or then >= now:
        # No start with the next number: ask with a claim that is beyond every threshold there can be.
        others = [each.claim.numerator for each in problem.recipients]
        larger = _number(problem, recipient, Fraction(problem.total**2 * lcm(*others) + 1) + recipient.claim)
        then = _rest(problem, recipient, larger)
        if larger <= number or then is None or then >= now:
            return OneMore(number, because=Nothing.NO_ROOM)
    while True:
        claim = (larger**2 - number**2) / (now - then)
        better = _number(problem, recipient, claim)
        rest = _rest(problem, recipient, better)
        if rest is None or better**2 / claim + rest >= number**2 / claim + now:
            return OneMore(number, larger, claim)
        larger, then = better, rest


def with_number(problem: Problem, who: str, number: int) -> tuple[Outcome, Mapping[str, tuple[int, int]]]:
    """Return the best answer with `who` set to `number`, and everybody whose number changes: (before, after).

    A tie is settled by the problem's rule or, if it has none, by the larger claim, before and after alike.

    Raises:
        NotThere: No recipient has this id.
    """
    ruled = replace(problem, tie_rule=problem.tie_rule or TieRule.LARGER_CLAIM)
    before = share_out(ruled)
    after = share_out(_replaced(ruled, replace(_find(problem, who), fixed=number)))
    if not (isinstance(before, Shared) and isinstance(after, Shared)):
        return after, {}
    pairs = {each: (before.numbers[each], count) for each, count in after.numbers.items()}
    return after, {each: pair for each, pair in pairs.items() if pair[0] != pair[1]}


def _find(problem: Problem, who: str) -> Recipient:
    for each in problem.recipients:
        if each.id == who:
            return each
    raise NotThere(who)


def _replaced(problem: Problem, recipient: Recipient) -> Problem:
    recipients = tuple(recipient if each.id == recipient.id else each for each in problem.recipients)
    return replace(problem, recipients=recipients, tie_rule=problem.tie_rule or TieRule.ID)


def _number(problem: Problem, recipient: Recipient, claim: Fraction) -> int:
    """Return the recipient's number in a best answer with another claim."""
    outcome = share_out(_replaced(problem, replace(recipient, claim=claim)))
    if not isinstance(outcome, Shared):
        raise NotAnswered(outcome)
    return outcome.numbers[recipient.id]


def _rest(problem: Problem, recipient: Recipient, number: int) -> Fraction | None:
    """Return R(number), the least cost of the others; None when they cannot share the rest."""
    outcome = share_out(_replaced(problem, replace(recipient, fixed=number)))
    if isinstance(outcome, Impossible):
        return None
    if not isinstance(outcome, Shared):
        raise NotAnswered(outcome)
    return cost(outcome.numbers, (each for each in problem.recipients if each.id != recipient.id))
