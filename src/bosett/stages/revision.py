"""Revision: the least change, which is the same optimum as the first sharing, with the first requests as claims.

All who were asked stay asked unless dropping is allowed; floors and locks (settled or agreed: no fewer) hold. Beside it
stand other ways that a new total can be shared among the same: by what is left, by decisions, by capacity.
Source: design of Bosett, part 3. Known answer: the cut of 2020, 5 120 to 3 602 (IMDi).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
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
    step: int = 1,
    ask_all: bool = False,
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
        step: Every number is a multiple of this.
        ask_all: Whether all of those that may be taken in are.

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
    taken_in = [
        Recipient(code, claim, least=floor, must=ask_all)
        for code, claim in sorted(newcomers.items())
        if code not in first
    ]
    return Problem.of(total, [*asked, *taken_in], step=step, tie_rule=tie_rule)


class RevisionWay(StrEnum):
    """By what a new total is shared among those asked: the ways that are laid side by side."""

    FIRST = "first"
    LEFT = "left"
    DECIDED = "decided"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class AskedNow:
    """What is known of a municipality that is asked, in persons.

    Attributes:
        request: What it is asked for now; above 0.
        locked: Settled or agreed already, or more by hand: it gets no fewer.
        decided: What it has decided; 0 is a no, None is not known.
        capacity: How many it can take in the year in all, with those settled; None is not reported.
        is_hidden: Whether it has decided, and its publisher hides how many.
    """

    request: int
    locked: int = 0
    decided: int | None = None
    capacity: int | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class RevisionRules:
    """The new total and what every way keeps to.

    Attributes:
        total: Persons.
        floor: Fewest persons if asked at all; one that was asked for fewer keeps what it was asked for in a cut.
        step: Every number is a multiple of this, but those that are fixed.
        may_drop: Whether those with nobody settled or agreed may be asked for nobody.
        ask_all: Whether all of those that may be taken in with a rise are.
        tie_rule: What settles a tie; None tells it.
    """

    total: int
    floor: int
    step: int = 1
    may_drop: bool = False
    ask_all: bool = False
    tie_rule: TieRule | None = None


@dataclass(frozen=True, slots=True)
class RevisionProblem:
    """A sharing of what comes on top of a base.

    Attributes:
        problem: The sharing; its numbers come on top.
        base: By code, what each has before anything is shared, in persons; those not named have 0.
    """

    problem: Problem
    base: Mapping[str, int]


def problem_of(
    way: RevisionWay, asked: Mapping[str, AskedNow], rules: RevisionRules, newcomers: Mapping[str, Fraction]
) -> RevisionProblem:
    """Return the sharing of a new total in one of the ways.

    In a cut nobody gets more than asked for, in a rise nobody fewer, but for the locks. By the request it is the least
    change. By what is left, each keeps those locked and the rest is shared over what is left of the requests. By
    decisions, who has answered counts with that and a no takes the fewest that may be asked for; where the decision is
    not known, the request counts. By capacity, a cut is borne by those with room for fewest, and a rise is shared over
    room beyond the request; who has not reported counts with the request in a cut and gets nothing on top in a rise, as
    room that nobody has told of is not known.

    Args:
        way: Which.
        asked: By code, those asked now.
        rules: The new total, and what is kept to.
        newcomers: Claims, in persons of the first total, of municipalities that are taken in with a rise; in a cut
            nobody is.

    Raises:
        BadProblem: The rules make no sense.
    """
    asked_for = sum(each.request for each in asked.values())
    is_cut = rules.total < asked_for
    shares = {code: _share(way, each, rules.step, is_cut=is_cut) for code, each in sorted(asked.items())}
    base = {code: share.base for code, share in shares.items() if share.base}
    recipients = [_on_top(code, asked[code], share, rules, is_cut=is_cut) for code, share in shares.items()]
    if rules.total > asked_for:
        recipients += [
            Recipient(code, claim, least=rules.floor, must=rules.ask_all) for code, claim in sorted(newcomers.items())
        ]
    left = rules.total - sum(base.values())
    if left < 0:  # the bases alone are more: told as a clash of musts, with the nearest total that works
        musts = [Recipient(code, Fraction(1), least=number, must=True) for code, number in base.items()]
        return RevisionProblem(Problem.of(rules.total, musts, step=rules.step), {})
    return RevisionProblem(Problem.of(left, recipients, step=rules.step, tie_rule=rules.tie_rule), base)


@dataclass(frozen=True, slots=True)
class _Share:
    """What a municipality's part is shared by, above a base; a claim of 0 takes no part."""

    claim: Fraction
    base: int = 0
    room: int | None = None


def _share(way: RevisionWay, each: AskedNow, step: int, *, is_cut: bool) -> _Share:
    if way is RevisionWay.FIRST:
        return _Share(Fraction(each.request))
    if way is RevisionWay.LEFT:
        return _Share(Fraction(max(each.request - each.locked, 0)), _in_steps(each.locked, step))
    if way is RevisionWay.DECIDED:
        return _Share(Fraction(each.request if each.decided is None else each.decided))
    if is_cut:
        return _Share(Fraction(each.request if each.capacity is None else min(each.capacity, each.request)))
    base = _in_steps(max(each.request, each.locked), step)
    room = 0 if each.capacity is None else max(each.capacity - base, 0)
    return _Share(Fraction(room), base, room)


def _in_steps(number: int, step: int) -> int:
    """Return the smallest multiple of a step that is no less than a number."""
    return -(-number // step) * step


def _on_top(code: str, each: AskedNow, share: _Share, rules: RevisionRules, *, is_cut: bool) -> Recipient:
    """Return a recipient of what comes on top of its base, with the bounds of the whole number moved down by it."""
    least = max(each.locked, min(rules.floor, each.request) if is_cut else each.request)
    stays = each.locked > 0 or not is_cut or not rules.may_drop
    if not share.claim:
        return Recipient(code, Fraction(1), fixed=max(least - share.base, 0) if stays else 0)
    tops = [max(each.request - share.base, least - share.base, 0)] if is_cut else []
    tops += [] if share.room is None else [share.room]
    return Recipient(
        code,
        share.claim,
        least=max(least - share.base, 0),
        most=min(tops) if tops else None,
        must=stays and least > share.base,
    )
