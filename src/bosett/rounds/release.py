"""A release: what the year has come to on a day, frozen, with what of it is hidden and the witnesses of that.

For each step of the ledger there is a table of persons in the year so far: municipalities in counties in the country,
everybody and the unaccompanied minors among them. What is neither is the rest; it is not published, but who subtracts
has it, so it is protected as well. Each release follows the one before: what that has published is never changed.
A count that its publisher hides is in no sum, and is never guessed. Guarantees: docs/explanation/releases.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bosett.basis.refusals import Refusal
from bosett.disclosure import CountCell, CountRow, CountTable, Protected, ReleaseYear, Terms
from bosett.geography import counties, municipalities
from bosett.stages.settlement.ledger import Key, LedgerCount, LedgerGroup, LedgerRow, SettlementStep, counts

COUNTRY = "0"
"""The place that all others are a part of, as SSB has it."""
ALL, MINORS, REST = LedgerGroup.ALL.value, LedgerGroup.MINORS.value, "rest"
MOST_FAULTS = 10

Divided = tuple[int | None, int | None]
"""Persons of a municipality that are told of as minors, and the rest; None is unknown."""
Withheld = tuple[SettlementStep, str, LedgerGroup]
"""A count of a municipality that its publisher hides in part or wholly."""


class BadRelease(Refusal):
    """What is to be published does not hang together."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - MOST_FAULTS
        told_of = "; ".join(self.faults[:MOST_FAULTS]) + (f"; and {more} more" if more > 0 else "")
        super().__init__(f"This cannot be published: {told_of}")


@dataclass(frozen=True, slots=True)
class ReleasePlace:
    """A municipality, county or the country in the settlement year.

    Attributes:
        code: As in the code list of the year; the country is `0`.
        name: Its name.
        part_of: The code of what it is a part of; None of the country.
    """

    code: str
    name: str
    part_of: str | None


