"""The board of tiles, read back from its drawing."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest

from bosett.geography import NotToldOfPlace, UnknownMunicipality, municipalities
from bosett.render.tile_board import EDGE, SIDE, Spot, tile_board

YEAR = 2021


def spots(county: str | None = None, href: str = "") -> list[Spot]:
    return [
        Spot(place.code, place.county, "t1", "7", f"{place.name}: 7", href and f"{href}{place.code}")
        for place in municipalities(YEAR)
        if county in (None, place.county)
    ]


def read(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314  - our own drawing


def corners(root: ET.Element) -> list[tuple[int, int]]:
    return [(int(box.attrib["x"]), int(box.attrib["y"])) for box in root.iter("rect")]


def holds_together(drawn: Sequence[tuple[int, int]], root: ET.Element) -> bool:
    """Tell whether no two tiles share a place, the first stand at the edge and the last within the drawing."""
    left, top, width, height = (int(each) for each in root.attrib["viewBox"].split())
    return (
        len(set(drawn)) == len(drawn)
        and (min(x for x, _ in drawn), min(y for _, y in drawn)) == (1, 1)
        and (left, top) == (-EDGE, -EDGE)
        and max(x for x, _ in drawn) + SIDE - 1 + EDGE == left + width
        and max(y for _, y in drawn) + SIDE - 1 + EDGE == top + height
    )


@pytest.mark.parametrize("county", [None, "03", "46", "54"])
def test_every_municipality_has_its_tile_and_the_drawing_begins_at_its_edge(county: str | None) -> None:
    wanted = spots(county)
    root = read(tile_board(wanted, YEAR, "A map"))
    assert {each.attrib["data-code"] for each in root.iter("g")} == {spot.code for spot in wanted}
    assert holds_together(corners(root), root)


def test_the_check_can_fail() -> None:
    root = read(tile_board(spots("46"), YEAR, "A map"))
    drawn = corners(root)
    assert not holds_together([*drawn, drawn[0]], root)
    assert not holds_together([(x + SIDE, y) for x, y in drawn], root)


def test_a_county_is_cut_out_of_the_country() -> None:
    whole = re.findall(r'data-code="(46\d\d)"', tile_board(spots(), YEAR, "A map"))
    assert re.findall(r'data-code="(46\d\d)"', tile_board(spots("46"), YEAR, "A map")) == whole


def test_a_tile_with_an_address_is_a_link_and_one_without_is_a_picture() -> None:
    links = read(tile_board(spots("03", "#k"), YEAR, "A map"))
    (link,) = links.iter("a")
    assert (link.attrib["href"], link.attrib["aria-label"], link.attrib["class"]) == ("#k0301", "Oslo: 7", "t1")
    (picture,) = read(tile_board(spots("03"), YEAR, "A map")).iter("g")
    assert (picture.attrib["role"], picture.attrib["aria-label"]) == ("img", "Oslo: 7")


def test_words_are_escaped_and_no_style_or_id_stands_in_the_drawing() -> None:
    drawing = tile_board([Spot("0301", "03", "t1", "<7>", 'A "b" <c>')], YEAR, 'The "map" <i>')
    root = read(drawing)
    assert root.attrib["aria-label"] == 'The "map" <i>'
    assert [each.text for each in root.iter("text")] == ["<7>"]
    assert " style=" not in drawing
    assert " id=" not in drawing


def test_a_border_stands_where_two_groups_touch_and_nowhere_else() -> None:
    one = read(tile_board(spots("46"), YEAR, "A map"))
    assert [each.attrib["d"] for each in one.iter("path")] == [""]
    assert next(read(tile_board(spots(), YEAR, "A map")).iter("path")).attrib["d"]


def test_no_municipalities_give_an_empty_board() -> None:
    assert not list(read(tile_board([], YEAR, "A map")).iter("rect"))


def test_an_unknown_code_and_a_year_without_coordinates_are_refused() -> None:
    with pytest.raises(UnknownMunicipality):
        tile_board([Spot("9999", "99", "t1", "", "Nowhere")], YEAR, "A map")
    with pytest.raises(NotToldOfPlace):
        tile_board([Spot("0301", "03", "t1", "", "Oslo")], 2019, "A map")
