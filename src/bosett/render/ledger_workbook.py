"""The ledger of a year as a workbook: its rows, to be worked on and read in again, and a sheet that tells how.

New rows are written beneath those that stand; `sources.ledger_table` reads it back, and leaves alone what has a number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from bosett.render.book import HEAD_COLOUR, LINE_HEIGHT, Book, width_of

LedgerCell = str | int | date | None

_FORMATS: Mapping[str, Mapping[str, object]] = {
    "day": {"num_format": "dd.mm.yyyy", "align": "center", "valign": "top"},
    "code": {"num_format": "@", "valign": "top"},
    "gone": {"font_strikeout": True, "font_color": "#5A6872", "num_format": "#,##0", "valign": "top"},
    "help_head": {"bold": True, "valign": "top", "text_wrap": True, "font_color": HEAD_COLOUR},
    "help_text": {"valign": "top", "text_wrap": True},
}
_NARROWEST, _WIDEST = 9, 44


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """What the workbook holds, in words.

    Attributes:
        title: Of the workbook, and of the sheet with the rows.
        headings: Of the columns.
        rows: The cells of each row.
        corrected: The rows, by their place, that another has taken the place of: they stand struck out.
        help_name: Name of the sheet that tells how.
        help: What it tells: a heading, and a text.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[LedgerCell]]
    corrected: frozenset[int]
    help_name: str
    help: Sequence[tuple[str, str]]


def write_ledger_book(data: LedgerBook) -> bytes:
    """Return the workbook: the same bytes for the same rows and words."""
    content = BytesIO()
    book = Book(content, data.title, _FORMATS)
    sheet = book.sheet(data.title)
    book.head(sheet, 0, data.headings)
    for place, row in enumerate(data.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(place + 1, column, cell, book.format("day"))
            else:
                look = "gone" if place in data.corrected else "code" if isinstance(cell, str) else None
                book.put(sheet, place + 1, column, cell, look)
    for column, head in enumerate(data.headings):
        texts = [_text(row[column]) for row in data.rows]
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, width_of([f"{head} ", *texts]))))
    sheet.autofilter(0, 0, max(len(data.rows), 1), len(data.headings) - 1)
    sheet.set_footer("&L&8Bosett: &A&R&8&P / &N")
    _write_help(book, data)
    book.close()
    return content.getvalue()


def _write_help(book: Book, data: LedgerBook) -> None:
    sheet = book.sheet(data.help_name)
    sheet.set_portrait()
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 84)
    for row, (head, text) in enumerate(data.help):
        book.put(sheet, row, 0, head, "help_head")
        book.put(sheet, row, 1, text, "help_text")
        sheet.set_row(row, LINE_HEIGHT * max(-(-len(text) // 84), -(-len(head) // 24)) + 6)


def _text(cell: LedgerCell) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else "" if cell is None else str(cell)
