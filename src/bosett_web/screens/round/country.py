"""The country's desk: how far every county has come, what is left to the target, equal treatment, KS, and the moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404
from django.urls import reverse

from bosett.geography import municipalities
from bosett.render.bars import deviation
from bosett.render.tile_board import Spot
from bosett.render.tile_map import breaks, class_of
from bosett.rounds.equal import CountyRate, Outlier
from bosett.rounds.population import inhabitants
from bosett.rounds.states import RecommendationState
from bosett_web.queries.comments import comments_for
from bosett_web.queries.former import untold
from bosett_web.queries.lines import Line
from bosett_web.queries.round.country import (
    Equal,
    Progress,
    added,
    equal_treatment,
    progress,
    standing_number,
)
from bosett_web.queries.sight import lines_for
from bosett_web.queries.situations import round_situation
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons
from bosett_web.screens.capacity_in_words import rooms
from bosett_web.screens.charts import Chart, chart_at, charts_of
from bosett_web.screens.consultation import HERE, consultation, reads, reasons_of
from bosett_web.screens.maps import NumberOnMap, NumbersDrawn, maps, numbers_chart, source_words
from bosett_web.screens.round.overview import waits_on
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

WHOLE_BAR = Fraction(1, 20)
"""What fills a bar at least: whole persons alone set small counties a little apart, and that is no unlike treatment."""
SECTIONS = ("progress", "map", "equal", "outliers", "ks", "next")


@dataclass(frozen=True, slots=True)
class RateRow:
    """A county's people beside its claim, as written and as a bar."""

    name: str
    people: int
    even: str
    apart: str
    against: str
    bar: str


@dataclass(frozen=True, slots=True)
class FarRow:
    """A municipality whose number is far from another figure, and what has been said of it."""

    line: Line
    number: int
    against: str
    change: str
    reasons: tuple[tuple[str, str], ...]


