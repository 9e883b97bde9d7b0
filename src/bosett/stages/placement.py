"""Placement: who can move in where, from groups that wait and places that are known.

A household gets a home of its size, and a larger one by so many sizes as are allowed. Minors and those who need an
accessible home get places of that kind alone, and nobody else gets theirs. Groups are counts: one that is too small is
put together with a like one before it is matched, so that nothing is kept or shown about a person or two.

Source: the kinds are those of the capacity reports. That a home may be a size too large, and that nobody takes a place
meant for a minor, are rules of our own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.refusals import Refusal
from bosett.basis.weeks import Week
from bosett.matching import (
    Alternative,
    Explained,
    Group,
    Keep,
    KindUse,
    Levels,
    Lock,
    Matched,
    Matching,
    Merge,
    Opening,
    Placement,
    SizeWait,
    Unplaced,
    Why,
    by_kind,
    by_size,
    explain,
    explain_unplaced,
    merge_small,
    solve,
)

PlacesKnown = Mapping[tuple[str, PlaceKind, Week], int]
"""Places by municipality, kind and week."""

BY_SIZE = ((PlaceKind.ADULT, 1), (PlaceKind.FAMILY_2_3, 3), (PlaceKind.FAMILY_4_5, 5), (PlaceKind.FAMILY_6, None))
"""The kinds of homes by the persons that they are for at most, the smallest first."""


class HouseholdKind(StrEnum):
    """Who a household is: an adult alone, a family, a minor alone by age, or anybody who needs an accessible home."""

    ADULT = "adult"
    FAMILY = "family"
    MINOR_UNDER_15 = "minor_under_15"
    MINOR_15_18 = "minor_15_18"
    ACCESSIBLE = "accessible"


EXACT: Mapping[HouseholdKind, PlaceKind] = {
    HouseholdKind.MINOR_UNDER_15: PlaceKind.MINOR_UNDER_15,
    HouseholdKind.MINOR_15_18: PlaceKind.MINOR_15_18,
    HouseholdKind.ACCESSIBLE: PlaceKind.ACCESSIBLE,
}


class BadWaitingGroup(Refusal):
    """A group that waits contradicts itself."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field}: {what}")
        self.field = field


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Households that wait and are alike.

    Attributes:
        code: Unique among the groups.
        kind: Who they are.
        size: Persons in each.
        count: Households.
        waited: Weeks that they have waited when the plan begins.
        first: The first week in which they can come; None is any.
        near: Municipalities that suit them, where kin or work is; none named is all alike.

    Raises:
        BadWaitingGroup: The size is not that of who they are.
    """

    code: str
    kind: HouseholdKind
    size: int
    count: int
    waited: int
    first: Week | None = None
    near: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        alone = self.kind not in (HouseholdKind.FAMILY, HouseholdKind.ACCESSIBLE)
        if alone and self.size != 1:
            raise BadWaitingGroup("size", f"{self.size}; one who comes alone is 1 person")
        if self.kind is HouseholdKind.FAMILY and self.size < 2:
            raise BadWaitingGroup("size", f"{self.size}; a family is 2 persons or more")


@dataclass(frozen=True, slots=True)
class MovingIn:
    """So many households of a group that move in; `reason` is why that is agreed already, else None."""

    group: str
    municipality: str
    week: Week
    kind: PlaceKind
    count: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """Where one household could move in instead, and what the whole plan would cost more.

    Attributes:
        municipality: Where; None with week and kind is no place at all.
        week: When.
        kind: The place.
        free: Whether a place is free there, so that nobody else need move.
        extra: Persons without a place, person-weeks waited and so on, that the best plan has more of.
    """

    municipality: str | None
    week: Week | None
    kind: PlaceKind | None
    free: bool
    extra: Levels


@dataclass(frozen=True, slots=True)
class MoveExplained:
    """Households that move in, with the reasons.

    Attributes:
        moving: Who, where and when.
        why: Why there.
        too_large: Sizes by which the home is too large.
        price: What one such place more would save.
        next_best: The cheapest other place; None for what is agreed already.
        earlier: The cheapest in an earlier week, or None.
        same_week: The cheapest of each other kind in that week.
    """

    moving: MovingIn
    why: Why
    too_large: int
    price: Levels
    next_best: Instead | None
    earlier: Instead | None
    same_week: tuple[Instead, ...]


@dataclass(frozen=True, slots=True)
class PlacementPlan:
    """Who can move in where.

    Attributes:
        first: The first week.
        moving: Who moves in, by group, week, kind and municipality.
        without: Who stands without a place, and who has the places that would have done.
        levels: What the plan costs.
        kinds: By kind of place: what stands unused, and who waits for it.
        sizes: By size of household: who waits, and how long.
        merges: Groups that were too small to be kept by themselves, and where they were put.
        alone: Codes of groups that are too small and like no other: they are in nothing else here.
        matching: What was matched, in the matching's own terms.
        matched: Its plan.
    """

    first: Week
    moving: tuple[MovingIn, ...]
    without: tuple[Unplaced, ...]
    levels: Levels
    kinds: tuple[KindUse, ...]
    sizes: tuple[SizeWait, ...]
    merges: tuple[Merge, ...]
    alone: tuple[str, ...]
    matching: Matching
    matched: Matched

    def explained(self, moving: Iterable[MovingIn] | None = None) -> Iterator[MoveExplained]:
        """Yield the reasons for who moves in, one at a time as they are asked for; None asks for all."""
        asked = None if moving is None else [_placement(each, self.first, {}) for each in moving]
        return (_explained(each, self.first) for each in explain(self.matching, self.matched, asked))


def plan_placement(
    waiting: Iterable[WaitingGroup],
    places: PlacesKnown,
    first: Week,
    last: Week,
    *,
    least: int,
    too_large: int,
    agreed: Iterable[MovingIn] = (),
    former: Iterable[MovingIn] = (),
    keep: Keep = Keep.LAST,
) -> PlacementPlan:
    """Return the best plan for who moves in where.

    Args:
        waiting: The groups, in any order.
        places: Known places.
        first: The first week of the plan.
        last: The last; places of other weeks are left out.
        least: Fewest households of a group that may be kept and shown.
        too_large: By how many sizes a home may be too large.
        agreed: What stands as it is, each with its reason.
        former: An earlier plan, for least change.
        keep: What the earlier plan is worth.

    Raises:
        LocksClash: What is agreed cannot be kept.
        BadMatching: A group stands more than once.
    """
    places = {key: count for key, count in places.items() if first <= key[2] <= last}
    municipalities = {municipality for municipality, _, _ in places}
    groups = [_group(each, first, municipalities, too_large) for each in waiting]
    merged = merge_small(groups, least)
    put = {merge.small: merge.into for merge in merged.merges}
    matching = Matching.of(
        merged.groups,
        (Opening(code, _weeks(first, week), str(kind), count) for (code, kind, week), count in places.items()),
        locks=(_lock(_placement(each, first, put)) for each in agreed),
        former=(_placement(each, first, put) for each in former),
        keep=keep,
        until=_weeks(first, last) + 1,
    )
    matched = solve(matching)
    return PlacementPlan(
        first=first,
        moving=tuple(_moving(each, first) for each in matched.placements),
        without=explain_unplaced(matching, matched),
        levels=matched.levels,
        kinds=by_kind(matching, matched),
        sizes=by_size(matching, matched),
        merges=merged.merges,
        alone=merged.alone,
        matching=matching,
        matched=matched,
    )


@dataclass(frozen=True, slots=True)
class LargeEnough:
    """Groups that are large enough to be kept.

    Attributes:
        groups: By code.
        merges: Groups that were too small, and where they were put.
        alone: Codes of groups that are too small and like no other: they are in nothing else here.
    """

    groups: tuple[WaitingGroup, ...]
    merges: tuple[Merge, ...]
    alone: tuple[str, ...]


def large_enough(waiting: Iterable[WaitingGroup], *, least: int, too_large: int) -> LargeEnough:
    """Return groups with those that are too small put together with a like one, so that they can be kept.

    Args:
        waiting: The groups, in any order.
        least: Fewest households of a group that may be kept and shown.
        too_large: By how many sizes a home may be too large.
    """
    by_code = {each.code: each for each in waiting}
    beginning = min((each.first for each in by_code.values() if each.first is not None), default=Week(2020, 1))
    near = frozenset(code for each in by_code.values() for code in each.near)
    merged = merge_small((_group(each, beginning, near, too_large) for each in by_code.values()), least)
    groups = tuple(replace(by_code[each.code], count=each.count) for each in merged.groups)
    return LargeEnough(groups, merged.merges, merged.alone)


def kinds_for(kind: HouseholdKind, size: int, too_large: int) -> Mapping[PlaceKind, int]:
    """Return the kinds of place for a household, with the sizes by which each is too large.

    Args:
        kind: Who the household is.
        size: Persons in it.
        too_large: The most sizes by which a home may be too large.
    """
    if kind in EXACT:
        return {EXACT[kind]: 0}
    fitting = [home for home, most in BY_SIZE if most is None or size <= most]
    return {home: sizes for sizes, home in enumerate(fitting[: too_large + 1])}


def _group(each: WaitingGroup, first: Week, municipalities: Collection[str], too_large: int) -> Group:
    return Group(
        code=each.code,
        count=each.count,
        size=each.size,
        kinds={str(kind): sizes for kind, sizes in kinds_for(each.kind, each.size, too_large).items()},
        waited=each.waited,
        first=0 if each.first is None else max(_weeks(first, each.first), 0),
        misfit=dict.fromkeys(sorted(set(municipalities) - each.near), 1) if each.near else {},
    )


def _weeks(first: Week, week: Week) -> int:
    """Return how many weeks lie between two, as the matching counts them."""
    return (week.monday - first.monday).days // 7


def _placement(each: MovingIn, first: Week, put: Mapping[str, str]) -> Placement:
    """Return the same in the matching's terms; `put` says where groups that were too small have gone."""
    group = each.group
    while group in put:
        group = put[group]
    return Placement(group, each.municipality, _weeks(first, each.week), str(each.kind), each.count, each.reason)


def _lock(each: Placement) -> Lock:
    return Lock(each.group, *each.where, each.count, each.reason or "")


def _moving(each: Placement, first: Week) -> MovingIn:
    return MovingIn(each.group, each.site, first.after(each.week), PlaceKind(each.kind), each.count, each.reason)


def _explained(each: Explained, first: Week) -> MoveExplained:
    return MoveExplained(
        moving=_moving(each.placement, first),
        why=each.why,
        too_large=each.too_large,
        price=each.price,
        next_best=_instead(each.next_best, first),
        earlier=_instead(each.earlier, first),
        same_week=tuple(_there(other, first) for other in each.same_week),
    )


def _instead(other: Alternative | None, first: Week) -> Instead | None:
    return None if other is None else _there(other, first)


def _there(other: Alternative, first: Week) -> Instead:
    if other.where is None:
        return Instead(None, None, None, free=False, extra=other.extra)
    site, week, kind = other.where
    return Instead(site, first.after(week), PlaceKind(kind), other.free, other.extra)
