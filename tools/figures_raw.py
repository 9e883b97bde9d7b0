"""Read the raw tables strictly: what is wrong is said with file, row, column and what to do."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

MUNICIPALITY = re.compile(r"\d{4}")
COUNTY = re.compile(r"\d{2}")
YEAR = re.compile(r"(19|20)\d{2}")
MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")
WHOLE = re.compile(r"\d+")
DECIMAL = re.compile(r"-?\d+(\.\d+)?")

Key = TypeVar("Key")


class RawProblem(Exception):
    """A raw table is missing or malformed.

    Attributes:
        file: Name of the raw file.
        row: Line in the file (the header is line 1), or None when it is about the whole file.
        column: Name of the column, or None.
    """

    def __init__(self, file: str, what: str, do: str, *, row: int | None = None, column: str | None = None) -> None:
        where = file + (f", line {row}" if row else "") + (f", column {column}" if column else "")
        super().__init__(f"{where}: {what}. {do}.")
        self.file, self.row, self.column = file, row, column


@dataclass(frozen=True, slots=True)
class RawRow:
    """One line of a raw table; asking for a cell checks it."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a cell that may not be empty."""
        value = self.cells[column].strip()
        if not value:
            raise self.problem(column, "is empty", "Fill in the cell, or leave the line out if there is no such row")
        return value

    def matching(self, column: str, pattern: re.Pattern[str], kind: str) -> str:
        """Return a cell that has the form of `pattern`, called `kind` in front of people."""
        value = self.text(column)
        if not pattern.fullmatch(value):
            raise self.problem(column, f"{value!r} is not {kind}", f"Write {kind}")
        return value

    def municipality(self, column: str) -> str:
        """Return a municipality code of four digits."""
        return self.matching(column, MUNICIPALITY, "a municipality code of four digits, as text")

    def county(self, column: str) -> str:
        """Return a county code of two digits."""
        return self.matching(column, COUNTY, "a county code of two digits, as text")

    def year(self, column: str) -> int:
        """Return a year."""
        return int(self.matching(column, YEAR, "a year of four digits"))

    def month(self, column: str) -> str:
        """Return a month as `2020-02`."""
        return self.matching(column, MONTH, "a month such as 2020-02")

    def whole(self, column: str) -> int:
        """Return a whole number that may not be missing."""
        return int(self.matching(column, WHOLE, "a whole number"))

    def whole_or_blank(self, column: str) -> str:
        """Return a whole number as text, or an empty text for no figure."""
        return str(self.whole(column)) if self.cells[column].strip() else ""

    def decimal(self, column: str) -> str:
        """Return a decimal number as the text it was."""
        return self.matching(column, DECIMAL, "a decimal number with a point")

    def decimal_or_blank(self, column: str) -> str:
        """Return a decimal number as the text it was, or an empty text for no figure."""
        return self.decimal(column) if self.cells[column].strip() else ""

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """Return a cell that is one of the `allowed` words."""
        value, words = self.text(column), sorted(allowed)
        if value not in words:
            raise self.problem(column, f"{value!r} is not known", f"Write one of {', '.join(words)}")
        return value

    def problem(self, column: str, what: str, do: str) -> RawProblem:
        """Return a problem that points at this cell."""
        return RawProblem(self.file, what, do, row=self.line, column=column)


def read(folder: Path, file: str, columns: Iterable[str]) -> list[RawRow]:
    """Read one raw table.

    Args:
        folder: Where the raw tables are.
        file: Name of the table.
        columns: The columns that must be there; others are left alone.

    Raises:
        RawProblem: The file is missing, empty, not UTF-8, lacks a column, or a line has too many or too few cells.
    """
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise RawProblem(file, "the file is missing", "Put it in the folder of raw tables") from error
    except UnicodeDecodeError as error:
        raise RawProblem(file, "the file is not UTF-8", "Save it as UTF-8") from error
    lines = csv.reader(text.splitlines())
    header = next(lines, [])
    if lacking := [column for column in columns if column not in header]:
        raise RawProblem(
            file,
            f"column {lacking[0]} is missing",
            f"The header must have {', '.join(columns)}",
            row=1,
            column=lacking[0],
        )
    rows = []
    for cells in lines:
        if len(cells) != len(header):
            what = f"{len(cells)} cells where the header has {len(header)}"
            raise RawProblem(file, what, "Give each line as many cells as the header", row=lines.line_num)
        rows.append(RawRow(file, lines.line_num, dict(zip(header, cells, strict=True))))
    if not rows:
        raise RawProblem(file, "there is nothing under the header", "Put the whole table in the folder")
    return rows


def unique(rows: Iterable[RawRow], key: Callable[[RawRow], Key]) -> dict[Key, RawRow]:
    """Return the rows by `key`, refusing two rows with the same key."""
    by_key: dict[Key, RawRow] = {}
    for row in rows:
        if (first := by_key.setdefault(key(row), row)) is not row:
            what = f"says the same thing as line {first.line} ({key(row)})"
            raise RawProblem(row.file, what, "Leave one of them out", row=row.line)
    return by_key
