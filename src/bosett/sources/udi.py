"""UDI: arrivals and applications by month, as a table in a file (CSV, pasted, or a workbook).

UDI publishes tables on pages that change; no lasting description was to be had. So the file must have a row of headings
with the month, and the other columns are taken under their own headings. A month is `2026-02`, `februar 2026`, or
`februar` with the year told beside it. `*` and `:` are hidden, a blank is no figure. Terms: NLOD 2.0.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bosett.figures import Figure, Status
from bosett.geography.name_matching import fold
from bosett.sources.answers import unexpected
from bosett.sources.fetching import Fetched
from bosett.sources.grids import GridTable, WantedColumns
from bosett.sources.months import MonthlyCounts, month_of
from bosett.sources.published_tables import figure_of, published_table, wrong
from bosett.sources.values import as_text, short

MARKS: Mapping[str, Status] = MappingProxyType({"*": Status.HIDDEN, ":": Status.HIDDEN, ".": Status.MISSING})
_MONTH = "month"
_KNOWN = (
    *("Asylsøknader", "Asylsøkere", "Søknader", "Ankomster", "Antall"),
    *("Overføringsflyktninger", "Kollektiv beskyttelse", "Enslige mindreårige"),
)
_WANTED = WantedColumns(
    {_MONTH: ("Måned", "Månad", "Month", "Periode"), **{heading: (heading,) for heading in _KNOWN}}, (_MONTH,)
)
"""The month, and one of the others by which the row of headings is known."""
_SUMS = frozenset(("sum", "totalt", "total", "i alt", "hittil i ar"))


def read_months(fetched: Fetched, dataset: str, year: int | None = None) -> MonthlyCounts:
    """Return the counts of each column by month.

    Args:
        fetched: The file.
        dataset: What UDI calls the table.
        year: The year of months that are written without one.

    Raises:
        UnreadableAnswer: It is no such table, a row is of no month or one stands twice, or a cell is no number.
    """
    table = published_table(fetched, _WANTED)
    counts: dict[str, dict[str, Figure]] = {}
    for line in table.lines:
        written = as_text(table.at(line, _MONTH))
        if fold(written) in _SUMS or not any(as_text(cell) for cell in table.grid.rows[line]):
            continue
        month = month_of(written, year)
        if not month:
            raise wrong(fetched, table.place(line, _MONTH), f"{short(written)!r} is no month with its year")
        for heading, column in _columns(table).items():
            by_month = counts.setdefault(heading, {})
            if month in by_month:
                raise wrong(fetched, table.place(line, _MONTH), f"{month} stands twice")
            place = table.place(line, _MONTH)
            by_month[month] = figure_of(table.grid.at(line, column), MARKS, "person", place, fetched)
    if not any(counts.values()):
        raise unexpected(fetched, "no month stands in the table")
    return MonthlyCounts("UDI", dataset, fetched.source, None, fetched.fetched_on, fetched.sha256, counts)


def _columns(table: GridTable) -> dict[str, int]:
    """Return the columns with a heading, but for the month's."""
    head = table.grid.rows[table.head]
    return {
        heading: column
        for column, cell in enumerate(head)
        if column != table.columns[_MONTH] and (heading := as_text(cell))
    }
