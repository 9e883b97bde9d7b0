"""What has happened with a municipality's decision: one history, the same for the municipality and the directorate."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.rounds.parties import Party, Who
from bosett_web.journal.models import Event
from bosett_web.queries.journal import TextRow, texts_of


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the history.

    Attributes:
        name: What was done.
        day: The workspace's day.
        organisation: Who did it: the organisation, never a person.
        facts: What it came to, as the journal keeps it.
        texts: What was said with it; shielded text is None.
    """

    name: str
    day: date
    organisation: str
    facts: Mapping[str, object]
    texts: tuple[TextRow, ...]


def happenings(year: int, municipality: str, who: Who) -> tuple[Happening, ...]:
    """Return the history of a municipality's decision, the newest first, to those whose it is; in three queries.

    It tells of preliminary answers, of what was asked for and why: that is between the municipality and the
    directorate. Everybody else gets an empty one.
    """
    own = who.party is Party.MUNICIPALITY and who.area == municipality
    if not own and who.party is not Party.DIRECTORATE:
        return ()
    events = list(
        Event.objects.filter(
            round=year, subject=f"decision:{year}:{municipality}", name__startswith="decision."
        ).order_by("-at", "-pk")
    )
    texts = texts_of(events)
    return tuple(_happening(event, json.loads(event.body), texts.get(event.pk, ())) for event in events)


def _happening(event: Event, body: Mapping[str, object], texts: tuple[TextRow, ...]) -> Happening:
    facts = body["after"]
    assert isinstance(facts, Mapping)  # noqa: S101  - so the journal is written
    return Happening(event.name, date.fromisoformat(str(body["day"])), str(body["seat_name"]), facts, texts)
