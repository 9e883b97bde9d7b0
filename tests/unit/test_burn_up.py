"""The drawing of a year that fills up: where its lines stand, and nothing drawn of what is not known."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bosett.render.burn_up import APART, HEAD, HIGH, WIDE, BurnUp, burn_up

FLOOR = HEAD + HIGH
NEW_YEAR_S_EVE = date(2021, 12, 31)
DATA = BurnUp(
    year=2021,
    until=date(2021, 3, 14),  # 73 of 365 days: a fifth of the width
    planned=[(date(2021, 3, 14), 20), (NEW_YEAR_S_EVE, 100)],
    settled=[(date(2021, 3, 14), 10)],
    agreed=[(date(2021, 3, 14), 15)],
    enquired=[],
    fan=[(NEW_YEAR_S_EVE, 40, 60, 90)],
    until_now=None,
    months="JFMAMJJASOND",
)


def drawn(**more: object) -> str:
    return burn_up(replace(DATA, **more), "The year", "In the table.")  # type: ignore[arg-type]  # as the fields are


def path(drawing: str, look: str) -> str:
    match = re.search(rf'<path class="{look}" d="([^"]+)"', drawing)
    assert match, look
    return match[1]


def numbers(drawing: str) -> list[tuple[int, str]]:
    """Return the numbers at the right edge from the top down: where they stand, and what they are."""
    return [(int(y), text) for y, text in re.findall(rf'<text x="{WIDE + 6}" y="(-?\d+)"[^>]*>([^<]+)<', drawing)]


def test_each_line_stands_where_its_numbers_are() -> None:
    drawing = drawn()
    fifth = WIDE // 5
    assert path(drawing, "plan") == f"M0 {FLOOR}L{fifth} {FLOOR - HIGH // 5}L{WIDE} {HEAD}"
    assert path(drawing, "line") == f"M0 {FLOOR}H{fifth}V{FLOOR - HIGH // 10}H{fifth}"
    assert path(drawing, "now") == f"M{fifth} {HEAD}V{FLOOR}"
    now = f"{fifth} {FLOOR - HIGH // 10}"
    low, middle, high = (FLOOR - HIGH * persons // 100 for persons in (40, 60, 90))
    assert path(drawing, "fan") == f"M{now}L{WIDE} {low}L{WIDE} {high}L{now}z"
    assert path(drawing, "middle") == f"M{now}L{WIDE} {middle}"
    assert "until-now" not in drawing


def test_what_is_not_known_is_not_drawn() -> None:
    for gone, look in (("planned", "plan"), ("agreed", "agreed"), ("fan", "fan")):
        assert f'class="{look}"' in drawn()
        assert f'class="{look}"' not in drawn(**{gone: []})
    untold = drawn(settled=[])
    assert not {look for look in ("line", "area", "fan", "middle") if f'class="{look}"' in untold}
    assert [text for _, text in numbers(untold)] == ["100"], "where it is heading is nothing without where it stands"
    assert 'class="agreed"' in untold


def test_the_same_pace_is_a_plain_line_where_there_is_no_range() -> None:
    drawing = drawn(fan=[], until_now=50)
    assert path(drawing, "until-now") == f"M{WIDE // 5} {FLOOR - HIGH // 10}L{WIDE} {FLOOR - HIGH // 2}"
    assert [text for _, text in numbers(drawing)] == ["100", "50"]
    assert "until-now" not in drawn(until_now=50), "a range that is known is all that is drawn"


def test_numbers_at_the_edge_stand_where_they_belong_when_there_is_room() -> None:
    places = {text: height for height, text in numbers(drawn())}
    assert places == {"100": HEAD + 4, "90": FLOOR - HIGH * 90 // 100 + 4, "40": FLOOR - HIGH * 40 // 100 + 4}


@pytest.mark.parametrize("ends", [(0, 0, 3), (96, 98, 100), (1, 99, 100), (0, 1, 2), (50, 51, 52)])
def test_numbers_at_the_edge_never_cover_each_other_nor_leave_the_drawing(ends: tuple[int, int, int]) -> None:
    for planned in (0, 1, 51, 100):
        drawing = drawn(
            planned=[(NEW_YEAR_S_EVE, planned)], settled=[(date(2021, 3, 14), 0)], fan=[(NEW_YEAR_S_EVE, *ends)]
        )
        heights = [height for height, _ in numbers(drawing)]
        assert len(heights) == 3
        assert all(lower - upper >= APART for upper, lower in pairwise(heights))
        assert heights[0] >= HEAD // 2
        assert heights[-1] <= FLOOR + HEAD // 2


def test_a_range_of_one_number_has_it_once() -> None:
    assert [text for _, text in numbers(drawn(fan=[(NEW_YEAR_S_EVE, 40, 40, 40)]))] == ["100", "40"]


@pytest.mark.parametrize(
    ("most", "top", "half"),
    [(0, "2", "1"), (1, "2", "1"), (11, "12", "6"), (195, "200", "100"), (4838, "6\u00a0000", "3\u00a0000")],
)
def test_the_scale_ends_with_a_round_number_whose_half_is_whole(most: int, top: str, half: str) -> None:
    drawing = drawn(planned=[(NEW_YEAR_S_EVE, most)], settled=[], agreed=[], fan=[])
    assert re.findall(r'<text x="0"[^>]*>([^<]+)<', drawing) == [top, half]


def test_it_names_itself_and_says_where_its_figures_are() -> None:
    drawing = drawn()
    assert 'role="img" aria-label="The year"' in drawing
    assert "<desc>In the table.</desc>" in drawing
