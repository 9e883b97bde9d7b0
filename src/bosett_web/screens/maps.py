"""The maps of a page: a board of tiles, and beside it the real borders where they are saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.documents.words import word
from bosett.figures.kinds import SeriesNote
from bosett.geography import NotToldOfPlace, UnknownMunicipality
from bosett.render.book import Cell
from bosett.render.border_board import border_board
from bosett.render.chart_file import ChartKey
from bosett.render.tile_board import Spot, tile_board
from bosett.render.tile_map import legend_keys
from bosett_web.queries.borders import borders_of
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartPlace, ChartTable
from bosett_web.screens.words import say


def maps(spots: Sequence[Spot], year: int, label: str, language: str) -> tuple[str, ...]:
    """Return the drawings, none for a year whose municipalities have no place on a map.

    Args:
        spots: One per municipality.
        year: Year of the codes.
        label: Accessible name of the board.
        language: nb, nn or en.
    """
    try:
        board, borders = tile_board(spots, year, label), borders_of(year)
    except (NotToldOfPlace, UnknownMunicipality):
        return ()
    if borders is None or not spots:
        return (board,)
    return board, border_board(spots, borders, say("real_map", language))


@dataclass(frozen=True, slots=True)
class NumberOnMap:
    """A municipality on a map: its county, its number (None: there is none), and that per 1000 inhabitants."""

    name: str
    county: str
    number: int | None
    rate: Fraction | None


@dataclass(frozen=True, slots=True)
class NumbersDrawn:
    """A map of numbers per 1000 inhabitants: what it is of, its drawings, tiles, and the bars between their classes.

    `unknown` is the code of what is said where there is no number.
    """

    title: str
    drawings: tuple[str, ...]
    spots: Sequence[Spot]
    bars: list[Fraction]
    unknown: str


def numbers_chart(
    place: ChartPlace, drawn: NumbersDrawn, placed: Sequence[NumberOnMap], language: str, notes: tuple[str, ...]
) -> Chart:
    """Return a map of numbers per 1000 inhabitants with its sentence and its figures.

    Args:
        place: Where its files are.
        drawn: The map.
        placed: The municipalities.
        language: nb, nn or en.
        notes: Where the inhabitants are from.
    """
    codes = (("t0", "not_asked"), ("tx", drawn.unknown))
    used = {spot.look for spot in drawn.spots}
    others = {look: say(code, language) for look, code in codes if look in used}
    asked = sum(bool(each.number) for each in placed)
    rates = [(each.rate, each.name) for each in placed if each.rate is not None]
    says = say("map_asked", language, asked=asked, all=len(placed))
    if rates:
        most, name = max(rates)
        says = f"{says} {say('map_most', language, name=name, rate=formats.decimal(most))}"
    heads = [say(head, language) for head in ("municipality", "county", "map_persons")]
    rows: list[Sequence[Cell]] = [
        [
            each.name,
            each.county,
            say(drawn.unknown, language) if each.number is None else each.number or say("not_asked", language),
            each.rate,
        ]
        for each in sorted(placed, key=lambda each: (formats.sort_key(each.county), formats.sort_key(each.name)))
    ]
    return Chart(
        place,
        drawn.title,
        drawn.drawings,
        (says,),
        ChartTable([*heads, word("legend", language)], rows),
        (say("map_number_on", language),),
        tuple(ChartKey(look, words) for look, words in legend_keys(drawn.bars, others, language)),
        word("legend", language),
        notes=notes,
    )


def source_words(note: SeriesNote, language: str) -> str:
    """Return where the inhabitants of a map are from."""
    day = formats.day(note.known_on, language)
    return say("source", language, publisher=note.publisher, year=note.year, day=day)
