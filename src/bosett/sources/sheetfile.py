"""A county's sheet from a file: workbook or CSV in, typed rows out, each cell with its place; and what is wrong where.

Columns are found by their headings and municipalities by code or name. Nothing is guessed: what is not known is told.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import StringIO
from types import MappingProxyType

from bosett.documents.countysheet import (
    COLUMNS,
    KEYS,
    PEOPLE,
    STAMP,
    STAMP_MARK,
    STAMP_ROWS,
    TEXTS,
    WRITABLE,
    Value,
    plain,
)
from bosett.geography.finding import fold
from bosett.sources.sheetguard import MOST_COLUMNS, MOST_FILE, MOST_ROWS, Unreadable, column_name
from bosett.sources.sheetkeys import Keys, UnknownKey
from bosett.sources.workbooks import read_workbook

HEADING_WITHIN = 30
"""Rows from the top within which the headings stand."""

Raw = object
_BLANK = (None, "")
_WHOLE = re.compile(r"(\d{1,9})([.,]0{1,2})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_SAFE = re.compile(r"'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell is: the sheet (empty in CSV), and row and column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it: H12."""
        return f"{column_name(self.column)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Told:
    """Something wrong, or worth knowing, in a file: a code that words are found by, its facts, and where."""

    code: str
    facts: Mapping[str, object]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One cell with its value."""

    value: Value
    place: Place


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One municipality's row; cells that cannot be read are not among its cells."""

    code: str
    place: Place
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
    faults: tuple[Told, ...]
    notes: tuple[Told, ...]
    stamp: Mapping[str, Mapping[str, str]] | None


@dataclass(frozen=True, slots=True)
class Reading:
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


def read_sheet(name: str, content: bytes, reading: Reading) -> SheetFile:
    """Return what a file says.

    Args:
        name: The file's name: tells a workbook with macros or of another kind.
        content: The file.
        reading: What it is read for.

    Raises:
        Unreadable: It is no such file, or one that is not to be read.
    """
    if len(content) > MOST_FILE:
        raise Unreadable("large")
    kind = name.rpartition(".")[2].lower()
    if kind in ("xlsm", "xltm"):
        raise Unreadable("macros")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or kind == "xlsx":
        return _read_workbook(content, reading)
    if kind in ("xls", "xlsb", "ods"):
        raise Unreadable("old_workbook")
    return _read_csv(content, reading)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of one sheet.

    Attributes:
        sheet: Its name, empty in CSV.
        rows: Its cells.
        marks: Those that hold an error, or a formula that is not worked out.
        texts: Whether an apostrophe before what looks like a formula is our own.
    """

    sheet: str
    rows: Sequence[Sequence[Raw]]
    marks: Mapping[tuple[int, int], str]
    texts: bool = False

    def at(self, row: int, column: int) -> Raw:
        """Return a cell; one beyond the row's end is blank."""
        line = self.rows[row]
        found = line[column] if column < len(line) else ""
        if isinstance(found, str):
            found = plain(found)
            return found[1:] if self.texts and _SAFE.match(found) else found
        return found


class _Bad(ValueError):
    """A cell that is not what its column holds; `args[0]` is the code."""


def _read_workbook(content: bytes, reading: Reading) -> SheetFile:
    grids = {each.name: _Grid(each.name, each.rows, each.marks) for each in read_workbook(content)}
    stamp = _stamp(grids.pop(STAMP, None), reading)
    if stamp is None:  # perhaps our CSV, opened and saved as a workbook
        grids = {name: replace(grid, texts=True) for name, grid in grids.items()}
    tables = [(grid, row) for grid in grids.values() if (row := _head(grid, reading)) is not None]
    if not tables:
        raise Unreadable("no_heading")
    if len(tables) > 1:
        raise Unreadable("two_tables", {"sheets": ", ".join(grid.sheet for grid, _ in tables)})
    return _Table(*tables[0], reading).read(stamp)


def _read_csv(content: bytes, reading: Reading) -> SheetFile:
    text, broken = _decoded(content), False
    for delimiter in ";\t,":
        try:
            grid = _Grid("", _csv_rows(text, delimiter), {}, texts=True)
        except csv.Error:
            broken = True
            continue
        row = _head(grid, reading)
        if row is not None:
            return _Table(grid, row, reading).read(None)
    raise Unreadable("damaged" if broken else "no_heading")


