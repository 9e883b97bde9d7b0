"""A table of counts from outside: a workbook, a CSV or what is pasted, in one of two shapes; every fault with its cell.

Either each row is one count, with its step in a column, as in the ledger's own workbook; or each row is a municipality
on a day, with a column for each step. What a table does not say itself (its day, who says so and when) is said beside
it. A cell that is empty says nothing, 0 is nobody, and `:` is hidden by its publisher.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bosett.sources.grids import CellPlace, GridTable, Remark, WantedColumns, find_table, rows_hidden
from bosett.sources.ledger_rows import HIDDEN
from bosett.sources.limits import MOST_FILE, UnreadableFile
from bosett.sources.municipality_rows import CODE, CODE_HEADINGS, NAME, NAME_HEADINGS, Keys, UnknownKey
from bosett.sources.values import NotRead, Raw, as_text, read_choice, read_code, read_day, read_number
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

Answer = TypeVar("Answer")

KEYS = (CODE, NAME)
LONG = ("number", "step", "group", "on", "count", "said_by", "said_on", "corrects", "reason")
"""Columns of a table in which each row is one count, beside those that name the municipality."""
COLUMNS = ("number", CODE, NAME, *LONG[1:])
"""The columns of the ledger's own workbook, in their order."""
MOST_NUMBER = 10_000_000
"""No ledger has as many rows."""


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """What a table is read for.

    Attributes:
        year: Settlement year.
        headings: Accepted headings by column, in every language; a step's own name heads a column of its counts.
        steps: Accepted words for a step.
        groups: Accepted words for whom a count is of.
        on: The day of counts that do not say theirs.
        said_by: Who says so, when the table does not tell.
        said_on: When it was said, when the table does not tell.
    """

    year: int
    headings: Mapping[str, Sequence[str]]
    steps: Mapping[str, SettlementStep]
    groups: Mapping[str, LedgerGroup]
    on: date | None
    said_by: str
    said_on: date


@dataclass(frozen=True, slots=True)
class TableCount:
    """One count of a table, and the cell that it stands in; `number` when it is a row that the ledger has already."""

    place: CellPlace
    number: int | None
    municipality: str
    step: SettlementStep
    group: LedgerGroup
    on: date
    count: int | None
    said_by: str
    said_on: date
    corrects: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """What a table says, what is wrong with it, and what is left aside."""

    counts: tuple[TableCount, ...]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def read_ledger_table(name: str, content: bytes, reading: LedgerReading) -> LedgerFile:
    """Return what a table says.

    Args:
        name: The file's name: tells a workbook with macros or of another kind. Empty for what is pasted.
        content: The file, or what is pasted.
        reading: What it is read for.

    Raises:
        UnreadableFile: It is no such table, or one that is not to be read.
    """
    if len(content) > MOST_FILE:
        raise UnreadableFile("large")
    headings = {CODE: CODE_HEADINGS, NAME: NAME_HEADINGS} | {each: (each,) for each in (*LONG, *SettlementStep)}
    taken = {column: (*words, *reading.headings.get(column, ())) for column, words in headings.items()}
    table, _ = find_table(name, content, WantedColumns(taken, KEYS))
    counts, faults, notes = list[TableCount](), [*table.faults], [*table.notes]
    counted = [*_counted(table)]
    if not counted:
        raise UnreadableFile("no_heading")
    rows = _Rows(table, reading)
    read_lines = list[int]()
    for line in table.lines:
        if all(table.grid.blank(line, place) for place in table.columns.values()):
            continue
        code, remark, aside = rows.municipality(line)
        if remark is not None:
            (notes if aside else faults).append(remark)
        if aside:
            continue
        read_lines.append(line)
        for column, step in counted:
            rows.read(line, code, column, step, counts, faults)
    return LedgerFile(tuple(counts), tuple(faults), (*notes, *rows_hidden(table, read_lines)))


def _counted(table: GridTable) -> Iterator[tuple[str, SettlementStep | None]]:
    """Yield the columns of counts, each with its step; None where the row says which."""
    if "count" in table.columns and "step" in table.columns:
        yield "count", None
        return
    yield from ((step.value, step) for step in SettlementStep if step.value in table.columns)


