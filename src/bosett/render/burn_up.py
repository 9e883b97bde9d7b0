"""A year that fills up, as a small SVG: what was planned, what has come, and where it is heading.

It never stands alone: its figures are in a table beside it, what its lines are is told beside it in words, and its
colours are the page's own, by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett.render.markup import grouped, tag, text

WIDE, HIGH, HEAD, FOOT, SIDE = 640, 260, 30, 28, 78
APART = 26
"""Between two numbers at the right edge, at least, so that they stay apart where letters are drawn large."""

Line = Sequence[tuple[date, int]]
"""Persons by the end of some days, in their order."""


@dataclass(frozen=True, slots=True)
class BurnUp:
    """What is drawn.

    Attributes:
        year: The year, from edge to edge.
        until: The day that the counts are known to; no counts are drawn after it.
        planned: The plan; empty when there is none.
        settled, agreed, enquired: What has come; empty when nothing is told.
        fan: Where it is heading: by the end of some days a low, a middle and a high number of persons; empty when that
            is not known.
        until_now: Persons at the year's end if it goes on as until now: a plain line. None draws none.
        months: A letter for each month.
    """

    year: int
    until: date
    planned: Line
    settled: Line
    agreed: Line
    enquired: Line
    fan: Sequence[tuple[date, int, int, int]]
    until_now: int | None
    months: str


def burn_up(data: BurnUp, label: str, description: str) -> str:
    """Return the drawing.

    Args:
        data: What is drawn.
        label: Accessible name.
        description: What it shows, and where its figures are told.
    """
    top = _round_up(max(_numbers(data), default=1))
    scale = _Scale(data.year, top)
    parts = [*_grid(scale, data.months), *_fan(data, scale)]
    if data.settled:
        path = _steps(data.settled, data.until, scale)
        parts += [
            tag("path", class_="area", d=f"{path}V{scale.floor}H0z"),
            *_line("enquired", data.enquired, data.until, scale),
            *_line("agreed", data.agreed, data.until, scale),
            tag("path", class_="line", d=path),
        ]
    else:
        parts += [
            *_line("enquired", data.enquired, data.until, scale),
            *_line("agreed", data.agreed, data.until, scale),
        ]
    if data.planned:
        parts.append(tag("path", class_="plan", d=_straight([(date(data.year - 1, 12, 31), 0), *data.planned], scale)))
    parts += [_now(data, scale), *_edge(data, scale)]
    return tag(
        "svg",
        tag("title", text(label)) + tag("desc", text(description)) + "".join(parts),
        class_="bars burn-up",
        viewBox=f"-2 0 {WIDE + SIDE + 2} {HEAD + HIGH + FOOT}",
        width=WIDE + SIDE + 2,
        height=HEAD + HIGH + FOOT,
        role="img",
        aria_label=label,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day and a number stand: a day at its end, and the last of the year before at the left edge."""

    year: int
    top: int

    @property
    def floor(self) -> int:
        return HEAD + HIGH

    def x(self, day: date) -> int:
        whole = (date(self.year, 12, 31) - date(self.year, 1, 1)).days + 1
        return WIDE * min(max((day - date(self.year, 1, 1)).days + 1, 0), whole) // whole

    def y(self, persons: int) -> int:
        return self.floor - HIGH * persons // self.top


def _numbers(data: BurnUp) -> list[int]:
    lines = [*data.planned, *data.settled, *data.agreed, *data.enquired]
    ends = [end[-1] for end in data.fan]
    return [persons for _, persons in lines] + ends + ([] if data.until_now is None else [data.until_now])


def _round_up(most: int) -> int:
    """Return a number with one or two digits that count, and is even: half of it is written too."""
    unit = 1
    while most > 20 * unit:
        unit *= 10
    return max(-(-most // (2 * unit)) * 2 * unit, 2)


def _grid(scale: _Scale, months: str) -> list[str]:
    parts = []
    for persons in (scale.top, scale.top // 2):
        y = scale.y(persons)
        parts.append(tag("path", class_="top", d=f"M0 {y}H{WIDE}"))
        parts.append(tag("text", text(grouped(persons)), x=0, y=y - 4, class_="start"))
    parts.append(tag("path", class_="base", d=f"M0 {scale.floor}H{WIDE}"))
    for place, letter in enumerate(months):
        middle = WIDE * (2 * place + 1) // (2 * len(months))
        parts.append(tag("text", text(letter), x=middle, y=scale.floor + FOOT - 6, class_="name"))
    return parts


def _fan(data: BurnUp, scale: _Scale) -> list[str]:
    if not data.settled:
        return []
    begins = (data.until, data.settled[-1][1])
    if data.fan:
        low = [begins, *((on, persons) for on, persons, _, _ in data.fan)]
        middle = [begins, *((on, persons) for on, _, persons, _ in data.fan)]
        high = [begins, *((on, persons) for on, _, _, persons in data.fan)]
        return [
            tag("path", class_="fan", d=f"{_straight(low, scale)}L{_straight(high[::-1], scale)[1:]}z"),
            tag("path", class_="middle", d=_straight(middle, scale)),
        ]
    if data.until_now is not None:
        end = (date(data.year, 12, 31), data.until_now)
        return [tag("path", class_="until-now", d=_straight([begins, end], scale))]
    return []


def _line(look: str, points: Line, until: date, scale: _Scale) -> list[str]:
    return [tag("path", class_=look, d=_steps(points, until, scale))] if points else []


def _steps(points: Line, until: date, scale: _Scale) -> str:
    path = "".join(f"H{scale.x(day)}V{scale.y(persons)}" for day, persons in points)
    return f"M0 {scale.floor}{path}H{scale.x(until)}"


def _straight(points: Line, scale: _Scale) -> str:
    return "M" + "L".join(f"{scale.x(day)} {scale.y(persons)}" for day, persons in points)


def _now(data: BurnUp, scale: _Scale) -> str:
    return tag("path", class_="now", d=f"M{scale.x(data.until)} {HEAD}V{scale.floor}")


def _edge(data: BurnUp, scale: _Scale) -> list[str]:
    """Return the numbers at the year's end, moved so that none covers another."""
    numbers: list[tuple[int, str]] = []
    if data.planned:
        numbers.append((data.planned[-1][1], "plan-end"))
    if data.fan and data.settled:
        _, low, _, high = data.fan[-1]
        numbers += [(persons, "fan-end") for persons in dict.fromkeys((low, high))]
    elif data.until_now is not None and data.settled:
        numbers.append((data.until_now, "fan-end"))
    numbers.sort(reverse=True)
    places = _apart([scale.y(persons) + 4 for persons, _ in numbers], HEAD // 2)
    return [
        tag("text", text(grouped(persons)), x=WIDE + 6, y=y, class_=f"start {look}")
        for (persons, look), y in zip(numbers, places, strict=True)
    ]


def _apart(wanted: Sequence[int], highest: int) -> list[int]:
    """Return places from the top down that are apart and near to those wanted, none of them above the highest."""
    places, floor = [], highest - APART
    lowest = wanted[-1] if wanted else highest
    for left, y in enumerate(wanted, start=1 - len(wanted)):
        # As far up as those below it need, and no nearer to the one above than may be.
        floor = max(min(y, lowest + left * APART), floor + APART)
        places.append(floor)
    return places
