"""What is new to somebody in the rounds: events of others that concern them, derived from the journal at each look."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from bosett.documents.alerts import alert_told
from bosett.geography import municipalities
from bosett.rounds.alerts import CONCERNS, area_of, concerns
from bosett.rounds.moves import LOCAL
from bosett.rounds.parties import Party, Who
from bosett_web.accounts.models import AlertSeen
from bosett_web.journal.models import Event

LOOKED_AT = 2000
"""The newest events of those that may concern a reader, of which theirs are taken: some for each municipality."""
OF_AN_AREA = r"(:|/)(\d{2}|\d{4})(-|$)"
"""What the subject of an event has that is about one county or municipality; `area_of` reads it."""
PAGES: Mapping[str, str] = {
    "criteria": "criteria",
    "alternative": "criteria_try",
    "forecast": "forecasts",
    "targets": "targets",
    "proposal": "proposal",
    "recommendation": "county",
    "meeting": "meeting",
    "information": "meetings",
    "round": "numbers",
    "letter": "documents",
    "decision": "decisions",
    "notice": "notices",
    "alert": "revision",
    "revision": "revision",
    "capacity": "capacity",
    "input": "inputs",
}
"""The name of the page on which an event of a track is seen."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something new: what happened, about which area, when, by which organisation (empty: by itself), and its page.

    `year` is the round's; `page` the name of an address and `parts` what goes into it.
    """

    event: int
    name: str
    year: int
    area: str
    day: date
    organisation: str
    page: str
    parts: tuple[object, ...]

    def words(self, language: str) -> str:
        """Return it in one line."""
        return alert_told(self.name, self.area, self.year, self.day, language)


@dataclass(frozen=True, slots=True)
class News:
    """What is new to somebody, the newest first, and the newest event of all that was looked at; 0 is none."""

    rows: tuple[Alert, ...]
    upto: int


def seen_upto(person: int, seat: int) -> int:
    """Return the newest event that somebody has marked as read in a role; 0 when none."""
    return max(AlertSeen.objects.filter(person=person, seat=seat).values_list("event", flat=True), default=0)


def news(who: Who, after: int, upto: int | None = None) -> News:
    """Return what is new to somebody after an event, and up to another; in one query."""
    rows = Event.objects.filter(pk__gt=after, name__in=list(CONCERNS), round__isnull=False).exclude(person=who.person)
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    if who.party in LOCAL:  # what is others' own is left in the database: a letter to each is an event for each
        own = Q(subject__endswith=f":{who.area}") | Q(subject__contains=f"/{who.area}-")
        shared = [name for name, each in CONCERNS.items() if who.party is Party.COUNTY and not each.own]
        rows = rows.filter(own | Q(name__in=shared) | ~Q(subject__regex=OF_AN_AREA))
    page = list(rows.order_by("-pk").values("pk", "name", "round", "subject", "body")[:LOOKED_AT])
    alerts = (alert for row in page if (alert := _alert(who, row)) is not None)
    return News(tuple(alerts), max((row["pk"] for row in page), default=0))


def _alert(who: Who, row: Mapping[str, Any]) -> Alert | None:
    """Return an event as news to somebody; None when it is none of theirs."""
    year, area = row["round"], area_of(row["subject"])
    body = json.loads(row["body"])
    state = str(body["after"].get("answered_to", "")) if row["name"] == "information.answer" else ""
    if not concerns(who, row["name"], area, _county_of(area, year), state):
        return None
    page, parts = _page(who, row, year, area, body["after"])
    return Alert(
        event=row["pk"],
        name=row["name"],
        year=year,
        area=area,
        day=date.fromisoformat(body["day"]),
        organisation="" if body["person"] is None else body["seat_name"],
        page=page,
        parts=parts,
    )


def _page(
    who: Who, row: Mapping[str, Any], year: int, area: str, after: Mapping[str, Any]
) -> tuple[str, tuple[object, ...]]:
    """Return the name of the page that shows an event, and what goes into its address."""
    track = row["name"].partition(".")[0]
    if who.party is Party.MUNICIPALITY and track not in ("notice", "capacity"):
        return "own", (year,)
    if row["name"] == "information.answer" and "given" in after:
        return "given_answer", (year, after["given"])
    if track == "recommendation":
        return "county", (year, area)
    if track == "meeting":
        return "meeting", (year, area or "joint")
    return PAGES[track], (year,)


def _county_of(area: str, year: int) -> str:
    if len(area) != len("4601"):
        return area
    return next((each.county for each in municipalities(year) if each.code == area), "")
