"""Groups that wait, and who moves in where, in plain CSVs of ours: one line for each."""

from collections.abc import Iterable

from bosett.basis.place_kinds import PlaceKind
from bosett.sources.report_lines import SaidLine, WrongCell, read_lines
from bosett.stages.placement import HouseholdKind, MovingIn, WaitingGroup

NEEDED = ("code", "kind", "size", "count", "waited")
ALLOWED = (*NEEDED, "first", "near")
MOVING_NEEDED = ("group", "municipality", "week", "kind", "count")
MOVING_ALLOWED = (*MOVING_NEEDED, "reason")


def read_waiting(content: bytes, file: str, year: int) -> tuple[WaitingGroup, ...]:
    """Return the groups of a file, in its order.

    Args:
        content: The file.
        file: Its name, for refusals.
        year: The year whose codes of municipalities it writes.

    Raises:
        BadLines: It is not such a file; each line that says what it may not is told, with its column.
    """
    codes: set[str] = set()

    def group(line: SaidLine) -> WaitingGroup:
        code = line.text("code")
        if code in codes:
            raise WrongCell("code", f"{code!r} stands more than once; each group has one line")
        codes.add(code)
        return WaitingGroup(
            code=code,
            kind=line.choice("kind", HouseholdKind),
            size=line.number_of("size"),
            count=line.number_of("count"),
            waited=line.number_of("waited"),
            first=line.week("first") if line.has("first") else None,
            near=_near(line, year) if line.has("near") else frozenset(),
        )

    return read_lines(content, file, NEEDED, ALLOWED, group)


def read_moving(content: bytes, file: str) -> tuple[MovingIn, ...]:
    """Return who moves in where, in the order of a file.

    Args:
        content: The file.
        file: Its name, for refusals.

    Raises:
        BadLines: It is not such a file; each line that says what it may not is told, with its column.
    """
    return read_lines(content, file, MOVING_NEEDED, MOVING_ALLOWED, _moving)


def moving_rows(moving: Iterable[MovingIn]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a file of who moves in where, its headings first, as `read_moving` reads it."""
    rows = (
        (each.group, each.municipality, str(each.week), each.kind.value, str(each.count), each.reason or "")
        for each in moving
    )
    return (MOVING_ALLOWED, *rows)


def _moving(line: SaidLine) -> MovingIn:
    week = line.week("week")
    return MovingIn(
        group=line.text("group"),
        municipality=line.municipality("municipality", week.year),
        week=week,
        kind=line.choice("kind", PlaceKind),
        count=line.number_of("count"),
        reason=line.cells["reason"] if line.has("reason") else None,
    )


def _near(line: SaidLine, year: int) -> frozenset[str]:
    """Return the municipalities of a cell, with spaces between."""
    parts = (SaidLine(line.number, {"near": code}) for code in line.text("near").split())
    return frozenset(part.municipality("near", year) for part in parts)
