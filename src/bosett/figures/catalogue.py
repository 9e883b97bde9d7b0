"""The indicators: what can be asked for by name, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.basis.tables import Row, resource, table
from bosett.figures.kinds import Indicator, Level, Publication
from bosett.figures.layers import SHIPPED, Layers


@dataclass(frozen=True, slots=True)
class Jump:
    """From where on a change between two times is to be looked at: beyond a ratio and beyond a number, both."""

    ratio: Fraction
    number: int


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """One indicator: what it is, where it is published, and where it stands among what is shipped, if it does.

    Attributes:
        table: The shipped table; empty when none is shipped, so that figures can only be accepted.
        column: The column of the table.
        time: The column that tells the time: `year`, `month` or `status_year`.
        title: The indicator in words.
        unit: person, percent or job.
        level: Municipalities, counties or the whole country.
        where: Where it is published.
        group: For settlement and national totals: whom it counts.
        measure: For settlement and national totals: what it counts.
        jump: What change is to be looked at before it is accepted.
    """

    table: str
    column: str
    time: str
    title: str
    unit: str
    level: Level
    where: Publication
    group: str = ""
    measure: str = ""
    jump: Jump = Jump(Fraction(2), 50)

    @property
    def monthly(self) -> bool:
        """Whether a month must be named."""
        return self.time == "month"


class UnknownIndicator(Refusal):
    """No indicator of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no indicator {name!r}. The indicators are {', '.join(COLUMNS)}.")
        self.name = name


_POPULATION = Publication("SSB", "table 07459", "https://www.ssb.no/statbank/table/07459")
_IMMIGRANTS = Publication("SSB", "table 09817", "https://www.ssb.no/statbank/table/09817")
_IMDI = Publication("IMDi", "statistics base and pages on settlement", "https://www.imdi.no/bosetting/bosettingstall/")
_NAV = Publication("NAV", "Hovedtall om arbeidsmarkedet", "https://www.nav.no/no/nav-og-samfunn/statistikk")
_SSB = Publication("SSB", "registered unemployed among immigrants", "https://www.ssb.no/innvarbl")
_WORK = Publication("SSB", "table 11616", "https://www.ssb.no/statbank/table/11616")
_WORK_PERCENT = Publication("SSB", "table 11607", "https://www.ssb.no/statbank/table/11607")
_WORK_STATUS = Publication("SSB", "table 13563", "https://www.ssb.no/statbank/table/13563")
_REPORTS = Publication("Bosett", "capacity reports", "the workspace, page Kapasitet of a round")
_PARTS = Jump(Fraction(3, 2), 20)
_PEOPLE = Jump(Fraction(11, 10), 200)


def _people(column: str, title: str) -> IndicatorColumn:
    return IndicatorColumn("population", column, "year", title, "person", Level.MUNICIPALITY, _POPULATION, jump=_PEOPLE)


def _immigrants(column: str, title: str, where: Publication) -> IndicatorColumn:
    return IndicatorColumn("immigrants", column, "year", title, "person", Level.MUNICIPALITY, where)


def _settlement(measure: str, title: str, group: str = "all") -> IndicatorColumn:
    return IndicatorColumn("settlement", "value", "year", title, "person", Level.MUNICIPALITY, _IMDI, group, measure)


def _county(where: str, column: str, title: str, unit: str, published: Publication) -> IndicatorColumn:
    jump = _PARTS if unit == "percent" else Jump(Fraction(2), 1000)
    return IndicatorColumn(where, column, "month", title, unit, Level.COUNTY, published, jump=jump)


def _only_accepted(title: str, unit: str, where: Publication, group: str = "", measure: str = "") -> IndicatorColumn:
    """An indicator by municipality that nothing is shipped of."""
    jump = _PARTS if unit == "percent" else Jump(Fraction(3, 2), 200)
    return IndicatorColumn("", "", "year", title, unit, Level.MUNICIPALITY, where, group, measure, jump)


def _national(measure: str, title: str, group: str = "all") -> IndicatorColumn:
    return IndicatorColumn("", "", "year", title, "person", Level.COUNTRY, _IMDI, group, measure)


_REGISTERED = "unemployment_immigrants_county"

