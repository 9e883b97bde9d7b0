"""Why each choice was made: what stood against it, and what the next best would have cost everybody together.

An alternative is told by what the best plan costs more, level by level, when one unit stands there instead, the rest of
its group where it is, and everybody else where it is then best. That is the shortest way, through what can be changed,
from the other opening back to the one that becomes free. It is never below nothing, as the plan is the best; when it is
nothing, the two are as good, and the order of codes chose.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bosett.matching.flow import FAR, Ways, changes, shortest
from bosett.matching.levels import Levels
from bosett.matching.network import Whole, network_of
from bosett.matching.outcome import Matched
from bosett.matching.problem import Group, Keep, Matching, Placement, Where


class Why(StrEnum):
    """Why units stand where they stand.

    A lock holds them; a former plan does, which comes before all else; no place that they may use is any earlier; or
    earlier ones are taken by units for whom it is better, all in all.
    """

    LOCKED = "locked"
    KEPT = "kept"
    EARLIEST = "earliest"
    EARLIER_TAKEN = "earlier_taken"


class Precedence(StrEnum):
    """Why somebody has a place that a unit might have used.

    A lock holds it; they are of the same group; they are larger; they have waited longer; or it is better for all.
    """

    LOCKED = "locked"
    SAME_GROUP = "same_group"
    LARGER = "larger"
    LONGER = "longer"
    BEST_FOR_ALL = "best_for_all"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Where one unit could stand instead.

    Attributes:
        where: The opening; None is no place at all.
        free: Whether a place is free there, so that nobody else need move.
        extra: What the best plan costs more with one unit there.
    """

    where: Where | None
    free: bool
    extra: Levels


