"""Who gets more and who fewer, in a table and on a map: of a choice that is tried, and of two runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.geography import counties, municipalities
from bosett.render.book import Cell
from bosett.render.chart_file import ChartKey
from bosett.render.tile_board import Spot
from bosett.rounds.run_changes import NumberChange
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartPlace, ChartTable, charts_of
from bosett_web.screens.maps import maps
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


def changes_in_words(
    changes: Iterable[NumberChange], year: int, language: str, place: ChartPlace, title: str, heads: Sequence[str]
) -> Mapping[str, Any]:
    """Return who gets more and who fewer, the largest change first, in a table and on a map.

    Args:
        changes: One for each municipality of the year.
        year: Year of the codes.
        language: nb, nn or en.
        place: Where the files of the map are.
        title: What the map is of.
        heads: What the numbers before and after are of.
    """
    names = {county.code: county.name for county in counties(year)}
    places = {each.code: each.display_name for each in municipalities(year)}
    rows, spots = [], []
    cells: list[Sequence[Cell]] = []
    for each in changes:
        look = _look(each)
        number = formats.signed(Fraction(each.by)) if each.by else ""
        words = f"{places[each.code]}: {say(f'criteria_look_{look}', language)} {number}"
        spots.append(Spot(each.code, each.county, f"change-{look}", number, words))
        cells.append([places[each.code], names[each.county], each.before, each.after, each.by])
        if number and each.before is not None:
            rows.append(
                ChangeRow(each.code, places[each.code], names[each.county], each.before, each.after, number, look)
            )
    rows.sort(key=lambda row: (-abs(row.after - row.before), formats.sort_key(row.name)))
    used = {spot.look for spot in spots}
    up, down = sum(row.after > row.before for row in rows), sum(row.after < row.before for row in rows)
    says = say("criteria_changes_lead", language, up=up, down=down)
    keys = (ChartKey(f"change-{look}", say(f"criteria_look_{look}", language)) for look in LOOKS)
    titles = [say("municipality", language), say("county", language), *heads, say("change", language)]
    table = ChartTable(titles, sorted(cells, key=lambda row: formats.sort_key(str(row[0]))), at="changes")
    drawings = maps(spots, year, title, language)
    used_keys = tuple(key for key in keys if key.look in used)
    return {
        "explained_year": None,  # a run's own page names the run that explains them
        "changes": rows[:MOST_LISTED],
        "more_changes": rows[MOST_LISTED:],
        "change_heads": heads,
        "changes_lead": says,
        **charts_of(Chart(place, title, drawings, (says,), table, keys=used_keys) if drawings else None),
    }


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
