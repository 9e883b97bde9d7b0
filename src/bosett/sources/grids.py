"""A table in a file from outside: cells by row and column, and the columns that its headings name.

One reader for every list that comes as CSV or workbook: a county's sheet, locks, addresses. It knows the code pages and
separators that programs save with, what else may stand above the headings, and what is hidden in a workbook.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from bosett.documents.county_sheet import plain
from bosett.geography.name_matching import fold
from bosett.sources.limits import MOST_COLUMNS, MOST_ROWS, UnreadableFile, column_name
from bosett.sources.spoiled_text import strange
from bosett.sources.values import Raw, as_text
from bosett.sources.workbooks import read_workbook

HEADING_WITHIN = 30
"""Rows from the top within which the headings stand."""
STRANGE = "letters_strange"
"""What is told when letters look spoiled: it is to be seen before anything is stored."""

_SAFE = re.compile(r"'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_SEPARATOR = re.compile(r"sep=([;,\t|])\r?(?:\n|$)|sep=([;,\t|])\r", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OF_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell is: the sheet (empty in CSV), and row and column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it: H12."""
        return f"{column_name(self.column)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong, or worth knowing, in a file: a code that words are found by, its facts, and where."""

    code: str
    facts: Mapping[str, object]
    place: CellPlace | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet.

    Attributes:
        sheet: Its name, empty in CSV.
        rows: Its cells; a row may end early.
        marks: By row and column: `error`, or `uncounted` for a formula that is not worked out.
        hidden_rows: Rows that whoever opens the file does not see.
        hidden_columns: The same of columns.
        hidden: Whether the sheet itself is not seen.
        texts: Whether an apostrophe before what looks like a formula is our own.
        above: Lines of the file that a spreadsheet program does not show.
    """

    sheet: str
    rows: Sequence[Sequence[Raw]]
    marks: Mapping[tuple[int, int], str]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    texts: bool = False
    above: int = 0

    def at(self, row: int, column: int) -> Raw:
        """Return a cell; one beyond the row's end is blank."""
        line = self.rows[row]
        cell = line[column] if column < len(line) else ""
        if isinstance(cell, str):
            cell = plain(cell)
            return cell[1:] if self.texts and _SAFE.match(cell) else cell
        return cell

    def blank(self, row: int, column: int) -> bool:
        """Return whether a cell holds nothing."""
        return self.at(row, column) in (None, "")


@dataclass(frozen=True, slots=True)
class WantedColumns:
    """The columns that are looked for.

    Attributes:
        headings: Accepted headings by column, in every language.
        keys: Columns that say whom a row is about: one of them must stand in the row of headings.
        needed: Other columns that must; when there are none, any other does.
    """

    headings: Mapping[str, Sequence[str]]
    keys: Sequence[str]
    needed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class GridTable:
    """A row of headings and what stands beneath.

    Attributes:
        grid: The sheet.
        head: Its row of headings.
        columns: Where each column that was found is.
        faults: What is wrong with the headings.
        notes: What is left aside, or was not to be seen.
    """

    grid: Grid
    head: int
    columns: Mapping[str, int]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]

    @property
    def lines(self) -> range:
        """The rows beneath the headings."""
        return range(self.head + 1, len(self.grid.rows))

    def at(self, line: int, column: str) -> Raw:
        """Return the cell of a column that was found."""
        return self.grid.at(line, self.columns[column])

    def place(self, line: int, column: str) -> CellPlace:
        """Return where that cell is."""
        return CellPlace(self.grid.sheet, line, self.columns[column])


def find_table(
    name: str, content: bytes, wanted: WantedColumns, own: str = "", most_rows: int = MOST_ROWS
) -> tuple[GridTable, Grid | None]:
    """Return the table of a file, and the workbook's sheet of our own when it has one.

    Args:
        name: The file's name: tells a workbook with macros or of another kind.
        content: The file.
        wanted: The columns that are looked for.
        own: Name of a sheet that is no table, hidden or not.
        most_rows: Rows that text may have; a workbook has the limits of any workbook.

    Raises:
        UnreadableFile: It is no such file, has no such table or more than one, or is not to be read.
    """
    kind = name.rpartition(".")[2].lower()
    if kind in ("xlsm", "xltm"):
        raise UnreadableFile("macros")
    if content.startswith(_OF_WORKBOOKS) or kind == "xlsx":
        return _in_workbook(content, wanted, own)
    if kind in ("xls", "xlsb", "ods"):
        raise UnreadableFile("old_workbook")
    return _in_text(content, wanted, most_rows), None


def rows_hidden(table: GridTable, lines: Iterable[int]) -> Iterator[Remark]:
    """Tell of the rows, among those that were read, that whoever opens the file does not see."""
    hidden = sorted(line for line in lines if line in table.grid.hidden_rows)
    if hidden:
        facts = {"count": len(hidden), "rows": _runs(hidden)}
        yield Remark("rows_hidden", facts, CellPlace(table.grid.sheet, hidden[0], min(table.columns.values())))


