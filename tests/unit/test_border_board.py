"""The map of the real borders, on a country of three squares."""

import re

from bosett.geography.borders import BorderMap
from bosett.render.border_board import EDGE, UNIT, border_board
from bosett.render.tile_board import Spot

SIDE = 100 * UNIT


def square(column: int, row: int) -> tuple[tuple[int, int], ...]:
    x, y = column * SIDE, row * SIDE
    return ((x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE))


BORDERS = BorderMap(3 * SIDE, SIDE, {"1101": (square(0, 0),), "1103": (square(1, 0),), "4601": (square(2, 0),)})


def spot(code: str, look: str = "t1") -> Spot:
    return Spot(code, code[:2], look, "10", f"Place {code} <5>", f"#k{code}")


def test_each_municipality_is_an_area_with_its_look_and_name() -> None:
    drawing = border_board([spot("1101", "t3"), spot("1103"), spot("4601", "tx")], BORDERS, "The country")
    assert re.findall(r'<g class="(\w+)"><title>([^<]+)</title>', drawing) == [
        ("t3", "Place 1101 &lt;5&gt;"),
        ("t1", "Place 1103 &lt;5&gt;"),
        ("tx", "Place 4601 &lt;5&gt;"),
    ]
    assert 'd="M0 0L100 0L100 100L0 100z"' in drawing
    assert 'role="img"' in drawing
    assert 'aria-label="The country"' in drawing
    assert "<a" not in drawing  # the board of tiles is the one that is walked through


def test_a_line_is_drawn_where_two_counties_meet_and_nowhere_else() -> None:
    drawing = border_board([spot("1101"), spot("1103"), spot("4601")], BORDERS, "")
    assert re.search(r'class="border" d="([^"]*)"', drawing)[1] == "M200 0L200 100"  # type: ignore[index]


def test_it_is_cut_to_what_is_shown() -> None:
    drawing = border_board([spot("4601")], BORDERS, "")
    side = 100 + 2 * EDGE
    assert f'viewBox="{-EDGE} {-EDGE} {side} {side}"' in drawing
    assert 'd="M0 0L100 0L100 100L0 100z"' in drawing
    assert 'class="border" d=""' in drawing


def test_points_that_fall_together_are_one() -> None:
    ring = ((0, 0), (1, 1), (SIDE, 0), (SIDE, SIDE), (0, SIDE))
    assert 'd="M0 0L100 0L100 100L0 100z"' in border_board([spot("1101")], BorderMap(SIDE, SIDE, {"1101": (ring,)}), "")
