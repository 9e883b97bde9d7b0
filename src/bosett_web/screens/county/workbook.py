"""A county's sheet out as a workbook or CSV, and in again: first every change on a page, then all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bosett.documents.county_sheet import CountySheet, SheetRow, SheetWords, Value
from bosett.render.county_workbook import write_sheet_book, write_sheet_csv
from bosett.rounds.columns import FIELDS, TOGETHER
from bosett.sources.county_sheet.compare import CellChange, ComparedSheet, compare
from bosett.sources.county_sheet.read import FileReading, SheetFile, read_sheet
from bosett.sources.grids import CellPlace, Remark
from bosett.sources.limits import UnreadableFile
from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.recommendations import subject_of
from bosett_web.actions.doing import Invalid, require
from bosett_web.queries.county.sheet import DeskRow, desk_rows
from bosett_web.queries.situations import county_target, recommendation_situation
from bosett_web.queries.standing_rows import RecommendationRow
from bosett_web.screens import formats, uploads
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.county import counties as county_screens
from bosett_web.screens.county.forms import UPLOAD, ChangesForm, UploadForm
from bosett_web.screens.forms import PageRequest, attempt, shown
from bosett_web.screens.frame import show
from bosett_web.screens.refusals import in_words
from bosett_web.screens.screen import View, answer, look, recommendation_of
from bosett_web.screens.sealed import seal, unseal
from bosett_web.screens.words import WORDS, figure, say

EDIT = "recommendation.edit"
MOST_SIGNED = 2_000_000
"""Characters of changes that a form carries from the page that shows them to the one that saves them."""
_SALT = "bosett.upload"
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
def xlsx(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Return the county's sheet, as this reader may see it, as a workbook.

    Raises:
        Http404: There is no such sheet, or none for this reader.
    """
    view = look(request, year)
    _, sheet = _sheet(view, code)
    return _file(sheet, "xlsx", write_sheet_book(sheet, _words(sheet, view.language)))


