"""Which municipality a row of somebody's file is about: by its code, or any of its names; and which are sums."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.geography import Municipality, counties, municipalities
from bosett.geography.name_matching import fold
from bosett.sources.grids import CellPlace, GridTable, Remark, rows_hidden
from bosett.sources.values import as_text, read_code

CODE, NAME = "code", "name"
CODE_HEADINGS = ("kommunenr", "kommunenummer", "kommune nr", "komm nr", "knr", "kode", "code", "municipality code")
NAME_HEADINGS = ("kommune", "kommunenavn", "kommunenamn", "navn", "namn", "name", "municipality")
"""What these columns are called by IMDi, SSB, Kartverket and in our own files, as headings are compared."""

_KINDS = frozenset(("kommune", "herad", "suohkan", "gielda", "tjielte", "komuuni", "municipality"))
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
_BOTH = re.compile(r"(?:K-)?([0-9]{4})[\s:-]+(\D.*)")
_UNKNOWN = ("key_unknown_code", "key_unknown_name")
_SUMS = frozenset(("sum", "total", "totalt", "totalsum", "delsum", "subtotal"))
_WHOLES = frozenset(
    fold(words)
    for words in (
        *("i alt", "ialt", "til sammen", "tilsammen", "til saman", "samlet", "samla", "hele landet", "heile landet"),
        *("landet", "norge", "noreg", "norway", "hele fylket", "heile fylket", "fylket", "alle kommuner"),
        *("alle kommunar", "andre kommuner", "andre kommunar", "grand total", "all municipalities"),
    )
)


class UnknownKey(Refusal):
    """A code or name that is no municipality of the county: a code that words are found by, and its facts."""

    def __init__(self, code: str, facts: Mapping[str, str]) -> None:
        super().__init__(f"{code}: {dict(facts)}. Use the codes and names of the county's own sheet.")
        self.code, self.facts = code, dict(facts)


class Keys:
    """The municipalities of a county in a year, or of the country, by code and by name."""

    def __init__(self, year: int, county: str | None = None) -> None:
        places = municipalities(year)
        self._areas = {area.code: area.name for area in counties(year)}
        self._places = {place.code: place for place in places}
        self._names = _named(year)
        self._county = county
        self._folded_areas = {fold(name) for name in self._areas.values()}

    def code_of(self, column: str, written: str) -> str:
        """Return the code of what is written in the column of codes or of names.

        Raises:
            UnknownKey: It is no municipality, or one of another county.
        """
        place = self._by_code(written) if column == CODE else self._by_name(written)
        if self._county not in (None, place.county):
            raise UnknownKey("key_other_county", {"written": written, "county": self._areas[place.county]})
        return place.code

    def code_in(self, written: str) -> str:
        """Return the code of what is written in one cell: a code, a name, or both as SSB writes them.

        Raises:
            UnknownKey: It is no municipality.
        """
        both = _BOTH.fullmatch(written)
        code = both[1] if both else written
        return self.code_of(CODE if code.isascii() and code.isdigit() else NAME, code)

    def name_of(self, code: str) -> str:
        """Return a municipality's name as it is shown."""
        return self._places[code].display_name

    def is_whole(self, written: str) -> bool:
        """Return whether what is written is no municipality but a sum, a county or the country."""
        words = fold(_without_county(written)).split()
        if _taken_apart(written)[0] in self._names:
            return False  # Oslo is both
        area = " ".join(word for word in words if word not in ("fylke", "fylkeskommune", "county"))
        return bool(words) and (
            words[0] in _SUMS
            or " ".join(words) in _WHOLES
            or area in self._folded_areas
            or written.strip() in self._areas
        )

    def _by_code(self, written: str) -> Municipality:
        place = self._places.get(written.zfill(4))  # a spreadsheet that takes 0301 for a number leaves 301
        if place is None:
            raise UnknownKey("key_unknown_code", {"written": written})
        return place

    def _by_name(self, written: str) -> Municipality:
        name, area = _taken_apart(written)
        places = self._names.get(name, ())
        if area is not None:
            places = tuple(place for place in places if fold(self._areas[place.county]) == area)
        own = [place for place in places if place.county == self._county] or places
        if not own:
            raise UnknownKey("key_unknown_name", {"written": written})
        if len(own) > 1 and self._county is None:
            raise UnknownKey("key_two_places", {"written": written})
        return own[0]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table by their municipality, in the file's order; what is wrong, and what is left aside."""

    lines: Mapping[str, int]
    places: Mapping[str, CellPlace]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def rows_of(table: GridTable, keys: Keys, values: Collection[str]) -> Rows:
    """Return which row is about which municipality.

    A code decides over a name that is damaged, and the name is told; a name of another municipality is a fault. Sums
    are left aside wherever they stand; so is, beneath the last municipality, what says nobody's name, and a note that
    gives no values.

    Args:
        table: The table, with columns `code` or `name`.
        keys: The municipalities that it may be about.
        values: Its columns that are taken from the file.
    """
    rows = [_Line(table, keys, line) for line in table.lines]
    last = max((each.line for each in rows if each.code), default=table.head)
    lines: dict[str, int] = {}
    places: dict[str, CellPlace] = {}
    faults: list[Remark] = []
    notes: list[Remark] = []
    for each in rows:
        if each.code in lines:
            faults.append(Remark("key_twice", {"first": places[each.code].cell, "municipality": each.code}, each.place))
        elif each.code:
            lines[each.code], places[each.code] = each.line, each.place
            notes += each.notes
        elif each.fault is not None:
            bare = not any(_filled(table, each.line, column) for column in values)
            nobody = not each.written or (bare and each.fault.code in _UNKNOWN)
            aside = each.whole or (nobody and lines and each.line > last)
            facts = {"written": " ".join(each.written.values())}
            (notes if aside else faults).append(Remark("row_aside", facts, each.place) if aside else each.fault)
    notes += rows_hidden(table, lines.values())
    return Rows(MappingProxyType(lines), places, tuple(faults), tuple(notes))


