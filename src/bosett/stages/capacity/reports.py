"""A capacity report: what a municipality can take of a kind in each of some weeks, how firm it is, and until when.

Source: the letter of 19.05.2020 (counties and municipalities tell their capacity and their preparedness), and the
rounds of asking of March 2022.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.refusals import Refusal
from bosett.basis.weeks import Week, week_of

LONGEST_LEAD = 104
"""Weeks."""


LEAST_IN: Mapping[PlaceKind, int] = MappingProxyType(
    dict.fromkeys(PlaceKind, 1) | {PlaceKind.FAMILY_2_3: 2, PlaceKind.FAMILY_4_5: 4, PlaceKind.FAMILY_6: 6}
)
"""The fewest persons that a place of a kind is for."""


class Firmness(StrEnum):
    """How sure a place is: there for whoever comes, most likely there, or made ready when it is asked for in time."""

    FIRM = "firm"
    LIKELY = "likely"
    IF_ASKED = "if_asked"


class LocalSituation(StrEnum):
    """Whether a municipality takes people now."""

    OPEN = "open"
    REDUCED = "reduced"
    ONLY_NEARBY = "only_nearby"
    CLOSED = "closed"


class Hindrance(StrEnum):
    """Why a municipality takes fewer than it would."""

    INFECTION = "infection"
    STAFF = "staff"
    HOUSING = "housing"
    SCHOOL = "school"
    HEALTH = "health"
    OTHER = "other"


class BadReport(Refusal):
    """A report contradicts itself."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field}: {what}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Report:
    """What one party says that a municipality can take of a kind.

    Attributes:
        number: Its number among all reports: of two of one day the higher is the later.
        municipality: Whose places they are.
        kind: What the places are for.
        first: The first week that it is about.
        last: The last.
        count: Places in each of the weeks: of families homes, of others persons.
        firmness: How sure they are.
        said_by: The party that says it, such as `municipality` or `county`.
        said_on: The day on which it was said.
        expires_on: The last day on which it may be used.
        ask_by: The last week in which they can be asked for; of those that are made ready when asked for, and no other.
        lead: Weeks from a yes to keys; None when it is not told.
        situation: Whether the municipality takes people.
        hindrance: Why not, where it does not or takes fewer.
        measures: What it does about that, in its own words.

    Raises:
        BadReport: It contradicts itself.
    """

    number: int
    municipality: str
    kind: PlaceKind
    first: Week
    last: Week
    count: int
    firmness: Firmness
    said_by: str
    said_on: date
    expires_on: date
    ask_by: Week | None = None
    lead: int | None = None
    situation: LocalSituation = LocalSituation.OPEN
    hindrance: Hindrance | None = None
    measures: str = ""

    def __post_init__(self) -> None:
        for field, what in _faults(self):
            raise BadReport(field, what)

    def covers(self, week: Week) -> bool:
        """Tell whether it is about a week."""
        return self.first <= week <= self.last

    def is_live(self, day: date) -> bool:
        """Tell whether it may be used on a day: it has been said, has not expired, and can still be asked for."""
        in_time = self.ask_by is None or week_of(day) <= self.ask_by
        return self.said_on <= day <= self.expires_on and in_time

    def earliest(self, day: date) -> Week | None:
        """Return the first week with keys for who is agreed upon on a day; None when the lead is not told."""
        return None if self.lead is None else max(self.first, week_of(day).after(self.lead))

    @property
    def says(self) -> tuple[object, ...]:
        """What two reports agree upon when they say the same of a week."""
        return (self.count, self.firmness, self.situation)


def _faults(report: Report) -> list[tuple[str, str]]:
    asked, closed = report.firmness is Firmness.IF_ASKED, report.situation is LocalSituation.CLOSED
    faults = [
        ("last", f"{report.last} comes before the first week, {report.first}") if report.last < report.first else None,
        ("count", f"{report.count} is below 0") if report.count < 0 else None,
        ("count", f"{report.count} places in a municipality that is closed") if closed and report.count else None,
        ("lead", f"{report.lead} is no number of weeks from 0 to {LONGEST_LEAD}")
        if report.lead is not None and not 0 <= report.lead <= LONGEST_LEAD
        else None,
        ("expires_on", f"{report.expires_on} comes before the day on which it was said, {report.said_on}")
        if report.expires_on < report.said_on
        else None,
        ("ask_by", "places that are made ready when asked for need the last week for asking")
        if asked and report.ask_by is None
        else None,
        ("ask_by", "only places that are made ready when asked for have one") if report.ask_by and not asked else None,
        ("ask_by", f"{report.ask_by} comes after the last week, {report.last}")
        if report.ask_by is not None and report.ask_by > report.last
        else None,
        ("hindrance", "a municipality that is open has none")
        if report.hindrance is not None and report.situation is LocalSituation.OPEN
        else None,
        ("hindrance", f"a municipality that is {report.situation.value} says why")
        if report.hindrance is None and report.situation is not LocalSituation.OPEN
        else None,
    ]
    return [fault for fault in faults if fault is not None]
