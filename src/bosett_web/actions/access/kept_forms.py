"""What somebody sent after their session had ended: kept until they have logged in to the same role, and not for long.

It is kept for whom the form was shown to, by the page's own signature, and for nobody else; nothing is decided by it,
and so the journal tells nothing of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from bosett_web.accounts import throttle
from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import KeptForm, Person, Seat
from bosett_web.actions.doing import Invalid
from bosett_web.records import clock

LARGEST = 64 * 1024
"""Bytes: what is kept of a form at most, for each person."""
KEPT_FOR = timedelta(days=1)
"""How long it is kept, and how old the signature of its page may be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that waits for its person.

    Attributes:
        path: Where it was sent.
        data: Its fields, each with all its values.
        files: Names of the files that came along, by field; the files themselves are not kept.
    """

    path: str
    data: Mapping[str, Sequence[str]]
    files: Mapping[str, str]


def keep(person: int, seat: int, form: Kept) -> None:
    """Keep a form for the person that it was shown to, in place of what was kept before.

    Raises:
        Invalid: It is larger than what is kept of any, or there is no such person.
    """
    content = json.dumps({"path": form.path, "data": form.data, "files": form.files}, ensure_ascii=False)
    if len(content.encode()) > LARGEST:
        raise Invalid("kept", "not_kept")
    with transaction.atomic(durable=True):
        if not (Person.objects.filter(pk=person).exists() and Seat.objects.filter(pk=seat).exists()):
            raise Invalid("kept", "not_kept")
        KeptForm.objects.update_or_create(
            person_id=person, defaults={"seat_id": seat, "content": content, "at": clock.now()}
        )


def kept(actor: Actor) -> Kept | None:
    """Return what waits for a person in the role that they have now; None when nothing does."""
    row = KeptForm.objects.filter(person=actor.person_id, seat=actor.seat_id, at__gt=clock.now() - KEPT_FOR).first()
    return Kept(**json.loads(row.content)) if row else None


def let_go(actor: Actor) -> None:
    """Let go of what was kept for a person: it has been sent again, or is not wanted."""
    KeptForm.objects.filter(person=actor.person_id, seat=actor.seat_id).delete()


def let_go_of_old() -> None:
    """Let go of what nobody came for, of sessions that are over, and of what was counted to slow machines."""
    now = clock.now()
    KeptForm.objects.filter(at__lte=now - KEPT_FOR).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    throttle.forget(now)
