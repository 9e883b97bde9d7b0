"""The journal as people read it: own events whole, others' only as far as that something happened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from bosett.rounds.parties import Party
from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import Seat
from bosett_web.journal.models import Event, FreeText, Refused, Shield

OPEN_TO_PARTIES = (
    "criteria.adopt",
    "criteria.share",
    "alternative.share",
    "alternative.take_back",
    "forecast.register",
    "targets.decide",
    "proposal.share",
    "recommendation.submit",
    "recommendation.finish",
    "meeting.invite",
    "meeting.hold",
    "round.freeze",
    "round.skip",
    "round.archive",
    "alert.raise",
    "alert.acknowledge",
    "alert.lapse",
    "alert.end",
    "revision.set_total",
    "revision.decide",
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
    "document.withhold",
    "document.lift",
)
"""Events of a county's recommendation that its meeting's parties see of each other: the county, the directorate, KS.

With those that are open to all parties, they make its history the same whoever of them reads it; what a county does
with its own draft stays its own.
"""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A free text of an event; `text` is None when it is shielded."""

    id: int
    field: str
    text: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; what was before and after, and its texts, only for one's own organisation.

    `by_itself` is true of what nobody did: the workspace did it. `hash` seals the event in its chain.
    `times` is how often the same was refused to the same person that day, with this one; 1 for any other event.
    """

    id: int
    number: int
    name: str
    subject: str
    at: datetime
    day: date
    person: str
    organisation: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    texts: tuple[TextRow, ...]
    own: bool
    by_itself: bool
    hash: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word that is looked for in what somebody reads of an event, in the reader's language.

    Attributes:
        text: The word as it was typed: looked for in names of people and bodies, in references and in free texts.
        names: The events whose own words have it.
        kinds: What events may be about whose words have it.
        places: Codes of the municipalities and counties whose names have it.
    """

    text: str
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedEvents:
    """Which events: the story of one object, those on a track, by a party, of some days, with words; empty is all.

    An event is wanted when each of the words is in it; `since` and `until` are the first and the last day.
    """

    subject: str = ""
    track: str = ""
    party: str = ""
    since: date | None = None
    until: date | None = None
    words: tuple[SearchedWord, ...] = ()


ALL = WantedEvents()


def events(
    year: int | None, actor: Actor, wanted: WantedEvents = ALL, start: int = 0, most: int = 50
) -> tuple[int, list[EventRow]]:
    """Return how many events of a round somebody may see, and a page of them, newest first.

    Args:
        year: Settlement year, or None for what belongs to no round.
        actor: Who looks.
        wanted: Which of them.
        start: How many to leave out.
        most: How many to return.
    """
    own = f"/{actor.organisation}"
    mine = Q(chain__endswith=own)
    matching = Event.objects.filter(mine | _others(year, actor), _wanted(wanted), round=year)
    if wanted.since or wanted.until or wanted.words:
        matching = _written(matching, wanted, own)
    page = list(matching.order_by("-at", "-pk")[start : start + most])
    texts = texts_of(page)
    times = dict(Refused.objects.filter(event__in=page).values_list("event", "times"))
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
                before=body["before"] if is_own else {},
                after=body["after"] if is_own else {},
                texts=texts.get(event.pk, ()) if is_own else (),
                own=is_own,
                by_itself=event.person is None,
                hash=event.hash,
                times=times.get(event.pk, 1),
            )
        )
    return matching.count(), rows


def _wanted(wanted: WantedEvents) -> Q:
    """Return what picks the events; a refusal is on the track of what it was about."""
    which = Q()
    if wanted.subject:
        which &= Q(subject=wanted.subject)
    if wanted.track:
        which &= Q(name__startswith=f"{wanted.track}.") | Q(name="refused", subject__startswith=f"{wanted.track}:")
    if wanted.party == Party.PUBLIC:
        which &= Q(seat__isnull=True)
    elif wanted.party:
        which &= Q(seat__in=list(Seat.objects.filter(party=wanted.party).values_list("pk", flat=True)))
    return which


def _written(rows: "QuerySet[Event]", wanted: WantedEvents, own: str) -> "QuerySet[Event]":
    """Return those of some events that are of the wanted days, and have the wanted words where the reader reads them.

    Of another organisation's event it is who, what and when; of one's own the free texts too, but for shielded ones.
    """
    body = Cast("body", JSONField())
    rows = rows.annotate(
        told_day=KeyTextTransform("day", body),
        person_name=KeyTextTransform("person_name", body),
        seat_name=KeyTextTransform("seat_name", body),
    )
    if wanted.since is not None:
        rows = rows.filter(told_day__gte=wanted.since.isoformat())
    if wanted.until is not None:
        rows = rows.filter(told_day__lte=wanted.until.isoformat())
    for word in wanted.words:
        texts = FreeText.objects.filter(event__chain__endswith=own, text__icontains=word.text, shield__isnull=True)
        which = Q(person_name__icontains=word.text) | Q(seat_name__icontains=word.text)
        which |= Q(subject__icontains=word.text) | Q(name__in=word.names)
        which |= Q(pk__in=texts.exclude(field__startswith="before-").values("event"))
        for kind in word.kinds:
            which |= Q(subject__startswith=f"{kind}:")
        if word.places:
            # The place ends what an event is about, or begins the end of a letter's reference.
            which |= Q(subject__regex=rf"[:/]({'|'.join(word.places)})(:|-|$)")
        rows = rows.filter(which)
    return rows


def _others(year: int | None, actor: Actor) -> Q:
    """Return which events of other organisations somebody sees the who, what and when of."""
    if actor.party is Party.MUNICIPALITY:
        return Q(pk=None)
    between = Q(name__in=BETWEEN_PARTIES)
    if actor.party is Party.COUNTY:
        between &= Q(subject=f"recommendation:{year}:{actor.area}")
    meets = actor.party in (Party.DIRECTORATE, Party.KS, Party.COUNTY)
    return Q(name__in=OPEN_TO_PARTIES) | between if meets else Q(name__in=OPEN_TO_PARTIES)


def texts_of(page: Sequence[Event]) -> Mapping[int, tuple[TextRow, ...]]:
    """Return the free texts of events by event, by field; shielded ones without what they say. Two queries."""
    shielded = set(Shield.objects.filter(text__event__in=page).values_list("text", flat=True))
    texts: dict[int, list[TextRow]] = {}
    for row in FreeText.objects.filter(event__in=page).order_by("field"):
        if row.text and not row.field.startswith("before-"):
            shown = None if row.pk in shielded else row.text
            texts.setdefault(row.event_id, []).append(TextRow(row.pk, row.field, shown))
    return {event: tuple(rows) for event, rows in texts.items()}


def handed_back(year: int, county: str) -> TextRow | None:
    """Return why a county's approver handed its recommendation back, until it is ready again: for its own alone."""
    names = ("recommendation.ready", "recommendation.hand_back")
    event = Event.objects.filter(subject=f"recommendation:{year}:{county}", name__in=names).order_by("-pk").first()
    if event is None or event.name != "recommendation.hand_back":
        return None
    return next((text for text in texts_of([event]).get(event.pk, ()) if text.field == "reason"), None)


def last_edit(year: int, county: str) -> int | None:
    """Return the identity of the newest edit of a county's recommendation: what `undo` undoes."""
    subject = f"recommendation:{year}:{county}"
    event = Event.objects.filter(subject=subject).exclude(name="refused").order_by("-pk").first()
    return event.pk if event and event.name in ("recommendation.edit", "round.undo") else None
