"""The journal as people read it: own events whole, others' only as far as that something happened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bosett.rounds.parties import Party
from bosett_web.accounts.actor import Actor
from bosett_web.journal.models import Event, FreeText, Shield

OPEN_TO_PARTIES = (
    "criteria.adopt",
    "criteria.share",
    "forecast.register",
    "targets.decide",
    "proposal.share",
    "recommendation.submit",
    "recommendation.finish",
    "meeting.invite",
    "meeting.hold",
    "round.freeze",
    "round.skip",
    "demo.begin",
    "demo.clock",
)
"""Events that the national parties and the counties see of each other: who, what and when, never the facts."""

BETWEEN_PARTIES = (
    "recommendation.comment",
    "recommendation.outcome",
    "recommendation.discuss",
    "recommendation.return",
    "recommendation.reopen",
    "recommendation.reopen_final",
    "recommendation.confirm_final",
    "recommendation.hand_over",
)
"""Events of a county's recommendation that its meeting's parties see of each other: the county, the directorate, KS.

With those that are open to all parties, they make its history the same whoever of them reads it; what a county does
with its own draft stays its own.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A free text of an event; `text` is None when it is shielded."""

    id: int
    field: str
    text: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; `facts` and `texts` only for one's own organisation."""

    id: int
    number: int
    name: str
    subject: str
    at: datetime
    day: date
    person: str
    organisation: str
    facts: tuple[tuple[str, str, str], ...]
    texts: tuple[Text, ...]
    own: bool


def events(
    year: int | None, actor: Actor, subject: str = "", start: int = 0, most: int = 50
) -> tuple[int, list[EventRow]]:
    """Return how many events of a round somebody may see, and a page of them, newest first.

    Args:
        year: Settlement year, or None for what belongs to no round.
        actor: Who looks.
        subject: Only the story of this object, or empty.
        start: How many to leave out.
        most: How many to return.
    """
    own = f"/{actor.organisation}"
    mine = Q(chain__endswith=own)
    found = Event.objects.filter(mine | _others(year, actor), round=year)
    if subject:
        found = found.filter(subject=subject)
    page = list(found.order_by("-at", "-pk")[start : start + most])
    texts = texts_of(page)
    rows = []
    for event in page:
        body, is_own = json.loads(event.body), event.chain.endswith(own)
        rows.append(
            EventRow(
                id=event.pk,
                number=event.number,
                name=event.name,
                subject=event.subject,
                at=event.at,
                day=date.fromisoformat(body["day"]),
                person=body["person_name"],
                organisation=body["seat_name"],
                facts=_facts(body["before"], body["after"]) if is_own else (),
                texts=texts.get(event.pk, ()) if is_own else (),
                own=is_own,
            )
        )
    return found.count(), rows


def _others(year: int | None, actor: Actor) -> Q:
    """Return which events of other organisations somebody sees the who, what and when of."""
    if actor.party is Party.MUNICIPALITY:
        return Q(pk=None)
    between = Q(name__in=BETWEEN_PARTIES)
    if actor.party is Party.COUNTY:
        between &= Q(subject=f"recommendation:{year}:{actor.area}")
    meets = actor.party in (Party.DIRECTORATE, Party.KS, Party.COUNTY)
    return Q(name__in=OPEN_TO_PARTIES) | between if meets else Q(name__in=OPEN_TO_PARTIES)


def texts_of(page: Sequence[Event]) -> Mapping[int, tuple[Text, ...]]:
    """Return the free texts of events by event, by field; shielded ones without what they say. Two queries."""
    shielded = set(Shield.objects.filter(text__event__in=page).values_list("text", flat=True))
    texts: dict[int, list[Text]] = {}
    for row in FreeText.objects.filter(event__in=page).order_by("field"):
        if row.text and not row.field.startswith("before-"):
            shown = None if row.pk in shielded else row.text
            texts.setdefault(row.event_id, []).append(Text(row.pk, row.field, shown))
    return {event: tuple(found) for event, found in texts.items()}


def last_edit(year: int, county: str) -> int | None:
    """Return the identity of the newest edit of a county's recommendation: what `undo` undoes."""
    subject = f"recommendation:{year}:{county}"
    found = Event.objects.filter(subject=subject).exclude(name="refused").order_by("-pk").first()
    return found.pk if found and found.name in ("recommendation.edit", "round.undo") else None


def _facts(before: dict[str, object], after: dict[str, object]) -> tuple[tuple[str, str, str], ...]:
    """Return what differs, flat: (name, before, after)."""
    left, right = dict(_flat("", before)), dict(_flat("", after))
    names = dict.fromkeys([*left, *right])
    return tuple((name, left.get(name, ""), right.get(name, "")) for name in names if left.get(name) != right.get(name))


def _flat(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for key, each in value.items() for pair in _flat(f"{name}.{key}" if name else key, each)]
    return [(name, "" if value is None else str(value))]