@dataclass(frozen=True, slots=True)
class PublicRequest:
    """A number that a municipality has been asked for. It is a public fact, and never hidden.

    Attributes:
        municipality: Its code.
        version: 1 is the first request.
        persons: How many.
        minors: Unaccompanied minors among them; None is unknown.
        on: The day on which it was decided.
    """

    municipality: str
    version: int
    persons: int
    minors: int | None
    on: date


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """What a municipality has decided; 0 is no. It is a public fact, and never hidden.

    Attributes:
        municipality: Its code.
        answers: The version of the request that it answers.
        persons: How many.
        minors: Unaccompanied minors among them; None is unknown.
        on: The day on which it was decided.
    """

    municipality: str
    answers: int
    persons: int
    minors: int | None
    on: date


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What a release is made of.

    Attributes:
        year: Settlement year.
        day: The day of the release: what is said later is not known yet.
        publisher: Who publishes.
        places: All places of the year, in any order.
        ledger: The rows of the ledger.
        requests: Those of all versions.
        decisions: Likewise.
    """

    year: int
    day: date
    publisher: str
    places: tuple[ReleasePlace, ...]
    ledger: tuple[LedgerRow, ...]
    requests: tuple[PublicRequest, ...] = ()
    decisions: tuple[PublicDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleasedDay:
    """The counts of one release.

    Attributes:
        day: Its day.
        publisher: Who published.
        tables: By step, the counts with what is hidden. A blank cell is unknown.
        withheld: Counts that their publisher hides.
    """

    day: date
    publisher: str
    tables: Mapping[SettlementStep, Protected]
    withheld: frozenset[Withheld]


@dataclass(frozen=True, slots=True)
class Release:
    """A release with all that came before it in the year. It tells what is hidden: it is kept, and never published.

    Attributes:
        year: Settlement year.
        terms: What is small, and how well it is hidden.
        places: By code.
        days: The counts of each release of the year; those of this one are the last.
        requests: By municipality and version, as they stood on the last day.
        decisions: Likewise.
    """

    year: int
    terms: Terms
    places: tuple[ReleasePlace, ...]
    days: tuple[ReleasedDay, ...]
    requests: tuple[PublicRequest, ...]
    decisions: tuple[PublicDecision, ...]


def release_of(
    facts: ReleaseFacts, terms: Terms, *, former: Release | None = None, year_before: Release | None = None
) -> Release:
    """Return a release.

    Args:
        facts: What is published.
        terms: What is small, and how well it is hidden; the same through a year.
        former: The release before in the same year; None begins the year.
        year_before: The last release of the year before, with whose pattern the year begins.

    Raises:
        BadRelease: The facts do not hang together, or do not follow the former release.
        BadTable: The places are no tree.
        NothingHides: A count cannot be hidden, whatever is hidden with it.
        Exposed: A witness does not hold. This is a fault of ours, never of the input.
    """
    places = tuple(sorted(facts.places, key=lambda place: place.code))
    faults = [*_faults_of_order(facts, places, terms, former), *_faults_of_numbers(facts, municipalities_of(places))]
    if faults:
        raise BadRelease(faults)
    day = _released_day(facts, places, terms, former, year_before)
    requests = tuple(
        sorted((r for r in facts.requests if r.on <= facts.day), key=lambda r: (r.municipality, r.version))
    )
    decisions = tuple(
        sorted((d for d in facts.decisions if d.on <= facts.day), key=lambda d: (d.municipality, d.answers, d.on))
    )
    days = () if former is None else former.days
    return Release(facts.year, terms, places, (*days, day), requests, decisions)


def places_of_year(year: int) -> tuple[ReleasePlace, ...]:
    """Return the places of a settlement year: its municipalities, counties and the country."""
    return (
        ReleasePlace(COUNTRY, "Norge", None),
        *(ReleasePlace(each.code, each.name, COUNTRY) for each in counties(year)),
        *(ReleasePlace(each.code, each.display_name, each.county) for each in municipalities(year)),
    )


def divided_table(places: Iterable[ReleasePlace], divided: Mapping[str, Divided]) -> CountTable:
    """Return the table of a step from its municipalities. What is unknown is blank: it adds nothing.

    A sum of nothing but unknown counts is unknown.

    Raises:
        BadTable: The places are no tree.
    """
    places = tuple(places)
    within = municipalities_within(places)
    cells = []
    for place in places:
        of_place = [divided[code] for code in within[place.code]]
        minors = [minors for minors, _ in of_place if minors is not None]
        rest = [rest for _, rest in of_place if rest is not None]
        cells += [
            CountCell(place.code, MINORS, sum(minors), known=not minors, blank=not minors),
            CountCell(place.code, REST, sum(rest), known=not rest, blank=not rest),
            CountCell(place.code, ALL, sum(minors) + sum(rest), known=not rest, blank=not rest),
        ]
    return CountTable.of([CountRow(place.code, place.part_of) for place in places], (MINORS, REST), cells, total=ALL)


def municipalities_of(places: Iterable[ReleasePlace]) -> tuple[str, ...]:
    """Return the codes of the places that no other is a part of, in rising order."""
    part_of = {place.code: place.part_of for place in places}
    return tuple(sorted(part_of.keys() - set(part_of.values())))


def municipalities_within(places: Iterable[ReleasePlace]) -> Mapping[str, tuple[str, ...]]:
    """Return, for each place, the municipalities that it has in it; a municipality has itself."""
    places = tuple(places)
    part_of = {place.code: place.part_of for place in places}
    within: dict[str, list[str]] = {code: [] for code in part_of}
    for code in municipalities_of(places):
        above: str | None = code
        seen: set[str] = set()
        while above in within and above not in seen:
            within[above].append(code)
            seen.add(above)
            above = part_of[above]
    return {code: tuple(codes) for code, codes in within.items()}


def _released_day(
    facts: ReleaseFacts,
    places: tuple[ReleasePlace, ...],
    terms: Terms,
    former: Release | None,
    year_before: Release | None,
) -> ReleasedDay:
    last_day = min(facts.day, date(facts.year, 12, 31))
    of_ledger = counts(facts.ledger, date(facts.year, 1, 1), last_day, facts.day)
    lowest = municipalities_of(places)
    strange = sorted({code for code, _, _ in of_ledger} - {*lowest})
    faults = [f"{code} is in the ledger, and is no municipality of {facts.year}" for code in strange]
    tables: dict[SettlementStep, Protected] = {}
    by_step = {}
    for step in SettlementStep:
        before = {} if former is None else divided_before(former.days[-1].tables[step].table, lowest)
        by_step[step] = {
            code: _divided(of_ledger, step, code, before.get(code, (None, None)), faults) for code in lowest
        }
    if faults:
        raise BadRelease(faults)
    for step, divided in by_step.items():
        table = divided_table(places, divided)
        year = _year_so_far(step, terms, former, year_before)
        tables[step] = year.published(table).releases[-1]
    withheld = frozenset((step, code, group) for (code, step, group), count in of_ledger.items() if count.hidden)
    return ReleasedDay(facts.day, facts.publisher, tables, withheld)


def divided_before(table: CountTable, codes: Iterable[str]) -> dict[str, Divided]:
    """Return what a table has been made of."""

    def told_of(code: str, column: str) -> int | None:
        cell = table.cells[code, column]
        return None if cell.blank else cell.count

    return {code: (told_of(code, MINORS), told_of(code, REST)) for code in codes}


def _divided(
    of_ledger: Mapping[Key, LedgerCount], step: SettlementStep, code: str, before: Divided, faults: list[str]
) -> Divided:
    """Return a municipality's minors and the rest.

    What has been told of once is not unknown again: if a correction takes all of it to another year, it is 0.
    """
    everybody, minors = of_ledger.get((code, step, LedgerGroup.ALL)), of_ledger.get((code, step, LedgerGroup.MINORS))
    minors_before, rest_before = before
    of_minors = minors.shown if minors is not None else None if minors_before is None else 0
    if everybody is None:
        if minors is not None:
            faults.append(f"{code} tells how many minors are {step.value}, and not how many in all")
        return (of_minors, None if rest_before is None else 0)
    if everybody.shown < (of_minors or 0) and not everybody.hidden:
        faults.append(f"{code} has {everybody.shown} {step.value} in all, and {of_minors} minors among them")
    # Where some of all are hidden by their publisher, there are as many as there are minors in any case.
    return (of_minors, max(everybody.shown - (of_minors or 0), 0))


def _year_so_far(
    step: SettlementStep, terms: Terms, former: Release | None, year_before: Release | None
) -> ReleaseYear:
    if former is not None:
        return ReleaseYear(terms, frozenset(), tuple(day.tables[step] for day in former.days))
    if year_before is None:
        return ReleaseYear.begun(terms)
    last = year_before.days[-1].tables[step]
    return ReleaseYear.begun(terms, after=ReleaseYear(year_before.terms, frozenset(), (last,)))


def _faults_of_order(
    facts: ReleaseFacts, places: tuple[ReleasePlace, ...], terms: Terms, former: Release | None
) -> Iterator[str]:
    """Tell why this cannot begin its year, or follow the release before."""
    if facts.day < date(facts.year, 1, 1):
        yield f"{facts.day} is before {facts.year} begins"
    if not facts.publisher.strip():
        yield "nobody publishes it; name the publisher"
    if COUNTRY not in {place.code for place in places}:
        yield f"no place is {COUNTRY}, the country"
    if former is None:
        return
    if facts.year != former.year:
        yield f"the release before is of {former.year}; {facts.year} begins without one"
    elif facts.day <= former.days[-1].day:
        yield f"the release before is of {former.days[-1].day}; {facts.day} is not after it"
    if places != former.places:
        yield "the places are not those of the release before; others begin a year"
    if terms != former.terms:
        yield "what is small is not what it was in the release before; other terms begin a year"


def _faults_of_numbers(facts: ReleaseFacts, lowest: Collection[str]) -> Iterator[str]:
    """Tell which requests and decisions cannot be."""
    for kind, numbers in (("request", facts.requests), ("decision", facts.decisions)):
        for each in numbers:
            if each.municipality not in lowest:
                yield f"a {kind} is of {each.municipality}, which is no municipality of {facts.year}"
            if not 0 <= (each.minors or 0) <= each.persons:
                yield f"a {kind} of {each.municipality} has {each.persons} persons, {each.minors} minors among them"
    for code, version in _twice((each.municipality, each.version) for each in facts.requests):
        yield f"version {version} of the request of {code} stands twice"


def _twice(keys: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(key for key, times in Counter(keys).items() if times > 1)
