"""Klass, SSB's code lists: municipalities (131), counties (104), what became of them, and what belongs to what.

`/classifications/131/codesAt.json?date=`, `/codes.json?from=&to=` (`codes[{code, parentCode, level, name, validFrom,
validTo}]`), `/changes.json?from=&to=` (`codeChanges[{oldCode, oldName, newCode, newName, changeOccurred}]`),
`/correspondsAt.json?targetClassificationId=104&date=` (`correspondenceItems[{sourceCode, targetCode}]`) and
`/correspondencetables/1236.json` (`correspondenceMaps`). `to` is the first day that is not meant. The default form is
XML, so the addresses end in `.json`. Source: data.ssb.no/api/klass/v1/api-guide.html; terms CC BY 4.0.
That table 1236 holds municipalities with their organisation numbers is told, not which stands first: it is seen by what
the numbers look like.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from bosett.basis.structures import Structure
from bosett.geography import register
from bosett.sources.answers import day_of, documents, listed, objects, text_of, unexpected
from bosett.sources.fetching import Fetched, Question
from bosett.sources.organisation_numbers import is_organisation_number

KLASS = "https://data.ssb.no/api/klass/v1"
MUNICIPALITIES, COUNTIES, ORGANISATION_NUMBERS = 131, 104, 1236

_PLACES_UNKNOWN = frozenset(
    ("99", "9999", "21", "2100", "2111", "2121", "22", "2211", "23", "2311", "25", "88", "8888")
)
"""Codes that are no municipality or county of the mainland: Svalbard, Jan Mayen, the shelf, unknown."""


@dataclass(frozen=True, slots=True)
class KlassCode:
    """A code of a list; `last_day` is the last on which it is meant, None while it is, or when that is not told."""

    code: str
    name: str
    parent: str
    level: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class KlassChange:
    """A code that became another, or got another name, on a day; both may stand in several changes."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    day: date


@dataclass(frozen=True, slots=True)
class KlassLink:
    """A code of one list and the code of another that belongs to it."""

    source_code: str
    source_name: str
    target_code: str
    target_name: str


