"""What holds in a week: a pure function of the reports and a day.

Of each party the latest report that is about the week and may be used on the day counts: one that was said for a short
while gives way, when it has expired, to what was said before it and still may be used. Parties that say the same are
one voice. Parties that do not are told as a contradiction, and nothing is made of the two. A report that may not be
used any more is told as such, and its places are not counted. Counts are places a week: of families homes, of others
persons.

Source: our own rule, as no publisher has one; the letter of 19.05.2020 asks for capacity and preparedness.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week
from bosett.stages.capacity.reports import LEAST_IN, Firmness, Report


class Voice(StrEnum):
    """What is known of a week: it is said, two say otherwise, it was said and has expired, or nobody has said."""

    SAID = "said"
    CONTRADICTED = "contradicted"
    EXPIRED = "expired"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of the places of one kind in one municipality in one week.

    Attributes:
        voice: What is known.
        count: The places; None unless it is said.
        firmness: How sure they are; None unless it is said.
        reports: Those that it rests on, the latest first: the one that holds and who agrees with it, those that
            contradict each other, or the latest that has expired.
    """

    voice: Voice
    count: int | None = None
    firmness: Firmness | None = None
    reports: tuple[Report, ...] = ()

    @property
    def report(self) -> Report | None:
        """The report that holds; None unless it is said."""
        return self.reports[0] if self.voice is Voice.SAID else None


UNSAID = Places(Voice.UNSAID)
Key = tuple[str, PlaceKind, Week]
"""Municipality, kind and week."""


def places_in(reports: Iterable[Report], municipality: str, kind: PlaceKind, week: Week, day: date) -> Places:
    """Return what is known of the places of a kind in a municipality in a week.

    Args:
        reports: Any reports, in any order.
        municipality: Its code.
        kind: What the places are for.
        week: The week.
        day: The day on which it is asked: what is said later is not known yet.
    """
    about = [
        report
        for report in reports
        if report.municipality == municipality and report.kind is kind and report.covers(week) and report.said_on <= day
    ]
    return _heard(about, day)


def known_places(reports: Iterable[Report], first: Week, last: Week, day: date) -> Mapping[Key, Places]:
    """Return what is known in each of some weeks, by municipality, kind and week, in that order.

    What nobody has said anything of is left out.

    Args:
        reports: Any reports, in any order.
        first: The first week.
        last: The last.
        day: The day on which it is asked.
    """
    about: dict[Key, list[Report]] = {}
    for report in reports:
        if report.said_on > day:
            continue
        for week in max(first, report.first).to(min(last, report.last)):
            about.setdefault((report.municipality, report.kind, week), []).append(report)
    return MappingProxyType({key: _heard(about[key], day) for key in sorted(about, key=_in_order)})


@dataclass(frozen=True, slots=True)
class WeekSum:
    """The places of one kind in one week, over all municipalities.

    Attributes:
        by_firmness: Places by how sure they are.
        municipalities: Those whose places are in the sums, those with none too.
        contradicted: Municipalities about which two parties say otherwise: their places are in no sum.
        expired: Municipalities whose reports may not be used any more: nor are theirs.
    """

    by_firmness: Mapping[Firmness, int]
    municipalities: int
    contradicted: int
    expired: int

    @property
    def total(self) -> int:
        """Places, however sure they are."""
        return sum(self.by_firmness.values())

    @property
    def firm(self) -> int:
        """Places that are there for whoever comes."""
        return self.by_firmness[Firmness.FIRM]


def sums(known: Mapping[Key, Places]) -> Mapping[tuple[PlaceKind, Week], WeekSum]:
    """Return the places by kind and week, over all municipalities that are known of."""
    by: dict[tuple[PlaceKind, Week], list[Places]] = {}
    for (_, kind, week), places in known.items():
        by.setdefault((kind, week), []).append(places)
    return {key: _sum(by[key]) for key in sorted(by, key=lambda each: _in_order(("", *each)))}


@dataclass(frozen=True, slots=True)
class RoomAhead:
    """What a municipality has said that it can take in all of some weeks.

    Attributes:
        persons: At least so many, of all kinds; None when nothing that is said may be used.
        said_on: When the newest of it was said; None with it.
        contradicted: Whether parties say otherwise of some of it, which is in no number.
        expired: Whether some of it may not be used any more, nor is that.
    """

    persons: int | None
    said_on: date | None
    contradicted: bool
    expired: bool


def room_ahead(known: Mapping[Key, Places]) -> Mapping[str, RoomAhead]:
    """Return what each municipality has said that it can take in all of the weeks that are known of.

    A place that is free in each of three weeks is for three households, one in each; homes for families are counted by
    the fewest persons that they are for.
    """
    by: dict[str, list[tuple[PlaceKind, Places]]] = {}
    for (municipality, kind, _), places in known.items():
        by.setdefault(municipality, []).append((kind, places))
    return MappingProxyType({municipality: _room(each) for municipality, each in by.items()})


def silent(known: Mapping[Key, Places], municipalities: Iterable[str]) -> tuple[str, ...]:
    """Return the municipalities of which nothing is known that may be used: nobody has said, or it has expired."""
    heard = {key[0] for key, places in known.items() if places.voice in (Voice.SAID, Voice.CONTRADICTED)}
    return tuple(code for code in municipalities if code not in heard)


def contradictions(known: Mapping[Key, Places]) -> tuple[tuple[str, PlaceKind, tuple[Report, ...]], ...]:
    """Return who contradicts whom: each set of reports once for its municipality and kind, however many weeks."""
    met = {
        (municipality, kind, places.reports): None
        for (municipality, kind, _), places in known.items()
        if places.voice is Voice.CONTRADICTED
    }
    return tuple(met)


def _sum(each_places: Iterable[Places]) -> WeekSum:
    counts = dict.fromkeys(Firmness, 0)
    voices = dict.fromkeys(Voice, 0)
    for places in each_places:
        voices[places.voice] += 1
        if places.count is not None and places.firmness is not None:
            counts[places.firmness] += places.count
    return WeekSum(counts, voices[Voice.SAID], voices[Voice.CONTRADICTED], voices[Voice.EXPIRED])


def _room(heard: Iterable[tuple[PlaceKind, Places]]) -> RoomAhead:
    counted = [(kind, places) for kind, places in heard if places.count is not None]
    voices = {places.voice for _, places in heard}
    return RoomAhead(
        persons=sum(LEAST_IN[kind] * places.count for kind, places in counted if places.count is not None)
        if counted
        else None,
        said_on=max((report.said_on for _, places in counted for report in places.reports), default=None),
        contradicted=Voice.CONTRADICTED in voices,
        expired=Voice.EXPIRED in voices,
    )


def _in_order(key: Key) -> tuple[str, int, Week]:
    municipality, kind, week = key
    return municipality, _KINDS[kind], week


_KINDS = {kind: place for place, kind in enumerate(PlaceKind)}


def _heard(about: Iterable[Report], day: date) -> Places:
    ordered = sorted(about, key=lambda report: (report.said_on, report.number), reverse=True)
    newest: dict[str, Report] = {}
    for report in ordered:
        if report.is_live(day):
            newest.setdefault(report.said_by, report)
    live = tuple(newest.values())
    if not live:
        return Places(Voice.EXPIRED, reports=tuple(ordered[:1])) if ordered else UNSAID
    if any(report.says != live[0].says for report in live):
        return Places(Voice.CONTRADICTED, reports=live)
    return Places(Voice.SAID, live[0].count, live[0].firmness, live)
