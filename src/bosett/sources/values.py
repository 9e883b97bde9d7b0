"""One cell that a person has written, as a value: a number of persons, a day, a choice; or why it is none.

Whatever way it comes in (a county's file, a list of locks or of addresses, a form, an option of a command), it is read
here: what one takes, all take. Nothing is guessed. `30 35` may be two numbers, `1.234` may be more or less than two,
and `–` and `:` do not say whether a figure is zero, missing or hidden: such a cell is refused with its reason, and a
person writes it anew.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import TypeVar

from bosett.basis.refusals import Refusal
from bosett.documents.county_sheet import MOST

Raw = object
"""What a cell holds: text, or a workbook's number, day, moment or truth value; None and blank text are nothing."""
Answer = TypeVar("Answer")

SPACES = " \u00a0\u202f\u2009"
"""Spaces that may stand between groups of three digits: the common one, no-break, narrow no-break and thin."""
SENTENCES = {
    "not_a_number": "is no number of persons; write a whole number such as 24",
    "number_sign": "does not say whether it is zero or unknown; write 0 for zero, or leave the cell empty",
    "number_spaced": "may be two numbers; write one, with spaces only between groups of three digits",
    "number_pointed": "has a point or comma; write a whole number without",
    "number_outside": "is outside what can be; write a number from 0 to {most}",
    "not_a_percentage": "is no percentage; write a number from 0 to 100, such as 55,6",
    "not_a_fraction": "is no number; write it such as 12,5 or 5 000",
    "not_a_day": "is no date; write it such as 01.09.2020",
    "not_a_text": "is a truth value and no text; write it in words",
    "not_a_choice": "is none of the answers; write one of them",
}

