"""The counties' recommendations: all of them, and one county's desk."""

from collections.abc import Mapping, Sequence
from typing import Any

from bosett.rounds.columns import FIELDS, GROUPS, HIDDEN_AT_FIRST, NAMED_BY_COUNTY, TOGETHER
from bosett.rounds.population import inhabitants
from bosett.rounds.visibility import Thing
from bosett_web.queries.comments import comments_for
from bosett_web.queries.county.versions import attachments_for
from bosett_web.queries.journal import handed_back, last_edit
from bosett_web.queries.lines import Line
from bosett_web.queries.round.country import added
from bosett_web.queries.sight import closed, lines_for, sees_ledger
from bosett_web.queries.situations import (
    county_target,
    from_target,
    meeting_situation,
    recommendation_situation,
    target_reason,
)
from bosett_web.queries.standing_rows import People, RecommendationRow, WithheldRow
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.county.forms import UPLOAD, AttachForm, DecidedForm, OwnColumnsForm, SheetForm, UploadForm
from bosett_web.screens.county.hand_over import handed_over
from bosett_web.screens.county.pictures import pictures
from bosett_web.screens.county.sheet import (
    OUTCOME,
    columns_of,
    departs,
    moves_of,
    rows_of,
    rows_read,
    script_words,
)
from bosett_web.screens.duties_in_words import all_duties, waiting
from bosett_web.screens.formats import day, sort_key
from bosett_web.screens.forms import shown
from bosett_web.screens.rows import OutcomesForm, outcome_parts
from bosett_web.screens.screen import View
from bosett_web.screens.words import say


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
    editing = may(edit)
    rows = rows_of(view, row, _newer(view, code) if stale else {}, editing=editing)
    departing = [each for each in rows if each.departs]
    only_departing = view.request.GET.get("show") == "departing"
    columns = columns_of(row, rows, view.language, editing=editing)
    outcome = _first(view, situation, "recommendation.outcome", code)
    lines = [each.row.line for each in rows]
    outcome_form = _outcomes_form(view, row, lines) if may(outcome) and not editing else None
    attach = _first(view, situation, "recommendation.attach", code)
    meeting = view.at.meetings.get(code)
    attached, shut = attachments_for(view.whole, view.request.who, row)
    people = inhabitants(view.year, view.day, view.at.figures).note
    return {
        "county": area,
        "waits": waiting(view, all_duties(view), code),
        "row": row,
        "sees_year": view.at.is_frozen and sees_ledger(view.request.who, code, ""),
        "rows": rows,
        "rows_read": ()
        if editing or outcome_form
        else rows_read(
            view, departing if only_departing else rows, code, outcome=any(each is OUTCOME for each, _ in columns)
        ),
        "departing": only_departing,
        "departing_count": len(departing),
        "target": _target(view, code),
        "sums": _sums(row, lines, county_target(view.at, code)),
        "target_reason": target_reason(view.at, row),
        "edit": edit,
        "editing": editing,
        "sheet_form": _sheet_form(view, row) if editing else None,
        "outcome": outcome,
        "outcome_form": outcome_form,
        "outcomes": [(each, outcome_form.row(each.row.line.code, each.row.line.name)) for each in rows]
        if outcome_form
        else (),
        "undo": last_edit(view.year, code) if editing else None,
        "handed_back": handed_back(view.year, code) if editing else None,
        "buttons": moves_of(view, row),
        "attach": attach,
        "attach_form": shown(view.request, AttachForm, "recommendation.attach", county=code) if may(attach) else None,
        "attachments": attached,
        "attachments_closed": shut,
        "detach": _first(view, situation, "recommendation.detach", code),
        "decided_form": _decided_form(view, row) if editing else None,
        "upload_form": shown(view.request, UploadForm, UPLOAD, begin="upload") if may(edit) else None,
        **handed_over(view, row),
        "sheet_words": script_words(view.language),
        "together": TOGETHER,
        "stale": stale,
        "meeting": meeting,
        "meeting_off": view.at.called_off.get(code),
        "meeting_buttons": buttons(view.request, meeting_situation(view.whole, meeting), "meeting.invite", county=code)
        if meeting
        else (),
        "subject": f"recommendation:{view.year}:{code}",
        "columns": columns,
        "groups": _groups(view, row, lines, editing=editing),
        "notes": [note for each in rows for note in each.notes],
        "own_form": _own_columns_form(view, row) if editing else None,
        "comments": comments_for(view.whole, view.request.who, view.moment, code),
        "departs": departs(view, code, lines),
        "known_day": day(view.day, view.language),
        "people_told": people,
        **pictures(view, rows, area, people),
    }


