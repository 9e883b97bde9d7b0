"""A board of equal tiles for any municipalities of a year: an SVG whose looks and links the caller chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.documents.tiles import Tile, tile_map
from bosett.geography import municipalities
from bosett.render.markup import tag, text

SIDE = 24
GAP = 1
SCALE = 1.5  # at its natural size; the page's rules shrink a board that has no room
EDGE = 2  # around the drawing, for the stroke of a border or a focus


@dataclass(frozen=True, slots=True)
class Spot:
    """What one tile shows.

    Attributes:
        code: Municipality.
        group: What it belongs to, such as its county; borders are drawn between groups.
        look: Class name that the page's own rules colour, for example `t0` to `t5`.
        number: Text on the tile; empty for none.
        title: Its accessible name.
        href: Where it leads; empty for no link.
    """

    code: str
    group: str
    look: str
    number: str
    title: str
    href: str = ""


def tile_board(spots: Sequence[Spot], year: int, label: str) -> str:
    """Return the drawing: each municipality where the map of the whole country has it, cut to those that are shown.

    Args:
        spots: One per municipality.
        year: Year of the codes.
        label: Accessible name of the drawing.

    Raises:
        UnknownMunicipality: A code is not a municipality in `year`.
        NotToldOfPlace: Coordinates are not known that early.
    """
    tiles = _cut({spot.code for spot in spots}, year)
    width = SIDE * (1 + max((tile.column for tile in tiles.values()), default=0))
    height = SIDE * (1 + max((tile.row for tile in tiles.values()), default=0))
    # From the north-west, row by row, as a reader's eye goes.
    order = sorted(spots, key=lambda spot: (tiles[spot.code].row, tiles[spot.code].column))
    return tag(
        "svg",
        "\n".join(_drawn(spot, tiles[spot.code]) for spot in order) + _borders(order, tiles),
        class_="map",
        viewBox=f"{-EDGE} {-EDGE} {width + 2 * EDGE} {height + 2 * EDGE}",
        width=round(SCALE * (width + 2 * EDGE)),
        height=round(SCALE * (height + 2 * EDGE)),
        role="group",
        aria_label=label,
    )


def _cut(codes: set[str], year: int) -> Mapping[str, Tile]:
    """Return the tiles of some municipalities, moved so that they begin at the first column and row."""
    whole = tile_map(tuple(sorted({place.code for place in municipalities(year)} | codes)), year)
    left = min((whole[code].column for code in codes), default=0)
    top = min((whole[code].row for code in codes), default=0)
    return {code: Tile(whole[code].column - left, whole[code].row - top) for code in codes}


def _drawn(spot: Spot, tile: Tile) -> str:
    x, y = tile.column * SIDE, tile.row * SIDE
    side = SIDE - 2 * GAP
    box = f'<rect x="{x + GAP}" y="{y + GAP}" width="{side}" height="{side}" rx="2"/>'
    number = tag("text", text(spot.number), x=x + SIDE // 2, y=y + SIDE // 2 + 3) if spot.number else ""
    inside = tag("title", text(spot.title)) + box + number
    if spot.href:
        return tag("a", inside, class_=spot.look, href=spot.href, data_code=spot.code, aria_label=spot.title)
    return tag("g", inside, class_=spot.look, role="img", data_code=spot.code, aria_label=spot.title)


def _borders(spots: Sequence[Spot], tiles: Mapping[str, Tile]) -> str:
    """Return the lines between groups that touch."""
    cells = {(tiles[spot.code].column, tiles[spot.code].row): spot.group for spot in spots}
    path = []
    for (column, row), group in sorted(cells.items()):
        x, y = column * SIDE, row * SIDE
        if cells.get((column + 1, row), group) != group:
            path.append(f"M{x + SIDE} {y}v{SIDE}")
        if cells.get((column, row + 1), group) != group:
            path.append(f"M{x} {y + SIDE}h{SIDE}")
    return f'<path class="border" d="{"".join(path)}" aria-hidden="true"/>'
