"""A count that climbs day by day, as a small SVG: how many had answered by when.

It never stands alone: its figures are in a table beside it, and its colours are the page's own, by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett.render.markup import grouped, tag, text

WIDE, HIGH, HEAD, FOOT = 480, 120, 16, 20


@dataclass(frozen=True, slots=True)
class Frame:
    """What a climb is drawn in.

    Attributes:
        first: Day at its left edge.
        last: Day at its right edge.
        until: Day that the count is known to; nothing is drawn of the days after it.
        most: Count at its top.
        mark: A day that is marked, such as a deadline, or None.
        names: Words under the left edge and the right edge.
    """

    first: date
    last: date
    until: date
    most: int
    mark: date | None
    names: tuple[str, str]


def climb(points: Sequence[tuple[date, int]], frame: Frame, label: str, description: str) -> str:
    """Return the drawing.

    Args:
        points: Each day on which the count grew, with the count from then on, in order.
        frame: What it is drawn in.
        label: Accessible name.
        description: What it shows, and where its figures are told.
    """
    floor, path, count = HEAD + HIGH, [f"M0 {HEAD + HIGH}"], 0
    for day, reached in points:
        path.append(f"H{_x(day, frame)}V{floor - HIGH * reached // max(frame.most, 1)}")
        count = reached
    end = _x(frame.until, frame)
    path.append(f"H{end}")
    parts = [
        tag("path", class_="area", d=f"{''.join(path)}V{floor}H0z"),
        tag("path", class_="line", d="".join(path)),
        tag("path", class_="base", d=f"M0 {floor}H{WIDE}"),
        tag("path", class_="top", d=f"M0 {HEAD}H{WIDE}"),
        tag("text", text(grouped(frame.most)), x=0, y=HEAD - 4, class_="start"),
        tag("text", text(grouped(count)), x=end - 5, y=floor - HIGH * count // max(frame.most, 1) - 4, class_="end"),
        tag("text", text(frame.names[0]), x=0, y=floor + FOOT - 5, class_="name start"),
        tag("text", text(frame.names[1]), x=WIDE, y=floor + FOOT - 5, class_="name end"),
    ]
    if frame.mark is not None and frame.first <= frame.mark <= frame.last:
        parts.append(tag("path", class_="mark", d=f"M{_x(frame.mark, frame)} {HEAD}V{floor}"))
    return tag(
        "svg",
        tag("title", text(label)) + tag("desc", text(description)) + "".join(parts),
        class_="bars climb",
        viewBox=f"-2 0 {WIDE + 4} {HEAD + HIGH + FOOT}",
        width=WIDE + 4,
        height=HEAD + HIGH + FOOT,
        role="img",
        aria_label=label,
    )


def _x(day: date, frame: Frame) -> int:
    """Return how far to the right a day stands; one outside the frame stands at its edge."""
    whole = max((frame.last - frame.first).days, 1)
    return WIDE * min(max((day - frame.first).days, 0), whole) // whole
