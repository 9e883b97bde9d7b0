"""Groups that wait, from a table that somebody pastes or reads in: a row for each, its cells as they were written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.sources.grids import Remark, WantedColumns, find_table, rows_hidden
from bosett.sources.values import as_text

NEEDED = ("code", "kind", "size", "count", "waited")
COLUMNS = (*NEEDED, "first")


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """One row: its line in the file, from 1, and what is written in each column that was found."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WaitingTable:
    """The rows of a table, and what is left aside in it or was not to be seen."""

    groups: tuple[WrittenGroup, ...]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def read_waiting_table(name: str, content: bytes, headings: Mapping[str, Sequence[str]]) -> WaitingTable:
    """Return the rows of a table of groups.

    Args:
        name: The file's name.
        content: The file: a workbook, or text with semicolons, tabs or commas.
        headings: Accepted headings of each column, in every language.

    Raises:
        UnreadableFile: It is no such table, or one that is not to be read.
    """
    table, _ = find_table(name, content, WantedColumns(headings, ("code",), NEEDED[1:]))
    filled = [
        line for line in table.lines if not all(table.grid.blank(line, place) for place in table.columns.values())
    ]
    groups = tuple(
        WrittenGroup(
            line + table.grid.above + 1, {column: as_text(table.at(line, column)).strip() for column in table.columns}
        )
        for line in filled
    )
    return WaitingTable(groups, table.faults, (*table.notes, *rows_hidden(table, filled)))
