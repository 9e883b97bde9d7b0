"""What one way in takes, all take: a county's CSV and workbook, a list of locks of both kinds, a form.

The page that is pasted into reads by the same reader; `test_cell_values.py` holds it to the same.
"""

import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from bosett.sources.county_sheet.read import read_sheet
from bosett.sources.locks import BadLocks, read_locks
from bosett.sources.values import SENTENCES
from bosett_web.screens.fields import DayField, KeyField, NumberField, PageField
from countysheets import READING
from written import DAYS, NO_DAYS, NO_NUMBERS, NUMBERS

pytestmark = pytest.mark.long

Row = list[object]


def csv_of(*rows: Row) -> bytes:
    """Return rows as a spreadsheet program saves them as text."""
    quoted = [";".join('"{}"'.format(str(cell).replace('"', '""')) for cell in row) for row in rows]
    return "\r\n".join(quoted).encode("utf-8-sig")


def book_of(*rows: Row) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"nan_inf_to_errors": True})
    to, day = book.add_worksheet("Ark"), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                to.write_string(line, column, cell)
            elif isinstance(cell, date):
                to.write_datetime(line, column, cell, day)
            else:
                to.write(line, column, cell)
    book.close()
    return out.getvalue()


def uploaded(column: str, cell: object, *, book: bool) -> object:
    """Return the value of a cell of the county's file, or the code of why it is none."""
    rows: tuple[Row, Row] = ["code", column.replace("_", " ")], ["1804", cell]
    name, content = ("a.xlsx", book_of(*rows)) if book else ("a.csv", csv_of(*rows))
    read = read_sheet(name, content, READING)
    assert len(read.faults) <= 1
    return read.faults[0].code if read.faults else read.rows[0].cells[column].value


def locked(cell: object, *, book: bool) -> object:
    """Return the number of a lock, or the sentence of why it is none."""
    rows: tuple[Row, Row] = ["code", "at_least"], ["1804", cell]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("locks.xlsx" if book else "locks.csv")
        path.write_bytes(book_of(*rows) if book else csv_of(*rows))
        try:
            return read_locks(path, 2021).at_least["1804"]
        except BadLocks as refused:
            return str(refused)


def filled_in(field: PageField, cell: str) -> object:
    """Return what the field of a form is read as, or the code of why it is nothing."""
    try:
        return field.clean(cell)
    except ValidationError as refused:
        return refused.code


def a_workbook_holds(cell: object) -> bool:
    """Return whether a workbook can hold a cell as it is: xlsxwriter makes an error of what is no number."""
    return not isinstance(cell, float) or (cell == cell and abs(cell) != float("inf"))  # noqa: PLR0124  - not NaN


@pytest.mark.parametrize("book", [False, True])
def test_numbers_are_the_same_whatever_way_they_come(book: bool) -> None:
    for cell, number in NUMBERS:
        if book or isinstance(cell, str):
            assert uploaded("number", cell, book=book) == number, repr(cell)
            if number is not None:
                assert locked(cell, book=book) == number, repr(cell)


@pytest.mark.parametrize("book", [False, True])
def test_what_is_no_number_is_refused_whatever_way_it_comes(book: bool) -> None:
    for cell, code in NO_NUMBERS:
        if (book and a_workbook_holds(cell)) or isinstance(cell, str):
            assert uploaded("number", cell, book=book) == f"cell_{code}", repr(cell)
            assert SENTENCES[code].partition("{")[0] in str(locked(cell, book=book)), repr(cell)


@pytest.mark.parametrize("book", [False, True])
def test_days_are_the_same_whatever_way_they_come(book: bool) -> None:
    for cell, day in DAYS:
        if book or isinstance(cell, str):
            assert uploaded("signal_on", cell, book=book) == day, repr(cell)
    for cell in NO_DAYS:
        if book or isinstance(cell, str):
            assert uploaded("signal_on", cell, book=book) == "cell_not_a_day", repr(cell)


def test_a_form_takes_and_refuses_the_same() -> None:
    for cell, number in NUMBERS:
        if isinstance(cell, str):
            assert filled_in(NumberField(), cell) == number, repr(cell)
    for cell, code in NO_NUMBERS:
        if isinstance(cell, str):
            assert filled_in(NumberField(), cell) == code, repr(cell)
    for cell, day in DAYS:
        if isinstance(cell, str):
            assert filled_in(DayField(needed=True), cell) == (day or "not_a_day"), repr(cell)
    for cell in NO_DAYS:
        if isinstance(cell, str):
            assert filled_in(DayField(needed=True), cell) == "not_a_day", repr(cell)
    assert filled_in(KeyField(), "2000000") == 2_000_000  # what a row is found by is no number of persons
    assert filled_in(KeyField(), "") == "number_missing"


def test_a_blank_lock_is_no_lock_of_0() -> None:
    assert "has no number; write 0 if nothing is locked" in str(locked("", book=False))
    assert locked("0", book=False) == 0
