"""What is known of a place beside its code and name: labour-market region, centrality, coordinates, language form.

The tables have the codes of 2020 (coordinates also those of 2024).
For another year the answer is that of the municipality of 2020 that it was or became, when there is one answer;
else it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import Row, table
from bosett.geography.changes import became, was
from bosett.geography.links import ChangeKind
from bosett.geography.register import municipality


class LanguageForm(StrEnum):
    """A language decision: which form of Norwegian the municipality wants from the state."""

    BOKMAAL = "bokmål"
    NYNORSK = "nynorsk"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class LabourMarketRegion:
    """A home-to-work area: code of three digits and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees, WGS 84, as exact decimals."""

    latitude: Fraction
    longitude: Fraction


@dataclass(frozen=True, slots=True)
class Coordinates:
    """The middle of the area, a point inside the land (neither is the town), and the administrative centre's name."""

    centroid: Point
    inside: Point
    centre_name: str


class NotToldOfPlace(Refusal):
    """Nothing is known of this sort for the municipality in that year."""

    def __init__(self, what: str, code: str, year: int, why: str) -> None:
        super().__init__(f"No {what} is known for {code} in {year}: {why}.")
        self.what, self.code, self.year = what, code, year


def labour_market_region(code: str, year: int = 2020) -> LabourMarketRegion:
    """Return the labour-market region (KMD / TØI, division of 2020).

    Raises:
        UnknownMunicipality: The code is not a municipality in `year`.
        NotToldOfPlace: It lies in what are several regions.
    """
    row = _row_of_2020("labour_market_regions", "labour-market region", code, year)
    return LabourMarketRegion(row["region_code"], row["region_name"])


def centrality(code: str, year: int = 2020) -> int:
    """Return SSB's centrality class, from 1 (most central) to 6 (edition of 2024).

    Raises:
        UnknownMunicipality: The code is not a municipality in `year`.
        NotToldOfPlace: Several classes, or part of a municipality that was split (a class is that of the whole).
    """
    if structure_of(year) > Structure.Y2020 and any(part.kind is ChangeKind.SPLIT for part in was(code, year, 2020)):
        raise NotToldOfPlace(
            "centrality", code, year, "it is a part of a municipality of 2020, and the class is of the whole"
        )
    return int(_row_of_2020("centrality", "centrality", code, year)["centrality_class"])


def language_form(code: str, year: int = 2020) -> LanguageForm:
    """Return the language decision: the state of 2025 whatever the year, which only carries codes over.

    Raises:
        UnknownMunicipality: The code is not a municipality in `year`.
        NotToldOfPlace: It became or was several with different decisions.
    """
    return LanguageForm(_row_of_2020("language_decisions", "language form", code, year)["language_form"])


def coordinates(code: str, year: int) -> Coordinates:
    """Return where a municipality is.

    Raises:
        UnknownMunicipality: The code is not a municipality in `year`.
        NotToldOfPlace: Before 2020.
    """
    municipality(code, year)
    row = _coordinates().get((str(structure_of(year).value), code))
    if row is None:
        raise NotToldOfPlace("coordinates", code, year, "they are known from 2020 on")
    centroid = Point(Fraction(row["centroid_latitude"]), Fraction(row["centroid_longitude"]))
    inside = Point(Fraction(row["inside_latitude"]), Fraction(row["inside_longitude"]))
    return Coordinates(centroid, inside, row["centre_name"])


@cache
def _coordinates() -> Mapping[tuple[str, str], Row]:
    return {(row["structure"], row["code"]): row for row in table("coordinates")}


@cache
def _by_code(name: str) -> Mapping[str, Row]:
    return {row["code"]: row for row in table(name)}


def _row_of_2020(name: str, what: str, code: str, year: int) -> Row:
    parts = was(code, year, 2020) if structure_of(year) >= Structure.Y2020 else became(code, year, 2020)
    rows = [_by_code(name)[part.code] for part in parts]
    answers = {tuple(text for column, text in row.items() if column in _ANSWERS) for row in rows}
    if len(answers) > 1:
        raise NotToldOfPlace(
            what, code, year, f"it is {' and '.join(part.code for part in parts)} in 2020, which differ"
        )
    return rows[0]


# The columns that answer; the others (travel time and so on) are of one municipality and may differ inside one answer.
_ANSWERS = frozenset({"region_code", "centrality_class", "language_form"})
