"""Municipalities like one: of its centrality class, the nearest in population."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bosett.geography import Municipality, NotToldOfPlace, centrality, municipalities


@dataclass(frozen=True, slots=True)
class Alike:
    """A municipality that is like another, and how many live in it."""

    place: Municipality
    people: int


def alike(code: str, year: int, people: Mapping[str, int], most: int = 6) -> tuple[Alike, ...]:
    """Return the municipalities of the same centrality class that are nearest in population, the nearest first.

    Args:
        code: The municipality itself, which is not among them.
        year: Year of the codes.
        people: Persons by municipality; one without a figure is like nobody.
        most: The most to return.
    """
    classes = centrality_classes(year)
    if code not in people or code not in classes:
        return ()
    same_class = [
        Alike(place, people[place.code])
        for place in municipalities(year)
        if place.code != code and place.code in people and classes.get(place.code) == classes[code]
    ]
    return tuple(sorted(same_class, key=lambda each: (abs(each.people - people[code]), each.place.code))[:most])


@lru_cache(maxsize=8)
def centrality_classes(year: int) -> Mapping[str, int]:
    """Return the centrality class of each municipality of a year that has one."""
    classes = {}
    for place in municipalities(year):
        try:
            classes[place.code] = centrality(place.code, year)
        except NotToldOfPlace:
            continue
    return MappingProxyType(classes)
