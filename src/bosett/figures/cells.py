"""One figure as text and back: a value, exactly, with the status that says why there is one or none."""

import re
from collections.abc import Mapping
from fractions import Fraction

from bosett.figures.kinds import Figure, Status

MISSING = Figure(None, Status.MISSING)
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15}|/[1-9][0-9]{0,14})?")
_MOST_PERCENT = 100


SENTENCES: Mapping[str, str] = {
    "status": "has the status {written!r}; it must be one of {allowed}, or empty",
    "value_and_status": ("has the value {written} and the status {status}; a figure has a value exactly when it is ok"),
    "ok_without_value": "is ok and has no value; a figure has a value exactly when it is ok",
    "value": "has the value {written!r}; it must be a number such as 24 or 61.5, without spaces",
    "percent": "has the value {written}; a percentage is at most 100",
    "whole": "has the value {written}; a number of {unit}s is whole",
    "place_twice": "has {written}, which stands above in the same time; each place has one figure",
    "month": "has the time {written!r}; it must be a month such as 2026-02",
    "year": "has the time {written!r}; it must be a year",
    "other_time": "is of {written}, and the file is said to be of {wanted}",
    "municipality": "has the code {written!r}; a municipality has four digits, such as 0301",
    "county": "has the code {written!r}; a county has two, the country is 00",
}


class NoFigure(ValueError):
    """A text is no figure, or of no place or time: a code of `SENTENCES`, and its facts; to be told with its place."""

    def __init__(self, code: str, written: str, **facts: str) -> None:
        super().__init__(SENTENCES[code].format(written=written, **facts))
        self.code, self.facts = code, {"written": written, **facts}


def figure_of(value: str, status: str, unit: str) -> Figure:
    """Return the figure that a value and a status tell; an empty status is ok beside a value, and missing without.

    Args:
        value: A number such as 24, 61.5 or 123/2; empty where there is none.
        status: ok, hidden, missing or not_asked.
        unit: person and job are counted in whole numbers, percent is at most 100.

    Raises:
        NoFigure: It is no number, no status, or the two do not go together.
    """
    try:
        why = Status(status) if status else (Status.OK if value else Status.MISSING)
    except ValueError:
        raise NoFigure("status", status, allowed=", ".join(Status)) from None
    if bool(value) != (why is Status.OK):
        raise NoFigure("value_and_status" if value else "ok_without_value", value, status=why.value)
    if not value:
        return Figure(None, why)
    if not _NUMBER.fullmatch(value):
        raise NoFigure("value", value[:40])
    number = Fraction(value)
    if unit == "percent":
        if number > _MOST_PERCENT:
            raise NoFigure("percent", value)
        return Figure(number, why)
    if number.denominator != 1:
        raise NoFigure("whole", value, unit=unit)
    return Figure(int(number), why)


def value_text(figure: Figure) -> str:
    """Return the value as text that `figure_of` reads back: a decimal where it ends, else a fraction, else nothing."""
    if figure.value is None:
        return ""
    number = Fraction(figure.value)
    for digits in range(15):
        scaled = number * 10**digits
        if scaled.denominator == 1:
            whole, part = divmod(int(scaled), 10**digits)
            return f"{whole}.{part:0{digits}d}" if digits else str(whole)
    return str(number)
