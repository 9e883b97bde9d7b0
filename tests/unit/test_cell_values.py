"""What is written in a cell of the county's sheet, read as a value and written back."""

from datetime import date

import pytest

from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import BadCell, Cell, Value
from bosett_web.actions.county.values import readable
from bosett_web.actions.doing import Invalid
from bosett_web.records.models.columns import MOST
from bosett_web.screens.words import WORDS
from written import DAYS, NO_DAYS, NO_NUMBERS, NUMBERS


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("number", " 1 234 ", 1234),
        ("number", "1\u00a0234", 1234),
        ("number", "", None),
        ("number", "1\u202f234", 1234),
        ("number", "12,0", 12),
        *(("asked", each, True) for each in ("yes", "ja", "JA ", "SANN")),
        *(("asked", each, False) for each in ("no", "Nei", "USANN")),
        ("asked", " ", None),
        *(("signal_on", each, date(2020, 6, 1)) for each in ("2020-06-01", "01.06.2020", "1.6.2020")),
        ("reason", "  So it\r\nis. ", "So it is."),
        ("signal_by", "", ""),
    ],
)
def test_what_is_written_in_a_cell_is_read_and_written_back(field: str, written: str, value: Value) -> None:
    assert cells.read_value(field, written) == value
    assert cells.read_value(field, cells.write_value(value)) == value


@pytest.mark.parametrize(
    ("field", "written", "code"),
    [
        *(("number", each, "not_a_number") for each in ("ti", "1e3", "²", "٣", "+4")),
        *(("number", each, "number_spaced") for each in ("30 35", "8 2", "1 2 3", "1  234")),
        *(("number", each, "number_sign") for each in ("–", ":", "-")),
        *(("number", each, "number_pointed") for each in ("1,5", "1.234")),
        *(("number", each, "number_outside") for each in ("-1", "1234567890")),
        *(("signal_on", each, "not_a_day") for each in ("i går", "2020-13-01", "06/01/2020")),
        *(("asked", each, "not_a_choice") for each in ("kanskje", "j", "1")),
    ],
)
def test_what_cannot_be_read_goes_on_as_it_is_written(field: str, written: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        cells.read_value(field, written)
    assert cells.read_cell("4601", field, written, "") == Cell("4601", field, BadCell(written, code), before=None)
    assert cells.write_value(BadCell(written, code)) == written


@pytest.mark.parametrize("code", ["asked_yes", "asked_no", "book_yes", "book_no"])
def test_what_a_page_or_a_workbook_says_of_a_choice_is_read_in_a_cell(code: str) -> None:
    assert [cells.read_value("asked", words) for words in WORDS[code]] == [code.endswith("yes")] * 3


def test_why_a_number_is_outside_tells_how_far_it_may_go() -> None:
    bad_cell = cells.read_cell("4601", "number", "1000001", "").value
    assert isinstance(bad_cell, BadCell)
    assert bad_cell.facts == {"most": MOST}


def test_a_cell_takes_and_refuses_what_every_other_way_in_does() -> None:
    for written, number in NUMBERS:
        if isinstance(written, str):
            assert cells.read_value("number", written) == number, repr(written)
    for written, code in NO_NUMBERS:
        if isinstance(written, str):
            assert readable("number", written) == BadCell(written.strip(), code), repr(written)
    for written, day in DAYS:
        if isinstance(written, str):
            assert cells.read_value("signal_on", written) == day, repr(written)
    for written in NO_DAYS:
        if isinstance(written, str):
            assert readable("signal_on", written) == BadCell(written, "not_a_day"), repr(written)
