"""What a plan costs, level by level in strict order: less of an earlier level is worth any amount of a later one.

The levels are never weighed against each other, so they are kept apart: each cost, and each price, is one whole number
for each level, and the first in which two differ decides. That is how Python compares tuples.
"""

from collections.abc import Iterable
from typing import NamedTuple

from bosett.matching.problem import Group, Keep, Matching, Where


class Levels(NamedTuple):
    """One number for each level, the weightiest first.

    Attributes:
        broken: Units that do not stand where a former plan had them, when that comes before all else; else 0.
        unplaced: Persons without a place.
        waited: Person-weeks from the first week in which a group can come until it does; who gets no place waits until
            the end of the plan.
        turn: The same, times the weeks that each has waited before: of two who could change places, the one that has
            waited longer goes first.
        too_large: Steps by which homes are too large.
        misfit: Misfit of the sites.
        changed: As `broken`, when a former plan decides only among equals; else 0.
    """

    broken: int = 0
    unplaced: int = 0
    waited: int = 0
    turn: int = 0
    too_large: int = 0
    misfit: int = 0
    changed: int = 0

    def plus(self, other: "Levels", times: int = 1) -> "Levels":
        """Return the sum, level by level, with the other so many times."""
        return Levels(*(one + times * more for one, more in zip(self, other, strict=True)))

    def less(self, other: "Levels") -> "Levels":
        """Return the difference, level by level."""
        return self.plus(other, -1)


NOTHING = Levels()


def cost_at(matching: Matching, group: Group, where: Where, *, kept: bool = False) -> Levels:
    """Return what one unit of a group costs at an opening; `kept` says that a former plan had it there."""
    site, week, kind = where
    weeks = week - group.first
    broken, changed = _moved(matching, kept=kept)
    return Levels(
        broken=broken,
        unplaced=0,
        waited=group.size * weeks,
        turn=group.size * weeks * group.waited,
        too_large=group.kinds[kind],
        misfit=group.misfit.get(site, 0),
        changed=changed,
    )


def cost_unplaced(matching: Matching, group: Group, end: int) -> Levels:
    """Return what one unit of a group costs without a place, when the week after the last is `end`."""
    weeks = end - group.first
    broken, changed = _moved(matching, kept=False)
    return Levels(broken, group.size, group.size * weeks, group.size * weeks * group.waited, 0, 0, changed)


def total(matching: Matching, counts: Iterable[tuple[str, Where, int]]) -> Levels:
    """Return what a plan costs in all.

    Args:
        matching: What was to be matched.
        counts: Group, opening and units; each pair once, with those that are locked there.
    """
    groups = {group.code: group for group in matching.groups}
    left = {group.code: group.count for group in matching.groups}
    former, locked, end = matching.former_left(), matching.locked(), matching.end
    levels = NOTHING
    for code, where, count in counts:
        # A unit that is locked is as good as kept.
        kept = min(former[code, where] + locked[code, where], count)
        levels = levels.plus(cost_at(matching, groups[code], where, kept=True), kept)
        levels = levels.plus(cost_at(matching, groups[code], where), count - kept)
        left[code] -= count
    for code, count in left.items():
        levels = levels.plus(cost_unplaced(matching, groups[code], end), count)
    return levels


def _moved(matching: Matching, *, kept: bool) -> tuple[int, int]:
    if kept or not matching.former:
        return 0, 0
    return (1, 0) if matching.keep is Keep.FIRST else (0, 1)
