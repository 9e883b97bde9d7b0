"""Facts of letters that the shipped figures and criteria know: requests of a year, and the criteria they rested on."""

from datetime import date
from fractions import Fraction

from bosett.documents.letters.contents import Asked, AskedCounty, AskedRow
from bosett.documents.letters.names import alphabetical
from bosett.documents.letters.parts import ToldCriteria, criteria_told
from bosett.figures import SHIPPED, Layers, NoFigures, SourcesDisagree, national_total, series
from bosett.geography import counties, municipalities
from bosett.parameters import load_shipped, shipped

OFFICIAL = "no-{year}-official"
TAKEN_OVER = date(2020, 1, 1)
"""When the counties took over the regional work of integration (the directorate's letter of 19.05.2020)."""


def asked_in(year: int, figures: Layers = SHIPPED) -> Asked | None:
    """Return what every municipality was first asked for in a settlement year; None when that was not published."""
    try:
        requests = series("requested_first", year, figures=figures)
    except NoFigures:
        return None
    places = sorted(municipalities(year), key=lambda place: alphabetical(place.name))
    rows = tuple(
        AskedCounty(
            county.name,
            tuple(
                AskedRow(place.code, place.name, requests.figures[place.code])
                for place in places
                if place.county == county.code
            ),
        )
        for county in counties(year)
    )
    return Asked(year, rows, requests.publisher, requests.known_on)


def official_criteria(year: int) -> ToldCriteria | None:
    """Return the official criteria of a settlement year as far as they are known; None when none are shipped.

    Who adopted them and when is no part of the criteria files, and is not told.
    """
    name = OFFICIAL.format(year=year)
    return criteria_told(load_shipped(name)) if name in shipped() else None


def plan_of(year: int, figures: Layers = SHIPPED) -> int | None:
    """Return how many persons were planned for in a settlement year; None when that was not published as one number."""
    return _total("plan", year, figures)


def resettlement_percent_of(year: int, figures: Layers = SHIPPED) -> int | None:
    """Return about how many percent of the first requests were for resettlement refugees; None when not published."""
    whole = _total("requested_first", year, figures)
    part = _total("requested_first", year, figures, "resettlement")
    return None if part is None or not whole else round(Fraction(100 * part, whole))


def _total(measure: str, year: int, figures: Layers, group: str = "all") -> int | None:
    try:
        return national_total(measure, year, group, figures=figures).value
    except (NoFigures, SourcesDisagree):
        return None
