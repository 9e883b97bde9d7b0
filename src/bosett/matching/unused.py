"""Places that nobody used beside people who waited: what stood empty in which homes, while how many waited for them."""

from collections import Counter
from dataclasses import dataclass

from bosett.matching.outcome import Matched
from bosett.matching.problem import Group, Matching


@dataclass(frozen=True, slots=True)
class KindUse:
    """A kind of place, and those whom it suits best.

    Attributes:
        kind: The kind.
        places: Place-weeks that were open.
        unused: Of these, those that nobody was placed in.
        too_large: Of the used ones, those by units for whom it is too large.
        waiting: Units whom the kind suits best: those for whom it is the least too large.
        waited: Person-weeks that these wait in the weeks of the plan, to the end for those without a place.
    """

    kind: str
    places: int
    unused: int
    too_large: int
    waiting: int
    waited: int


@dataclass(frozen=True, slots=True)
class SizeWait:
    """Units of one size.

    Attributes:
        size: Persons in each.
        units: Units in all.
        unplaced: Those without a place.
        before: Person-weeks that they had waited when the first week came.
        waited: Person-weeks that they wait in the weeks of the plan, to the end for those without a place.
        too_large: Steps by which their homes are too large, summed.
    """

    size: int
    units: int
    unplaced: int
    before: int
    waited: int
    too_large: int


def by_kind(matching: Matching, matched: Matched) -> tuple[KindUse, ...]:
    """Return the kinds by code: every kind that is open or that somebody may use."""
    groups = {group.code: group for group in matching.groups}
    places, used, large = Counter[str](), Counter[str](), Counter[str]()
    for opening in matching.openings:
        places[opening.kind] += opening.count
    for each in matched.placements:
        used[each.kind] += each.count
        large[each.kind] += each.count if groups[each.group].kinds[each.kind] > 0 else 0
    waiting, waited = Counter[str](), Counter[str]()
    weeks = _person_weeks(matching, matched)
    for group in matching.groups:
        best = best_kind(group)
        if best is not None:
            waiting[best] += group.count
            waited[best] += weeks[group.code]
    return tuple(
        KindUse(kind, places[kind], places[kind] - used[kind], large[kind], waiting[kind], waited[kind])
        for kind in sorted(places.keys() | waiting.keys())
    )


def by_size(matching: Matching, matched: Matched) -> tuple[SizeWait, ...]:
    """Return the sizes of units, the smallest first."""
    groups = {group.code: group for group in matching.groups}
    weeks = _person_weeks(matching, matched)
    large = Counter[int]()
    for each in matched.placements:
        large[groups[each.group].size] += groups[each.group].kinds[each.kind] * each.count
    sizes: dict[int, list[Group]] = {}
    for group in matching.groups:
        sizes.setdefault(group.size, []).append(group)
    return tuple(
        SizeWait(
            size,
            sum(group.count for group in alike),
            sum(matched.unplaced[group.code] for group in alike),
            sum(group.count * size * group.waited for group in alike),
            sum(weeks[group.code] for group in alike),
            large[size],
        )
        for size, alike in sorted(sizes.items())
    )


def best_kind(group: Group) -> str | None:
    """Return the kind that suits a group best: the least too large, then the first by code; None when it has none."""
    return min(group.kinds, key=lambda kind: (group.kinds[kind], kind), default=None)


def _person_weeks(matching: Matching, matched: Matched) -> Counter[str]:
    """Return the person-weeks that each group waits in the weeks of the plan."""
    groups = {group.code: group for group in matching.groups}
    end = matching.end
    weeks = Counter({group.code: 0 for group in matching.groups})
    for each in matched.placements:
        group = groups[each.group]
        weeks[each.group] += each.count * group.size * (each.week - group.first)
    for code, count in matched.unplaced.items():
        weeks[code] += count * groups[code].size * (end - groups[code].first)
    return weeks
