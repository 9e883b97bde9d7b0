"""A table as text that a Norwegian spreadsheet program opens: semicolons, a byte order mark, UTF-8."""

import csv
from collections.abc import Iterable
from io import StringIO


def csv_table(lines: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV for people.

    Args:
        lines: The headings and the rows, cell by cell as they are to be read; None is an empty cell.
    """
    content = StringIO()
    csv.writer(content, delimiter=";", lineterminator="\r\n").writerows(lines)
    return b"\xef\xbb\xbf" + content.getvalue().encode()
