"""One cell from outside as a value: what is read, what is refused and why; the same whatever way it came."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bosett.sources.values import (
    SENTENCES,
    NotRead,
    as_text,
    read_choice,
    read_code,
    read_day,
    read_number,
    read_yes_no,
)

NUMBERS: list[tuple[object, int | None]] = [
    *(("12", 12), ("0", 0), ("007", 7), (" 12 ", 12), ("", None), (" \u00a0", None), (None, None)),
    *(("12,0", 12), ("12.00", 12), ("200,0", 200), ("1 234,0", 1234), ("\ufeff40\u200b", 40)),
    *(("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("1\u2009234", 1234), ("30 350", 30_350)),
    *((12, 12), (12.0, 12), (0.0, 0), (40.000000000000007, 40), (39.999999999999997, 40), ("1 000 000", 1_000_000)),
]
NO_NUMBERS: list[tuple[object, str]] = [
    *((each, "number_spaced") for each in ("30 35", "8 2", "1 2 3", "1  234", "12 34", "0 123", "30\n35", "1\t234")),
    *((each, "number_spaced") for each in ("1 234\u00a0567", "1234 567", "1 23")),
    *((each, "number_sign") for each in ("–", "-", "—", ":", "..", ".", "*", "−")),
    *((each, "number_pointed") for each in ("1.234", "12,5", "12,000", "1,234,567", "1 234,5", "-0,5", "3.", 12.5)),
    *((each, "number_outside") for each in ("-3", "−3", "– 3", "1234567890", "1 000 001", -1, -1.0, 1_000_001, 1e9)),
    *((each, "not_a_number") for each in ("tolv", "1e3", "0x10", "١٢", "²", "+4", "1_000", "12 pers.", "~5", "1'234")),
    *((each, "not_a_number") for each in (True, date(2020, 1, 1), float("nan"), float("inf"), 1e300, "12-13", "½")),
]


@pytest.mark.parametrize(("written", "number"), NUMBERS)
def test_a_number_of_persons(written: object, number: int | None) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize(("written", "code"), NO_NUMBERS)
def test_what_is_no_number_is_refused_with_its_reason(written: object, code: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_number(written)
    assert (refused.value.code, refused.value.facts["written"]) == (code, as_text(written))


@pytest.mark.parametrize("space", " \u00a0\u202f\u2009")
def test_digits_that_spaces_part_are_a_number_only_in_threes(space: str) -> None:
    for left in ("1", "12", "123", "1234"):
        for right in ("1", "12", "123", "1234"):
            written = f"{left}{space}{right}"
            if len(right) == 3 and len(left) <= 3:
                assert read_number(written) == int(left + right)
            else:
                with pytest.raises(NotRead):
                    read_number(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *((each, date(2020, 9, 1)) for each in ("2020-09-01", "01.09.2020", "1.9.2020", "1. 9. 2020", " 1.9.2020 ")),
        *((each, date(2020, 9, 1)) for each in (date(2020, 9, 1), datetime(2020, 9, 1))),  # noqa: DTZ001  - as a workbook has it
        *((each, None) for each in ("", " ", None)),
    ],
)
def test_a_day(written: object, day: date | None) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    "written",
    [
        *(
            "31.02.2020",
            "09/01/2020",
            "1.9.20",
            "i høst",
            "44075",
            "20200901",
            "2020-W36-2",
            "01.09.0202",
            "0000-01-01",
        ),
        *("2020-9-1", "2020-09-01T08:00", "01.09.20200", "٠١.٠٩.٢٠٢٠"),
        *(True, 44075, 44075.0, datetime(2020, 9, 1, 8)),  # noqa: DTZ001  - as a workbook has it
    ],
)
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(NotRead, match="is no date; write it such as") as refused:
        read_day(written)
    assert refused.value.code == "not_a_day"


def test_a_choice_by_its_word_in_letters_of_any_size() -> None:
    answers = {"Anmodes": 1, "ikke  anmodet": 0}
    assert [read_choice(each, answers) for each in ("ANMODES", " Ikke anmodet", "", None)] == [1, 0, None, None]
    for each in ("anmodet", "anmodes?", 1, "anmodes ikke"):
        with pytest.raises(NotRead, match="none of the answers"):
            read_choice(each, answers)


def test_yes_and_no_as_words_and_as_a_workbooks_truth_value_or_what_it_is_saved_as() -> None:
    asked: Callable[[object], bool | None] = lambda written: read_yes_no(written, ("ja", "yes"), ("nei", "no"))  # noqa: E731  - a short name
    assert [asked(each) for each in ("JA", "yes ", True, "SANN", "true")] == [True] * 5
    assert [asked(each) for each in ("nei", "No", False, "USANN", "false")] == [False] * 5
    assert [asked(each) for each in ("", None)] == [None, None]
    for each in ("ja?", "kanskje", 1, 0.0, "x", "j"):
        with pytest.raises(NotRead):
            asked(each)


def test_digits_that_identify_without_spaces_within() -> None:
    assert [read_code(each) for each in ("300 000 011", 301, 301.0, "0301", " 9008 ", "", None)] == [
        *("300000011", "301", "301", "0301", "9008", "", ""),
    ]
    assert read_code("Oslo 0301") == "Oslo 0301"


def test_a_cell_is_told_as_a_spreadsheet_shows_it() -> None:
    held = (40.000000000000007, 12.5, True, False, date(2020, 9, 1), " a\u00a0", None)
    assert [as_text(each) for each in held] == ["40", "12,5", "SANN", "USANN", "01.09.2020", "a", ""]
    assert as_text(datetime(2020, 9, 1, 8, 30)) == "01.09.2020 08:30"  # noqa: DTZ001  - as a workbook has it


def test_each_reason_has_a_sentence_that_is_used() -> None:
    assert {code for _, code in NO_NUMBERS} | {"not_a_day", "not_a_choice"} == SENTENCES.keys()
