"""The pictures of a county's sheet: the map of its numbers, and the likeness chart. The sheet itself tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from bosett.figures.kinds import SeriesNote
from bosett.geography import County
from bosett.render.claim_chart import Dot, likeness
from bosett.render.tile_board import Spot
from bosett_web.screens.charts import Chart, ChartTable, chart_at, charts_of
from bosett_web.screens.county.sheet import RowView, map_bars, tile_look, tile_title
from bosett_web.screens.maps import NumberOnMap, NumbersDrawn, maps, numbers_chart, source_words
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

SHEET = "workbench"
"""The id of what shows the figures on the page: the sheet."""


def pictures(view: View, rows: Sequence[RowView], county: County, people: SeriesNote | None) -> Mapping[str, Any]:
    """Return the tile map and the likeness chart of a county.

    Args:
        view: The page.
        rows: Its municipalities.
        county: Which it is.
        people: Where its inhabitants are from.
    """
    return charts_of(_map(view, rows, county, people), _likeness(view, rows, county))


def _map(view: View, rows: Sequence[RowView], county: County, people: SeriesNote | None) -> Chart | None:
    bars, spots, placed = map_bars([each.row for each in rows]), [], []
    for each in rows:
        line, inhabitants = each.row.line, each.row.population
        number = line.number if line.outcome is None else line.outcome
        tile = tile_title(line.name, number, view.language)
        written = "" if number is None else str(number)
        spots.append(
            Spot(line.code, line.county, tile_look(each.row, number, bars), written, tile, f"#row-{line.code}")
        )
        rate = Fraction(1000 * number, inhabitants) if number and inhabitants else None
        placed.append(NumberOnMap(line.name, county.name, number, rate))
    title = f"{county.name}. {say('map_county', view.language)}"
    drawings = maps(spots, view.year, title, view.language)
    if not drawings:
        return None
    place = chart_at(view, "county", "map", code=county.code)
    note = (source_words(people, view.language),) if people else ()
    drawn = NumbersDrawn(title, drawings, spots, bars, "not_given")
    chart = numbers_chart(place, drawn, placed, view.language, note)
    return replace(chart, table=replace(chart.table, at=SHEET))


def _likeness(view: View, rows: Sequence[RowView], county: County) -> Chart:
    language = view.language
    shares = [(each.row.line, each.row.share) for each in rows if each.row.share is not None]
    dots = [Dot(line.code, line.name, share, line.number) for line, share in shares]
    across, up = say("likeness_across", language), say("col_number", language)
    label = say("likeness_label", language)
    known = [(line.number, share) for line, share in shares if line.number is not None]
    over, under = sum(number > share for number, share in known), sum(number < share for number, share in known)
    return Chart(
        chart_at(view, "county", "likeness", code=county.code),
        f"{county.name}. {label}",
        (likeness(dots, label=label, across=across, up=up),),
        (say("likeness_says", language, above=over, below=under),),
        ChartTable(
            [say("municipality", language), across, up],
            [[line.name, share, line.number] for line, share in shares],
            at=SHEET,
        ),
        (say("likeness_help", language),),
    )
