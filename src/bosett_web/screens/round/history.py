"""What the country, a county and a municipality were asked for, decided and settled through the years, also as files.

Figures are those that were published by the day, by the municipalities of the round's year.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.documents.open_data import open_word
from bosett.documents.words import figure_line
from bosett.figures.kinds import Figure, SeriesNote, Status
from bosett.geography import municipalities
from bosett.render.bars import Bar, BarGroup, bar_chart, chart_size, sparkline
from bosett.render.book import Cell
from bosett.render.chart_file import png_file, svg_file
from bosett.render.csv_table import csv_table
from bosett.render.tables import TableSheet, workbook_of
from bosett.rounds.history import (
    FIRST,
    MEASURES,
    AreaBefore,
    SumBefore,
    YearBefore,
    history_of_area,
    history_of_country,
    sources,
)
from bosett.rounds.history import history as history_of
from bosett_web.screens import formats
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.screen import View, look
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
        "lead": _lead(name, years, view.language),
        "chart": bar_chart(_groups(years, view.language), _label(name, view), say("in_table", view.language)),
        "measures": [*zip(("b1", "b2", "b3"), _heads(view.language), strict=True)],
        "rows": [
            (str(each.year), [*zip(_heads(view.language), _cells(each, view.language), strict=True)]) for each in years
        ],
        "parts": [*_parts(view, code)],
        "last": str(view.year - 1),
        "day_of": view.day,
        "sources": [figure_line(each, view.language) for each in _sources(view)],
        "files": [(kind, f"history_file_{kind}") for kind in KINDS],
    }


@require_safe
def history_file(request: PageRequest, year: int, kind: str) -> HttpResponse:
    """Return the years of a place as a drawing, a picture or a table.

    Raises:
        Http404: There is no such place or kind of file.
    """
    view = look(request, year)
    if kind not in KINDS:
        raise Http404(kind)
    media, make = KINDS[kind]
    code = request.GET.get("of", COUNTRY)
    name, years = _place(view, code)
    file = f"bosett-{year}-{say('history_of_file', view.language)}-{code}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=file)
    return HttpResponse(make(view, name, years), content_type=media, headers={"Content-Disposition": disposition or ""})


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
        last = zip(_heads(view.language), _cells(years[-1], view.language), strict=True)
        rows.append(PartRow(name, part, sparkline([*map(_as_drawn, years)], _label(name, view)), tuple(last)))
    return rows


def _as_drawn(each: YearBefore | AreaBefore) -> YearBefore:
    """Return a year as a line of small bars shows it: of a sum that is not whole what there is."""
    if isinstance(each, YearBefore):
        return each
    drawn = (_drawn(getattr(each, measure)) for measure in MEASURES)
    return YearBefore(each.year, *(Figure(value, Status.MISSING if value is None else Status.OK) for value in drawn))


def _drawn(value: Figure | SumBefore) -> int | None:
    if isinstance(value, Figure):
        return value.persons
    return value.persons if value.known else None


def _words(value: Figure | SumBefore, language: str) -> str:
    """Return a figure in words; of a sum that is not whole that it is no fewer, and of how many nothing is told."""
    if isinstance(value, Figure):
        return figure(value, language)
    if not value.known:
        return say("missing", language)
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


def _cells(each: YearBefore | AreaBefore, language: str) -> list[str]:
    return [_words(getattr(each, measure), language) for measure in MEASURES]


def _label(name: str, view: View) -> str:
    return f"{name}: {say('history_drawn', view.language)}"


def _groups(years: Years, language: str) -> list[BarGroup]:
    return [BarGroup(str(each.year), tuple(_bars(each, language))) for each in years]


def _bars(each: YearBefore | AreaBefore, language: str) -> list[Bar]:
    bars = []
    for place, measure in enumerate(MEASURES, 1):
        value = getattr(each, measure)
        title = f"{each.year}, {say(f'history_{measure}', language)}: {_words(value, language)}"
        partly = isinstance(value, SumBefore) and not value.is_whole
        bars.append(Bar(f"b{place}", _drawn(value), title, AT_LEAST if partly else ""))
    return bars


def _lead(name: str, years: Years, language: str) -> str:
    """Return in a sentence what the chart shows of the years that are told whole: the most, the fewest and the last."""
    known = [(number, each.year) for each in years if (number := _whole(each.requested)) is not None]
    if not known:
        return say("history_lead_none", language, name=name)
    most, fewest, last = max(known), min(known), known[-1]
    facts = {"name": name, "number": last[0], "last_year": str(last[1])}
    if len(known) < len(years):
        return say("history_lead_last", language, **facts)
    facts |= {"most": most[0], "most_year": str(most[1]), "fewest": fewest[0], "fewest_year": str(fewest[1])}
    return say("history_lead", language, **facts)


def _whole(value: Figure | SumBefore) -> int | None:
    """Return a number that is told in full; None when something of it is lacking."""
    return value.persons if isinstance(value, Figure) or value.is_whole else None


def _sources(view: View) -> tuple[SeriesNote, ...]:
    return sources(view.year, view.day, view.at.figures, back=view.year - FIRST)


def _svg(view: View, name: str, years: Years) -> str:
    groups = _groups(years, view.language)
    drawing = bar_chart(groups, _label(name, view), say("in_table", view.language))
    legend = tuple(zip(("b1", "b2", "b3"), _heads(view.language), strict=True))
    note = say("history_note", view.language, day=formats.day(view.day, view.language))
    return svg_file(drawing, chart_size(groups), _label(name, view), legend, note)


def _png(view: View, name: str, years: Years) -> bytes:
    return png_file(_svg(view, name, years))


def _sheet(view: View, name: str, years: Years) -> TableSheet:
    heads = [say("settlement_year", view.language), *_heads(view.language)]
    rows: list[Sequence[Cell]] = [
        [each.year, *(_cell(getattr(each, measure), view) for measure in MEASURES)] for each in years
    ]
    return name[:31], heads, rows, [figure_line(each, view.language) for each in _sources(view)]


def _cell(value: Figure | SumBefore, view: View) -> Cell:
    """Return a figure as a cell: a number where all is told, and else words."""
    whole = _whole(value)
    return _words(value, view.language) if whole is None else whole


def _csv(view: View, name: str, years: Years) -> bytes:
    _, heads, rows, _ = _sheet(view, name, years)
    return csv_table([heads, *rows])


def _xlsx(view: View, name: str, years: Years) -> bytes:
    return workbook_of([_sheet(view, name, years)])


KINDS: Mapping[str, tuple[str, Callable[[View, str, Years], str | bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
"""The files of a place's years: their kind, and how each is made."""
