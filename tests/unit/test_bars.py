"""Bar charts, read back from their drawings."""

import re
import xml.etree.ElementTree as ET
from fractions import Fraction

from bosett.figures.kinds import Figure, Status
from bosett.render.bars import HIGH, TALL, Bar, BarGroup, bar_chart, deviation, sparkline
from bosett.render.fan import FanMark, FanPoint, fan
from bosett.rounds.history import YearBefore

NONE = Figure(None, Status.HIDDEN)


def read(drawing: str) -> ET.Element:
    assert " style=" not in drawing
    assert " id=" not in drawing
    return ET.fromstring(drawing)  # noqa: S314  - our own drawing


def some(value: int) -> Figure:
    return Figure(value, Status.OK)


def heights(root: ET.Element, look: str) -> list[int]:
    return [int(box.attrib["height"]) for box in root.iter("rect") if box.attrib["class"] == look]


def test_bars_are_as_high_as_their_figures_and_tell_them() -> None:
    groups = [
        BarGroup("2019", (Bar("b1", 40, "2019, asked: 40"), Bar("b2", None, "2019, decided: hidden"))),
        BarGroup("2020", (Bar("b1", 20, "2020, asked: 20"), Bar("b2", 0, "2020, decided: 0"))),
    ]
    root = read(bar_chart(groups, "Bergen <i>", "In the table"))
    assert heights(root, "b1") == [TALL, TALL // 2]
    assert heights(root, "b2") == [0]
    assert [each.text for each in root.iter("text")] == ["40", "2019", "20", "0", "2020"]
    assert [each.attrib["class"] for each in root.iter("path")] == ["gap", "base"]
    assert [each.text for each in root.iter("title")][:3] == ["Bergen <i>", "2019, asked: 40", "2019, decided: hidden"]
    assert next(root.iter("desc")).text == "In the table"
    assert root.attrib["role"] == "img"


def test_a_chart_of_nothing_and_of_nobody_can_be_drawn() -> None:
    assert not list(read(bar_chart([], "Nothing", "None")).iter("rect"))
    assert heights(read(bar_chart([BarGroup("2020", (Bar("b1", 0, "0"),))], "Nobody", "0")), "b1") == [0]


def test_a_sparkline_shows_asked_settled_and_decided_and_marks_a_year_without_figures() -> None:
    years = [
        YearBefore(2018, NONE, NONE, NONE),
        YearBefore(2019, some(50), some(25), some(1)),
        YearBefore(2020, some(0), NONE, NONE),
    ]
    root = read(sparkline(years, "Bergen"))
    assert heights(root, "b1") == [HIGH - 3, 0]
    assert heights(root, "b3") == [1]  # one of fifty still shows
    assert [each.attrib["class"] for each in root.iter("path")] == ["gap", "b2"]
    assert root.attrib["aria-label"] == "Bergen"
    assert not list(read(sparkline([], "Nothing")).iter("rect"))


def test_a_deviation_goes_from_its_mark_to_its_own_side_and_as_far_as_it_is() -> None:
    boxes = {}
    for apart in (Fraction(1, 10), Fraction(-1, 20), Fraction(0)):
        root = read(deviation(apart, Fraction(1, 10)))
        boxes[apart] = next(root.iter("rect")).attrib
        assert next(root.iter("path")).attrib["d"] == "M60.0 0v14"
        assert root.attrib["aria-hidden"] == "true"
    assert [(box["x"], box["width"]) for box in boxes.values()] == [("60.0", "60.0"), ("30.0", "30.0"), ("60.0", "0.0")]
    alike = next(read(deviation(Fraction(0), Fraction(0))).iter("rect"))
    assert alike.attrib["width"] == "0.0"
    beyond = next(read(deviation(Fraction(-3), Fraction(1))).iter("rect"))
    assert (beyond.attrib["x"], beyond.attrib["width"]) == ("0.0", "60.0")


def test_a_point_of_its_own_look_is_told_from_the_others() -> None:
    points = [FanPoint("2019", 4782, 4782, 5350, "was"), FanPoint("2021", 4200, 5025, 6100)]
    drawn = fan(points, [FanMark("m1", 5025)], 6100, "Prognose", "I tabellen", is_joined=False)
    assert re.findall(r'<rect class="([^"]+)"', drawn) == ["area was", "area"]
    assert re.findall(r'<circle class="([^"]+)"', drawn) == ["point was", "point"]
    settled, forecast = (int(height) for height in re.findall(r'<rect [^>]*height="(\d+)"', drawn))
    assert settled < forecast  # from what was settled to what was asked for, against the whole forecast
