"""Writing to the journal: inside the action's own transaction, one event, chained to the one before.

The head row of the chain is locked first, so that two actions on one chain wait for each other and no number is used
twice.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from bosett_web.accounts.actor import Actor
from bosett_web.journal.models import Event, FreeText, Head, Refused, chain_of

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened.

    Attributes:
        name: Event name, from the table of moves or of actions outside it.
        subject: What it happened to, for example `recommendation:2021:46` (its story is found by it).
        round: Settlement year, or None when it belongs to no round.
        before: Facts before, JSON-able.
        after: Facts after, JSON-able.
        texts: Free text by field (`reason`, `minutes`, ...): kept apart, its hash in the chain.
    """

    name: str
    subject: str
    round: int | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class OutsideTransaction(RuntimeError):
    """An event was written outside the transaction of an action: a fault in the program."""


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(body: Mapping[str, Any]) -> str:
    """Return facts as JSON with sorted keys: the text that is hashed."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def write(entry: Entry, *, actor: Actor | None, at: datetime, day: date) -> Event:
    """Append one event to its chain.

    Args:
        entry: What happened.
        actor: Who did it, or None for the system itself.
        at: The moment.
        day: The workspace's date (in the demo another than the moment's).

    Raises:
        OutsideTransaction: No transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(entry.name)
    chain = chain_of(entry.round, actor.organisation if actor else SYSTEM)
    Head.objects.bulk_create([Head(chain=chain)], ignore_conflicts=True)
    head = Head.objects.select_for_update().get(chain=chain)
    texts = {name: text for name, text in entry.texts.items() if text}
    body = canonical(
        {
            "chain": chain,
            "number": head.number + 1,
            "name": entry.name,
            "round": entry.round,
            "subject": entry.subject,
            "person": actor.person_id if actor else None,
            "person_name": actor.person_name if actor else SYSTEM,
            "seat": actor.seat_id if actor else None,
            "seat_name": actor.seat_name if actor else SYSTEM,
            "party": actor.party if actor else SYSTEM,
            "area": actor.area if actor else "",
            "before": entry.before,
            "after": entry.after,
            "texts": {name: sha256(text) for name, text in texts.items()},
            "at": at,
            "day": day,
        }
    )
    event = Event.objects.create(
        chain=chain,
        number=head.number + 1,
        name=entry.name,
        round=entry.round,
        subject=entry.subject,
        person=actor.person_id if actor else None,
        seat=actor.seat_id if actor else None,
        at=at,
        body=body,
        previous=head.hash,
        hash=sha256(head.hash + body),
    )
    FreeText.objects.bulk_create(
        [FreeText(event=event, field=name, text=text, sha256=sha256(text)) for name, text in texts.items()]
    )
    head.number, head.hash = event.number, event.hash
    head.save(update_fields=["number", "hash"])
    return event


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def write_refusal(entry: Entry, *, actor: Actor | None, at: datetime, day: date) -> Event:
    """Append the first refusal of a kind on a day, and count the others: a held-down button fills no journal.

    Of a kind are those of one person in one role, of one move on one subject, for one reason.

    Args:
        entry: What was refused; its facts hold `move` and `code`.
        actor: Whom, or None for somebody who is not logged in.
        at: The moment.
        day: The workspace's date.

    Raises:
        OutsideTransaction: No transaction is open.
    """
    who = {"person": actor.person_id, "seat": actor.seat_id} if actor else {}
    what = {"subject": entry.subject, "move": entry.after.get("move"), "code": entry.after.get("code")}
    kind = {"day": at.date(), "what": sha256(canonical({**who, **what}))}
    if Refused.objects.filter(**kind).update(times=F("times") + 1, last_at=at):
        return Refused.objects.select_related("event").get(**kind).event
    event = write(entry, actor=actor, at=at, day=day)
    # Of two at once each may be the first: then there are two events.
    Refused.objects.bulk_create([Refused(event=event, last_at=at, **kind)], ignore_conflicts=True)
    return event
