"""What the country, a county and a municipality were asked for, decided and settled through the years.

Figures are those that were published by the day, by the municipalities of the round's year; those of the country are of
the municipalities of each year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from bosett.documents.open_data import open_word
from bosett.documents.words import figure_line
from bosett.figures.kinds import Figure, SeriesNote, Status
from bosett.geography import municipalities
from bosett.render.bars import Bar, BarGroup, bar_chart, sparkline
from bosett.render.book import Cell
from bosett.render.chart_file import ChartKey
from bosett.rounds.country_before import history_of_country
from bosett.rounds.history import (
    FIRST,
    MEASURES,
    AreaBefore,
    SumBefore,
    YearBefore,
    history_of_area,
    sources,
)
from bosett.rounds.history import history as history_of
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartPlace, ChartTable, chart_at, charts_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import figure, say

COUNTRY = "0"
AT_LEAST = "\u2265"
Years = Sequence[YearBefore] | Sequence[AreaBefore]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of an area: its name, where its own years are, them drawn, and the last of them."""

    name: str
    code: str
    drawn: str
    last: tuple[tuple[str, str], ...]


def history(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: There is no such place in the year.
    """
    code = view.request.GET.get("of", COUNTRY)
    name, years = _place(view, code)
    county = next((each.code for each in view.counties if code.startswith(each.code)), "")
    return {
        "name": name,
        "code": code,
        "above": _above(view, code, county),
        "heads": _heads(view.language),
        "rows": [
            (str(each.year), [*zip(_heads(view.language), cells_of(each, view.language), strict=True)])
            for each in years
        ],
        "parts": [*_parts(view, code)],
        "last": str(view.year - 1),
        "day_of": view.day,
        "sources": [figure_line(each, view.language) for each in _sources(view)],
        **charts_of(chart_of_years(view, chart_at(view, "history", "years"), name, years, _sources(view))),
    }


def chart_of_years(view: View, place: ChartPlace, name: str, years: Years, notes: Sequence[SeriesNote]) -> Chart:
    """Return the years of a place as a drawing, whose figures stand in the page's own table.

    Args:
        view: The page, on which the table has the id `years`.
        place: Where its files are.
        name: Of the place.
        years: The oldest first.
        notes: Where the figures are from.
    """
    language = view.language
    title = f"{name}: {say('history_drawn', language)}"
    keys = [ChartKey(look, words) for look, words in zip(("b1", "b2", "b3"), _heads(language), strict=True)]
    rows = [[str(each.year), *(cell_of(getattr(each, measure), language) for measure in MEASURES)] for each in years]
    at_least = any(
        isinstance(getattr(each, measure), SumBefore) and not getattr(each, measure).is_total
        for each in years
        for measure in MEASURES
    )
    return Chart(
        place,
        title,
        (bar_chart(_groups(years, language), title, say("in_table", language)),),
        (_lead(name, years, language),),
        ChartTable([say("settlement_year", language), *_heads(language)], rows, at="years"),
        (say("history_sign", language),) if at_least else (),
        tuple(keys),
        notes=tuple(figure_line(each, language) for each in notes),
    )


def _place(view: View, code: str) -> tuple[str, Years]:
    """Return the name of a place, and its years."""
    places = history_of(view.year, view.day, view.at.figures, back=view.year - FIRST)
    if code in places:
        return next(place.display_name for place in municipalities(view.year) if place.code == code), places[code]
    if code == COUNTRY:
        return open_word("country", view.language), history_of_country(
            view.year, view.day, view.at.figures, back=view.year - FIRST
        )
    own = [place.code for place in municipalities(view.year) if place.county == code]
    if not own:
        raise Http404(code)
    return view.county(code).name, history_of_area(places, own)


def _above(view: View, code: str, county: str) -> list[tuple[str, str]]:
    """Return the areas that a place lies in, with their codes, the largest first."""
    above = [(COUNTRY, open_word("country", view.language))] if code != COUNTRY else []
    return [*above, (county, view.county(county).name)] if county and county != code else above


def _parts(view: View, code: str) -> list[PartRow]:
    """Return the parts of an area, by name: the counties of the country, the municipalities of a county."""
    if code == COUNTRY:
        parts = [(each.code, each.name) for each in view.counties]
    else:
        parts = [(place.code, place.display_name) for place in municipalities(view.year) if place.county == code]
    rows = []
    for part, name in sorted(parts, key=lambda each: formats.sort_key(each[1])):
        years = _place(view, part)[1]
        last = zip(_heads(view.language), cells_of(years[-1], view.language), strict=True)
        rows.append(PartRow(name, part, sparkline([*map(_as_drawn, years)], _label(name, view)), tuple(last)))
    return rows


def _as_drawn(each: YearBefore | AreaBefore) -> YearBefore:
    """Return a year as a line of small bars shows it: of a sum that is not whole what there is."""
    if isinstance(each, YearBefore):
        return each
    drawn = (drawn_value(getattr(each, measure)) for measure in MEASURES)
    return YearBefore(each.year, *(Figure(value, Status.MISSING if value is None else Status.OK) for value in drawn))


def drawn_value(value: Figure | SumBefore) -> int | None:
    """Return what is drawn of a figure or a sum; of one that is not whole what there is, and None of nothing."""
    if isinstance(value, Figure):
        return value.persons
    return value.total if _is_told(value) else None


def _is_told(value: SumBefore) -> bool:
    """Tell whether anything is told of a sum: of a municipality of it, or of the whole."""
    return bool(value.known) or value.published is not None


def words_of(value: Figure | SumBefore, language: str) -> str:
    """Return a figure in words; of a sum that is not whole that it is no fewer, and of how many nothing is told."""
    if isinstance(value, Figure):
        return figure(value, language)
    if not _is_told(value):
        return say("missing", language)
    if value.published is not None:
        return say("history_published", language, number=value.published, own=_sum_words(value, language))
    return _sum_words(value, language)


def _sum_words(value: SumBefore, language: str) -> str:
    """Return what the municipalities come to in words."""
    if not value.known:
        return say("missing", language)
    if value.is_whole and value.placeless:
        return say("history_placeless", language, number=value.persons, count=value.placeless)
    if value.is_whole:
        return formats.number(value.persons)
    lacking = [
        say(f"history_{name}", language, count=count)
        for name, count in (("hidden", value.hidden), ("unknown", value.missing))
        if count
    ]
    return say("history_at_least", language, number=value.persons, lacking=", ".join(lacking))


def _heads(language: str) -> list[str]:
    return [say(f"history_{measure}", language) for measure in MEASURES]


def cells_of(each: YearBefore | AreaBefore, language: str) -> list[str]:
    """Return what was asked for, decided and settled in a year, in words."""
    return [words_of(getattr(each, measure), language) for measure in MEASURES]


def _label(name: str, view: View) -> str:
    return f"{name}: {say('history_drawn', view.language)}"


def _groups(years: Years, language: str) -> list[BarGroup]:
    return [BarGroup(str(each.year), tuple(_bars(each, language))) for each in years]


def _bars(each: YearBefore | AreaBefore, language: str) -> list[Bar]:
    bars = []
    for place, measure in enumerate(MEASURES, 1):
        value = getattr(each, measure)
        title = f"{each.year}, {say(f'history_{measure}', language)}: {words_of(value, language)}"
        bars.append(Bar(f"b{place}", drawn_value(value), title, sign_of(value)))
    return bars


def sign_of(value: Figure | SumBefore) -> str:
    """Return what stands before a number that is drawn: that it is no fewer, where something is lacking in it."""
    return AT_LEAST if isinstance(value, SumBefore) and not value.is_total else ""


def _lead(name: str, years: Years, language: str) -> str:
    """Return in a sentence what the chart shows of the years that are told whole: the most, the fewest and the last."""
    known = [(number, each.year) for each in years if (number := whole_of(each.requested)) is not None]
    if not known:
        return say("history_lead_none", language, name=name)
    most, fewest, last = max(known), min(known), known[-1]
    facts = {"name": name, "number": last[0], "last_year": str(last[1])}
    if len(known) < len(years):
        return say("history_lead_last", language, **facts)
    facts |= {"most": most[0], "most_year": str(most[1]), "fewest": fewest[0], "fewest_year": str(fewest[1])}
    return say("history_lead", language, **facts)


def whole_of(value: Figure | SumBefore) -> int | None:
    """Return a number that is told in full; None when something of it is lacking."""
    if isinstance(value, Figure):
        return value.persons
    return value.total if value.is_total else None


def _sources(view: View) -> tuple[SeriesNote, ...]:
    return sources(view.year, view.day, view.at.figures, back=view.year - FIRST)


def cell_of(value: Figure | SumBefore, language: str) -> Cell:
    """Return a figure as a cell: a number where all is told, and else words."""
    whole = whole_of(value)
    return words_of(value, language) if whole is None else whole
