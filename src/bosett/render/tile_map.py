"""The tile map of a page: an SVG of links, coloured by the number per 1000 inhabitants."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from bosett.documents.words import exact, whole, word
from bosett.geography import NotToldOfPlace, UnknownMunicipality
from bosett.geography.borders import BorderMap
from bosett.render.border_board import border_board
from bosett.render.markup import tag, text
from bosett.render.reading import lines
from bosett.render.tile_board import Spot, tile_board
from bosett.rounds.kinds import Run

CLASSES = 5
_OTHERS = (("t0", "legend_zero"), ("tx", "legend_unknown"), ("tout", "legend_out"))


def drawn_map(run: Run, language: str, borders: BorderMap | None = None) -> str:
    """Return the map with its legend, or a sentence when there are no coordinates for the run's municipalities.

    Args:
        run: What was computed.
        language: nb, nn or en.
        borders: The real borders, where there are any: drawn beside the tiles.
    """
    spots, bars = _spots(run, language)
    try:
        board = tile_board(spots, run.year, word("map_label", language))
    except (NotToldOfPlace, UnknownMunicipality):
        return tag("p", text(word("no_map", language)))
    looks = {spot.look for spot in spots}
    if borders is not None:
        board += border_board(spots, borders, word("real_map_label", language))
    return board + legend(bars, {look: word(code, language) for look, code in _OTHERS if look in looks}, language)


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


def legend_keys(bars: list[Fraction], others: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    """Return what the colours mean: the look and words of each class per 1000, and other looks with their words."""
    ends = [exact(bar, language, 1) for bar in bars]
    names = [f"< {ends[0]}"] if ends else [f"> {exact(Fraction(0), language, 0)}"]
    names += [f"{low}\u2013{high}" for low, high in pairwise(ends)]
    names += [f"\u2265 {ends[-1]}"] if ends else []
    return (*((f"t{place}", name) for place, name in enumerate(names, start=1)), *others.items())


def legend(bars: list[Fraction], others: Mapping[str, str], language: str) -> str:
    """Return what the colours mean, as markup."""
    box = '<rect x="1" y="1" width="14" height="14" rx="2"/>'
    swatch = f'<svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">{box}</svg>'
    listed = "".join(tag("li", swatch + text(name), class_=look) for look, name in legend_keys(bars, others, language))
    return tag("div", tag("p", text(word("legend", language))) + tag("ul", listed), class_="legend")


def _spots(run: Run, language: str) -> tuple[list[Spot], list[Fraction]]:
    rates = {
        line.code: Fraction(1000 * line.number, line.population)
        for _, line in lines(run)
        if line.number and line.population
    }
    bars = breaks(list(rates.values()))
    spots = []
    for county, line in lines(run):
        number, rate = whole(line.number, language), rates.get(line.code)
        look = "t0" if not line.number else "tx" if rate is None else f"t{class_of(rate, bars)}"
        title = f"{line.name}, {county.name}: {number}"
        if rate is not None:
            title += f" ({word('per_thousand', language, rate=exact(rate, language, 1))})"
        shown = str(line.number) if line.number else ""
        spots.append(Spot(line.code, county.code, look, shown, title, f"#k{line.code}"))
    for left in run.left_out:
        title = f"{left.name}: {word('legend_out', language)}"
        spots.append(Spot(left.code, left.county, "tout", "", title, f"#k{left.code}"))
    return spots, bars
