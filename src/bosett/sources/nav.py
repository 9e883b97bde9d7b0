"""NAV: fully unemployed by county and month, as a table in a file (CSV, pasted, or a workbook).

NAV publishes workbooks month by month, and no lasting description of them was to be had. So a table must have a row of
headings with the county, the number and the percentage of the labour force; the month stands above it, or is told
beside it, and both must agree. `*` is hidden, as fewer than four are not shown (NAV, as newspapers quote it). The
counties are those of 2024, all of them. Terms: NLOD 2.0.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bosett.basis.structures import Structure
from bosett.figures import Figure, Status
from bosett.figures.versions import FigureVersion
from bosett.geography import register
from bosett.geography.name_matching import fold
from bosett.sources.answers import listed, unexpected, unreadable
from bosett.sources.fetching import Fetched
from bosett.sources.figure_rules import version
from bosett.sources.grids import GridTable, WantedColumns
from bosett.sources.months import month_of
from bosett.sources.published_tables import figure_at, published_table, wrong
from bosett.sources.values import as_text, read_code, short

PUBLISHER = "NAV"
DATASET = "NAV: helt ledige"
COUNTRY = "00"
"""The code of the whole country among counties."""
MARKS: Mapping[str, Status] = MappingProxyType({"*": Status.HIDDEN, ":": Status.HIDDEN, ".": Status.MISSING})
UNITS = {"unemployed": "person", "unemployed_pct": "percent"}

_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_CODE, _NAME = "code", "name"
_WANTED = WantedColumns(
    {
        _CODE: ("Fylkesnr", "Fylkesnummer", "Fylke nr"),
        _NAME: ("Fylke", "Fylkesnavn"),
        "unemployed": ("Helt ledige", "Antall helt ledige", "Antall", "Helt arbeidsledige"),
        "unemployed_pct": (
            *("Prosent av arbeidsstyrken", "I prosent av arbeidsstyrken", "Helt ledige i prosent av arbeidsstyrken"),
            *("Prosent", "Andel av arbeidsstyrken", "Ledighet i prosent"),
        ),
    },
    (_CODE, _NAME),
    tuple(UNITS),
)


def read_unemployment(fetched: Fetched, month: str = "") -> tuple[FigureVersion, ...]:
    """Return the unemployed of every county and of the country, as numbers and percent.

    Args:
        fetched: The file.
        month: The month as `2026-02`; may be left out when it stands above the table.

    Raises:
        UnreadableAnswer: It is no such table, of another month or of none, a county is missing or stands twice, or a
            cell is no number.
    """
    table = published_table(fetched, _WANTED)
    when = _month(table, month, fetched)
    lines = _lines(table, fetched)
    structure = Structure.Y2024
    places = register().counties[structure]
    if lacking := [f"{code} {place.name}" for code, place in places.items() if code not in lines]:
        raise unreadable(fetched, "counties_lacking", named=lacking)
    figures: dict[str, dict[str, Figure]] = {
        name: {code: figure_at(table, line, name, MARKS, unit, fetched) for code, line in lines.items()}
        for name, unit in UNITS.items()
    }
    dataset = (PUBLISHER, DATASET)
    return tuple(version(name, structure, dataset, None, {when: figures[name]}, fetched) for name in UNITS)


def _month(table: GridTable, month: str, fetched: Fetched) -> str:
    above = [month_of(as_text(cell)) for row in table.grid.rows[: table.head] for cell in row]
    months = {each for each in [*above, month_of(table.grid.sheet)] if each}
    if len(months) > 1:
        raise unexpected(fetched, f"several months stand above the table: {listed(sorted(months))}")
    written = months.pop() if months else ""
    if month and written and written != month:
        raise unreadable(fetched, "other_month", time=written, wanted=month)
    if not _MONTH.fullmatch(month or written):
        raise unreadable(fetched, "no_month")
    return month or written


def _lines(table: GridTable, fetched: Fetched) -> dict[str, int]:
    names = {fold(place.name): code for code, place in register().counties[Structure.Y2024].items()}
    names |= dict.fromkeys(map(fold, ("Hele landet", "Landet", "Norge", "I alt", "Totalt", "Sum")), COUNTRY)
    line_of: dict[str, int] = {}
    for line in table.lines:
        if not any(as_text(table.at(line, name)) for name in UNITS):
            continue  # a note beneath
        code = read_code(table.at(line, _CODE)).zfill(2) if _CODE in table.columns else ""
        name = as_text(table.at(line, _NAME)) if _NAME in table.columns else ""
        named = names.get(" ".join(word for word in fold(name).split() if word != "fylke"), "")
        code = code if code in names.values() else named
        column = _NAME if _NAME in table.columns else _CODE
        if not code or (named and named != code):
            what = f"{short(name or code)!r} is no county of 2024"
            raise wrong(fetched, table.place(line, column), what, "not_a_county", written=name or code)
        if code in line_of:
            what = f"{short(name or code)!r} stands twice"
            raise wrong(fetched, table.place(line, column), what, "place_twice", written=name or code)
        line_of[code] = line
    return line_of
