"""The tile map of a page: an SVG of links, coloured by the number per 1000 inhabitants."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from bosett.documents.tiles import Tile, tile_map
from bosett.documents.words import exact, whole, word
from bosett.geography import NotToldOfPlace, UnknownMunicipality
from bosett.render.markup import tag, text
from bosett.render.reading import lines
from bosett.rounds.kinds import Run

SIDE = 24
GAP = 1
CLASSES = 5


@dataclass(frozen=True, slots=True)
class _Spot:
    code: str
    county: str
    look: str
    number: str
    title: str


def drawn_map(run: Run, language: str) -> str:
    """Return the map with its legend, or a sentence when there are no coordinates for the run's municipalities."""
    spots, bars = _spots(run, language)
    try:
        tiles = tile_map(tuple(sorted(spots)), run.year)
    except (NotToldOfPlace, UnknownMunicipality):
        return tag("p", text(word("no_map", language)))
    width = SIDE * (1 + max((tile.column for tile in tiles.values()), default=0))
    height = SIDE * (1 + max((tile.row for tile in tiles.values()), default=0))
    # From the north-west, row by row, as a reader's eye goes.
    order = sorted(tiles, key=lambda code: (tiles[code].row, tiles[code].column))
    links = "\n".join(_link(spots[code], tiles[code]) for code in order)
    drawing = tag(
        "svg",
        links + _borders(tiles, {code: spot.county for code, spot in spots.items()}),
        class_="map",
        viewBox=f"-2 -2 {width + 4} {height + 4}",
        role="group",
        aria_label=word("map_label", language),
    )
    return drawing + _legend(bars, spots, language)


def _spots(run: Run, language: str) -> tuple[dict[str, _Spot], list[Fraction]]:
    rates = {
        line.code: Fraction(1000 * line.number, line.population)
        for _, line in lines(run)
        if line.number and line.population
    }
    bars = breaks(list(rates.values()))
    spots = {}
    for county, line in lines(run):
        number, rate = whole(line.number, language), rates.get(line.code)
        look = "t0" if not line.number else "tx" if rate is None else f"t{class_of(rate, bars)}"
        title = f"{line.name}, {county.name}: {number}"
        if rate is not None:
            title += f" ({word('per_thousand', language, rate=exact(rate, language, 1))})"
        spots[line.code] = _Spot(line.code, county.code, look, str(line.number) if line.number else "", title)
    for left in run.left_out:
        title = f"{left.name}: {word('legend_out', language)}"
        spots[left.code] = _Spot(left.code, left.county, "tout", "", title)
    return spots, bars


def breaks(rates: list[Fraction]) -> list[Fraction]:
    """Return the four bars between five classes: fifths of those asked, to one decimal, each above the one before."""
    ordered = sorted(rates)
    bars: list[Fraction] = []
    for fifth in range(1, CLASSES):
        if not ordered:
            break
        bar = Fraction(round(ordered[min(len(ordered) - 1, fifth * len(ordered) // CLASSES)] * 10), 10)
        if not bars or bar > bars[-1]:
            bars.append(bar)
    return bars


def class_of(rate: Fraction, bars: list[Fraction]) -> int:
    """Return the class, from 1, of a number per 1000: at a bar or above it is the higher class."""
    return 1 + sum(1 for bar in bars if rate >= bar)


def _link(spot: _Spot, tile: Tile) -> str:
    x, y = tile.column * SIDE, tile.row * SIDE
    side = SIDE - 2 * GAP
    box = f'<rect x="{x + GAP}" y="{y + GAP}" width="{side}" height="{side}" rx="2"/>'
    number = f'<text x="{x + SIDE // 2}" y="{y + SIDE // 2 + 3}">{spot.number}</text>' if spot.number else ""
    title = tag("title", text(spot.title))
    return tag("a", title + box + number, class_=spot.look, href=f"#k{spot.code}", aria_label=spot.title)


def _borders(tiles: Mapping[str, Tile], county_of: Mapping[str, str]) -> str:
    """Return the lines between counties that touch."""
    cells = {(tile.column, tile.row): county_of[code] for code, tile in tiles.items()}
    path = []
    for (column, row), county in sorted(cells.items()):
        x, y = column * SIDE, row * SIDE
        if cells.get((column + 1, row), county) != county:
            path.append(f"M{x + SIDE} {y}v{SIDE}")
        if cells.get((column, row + 1), county) != county:
            path.append(f"M{x} {y + SIDE}h{SIDE}")
    return f'<path class="border" d="{"".join(path)}" aria-hidden="true"/>'


def _legend(bars: list[Fraction], spots: Mapping[str, _Spot], language: str) -> str:
    ends = [exact(bar, language, 1) for bar in bars]
    names = [f"< {ends[0]}"] if ends else [f"> {exact(Fraction(0), language, 0)}"]
    names += [f"{low}\u2013{high}" for low, high in pairwise(ends)]
    names += [f"\u2265 {ends[-1]}"] if ends else []
    items = [(f"t{place}", name) for place, name in enumerate(names, start=1)]
    looks = {spot.look for spot in spots.values()}
    items += [
        (look, word(code, language))
        for look, code in (("t0", "legend_zero"), ("tx", "legend_unknown"), ("tout", "legend_out"))
        if look in looks
    ]
    box = '<rect x="1" y="1" width="14" height="14" rx="2"/>'
    swatch = f'<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">{box}</svg>'
    listed = "".join(tag("li", swatch + text(name), class_=look) for look, name in items)
    return tag("div", tag("p", text(word("legend", language))) + tag("ul", listed), class_="legend")
