"""Borders of municipalities for a map on a screen: projected to a plane, and with fewer points.

Neighbours share their border: rings are cut where three lines meet, and each piece between such points is made simpler
once, so that no gap and no overlap comes between two municipalities. The pieces are simplified after Douglas and
Peucker (1973). The plane is an equidistant conic projection with the standard parallels 60 and 69 degrees north and the
central meridian 15 degrees east, on a sphere: metres, x to the east and y to the south. All is counted in whole
numbers, so the same borders give the same map on every machine.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

Point = tuple[int, int]
"""Millionths of a degree (longitude, latitude), or metres in the plane."""
Ring = tuple[Point, ...]
"""Points in order; the last is joined to the first, which does not stand twice."""

RADIUS = 6_371_000
TOLERANCE = 1_500
"""Metres that a line may be moved."""
SMALLEST_ISLAND = 4_000_000
"""Square metres; a smaller island is left out, unless it is the largest part of its municipality."""

_ONE = 10**12
_PI = 3_141_592_653_590
# n = (cos 60° - cos 69°) / (69° - 60°) and G = cos 60° / n + 60°, in radians.
_CONE = 901_657_637_204
_APEX = 1_601_731_755_055
_MERIDIAN = 15_000_000


@dataclass(frozen=True, slots=True)
class BorderMap:
    """Simplified borders in a plane.

    Attributes:
        width: Metres from the westernmost to the easternmost point.
        height: The same from north to south.
        shapes: By municipality code, its rings, the largest first; metres from the upper left corner.
    """

    width: int
    height: int
    shapes: Mapping[str, tuple[Ring, ...]]


def border_map(
    shapes: Mapping[str, Sequence[Ring]], tolerance: int = TOLERANCE, smallest_island: int = SMALLEST_ISLAND
) -> BorderMap:
    """Return borders as they are drawn.

    Args:
        shapes: By code, outer rings in metres of a plane (y to the south), as `projected` gives them.
        tolerance: Metres that a line may be moved.
        smallest_island: Square metres of the smallest island that is kept.
    """
    kept = {code: _parts(rings, smallest_island) for code, rings in shapes.items()}
    junctions = _junctions(ring for rings in kept.values() for ring in rings)
    simpler: dict[Ring, Ring] = {}
    drawn = {
        code: tuple(_simplified(ring, junctions, tolerance, simpler) for ring in rings) for code, rings in kept.items()
    }
    points = [point for rings in drawn.values() for ring in rings for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return BorderMap(
        width=max(x for x, _ in points) - left,
        height=max(y for _, y in points) - top,
        shapes=MappingProxyType(
            {
                code: tuple(tuple((x - left, y - top) for x, y in ring) for ring in rings)
                for code, rings in sorted(drawn.items())
            }
        ),
    )


def projected(point: Point) -> Point:
    """Return longitude and latitude, in millionths of a degree, as metres in the plane."""
    longitude, latitude = point
    turn = _radians(longitude - _MERIDIAN) * _CONE // _ONE
    out = _APEX - _radians(latitude)
    sine, cosine = _sine_and_cosine(turn)
    return RADIUS * (out * sine // _ONE) // _ONE, RADIUS * (out * cosine // _ONE) // _ONE


def area(ring: Ring) -> int:
    """Return twice the area of a ring, in square metres."""
    return abs(sum(x * b - a * y for (x, y), (a, b) in zip(ring, (*ring[1:], ring[0]), strict=True)))


def _radians(millionths: int) -> int:
    return millionths * _PI // 180_000_000


def _sine_and_cosine(turn: int) -> tuple[int, int]:
    """Return sine and cosine of a small angle, by their series."""
    square = turn * turn // _ONE
    sine = cosine = 0
    term = _ONE
    for step in range(0, 12, 2):
        cosine += term
        odd = term * turn // _ONE // (step + 1)
        sine += odd
        term = -term * square // _ONE // ((step + 1) * (step + 2))
    return sine, cosine


def _parts(rings: Sequence[Ring], smallest_island: int) -> tuple[Ring, ...]:
    """Return the rings that are kept, the largest first."""
    ordered = sorted(rings, key=lambda ring: (-area(ring), ring))
    return (ordered[0], *(ring for ring in ordered[1:] if area(ring) >= 2 * smallest_island))


def _junctions(rings: Iterable[Ring]) -> frozenset[Point]:
    """Return the points where three lines or more meet."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
            beside[one].add(other)
            beside[other].add(one)
    return frozenset(point for point, others in beside.items() if len(others) > 2)


def _simplified(ring: Ring, junctions: frozenset[Point], tolerance: int, simpler: dict[Ring, Ring]) -> Ring:
    ends = [place for place, point in enumerate(ring) if point in junctions]
    if not ends:  # an island, or a municipality within another: it begins where nobody's order of points decides
        ends = [ring.index(min(ring))]
    turned = (*ring[ends[0] :], *ring[: ends[0]])
    cuts = [place - ends[0] for place in ends] + [len(ring)]
    closed = (*turned, turned[0])
    points: list[Point] = []
    for first, last in pairwise(cuts):
        points += _piece(closed[first : last + 1], tolerance, simpler)[:-1]
    return tuple(points) if len(set(points)) >= 3 else _three(ring)


def _three(ring: Ring) -> Ring:
    """Return a ring of the corners that lie farthest apart: a shape too small for the tolerance is still seen."""
    first = min(ring)
    second = max(ring, key=lambda point: (_square(point, first), point))
    third = max(ring, key=lambda point: (_away(point, first, second), point))
    return tuple(dict.fromkeys((first, second, third)))


def _piece(line: Ring, tolerance: int, simpler: dict[Ring, Ring]) -> Ring:
    """Return a piece with fewer points, the same whichever way it is walked."""
    back = line > line[::-1]
    key = line[::-1] if back else line
    if key not in simpler:
        simpler[key] = _fewer(key, tolerance)
    return simpler[key][::-1] if back else simpler[key]


def _fewer(line: Ring, tolerance: int) -> Ring:
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        start, end = line[first], line[last]
        far = max(range(first + 1, last), key=lambda place: (_away(line[place], start, end), line[place]))
        length = _square(start, end)
        moved = _away(line[far], start, end)
        # The distance to the line, squared, is the cross product squared over the length squared.
        if moved > tolerance * tolerance * (length or 1):
            kept.add(far)
            spans += [(first, far), (far, last)]
    return tuple(line[place] for place in sorted(kept))


def _away(point: Point, start: Point, end: Point) -> int:
    """Return how far a point is from the line between two others, squared and times the square of their distance."""
    along = (end[0] - start[0]) * (point[0] - start[0]) + (end[1] - start[1]) * (point[1] - start[1])
    length = _square(start, end)
    if along <= 0 or along >= length:  # nearest to one of the two
        return min(_square(point, start), _square(point, end)) * (length or 1)
    cross = (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
    return cross * cross


def _square(one: Point, other: Point) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