@require_safe
def csv(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Return the same as CSV.

    Raises:
        Http404: There is no such sheet, or none for this reader.
    """
    view = look(request, year)
    _, sheet = _sheet(view, code)
    return _file(sheet, "csv", write_sheet_csv(sheet, _words(sheet, view.language)))


@require_POST
def upload(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Show what an uploaded file would change, and what is wrong with it; nothing is saved.

    Raises:
        Http404: There is no such sheet, or none for this reader.
    """
    view = look(request, year)
    row, sheet = _sheet(view, code)
    form = UploadForm(request.POST, request.FILES, language=request.language, move=UPLOAD)
    situation, files = recommendation_situation(view.whole, row), list[tuple[SheetFile, ComparedSheet]]()

    def read() -> None:
        require(EDIT, acting(request), situation, subject_of(year, code), year)
        files.append(_read(view, sheet, *form.file_of("file")))

    status = attempt(request, form, read)
    edit = next(iter(buttons(view.request, situation, EDIT, county=code)), None)
    if status and not may(edit):
        return answer(request, county_screens.county, year, {"code": code}, status)
    context = {"year": year, "year_text": str(year), "page": "county", "county": view.county(code), "edit": edit}
    context |= {"file": form.file_name, "upload_form": shown(request, UploadForm, UPLOAD, begin="upload")}
    if status:
        return show(request, "county/upload.html", context | {"unread": True}, status)
    comparison = _told(view, sheet, files[0])
    status = 422 if comparison["faults"] else 409 if comparison["clashes"] else 200
    return show(request, "county/upload.html", context | comparison, status)


@require_POST
def apply(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Save the changes that the page before showed, all or none, in one event.

    Raises:
        Http404: There is no such round or county.
    """
    look(request, year).county(code)
    form, saved = ChangesForm(request.POST, language=request.language), list[Cell]()

    def save() -> None:
        saved.extend(_unsigned(form.text_of("changes"), acting(request), year, code))
        cells.set_all(acting(request), year=year, county=code, cells=saved, source="file")

    if status := attempt(request, form, save):
        return answer(request, county_screens.county, year, {"code": code}, status)
    count = sum(cell.value is not cells.UNREAD for cell in saved)
    messages.success(request, say("upload_done", request.language, count=count))
    return redirect(reverse("county", args=[year, code]))


# Out


def _sheet(view: View, code: str) -> tuple[RecommendationRow, CountySheet]:
    """Return the county's recommendation and its sheet as this reader may see them.

    Raises:
        Http404: There is none, or none for this reader: the two look alike.
    """
    area, row = view.county(code), recommendation_of(view, code)
    if row is None:
        raise Http404(code)
    desk = desk_rows(view.whole, row, view.request.who, view.moment, view.day)
    ordered = sorted(desk, key=lambda each: formats.sort_key(each.line.name))
    rows = tuple(_row(each, view.language) for each in ordered)
    unreasoned = sum(each.unreasoned for each in desk)
    target = county_target(view.at, code)
    return row, CountySheet(view.year, code, area.name, target, rows, unreasoned, row.own_columns)


def _row(row: DeskRow, language: str) -> SheetRow:
    line, previous = row.line, row.line.previous
    known: dict[str, Value] = {
        "region": row.region,
        "population": row.population,
        "previous": figure(previous, language) if previous.persons is None else previous.persons,
        "proposed": line.proposed,
    }
    return SheetRow(line.code, line.name, known | {column: getattr(line, column) for column in FIELDS})


def _words(sheet: CountySheet, language: str) -> SheetWords:
    def word(code: str, **facts: object) -> str:
        return say(f"book_{code}", language, **facts)

    heads = {column: _head(sheet, column, language) for column in sheet.columns}
    about = (
        (word("about_fill"), word("help_fill")),
        (heads["asked"], word("help_asked")),
        (heads["number"], word("help_number")),
        (f"{heads['under15']}, {heads['from15']}", word("help_minors")),
        (heads["signal"], word("help_signal")),
        (word("about_known"), word("help_known", year=sheet.year - 1)),
        (word("about_person"), say("no_person", language)),
        (word("about_back"), word("help_back")),
        (word("about_others"), word("help_others")),
        (word("about_move"), word("help_move")),
    )
    return SheetWords(
        headings=heads,
        yes=word("yes"),
        no=word("no"),
        title=word("title", county=sheet.name, year=sheet.year),
        lead=word("lead", help=word("help")),
        target=word("target"),
        sum=word("sum"),
        left=word("left"),
        unreasoned=say("sum_unreasoned", language),
        not_whole=word("not_whole"),
        not_choice=word("not_choice"),
        not_day=word("not_day"),
        help_name=word("help"),
        help=about,
        page=word("page"),
    )


def _head(sheet: CountySheet, column: str, language: str) -> str:
    """Return what a column is called: the county's own are called what the county calls them."""
    return sheet.own.get(column) or say(f"book_{column}", language)


def _file(sheet: CountySheet, kind: str, content: bytes) -> HttpResponse:
    name = f"bosett-{sheet.year}-{sheet.name}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=_TYPES[kind], headers={"Content-Disposition": disposition})


# In


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change in words; `follows` when the file does not say it itself."""

    name: str
    column: str
    before: str
    after: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class ClashView:
    """One cell that somebody else has changed too, in words."""

    where: str
    name: str
    column: str
    was: str
    theirs: str
    mine: str


def _read(view: View, sheet: CountySheet, name: str, content: bytes) -> tuple[SheetFile, ComparedSheet]:
    """Return a file as it was read, and what it would change.

    Raises:
        Invalid: It cannot be read.
    """
    words = {
        column: [sheet.own[column]] if column in sheet.own else [*WORDS[f"book_{column}"]] for column in sheet.columns
    }
    reading = FileReading(view.year, sheet.county, words, WORDS["book_yes"], WORDS["book_no"])
    try:
        read = read_sheet(name, content, reading)
    except UnreadableFile as refused:
        raise Invalid("file", f"file_{refused.code}", _facts(view, refused)) from None
    return read, compare(read, sheet)


def _facts(view: View, refused: UnreadableFile) -> Mapping[str, object]:
    """Return the facts of why a file is not read, with the name of another county in place of its code."""
    facts = dict(refused.facts)
    names = {each.code: each.name for each in view.counties}
    if refused.code == "other_county":
        facts["found"] = names.get(str(facts["found"]), facts["found"])
    return facts


def _told(view: View, sheet: CountySheet, file: tuple[SheetFile, ComparedSheet]) -> dict[str, Any]:
    """Return what the page tells of a file that was read; `signed_changes` only when they can be saved."""
    read, compared = file
    rows = {row.code: row for row in sheet.rows}
    faults = [(remark.place, uploads.in_words(remark, view.language)) for remark in read.faults]
    changes: list[ChangeView] = []
    by_code: dict[str, list[CellChange]] = {}
    for change in compared.changes:
        by_code.setdefault(change.code, []).append(change)
    for code, wanted in by_code.items():
        try:
            changes += _changes(sheet, rows[code], wanted, view.language)
        except Invalid as fault:
            place = next((each.place for each in wanted if each.column == fault.field), wanted[0].place)
            faults.append((place, f"{rows[code].name}: {in_words(fault.code, fault.facts, view.language)}"))
    signed = ""
    if changes and not faults and not compared.clashes and view.actor is not None:
        signed = _signed(_to_set(compared.changes, rows), view.actor, view.year, sheet.county)
        if len(signed) > MOST_SIGNED:
            faults, signed = [(None, say("file_too_much", view.language))], ""
    return {
        "faults": [(uploads.where(place, view.language), words) for place, words in sorted(faults, key=_down_the_file)],
        "clashes": _clashes(sheet, compared, view.language),
        "changes": changes,
        "warned": uploads.warned(compared.notes, view.language),
        "notes": uploads.noted((_named(remark, view.language, rows) for remark in compared.notes), view.language),
        "no_stamp": read.stamp is None,
        "signed_changes": signed,
    }


def _down_the_file(fault: tuple[CellPlace | None, str]) -> tuple[int, int]:
    place, _ = fault
    return (place.row, place.column) if place else (-1, -1)


def _changes(sheet: CountySheet, row: SheetRow, wanted: Sequence[CellChange], language: str) -> list[ChangeView]:
    """Return the changes of one municipality in words, and what follows from them.

    Raises:
        Invalid: They cannot stand.
    """
    was: dict[str, cells.Value] = {column: row.value(column) for column in FIELDS}
    after = cells.tried(was, [_cell(change) for change in wanted])
    in_file = {change.column for change in wanted}
    return [
        ChangeView(
            row.name,
            _head(sheet, column, language),
            _shown(was[column], language),
            _shown(after[column], language),
            column not in in_file,
        )
        for column in sheet.columns
        if column in FIELDS and after[column] != was[column]
    ]


def _clashes(sheet: CountySheet, compared: ComparedSheet, language: str) -> list[ClashView]:
    names = {row.code: row.name for row in sheet.rows}
    return [
        ClashView(
            where=uploads.where(clash.place, language),
            name=names[clash.code],
            column=_head(sheet, clash.column, language),
            was=_shown(cells.read_value(clash.column, clash.was), language),
            theirs=_shown(clash.theirs, language),
            mine=_shown(clash.mine, language),
        )
        for clash in compared.clashes
    ]


def _cell(change: CellChange) -> Cell:
    return Cell(change.code, change.column, change.after, change.before)


def _named(remark: Remark, language: str, rows: Mapping[str, SheetRow]) -> Remark:
    """Return what is told with the names that people know for a municipality and a column."""
    if remark.code != "known_changed":
        return remark
    names = {
        "name": rows[str(remark.facts["municipality"])].name,
        "column": say(f"book_{remark.facts['column']}", language),
    }
    return replace(remark, facts={**remark.facts, **names})


def _shown(value: cells.Value, language: str) -> str:
    """Return a value as the page tells it."""
    if value is None or value == "":
        return say("upload_blank", language)
    if isinstance(value, bool):
        return say("book_yes" if value else "book_no", language)
    if isinstance(value, int):
        return formats.number(value)
    return formats.day(value, language) if isinstance(value, date) else cells.write_value(value)


def _to_set(changes: Iterable[CellChange], rows: Mapping[str, SheetRow]) -> list[Cell]:
    """Return changes as cells, with what the page showed beside them: it may follow from them."""
    wanted = [_cell(change) for change in changes]
    changed = {(cell.municipality, cell.field) for cell in wanted}
    touched = dict.fromkeys(cell.municipality for cell in wanted if cell.field in TOGETHER)
    beside = [(code, field) for code in touched for field in TOGETHER if (code, field) not in changed]
    return wanted + [Cell(code, field, cells.UNREAD, rows[code].value(field)) for code, field in beside]


def _signed(to_set: Iterable[Cell], actor: Actor, year: int, county: str) -> str:
    """Return cells as a form carries them: bound to whom they were shown to, and to the county and year."""
    written = [[cell.municipality, cell.field, _carried(cell.value), _carried(cell.before)] for cell in to_set]
    return seal({"cells": written}, [actor.person_id, actor.seat_id, year, county], salt=_SALT)


def _carried(value: cells.Value | cells.Unread) -> str | None:
    return None if isinstance(value, cells.Unread) else cells.write_value(value)


def _unsigned(signed: str, actor: Actor, year: int, county: str) -> list[Cell]:
    """Return the changes of a form.

    Raises:
        Invalid: They were shown to somebody else or elsewhere, or too long ago.
    """
    content = unseal(signed, [actor.person_id, actor.seat_id, year, county], salt=_SALT, field="file")
    return [
        cells.read_beside(code, field, before) if after is None else cells.read_cell(code, field, after, before)
        for code, field, after, before in content["cells"]
    ]
