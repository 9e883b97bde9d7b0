"""Answers in the form of each publisher, made of the shipped figures; what is made up is marked so."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from typing import Any

from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import table
from bosett.figures import Figure, NoFigures, series
from bosett.geography import counties, municipalities, register
from bosett.sources.imdi import SETTLEMENT
from bosett.sources.organisation_numbers import check_digit

AGES = (*(f"{age:03}" for age in range(105)), "105+")
GROUPS = {"population_0_17": AGES[:18], "population_18_66": AGES[18:67], "population_67_plus": AGES[67:]}
LAST_POPULATION = 2026
HIDDEN, LACKING = ":", "."
Cell = int | str | float | None
"""A number, or a mark that says why there is none."""


# JSON-stat 2.0


def json_stat(
    label: str, variables: Mapping[str, Sequence[str]], cell: Callable[[dict[str, str]], Cell], **more: object
) -> dict[str, Any]:
    """Return a table as SSB sends it; a cell that is text is a mark."""
    values: list[int | float | None] = []
    status: dict[str, str] = {}
    for at in product(*variables.values()):
        entry = cell(dict(zip(variables, at, strict=True)))
        if isinstance(entry, str):
            status[str(len(values))] = entry
            values.append(None)
        else:
            values.append(entry)
    dataset = {
        "class": "dataset",
        "version": "2.0",
        "label": label,
        "source": "Statistisk sentralbyrå",
        "updated": "2026-02-24T07:00:00Z",
        "id": list(variables),
        "size": [len(codes) for codes in variables.values()],
        "dimension": {
            name: {
                "label": name,
                "category": {
                    "index": {code: place for place, code in enumerate(codes)},
                    "label": {code: LABELS.get((name, code), code) for code in codes},
                },
            }
            for name, codes in variables.items()
        },
        "value": values,
        "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    }
    return dataset | ({"status": status} if status else {}) | more


# SSB's tables


@dataclass(frozen=True)
class StatbankTable:
    """A table: its title, the variables beside place and time, those that may be left out, and the cells."""

    title: str
    variables: Mapping[str, Sequence[str]]
    left_out: frozenset[str]
    cell: Callable[[str, int, dict[str, str]], Cell]


LABELS = {
    ("ContentsCode", "Bosatt"): "Sysselsatte etter bosted",
    ("ContentsCode", "Arbeidssted"): "Sysselsatte etter arbeidssted",
    ("ContentsCode", "Sysselsatte2"): "Sysselsatte i prosent av befolkningen",
    ("HovArbStyrkStatus", "A.01"): "Sysselsatte",
}


@cache
def shipped(indicator: str, year: int, structure: Structure | None = None) -> Mapping[str, Figure] | None:
    """Return the shipped figures by code; None when there are none for the year."""
    try:
        return series(indicator, year, structure=structure).figures
    except NoFigures:
        return None


def people(code: str, year: int, structure: Structure | None = None) -> int:
    """Return the shipped population; after the last year that of the last, made up."""
    figures = shipped("population", min(year, LAST_POPULATION), structure)
    assert figures is not None
    persons = figures[code].persons
    assert persons is not None
    return persons


def of_age(code: str, year: int, age: str) -> int:
    """Return how many are of an age: those of its group evenly; a group that is not shipped is made up of the whole."""
    group = next(name for name, ages in GROUPS.items() if age in ages)
    ages = GROUPS[group]
    figures = shipped(group, year)
    whole = figures[code].persons if figures is not None else None
    if whole is None:
        total = people(code, year)
        young, old = total // 5, total // 6
        whole = {"population_0_17": young, "population_67_plus": old, "population_18_66": total - young - old}[group]
    return whole // len(ages) + (1 if ages.index(age) < whole % len(ages) else 0)


def _population(code: str, year: int, at: dict[str, str]) -> Cell:
    if code.startswith("K-"):
        if "Alder" in at:
            return of_age_together(code[2:], year, at["Alder"])
        return people_together(code[2:], year)
    if code not in register().municipalities[structure_of(year)]:
        return LACKING
    return of_age(code, year, at["Alder"]) if "Alder" in at else people(code, year)


def people_together(code: str, year: int) -> int:
    """Return the population of today's municipality in a year; Ålesund has all of what was divided later."""
    if structure_of(year) is max(Structure):
        return people(code, year)
    figures = shipped("population", year, max(Structure))
    assert figures is not None
    persons = figures[code].persons
    if persons is None:
        return people("1507", year, Structure.Y2020) if code == "1508" else 0
    return persons


