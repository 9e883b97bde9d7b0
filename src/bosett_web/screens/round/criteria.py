"""The year's criteria: versions, moves, and the committee's draft."""

from collections.abc import Mapping, Sequence
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.documents.words import standing_note
from bosett.parameters import criteria_of_year, load_shipped
from bosett_web.queries.situations import criteria_situation, new_situation
from bosett_web.screens.buttons import Button, buttons
from bosett_web.screens.forms import shown
from bosett_web.screens.journal_words import file_title
from bosett_web.screens.round.forms import CriteriaForm
from bosett_web.screens.screen import View

MOVES = "criteria.propose criteria.return criteria.adopt criteria.share"


def criteria(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first."""
    rows = [
        (
            row,
            buttons(view.request, criteria_situation(view.whole, row), MOVES, version=row.version),
            _note(row.file, view.language),
        )
        for row in reversed(view.at.criteria)
    ]
    draft = buttons(view.request, new_situation(view.whole), "criteria.draft")
    return {"rows": rows, "draft": draft[0] if draft else None, "form": _form(view, draft)}


def _form(view: View, draft: Sequence[Button]) -> CriteriaForm | None:
    """Return the form of a new draft, where there may be one."""
    if not draft or draft[0].why_not:
        return None
    form = shown(view.request, CriteriaForm, "criteria.draft")
    form.offer(
        "file", [(file, file_title(file, view.language)) for file in criteria_of_year(view.year, view.whole.least)]
    )
    return form


def _note(file: str, language: str) -> str:
    """Return whose criteria a file's are, and where our own model loses; empty for a file that is not there yet."""
    try:
        return standing_note(file, language, official=load_shipped(file).official)
    except Refusal:
        return ""