def country(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader is neither the directorate, nor KS with the numbers laid before it.
    """
    if not reads(view):
        raise Http404
    rows = lines_for(view.whole, view.request.who, view.moment)
    by_county = sorted(progress(view.whole, view.at, rows), key=lambda each: formats.sort_key(each.county.name))
    moves = buttons(view.request, round_situation(view.whole), "round.submit round.return round.freeze", **HERE)
    fill, room = _fill(view, by_county), _capacity(view)
    return {
        "sections": SECTIONS if moves or fill else SECTIONS[:-1],
        "progress": [(each, waits_on(each.step, view.language), room.get(each.county.code)) for each in by_county],
        "sums": _sums(view, by_county),
        **charts_of(_chart(view, rows)),
        **_equal(equal_treatment(view.at, rows), rows, view),
        **consultation(view),
        "said": _comments(view),
        "fill": fill,
        "buttons": moves,
        "subject": f"round:{view.year}",
    }


def _capacity(view: View) -> Mapping[str, int]:
    """Return how many persons the municipalities of each county have said that they can take, at least."""
    ahead, by = rooms(view), dict[str, int]()
    for place in municipalities(view.year):
        room = ahead.get(place.code)
        if room is not None and room.persons is not None:
            by[place.county] = by.get(place.county, 0) + room.persons
    return by


def _sums(view: View, by_county: Sequence[Progress]) -> Mapping[str, Any]:
    """Return the sums over the country, and how much is left."""
    targets = view.at.current_targets
    places = len(municipalities(view.year))
    return {
        "target": targets.national.number if targets else None,
        **{name: added([getattr(each, name) for each in by_county]) for name in ("proposed", "recommended", "outcome")},
        "final": added([each.final for each in by_county]),
        "departures": added([each.departures for each in by_county]),
        "places": places,
        "with_number": places - sum(each.left for each in by_county),
        "counties": len(by_county),
        "final_counties": sum(each.step.state == RecommendationState.FINAL for each in by_county),
    }


def _chart(view: View, rows: Sequence[Line]) -> Chart | None:
    """Return the map of the numbers as they stand, per 1000 inhabitants; None for a year that has no map."""
    people = inhabitants(view.year, view.day, view.at.figures)
    unknown = untold(view.at, view.day)
    numbers = {line.code: standing_number(line, frozen=view.at.is_frozen and line.code not in unknown) for line in rows}
    rates = {
        code: Fraction(1000 * number, people.people[code])
        for code, number in numbers.items()
        if number and people.people.get(code)
    }
    bars = breaks(list(rates.values()))
    counties = {county.code: county.name for county in view.counties}
    spots = []
    for line in rows:
        number, rate = numbers[line.code], rates.get(line.code)
        look = "t0" if number == 0 else "tx" if rate is None else f"t{class_of(rate, bars)}"
        title = f"{line.name}, {counties[line.county]}: {_told(number, rate, view.language)}"
        link = reverse("county_numbers", args=[view.year, line.county])
        spots.append(Spot(line.code, line.county, look, str(number) if number else "", title, link))
    title = say("country_map", view.language)
    drawings = maps(spots, view.year, title, view.language)
    if not drawings:
        return None
    placed = [NumberOnMap(line.name, counties[line.county], numbers[line.code], rates.get(line.code)) for line in rows]
    note = (source_words(people.note, view.language),) if people.note else ()
    place = chart_at(view, "country", "map")
    drawn = NumbersDrawn(title, drawings, spots, bars, "missing")
    return numbers_chart(place, drawn, placed, view.language, note)


def _told(number: int | None, rate: Fraction | None, language: str) -> str:
    if number is None:
        return say("missing", language)
    if not number:
        return say("not_asked", language)
    per = say("per_thousand", language, rate=formats.decimal(rate)) if rate is not None else ""
    return f"{formats.number(number)} {per}".strip()


def _equal(equal: Equal | None, rows: Sequence[Line], view: View) -> Mapping[str, Any]:
    """Return equal treatment as the page shows it."""
    if equal is None:
        return {"equal": None}
    names = {county.code: county.name for county in view.counties}
    lines = {line.code: line for line in rows}
    most = max(WHOLE_BAR, *(abs(each.against - 1) for each in equal.rates))
    rates = [_rate_row(each, names[each.county], most) for each in equal.rates]
    return {
        "equal": equal,
        "whole_bar": formats.decimal(100 * most),
        "rates": sorted(rates, key=lambda each: formats.sort_key(each.name)),
        "places_by_code": {line.code: line.name for line in rows},
        "far": [
            ("from_proposal", [_far_row(each, lines[each.code], view.language) for each in equal.from_proposal]),
            ("from_last_year", [_far_row(each, lines[each.code], view.language) for each in equal.from_last_year]),
        ],
    }


def _rate_row(rate: CountyRate, name: str, most: Fraction) -> RateRow:
    return RateRow(
        name=name,
        people=rate.people,
        even=formats.decimal(rate.even),
        apart=formats.signed(rate.apart),
        against=formats.decimal(100 * rate.against),
        bar=deviation(rate.against - 1, most),
    )


def _far_row(far: Outlier, line: Line, language: str) -> FarRow:
    whole = far.against.denominator == 1
    return FarRow(
        line=line,
        number=far.number,
        against=formats.number(int(far.against)) if whole else formats.decimal(far.against),
        change=formats.signed(far.change),
        reasons=reasons_of(line, language),
    )


def _comments(view: View) -> list[tuple[str, Any]]:
    """Return what KS has said, each with what it is said of."""
    names = {county.code: county.name for county in view.counties}
    comments = comments_for(view.whole, view.request.who, view.moment)
    return [(each.name or names.get(each.county) or say("whole_round", view.language), each) for each in comments]


def _fill(view: View, by_county: Sequence[Progress]) -> Button | None:
    """Return the button that fills final counties which lack final numbers; None when none does."""
    if not any(each.step.state == RecommendationState.FINAL and each.left for each in by_county):
        return None
    edit = buttons(view.request, round_situation(view.whole), "round.set_number")
    return edit[0] if edit and not edit[0].why_not else None
