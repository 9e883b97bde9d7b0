"""Counts of persons in rows and columns with their sums: the input of disclosure.

Rows are a tree, such as municipalities in counties in a nation; columns lie flat beside each other, with a sum or
without. Tables of any other shape cannot be written down here, because what is promised of them would not hold: see
docs/explanation/small-counts.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from bosett.basis.refusals import Refusal

Spot = tuple[str, str]
"""Row and column of a cell."""


class BadTable(Refusal):
    """Rows, columns or counts are no table that can be protected."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row, and the row that it is a part of; None is that of all."""

    code: str
    part_of: str | None


@dataclass(frozen=True, slots=True)
class CountCell:
    """A count of persons.

    Attributes:
        row: Code of the row.
        column: Code of the column, or of the sum of all columns.
        count: Persons.
        known: The reader knows it from elsewhere: it is never hidden, and hides nothing.
        most: The reader knows that there cannot be more; None is that nothing is known.
        blank: There is no count. The reader knows that it adds nothing to a sum, and not that there is nobody; so it is
            known, and 0.
    """

    row: str
    column: str
    count: int
    known: bool = False
    most: int | None = None
    blank: bool = False

    def __post_init__(self) -> None:
        if self.blank and (self.count or not self.known):
            raise BadTable(in_words(self.spot), "it is blank: it has no persons, and the reader knows it")
        if self.count < 0:
            raise BadTable(in_words(self.spot), f"{self.count} persons; there cannot be fewer than 0")
        if self.most is not None and self.count > self.most:
            raise BadTable(
                in_words(self.spot), f"{self.count} persons, where there are known to be {self.most} at most"
            )

    @property
    def spot(self) -> Spot:
        """Return row and column."""
        return (self.row, self.column)


@dataclass(frozen=True, slots=True)
class CountTable:
    """A whole table, all sums in it.

    Attributes:
        rows: By code. One of them is that of all, and every other is a part of one.
        columns: By code.
        total: Code of the sum of all columns; None where columns are not summed.
        cells: One for every row and every column, and for the sum.

    Raises:
        BadTable: It is not of this shape, a cell is missing or stands twice, or a sum is not that of its parts.
    """

    rows: tuple[CountRow, ...]
    columns: tuple[str, ...]
    total: str | None
    cells: Mapping[Spot, CountCell]

    def __post_init__(self) -> None:
        _check_shape(self.rows, self.columns, self.total)
        asked = {(row.code, column) for row in self.rows for column in self.all_columns}
        for spot in sorted(self.cells.keys() - asked):
            raise BadTable(in_words(spot), "there is no such row or column")
        for spot in sorted(asked - self.cells.keys()):
            raise BadTable(in_words(spot), "there is no count; a cell without persons has 0")
        for spot, parts in self.sums():
            count, of_parts = self.cells[spot].count, sum(self.cells[part].count for part in parts)
            if count != of_parts:
                raise BadTable(in_words(spot), f"it says {count}, and its parts are {of_parts}")

    @classmethod
    def of(
        cls, rows: Iterable[CountRow], columns: Iterable[str], cells: Iterable[CountCell], *, total: str | None = None
    ) -> Self:
        """Build a table from any iterables, in any order; sums that are not given are added up.

        Raises:
            BadTable: As the table itself.
        """
        in_order = tuple(sorted(rows, key=lambda row: row.code))
        by_code = tuple(sorted(columns))
        _check_shape(in_order, by_code, total)
        given: dict[Spot, CountCell] = {}
        for cell in cells:
            if cell.spot in given:
                raise BadTable(in_words(cell.spot), "stands more than once; each cell stands once")
            given[cell.spot] = cell
        _add_up(given, in_order, by_code, total)
        return cls(in_order, by_code, total, given)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Return the columns, and their sum as the last."""
        return self.columns if self.total is None else (*self.columns, self.total)

    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """Return the parts of each row that has any."""
        return _parts(self.rows)

    def sums(self) -> Iterator[tuple[Spot, list[Spot]]]:
        """Return each sum with the cells that it adds up: those of rows, and those of columns."""
        for row, parts in self.parts().items():
            for column in self.all_columns:
                yield (row, column), [(part, column) for part in parts]
        if self.total is not None:
            for each in self.rows:
                yield (each.code, self.total), [(each.code, column) for column in self.columns]

    def same_shape(self, other: "CountTable") -> bool:
        """Tell whether another table has the same rows, parts and columns."""
        return (self.rows, self.columns, self.total) == (other.rows, other.columns, other.total)


def in_words(spot: Spot) -> str:
    """Return a cell in words."""
    return f"row {spot[0]}, column {spot[1]}"


def _parts(rows: Iterable[CountRow]) -> dict[str, tuple[str, ...]]:
    parts: dict[str, list[str]] = {}
    for row in rows:
        if row.part_of is not None:
            parts.setdefault(row.part_of, []).append(row.code)
    return {code: tuple(sorted(of_row)) for code, of_row in sorted(parts.items())}


def _check_shape(rows: tuple[CountRow, ...], columns: tuple[str, ...], total: str | None) -> None:
    for what, codes in (("row", [row.code for row in rows]), ("column", [*columns, *([total] if total else [])])):
        for code, times in Counter(codes).items():
            if times > 1:
                raise BadTable(f"{what} {code}", "stands more than once; a row is a part of one, and columns lie flat")
    if not columns or "" in {*columns, *(row.code for row in rows)}:
        raise BadTable("rows and columns", "each has a code, and there is one column or more")
    part_of = {row.code: row.part_of for row in rows}
    tops = sorted(code for code, above in part_of.items() if above is None)
    if len(tops) != 1:
        raise BadTable("rows", f"{len(tops)} are a part of none ({', '.join(tops)}); one row is that of all")
    for code, above in part_of.items():
        if above is not None and above not in part_of:
            raise BadTable(f"row {code}", f"it is a part of {above}, which is no row")
    parts, reached, waiting = _parts(rows), set[str](), [tops[0]]
    while waiting:
        code = waiting.pop()
        reached.add(code)
        waiting.extend(parts.get(code, ()))
    for code in sorted(part_of.keys() - reached):
        raise BadTable(f"row {code}", "it is a part of itself, by way of others; rows are a tree")


def _add_up(
    given: dict[Spot, CountCell], rows: tuple[CountRow, ...], columns: tuple[str, ...], total: str | None
) -> None:
    """Add the sums that are not given, where all their parts are there: rows from the lowest up, then columns."""
    parts = _parts(rows)
    for code in _lowest_first(parts, next(row.code for row in rows if row.part_of is None)):
        for column in columns:
            _add_one(given, (code, column), [(part, column) for part in parts.get(code, ())])
        if total is not None:
            _add_one(given, (code, total), [(code, column) for column in columns])


def _add_one(given: dict[Spot, CountCell], spot: Spot, parts: list[Spot]) -> None:
    if spot not in given and parts and all(part in given for part in parts):
        given[spot] = CountCell(*spot, sum(given[part].count for part in parts))


def _lowest_first(parts: Mapping[str, tuple[str, ...]], top: str) -> list[str]:
    from_top, waiting = [], [top]
    while waiting:
        code = waiting.pop()
        from_top.append(code)
        waiting.extend(parts.get(code, ()))
    return from_top[::-1]
