"""The counties and municipalities of a year as rows of a table, and as a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse

from bosett.documents.open_data import place_name
from bosett.figures.kinds import Status
from bosett.geography import NotToldOfPlace, UnknownMunicipality
from bosett.render.tile_board import Spot, tile_board
from bosett.render.tile_map import breaks, class_of, legend
from bosett.rounds.open_round import OpenPlace
from bosett.rounds.release import COUNTRY
from bosett.stages.settlement.ledger import SettlementStep
from bosett_web.screens import formats
from bosett_web.screens.public.numbers import Shown, count, figure, total, whole
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.words import say

BETWEEN_NAMES = " \u2013 "
"""Stands between the official names of one place."""


@dataclass(frozen=True, slots=True)
class PublicArea:
    """A county or a municipality in a table; `county` is empty for a county."""

    code: str
    name: str
    address: str
    county: str
    county_name: str
    people: Shown
    target: Shown
    asked: Shown
    decided: Shown
    settled: Shown


def county_rows(view: PublicView) -> list[PublicArea]:
    """Return the counties of the year, by name."""
    targets = view.round.targets[-1].counties if view.round.targets else {}
    rows = []
    for place in view.release.places:
        if place.part_of != COUNTRY:
            continue
        inside = in_county(view, place.code)
        rows.append(
            PublicArea(
                code=place.code,
                name=place.name,
                address=address_of(view, place.code),
                county="",
                county_name="",
                people=whole(_known_sum(each.people for each in inside), view.language),
                target=whole(targets.get(place.code), view.language),
                asked=total((each.asked for each in inside), view.language),
                decided=total((each.decided for each in inside), view.language),
                settled=count(view, place.code, SettlementStep.SETTLED),
            )
        )
    return sorted(rows, key=lambda row: formats.sort_key(row.name))


def municipality_rows(view: PublicView, county: str = "") -> list[PublicArea]:
    """Return the municipalities of the year, or of a county, by name."""
    rows = [
        PublicArea(
            code=each.code,
            name=name_of(view, each.code),
            address=address_of(view, each.code),
            county=part_of,
            county_name=view.places[part_of].name,
            people=whole(each.people, view.language),
            target=whole(None, view.language),
            asked=figure(each.asked, view.language),
            decided=_decided(view, each),
            settled=count(view, each.code, SettlementStep.SETTLED),
        )
        for each in view.release.municipalities
        for part_of in (view.places[each.code].part_of or "",)
        if county in ("", part_of)
    ]
    return sorted(rows, key=lambda row: formats.sort_key(view.places[row.code].name))


def _decided(view: PublicView, each: OpenPlace) -> Shown:
    """Return what a municipality has decided; one that has not is not told as unknown."""
    if each.decided.status is not Status.MISSING or view.round.is_former:
        return figure(each.decided, view.language)
    if each.asked.persons:
        return Shown(say("public_not_answered", view.language), None)
    return figure(each.asked, view.language)


def in_county(view: PublicView, code: str) -> list[OpenPlace]:
    """Return what is told of the municipalities of a county."""
    return [each for each in view.release.municipalities if view.places[each.code].part_of == code]


def address_of(view: PublicView, code: str) -> str:
    """Return where a county or municipality is read."""
    name = "public_county" if view.places[code].part_of == COUNTRY else "public_municipality"
    return reverse(name, args=[view.language, view.year, code])


def name_of(view: PublicView, code: str) -> str:
    """Return what a place is called: one with several official names by all of them."""
    shown = view.municipalities.get(code)
    if shown is None or len(shown.names) < 2:
        return place_name(view.places[code], view.language)
    return BETWEEN_NAMES.join(name.text for name in shown.names)


def area_map(view: PublicView, shown: Sequence[OpenPlace], label: str) -> tuple[str, str]:
    """Return a map of requests per 1000 inhabitants and what its colours mean; both empty where there is none."""
    if all(each.asked.status is Status.MISSING for each in shown):
        return "", ""
    rates = {
        each.code: Fraction(1000 * each.asked.persons, each.people)
        for each in shown
        if each.asked.persons and each.people
    }
    bars = breaks([*rates.values()])
    spots = [_spot(view, each, bars, rates.get(each.code)) for each in shown]
    looks = {spot.look for spot in spots}
    others = {
        look: say(code, view.language)
        for look, code in (("t0", "not_asked"), ("tx", "public_unknown"))
        if look in looks
    }
    try:
        return tile_board(spots, view.year, label), legend(bars, others, view.language) if rates else ""
    except (NotToldOfPlace, UnknownMunicipality):
        return "", ""


def _spot(view: PublicView, each: OpenPlace, bars: list[Fraction], rate: Fraction | None) -> Spot:
    asked = figure(each.asked, view.language)
    look = f"t{class_of(rate, bars)}" if rate is not None else "t0" if each.asked.status is Status.NOT_ASKED else "tx"
    name = name_of(view, each.code)
    words = f"{name}: {say('public_asked', view.language).lower()} {asked.words}"
    if each.decided.persons is not None:
        words += f", {say('public_decided', view.language).lower()} {formats.number(each.decided.persons)}"
    number = str(each.asked.persons) if each.asked.persons else ""
    return Spot(each.code, view.places[each.code].part_of or "", look, number, words, address_of(view, each.code))


def _known_sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