def _groups(
    view: View, row: RecommendationRow, lines: Sequence[Line], *, editing: bool
) -> list[tuple[str, str, Sequence[str], bool]]:
    """Return the choices of columns: name, words, the columns, and whether these are shown before one chooses."""
    there = ((name, of) for name, of in GROUPS.items() if name not in NAMED_BY_COUNTY or name in row.own_columns)
    return [
        (name, _group_words(name, row, view.language), of, _shown_at_first(name, of, lines, editing=editing))
        for name, of in there
    ]


def _group_words(group: str, row: RecommendationRow, language: str) -> str:
    if group == "minors":
        return f"{say('under15_short', language)}, {say('from15_short', language)}"
    return row.own_columns.get(group) or say("signal_details" if group == "details" else f"col_{group}", language)


def _own_columns_form(view: View, row: RecommendationRow) -> OwnColumnsForm:
    """Return the form of what the county calls the columns that are its own."""
    return shown(view.request, OwnColumnsForm, "recommendation.columns", initial=row.own_columns, county=row.county)


def _shown_at_first(group: str, columns: Sequence[str], lines: Sequence[Line], *, editing: bool) -> bool:
    """Tell whether the columns of a choice are shown before one chooses; who reads has no need of empty ones."""
    written = [name for name in columns if name in FIELDS]
    empty = bool(written) and all(getattr(line, name) is None for line in lines for name in written)
    return group not in HIDDEN_AT_FIRST and (editing or not empty)


def _closed(view: View, code: str) -> WithheldRow | None:
    """Return that a county's recommendation is withheld from this reader, if that is why they do not see it."""
    row = view.whole.recommendations.get(code)
    if row is None:
        return None
    return closed(view.request.who, Thing.RECOMMENDATION, row.state, view.whole, view.moment, code)


def _decided_form(view: View, row: RecommendationRow) -> DecidedForm:
    """Return the form of who decided."""
    initial = {name: getattr(row, name) for name in ("decided_by", "decided_on", "case_number")}
    return shown(view.request, DecidedForm, "recommendation.decided", initial=initial, county=row.county)


def _sheet_form(view: View, row: RecommendationRow) -> SheetForm:
    """Return the form of the sheet.

    The recommendation's own reason counts as read as it was when the person read it, until another's change of it has
    been told.
    """
    refused = view.request.refused
    keeps = isinstance(refused, SheetForm) and "reason" not in refused.errors
    was = refused.sent("reason-was") if keeps and refused is not None else row.reason
    initial = {"reason": row.reason, "reason-was": was}
    return shown(view.request, SheetForm, "recommendation.edit", initial=initial, county=row.county)


def _outcomes_form(view: View, row: RecommendationRow, lines: Sequence[Line]) -> OutcomesForm:
    """Return the form of what the meeting came to."""
    initial: dict[str, object] = {}
    for line in lines:
        initial |= outcome_parts(line)
    return shown(view.request, OutcomesForm, "recommendation.outcome", initial=initial, county=row.county)


def _first(view: View, situation: Any, name: str, code: str) -> Button | None:  # noqa: ANN401 (what the table judges by)
    offered = buttons(view.request, situation, name, county=code)
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
