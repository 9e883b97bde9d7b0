"""A range that goes on from point to point, as a small SVG: low, middle, high, and levels that they are held against.

It never stands alone: its figures are in a table beside it, and its colours are the page's own, by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bosett.render.markup import grouped, tag, text

WIDE, HIGH, HEAD, FOOT, SIDE = 420, 180, 18, 24, 64
BAR = 16
APART = 16
"""Pixels from one number at the side to the next."""
LINES = 4
"""So many lines of the scale there are at most, above the base."""


@dataclass(frozen=True, slots=True)
class FanPoint:
    """A point of a fan: the name under it, empty for none, and what lies in it in persons.

    `look` is the class that tells its own bar from others', where points are not joined.
    """

    name: str
    low: int
    middle: int
    high: int
    look: str = ""


@dataclass(frozen=True, slots=True)
class FanMark:
    """A level that a fan is held against, in persons, and the class that tells its line from others."""

    look: str
    value: int


def fan(
    points: Sequence[FanPoint],
    marks: Sequence[FanMark],
    most: int,
    label: str,
    description: str,
    *,
    is_joined: bool = True,
) -> str:
    """Return the drawing.

    Args:
        points: From left to right; at least one.
        marks: Levels, drawn all along.
        most: Persons at its top: charts with the same can be held against each other.
        label: Accessible name.
        description: What it shows, and where its figures are told.
        is_joined: Whether it goes on from point to point; else each has a bar of its own.
    """
    top = max(most, 1)
    placed = [(_x(place, len(points)), point) for place, point in enumerate(points)]
    middles = [f"{x} {_y(point.middle, top)}" for x, point in placed]
    if is_joined:
        highs = [f"{x} {_y(point.high, top)}" for x, point in placed]
        lows = [f"{x} {_y(point.low, top)}" for x, point in reversed(placed)]
        ranges = [
            tag("path", class_="area", d=f"M{'L'.join([*highs, *lows])}z"),
            tag("path", class_="line", d=f"M{'L'.join(middles)}"),
        ]
    else:
        ranges = [_bar(x, point, top) for x, point in placed]
    parts = [
        *_scale(top),
        *ranges,
        *(
            tag("circle", class_=f"point {point.look}".strip(), cx=x, cy=_y(point.middle, top), r=3)
            for x, point in placed
        ),
        *(tag("path", class_=f"mark {mark.look}", d=f"M0 {_y(mark.value, top)}H{WIDE}") for mark in marks),
        *_sides(points[-1], marks, top),
        *(
            tag("text", text(point.name), x=x, y=HEAD + HIGH + FOOT - 5, class_="name")
            for x, point in placed
            if point.name
        ),
    ]
    size = (WIDE + SIDE, HEAD + HIGH + FOOT)
    return tag(
        "svg",
        tag("title", text(label)) + tag("desc", text(description)) + "".join(parts),
        class_="bars fan",
        viewBox=f"-2 0 {size[0] + 4} {size[1]}",
        width=size[0] + 4,
        height=size[1],
        role="img",
        aria_label=label,
    )


def scale_step(most: int) -> int:
    """Return what lies between two lines of the scale: 1, 2 or 5 times a power of ten, so that they are few."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if most <= LINES * factor * power:
                return factor * power
        power *= 10


def _scale(top: int) -> list[str]:
    step = scale_step(top)
    drawn = [tag("path", class_="base", d=f"M0 {HEAD + HIGH}H{WIDE}")]
    for value in range(step, top + 1, step):
        y = _y(value, top)
        drawn.append(tag("path", class_="top", d=f"M0 {y}H{WIDE}"))
        drawn.append(tag("text", text(grouped(value)), x=0, y=y - 3, class_="start"))
    return drawn


def _bar(x: int, point: FanPoint, top: int) -> str:
    high, low = _y(point.high, top), _y(point.low, top)
    look = f"area {point.look}".strip()
    return tag("rect", class_=look, x=x - BAR // 2, y=high, width=BAR, height=low - high)


def _sides(last: FanPoint, marks: Sequence[FanMark], top: int) -> list[str]:
    """Return the numbers at the right side, each at its height or pushed down until they stand apart."""
    # Where low, middle and high are one number, it stands once.
    ends = [("middle", last.middle)] + [("high", last.high), ("low", last.low)] * (last.low < last.high)
    named = [*((mark.look, mark.value) for mark in marks), *ends]
    written, lowest = [], 0
    for look, value in sorted(named, key=lambda each: -each[1]):
        lowest = max(_y(value, top) + 4, lowest + APART)
        written.append(tag("text", text(grouped(value)), x=WIDE + 6, y=lowest, class_=f"start {look}"))
    return written


def _x(place: int, points: int) -> int:
    slot = WIDE // points
    return place * slot + slot // 2


def _y(value: int, top: int) -> int:
    return HEAD + HIGH - HIGH * value // top
