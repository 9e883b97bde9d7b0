"""A county's file against the sheet as it stands: what its owner changed, and what somebody else changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bosett.documents.county_sheet import PEOPLE, CountySheet, SheetRow, Value, stamped
from bosett.rounds.columns import FIELDS
from bosett.sources.county_sheet.read import ReadCell, SheetFile
from bosett.sources.grids import CellPlace, Remark


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that the file sets: what it is now, and what it becomes."""

    code: str
    column: str
    before: Value
    after: Value
    place: CellPlace


@dataclass(frozen=True, slots=True)
class FileClash:
    """A cell that both the file and somebody else have changed; `was` as the file's stamp says it."""

    code: str
    column: str
    was: str
    mine: Value
    theirs: Value
    place: CellPlace


@dataclass(frozen=True, slots=True)
class ComparedSheet:
    """What a file would do."""

    changes: tuple[CellChange, ...]
    clashes: tuple[FileClash, ...]
    notes: tuple[Remark, ...]


def compare(file: SheetFile, sheet: CountySheet) -> ComparedSheet:
    """Return what a file changes in a sheet as it stands.

    A cell that the file's owner left as it was is left alone, whatever it is now. A file that does not say what its
    cells were is held against the sheet itself.
    """
    changes: list[CellChange] = []
    clashes: list[FileClash] = []
    notes = list(file.notes)
    rows = {row.code: row for row in sheet.rows}
    for read in file.rows:
        row, was = rows.get(read.code), (file.stamp or {}).get(read.code, {})
        if row is None:
            continue
        for column, cell in read.cells.items():
            if column not in FIELDS:
                notes += _known(row, was, column, cell)
                continue
            outcome = _compared(row, was, column, cell)
            if isinstance(outcome, CellChange):
                changes.append(outcome)
            elif isinstance(outcome, FileClash):
                clashes.append(outcome)
    return ComparedSheet(tuple(changes), tuple(clashes), (*notes, *_left_out(file, rows)))


def _compared(row: SheetRow, was: Mapping[str, str], column: str, cell: ReadCell) -> CellChange | FileClash | None:
    now, mine = row.value(column), stamped(cell.value)
    theirs = stamped(now)
    before = was.get(column, theirs)
    if mine in (before, theirs):
        return None
    if before != theirs:
        return FileClash(row.code, column, before, cell.value, now, cell.place)
    return CellChange(row.code, column, now, cell.value, cell.place)


def _known(row: SheetRow, was: Mapping[str, str], column: str, cell: ReadCell) -> Iterator[Remark]:
    """Tell of a cell that cannot be set from a file, and was changed in it."""
    mine, now = stamped(cell.value), row.value(column)
    before = was.get(column, stamped(now))
    # Without a stamp the words for a figure that is not there may be in another language: only numbers are compared.
    worded = column in PEOPLE and column not in was and isinstance(cell.value, str) and not isinstance(now, int)
    if mine and mine != before and not worded:
        yield Remark(
            "known_changed", {"column": column, "municipality": row.code, "written": mine, "now": before}, cell.place
        )


def _left_out(file: SheetFile, rows: Mapping[str, SheetRow]) -> Iterator[Remark]:
    missing = len(rows) - len({read.code for read in file.rows} & set(rows))
    if missing:
        yield Remark("rows_missing", {"count": missing})
