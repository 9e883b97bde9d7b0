"""Logging in to a role; giving, lending and taking away access; what a person sets for themselves.

An administrator gives access to people of the own organisation only, and never to themselves.
"""

from datetime import datetime

from django.db import transaction

from bosett.basis.languages import LANGUAGES
from bosett.rounds.moves import Objection
from bosett.rounds.parties import Grade
from bosett.rounds.rights import may_administer
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import Grant, Organisation, Person, Scheme, Seat
from bosett_web.accounts.token_claims import Identity
from bosett_web.actions.doing import Invalid, Objected, action, note, note_refusal
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.records import clock


def arrive(identity: Identity) -> int:
    """Take in a person whom the issuer vouches for; return who it is. New, or come to another organisation: logged."""
    facts = {"name": identity.name, "orgnr": identity.orgnr}
    with transaction.atomic(durable=True):
        person, new = Person.objects.select_for_update().get_or_create(
            issuer=identity.issuer, subject=identity.subject, defaults=facts
        )
        before = {} if new else {"name": person.name, "orgnr": person.orgnr}
        if before != facts:
            person.name, person.orgnr = identity.name, identity.orgnr
            person.save(update_fields=["name", "orgnr"])
            note(None, Entry("access.arrive", f"person:{person.pk}", None, before, facts))
    return person.pk


def refuse_login() -> None:
    """Journal that the issuer's answer about somebody did not hold: a forged token, a broken-off login, no answer."""
    with transaction.atomic(durable=True):
        note_refusal(None, Entry("refused", "login", None, {}, {"move": "access.arrive", "code": "not_vouched"}))


def log_in(grant: int, *, person: int | None) -> Event:
    """Log that a person takes on a role.

    Args:
        grant: The grant that gives the role.
        person: Who was logged in by the issuer, or None in the demo, where one may be any of its people.

    Raises:
        Invalid: The grant gives this person no right now; outside the demo the try is journalled.
    """
    with transaction.atomic(durable=True):
        actor = actor_of(grant, clock.now())
        if person is None:
            allowed = Grant.objects.filter(pk=grant, person__issuer="demo").exists()
        else:
            allowed = actor is not None and actor.person_id == person
        if actor is not None and allowed:
            facts = {"party": actor.party, "area": actor.area, "grade": actor.grade}
            return note(actor, Entry("access.login", f"person:{actor.person_id}", None, {}, facts))
        if person is not None:
            tried = {"move": "access.login", "code": "grant_gone", "grant": grant}
            note_refusal(None, Entry("refused", f"person:{person}", None, {}, tried))
    raise Invalid("grant", "grant_gone")


@action
def grant(actor: Actor, /, *, person: int, seat: int, grade: str) -> Event:
    """Give a person of the organisation a grade in one of its roles.

    Raises:
        Objected: The actor is no administrator, the role is another organisation's, or the access would be their own.
        Invalid: The person acts for another organisation, holds the grade already, or there is no such grade.
    """
    organisation = _administered(actor, "access.grant")
    if not Seat.objects.filter(pk=seat, organisation=organisation).exists():
        raise _objected(actor, "access.grant", "wrong_organisation")
    _of_organisation(actor, "access.grant", person)
    if grade not in [each.value for each in Grade]:
        raise Invalid("grade", "unknown_grade")
    now = clock.now()
    if Grant.objects.filter(
        person=person, seat=seat, grade=grade, withdrawn_at__isnull=True, until__isnull=True
    ).exists():
        raise Invalid("person", "granted_already")
    given = Grant.objects.create(person_id=person, seat_id=seat, grade=grade, since=now, granted_by_id=actor.person_id)
    return _noted(actor, "access.grant", {}, _facts(given))


