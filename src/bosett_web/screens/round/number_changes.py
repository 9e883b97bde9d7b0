"""Who gets more and who fewer, in a table and on a map: of a choice that is tried, and of two runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.geography import NotToldOfPlace, UnknownMunicipality, counties, municipalities
from bosett.render.tile_board import Spot, tile_board
from bosett.rounds.run_changes import NumberChange
from bosett_web.screens import formats
from bosett_web.screens.words import say

MOST_LISTED = 20
"""Municipalities whose numbers change that stand open; the others are folded away."""
LOOKS = ("fewer", "same", "more", "in", "out", "none", "unknown")
"""How a municipality's number changes, and how its tile is coloured."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A municipality whose number is another."""

    code: str
    name: str
    county: str
    before: int
    after: int
    change: str
    look: str


def changes_in_words(changes: Iterable[NumberChange], year: int, language: str, label: str) -> Mapping[str, Any]:
    """Return who gets more and who fewer, the largest change first, in a table and on a map.

    Args:
        changes: One for each municipality of the year.
        year: Year of the codes.
        language: nb, nn or en.
        label: Accessible name of the map.
    """
    names = {county.code: county.name for county in counties(year)}
    places = {place.code: place.display_name for place in municipalities(year)}
    rows, spots = [], []
    for each in changes:
        look = _look(each)
        number = formats.signed(Fraction(each.by)) if each.by else ""
        words = f"{places[each.code]}: {say(f'criteria_look_{look}', language)} {number}"
        spots.append(Spot(each.code, each.county, f"change-{look}", number, words))
        if number and each.before is not None:
            rows.append(
                ChangeRow(each.code, places[each.code], names[each.county], each.before, each.after, number, look)
            )
    rows.sort(key=lambda row: (-abs(row.after - row.before), formats.sort_key(row.name)))
    used = {spot.look for spot in spots}
    return {
        "explained_year": None,  # a run's own page names the run that explains them
        "changes": rows[:MOST_LISTED],
        "more_changes": rows[MOST_LISTED:],
        "up": sum(row.after > row.before for row in rows),
        "down": sum(row.after < row.before for row in rows),
        "map": _board(spots, year, label),
        "looks": [(f"change-{look}", f"criteria_look_{look}") for look in LOOKS if f"change-{look}" in used],
    }


def _board(spots: list[Spot], year: int, label: str) -> str:
    """Return the map; none for a year whose municipalities have no place on it."""
    try:
        return tile_board(spots, year, label)
    except (NotToldOfPlace, UnknownMunicipality):
        return ""


def _look(each: NumberChange) -> str:
    if each.before is None:
        return "unknown"
    if not each.before and not each.after:
        return "none"
    if not each.before:
        return "in"
    if not each.after:
        return "out"
    return "same" if each.before == each.after else "more" if each.after > each.before else "fewer"