LONGEST_TOLD = 60
"""Characters of a cell that a sentence quotes."""

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Signs without width that come along from web pages and other programs."""
_WHOLE = rf"[0-9]{{1,9}}|[1-9][0-9]{{0,2}}(?P<space>[{SPACES}])[0-9]{{3}}(?:(?P=space)[0-9]{{3}})*"
_DIGITS = rf"(?:{_WHOLE})(?:[.,]0{{1,2}})?"
_MINUS = "[-\u2012\u2013\u2212]"
_NUMBER = re.compile(_DIGITS)
_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,20})?")
_FRACTION = re.compile(rf"(?:{_WHOLE})(?:[.,][0-9]{{1,12}})?")
_KINDS = (
    ("number_sign", re.compile(r"[-\u2010-\u2015\u2212.:*/]+")),
    ("number_outside", re.compile(rf"{_MINUS}\s?{_DIGITS}|[0-9]{{10,}}")),
    ("number_spaced", re.compile(r"[0-9]+(?:\s+[0-9]+)+")),
    ("number_pointed", re.compile(rf"{_MINUS}?[0-9\s.,]+")),
)
"""Why a text is no number of persons, the first that fits."""
_NORWEGIAN = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIRST_YEAR = 1900  # a year before it is a slip: 0202 for 2020
_YES, _NO = ("sann", "true"), ("usann", "false")  # a truth value of a workbook, once it has been saved as text


class NotRead(Refusal):
    """A cell that is not what it should be: a code that words are found by, and its facts, `written` among them."""

    def __init__(self, code: str, written: Raw, **facts: object) -> None:
        text = as_text(written)
        super().__init__(f"{short(text)!r} {SENTENCES[code].format(**facts)}")
        self.code, self.facts = code, {"written": text, **facts}


def read_number(written: Raw, most: int = MOST) -> int | None:
    """Return a number of persons from 0 to `most`; None when nothing is written.

    Text is digits, perhaps with spaces between groups of three, perhaps with a point or comma and one or two zeros. A
    workbook's number is taken as a spreadsheet shows it, to 15 digits: 40.000000000000007 is 40.

    Raises:
        NotRead: It is no such number.
    """
    if isinstance(written, str):
        number = _number_of(_bare(written), most)
    elif isinstance(written, float):
        shown = f"{written:.15g}"
        if not shown.lstrip("-").isdigit():
            raise NotRead("number_pointed" if "." in shown and "e" not in shown else "not_a_number", written)
        number = int(shown)
    elif written is None:
        number = None
    elif isinstance(written, int) and not isinstance(written, bool):
        number = written
    else:
        raise NotRead("not_a_number", written)
    if number is not None and not 0 <= number <= most:
        raise NotRead("number_outside", written, most=most)
    return number


def read_percent(written: Raw) -> Fraction | None:
    """Return a percentage from 0 to 100, exactly as it is written; None when nothing is written.

    Text is digits, perhaps with a decimal point or comma, and perhaps with a percent sign after it. A workbook's number
    is taken as a spreadsheet shows it, to 15 digits.

    Raises:
        NotRead: It is no such number.
    """
    if written is None or isinstance(written, str):
        bare = _bare(written or "")
        if not bare:
            return None
        text = bare.removesuffix("%").rstrip()
    elif isinstance(written, int | float) and not isinstance(written, bool):
        text = f"{written:.15g}"
    else:
        raise NotRead("not_a_percentage", written)
    if not _PERCENT.fullmatch(text) or (percentage := Fraction(text.replace(",", "."))) > 100:
        raise NotRead("not_a_percentage", written)
    return percentage


def read_fraction(written: str, most: int = MOST) -> Fraction | None:
    """Return a number from 0 to `most`, exactly as it is written; None when nothing is written.

    Text is digits, perhaps with spaces between groups of three, and perhaps with a decimal point or comma.

    Raises:
        NotRead: It is no such number.
    """
    bare = _bare(written)
    if not bare:
        return None
    if not _FRACTION.fullmatch(bare):
        raise NotRead("not_a_fraction", written)
    number = Fraction("".join(sign for sign in bare if sign not in SPACES).replace(",", "."))
    if number > most:
        raise NotRead("number_outside", written, most=most)
    return number


def read_day(written: Raw) -> date | None:
    """Return a day, written `01.09.2020`, `1.9.2020` or `2020-09-01`; None when nothing is written.

    Raises:
        NotRead: It is none, or a moment within a day.
    """
    if isinstance(written, datetime) and written.time() == time():
        return written.date()
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    if not isinstance(written, str):
        if written is None:
            return None
        raise NotRead("not_a_day", written)
    text = _bare(written)
    if not text:
        return None
    if match := _NORWEGIAN.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise NotRead("not_a_day", written)
    try:
        if year >= _FIRST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise NotRead("not_a_day", written)


def read_choice(written: Raw, answers: Mapping[str, Answer]) -> Answer | None:
    """Return the answer that a word stands for, in small or large letters; None when nothing is written.

    Raises:
        NotRead: It is none of the words.
    """
    word = _word(_bare(as_text(written)))
    known = {_word(each): answer for each, answer in answers.items()}
    if word and word not in known:
        raise NotRead("not_a_choice", written)
    return known[word] if word else None


def read_yes_no(written: Raw, yes: Iterable[str], no: Iterable[str]) -> bool | None:
    """Return whether it says yes: by one of the words, or a workbook's truth value; None when nothing is written.

    Raises:
        NotRead: It is neither.
    """
    if isinstance(written, bool):
        return written
    return read_choice(written, dict.fromkeys((*no, *_NO), False) | dict.fromkeys((*yes, *_YES), True))


def read_code(written: Raw) -> str:
    """Return what identifies something by digits, without spaces within; empty when nothing is written.

    A spreadsheet shows an organisation's number in threes, and takes a code for a number. A zero that it took from the
    front is for the reader of that code to give back.
    """
    text = as_text(written)
    together = "".join(text.split())
    return together if together.isascii() and together.isdigit() else text


def as_text(written: Raw) -> str:
    """Return what a cell holds as a Norwegian spreadsheet shows it; empty when nothing is written."""
    if isinstance(written, bool):
        return "SANN" if written else "USANN"
    if isinstance(written, float):
        return f"{written:.15g}".replace(".", ",")
    if isinstance(written, datetime):
        return f"{written:%d.%m.%Y}" if written.time() == time() else f"{written:%d.%m.%Y %H:%M}"
    if isinstance(written, date):
        return f"{written:%d.%m.%Y}"
    return "" if written is None else str(written).strip()


def short(text: str) -> str:
    """Return a text as a sentence can quote it."""
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


def _number_of(text: str, most: int) -> int | None:
    if not text:
        return None
    if _NUMBER.fullmatch(text) is None:
        code = next((code for code, kind in _KINDS if kind.fullmatch(text)), "not_a_number")
        raise NotRead(code, text, **({"most": most} if code == "number_outside" else {}))
    return int("".join(re.split("[.,]", text)[0].split()))


def _bare(text: str) -> str:
    """Return text without spaces, and signs that nobody sees, at its ends."""
    return text.strip().strip(_UNSEEN).strip()


def _word(text: str) -> str:
    return " ".join(text.casefold().split())
