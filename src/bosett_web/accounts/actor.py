"""Who acts in a request: a person in a seat with a grade, as frozen facts."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from bosett.rounds.parties import Grade, Party, Who
from bosett_web.accounts.models import Grant


@dataclass(frozen=True, slots=True)
class Actor:
    """A logged-in person in the role chosen at login.

    Attributes:
        person_id: Identity of the person.
        person_name: As the issuer gave it.
        seat_id: Identity of the seat.
        seat_name: Name of the organisation.
        organisation: Organisation number.
        party: Role.
        area: County or municipality code, or empty.
        county: County of the area, or empty.
        grade: Grade in the seat.
        language: nb, nn or en.
        scheme: auto, light or dark.
    """

    person_id: int
    person_name: str
    seat_id: int
    seat_name: str
    organisation: str
    party: Party
    area: str
    county: str
    grade: Grade
    language: str = "nb"
    scheme: str = "auto"

    @property
    def who(self) -> Who:
        """Return what the tables of the round need to know."""
        return Who(self.person_id, self.party, self.area, self.county, self.grade)


class SeatedRequest(HttpRequest):
    """A request as it is once its seat has been looked up.

    Attributes:
        actor: Who acts, or None for the public.
        who: What the tables of the round know of them.
        language: nb, nn or en.
    """

    actor: Actor | None
    who: Who
    language: str


def acting(request: SeatedRequest) -> Actor:
    """Return who acts in a request that only somebody who is logged in may make.

    Raises:
        PermissionDenied: Nobody is: the form came by a way that was to stop it before.
    """
    if request.actor is None:
        raise PermissionDenied
    return request.actor


def actor_of(grant_id: int, at: datetime) -> Actor | None:
    """Return who acts by a grant, or None when it gives no right at that moment (ended, withdrawn)."""
    grant = Grant.objects.in_force(at).select_related("person", "seat__organisation").filter(pk=grant_id).first()
    if grant is None:
        return None
    seat = grant.seat
    return Actor(
        person_id=grant.person_id,
        person_name=grant.person.name,
        seat_id=seat.pk,
        seat_name=seat.organisation.name,
        organisation=seat.organisation.orgnr,
        party=Party(seat.party),
        area=seat.area,
        county=seat.county,
        grade=Grade(grant.grade),
        language=grant.person.language,
        scheme=grant.person.scheme,
    )
