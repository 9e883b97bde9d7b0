"""Rounds from before the workspace: what published figures tell of them, and which can be read in."""

from collections.abc import Iterator, Mapping
from datetime import date

from bosett.figures import Layers, NoFigures, Series, series
from bosett.figures.kinds import Figure, Status
from bosett.geography import municipalities
from bosett.parameters import shipped
from bosett_web.queries.layers import layers_now
from bosett_web.queries.standing import years
from bosett_web.queries.standing_rows import Standing

FIRST_YEAR = 2018
"""The first year of which the first requests were published by municipality."""
REQUESTS: Mapping[int, str] = {1: "requested_first", 2: "requested"}
"""What tells of the versions of the requests: the first, and that which stood last.

Whom the first did not ask, or of whom it is not known, has version 2 alone: nobody is told that a later request was the
first.
"""


def years_to_read_in(day: date) -> tuple[int, ...]:
    """Return the settlement years up to a day's own, oldest first, of which requests are known and no round is here."""
    there, figures = set(years()), layers_now()
    return tuple(
        year
        for year in range(FIRST_YEAR, day.year + 1)
        if year not in there and any(each for each in requests_published(year, day, figures).values())
    )


def requests_published(year: int, day: date, figures: Layers) -> Mapping[int, Mapping[str, int]]:
    """Return the persons asked for by version of the request and municipality, as known on a day.

    A later version stands only where its number is another than that of the version before.
    """
    by_version: dict[int, Mapping[str, int]] = {}
    before: Mapping[str, int] = {}
    for version, requests in _known(year, day, figures):
        persons = {code: figure.persons for code, figure in requests.figures.items() if figure.persons is not None}
        by_version[version] = {code: number for code, number in persons.items() if before.get(code) != number}
        before = persons
    return by_version


def days_published(year: int, day: date, figures: Layers) -> Mapping[int, date]:
    """Return the day from which the requests of each version were known."""
    return {version: requests.known_on for version, requests in _known(year, day, figures)}


def decisions_published(year: int, day: date, figures: Layers) -> Series | None:
    """Return the published decisions of a year; None while none is known."""
    return _series("decided", year, day, figures)


def criteria_known(year: int) -> str | None:
    """Return the file of the criteria that the ministry adopted for a year; None when they are not known."""
    name = f"no-{year}-official"
    return name if name in shipped() else None


def published(year: int, code: str, day: date, figures: Layers) -> Figure:
    """Return what a municipality was first asked for, or else asked for, as published by a day."""
    return _by_code(year, day, figures).get(code, Figure(None, Status.MISSING))


def untold(at: Standing, day: date) -> frozenset[str]:
    """Return the municipalities of which it is not known whether they were asked: in a former round alone.

    In a round that was taken through here, whoever has no request is not asked.
    """
    if not at.is_former:
        return frozenset()
    known = _by_code(at.year, day, at.figures)
    return frozenset(place.code for place in municipalities(at.year) if place.code not in known)


def _by_code(year: int, day: date, figures: Layers) -> Mapping[str, Figure]:
    """Return the first request that is not missing, by municipality; the first series stands before the later."""
    known: dict[str, Figure] = {}
    for _, requests in _known(year, day, figures):
        for code, figure in requests.figures.items():
            if figure.status is not Status.MISSING:
                known.setdefault(code, figure)
    return known


def _known(year: int, day: date, figures: Layers) -> Iterator[tuple[int, Series]]:
    for version, name in REQUESTS.items():
        if (requests := _series(name, year, day, figures)) is not None:
            yield version, requests


def _series(name: str, year: int, day: date, figures: Layers) -> Series | None:
    try:
        known = series(name, year, day=day, figures=figures)
    except NoFigures:
        return None
    return known if known.known_on <= day else None
