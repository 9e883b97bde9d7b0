"""What the public sees of a release: counts that are shown, requests, decisions, the round, and a hash of all of it.

Nothing here tells why a count is hidden, or what it is hidden by: both tell of the count. The hash is of what is
published and of nothing else: of hidden counts, of which there are few possible ones, a hash would tell too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from bosett.basis.digest import digest
from bosett.basis.plain import plain
from bosett.disclosure import Coarsening
from bosett.rounds.open_round import OpenDocument, OpenPlace, OpenRound, OpenSection
from bosett.rounds.release import (
    ALL,
    MINORS,
    PublicDecision,
    PublicRequest,
    Release,
    ReleasedDay,
    ReleasePlace,
    municipalities_within,
)
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

FORMAT = "bosett-release-3"
"""What a document of a release is called in itself. A shape that programs for this one cannot read has another name."""
HEAD = ("year", "number", "day", "publisher", "least", "width")
"""What stands at its head, with its format; the rest are its parts."""


class CountMark(StrEnum):
    """What is known of a count: it is the number shown, no fewer than that, hidden, or unknown."""

    SHOWN = "shown"
    AT_LEAST = "at_least"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PublicCount:
    """A count of persons in the year so far.

    Attributes:
        place: Code of the municipality, county or country.
        step: What has happened.
        group: Whom it counts.
        persons: How many; None is hidden or unknown, by the mark.
        mark: What is known of it.
    """

    place: str
    step: SettlementStep
    group: LedgerGroup
    persons: int | None
    mark: CountMark


@dataclass(frozen=True, slots=True)
class PartsNotShown:
    """A place whose parts are not shown, from some day on for the rest of the year.

    Attributes:
        place: Its code.
        step: Of which step the parts are not shown.
        why: A code that words are found by.
        since: The day of the first release without them.
    """

    place: str
    step: SettlementStep
    why: Coarsening
    since: date


@dataclass(frozen=True, slots=True)
class PublicDay:
    """The counts of one release of the year.

    Attributes:
        day: Its day.
        publisher: Who published.
        counts: By place, step and group.
        parts_not_shown: By place and step.
    """

    day: date
    publisher: str
    counts: tuple[PublicCount, ...]
    parts_not_shown: tuple[PartsNotShown, ...]


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """A release as the public has it.

    Attributes:
        year: Settlement year.
        number: Which of the year; the first is 1.
        day: Its day.
        publisher: Who publishes.
        least: Counts of fewer persons, but not 0, are hidden.
        width: So many persons are between two counts that a hidden one may be.
        places: By code.
        days: The last counts of each month so far, as they were; none before there are any.
        requests: By municipality and version.
        decisions: Likewise.
        round: How far the round has come; None in a release that was made of a ledger alone.
        told: What is told of each municipality, by code; likewise.
        explained: How the proposed number of each came about, by code and language; empty until that is public.
        documents: The newest first.
    """

    year: int
    number: int
    day: date
    publisher: str
    least: int
    width: int
    places: tuple[ReleasePlace, ...]
    days: tuple[PublicDay, ...]
    requests: tuple[PublicRequest, ...]
    decisions: tuple[PublicDecision, ...]
    round: OpenRound | None = None
    municipalities: tuple[OpenPlace, ...] = ()
    explained: Mapping[str, Mapping[str, tuple[OpenSection, ...]]] = field(default_factory=dict)
    documents: tuple[OpenDocument, ...] = ()

    @property
    def counts(self) -> PublicDay | None:
        """The newest counts; None before there are any."""
        return self.days[-1] if self.days else None

    def head(self) -> Mapping[str, object]:
        """Return what stands at the head of the document: what it is called, which it is, and by whom."""
        return {"format": FORMAT, **{name: plain(getattr(self, name)) for name in HEAD}}

    @property
    def hash(self) -> str:
        """SHA-256 of the document without its hash, in hexadecimal."""
        return digest(self._facts())

    def document(self) -> Mapping[str, object]:
        """Return all of it as plain data, with the hash."""
        facts = self._facts()
        return {**facts, "hash": digest(facts)}

    def _facts(self) -> Mapping[str, object]:
        parts = {each.name: plain(getattr(self, each.name)) for each in fields(self) if each.name not in HEAD}
        return {**self.head(), **parts}


def public_release(release: Release) -> PublicRelease:
    """Return what the public sees of a release that is made of a ledger alone."""
    last = release.days[-1]
    return PublicRelease(
        year=release.year,
        number=len(release.days),
        day=last.day,
        publisher=last.publisher,
        least=release.terms.least,
        width=release.terms.width,
        places=release.places,
        days=public_days(release),
        requests=release.requests,
        decisions=release.decisions,
    )


def public_days(release: Release) -> tuple[PublicDay, ...]:
    """Return the last counts of each month of a release, as the public sees them."""
    within = municipalities_within(release.places)
    last_of_month = {(day.day.year, day.day.month): day for day in release.days}
    return tuple(_public_day(release, day, within) for day in last_of_month.values())


def _public_day(release: Release, day: ReleasedDay, within: Mapping[str, tuple[str, ...]]) -> PublicDay:
    counts = tuple(
        _public_count(day, place.code, step, group, within[place.code])
        for place in release.places
        for step in SettlementStep
        for group in LedgerGroup
    )
    since: dict[tuple[str, SettlementStep], tuple[Coarsening, date]] = {}
    for each in release.days[: release.days.index(day) + 1]:
        for step, protected in each.tables.items():
            for row, why in protected.coarse.items():
                since.setdefault((row, step), (why, each.day))
    in_order = sorted(since.items(), key=lambda each: (each[0][0], [*SettlementStep].index(each[0][1])))
    not_shown = tuple(PartsNotShown(row, step, why, first) for (row, step), (why, first) in in_order)
    return PublicDay(day.day, day.publisher, counts, not_shown)


def _public_count(
    day: ReleasedDay, place: str, step: SettlementStep, group: LedgerGroup, within: Iterable[str]
) -> PublicCount:
    protected = day.tables[step]
    column = ALL if group is LedgerGroup.ALL else MINORS
    cell = protected.table.cells[place, column]
    if cell.blank:
        return PublicCount(place, step, group, None, CountMark.UNKNOWN)
    if cell.spot in protected.hidden:
        return PublicCount(place, step, group, None, CountMark.HIDDEN)
    withheld = [code for code in within if (step, code, group) in day.withheld]
    if withheld == [place] and not cell.count:
        return PublicCount(place, step, group, None, CountMark.HIDDEN)
    unknown = any(protected.table.cells[code, column].blank for code in within)
    mark = CountMark.AT_LEAST if withheld or unknown else CountMark.SHOWN
    return PublicCount(place, step, group, cell.count, mark)