@dataclass(frozen=True, slots=True)
class ListDifference:
    """What differs between a list of municipalities and our structure: codes with names."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[str, ...]


def codes_at(classification: int, day: date, address: str = KLASS) -> Question:
    """Return the question for the codes of a list on a day."""
    return _question(address, classification, "codesAt", date=day)


def codes_between(classification: int, first_day: date, day_after: date, address: str = KLASS) -> Question:
    """Return the question for the codes of a list from a day until another."""
    return _question(address, classification, "codes", **{"from": first_day, "to": day_after})


def changes_between(classification: int, first_day: date, day_after: date, address: str = KLASS) -> Question:
    """Return the question for what became of codes from a day until another."""
    return _question(address, classification, "changes", **{"from": first_day, "to": day_after})


def links_at(classification: int, other: int, day: date, address: str = KLASS) -> Question:
    """Return the question for which code of another list belongs to each code of a list on a day."""
    return _question(address, classification, "correspondsAt", targetClassificationId=other, date=day)


def link_table(number: int, address: str = KLASS) -> Question:
    """Return the question for a table of links by its number."""
    return Question(f"{address}/correspondencetables/{number}.json")


def read_codes(fetched: Fetched) -> tuple[KlassCode, ...]:
    """Return the codes of an answer to `codesAt` or `codes`, in order of code and first day.

    Raises:
        UnreadableAnswer: It is no such answer, or holds no codes, or one of them twice.
    """
    codes = [_code(each, fetched) for each in _held(fetched, "codes")]
    keys = [(each.code, each.first_day or date.min) for each in codes]
    if len(set(keys)) != len(keys):
        twice = sorted({code for code, day in keys if keys.count((code, day)) > 1})
        raise unexpected(fetched, f"codes stand twice: {listed(twice)}")
    return tuple(sorted(codes, key=lambda each: (each.code, each.first_day or date.min)))


def read_changes(fetched: Fetched) -> tuple[KlassChange, ...]:
    """Return the changes of an answer, in order of day and codes; none is an empty tuple.

    Raises:
        UnreadableAnswer: It is no such answer.
    """
    changes = []
    for each in _held(fetched, "codeChanges", empty=True):
        day = day_of(each.get("changeOccurred"), fetched)
        if day is None:
            raise unexpected(fetched, "a change has no day")
        old, new = text_of(each, "oldCode", fetched), text_of(each, "newCode", fetched)
        changes.append(KlassChange(old, _name(each, "oldName"), new, _name(each, "newName"), day))
    return tuple(sorted(changes, key=lambda each: (each.day, each.old_code, each.new_code)))


def read_links(fetched: Fetched) -> tuple[KlassLink, ...]:
    """Return the links of an answer to `correspondsAt`, or of a table of links, in order of codes.

    Raises:
        UnreadableAnswer: It is no such answer, or holds no links.
    """
    links = [
        KlassLink(
            text_of(each, "sourceCode", fetched),
            _name(each, "sourceName"),
            text_of(each, "targetCode", fetched),
            _name(each, "targetName"),
        )
        for each in _held(fetched, "correspondenceItems", "correspondenceMaps")
    ]
    return tuple(sorted(set(links), key=lambda each: (each.source_code, each.target_code)))


def counties_of(links: tuple[KlassLink, ...], fetched: Fetched) -> Mapping[str, str]:
    """Return the county of each municipality, whichever of the two stands first in the links.

    Raises:
        UnreadableAnswer: A municipality has two counties, or the codes are other codes.
    """
    counties: dict[str, str] = {}
    for link in links:
        codes = {len(code): code for code in (link.source_code, link.target_code)}
        if set(codes) != {2, 4}:
            raise unexpected(fetched, f"{link.source_code} and {link.target_code} are no municipality and county")
        if counties.setdefault(codes[4], codes[2]) != codes[2]:
            raise unexpected(fetched, f"{codes[4]} lies in the counties {counties[codes[4]]} and {codes[2]}")
    return MappingProxyType(dict(sorted(counties.items())))


def organisation_numbers_of(links: tuple[KlassLink, ...], fetched: Fetched) -> Mapping[str, str]:
    """Return the organisation number of each municipality.

    Raises:
        UnreadableAnswer: A municipality has two numbers, or the codes are other codes.
    """
    numbers: dict[str, str] = {}
    for link in links:
        codes = {len(code): code for code in (link.source_code, link.target_code)}
        if set(codes) != {4, 9} or not is_organisation_number(codes[9]):
            raise unexpected(fetched, f"{link.source_code} and {link.target_code} are no municipality and number")
        if numbers.setdefault(codes[4], codes[9]) != codes[9]:
            raise unexpected(fetched, f"{codes[4]} has the numbers {numbers[codes[4]]} and {codes[9]}")
    return MappingProxyType(dict(sorted(numbers.items())))


def mainland(codes: Iterable[KlassCode]) -> tuple[KlassCode, ...]:
    """Return the codes that are municipalities or counties of the mainland."""
    return tuple(each for each in codes if each.code not in _PLACES_UNKNOWN)


def difference(codes: tuple[KlassCode, ...], structure: Structure) -> ListDifference:
    """Return what differs between a list of municipalities, as Klass has it, and a structure that we know."""
    theirs = {each.code: each.name for each in mainland(codes)}
    ours = {code: place.official_name for code, place in register().municipalities[structure].items()}
    return ListDifference(
        new=tuple(f"{code} {name}" for code, name in theirs.items() if code not in ours),
        gone=tuple(f"{code} {name}" for code, name in ours.items() if code not in theirs),
        renamed=tuple(
            f"{code} {ours[code]}: {name}" for code, name in theirs.items() if code in ours and ours[code] != name
        ),
    )


def _question(address: str, classification: int, what: str, **asked: object) -> Question:
    return Question(f"{address}/classifications/{classification}/{what}.json?{urlencode(asked)}")


def _held(fetched: Fetched, *names: str, empty: bool = False) -> Iterator[Mapping[str, Any]]:
    for value in documents(fetched):
        name = next((each for each in names if isinstance(value, dict) and each in value), None)
        if name is None:
            raise unexpected(fetched, f"there is no '{names[0]}' in it")
        rows = objects(value[name], name, fetched)
        if not rows and not empty:
            raise unexpected(fetched, f"'{name}' is empty")
        yield from rows


def _code(fields: Mapping[str, Any], fetched: Fetched) -> KlassCode:
    first, after = day_of(fields.get("validFrom"), fetched), day_of(fields.get("validTo"), fetched)
    if after == date.min:
        raise unexpected(fetched, "a code is meant until before the first day there is")
    return KlassCode(
        code=text_of(fields, "code", fetched),
        name=text_of(fields, "name", fetched),
        parent=_name(fields, "parentCode"),
        level=_name(fields, "level"),
        first_day=first,
        last_day=None if after is None else date.fromordinal(after.toordinal() - 1),
    )


def _name(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""
