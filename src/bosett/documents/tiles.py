"""A map of equal tiles: one square per municipality, near where it lies, its county kept together.

Whole numbers only. Places are projected (longitude shortened by the cosine of the latitude) and spread so that crowded
parts get room; each is given the nearest free cell, and then moved and swapped with near cells while that brings the
whole closer. No two share a cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bosett.geography import coordinates, municipality

# Cosine of the latitude in thousandths, at whole degrees: exact enough to draw by.
_COSINE = dict(
    enumerate((559, 545, 530, 515, 500, 485, 469, 454, 438, 423, 407, 391, 375, 358, 342, 326, 309, 292), start=56)
)
DEGREE = 100_000  # a degree in the unit of coordinates here
CELL = 100  # a cell in the unit of positions here
COLUMNS, ROWS = 30, 45
MERIDIAN = 16 * DEGREE
REACH = 2
PASSES = 8
TOGETHER = 6_000  # what one neighbour of the same county is worth, in squared units of position


@dataclass(frozen=True, slots=True)
class TilePlace:
    """A municipality to lay out: code, county, and longitude and latitude in hundred-thousandths of a degree."""

    code: str
    county: str
    longitude: int
    latitude: int


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """A cell of the map: column from the west and row from the north, both from 0."""

    column: int
    row: int


@cache
def tile_map(codes: tuple[str, ...], year: int) -> Mapping[str, Tile]:
    """Return the tile of each municipality of a year, by code.

    Raises:
        UnknownMunicipality: A code is not a municipality in `year`.
        NotToldOfPlace: Coordinates are not known that early.
    """
    places = []
    for code in sorted(set(codes)):
        inside = coordinates(code, year).inside
        longitude, latitude = round(inside.longitude * DEGREE), round(inside.latitude * DEGREE)
        places.append(TilePlace(code, municipality(code, year).county, longitude, latitude))
    return _laid(tuple(places))


@cache  # years with the same municipalities have the same map, and laying it out takes long for a page
def _laid(places: tuple[TilePlace, ...]) -> Mapping[str, Tile]:
    return MappingProxyType(lay_out(places))


def lay_out(places: Sequence[TilePlace]) -> dict[str, Tile]:
    """Lay places out on tiles: the same places give the same map, whatever their order."""
    if not places:
        return {}
    ordered = sorted(places, key=lambda place: place.code)
    aims = _aims(ordered)
    counties = {place.code: place.county for place in ordered}
    board = _first(aims)
    _improve(board, aims, counties)
    left, top = min(x for x, _ in board), min(y for _, y in board)
    return {code: Tile(x - left, y - top) for (x, y), code in sorted(board.items(), key=lambda item: item[1])}


Cell = tuple[int, int]


def _aims(places: Sequence[TilePlace]) -> dict[str, Cell]:
    """Return where each tile would like its middle: half by geography, half by rank, so that crowded parts get room."""
    east = {place.code: _east(place) for place in places}
    south = {place.code: -place.latitude for place in places}
    across, down = _spread(east, COLUMNS * CELL, 2, 3), _spread(south, ROWS * CELL, 1, 2)
    by_county: dict[str, list[str]] = {}
    for place in places:
        by_county.setdefault(place.county, []).append(place.code)
    aims = {}
    for codes in by_county.values():
        middle_x = sum(across[code] for code in codes) // len(codes)
        middle_y = sum(down[code] for code in codes) // len(codes)
        for code in codes:
            # A seventh of the way to the county's middle opens seams between counties.
            aims[code] = ((6 * across[code] + middle_x) // 7, (6 * down[code] + middle_y) // 7)
    return aims


def _east(place: TilePlace) -> int:
    degree = min(max(place.latitude // DEGREE, 56), 72)
    part = place.latitude - degree * DEGREE
    cosine = _COSINE[degree] * DEGREE + (_COSINE[degree + 1] - _COSINE[degree]) * part
    return (place.longitude - MERIDIAN) * cosine // (1000 * DEGREE)


def _spread(values: Mapping[str, int], length: int, parts: int, of: int) -> dict[str, int]:
    """Blend true position (`parts` of `of`) with rank, over `length`."""
    least, most = min(values.values()), max(values.values())
    wide = max(1, most - least)
    ranked = sorted(values, key=lambda code: (values[code], code))
    last = max(1, len(ranked) - 1)
    rank = {code: place * length // last for place, code in enumerate(ranked)}
    return {
        code: (parts * ((value - least) * length // wide) + (of - parts) * rank[code]) // of
        for code, value in values.items()
    }


def _first(aims: Mapping[str, Cell]) -> dict[Cell, str]:
    """Give each place the nearest free cell, from the middle of them all outwards."""
    middle_x = sum(x for x, _ in aims.values()) // len(aims)
    middle_y = sum(y for _, y in aims.values()) // len(aims)
    order = sorted(aims, key=lambda code: (_apart(aims[code], (middle_x, middle_y)), code))
    board: dict[Cell, str] = {}
    for code in order:
        x, y = aims[code]
        reach, nearest = 1, None
        while nearest is None:
            near = [
                (column, row)
                for column in range(x // CELL - reach, x // CELL + reach + 1)
                for row in range(y // CELL - reach, y // CELL + reach + 1)
                if (column, row) not in board
            ]
            nearest = min(near, key=lambda cell: (_far(aims[code], cell), cell), default=None)
            reach += 1
        board[nearest] = code
    return board


def _improve(board: dict[Cell, str], aims: Mapping[str, Cell], counties: Mapping[str, str]) -> None:
    """Move and swap with near cells while it brings the tiles closer to their aims and to their counties."""
    offsets = [(x, y) for x in range(-REACH, REACH + 1) for y in range(-REACH, REACH + 1) if (x, y) > (0, 0)]
    offsets += [(-x, -y) for x, y in offsets]

    def cost(cell: Cell, code: str | None) -> int:
        if code is None:
            return 0
        x, y = cell
        beside = (board.get(near) for near in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)))
        same = sum(1 for other in beside if other is not None and counties[other] == counties[code])
        return _far(aims[code], cell) - 2 * TOGETHER * same

    def put(cell: Cell, code: str | None) -> None:
        if code is None:
            board.pop(cell, None)
        else:
            board[cell] = code

    for _ in range(PASSES):
        moved = False
        for here, code in sorted(board.items()):
            if board.get(here) != code:
                continue
            for x, y in offsets:
                there = (here[0] + x, here[1] + y)
                other = board.get(there)
                before = cost(here, code) + cost(there, other)
                put(here, other)
                put(there, code)
                if cost(there, code) + cost(here, other) < before:
                    moved = True
                    break
                put(here, code)
                put(there, other)
        if not moved:
            break


def _far(aim: Cell, cell: Cell) -> int:
    return _apart(aim, (cell[0] * CELL + CELL // 2, cell[1] * CELL + CELL // 2))


def _apart(one: Cell, other: Cell) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
