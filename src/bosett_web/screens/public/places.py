"""All municipalities of a year in one table and on one map, and the pages of a county and of a municipality."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from bosett.documents.explanation import ITEM, OPEN
from bosett.figures.kinds import Status
from bosett.render.bars import Bar, BarGroup, bar_chart
from bosett.rounds.history import MEASURES
from bosett.rounds.open_round import OpenPlace, OpenSection, OpenYear
from bosett.rounds.release import COUNTRY
from bosett.stages.settlement.ledger import SettlementStep
from bosett_web.screens import formats
from bosett_web.screens.public.areas import PublicArea, area_map, county_rows, in_county, municipality_rows
from bosett_web.screens.public.documents import documents_about
from bosett_web.screens.public.numbers import Shown, figure, whole
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.public.year import month_chart, month_rows
from bosett_web.screens.words import say

ASKS = ("county", "sort")
SORTS: Mapping[str, Callable[[PublicArea], Any]] = {
    "name": lambda _: 0,  # as they come
    "people": lambda row: row.people.from_most,
    "asked": lambda row: row.asked.from_most,
    "decided": lambda row: row.decided.from_most,
    "settled": lambda row: row.settled.from_most,
}
"""What the table can be sorted by; by a number, the largest first."""
BESIDE = 3
"""Sections of an explanation that are told in full; the others are folded away."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year before, in words."""

    year: str
    cells: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True)
