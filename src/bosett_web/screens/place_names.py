"""The names by which a municipality or a county is looked for: each official one, and those of its county."""

from collections.abc import Mapping
from functools import cache

from bosett.geography import counties, municipalities, nearness

LONGEST = 100
"""No name is longer; the rest of what was typed is left out."""


@cache
def names_by_code(year: int) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a year's municipalities and counties by code, a municipality's without its county's."""
    places = {place.code: (place.display_name, *(name.text for name in place.names)) for place in municipalities(year)}
    return places | {county.code: (county.name,) for county in counties(year)}


def is_meant(asked: str, year: int, *codes: str) -> bool:
    """Tell whether what somebody typed is in a name of one of some places, such as a municipality and its county."""
    names = names_by_code(year)
    return any(nearness(asked, names.get(code, ())) is not None for code in codes)