def of_age_together(code: str, year: int, age: str) -> int:
    """Return the population of an age of today's municipality, made up as half of 20 and half of 70 years."""
    whole = people_together(code, year)
    return {"020": whole - whole // 2, "070": whole // 2}.get(age, 0)


def _shipped(indicator: str) -> Callable[[str, int, dict[str, str]], Cell]:
    def cell(code: str, year: int, at: dict[str, str]) -> Cell:  # noqa: ARG001  - as every table's
        figures = shipped(indicator, year)
        if figures is None:
            return people(code, year) // 8  # made up
        figure = figures.get(code)
        if figure is None:
            return LACKING
        return figure.persons if figure.persons is not None else {"hidden": HIDDEN}.get(figure.status.value, LACKING)

    return cell


def employed(code: str, year: int, at: dict[str, str]) -> Cell:
    """Return made-up people in work, by where they live or work; where fewer than 300 live they are hidden."""
    whole = people(code, year)
    if whole < 300:
        return HIDDEN
    return whole // 2 if at["ContentsCode"] == "Bosatt" else whole // 3


STATBANK = {
    "07459": StatbankTable(
        "07459: Befolkning",
        {"Kjonn": ("1", "2"), "Alder": AGES, "ContentsCode": ("Personer1",)},
        frozenset({"Kjonn", "Alder"}),
        _population,
    ),
    "09817": StatbankTable(
        "09817: Innvandrere",
        {"InnvandrKat": ("B", "C"), "Landbakgrunn": ("999", "100"), "ContentsCode": ("Personer1", "AndelBefolkning")},
        frozenset({"InnvandrKat", "Landbakgrunn"}),
        _shipped("immigrants"),
    ),
    "11616": StatbankTable(
        "11616: Sysselsatte",
        {"ContentsCode": ("Arbeidssted", "Bosatt", "Innpendlere", "Utpendlere")},
        frozenset(),
        employed,
    ),
    "11607": StatbankTable(
        "11607: Sysselsatte i prosent",
        {
            "Alder": ("15-74", "20-66"),
            "Kjonn": ("0", "1", "2"),
            "Landbakgrunn": ("tot", "abc"),
            "ContentsCode": ("Sysselsatte2",),
        },
        frozenset({"Alder", "Kjonn", "Landbakgrunn"}),
        lambda code, year, at: 60 + int(code) % 100 / 10,  # noqa: ARG005  - made up
    ),
    "13563": StatbankTable(
        "13563: Tilknytning til arbeid",
        {"HovArbStyrkStatus": ("A.01", "A.09"), "ContentsCode": ("Personer",)},
        frozenset({"HovArbStyrkStatus"}),
        lambda code, year, at: people(code, year) // 2,  # noqa: ARG005  - made up
    ),
}


def statbank(
    number: str, regions: Sequence[str], years: Sequence[str], chosen: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what SSB answers on a table."""
    asked = STATBANK[number]
    variables = {"Region": regions, **chosen, "Tid": years}
    return json_stat(
        asked.title,
        variables,
        lambda at: asked.cell(at["Region"], int(at["Tid"]), at),
        extension={"px": {"tableid": number}},
    )


def cells_of(number: str, regions: int, years: int, chosen: Mapping[str, Sequence[str]]) -> int:
    """Return how many cells are asked for; a variable that is left out counts with all its codes, as it is added up."""
    known = STATBANK[number].variables
    return regions * years * prod(len(chosen.get(name, ("",))) for name in known)


# Klass


def klass_codes(classification: int, year: int) -> dict[str, Any]:
    """Return the codes of municipalities or counties on 1 January."""
    places: Iterable[Any] = municipalities(year) if classification == 131 else counties(year)
    return {
        "codes": [
            {
                "code": each.code,
                "parentCode": None,
                "level": "1",
                "name": getattr(each, "official_name", each.name),
                "shortName": "",
                "presentationName": "",
                "validFrom": each.first_day.isoformat(),
                "validTo": None,
                "notes": "",
            }
            for each in (*places,)
        ]
        + [
            {
                "code": "9999",
                "parentCode": None,
                "level": "1",
                "name": "Uoppgitt",
                "validFrom": "1980-01-01",
                "validTo": None,
            }
        ]
    }


def klass_changes(first: str, after: str) -> dict[str, Any]:
    """Return what became of the municipalities from a day until another."""
    places = {each.code: each for structure in Structure for each in municipalities(structure.value)}
    return {
        "codeChanges": [
            {
                "oldCode": row["old_code"],
                "oldName": places[row["old_code"]].official_name,
                "oldShortName": "",
                "newCode": row["new_code"],
                "newName": places[row["new_code"]].official_name,
                "newShortName": "",
                "changeOccurred": row["valid_from"],
            }
            for row in table("municipality_changes")
            if row["kind"] != "unchanged" and first <= row["valid_from"] < after
        ]
    }


def klass_counties(year: int) -> dict[str, Any]:
    """Return the county of each municipality, with the municipality first."""
    names = {each.code: each.name for each in counties(year)}
    return {
        "correspondenceItems": [
            {
                "sourceCode": each.code,
                "sourceName": each.name,
                "targetCode": each.county,
                "targetName": names[each.county],
            }
            for each in municipalities(year)
        ]
    }


def klass_numbers() -> dict[str, Any]:
    """Return the organisation number of each municipality, made up, with the number first."""
    return {
        "name": "Organisasjonsnummer - Kommuneinndeling",
        "correspondenceMaps": [
            {
                "sourceCode": organisation_number(each.code),
                "sourceName": f"{each.name} kommune",
                "targetCode": each.code,
                "targetName": each.name,
            }
            for each in municipalities(2024)
        ],
    }


# Enhetsregisteret


def organisation_number(code: str) -> str:
    """Return a made-up organisation number of a place, with a right check."""
    for rest in range(1000):
        eight = f"8{code:0>4}{rest:03}"
        check = check_digit(eight)
        if check is not None:
            return f"{eight}{check}"
    raise AssertionError(code)


def units(form: str, year: int = 2024) -> list[dict[str, Any]]:
    """Return the organisations of municipalities (KOMM) or of county municipalities (FYLK), with made-up addresses."""
    if form == "FYLK":
        seats = {each.county: each.code for each in reversed(municipalities(year))}
        return [
            unit(organisation_number(each.code), f"{each.name.upper()} FYLKESKOMMUNE", form, seats[each.code])
            for each in counties(year)
            if each.code != "03"
        ]
    return [
        unit(organisation_number(each.code), f"{each.name.upper()} KOMMUNE", form, each.code)
        for each in municipalities(year)
    ]


def unit(number: str, name: str, form: str, municipality: str) -> dict[str, Any]:
    """Return an organisation as the register tells it; its addresses are made up."""
    place = {
        "postnummer": municipality,
        "poststed": "BY",
        "land": "Norge",
        "landkode": "NO",
        "kommunenummer": municipality,
    }
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": form, "beskrivelse": ""},
        "forretningsadresse": {**place, "adresse": ["Rådhuset"], "kommune": name},
        "postadresse": {**place, "adresse": [f"Postboks {int(municipality)}"], "kommune": name},
    }


def unit_page(organisations: Sequence[Mapping[str, Any]], number: int, size: int) -> dict[str, Any]:
    """Return a page of organisations, from 0."""
    total = -(-len(organisations) // size)
    page = {"size": size, "totalElements": len(organisations), "totalPages": total, "number": number}
    some = list(organisations[number * size : (number + 1) * size])
    return ({"_embedded": {"enheter": some}} if some else {}) | {"_links": {}, "page": page}


# Kartverket


def kommuneinfo(year: int = 2024) -> list[dict[str, Any]]:
    """Return the counties with their municipalities, names filled up to three as the interface does."""
    languages = {"no": "Norsk", "se": "Nordsamisk", "smj": "Lulesamisk", "sma": "Sørsamisk", "fkv": "Kvensk"}
    empty = {"navn": None, "prioritet": None, "sprak": None}
    return [
        {
            "fylkesnavn": county.name,
            "fylkesnummer": county.code,
            "kommuner": [
                {
                    "kommunenummer": each.code,
                    "kommunenavn": each.official_name,
                    "kommunenavnNorsk": each.name,
                    "fylkesnavn": county.name,
                    "fylkesnummer": county.code,
                    "samiskForvaltningsomrade": any(name.language in ("se", "smj", "sma") for name in each.names),
                    "gyldigeNavn": [
                        *(
                            {"navn": name.text, "prioritet": place, "sprak": languages.get(name.language, "Ukjent")}
                            for place, name in enumerate(each.names, 1)
                        ),
                        *[empty] * (3 - len(each.names)),
                    ],
                }
                for each in municipalities(year)
                if each.county == county.code
            ],
        }
        for county in counties(year)
    ]


COLUMNS_OF_GRID = 20


def square(code: str, year: int = 2024) -> list[list[float]]:
    """Return a made-up area: a square of half a degree in a grid, in the order of codes; neighbours share corners."""
    place = [each.code for each in municipalities(year)].index(code)
    west, south = 5 + place % COLUMNS_OF_GRID * 0.5, 58 + place // COLUMNS_OF_GRID * 0.5
    return [[west, south], [west + 0.5, south], [west + 0.5, south + 0.5], [west, south + 0.5], [west, south]]


def area(code: str) -> dict[str, Any]:
    """Return the made-up area of a municipality as kommuneinfo answers."""
    return {
        "kommunenummer": code,
        "kommunenavn": code,
        "omrade": {"type": "MultiPolygon", "coordinates": [[square(code)]]},
    }


def beside(code: str, year: int = 2024) -> list[dict[str, str]]:
    """Return the neighbours in the grid."""
    codes = [each.code for each in municipalities(year)]
    place = codes.index(code)
    column = place % COLUMNS_OF_GRID
    near = [place - COLUMNS_OF_GRID, place + COLUMNS_OF_GRID]
    near += [place - 1] * (column > 0) + [place + 1] * (column < COLUMNS_OF_GRID - 1)
    return [{"kommunenummer": codes[each], "kommunenavnNorsk": codes[each]} for each in near if 0 <= each < len(codes)]


# IMDi


SettlementRow = tuple[int, str, str, str]
"""Year, code, measure as IMDi writes it, and the number or mark."""


def shipped_settlement(years: Iterable[int]) -> Iterator[SettlementRow]:
    """Yield the shipped figures of settlement for all groups, as IMDi's base writes them."""
    wanted = set(years)
    names = {indicator: name for name, indicator in SETTLEMENT.measures.items()}
    for row in table("settlement"):
        year = int(row["year"])
        if row["group"] != "all" or year not in wanted or row["note"] in ("latest-is-first", "not-published"):
            continue
        # "Not asked" has been written in three ways: hidden, blank, and as a request of 0.
        not_asked = ":" if year == 2020 else "." if year < 2020 else "0"
        mark = {"hidden": ":", "missing": ".", "not_asked": not_asked}
        yield year, row["code"], names[row["measure"]], row["value"] or mark[row["status"]]


def made_up_settlement(year: int) -> Iterator[SettlementRow]:
    """Yield made-up figures of a later year on the municipalities in force: not one of them was ever published.

    Everybody is asked by population, at least for ten; every fiftieth has not answered, every fortieth says no; small
    numbers of settled people are hidden.
    """
    for place, each in enumerate(municipalities(year)):
        asked = max(10, people(each.code, year) // 400)
        decided = "." if place % 50 == 49 else "0" if place % 40 == 39 else str(asked)
        settled = 0 if decided in (".", "0") else asked * 9 // 10
        yield year, each.code, "Opprinnelig anmodning", str(asked)
        yield year, each.code, "Anmodning", str(asked)
        yield year, each.code, "Vedtak", decided
        yield year, each.code, "Faktisk bosetting", ":" if 0 < settled < 5 else str(settled)


def imdi_file(rows: Iterable[SettlementRow], *, renamed: bool = False, utf8: bool = False) -> bytes:
    """Return rows as IMDi's file has them."""
    heading = "Anmodning, vedtak og faktisk bosetting" if renamed else "Bosetting"
    lines = [f"Enhet;År;Kommunenummer;Kommune;{heading};Antall"]
    names = {each.code: each.name for structure in Structure for each in municipalities(structure.value)}
    lines += [
        f"Personer;{year};{code};{names.get(code, 'Uoppgitt')};{measure};{count}" for year, code, measure, count in rows
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig" if utf8 else "iso-8859-1")


def as_bytes(value: object) -> bytes:
    """Return JSON as a service sends it."""
    return json.dumps(value, ensure_ascii=False).encode()
