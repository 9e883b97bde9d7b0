"""The documents of a round as a list that everybody may read: kind, day, and of one that is withheld on what ground.

A document's owner and the directorate withhold it here, and lift that again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bosett.parameters.grounds import load_grounds
from bosett.rounds.rights import LIFT, WITHHOLD
from bosett_web.accounts.actor import Actor
from bosett_web.actions.round import withholding as actions
from bosett_web.queries.round.documents import DocumentRow, place_of
from bosett_web.queries.round.documents import documents as found_for
from bosett_web.records.choices import DocumentKind
from bosett_web.screens.forms import Form, why
from bosett_web.screens.round.journal import start_of
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
    start = start_of(asked)
    shown = chosen[start : start + MOST]
    counts = Counter(row.kind for row in rows)
    return {
        "rows": [_told(view, row) for row in shown],
        "any": bool(rows),
        "count": len(chosen),
        "first": start + 1,
        "last": start + len(shown),
        "newer": _address(kind, only, max(start - MOST, 0)) if start else None,
        "older": _address(kind, only, start + MOST) if start + MOST < len(chosen) else None,
        "kinds": [(each, counts[each]) for each in DocumentKind if counts[each]],
        "kind": kind,
        "only": only,
        "withheld_count": sum(row.withheld is not None for row in rows),
        **_one(view, rows),
    }


def withhold(actor: Actor, year: int, form: Form) -> object:
    """Act on the form that withholds a document."""
    kind, key = _which(form)
    ground, detail = form.text("ground"), form.text("detail")
    return actions.withhold(actor, year=year, kind=kind, key=key, ground=ground, detail=detail)


def lift(actor: Actor, year: int, form: Form) -> object:
    """Act on the form that lifts it."""
    kind, key = _which(form)
    return actions.lift(actor, year=year, kind=kind, key=key)


def _which(form: Form) -> tuple[str, str]:
    kind, _, key = form.text("document").partition(":")
    return kind, key


def _one(view: View, rows: tuple[DocumentRow, ...]) -> Mapping[str, Any]:
    """Return the document that is asked for, and what this reader may do with it."""
    values = view.request.filled.get("values") or {}
    asked = values.get("document") or view.request.GET.get("document", "")
    row = next((row for row in rows if not row.closed and row.id == asked), None)
    if row is None or view.actor is None:
        return {"one": None}
    name = LIFT if row.withheld else WITHHOLD
    objection = actions.objection_to(name, view.actor, row)
    grounds = [
        (each.code, f"{each.cites[view.language]} ({each.about[view.language]})") for each in load_grounds().values()
    ]
    return {
        "one": _told(view, row),
        "move": name,
        "why_not": why(objection, view.language) if objection else "",
        "grounds": grounds,
        "ground": values.get("ground", ""),
    }


def _told(view: View, row: DocumentRow) -> DocumentInWords:
    code = f"letter_{row.letter}" if row.letter else f"document_{row.kind}"
    title, about = say(code, view.language), place_of(row, view.year)
    if row.kind == DocumentKind.MINUTES and not row.closed and not row.about:
        about = say("subject_joint", view.language)
    may = view.actor is not None and not row.closed and actions.objection_to(_next(row), view.actor, row) is None
    return DocumentInWords(row, title, about, "" if row.closed else _link(view.year, row), may)


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


def _address(kind: str, only: str, start: int) -> str:
    asked = {"kind": kind, "only": only, "start": str(start) if start else ""}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"