class _Line:
    """Whom one row is about: its municipality's code; or a fault, when anything stands in it."""

    def __init__(self, table: GridTable, keys: Keys, line: int) -> None:
        self.line, self.keys = line, keys
        columns = [column for column in (CODE, NAME) if column in table.columns]
        read = {CODE: read_code, NAME: as_text}
        texts = {column: read[column](table.at(line, column)) for column in columns}
        self.written = {column: text for column, text in texts.items() if text}
        self.place = table.place(line, next(iter(self.written), columns[0]))
        self.code, self.fault, self.notes = "", None, list[Remark]()
        self.whole = bool(self.written) and all(keys.is_whole(text) for text in self.written.values())
        try:
            self.code = self._found(table)
        except UnknownKey as unknown:
            self.fault = Remark(unknown.code, unknown.facts, self.place)
        if self.code:
            self.whole = False
        elif self.fault is None and any(_filled(table, line, column) for column in table.columns):
            self.fault = Remark("key_missing", {}, self.place)

    def _found(self, table: GridTable) -> str:
        code, name = self._both()
        if not code or not name:
            return self.keys.code_of(CODE, code) if code else self.keys.code_of(NAME, name) if name else ""
        own = self.keys.code_of(CODE, code)
        try:
            other = self.keys.code_of(NAME, name)
        except UnknownKey as unknown:
            if unknown.code == "key_two_places":
                return own
            if unknown.code != "key_unknown_name":
                raise
            facts = {"number": own, "name": name, "own": self.keys.name_of(own)}
            self.notes.append(Remark("name_unlike", facts, table.place(self.line, next(reversed(self.written)))))
            return own
        if other != own:
            raise UnknownKey("key_differs", {"number": code, "name": name})
        return own

    def _both(self) -> tuple[str, str]:
        """Return code and name; SSB writes both in one cell."""
        code, name = self.written.get(CODE, ""), self.written.get(NAME, "")
        match = _BOTH.fullmatch(code or name)
        if match is None or (code and name):
            return code, name
        return match[1], match[2]


@cache
def _named(year: int) -> Mapping[str, tuple[Municipality, ...]]:
    """Return the municipalities by each name, as names are compared: parallel names alone, and in any order."""
    by_name: dict[str, tuple[Municipality, ...]] = {}
    for place in municipalities(year):
        for name in {fold(each) for each in _spellings(place)}:
            by_name[name] = (*by_name.get(name, ()), place)
    return MappingProxyType(by_name)


def _spellings(place: Municipality) -> Iterable[str]:
    parallel = [each.text for each in place.names]
    yield from (place.name, place.official_name)
    for count in range(1, len(parallel) + 1):
        yield from (" ".join(some) for some in permutations(parallel, count))


def _taken_apart(written: str) -> tuple[str, str | None]:
    """Return a name without what kind of place it is, and the county in brackets after it."""
    match = _BRACKETS.fullmatch(written)
    name, area = (match[1], fold(match[2])) if match else (written, None)
    words = fold(name).split()
    return " ".join([word for word in words if word not in _KINDS] or words), area


def _without_county(written: str) -> str:
    match = _BRACKETS.fullmatch(written)
    return match[1] if match else written


def _filled(table: GridTable, line: int, column: str) -> bool:
    return column in table.columns and not table.grid.blank(line, table.columns[column])
