"""The journal as people read it: newest first, by track and party, one thing's story, the check of the chains."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from bosett.rounds.parties import Party
from bosett.rounds.rights import may_shield
from bosett_web.journal.verify import verify
from bosett_web.queries.journal import WantedEvents, events
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.journal_words import subject_told, told
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import say

MOST = 50
ALL_OF_THEM = 1_000_000
TRACKS = (
    *("criteria", "forecast", "targets", "proposal", "recommendation", "meeting", "information"),
    *("round", "letter", "decision", "document"),
)
"""What events can be picked by: the first part of their names."""


def journal(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: Nobody is logged in.
    """
    if view.actor is None:
        raise Http404
    asked, local = view.request.GET, view.actor.party is Party.MUNICIPALITY
    wanted, start = _wanted(asked), start_of(asked)
    count, rows = events(view.year, view.actor, wanted, start, MOST)
    return {
        "rows": told(rows, view.year, view.language),
        "count": count,
        "first": start + 1,
        "last": start + len(rows),
        "wanted": wanted,
        "story_of": subject_told(wanted.subject, view.year, view.language) if wanted.subject else "",
        "tracks": [(track, say(f"subject_{track}", view.language)) for track in TRACKS],
        "parties": () if local else [(party.value, _party(party, view.language)) for party in Party],
        "newer": _address(wanted, max(start - MOST, 0)) if start else None,
        "older": _address(wanted, start + MOST) if start + MOST < count else None,
        "file": _address(wanted, 0),
        "verified": verify() if "verify" in asked and not local else None,
        "may_verify": not local,
        "may_shield": may_shield(view.actor.who),
    }


@require_safe
def journal_file(request: PageRequest, year: int) -> HttpResponse:
    """Return the events that the page tells of, whole: with what seals each, and all that it changed.

    Raises:
        Http404: Nobody is logged in.
    """
    view = look(request, year)
    if view.actor is None:
        raise Http404
    _, rows = events(year, view.actor, _wanted(request.GET), 0, ALL_OF_THEM)
    found = [
        {
            "number": row.number,
            "name": row.name,
            "subject": row.subject,
            "at": row.at,
            "day": row.day,
            "person": row.person,
            "organisation": row.organisation,
            "before": row.before,
            "after": row.after,
            "hash": row.hash,
        }
        for row in rows
    ]
    held = {"Content-Disposition": f'attachment; filename="bosett-{year}-events.json"'}
    return JsonResponse({"year": year, "events": found}, headers=held)


def _party(party: Party, language: str) -> str:
    """Return a party in words; what nobody did stands at the place of the public, which does nothing."""
    return say("party_system" if party is Party.PUBLIC else f"party_{party}", language)


def _wanted(asked: QueryDict) -> WantedEvents:
    """Return which events are asked for; a track or party that there is none of is left out."""
    track, party = asked.get("track", ""), asked.get("party", "")
    return WantedEvents(
        asked.get("subject", ""), track if track in TRACKS else "", party if party in set(Party) else ""
    )


def start_of(asked: QueryDict) -> int:
    """Return the place in a long list that a page of it begins at."""
    written = asked.get("start", "")
    return min(int(written), 10**6) if written.isdecimal() and written.isascii() and len(written) < 8 else 0


def _address(wanted: WantedEvents, start: int) -> str:
    """Return the question of another page of the same events."""
    asked = asdict(wanted) | {"start": str(start) if start else ""}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"
