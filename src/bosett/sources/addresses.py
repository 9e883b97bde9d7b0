"""Postal addresses from a file: Enhetsregisteret's own answers (JSON), or a table; and what is wrong with them.

Source: data.brreg.no, Enhetsregisteret's open interface: units under `_embedded.enheter`, in a list, or one alone;
each with `organisasjonsnummer`, `postadresse` and `forretningsadresse` (`adresse` lines, `postnummer`, `poststed`).
Nothing is guessed: a unit without a postal address is told, and its business address is taken only when asked for.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.sources import limits
from bosett.sources.grids import GridTable, Remark, WantedColumns, find_table, rows_hidden
from bosett.sources.values import as_text, read_code

MOST_FILE = 4 * 1024 * 1024
MOST_ROWS = 5_000
MOST_LINES = 3
"""Lines that an envelope and every service have room for."""
LONGEST_LINE = 100
LONGEST_PLACE = 60
COLUMNS = ("orgnr", "adresse", "postnummer", "poststed")
WANTED = WantedColumns(
    {
        "orgnr": ("orgnr", "org nr", "organisasjonsnummer", "organisasjonsnr"),
        "adresse": ("adresse", "postadresse", "adresselinje", "adresselinjer"),
        "postnummer": ("postnummer", "postnr", "post nr"),
        "poststed": ("poststed", "poststad"),
    },
    ("orgnr",),
    COLUMNS[1:],
)
_ORGNR, _CODE = re.compile(r"[0-9]{9}"), re.compile(r"[0-9]{4}")
_NORWAY = ("", "NO")
_MARK = b"\xef\xbb\xbf"

SENTENCES = {
    "large": "The file is larger than 4 MB. Is it the right one?",
    "empty": "The file is empty.",
    "letters": "The letters of the file cannot be read. Save it as CSV UTF-8.",
    "not_json": "The file begins as JSON and is none. Fetch it again.",
    "no_units": "The file holds no units. It must be Enhetsregisteret's answer, with _embedded.enheter.",
    "no_heading": "The headings orgnr;adresse;postnummer;poststed must stand in one row.",
    "rows": "The file has more than 5 000 rows.",
}


class NotAddresses(Refusal):
    """A file that cannot be read as addresses: a code that words are found by, of ours or of any table's; its facts."""

    def __init__(self, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(SENTENCES.get(code) or limits.SENTENCES[code])
        self.code, self.facts = code, dict(facts or {})


@dataclass(frozen=True, slots=True)
class Given:
    """One address as a file gives it: `row` is its line or unit, from 1; `business` when it is the business address."""

    row: int
    orgnr: str
    lines: tuple[str, ...]
    postal_code: str
    place: str
    business: bool = False


@dataclass(frozen=True, slots=True)
class AddressFault:
    """What is wrong with a row: where, in which field, a code that words are found by, and its facts."""

    row: int
    field: str
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AddressFile:
    """What a file says: the addresses that can be read, what is wrong with the others, and what is left aside."""

    given: tuple[Given, ...]
    faults: tuple[AddressFault, ...]
    notes: tuple[Remark, ...]
    register: bool


def read_addresses(name: str, content: bytes, parties: frozenset[str], *, business: bool = False) -> AddressFile:
    """Return the addresses that a file gives for some organisations; others in it are left aside.

    Args:
        name: The file's name: tells a workbook with macros or of another kind.
        content: The file.
        parties: Organisation numbers that matter.
        business: Whether the business address is taken when a unit has no postal address.

    Raises:
        NotAddresses: It is no such file, or one that is not to be read.
    """
    if len(content) > MOST_FILE:
        raise NotAddresses("large")
    if not content.strip():
        raise NotAddresses("empty")
    if content.removeprefix(_MARK).lstrip().startswith((b"{", b"[")):
        return _checked(_units(content, business=business), parties, (), register=True)
    try:
        table, _ = find_table(name, content, WANTED)
    except limits.UnreadableFile as refused:
        raise NotAddresses(refused.code, refused.facts) from None
    if len(table.lines) > MOST_ROWS:
        raise NotAddresses("rows")
    checked = _checked(_lines(table), parties, (*table.notes, *rows_hidden(table, _filled(table))), register=False)
    twice = tuple(AddressFault(table.head + 1, "", fault.code, fault.facts) for fault in table.faults)
    return replace(checked, faults=(*twice, *checked.faults))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row before it is checked; `lacks` when no address may be taken, `beyond` is past the columns."""

    row: int
    orgnr: str
    lines: tuple[str, ...]
    postal_code: str
    place: str
    country: str = ""
    business: bool = False
    lacks: bool = False
    beyond: str = ""


def _units(content: bytes, *, business: bool) -> Iterator[_Row]:
    try:
        # No number is used, and one may be too long for an int.
        document = json.loads(content.decode("utf-8-sig"), parse_int=float)
    except (ValueError, RecursionError):
        raise NotAddresses("not_json") from None
    units = _list_of_units(document)
    if len(units) > MOST_ROWS:
        raise NotAddresses("rows")
    for row, unit in enumerate(units, start=1):
        body = unit if isinstance(unit, dict) else {}
        postal, other = _part(body, "postadresse"), _part(body, "forretningsadresse")
        taken = other if business and other and not any(_written(postal)) else postal
        yield _Row(
            row=row,
            orgnr=_text(body, "organisasjonsnummer"),
            lines=_written(taken),
            postal_code=_text(taken, "postnummer"),
            place=_text(taken, "poststed"),
            country=_text(taken, "landkode"),
            business=taken is other and taken is not postal,
            lacks=not taken,
        )


def _list_of_units(document: object) -> Sequence[object]:
    if isinstance(document, dict) and "organisasjonsnummer" in document:
        return [document]
    if isinstance(document, dict):
        embedded = document.get("_embedded")
        document = embedded.get("enheter") if isinstance(embedded, dict) else None
    if not isinstance(document, list) or not document:
        raise NotAddresses("no_units")
    return document


def _part(unit: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = unit.get(name)
    return part if isinstance(part, dict) else {}


def _written(part: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of an address; what is no text is none of them."""
    lines = part.get("adresse")
    return tuple(line.strip() for line in lines if isinstance(line, str)) if isinstance(lines, list) else ()


def _text(part: Mapping[str, Any], name: str) -> str:
    text = part.get(name)
    return text.strip() if isinstance(text, str) else ""


def _lines(table: GridTable) -> Iterator[_Row]:
    widest = max(
        place for place, _ in enumerate(table.grid.rows[table.head]) if not table.grid.blank(table.head, place)
    )
    for line in table.lines:
        beyond = [as_text(table.grid.at(line, place)) for place in range(widest + 1, len(table.grid.rows[line]))]
        orgnr, address, postal_code, place = (table.at(line, column) for column in COLUMNS)
        read = (read_code(orgnr), as_text(address), read_code(postal_code), as_text(place))
        if not any((*read, *beyond)):
            continue
        wanted = tuple(re.split(r"[\n|]", read[1]))
        # A spreadsheet program shows the number in threes, and takes the first zero of a code away.
        yield _Row(line + 1, read[0], wanted, read[2], read[3], beyond=next(filter(None, beyond), ""))


def _filled(table: GridTable) -> Iterator[int]:
    return (line for line in table.lines if any(as_text(cell) for cell in table.grid.rows[line]))


def _checked(
    rows: Iterator[_Row], parties: frozenset[str], notes: tuple[Remark, ...], *, register: bool
) -> AddressFile:
    given: dict[str, Given] = {}
    faults: list[AddressFault] = []
    for row in rows:
        if not register and _ORGNR.fullmatch(row.orgnr) is None:
            faults.append(AddressFault(row.row, "orgnr", "not_orgnr", {"found": row.orgnr[:LONGEST_LINE]}))
            continue
        if row.orgnr not in parties:
            if not register:
                faults.append(AddressFault(row.row, "orgnr", "not_party", {"found": row.orgnr}))
            continue
        lines = tuple(line for line in (" ".join(each.split()) for each in row.lines) if line)
        address = Given(row.row, row.orgnr, lines, row.postal_code, " ".join(row.place.split()), row.business)
        wrong = list(_wrong(address, row))
        before = given.get(row.orgnr)
        if not wrong and before is not None:
            same = (before.lines, before.postal_code, before.place) == (
                address.lines,
                address.postal_code,
                address.place,
            )
            wrong = [] if same else [AddressFault(row.row, "orgnr", "twice", {"found": row.orgnr, "row": before.row})]
        faults += wrong
        if not wrong and before is None:
            given[row.orgnr] = address
    return AddressFile(tuple(given.values()), tuple(faults), notes, register)


def _wrong(address: Given, row: _Row) -> Iterator[AddressFault]:
    if row.lacks:
        yield AddressFault(row.row, "adresse", "none", {"orgnr": row.orgnr})
        return
    if row.beyond:  # the cells before it have most likely been moved by it
        yield AddressFault(row.row, "adresse", "many_cells", {"found": row.beyond[:LONGEST_LINE]})
        return
    if row.country not in _NORWAY:
        yield AddressFault(address.row, "landkode", "abroad", {"found": row.country[:2]})
        return
    for code, name in objections(address.lines, address.postal_code, address.place):
        yield AddressFault(
            address.row, name, code, {"found": {"postnummer": address.postal_code}.get(name, "")[:LONGEST_LINE]}
        )


def objections(lines: Sequence[str], postal_code: str, place: str) -> Iterator[tuple[str, str]]:
    """Return why an address cannot stand: a code that words are found by, and the field that it is about."""
    if not lines:
        yield "no_lines", "adresse"
    elif len(lines) > MOST_LINES:
        yield "many_lines", "adresse"
    elif any(len(line) > LONGEST_LINE or not line.isprintable() for line in lines):
        yield "line_long", "adresse"
    if _CODE.fullmatch(postal_code) is None:
        yield "not_postal_code", "postnummer"
    if not place or len(place) > LONGEST_PLACE or not place.isprintable() or any(letter.isdigit() for letter in place):
        yield "not_place", "poststed"
