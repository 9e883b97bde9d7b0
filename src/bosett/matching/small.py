"""Small groups are put together with a like one, so that no row is about a person or two.

A group with fewer units than the least goes to the likest: one whose places would all do for it too, that cannot come
before it can, and whose units are no smaller; of these one with which there are enough, then the nearest in size, then
in weeks waited, then the first by code. What is put together is counted as the group that it goes to, which may be
small itself and goes on. Units are never lost; persons may be counted as more, never as fewer. What fits nowhere is
told by its code alone.

Source: our own rule. That counts below a least number are kept back is the custom of those who publish about people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bosett.matching.problem import Group


@dataclass(frozen=True, slots=True)
class Merge:
    """A group that was put into another; how many it had is not kept."""

    small: str
    into: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Groups after merging.

    Attributes:
        groups: Those that are large enough, by code; and those that nobody waits in.
        merges: What was put together, in the order in which it was done.
        alone: Codes of the groups that are too small and like no other: their counts are neither kept nor shown.
    """

    groups: tuple[Group, ...]
    merges: tuple[Merge, ...]
    alone: tuple[str, ...]


def merge_small(groups: Iterable[Group], least: int) -> Merged:
    """Return the groups with those of fewer than `least` units put together with a like one.

    Args:
        groups: In any order; the order never changes the answer.
        least: Fewest units that may be shown.
    """
    left = {group.code: group for group in sorted(groups, key=lambda group: group.code)}
    merges: list[Merge] = []
    alone: list[str] = []
    # The smallest units first: what they are put into is met after them, with what it has got.
    for code in sorted(left, key=lambda code: (left[code].size, left[code].waited, code)):
        small = left[code]
        if not 0 < small.count < least:
            continue
        like = [each for each in left.values() if each.code != code and each.count and _would_do(small, each)]
        del left[code]
        if like:
            into = min(like, key=lambda each: (each.count + small.count < least, *_distance(small, each)))
            left[into.code] = replace(into, count=into.count + small.count)
            merges.append(Merge(code, into.code))
        else:
            alone.append(code)
    return Merged(tuple(left.values()), tuple(merges), tuple(alone))


def _distance(small: Group, other: Group) -> tuple[int, int, str]:
    return other.size - small.size, abs(other.waited - small.waited), other.code


def _would_do(small: Group, other: Group) -> bool:
    """Tell whether any place that another group may be given would do for the small one too."""
    kinds = bool(other.kinds) and set(other.kinds) <= set(small.kinds)
    return kinds and other.size >= small.size and other.first >= small.first
