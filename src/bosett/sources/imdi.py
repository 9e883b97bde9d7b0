"""IMDi's statistics as a file: requests, decisions and settled people, results of the introduction programme, refugees.

One row for each figure: `Enhet;År;Kommunenummer;Kommune;Bosetting;Antall`, with `;` between, in ISO-8859-1, or in UTF-8
with a mark at its beginning. The column Bosetting was later called "Anmodning, vedtak og faktisk bosetting". `:` is
hidden for privacy, `.` is missing. Source: notes to the raw tables that the shipped figures were compiled from; IMDi's
own description was not to be had. So a column for the group of people, and the names of results and of grounds for
immigration, are read by the names below, and others are refused with those that there are. Terms: NLOD 2.0.

Two things are not as they look. In 2020 `:` on a municipality without a request means that it was not asked; and since
2021 a request of 0 does. That is read so only where the requests that are published add up to the national request, by
a figure that others have published: then nobody else was asked. For 2020 anything else is refused, for other years the
figures then stand as written. And a blank is never a 0.

A year has the codes that its rows have: those of 2019, 2020 or 2024, all of them. IMDi's own codes from before 2019 are
not read here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bosett.basis.structures import Structure, structure_of
from bosett.figures import Figure, Status, national_totals
from bosett.figures.versions import FigureVersion
from bosett.geography import register
from bosett.geography.name_matching import fold
from bosett.sources.answers import UnreadableAnswer, unreadable
from bosett.sources.fetching import Fetched
from bosett.sources.figure_rules import place, require_all, version
from bosett.sources.grids import GridTable, WantedColumns
from bosett.sources.municipality_rows import CODE, CODE_HEADINGS, NAME, NAME_HEADINGS
from bosett.sources.published_tables import figure_at, published_table, wrong
from bosett.sources.values import as_text, read_code, short

PUBLISHER = "IMDi"
MARKS: Mapping[str, Status] = MappingProxyType(
    {":": Status.HIDDEN, ".": Status.MISSING, "..": Status.MISSING, "": Status.MISSING}
)
PLACE_UNKNOWN = "9999"

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_UNIT, _TIME, _GROUP, _MEASURE, _VALUE = "unit", "year", "group", "measure", "value"
_OWN_SUM = "sum of the municipalities"  # such a national figure proves nothing about its own parts
_REQUESTS = ("requested_first", "requested")
_EVERYBODY = frozenset(map(fold, ("", "Alle", "Alle flyktninger", "I alt", "Totalt")))
_MINORS = frozenset(map(fold, ("Enslige mindreårige", "EM", "Enslige mindreårige flyktninger")))


@dataclass(frozen=True, slots=True)
class ImdiStatistics:
    """One of IMDi's statistics.

    Attributes:
        dataset: What it is called in our versions.
        headings: What the column that says what is counted may be called.
        measures: By what stands in it, the indicator.
        minors: The same where the row is about unaccompanied minors.
        unit: person or percent.
        units: What the column Enhet may say.
    """

    dataset: str
    headings: tuple[str, ...]
    measures: Mapping[str, str]
    minors: Mapping[str, str]
    unit: str
    units: tuple[str, ...]


SETTLEMENT = ImdiStatistics(
    "IMDi: anmodning, vedtak og faktisk bosetting",
    ("Bosetting", "Anmodning, vedtak og faktisk bosetting"),
    {
        "Opprinnelig anmodning": "requested_first",
        "Anmodning": "requested",
        "Vedtak": "decided",
        "Faktisk bosetting": "settled",
    },
    {"Anmodning": "requested_minors", "Vedtak": "decided_minors", "Faktisk bosetting": "settled_minors"},
    "person",
    ("Personer", "Antall"),
)
PROGRAMME_RESULTS = ImdiStatistics(
    "IMDi: resultat av introduksjonsprogrammet",
    ("Introduksjonsprogram", "Resultat", "Status", "Resultat av introduksjonsprogrammet"),
    {
        "I arbeid eller utdanning": "programme_result_municipality_pct",
        "I arbeid eller utdanning ett år etter": "programme_result_municipality_pct",
    },
    {},
    "percent",
    ("Prosent", "Andel"),
)
BACKGROUND = ImdiStatistics(
    "IMDi: innvandrere etter innvandringsgrunn",
    ("Innvandringsgrunn", "Bakgrunn"),
    {
        "Alle": "immigrants",
        "Alle innvandringsgrunner": "immigrants",
        "Flukt": "refugee_background",
        "Flyktningbakgrunn": "refugee_background",
    },
    {},
    "person",
    ("Personer", "Antall"),
)


def read_statistics(
    fetched: Fetched, statistics: ImdiStatistics = SETTLEMENT, national: Mapping[int, int] | None = None
) -> tuple[FigureVersion, ...]:
    """Return the indicators of one of IMDi's statistics, for every municipality of each year's structure.

    Args:
        fetched: The file: text as IMDi publishes it, or the same as a workbook.
        statistics: Which statistics it should be.
        national: National requests that have been published, by settlement year, beside those that we ship.

    Raises:
        UnreadableAnswer: It is no such file, breaks off, a year has codes of no structure or lacks some, or a figure
            stands twice or is none. Nothing is read by halves.
    """
    table = published_table(fetched, _wanted(statistics))
    figures: dict[tuple[str, str, str], Figure] = {}
    measures: set[str] = set()
    for line in _lines(table):
        measure = as_text(table.at(line, _MEASURE))
        measures.add(measure)
        indicator = _indicator(table, line, statistics)
        if indicator is not None:
            key = (indicator, _year(table, line, fetched), _code(table, line, fetched))
            place(figures, key, figure_at(table, line, _VALUE, MARKS, statistics.unit, fetched), fetched)
    if not figures:
        there = [short(each) for each in sorted(measures) if each] or ["-"]
        raise unreadable(fetched, "no_measure", wanted=list(statistics.measures), named=there)
    return _versions(figures, statistics, national or {}, fetched)


def _wanted(statistics: ImdiStatistics) -> WantedColumns:
    return WantedColumns(
        {
            CODE: CODE_HEADINGS,
            NAME: NAME_HEADINGS,
            _UNIT: ("Enhet",),
            _TIME: ("År", "Year"),
            _GROUP: ("Gruppe", "Målgruppe"),
            _MEASURE: statistics.headings,
            _VALUE: ("Antall", "Verdi", "Prosent"),
        },
        (CODE,),
        (_TIME, _MEASURE, _VALUE),
    )


def _lines(table: GridTable) -> Iterator[int]:
    return (line for line in table.lines if any(as_text(cell) for cell in table.grid.rows[line]))


def _indicator(table: GridTable, line: int, statistics: ImdiStatistics) -> str | None:
    """Return the indicator that a row is about; None when it is about something else."""
    unit = fold(as_text(table.at(line, _UNIT))) if _UNIT in table.columns else ""
    if unit and unit not in map(fold, statistics.units):
        return None
    group = fold(as_text(table.at(line, _GROUP))) if _GROUP in table.columns else ""
    measures = statistics.measures if group in _EVERYBODY else statistics.minors if group in _MINORS else {}
    return {fold(name): indicator for name, indicator in measures.items()}.get(fold(as_text(table.at(line, _MEASURE))))


def _year(table: GridTable, line: int, fetched: Fetched) -> str:
    year = read_code(table.at(line, _TIME))
    if not _YEAR.fullmatch(year):
        raise wrong(fetched, table.place(line, _TIME), f"{short(year)!r} is no year", "not_a_year", written=year)
    return year


def _code(table: GridTable, line: int, fetched: Fetched) -> str:
    code = read_code(table.at(line, CODE)).zfill(4)  # a spreadsheet takes the first zero away
    if not re.fullmatch(r"[0-9]{4}", code):
        what = f"{short(code)!r} is no municipality code"
        raise wrong(fetched, table.place(line, CODE), what, "not_a_code", written=code)
    return code


def _versions(
    figures: Mapping[tuple[str, str, str], Figure],
    statistics: ImdiStatistics,
    national: Mapping[int, int],
    fetched: Fetched,
) -> tuple[FigureVersion, ...]:
    by_version: dict[tuple[str, Structure], dict[str, dict[str, Figure]]] = {}
    for time in sorted({time for _, time, _ in figures}):
        for some in (statistics.measures, statistics.minors):  # minors may stand with other codes than all
            of_year = _of_year(figures, time, set(some.values()))
            if not of_year:
                continue
            structure = _structure(of_year, time, fetched)
            if some is SETTLEMENT.measures:
                of_year = _asked_or_not(of_year, int(time), national, fetched)
            for indicator, by_code in of_year.items():
                kept = {code: figure for code, figure in by_code.items() if code != PLACE_UNKNOWN}
                require_all(structure, kept, indicator, time, fetched)
                by_version.setdefault((indicator, structure), {})[time] = kept
    dataset = (PUBLISHER, statistics.dataset)
    return tuple(
        version(indicator, structure, dataset, None, by_time, fetched)
        for (indicator, structure), by_time in sorted(by_version.items())
    )


def _of_year(
    figures: Mapping[tuple[str, str, str], Figure], time: str, indicators: set[str]
) -> dict[str, dict[str, Figure]]:
    by_indicator: dict[str, dict[str, Figure]] = {}
    for (indicator, when, code), figure in figures.items():
        if when == time and indicator in indicators:
            by_indicator.setdefault(indicator, {})[code] = figure
    return by_indicator


def _structure(of_year: Mapping[str, Mapping[str, Figure]], time: str, fetched: Fetched) -> Structure:
    codes = {code for by_code in of_year.values() for code in by_code} - {PLACE_UNKNOWN}
    listed_codes = register().municipalities
    for structure in Structure:
        if codes == set(listed_codes[structure]):
            return structure
    nearest = max(Structure, key=lambda each: (len(codes & set(listed_codes[each])), each is structure_of(int(time))))
    unknown = sorted(codes - set(listed_codes[nearest]))
    if not unknown:
        require_all(nearest, codes, "the year", time, fetched)
    raise unreadable(fetched, "other_codes", time=time, year=nearest.value, named=unknown)


def _asked_or_not(
    of_year: dict[str, dict[str, Figure]], year: int, national: Mapping[int, int], fetched: Fetched
) -> dict[str, dict[str, Figure]]:
    """Mark the municipalities that were not asked, where the published figures show it; see the module."""
    blank = Status.HIDDEN if year == 2020 else Status.MISSING
    requests = [figure for name in _REQUESTS for figure in of_year.get(name, {}).values()]
    odd = {Status.HIDDEN, Status.MISSING} - {blank}
    if any(figure.status in odd for figure in requests) or not _adds_up(of_year, year, national):
        if year == 2020 and requests:
            what = "the requests of 2020 do not add up to the national one, so a hidden request is not 'not asked'"
            raise UnreadableAnswer(fetched.source, what, "Use an edition that is whole; nothing has been read")
        return of_year
    asked = {code for name in _REQUESTS for code, figure in of_year.get(name, {}).items() if figure.value}
    return {
        indicator: {
            code: Figure(None, Status.NOT_ASKED) if _not_asked(indicator, code, figure, blank, asked, year) else figure
            for code, figure in by_code.items()
        }
        for indicator, by_code in of_year.items()
    }


def _not_asked(indicator: str, code: str, figure: Figure, blank: Status, asked: set[str], year: int) -> bool:
    if figure.status is not blank and figure.value != 0:
        return False
    if indicator == "settled" and (year != 2020 or figure.status is Status.OK):
        return False  # people may settle without a request, and 0 of them is a number
    return indicator in _REQUESTS or code not in asked


def _adds_up(of_year: Mapping[str, Mapping[str, Figure]], year: int, national: Mapping[int, int]) -> bool:
    """Whether the first or the latest requests add up to a national request that others than IMDi's base tell."""
    for name in _REQUESTS:
        if name in of_year:
            total = sum(figure.value for figure in of_year[name].values() if figure.value is not None)
            totals = {each.value for each in national_totals(name, year) if not each.source.startswith(_OWN_SUM)}
            if total in totals | ({national[year]} if year in national else set()):
                return True
    return False
