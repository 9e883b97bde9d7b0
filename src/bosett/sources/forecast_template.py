"""A committee's forecast of the need for settlement, by a workbook that we write and read back.

The form is ours, as no interface gives the forecasts. The workbook may be written in any of our languages, and is read
in all; so is the same as CSV. Whoever fills it in tells the publisher, the day and the settlement year, and for each
group a low, a middle and a high number. An empty cell is unknown, never 0. A forecast without the middle number of all
is none, low may not be above high, and a group may not be larger than all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import MappingProxyType

from xlsxwriter import Workbook

from bosett.basis.languages import LANGUAGES
from bosett.geography.name_matching import fold
from bosett.sources.answers import unexpected
from bosett.sources.fetching import Fetched
from bosett.sources.grids import Grid, GridTable, WantedColumns
from bosett.sources.published_tables import MOST_PEOPLE, published_table, wrong
from bosett.sources.values import NotRead, Raw, as_text, read_day, read_number, short
from bosett.words import FOLDER, Words

WORDS = Words(FOLDER / "forecast.yaml")
CATEGORIES = ("all", "resettlement", "reception", "collective_protection", "minors")
CASES = ("low", "middle", "high")

_FACTS = ("publisher", "as_of", "year")
_FIRST_FACT, _HEAD = 3, 7
"""Rows, from 0, of the first fact and of the headings."""
_CATEGORY = "category"
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class ExpectedNeed:
    """What is expected of one group: low, middle and high, in persons; None what is not told."""

    low: int | None
    middle: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class PublishedForecast:
    """A forecast as its publisher tells it.

    Attributes:
        publisher: Who publishes it.
        as_of: The day that it is of.
        year: The settlement year.
        needs: By group: all, resettlement, reception, collective_protection, and of all: minors.
        source: The name of the file.
        fetched_on: The day on which it was read in.
        raw_sha256: Hash of the file.
    """

    publisher: str
    as_of: date
    year: int
    needs: Mapping[str, ExpectedNeed]
    source: str
    fetched_on: date
    raw_sha256: str


def template(language: str = "nb", year: int | None = None) -> bytes:
    """Return an empty workbook to be filled in, with the settlement year when it is told.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    words = {code: text.in_language(language) for code, text in WORDS.items()}
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(words["sheet"])
        bold, light = book.add_format({"bold": True}), book.add_format({"bg_color": "#FFF8DC", "border": 1})
        day = book.add_format({"bg_color": "#FFF8DC", "border": 1, "num_format": "dd.mm.yyyy"})
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(CASES), 16)
        sheet.write_string(0, 0, words["title"], bold)
        sheet.write_string(1, 0, words["how"])
        for row, fact in enumerate(_FACTS, _FIRST_FACT):
            sheet.write_string(row, 0, words[fact])
            sheet.write_blank(row, 1, None, day if fact == "as_of" else light)
        if year is not None:
            sheet.write_number(_FIRST_FACT + _FACTS.index("year"), 1, year, light)
        for column, heading in enumerate((_CATEGORY, *CASES)):
            sheet.write_string(_HEAD, column, words[heading], bold)
        for row, category in enumerate(CATEGORIES, _HEAD + 1):
            sheet.write_string(row, 0, words[category])
            for column in range(1, len(CASES) + 1):
                sheet.write_blank(row, column, None, light)
    return file.getvalue()


def read_forecast(fetched: Fetched) -> PublishedForecast:
    """Return the forecast that a filled-in workbook, or the same as CSV, tells.

    Raises:
        UnreadableAnswer: It is no such file, a fact is missing, a cell is no number, or the numbers cannot be.
    """
    wanted = WantedColumns({name: _said(name) for name in (_CATEGORY, *CASES)}, (_CATEGORY,), CASES)
    table = published_table(fetched, wanted, pasted=True)
    facts = {name: _fact(table.grid, table.head, name, fetched) for name in _FACTS}
    try:
        as_of, year = read_day(facts["as_of"]), read_number(facts["year"], max(_YEARS))
    except NotRead as fault:
        raise unexpected(fetched, str(fault)) from None
    if as_of is None or year not in _YEARS or year is None:
        raise unexpected(fetched, "the day or the settlement year is none")
    return PublishedForecast(
        publisher=as_text(facts["publisher"]),
        as_of=as_of,
        year=year,
        needs=MappingProxyType(_needs(table, fetched)),
        source=fetched.source,
        fetched_on=fetched.fetched_on,
        raw_sha256=fetched.sha256,
    )


def _said(code: str) -> tuple[str, ...]:
    return tuple(WORDS[code].in_language(language) for language in LANGUAGES)


def _fact(grid: Grid, head: int, name: str, fetched: Fetched) -> Raw:
    """Return what stands beside the name of a fact, above the table."""
    names = set(map(fold, _said(name)))
    for row in range(head):
        if fold(as_text(grid.at(row, 0))) in names and not grid.blank(row, 1):
            return grid.at(row, 1)
    raise unexpected(fetched, f"{_said(name)[0]!r} is not filled in")


def _needs(table: GridTable, fetched: Fetched) -> dict[str, ExpectedNeed]:
    codes = {fold(words): code for code in CATEGORIES for words in _said(code)}
    needs: dict[str, ExpectedNeed] = {}
    for line in table.lines:
        written = as_text(table.at(line, _CATEGORY))
        if not any(as_text(cell) for cell in table.grid.rows[line]):
            continue
        code, place = codes.get(fold(written), ""), table.place(line, _CATEGORY)
        if not code:
            raise wrong(fetched, place, f"{short(written)!r} is none of the groups")
        if code in needs:
            raise wrong(fetched, place, f"{short(written)!r} stands twice")
        needs[code] = _need(table, line, fetched)
    whole = needs.get("all")
    if whole is None or whole.middle is None:
        raise unexpected(fetched, "the middle number of all is not filled in")
    for code, need in needs.items():
        for case in CASES:
            part, most = getattr(need, case), getattr(whole, case)
            if part is not None and most is not None and part > most:
                raise unexpected(fetched, f"{_said(code)[0]} are {part}, more than all, {most} ({_said(case)[0]})")
    return needs


def _need(table: GridTable, line: int, fetched: Fetched) -> ExpectedNeed:
    numbers: list[int | None] = []
    for case in CASES:
        place = table.place(line, case)
        if (line, table.columns[case]) in table.grid.marks:
            raise wrong(fetched, place, "shows an error, or a formula that is not worked out")
        try:
            numbers.append(read_number(table.at(line, case), MOST_PEOPLE))
        except NotRead as fault:
            raise wrong(fetched, place, str(fault)) from None
    filled_in = [number for number in numbers if number is not None]
    if filled_in != sorted(filled_in):
        raise wrong(fetched, table.place(line, CASES[0]), "the numbers fall from low to high")
    return ExpectedNeed(*numbers)
