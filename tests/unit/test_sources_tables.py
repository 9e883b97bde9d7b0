"""One reader of tables: whatever programs and people make of a list is read, left aside and told, or refused."""

import io
import re
from collections.abc import Iterable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
import xlsxwriter

from bosett.geography import municipalities
from bosett.sources import grids, municipality_rows
from bosett.sources.addresses import read_addresses
from bosett.sources.county_sheet.read import FileReading, SheetFile, read_sheet
from bosett.sources.limits import UnreadableFile
from bosett.sources.locks import SENTENCES, BadLocks, Locks, read_locks
from bosett.sources.municipality_rows import Keys, UnknownKey
from bosett.sources.spoiled_text import strange
from countysheets import READING, read_text

ORGNR = "964338531"


def faults_and_notes(file: SheetFile) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return faults and notes, each with its cell."""
    faults, notes = (
        [(each.code, each.place.cell if each.place else "") for each in part] for part in (file.faults, file.notes)
    )
    return faults, notes


def numbers(file: SheetFile) -> dict[str, object]:
    return {row.code: row.cells["number"].value for row in file.rows}


@pytest.fixture
def locks(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "locks.csv"
    yield path
    path.unlink(missing_ok=True)


def locked(path: Path, content: bytes | str, year: int = 2021) -> Locks:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_locks(path, year)


# Sums, counties, and what stands beneath

SUMS = ("Sum", "SUM:", "Totalt", "I alt", "Til saman", "Sum Nordland", "Nordland", "Nordland fylke", "Hele landet")


@pytest.mark.parametrize("word", [*SUMS, "Nordland fylkeskommune", "Norge", "delsum"])
@pytest.mark.parametrize("row", ["{};40", ";40"])
def test_a_sum_is_left_aside_and_told(word: str, row: str) -> None:
    for name in ("name", "code"):
        file = read_text(f"{name};number\n{'Bodø' if name == 'name' else '1804'};40\n{row.format(word)}\n")
        assert numbers(file) == {"1804": 40}
        assert faults_and_notes(file) == ([], [("row_aside", "A3")])


def test_a_sum_or_a_countys_row_is_left_aside_above_the_table_too_and_a_nameless_row_within_it_is_not() -> None:
    file = read_text("code;name;number\n18;Nordland;43\n;Sum;43\n1804;Bodø;40\n;;3\n1806;Narvik;3\n;;43\n;;\n;Kilde;\n")
    assert numbers(file) == {"1804": 40, "1806": 3}
    faults, notes = faults_and_notes(file)
    assert faults == [("key_missing", "A5")]
    assert notes == [("row_aside", "A2"), ("row_aside", "B3"), ("row_aside", "A7"), ("row_aside", "B9")]


def test_a_name_that_is_nobodys_beneath_the_table_is_no_sum_when_it_has_a_number() -> None:
    assert faults_and_notes(read_text("name;number\nBodø;40\nBoddø;3\n"))[0] == [("key_unknown_name", "A3")]
    # What is another county's is told whether its rows are filled in or not, and so is a name in a file of none.
    assert faults_and_notes(read_text("name;number\nBodø;40\nBergen;\n"))[0] == [("key_other_county", "A3")]
    assert faults_and_notes(read_text("name;number\nBoddø;\n;3\n"))[0] == [
        ("key_unknown_name", "A2"),
        ("key_missing", "A3"),
    ]
    # Oslo is a municipality and a county.
    oslo = FileReading(2021, "03", READING.headings, READING.yes, READING.no)
    assert numbers(read_sheet("a.csv", b"name;number\nOslo;40\n", oslo)) == {"0301": 40}


def test_a_list_of_locks_leaves_sums_and_blank_rows_aside(locks: Path) -> None:
    read = locked(locks, "code;at_least\r\n0301;200\r\n;\r\n\r\n4601;61\r\n;261\r\n")
    assert read.at_least == {"0301": 200, "4601": 61}
    assert read.notes == ("locks.csv, line 6: the row is left aside: it is about no municipality",)


# How a program saves

WAYS = {
    "mark": "code;at_least\r\n0301;200\r\n".encode("utf-8-sig"),
    "tab": b"code\tat_least\r\n0301\t200\r\n",
    "comma": b"code,at_least\n0301,200\n",
    "carriage return": b"code;at_least\r0301;200\r",
    "unicode text": "code\tat_least\r\n0301\t200\r\n".encode("utf-16"),
    "separator": b"sep=;\r\ncode;at_least\r\n0301;200\r\n",
    "another separator": b"SEP=|\ncode|at_least\n0301|200\n",
    "blank rows": b"code;at_least\n0301;200\n;\n;\n\n",
    "decimals": b"code;at_least\n0301;200,0\n",
    "zero lost": b"code;at_least\n301;200\n",
    "headings of others": "Kommunenummer;Kommunenavn;Låst tall\n0301;Oslo kommune;200\n".encode("cp1252"),
    "a title": "Låste tall 2021;\n;\ncode;at_least\n0301;200\n".encode("cp1252"),
    "both in one cell": b"kommune;at_least\nK-0301 Oslo;200\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_list_of_locks_is_read_however_it_was_saved(way: str, locks: Path) -> None:
    assert locked(locks, WAYS[way]) == Locks({"0301": 200}, ())


@pytest.mark.parametrize("way", WAYS)
def test_a_countys_file_is_read_however_it_was_saved(way: str) -> None:
    """The same files, of another municipality and another column."""
    content = WAYS[way]
    for old, new in (
        ("at_least", "number"),
        ("Låst tall", "number"),
        ("0301", "4601"),
        ("301", "4601"),
        ("Oslo", "Bergen"),
    ):
        for encoding in ("ascii", "utf-16-le", "cp1252"):
            if old.isascii() or encoding == "cp1252":
                content = content.replace(old.encode(encoding), new.encode(encoding))
    file = read_sheet("a.csv", content, FileReading(2021, "46", READING.headings, READING.yes, READING.no))
    assert (numbers(file), faults_and_notes(file)) == ({"4601": 200}, ([], []))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", ";,\t")
def test_addresses_are_read_however_they_were_saved(encoding: str, separator: str) -> None:
    for heading in ("orgnr;adresse;postnummer;poststed", "Org.nr.;Postadresse;Postnr;Poststed"):
        content = f"{heading}\r\n{ORGNR};Rådhusgata 1;5020;Tromsø\r\n".replace(";", separator).encode(encoding)
        addresses = read_addresses("a.csv", content, frozenset({ORGNR}))
        assert [(each.row, each.lines, each.place) for each in addresses.given] == [(2, ("Rådhusgata 1",), "Tromsø")]
        assert (addresses.faults, addresses.notes) == ((), ())


def test_addresses_in_a_workbook_are_read_and_other_columns_told() -> None:
    book = workbook({"Ark": [["orgnr", "navn", *ADDRESS[0]], [int(ORGNR), "Bergen", *ADDRESS[1]]]})
    addresses = read_addresses("a.xlsx", book, frozenset({ORGNR}))
    assert [(each.orgnr, each.lines, each.postal_code) for each in addresses.given] == [
        (ORGNR, ("Postboks 1",), "5020")
    ]
    assert [each.code for each in addresses.notes] == ["column_unknown"]


ADDRESS: list[list[object]] = [["adresse", "postnummer", "poststed"], ["Postboks 1", 5020, "BERGEN"]]


def test_a_line_for_the_program_moves_no_cell_and_a_line_of_a_text_is_counted(locks: Path) -> None:
    """A spreadsheet does not show `sep=;` and calls the next row 1; a text editor shows it."""
    assert faults_and_notes(read_text("sep=;\ncode;number\n1804;x\n"))[0] == [("cell_not_a_number", "B2")]
    with pytest.raises(BadLocks, match="line 3: 'x' is no number"):
        locked(locks, "sep=;\ncode;at_least\n0301;x\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("code;at_least\n1508;5\n", "line 2: 1508 is not a municipality in 2021. The code came in 2024, from 1507"),
        ("code;at_least\nOslo;5\n", "line 2: 'Oslo' is no municipality code"),
        ("kommune;at_least\nHerøy;5\n", "line 2: 'Herøy' is the name of more than one municipality"),
        ("kommune;at_least\nBoddø;5\n", "line 2: 'Boddø' is no municipality's name"),
        (
            "code;kommune;at_least\n0301;Bergen;5\n",
            "line 2: the code 0301 and the name 'Bergen' are two municipalities",
        ),
        ("code;code;at_least\n0301;0301;5\n", "line 1: the heading 'code' stands twice"),
        ("code;at_least\n0301;5\n301;6\n", "line 3: 0301 stands twice, first in A2"),
        ("code;at_least\n0301;\n", "line 2: has no number"),
        ("code;at_least\n;5\n0301;5\n", "line 2: has a number and no municipality"),
        (b"code;at_least\n0301;\x81\n", "The letters of the file cannot be read"),
        (b"\x00", "neither a workbook"),
        ("code;number\n0301;5\n", "has no row of headings"),
    ],
)
def test_a_list_of_locks_that_cannot_be_read_is_refused_in_one_line(
    content: str | bytes, says: str, locks: Path
) -> None:
    with pytest.raises(BadLocks) as refused:
        locked(locks, content)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_locks_tell_what_they_leave_aside(locks: Path) -> None:
    read = locked(locks, "code;name;at_least;note\n0301;Osl0;5;x\n3018;Våler (Viken);6;K\ufffdre\n")
    assert read.at_least == {"0301": 5, "3018": 6}
    assert [note.partition(": ")[2] for note in read.notes] == [
        "'K\ufffdre' looks as if letters were lost; if so, save the file as CSV UTF-8",
        "the column 'note' is not read",
        "'Osl0' is not the name of 0301 (Oslo); the code is taken",
    ]


def test_all_that_is_told_of_a_table_has_its_sentence_in_a_list_of_locks() -> None:
    texts = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in (grids, municipality_rows)]
    codes = {code for text in texts for code in re.findall(r'"((?:key|column|rows?|sheets|name)_\w+)"', text)}
    assert {"key_twice", "row_aside", "name_unlike", "rows_hidden"} <= codes
    assert codes - SENTENCES.keys() == {"key_other_county"}  # a list of locks is of no county


# Letters of another code page

WORDS = ("Får", "Tromsø", "på", "Lærdal", "Målselv", "Snåase")


@pytest.mark.parametrize("page", ["mac_roman", "cp850", "cp865"])
def test_letters_of_another_code_page_are_told_before_anything_is_stored(page: str) -> None:
    content = f"code;number;reason\r1804;40;{' '.join(WORDS)}"
    file = read_sheet("a.csv", content.encode(page), READING)
    (note,) = file.notes
    assert (note.code, note.place and note.place.cell, note.facts["count"]) == ("letters_strange", "C2", 1)


@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
@pytest.mark.parametrize("word", WORDS)
def test_utf_8_that_a_program_took_for_something_else_is_told(word: str, page: str) -> None:
    """A file that was opened by the wrong code page, and saved so."""
    spoiled = word.encode().decode(page)
    if page == "cp1252":
        assert strange(spoiled)
    assert strange(word.encode("cp1252").decode("utf-8", "replace"))


def test_letters_that_people_write_are_not_told() -> None:
    names = {name.text for year in (2019, 2020, 2024) for place in municipalities(year) for name in place.names}
    texts = [
        "«Godt» – 5 %, 3 ¾ år, Excel®, O’Brien, ‘hei’, Loppa†, ja …",
        "20 € § 5 ½ °C naïve café Ž š",
        "https://a.no/?b=c",
    ]
    assert [text for text in (*names, *texts, *WORDS, "Hva? Ja!", "och ä ö ü ß") if strange(text)] == []


# Hidden


def workbook(
    sheets: dict[str, list[list[object]]],
    rows: Iterable[int] = (),
    columns: Iterable[int] = (),
    hide: Iterable[str] = (),
) -> bytes:
    """Return a workbook with some rows and columns of its first sheet hidden, and some sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    made = {name: book.add_worksheet(name) for name in sheets}
    for name, cells in sheets.items():
        for line, row in enumerate(cells):
            made[name].write_row(line, 0, row)
    first = next(iter(made.values()))
    for hidden in rows:
        first.set_row(hidden, None, None, {"hidden": True})
    for column in columns:
        first.set_column(column, column, None, None, {"hidden": True})
    for name in hide:
        made[name].very_hidden() if name.startswith("v") else made[name].hide()
    book.close()
    return out.getvalue()


