"""The counties' recommendations: all of them, and one county's desk."""

from collections.abc import Mapping
from typing import Any

from bosett.rounds.columns import GROUPS, HIDDEN_AT_FIRST, ON_PAGE, TOGETHER
from bosett.rounds.population import inhabitants
from bosett.rounds.visibility import Thing
from bosett_web.queries.comments import comments_for
from bosett_web.queries.county.versions import attachments_for
from bosett_web.queries.journal import last_edit
from bosett_web.queries.lines import Line
from bosett_web.queries.round.country import added
from bosett_web.queries.sight import closed, lines_for
from bosett_web.queries.situations import (
    county_target,
    from_target,
    meeting_situation,
    recommendation_situation,
    target_reason,
)
from bosett_web.queries.standing import People, RecommendationRow, WithheldRow
from bosett_web.records.choices import Decider
from bosett_web.screens.county.hand_over import handed_over
from bosett_web.screens.county.sheet import departs, moves_of, pictures, rows_of, script_words
from bosett_web.screens.formats import day, sort_key
from bosett_web.screens.forms import Button, buttons
from bosett_web.screens.screen import View
from bosett_web.screens.waiting import all_duties, waiting


def counties(view: View) -> Mapping[str, Any]:
    """Build the page of all counties."""
    rows = [
        {
            "county": each,
            "target": county_target(view.at, each.code),
            "row": view.at.recommendations.get(each.code),
            "meeting": view.at.meetings.get(each.code),
            "away": _away(view, each.code),
            "stale": _stale(view, each.code),
            "exists": each.code in view.whole.recommendations,
            "closed": _closed(view, each.code),
        }
        for each in sorted(view.counties, key=lambda each: sort_key(each.name))
    ]
    return {"rows": rows, "any": bool(view.at.recommendations)}


def county(view: View, code: str) -> Mapping[str, Any]:
    """Build the page of one county: its sheet, moves, decision, documents and pictures."""
    area = view.county(code)
    row = view.at.recommendations.get(code)
    if row is None:
        return {
            "county": area,
            "row": None,
            "exists": code in view.whole.recommendations,
            "closed": _closed(view, code),
        }
    situation = recommendation_situation(view.whole, row)
    stale = _stale(view, code)
    edit = _first(view, situation, "recommendation.edit", code)
    editing = edit is not None and not edit.why_not
    shown = rows_of(view, row, _newer(view, code) if stale else {})
    meeting = view.at.meetings.get(code)
    attached, shut = attachments_for(view.whole, view.request.who, row)
    return {
        "county": area,
        "waits": waiting(view, all_duties(view), code),
        "row": row,
        "rows": shown,
        "target": _target(view, code),
        "sums": _sums(row, [each.row.line for each in shown], county_target(view.at, code)),
        "target_reason": target_reason(view.at, row),
        "edit": edit,
        "editing": editing,
        "outcome": _first(view, situation, "recommendation.outcome", code),
        "outcomes": [(each, _was_outcome(each.row.line)) for each in shown],
        "undo": last_edit(view.year, code) if editing else None,
        "buttons": moves_of(view, row),
        "attach": _first(view, situation, "recommendation.attach", code),
        "attachments": attached,
        "attachments_closed": shut,
        "detach": _first(view, situation, "recommendation.detach", code),
        **_filled(view, row),
        **handed_over(view, row),
        "deciders": ("", *Decider),
        "decided_on": row.decided_on.isoformat() if row.decided_on else "",
        "sheet_words": script_words(view.language),
        "together": TOGETHER,
        "stale": stale,
        "meeting": meeting,
        "meeting_off": view.at.called_off.get(code),
        "meeting_buttons": buttons(
            view.actor, meeting_situation(view.whole, meeting), "meeting.invite", view.language, county=code
        )
        if meeting
        else (),
        "subject": f"recommendation:{view.year}:{code}",
        "columns": ON_PAGE,
        "groups": [(name, columns, name not in HIDDEN_AT_FIRST) for name, columns in GROUPS.items()],
        "comments": comments_for(view.whole, view.request.who, view.moment, code),
        "departs": departs(view, code, [each.row.line for each in shown]),
        "known_day": day(view.day, view.language),
        "people_told": inhabitants(view.year, view.day).told,
        **pictures(view, shown, area.name),
    }


def _closed(view: View, code: str) -> WithheldRow | None:
    """Return that a county's recommendation is withheld from this reader, if that is why they do not see it."""
    row = view.whole.recommendations.get(code)
    if row is None:
        return None
    return closed(view.request.who, Thing.RECOMMENDATION, row.state, view.whole, view.moment, code)


def _filled(view: View, row: RecommendationRow) -> Mapping[str, str]:
    """Return what two fields held when the person filled them in, before what they hold now.

    The recommendation's own reason counts as read as it was then, until another's change of it has been told.
    """
    filled = view.request.filled
    values, refused = filled.get("values") or {}, "reason" in (filled.get("errors") or {})
    decided = filled.get("filled_move") == "recommendation.decided"
    return {
        "decided_by": values.get("decided_by", row.decided_by) if decided else row.decided_by,
        "reason_was": row.reason if refused else values.get("reason-was", row.reason),
    }


def _first(view: View, situation: Any, name: str, code: str) -> Button | None:  # noqa: ANN401 (what the table judges by)
    offered = buttons(view.actor, situation, name, view.language, county=code)
    return offered[0] if offered else None


def _stale(view: View, code: str) -> tuple[str, ...]:
    row = view.at.recommendations.get(code)
    return view.whole.out_of_date(row) if row else ()


def _away(view: View, code: str) -> int | None:
    """Return how far the county's sum is from its target, as far as this reader may see both; None when it is on it."""
    row = view.at.recommendations.get(code)
    away = from_target(view.at, row) if row else None
    return away.number or None if away else None


def _newer(view: View, code: str) -> Mapping[str, int | None]:
    """Return what the newest shared proposal says, where the numbers rest on an older one."""
    return {each.code: each.proposed for each in lines_for(view.whole, view.request.who, view.moment, code)}


def _target(view: View, code: str) -> People:
    """Return the county's decided target, and the minors within."""
    targets = view.at.current_targets
    return targets.counties.get(code, People(None)) if targets else People(county_target(view.at, code))


def _sums(row: RecommendationRow, rows: list[Line], target: int | None) -> Mapping[str, int | None]:
    """Return the running sums as they are when the page is shown; the sheet's script goes on from there."""
    return {
        "number": row.total,
        "under15": row.under15,
        "from15": row.from15,
        "missing": row.missing,
        "unreasoned": row.unreasoned,
        "proposed": added([line.proposed for line in rows]),
        "outcome": None if row.outcomes_missing else row.outcome_total,
        "outcome_away": None if row.outcomes_missing or target is None else row.outcome_total - target,
    }


def _was_outcome(line: Line) -> str:
    """Return what the form was shown with: a row that comes back the same is left alone."""
    parts = (line.outcome, line.outcome_under15, line.outcome_from15, line.outcome_by, line.outcome_reason)
    return "|".join("" if part is None else str(part) for part in parts)
