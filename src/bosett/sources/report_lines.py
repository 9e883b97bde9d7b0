"""Plain CSV files of ours in which each line is one thing that somebody has said: read whole, or every fault is told.

A line that says what it may not is told with its column; nothing of a file with such a line is read.
"""

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bosett.basis.refusals import Refusal
from bosett.basis.structures import structure_of
from bosett.basis.weeks import NoWeek, Week, read_week
from bosett.geography import register
from bosett.sources.limits import MOST_ROWS
from bosett.sources.values import NotRead, read_day, read_number

TOLD = 5
"""So many faults are told; of more it is told how many."""

Built = TypeVar("Built")
Choice = TypeVar("Choice", bound=StrEnum)


class BadLines(Refusal):
    """A file cannot be read, or lines of it say what they may not."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        more = f"\n... and {len(faults) - TOLD} more" if len(faults) > TOLD else ""
        super().__init__("\n".join(f"{file}{fault}" for fault in faults[:TOLD]) + f"{more}\nNothing was read in.")
        self.faults = tuple(faults)


class WrongCell(Refusal):
    """A cell of a line is not what its column asks for."""

    def __init__(self, column: str, what: str) -> None:
        super().__init__(f"{column}: {what}")


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line of a file: its number, and its cells by column, without the space around them."""

    number: int
    cells: Mapping[str, str]

    def has(self, column: str) -> bool:
        """Tell whether something stands in a column."""
        return bool(self.cells.get(column))

    def text(self, column: str) -> str:
        """Return what stands in a column that may not be empty.

        Raises:
            WrongCell: It is empty.
        """
        if not self.has(column):
            raise WrongCell(column, "is empty")
        return self.cells[column]

    def choice(self, column: str, kind: type[Choice]) -> Choice:
        """Return one of a closed list of words.

        Raises:
            WrongCell: It is empty, or none of them.
        """
        try:
            return kind(self.text(column))
        except ValueError:
            raise WrongCell(column, f"{self.cells[column]!r} is none of {', '.join(kind)}") from None

    def week(self, column: str) -> Week:
        """Return a week.

        Raises:
            WrongCell: It is empty, or no week.
        """
        try:
            return read_week(self.text(column))
        except NoWeek as fault:
            raise WrongCell(column, str(fault)) from None

    def day(self, column: str) -> date:
        """Return a day.

        Raises:
            WrongCell: It is empty, or no day.
        """
        return self._read(column, read_day)

    def number_of(self, column: str) -> int:
        """Return a whole number, 0 or more.

        Raises:
            WrongCell: It is empty, or no such number.
        """
        return self._read(column, read_number)

    def municipality(self, column: str, year: int) -> str:
        """Return the code of a municipality that there is in a year.

        Raises:
            WrongCell: It is empty, or no such code.
        """
        code = self.text(column)
        if code not in register().municipalities[structure_of(year)]:
            raise WrongCell(column, f"{code!r} is no municipality in {year}; write its four digits")
        return code

    def _read(self, column: str, read: Callable[[str], Built | None]) -> Built:
        try:
            value = read(self.text(column))
        except NotRead as fault:
            raise WrongCell(column, str(fault)) from None
        if value is None:
            raise WrongCell(column, "is empty")
        return value


def read_lines(
    content: bytes, file: str, needed: Collection[str], allowed: Collection[str], build: Callable[[SaidLine], Built]
) -> tuple[Built, ...]:
    """Return what the lines of a file say, in their order.

    Args:
        content: The file: UTF-8 with commas, and a line of headings.
        file: Its name, for refusals.
        needed: Columns that must be there.
        allowed: Every column that may be.
        build: From a line to what it says; a refusal is told with the line.

    Raises:
        BadLines: It is not such a file; each line that says what it may not is told, with its column.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadLines(file, [": is not UTF-8 text; save it as CSV in UTF-8"]) from None
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    built: list[Built] = []
    faults: list[str] = []
    try:
        _check(rows.fieldnames or (), file, needed, allowed)
        for row in rows:
            if rows.line_num > MOST_ROWS:
                raise BadLines(file, [f": has more than {MOST_ROWS} lines"])
            try:
                built.append(build(_line(row, rows.line_num)))
            except Refusal as fault:
                faults.append(f", line {rows.line_num}, {fault}")
    except csv.Error as fault:
        raise BadLines(file, [f", line {rows.line_num}: is no CSV ({fault})"]) from None
    if faults:
        raise BadLines(file, faults)
    return tuple(built)


def _check(headings: Collection[str], file: str, needed: Collection[str], allowed: Collection[str]) -> None:
    lacking = [name for name in needed if name not in headings]
    unknown = [str(name) for name in headings if name not in allowed]
    if lacking or unknown or len(set(headings)) != len(headings):
        what = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(unknown) or 'a column twice'}"
        raise BadLines(file, [f", line 1: {what}; the columns are {', '.join(allowed)}, with commas between"])


def _line(row: Mapping[str | None, str | None], number: int) -> SaidLine:
    if None in row or None in row.values():
        raise WrongCell("line", "has another number of cells than the headings")
    return SaidLine(number, {str(name): (cell or "").strip() for name, cell in row.items()})
