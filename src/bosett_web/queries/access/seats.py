"""Who holds which role: the demo's seats, a person's own, and an organisation's access."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bosett.documents.letters.names import alphabetical
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant, Organisation, Person, Seat
from bosett_web.records import clock

_ORDER = {party: index for index, party in enumerate(Party)}
_GRADES = {grade: index for index, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat with the grants that one may log in by: (grant, grade, the person's name when it is an added one)."""

    organisation: str
    party: str
    area: str
    grants: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class AccessRow:
    """An access in force.

    Attributes:
        id: Identity of the grant.
        person: Identity of the person.
        name: The person's name.
        organisation: The organisation's name.
        party: Role.
        area: Its area, or empty.
        grade: Grade in it.
        since: When it began.
        until: When it ends by itself, or None.
        stands_in_for: Whom a substitute stands in for, or empty.
        away: True when the person acts for another organisation now: the access gives no right until they are back.
    """

    id: int
    person: int
    name: str
    organisation: str
    party: str
    area: str
    grade: str
    since: datetime
    until: datetime | None
    stands_in_for: str
    away: bool


def party_order(party: Party) -> int:
    """Return the place of a role where roles stand in a row."""
    return _ORDER[party]


def demo_seats(county: str) -> Sequence[SeatRow]:
    """Return the national seats and the counties', and the municipalities' of one county when it is named."""
    wanted = Grant.objects.in_force(clock.now()).filter(person__issuer="demo")
    wanted = wanted.select_related("person", "seat__organisation")
    by_seat: dict[int, tuple[Grant, list[tuple[int, str, str]]]] = {}
    for grant in wanted.exclude(seat__party=Party.MUNICIPALITY) | wanted.filter(seat__county=county):
        added = not grant.person.subject.endswith(f":{grant.grade}")
        row = (grant.pk, grant.grade, grant.person.name if added else "")
        by_seat.setdefault(grant.seat_id, (grant, []))[1].append(row)
    rows = [
        SeatRow(
            grant.seat.organisation.name,
            grant.seat.party,
            grant.seat.area,
            tuple(sorted(grants, key=lambda each: (_GRADES[Grade(each[1])], each[2]))),
        )
        for grant, grants in by_seat.values()
    ]
    return sorted(rows, key=lambda row: (_ORDER[Party(row.party)], row.area))


def roles_of(person: int) -> Sequence[AccessRow]:
    """Return the roles that a person may take on now, in the organisation that the issuer last named."""
    return [row for row in _rows(person=person) if not row.away]


def access_in(orgnr: str) -> Sequence[AccessRow]:
    """Return who has access in an organisation, also those who act for another one now."""
    return _rows(seat__organisation__orgnr=orgnr)


def people_of(orgnr: str) -> Sequence[Person]:
    """Return those whom an issuer has named as acting for an organisation, by name."""
    return sorted(Person.objects.filter(orgnr=orgnr).order_by("pk"), key=lambda person: alphabetical(person.name))


def seats_of(orgnr: str) -> Sequence[Seat]:
    """Return the roles of an organisation."""
    return sorted(Seat.objects.filter(organisation__orgnr=orgnr), key=lambda seat: _ORDER[Party(seat.party)])


def person_named(person: int) -> str:
    """Return a person's name, as the issuer gave it."""
    return Person.objects.values_list("name", flat=True).get(pk=person)


def organisation_of(person: int) -> tuple[str, str]:
    """Return number and name of the organisation a person acts for; the name is empty when it takes no part here."""
    orgnr = Person.objects.values_list("orgnr", flat=True).get(pk=person)
    name = Organisation.objects.filter(orgnr=orgnr).values_list("name", flat=True).first()
    return orgnr, name or ""


def _rows(**which: object) -> Sequence[AccessRow]:
    grants = Grant.objects.not_ended(clock.now()).filter(**which)
    rows = [
        AccessRow(
            id=grant.pk,
            person=grant.person_id,
            name=grant.person.name,
            organisation=grant.seat.organisation.name,
            party=grant.seat.party,
            area=grant.seat.area,
            grade=grant.grade,
            since=grant.since,
            until=grant.until,
            stands_in_for=grant.lent_from.person.name if grant.lent_from else "",
            away=grant.person.orgnr != grant.seat.organisation.orgnr,
        )
        for grant in grants.select_related("person", "seat__organisation", "lent_from__person")
    ]
    return sorted(rows, key=lambda row: (_ORDER[Party(row.party)], _GRADES[Grade(row.grade)], row.name))
