"""Enhetsregisteret: the organisations of municipalities (form KOMM) and county municipalities (FYLK).

`GET https://data.brreg.no/enhetsregisteret/api/enheter?organisasjonsform=KOMM&size=100&page=0`, open and without a key:
units under `_embedded.enheter`, and `page {size, totalElements, totalPages, number}`. Each unit has
`organisasjonsnummer`, `navn`, `organisasjonsform.kode`, `forretningsadresse` and `postadresse` (`adresse` lines,
`postnummer`, `poststed`, `kommunenummer`); one that is deleted has `slettedato`. Source: data.brreg.no, documentation
of the interface; terms NLOD 2.0. A list of units in a file is read too.

Which municipality an organisation is of is told by the municipality of its business address, as the register says it.
Who has none or several is told, and nobody picks.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bosett.basis.structures import Structure
from bosett.geography import register
from bosett.geography.name_matching import fold
from bosett.sources.answers import UnreadableAnswer, documents, listed, objects, text_of, unexpected
from bosett.sources.fetching import Fetched, Fetcher, Question, joined
from bosett.sources.organisation_numbers import is_organisation_number

REGISTER = "https://data.brreg.no/enhetsregisteret/api"
MUNICIPALITY, COUNTY = "KOMM", "FYLK"
PAGE_SIZE = 100
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class RegisteredAddress:
    """An address as the register has it; `municipality` is empty when it is not told."""

    lines: tuple[str, ...]
    postal_code: str
    place: str
    municipality: str


@dataclass(frozen=True, slots=True)
class RegisteredBody:
    """An organisation: its number, name, form (KOMM or FYLK) and addresses, None when it has none such."""

    number: str
    name: str
    form: str
    business: RegisteredAddress | None
    postal: RegisteredAddress | None


@dataclass(frozen=True, slots=True)
class BodiesByPlace:
    """Which organisation each place of a structure has.

    Attributes:
        bodies: The one organisation of each code that has one.
        lacking: Codes and names of those without.
        several: Codes and names of those with more than one, each with the numbers.
        outside: Organisations of no place of the structure, as number and name.
    """

    bodies: Mapping[str, RegisteredBody]
    lacking: tuple[str, ...]
    several: tuple[str, ...]
    outside: tuple[str, ...]


def fetch_bodies(fetcher: Fetcher, form: str, address: str = REGISTER) -> Fetched:
    """Return all pages of the organisations of a form, one after another.

    Raises:
        NotFetched: The register is not reached, or says no.
        UnreadableAnswer: A page is none.
    """
    pages = [fetcher.fetch(page_of(form, 0, address))]
    _, total = _page(documents(pages[0])[0], pages[0])
    if total > MOST_PAGES:
        raise unexpected(pages[0], f"there are {total} pages, where a few are expected")
    pages += [fetcher.fetch(page_of(form, number, address)) for number in range(1, total)]
    return joined(pages)


def page_of(form: str, number: int, address: str = REGISTER) -> Question:
    """Return the question for one page, from 0, of the organisations of a form."""
    return Question(f"{address}/enheter?organisasjonsform={form}&size={PAGE_SIZE}&page={number}")


def read_bodies(fetched: Fetched, form: str) -> tuple[RegisteredBody, ...]:
    """Return the organisations of a form, in order of number; those that are deleted are left aside.

    Raises:
        UnreadableAnswer: It is no such answer, pages are missing, a number is no organisation number, or one stands
            twice with different facts.
    """
    units: list[Mapping[str, Any]] = []
    pages: dict[int, int] = {}
    totals: set[tuple[int, int]] = set()
    for value in documents(fetched):
        if isinstance(value, list):
            units += objects(value, "enheter", fetched)
            continue
        number, total = _page(value, fetched)
        pages[number] = total
        totals.add((total, value["page"]["totalElements"]))
        embedded = value.get("_embedded")
        units += objects(embedded.get("enheter") if isinstance(embedded, dict) else None, "enheter", fetched)
    _require_pages(pages, totals, len(units), fetched)
    bodies: dict[str, RegisteredBody] = {}
    for each in units:
        body = _body(each, fetched)
        if each.get("slettedato") is None and body.form == form and bodies.setdefault(body.number, body) != body:
            raise unexpected(fetched, f"{body.number} {body.name} stands twice, with different facts")
    if not bodies:
        raise unexpected(fetched, f"there is no organisation of the form {form}")
    return tuple(bodies[number] for number in sorted(bodies))


def of_municipalities(bodies: Sequence[RegisteredBody], structure: Structure) -> BodiesByPlace:
    """Return which organisation each municipality of a structure has, by its business address."""
    names = {code: place.display_name for code, place in register().municipalities[structure].items()}
    return _by_place(bodies, names, {each.number: each.business.municipality for each in bodies if each.business})


def of_counties(bodies: Sequence[RegisteredBody], structure: Structure) -> BodiesByPlace:
    """Return which organisation each county of a structure has, by its name.

    A county municipality's address lies in one of its municipalities, or in another county; its name tells. Oslo has
    none of its own: the municipality is both, and it stands among those that lack one.
    """
    names = {code: county.name for code, county in register().counties[structure].items()}
    codes = {fold(name): code for code, name in names.items()}
    code_of = {}
    for each in bodies:
        words = f" {fold(each.name)} "
        own = {code for name, code in codes.items() if f" {name} " in words}
        if len(own) == 1:
            code_of[each.number] = own.pop()
    return _by_place(bodies, names, code_of)


def _by_place(bodies: Sequence[RegisteredBody], names: Mapping[str, str], codes: Mapping[str, str]) -> BodiesByPlace:
    by_code: dict[str, list[RegisteredBody]] = defaultdict(list)
    outside = []
    for each in bodies:
        code = codes.get(each.number, "")
        if code in names:
            by_code[code].append(each)
        else:
            outside.append(f"{each.number} {each.name}")
    return BodiesByPlace(
        bodies=MappingProxyType({code: by_code[code][0] for code in names if len(by_code.get(code, ())) == 1}),
        lacking=tuple(f"{code} {name}" for code, name in names.items() if code not in by_code),
        several=tuple(
            f"{code} {name}: {', '.join(each.number for each in by_code[code])}"
            for code, name in names.items()
            if len(by_code.get(code, ())) > 1
        ),
        outside=tuple(outside),
    )


def _page(value: object, fetched: Fetched) -> tuple[int, int]:
    """Return the number of a page, from 0, and how many there are."""
    page = value.get("page") if isinstance(value, dict) else None
    numbers = (
        [page.get(name) for name in ("number", "totalPages", "totalElements")] if isinstance(page, dict) else [None]
    )
    if not all(isinstance(each, int) and not isinstance(each, bool) and each >= 0 for each in numbers):
        raise unexpected(fetched, "it does not say which page of how many it is")
    number, total, elements = (each for each in numbers if isinstance(each, int))
    if elements == 0:
        raise unexpected(fetched, "the register knows no such organisation")
    if number >= total:
        raise unexpected(fetched, f"it says that it is page {number + 1} of {total}")
    return number, total


def _require_pages(pages: Mapping[int, int], totals: set[tuple[int, int]], count: int, fetched: Fetched) -> None:
    if not pages:
        return
    if len(totals) > 1:
        raise unexpected(fetched, "its pages tell of different numbers of pages or organisations")
    ((total, elements),) = totals
    lacking = [str(number + 1) for number in range(total) if number not in pages]
    if lacking:
        what = f"of {total} pages these are missing: {listed(lacking)}"
        raise UnreadableAnswer(fetched.source, what, "Fetch all of them; nothing has been read")
    if count != elements:
        what = f"there are {count} organisations, where the register tells of {elements}"
        raise UnreadableAnswer(fetched.source, what, "Fetch all pages anew; nothing has been read")


def _body(unit: Mapping[str, Any], fetched: Fetched) -> RegisteredBody:
    number = text_of(unit, "organisasjonsnummer", fetched)
    if not is_organisation_number(number):
        raise unexpected(fetched, f"{number[:20]!r} is no organisation number")
    form = unit.get("organisasjonsform")
    if not isinstance(form, dict):
        raise unexpected(fetched, f"{number} has no 'organisasjonsform'")
    return RegisteredBody(
        number=number,
        name=text_of(unit, "navn", fetched),
        form=text_of(form, "kode", fetched),
        business=_address(unit.get("forretningsadresse")),
        postal=_address(unit.get("postadresse")),
    )


def _address(address: object) -> RegisteredAddress | None:
    if not isinstance(address, dict):
        return None
    lines = address.get("adresse")
    written = lines if isinstance(lines, list) else []
    postal_code, place, municipality = (
        each.strip() if isinstance(each := address.get(name), str) else ""
        for name in ("postnummer", "poststed", "kommunenummer")
    )
    return RegisteredAddress(
        tuple(" ".join(line.split()) for line in written if isinstance(line, str) and line.strip()),
        postal_code,
        place,
        municipality,
    )
