"""How many persons the letters of a round ask for, read from the letters themselves and held against the requests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Func, JSONField

from bosett.documents.letters import persons_told
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import Letter, Request
from bosett_web.records.models.letters import NUMBERED

_FACTS = "jsonb_path_query_first(%(expressions)s, '$.blocks[*] ? (@.sort == \"facts\").pairs')"
"""The facts of a letter that is kept: the database finds them, so that no letter is read whole."""


@dataclass(frozen=True, slots=True)
class LetterPersons:
    """How many persons a letter asks for, as it stands there, and how many of them its request says are minors.

    `number` is 0 in one that tells that its receiver is not asked, and None in one that tells nothing of it, or cannot
    be read; `minors` is None when it is not known.
    """

    number: int | None
    minors: int | None


@dataclass(frozen=True, slots=True)
class Sum:
    """Municipalities that are asked, and persons; minors among them as far as is known, else None."""

    places: int = 0
    persons: int = 0
    minors: int | None = 0

    def plus(self, number: int | None, minors: int | None) -> "Sum":
        """Return the sum with one municipality more; one that is not asked adds nothing."""
        if not number:
            return self
        known = None if self.minors is None or minors is None else self.minors + minors
        return Sum(self.places + 1, self.persons + number, known)

    def and_(self, other: "Sum") -> "Sum":
        """Return two sums as one."""
        known = None if self.minors is None or other.minors is None else self.minors + other.minors
        return Sum(self.places + other.places, self.persons + other.persons, known)


@dataclass(frozen=True, slots=True)
class NumberDeparture:
    """A letter that tells another number than was decided; `in_letter` is None in one that cannot be read."""

    row: LetterRow
    in_letter: int | None
    decided: int


@dataclass(frozen=True, slots=True)
class Held:
    """The numbers of the letters beside those that were decided.

    Attributes:
        chosen: In the letters that are looked at.
        others: In the other letters of the round, each receiver's newest.
        unlettered: Decided, and in no letter yet.
        decided: The newest request of every municipality.
        departures: The letters looked at that tell another number.
    """

    chosen: Sum
    others: Sum
    unlettered: Sum
    decided: Sum
    departures: tuple[NumberDeparture, ...]

    @property
    def in_all(self) -> Sum:
        """What the three parts come to."""
        return self.chosen.and_(self.others).and_(self.unlettered)

    @property
    def agrees(self) -> bool:
        """Whether the parts come to what was decided, and each letter tells its own number."""
        return self.in_all == self.decided and not self.departures


def persons_of(year: int, only: Iterable[int] | None = None) -> Mapping[int, LetterPersons]:
    """Return how many persons letters ask for, by identity; left out are those that are about no number. One query."""
    letters = Letter.objects.filter(round=year, kind__in=(*NUMBERED, LetterKind.REMINDER))
    letters = letters if only is None else letters.filter(pk__in=list(only))
    facts = Func(F("content"), template=_FACTS, output_field=JSONField())
    columns = ("pk", "kind", "facts", "request__under15", "request__from15")
    persons = {}
    for letter, kind, pairs, under15, from15 in letters.annotate(facts=facts).order_by("pk").values_list(*columns):
        number = 0 if kind == LetterKind.NOT_ASKED else persons_told(kind, pairs or ())
        persons[letter] = LetterPersons(number, None if under15 is None or from15 is None else under15 + from15)
    return persons


def departures(year: int, rows: Iterable[LetterRow]) -> tuple[NumberDeparture, ...]:
    """Return those letters about a number that tell another than was decided for their receiver."""
    numbered = [row for row in rows if row.kind in NUMBERED]
    return _departing(numbered, persons_of(year, [row.id for row in numbered]), _decided(year))


def against_decided(year: int, rows: Iterable[LetterRow], chosen: Iterable[int]) -> Held:
    """Hold the letters that are looked at against what was decided.

    Args:
        year: Settlement year.
        rows: All letters of the round, each receiver's newest last.
        chosen: Identities of those that are looked at.
    """
    persons, decided, looked_at = persons_of(year), _decided(year), set(chosen)
    newest = {row.receiver: row for row in rows if row.kind in NUMBERED}
    sums = {"chosen": Sum(), "others": Sum(), "unlettered": Sum()}
    for row in newest.values():
        part = "chosen" if row.id in looked_at else "others"
        sums[part] = sums[part].plus(persons[row.id].number, persons[row.id].minors)
    for code, (number, minors) in decided.items():
        if code not in newest:
            sums["unlettered"] = sums["unlettered"].plus(number, minors)
    whole = Sum()
    for number, minors in decided.values():
        whole = whole.plus(number, minors)
    shown = [row for row in newest.values() if row.id in looked_at]
    return Held(**sums, decided=whole, departures=_departing(shown, persons, decided))


def _departing(
    rows: Iterable[LetterRow], persons: Mapping[int, LetterPersons], decided: Mapping[str, tuple[int, int | None]]
) -> tuple[NumberDeparture, ...]:
    pairs = ((row, persons[row.id].number, decided.get(row.receiver, (0, None))[0]) for row in rows)
    return tuple(NumberDeparture(row, number, asked) for row, number, asked in pairs if number != asked)


def _decided(year: int) -> Mapping[str, tuple[int, int | None]]:
    """Return what each municipality is asked for now, and minors among them; who is not asked has no request."""
    requests = Request.objects.filter(round=year).order_by("version")
    return {
        code: (number, None if under15 is None or from15 is None else under15 + from15)
        for code, number, under15, from15 in requests.values_list("municipality", "number", "under15", "from15")
    }