@action
def lend(actor: Actor, /, *, grant: int, person: int, until: datetime) -> Event:
    """Lend somebody's access to a substitute until a moment; it ends by itself.

    Raises:
        Objected: As for `grant`.
        Invalid: The access is not in force or itself lent, the substitute holds it already, or the end is not to come.
    """
    _administered(actor, "access.lend")
    lent = _own_grant(actor, "access.lend", grant)
    _of_organisation(actor, "access.lend", person)
    now = clock.now()
    if until <= now:
        raise Invalid("until", "until_past")
    if lent.lent_from_id:
        raise Invalid("grant", "lent_already")
    if Grant.objects.in_force(now).filter(person=person, seat=lent.seat_id, grade=lent.grade).exists():
        raise Invalid("person", "granted_already")
    given = Grant.objects.create(
        person_id=person,
        seat_id=lent.seat_id,
        grade=lent.grade,
        since=now,
        until=until,
        granted_by_id=actor.person_id,
        lent_from=lent,
    )
    return _noted(actor, "access.lend", {}, _facts(given) | {"until": until, "lent_from": lent.pk})


@action
def withdraw(actor: Actor, /, *, grant: int) -> Event:
    """Take away an access, and with it what was lent from it. It ends at once, also for whoever is logged in.

    Raises:
        Objected: The actor is no administrator, or the access is another organisation's.
        Invalid: It is not in force, or it is the last administrator's.
    """
    organisation = _administered(actor, "access.withdraw")
    taken = _own_grant(actor, "access.withdraw", grant)
    now = clock.now()
    if taken.grade == Grade.ADMINISTRATOR and not taken.lent_from_id:
        lasting = Grant.objects.in_force(now).filter(seat__organisation=organisation, grade=taken.grade, until=None)
        if not lasting.exclude(pk=grant).exists():
            raise Invalid("grant", "last_administrator")
    # Also of a substitute who acts for another organisation now, and may come back.
    borrowed = Grant.objects.filter(lent_from=taken, until__gt=now, withdrawn_at__isnull=True)
    lent = list(borrowed.values_list("pk", flat=True))
    Grant.objects.filter(pk__in=[grant, *lent]).update(withdrawn_at=now)
    return _noted(actor, "access.withdraw", _facts(taken) | ({"lent": lent} if lent else {}), {})


@action
def set_display(actor: Actor, /, *, language: str, scheme: str) -> Event:
    """Set a person's language and colours.

    Raises:
        Invalid: There is no such language or scheme.
    """
    if language not in LANGUAGES:
        raise Invalid("language", "unknown_language")
    if scheme not in Scheme.values:
        raise Invalid("scheme", "unknown_scheme")
    Person.objects.filter(pk=actor.person_id).update(language=language, scheme=scheme)
    before = {"language": actor.language, "scheme": actor.scheme}
    after = {"language": language, "scheme": scheme}
    return note(actor, Entry("access.display", f"person:{actor.person_id}", None, before, after))


def _administered(actor: Actor, name: str) -> Organisation:
    """Return the actor's organisation, locked: two administrators at once wait for each other."""
    if not may_administer(actor.who, own=True):
        raise _objected(actor, name, "low_grade", needs=Grade.ADMINISTRATOR.value)
    return Organisation.objects.select_for_update().get(orgnr=actor.organisation)


def _own_grant(actor: Actor, name: str, grant: int) -> Grant:
    row = Grant.objects.not_ended(clock.now()).select_related("person", "seat__organisation").filter(pk=grant).first()
    if row is None:
        raise Invalid("grant", "grant_gone")
    if row.seat.organisation.orgnr != actor.organisation:
        raise _objected(actor, name, "wrong_organisation")
    return row


def _of_organisation(actor: Actor, name: str, person: int) -> None:
    if person == actor.person_id:
        raise _objected(actor, name, "own_access")
    if not Person.objects.filter(pk=person, orgnr=actor.organisation).exists():
        raise Invalid("person", "not_of_organisation")


def _objected(actor: Actor, name: str, code: str, **facts: object) -> Objected:
    return Objected(Objection(code, facts), move=name, subject=f"organisation:{actor.organisation}")


def _facts(given: Grant) -> dict[str, object]:
    return {
        "grant": given.pk,
        "person": given.person_id,
        "person_name": given.person.name,
        "party": given.seat.party,
        "area": given.seat.area,
        "grade": given.grade,
    }


def _noted(actor: Actor, name: str, before: dict[str, object], after: dict[str, object]) -> Event:
    return note(actor, Entry(name, f"organisation:{actor.organisation}", None, before, after))
