"""Shared knowledge: needs and answers of all years by a search, one answer by itself, and its documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from bosett.geography import county as county_of
from bosett.rounds.parties import Party
from bosett.rounds.rights import READ_ANSWER, may_receipt
from bosett.rounds.visibility import Thing, may_see
from bosett_web.accounts.actor import acting
from bosett_web.actions.meetings import needs as needs_actions
from bosett_web.queries.meetings.knowledge import KnownNeed, WantedKnowledge
from bosett_web.queries.meetings.knowledge import knowledge as knowledge_for
from bosett_web.queries.meetings.needs import (
    AnswerRow,
    NeedRow,
    answer_document,
    answer_of,
    documents_of,
    receipts_of,
    request_situation,
    requests_for,
    sees_answer,
)
from bosett_web.records.choices import AnsweredTo
from bosett_web.screens.buttons import Button, buttons
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import PageForm, PageRequest, attempt, shown
from bosett_web.screens.meetings.forms import KnowledgeFilter
from bosett_web.screens.screen import View, attached, look
from bosett_web.screens.screen import answer as page_of
from bosett_web.screens.words import say

MOST, MOST_LIKE = 50, 10
LONGEST = 200
"""So much of what was typed is looked for."""
ONLY: Mapping[str, bool] = {"answered": True, "unanswered": False}


@dataclass(frozen=True, slots=True)
class KnowledgeInWords:
    """A need that was found, the name of its county, and the button that answers another by its answer."""

    row: KnownNeed
    county: str
    join: Button | None


def knowledge(view: View) -> Mapping[str, Any]:
    """Build the page: what is looked for by words and choices, or what resembles a need that waits for an answer."""
    need = _need(view)
    wanted = WantedKnowledge(like=need.id) if need else _wanted(view)
    known = knowledge_for(view.request.who, view.moment, wanted, MOST_LIKE if need else MOST)
    return {
        "need": need,
        "need_county": county_of(need.county, view.year).name if need else "",
        "rows": [
            KnowledgeInWords(row, county_of(row.county, row.year).name, _join(view, need, row)) for row in known.rows
        ],
        "count": known.count,
        "most": MOST if known.count > MOST and not need else None,
        "any": bool(known.years),
        "is_chosen": wanted != WantedKnowledge(),
        "filter": _filter(view, wanted, known.years, known.counties),
    }


def given_answer(view: View, identity: int | str) -> Mapping[str, Any]:
    """Build the page of one answer: what it says, its documents, and the needs that it answers.

    Raises:
        Http404: There is none in this round, or this reader may not see it.
    """
    answer, counties = located(view, int(identity))
    actor, receipts = view.actor, receipts_of(answer.id)
    own = next((row for row in receipts if actor and row.seat == actor.seat_id), None)
    is_reader = actor is not None and may_receipt(actor.who) and is_party(view, answer, counties)
    needs = [row for row in requests_for(view.whole, view.request.who, view.moment) if row.given == answer.id]
    return {
        "answer": answer,
        "is_shared": answer.to == AnsweredTo.TO_ALL,
        "needs": [(county_of(row.county, view.year).name, row) for row in needs],
        "receipts": receipts if view.request.who.party is Party.DIRECTORATE else None,
        "own_receipt": own,
        "form": shown(view.request, PageForm, READ_ANSWER) if is_reader and own is None else None,
        "documents": documents_of([answer.id]).get(answer.id, ()) if is_party(view, answer, counties) else (),
    }


@require_safe
def document(request: PageRequest, year: int, given: int, identity: int) -> HttpResponse:
    """Return a document of an answer to the parties who may see it; it is saved, never shown as a page.

    Raises:
        Http404: There is none, or it is not for this reader.
    """
    view = look(request, year)
    answer, counties = located(view, given)
    file = answer_document(answer.id, identity) if is_party(view, answer, counties) else None
    if file is None:
        raise Http404(identity)
    return attached(*file)


@require_POST
def receipt(request: PageRequest, year: int, identity: int) -> HttpResponse:
    """Take a receipt of an answer, and show the answer again."""
    form = PageForm(request.POST, language=request.language, move=READ_ANSWER)
    if status := attempt(request, form, lambda: needs_actions.receipt(acting(request), year=year, given=identity)):
        return page_of(request, given_answer, year, {"identity": str(identity)}, status)
    messages.success(request, say(f"event_{READ_ANSWER}", request.language))
    return redirect("given_answer", year, identity)


def located(view: View, identity: int) -> tuple[AnswerRow, tuple[str, ...]]:
    """Return an answer of the round that this reader may see, and the counties that it was given to.

    Raises:
        Http404: There is none for them.
    """
    row = answer_of(view.year, identity)
    if row is None or not sees_answer(view.whole, view.request.who, view.moment, row[0].to, row[1]):
        raise Http404(identity)
    return row


def is_party(view: View, answer: AnswerRow, counties: Sequence[str]) -> bool:
    """Tell whether a reader is a party of an answer: its documents are not released with its text."""
    asked_by = ("",) if answer.to == AnsweredTo.TO_ALL else counties
    return any(may_see(view.request.who, Thing.INFORMATION, answer.to, county) for county in asked_by)


def _need(view: View) -> NeedRow | None:
    """Return the need of this round that others are to resemble; None when none is named, or it is answered."""
    asked = view.request.GET.get("like", "")
    if not asked.isdecimal():
        return None
    rows = requests_for(view.whole, view.request.who, view.moment)
    return next((row for row in rows if str(row.id) == asked and not row.is_answered), None)


def _wanted(view: View) -> WantedKnowledge:
    asked = view.request.GET
    year = asked.get("year", "")
    return WantedKnowledge(
        words=asked.get("q", "").strip()[:LONGEST],
        year=int(year) if year.isdecimal() and len(year) == len("2021") else None,
        county=asked.get("county", ""),
        answered=ONLY.get(asked.get("only", "")),
    )


def _filter(
    view: View, wanted: WantedKnowledge, years: Sequence[int], places: Sequence[tuple[int, str]]
) -> KnowledgeFilter:
    """Return the form that picks needs; a county is offered by the name that it had in the newest year with a need."""
    only = next((code for code, answered in ONLY.items() if answered is wanted.answered), "")
    initial = {"q": wanted.words, "year": wanted.year, "county": wanted.county, "only": only}
    form = KnowledgeFilter(language=view.language, initial=initial)
    form.begin_with("k")
    names = {code: county_of(code, year).name for year, code in sorted(places)}
    form.offer("year", [("", form.worded("knowledge_all_years")), *((str(each), str(each)) for each in years)])
    by_name = sorted(names.items(), key=lambda each: sort_key(each[1]))
    form.offer("county", [("", form.worded("knowledge_all_counties")), *by_name])
    form.offer(
        "only", [("", form.worded("knowledge_both")), *((each, form.worded(f"knowledge_{each}")) for each in ONLY)]
    )
    return form


def _join(view: View, need: NeedRow | None, row: KnownNeed) -> Button | None:
    """Return the button that answers a need by what was found; None for who does not answer it."""
    if need is None or row.given is None:
        return None
    situation = request_situation(view.whole, need)
    offered = buttons(view.request, situation, "information.join", request=need.id, given=row.given)
    return next(iter(offered), None)
