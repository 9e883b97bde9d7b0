"""What is written in a cell of the county's sheet, read as a value and written back."""

from datetime import date

import pytest

from bosett_web.actions import cells
from bosett_web.actions.cells import Cell, Unreadable, Value
from bosett_web.actions.doing import Invalid


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("number", " 1 234 ", 1234),
        ("number", "1\u00a0234", 1234),
        ("number", "", None),
        ("asked", "yes", True),
        ("asked", "no", False),
        ("asked", " ", None),
        ("signal_on", "2020-06-01", date(2020, 6, 1)),
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
        *(("number", each, "not_a_number") for each in ("ti", "-1", "1,5", "1e3", "²", "٣", "1234567890", "+4")),
        *(("signal_on", each, "not_a_day") for each in ("i går", "2020-13-01", "01.06.2020")),
        *(("asked", each, "not_a_choice") for each in ("ja", "True", "1")),
    ],
)
def test_what_cannot_be_read_goes_on_as_it_is_written(field: str, written: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        cells.read_value(field, written)
    assert cells.read_cell("4601", field, written, "") == Cell("4601", field, Unreadable(written, code), before=None)
    assert cells.write_value(Unreadable(written, code)) == written
