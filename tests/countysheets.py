"""A county's sheet made up for tests, its words, and how its files are read."""

from bosett.documents.county_sheet import COLUMNS as IN_FILES
from bosett.documents.county_sheet import CountySheet, SheetRow, SheetWords, Value
from bosett.geography import municipalities
from bosett.rounds.columns import FIELDS, NAMED, NAMED_BY_COUNTY
from bosett.sources.county_sheet.read import FileReading, SheetFile, read_sheet

YEAR, COUNTY = 2021, "18"
COLUMNS = tuple(column for column in IN_FILES if column not in NAMED_BY_COUNTY)
"""Those of a county that has named none of its own."""
BLANK: dict[str, Value] = {column: NAMED[column].blank for column in COLUMNS if column in FIELDS}
KNOWN: dict[str, Value] = {"region": "Bodø", "population": 1234, "previous": "ikke anmodet", "proposed": 10}
PLACES = {place.code: place for place in municipalities(YEAR) if place.county == COUNTY}
HEADINGS = {column: column.replace("_", " ") for column in COLUMNS}
WORDS = SheetWords(
    headings=HEADINGS,
    yes="ja",
    no="nei",
    title="Nordland 2021",
    lead="Write in the yellow cells.",
    target="Target",
    sum="Sum",
    left="Left",
    unreasoned="Without a reason",
    not_whole="A whole number.",
    not_choice="ja or nei.",
    not_day="A date.",
    help_name="How",
    help=(("Filling in", "The yellow cells."),),
    page="&P of &N",
)
READING = FileReading(
    YEAR, COUNTY, {column: (head,) for column, head in HEADINGS.items()}, ("ja", "yes"), ("nei", "no")
)


def row(code: str = "1804", **values: Value) -> SheetRow:
    """Return a municipality's row: blank, but for what is given."""
    return SheetRow(code, PLACES[code].display_name, {**KNOWN, **BLANK, **values})


def sheet(*rows: SheetRow, target: int | None = 100) -> CountySheet:
    cells = [(row.values["number"], row.values["proposed"], row.values["reason"]) for row in rows]
    without = sum(number is not None and number != proposed and not reason for number, proposed, reason in cells)
    return CountySheet(YEAR, COUNTY, "Nordland", target, rows, without)


def read_text(text: str, name: str = "some.csv") -> SheetFile:
    """Return what is read from CSV, each line ended by a line feed."""
    return read_sheet(name, text.encode(), READING)
