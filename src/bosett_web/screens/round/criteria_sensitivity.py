"""How far the numbers of a choice hang on its weights and on the forecast: one thing at a time is moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.documents.criteria import open_criterion
from bosett.documents.words import percent
from bosett.geography import municipalities
from bosett.render.chart_file import ChartKey
from bosett.render.tornado import TornadoBar, TornadoRow, span, tornado
from bosett.rounds.sensitivity import STEP, AskedIn, Forecasted, MovedWay, Sensitivity, Variation
from bosett_web.queries.round.what_if import sensitive
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartTable, chart_at, charts_of
from bosett_web.screens.round.criteria_choice import Trying, address_of, trying
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

PER_CENT, THOUSAND = 100, 1000
MOST_LISTED = 20
"""Municipalities that move most and are listed."""


@dataclass(frozen=True, slots=True)
class VariationRow:
    """What comes of one thing moved: what it is in words, and its figures; None when it does not work out."""

    words: str
    changed: int | None
    most: int | None
    asked: int | None


@dataclass(frozen=True, slots=True)
class MovingRow:
    """A municipality whose number moves.

    Attributes:
        name: Its name.
        county: Its county's.
        number: What it is asked for as it is.
        by_weights: Between what it lies when weights are moved.
        in_all: The same of all that is moved.
        times: In how many of all the ways it is asked, such as `3 av 9`.
        drawing: How far the weights move it.
    """

    name: str
    county: str
    number: int
    by_weights: str
    in_all: str
    times: str
    drawing: str


def criteria_sensitivity(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who takes no part in the round.
    """
    tried = trying(view)
    if tried is None:
        return {"lacking": True}
    page = {"back": address_of(view, "criteria_try", tried), "total": tried.total}
    if tried.choice.whole != 1:
        return page | {"off": percent(tried.choice.whole, view.language, 0)}
    newest = view.at.current_forecast
    forecast = Forecasted(newest.low, newest.middle, newest.high) if newest else None
    moved = sensitive(tried.name, view.day, view.at.figures, tried.choice, tried.total, forecast)
    if moved is None:
        return page | {"impossible": True}
    places = _placed(view, moved)
    rim = [row for code, row in places.items() if moved.spans[code].asked_in is AskedIn.SOME]
    moving = sorted(places, key=lambda code: -_width(moved, code))[:MOST_LISTED]
    known = [(each.changed, each.most, each) for each in moved.variations if each.changed and each.most]
    changed, most, widest = max(known, key=lambda row: row[:2], default=(None, None, None))
    return page | {
        "step": int(PER_CENT * STEP),
        "weights": [*_weights(view, tried)],
        "least": tried.choice.least,
        "has_forecast": forecast is not None,
        "variations": [
            VariationRow(_words(view, tried, each), each.changed, each.most, each.asked) for each in moved.variations
        ],
        **charts_of(_chart(view, tried, moved, _words(view, tried, widest) if widest else None, changed, most)),
        "all": len(moved.spans),
        "core": len(moved.core),
        "core_asked": [places[code].name for code in moved.core if moved.numbers[code]],
        "asked_in": {each.value: sum(row.asked_in is each for row in moved.spans.values()) for each in AskedIn},
        "rim": rim,
        "moving": [places[code] for code in moving if _width(moved, code)],
    }


def _weights(view: View, tried: Trying) -> Iterator[tuple[str, str]]:
    """Yield the weights that are tried: what each is of, in words, and how much it weighs."""
    wordings = {each.code: open_criterion(each).wording for each in tried.file.criteria}
    for code, weight in tried.choice.weights:
        yield wordings[code].get(view.language) or wordings[code]["nb"], _part(weight, view)


