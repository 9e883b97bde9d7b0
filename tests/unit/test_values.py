"""One cell from outside as a value: what is read, what is refused and why; the same whatever way it came."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest

from bosett.sources.values import (
    SENTENCES,
    NotRead,
    as_text,
    read_choice,
    read_code,
    read_day,
    read_number,
    read_percent,
    read_yes_no,
)
from written import DAYS, NO_DAYS, NO_NUMBERS, NUMBERS


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
    ("written", "percent"),
    [
        ("55,6", Fraction(278, 5)),
        ("55.55555556", Fraction("55.55555556")),
        (" 0 ", 0),
        ("100", 100),
        ("2,5 %", Fraction(5, 2)),
        (2.5, Fraction(5, 2)),
        (100, 100),
        (0.1, Fraction(1, 10)),
        ("", None),
        (" ", None),
        (None, None),
    ],
)
def test_a_percentage_is_exact(written: object, percent: Fraction | None) -> None:
    assert read_percent(written) == percent


@pytest.mark.parametrize("written", ["100,01", "-1", "1e1", "5,5,5", "%", "ja", ",5", 101, -0.5, 1e-9, True, [], "٥"])
def test_what_is_no_percentage_is_refused(written: object) -> None:
    with pytest.raises(NotRead) as refused:
        read_percent(written)
    assert refused.value.code == "not_a_percentage"


@pytest.mark.parametrize(("written", "day"), DAYS)
def test_a_day(written: object, day: date | None) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize("written", NO_DAYS)
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
    values = (40.000000000000007, 12.5, True, False, date(2020, 9, 1), " a\u00a0", None)
    assert [as_text(each) for each in values] == ["40", "12,5", "SANN", "USANN", "01.09.2020", "a", ""]
    assert as_text(datetime(2020, 9, 1, 8, 30)) == "01.09.2020 08:30"  # noqa: DTZ001  - as a workbook has it


def test_each_reason_has_a_sentence_that_is_used() -> None:
    others = {"not_a_day", "not_a_choice", "not_a_text", "not_a_percentage", "not_a_fraction"}
    assert {code for _, code in NO_NUMBERS} | others == SENTENCES.keys()
