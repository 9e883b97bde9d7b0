"""The links between structures: which code became which, as one step at a time.

Source: the shipped table `municipality_changes` (KMD; SSB, Klass 131). Nothing here knows names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from bosett.basis.structures import Structure
from bosett.basis.tables import table


class ChangeKind(StrEnum):
    """What happened to a municipality."""

    UNCHANGED = "unchanged"
    RENUMBERED = "renumbered"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """One end of a link.

    Attributes:
        code: The code at the other end.
        weight: The part of the old municipality's people that follows the link; None when there is no official one.
        kind: What happened to the old municipality.
    """

    code: str
    weight: Fraction | None
    kind: ChangeKind


Links = Mapping[str, tuple[LinkEnd, ...]]


@cache
def forward(end: Structure) -> Links:
    """Return what each code of the structure before `end` became in `end`, in order of code."""
    return _links(end, "old_code", "new_code")


@cache
def backward(end: Structure) -> Links:
    """Return what each code of `end` was in the structure before it, in order of code."""
    return _links(end, "new_code", "old_code")


def steps(start: Structure, end: Structure) -> tuple[Structure, ...]:
    """Return the structures to step into on the way from `start` to a later `end`; none when they are the same."""
    return tuple(structure for structure in Structure if start < structure <= end)


def follow(code: str, links: tuple[Links, ...]) -> tuple[LinkEnd, ...]:
    """Follow a code through several steps; weights multiply and add up, and one without a weight leaves none."""
    ends = {code: LinkEnd(code, Fraction(1), ChangeKind.UNCHANGED)}
    for step in links:
        reached: dict[str, LinkEnd] = {}
        for part in ends.values():
            for link in step[part.code]:
                before = reached.get(link.code)
                weight = _times(part.weight, link.weight)
                reached[link.code] = LinkEnd(
                    link.code,
                    weight if before is None else _plus(before.weight, weight),
                    _weightier(part.kind, link.kind) if before is None else _weightier(before.kind, link.kind),
                )
        ends = reached
    return tuple(ends[reached_code] for reached_code in sorted(ends))


def _links(end: Structure, near: str, far: str) -> Links:
    ends: dict[str, list[LinkEnd]] = {}
    for row in table("municipality_changes"):  # sorted by old code, then new code
        if row["valid_from"] == f"{end.value}-01-01":
            weight = Fraction(row["weight"]) if row["weight"] else None
            ends.setdefault(row[near], []).append(LinkEnd(row[far], weight, ChangeKind(row["kind"])))
    return MappingProxyType({code: tuple(sorted(parts, key=lambda part: part.code)) for code, parts in ends.items()})


def _times(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one * other


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _weightier(one: ChangeKind, other: ChangeKind) -> ChangeKind:
    """Of two kinds on one way, the one that says more: a split over a merger, a merger over a new number."""
    order = tuple(ChangeKind)
    return max(one, other, key=order.index)
