"""The documents of a round as a list: kind, day, and of one that is withheld on what ground.

A document's owner and the directorate withhold it here, and lift that again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.parameters.grounds import load_grounds
from bosett.rounds.rights import LIFT, WITHHOLD
from bosett_web.actions.round import withholding as actions
from bosett_web.queries.round.documents import DocumentRow, place_of
from bosett_web.queries.round.documents import documents as found_for
from bosett_web.records.choices import DocumentKind
from bosett_web.screens.documents_in_words import title
from bosett_web.screens.formats import number
from bosett_web.screens.forms import sent, shown
from bosett_web.screens.long_lists import around, start_of
from bosett_web.screens.refusals import why
from bosett_web.screens.round.forms import DocumentsFilter, LiftForm, WithholdForm
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOST = 100
"""Documents on a page."""


@dataclass(frozen=True, slots=True)
class DocumentInWords:
    """A document and its words: what it is, whom it is about, and where it is read; empty where nothing is told."""

    row: DocumentRow
    title: str
    about: str
    link: str
    may: bool


def documents(view: View) -> Mapping[str, Any]:
    """Build the page."""
    asked = view.request.GET
    rows = found_for(view.whole, view.request.who, view.moment)
    kind = asked.get("kind", "")
    kind = kind if kind in DocumentKind.values else ""
    only = "withheld" if asked.get("only") == "withheld" else ""
    chosen = [row for row in rows if kind in ("", row.kind) and (not only or row.withheld)]
    start = start_of(asked.get("start", ""))
    shown = chosen[start : start + MOST]
    return {
        "rows": [_told(view, row) for row in shown],
        "any": bool(rows),
        **around({"kind": kind, "only": only}, start, MOST, len(chosen)),
        "filter": _filter(view, rows, kind, only),
        **_one(view, rows),
    }


def _filter(view: View, rows: tuple[DocumentRow, ...], kind: str, only: str) -> DocumentsFilter:
    """Return the form that picks documents, each choice with how many there are."""
    form = DocumentsFilter(language=view.language, initial={"kind": kind, "only": only})
    counts = Counter(row.kind for row in rows)
    kinds = [
        (each, f"{form.worded(f'document_{each}')} ({number(counts[each])})") for each in DocumentKind if counts[each]
    ]
    form.offer("kind", [("", form.worded("documents_all")), *kinds])
    withheld = sum(row.withheld is not None for row in rows)
    form.call("only", f"{form.worded('documents_only')} ({number(withheld)})")
    return form


def _one(view: View, rows: tuple[DocumentRow, ...]) -> Mapping[str, Any]:
    """Return the document that is asked for, and what this reader may do with it."""
    asked = sent(view.request, "document") or view.request.GET.get("document", "")
    row = next((row for row in rows if not row.closed and row.id == asked), None)
    if row is None or view.actor is None:
        return {"one": None}
    name = LIFT if row.withheld else WITHHOLD
    objection = actions.objection_to(name, view.actor, row)
    return {
        "one": _told(view, row),
        "move": name,
        "why_not": why(objection, view.language) if objection else "",
        "form": None if objection else _form(view, name, row.id),
    }


def _form(view: View, name: str, document: str) -> WithholdForm | LiftForm:
    """Return the form that withholds a document, or lifts it."""
    if name == LIFT:
        return shown(view.request, LiftForm, name, document=document)
    form, language = shown(view.request, WithholdForm, name, document=document), view.language
    grounds = [(each.code, f"{each.cites[language]} ({each.about[language]})") for each in load_grounds().values()]
    form.offer("ground", [("", "–"), *grounds])
    return form


def _told(view: View, row: DocumentRow) -> DocumentInWords:
    about = place_of(row, view.year)
    if row.kind == DocumentKind.MINUTES and not row.closed and not row.about:
        about = say("subject_joint", view.language)
    may = view.actor is not None and not row.closed and actions.objection_to(_next(row), view.actor, row) is None
    return DocumentInWords(
        row, title(row.kind, row.letter, view.language), about, "" if row.closed else _link(view.year, row), may
    )


def _next(row: DocumentRow) -> str:
    return LIFT if row.withheld else WITHHOLD


def _link(year: int, row: DocumentRow) -> str:
    """Return where a document is read."""
    given: Mapping[str, tuple[str, tuple[object, ...]]] = {
        DocumentKind.LETTER: ("letter_pdf", (year, row.number)),
        DocumentKind.MINUTES: ("minutes", (year, row.key)),
        DocumentKind.RECOMMENDATION: ("county", (year, row.key)),
        DocumentKind.ATTACHMENT: ("document", (year, row.about, row.number)),
        DocumentKind.DECISION: ("receipt", (year, row.about, row.number)),
    }
    name, arguments = given[row.kind]
    return reverse(name, args=arguments)
