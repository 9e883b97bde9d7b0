"""National and county targets: versions, what has changed between them, and the committee's draft."""

from collections.abc import Mapping
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.geography import counties
from bosett.parameters import load_shipped
from bosett.rounds.run import compute
from bosett_web.actions.doing import Invalid
from bosett_web.queries.situations import new_situation, targets_situation
from bosett_web.queries.standing import People, TargetsRow
from bosett_web.screens.forms import Form, buttons, in_words
from bosett_web.screens.screen import View

MOVES = "targets.submit targets.return targets.decide targets.confirm"


def targets(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first with what it changes; the draft begins with it, or with a suggestion."""
    versions = []
    before: TargetsRow | None = None
    for row in view.at.targets:
        stale = view.whole.out_of_date(row) if row is view.at.targets[-1] else ()
        names = MOVES if stale else MOVES.replace("targets.confirm", "")
        found = buttons(view.actor, targets_situation(view.whole, row), names, view.language, version=row.version)
        versions.append({"row": row, "buttons": found, "stale": stale, "lines": _lines(view, row, before)})
        before = row
    new = buttons(view.actor, new_situation(view.whole), "targets.draft", view.language)
    suggested, fault = _suggested(view) if new else ({}, "")
    last = view.at.targets[-1] if view.at.targets else None
    begun = suggested or (last.counties if last else {})
    return {
        "versions": list(reversed(versions)),
        "draft": new[0] if new else None,
        "cells": [{"county": each, "people": begun.get(each.code, People(None))} for each in view.counties],
        "national": People(_total(view)[0]) if suggested else (last.national if last else People(None)),
        "note": last.note if last else "",
        "suggest": view.request.GET.get("suggest", ""),
        "suggest_error": fault,
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


def _total(view: View) -> tuple[int | None, str]:
    try:
        return Form(view.request.GET).number("suggest"), ""
    except Invalid as fault:
        return None, in_words(fault.code, fault.facts, view.language)


def _suggested(view: View) -> tuple[Mapping[str, People], str]:
    """Share a national target over the counties by the adopted criteria's rule file, or say why it cannot be done."""
    total, fault = _total(view)
    criteria = view.whole.current_criteria
    if total is None or criteria is None:
        return {}, fault
    try:
        run = compute(view.year, total=total, criteria=load_shipped(criteria.file).known_by(view.day))
    except Refusal as refused:
        return {}, str(refused)
    return {each.code: People(each.target) for each in run.counties}, ""