def _decoded(content: bytes) -> str:
    """Return text as UTF-8, as Windows-1252, or as what Excel calls Unicode text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise Unreadable("not_workbook")
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("letters")


def _csv_rows(text: str, delimiter: str) -> list[list[str]]:
    rows = []
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
        rows.append(row)
        if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise Unreadable("rows")
    return rows


def _head(grid: _Grid, reading: Reading) -> int | None:
    """Return the row of headings: it names a municipality's column, and at least one other."""
    known = _columns(reading)
    for row in range(min(len(grid.rows), HEADING_WITHIN)):
        found = {known.get(_folded(cell)) for cell in grid.rows[row]} - {None}
        if found & set(KEYS) and found - set(KEYS):
            return row
    return None


def _columns(reading: Reading) -> Mapping[str, str]:
    return {fold(word): column for column, words in reading.headings.items() for word in words}


def _folded(cell: Raw) -> str:
    return fold(cell) if isinstance(cell, str) else ""


class _Table:
    """Reads the table under a row of headings."""

    def __init__(self, grid: _Grid, head: int, reading: Reading) -> None:
        self.grid, self.head, self.reading = grid, head, reading
        self.keys = Keys(reading.year, reading.county)
        self.yes, self.no = ({fold(word) for word in words} for words in (reading.yes, reading.no))
        self.faults: list[Told] = []
        self.notes: list[Told] = []
        self.columns: dict[str, int] = {}

    def read(self, stamp: Mapping[str, Mapping[str, str]] | None) -> SheetFile:
        self._headings()
        rows = [row for line in range(self.head + 1, len(self.grid.rows)) if (row := self._row(line)) is not None]
        first: dict[str, ReadRow] = {}
        for row in rows:
            if row.code in first:
                self._fault("key_twice", row.place, first=first[row.code].place.cell)
            first.setdefault(row.code, row)
        return SheetFile(tuple(first.values()), tuple(self.faults), tuple(self.notes), stamp)

    def _headings(self) -> None:
        known = _columns(self.reading)
        widest = max(len(row) for row in self.grid.rows[self.head :])
        for place in range(widest):
            written = self.grid.at(self.head, place)
            column = known.get(_folded(written))
            at = self._place(self.head, place)
            if column is None:
                if self._anything(place):
                    code = "column_unknown" if written not in _BLANK else "column_unnamed"
                    self.notes.append(Told(code, {"written": str(written)}, at))
            elif column in self.columns:
                self._fault("column_twice", at, written=str(written))
            else:
                self.columns[column] = place

    def _anything(self, column: int) -> bool:
        return any(self.grid.at(row, column) not in _BLANK for row in range(self.head, len(self.grid.rows)))

    def _row(self, line: int) -> ReadRow | None:
        code = self._key(line)
        cells = {}
        for column, place in self.columns.items():
            if column in KEYS:
                continue
            cell = self._cell(line, column, place) if code else None
            if cell is not None:
                cells[column] = cell
        return ReadRow(code, self._key_place(line), MappingProxyType(cells)) if code else None

    def _key(self, line: int) -> str:
        """Return the code of a row's municipality; empty when it has none, or a wrong one, which is then a fault."""
        written = {column: self._text(line, self.columns[column]) for column in KEYS if column in self.columns}
        at = self._key_place(line)
        if not any(written.values()):
            if any(self.grid.at(line, place) not in _BLANK for place in self.columns.values()):
                self._fault("key_missing", at)
            return ""
        try:
            found = {column: self.keys.code_of(column, text) for column, text in written.items() if text}
        except UnknownKey as unknown:
            self._fault(unknown.code, at, **unknown.facts)
            return ""
        if len(set(found.values())) > 1:
            self._fault("key_differs", at, number=written["code"], name=written["name"])
            return ""
        return next(iter(found.values()))

    def _key_place(self, line: int) -> Place:
        """Return where a row says which municipality it is about: the first key that is filled in."""
        places = [self.columns[column] for column in KEYS if column in self.columns]
        filled = [place for place in places if self.grid.at(line, place) not in _BLANK]
        return self._place(line, (filled or places or [0])[0])

    def _text(self, line: int, place: int) -> str:
        found = self.grid.at(line, place)
        if isinstance(found, float) and found.is_integer():
            return str(int(found))
        return "" if found is None else str(found)

    def _cell(self, line: int, column: str, place: int) -> ReadCell | None:
        at = self._place(line, place)
        mark = self.grid.marks.get((line, place))
        written = self.grid.at(line, place)
        if mark is not None:
            if column in WRITABLE:
                self._fault(f"cell_{mark}", at)
            return None
        try:
            return ReadCell(self._value(column, written), at)
        except _Bad as bad:
            self._fault(str(bad), at, written=_shown(written))
            return None

    def _value(self, column: str, written: Raw) -> Value:
        if column in TEXTS:
            return _text_of(written)
        if written in _BLANK:
            return None if column in WRITABLE else ""
        if column not in WRITABLE:
            return _known(column, written)
        if column == "asked":
            return self._choice(written)
        return _day(written) if column == "signal_on" else _whole(written)

    def _choice(self, written: Raw) -> bool:
        if isinstance(written, bool):
            return written
        word = _folded(written)
        if word not in self.yes | self.no:
            raise _Bad("cell_not_choice")
        return word in self.yes

    def _place(self, row: int, column: int) -> Place:
        return Place(self.grid.sheet, row, column)

    def _fault(self, code: str, place: Place, **facts: object) -> None:
        self.faults.append(Told(code, facts, place))


