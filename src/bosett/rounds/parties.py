"""Who takes part in a round, with what grade, and who holds a role on a given day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Party(StrEnum):
    """A role in the round (design, part 1). One organisation may hold several: Oslo is county and municipality."""

    DIRECTORATE = "directorate"
    MINISTRY = "ministry"
    COMMITTEE = "committee"
    KS = "ks"
    UDI = "udi"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    PUBLIC = "public"


CENTRAL_OR_COUNTY = frozenset(Party) - {Party.MUNICIPALITY, Party.PUBLIC}
"""The parties that take the round to its numbers."""


class Grade(StrEnum):
    """What a person may do inside an organisation. An administrator grants; only that."""

    READER = "reader"
    CASE_WORKER = "case_worker"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Holder:
    """Which body holds a role, from and to a day (both included; None is open)."""

    party: Party
    name: str
    since: date | None
    until: date | None


HOLDERS = (
    Holder(Party.DIRECTORATE, "Integrerings- og mangfoldsdirektoratet", None, None),
    Holder(Party.MINISTRY, "Kunnskapsdepartementet", None, date(2021, 12, 31)),
    Holder(Party.MINISTRY, "Arbeids- og inkluderingsdepartementet", date(2022, 1, 1), None),
    Holder(Party.COMMITTEE, "Nasjonalt utvalg for mottak og bosetting", None, None),
    Holder(Party.KS, "KS", None, None),
    Holder(Party.UDI, "Utlendingsdirektoratet", None, None),
)


def holder(party: Party, day: date) -> Holder | None:
    """Return who holds a national role on a day; None for counties, municipalities and the public."""
    for each in HOLDERS:
        begun = each.since is None or each.since <= day
        ended = each.until is not None and each.until < day
        if each.party is party and begun and not ended:
            return each
    return None


class TargetsRole(StrEnum):
    """What the national committee does with the targets."""

    DECIDES = "decides"
    ADVISES = "advises"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement of the state and KS on reception and settlement: what the committee does by it, from and to a day.

    Attributes:
        role: What it does with the targets.
        since: Its first day.
        until: Its last.
        source: Where that is told.
    """

    role: TargetsRole
    since: date
    until: date
    source: str


AGREEMENTS = (
    Agreement(
        TargetsRole.DECIDES,
        date(2016, 1, 1),
        date(2017, 12, 31),
        # "to determine the need" and "to distribute the need"
        "https://www.imdi.no/planlegging-og-bosetting/bosettingsprosessen/nasjonalt-utvalg-for-bosetting/ (2016, 2017)",
    ),
    Agreement(
        TargetsRole.DECIDES,
        date(2018, 1, 1),
        date(2021, 12, 31),
        # It "will decide a national target and one by county"; the agreement's years: proba.no, 20.04.2021
        "IMDi letter to the counties 19.05.2020 (base document)",
    ),
    Agreement(
        TargetsRole.ADVISES,
        date(2022, 1, 1),
        date(2025, 12, 31),
        # "an advisory role"; it does not tell who decides after the advice
        "https://www.imdi.no/planlegging-og-bosetting/bosettingsprosessen/nasjonalt-utvalg-for-bosetting/ (09.11.2023)",
    ),
)
"""In their order. What a later one says is not known here until it is written down."""


def agreement_on(day: date) -> Agreement | None:
    """Return the agreement in force on a day; None when none that is known here is."""
    return next((each for each in AGREEMENTS if each.since <= day <= each.until), None)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who acts or looks.

    Attributes:
        person: Identity of the person, or None for the public.
        party: The role chosen at login.
        area: County code of a county, municipality code of a municipality, else empty.
        county: County that the area lies in (a county's own code), else empty.
        grade: Grade held in that role.
    """

    person: int | None
    party: Party
    area: str = ""
    county: str = ""
    grade: Grade = Grade.READER


PUBLIC = Who(None, Party.PUBLIC)
