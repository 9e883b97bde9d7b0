"""The likeness chart, read back from its drawing and worked out by hand."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import isqrt

import pytest

from bosett.render.claim_chart import BOTTOM, HEIGHT, LEFT, SPAN, WIDTH, Dot, likeness

SVG = {"across": "Share", "up": "Number", "label": "A chart"}


def read(drawing: str) -> ET.Element:
    assert " style=" not in drawing
    return ET.fromstring(drawing)  # noqa: S314  - our own drawing


def dot(code: str, share: Fraction | int, number: int | None) -> Dot:
    return Dot(code, f"Place {code}", Fraction(share), number)


def drawn(dots: Sequence[Dot]) -> dict[str, tuple[int, int]]:
    """Return how far each dot lies across and up, by code."""
    circles = read(likeness(dots, **SVG)).iter("circle")
    return {
        each.attrib["data-code"]: (int(each.attrib["cx"]) - LEFT, BOTTOM - int(each.attrib["cy"])) for each in circles
    }


def test_a_dot_lies_by_square_roots_of_its_share_and_number() -> None:
    # The largest is 100, so the scales end a tenth above it: at 110 persons over 244 units.
    places = drawn([dot("a", 100, 25), dot("b", 1, 0), dot("c", Fraction(1, 2), 4)])
    assert SPAN == 244
    assert places == {"a": (232, 116), "b": (23, 0), "c": (16, 46)}
    assert isqrt(244 * 244 * 100 // 110) == 232


@pytest.mark.parametrize("number", [0, 1, 7, 10, 83, 205, 5025])
def test_a_dot_whose_number_is_its_share_lies_on_the_line(number: int) -> None:
    across, up = drawn([dot("a", number, number), dot("b", 400, 3)])["a"]
    assert across == up
    line = next(each for each in read(likeness([], **SVG)).iter("path") if each.attrib["class"] == "same")
    assert line.attrib["d"] == f"M{LEFT} {BOTTOM}L{LEFT + SPAN} {BOTTOM - SPAN}"


def test_one_treated_better_lies_above_the_line_and_one_treated_worse_below() -> None:
    places = drawn([dot("better", 40, 50), dot("worse", 50, 40)])
    assert places["better"][1] > places["better"][0]
    assert places["worse"][1] < places["worse"][0]
    assert places["better"] == places["worse"][::-1]


def test_the_order_is_kept_across_and_up() -> None:
    dots = [dot(str(each), Fraction(each * each, 3), 3 * each) for each in range(30)]
    places = list(drawn(dots).values())
    assert places == sorted(places)
    assert [up for _, up in places] == sorted(up for _, up in places)
    assert len({across for across, _ in places}) == len(places)  # 29 steps of at least a unit each


def test_those_treated_alike_lie_at_one_place() -> None:
    assert len(set(drawn([dot("a", Fraction(45, 2), 20), dot("b", Fraction(90, 4), 20)]).values())) == 1


def test_every_dot_lies_within_the_drawing_whatever_is_the_largest() -> None:
    for dots in ([dot("a", 3, 900)], [dot("a", 900, 3)], [dot("a", Fraction(9001, 10), None)], [dot("a", 0, 0)]):
        for across, up in drawn(dots).values():
            assert 0 <= across <= SPAN
            assert 0 <= up <= SPAN
    assert LEFT + SPAN < WIDTH
    assert BOTTOM < HEIGHT


def test_the_drawing_carries_its_scale_for_a_script_and_room_for_a_number_to_rise() -> None:
    root = read(likeness([dot("a", Fraction(301, 3), 90)], **SVG))
    scale = {name.removeprefix("data-"): int(value) for name, value in root.attrib.items() if name.startswith("data-")}
    assert scale == {"most": 112, "span": SPAN, "left": LEFT, "bottom": BOTTOM}  # 101 and a tenth, and up


def test_one_without_a_number_lies_at_the_bottom_and_says_no_number() -> None:
    root = read(likeness([dot("a", 10, None), dot("b", 10, 0)], **SVG))
    none, zero = root.iter("circle")
    assert (none.attrib["class"], zero.attrib["class"]) == ("dot none", "dot")
    assert none.attrib["cy"] == zero.attrib["cy"] == str(BOTTOM)
    assert [each.text for each in root.iter("title")] == ["Place a", "Place b: 0"]


def test_ticks_rise_stand_apart_and_are_the_same_on_both_axes() -> None:
    texts = [
        each for each in read(likeness([dot("a", 200, 200)], **SVG)).iter("text") if each.attrib["class"] == "tick"
    ]
    up, across = texts[::2], texts[1::2]
    assert [each.text for each in up] == [each.text for each in across] == ["0", "5", "20", "50", "100", "200"]
    places = [int(each.attrib["x"]) for each in across]
    assert all(after - before >= 26 for before, after in pairwise(places))


def test_names_are_escaped_wherever_they_stand() -> None:
    hostile = "<script>\"&'x</script>"
    drawing = likeness([Dot("1", hostile, Fraction(1), 2)], label=hostile, across=hostile, up=hostile)
    assert "<script" not in drawing
    root = read(drawing)
    circle = next(root.iter("circle"))
    assert (root.attrib["aria-label"], circle.attrib["data-name"]) == (hostile, hostile)
    assert [each.text for each in root.iter("title")] == [f"{hostile}: 2"]
    assert [each.text for each in root.iter("text") if each.attrib["class"] == "axis"] == [hostile, hostile]


def test_a_chart_of_nobody_is_a_line_with_its_axes() -> None:
    root = read(likeness([], **SVG))
    assert not list(root.iter("circle"))
    assert root.attrib["data-most"] == "4"
    assert root.attrib["role"] == "group"
    assert [each.text for each in root.iter("text") if each.attrib["class"] == "axis"] == ["Share", "Number"]
