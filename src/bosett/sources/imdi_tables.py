"""IMDi's yearly tables of requests and decisions, as they stand on its pages: pasted, or saved as CSV or a workbook.

The pages print names of municipalities and no codes, in one table for each county or one for the whole country:
`Kommune | Anmodning for 2016 (herav enslige mindreårige) | Vedtak for 2016 ...`, and cells such as `780 (199)`. A blank
means that no decision is registered, 0 that the municipality said no; "avventer vedtak" is a blank in words. Source:
imdi.no, "Anmodning og vedtak", as stored in 2017, and its later pages; the form changes from year to year, so the
headings that are known stand below and a table without them is refused.

Two municipalities of a name (Herøy) are told apart by the county: in a column, in brackets, or as the heading of the
county's own table. Otherwise the row is refused and both are named. Municipalities that do not stand in the table have
no figure. What stands in brackets after a number is unaccompanied minors within it, and an indicator of its own.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bosett.basis.structures import structure_of
from bosett.figures import Figure, Status
from bosett.figures.versions import FigureVersion
from bosett.geography import counties, municipalities, register
from bosett.geography.name_matching import fold
from bosett.sources.answers import unreadable
from bosett.sources.fetching import Fetched
from bosett.sources.figure_rules import MISSING, version
from bosett.sources.grids import GridTable, WantedColumns
from bosett.sources.imdi import PUBLISHER
from bosett.sources.municipality_rows import CODE, CODE_HEADINGS, NAME, NAME_HEADINGS, Keys, UnknownKey
from bosett.sources.published_tables import figure_of, published_table, require_worked_out, wrong
from bosett.sources.values import as_text, read_code, short

MARKS: Mapping[str, Status] = MappingProxyType(
    {
        "avventer vedtak": Status.MISSING,
        "avventer": Status.MISSING,
        "ikke vedtak": Status.MISSING,
        "ikke behandlet": Status.MISSING,
        "ikke svart": Status.MISSING,
        "ventar på vedtak": Status.MISSING,
        "ikke anmodet": Status.NOT_ASKED,
        "ikkje oppmoda": Status.NOT_ASKED,
    }
)
"""What stands in place of a number, in small letters. A dash says nothing, and is refused."""

_COUNTY = "county"
_INDICATORS = ("requested_first", "requested", "decided", "settled")
_MINORS = {"requested": "requested_minors", "decided": "decided_minors"}
"""The indicator of what stands in brackets in a column; it may have a column of its own instead."""
_WITHIN = re.compile(r"(.*?)\s*\(\s*([0-9\s]+)\)\s*")
_SENTENCES = {
    "key_unknown_name": "is no municipality's name",
    "key_unknown_code": "is no municipality's code",
    "key_other_county": "is no municipality of the county that the table is about",
}

_FAULTS = {"key_unknown_name": "not_a_name", "key_unknown_code": "not_a_code", "key_two_places": "name_of_two"}
"""What a reader of the page is told of the same, by code."""


def read_year_table(fetched: Fetched, year: int) -> tuple[FigureVersion, ...]:
    """Return the requests, decisions and settled people of one settlement year, as far as the table has them.

    Args:
        fetched: Text from the clipboard (columns between tabs), CSV or a workbook.
        year: The settlement year; columns of other years are left aside.

    Raises:
        UnreadableAnswer: There is no such table for the year, a name is none or means two municipalities, one stands
            twice, or a cell is neither a number nor a known mark. Nothing is read by halves.
    """
    table = published_table(fetched, _wanted(year), pasted=True)
    columns = [name for name in (*_INDICATORS, *_MINORS.values()) if name in table.columns]
    codes = _codes(table, columns, year, fetched)
    if not codes:
        raise unreadable(fetched, "no_rows")
    figures = {name: _figures(table, name, codes, year, fetched) for name in columns}
    for name, minors in _MINORS.items():
        if name in figures and minors not in figures:
            within = _figures(table, name, codes, year, fetched, minors=True)
            if set(within.values()) != {MISSING}:
                figures[minors] = within
    structure, dataset = structure_of(year), (PUBLISHER, f"IMDi: anmodning og vedtak {year}")
    return tuple(version(name, structure, dataset, None, {str(year): figures[name]}, fetched) for name in figures)


def _wanted(year: int) -> WantedColumns:
    def headings(*words: str) -> tuple[str, ...]:
        ends = ("", " (herav enslige mindreårige)", " (herav EM)", " (av disse enslige mindreårige)")
        whens = ("", f" {year}", f" for {year}", f" i {year}", f" om bosetting {year}", f" om bosetting i {year}")
        return tuple(f"{word}{when}{end}" for word in words for when in whens for end in ends)

    return WantedColumns(
        {
            CODE: CODE_HEADINGS,
            NAME: NAME_HEADINGS,
            _COUNTY: ("Fylke",),
            "requested_first": headings("Opprinnelig anmodning", "Første anmodning"),
            "requested": headings("Anmodning", "Anmodet", "Antall anmodet", "Oppmoding"),
            "decided": headings("Vedtak", "Vedtatt", "Kommunens vedtak", "Antall vedtatt"),
            "requested_minors": headings("Anmodning enslige mindreårige", "Anmodning EM"),
            "decided_minors": headings("Vedtak enslige mindreårige", "Vedtak EM"),
            "settled": headings("Bosatt", "Bosatte", "Antall bosatt", "Faktisk bosetting", "Busett"),
        },
        (CODE, NAME),
    )


def _figures(
    table: GridTable, name: str, codes: Mapping[str, int], year: int, fetched: Fetched, *, minors: bool = False
) -> dict[str, Figure]:
    """Return the figures of a column by code, or of the minors that stand in brackets in it."""
    figures = dict.fromkeys(register().municipalities[structure_of(year)], MISSING)
    for code, line in codes.items():
        require_worked_out(table, line, name, fetched)
        written = table.at(line, name)
        match = _WITHIN.fullmatch(written) if isinstance(written, str) else None
        if minors:
            written = match[2] if match else ""
        elif match:
            written = match[1]
        figures[code] = figure_of(written, MARKS, "person", table.place(line, name), fetched)
    return figures


def _codes(table: GridTable, columns: list[str], year: int, fetched: Fetched) -> dict[str, int]:
    """Return the row of each municipality."""
    line_of: dict[str, int] = {}
    keys = _KeysByCounty(year)
    for line, heading in _rows(table, columns, keys):
        if heading:
            keys.county = keys.county_of(heading)
            continue
        code = _code(table, line, keys, fetched)
        if code in line_of:
            first, where = table.place(line_of[code], _column(table)).cell, table.place(line, _column(table))
            what = f"{keys.whole.name_of(code)} stands twice, first in {first}"
            raise wrong(fetched, where, what, "key_twice", first=first)
        if code:
            line_of[code] = line
    return line_of


def _rows(table: GridTable, columns: list[str], keys: "_KeysByCounty") -> Iterator[tuple[int, str]]:
    """Yield the rows that say something; with the name of a county where one begins its own table."""
    for line in table.lines:
        texts = [as_text(cell) for cell in table.grid.rows[line]]
        filled = [text for text in texts if text]
        if not filled or fold(filled[0]) in ("kommune", "kommuner", "fylke"):
            continue  # headings again
        bare = not any(
            as_text(table.at(line, name)) or (line, table.columns[name]) in table.grid.marks for name in columns
        )
        yield line, filled[0] if bare and len(filled) == 1 and keys.county_of(filled[0]) else ""


def _column(table: GridTable) -> str:
    return NAME if NAME in table.columns else CODE


def _code(table: GridTable, line: int, keys: "_KeysByCounty", fetched: Fetched) -> str:
    """Return whom a row is about; nothing when it is a sum.

    Raises:
        UnreadableAnswer: Nobody can tell.
    """
    number = read_code(table.at(line, CODE)) if CODE in table.columns else ""
    name = as_text(table.at(line, NAME)) if NAME in table.columns else ""
    column, written = (CODE, number) if number else (NAME, name)
    county = keys.county_of(as_text(table.at(line, _COUNTY))) if _COUNTY in table.columns else keys.county
    place = table.place(line, column)
    if not written:
        raise wrong(fetched, place, "has figures, and no municipality", "key_missing")
    if keys.whole.is_whole(written):
        return ""
    try:
        return keys.code_of(column, written, county)
    except UnknownKey as fault:
        if fault.code == "key_two_places":
            both = " and ".join(keys.named(written))
            what = f"{short(written)!r} is {both}; write the county in brackets"
        else:
            what = f"{short(written)!r} {_SENTENCES[fault.code]} in {keys.year}"
        raise wrong(fetched, place, what, _FAULTS.get(fault.code, ""), written=written) from None


class _KeysByCounty:
    """The municipalities of a year by name, and of the county whose table is being read."""

    def __init__(self, year: int) -> None:
        self.year, self.whole, self.county = year, Keys(year), ""
        self._counties = {fold(each.name): each.code for each in counties(year)}
        self._of = {each.code: Keys(year, each.code) for each in counties(year)}

    def county_of(self, written: str) -> str:
        """Return the code of a county by its name, empty when it is none."""
        words = [word for word in fold(written).split() if word not in ("fylke", "fylkeskommune")]
        return self._counties.get(" ".join(words), "")

    def code_of(self, column: str, written: str, county: str) -> str:
        """Return the code of a municipality; the county decides between two of a name, and nothing else."""
        try:
            return self.whole.code_of(column, written)
        except UnknownKey as fault:
            if fault.code != "key_two_places" or not county:
                raise
            return self._of[county].code_of(column, written)

    def named(self, written: str) -> list[str]:
        """Return the municipalities of a name, as they are told apart."""
        return [each.display_name for each in municipalities(self.year) if fold(each.name) == fold(written)]
