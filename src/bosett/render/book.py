"""What all our workbooks share: safe names, formats, print set-up, the same bytes each time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from bosett.render.new_file import NotWritable, new_file

Cell = str | int | Fraction | None
Format = Any  # XlsxWriter publishes no types
Sheet = Any

LONGEST_NAME = 31
WIDEST = 60
WIDEST_WRAPPED = 90
LINE_HEIGHT = 15  # points
# A workbook carries the day it was made; ours carries a fixed one, so that the same run gives the same bytes.
MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)

HEAD_COLOUR = "#1F3A4D"
RULE_COLOUR = "#C9D3DA"
QUIET_COLOUR = "#5A6872"

FORMATS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_color": HEAD_COLOUR},
    "label": {"bold": True, "font_size": 12},
    "quiet": {"font_color": QUIET_COLOUR, "italic": True},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEAD_COLOUR,
        "text_wrap": True,
        "valign": "vcenter",
        "bottom": 1,
        "bottom_color": HEAD_COLOUR,
    },
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True, "indent": 1},
    "whole": {"num_format": "#,##0", "valign": "top"},
    "change": {"num_format": "+#,##0;-#,##0;0", "valign": "top"},
    "exact": {"num_format": "#,##0.000", "valign": "top"},
    "percent": {"num_format": "0.0 %", "valign": "top"},
    "sum_text": {"bold": True, "top": 1, "top_color": HEAD_COLOUR},
    "sum_whole": {"bold": True, "top": 1, "top_color": HEAD_COLOUR, "num_format": "#,##0"},
    "sum_change": {"bold": True, "top": 1, "top_color": HEAD_COLOUR, "num_format": "+#,##0;-#,##0;0"},
    "sum_exact": {"bold": True, "top": 1, "top_color": HEAD_COLOUR, "num_format": "#,##0.000"},
}


class Book:
    """A workbook being written: its formats by name and its sheets with safe, unlike names."""

    def __init__(
        self, path: Path | BytesIO, title: str, more: Mapping[str, Mapping[str, object]] | None = None
    ) -> None:
        """Begin a workbook at `path`, or in memory; `more` are formats of its own."""
        # Text stays text: a name that begins with = is not a formula, and an address is not a link.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        if isinstance(path, BytesIO):
            options["in_memory"] = True
        self._book = xlsxwriter.Workbook(path if isinstance(path, BytesIO) else str(path), options)
        self._book.set_properties({"title": title, "author": "Bosett", "created": MADE})
        self._formats = {
            name: self._book.add_format(dict(values)) for name, values in {**FORMATS, **(more or {})}.items()
        }
        self._names: set[str] = set()

    def note(self, name: str, value: str) -> None:
        """Keep a fact for programs in the properties of the file, where no sheet shows it."""
        self._book.set_custom_property(name, value)

    def format(self, name: str) -> Format:
        """Return one of the formats by name."""
        return self._formats[name]

    def sheet(self, name: str) -> Sheet:
        """Add a sheet; its name is made safe and unlike the others. Landscape, A4, as wide as the page."""
        safe = safe_name(name, self._names)
        self._names.add(safe.casefold())
        sheet = self._book.add_worksheet(safe)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        return sheet

    def put(self, sheet: Sheet, row: int, column: int, cell: Cell, look: str | None = None) -> None:
        """Write one cell: text as text, numbers as numbers, a fraction with three decimals, None as an empty cell."""
        if cell is None:
            sheet.write_blank(row, column, None, self.format(look or "text"))
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell, self.format(look or "text"))
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self.format(look or "whole"))
        else:
            sheet.write_number(row, column, float(cell), self.format(look or "exact"))

    def fit(self, sheet: Sheet, row: int, *texts: tuple[str, int]) -> None:
        """Make a row as high as its wrapped texts need, each given with its column's width in characters.

        Written out, as not every program makes room for wrapped text when it opens a file.
        """
        lines = max(-(-len(words) * 10 // (width * 9)) for words, width in texts)
        if lines > 1:
            sheet.set_row(row, LINE_HEIGHT * lines)

    def head(self, sheet: Sheet, row: int, titles: Sequence[str]) -> None:
        """Write a header row that stays in sight on the screen and is repeated on each printed page."""
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, self.format("head"))
        sheet.set_row(row, 2 * LINE_HEIGHT + 4)
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


@contextmanager
def new_book(path: Path, title: str) -> Iterator[Book]:
    """Give a workbook to fill; it is put at `path` when it is complete.

    Raises:
        NotWritable: The folder is missing or closed to us, or `path` is a folder.
    """
    with new_file(path) as beside:
        book = Book(beside, title)
        yield book
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise NotWritable(path, str(error)) from error


def safe_name(name: str, taken: set[str]) -> str:
    """Return a sheet name that a spreadsheet accepts and that is unlike those `taken` (in folded case)."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name)
    clean = re.sub(r"[\x00-\x1f]|\s+", " ", clean).strip().strip("'").strip()
    # "History" is kept by spreadsheets for themselves.
    base = f"{clean} 1" if clean.casefold() == "history" else clean or "Ark"
    free, place = base[:LONGEST_NAME].rstrip(), 1
    while free.casefold() in taken:
        place += 1
        tail = f" ({place})"
        free = base[: LONGEST_NAME - len(tail)].rstrip() + tail
    return free


def width_of(texts: Sequence[str], widest: int = WIDEST) -> int:
    """Return a column's width in characters for what is shown in it."""
    return min(widest, max([6, *(len(line) for text in texts for line in text.split("\n"))]) + 2)


def shown(cell: Cell) -> str:
    """Return about what a spreadsheet shows for a cell, to set widths by."""
    if cell is None:
        return ""
    return f"{float(cell):,.3f}" if isinstance(cell, Fraction) else f"{cell:,}" if isinstance(cell, int) else cell
