"""The register: municipalities and counties through time, as dated rows.

Source: the shipped tables `municipalities`, `municipality_names` and `counties` (SSB, Klass 131 and 104).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from bosett.basis.codes import rows_in_force
from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import table
from bosett.geography.links import ChangeKind, LinkEnd, backward, follow, forward, steps


@dataclass(frozen=True, slots=True)
class Name:
    """One name: `language` is no, se (North Sami), smj (Lule Sami), sma (South Sami), fkv (Kven) or unknown."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality during one unbroken time with the same name, county and territory.

    Attributes:
        code: Four digits, in the structures that the time covers.
        name: Norwegian short name.
        official_name: Official name, parallel names joined by ` - `.
        names: The same one by one, in the official order.
        kind: What it calls itself in Norwegian, after its name: kommune or herad.
        county: Code of its county.
        first_day: First day (2019-01-01: then or earlier).
        last_day: Last day, or None while in force.
        display_name: The short name, with the county in brackets when two of the same year share it.
    """

    code: str
    name: str
    official_name: str
    names: tuple[Name, ...]
    kind: str
    county: str
    first_day: date
    last_day: date | None
    display_name: str


@dataclass(frozen=True, slots=True)
class County:
    """A county with its code, Norwegian name and time, as for a municipality."""

    code: str
    name: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Register:
    """Municipalities and counties by structure, then by code in rising order."""

    municipalities: Mapping[Structure, Mapping[str, Municipality]]
    counties: Mapping[Structure, Mapping[str, County]]


class UnknownMunicipality(Refusal):
    """The code is not a municipality in that year."""

    def __init__(self, code: str, year: int, history: str | None) -> None:
        hint = history or "Check the code: four digits, in the list of that year."
        super().__init__(f"{code} is not a municipality in {year}. {hint}")
        self.code, self.year, self.history = code, year, history


class UnknownCounty(Refusal):
    """The code is not a county in that year."""

    def __init__(self, code: str, year: int) -> None:
        listed = ", ".join(f"{county.code} {county.name}" for county in counties(year))
        super().__init__(f"{code} is not a county in {year}. The counties are {listed}.")
        self.code, self.year = code, year


@cache
def register() -> Register:
    """Return the whole register."""
    return Register(
        MappingProxyType({structure: _municipalities(structure) for structure in Structure}),
        MappingProxyType({structure: _counties(structure) for structure in Structure}),
    )


def municipalities(year: int) -> tuple[Municipality, ...]:
    """Return the municipalities of a year, by code. Years before 2019 have the list of 2019."""
    return tuple(register().municipalities[structure_of(year)].values())


def counties(year: int) -> tuple[County, ...]:
    """Return the counties of a year, by code. Years before 2019 have the list of 2019."""
    return tuple(register().counties[structure_of(year)].values())


def municipality(code: str, year: int) -> Municipality:
    """Return the municipality with this code in this year.

    Raises:
        UnknownMunicipality: There is none; the sentence says what became of it, or what it was before.
    """
    place = register().municipalities[structure_of(year)].get(code)
    if place is None:
        raise UnknownMunicipality(code, year, _history(code, structure_of(year)))
    return place


def county(code: str, year: int) -> County:
    """Return the county with this code in this year.

    Raises:
        UnknownCounty: There is none.
    """
    place = register().counties[structure_of(year)].get(code)
    if place is None:
        raise UnknownCounty(code, year)
    return place


def _municipalities(structure: Structure) -> Mapping[str, Municipality]:
    rows = tuple(rows_in_force("municipalities", structure).values())
    names: dict[tuple[str, str], list[Name]] = {}
    for row in table("municipality_names"):  # in the order of the official name
        names.setdefault((row["code"], row["first_day"]), []).append(Name(row["name"], row["language"]))
    shared = {name for name, times in Counter(row["name"] for row in rows).items() if times > 1}
    county_names = {code: county.name for code, county in _counties(structure).items()}
    return MappingProxyType(
        {
            row["code"]: Municipality(
                code=row["code"],
                name=row["name"],
                official_name=row["official_name"],
                names=tuple(names[row["code"], row["first_day"]]),
                kind=row["kind"],
                county=row["county_code"],
                first_day=date.fromisoformat(row["first_day"]),
                last_day=_day(row["last_day"]),
                display_name=_display_name(row, shared, county_names),
            )
            for row in rows
        }
    )


def _display_name(row: Mapping[str, str], shared: set[str], county_names: Mapping[str, str]) -> str:
    return f"{row['name']} ({county_names[row['county_code']]})" if row["name"] in shared else row["name"]


def _counties(structure: Structure) -> Mapping[str, County]:
    rows = rows_in_force("counties", structure).values()
    return MappingProxyType(
        {
            row["code"]: County(row["code"], row["name"], date.fromisoformat(row["first_day"]), _day(row["last_day"]))
            for row in rows
        }
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _history(code: str, structure: Structure) -> str | None:
    """What became of a code that is gone, or where a code that is not there yet will come from: one sentence."""
    listed = register().municipalities
    for before in sorted((each for each in Structure if each < structure), reverse=True):
        if code in listed[before]:
            way = steps(before, structure)
            sentence = _end_of(forward(way[0])[code], way[0])
            if len(way) == 1:
                return sentence
            now = follow(code, tuple(forward(step) for step in way))
            return f"{sentence} In {structure.value} that is {_named(now, structure)}."
    for after in (each for each in Structure if each > structure):
        if code in listed[after]:
            earlier = max(each for each in Structure if each < after)
            return f"The code came in {after.value}, from {_named(backward(after)[code], earlier)}."
    return None


def _end_of(parts: tuple[LinkEnd, ...], end: Structure) -> str:
    verb = {ChangeKind.SPLIT: "was split", ChangeKind.MERGED: "was merged"}.get(parts[0].kind)
    named = _named(parts, end)
    return f"It {verb} in {end.value} into {named}." if verb else f"It became {named} in {end.value}."


def _named(parts: tuple[LinkEnd, ...], structure: Structure) -> str:
    names = [f"{part.code} {register().municipalities[structure][part.code].official_name}" for part in parts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
