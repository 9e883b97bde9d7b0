"""Small bar charts as SVG: groups of bars, a sparkline for a table's cell, and one bar from a mark.

A chart never stands alone: its figures are in a table beside it, and its colours are the page's own, by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.figures.kinds import Figure
from bosett.render.markup import tag, text
from bosett.rounds.history import YearBefore

WIDE, HIGH = 96, 28  # a sparkline, in pixels
BAR, SPACE, TALL, FOOT, HEAD = 24, 20, 120, 20, 16  # a chart of groups
DIGIT = 6  # of a figure above a bar
LEVEL, THICK = 120, 14  # one bar from a mark


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the class that colours it, its figure (None draws a mark for no figure), and what it tells in words.

    `sign` stands before the figure: such as one that tells that it is no fewer.
    """

    look: str
    value: int | None
    title: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars that stand together, and the name under them."""

    name: str
    bars: tuple[Bar, ...]


def bar_chart(groups: Sequence[BarGroup], label: str, description: str) -> str:
    """Return bars in groups, each with its figure above it.

    Args:
        groups: From left to right.
        label: Accessible name of the drawing.
        description: What it shows, and where its figures are told.
    """
    most = max((bar.value or 0 for group in groups for bar in group.bars), default=0) or 1
    drawn, left, thick = [], 0, _thickness(groups)
    for group in groups:
        width = thick * len(group.bars)
        drawn += [_bar(bar, left + place * thick, thick, most) for place, bar in enumerate(group.bars)]
        drawn.append(tag("text", text(group.name), class_="name", x=left + width // 2, y=HEAD + TALL + FOOT - 5))
        left += width + SPACE
    size = chart_size(groups)
    base = tag("path", class_="base", d=f"M0 {HEAD + TALL}h{size[0]}")
    return _drawing("bars", "".join(drawn) + base, size, label, description)


def chart_size(groups: Sequence[BarGroup]) -> tuple[int, int]:
    """Return width and height of the chart of some groups, in pixels."""
    width = sum(_thickness(groups) * len(group.bars) + SPACE for group in groups) - SPACE
    return max(width, 1), HEAD + TALL + FOOT


def _thickness(groups: Sequence[BarGroup]) -> int:
    """Return how wide a bar is, so that no figure above it runs into the next one."""
    longest = max((len(_figure_above(bar)) for group in groups for bar in group.bars), default=0)
    return max(BAR, DIGIT * longest + 2)


def _figure_above(bar: Bar) -> str:
    return "" if bar.value is None else f"{bar.sign}{bar.value}"


def sparkline(years: Sequence[YearBefore], label: str) -> str:
    """Return the years before a round small enough for a cell: asked for wide, settled narrow within, decided a line.

    Args:
        years: The oldest first.
        label: What it tells, in words: the accessible name.
    """
    figures = [figure for year in years for figure in (year.requested, year.decided, year.settled)]
    most = max((figure.persons or 0 for figure in figures), default=0) or 1
    slot = WIDE // max(len(years), 1)
    drawn = "".join(_year(year, place * slot, slot, most) for place, year in enumerate(years))
    return _drawing("spark", drawn, (WIDE, HIGH), label, "")


def deviation(apart: Fraction, most: Fraction) -> str:
    """Return one bar from a mark in the middle, to the right above it and to the left below it.

    It is hidden from readers of the text beside it, which tells it.

    Args:
        apart: How far from the mark; 0 draws the mark alone.
        most: What fills half of it.
    """
    half = Fraction(LEVEL, 2)
    width = min(half * abs(apart) / most, half) if most else Fraction(0)
    left = half if apart > 0 else half - width
    bar = tag("rect", class_="b3", x=_short(left), y=2, width=_short(width), height=THICK - 4)
    line = tag("path", class_="mark", d=f"M{_short(half)} 0v{THICK}")
    return tag(
        "svg",
        bar + line,
        class_="level",
        viewBox=f"-1 0 {LEVEL + 2} {THICK}",
        width=LEVEL + 2,
        height=THICK,
        aria_hidden="true",
    )


def _bar(bar: Bar, left: int, thick: int, most: int) -> str:
    floor, middle = HEAD + TALL, left + thick // 2
    title = tag("title", text(bar.title))
    if bar.value is None:
        return tag("g", title + tag("path", class_="gap", d=f"M{left + 3} {floor - 4}h{thick - 6}"))
    height = TALL * bar.value // most
    box = tag("rect", class_=bar.look, x=left + 1, y=floor - height, width=thick - 2, height=height)
    return tag("g", title + box + tag("text", text(_figure_above(bar)), x=middle, y=floor - height - 4))


def _year(year: YearBefore, left: int, slot: int, most: int) -> str:
    wide = slot - 4
    parts = [_column(year.requested, "b1", left + 2, wide, most), _column(year.settled, "b3", left + 5, wide - 6, most)]
    if (decided := year.decided.persons) is not None:
        parts.append(tag("path", class_="b2", d=f"M{left + 1} {HIGH - 1 - _height(decided, most)}h{slot - 2}"))
    if all(figure.persons is None for figure in (year.requested, year.decided, year.settled)):
        parts.append(tag("path", class_="gap", d=f"M{left + 4} {HIGH - 3}h{slot - 8}"))
    return "".join(parts)


def _column(figure: Figure, look: str, left: int, width: int, most: int) -> str:
    if figure.persons is None:
        return ""
    height = _height(figure.persons, most)
    return tag("rect", class_=look, x=left, y=HIGH - 1 - height, width=width, height=height)


def _height(people: int, most: int) -> int:
    """Return a height in pixels; nobody has none, and even one shows."""
    return max((HIGH - 3) * people // most, 1) if people else 0


def _short(value: Fraction) -> str:
    return f"{float(value):.1f}"


def _drawing(kind: str, content: str, size: tuple[int, int], label: str, description: str) -> str:
    title = tag("title", text(label)) + (tag("desc", text(description)) if description else "")
    return tag(
        "svg",
        title + content,
        class_=kind,
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        role="img",
        aria_label=label,
    )
