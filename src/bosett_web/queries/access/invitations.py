"""Links for first administrators: what one gives and whether it still does, which are open, and who has none yet."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import AdministratorLink, Grant, Seat
from bosett_web.queries.access.seats import party_order
from bosett_web.records import clock

OPEN = "open"


@dataclass(frozen=True, slots=True)
class FirstLink:
    """A link for a first administrator.

    Attributes:
        id: Identity of the link.
        organisation: Name of the organisation that it is for.
        orgnr: Its number.
        party: Role that it gives.
        area: The role's area, or empty.
        until: When it can no longer be used.
        state: open, used, expired, or replaced by a newer one.
    """

    id: int
    organisation: str
    orgnr: str
    party: str
    area: str
    until: datetime
    state: str


def sha256_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def first_link(token: str) -> FirstLink | None:
    """Return the link of a token; None when there is none."""
    row = AdministratorLink.objects.select_related("seat__organisation").filter(token_sha256=sha256_of(token)).first()
    return _row(row, clock.now()) if row else None


def open_links() -> Sequence[FirstLink]:
    """Return the links that can still be used, the first to end first."""
    now = clock.now()
    links = AdministratorLink.objects.select_related("seat__organisation").filter(
        used_at__isnull=True, replaced_at__isnull=True, until__gt=now
    )
    return [_row(each, now) for each in links.order_by("until", "pk")]


def seats_without_administrator() -> Sequence[Seat]:
    """Return the seats of organisations in which nobody is administrator now: each waits for its first."""
    administered = Grant.objects.in_force(clock.now()).filter(grade=Grade.ADMINISTRATOR).values("seat__organisation")
    seats = Seat.objects.exclude(organisation__in=administered).select_related("organisation")
    return sorted(seats, key=lambda seat: (party_order(Party(seat.party)), seat.area))


def _row(link: AdministratorLink, now: datetime) -> FirstLink:
    seat = link.seat
    state = OPEN
    if link.used_at:
        state = "used"
    elif link.replaced_at:
        state = "replaced"
    elif link.until <= now:
        state = "expired"
    organisation = seat.organisation
    return FirstLink(link.pk, organisation.name, organisation.orgnr, seat.party, seat.area, link.until, state)
