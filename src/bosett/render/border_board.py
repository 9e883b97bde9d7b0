"""A map of the real borders, with the looks of a board of tiles: for those who know a place by where it lies.

It says the same as the board of tiles beside it, which is the one that is read and walked through: this one is a
picture, whose parts tell their names under the pointer.
"""

from collections.abc import Iterable, Sequence

from bosett.geography.borders import BorderMap, Point, Ring
from bosett.render.markup import tag, text
from bosett.render.tile_board import Spot

UNIT = 100
"""Metres of one unit of the drawing."""
EDGE = 20
TALL = 720
"""Height in pixels at its natural size; the page's rules shrink one that has no room."""


def border_board(spots: Sequence[Spot], borders: BorderMap, label: str) -> str:
    """Return the drawing, cut to the municipalities that are shown.

    Args:
        spots: One per municipality, each in the map.
        borders: The map of the country.
        label: Accessible name of the drawing.
    """
    whole = {spot.code: [_in_units(ring) for ring in borders.shapes[spot.code]] for spot in spots}
    points = [point for rings in whole.values() for ring in rings for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    rings_of = {code: [[(x - left, y - top) for x, y in ring] for ring in rings] for code, rings in whole.items()}
    areas = "\n".join(_area(spot, rings_of[spot.code]) for spot in spots)
    drawn_width, drawn_height = width + 2 * EDGE, height + 2 * EDGE
    return tag(
        "svg",
        areas + _between(spots, rings_of),
        class_="map real",
        viewBox=f"{-EDGE} {-EDGE} {drawn_width} {drawn_height}",
        width=max(1, TALL * drawn_width // max(drawn_width, drawn_height)),
        height=max(1, TALL * drawn_height // max(drawn_width, drawn_height)),
        role="img",
        aria_label=label,
    )


def _in_units(ring: Ring) -> list[Point]:
    """Return a ring in units of the drawing, without points that fall upon the one before."""
    points = [(x // UNIT, y // UNIT) for x, y in ring]
    return [point for place, point in enumerate(points) if point != points[place - 1]] or points[:1]


def _area(spot: Spot, rings: Iterable[Sequence[Point]]) -> str:
    path = tag("path", "", d="".join(f"M{_line(ring)}z" for ring in rings))
    return tag("g", tag("title", text(spot.title)) + path, class_=spot.look)


def _line(points: Sequence[Point]) -> str:
    return "L".join(f"{x} {y}" for x, y in points)


def _between(spots: Sequence[Spot], rings_of: dict[str, list[list[Point]]]) -> str:
    """Return the lines between groups that touch: those that two of them share."""
    groups: dict[tuple[Point, Point], set[str]] = {}
    for spot in spots:
        for ring in rings_of[spot.code]:
            for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
                groups.setdefault((min(one, other), max(one, other)), set()).add(spot.group)
    lines = sorted(line for line, on_it in groups.items() if len(on_it) > 1)
    return tag("path", "", class_="border", d="".join(f"M{_line(line)}" for line in lines), aria_hidden="true")
