"""How a compiled table is described: its columns, units, publisher, terms, and when a figure counts as known."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from figures_places import Table

CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
NLOD = {
    "name": "NLOD-2.0",
    "title": "Norsk lisens for offentlige data 2.0",
    "path": "https://data.norge.no/nlod/no/2.0",
}

KLASS = {"title": "SSB, Klass 131 (municipalities)", "path": "https://www.ssb.no/klass/klassifikasjoner/131"}
KLASS_COUNTIES = {"title": "SSB, Klass 104 (counties)", "path": "https://www.ssb.no/klass/klassifikasjoner/104"}
POPULATION = {"title": "SSB, table 07459", "path": "https://www.ssb.no/statbank/table/07459"}
IMDI = {
    "title": "IMDi, statistics base and pages on settlement",
    "path": "https://www.imdi.no/bosetting/bosettingstall/",
}
ASYLUM = {
    "title": "Eurostat, migr_asyappctzm",
    "path": "https://ec.europa.eu/eurostat/databrowser/view/migr_asyappctzm/default/table",
}

CODE = "Municipality code, four digits, in the structure of the row."
COUNTY = "County code, two digits, in the structure of the row; 00 is the country."
STRUCTURE = "First year of the municipal structure that the code belongs to: 2019, 2020 or 2024."
LATE = "A conservative bound, not the exact day of publication: a run dated before it refuses the figure."


@dataclass(frozen=True, slots=True)
class Field:
    """One column: name, Frictionless type, unit (empty when it is no quantity) and what it says.

    `zero` is what a 0 says. Where it is empty a 0 is never a figure, and the compiler refuses it.
    """

    name: str
    type: str
    description: str
    unit: str = ""
    zero: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """One compiled table and all that is told about it."""

    name: str
    title: str
    description: str
    publisher: str
    published: str
    license: dict[str, str]
    sources: tuple[dict[str, str], ...]
    known_rule: str
    known_ground: str
    fields: tuple[Field, ...]
    compile: Callable[[Path], Table]
    key: tuple[str, ...]


def known_on(rule: str) -> Field:
    """The column that says from which day a figure counts as known."""
    return Field("known_on", "date", f"{rule} {LATE}")
