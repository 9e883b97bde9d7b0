"""Locks: a table of municipalities that may not get fewer than they have settled or agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.geography import UnknownMunicipality, municipality
from bosett.sources.grids import STRANGE, GridTable, Remark, WantedColumns, find_table
from bosett.sources.limits import UnreadableFile
from bosett.sources.municipality_rows import CODE, CODE_HEADINGS, NAME, NAME_HEADINGS, Keys, rows_of
from bosett.sources.values import NotRead, read_number, short

LARGEST_FILE = 1 << 20  # bytes; a few hundred short rows are expected
AT_LEAST = "at_least"
WANTED = WantedColumns(
    {
        CODE: CODE_HEADINGS,
        NAME: NAME_HEADINGS,
        AT_LEAST: ("at_least", "minst", "låst", "låst tall", "låst tal", "locked"),
    },
    (CODE, NAME),
    (AT_LEAST,),
)

DIGITS = 4

SENTENCES = {
    "key_missing": "has a number and no municipality; write its code",
    "key_unknown_code": "'{written}' is no municipality code; it has four digits (keep a leading 0)",
    "key_unknown_name": "'{written}' is no municipality's name; write its code",
    "key_two_places": "'{written}' is the name of more than one municipality; write its code",
    "key_differs": "the code {number} and the name '{name}' are two municipalities; mend one of them",
    "key_twice": "{municipality} stands twice, first in {first}; keep one row",
    "column_twice": "the heading '{written}' stands twice; keep one column",
    "cell_not_read": "{why}",
    "cell_blank": "has no number; write 0 if nothing is locked, or take the row away",
    "cell_error": "shows an error in place of a number; mend the formula",
    "cell_uncounted": "has a formula that is not worked out; open the file in a spreadsheet program and save it again",
    "row_aside": "the row is left aside: it is about no municipality",
    "name_unlike": "'{name}' is not the name of {number} ({own}); the code is taken",
    "column_unknown": "the column '{written}' is not read",
    "column_unnamed": "a column without a heading is not read",
    "column_hidden": "the column '{written}' is hidden, and is read",
    "rows_hidden": "hidden rows are read: {rows}",
    "sheets_hidden": "hidden sheets are left aside: {sheets}",
    STRANGE: "'{written}' looks as if letters were lost; if so, save the file as CSV UTF-8",
}
"""Faults and notes."""
_WRITTEN = ("written", "name", "sheets", "rows")  # facts that are as long as a file makes them
_FILES = {
    "no_heading": f"has no row of headings; it must have {CODE} and {AT_LEAST}",
    "hidden_table": "has its headings on a hidden sheet; show it",
}


class BadLocks(Refusal):
    """The file of locks cannot be read; `where` is empty when it is about the whole of it."""

    def __init__(self, file: str, where: str, what: str) -> None:
        super().__init__(f"{file}{where and ', '}{where}: {what}")
        self.file, self.where = file, where


@dataclass(frozen=True, slots=True)
class Locks:
    """What a file says: persons at least by municipality code, and a sentence of each thing that was left aside."""

    at_least: Mapping[str, int]
    notes: tuple[str, ...]


def read_locks(path: Path, year: int) -> Locks:
    """Return the locks of a round, from CSV or a workbook; a municipality by its code or name in that year.

    Raises:
        BadLocks: With the line or cell, and what to do.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadLocks(path.name, "", "is far too large for a list of locks. Is it the right file?")
        content = path.read_bytes()
    except OSError as error:
        raise BadLocks(str(path), "", f"cannot be read ({error.strerror}). Check the name.") from None
    try:
        table, _ = find_table(path.name, content, WANTED)
    except UnreadableFile as refused:
        raise BadLocks(path.name, "", _FILES.get(refused.code, str(refused))) from None
    rows = rows_of(table, Keys(year), (AT_LEAST,))
    at_least, faults = dict[str, int](), [*table.faults, *rows.faults]
    for code, line in rows.lines.items():
        try:
            at_least[code] = _number(table, line)
        except _Fault as fault:
            faults.append(fault.remark)
    if faults:
        first = min(faults, key=lambda each: each.place.row if each.place else -1)
        raise BadLocks(path.name, _where(table, first), _in_words(first, year))
    remarks = (*table.notes, *rows.notes)
    notes = [
        f"{', '.join(filter(None, (path.name, _where(table, each))))}: {_in_words(each, year)}" for each in remarks
    ]
    return Locks(MappingProxyType(at_least), tuple(notes))


class _Fault(Exception):
    """A cell that holds no number of persons."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.code)
        self.remark = remark


def _number(table: GridTable, line: int) -> int:
    at = table.place(line, AT_LEAST)
    mark = table.grid.marks.get((line, at.column))
    if mark is not None:
        raise _Fault(Remark(f"cell_{mark}", {}, at))
    try:
        number = read_number(table.at(line, AT_LEAST))
    except NotRead as refused:
        raise _Fault(Remark("cell_not_read", {"why": str(refused)}, at)) from None
    if number is None:
        raise _Fault(Remark("cell_blank", {}, at))
    return number


def _where(table: GridTable, remark: Remark) -> str:
    if remark.place is None:
        return ""
    if remark.place.sheet:
        return f"sheet {remark.place.sheet}, cell {remark.place.cell}"
    return f"line {remark.place.row + 1 + table.grid.above}"


def _in_words(remark: Remark, year: int) -> str:
    facts = {name: short(str(fact)) if name in _WRITTEN else fact for name, fact in remark.facts.items()}
    written = str(remark.facts.get("written", ""))
    if remark.code == "key_unknown_code" and len(written) == DIGITS and written.isdecimal():
        try:
            municipality(written, year)
        except UnknownMunicipality as unknown:  # it knows what became of it
            return str(unknown)
    return SENTENCES[remark.code].format(**facts)
