"""The likeness chart: each municipality's number against the share that its claim answers to.

Like municipalities lie at the same place across; those treated alike also at the same height. The line is where the
number is the exact share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from bosett.render.markup import tag, text

WIDTH, HEIGHT = 360, 300
LEFT, BOTTOM, TOP = 44, 258, 14
RADIUS = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """A municipality: the share in persons, exactly, and its number (None draws none)."""

    code: str
    name: str
    share: Fraction
    number: int | None


def likeness(dots: Sequence[Dot], *, label: str, across: str, up: str) -> str:
    """Return the chart as an inline SVG.

    Each dot carries its code (`data-code`), the drawing its scale (`data-most`
    persons over `data-span` units from `data-left` and `data-bottom`, by square roots), so that a script may move a dot
    with its number.

    Args:
        dots: The municipalities.
        label: Accessible name of the chart.
        across: Name of the horizontal axis.
        up: Name of the vertical axis.
    """
    most = _top(dots)
    lines = [_tick(value, most) for value in _ticks(most)]
    same = f'<path class="same" d="M{LEFT} {BOTTOM}L{LEFT + SPAN} {BOTTOM - SPAN}"/>'
    names = (
        f'<text class="axis" x="{LEFT + SPAN // 2}" y="{HEIGHT - 8}" text-anchor="middle">{text(across)}</text>'
        f'<text class="axis" x="4" y="{TOP - 2}">{text(up)}</text>'
    )
    return tag(
        "svg",
        "".join(lines) + same + names + "".join(_dot(each, most) for each in dots),
        class_="likeness",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="group",
        aria_label=label,
        data_most=str(most),
        data_span=str(SPAN),
        data_left=str(LEFT),
        data_bottom=str(BOTTOM),
    )


SPAN = BOTTOM - TOP
"""Both scales are as long, so that the line of equal treatment rises at 45 degrees."""
TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
APART = 26  # fewest units between two ticks


def _top(dots: Sequence[Dot]) -> int:
    """Return the top of both scales: a tenth above everything drawn, so that a number can rise."""
    most = max((max(-(-dot.share.numerator // dot.share.denominator), dot.number or 0) for dot in dots), default=0)
    return max(4, -(-most * 11 // 10))


def _at(value: Fraction | int, most: int) -> int:
    """Return a place on a scale of square roots: the small, who are many, get room beside the few large."""
    return isqrt(int(Fraction(value) * SPAN * SPAN / most))


def _ticks(most: int) -> list[int]:
    ticks: list[int] = []
    for value in TICKS:
        if value <= most and (not ticks or _at(value, most) - _at(ticks[-1], most) >= APART):
            ticks.append(value)
    return ticks


def _tick(value: int, most: int) -> str:
    up, across = BOTTOM - _at(value, most), LEFT + _at(value, most)
    return (
        f'<path class="rule" d="M{LEFT} {up}h{SPAN}"/>'
        f'<text class="tick" x="{LEFT - 6}" y="{up + 4}" text-anchor="end">{value}</text>'
        f'<text class="tick" x="{across}" y="{BOTTOM + 16}" text-anchor="middle">{value}</text>'
    )


def _dot(dot: Dot, most: int) -> str:
    title = dot.name if dot.number is None else f"{dot.name}: {dot.number}"
    return tag(
        "circle",
        tag("title", text(title)),
        class_="dot" if dot.number is not None else "dot none",
        cx=str(LEFT + _at(dot.share, most)),
        cy=str(BOTTOM - _at(dot.number or 0, most)),
        r=str(RADIUS),
        data_code=dot.code,
        data_name=dot.name,
    )
