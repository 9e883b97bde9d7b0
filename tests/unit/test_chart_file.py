"""A drawing as a file of its own: all that stands around it fits, and nothing in it leads anywhere."""

import re
from xml.etree import ElementTree as ET

import pytest

from bosett.geography.borders import BorderMap
from bosett.render.bars import Bar, BarGroup, bar_chart
from bosett.render.border_board import border_board
from bosett.render.chart_file import LEAST, SIDE, ChartKey, ChartWords, svg_file
from bosett.render.claim_chart import likeness
from bosett.render.tile_board import Spot, tile_board

SVG = "{http://www.w3.org/2000/svg}"
BARS = bar_chart([BarGroup("2020", (Bar("b1", 3, "three"),))], "Bars", "In the table")
SQUARE = ((0, 0), (200_000, 0), (200_000, 200_000), (0, 200_000))
SPOTS = [Spot("4601", "46", "t1", "5", "Bergen <b>", "#k4601"), Spot("4602", "46", "t2", "", "Kinn", "/2021/x?a=1&b=2")]
PLAIN = ChartWords("Heading", ["It says so."], [ChartKey("b1", "One")], "", ["A source."])


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  - our own


def words_in(svg: str) -> list[ET.Element]:
    """Return the texts that stand around the drawings."""
    return [each for each in read(svg).iter(f"{SVG}text") if each.get("class") in ("heading", "said", "note")]


def test_everything_around_a_drawing_is_told_from_the_top_down() -> None:
    words = words_in(svg_file([BARS], PLAIN))
    assert [each.text for each in words] == ["Heading", "It says so.", "One", "A source."]
    heights = [int(each.attrib["y"]) for each in words]
    assert heights == sorted(heights)


@pytest.mark.parametrize("size", ["heading", "says", "keys", "notes"])
def test_long_words_stand_on_lines_that_fit(size: str) -> None:
    long = " ".join(["Kautokeino"] * 40)
    words = ChartWords(
        long if size == "heading" else "Heading",
        [long] if size == "says" else ["It says so."],
        [ChartKey("b1", "Nordre Follo og Indre Østfold") for _ in range(12 if size == "keys" else 1)],
        "",
        [long] if size == "notes" else ["A source."],
    )
    root = read(svg_file([BARS], words))
    wide, high = int(root.attrib["width"]), int(root.attrib["height"])
    assert wide == LEAST + 2 * SIDE
    letters = {"heading": 16, "said": 12, "note": 10}
    for each in words_in(svg_file([BARS], words)):
        end = int(each.attrib["x"]) + len(each.text or "") * letters[each.attrib["class"]] * 11 // 20
        assert end <= wide - SIDE // 2, each.text
        assert int(each.attrib["y"]) <= high - SIDE


def test_nothing_in_a_file_leads_anywhere_and_all_is_escaped() -> None:
    board = tile_board(SPOTS, 2021, "Map")
    assert "href" in board
    svg = svg_file([board], ChartWords('A <b> & "c"', ["<script>."], [ChartKey("t1", "<i>")], "<u>", ["&amp;"]))
    assert "href" not in svg
    assert "data-code" not in svg
    texts = {each.text for each in words_in(svg)}
    assert {'A <b> & "c"', "<script>.", "<i>", "<u>", "&amp;"} <= texts


def test_drawings_stand_beside_each_other_each_of_its_own_size() -> None:
    board = tile_board(SPOTS, 2021, "Map")
    chart = likeness([], label="Likeness", across="x", up="y")
    assert not re.match(r"<svg[^>]* width=", chart)
    root = read(svg_file([board, chart], PLAIN))
    inner = [each for each in root.iter(f"{SVG}svg") if each is not root]
    assert [each.attrib["width"] for each in inner][1] == "360"
    places = [
        int(re.findall(r"translate\((\d+) \d+\)", each.attrib["transform"])[0])
        for each in root.iter(f"{SVG}g")
        if "transform" in each.attrib
    ]
    assert places[0] == SIDE
    assert places[1] >= places[0] + int(inner[0].attrib["width"])


def test_the_lines_of_a_real_map_are_as_thick_as_on_the_page() -> None:
    borders = BorderMap(200_000, 200_000, {"4601": (SQUARE,), "4602": (SQUARE,)})
    svg = svg_file([border_board(SPOTS, borders, "Map")], PLAIN)
    # 2040 units (200 km and the edges) are 720 pixels.
    assert svg.count(f'style="stroke-width: {0.6 * 2040 / 720:.2f}"') == 2
    assert f'style="stroke-width: {1.6 * 2040 / 720:.2f}" class="border"' in svg
    assert "stroke-width:" not in svg_file([tile_board(SPOTS, 2021, "Map")], PLAIN).partition("</style>")[2]
