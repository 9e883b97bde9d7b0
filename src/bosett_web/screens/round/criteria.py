"""The year's criteria: versions, moves, and the committee's draft."""

from collections.abc import Mapping
from typing import Any

from bosett.documents.words import standing_note
from bosett.parameters import NoCriteria, load_shipped
from bosett_web.actions.round.criteria import files
from bosett_web.queries.situations import criteria_situation, new_situation
from bosett_web.screens.forms import buttons
from bosett_web.screens.screen import View

MOVES = "criteria.propose criteria.return criteria.adopt criteria.share"


def criteria(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first."""
    rows = [
        (
            row,
            buttons(view.actor, criteria_situation(view.whole, row), MOVES, view.language, version=row.version),
            _note(row.file, view.language),
        )
        for row in reversed(view.at.criteria)
    ]
    draft = buttons(view.actor, new_situation(view.whole), "criteria.draft", view.language)
    return {"rows": rows, "draft": draft[0] if draft else None, "files": files(view.year)}


def _note(file: str, language: str) -> str:
    """Return whose criteria a file's are, and where our own model loses; empty for a file that is not shipped."""
    try:
        return standing_note(file, language, official=load_shipped(file).official)
    except NoCriteria:
        return ""
