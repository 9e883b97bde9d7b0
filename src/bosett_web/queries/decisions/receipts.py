"""The receipt of an answer: the event that the journal holds of it; and the document that waits for a form."""

import json
from dataclasses import dataclass
from datetime import datetime

from bosett_web.accounts.actor import Actor
from bosett_web.journal.models import Event
from bosett_web.queries.rows import rows_of
from bosett_web.records.models import Decision, HeldDocument

RECORDING = ("decision.record", "decision.correct", "decision.record_for")


@dataclass(frozen=True, slots=True)
class Sealed:
    """The event of an answer: its number in its chain, its hash, when it happened, and the hash of the document."""

    number: int
    hash: str
    at: datetime
    document: str


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A document that waits for its form."""

    name: str
    sha256: str


def sealed(year: int, municipality: str, version: int) -> Sealed | None:
    """Return the event by which a version was recorded; None when the journal holds none. Two queries."""
    document = Decision.objects.filter(round=year, municipality=municipality, version=version).values_list(
        "sha256", flat=True
    )
    rows = Event.objects.filter(subject=f"decision:{year}:{municipality}", name__in=RECORDING).order_by("-at", "-pk")
    for row in rows:
        if json.loads(row.body)["after"].get("version") == version:
            return Sealed(row.number, row.hash, row.at, document.first() or "")
    return None


def held_row(actor: Actor, year: int, municipality: str) -> HeldRow | None:
    """Return what waits for somebody's form on a municipality's answer, without its content."""
    rows = HeldDocument.objects.filter(round=year, municipality=municipality)
    return next(iter(rows_of(HeldRow, rows.filter(person=actor.person_id, seat=actor.seat_id))), None)
