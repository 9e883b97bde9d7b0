"""What protecting ends in: which cells are hidden and why, and for each a second table that fits all that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bosett.basis.refusals import Exit, Refusal
from bosett.disclosure.table import BadTable, CountTable, Spot


class Hiding(StrEnum):
    """Why a cell is hidden.

    It is small; it was small in an earlier release; it would give another away; it is likely to become small, and was
    hidden at no cost; or its level is not shown. Only of the last it is not promised that nobody can reckon it.
    """

    SMALL = "small"
    KEPT = "kept"
    EXTRA = "extra"
    FORESEEN = "foreseen"
    ABOVE = "above"


_SMALL = frozenset({Hiding.SMALL, Hiding.KEPT})


class Coarsening(StrEnum):
    """Why the parts of a row are not shown: an old witness would break, or nothing else could hide a cell."""

    WITNESS = "witness"
    NO_WAY = "no_way"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is small, and how well it is hidden.

    Attributes:
        least: Fewest persons of a cell that is shown as it is; fewer, but not 0, are hidden.
        width: The two tables of a witness differ by so many persons, in each cell that they hide.
        rising: The reader knows that no count gets lower from one release to the next, as in what has been so far.
    """

    least: int
    width: int
    rising: bool = True

    def __post_init__(self) -> None:
        if self.least < 1 or self.width < 1:
            raise BadTable("terms", f"least {self.least} and width {self.width}; both are 1 or more")


@dataclass(frozen=True, slots=True)
class Witness:
    """Two tables that agree in all that is shown, in every release that they are about, and differ in some cells.

    One is the table as it is. In the other each cell is higher by its move, in each of these releases by the same; so
    what is added from one release to the next is the same in both. It tells what is hidden, and is never published.

    Attributes:
        first: The first release that it is about; the first of a year is 0.
        last: The last; None while it is in force.
        moves: By cell how much higher the other table is; below 0 is lower. Cells that are alike are left out.
    """

    first: int
    last: int | None
    moves: Mapping[Spot, int]

    def is_about(self, release: int) -> bool:
        """Tell whether a release is one of those that it is about."""
        return self.first <= release and (self.last is None or release <= self.last)

    def tables(self, table: CountTable) -> tuple[Mapping[Spot, int], Mapping[Spot, int]]:
        """Return both tables, as whole numbers, for the table of one release."""
        counts = {spot: cell.count for spot, cell in table.cells.items()}
        return counts, {
            spot: count + self.moves[spot] if spot in self.moves else count for spot, count in counts.items()
        }


@dataclass(frozen=True, slots=True)
class Protected:
    """A release: a table, what of it is hidden, and what shows that it stays so.

    Attributes:
        release: Its number in the year, from 0.
        terms: What it was hidden by.
        table: The table as it is, with what is hidden.
        hidden: Why each hidden cell is: the pattern.
        witnesses: Those of this release and of all before it.
        coarse: By row, why its parts are not shown any more.
    """

    release: int
    terms: Terms
    table: CountTable
    hidden: Mapping[Spot, Hiding]
    witnesses: tuple[Witness, ...]
    coarse: Mapping[str, Coarsening]

    @property
    def shown(self) -> Mapping[Spot, int]:
        """Return what may be published: the count of each cell that is not hidden."""
        return {spot: cell.count for spot, cell in self.table.cells.items() if spot not in self.hidden}

    @property
    def extra(self) -> tuple[Spot, ...]:
        """Return the cells that are hidden only because they would give others away, by row and column."""
        return tuple(sorted(spot for spot, hiding in self.hidden.items() if hiding is Hiding.EXTRA))

    @property
    def needed_in_rows(self) -> int:
        """Return the fewest cells that any pattern hides for others: one in each lowest row with one small column.

        Were all that stands beside it shown, its persons would all be told to be in that column. So no choice of a
        pattern, however clever, has fewer `extra` cells than this.
        """
        with_parts, columns = self.table.parts(), self.table.columns
        return sum(
            self._needs_another({column: self.hidden.get((row.code, column)) for column in columns}, row.code)
            for row in self.table.rows
            if row.code not in with_parts and self.table.total is not None
        )

    def _needs_another(self, why: Mapping[str, Hiding | None], row: str) -> bool:
        small = {column for column, hiding in why.items() if hiding in _SMALL}
        others = why.keys() - small
        hidden_anyway = any(why[column] in {Hiding.FORESEEN, Hiding.ABOVE} for column in others)
        all_blank = all(self.table.cells[row, column].blank for column in others)
        return len(small) == 1 and not hidden_anyway and not all_blank

    def witness_of(self, spot: Spot) -> Witness | None:
        """Return the witness in force whose tables are farthest apart in a cell, the first of such, or None."""
        in_force = [each for each in self.witnesses if each.last is None and spot in each.moves]
        return max(in_force, key=lambda each: abs(each.moves[spot]), default=None)


class NothingHides(Refusal):
    """A cell cannot be hidden: nothing at its own level and nothing above could be otherwise."""

    exit_code = Exit.IMPOSSIBLE

    def __init__(self, spots: tuple[Spot, ...]) -> None:
        first = spots[0]
        super().__init__(
            f"row {first[0]}, column {first[1]}: no other table fits what would be shown, even with all rows below "
            f"the top left out ({len(spots)} such cells). Put columns together, or wait for a later release"
        )
        self.spots = spots
