"""A series: one indicator in one year, for every code of a structure, exactly as published."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import Row, table
from bosett.figures.catalogue import IndicatorColumn, column_of, indicators, rows_by_time
from bosett.figures.kinds import Figure, Level, Series, Status

COUNTRY = "00"
PLACE_UNKNOWN = "9999"


class NoFigures(Refusal):
    """The indicator has no figures for that year, month or structure."""

    def __init__(self, indicator: str, asked: str, there_are: str) -> None:
        super().__init__(f"There are no figures on {indicator} for {asked}. There are for {there_are}.")
        self.indicator, self.asked = indicator, asked


def series(indicator: str, year: int, *, structure: Structure | None = None, month: int | None = None) -> Series:
    """Return one indicator in one year.

    Args:
        indicator: Name of an indicator.
        year: The year; for settlement the settlement year, for results of the programme the status year.
        structure: The municipal structure of the codes; by default the one in force on 1 January of the year.
        month: 1 to 12 for monthly indicators, and only for them.

    Returns:
        A figure for every code of the structure (a place that the publisher does not know is left out).
        Monthly figures of NAV stand with the counties of 2024. For the counties of 2020 persons are added up,
        and percent is given for the counties that did not change and missing for the others.

    Raises:
        UnknownIndicator: No indicator of that name.
        NoFigures: None for that year, month or structure; the sentence says what there is.
    """
    column, wanted = column_of(indicator), structure or structure_of(year)
    rows = _rows(indicator, year, month)
    there = {Structure(int(row["structure"])) for row in rows}
    if wanted in there:
        found = _as_published([row for row in rows if row["structure"] == str(wanted.value)], column)
    elif column.table == "unemployment_county" and wanted is Structure.Y2020:
        found = _counties_of_2020(_as_published(rows, column), column.unit)
    else:
        listed = " and ".join(str(each.value) for each in sorted(there))
        raise NoFigures(indicator, f"{year} in the structure of {wanted.value}", f"{year} in the structure of {listed}")
    described = indicators()[indicator]
    known_on = max(date.fromisoformat(row["known_on"]) for row in rows if wanted not in there or _is_of(row, wanted))
    return Series(
        indicator=indicator,
        year=year,
        month=month,
        level=described.level,
        structure=wanted,
        unit=described.unit,
        publisher=described.publisher,
        title=described.title,
        known_on=known_on,
        figures={code: found[code] for code in sorted(found)},
    )


def country(indicator: str, year: int, *, month: int | None = None) -> Figure:
    """Return the figure that was published for the whole country, for indicators by county.

    Raises:
        UnknownIndicator: No indicator of that name.
        NoFigures: None for that year or month, or the indicator is by municipality.
    """
    column = column_of(indicator)
    if column.level is not Level.COUNTY:
        raise NoFigures(indicator, "the whole country", "municipalities: see the national totals for settlement")
    return next(_figure(row, column) for row in _rows(indicator, year, month) if row["code"] == COUNTRY)


def _rows(indicator: str, year: int, month: int | None) -> tuple[Row, ...]:
    by_time, described = rows_by_time(indicator), indicators()[indicator]
    if described.monthly != (month is not None):
        need = "single months: name one" if described.monthly else "whole years: name no month"
        raise NoFigures(indicator, f"{year}" if month is None else f"month {month} of {year}", need)
    time = str(year) if month is None else f"{year}-{month:02}"
    if time not in by_time:
        raise NoFigures(indicator, time, _listed(sorted(by_time)))
    return by_time[time]


def _listed(times: list[str]) -> str:
    return ", ".join(times) if len(times) <= 15 else f"{times[0]} to {times[-1]}"


def _is_of(row: Row, structure: Structure) -> bool:
    return row["structure"] == str(structure.value)


def _as_published(rows: Iterable[Row], column: IndicatorColumn) -> dict[str, Figure]:
    return {row["code"]: _figure(row, column) for row in rows if row["code"] not in {COUNTRY, PLACE_UNKNOWN}}


def _figure(row: Row, column: IndicatorColumn) -> Figure:
    text = row[column.column]
    if not text:
        return Figure(None, Status(row.get("status", Status.MISSING)))
    return Figure(Fraction(text) if column.unit == "percent" else int(text), Status.OK)


def _counties_of_2020(found: Mapping[str, Figure], unit: str) -> dict[str, Figure]:
    """Add up counties of 2024 to those of 2020. Percent cannot be added: the labour force is not known exactly."""
    summed = {}
    for old, parts in counties_within().items():
        figures = [found[part] for part in parts]
        if len(figures) == 1:
            summed[old] = figures[0]
        elif unit == "percent" or any(figure.value is None for figure in figures):
            summed[old] = Figure(None, Status.MISSING)
        else:
            summed[old] = Figure(sum(figure.value for figure in figures if figure.value is not None), Status.OK)
    return summed


@cache
def counties_within() -> Mapping[str, tuple[str, ...]]:
    """Return, for each county of 2020, the counties of 2024 that lie in it, by the shipped changes of municipalities.

    Every municipality of a county of 2024 was in one and the same county of 2020 (`check` looks),
    so counts add up exactly.
    """
    within: dict[str, set[str]] = {}
    for row in table("municipality_changes"):
        if row["valid_from"] == "2024-01-01":
            within.setdefault(row["old_code"][:2], set()).add(row["new_code"][:2])
    return {old: tuple(sorted(parts)) for old, parts in sorted(within.items())}
