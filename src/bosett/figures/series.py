"""A series: one indicator in one year, for every code of a structure, exactly as published."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TypeVar

from bosett.basis.codes import rows_in_force
from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import Row, table
from bosett.figures.catalogue import IndicatorColumn, column_of, indicators, rows_by_time
from bosett.figures.kinds import Figure, Level, Series, Status
from bosett.figures.layers import SHIPPED, AcceptedVersion, Layers

_T = TypeVar("_T")
COUNTRY = "00"
PLACE_UNKNOWN = "9999"
PART_YEAR = "part-year"
"""The note of a shipped figure that was counted before its year was over."""
_MISSING = Figure(None, Status.MISSING)


class NoFigures(Refusal):
    """The indicator has no figures for that year, month or structure."""

    def __init__(self, indicator: str, asked: str, there_are: str) -> None:
        super().__init__(f"There are no figures on {indicator} for {asked}. There are for {there_are}.")
        self.indicator, self.asked = indicator, asked


def series(
    indicator: str,
    year: int,
    *,
    structure: Structure | None = None,
    month: int | None = None,
    day: date | None = None,
    figures: Layers = SHIPPED,
) -> Series:
    """Return one indicator in one year.

    Args:
        indicator: Name of an indicator.
        year: The year; for settlement the settlement year, for results of the programme the status year.
        structure: The municipal structure of the codes; by default the one in force on 1 January of the year.
        month: 1 to 12 for monthly indicators, and only for them.
        day: The day asked: of several accepted versions the last of those known by it, else what is shipped. Where
            nothing was known by it, what there is comes back, and `require_known_by` refuses it. None: whenever.
        figures: What is accepted above the shipped figures.

    Returns:
        A figure for every code of the structure (a place that the publisher does not know is left out).
        Monthly figures of NAV stand with the counties of 2024. For the counties of 2020 persons are added up,
        and percent is given for the counties that did not change and missing for the others.
        A code that an accepted version says nothing of is missing.

    Raises:
        UnknownIndicator: No indicator of that name.
        NoFigures: None for that year, month or structure; the sentence says what there is.
    """
    column, wanted = column_of(indicator), structure or structure_of(year)
    if column.level is Level.COUNTRY:
        raise NoFigures(indicator, "single places", "the whole country: see the national totals")
    time = _time(indicator, year, month)
    summed = column.table == "unemployment_county" and wanted is Structure.Y2020
    stands = (wanted, Structure.Y2024) if summed else (wanted,)
    accepted = _first(figures.latest(indicator, each, time, day) for each in stands)
    there = _structures(indicator, time)
    if accepted is None and not there & set(stands):
        accepted = _first(figures.first_known(indicator, each, time) for each in stands)
    if accepted is not None:
        by_code: Mapping[str, Figure] = _as_accepted(accepted, time, column)
        own, publisher, known_on = accepted.version.structure, accepted.version.publisher, accepted.version.known_on
    elif there & set(stands):
        own = _first(each for each in stands if each in there) or wanted
        by_code, known_on = _shipped(indicator, time, own)
        publisher = indicators(figures)[indicator].publisher
    else:
        raise _none(indicator, wanted, time, figures)
    if own is not wanted:
        by_code = _counties_of_2020(by_code, column.unit)
    return Series(
        indicator=indicator,
        year=year,
        month=month,
        level=column.level,
        structure=wanted,
        unit=column.unit,
        publisher=publisher,
        title=column.title,
        known_on=known_on,
        figures={code: by_code[code] for code in sorted(by_code)},
        accepted=None if accepted is None else accepted.used_for(time),
    )


def country(indicator: str, year: int, *, month: int | None = None, figures: Layers = SHIPPED) -> Figure:
    """Return the figure that was published for the whole country, for indicators by county.

    Raises:
        UnknownIndicator: No indicator of that name.
        NoFigures: None for that year or month, or the indicator is by municipality.
    """
    column = column_of(indicator)
    if column.level is not Level.COUNTY:
        raise NoFigures(indicator, "the whole country", "municipalities: see the national totals for settlement")
    time = _time(indicator, year, month)
    newest = max(
        (accepted for each in Structure if (accepted := figures.latest(indicator, each, time, None)) is not None),
        key=lambda each: each.sequence,
        default=None,
    )
    if newest is not None and COUNTRY in newest.version.figures[time]:
        return newest.version.figures[time][COUNTRY]
    if time not in rows_by_time(indicator):
        raise _none(indicator, structure_of(year), time, figures)
    return next(_figure(row, column) for row in rows_by_time(indicator)[time] if row["code"] == COUNTRY)


def counts_part_of_year(of_year: Series) -> bool:
    """Whether a series by years counts its people before the year was over, so that no whole year can be held to it.

    Of shipped figures their note says so. An accepted version of what was settled is of the whole year when it became
    known after it; what was requested or decided may be known within the year.
    """
    if of_year.accepted is not None:
        return of_year.indicator == "settled" and of_year.known_on.year <= of_year.year
    return any(row.get("note") == PART_YEAR for row in rows_by_time(of_year.indicator).get(str(of_year.year), ()))


@cache
def codes_of(structure: Structure, level: Level) -> frozenset[str]:
    """Return the codes that a figure of a level may have in a structure: its municipalities, counties, or `00`."""
    if level is Level.COUNTRY:
        return frozenset({COUNTRY})
    return frozenset(rows_in_force("municipalities" if level is Level.MUNICIPALITY else "counties", structure))


def _time(indicator: str, year: int, month: int | None) -> str:
    if column_of(indicator).monthly != (month is not None):
        need = "single months: name one" if column_of(indicator).monthly else "whole years: name no month"
        raise NoFigures(indicator, f"{year}" if month is None else f"month {month} of {year}", need)
    return str(year) if month is None else f"{year}-{month:02}"


def _none(indicator: str, wanted: Structure, time: str, figures: Layers) -> NoFigures:
    """Return the refusal that says what there is: other structures of the time, or other times."""
    accepted = {structure for structure, at in figures.times(indicator) if at == time}
    there = _structures(indicator, time) | accepted
    if there:
        listed = " and ".join(str(each.value) for each in sorted(there))
        asked, of = f"{time[:4]} in the structure of {wanted.value}", f"{time[:4]} in the structure of {listed}"
        return NoFigures(indicator, asked, of)
    times = sorted({*rows_by_time(indicator), *(at for _, at in figures.times(indicator))})
    return NoFigures(indicator, time, _listed(times) or "no year at all")


def _first(candidates: Iterable[_T | None]) -> _T | None:
    return next((each for each in candidates if each is not None), None)


def _as_accepted(accepted: AcceptedVersion, time: str, column: IndicatorColumn) -> dict[str, Figure]:
    by_code = accepted.version.figures[time]
    return {code: by_code.get(code, _MISSING) for code in codes_of(accepted.version.structure, column.level)}


def _listed(times: list[str]) -> str:
    return ", ".join(times) if len(times) <= 15 else f"{times[0]} to {times[-1]}"


@lru_cache(maxsize=1024)
def _structures(indicator: str, time: str) -> frozenset[Structure]:
    """Return the structures that there are shipped figures in of a time."""
    return frozenset(Structure(int(row["structure"])) for row in rows_by_time(indicator).get(time, ()))


@lru_cache(maxsize=256)
def _shipped(indicator: str, time: str, structure: Structure) -> tuple[Mapping[str, Figure], date]:
    """Return what is shipped of a time in a structure, by code, and the day from which it counts as known."""
    rows = [row for row in rows_by_time(indicator)[time] if row["structure"] == str(structure.value)]
    by_code = MappingProxyType(_as_published(rows, column_of(indicator)))
    return by_code, max(date.fromisoformat(row["known_on"]) for row in rows)


@cache
def placeless(measure: str, year: int) -> int:
    """Return the persons of a settlement year who are published without a municipality; 0 where none is told of.

    Args:
        measure: requested, decided or settled, as in the table `settlement`.
        year: Settlement year.
    """
    return sum(
        int(row["value"])
        for row in table("settlement")
        if (row["code"], row["group"], row["measure"], row["year"]) == (PLACE_UNKNOWN, "all", measure, str(year))
        and row["value"]
    )


def _as_published(rows: Iterable[Row], column: IndicatorColumn) -> dict[str, Figure]:
    return {row["code"]: _figure(row, column) for row in rows if row["code"] not in {COUNTRY, PLACE_UNKNOWN}}


def _figure(row: Row, column: IndicatorColumn) -> Figure:
    text = row[column.column]
    if not text:
        return Figure(None, Status(row.get("status", Status.MISSING)))
    return Figure(Fraction(text) if column.unit == "percent" else int(text), Status.OK)


def _counties_of_2020(by_code: Mapping[str, Figure], unit: str) -> dict[str, Figure]:
    """Add up counties of 2024 to those of 2020. Percent cannot be added: the labour force is not known exactly."""
    summed = {}
    for old, parts in counties_within().items():
        figures = [by_code[part] for part in parts]
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
