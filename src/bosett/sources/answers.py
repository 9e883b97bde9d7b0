"""What a publisher answered, as values: JSON read strictly, text by its code page, tables with their places told.

JSON is UTF-8. Numbers become whole numbers or exact fractions, never rounded ones. Several answers may stand one after
another, as they do when they were fetched in parts (`fetching.joined`). What is no JSON is refused, and a page of HTML
is called so: it is what a service that is down, or a proxy with a login, answers with.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn

from bosett.basis.refusals import CodedRefusal
from bosett.sources.fetching import Fetched, in_short

MOST_LISTED = 12
"""Codes that a sentence lists."""

_MARK = b"\xef\xbb\xbf"
_DIGITS = 60
_SPACE = re.compile(r"[ \t\r\n]*")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?")


_ANOTHER = "The service may have changed its form, or this is another answer; nothing has been read"
SENTENCES: Mapping[str, tuple[str, str]] = {
    "html": (
        "the answer is a page (HTML) or XML, where JSON should be",
        "The service may be down, or a proxy answers for it: try again later",
    ),
    "html_no_table": ("it is a page (HTML) or XML, and no table", "Save the table itself as CSV or as a workbook"),
    "cut": ("the answer begins as JSON and breaks off, or is none", "Fetch it again; nothing has been read"),
    "blank": ("there is nothing in it", "Fetch it again"),
    "letters": ("the letters are not UTF-8 (byte {byte})", "Fetch it again, or save it as UTF-8"),
    "no_end": (
        "the last line has no end, so the file may break off",
        "Fetch it again, or open it and save it anew",
    ),
    "no_heading": ("there is no row of headings with {headings}", "Check that it is the right table"),
    "hidden_table": ("the sheet with the headings is hidden", "Check that it is the right table"),
    "rows": ("it has more rows or columns than such a table can have", "Check that it is the right table"),
    "heading_twice": ("the heading {written!r} stands twice", "Keep one of the columns"),
    "letters_strange": ("letters look spoiled ({written})", "Save it as CSV UTF-8, or as a workbook"),
    "twice": ("{series} of {place} in {time} stands twice, with different figures", _ANOTHER),
    "percent": ("{series} of {place} in {time} is {value} percent", _ANOTHER),
    "people": ("{series} of {place} in {time} is {value}, and no whole number of people", _ANOTHER),
    "lacking": (
        "{missing} of the {all} municipalities of {year} are missing in {what}: {named}",
        "Fetch all of them; nothing has been read",
    ),
    "counties_lacking": ("counties are missing: {named}", "Fetch the whole table"),
    "other_table": ("it is table {table}, where {wanted} should be", _ANOTHER),
    "no_such_time": ("there are figures for {times}, and none for {wanted}", _ANOTHER),
    "other_structure": ("there are figures for {times}, and not with the municipalities of {year}", _ANOTHER),
    "nobody": ("by {series} {time} nobody lives in {named}", _ANOTHER),
    "no_measure": ("none of {wanted} stands in it, but {named}", _ANOTHER),
    "other_codes": (
        "{time} has codes that are none of {year}: {named}",
        "Leave the year out, or correct the codes; nothing has been read",
    ),
    "other_month": ("it is the table of {time}, where that of {wanted} should be", _ANOTHER),
    "no_month": ("it is not told which month it is of", _ANOTHER),
    "no_rows": ("no municipality stands in the table", _ANOTHER),
}
"""What is wrong with an answer and what to do, by code: what is met most. The rest is told as it is, in English."""


class UnreadableAnswer(CodedRefusal):
    """What was fetched is not what it should be.

    Attributes:
        source: The address or file that it came from.
        what: What is wrong, and where.
    """

    def __init__(
        self, source: str, what: str, do: str, code: str = "form", facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(
            f"{in_short(source)}: {what}. {do}.", f"unread_{code}", {"words": what} if facts is None else facts
        )
        self.source, self.what = source, what


def documents(fetched: Fetched, number: Callable[[str], object] | None = None) -> tuple[Any, ...]:
    """Return the values of JSON that stand one after another; at least one.

    Args:
        fetched: The bytes.
        number: What a number with a point or an exponent becomes; by default an exact fraction.

    Raises:
        UnreadableAnswer: They are no JSON.
    """
    text = _text(fetched)
    decoder = json.JSONDecoder(
        parse_int=_whole, parse_float=number or _fraction, parse_constant=_no_constant, object_pairs_hook=_object
    )
    values, at = list[Any](), _end_of_space(text, 0)
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at = _end_of_space(text, at)
    except (ValueError, RecursionError) as fault:
        raise unreadable(fetched, "cut") from fault
    if not values:
        raise unreadable(fetched, "blank")
    return tuple(values)


def document(fetched: Fetched) -> Any:  # noqa: ANN401  - any JSON; whoever reads it looks
    """Return the one value of JSON.

    Raises:
        UnreadableAnswer: It is no JSON, or more than one stands there.
    """
    values = documents(fetched)
    if len(values) > 1:
        raise UnreadableAnswer(
            fetched.source, f"{len(values)} answers stand in it, where one is read", "Save one alone"
        )
    return values[0]


def text_of(fields: Mapping[str, Any], name: str, fetched: Fetched) -> str:
    """Return a text of an object.

    Raises:
        UnreadableAnswer: It is missing, empty or no text.
    """
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise unexpected(fetched, f"'{name}' is {'missing' if value is None else 'not a text'}")
    return value.strip()


def objects(value: object, where: str, fetched: Fetched) -> list[Mapping[str, Any]]:
    """Return a list of objects.

    Raises:
        UnreadableAnswer: It is none.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise unexpected(fetched, f"'{where}' is not a list of objects")
    return value