class _Rows:
    """Reads the rows of a table."""

    def __init__(self, table: GridTable, reading: LedgerReading) -> None:
        self.table, self.reading, self.keys = table, reading, Keys(reading.year)

    def municipality(self, line: int) -> tuple[str, Remark | None, bool]:
        """Return whom a row is about; or what is told of it, and whether it is only left aside: a sum, a note."""
        column, written = next(
            ((key, text) for key in KEYS if key in self.table.columns and (text := self._key(line, key))), ("", "")
        )
        if not written:
            at = self.table.place(line, next(key for key in KEYS if key in self.table.columns))
            return "", Remark("key_missing", {}, at), False
        at = self.table.place(line, column)
        if self.keys.is_whole(written):
            return "", Remark("row_aside", {"written": written}, at), True
        try:
            return self.keys.code_in(written), None, False
        except UnknownKey as unknown:
            known = unknown.code == "key_two_places"
            return "", Remark(unknown.code if known else "place_unknown", {"written": written}, at), False

    def read(
        self,
        line: int,
        code: str,
        column: str,
        step: SettlementStep | None,
        counts: list[TableCount],
        faults: list[Remark],
    ) -> None:
        """Read one count of a row into `counts`, or what is wrong with it into `faults`; an empty cell says nothing."""
        if step is not None and self.table.grid.blank(line, self.table.columns[column]):
            return
        cells = _Cells(self.table, line)
        number = cells.number("number")
        count = cells.count(column)
        own_step = step or cells.choice("step", self.reading.steps)
        group = cells.choice("group", self.reading.groups)
        on = cells.day("on") or self.reading.on
        said_on = cells.day("said_on") or self.reading.said_on
        said_by, reason = cells.text("said_by") or self.reading.said_by, cells.text("reason")
        corrects = cells.number("corrects")
        place = self.table.place(line, column)
        if own_step is None and not cells.faults:
            cells.faults.append(Remark("cell_step_missing", {}, self.table.place(line, "step")))
        if on is None and not cells.faults:
            cells.faults.append(Remark("cell_day_missing", {}, place))
        if cells.faults or own_step is None or on is None:
            faults += cells.faults
            return
        group = group or LedgerGroup.ALL
        counts.append(TableCount(place, number, code, own_step, group, on, count, said_by, said_on, corrects, reason))

    def _key(self, line: int, column: str) -> str:
        return read_code(self.table.at(line, column))


class _Cells:
    """Reads the cells of one row, and gathers what is wrong with them."""

    def __init__(self, table: GridTable, line: int) -> None:
        self.table, self.line, self.faults = table, line, list[Remark]()

    def count(self, column: str) -> int | None:
        """Return a number of persons; None is hidden. One that is missing is a fault."""
        if as_text(self._at(column)) == HIDDEN:
            return None
        number = self._read(column, read_number)
        if not self._has(column):
            self.faults.append(Remark("cell_count_missing", {}, self.table.place(self.line, column)))
        return number

    def number(self, column: str) -> int | None:
        """Return the number of a row."""
        return self._read(column, lambda cell: read_number(cell, most=MOST_NUMBER))

    def day(self, column: str) -> date | None:
        """Return a day; None when nothing is written."""
        return self._read(column, read_day)

    def choice(self, column: str, words: Mapping[str, Answer]) -> Answer | None:
        """Return what a word stands for; None when nothing is written."""
        return self._read(column, lambda cell: read_choice(cell, words), kind=column)

    def text(self, column: str) -> str:
        """Return a text; empty when nothing is written."""
        return as_text(self._at(column))

    def _at(self, column: str) -> Raw:
        return self.table.at(self.line, column) if column in self.table.columns else None

    def _has(self, column: str) -> bool:
        return column in self.table.columns and not self.table.grid.blank(self.line, self.table.columns[column])

    def _read(self, column: str, reader: Callable[[Raw], Answer | None], kind: str = "") -> Answer | None:
        if column not in self.table.columns:
            return None
        at = self.table.place(self.line, column)
        mark = self.table.grid.marks.get((self.line, self.table.columns[column]))
        if mark is not None:
            self.faults.append(Remark(f"cell_{mark}", {}, at))
            return None
        try:
            return reader(self._at(column))
        except NotRead as refused:
            code = f"cell_not_a_{kind}" if kind else f"cell_{refused.code}"
            self.faults.append(Remark(code, refused.facts, at))
            return None
