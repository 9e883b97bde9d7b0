"""Figures in a plain CSV of ours: code, time, value, status. What a person can write by hand and read in a review."""

import csv
import io
import re
from collections.abc import Mapping

from bosett.basis.refusals import CodedRefusal
from bosett.figures.catalogue import IndicatorColumn, column_of
from bosett.figures.cells import NoFigure, figure_of
from bosett.figures.kinds import Figure, Level

NEEDED, ALLOWED = ("code", "value"), ("code", "time", "value", "status")
MOST_BYTES = 8 << 20
_CODES = {Level.MUNICIPALITY: 4, Level.COUNTY: 2, Level.COUNTRY: 2}
_YEAR, _MONTH = re.compile(r"(?:19|20)[0-9]{2}"), re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")


SENTENCES = {
    "large": "is larger than {most} bytes; is it the right file?",
    "letters": "is not UTF-8 text; save it as CSV in UTF-8",
    "no_text": "is no text; save it as CSV in UTF-8",
    "no_csv": "is no CSV ({words})",
    "no_rows": "has no rows beneath its headings",
    "cells": "has {cells} cells, the headings are {columns}",
    "heading_lacks": "lacks {named}; the columns are {allowed}, with commas between",
    "heading_lacks_time": "lacks {named}; the columns are {allowed}, with commas between, or name the year of all rows",
    "heading_unknown": "has {named}; the columns are {allowed}, with commas between",
    "heading_twice": "has a column twice; the columns are {allowed}, with commas between",
}


class BadFigureFile(CodedRefusal):
    """A file of figures cannot be read, or a row of it says something that it may not."""

    def __init__(self, file: str, line: int | None, what: str, code: str, facts: Mapping[str, object]) -> None:
        at = {} if line is None else {"line": line}
        sentence = f"{file}{'' if line is None else f', line {line}'}: {what}. Nothing was read in."
        super().__init__(sentence, f"plain_{code}", {**at, **facts})
        self.file, self.line = file, line


def read_plain(content: bytes, file: str, indicator: str, time: str = "") -> Mapping[str, Mapping[str, Figure]]:
    """Return the figures of a plain CSV by time and code.

    Args:
        content: The file: UTF-8 with commas, and a line of headings: code and value, time and status if it has them.
        file: Its name, for refusals.
        indicator: The indicator that the figures are of; it says the unit, the level and whether a month is named.
        time: The time of a file without that column; with it, every row must be of this time.

    Raises:
        UnknownIndicator: No such indicator.
        BadFigureFile: It is not such a file; the sentence names the line.
    """
    column = column_of(indicator)
    lines = csv.reader(io.StringIO(_text(content, file), newline=""), strict=True)
    by_time: dict[str, dict[str, Figure]] = {}
    try:
        headings = [each.strip() for each in next(lines, [])]
        _check(headings, file, time)
        for row in lines:
            if not any(row):
                continue
            if len(row) != len(headings):
                raise _bad(file, lines.line_num, "cells", cells=len(row), columns=len(headings))
            cells = {name: cell.strip() for name, cell in zip(headings, row, strict=True)}
            when, code = _time(cells, time, column), _code(cells["code"], column)
            _place(by_time.setdefault(when, {}), code, figure_of(cells["value"], cells.get("status", ""), column.unit))
    except NoFigure as refused:
        raise BadFigureFile(file, lines.line_num, str(refused), refused.code, refused.facts) from None
    except csv.Error as error:
        raise _bad(file, lines.line_num, "no_csv", words=str(error)) from None
    if not by_time:
        raise _bad(file, None, "no_rows")
    return by_time


def _bad(file: str, line: int | None, code: str, **facts: object) -> BadFigureFile:
    """Return the refusal of a file for one of the reasons in `SENTENCES`."""
    return BadFigureFile(file, line, SENTENCES[code].format(**facts), code, facts)


def _place(by_code: dict[str, Figure], code: str, figure: Figure) -> None:
    if code in by_code:
        raise NoFigure("place_twice", code)
    by_code[code] = figure


def _text(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        raise _bad(file, None, "large", most=MOST_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(file, None, "letters") from None
    if "\0" in text:
        raise _bad(file, None, "no_text")
    return text


def _check(headings: list[str], file: str, time: str) -> None:
    unknown = [each for each in headings if each not in ALLOWED]
    lacking = [each for each in (*NEEDED, *(() if time else ("time",))) if each not in headings]
    if lacking:
        code = "heading_lacks_time" if "time" in lacking else "heading_lacks"
        raise _bad(file, 1, code, named=", ".join(lacking), allowed=", ".join(ALLOWED))
    if unknown:
        raise _bad(file, 1, "heading_unknown", named=", ".join(map(repr, unknown)), allowed=", ".join(ALLOWED))
    if len(set(headings)) != len(headings):
        raise _bad(file, 1, "heading_twice", allowed=", ".join(ALLOWED))


def _time(cells: Mapping[str, str], named: str, column: IndicatorColumn) -> str:
    time = cells.get("time", named)
    if not (_MONTH if column.monthly else _YEAR).fullmatch(time):
        raise NoFigure("month" if column.monthly else "year", time)
    if named and time != named:
        raise NoFigure("other_time", time, wanted=named)
    return time


def _code(text: str, column: IndicatorColumn) -> str:
    digits = _CODES[column.level]
    if not (len(text) == digits and text.isascii() and text.isdigit()):
        raise NoFigure("municipality" if digits == 4 else "county", text[:20])
    return text
