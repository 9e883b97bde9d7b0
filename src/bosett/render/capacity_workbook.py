"""A county's capacity as a workbook to be filled in: a row for each municipality, a column for each kind of place."""

from collections.abc import Sequence
from io import BytesIO

from bosett.render.book import Book, Cell

WIDTHS = (7, 26)
OTHERS = 15


def write_capacity_book(title: str, note: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return the workbook.

    Args:
        title: What it is, and of which county and weeks.
        note: How it is filled in.
        heads: The headings: code, name, then what is reported.
        rows: A row for each municipality; a cell without a value is None.
    """
    file = BytesIO()
    book = Book(file, title)
    sheet = book.sheet(title)
    book.put(sheet, 0, 0, title, "title")
    book.put(sheet, 1, 0, note, "quiet")
    book.head(sheet, 3, heads)
    for column in range(len(heads)):
        sheet.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else OTHERS)
    for line, row in enumerate(rows, start=4):
        for column, cell in enumerate(row):
            book.put(sheet, line, column, cell)
    book.close()
    return file.getvalue()
