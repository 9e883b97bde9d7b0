"""Kartverket: names of municipalities with their languages, neighbours, and borders.

`https://ws.geonorge.no/kommuneinfo/v1/`: `fylkerkommuner` gives the counties with their `kommuner` (`kommunenummer`,
`kommunenavn`, `kommunenavnNorsk`, `samiskForvaltningsomrade`, and `gyldigeNavn` of `navn`, `prioritet` and `sprak`,
filled up with empty ones); `kommuner/{nr}/omrade` the area as GeoJSON; `kommuner/{nr}/nabokommuner` the neighbours.
Source: Kartverket's interface kommuneinfo 1.1.1, and published answers of it; terms CC BY 4.0. How neighbours are
answered was not to be read, so a list of municipalities is looked for, alone or under one name.

Borders are read from areas that were fetched, or from a file of GeoJSON such as Kartverket's "Administrative enheter":
each feature with `kommunenummer` (or `code`), in longitude and latitude or in metres of UTM zone 33.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bosett.basis.structures import Structure
from bosett.geography import Name, register
from bosett.geography.borders import SMALLEST_ISLAND, TOLERANCE, BorderMap, Point, Ring, border_map, projected
from bosett.geography.name_matching import fold
from bosett.sources.answers import documents, listed, objects, text_of, unexpected
from bosett.sources.fetching import Fetched, Fetcher, Question, joined
from bosett.sources.figure_rules import require_all

KOMMUNEINFO = "https://ws.geonorge.no/kommuneinfo/v1"
MOST_POINTS = 3_000_000
LANGUAGES: Mapping[str, str] = {
    "norsk": "no",
    "nordsamisk": "se",
    "lulesamisk": "smj",
    "sorsamisk": "sma",
    "kvensk": "fkv",
}
"""Languages as they are compared, and as our names tell them."""

_CODES = ("kommunenummer", "KOMMUNENUMMER", "kommunenr", "code")
_DEGREES = ((-10, 40), (50, 85))
_METRES = ((-500_000, 1_600_000), (6_000_000, 8_500_000))
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class NamedMunicipality:
    """A municipality as Kartverket names it.

    Attributes:
        code: Four digits.
        name: Its Norwegian name.
        official_name: The official name, parallel names joined by ` - `.
        names: The same one by one, with language, in their order.
        county: Code of its county.
        sami_area: Whether it lies in the administrative area for Sami languages.
    """

    code: str
    name: str
    official_name: str
    names: tuple[Name, ...]
    county: str
    sami_area: bool


def all_municipalities(address: str = KOMMUNEINFO) -> Question:
    """Return the question for all municipalities in force, by county."""
    return Question(f"{address}/fylkerkommuner")


def neighbours_of(code: str, address: str = KOMMUNEINFO) -> Question:
    """Return the question for the neighbours of a municipality."""
    return Question(f"{address}/kommuner/{code}/nabokommuner")


def fetch_areas(fetcher: Fetcher, structure: Structure, address: str = KOMMUNEINFO) -> Fetched:
    """Return the areas of all municipalities of a structure, one after another.

    Raises:
        NotFetched: The service is not reached, or knows no such municipality.
    """
    codes = register().municipalities[structure]
    return joined([fetcher.fetch(Question(f"{address}/kommuner/{code}/omrade?utkoordsys=4258")) for code in codes])


def read_municipalities(fetched: Fetched) -> tuple[NamedMunicipality, ...]:
    """Return the municipalities in an answer on counties, in order of code.

    Raises:
        UnreadableAnswer: It is no such answer, or a municipality stands twice.
    """
    places: dict[str, NamedMunicipality] = {}
    for value in documents(fetched):
        for county in objects(value, "fylker", fetched):
            number = text_of(county, "fylkesnummer", fetched)
            for fields in objects(county.get("kommuner"), "kommuner", fetched):
                place = _named(fields, number, fetched)
                if place.code in places:
                    raise unexpected(fetched, f"{place.code} {place.name} stands twice")
                places[place.code] = place
    if not places:
        raise unexpected(fetched, "no municipality stands in it")
    return tuple(places[code] for code in sorted(places))


def read_neighbours(fetched: Fetched) -> tuple[str, ...]:
    """Return the codes of a municipality's neighbours, in order.

    Raises:
        UnreadableAnswer: It is no such answer.
    """
    (value, *_) = documents(fetched)
    if isinstance(value, dict):
        lists = [each for each in value.values() if isinstance(each, list)]
        value = lists[0] if len(lists) == 1 else None
    return tuple(sorted({_code(fields, fetched) for fields in objects(value, "nabokommuner", fetched)}))


def read_borders(
    fetched: Fetched, structure: Structure, tolerance: int = TOLERANCE, smallest_island: int = SMALLEST_ISLAND
) -> BorderMap:
    """Return the borders of every municipality of a structure, as they are drawn.

    Args:
        fetched: Areas that were fetched, or a file of GeoJSON.
        structure: The structure of the codes.
        tolerance: Metres that a line may be moved.
        smallest_island: Square metres of the smallest island that is kept.

    Raises:
        UnreadableAnswer: It is no such answer, a municipality is missing or is none of the structure, or a place lies
            outside Norway.
    """
    shapes: dict[str, list[Ring]] = {}
    points = 0
    for value in documents(fetched, Decimal):
        for code, geometry in _areas(value, fetched):
            for polygon in _polygons(geometry, code, fetched):
                ring = _ring(polygon, code, fetched)
                points += len(ring)
                if points > MOST_POINTS:
                    raise unexpected(fetched, f"the borders have more than {MOST_POINTS} points; use a simpler edition")
                shapes.setdefault(code, []).append(ring)
    known = register().municipalities[structure]
    if strange := sorted(code for code in shapes if code not in known):
        raise unexpected(fetched, f"these are no municipalities of {structure.value}: {listed(strange)}")
    require_all(structure, shapes, "the borders", "", fetched)
    return border_map(shapes, tolerance, smallest_island)


def _named(fields: Mapping[str, Any], county: str, fetched: Fetched) -> NamedMunicipality:
    official = text_of(fields, "kommunenavn", fetched)
    names: list[tuple[int, Name]] = []
    for each in objects(fields.get("gyldigeNavn"), "gyldigeNavn", fetched):
        if isinstance(text := each.get("navn"), str) and text.strip():
            language = each.get("sprak")
            known = LANGUAGES.get(fold(language), "unknown") if isinstance(language, str) else "unknown"
            order = each.get("prioritet")
            names.append((order if isinstance(order, int) else len(names), Name(text.strip(), known)))
    return NamedMunicipality(
        code=_code(fields, fetched),
        name=text_of(fields, "kommunenavnNorsk", fetched),
        official_name=official,
        names=tuple(name for _, name in sorted(names, key=lambda each: each[0])),
        county=county,
        sami_area=fields.get("samiskForvaltningsomrade") is True,
    )


def _code(fields: Mapping[str, Any], fetched: Fetched) -> str:
    code = next((fields[name] for name in _CODES if name in fields), None)
    if isinstance(code, int) and not isinstance(code, bool):
        code = f"{code:04}"
    if not isinstance(code, str) or len(code) != 4 or not (code.isascii() and code.isdigit()):
        raise unexpected(fetched, f"{str(code)[:20]!r} is no municipality code")
    return code


def _areas(value: object, fetched: Fetched) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield codes with their geometry."""
    if isinstance(value, dict) and "omrade" in value:
        yield _code(value, fetched), _geometry(value["omrade"], fetched)
        return
    if isinstance(value, dict) and "features" not in value and len(value) == 1:
        (value,) = value.values()  # Kartverket's file names its layer
    features = value.get("features") if isinstance(value, dict) else None
    for feature in objects(features, "features", fetched):
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            raise unexpected(fetched, "a feature has no properties")
        yield _code(properties, fetched), _geometry(feature.get("geometry"), fetched)


