"""Which municipality a row of somebody's file is about: by its code, or by any of its names."""

import re
from collections.abc import Iterable, Mapping

from bosett.basis.refusals import Refusal
from bosett.geography import Municipality, counties, municipalities
from bosett.geography.finding import fold

_KINDS = ("kommune", "herad", "suohkan", "suohkana", "gielda", "tjielte")
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")


class UnknownKey(Refusal):
    """A code or name that is no municipality of the county: a code that words are found by, and its facts."""

    def __init__(self, code: str, facts: Mapping[str, str]) -> None:
        super().__init__(f"{code}: {dict(facts)}. Use the codes and names of the county's own sheet.")
        self.code, self.facts = code, dict(facts)


class Keys:
    """The municipalities of a county in a year, by code and by name."""

    def __init__(self, year: int, county: str) -> None:
        places = municipalities(year)
        self._areas = {area.code: area.name for area in counties(year)}
        self._county_of = {place.code: place.county for place in places}
        self._own = _named(place for place in places if place.county == county)
        self._others = _named(place for place in places if place.county != county)
        self._county = county

    def code_of(self, column: str, written: str) -> str:
        """Return the code of what is written in the column of codes or of names.

        Raises:
            UnknownKey: It is no municipality, or one of another county.
        """
        return self._by_code(written) if column == "code" else self._by_name(written)

    def _by_code(self, written: str) -> str:
        code = written.zfill(4)  # a spreadsheet that takes 0301 for a number leaves 301
        county = self._county_of.get(code)
        if county is None:
            raise UnknownKey("key_unknown_code", {"written": written})
        if county != self._county:
            raise UnknownKey("key_other_county", {"written": written, "county": self._areas[county]})
        return code

    def _by_name(self, written: str) -> str:
        name, area = _taken_apart(written)
        if area in (None, fold(self._areas[self._county])) and name in self._own:
            return self._own[name].code
        other = self._others.get(name)
        if other is not None:
            raise UnknownKey("key_other_county", {"written": written, "county": self._areas[other.county]})
        raise UnknownKey("key_unknown_name", {"written": written})


def _named(places: Iterable[Municipality]) -> dict[str, Municipality]:
    """Return municipalities by each of their names, as names are compared."""
    found = {}
    for place in places:
        for name in (place.name, place.official_name, *(each.text for each in place.names)):
            found[fold(name)] = place
    return found


def _taken_apart(written: str) -> tuple[str, str | None]:
    """Return a name without what kind of place it is, and the county in brackets after it."""
    match = _BRACKETS.fullmatch(written)
    name, area = (match[1], fold(match[2])) if match else (written, None)
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    return " ".join(words), area
