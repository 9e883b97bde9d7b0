"""What SSB answers on municipalities, as versions of figures: every municipality of a structure, or a refusal.

See `bosett.sources.ssb` for the tables and their source.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from bosett.basis.structures import Structure, structure_of
from bosett.figures import Figure, Status
from bosett.figures.versions import FigureVersion
from bosett.geography import NotToldOfPlace, labour_market_region, register
from bosett.geography.name_matching import fold
from bosett.sources.answers import documents, listed, unexpected, unreadable
from bosett.sources.fetching import Fetched
from bosett.sources.figure_rules import (
    MISSING,
    place,
    require_all,
    require_plausible,
    summed,
    version,
    without_undivided,
)
from bosett.sources.json_stat import Cube, cubes
from bosett.sources.ssb import PUBLISHER, REGION, SUMMED, TIME, Codes, SsbTable

_YEAR = re.compile(r"[0-9]{4}")
_CODE = re.compile(r"(?:K-)?([0-9]{4})")
_NUMBERED = re.compile(r"([0-9]{5}):")

_NOBODY = Figure(0, Status.OK)

Key = tuple[str, str, str]
"""Indicator, year, and code as it came."""


def read_table(
    fetched: Fetched, table: SsbTable, structure: Structure, years: Sequence[int] | None = None
) -> tuple[FigureVersion, ...]:
    """Return the indicators of a table for every municipality of a structure.

    Args:
        fetched: SSB's answer, or several of them in a row, in JSON-stat 2.0.
        table: The table that it should be.
        structure: The structure of the codes that are wanted; codes of others are left aside.
        years: The years that must be there; by default those that are, as far as the codes are those of the structure.

    Raises:
        UnreadableAnswer: It is another table or another form, a municipality or a year is missing, or figures
            contradict each other or cannot be. Nothing is read by halves.
    """
    figures: dict[Key, Figure] = {}
    changed: list[date] = []
    for cube in cubes(documents(fetched), fetched):
        _require_table(cube, table, fetched)
        if cube.updated is not None:
            changed.append(cube.updated)
        for key, figure in _figures(cube, table, fetched):
            place(figures, key, figure, fetched)
    return _versions(figures, table, structure, years, max(changed, default=None), fetched)


def summed_over_regions(figures: Mapping[str, Figure], year: int = 2020) -> dict[str, Figure]:
    """Return for each municipality the sum of its labour-market region: who can work where one lives.

    Counts of people only; a sum with a part that is missing is missing, with one that is hidden it is hidden. Whoever
    lies in what are several regions has no figure.

    Args:
        figures: Of every municipality, by the codes of the year.
        year: A year of the codes.
    """
    regions: dict[str, str | None] = {}
    for code in figures:
        try:
            regions[code] = labour_market_region(code, year).code
        except NotToldOfPlace:
            regions[code] = None
    sums = {
        region: summed(figures[code] for code in figures if regions[code] == region) for region in {*regions.values()}
    }
    return {code: MISSING if region is None else sums[region] for code, region in regions.items()}


def _require_table(cube: Cube, table: SsbTable, fetched: Fetched) -> None:
    numbered = _NUMBERED.match(cube.label)
    if numbered and numbered[1] != table.number:
        raise unreadable(fetched, "other_table", table=numbered[1], wanted=table.number)
    for name in (REGION, TIME):
        if cube.variable(name) is None:
            names = ", ".join(each.code for each in cube.variables)
            raise unexpected(fetched, f"the table has no variable {name}; it has {names}")
    for (name, code), word in table.called.items():
        variable = cube.variable(name)
        if variable is not None and code in variable.codes and fold(word) not in fold(variable.labels.get(code, "")):
            label = variable.labels.get(code, "")[:60]
            raise unexpected(fetched, f"{code} of {name} is {label!r}, where the word {word!r} should stand")


def _figures(cube: Cube, table: SsbTable, fetched: Fetched) -> Iterator[tuple[Key, Figure]]:
    others = [each.code for each in cube.variables if each.code not in (REGION, TIME)]
    complete = False
    for indicator, cells in table.indicators.items():
        chosen = [_chosen(cube, table, name, cells, fetched) for name in others]
        absent = [name for name, codes in cells.items() if codes is not None and name not in others]
        if absent or not all(chosen):
            continue
        complete = True
        for time, region in product(_codes(cube, TIME), _codes(cube, REGION)):
            code = _CODE.fullmatch(region)
            if code is None:  # a county, the country, Svalbard
                continue
            parts = [cube.cells[_at(cube, others, picked, region, time)] for picked in product(*chosen)]
            figure = summed(parts)
            require_plausible(figure, table.unit, (indicator, time, code[1]), fetched)
            yield (indicator, time, region), figure
    if not complete:
        raise unexpected(fetched, f"the table has none of the codes that give {listed(list(table.indicators))}")


def _chosen(cube: Cube, table: SsbTable, name: str, cells: Mapping[str, Codes], fetched: Fetched) -> tuple[str, ...]:
    """Return the codes of a variable that are added up; none when the table lacks some of them."""
    codes = _codes(cube, name)
    if name not in cells:
        if len(codes) > 1:
            raise unexpected(fetched, f"the variable {name} has {len(codes)} codes, and none of them is asked for")
        return codes
    wanted = cells[name]
    if wanted is None:
        wanted = table.asked.get(name, codes)
    return wanted if set(wanted) <= set(codes) else ()


def _codes(cube: Cube, name: str) -> tuple[str, ...]:
    variable = cube.variable(name)
    return variable.codes if variable is not None else ()


def _at(cube: Cube, others: Sequence[str], picked: Sequence[str], region: str, time: str) -> tuple[str, ...]:
    codes = {**dict(zip(others, picked, strict=True)), REGION: region, TIME: time}
    return tuple(codes[each.code] for each in cube.variables)


def _versions(
    figures: Mapping[Key, Figure],
    table: SsbTable,
    structure: Structure,
    years: Sequence[int] | None,
    changed: date | None,
    fetched: Fetched,
) -> tuple[FigureVersion, ...]:
    times = sorted({time for _, time, _ in figures})
    if odd := [time for time in times if not _YEAR.fullmatch(time)]:
        raise unexpected(fetched, f"{listed(odd)} is no year")
    if years is not None and (late := [str(year) for year in years if str(year) not in times]):
        raise unreadable(fetched, "no_such_time", times=times, wanted=late)
    by_indicator: dict[str, dict[str, dict[str, Figure]]] = {}
    for indicator in dict.fromkeys(name for name, _, _ in figures):
        for time in times if years is None else [str(year) for year in years]:
            by_code = _by_code(figures, indicator, time, structure)
            if years is None and 2 * len(by_code) < len(register().municipalities[structure]):
                continue  # a year of another structure
            require_all(structure, by_code, indicator, time, fetched)
            if table.unit == "person":
                by_code = without_undivided(by_code, int(time), structure)
            if table.inhabited and (empty := [code for code, each in by_code.items() if each == _NOBODY]):
                raise unreadable(fetched, "nobody", series=indicator, time=time, named=empty)
            by_indicator.setdefault(indicator, {})[time] = by_code
    if not by_indicator:
        raise unreadable(fetched, "other_structure", times=times, year=structure.value)
    dataset = (PUBLISHER, f"{PUBLISHER} {table.number}")
    return tuple(version(name, structure, dataset, changed, by_time, fetched) for name, by_time in by_indicator.items())


def _by_code(figures: Mapping[Key, Figure], indicator: str, time: str, structure: Structure) -> dict[str, Figure]:
    """Return the figures of one indicator and year by the codes of a structure, as far as there are any.

    A code alone means what it meant in the year. Today's municipalities, added up, stand with `K-`.
    """
    own = structure_of(int(time)) is structure
    by_code = {}
    for code in register().municipalities[structure]:
        plain = figures.get((indicator, time, code)) if own else None
        together = figures.get((indicator, time, f"{SUMMED}{code}")) if structure is max(Structure) else None
        figure = plain or together
        if figure is not None:
            by_code[code] = figure
    return by_code
