"""A county's sheet as a file carries it: its rows, the words around them, what text a file can hold.

Its columns are those of the sheet (`bosett.rounds.columns`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bosett.rounds.columns import IN_FILES, NAMED_BY_COUNTY, ColumnPart

Value = int | str | bool | date | None

COLUMNS = tuple(each.name for each in IN_FILES)
KEYS = tuple(each.name for each in IN_FILES if each.part is ColumnPart.PLACE)
"""Columns that say which municipality a row is about."""
PEOPLE = tuple(each.name for each in IN_FILES if each.numeric)
"""Columns of whole persons."""
MOST = 1_000_000
"""Most persons in a cell that is written in."""

STAMP = "bosett"
"""Name of the hidden sheet that says what each cell was when the file was written."""
STAMP_MARK = "bosett-county-sheet-1"
"""First cell of that sheet; the number grows when its form changes."""
STAMP_ROWS = 4
"""Rows before the values: the mark, the year, the county, and the columns."""

_UNCARRIED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Workbooks write a character as _x000A_ and differ in how they read one such right after another.
_ESCAPES = re.compile(r"_(?=x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One municipality: a value for each column but the keys; text in a column of persons says why there is none."""

    code: str
    name: str
    values: Mapping[str, Value]

    def value(self, column: str) -> Value:
        """Return what a column holds, a key too."""
        return self.code if column == "code" else self.name if column == "name" else self.values[column]


@dataclass(frozen=True, slots=True)
class CountySheet:
    """The sheet of one county in a round.

    The target is in persons, None when none is decided; `unreasoned` counts the municipalities whose number departs
    without a reason. `own` has the names of the columns that are the county's own.
    """

    year: int
    county: str
    name: str
    target: int | None
    rows: tuple[SheetRow, ...]
    unreasoned: int
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in their order: the county's own are those that it has named."""
        return tuple(name for name in COLUMNS if name not in NAMED_BY_COUNTY or name in self.own)


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of a file, in one language.

    Attributes:
        headings: By column.
        yes: Asked.
        no: Not asked.
        title: Above the table.
        lead: One line beneath it.
        target: Before the county's target.
        sum: Before the sums.
        left: Before what is left of the target.
        unreasoned: Before the count of departures without a reason.
        not_whole: Why a number is refused, by the program that the file is opened in.
        not_choice: The same of a choice.
        not_day: The same of a day.
        help_name: Name of the sheet that tells how.
        help: What it tells: a heading, and a text.
        page: Page `&P` of `&N`, as a spreadsheet writes it.
    """

    headings: Mapping[str, str]
    yes: str
    no: str
    title: str
    lead: str
    target: str
    sum: str
    left: str
    unreasoned: str
    not_whole: str
    not_choice: str
    not_day: str
    help_name: str
    help: tuple[tuple[str, str], ...]
    page: str


def plain(text: str) -> str:
    """Return text as workbooks and CSV can carry it: no control characters, one kind of line end, no loose ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPES.sub(" ", _UNCARRIED.sub("", lines)).strip()


def stamped(value: Value) -> str:
    """Return a value as the stamp says it, and as two values are held against each other; empty is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value) if isinstance(value, str) else value.isoformat() if isinstance(value, date) else str(value)
