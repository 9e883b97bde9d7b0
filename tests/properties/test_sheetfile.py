"""What is written out and handed in again changes nothing, whatever the cells hold, and a change is told exactly."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bosett.basis.box import Broken, boxed
from bosett.documents.county_sheet import MOST, STAMP, CountySheet, SheetRow, Value, plain, stamped
from bosett.render.county_workbook import HEAD, write_sheet_book, write_sheet_csv
from bosett.sources import workbooks
from bosett.sources.county_sheet.compare import compare
from bosett.sources.county_sheet.read import SheetFile, read_sheet
from bosett.sources.grids import STRANGE, Remark
from bosett.sources.limits import UnreadableFile
from boxwork import direct, opened_all
from countysheets import COLUMNS, PLACES, READING, WORDS, row, sheet

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True, scope="module")
def no_box() -> Iterator[None]:
    with patch.object(workbooks, "boxed", direct):
        yield


PEOPLE = st.none() | st.integers(0, MOST)
PARTS = st.sampled_from(
    ["=", "'", "@", "_x0041_", "_x005F_x0041_", "\r\n", ";", '"', "\t", "<b>", "&amp;", "Æ", "\x01"]
)
TEXT = (st.text(max_size=30) | st.lists(PARTS, max_size=6).map("".join)).map(str.strip)
VALUES = st.fixed_dictionaries(
    {
        **dict.fromkeys(("number", "under15", "from15", "signal", "signal_minors"), PEOPLE),
        **dict.fromkeys(("reason", "signal_by", "signal_note"), TEXT),
        "asked": st.sampled_from([None, True, False]),
        "signal_on": st.none() | st.dates(date(1900, 3, 1), date(2099, 12, 31)),
        "population": PEOPLE,
        "previous": PEOPLE | st.sampled_from(["mangler", "ikke anmodet"]),
        "proposed": PEOPLE,
        "region": st.sampled_from(["", "Bodø", "Herøy (Nordland)"]),
    }
)
ROWS = st.dictionaries(st.sampled_from(sorted(PLACES)), VALUES, max_size=6)
SHEETS = ROWS.map(lambda rows: sheet(*(row(code, **values) for code, values in rows.items())))
KINDS = pytest.mark.parametrize("kind", ["xlsx", "csv"])


def handed_in(kind: str, county_sheet: CountySheet) -> SheetFile:
    content = write_sheet_book(county_sheet, WORDS) if kind == "xlsx" else write_sheet_csv(county_sheet, WORDS)
    return read_sheet(f"a.{kind}", content, READING)


@pytest.mark.bulk
@KINDS
@given(county_sheet=SHEETS)
def test_a_file_handed_in_again_changes_nothing(kind: str, county_sheet: CountySheet) -> None:
    read = handed_in(kind, county_sheet)
    assert (read.faults, beside_letters(read.notes)) == ((), [])
    comparison = compare(read, county_sheet)
    assert (comparison.changes, comparison.clashes, beside_letters(comparison.notes)) == ((), (), [])
    assert {each.code: {column: cell.value for column, cell in each.cells.items()} for each in read.rows} == {
        each.code: {column: carried(column, value) for column, value in each.values.items()}
        for each in county_sheet.rows
    }


def beside_letters(notes: Iterable[Remark]) -> list[Remark]:
    """Return notes but for those of letters: a text of any letters may look spoiled, and is told so."""
    return [each for each in notes if each.code != STRANGE]


def carried(column: str, value: Value) -> Value:
    """Return what a file gives back for a value."""
    if isinstance(value, str):
        return plain(value)
    return "" if value is None and column in ("population", "previous", "proposed") else value


@given(county_sheet=SHEETS, key=st.sampled_from(["code", "name"]))
def test_numbers_or_names_alone_say_which_municipality(county_sheet: CountySheet, key: str) -> None:
    rows = csv.reader(io.StringIO(write_sheet_csv(county_sheet, WORDS).decode("utf-8-sig"), newline=""), delimiter=";")
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(
        [cell for column, cell in zip(COLUMNS, cells, strict=True) if column != key] for cells in rows
    )
    read = read_sheet("a.csv", out.getvalue().encode(), READING)
    assert (read.faults, compare(read, county_sheet).changes) == ((), ())
    assert [each.code for each in read.rows] == [each.code for each in county_sheet.rows]


@settings(max_examples=40)
@given(county_sheet=SHEETS, order=st.permutations(COLUMNS), down=st.integers(0, 5), stamp=st.booleans())
def test_a_workbook_changes_nothing_with_its_columns_and_rows_moved(
    county_sheet: CountySheet, order: list[str], down: int, stamp: bool
) -> None:
    ours = CalamineWorkbook.from_filelike(io.BytesIO(write_sheet_book(county_sheet, WORDS)))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name in ("Nordland", STAMP) if stamp else ("Nordland",):
        to, cells = book.add_worksheet(name), ours.get_sheet_by_name(name).to_python(skip_empty_area=False)
        places = [COLUMNS.index(column) for column in order] if name == "Nordland" else range(len(COLUMNS))
        for line, old in enumerate(cells[HEAD:] if name == "Nordland" else cells):
            for column, place in enumerate(places):
                value = old[place] if place < len(old) else ""
                at = line + (down if name == "Nordland" else 0)
                if isinstance(value, date):
                    to.write_datetime(at, column, value, day)
                elif isinstance(value, str):
                    to.write_string(at, column, value)
                else:
                    to.write_number(at, column, value)
    book.close()
    read = read_sheet("a.xlsx", out.getvalue(), READING)
    comparison = compare(read, county_sheet)
    assert read.faults == ()
    assert (read.stamp is not None) is stamp
    if stamp:
        assert (comparison.changes, comparison.clashes, beside_letters(comparison.notes)) == ((), (), [])
    # Without its stamp a workbook is held against the sheet, and an apostrophe may be one that our CSV wrote.
    assert {change.column for change in comparison.changes} <= {"reason", "signal_by", "signal_note"}


@pytest.mark.bulk
@KINDS
@given(county_sheet=SHEETS, then=SHEETS)
def test_a_change_is_told_exactly_and_nothing_else_is(kind: str, county_sheet: CountySheet, then: CountySheet) -> None:
    comparison = compare(handed_in(kind, then), county_sheet)
    rows = {each.code: each for each in county_sheet.rows}
    both = [(rows[each.code], each) for each in then.rows if each.code in rows]
    if kind == "csv":
        assert comparison.clashes == ()
        assert {(change.code, change.column) for change in comparison.changes} == {
            (new.code, column) for old, new in both for column in changed(old, new)
        }
    else:  # its stamp says the same as its cells: its owner has changed nothing, whatever others have since
        assert (comparison.changes, comparison.clashes) == ((), ())


def changed(old: SheetRow, new: SheetRow) -> set[str]:
    return {
        column
        for column, value in new.values.items()
        if column not in ("region", "population", "previous", "proposed")
        and stamped(value) != stamped(old.values[column])
    }


def test_the_check_can_fail() -> None:
    assert changed(row("1804", number=1), row("1804", number=2)) == {"number"}
    assert compare(handed_in("csv", sheet(row("1804", number=2))), sheet(row("1804", number=1))).changes


def never_breaks(name: str, contents: list[bytes]) -> None:
    """Read many damaged files, whose box may break."""
    try:
        answers = [opened.encode() for opened in json.loads(boxed(opened_all, contents, limits=workbooks.LIMITS))]
    except Broken:
        answers = []
    for content, answer in zip_longest(contents, answers):
        with patch.object(workbooks, "boxed", boxed if answer is None else lambda *_, opened=answer, **__: opened):
            try:
                file = read_sheet(name, content, READING)
            except UnreadableFile:
                continue
            assert isinstance(file, SheetFile)


@settings(max_examples=15, deadline=None)
@given(
    damages=st.lists(st.tuples(st.binary(max_size=200), st.floats(0, 1)), min_size=10, max_size=10),
    name=st.sampled_from(["a.xlsx", "a.csv"]),
)
def test_damage_anywhere_is_read_or_refused_and_never_breaks(damages: list[tuple[bytes, float]], name: str) -> None:
    whole = write_sheet_book(sheet(row("1804", number=5, reason="Godt arbeid")), WORDS)
    contents = []
    for content, place in damages:
        at = int(place * len(whole))
        contents += [content, whole[:at] + content + whole[at + len(content) :]]
    never_breaks(name, contents)


PIECES = (
    b'"', b"<", b">", b'r="A99999999"', b't="s"', b"99999999999", b"-1", b"&#0;", b"<c/>", b"<row/>", b"<v>1e999</v>",
    b'<c t="d"><v>x</v></c>', b'<c t="s"><v>-1</v></c>', b'<c r="AAAA1"><v>1</v></c>', b'<c s="999"><v>1e300</v></c>',
    b'<dimension ref="A1:XFD1048576"/>', b'<f t="shared" si="0" ref="A1:A9">1</f>', b"<v>NaN</v>",
)  # fmt: skip
INSIDE = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml")


DAMAGES = st.tuples(st.sampled_from(INSIDE), st.floats(0, 1), st.integers(0, 9), st.sampled_from(PIECES))


def damaged(whole: bytes, part: str, place: float, cut: int, piece: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            at = int(place * len(content))
            new.writestr(name, content[:at] + piece + content[at + cut :] if name == part else content)
    return out.getvalue()


@settings(max_examples=15, deadline=None)
@given(damages=st.lists(DAMAGES, min_size=20, max_size=20))
def test_damage_within_a_part_is_read_or_refused_and_never_breaks(
    damages: list[tuple[str, float, int, bytes]],
) -> None:
    whole = write_sheet_book(sheet(row("1804", number=5, signal_on=date(2020, 9, 1))), WORDS)
    never_breaks("a.xlsx", [damaged(whole, *each) for each in damages])