def _placed(view: View, moved: Sensitivity) -> Mapping[str, MovingRow]:
    """Return the municipalities as the page shows them, in the order of their names."""
    counties = {county.code: county.name for county in view.counties}
    numbers = [moved.numbers, *(each.numbers for each in moved.variations if each.numbers is not None)]
    parts = {code: _parts(moved, code) for code in moved.spans}
    most = max((max(-low, high) for low, high in parts.values()), default=0)
    places = (place for place in municipalities(view.year) if place.code in moved.spans)
    rows = {}
    for place in sorted(places, key=lambda place: formats.sort_key(place.display_name)):
        code, number, spans = place.code, moved.numbers[place.code], moved.spans[place.code]
        asked = sum(each[code] > 0 for each in numbers)
        rows[code] = MovingRow(
            name=place.display_name,
            county=counties[place.county],
            number=number,
            by_weights=_between(*spans.by_weights),
            in_all=_between(*spans.in_all),
            times=say("sensitivity_times", view.language, count=asked, all=len(numbers)),
            drawing=span(*parts[code], most),
        )
    return rows


def _width(moved: Sensitivity, code: str) -> int:
    low, high = moved.spans[code].by_weights
    return high - low


def _parts(moved: Sensitivity, code: str) -> tuple[int, int]:
    """Return how far the weights move a number down and up, in thousandths of it; from nobody, all of it."""
    number, (low, high) = moved.numbers[code], moved.spans[code].by_weights
    whole = number or high or 1
    return THOUSAND * (low - number) // whole, THOUSAND * (high - number) // whole


def _between(low: int, high: int) -> str:
    return formats.number(low) if low == high else f"{formats.number(low)}–{formats.number(high)}"


def _words(view: View, tried: Trying, each: Variation) -> str:
    """Return what is moved, in words."""
    if not each.criterion:
        return say(f"sensitivity_{each.way}", view.language, number=each.total)
    place = [code for code, _ in tried.choice.weights].index(each.criterion) + 1
    now, was = (_part(dict(choice.weights)[each.criterion], view) for choice in (each.choice, tried.choice))
    return say(f"sensitivity_{each.way}", view.language, place=place, now=now, was=was)


def _part(weight: Fraction, view: View) -> str:
    return percent(weight, view.language, 0 if (PER_CENT * weight).denominator == 1 else 1)


def _chart(
    view: View, tried: Trying, moved: Sensitivity, widest: str | None, changed: int | None, most: int | None
) -> Chart | None:
    """Return what comes of moving one thing at a time, whose figures stand in the page's own table; None of nothing."""
    if not moved.variations:
        return None
    language, title = view.language, say("sensitivity_drawing", view.language)
    drawing = tornado([*_rows(view, tried, moved.variations)], title, say("sensitivity_drawing_help", language))
    says = say("sensitivity_still", language)
    if widest is not None:
        says = say("sensitivity_widest", language, what=widest, changed=changed, most=most)
    heads = ("sensitivity_what", "sensitivity_changed", "sensitivity_most", "criteria_row_asked")
    rows = [[_words(view, tried, each), each.changed, each.most, each.asked] for each in moved.variations]
    keys = (
        ChartKey("down", say("sensitivity_left", language)),
        ChartKey("up", say("sensitivity_right", language)),
    )
    table = ChartTable([say(head, language) for head in heads], rows, at="moves")
    return Chart(chart_at(view, "criteria_sensitivity", "moves"), title, (drawing,), (says,), table, keys=keys)


def _rows(view: View, tried: Trying, variations: Sequence[Variation]) -> Iterator[TornadoRow]:
    """Yield what is moved with what comes of it to both sides; the middle of the forecast stands in the table alone."""
    by_way: dict[str, dict[MovedWay, TornadoBar]] = {}
    for each in variations:
        bar = TornadoBar(each.changed, f"{_words(view, tried, each)}: {each.changed}")
        by_way.setdefault(each.criterion, {})[each.way] = bar
    for place, (code, weight) in enumerate(tried.choice.weights, 1):
        if bars := by_way.get(code):
            name = say("sensitivity_weight", view.language, place=place, weight=_part(weight, view))
            yield TornadoRow(name, bars.get(MovedWay.DOWN), bars.get(MovedWay.UP))
    if bars := by_way.get(""):
        yield TornadoRow(say("sensitivity_forecast", view.language), bars.get(MovedWay.LOW), bars.get(MovedWay.HIGH))
