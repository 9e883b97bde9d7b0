"""The maps of a page: a board of tiles, and beside it the real borders where they are saved."""

from collections.abc import Sequence

from bosett.render.border_board import border_board
from bosett.render.tile_board import Spot, tile_board
from bosett_web.queries.borders import borders_of
from bosett_web.screens.words import say


def maps(spots: Sequence[Spot], year: int, label: str, language: str) -> str:
    """Return the drawings.

    Args:
        spots: One per municipality.
        year: Year of the codes.
        label: Accessible name of the board.
        language: nb, nn or en.

    Raises:
        UnknownMunicipality: A code is not a municipality in `year`.
        NotToldOfPlace: Coordinates are not known that early.
    """
    board, borders = tile_board(spots, year, label), borders_of(year)
    if borders is None or not spots:
        return board
    return f'<div class="maps">{board}{border_board(spots, borders, say("real_map", language))}</div>'
