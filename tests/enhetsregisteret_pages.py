"""Made-up answers of Enhetsregisteret: one organisation for each place, with numbers that the check allows."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bosett.geography import counties, municipalities
from bosett.sources.organisation_numbers import check_digit

PAGE = 100
FORMS = ("KOMM", "FYLK")


def number(index: int) -> str:
    """Return an organisation number that the register gives nobody: they begin with 8 or 9, these with 3."""
    eight = 30_000_000 + index * 10
    digits = (check_digit(str(each)) for each in range(eight, eight + 10))
    return next(
        f"{each}{digit}" for each, digit in zip(range(eight, eight + 10), digits, strict=True) if digit is not None
    )


def unit(index: int, name: str, form: str, municipality: str, **more: object) -> dict[str, Any]:
    address = {
        "adresse": [f"Rådhusgata {index}"],
        "postnummer": f"{1000 + index}",
        "poststed": "STEDET",
        "kommunenummer": municipality,
    }
    named = {"organisasjonsnummer": number(index), "navn": name.upper(), "organisasjonsform": {"kode": form}}
    return {
        **named,
        "forretningsadresse": address,
        "postadresse": {**address, "adresse": [f"Postboks {index}"]},
        **more,
    }


def units(year: int) -> dict[str, list[dict[str, Any]]]:
    """Return a unit for each municipality and, but for Oslo, each county of a year, by form."""
    places = municipalities(year)
    first = {county.code: place.code for county in counties(year) for place in places if place.county == county.code}
    return {
        "KOMM": [
            unit(index, f"{place.name} {place.kind}", "KOMM", place.code) for index, place in enumerate(places, start=1)
        ],
        "FYLK": [
            unit(1000 + index, f"{county.name} fylkeskommune", "FYLK", first[county.code])
            for index, county in enumerate(counties(year))
            if county.name != "Oslo"
        ],
    }


def written(folder: Path, organisations: Mapping[str, list[dict[str, Any]]]) -> list[Path]:
    """Write the pages as files, and return them."""
    files = []
    for form, rows in organisations.items():
        pages = [rows[start : start + PAGE] for start in range(0, len(rows), PAGE)]
        for index, page in enumerate(pages):
            page_facts = {"number": index, "size": PAGE, "totalElements": len(rows), "totalPages": len(pages)}
            path = folder / f"{form}-{index}.json"
            path.write_text(json.dumps({"_embedded": {"enheter": page}, "page": page_facts}), encoding="utf-8")
            files.append(path)
    return files
