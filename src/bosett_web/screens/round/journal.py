"""The journal as people read it: newest first, by track and party, one thing's story, the check of the chains."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from bosett.rounds.parties import Party
from bosett.rounds.rights import may_shield
from bosett_web.journal.verify import verify
from bosett_web.queries.journal import WantedEvents, events
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.journal_words import events_in_words, searched, subject_told
from bosett_web.screens.long_lists import around, question, start_of
from bosett_web.screens.place_names import LONGEST
from bosett_web.screens.round.forms import JournalFilter, ShieldForm
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import say

MOST = 50
ALL_OF_THEM = 1_000_000
MOST_WORDS = 8
"""Words that are looked for at once; the rest of what was typed is left out."""
PICKED = ("subject", "track", "party", "since", "until", "q")
TRACKS = (
    *("criteria", "forecast", "need", "targets", "proposal", "recommendation", "meeting", "information"),
    *("round", "letter", "decision", "document", "revision", "alert", "notice", "capacity", "input"),
    *("placement", "ledger", "figures"),
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
    form = _filter(view, asked, local=local)
    wanted, start = _wanted(view, form), start_of(asked.get("start", ""))
    count, rows = events(view.year, view.actor, wanted, start, MOST)
    return {
        "rows": events_in_words(rows, view.year, view.language),
        "wanted": wanted,
        "picked": wanted != WantedEvents(),
        "story_of": subject_told(wanted.subject, view.year, view.language) if wanted.subject else "",
        "filter": form,
        "shields": {each.id: _shielding(view, each.id) for row in rows for each in row.texts if each.text is not None}
        if may_shield(view.actor.who)
        else {},
        **around(_picked(form), start, MOST, count),
        "file": question(_picked(form), 0),
        "verified": verify() if "verify" in asked and not local else None,
        "may_verify": not local,
    }


def _filter(view: View, asked: QueryDict, *, local: bool) -> JournalFilter:
    """Return the form that picks events, with what is asked for and what is wrong with it.

    A track or party that there is none of is left out; a day that is none is told at its field, and kept.
    """
    given = {name: asked.get(name, "") for name in ("subject", "since", "until")}
    track, party, words = asked.get("track", ""), asked.get("party", ""), asked.get("q", "").strip()[:LONGEST]
    given |= {"track": track if track in TRACKS else "", "party": party if party in set(Party) else "", "q": words}
    form = JournalFilter(given, language=view.language, initial={"subject": given["subject"]})
    form.begin_with("log")
    form.is_shown = True
    form.offer("track", [("", form.worded("log_all")), *((each, form.worded(f"subject_{each}")) for each in TRACKS)])
    parties = [(party.value, _party(party, view.language)) for party in Party]
    form.offer("party", [("", form.worded("log_everybody")), *parties])
    form.is_valid()
    if given["subject"]:
        form.leave_out("track")
    if local:
        form.leave_out("party")
    return form


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
    form = _filter(view, request.GET, local=view.actor.party is Party.MUNICIPALITY)
    _, rows = events(year, view.actor, _wanted(view, form), 0, ALL_OF_THEM)
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


def _wanted(view: View, form: JournalFilter) -> WantedEvents:
    """Return which events are asked for; what is wrong in the form is left out."""
    picked = form.cleaned_data
    return WantedEvents(
        subject=picked.get("subject", ""),
        track=picked.get("track", ""),
        party=picked.get("party", ""),
        since=picked.get("since"),
        until=picked.get("until"),
        words=tuple(searched(word, view.year, view.language) for word in picked.get("q", "").split()[:MOST_WORDS]),
    )


def _picked(form: JournalFilter) -> Mapping[str, str]:
    """Return what is picked, as it was sent."""
    return {name: form.sent(name) for name in PICKED}
