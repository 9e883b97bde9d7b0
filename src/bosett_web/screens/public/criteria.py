"""The criteria that are in force, in plain words, and what is new since the year before."""

from collections.abc import Mapping
from typing import Any

from bosett.documents.criteria import gone, in_words
from bosett.parameters import WRITTEN
from bosett.rounds.open_round import OpenCriteria
from bosett_web.queries.releases import published
from bosett_web.screens import formats
from bosett_web.screens.public import files
from bosett_web.screens.public.page import PublicView


def criteria(view: PublicView) -> Mapping[str, Any]:
    """Build the page."""
    current = view.round.criteria[-1] if view.round.criteria else None
    if current is None:
        return {"current": None}
    before = _of_year_before(view)
    rows = in_words(current.criteria, before.criteria if before else None, view.language)
    return {
        "current": current,
        "of_committee": WRITTEN.fullmatch(current.file) is not None,
        "rules": current.file if files.rules_text(current.file) else "",
        "current_day": formats.day(current.day, view.language),
        "kinds": [(f"criteria_{kind}", of_kind) for kind, of_kind in rows.items()],
        "compared": before is not None,
        "year_before": view.year - 1,
        "gone": gone(current.criteria, before.criteria, view.language) if before else (),
        "versions": [
            (each.version, formats.day(each.day, view.language), each.title) for each in view.round.criteria[:-1]
        ],
    }


def _of_year_before(view: PublicView) -> OpenCriteria | None:
    """Return the criteria in force the year before, as that year's newest release has them; None when it has none."""
    row = view.newest.get(view.year - 1)
    of_round = published.release(row).round if row else None
    return of_round.criteria[-1] if of_round and of_round.criteria else None
