"""A revision in every way that it can be made, side by side: what each municipality gets, why, and who bears it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bosett.apportion import Impossible, Outcome, Shared, share_out
from bosett.stages.revision import AskedNow, RevisionProblem, RevisionRules, RevisionWay, problem_of

_NONE = Fraction(0)


class RevisionBound(StrEnum):
    """What made a number, in the order in which it is told when several did."""

    NEW = "new"  # not asked before
    DROPPED = "dropped"
    LOCKED = "locked"  # settled or agreed
    FLOOR = "floor"
    KEPT = "kept"  # what it was asked for: no more in a cut, no fewer in a rise
    ROOM = "room"  # no more than it has told that it can take
    SHARED = "shared"  # its part of what is shared, to the nearest that may be asked for


@dataclass(frozen=True, slots=True)
class RevisedNumber:
    """What a municipality gets in a way.

    Attributes:
        number: Persons.
        exact: Its part by claim alone, of all that is shared, in persons; with what it has before.
        bound: What made the number.
        idle: Places that it has decided and is not asked to fill, in persons; None when its decision is not known.
    """

    number: int
    exact: Fraction
    bound: RevisionBound
    idle: int | None


@dataclass(frozen=True, slots=True)
class RevisionOption:
    """A way, and what comes of it.

    Attributes:
        way: Which.
        outcome: How the sharing ended; only when it is shared are there numbers.
        numbers: By code, of all who were asked and those taken in.
        moved: Persons by which the numbers differ from the requests, in all.
        changed: Municipalities whose number changes.
        largest_cut: The largest part of a request that is taken away; 0 when none is.
        idle: Places that were decided and are not asked for, in persons, of those whose decision is known.
        nearest: The nearest totals below and above that can be shared so, where this one cannot; None is none.
    """

    way: RevisionWay
    outcome: Outcome
    numbers: Mapping[str, RevisedNumber]
    moved: int
    changed: int
    largest_cut: Fraction
    idle: int
    nearest: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class BorneBy:
    """What a group of municipalities bears, in persons: what was asked for, what is now, and what stands idle.

    `unanswered` counts those whose decision is not known.
    """

    before: int
    after: int
    idle: int
    unanswered: int


def revision_option(
    way: RevisionWay, asked: Mapping[str, AskedNow], rules: RevisionRules, newcomers: Mapping[str, Fraction]
) -> RevisionOption:
    """Return a revision in one way.

    Args:
        way: Which.
        asked: By code, those asked now.
        rules: The new total, and what every way keeps to.
        newcomers: Claims, in persons of the first total, of municipalities that are taken in with a rise.

    Raises:
        BadProblem: The rules make no sense.
    """
    revised = problem_of(way, asked, rules, newcomers)
    outcome = share_out(revised.problem)
    numbers = _numbers(revised, outcome, asked, rules) if isinstance(outcome, Shared) else {}
    before = {code: each.request for code, each in asked.items()}
    changes = {code: each.number - before.get(code, 0) for code, each in numbers.items()}
    return RevisionOption(
        way=way,
        outcome=outcome,
        numbers=numbers,
        moved=sum(map(abs, changes.values())),
        changed=sum(change != 0 for change in changes.values()),
        largest_cut=max(
            (Fraction(-change, before[code]) for code, change in changes.items() if change < 0), default=_NONE
        ),
        idle=sum(each.idle or 0 for each in numbers.values()),
        nearest=_nearest(revised, outcome),
    )


def _nearest(revised: RevisionProblem, outcome: Outcome) -> tuple[int | None, int | None]:
    if not isinstance(outcome, Impossible):
        return None, None
    base = sum(revised.base.values())
    below, above = outcome.nearest_below, outcome.nearest_above
    return None if below is None else base + below, None if above is None else base + above


def borne_by(
    option: RevisionOption, asked: Mapping[str, AskedNow], group_of: Mapping[str, str]
) -> Mapping[str, BorneBy]:
    """Return what each group bears, by its name: counties, or sizes of municipalities.

    Args:
        option: A way that is shared.
        asked: By code, those asked now.
        group_of: By code, the group's name; who is not in it is left out.
    """
    groups: dict[str, list[str]] = {}
    for code in option.numbers:
        if code in group_of:
            groups.setdefault(group_of[code], []).append(code)
    return {name: _borne(option, asked, groups[name]) for name in sorted(groups)}


def _borne(option: RevisionOption, asked: Mapping[str, AskedNow], codes: Iterable[str]) -> BorneBy:
    numbers = {code: option.numbers[code] for code in codes}
    return BorneBy(
        before=sum(asked[code].request for code in numbers if code in asked),
        after=sum(each.number for each in numbers.values()),
        idle=sum(each.idle or 0 for each in numbers.values()),
        unanswered=sum(each.idle is None for each in numbers.values()),
    )


def _numbers(
    revised: RevisionProblem, outcome: Shared, asked: Mapping[str, AskedNow], rules: RevisionRules
) -> Mapping[str, RevisedNumber]:
    claims = {who.id: Fraction(0) if who.fixed is not None else who.claim for who in revised.problem.recipients}
    whole = sum(claims.values(), start=Fraction(0))
    numbers = {}
    for code, claim in claims.items():
        base = revised.base.get(code, 0)
        number = base + outcome.numbers[code]
        exact = base + (revised.problem.total * claim / whole if whole else Fraction(0))
        known = asked.get(code)
        idle = None if known is None or known.decided is None else max(known.decided - number, 0)
        numbers[code] = RevisedNumber(number, exact, _bound(known, number, exact, rules), idle)
    return numbers


def _bound(known: AskedNow | None, number: int, exact: Fraction, rules: RevisionRules) -> RevisionBound:
    """Return what made a number: the bound that it lies at, on the side from which its part was moved there."""
    if known is None:
        return RevisionBound.NEW
    if not number:
        return RevisionBound.DROPPED
    was_raised, was_lowered = number - exact >= rules.step, exact - number >= rules.step
    if was_raised and known.locked and number - known.locked < rules.step:
        return RevisionBound.LOCKED
    if was_raised and number - min(rules.floor, known.request) < rules.step:
        return RevisionBound.FLOOR
    if (was_raised or was_lowered) and number == known.request:
        return RevisionBound.KEPT
    if was_lowered and known.capacity is not None and 0 <= known.capacity - number < rules.step:
        return RevisionBound.ROOM
    return RevisionBound.SHARED
