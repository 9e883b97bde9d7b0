"""Draw the edge that a floor of 10 makes by pure population.

    python tools/floor_edge.py

Writes docs/explanation/floor-edge.svg and prints the table for docs/explanation/floor-edge.md. The numbers are the
engine's: population on 1 January 2020, 356 municipalities, straight from the nation. The same figures give the same
bytes.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.figures import series

FLOOR = 10
YEAR = 2020
TABLE = (1_000, 2_000, 3_602, 5_120, 10_000, 20_000, 35_000, 50_000, 100_000)
"""Totals of the table: the requests of 2020 and 2022 among round ones."""
MARKED = (5_120, 35_000)
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "floor-edge.svg"

NAMESPACE = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 78, 34, 56, 66
X_TICKS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
Y_TICKS = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
POINTS = 121


@dataclass(frozen=True, slots=True)
class Edge:
    """Who is asked at one total.

    Attributes:
        total: Persons to share.
        asked: Municipalities asked.
        smallest: Inhabitants of the smallest that is asked, or None.
        largest_out: Inhabitants of the largest that is not asked, or None.
    """

    total: int
    asked: int
    smallest: int | None
    largest_out: int | None


def people() -> dict[str, int]:
    """Return inhabitants by municipality on 1 January."""
    return {code: int(value) for code, value in series("population", YEAR).values().items()}


def edge(total: int, inhabitants: Mapping[str, int]) -> Edge:
    """Share a total by population alone, with the floor, and see who is asked."""
    recipients = [Recipient(code, Fraction(count), least=FLOOR) for code, count in inhabitants.items()]
    outcome = share_out(Problem.of(total, recipients, tie_rule=TieRule.LARGER_CLAIM))
    if not isinstance(outcome, Shared):
        raise SystemExit(f"{total} cannot be shared: {outcome}")
    asked = [inhabitants[code] for code, number in outcome.numbers.items() if number]
    out = [inhabitants[code] for code, number in outcome.numbers.items() if not number]
    return Edge(total, len(asked), min(asked, default=None), max(out, default=None))


def edges(totals: Sequence[int]) -> list[Edge]:
    """Return the edge at each total."""
    inhabitants = people()
    return [edge(total, inhabitants) for total in totals]


def spaced(number: int | None) -> str:
    """Return a number with thin groups of three, as on the page: 5 120."""
    return "none" if number is None else f"{number:,}".replace(",", " ")


def rows(edges_shown: Sequence[Edge]) -> list[str]:
    """Return the rows of the table on the page."""
    return [
        f"| {spaced(each.total)} | {each.asked} | {spaced(each.smallest)} | {spaced(each.largest_out)} |"
        for each in edges_shown
    ]


def totals_of_the_line() -> list[int]:
    """Return totals evenly spaced on the picture's axis, rounded to whole persons."""
    low, high = math.log10(X_TICKS[0]), math.log10(X_TICKS[-1])
    return [round(10 ** (low + (high - low) * place / (POINTS - 1))) for place in range(POINTS)]


def along(value: int, ticks: Sequence[int], start: int, length: int) -> str:
    """Return where a value lies on a logarithmic axis, with one decimal."""
    low, high = math.log10(ticks[0]), math.log10(ticks[-1])
    return f"{start + length * (math.log10(value) - low) / (high - low):.1f}"


def x_of(total: int) -> str:
    """Return where a total lies."""
    return along(total, X_TICKS, LEFT, WIDTH - LEFT - RIGHT)


def y_of(inhabitants: int) -> str:
    """Return where a number of inhabitants lies."""
    return along(inhabitants, Y_TICKS, HEIGHT - BOTTOM, TOP + BOTTOM - HEIGHT)


ABOUT = (
    "Sharing by population alone with a floor of 10. The more people are shared, the smaller the smallest municipality "
    "that is asked. The figures stand in the table of the page."
)
STYLE = """\
    .ground { fill: #ffffff }
    text { font: 13px sans-serif; fill: #1b1b1b }
    .title { font-size: 15px; font-weight: bold }
    .grid { stroke: #d4d4d4; stroke-width: 1 }
    .axis { stroke: #4a4a4a; stroke-width: 1.5 }
    .edge { fill: none; stroke: #0b5cad; stroke-width: 2.5 }
    .mark { fill: #0b5cad }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #15191e }
      text { fill: #f0f0f0 }
      .grid { stroke: #3a4048 }
      .axis { stroke: #b0b6bd }
      .edge { stroke: #7db8f5 }
      .mark { fill: #7db8f5 }
    }"""


def picture(line: Sequence[Edge], marked: Sequence[Edge]) -> str:
    """Return the picture as SVG."""
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    drawn = [each for each in line if each.smallest is not None]
    parts = [
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="name about">',
        '  <title id="name">Smallest municipality asked, against the total</title>',
        f'  <desc id="about">{ABOUT}</desc>',
        f"  <style>\n{STYLE}\n  </style>",
        f'  <rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'  <text class="title" x="{LEFT}" y="26">Inhabitants of the smallest municipality that is asked</text>',
        f'  <text x="{LEFT}" y="44">By population alone on 1 January {YEAR}, floor of {FLOOR}; logarithmic axes</text>',
    ]
    for tick in X_TICKS:
        x = x_of(tick)
        parts.append(f'  <line class="grid" x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}"/>')
        parts.append(f'  <text x="{x}" y="{bottom + 20}" text-anchor="middle">{spaced(tick)}</text>')
    for tick in Y_TICKS:
        y = y_of(tick)
        parts.append(f'  <line class="grid" x1="{LEFT}" y1="{y}" x2="{right}" y2="{y}"/>')
        parts.append(f'  <text x="{LEFT - 8}" y="{y}" dy="4" text-anchor="end">{spaced(tick)}</text>')
    middle_x, middle_y = (LEFT + right) // 2, (TOP + bottom) // 2
    path = " ".join(f"{x_of(each.total)},{y_of(each.smallest)}" for each in drawn if each.smallest is not None)
    parts += [
        f'  <path class="axis" d="M {LEFT} {TOP} V {bottom} H {right}" fill="none"/>',
        f'  <text x="{middle_x}" y="{HEIGHT - 18}" text-anchor="middle">People to share</text>',
        f'  <text transform="translate(18 {middle_y}) rotate(-90)" text-anchor="middle">Inhabitants</text>',
        f'  <polyline class="edge" points="{path}"/>',
    ]
    for each in marked:
        if each.smallest is not None:
            x, y = x_of(each.total), y_of(each.smallest)
            label = f"{spaced(each.total)} people: {each.asked} asked, from {spaced(each.smallest)}"
            parts.append(f'  <circle class="mark" cx="{x}" cy="{y}" r="5"/>')
            anchor, shift = ("start", 10) if each.total < 20_000 else ("end", -12)
            up = -8 if anchor == "start" else 18
            parts.append(f'  <text x="{x}" y="{y}" dx="{shift}" dy="{up}" text-anchor="{anchor}">{label}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def drawing() -> str:
    """Return the picture with the engine's numbers."""
    return picture(edges(totals_of_the_line()), edges(MARKED))


def main() -> None:
    """Write the picture and print the table."""
    PICTURE.write_text(drawing(), encoding="utf-8")
    print("\n".join(rows(edges(TABLE))))


if __name__ == "__main__":
    main()
