"""The counties' recommendations: all of them, and one in a plain form."""

from collections.abc import Mapping
from typing import Any

from bosett_web.pages.formats import sort_key
from bosett_web.pages.forms import buttons
from bosett_web.pages.screen import View
from bosett_web.queries.events import last_edit
from bosett_web.queries.lines import Line, lines
from bosett_web.queries.standing import county_target, meeting_situation, recommendation_situation
from bosett_web.queries.visible import seen_lines

MOVES = (
    "recommendation.ready recommendation.withdraw recommendation.submit recommendation.discuss "
    "recommendation.finish recommendation.return recommendation.reopen"
)
LATE = "recommendation.confirm recommendation.confirm_final recommendation.reopen_final"


def counties(view: View) -> Mapping[str, Any]:
    """Build the page of all counties."""
    rows = [
        {
            "county": each,
            "target": county_target(view.at, each.code),
            "row": view.at.recommendations.get(each.code),
            "meeting": view.at.meetings.get(each.code),
            "stale": _stale(view, each.code),
            "exists": each.code in view.whole.recommendations,
        }
        for each in sorted(view.counties, key=lambda each: sort_key(each.name))
    ]
    return {"rows": rows, "any": bool(view.at.recommendations)}


def county(view: View, code: str) -> Mapping[str, Any]:
    """Build the page of one county's recommendation."""
    area = view.county(code)
    row = view.at.recommendations.get(code)
    target = county_target(view.at, code)
    if row is None:
        return {"county": area, "row": None, "target": target, "exists": code in view.whole.recommendations}
    situation = recommendation_situation(view.whole, row)
    stale = _stale(view, code)
    late = LATE if stale else "recommendation.reopen_final"
    edit = _first(view, situation, "recommendation.edit", code)
    outcome = _first(view, situation, "recommendation.outcome", code)
    # Shown against the proposal that the numbers rest on, and what the newest one says where it differs.
    shown = seen_lines(view.whole, lines(view.year, row.proposal, code), view.request.who, view.moment)
    current = view.at.current_proposal
    newer = {each.code: each.proposed for each in lines(view.year, current.id, code)} if stale and current else {}
    rows = sorted(shown, key=lambda line: sort_key(line.name))
    meeting = view.at.meetings.get(code)
    return {
        "county": area,
        "row": row,
        "target": target,
        "difference": None if target is None else row.total - target,
        "outcome_difference": None if target is None else row.outcome_total - target,
        "lines": [(line, newer.get(line.code), _was(line), _was_outcome(line)) for line in rows],
        "edit": edit,
        "outcome": outcome,
        "undo": last_edit(view.year, code) if edit and not edit.why_not else None,
        "buttons": buttons(view.actor, situation, f"{MOVES} {late}", view.language, county=code),
        "stale": stale,
        "newer": bool(newer),
        "meeting": meeting,
        "meeting_buttons": buttons(
            view.actor, meeting_situation(view.whole, meeting), "meeting.invite", view.language, county=code
        )
        if meeting
        else (),
        "proposed_total": sum(line.proposed or 0 for line in rows),
        "subject": f"recommendation:{view.year}:{code}",
    }


def _first(view: View, situation: Any, name: str, code: str) -> Any:  # noqa: ANN401 (a button or nothing)
    found = buttons(view.actor, situation, name, view.language, county=code)
    return found[0] if found else None


def _stale(view: View, code: str) -> tuple[str, ...]:
    row = view.at.recommendations.get(code)
    return view.whole.out_of_date(row) if row else ()


def _was(line: Line) -> str:
    """Return what the form was shown with: a row that comes back the same is left alone."""
    parts = (line.number, line.under15, line.from15)
    return "|".join(["" if part is None else str(part) for part in parts] + [line.reason])


def _was_outcome(line: Line) -> str:
    return f"{'' if line.outcome is None else line.outcome}|{line.outcome_reason}"