def day_of(value: object, fetched: Fetched) -> date | None:
    """Return a day that is written `2026-02-24`, alone or with a time of day; None when nothing is written.

    Raises:
        UnreadableAnswer: It is something else.
    """
    if value in (None, ""):
        return None
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    with suppress(ValueError):
        if match:
            return date.fromisoformat(match[1])
    raise unexpected(fetched, f"{str(value)[:40]!r} is no day")


def unexpected(fetched: Fetched, what: str) -> UnreadableAnswer:
    """Return the refusal of an answer whose form is another than the one described."""
    return UnreadableAnswer(fetched.source, what, _ANOTHER)


def unreadable(fetched: Fetched, code: str, **facts: object) -> UnreadableAnswer:
    """Return the refusal of an answer for one of the reasons in `SENTENCES`; a fact with several names is a list."""
    what, do = SENTENCES[code]
    worded = {name: listed(fact) if isinstance(fact, list) else fact for name, fact in facts.items()}
    return UnreadableAnswer(fetched.source, what.format(**worded), do, code, facts)


def listed(texts: Collection[str]) -> str:
    """Return texts in a row; of many the first, and how many more there are."""
    shown = list(texts)[:MOST_LISTED]
    more = len(texts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def is_html(content: bytes) -> bool:
    """Return whether bytes begin as a page or as XML."""
    return content[:512].removeprefix(_MARK).lstrip().startswith(b"<")


def _text(fetched: Fetched) -> str:
    if is_html(fetched.content):
        raise unreadable(fetched, "html")
    try:
        return fetched.content.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise unreadable(fetched, "letters", byte=fault.start + 1) from fault


def _end_of_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _whole(text: str) -> int:
    if len(text) > _DIGITS:
        raise ValueError(text[:_DIGITS])
    return int(text)


def _fraction(text: str) -> Fraction | int:
    number = Decimal(text)
    if len(text) > _DIGITS or abs(number.adjusted()) > _DIGITS:
        raise ValueError(text[:_DIGITS])
    exact = Fraction(number)
    return int(exact) if exact.denominator == 1 else exact


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; one that says the same name twice says two things."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name stands twice")
    return fields