@dataclass(frozen=True, slots=True)
class Explained:
    """A placement with its reasons.

    Attributes:
        placement: Who stands where.
        why: The reason.
        too_large: Steps by which the home is too large.
        price: What one place more at the opening would save.
        next_best: The cheapest alternative; None for what a lock holds, and where there is none.
        earlier: The cheapest in an earlier week; None where none is there.
        same_week: The cheapest of each other kind in that week, by kind.
    """

    placement: Placement
    why: Why
    too_large: int
    price: Levels
    next_best: Alternative | None
    earlier: Alternative | None
    same_week: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Taker:
    """So many units of another group that have places which a unit might have used."""

    group: str
    count: int
    precedence: Precedence


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Units without a place.

    Attributes:
        group: Their group.
        count: How many.
        usable: Places that the group might use, in all weeks; 0 says that there is none at all.
        taken_by: Who has them, the most first, then by code; of their own group too.
    """

    group: str
    count: int
    usable: int
    taken_by: tuple[Taker, ...]


def explain(matching: Matching, matched: Matched, placements: Iterable[Placement] | None = None) -> Iterator[Explained]:
    """Yield the reasons for placements, one at a time as they are asked for.

    Args:
        matching: What was matched.
        matched: Its plan.
        placements: Those of the plan that are asked about; None is all.
    """
    reasons = _Reasons(matching, matched)
    for placement in matched.placements if placements is None else placements:
        yield reasons.of(placement)


def explain_unplaced(matching: Matching, matched: Matched) -> tuple[Unplaced, ...]:
    """Return who stands without a place and why, by code."""
    groups = {group.code: group for group in matching.groups}
    return tuple(
        _unplaced(groups, matching, matched, groups[code]) for code, count in sorted(matched.unplaced.items()) if count
    )


def _unplaced(groups: dict[str, Group], matching: Matching, matched: Matched, group: Group) -> Unplaced:
    takers: Counter[tuple[str, Precedence]] = Counter()
    for each in matched.placements:
        if group.may_use(each.week, each.kind):
            takers[each.group, _precedence(groups[each.group], group, locked=each.reason is not None)] += each.count
    ordered = sorted(takers.items(), key=lambda pair: (-pair[1], pair[0]))
    return Unplaced(
        group.code,
        matched.unplaced[group.code],
        sum(each.count for each in matching.openings if group.may_use(each.week, each.kind)),
        tuple(Taker(code, count, precedence) for (code, precedence), count in ordered),
    )


def _precedence(taker: Group, group: Group, *, locked: bool) -> Precedence:
    if locked:
        return Precedence.LOCKED
    if taker.code == group.code:
        return Precedence.SAME_GROUP
    if taker.size > group.size:
        return Precedence.LARGER
    if taker.size == group.size and taker.waited > group.waited:
        return Precedence.LONGER
    return Precedence.BEST_FOR_ALL


_Compared = tuple[Alternative | None, Alternative | None, tuple[Alternative, ...]]
"""The cheapest alternative, the cheapest of earlier weeks, and the cheapest of each other kind in the same week."""


class _Reasons:
    """A plan laid on the network, and what follows from it."""

    def __init__(self, matching: Matching, matched: Matched) -> None:
        self.matching, self.matched = matching, matched
        self.network = network_of(matching)
        self.group_at = {group.code: place for place, group in enumerate(self.network.groups)}
        self.opening_at = {opening.where: place for place, opening in enumerate(self.network.openings)}
        self.former = matching.former_left()
        self.free = self.network.places.copy()
        self.flow = self._flow()
        self.members: dict[int, list[int]] = {}
        for opening, column in enumerate(self.network.column_of.tolist()):
            self.members.setdefault(column, []).append(opening)
        # Each column is told by an opening of it: the first with a free place, else the first with places.
        self.shown = {
            column: min(alike, key=lambda each: (not self.free[each], not self.network.places[each], each))
            for column, alike in self.members.items()
        }
        self.weeks: dict[str, set[int]] = {}
        for each in matching.openings:
            if each.count:
                self.weeks.setdefault(each.kind, set()).add(each.week)
        self.compared: dict[tuple[int, int], _Compared] = {}

    def of(self, placement: Placement) -> Explained:
        group = self.network.groups[self.group_at[placement.group]]
        price = self.matched.opening_prices[placement.where]
        too_large = group.kinds[placement.kind]
        if placement.reason is not None:
            return Explained(placement, Why.LOCKED, too_large, price, None, None, ())
        here = self.opening_at[placement.where]
        row, column = int(self.network.row_of[self.group_at[group.code]]), int(self.network.column_of[here])
        if (row, column) not in self.compared:
            self.compared[row, column] = self._compared(row, column)
        next_best, earlier, same_week = self.compared[row, column]
        alike = [each for each in self.members[column] if each != here and self.free[each]]
        if alike:
            next_best = Alternative(self.network.openings[alike[0]].where, free=True, extra=Levels())
        return Explained(placement, self._why(group, placement), too_large, price, next_best, earlier, same_week)

    def _why(self, group: Group, placement: Placement) -> Why:
        if self.matching.keep is Keep.FIRST and self.former[placement.group, placement.where]:
            return Why.KEPT
        weeks = set().union(*(self.weeks.get(kind, ()) for kind in group.kinds))
        is_later = any(group.first <= week < placement.week for week in weeks)
        return Why.EARLIER_TAKEN if is_later else Why.EARLIEST

    def _compared(self, row: int, column: int) -> _Compared:
        """Return the cheapest alternatives in other columns, for a unit of a row in one."""
        columns, extras = self._extras(row, column)
        others = [
            self._alternative(other, Levels(*extra))
            for other, extra in zip(columns.tolist(), extras.T.tolist(), strict=True)
        ]
        _, week, kind = self.network.openings[self.members[column][0]].where
        by_week = [(each.where[1], each.where[2], each) for each in others if each.where is not None]
        same_week = (
            _cheapest(each for at, what, each in by_week if (at, what) == (week, other))
            for other in sorted({what for _, what, _ in by_week} - {kind})
        )
        earlier = _cheapest(each for at, _, each in by_week if at < week)
        return _cheapest(others), earlier, tuple(each for each in same_week if each is not None)

    def _alternative(self, column: int, extra: Levels) -> Alternative:
        """Return a column as an alternative."""
        if column == self.network.no_place:
            return Alternative(None, free=False, extra=extra)
        best = self.shown[column]
        return Alternative(self.network.openings[best].where, free=bool(self.free[best]), extra=extra)

    def _extras(self, row: int, column: int) -> tuple[Whole, Whole]:
        """Return the columns that a unit of a row could stand in instead of one, and what each would cost more."""
        network = self.network
        away = network.tail != row
        start, end, costs = changes(network, self.flow, network.costs, away)
        back = shortest(Ways(end, start, costs), network.column_node(column), network.nodes)
        here = np.flatnonzero(~away & (network.head == column) & (self.flow > 0))
        # Of those that stand here, the dearest is the one that would go.
        saved = network.costs[:, max(here.tolist(), key=lambda arc: tuple(network.costs[:, arc].tolist()))]
        there = np.flatnonzero(~away & (network.head != column) & (self.flow < network.room))
        there = there[back[0, network.column_node(0) + network.head[there]] < FAR]
        heads = network.head[there]
        extras = network.costs[:, there] + back[:, network.column_node(0) + heads] - saved[:, None]
        order = np.lexsort((*extras[::-1], heads))
        return heads[order], extras[:, order]

    def _flow(self) -> Whole:
        """Return the plan as units on the arcs, what locks hold taken off; and leave in `free` the places left over."""
        network = self.network
        on: Counter[tuple[int, int, bool]] = Counter()
        for each in self.matched.placements:
            if each.reason is None:
                group, opening = self.group_at[each.group], self.opening_at[each.where]
                row, column = int(network.row_of[group]), int(network.column_of[opening])
                kept = min(each.count, self.former[each.group, each.where])
                on[row, column, True] += kept
                on[row, column, False] += each.count - kept
                self.free[opening] -= each.count
        for code, count in self.matched.unplaced.items():
            on[int(network.row_of[self.group_at[code]]), network.no_place, False] += count
        left = np.zeros(len(network.demand), dtype=np.int64)
        np.add.at(left, network.column_of, self.free)
        left[-1] = network.demand[-1] - sum(self.matched.unplaced.values())
        for column, count in enumerate(left.tolist()):
            on[network.nobody, column, False] += count
        arcs = zip(network.tail.tolist(), network.head.tolist(), network.kept.tolist(), strict=True)
        return np.fromiter((on[arc] for arc in arcs), dtype=np.int64)


def _cheapest(alternatives: Iterable[Alternative]) -> Alternative | None:
    """Return the cheapest; of those that are as good the first."""
    return min(alternatives, key=lambda each: each.extra, default=None)
