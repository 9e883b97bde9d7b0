"""Figures as layers: what is shipped, and above it the versions that a person has accepted.

A version stands for whole times: where one is accepted for an indicator, a structure and a year or month, all of that
time is read from it and nothing from below. Of several the one accepted last counts, of those known by the day asked.
Nothing is deleted: to take a version back is a later event, after which the layers are as if it had never come.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bosett.basis.digest import digest
from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett.figures.kinds import UsedVersion
from bosett.figures.versions import FigureVersion


@dataclass(frozen=True, slots=True)
class AcceptedVersion:
    """A version of figures that a person has let in.

    Attributes:
        version: The version.
        sequence: Its number among the events of its place, from 1; the higher one counts.
        accepted_on: The day.
        accepted_by: Who accepted it, as text.
    """

    version: FigureVersion
    sequence: int
    accepted_on: date
    accepted_by: str

    @property
    def sha256(self) -> str:
        """Return the hash of the version's canonical content."""
        return self.version.sha256

    def used_for(self, time: str) -> UsedVersion:
        """Return how it is named when one of its times was read."""
        return UsedVersion(self.version.indicator, time, self.sha256, self.accepted_on)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The event that takes an accepted version out of the layers.

    Attributes:
        sequence: Its own number among the events of its place.
        of: The number of the version.
        on: The day.
        by: Who took it back, as text.
        why: The reason, as text.
    """

    sequence: int
    of: int
    on: date
    by: str
    why: str


class EventsInDisorder(Refusal):
    """The events do not belong together: a number stands twice, or what is taken back was not accepted before."""

    def __init__(self, sequence: int, what: str) -> None:
        super().__init__(
            f"Event {sequence} of the accepted figures {what}. The events are numbered from 1 as they came."
        )
        self.sequence = sequence


@dataclass(frozen=True, eq=False)
class Layers:
    """The shipped figures and the accepted versions above them: an immutable value, told apart by what is accepted.

    Attributes:
        accepted: The versions in force, by their number.
        sha256: Hash of all that is accepted, in its order; empty when nothing is.
    """

    accepted: tuple[AcceptedVersion, ...]
    sha256: str = field(init=False)
    _newest: Mapping[tuple[str, Structure, str], tuple[AcceptedVersion, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.accepted, key=lambda each: each.sequence))
        object.__setattr__(self, "accepted", ordered)
        named = [[each.sha256, each.accepted_on.isoformat(), each.accepted_by] for each in ordered]
        object.__setattr__(self, "sha256", digest({"accepted": named}) if ordered else "")
        newest: dict[tuple[str, Structure, str], tuple[AcceptedVersion, ...]] = {}
        for each in ordered:
            for time in each.version.figures:
                key = (each.version.indicator, each.version.structure, time)
                newest[key] = (each, *newest.get(key, ()))
        object.__setattr__(self, "_newest", MappingProxyType(newest))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layers) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def latest(self, indicator: str, structure: Structure, time: str, day: date | None) -> AcceptedVersion | None:
        """Return the version accepted last of those known by a day (None: whenever), or None."""
        return next((each for each in self._of(indicator, structure, time) if _known(each, day)), None)

    def first_known(self, indicator: str, structure: Structure, time: str) -> AcceptedVersion | None:
        """Return the version that was known first, or None: what a refusal for its day speaks of."""
        return min(self._of(indicator, structure, time), key=lambda each: each.version.known_on, default=None)

    def times(self, indicator: str) -> tuple[tuple[Structure, str], ...]:
        """Return each structure and time of an indicator that something is accepted for, in order."""
        return tuple(sorted((structure, time) for name, structure, time in self._newest if name == indicator))

    def _of(self, indicator: str, structure: Structure, time: str) -> tuple[AcceptedVersion, ...]:
        return self._newest.get((indicator, structure, time), ())


SHIPPED = Layers(())
"""The shipped figures alone."""


def layers_of(accepted: Collection[AcceptedVersion], taken_back: Collection[TakenBack] = ()) -> Layers:
    """Return the layers that the events of a place give: what was accepted, without what was taken back.

    Raises:
        EventsInDisorder: A number stands twice, or what is taken back was not accepted before.
    """
    came = {each.sequence: each for each in sorted(accepted, key=lambda each: each.sequence)}
    seen: set[int] = set()
    for sequence in sorted([*(each.sequence for each in accepted), *(each.sequence for each in taken_back)]):
        if sequence in seen:
            raise EventsInDisorder(sequence, "stands twice")
        seen.add(sequence)
    gone: set[int] = set()
    for event in sorted(taken_back, key=lambda each: each.sequence):
        if event.of not in came or event.of > event.sequence:
            raise EventsInDisorder(event.sequence, f"takes back {event.of}, which was not accepted before it")
        if event.of in gone:
            raise EventsInDisorder(event.sequence, f"takes back {event.of}, which was taken back before")
        gone.add(event.of)
    return Layers(tuple(each for number, each in came.items() if number not in gone))


def _known(each: AcceptedVersion, day: date | None) -> bool:
    return day is None or each.version.known_on <= day
