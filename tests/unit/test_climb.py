"""A count that climbs: its steps, its marks, and nothing drawn of days that have not come."""

import re
from datetime import date

from bosett.render.count_by_day import HEAD, HIGH, WIDE, Frame, climb

FIRST, LAST = date(2021, 1, 1), date(2021, 1, 11)
FLOOR = HEAD + HIGH


def drawn(until: date = LAST, mark: date | None = None, most: int = 10) -> str:
    points = [(date(2021, 1, 3), 2), (date(2021, 1, 6), 10)]
    return climb(points, Frame(FIRST, LAST, until, most, mark, ("a", "b")), "Decisions", "In the table.")


def line_of(drawing: str) -> str:
    line = re.search(r'class="line" d="([^"]+)"', drawing)
    assert line
    return line[1]


def test_each_day_is_a_step_at_its_own_place() -> None:
    path = f"M0 {FLOOR}H{WIDE * 2 // 10}V{FLOOR - HIGH * 2 // 10}H{WIDE * 5 // 10}V{HEAD}H{WIDE}"
    assert line_of(drawn()) == path


def test_nothing_is_drawn_after_the_day_that_the_count_is_known_to() -> None:
    assert line_of(drawn(until=date(2021, 1, 8))).endswith(f"V{HEAD}H{WIDE * 7 // 10}")


def test_a_deadline_is_marked_where_it_stands_and_only_within_the_frame() -> None:
    assert f'd="M{WIDE * 9 // 10} {HEAD}V{FLOOR}"' in drawn(mark=date(2021, 1, 10))
    assert 'class="mark"' not in drawn(mark=date(2021, 2, 1))
    assert 'class="mark"' not in drawn()


def test_its_numbers_are_written_as_on_the_page() -> None:
    drawing = drawn(most=5025)
    assert ">5\u00a0025<" in drawing
    assert ">10<" in drawing
    assert 'aria-label="Decisions"' in drawing


def test_no_answers_and_one_day_are_drawn_too() -> None:
    drawing = climb([], Frame(FIRST, FIRST, FIRST, 0, None, ("a", "b")), "Decisions", "In the table.")
    assert line_of(drawing) == f"M0 {FLOOR}H0"
