"""The journal as people read it: newest first, by track and party, one thing's story, the check of the chains."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from bosett.rounds.parties import Party
from bosett.rounds.rights import may_shield
from bosett_web.journal.verify import verify
from bosett_web.queries.journal import WantedEvents, events
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.journal_words import events_in_words, subject_told
from bosett_web.screens.long_lists import around, question, start_of
from bosett_web.screens.round.forms import JournalFilter, ShieldForm
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
    wanted, start = _wanted(asked), start_of(asked.get("start", ""))
    count, rows = events(view.year, view.actor, wanted, start, MOST)
    return {
        "rows": events_in_words(rows, view.year, view.language),
        "wanted": wanted,
        "story_of": subject_told(wanted.subject, view.year, view.language) if wanted.subject else "",
        "filter": _filter(view, wanted, local=local),
        "shields": {each.id: _shielding(view, each.id) for row in rows for each in row.texts if each.text is not None}
        if may_shield(view.actor.who)
        else {},
        **around(asdict(wanted), start, MOST, count),
        "file": question(asdict(wanted), 0),
        "verified": verify() if "verify" in asked and not local else None,
        "may_verify": not local,
    }


def _filter(view: View, wanted: WantedEvents, *, local: bool) -> JournalFilter | None:
    """Return the form that picks events; None when there is nothing to pick by."""
    form = JournalFilter(language=view.language, initial=asdict(wanted))
    form.begin_with("log")
    form.offer("track", [("", form.worded("log_all")), *((each, form.worded(f"subject_{each}")) for each in TRACKS)])
    parties = [(party.value, _party(party, view.language)) for party in Party]
    form.offer("party", [("", form.worded("log_everybody")), *parties])
    if wanted.subject:
        del form.fields["track"]
    if local:
        del form.fields["party"]
    return form if form.visible_fields() else None


def _shielding(view: View, text: int) -> ShieldForm:
    """Return the form that shields a text."""
    return shown(view.request, ShieldForm, "journal.shield", begin=f"shield-{text}", text=text)


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
    listed = [
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
    headers = {"Content-Disposition": f'attachment; filename="bosett-{year}-events.json"'}
    return JsonResponse({"year": year, "events": listed}, headers=headers)


def _party(party: Party, language: str) -> str:
    """Return a party in words; what nobody did stands at the place of the public, which does nothing."""
    return say("party_system" if party is Party.PUBLIC else f"party_{party}", language)


def _wanted(asked: QueryDict) -> WantedEvents:
    """Return which events are asked for; a track or party that there is none of is left out."""
    track, party = asked.get("track", ""), asked.get("party", "")
    return WantedEvents(
        asked.get("subject", ""), track if track in TRACKS else "", party if party in set(Party) else ""
    )
