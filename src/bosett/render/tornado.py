"""A tornado as SVG: what comes of moving one thing at a time, to both sides, the widest at the top; and spans in a row.

Neither stands alone: the figures are in a table beside it, and the colours are the page's own, by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bosett.render.markup import grouped, tag, text

HALF, EDGE, ROW, NAME, THICK = 180, 48, 44, 14, 20  # a tornado, in pixels
SPAN, HIGH, LEAST = 60, 16, 3  # one span, in pixels: half as wide, as high, and what nothing is drawn as


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One bar: its figure (None is none, and draws nothing), and what it tells in words."""

    value: int | None
    title: str


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """What is moved, and what comes of it to either side; None is that it cannot be moved there."""

    name: str
    left: TornadoBar | None
    right: TornadoBar | None

    @property
    def widest(self) -> int:
        """The larger of its figures."""
        return max((bar.value for bar in (self.left, self.right) if bar and bar.value is not None), default=0)


def tornado(rows: Sequence[TornadoRow], label: str, description: str) -> str:
    """Return the drawing, the widest row at the top.

    Args:
        rows: What is moved.
        label: Accessible name.
        description: What it shows, and where its figures are told.
    """
    most, drawn = max((row.widest for row in rows), default=0) or 1, []
    for place, row in enumerate(sorted(rows, key=lambda row: -row.widest)):
        top = place * ROW
        drawn.append(tag("text", text(row.name), x=0, y=top + NAME, class_="start"))
        drawn += [_bar(row.left, top, most, is_left=True), _bar(row.right, top, most, is_left=False)]
    width, height = 2 * (HALF + EDGE), len(rows) * ROW + 4
    axis = tag("path", class_="base", d=f"M{HALF + EDGE} {NAME + 4}V{height}")
    return tag(
        "svg",
        tag("title", text(label)) + tag("desc", text(description)) + "".join(drawn) + axis,
        class_="bars tornado",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_label=label,
    )


def span(low: int, high: int, most: int) -> str:
    """Return a bar from so many below to so many above a line; hidden from readers of the figures beside it.

    Args:
        low: How far below, as a number of 0 or less.
        high: How far above.
        most: What fills one side: spans with the same can be held against each other.
    """
    top = max(most, 1)
    left, right = (SPAN + SPAN * each // top for each in (low, high))
    line = tag("path", class_="base", d=f"M{SPAN} 0v{HIGH}")
    bar = tag("rect", class_="area", x=left, y=LEAST, width=max(right - left, LEAST), height=HIGH - 2 * LEAST)
    return tag(
        "svg",
        bar + line,
        class_="span",
        viewBox=f"0 0 {2 * SPAN + LEAST} {HIGH}",
        width=2 * SPAN + LEAST,
        height=HIGH,
        aria_hidden="true",
    )


def _bar(bar: TornadoBar | None, top: int, most: int, *, is_left: bool) -> str:
    if bar is None or bar.value is None:
        return ""
    middle, length = HALF + EDGE, HALF * bar.value // most
    begin, end = (middle - length, middle - length - 6) if is_left else (middle, middle + length + 6)
    box = tag("rect", class_="down" if is_left else "up", x=begin, y=top + NAME + 6, width=length, height=THICK)
    words = text(grouped(bar.value))
    number = tag("text", words, x=end, y=top + NAME + THICK, class_="end" if is_left else "start")
    return tag("g", tag("title", text(bar.title)) + box + number)
