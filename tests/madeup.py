"""Figures that are made up, and say so: nobody was ever asked for these numbers."""

from collections.abc import Mapping
from datetime import date

from bosett.basis.structures import Structure
from bosett.figures import AcceptedVersion, Figure, FigureVersion, Layers, Level, Status, codes_of
from bosett.figures.catalogue import column_of
from bosett.geography import municipalities

MADE_UP = "made up for a test"
BY = "Test"


def version(
    indicator: str,
    figures: Mapping[str, Mapping[str, Figure]],
    *,
    structure: Structure = Structure.Y2024,
    known_on: date = date(2026, 3, 1),
    raw_sha256: str = "0" * 64,
) -> FigureVersion:
    """Return a version of made-up figures."""
    return FigureVersion(
        indicator=indicator,
        structure=structure,
        publisher=MADE_UP,
        dataset=MADE_UP,
        source=MADE_UP,
        published_on=None,
        known_on=known_on,
        fetched_on=max(known_on, date(2026, 11, 29)),
        raw_sha256=raw_sha256,
        figures=figures,
    )


def persons(numbers: Mapping[str, int]) -> dict[str, Figure]:
    return {code: Figure(number, Status.OK) for code, number in numbers.items()}


def everywhere(indicator: str, time: str, structure: Structure = Structure.Y2024, add: int = 0) -> FigureVersion:
    """Return made-up whole numbers for every code of a structure: 10 and more, rising by code."""
    codes = sorted(codes_of(structure, column_of(indicator).level))
    return version(
        indicator,
        {time: persons({code: 10 + add + place % 37 for place, code in enumerate(codes)})},
        structure=structure,
    )


def requests_of_2026() -> FigureVersion:
    """Return made-up requests of 2026 for all 357 municipalities: a number each, and none for every fifth.

    They add up to the 13 000 that were published for the whole country: what the others lack, Oslo has.
    """
    numbers = {
        place.code: Figure(None, Status.NOT_ASKED) if order % 5 == 4 else Figure(10 + order % 23, Status.OK)
        for order, place in enumerate(municipalities(2026))
    }
    others = sum(figure.persons or 0 for code, figure in numbers.items() if code != "0301")
    numbers["0301"] = Figure(13_000 - others, Status.OK)
    return version("requested", {"2026": numbers}, known_on=date(2026, 1, 15))


def unemployed_of_february_2026() -> FigureVersion:
    """Return made-up unemployment by county in February 2026: a thousand and the county's own code each."""
    numbers = {code: 1000 + int(code) for code in sorted(codes_of(Structure.Y2024, Level.COUNTY))}
    numbers["00"] = sum(numbers.values())
    return version("unemployed", {"2026-02": persons(numbers)}, known_on=date(2026, 3, 10))


def total_of_2027(number: int = 9000) -> FigureVersion:
    """Return a made-up first request of the whole country for 2027."""
    return version("national_requested_first", {"2027": persons({"00": number})}, known_on=date(2026, 10, 15))


def accepted(*versions: FigureVersion, on: date = date(2026, 11, 29)) -> tuple[AcceptedVersion, ...]:
    """Return the versions as accepted, in the order given."""
    return tuple(AcceptedVersion(each, number, on, BY) for number, each in enumerate(versions, start=1))


def layers(*versions: FigureVersion) -> Layers:
    """Return layers with the versions above what is shipped."""
    return Layers(accepted(*versions))


def is_country(indicator: str) -> bool:
    return column_of(indicator).level is Level.COUNTRY
