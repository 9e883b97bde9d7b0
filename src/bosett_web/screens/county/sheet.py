"""The county's sheet: columns and cells for the page, to write in or to read; its saving and following by script."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from bosett.basis.languages import LANGUAGES
from bosett.figures.kinds import Figure, Status
from bosett.render.bars import sparkline
from bosett.render.tile_map import breaks, class_of
from bosett.rounds.columns import (
    FIELDS,
    NAMED,
    NAMED_BY_COUNTY,
    NOTE_AT,
    ON_PAGE,
    OWN,
    SIGNAL,
    CellKind,
    ColumnPart,
    SheetColumn,
)
from bosett.rounds.history import MEASURES, YearBefore
from bosett.rounds.moves import Objection
from bosett.rounds.parties import Grade
from bosett_web.actions.county import cells as actions
from bosett_web.actions.county.cells import Cell, CellClash, CellFault, Done
from bosett_web.actions.county.recommendations import subject_of
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.queries.county.sheet import DeskRow, desk_rows
from bosett_web.queries.journal import last_edit
from bosett_web.queries.lines import Line
from bosett_web.queries.meetings.minutes import DepartureFromMinutes, held_to, standing_numbers
from bosett_web.queries.situations import recommendation_situation
from bosett_web.queries.standing import NoRound
from bosett_web.queries.standing_rows import RecommendationRow
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons
from bosett_web.screens.capacity_in_words import rooms_told
from bosett_web.screens.county.cell import CellView, PlainCell
from bosett_web.screens.county.forms import SheetForm
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import ended, signature
from bosett_web.screens.refusals import WHO, in_words
from bosett_web.screens.screen import View, look, minuted
from bosett_web.screens.words import WORDS, figure, say

MOST_CELLS = 2_000
"""Cells in one block: a whole county's editable part, and more."""
MOVES = (
    "recommendation.ready recommendation.submit {back} recommendation.discuss "
    "recommendation.finish recommendation.return recommendation.reopen"
)
TAKES_BACK, HANDS_BACK = "recommendation.withdraw", "recommendation.hand_back"
LATE = "recommendation.confirm recommendation.confirm_final recommendation.reopen_final"
SCRIPT_WORDS = (
    *("all_saved", "saving", "offline", "ended", "restored", "stopped_saving", "must_be_put_right", "log_in"),
    *("clash_title", "clash_before", "clash_theirs", "clash_mine", "clash_empty", "keep_mine", "take_theirs"),
    *("sort_by", "no_region", "asked_yes", "asked_no", "sum", "reason_idle"),
    *("against_over", "against_left", "against_even", "save_reason"),
    *("pasted", "keep_stored", "paste_rows", "paste_columns"),
)


OUTCOME = SheetColumn("outcome", CellKind.NUMBER, ColumnPart.KNOWN, heading="outcome")
"""What the meeting came to: it stands beside the number for who reads the sheet, and nobody writes it there."""
_AT_FLAGS = ON_PAGE.index(NAMED["flags"])
_NUMBER = tuple(each.name for each in ON_PAGE[:_AT_FLAGS] if each.name in OWN)
_BESIDE = tuple(each.name for each in ON_PAGE[_AT_FLAGS:] if each.name in OWN)
"""What the county recommends stands on both sides of what is told of it."""
_WRITTEN = tuple(name for name in FIELDS if not NAMED[name].about)
_AnyCell = CellView | PlainCell


@dataclass(frozen=True, slots=True)
class RowView:
    """One municipality as the page shows it.

    `was` is what its cells were, where they are written in; `notes` what is noted at them, each with what it is at.
    """

    row: DeskRow
    signal: tuple[_AnyCell, ...]
    number: tuple[_AnyCell, ...]
    beside: tuple[_AnyCell, ...]
    departs: bool
    notes: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    spark: str
    history: tuple[str, ...]
    was: str
    newer: int | None
    capacity: str