def _whole(written: Raw) -> int:
    """Return a whole number: a number cell, or text with spaces between thousands and perhaps a comma and zeros."""
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        raise _Bad("cell_not_whole")
    if isinstance(written, str):
        found = _WHOLE.fullmatch(_SPACES.sub("", written))
        if found is None or not found[1].isascii():
            raise _Bad("cell_not_whole")
        return int(found[1])
    # What is no number, too large or below zero is not whole either way.
    if not 0 <= written < 10**9 or written != int(written):
        raise _Bad("cell_not_whole")
    return int(written)


def _day(written: Raw) -> date:
    if isinstance(written, datetime):
        if written.time() != time():
            raise _Bad("cell_not_day")
        return written.date()
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        raise _Bad("cell_not_day")
    found = _NORWEGIAN_DAY.fullmatch(written)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(written)
    except ValueError:
        raise _Bad("cell_not_day") from None


def _text_of(written: Raw) -> str:
    if isinstance(written, bool):
        raise _Bad("cell_not_text")
    return _shown(written)


def _known(column: str, written: Raw) -> Value:
    """Return what stands in a column that is not written in: a number when it is one, else the text."""
    if column in PEOPLE:
        try:
            return _whole(written)
        except _Bad:
            return _shown(written)
    return _shown(written)


def _shown(written: Raw) -> str:
    """Return a cell as a Norwegian reads it."""
    if isinstance(written, float):
        return str(int(written)) if written.is_integer() else str(written).replace(".", ",")
    if isinstance(written, datetime):
        return f"{written:%d.%m.%Y}" if written.time() == time() else f"{written:%d.%m.%Y %H:%M}"
    if isinstance(written, date):
        return f"{written:%d.%m.%Y}"
    return "" if written is None else str(written)


def _stamp(grid: _Grid | None, reading: Reading) -> Mapping[str, Mapping[str, str]] | None:
    """Return what a file says that its cells were.

    Raises:
        Unreadable: The file was written for another county or year.
    """
    if grid is None or len(grid.rows) < STAMP_ROWS:
        return None
    take: Callable[[int, int], str] = lambda row, column: str(grid.at(row, column))  # noqa: E731  - a short name
    if take(0, 0) != STAMP_MARK:
        return None
    if take(1, 0) != str(reading.year):
        raise Unreadable("other_year", {"found": take(1, 0)})
    if take(2, 0) != reading.county:
        raise Unreadable("other_county", {"found": take(2, 0)})
    columns = {take(3, place): place for place in range(len(grid.rows[3]))}
    known = [column for column in COLUMNS if column in columns]
    rows = range(STAMP_ROWS, len(grid.rows))
    return {take(row, 0): {column: take(row, columns[column]) for column in known} for row in rows}
