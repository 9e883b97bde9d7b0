"""What a round's letters are compared with: the newest delivered letter of an earlier round, or a text laid in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bosett.documents.letters.differences import Passage, compare, passages_in, passages_of
from bosett.documents.letters.names import joined
from bosett.geography import counties, municipalities
from bosett_web.queries.letters.letters import LetterRow, contents_by_id
from bosett_web.queries.letters.text import letter_from
from bosett_web.records.models import FormerWording, Letter
from bosett_web.records.models.letters import SENT

Sort = tuple[str, str]
"""Kind of letter, and language."""


@dataclass(frozen=True, slots=True)
class Former:
    """An earlier text of a sort of letter.

    Attributes:
        letter: Identity of the earlier letter; None when the text was laid in.
        year: Round of the earlier letter, or of the letters that the text was laid in for.
        receiver: Code of the earlier letter's receiver; empty when the text was laid in.
        reference: Reference of the earlier letter; empty when the text was laid in.
        source: Where a text that was laid in comes from.
        day: Its date.
        text: A text that was laid in.
    """

    letter: int | None
    year: int
    receiver: str
    reference: str
    source: str
    day: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class ComparedLetter:
    """A letter with what it is compared with, and what has changed."""

    row: LetterRow
    former: Former
    passages: tuple[Passage, ...]


class Formers:
    """All that a round's letters may be compared with, read in two queries."""

    def __init__(self, year: int) -> None:
        self._earlier: dict[Sort, list[Former]] = {}
        letters = Letter.objects.filter(round__lt=year, state__in=SENT).order_by("-round", "receiver", "-version")
        for values in letters.values_list("kind", "language", "pk", "round_id", "receiver", "reference", "day"):
            kind, language, letter, of_year, receiver, reference, day = values
            former = Former(letter, of_year, receiver, reference, "", day)
            self._earlier.setdefault((kind, language), []).append(former)
        self._laid_in = {
            (row.kind, row.language): Former(None, year, "", "", row.source, row.day, row.text)
            for row in FormerWording.objects.filter(round=year).order_by("pk")
        }

    def has_letter(self, sort: Sort) -> bool:
        """Tell whether an earlier letter of the workspace is what counts, so that no text need be laid in."""
        return sort in self._earlier

    def of(self, sort: Sort, receiver: str = "") -> Former | None:
        """Return what a letter is compared with: of the newest round, the same receiver's before another's."""
        earlier = self._earlier.get(sort)
        if not earlier:
            return self._laid_in.get(sort)
        newest = [each for each in earlier if each.year == earlier[0].year]
        return next((each for each in newest if each.receiver == receiver), newest[0])

    def one_of_each(self, rows: Iterable[LetterRow]) -> dict[Sort, LetterRow]:
        """Return one letter of each sort, the first whose receiver had an earlier one if there is such."""
        chosen: dict[Sort, LetterRow] = {}
        met: set[Sort] = set()
        for row in rows:
            sort = (row.kind, row.language)
            former = self.of(sort, row.receiver)
            same = former is not None and former.receiver == row.receiver
            if sort not in chosen or (same and sort not in met):
                chosen[sort] = row
            if same:
                met.add(sort)
        return chosen


def compared(year: int, rows: Iterable[LetterRow], formers: Formers) -> dict[int, ComparedLetter]:
    """Return what has changed in letters of a round, by identity, in one query; left out are those without a former."""
    pairs = {row.id: (row, former) for row in rows if (former := formers.of((row.kind, row.language), row.receiver))}
    texts = contents_by_id({*pairs, *(former.letter for _, former in pairs.values() if former.letter)})
    return {letter: _compared(year, row, former, texts) for letter, (row, former) in pairs.items()}


def _compared(year: int, row: LetterRow, former: Former, texts: Mapping[int, Mapping[str, Any]]) -> ComparedLetter:
    own = passages_of(letter_from(texts[row.id]))
    before = passages_in(former.text) if former.letter is None else passages_of(letter_from(texts[former.letter]))
    return ComparedLetter(row, former, compare(before, own, _names(year) | _names(former.year)))


@cache
def _names(year: int) -> frozenset[str]:
    """Return the names of a year's municipalities and counties: in a letter they are facts."""
    names = {county.name for county in counties(year)}
    for place in municipalities(year):
        single = tuple(name.text for name in place.names)
        names |= {place.name, joined(single), *single}
    return frozenset(names)
