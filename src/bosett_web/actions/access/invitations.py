"""The first administrator of an organisation, by a link that one person of it uses once.

Whoever runs Bosett makes the first one, for the directorate; its administrators make those of the others. A link gives
nothing to anybody who does not act for its organisation by the word of the login service.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from bosett.geography import counties, municipalities
from bosett.rounds.moves import Objection
from bosett.rounds.parties import Grade, Party
from bosett.rounds.rights import may_invite
from bosett.sources.organisation_numbers import is_organisation_number
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import AdministratorLink, Grant, Organisation, Person, Seat
from bosett_web.actions.doing import Invalid, Objected, action, note, note_refusal
from bosett_web.journal.write import Entry
from bosett_web.queries.access.invitations import OPEN, first_link, sha256_of
from bosett_web.records import clock

LASTS = timedelta(hours=72)
"""How long a link may be used, when nothing else is said."""
BYTES = 32
"""Of chance in a token."""
EVENT, TAKEN = "access.invite", "access.accept"


@action
def invite(actor: Actor, /, *, seat: int) -> str:
    """Make a link for the first administrator of another organisation, and return its token.

    Raises:
        Objected: The actor is no administrator of the directorate.
        Invalid: There is no such seat, or somebody is administrator there.
    """
    subject = f"organisation:{actor.organisation}"
    if not may_invite(actor.who):
        objection = Objection("low_grade", {"needs": Grade.ADMINISTRATOR.value})
        if actor.party is not Party.DIRECTORATE:
            objection = Objection("wrong_party", {"needs": Party.DIRECTORATE.value})
        raise Objected(objection, move=EVENT, subject=subject)
    row = Seat.objects.select_for_update().select_related("organisation").filter(pk=seat).first()
    if row is None:
        raise Invalid("seat", "seat_unknown")
    administrators = Grant.objects.in_force(clock.now()).filter(
        seat__organisation=row.organisation, grade=Grade.ADMINISTRATOR
    )
    if administrators.exists():
        raise Invalid("seat", "administrator_there", {"name": row.organisation.name})
    return _make(row, actor, clock.now() + LASTS)


def invite_first(
    *, organisation: str, name: str, party: Party, area: str, until: datetime | None = None
) -> tuple[str, Seat]:
    """Make a link for the administrator of an organisation, by whoever runs Bosett; return its token, and the seat.

    Organisation and seat are made when they are not there.

    Args:
        organisation: Its number; or its name, of one that is known.
        name: Its name, of one that is not known yet.
        party: The role.
        area: Code of the county or municipality, else empty.
        until: When the link ends; after `LASTS` when nothing is said.

    Raises:
        Invalid: The number is none, the name is missing or nobody's, there is no such area, or the role is another's.
    """
    with transaction.atomic(durable=True):
        seat = _seat(_organisation(organisation, name), party, area)
        return _make(seat, None, until or clock.now() + LASTS), seat


def accept(token: str, *, person: int) -> int:
    """Make a person the administrator that a link is for, once; return the grant.

    Raises:
        Invalid: There is no such link, it is used, expired or replaced, or it is for another organisation; journalled.
    """
    try:
        with transaction.atomic(durable=True):
            return _accept(token, Person.objects.get(pk=person))
    except Invalid as fault:
        with transaction.atomic(durable=True):
            refused = {"move": TAKEN, "code": fault.code, **fault.facts}
            note_refusal(None, Entry("refused", f"person:{person}", None, {}, refused))
        raise


def _accept(token: str, person: Person) -> int:
    row = AdministratorLink.objects.select_for_update().filter(token_sha256=sha256_of(token)).first()
    link = first_link(token)
    if row is None or link is None:
        raise Invalid("token", "first_unknown")
    if link.state != OPEN:
        raise Invalid("token", f"first_{link.state}")
    if link.orgnr != person.orgnr:
        raise Invalid("token", "first_elsewhere", {"name": link.organisation, "own": person.orgnr})
    now = clock.now()
    given, _ = Grant.objects.get_or_create(
        person=person,
        seat_id=row.seat_id,
        grade=Grade.ADMINISTRATOR,
        withdrawn_at=None,
        until=None,
        defaults={"since": now, "granted_by_id": row.by_id},
    )
    row.used_at, row.used_by = now, person
    row.save(update_fields=["used_at", "used_by"])
    facts = {"party": link.party, "area": link.area, "grade": Grade.ADMINISTRATOR.value, "grant": given.pk}
    note(actor_of(given.pk, now), Entry(TAKEN, f"organisation:{link.orgnr}", None, {}, facts))
    return given.pk


def _make(seat: Seat, actor: Actor | None, until: datetime) -> str:
    now = clock.now()
    open_ones = AdministratorLink.objects.filter(seat=seat, used_at__isnull=True, replaced_at__isnull=True)
    replaced = open_ones.update(replaced_at=now)
    token = secrets.token_urlsafe(BYTES)
    AdministratorLink.objects.create(
        token_sha256=sha256_of(token),
        seat=seat,
        by_id=actor.person_id if actor else None,
        made_at=now,
        until=until,
    )
    facts = {"name": seat.organisation.name, "orgnr": seat.organisation.orgnr, "party": seat.party, "area": seat.area}
    after = {**facts, "until": until, "replaced": bool(replaced)}
    note(actor, Entry(EVENT, f"organisation:{seat.organisation.orgnr}", None, {}, after))
    return token


def _organisation(written: str, name: str) -> Organisation:
    if written.isdigit():
        organisation = Organisation.objects.filter(orgnr=written).first()
        if organisation is not None:
            return organisation
        if not is_organisation_number(written):
            raise Invalid("orgnr", "orgnr_wrong", {"found": written})
        if not name.strip():
            raise Invalid("name", "organisation_unnamed", {"found": written})
        return Organisation.objects.create(orgnr=written, name=name.strip())
    named = list(Organisation.objects.filter(name__iexact=written.strip())[:2])
    if len(named) != 1:
        raise Invalid("name", "organisation_unknown", {"found": written})
    return named[0]


def _seat(organisation: Organisation, party: Party, area: str) -> Seat:
    county = _county(party, area)
    seat, _ = Seat.objects.select_related("organisation").get_or_create(
        party=party, area=area, defaults={"organisation": organisation, "county": county}
    )
    if seat.organisation_id != organisation.pk:
        raise Invalid("party", "seat_taken", {"name": seat.organisation.name})
    return seat


def _county(party: Party, area: str) -> str:
    """Return the county that an area lies in, in the structure that is in force.

    Raises:
        Invalid: There is no such area, or the role has none.
    """
    year = clock.today().year
    known = {"": ""}
    if party is Party.COUNTY:
        known = {county.code: county.code for county in counties(year)}
    if party is Party.MUNICIPALITY:
        known = {place.code: place.county for place in municipalities(year)}
    if area not in known:
        raise Invalid("area", "area_unknown", {"found": area or "-"})
    return known[area]