def rows_of(
    view: View, row: RecommendationRow, newer: Mapping[str, int | None], *, editing: bool
) -> tuple[RowView, ...]:
    """Return the rows of a county's sheet, by name: to write in or to read."""
    rows = desk_rows(view.whole, row, view.request.who, view.moment, view.day)
    capacity = rooms_told(view, row.county)
    shown = [
        _row_view(view, row, each, newer.get(each.line.code), capacity.get(each.line.code, ""), editing=editing)
        for each in rows
    ]
    return tuple(sorted(shown, key=lambda each: formats.sort_key(each.row.line.name)))


def columns_of(
    row: RecommendationRow, rows: Iterable[RowView], language: str, *, editing: bool
) -> tuple[tuple[SheetColumn, str], ...]:
    """Return the columns of a sheet and their heads: to read, with the meeting's outcome from when there is one."""
    outcome = not editing and any(each.row.line.outcome is not None for each in rows)
    columns = (*ON_PAGE[:_AT_FLAGS], OUTCOME, *ON_PAGE[_AT_FLAGS:]) if outcome else ON_PAGE
    own = row.own_columns
    there = (each for each in columns if each.name not in NAMED_BY_COUNTY or each.name in own)
    return tuple((each, head_of(each, own, language)) for each in there)


def head_of(column: SheetColumn, own: Mapping[str, str], language: str) -> str:
    """Return what a column is called: the county's own are called what the county calls them."""
    return own.get(column.name) or say(column.head, language)


def rows_read(view: View, rows: Iterable[RowView], county: str, *, outcome: bool) -> list[SafeString]:
    """Return the rows as a table that is only read, each written once while it stays what it is.

    Args:
        view: Who looks, and at which round.
        rows: The municipalities.
        county: Their county.
        outcome: Whether the columns are with the meeting's outcome.
    """
    known_day = formats.day(view.day, view.language)
    # What departs is told by the flags; its facts are no part of what a row is known by.
    known = (replace(each, row=replace(each.row, departures=())) for each in rows)
    return [_row_read(each, view.language, view.year, county, known_day, outcome=outcome) for each in known]


@lru_cache(maxsize=2048)
def _row_read(each: RowView, language: str, year: int, county: str, known_day: str, *, outcome: bool) -> SafeString:
    context = {"each": each, "language": language, "year": year, "county": {"code": county}, "known_day": known_day}
    return render_to_string("county/_sheet_row.html", context | {"outcome_shown": outcome})


def moves_of(view: View, row: RecommendationRow) -> tuple[Button, ...]:
    """Return the moves of a county's recommendation; those of a late change only when there is one."""
    late = LATE if view.whole.out_of_date(row) else "recommendation.reopen_final"
    approves = view.actor is not None and view.actor.grade is Grade.APPROVER
    names = MOVES.format(back=HANDS_BACK if approves else TAKES_BACK)
    return buttons(view.request, recommendation_situation(view.whole, row), f"{names} {late}", county=row.county)


def map_bars(rows: Sequence[DeskRow]) -> list[Fraction]:
    """Return the bars between the map's classes: by the proposal, so that a colour moves with its own number only."""
    return breaks(
        [Fraction(1000 * row.line.proposed, row.population) for row in rows if row.line.proposed and row.population]
    )


def tile_look(row: DeskRow, number: int | None, bars: list[Fraction]) -> str:
    """Return the look of a municipality's tile on the map."""
    if number is None or not row.population:
        return "tx"
    return f"t{class_of(Fraction(1000 * number, row.population), bars)}" if number else "t0"


def tile_title(name: str, number: int | None, language: str) -> str:
    """Return what a municipality's tile is called."""
    if number is None:
        return say("tile_none", language, name=name)
    return say("tile_title", language, name=name, number=number)


def script_words(language: str) -> Mapping[str, str]:
    """Return the words that the sheet's script shows; {names} are filled in by it."""
    return {code: WORDS[code][LANGUAGES.index(language)] for code in SCRIPT_WORDS}