COLUMNS: Mapping[str, IndicatorColumn] = MappingProxyType(
    {
        "population": _people("population", "Population on 1 January"),
        "population_0_17": _people("age_0_17", "Population of 0 to 17 years on 1 January"),
        "population_18_66": _people("age_18_66", "Population of 18 to 66 years on 1 January"),
        "population_67_plus": _people("age_67_plus", "Population of 67 years and more on 1 January"),
        "immigrants": _immigrants("immigrants", "Immigrants on 1 January", _IMMIGRANTS),
        "refugee_background": _immigrants("refugee_background", "People with refugee background on 1 January", _IMDI),
        "requested_first": _settlement("requested_first", "First request"),
        "requested": _settlement("requested", "Latest request"),
        "decided": _settlement("decided", "Decided by the municipality"),
        "settled": _settlement("settled", "Settled"),
        "settled_minors": _settlement("settled", "Unaccompanied minors settled", "em"),
        "requested_minors": _only_accepted("Unaccompanied minors requested", "person", _IMDI, "em", "requested"),
        "reported_capacity": _only_accepted(
            "Persons that can at least be taken, by the capacity reports of some weeks", "person", _REPORTS
        ),
        "decided_minors": _only_accepted("Unaccompanied minors decided", "person", _IMDI, "em", "decided"),
        "unemployed": _county("unemployment_county", "fully_unemployed", "Fully unemployed", "person", _NAV),
        "unemployed_pct": _county(
            "unemployment_county", "pct", "Fully unemployed of the labour force", "percent", _NAV
        ),
        "unemployed_excl_immigrants": _county(
            _REGISTERED, "unemployed_excl_immigrants", "Unemployed not immigrants", "person", _SSB
        ),
        "unemployed_immigrants": _county(_REGISTERED, "unemployed_immigrants", "Unemployed immigrants", "person", _SSB),
        "unemployed_excl_immigrants_pct": _county(
            _REGISTERED,
            "pct_excl_immigrants",
            "Unemployed of those in the labour force that are not immigrants",
            "percent",
            _SSB,
        ),
        "immigrant_unemployed_pct": _county(
            _REGISTERED, "pct_immigrants", "Unemployed of the immigrants in the labour force", "percent", _SSB
        ),
        "programme_result_pct": IndicatorColumn(
            "programme_results_county",
            "pct",
            "status_year",
            "In work or education one year after the introduction programme",
            "percent",
            Level.COUNTY,
            _IMDI,
            jump=_PARTS,
        ),
        "programme_result_municipality_pct": _only_accepted(
            "In work or education one year after the introduction programme, by municipality", "percent", _IMDI
        ),
        "employed": _only_accepted("Persons in work, by where they live", "person", _WORK),
        "jobs": _only_accepted("Persons in work, by where they work", "person", _WORK),
        "employed_pct": _only_accepted("Persons in work of those of 15 to 74 years", "percent", _WORK_PERCENT),
        "employed_by_status": _only_accepted("Persons in work, by status in the labour force", "person", _WORK_STATUS),
        "national_requested_first": _national("requested_first", "First request of the whole country"),
        "national_requested": _national("requested", "Latest request of the whole country"),
        "national_decided": _national("decided", "Decided in the whole country"),
        "national_settled": _national("settled", "Settled in the whole country"),
        "national_requested_minors": _national(
            "requested_first", "First request of unaccompanied minors in the whole country", "em"
        ),
    }
)
"""Every indicator by name; one declaration each."""


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
    """Return the shipped rows of an indicator by year (`2020`) or month (`2020-02`); none when nothing is shipped.

    A time in which no code has a value or a status of its own has no rows: nothing was published.
    """
    column = column_of(name)
    rows_at: dict[str, list[Row]] = {}
    for row in table(column.table) if column.table else ():
        if not column.measure or (row["group"], row["measure"]) == (column.group, column.measure):
            rows_at.setdefault(row[column.time], []).append(row)
    return MappingProxyType({time: tuple(rows) for time, rows in rows_at.items() if _published(rows, column)})


def _published(rows: list[Row], column: IndicatorColumn) -> bool:
    return any(row[column.column] for row in rows)


def times_of(name: str, figures: Layers = SHIPPED) -> tuple[str, ...]:
    """Return the times of which an indicator has figures, shipped or accepted, in order: `2020`, or `2020-02`.

    Raises:
        UnknownIndicator: No indicator of that name.
    """
    return tuple(sorted({*rows_by_time(name), *(time for _, time in figures.times(name))}))


@lru_cache(maxsize=32)
def indicators(figures: Layers = SHIPPED) -> Mapping[str, Indicator]:
    """Return every indicator by name, with the years that have figures, shipped or accepted."""
    return MappingProxyType({name: _indicator(name, column, figures) for name, column in COLUMNS.items()})


def _indicator(name: str, column: IndicatorColumn, figures: Layers) -> Indicator:
    return Indicator(
        name=name,
        title=column.title,
        unit=column.unit,
        level=column.level,
        publisher=str(resource(column.table)["publisher"]) if column.table else column.where.publisher,
        years=tuple(sorted({int(time[:4]) for time in times_of(name, figures)})),
        monthly=column.monthly,
        table=column.table,
        where=column.where,
    )