TABLE: list[list[object]] = [["code", "number"], ["1804", 1], ["1806", 2], ["1811", 3], ["1812", 4], ["1813", 5]]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    file = read_sheet("a.xlsx", workbook({"Ark": TABLE}, rows=(1, 3, 4, 9)), READING)
    assert numbers(file) == {"1804": 1, "1806": 2, "1811": 3, "1812": 4, "1813": 5}
    (note,) = file.notes
    assert (note.code, note.facts, note.place and note.place.cell) == (
        "rows_hidden",
        {"count": 3, "rows": "2, 4–5"},
        "A2",
    )
    assert read_sheet("a.xlsx", workbook({"Ark": TABLE}), READING).notes == ()
    hidden = read_sheet("a.xlsx", workbook({"Ark": TABLE}, columns=(1,)), READING)
    assert (numbers(hidden), faults_and_notes(hidden)) == (numbers(file), ([], [("column_hidden", "B1")]))


def test_hidden_sheets_are_left_aside_and_told() -> None:
    sheets: dict[str, list[list[object]]] = {
        "Ark": TABLE,
        "Gammelt": [["code", "number"], ["1804", 99]],
        "veldig": [["x"]],
    }
    file = read_sheet("a.xlsx", workbook(sheets, hide=("Gammelt", "veldig")), READING)
    assert numbers(file)["1804"] == 1
    assert [(note.code, note.facts) for note in file.notes] == [("sheets_hidden", {"sheets": "Gammelt, veldig"})]
    with pytest.raises(UnreadableFile) as refused:
        read_sheet("a.xlsx", workbook({"Tomt": [["x"]], **sheets, "Ark": [["x"]]}, hide=("Gammelt", "veldig")), READING)
    assert (refused.value.code, refused.value.facts) == ("hidden_table", {"sheets": "Gammelt"})