# Workbooks


def _in_workbook(content: bytes, wanted: WantedColumns, own: str) -> tuple[GridTable, Grid | None]:
    grids = {grid.sheet: grid for grid in _sheets(content)}
    ours = grids.pop(own, None)
    if ours is None:  # perhaps our CSV, opened and saved as a workbook
        grids = {name: replace(grid, texts=True) for name, grid in grids.items()}
    heads = [(grid, head) for grid in grids.values() if (head := _head(grid, wanted)) is not None]
    seen = [(grid, head) for grid, head in heads if not grid.hidden]
    if len(seen) > 1:
        raise UnreadableFile("two_tables", {"sheets": ", ".join(grid.sheet for grid, _ in seen)})
    if not seen:
        if heads:
            raise UnreadableFile("hidden_table", {"sheets": ", ".join(grid.sheet for grid, _ in heads)})
        raise UnreadableFile("no_heading")
    aside = [grid.sheet for grid in grids.values() if grid.hidden]
    notes = [Remark("sheets_hidden", {"sheets": ", ".join(aside)})] if aside else []
    return _table(*seen[0], wanted, notes), ours


def _sheets(content: bytes) -> Iterator[Grid]:
    for each in read_workbook(content):
        yield Grid(each.name, each.rows, each.marks, each.hidden_rows, each.hidden_columns, each.hidden)


# Text


def _in_text(content: bytes, wanted: WantedColumns, most_rows: int) -> GridTable:
    text, broken = _decoded(content), False
    match = _SEPARATOR.match(text)  # a line for the spreadsheet program, which does not show it
    above, rest = (1, text[match.end() :]) if match else (0, text)
    for separator in (match[1] or match[2]) if match else ";\t,":
        try:
            grid = Grid("", _cells(rest, separator, most_rows), {}, texts=True, above=above)
        except csv.Error:
            broken = True
            continue
        head = _head(grid, wanted)
        if head is not None:
            return _table(grid, head, wanted, [])
    raise UnreadableFile("damaged" if broken else "no_heading")


def _decoded(content: bytes) -> str:
    """Return text as UTF-8, as Windows-1252, or as what Excel calls Unicode text."""
    if content.startswith(_UTF_16):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise UnreadableFile("not_workbook")
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("letters")


def _cells(text: str, separator: str, most_rows: int) -> list[list[str]]:
    rows = []
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
        rows.append(row)
        if len(rows) > most_rows or len(row) > MOST_COLUMNS:
            raise UnreadableFile("rows")
    return rows


def _letters(grid: Grid) -> list[Remark]:
    """Tell of the cells whose letters look as those of another code page: how many, and the first."""
    cells = [
        (CellPlace(grid.sheet, line, column), plain(cell))
        for line, row in enumerate(grid.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and strange(cell)
    ]
    return [Remark(STRANGE, {"written": cells[0][1], "count": len(cells)}, cells[0][0])] if cells else []


# Headings


def _head(grid: Grid, wanted: WantedColumns) -> int | None:
    """Return the row of headings."""
    known = _columns(wanted)
    for row in range(min(len(grid.rows), HEADING_WITHIN)):
        headings = {known.get(_folded(cell)) for cell in grid.rows[row]} - {None}
        others = headings - set(wanted.keys)
        if headings & set(wanted.keys) and (others.issuperset(wanted.needed) if wanted.needed else others):
            return row
    return None


def _table(grid: Grid, head: int, wanted: WantedColumns, notes: Sequence[Remark]) -> GridTable:
    known = _columns(wanted)
    columns: dict[str, int] = {}
    faults, remarks = [], [*_letters(grid), *notes]
    for place in range(max(len(row) for row in grid.rows[head:])):
        written, at = grid.at(head, place), CellPlace(grid.sheet, head, place)
        column = known.get(_folded(written))
        if column is None:
            if any(not grid.blank(row, place) for row in range(head, len(grid.rows))):
                code = "column_unnamed" if grid.blank(head, place) else "column_unknown"
                remarks.append(Remark(code, {"written": as_text(written)}, at))
        elif column in columns:
            faults.append(Remark("column_twice", {"written": as_text(written)}, at))
        else:
            columns[column] = place
            if place in grid.hidden_columns:
                remarks.append(Remark("column_hidden", {"written": as_text(written)}, at))
    return GridTable(grid, head, columns, tuple(faults), tuple(remarks))


def _columns(wanted: WantedColumns) -> Mapping[str, str]:
    return {fold(word): column for column, words in wanted.headings.items() for word in words}


def _folded(cell: Raw) -> str:
    return fold(cell) if isinstance(cell, str) else ""


def _runs(lines: Sequence[int]) -> str:
    """Return rows as a spreadsheet numbers them, those that follow each other together: 3, 5–9."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and runs[-1][-1] == line - 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return ", ".join(str(run[0] + 1) if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs)
