"""National and county targets: versions, what has changed between them, and the committee's draft."""

from collections.abc import Mapping
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.geography import counties
from bosett.parameters import load_shipped
from bosett.rounds.run import compute
from bosett_web.actions.round.proposals import no_answer
from bosett_web.queries.situations import new_situation, targets_situation
from bosett_web.queries.standing_rows import People, TargetsRow
from bosett_web.screens.buttons import buttons
from bosett_web.screens.forms import shown
from bosett_web.screens.round.forms import SuggestForm, TargetsForm
from bosett_web.screens.round.proposal import why_no_answer
from bosett_web.screens.rows import people_parts
from bosett_web.screens.screen import View

MOVES = "targets.submit targets.return targets.decide targets.confirm"


def targets(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first with what it changes; the draft begins with it, or with a suggestion."""
    versions = []
    before: TargetsRow | None = None
    for row in view.at.targets:
        stale = view.whole.out_of_date(row) if row is view.at.targets[-1] else ()
        names = MOVES if stale else MOVES.replace("targets.confirm", "")
        offered = buttons(view.request, targets_situation(view.whole, row), names, version=row.version)
        versions.append({"row": row, "buttons": offered, "stale": stale, "lines": _lines(view, row, before)})
        before = row
    new = buttons(view.request, new_situation(view.whole), "targets.draft")
    return {
        "versions": list(reversed(versions)),
        "draft": new[0] if new else None,
        **(_drafting(view) if new and not new[0].why_not else {}),
    }


def _drafting(view: View) -> Mapping[str, Any]:
    """Return the form of a suggestion, and that of the draft, which begins with it or with the last version."""
    suggest = SuggestForm(view.request.GET if "suggest" in view.request.GET else None, language=view.language)
    suggest.auto_id, suggest.field_of("suggest").look = "%s", "field"
    total = suggest.number_of("suggest") if suggest.is_valid() else None
    suggested = _suggested(view, suggest, total)
    last = view.at.targets[-1] if view.at.targets else None
    begun = suggested or (last.counties if last else {})
    national = People(total) if suggested else (last.national if last else People(None))
    initial = people_parts("national", national)
    for each in view.counties:
        initial |= people_parts(each.code, begun.get(each.code, People(None)))
    form = shown(view.request, TargetsForm, "targets.draft", initial={**initial, "note": last.note if last else ""})
    return {
        "suggest": suggest,
        "form": form,
        "national": form.row("national", form.worded("field_national")),
        "cells": [(each, form.row(each.code, each.name)) for each in view.counties],
    }


def _lines(view: View, row: TargetsRow, before: TargetsRow | None) -> list[Mapping[str, Any]]:
    """Return a version by county, with the change from the version before."""
    lines: list[Mapping[str, Any]] = []
    for each in counties(view.year):
        people = row.counties.get(each.code, People(None))
        old = before.counties.get(each.code) if before else None
        change = None
        if old is not None and old.number is not None and people.number is not None:
            change = people.number - old.number
        lines.append({"county": each, "people": people, "change": change})
    return lines


def _suggested(view: View, form: SuggestForm, total: int | None) -> Mapping[str, People]:
    """Share a national target over the counties by the adopted criteria's file; the form tells why it cannot be."""
    criteria = view.whole.current_criteria
    if total is None or criteria is None:
        return {}
    try:
        run = compute(
            view.year, total=total, criteria=load_shipped(criteria.file).known_by(view.day), figures=view.at.figures
        )
    except Refusal as refused:
        form.add_error("suggest", why_no_answer(no_answer(refused, year=view.year, day=view.day), view))
        return {}
    return {each.code: People(each.target) for each in run.counties}