def test_hidden_rows_of_addresses_are_told() -> None:
    head, row = ADDRESS
    book = workbook({"Ark": [["orgnr", *head], [ORGNR, *row]]}, rows=(1,))
    addresses = read_addresses("a.xlsx", book, frozenset({ORGNR}))
    assert ([each.row for each in addresses.given], [each.code for each in addresses.notes]) == ([2], ["rows_hidden"])


# Keys


@pytest.mark.parametrize("year", [2019, 2020, 2024])
def test_a_municipality_is_known_by_its_own_names_alone_and_in_any_order(year: int) -> None:
    for place in municipalities(year):
        keys = Keys(year, place.county)
        parallel = [name.text for name in place.names]
        for order in permutations(parallel):
            for between in (" - ", " – ", "/", " / ", " "):
                assert keys.code_of("name", between.join(order)) == place.code
        for name in parallel:
            assert keys.code_of("name", name) == place.code
            assert keys.code_of("name", f"{name} kommune".upper()) == place.code
        assert keys.code_of("name", " – ".join(f"{name} kommune" for name in parallel)) == place.code


def test_names_of_two_municipalities_are_no_name() -> None:
    with pytest.raises(UnknownKey):
        Keys(2021, "54").code_of("name", "Porsanger - Kárášjohka")
    with pytest.raises(UnknownKey, match="key_two_places"):
        Keys(2021).code_of("name", "Herøy")
    assert Keys(2021).code_of("name", "Herøy (Nordland)") == "1818"


