"""A county's sheet as a file: what stands in it, what is read back, and what is refused, cell by cell."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from bosett.basis.box import Broken, boxed
from bosett.documents.county_sheet import STAMP, plain
from bosett.render.county_workbook import FIRST, HEAD, LEFT, SUM, TARGET, write_sheet_book, write_sheet_csv
from bosett.rounds.columns import FIELDS
from bosett.sources import workbooks
from bosett.sources.county_sheet.compare import compare
from bosett.sources.county_sheet.read import FileReading, SheetFile, read_sheet
from bosett.sources.grids import CellPlace
from bosett.sources.limits import MOST_FILE, UnreadableFile
from bosett.sources.municipality_rows import Keys, UnknownKey
from bosett.sources.workbooks import read_workbook, told_sheets
from boxwork import direct
from countysheets import COLUMNS, COUNTY, HEADINGS, READING, WORDS, YEAR, read_text, row, sheet

FULL = row(
    "1804",
    asked=True,
    number=40,
    under15=1,
    from15=2,
    reason="=1+1",
    signal=38,
    signal_minors=0,
    signal_on=date(2020, 6, 15),
    signal_by="@",
    signal_note="to\nlinjer",
)
WHOLE = sheet(FULL, row("1806", asked=False, number=0), row("1811"))


@pytest.fixture(autouse=True)
def no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "boxed", direct)


def faults(file: SheetFile) -> list[tuple[str, str]]:
    return [(fault.code, fault.place.cell if fault.place else "") for fault in file.faults]


def part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name).decode()


# Out


def test_the_workbook_says_everything_with_its_type_and_the_same_bytes_each_time() -> None:
    book = write_sheet_book(WHOLE, WORDS)
    assert book == write_sheet_book(WHOLE, WORDS)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert workbook.sheet_names == ["Nordland", "How", STAMP]
    rows = workbook.get_sheet_by_name("Nordland").to_python(skip_empty_area=False)
    assert rows[HEAD] == [HEADINGS[column] for column in COLUMNS]
    assert rows[FIRST] == [
        *("1804", "Bodø", "Bodø", 1234.0, "ikke anmodet", 10.0, "ja", 40.0, "=1+1", 1.0, 2.0, 38.0, 0.0),
        *(date(2020, 6, 15), "@", "to\nlinjer"),
    ]
    assert rows[FIRST + 2][6:] == [""] * 10
    number = COLUMNS.index("number")
    assert [rows[line][number] for line in (TARGET, SUM, LEFT)] == [100.0, 40.0, 60.0]


def test_only_what_is_written_in_is_unlocked_and_the_rest_stays_in_sight() -> None:
    book = write_sheet_book(WHOLE, WORDS)
    table = part(book, "xl/worksheets/sheet1.xml")
    assert "<sheetProtection" in table
    assert "password" not in table
    assert f'ySplit="{FIRST}"' in table
    assert table.count("<dataValidation ") == 7
    formulas = re.findall(r"<f>([^<]+)</f><v>([^<]*)</v>", table)
    assert ('IF(COUNT(H7:H9)=0,"",SUM(H7:H9))', "40") in formulas
    assert ("H3-N(H4)", "60") in formulas
    styles = part(book, "xl/styles.xml")
    cells = styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", cells)
    for column in COLUMNS:
        place = f"{chr(ord('A') + COLUMNS.index(column))}{FIRST + 1}"
        style = re.search(rf'<c r="{place}" s="(\d+)"', table)
        assert style
        assert ('locked="0"' in looks[int(style[1])]) is (column in FIELDS), column
    assert 'state="veryHidden"' in part(book, "xl/workbook.xml")


def test_a_county_without_target_has_nothing_left() -> None:
    table = part(write_sheet_book(sheet(FULL, target=None), WORDS), "xl/worksheets/sheet1.xml")
    assert "<f>H3-H4</f>" not in table


def test_csv_is_as_norwegian_excel_wants_it_and_no_text_is_a_formula() -> None:
    text = write_sheet_csv(WHOLE, WORDS)
    assert text.startswith(b"\xef\xbb\xbf")
    head, *lines = text.decode("utf-8-sig").split("\r\n")
    assert head == ";".join(HEADINGS[column] for column in COLUMNS)
    assert lines[0] == "1804;Bodø;Bodø;1234;ikke anmodet;10;ja;40;'=1+1;1;2;38;0;15.06.2020;'@;\"to\nlinjer\""
    assert lines[1].endswith(";nei;0;;;;;;;;")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_written_is_read_back_and_changes_nothing(kind: str) -> None:
    content = (write_sheet_book if kind == "xlsx" else write_sheet_csv)(WHOLE, WORDS)
    file = read_sheet(f"some.{kind}", content, READING)
    assert (file.faults, file.notes) == ((), ())
    assert {column: cell.value for column, cell in file.rows[0].cells.items()} == {**FULL.values}
    compared = compare(file, WHOLE)
    assert (compared.changes, compared.clashes, compared.notes) == ((), (), ())


def test_text_that_no_file_can_carry_is_told_as_it_will_be() -> None:
    assert plain(" a\x00b\r\nc\rd\ufffe ") == "ab\nc\nd"


# Changed since


def test_a_change_is_told_and_what_somebody_else_changed_since_is_a_clash() -> None:
    read = read_sheet("a.xlsx", edited(WHOLE, {("1804", "number"): 41, ("1811", "signal"): 5}), READING)
    (first, second) = compare(read, WHOLE).changes
    assert (first.code, first.column, first.before, first.after) == ("1804", "number", 40, 41)
    assert first.place == CellPlace("Nordland", 6, 7)
    assert first.place.cell == "H7"
    assert (second.code, second.column, second.before, second.after) == ("1811", "signal", None, 5)
    # Somebody else has changed one of them, one that was left alone, and one to the same.
    since = sheet(row("1804", **{**FULL.values, "number": 50, "under15": 3}), WHOLE.rows[1], row("1811", signal=5))
    comparison = compare(read, since)
    assert comparison.changes == ()
    (clash,) = comparison.clashes
    assert (clash.column, clash.was, clash.mine, clash.theirs) == ("number", "40", 41, 50)


def edited(base: object, changes: Mapping[tuple[str, str], object]) -> bytes:
    """Return the workbook of a sheet with some cells written anew, as a spreadsheet program saves it."""
    assert base is WHOLE
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(write_sheet_book(WHOLE, WORDS)))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    for name in workbook.sheet_names:
        to = book.add_worksheet(name)
        for line, cells in enumerate(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            for place, value in enumerate(cells):
                key = (str(cells[0]), COLUMNS[place]) if name == "Nordland" and place < len(COLUMNS) else ("", "")
                put(to, line, place, changes.get(key, value))
    book.close()
    return out.getvalue()


def put(to: object, line: int, place: int, value: object) -> None:
    if isinstance(value, date):
        to.write_datetime(line, place, value)  # type: ignore[attr-defined]
    elif value != "":
        to.write(line, place, value)  # type: ignore[attr-defined]


def test_a_file_without_a_stamp_is_held_against_the_sheet_itself() -> None:
    read = read_text("code;number\n1804;41\n1806;0\n")
    assert read.stamp is None
    (change,) = compare(read, WHOLE).changes
    assert (change.before, change.after) == (40, 41)


def test_a_column_that_is_not_written_in_is_told_and_not_taken() -> None:
    read = read_text("code;population;previous;region;number\n1804;99;7;Bodø;40\n1806;1234;not asked;;\n")
    comparison = compare(read, WHOLE)
    assert [(note.code, note.facts.get("column")) for note in comparison.notes] == [
        ("known_changed", "population"),
        ("known_changed", "previous"),
        ("rows_missing", None),
    ]
    assert [change.column for change in comparison.changes] == ["number"]  # blank is not 0
    # What was refreshed in Bosett since the workbook was written is no change of its owner's.
    old = read_sheet("a.xlsx", write_sheet_book(WHOLE, WORDS), READING)
    newer = sheet(row("1804", **{**FULL.values, "proposed": 77}), *WHOLE.rows[1:])
    assert compare(old, newer).notes == ()


# Columns and keys


def test_columns_stand_in_any_order_and_what_is_unknown_is_told() -> None:
    file = read_text("\nNotes;SIGNAL  by;Name;;number\nx;Ordføreren;Bodø;y;3\n")
    assert [(note.code, note.place.cell) for note in file.notes if note.place] == [
        ("column_unknown", "A2"),
        ("column_unnamed", "D2"),
    ]
    assert {column: cell.value for column, cell in file.rows[0].cells.items()} == {
        "signal_by": "Ordføreren",
        "number": 3,
    }
    assert faults(read_text("code;number;number\n1804;3;4\n")) == [("column_twice", "C1")]


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("name", "Herøy", "1818"),
        ("name", "Herøy (Nordland)", "1818"),
        ("name", "HERØY kommune", "1818"),
        ("name", "heroy", "1818"),
        ("name", "Hábmer", "1875"),
        ("name", "Hábmer - Hamarøy", "1875"),
        ("name", "Hamarøy kommune (Nordland)", "1875"),
        ("code", "1818", "1818"),
    ],
)
def test_a_municipality_is_found_by_any_of_its_names(column: str, written: str, code: str) -> None:
    assert Keys(YEAR, COUNTY).code_of(column, written) == code


def test_a_code_that_lost_its_zero_is_known() -> None:
    assert Keys(YEAR, "03").code_of("code", "301") == "0301"


@pytest.mark.parametrize(
    ("column", "written", "code", "county"),
    [
        ("name", "Herøy (Møre og Romsdal)", "key_other_county", "Møre og Romsdal"),
        ("name", "Bergen", "key_other_county", "Vestland"),
        ("name", "Atlantis", "key_unknown_name", None),
        ("name", "Sum", "key_unknown_name", None),
        ("code", "4601", "key_other_county", "Vestland"),
        ("code", "9999", "key_unknown_code", None),
        ("code", "Bodø", "key_unknown_code", None),
    ],
)
def test_what_is_no_municipality_of_the_county_is_refused(
    column: str, written: str, code: str, county: str | None
) -> None:
    with pytest.raises(UnknownKey) as refused:
        Keys(YEAR, COUNTY).code_of(column, written)
    assert (refused.value.code, refused.value.facts.get("county")) == (code, county)


def test_keys_that_are_missing_wrong_unlike_or_there_twice_are_told_with_their_cell() -> None:
    file = read_text("code;name;number\n1804;;1\n;;2\n;Bodø;3\n1806;Bodø;4\n4601;;5\n;;\n1818;Herøy kommune;6\n")
    assert faults(file) == [
        ("key_missing", "A3"),
        ("key_twice", "B4"),
        ("key_differs", "A5"),
        ("key_other_county", "A6"),
    ]
    assert [read.code for read in file.rows] == ["1804", "1818"]


# Cells


@pytest.mark.parametrize(
    ("written", "value"),
    [("2020-09-01", date(2020, 9, 1)), ("01.09.2020", date(2020, 9, 1)), ("1. 9. 2020", date(2020, 9, 1))],
)
def test_days_as_text(written: str, value: date) -> None:
    (read,) = read_text(f"code;signal on\n1804;{written}\n").rows
    assert read.cells["signal_on"].value == value


@pytest.mark.parametrize("written", ["31.02.2020", "09/01/2020", "1.9.20", "i høst", "44075"])
def test_what_is_no_day_is_told(written: str) -> None:
    assert faults(read_text(f"code;signal on\n1804;{written}\n")) == [("cell_not_a_day", "B2")]


def test_choices_in_any_language_and_what_is_none() -> None:
    file = read_text("code;asked\n1804;JA\n1806;no\n1811;kanskje\n")
    assert [read.cells["asked"].value for read in file.rows[:2]] == [True, False]
    assert faults(file) == [("cell_not_a_choice", "B4")]


def book_of(rows: list[list[object]], name: str = "Ark") -> bytes:
    """Return a workbook of somebody's own; text that begins with = is a formula without a value."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    to = book.add_worksheet(name)
    for line, cells in enumerate(rows):
        for place, value in enumerate(cells):
            if isinstance(value, tuple):
                to.write_formula(line, place, value[0], None, value[1])
            elif isinstance(value, date):
                to.write_datetime(line, place, value, book.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
            else:
                to.write(line, place, value)
    book.close()
    return out.getvalue()


def test_cells_of_a_workbook_by_their_type() -> None:
    head: list[object] = ["code", "asked", "number", "signal on", "reason"]
    rows: list[list[object]] = [
        [],
        head,
        [1804, True, 12, date(2020, 9, 1), 12],
        ["1806", "nei", 12.5, datetime(2020, 9, 1, 8, 30), date(2020, 9, 1)],  # noqa: DTZ001  - as a workbook has it
        [1811.0, 3, ("=2+2", 4), 44075, True],
    ]
    file = read_sheet("own.xlsx", book_of(rows), READING)
    first, second, third = file.rows
    assert [first.cells[column].value for column in ("asked", "number", "signal_on", "reason")] == [
        *(True, 12, date(2020, 9, 1), "12"),
    ]
    assert second.cells["reason"].value == "01.09.2020"
    assert third.cells["number"].value == 4
    assert faults(file) == [
        ("cell_number_pointed", "C4"),
        ("cell_not_a_day", "D4"),
        ("cell_not_a_choice", "B5"),
        ("cell_not_a_day", "D5"),
        ("cell_not_a_text", "E5"),
    ]
    assert [fault.facts["written"] for fault in file.faults][:2] == ["12,5", "01.09.2020 08:30"]
    assert file.faults[0].place == CellPlace("Ark", 3, 2)


def test_an_error_value_and_a_formula_without_value_are_faults_of_their_cells() -> None:
    rows: list[list[object]] = [["code", "number", "signal", "population"], [1804, ("=A9", "#REF!"), ("=1", 1), 5]]
    book = book_of(rows)
    assert faults(read_sheet("a.xlsx", book, READING)) == [("cell_error", "B2")]
    bare = rewritten(book, "xl/worksheets/sheet1.xml", lambda text: text.replace("<f>1</f><v>1</v>", "<f>1</f>"))
    assert faults(read_sheet("a.xlsx", bare, READING)) == [("cell_error", "B2"), ("cell_uncounted", "C2")]


def rewritten(book: bytes, name: str, change: Callable[[str], str], more: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            content = old.read(each)
            new.writestr(each, change(content.decode()) if each == name else content)
        for each, content in (more or {}).items():
            new.writestr(each, content)
    return out.getvalue()


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_csv_in_the_letters_and_with_the_marks_that_programs_use(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["name", "reason"]) + "\r\n" + delimiter.join(["Bodø", '"Æ;ø\nå"']) + "\r\n"
    (read,) = read_sheet("a.csv", text.encode(encoding), READING).rows
    assert (read.code, read.cells["reason"].value) == ("1804", "Æ;ø\nå")


BOOK = book_of([["code", "number"], [1804, 12]])
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


def bomb(claimed: int | None = None) -> bytes:
    """Return a workbook that unpacks to 60 MB; it may claim to be smaller."""
    book = rewritten(BOOK, "", str, {"xl/worksheets/sheet9.xml": b" " * 60_000_000})
    if claimed is None:
        return book
    at = book.rindex(b"PK\x01\x02")
    return book[: at + 24] + struct.pack("<I", claimed) + book[at + 28 :]


def many_strings() -> bytes:
    cells = "".join(f'<row r="{line}"><c r="A{line}" t="s"><v>0</v></c></row>' for line in range(3, 9000))
    text = "x" * 6_000
    book = rewritten(BOOK, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", f"{cells}</sheetData>"))
    return rewritten(book, "xl/sharedStrings.xml", lambda xml: xml.replace("<t>code</t>", f"<t>{text}</t>"))


def far_cell(address: str) -> bytes:
    cell = f'<row r="{address.lstrip("ABCDEFX")}"><c r="{address}"><v>1</v></c></row>'
    return rewritten(BOOK, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", f"{cell}</sheetData>"))


def entity() -> bytes:
    swell = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return rewritten(BOOK, "xl/sharedStrings.xml", lambda xml: xml.replace("?>", f"?>{swell}", 1))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"PK" + b"\x00" * 50, "damaged"),
        ("a.xlsx", b"code;number\n1804;3\n", "not_workbook"),
        ("a.xlsx", BOOK[:-200], "damaged"),
        ("a.xlsx", BOOK[:200] + b"\xff" * 400 + BOOK[600:], "damaged"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "not_workbook"),
        ("a.csv", b"code;name\x81\n", "letters"),
        ("a.csv", b"\xff\xfeabc", "letters"),
        ("a.csv", b"hello\nworld\n", "no_heading"),
        ("a.csv", b"", "no_heading"),
        ("a.csv", b'code;number\n1804;"3"4\n', "damaged"),
        ("a.csv", b"code;number\n" + b"1804;1\n" * 10_001, "rows"),
        ("a.csv", b"x" * (MOST_FILE + 1), "large"),
        ("a.xls", OLE, "old_workbook"),
        ("a.ods", b"anything", "old_workbook"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xlsm", BOOK, "macros"),
        ("a.xlsx", rewritten(BOOK, "", str, {"xl/vbaProject.bin": b"x"}), "macros"),
        (
            "a.xlsx",
            rewritten(BOOK, "[Content_Types].xml", lambda xml: xml.replace("sheet.main", "sheet.macroEnabled.main")),
            "macros",
        ),
        ("a.xlsx", bomb(), "swells"),
        ("a.xlsx", bomb(claimed=100), "damaged"),
        ("a.xlsx", rewritten(BOOK, "", str, {f"xl/{n}": b"" for n in range(600)}), "swells"),
        ("a.xlsx", many_strings(), "swells"),
        ("a.xlsx", far_cell("A1048576"), "rows"),
        ("a.xlsx", far_cell("XFD3"), "rows"),
        ("a.xlsx", entity(), "entities"),
        ("a.xlsx", book_of([["x", "y"], [1, 2]]), "no_heading"),
        ("a.xlsx", rewritten(BOOK, "xl/workbook.xml", lambda _: "<workbook><sheets>"), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_to_be_read_is_refused_with_a_clear_word(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(name, content, READING)
    assert refused.value.code == code
    assert len(str(refused.value)) > 20


def test_a_workbook_of_another_kind_inside_is_refused() -> None:
    for name, code in (("content.xml", "old_workbook"), ("word/document.xml", "not_workbook")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, b"<x/>")
        with pytest.raises(UnreadableFile) as refused:
            read_sheet("a.xlsx", out.getvalue(), READING)
        assert refused.value.code == code


def counting() -> bytes:
    """Return one whose counts make a reader ask for all memory that there is."""
    huge = rewritten(BOOK, "xl/styles.xml", lambda xml: re.sub(r'count="\d+"', 'count="9999999999999"', xml))
    return rewritten(huge, "xl/sharedStrings.xml", lambda xml: re.sub(r'ount="\d+"', 'ount="9999999999999"', xml))


@pytest.mark.parametrize(("content", "code"), [(counting(), "swells"), (far_cell("XFD3"), "rows"), (b"PK", "damaged")])
def test_what_would_harm_its_reader_harms_a_box(content: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "boxed", boxed)
    with pytest.raises(UnreadableFile) as refused:
        read_sheet("a.xlsx", content, READING)
    assert refused.value.code == code


@pytest.mark.parametrize(("why", "code"), [("time", "swells"), ("memory", "swells"), ("died", "damaged")])
def test_a_box_that_breaks_is_a_file_that_is_not_read(why: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> bytes:
        raise Broken(why)

    monkeypatch.setattr(workbooks, "boxed", breaks)
    with pytest.raises(UnreadableFile) as refused:
        read_sheet("a.xlsx", BOOK, READING)
    assert refused.value.code == code


def test_a_workbook_is_the_same_through_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    book = write_sheet_book(WHOLE, WORDS)
    here = read_sheet("a.xlsx", book, READING)
    monkeypatch.setattr(workbooks, "boxed", boxed)
    assert read_sheet("a.xlsx", book, READING) == here


def test_values_of_every_type_come_out_of_the_box_as_they_went_in() -> None:
    moment = datetime(2020, 9, 1, 8, 30)  # noqa: DTZ001  - a cell has no zone
    row: list[object] = ["a", 1.5, -0.25, True, "", moment, moment.date(), moment.time()]
    text = json.dumps([["A", False, [[*row, timedelta(hours=30)]], [], [], []]], default=workbooks._as_text)  # noqa: SLF001
    (sheet,) = told_sheets(text.encode())
    (read,) = sheet.rows
    assert read == (*row, timedelta(hours=30))
    assert [type(cell) for cell in read] == [type(cell) for cell in (*row, timedelta())]


def test_what_is_hidden_is_told() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    seen, unseen, deep = (book.add_worksheet(name) for name in ("Ark", "Skjult", "Helt skjult"))
    for line in range(5):
        seen.write_row(line, 0, [line, line])
    seen.set_row(2, None, None, {"hidden": True})
    seen.set_column(1, 1, None, None, {"hidden": True})
    unseen.hide()
    deep.very_hidden()
    book.close()
    sheets = read_workbook(out.getvalue())
    assert [(each.name, each.hidden) for each in sheets] == [("Ark", False), ("Skjult", True), ("Helt skjult", True)]
    assert (sheets[0].hidden_rows, sheets[0].hidden_columns) == (frozenset({2}), frozenset({1}))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_CELLS", 3)
    with pytest.raises(UnreadableFile, match="more rows"):
        read_sheet("a.xlsx", BOOK, READING)


SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"
HEADS = '<row><c t="inlineStr"><is><t>code</t></is></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK_PARTS = {
    "_rels/.rels": (
        f'<Relationships><Relationship Id="r0" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns:r="{OFFICE}"><workbookPr date1904="1"/>'
        '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/a.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/theme" Target="theme/theme1.xml"/></Relationships>'
    ),
    "xl/sharedStrings.xml": (
        "<sst><si><r><t>num</t></r><r><t>ber</t></r><rPh><t>x</t></rPh></si><si><t>reason</t></si></sst>"
    ),
}


def parts_of(rows: str, **changed: str) -> bytes:
    """Return a workbook as another program may write it: without addresses, styles and prefixes declared."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in {**BOOK_PARTS, "xl/worksheets/a.xml": SHEET.format(HEADS + rows), **changed}.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_workbook_without_addresses_is_read_and_how_a_word_is_spoken_is_left_out() -> None:
    spoken = (
        '<c t="inlineStr"><is><r><t>Godt</t></r><r><t xml:space="preserve"> arbeid</t></r><rPh><t>go</t></rPh></is></c>'
    )
    (read,) = read_sheet("a.xlsx", parts_of(f"<row><c><v>1804</v></c><c/>{spoken}</row>"), READING).rows
    assert read.place.cell == "A2"
    assert (read.cells["number"].value, read.cells["reason"].value) == (None, "Godt arbeid")


def test_a_blank_number_cell_is_blank_and_one_that_is_no_number_is_a_fault() -> None:
    (read,) = read_sheet("a.xlsx", parts_of("<row><c><v>1804</v></c><c><v></v></c></row>"), READING).rows
    assert read.cells["number"].value is None
    file = read_sheet("a.xlsx", parts_of("<row><c><v>1804</v></c><c><v>x</v></c></row>"), READING)
    assert [fault.place for fault in file.faults] == [CellPlace("A", 1, 1)]


@pytest.mark.parametrize("written", ["2020-09-01", "2020-09-01T00:00:00"])
def test_a_day_cell_as_the_strict_form_of_workbooks_has_it(written: str) -> None:
    rows = f'<row><c><v>1804</v></c><c t="d"><v>{written}</v></c></row>'
    heads = HEADS.replace("<v>0</v>", "<v>2</v>")
    strings = BOOK_PARTS["xl/sharedStrings.xml"].replace("</sst>", "<si><t>signal on</t></si></sst>")
    book = parts_of("", **{"xl/sharedStrings.xml": strings, "xl/worksheets/a.xml": SHEET.format(heads + rows)})
    (read,) = read_sheet("a.xlsx", book, READING).rows
    assert read.cells["signal_on"].value == date(2020, 9, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"xl/worksheets/a.xml": SHEET.format('<row><c r="1"><v>1</v></c></row>')}, "damaged"),
        ({"xl/_rels/workbook.xml.rels": "<Relationships/>"}, "damaged"),
    ],
)
def test_parts_that_cannot_be_are_refused(changed: dict[str, str], code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet("a.xlsx", parts_of("", **changed), READING)
    assert refused.value.code == code


def test_a_locked_part_is_refused() -> None:
    whole = bytearray(parts_of(""))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="password"):
        read_sheet("a.xlsx", bytes(whole), READING)


def test_values_of_a_type_that_a_column_never_holds_are_told() -> None:
    rows: list[list[object]] = [
        ["code", "number", "signal on", "", "population"],
        [1804, True, 3.5, None, ("=A9", "#REF!")],
        [1806, date(2020, 9, 1), True, None, 2.5],
    ]
    file = read_sheet("a.xlsx", book_of(rows), READING)
    assert faults(file) == [
        *(("cell_not_a_number", "B2"), ("cell_not_a_day", "C2"), ("cell_not_a_number", "B3"), ("cell_not_a_day", "C3")),
    ]
    assert file.notes == ()  # a column that holds nothing is not told of
    assert "population" not in file.rows[0].cells
    assert file.rows[1].cells["population"].value == "2,5"


def test_two_sheets_with_headings_are_told_by_name() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("Før", "Etter"):
        book.add_worksheet(name).write_row(0, 0, ["code", "number"])
    book.close()
    with pytest.raises(UnreadableFile) as refused:
        read_sheet("a.xlsx", out.getvalue(), READING)
    assert (refused.value.code, refused.value.facts) == ("two_tables", {"sheets": "Før, Etter"})


@pytest.mark.parametrize(
    ("part_of", "code", "whose"), [({"county": "46"}, "other_county", "18"), ({"year": 2022}, "other_year", "2021")]
)
def test_another_countys_or_years_workbook_is_told_by_its_stamp(
    part_of: dict[str, str | int], code: str, whose: str
) -> None:
    other = reading_of(**part_of)
    with pytest.raises(UnreadableFile) as refused:
        read_sheet("a.xlsx", write_sheet_book(WHOLE, WORDS), other)
    assert (refused.value.code, refused.value.facts) == (code, {"found": whose})


def reading_of(county: str | int = COUNTY, year: str | int = YEAR) -> FileReading:
    return FileReading(int(year), str(county), READING.headings, READING.yes, READING.no)


def test_a_sheet_named_as_the_stamp_that_is_none_is_no_stamp() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Ark").write_row(0, 0, ["code", "number"])
    book.add_worksheet(STAMP).write_column(0, 0, ["a", "b", "c", "d", "e"])
    book.close()
    assert read_sheet("a.xlsx", out.getvalue(), READING).stamp is None
