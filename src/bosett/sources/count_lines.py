"""Counts of persons in rows and columns, in a plain CSV of ours: one line for each cell, and for each row above others.

A line without a column and a count says only what its row is a part of. Sums need not be written: they are added up,
and one that is written must be right.
"""

from enum import StrEnum

from bosett.disclosure import BadTable, CountCell, CountRow, CountTable
from bosett.sources.report_lines import BadLines, SaidLine, WrongCell, read_lines

NEEDED = ("row", "part_of", "column", "count")
ALLOWED = (*NEEDED, "known", "most")


class Knowing(StrEnum):
    """Whether a reader knows a count from elsewhere; an empty cell is that no reader does."""

    KNOWN = "known"


def read_counts(content: bytes, file: str, total: str | None) -> CountTable:
    """Return the table of a file.

    Args:
        content: The file.
        file: Its name, for refusals.
        total: The column that is the sum of all others; None when there is no such column.

    Raises:
        BadLines: It is not such a file; each line that says what it may not is told, with its column.
    """
    part_of: dict[str, str | None] = {}

    def cell(line: SaidLine) -> CountCell | None:
        row = line.text("row")
        above = line.cells["part_of"] if line.has("part_of") else None
        if part_of.setdefault(row, above) != above:
            raise WrongCell(
                "part_of", f"{row!r} is a part of {part_of[row] or 'none'} further up; a row is a part of one"
            )
        if not line.has("column") and not line.has("count"):
            return None
        return CountCell(
            row,
            line.text("column"),
            line.number_of("count"),
            known=line.has("known") and line.choice("known", Knowing) is Knowing.KNOWN,
            most=line.number_of("most") if line.has("most") else None,
        )

    cells = [each for each in read_lines(content, file, NEEDED, ALLOWED, cell) if each is not None]
    for above in sorted({above for above in part_of.values() if above is not None} - part_of.keys()):
        part_of[above] = None
    rows = [CountRow(row, above) for row, above in part_of.items()]
    columns = dict.fromkeys(each.column for each in cells if each.column != total)
    try:
        return CountTable.of(rows, columns, cells, total=total)
    except BadTable as fault:
        raise BadLines(file, [f": {fault}"]) from None