@pytest.mark.parametrize("name", ["B?dø", "Bod\ufffd", "Bodø 1)", "Bodø¹", "Boddø", "Bodø bykommune"])
def test_a_code_decides_over_a_damaged_name_which_is_told(name: str) -> None:
    file = read_text(f"code;name;number\n1804;{name};40\n")
    assert (numbers(file), file.faults) == ({"1804": 40}, ())
    note = file.notes[-1]
    assert (note.code, note.facts) == ("name_unlike", {"number": "1804", "name": name, "own": "Bodø"})
    assert note.place is not None
    assert note.place.cell == "B2"


@pytest.mark.parametrize(
    ("name", "code"), [("Narvik", "key_differs"), ("Bergen", "key_other_county"), ("Herøy", "key_differs")]
)
def test_a_code_does_not_decide_over_the_name_of_another_municipality(name: str, code: str) -> None:
    assert faults_and_notes(read_text(f"code;name;number\n1804;{name};40\n"))[0] == [(code, "A2")]


@pytest.mark.parametrize(
    "heading", ["Kommunenummer", "kommunenr", "kommunenr.", "Kommune nr.", "knr", "KOMMUNENUMMER", "Kode"]
)
@pytest.mark.parametrize("number", ["Anbefaling", "Tilråding", "Anbefalt tall"])
def test_headings_of_others_are_known(heading: str, number: str) -> None:
    file = read_text(f"{heading};Navn;{number}\n1804;Bodø;40\n")
    assert (numbers(file), faults_and_notes(file)) == ({"1804": 40}, ([], []))


def test_a_code_and_a_name_in_one_cell_must_agree() -> None:
    assert numbers(read_text("name;number\n1804 Bodø;40\n")) == {"1804": 40}
    assert faults_and_notes(read_text("name;number\n1804 Narvik;40\n"))[0] == [("key_differs", "A2")]