class LikePlace:
    """A municipality like another, or that itself."""

    name: str
    address: str
    people: Shown
    asked: Shown
    decided: Shown
    own: bool


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A section of an explained number: paragraphs, the items of its list, and those to fold away."""

    heading: str
    before: tuple[str, ...]
    items: tuple[str, ...]
    after: tuple[str, ...]
    rest: tuple[str, ...]
    folds: str


def places(view: PublicView) -> Mapping[str, Any]:
    """Build the page of the table and the map; a county that there is not is all."""
    county = view.query.get("county", "")
    county = county if county in {row.code for row in county_rows(view)} else ""
    sort = view.query.get("sort", "name")
    sort = sort if sort in SORTS else "name"
    own = in_county(view, county) if county else view.release.municipalities
    board, legend = area_map(view, own, say("public_map", view.language))
    return {
        "rows": sorted(municipality_rows(view, county), key=SORTS[sort]),
        "county": county,
        "counties": [(row.code, row.name) for row in county_rows(view)],
        "sort": sort,
        "sorts": [(code, f"public_sort_{code}", _link(view, county, code)) for code in SORTS],
        "map": board,
        "legend": legend,
        "people_from": view.round.people_from.get(view.language, ""),
        "counted_on": view.release.counts.day if view.release.counts else None,
    }


def county(view: PublicView, code: str) -> Mapping[str, Any]:
    """Build the page of a county.

    Raises:
        Http404: There is no such county in the year.
    """
    row = next((each for each in county_rows(view) if each.code == code), None)
    if row is None:
        raise Http404(code)
    board, legend = area_map(view, in_county(view, code), say("public_map", view.language))
    hidden = [
        each
        for each in (view.release.counts.parts_not_shown if view.release.counts else ())
        if each.place in (code, COUNTRY)
    ]
    return {
        "row": row,
        "rows": municipality_rows(view, code),
        "map": board,
        "legend": legend,
        "documents": documents_about(view, code),
        "months": month_rows(view, code),
        "month_chart": month_chart(view, code),
        "month_heads": [f"ledger_step_{step}" for step in SettlementStep],
        "not_shown": [
            (say(f"ledger_step_{each.step}", view.language).lower(), formats.day(each.since, view.language))
            for each in hidden
        ],
        "counted_on": view.release.counts.day if view.release.counts else None,
        "lies_in": "places",
    }


def municipality(view: PublicView, code: str) -> Mapping[str, Any]:
    """Build the page of a municipality.

    Raises:
        Http404: There is no such municipality in the year.
    """
    own = view.municipalities.get(code)
    if own is None:
        raise Http404(code)
    row = next(each for each in municipality_rows(view, view.places[code].part_of or "") if each.code == code)
    return {
        "row": row,
        "told": own,
        "place_county": view.places[view.places[code].part_of or ""],
        "county_address": reverse("public_county", args=[view.language, view.year, view.places[code].part_of]),
        "lead": _lead(view, own, row),
        "versions": [
            (each.version, whole(each.persons, view.language), formats.day(each.on, view.language))
            for each in view.release.requests
            if each.municipality == code
        ],
        "way": [(f"public_way_{each.step}", whole(each.persons, view.language)) for each in own.way],
        "documents": documents_about(view, code),
        "sections": [_in_parts(each) for each in view.release.explained.get(code, {}).get(view.language, ())],
        "past": [_year_row(each, view.language) for each in own.before],
        "past_chart": _chart(own.before, row.name, view.language) if _any(own.before) else "",
        "measures": [(f"b{place}", say(f"history_{name}", view.language)) for place, name in enumerate(MEASURES, 1)],
        "sources": view.round.sources.get(view.language, ()),
        "like": _like(view, own),
        "region": _in_region(view, own),
        "people_from": view.round.people_from.get(view.language, ""),
        "months": month_rows(view, code),
        "month_heads": [f"ledger_step_{step}" for step in SettlementStep],
        "lies_in": "places",
    }


def _link(view: PublicView, county: str, sort: str) -> str:
    asked = {name: value for name, value in (("county", county), ("sort", sort)) if value}
    return f"{reverse('public_places', args=[view.language, view.year])}?{urlencode(asked)}"


def _lead(view: PublicView, own: OpenPlace, row: PublicArea) -> str:
    """Return in a sentence what a municipality is asked for, and what it has answered."""
    language, name, year = view.language, row.name, view.year
    if own.asked.status is Status.NOT_ASKED:
        return say("public_place_not_asked", language, name=name, year=year)
    if own.asked.persons is None:
        return say("public_place_unknown", language, name=name, year=year)
    asked = say("public_place_asked", language, name=name, year=year, number=own.asked.persons)
    if own.decided.status is Status.MISSING:
        return f"{asked} {say('public_place_no_answer', language)}"
    if own.decided.persons is None:
        return f"{asked} {say('public_place_hidden_answer', language)}"
    if not own.decided.persons:
        return f"{asked} {say('public_place_no', language)}"
    return f"{asked} {say('public_place_decided', language, number=own.decided.persons)}"


def _in_parts(section: OpenSection) -> ToldSection:
    """Return a section with its list apart from the paragraphs around it; a long list in two, none left out."""
    at = [place for place, line in enumerate(section.lines) if line.startswith(ITEM)]
    if not at:
        return ToldSection(section.heading, section.lines, (), (), (), "")
    first, last = at[0], at[-1] + 1
    items = tuple(line.removeprefix(ITEM) for line in section.lines[first:last])
    shown = OPEN if section.folds else len(items)
    return ToldSection(
        section.heading, section.lines[:first], items[:shown], section.lines[last:], items[shown:], section.folds
    )


def _year_row(each: OpenYear, language: str) -> YearRow:
    cells = tuple((f"history_{name}", figure(getattr(each, name), language)) for name in MEASURES)
    return YearRow(str(each.year), cells)


def _any(before: Sequence[OpenYear]) -> bool:
    return any(getattr(each, name).persons is not None for each in before for name in MEASURES)


def _chart(before: Sequence[OpenYear], name: str, language: str) -> str:
    groups = [
        BarGroup(
            str(each.year),
            tuple(
                Bar(
                    f"b{place}",
                    getattr(each, measure).persons,
                    f"{each.year}, {say(f'history_{measure}', language)}:"
                    f" {figure(getattr(each, measure), language).words}",
                )
                for place, measure in enumerate(MEASURES, 1)
            ),
        )
        for each in before
    ]
    return bar_chart(groups, f"{name}: {say('history_drawn', language)}", say("in_table", language))


def _in_region(view: PublicView, own: OpenPlace) -> list[PublicArea]:
    """Return the other municipalities of the same labour market region, by name; none when it is not known."""
    inside = {each.code for each in view.release.municipalities if own.region and each.region == own.region} - {
        own.code
    }
    return [row for row in municipality_rows(view) if row.code in inside] if inside else []


def _like(view: PublicView, own: OpenPlace) -> list[LikePlace]:
    """Return the municipalities most like one, itself among them, by population."""
    rows = {each.code: each for each in municipality_rows(view)}
    like = [
        LikePlace(
            rows[code].name,
            rows[code].address,
            rows[code].people,
            rows[code].asked,
            rows[code].decided,
            code == own.code,
        )
        for code in (own.code, *own.like)
        if own.like
    ]
    return sorted(like, key=lambda each: each.people.from_most)
