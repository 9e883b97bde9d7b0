"""Workbooks, page, tiles and words, read back."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bosett.documents.explanation import ITEM, Section
from bosett.documents.tiles import TilePlace, lay_out, tile_map
from bosett.documents.words import WORDS, exact, figure_line, percent, signed, whole, word
from bosett.figures import SeriesNote, indicators
from bosett.geography import municipalities
from bosett.render.book import safe_name
from bosett.render.new_file import NotWritable
from bosett.render.page import round_page, write_round_page
from bosett.render.tables import write_workbook
from bosett.render.tile_map import breaks, class_of
from bosett.render.workbook import write_round_workbook
from bosett.words import UnknownLanguage
from unit.test_render_run import made_up_run


def read(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_tables_hold_numbers_as_numbers_and_text_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = [("=1+1", 3, Fraction(1, 3)), ("@x", None, None)]
    write_workbook(path, [("a/b:[c]", ("name", "n", "part"), rows, ("a note",)), ("A B  C", (), (), ())])
    sheets = read(path)
    assert list(sheets) == ["a b c", "A B C (2)"]
    assert sheets["a b c"][1][:2] == ["=1+1", 3]
    assert sheets["a b c"][1][2] == pytest.approx(1 / 3)
    assert sheets["a b c"][2] == ["@x", "", ""]
    assert sheets["a b c"][-1][0] == "a note"


def test_tables_give_the_same_bytes_and_leave_nothing_half_written(tmp_path: Path) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (one, other):
        write_workbook(path, [("t", ("a",), [(1,)], ())])
    assert one.read_bytes() == other.read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["1.xlsx", "2.xlsx"]


def test_no_tables_still_give_a_workbook(tmp_path: Path) -> None:
    write_workbook(tmp_path / "t.xlsx", [])
    assert list(read(tmp_path / "t.xlsx")) == ["Bosett"]


def test_a_missing_folder_and_a_folder_in_the_way_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotWritable, match="there is no folder"):
        write_workbook(tmp_path / "no" / "t.xlsx", [])
    with pytest.raises(NotWritable, match="it is a folder"):
        write_workbook(tmp_path, [])


def test_a_closed_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bosett.render.new_file.tempfile.mkstemp", closed)
    with pytest.raises(NotWritable, match="Permission denied"):
        write_workbook(tmp_path / "t.xlsx", [])


def test_sheet_names_are_safe() -> None:
    assert safe_name("", set()) == "Ark"
    assert safe_name("History", set()) == "History 1"
    assert safe_name("'x'", set()) == "x"
    long = safe_name("y" * 40, {"y" * 31})
    assert long == "y" * 27 + " (2)"


def test_the_round_workbook_closes_and_tells_missing_from_zero(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_round_workbook(made_up_run(), path)
    sheets = read(path)
    assert list(sheets) == ["Oversikt", "Oslo", "Rogaland", "Troms og Finnmark", "Kriterier", "Kilder", "Ikke med"]
    rogaland = sheets["Rogaland"]
    assert rogaland[0][:4] == ["Nr.", "Kommune", "Folketall", "Anmodning 2020"]
    assert rogaland[1][:4] == ["1101", "Eigersund", 14811, ""]
    assert rogaland[2][3] == 110
    assert rogaland[3][5] == 0
    assert rogaland[4][0] == "Sum"
    assert [row[5] for row in rogaland[1:5]] == [40, 0, 0, 40]
    overview = sheets["Oversikt"]
    sums = next(row for row in overview if row[0] == "Sum")
    assert sums[1] == sums[2] == 100
    assert any("Bosetts referansemodell" in str(cell) for row in overview for cell in row)
    assert any("holder" in str(cell) for row in overview for cell in row)
    for rows in sheets.values():
        assert any(str(row[0]).startswith("Bosett, Bosetts referansemodell") for row in rows)
    assert sheets["Ikke med"][1] == ["1106", "Haugesund", "Rogaland", left_out_in("nb")]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_round_workbook_is_the_same_each_time(tmp_path: Path, language: str) -> None:
    one, other = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (one, other):
        write_round_workbook(made_up_run(), path, language=language)
    assert one.read_bytes() == other.read_bytes()


def test_the_page_needs_nothing_else_and_escapes_what_it_is_given(tmp_path: Path) -> None:
    explanations = {"1101": (Section("Why <i>", ("first <b>", f"{ITEM}second & third", f"{ITEM}fourth", "fifth")),)}
    page = round_page(made_up_run(), explanations=explanations)
    assert "<h3>Why &lt;i&gt;</h3><p>first &lt;b&gt;</p>" in page
    assert "<ul><li>second &amp; third</li><li>fourth</li></ul><p>fifth</p>" in page
    for outside in ("http://", "https://", "eval(", "@import", "style="):
        assert outside not in page
    assert '<html lang="nb">' in page
    assert "Bosetts referansemodell" in page
    write_round_page(made_up_run(), tmp_path / "p.html", explanations=explanations)
    assert (tmp_path / "p.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_has_words_in_each_language(language: str) -> None:
    page = round_page(made_up_run(), language=language)
    assert word("left_out_lead", language) in page
    assert left_out_in(language) in page


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_workbook_tells_in_its_own_language_why_one_is_left_out(language: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_round_workbook(made_up_run(), path, language=language)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(word("left_out", language)).to_python()
    assert rows[1] == ["1106", "Haugesund", "Rogaland", left_out_in(language)]


def left_out_in(language: str) -> str:
    return {
        "nb": "«Folketall»: 1 er under grensen 1,50.",
        "nn": "«Folketall»: 1 er under grensa 1,50.",
        "en": "“Population”: 1 is below the limit of 1.50.",
    }[language]


def test_an_official_run_says_so_and_shows_unassigned_weight() -> None:
    page = round_page(made_up_run(official=True))
    assert "Beregnet etter kriteriene departementet har fastsatt" in page
    assert "Vekt uten tall: 10,0" in page


def test_a_year_without_coordinates_has_a_page_without_a_map() -> None:
    page = round_page(made_up_run(year=2019))
    assert word("no_map", "nb") in page


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="se"):
        word("sum", "se")


def test_numbers_are_written_as_people_write_them() -> None:
    assert whole(5025, "nb") == "5\u00a0025"
    assert whole(5025, "en") == "5,025"
    assert signed(-3, "nb") == "\u22123"
    assert signed(1200, "nn") == "+1\u00a0200"
    assert exact(Fraction(-1, 3), "nb") == "\u22120,333"
    assert exact(Fraction(2), "en", 0) == "2"
    assert percent(Fraction(1, 8), "nb") == "12,5\u00a0%"


def test_classes_of_colour_rise_with_the_rate() -> None:
    bars = breaks([Fraction(each) for each in range(1, 11)])
    assert [class_of(Fraction(each), bars) for each in (1, 3, 5, 7, 9)] == [1, 2, 3, 4, 5]
    assert breaks([]) == []
    assert breaks([Fraction(1)] * 5) == [1]


@pytest.mark.parametrize("year", [2020, 2024])
def test_every_municipality_has_a_tile_of_its_own_near_its_neighbours(year: int) -> None:
    places = {each.code: each.county for each in municipalities(year)}
    tiles = tile_map(tuple(places), year)
    assert tiles.keys() == places.keys()
    assert len(set(tiles.values())) == len(tiles)
    cells = {(tile.column, tile.row): places[code] for code, tile in tiles.items()}
    alone = [
        code
        for code, tile in tiles.items()
        if not any(
            cells.get((tile.column + x, tile.row + y)) == places[code]
            for x in (-1, 0, 1)
            for y in (-1, 0, 1)
            if (x, y) != (0, 0)
        )
    ]
    assert len(alone) <= 4  # Oslo is a county of one
    assert max(tile.column for tile in tiles.values()) < 36
    assert max(tile.row for tile in tiles.values()) < 50


def test_tiles_do_not_depend_on_the_order_of_places() -> None:
    places = [TilePlace(str(number), "c", 500_000 + number % 3, 6_000_000 + number % 5) for number in range(40)]
    assert lay_out(places) == lay_out(places[::-1])
    assert lay_out([]) == {}


def test_a_figure_is_told_in_the_language_of_the_page() -> None:
    county = SeriesNote("unemployed", "Fully unemployed", 2020, 2, "NAV", date(2020, 3, 10), by_county=True)
    line = figure_line(county, "nb").replace("\u00a0", " ")
    assert line == "Helt ledige, februar 2020 (NAV; kjent 10. mars 2020; fylkets tall, brukt for hver kommune i fylket)"
    assert figure_line(county, "nn").startswith("Heilt ledige, februar\u00a02020 (NAV; kjent 10.\u00a0mars")
    assert "Folketall 1. januar 2020 (SSB; kjent 1.\u00a0mars\u00a02020)" in round_page(made_up_run())


def test_every_indicator_has_its_words() -> None:
    assert {f"indicator_{name}" for name in indicators()} <= set(WORDS)