def _geometry(value: object, fetched: Fetched) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("coordinates"), list):
        raise unexpected(fetched, "an area has no coordinates")
    return value


def _polygons(geometry: Mapping[str, Any], code: str, fetched: Fetched) -> list[Any]:
    kinds = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    polygons = kinds.get(str(geometry.get("type")))
    if not polygons:
        raise unexpected(fetched, f"the area of {code} is no polygon")
    return list(polygons)


def _ring(polygon: object, code: str, fetched: Fetched) -> Ring:
    """Return the outer ring in the plane; what is cut out of a municipality is another one, which has its own."""
    outer = polygon[0] if isinstance(polygon, list) and polygon else None
    if not isinstance(outer, list):
        raise unexpected(fetched, f"the area of {code} is no polygon")
    points = tuple(dict.fromkeys(_point(each, code, fetched) for each in outer))
    if len(points) < 3:
        raise unexpected(fetched, f"a part of {code} has fewer than three points")
    return points


def _point(value: object, code: str, fetched: Fetched) -> Point:
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(each, int | Decimal) for each in value[:2]):
        raise unexpected(fetched, f"a point of {code} is no pair of numbers")
    if all(low <= each <= high for each, (low, high) in zip(value, _DEGREES, strict=False)):
        return projected((int(value[0] * _MILLION), int(value[1] * _MILLION)))
    if all(low <= each <= high for each, (low, high) in zip(value, _METRES, strict=False)):
        return int(value[0]), -int(value[1])
    raise unexpected(fetched, f"a point of {code} lies outside Norway")
