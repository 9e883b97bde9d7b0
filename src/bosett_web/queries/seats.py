"""The seats of the demo, to choose from at its login."""

from collections.abc import Sequence
from dataclasses import dataclass

from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.records import clock

_ORDER = {party: index for index, party in enumerate(Party)}
_GRADES = {grade: index for index, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat with the grants that one may log in by: (grant, grade)."""

    organisation: str
    party: str
    area: str
    grants: tuple[tuple[int, str], ...]


def demo_seats(county: str) -> Sequence[SeatRow]:
    """Return the national seats and the counties', and the municipalities' of one county when it is named."""
    wanted = Grant.objects.in_force(clock.now()).filter(person__issuer="demo").select_related("seat__organisation")
    found: dict[int, tuple[Grant, list[tuple[int, str]]]] = {}
    for grant in wanted.exclude(seat__party=Party.MUNICIPALITY) | wanted.filter(seat__county=county):
        found.setdefault(grant.seat_id, (grant, []))[1].append((grant.pk, grant.grade))
    rows = [
        SeatRow(
            grant.seat.organisation.name,
            grant.seat.party,
            grant.seat.area,
            tuple(sorted(grants, key=lambda each: _GRADES[Grade(each[1])])),
        )
        for grant, grants in found.values()
    ]
    return sorted(rows, key=lambda row: (_ORDER[Party(row.party)], row.area))
