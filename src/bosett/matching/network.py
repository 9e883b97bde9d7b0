"""The matching as a network in whole numbers: rows of groups alike, columns of openings alike, and the arcs between.

Two groups are alike when all costs of theirs are; so are two openings of one week and kind at sites that suit every
group alike. What a former plan has named stands by itself. The last row is nobody, who takes the places left over; the
last column is no place at all, where those stand who get none. So every row and every column is used up exactly.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bosett.basis.refusals import Refusal
from bosett.matching.levels import Levels, cost_unplaced
from bosett.matching.problem import Group, Keep, Matching, Opening

Whole = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
BITS = 62
"""Sums of a level stay inside so many bits."""


class BeyondWholeNumbers(Refusal):
    """Counts or weeks are so large that their sums leave 64 bits."""

    def __init__(self, level: str) -> None:
        super().__init__(f"{level}: the sums of this level leave 64 bits; give smaller counts, or weeks counted from 0")
        self.level = level


@dataclass(frozen=True, slots=True)
class Network:
    """Rows, columns and arcs; a node is a row, or a column after all rows.

    Attributes:
        groups: The groups by code.
        openings: The openings by week, kind and site.
        row_of: The row of each group.
        column_of: The column of each opening.
        units: What of each group no lock holds.
        places: What of each opening no lock holds.
        supply: Units of each row; of nobody, places in all.
        demand: Places of each column; of no place, units in all.
        tail: The row of each arc.
        head: The column of each arc.
        room: The most that an arc can carry; more than there is, but where a former plan is kept.
        kept: Arcs on which a former plan is kept.
        costs: By level and arc.
    """

    groups: tuple[Group, ...]
    openings: tuple[Opening, ...]
    row_of: Whole
    column_of: Whole
    units: Whole
    places: Whole
    supply: Whole
    demand: Whole
    tail: Whole
    head: Whole
    room: Whole
    kept: Marks
    costs: Whole

    @property
    def nobody(self) -> int:
        """Return the row that takes the places left over."""
        return len(self.supply) - 1

    @property
    def no_place(self) -> int:
        """Return the column of those who get none."""
        return len(self.demand) - 1

    @property
    def nodes(self) -> int:
        """Return how many rows and columns there are."""
        return len(self.supply) + len(self.demand)

    def column_node(self, column: int) -> int:
        """Return the node of a column."""
        return len(self.supply) + column


def network_of(matching: Matching) -> Network:
    """Return the network of a matching; the order of its groups and openings does not matter.

    Raises:
        BeyondWholeNumbers: The sums of a level would leave 64 bits.
    """
    network = _Drawing(matching).network()
    units = max(int(network.supply[:-1].sum()), network.nodes) + 1
    for level, costs in zip(Levels._fields, network.costs, strict=True):
        if int(np.abs(costs).max(initial=0)) * units >= 1 << BITS:
            raise BeyondWholeNumbers(level)
    return network


class _Drawing:
    """A network while it is drawn: first the rows and columns, then the arcs, row by row."""

    def __init__(self, matching: Matching) -> None:
        self.matching, self.end = matching, matching.end
        self.groups = tuple(sorted(matching.groups, key=lambda group: group.code))
        self.openings = tuple(sorted(matching.openings, key=lambda opening: (opening.week, opening.kind, opening.site)))
        self.group_at = {group.code: place for place, group in enumerate(self.groups)}
        self.opening_at = {opening.where: place for place, opening in enumerate(self.openings)}
        self.site_at = {site: place for place, site in enumerate(sorted({each.site for each in self.openings}))}
        self.kind_at = {kind: place for place, kind in enumerate(sorted({each.kind for each in self.openings}))}
        self.units = _column(group.count for group in self.groups)
        self.places = _column(opening.count for opening in self.openings)
        for (code, where), count in matching.locked().items():
            self.units[self.group_at[code]] -= count
            self.places[self.opening_at[where]] -= count
        self.former = matching.former_left()
        self.misfit = self._misfit()
        self.row_of, self.column_of = self._rows(), self._columns()
        # The first of a row or a column stands for all that are like it.
        self.first_group, self.first_opening = _firsts(self.row_of), _firsts(self.column_of)
        shown = [self.openings[place] for place in self.first_opening]
        self.week = _column(opening.week for opening in shown)
        self.site = _column(self.site_at[opening.site] for opening in shown)
        self.kind = _column(self.kind_at[opening.kind] for opening in shown)
        self.arcs: list[tuple[Whole, Whole, Whole, Marks]] = []
        self.costs: list[Whole] = []

    def network(self) -> Network:
        """Draw all arcs, and return the whole."""
        units, places = int(self.units.sum()), int(self.places.sum())
        supply = _sums(self.row_of, self.units, len(self.first_group), places)
        demand = _sums(self.column_of, self.places, len(self.first_opening), units)
        nobody, no_place, unbounded = len(supply) - 1, len(demand) - 1, units + places + 1
        moved = self._moved()
        for row, position in enumerate(self.first_group):
            columns = self._usable(self.groups[position])
            self._draw(row, columns, self._costs(position, columns) + moved, unbounded)
            without = cost_unplaced(self.matching, self.groups[position], self.end)
            self._draw(row, np.array([no_place]), np.array([without]).T, unbounded)
        for (code, where), count in self.former.items():
            position, column = self.group_at[code], self.column_of[[self.opening_at[where]]]
            self._draw(int(self.row_of[position]), column, self._costs(position, column), count, kept=True)
        everywhere = np.arange(no_place + 1)
        self._draw(nobody, everywhere, np.zeros((len(Levels._fields), no_place + 1), dtype=np.int64), unbounded)
        tail, head, room, kept = (np.concatenate(parts) for parts in zip(*self.arcs, strict=True))
        return Network(
            self.groups, self.openings, self.row_of, self.column_of, self.units, self.places,
            supply, demand, tail, head, room, kept, np.concatenate(self.costs, axis=1),
        )  # fmt: skip

    def _misfit(self) -> Whole:
        """Return the misfit by group and site."""
        table = np.zeros((len(self.groups), len(self.site_at)), dtype=np.int64)
        for row, group in enumerate(self.groups):
            for site, misfit in group.misfit.items():
                if site in self.site_at:
                    table[row, self.site_at[site]] = misfit
        return table

    def _rows(self) -> Whole:
        """Return the row of each group; one that a former plan names has a row to itself."""
        alone = {code for code, _ in self.former}
        rows: dict[object, int] = {}
        keys = (
            group.code
            if group.code in alone
            else (group.size, group.waited, group.first, tuple(sorted(group.kinds.items())), misfit.tobytes())
            for group, misfit in zip(self.groups, self.misfit, strict=True)
        )
        return _column(rows.setdefault(key, len(rows)) for key in keys)

    def _columns(self) -> Whole:
        """Return the column of each opening; one that a former plan names has a column to itself."""
        alone = {self.opening_at[where] for _, where in self.former}
        sorts: dict[bytes, int] = {}
        sort_of = [sorts.setdefault(misfit.tobytes(), len(sorts)) for misfit in self.misfit.T]
        columns: dict[object, int] = {}
        keys = (
            place if place in alone else (opening.week, opening.kind, sort_of[self.site_at[opening.site]])
            for place, opening in enumerate(self.openings)
        )
        return _column(columns.setdefault(key, len(columns)) for key in keys)

    def _moved(self) -> Whole:
        """Return what a unit costs for not standing where a former plan had it, as a column of levels."""
        levels = Levels()
        if self.matching.former:
            levels = Levels(broken=1) if self.matching.keep is Keep.FIRST else Levels(changed=1)
        return np.array([levels]).T

    def _usable(self, group: Group) -> Whole:
        """Return the columns that a group may use, those without places too: their prices tell what one would save."""
        usable = np.zeros(len(self.kind_at), dtype=np.bool_)
        usable[[place for kind, place in self.kind_at.items() if kind in group.kinds]] = True
        return np.flatnonzero(usable[self.kind] & (self.week >= group.first))

    def _costs(self, position: int, columns: Whole) -> Whole:
        """Return what one unit of a group costs in each column, by level and column, when it is kept there."""
        group = self.groups[position]
        large = np.zeros(len(self.kind_at), dtype=np.int64)
        for kind, place in self.kind_at.items():
            if kind in group.kinds:
                large[place] = group.kinds[kind]
        weeks = (self.week[columns] - group.first) * group.size
        none = np.zeros_like(weeks)
        steps, misfit = large[self.kind[columns]], self.misfit[position, self.site[columns]]
        # In the order of Levels.
        return np.array([none, none, weeks, weeks * group.waited, steps, misfit, none])

    def _draw(self, row: int, columns: Whole, costs: Whole, room: int, *, kept: bool = False) -> None:
        tail, rooms = np.full_like(columns, row), np.full_like(columns, room)
        self.arcs.append((tail, columns, rooms, np.full(len(columns), kept)))
        self.costs.append(costs)


def _column(numbers: Iterable[int]) -> Whole:
    return np.fromiter(numbers, dtype=np.int64)


def _firsts(of: Whole) -> list[int]:
    """Return the first position of each row or column."""
    return [int(place) for place in np.unique(of, return_index=True)[1]]


def _sums(of: Whole, counts: Whole, size: int, last: int) -> Whole:
    """Return the sums of counts by row or column, and `last` for the one after them."""
    sums = np.zeros(size + 1, dtype=np.int64)
    np.add.at(sums, of, counts)
    sums[-1] = last
    return sums
