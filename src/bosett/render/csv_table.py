"""A table as text that a Norwegian spreadsheet program opens: semicolons, a byte order mark, UTF-8."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def csv_table(lines: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV for people.

    Args:
        lines: The headings and the rows, cell by cell as they are to be read; None is an empty cell.
    """
    content = StringIO()
    csv.writer(content, delimiter=";", lineterminator="\r\n").writerows(lines)
    return b"\xef\xbb\xbf" + content.getvalue().encode()


def unlike_formula(text: str) -> str:
    """Return a text as no program takes it for a formula: with an apostrophe before what begins one."""
    return f"'{text}" if _FORMULA.match(text) else text