@require_http_methods(["GET", "POST"])
def cells(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Save cells (POST), or tell what has changed since the page last knew (GET): both as JSON.

    The answer holds the rows as they stand, cells that could not be set with why, those that another has changed with
    the cells that they hold, and what the act made of each cell that it set and of those that followed.
    """
    if request.actor is None:
        return ended()
    done = Done(None)
    if request.method == "POST":
        try:
            done = actions.set_cells(
                request.actor, year=year, county=code, cells=_read(request), source=_source(request)
            )
        except Objected as refused:
            return _refused(request, refused.objection)
        except Invalid as fault:
            return JsonResponse({"why": in_words(fault.code, fault.facts, request.language)}, status=422)
        except NoRound:
            raise Http404(year) from None
    view = look(request, year)
    row = view.at.recommendations.get(code)
    if row is None:
        raise Http404(code)
    known = request.GET.get("since", "")
    if request.method == "GET" and known == str(row.changed):
        return HttpResponse(status=204)
    return JsonResponse(_answer(view, row, done))


def _refused(request: PageRequest, objection: Objection) -> JsonResponse:
    why = in_words(objection.code, objection.facts, request.language)
    return JsonResponse({"why": why}, status=403 if objection.code in WHO else 409)


def _source(request: PageRequest) -> str:
    return "undo" if request.POST.get("source") == "undo" else ""


def _read(request: PageRequest) -> list[Cell]:
    """Return the cells of a form's JSON: [{m, f, v, b}, ...]; one without v is not set, and was b beside the others.

    Raises:
        Invalid: It is no such JSON, or holds too many.
    """
    try:
        written = json.loads(request.POST.get("cells", ""))
        cells_read = [_cell(each) for each in written]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Invalid("cells", "not_cells") from None
    if len(cells_read) > MOST_CELLS:
        raise Invalid("cells", "not_cells")
    return cells_read


def _cell(written: Mapping[str, object]) -> Cell:
    municipality, field, before = (str(written[part]) for part in ("m", "f", "b"))
    if "v" not in written:
        return actions.read_beside(municipality, field, before)
    return actions.read_cell(municipality, field, str(written["v"]), before)


def _answer(view: View, row: RecommendationRow, done: Done) -> Mapping[str, object]:
    rows = desk_rows(view.whole, row, view.request.who, view.moment, view.day)
    bars = map_bars(rows)
    undo = last_edit(view.year, row.county)
    return {
        "changed": row.changed,
        "subject": subject_of(view.year, row.county),
        "undo": undo,
        "moves": _moves(view, row, [each.line for each in rows]),
        "rows": {each.line.code: _row_told(view, each, bars) for each in rows},
        "faults": [_fault_told(fault, view.language) for fault in done.faults],
        "clashes": [_clash_told(clash) for clash in done.clashes],
        "made": {
            code: {field: [actions.write_value(side) for side in sides] for field, sides in fields.items()}
            for code, fields in done.made.items()
        },
    }


def _moves(view: View, row: RecommendationRow, lines: list[Line]) -> str:
    """Return the moves as the page shows them: a number that was saved may have opened one, or left the minutes."""
    context = {
        "found": moves_of(view, row),
        "departs": departs(view, row.county, lines),
        "county": view.county(row.county),
        "year": view.year,
        "language": view.language,
        "signed": signature(view.actor),
        "csrf_token": "of-the-page",  # the script puts the page's own in its place
    }
    return render_to_string("county/_county_moves.html", context)


def _row_told(view: View, row: DeskRow, bars: list[Fraction]) -> Mapping[str, object]:
    line = row.line
    return {
        "cells": {field: actions.write_value(getattr(line, field)) for field in FIELDS},
        "flags": _flags(row, view.language),
        "departs": row.departs,
        "unreasoned": row.unreasoned,
        "idle": row.idle,
        "look": tile_look(row, line.number, bars),
        "title": tile_title(line.name, line.number, view.language),
    }


def _fault_told(fault: CellFault, language: str) -> Mapping[str, str]:
    return {"m": fault.municipality, "f": fault.field, "words": in_words(fault.code, fault.facts, language)}


def _clash_told(clash: CellClash) -> Mapping[str, object]:
    """Return a clash with the values as they are written; one that nobody has told has no `before`."""
    sides = {"mine": clash.mine, "theirs": clash.theirs, "before": clash.before}
    written = {
        name: actions.write_value(value) for name, value in sides.items() if not isinstance(value, actions.Unread)
    }
    return {"m": clash.municipality, "f": clash.field, "held": clash.beside, **written}


def _row_view(
    view: View, of: RecommendationRow, row: DeskRow, newer: int | None, capacity: str, *, editing: bool
) -> RowView:
    own = of.own_columns
    cells, was = _cells(view, row, own) if editing else (_cells_read(row, own, view.language), "")
    spark, history = _history(row.history, row.line.name, view.language)
    return RowView(
        row=row,
        signal=tuple(cells[field] for field in SIGNAL),
        number=tuple(cells[field] for field in _NUMBER),
        beside=tuple(cells[field] for field in (*_BESIDE, *(name for name in NAMED_BY_COUNTY if name in own))),
        departs=row.departs,
        notes=() if editing else _notes(row, view.language),
        flags=tuple(_flags(row, view.language)),
        spark=spark,
        history=history,
        was=was,
        newer=newer,
        capacity=capacity,
    )


def _cells(view: View, row: DeskRow, own: Mapping[str, str]) -> tuple[Mapping[str, _AnyCell], str]:
    """Return the cells of a row to write in, and what they were, as the form carries it."""
    stored = {field: actions.write_value(getattr(row.line, field)) for field in FIELDS}
    values, was = _as_filled(view, row.line.code, stored)
    cells = {field: _cell_view(view, row, field, values, own) for field in _WRITTEN}
    return cells, json.dumps(was, ensure_ascii=False)


def _cells_read(row: DeskRow, own: Mapping[str, str], language: str) -> Mapping[str, _AnyCell]:
    """Return the cells of a row to read."""
    return {field: _cell_read(row, field, own, language) for field in _WRITTEN}


def _cell_read(row: DeskRow, field: str, own: Mapping[str, str], language: str) -> PlainCell:
    column, value = NAMED[field], getattr(row.line, field)
    words = _reason_read(row, language) if field == "reason" else _in_words(column, value, language)
    noted = getattr(row.line, NOTE_AT[field]) if field in NOTE_AT else ""
    name = f"{row.line.code}-{field}"
    return PlainCell(column, head_of(column, own, language), actions.write_value(value), words, name, noted)


def _notes(row: DeskRow, language: str) -> tuple[tuple[str, str], ...]:
    """Return what is noted at the cells of a row, each with what it is at."""
    noted = ((NAMED[at].head, getattr(row.line, name)) for at, name in NOTE_AT.items())
    return tuple((f"{row.line.name}, {say(head, language)}", text) for head, text in noted if text)


def _in_words(column: SheetColumn, value: actions.Value, language: str) -> SafeString:
    """Return what stands in a cell as its reader's language has it; what is not there says that it is not."""
    if value is None and column.part is ColumnPart.SIGNAL:
        return _missing(say("no_signal", language))
    if value is None:
        return _missing("–" if column.kind is CellKind.CHOICE else figure(Figure(None, Status.MISSING), language))
    if isinstance(value, bool):
        return SafeString(say("asked_yes" if value else "asked_no", language))
    if isinstance(value, int):
        return SafeString(formats.number(value))
    return conditional_escape(formats.day(value, language) if isinstance(value, date) else str(value))


def _missing(words: str) -> SafeString:
    return format_html('<span class="missing">{}</span>', words)


def _reason_read(row: DeskRow, language: str) -> SafeString:
    """Return the county's reason, greyed when it is left from an earlier number, and the meeting's after it."""
    line, words = row.line, conditional_escape(row.line.reason)
    if row.idle:
        note = say("reason_idle", language)
        words = format_html('<span class="idle"><span class="meta">{}</span> {}</span>', note, words)
    if line.outcome_reason:
        by = f" ({say(f'party_{line.outcome_by}', language)})" if line.outcome_by else ""
        of_meeting = f"{say('outcome', language)}: {line.outcome_reason}{by}"
        words = format_html('{} <span class="meta">{}</span>', words, of_meeting)
    return words


def _as_filled(view: View, code: str, stored: Mapping[str, str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what the cells of a row show, and what they were when the person read them.

    After a refusal, a cell that was written in keeps what was written; it counts as read as it was then, until
    another's change of it has been told. The others show what holds now. So nothing is saved over another's change that
    was not seen.
    """
    form = _refused_sheet(view)
    shown, was = dict(stored), dict(stored)
    for field, before in form.was(code).items() if form else ():
        written = form.written(code, field) if form else ""
        if field in stored and written.strip() != before:
            shown[field] = written
            if form and f"{code}-{field}" not in form.cell_faults:
                was[field] = before
    return shown, was


def _refused_sheet(view: View) -> SheetForm | None:
    """Return the sheet that was refused, if one was."""
    refused = view.request.refused
    return refused if isinstance(refused, SheetForm) else None


def _cell_view(view: View, row: DeskRow, field: str, values: Mapping[str, str], own: Mapping[str, str]) -> CellView:
    column, key = NAMED[field], f"{row.line.code}-{field}"
    head, note = head_of(column, own, view.language), NOTE_AT.get(field, "")
    form = _refused_sheet(view)
    return CellView(
        column=column,
        name=key,
        label=f"{row.line.name}: {head}",
        value=values[field],
        head=head,
        noted=values.get(note, ""),
        note_name=f"{row.line.code}-{note}" if note else "",
        note=say("reason_idle", view.language) if field == "reason" and row.idle else "",
        error=form.cell_faults.get(key, "") if form else "",
        language=view.language,
    )


def _flags(row: DeskRow, language: str) -> list[str]:
    """Return in words what a number departs from, and that the reason for it is missing."""
    flags = [say(f"flag_{each.code}", language, **each.facts) for each in row.departures]
    if row.unreasoned:
        flags.append(say("flag_reason", language))
    return flags


@lru_cache(maxsize=4096)
def _history(years: tuple[YearBefore, ...], name: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the years before a round as a drawing and in words: the same for every reader all day."""
    drawing = sparkline(years, f"{name}: {say('col_history', language)}")
    return drawing, tuple(_year_told(each, language) for each in years)


def _year_told(each: YearBefore, language: str) -> str:
    figures = {name: figure(getattr(each, name), language) for name in MEASURES}
    return say("history_year", language, year=each.year, **figures)


@dataclass(frozen=True, slots=True)
class Departs:
    """The day of the meeting, and by name the municipalities whose number is another than in its minutes."""

    day: date
    rows: tuple[tuple[str, DepartureFromMinutes], ...]


def departs(view: View, county: str, rows: Sequence[Line]) -> Departs | None:
    """Return where lines depart from the minutes, as far as this reader may see them; None when nowhere."""
    meeting = view.at.meetings.get(county)
    minutes = held_to(view.whole, county) if meeting is not None and minuted(view, meeting) else None
    departures = minutes.departures(standing_numbers(rows)) if minutes is not None else ()
    if minutes is None or not departures:
        return None
    names = {line.code: line.name for line in rows}
    named = ((names[each.code], each) for each in departures)
    return Departs(minutes.day, tuple(sorted(named, key=lambda row: sort_key(row[0]))))
