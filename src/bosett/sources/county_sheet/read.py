"""A county's sheet from a file: workbook or CSV in, typed rows out, each cell with its place; and what is wrong where.

Columns are found by their headings and municipalities by code or name. Nothing is guessed: what is not known is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bosett.documents.county_sheet import COLUMNS, KEYS, PEOPLE, STAMP, STAMP_MARK, STAMP_ROWS, Value
from bosett.geography.name_matching import fold
from bosett.rounds.columns import FIELDS, NAMED, CellKind
from bosett.sources.grids import CellPlace, Grid, GridTable, Remark, WantedColumns, find_table
from bosett.sources.limits import MOST_FILE, UnreadableFile
from bosett.sources.municipality_rows import CODE_HEADINGS, NAME_HEADINGS, Keys, rows_of
from bosett.sources.values import NotRead, Raw, as_text, read_day, read_number, read_yes_no

ALSO: Mapping[str, Sequence[str]] = {
    "code": CODE_HEADINGS,
    "name": NAME_HEADINGS,
    "number": ("anbefaling", "anbefalt tall", "anbefalt antall", "tilråding", "tilrådd tal", "recommendation"),
    "reason": ("begrunnelser", "grunngjeving", "grunngjevingar", "grunngivingar", "reasons"),
    "under15": ("EM under 15",),
    "from15": ("EM 15–18",),
}
"""Headings that are taken beside those of our own files."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell with its value."""

    value: Value
    place: CellPlace


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One municipality's row; cells that cannot be read are not among its cells."""

    code: str
    place: CellPlace
    cells: Mapping[str, ReadCell]


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file that has been read.

    Attributes:
        rows: The municipalities in it.
        faults: What must be mended before anything is set.
        notes: What is left aside.
        stamp: What each cell was when the file was written, as text by municipality and column; None when it does not
            say.
    """

    rows: tuple[ReadRow, ...]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    stamp: Mapping[str, Mapping[str, str]] | None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a file is read for.

    Attributes:
        year: Settlement year.
        county: County code.
        headings: Accepted headings by column, in every language.
        yes: Accepted words for asked.
        no: Accepted words for not asked.
    """

    year: int
    county: str
    headings: Mapping[str, Sequence[str]]
    yes: Sequence[str]
    no: Sequence[str]


def read_sheet(name: str, content: bytes, reading: FileReading) -> SheetFile:
    """Return what a file says.

    Args:
        name: The file's name: tells a workbook with macros or of another kind.
        content: The file.
        reading: What it is read for.

    Raises:
        UnreadableFile: It is no such file, or one that is not to be read.
    """
    if len(content) > MOST_FILE:
        raise UnreadableFile("large")
    # What our own files call a column comes first: a word that is also another's heading elsewhere stays its own.
    ours = {fold(word) for words in reading.headings.values() for word in words}
    headings = {
        column: (*words, *(word for word in ALSO.get(column, ()) if fold(word) not in ours))
        for column, words in reading.headings.items()
    }
    table, own = find_table(name, content, WantedColumns(headings, KEYS), STAMP)
    stamp = _stamp(own, reading)
    if own is not None and stamp is None:
        table = replace(table, grid=replace(table.grid, texts=True))
    return _read(table, reading, stamp)


def _read(table: GridTable, reading: FileReading, stamp: Mapping[str, Mapping[str, str]] | None) -> SheetFile:
    placed = rows_of(table, Keys(reading.year, reading.county), FIELDS)
    cells, wrong = _Cells(table, reading), list[Remark]()
    rows = []
    for code, line in placed.lines.items():
        values, unread = cells.of(line)
        rows.append(ReadRow(code, placed.places[code], MappingProxyType(values)))
        wrong += unread
    faults = (*table.faults, *placed.faults, *wrong)
    return SheetFile(tuple(rows), faults, (*table.notes, *placed.notes), stamp)


class _Cells:
    """Reads the cells of a municipality's row."""

    def __init__(self, table: GridTable, reading: FileReading) -> None:
        self.table, self.reading = table, reading

    def of(self, line: int) -> tuple[dict[str, ReadCell], list[Remark]]:
        """Return the cells that can be read, and what is wrong with the others."""
        cells, faults = dict[str, ReadCell](), list[Remark]()
        for column, place in self.table.columns.items():
            if column in KEYS:
                continue
            at = self.table.place(line, column)
            mark = self.table.grid.marks.get((line, place))
            if mark is not None:
                if column in FIELDS:
                    faults.append(Remark(f"cell_{mark}", {}, at))
                continue
            written = self.table.at(line, column)
            try:
                cells[column] = ReadCell(self._value(column, written), at)
            except NotRead as refused:
                faults.append(Remark(f"cell_{refused.code}", refused.facts, at))
        return cells, faults

    def _value(self, column: str, written: Raw) -> Value:
        kind = NAMED[column].kind
        if column not in FIELDS:
            return _known(column, written)
        if kind is CellKind.TEXT:
            return _text(written)
        if kind is CellKind.CHOICE:
            return read_yes_no(written, self.reading.yes, self.reading.no)
        return read_day(written) if kind is CellKind.DATE else read_number(written)


def _text(written: Raw) -> str:
    if isinstance(written, bool):
        raise NotRead("not_a_text", written)
    return as_text(written)


def _known(column: str, written: Raw) -> Value:
    """Return what stands in a column that is not written in: a number when it is one, else the text."""
    if column in PEOPLE and as_text(written):
        try:
            return read_number(written)
        except NotRead:
            pass
    return as_text(written)


def _stamp(grid: Grid | None, reading: FileReading) -> Mapping[str, Mapping[str, str]] | None:
    """Return what a file says that its cells were.

    Raises:
        UnreadableFile: The file was written for another county or year.
    """
    if grid is None or len(grid.rows) < STAMP_ROWS:
        return None
    take: Callable[[int, int], str] = lambda row, column: str(grid.at(row, column))  # noqa: E731  - a short name
    if take(0, 0) != STAMP_MARK:
        return None
    if take(1, 0) != str(reading.year):
        raise UnreadableFile("other_year", {"found": take(1, 0)})
    if take(2, 0) != reading.county:
        raise UnreadableFile("other_county", {"found": take(2, 0)})
    columns = {take(3, place): place for place in range(len(grid.rows[3]))}
    known = [column for column in COLUMNS if column in columns]
    rows = range(STAMP_ROWS, len(grid.rows))
    return {take(row, 0): {column: take(row, columns[column]) for column in known} for row in rows}
