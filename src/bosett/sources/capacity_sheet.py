"""A county's capacity from a file: rows of municipalities with what is written in each cell, as it was written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bosett.sources.grids import CellPlace, GridTable, Remark, WantedColumns, find_table, rows_hidden
from bosett.sources.values import as_text


@dataclass(frozen=True, slots=True)
class CapacityFile:
    """What a file says.

    Attributes:
        cells: What is written, by municipality and part, as text.
        places: Where each of them stands.
        faults: Rows that are about nobody of the county, or about one twice.
        notes: What is left aside, or was not to be seen.
    """

    cells: Mapping[str, Mapping[str, str]]
    places: Mapping[tuple[str, str], CellPlace]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def read_capacity(
    name: str, content: bytes, headings: Mapping[str, Sequence[str]], codes: Collection[str]
) -> CapacityFile:
    """Return what a file says of the municipalities of a county.

    Args:
        name: The file's name.
        content: The file.
        headings: Accepted headings of `code` and of each part, in every language.
        codes: The municipalities.

    Raises:
        UnreadableFile: It is no such file, or one that is not to be read.
    """
    table, _ = find_table(name, content, WantedColumns(headings, ("code",)))
    cells: dict[str, dict[str, str]] = {}
    places: dict[tuple[str, str], CellPlace] = {}
    faults = list(table.faults)
    filled = [line for line in table.lines if _filled(table, line)]
    for line in filled:
        written = as_text(table.at(line, "code")).strip()
        code = written.zfill(4) if written.isdigit() else written
        if code not in codes:
            faults.append(Remark("capacity_row_unknown", {"written": written}, table.place(line, "code")))
        elif code in cells:
            faults.append(Remark("capacity_row_twice", {"written": written}, table.place(line, "code")))
        else:
            cells[code] = {part: as_text(table.at(line, part)).strip() for part in table.columns if part != "code"}
            places |= {(code, part): table.place(line, part) for part in cells[code]}
    return CapacityFile(cells, places, tuple(faults), (*table.notes, *rows_hidden(table, filled)))


def _filled(table: GridTable, line: int) -> bool:
    return not all(table.grid.blank(line, column) for column in table.columns.values())
