"""Plain tables as a workbook: a sheet for each, real numbers, ready to filter and to print."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from bosett.render.book import WIDEST, Book, Cell, new_book, shown, width_of

TableSheet = tuple[str, Sequence[str], Sequence[Sequence[Cell]], Sequence[str]]


def write_workbook(path: Path, sheets: Sequence[TableSheet]) -> None:
    """Write tables to a workbook, the same bytes for the same tables.

    Args:
        path: Where the workbook goes; an older file there is replaced when the new one is complete.
        sheets: Title, column titles, rows and notes of each table. None is an empty cell.

    Raises:
        NotWritable: The folder is missing or closed to us, or `path` is a folder.
    """
    with new_book(path, sheets[0][0] if sheets else "Bosett") as book:
        for table in sheets or [("Bosett", (), (), ())]:
            _write(book, table)


def workbook_of(sheets: Sequence[TableSheet]) -> bytes:
    """Return tables as a workbook, the same bytes for the same tables.

    Args:
        sheets: As `write_workbook` takes them; one at least.
    """
    content = BytesIO()
    book = Book(content, sheets[0][0])
    for table in sheets:
        _write(book, table)
    book.close()
    return content.getvalue()


def _write(book: Book, table: TableSheet) -> None:
    title, columns, rows, notes = table
    sheet = book.sheet(title)
    if columns:
        book.head(sheet, 0, columns)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            wrapped = isinstance(cell, str) and len(cell) > WIDEST
            book.put(sheet, place, column, cell, "wrapped" if wrapped else None)
    for column, head in enumerate(columns):
        sheet.set_column(column, column, width_of([f"{head}  ", *(shown(row[column]) for row in rows)]))
    for place, note in enumerate(notes, start=len(rows) + 2):
        book.put(sheet, place, 0, note, "quiet")
    sheet.set_footer("&L&8Bosett: &A&R&8&P / &N")
