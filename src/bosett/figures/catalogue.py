"""The indicators: what can be asked for by name, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.basis.tables import Row, resource, table
from bosett.figures.kinds import Indicator, Level


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """Where an indicator stands: a column of a table, or one group and measure of the settlement table."""

    table: str
    column: str
    time: str
    title: str
    unit: str
    level: Level
    group: str = ""
    measure: str = ""


class UnknownIndicator(Refusal):
    """No indicator of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no indicator {name!r}. The indicators are {', '.join(COLUMNS)}.")
        self.name = name


def _people(column: str, title: str) -> IndicatorColumn:
    return IndicatorColumn("population", column, "year", title, "person", Level.MUNICIPALITY)


def _immigrants(column: str, title: str) -> IndicatorColumn:
    return IndicatorColumn("immigrants", column, "year", title, "person", Level.MUNICIPALITY)


def _settlement(measure: str, title: str, group: str = "all") -> IndicatorColumn:
    return IndicatorColumn("settlement", "value", "year", title, "person", Level.MUNICIPALITY, group, measure)


def _county(where: str, column: str, title: str, unit: str, time: str = "month") -> IndicatorColumn:
    return IndicatorColumn(where, column, time, title, unit, Level.COUNTY)


_SSB = "unemployment_immigrants_county"

COLUMNS: Mapping[str, IndicatorColumn] = MappingProxyType(
    {
        "population": _people("population", "Population on 1 January"),
        "population_0_17": _people("age_0_17", "Population of 0 to 17 years on 1 January"),
        "population_18_66": _people("age_18_66", "Population of 18 to 66 years on 1 January"),
        "population_67_plus": _people("age_67_plus", "Population of 67 years and more on 1 January"),
        "immigrants": _immigrants("immigrants", "Immigrants on 1 January"),
        "refugee_background": _immigrants("refugee_background", "People with refugee background on 1 January"),
        "requested_first": _settlement("requested_first", "First request"),
        "requested": _settlement("requested", "Latest request"),
        "decided": _settlement("decided", "Decided by the municipality"),
        "settled": _settlement("settled", "Settled"),
        "settled_minors": _settlement("settled", "Unaccompanied minors settled", "em"),
        "unemployed": _county("unemployment_county", "fully_unemployed", "Fully unemployed", "person"),
        "unemployed_pct": _county("unemployment_county", "pct", "Fully unemployed of the labour force", "percent"),
        "unemployed_excl_immigrants": _county(
            _SSB, "unemployed_excl_immigrants", "Unemployed not immigrants", "person"
        ),
        "unemployed_immigrants": _county(_SSB, "unemployed_immigrants", "Unemployed immigrants", "person"),
        "unemployed_excl_immigrants_pct": _county(
            _SSB, "pct_excl_immigrants", "Unemployed of those in the labour force that are not immigrants", "percent"
        ),
        "immigrant_unemployed_pct": _county(
            _SSB, "pct_immigrants", "Unemployed of the immigrants in the labour force", "percent"
        ),
        "programme_result_pct": _county(
            "programme_results_county",
            "pct",
            "In work or education one year after the introduction programme",
            "percent",
            "status_year",
        ),
    }
)


def column_of(name: str) -> IndicatorColumn:
    """Return where an indicator stands.

    Raises:
        UnknownIndicator: No indicator of that name.
    """
    if name not in COLUMNS:
        raise UnknownIndicator(name)
    return COLUMNS[name]


@cache
def rows_by_time(name: str) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of an indicator by year (`2020`) or month (`2020-02`).

    A time in which no code has a value or a status of its own has no rows: nothing was published.
    """
    column = column_of(name)
    found: dict[str, list[Row]] = {}
    for row in table(column.table):
        if not column.measure or (row["group"], row["measure"]) == (column.group, column.measure):
            found.setdefault(row[column.time], []).append(row)
    return MappingProxyType({time: tuple(rows) for time, rows in found.items() if _published(rows, column)})


def _published(rows: list[Row], column: IndicatorColumn) -> bool:
    return any(row[column.column] for row in rows)


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator by name, with the years that have figures."""
    return MappingProxyType({name: _indicator(name, column) for name, column in COLUMNS.items()})


def _indicator(name: str, column: IndicatorColumn) -> Indicator:
    years = tuple(sorted({int(time[:4]) for time in rows_by_time(name)}))
    publisher = str(resource(column.table)["publisher"])
    monthly = column.time == "month"
    return Indicator(name, column.title, column.unit, column.level, publisher, years, monthly, column.table)
