"""What a field is called in front of people, by its name in a form that is only kept or told of."""

import re
from functools import cache

from bosett.geography import municipalities
from bosett_web.screens.words import WORDS, say

YEARS = (2020, 2024)
"""Years whose municipalities a form can hold rows of."""
CELL = re.compile(r"(\d{4})-(\w[\w-]*)")


def field_name(name: str, language: str) -> str:
    """Return what a field is called in front of people; empty for one that only the program fills in."""
    cell = CELL.fullmatch(name)
    if cell is None:
        return _word(name, language)
    place, part = place_name(cell[1]), _word(cell[2].replace("-", "_"), language)
    return f"{place}: {part}" if place and part else ""


def place_name(code: str) -> str:
    """Return what a municipality is called; empty when there is none."""
    return _places().get(code, "")


def _word(name: str, language: str) -> str:
    code = next((code for code in (f"field_{name}", f"answer_{name}", f"fact_{name}") if code in WORDS), None)
    return "" if code is None or name == "request" else say(code, language)


@cache
def _places() -> dict[str, str]:
    return {place.code: place.display_name for year in YEARS for place in municipalities(year)}
