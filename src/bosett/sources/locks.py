"""Locks: a CSV file of municipalities that may not get fewer than they have settled or agreed."""

import csv
import io
from pathlib import Path

from bosett.basis.refusals import Refusal

LARGEST_FILE = 1 << 20  # bytes; a few hundred short rows are expected
COLUMNS = ["code", "at_least"]


class BadLocks(Refusal):
    """The file of locks cannot be read."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        super().__init__(f"{file}{'' if line is None else f', line {line}'}: {what}")
        self.file, self.line = file, line


def read_locks(path: Path) -> dict[str, int]:
    """Return persons at least, by municipality code. Comma or semicolon, with or without a byte order mark.

    Raises:
        BadLocks: With the line and what to do.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadLocks(path.name, None, "is far too large for a list of locks. Is it the right file?")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise BadLocks(str(path), None, f"cannot be read ({error.strerror}). Check the name.") from None
    except UnicodeDecodeError:
        raise BadLocks(path.name, None, "is not UTF-8 text. Save it as CSV UTF-8.") from None
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    if [cell.strip() for cell in next(rows, [])] != COLUMNS:
        raise BadLocks(path.name, 1, f"the first line must be {','.join(COLUMNS)}")
    locks: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        if row:
            code, number = _row(path.name, line, row)
            if code in locks:
                raise BadLocks(path.name, line, f"{code} stands twice; keep one row")
            locks[code] = number
    return locks


def _row(file: str, line: int, row: list[str]) -> tuple[str, int]:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(COLUMNS):
        raise BadLocks(file, line, f"has {len(cells)} cells; it must have a code and a number")
    code, number = cells
    if len(code) != 4 or not code.isascii() or not code.isdigit():
        raise BadLocks(file, line, f"{code!r} is no municipality code; it has four digits (keep a leading 0)")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise BadLocks(file, line, f"{number!r} is no number of persons; write a whole number such as 24")
    return code, int(number)
