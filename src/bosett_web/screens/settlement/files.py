"""The ledger out as a workbook, and tables of counts in: first every row on a page, then all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bosett.render.ledger_workbook import LedgerBook, LedgerCell, write_ledger_book
from bosett.sources.grids import CellPlace
from bosett.sources.ledger_rows import HIDDEN
from bosett.sources.ledger_table import COLUMNS, LedgerFile, LedgerReading, TableCount, read_ledger_table
from bosett.sources.limits import UnreadableFile
from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep
from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.doing import Invalid
from bosett_web.actions.settlement import ledger as actions
from bosett_web.actions.settlement.ledger import NewCount, allowed, entering, faults, side_of
from bosett_web.queries.settlement.ledger import LedgerLine, ledger_lines, seen_lines_of
from bosett_web.screens import formats, uploads
from bosett_web.screens.forms import PageForm, PageRequest, attempt
from bosett_web.screens.frame import show
from bosett_web.screens.refusals import in_words
from bosett_web.screens.screen import View, answer, look
from bosett_web.screens.sealed import seal, unseal
from bosett_web.screens.settlement.forms import UPLOAD, LedgerRowsForm, TableForm
from bosett_web.screens.settlement.settlement import seen_places, settlement, table_form
from bosett_web.screens.words import WORDS, say

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_TOLD = 50
"""Faults of a table that are told at once, and rows that are shown of it; how many more there are is told too."""
MOST_SIGNED = 2_000_000
_SALT = "bosett.ledger"


@require_safe
def xlsx(request: PageRequest, year: int) -> HttpResponse:
    """Return the ledger, as this reader may see it, as a workbook.

    Raises:
        Http404: There is no such round, or nothing of it for this reader.
    """
    view = look(request, year)
    places = seen_places(view)
    names = {place.code: place.name for place in places}
    county = request.GET.get("county", "")
    codes = {place.code for place in places if county in ("", place.county)}
    lines = [line for line in seen_lines_of(view.whole, view.request.who, places) if line.row.municipality in codes]
    gone = frozenset(place for place, line in enumerate(lines) if line.corrected_by is not None)
    language = view.language
    book = LedgerBook(
        title=say("ledger_book_title", language, year=str(year)),
        headings=[say(f"ledger_col_{column}", language) for column in COLUMNS],
        rows=[_cells(line, names, language) for line in lines],
        corrected=gone,
        help_name=say("ledger_book_help", language),
        help=[
            (say(f"ledger_book_{part}", language), say(f"ledger_book_{part}_help", language, year=str(year)))
            for part in ("new", "count", "correct", "seen")
        ],
    )
    name = f"bosett-{year}-{say('ledger_book_file', language)}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(write_ledger_book(book), content_type=TYPE, headers={"Content-Disposition": disposition or ""})


@require_POST
def upload(request: PageRequest, year: int) -> HttpResponse:
    """Show what a table would enter, and what is wrong with it; nothing is saved.

    Raises:
        Http404: There is no such round, or nothing of it for this reader.
    """
    view = look(request, year)
    seen_places(view)
    form = TableForm(request.POST, request.FILES, language=request.language, move=UPLOAD)
    read = list[LedgerFile]()

    def reading() -> None:
        allowed(acting(request), view.whole, _whose(acting(request), view))
        read.append(_read(view, form))

    if status := attempt(request, form, reading):
        return answer(request, settlement, year, {}, status)
    preview = _told(view, acting(request), read[0])
    context = {"year": year, "year_text": str(year), "page": "settlement", "at": view.at, **preview}
    if preview["faults"]:
        request.refused = form
        context["table_form"] = table_form(view)
    return show(request, "settlement/upload.html", context, 422 if preview["faults"] else 200)


@require_POST
def apply(request: PageRequest, year: int) -> HttpResponse:
    """Enter the rows that the page before showed, all or none, in one event.

    Raises:
        Http404: There is no such round, or nothing of it for this reader.
    """
    seen_places(look(request, year))
    form, saved = LedgerRowsForm(request.POST, language=request.language), list[NewCount]()

    def save() -> None:
        saved.extend(_unsigned(form.text_of("rows"), acting(request), year))
        enter = actions.tell if entering(acting(request)) == actions.TELL else actions.enter
        enter(acting(request), year=year, counts=saved, source="file")

    if status := attempt(request, form, save):
        return answer(request, settlement, year, {}, status)
    messages.success(request, say("ledger_entered", request.language, count=len(saved)))
    return redirect("settlement", year=year)


# Out


def _cells(line: LedgerLine, names: Mapping[str, str], language: str) -> list[LedgerCell]:
    row = line.row
    return [
        row.number,
        row.municipality,
        names[row.municipality],
        say(f"ledger_step_{row.step}", language),
        say(f"ledger_group_{row.group}", language),
        row.on,
        HIDDEN if row.count is None else row.count,
        row.said_by,
        row.said_on,
        row.corrects,
        line.reason or None,
    ]


# In


@dataclass(frozen=True, slots=True)
class RowToEnter:
    """A row of a table in words."""

    name: str
    step: str
    on: date
    count: str
    said_by: str
    corrects: int | None
    reason: str


def _whose(actor: Actor, view: View) -> list[NewCount]:
    """Return a count of the one who uploads, to be held against the table of moves before a table is read."""
    day = view.day
    return [NewCount(actor.area, SettlementStep.SETTLED, LedgerGroup.ALL, day, None, actor.seat_name, day)]


def _read(view: View, form: TableForm) -> LedgerFile:
    """Return a table as it was read.

    Raises:
        Invalid: There is none, or it cannot be read.
    """
    name, content = form.file_of("file")
    pasted = form.text_of("pasted")
    if content and pasted.strip():
        raise Invalid("file", "ledger_both")
    field, content = ("file", content) if content else ("pasted", pasted.encode())
    if not content.strip():
        raise Invalid("pasted", "ledger_no_table")
    try:
        return read_ledger_table(name, content, _reading(view, form))
    except UnreadableFile as refused:
        code = "ledger_no_heading" if refused.code == "no_heading" else f"file_{refused.code}"
        raise Invalid(field, code, refused.facts) from None


def _reading(view: View, form: PageForm) -> LedgerReading:
    columns = {column: [*WORDS[f"ledger_col_{column}"]] for column in COLUMNS}
    return LedgerReading(
        year=view.year,
        headings=columns | {step.value: [*WORDS[f"ledger_step_{step}"]] for step in SettlementStep},
        steps={word: step for step in SettlementStep for word in (step.value, *WORDS[f"ledger_step_{step}"])},
        groups={word: group for group in LedgerGroup for word in (group.value, *WORDS[f"ledger_group_{group}"])},
        on=form.day_or_none_of("on"),
        said_by=form.text_of("said_by"),
        said_on=form.day_of("said_on"),
    )


def _told(view: View, actor: Actor, file: LedgerFile) -> dict[str, Any]:
    """Return what the page tells of a table that was read; `signed_rows` only when all of it can be entered."""
    language, kept = view.language, ledger_lines(view.year, [actor.area] if actor.area else None)
    names = {place.code: place.name for place in seen_places(view)}
    by_number = {line.row.number: line for line in kept if line.row.municipality in names}
    standing = {_said(line.row) for line in kept if line.side is side_of(actor) and line.corrected_by is None}
    wrong = [(remark.place, uploads.in_words(remark, language)) for remark in file.faults]
    # A count of somebody else's is compared with nothing: whether it is right would tell what it is.
    foreign = [each for each in file.counts if actor.area and each.municipality != actor.area]
    wrong += [(each.place, say("ledger_not_own", language)) for each in foreign]
    fresh: list[TableCount] = []
    same = 0
    for each in file.counts:
        if each in foreign:
            continue
        if each.number is None:
            if each.corrects is None and _said(each) in standing:
                same += 1
            else:
                fresh.append(each)
        elif (line := by_number.get(each.number)) is None:
            wrong.append((each.place, say("ledger_no_such_row", language, row=str(each.number))))
        elif (*_said(each), each.corrects) == (*_said(line.row), line.row.corrects):
            same += 1
        else:
            wrong.append((each.place, say("ledger_row_differs", language, row=str(each.number))))
    counts = [_new(each) for each in fresh]
    wrong += [
        (fresh[each.place].place, in_words(each.fault.code, each.fault.facts, language))
        for each in faults(actor, view.year, counts, kept)
    ]
    signed = "" if wrong or not counts else _signed(counts, actor, view.year)
    if len(signed) > MOST_SIGNED:
        wrong, signed = [(None, say("file_too_much", language))], ""
    rows = [_row(each, names, language) for each in counts]
    in_order = [(uploads.where(place, language), words) for place, words in sorted(wrong, key=_down_the_table)]
    return {
        "faults": in_order[:MOST_TOLD],
        "more_faults": in_order[MOST_TOLD:],
        "warned": uploads.warned(file.notes, language),
        "notes": uploads.noted(file.notes, language),
        "rows": rows[:MOST_TOLD],
        "count": len(rows),
        "more": max(len(rows) - MOST_TOLD, 0),
        "same": same,
        "signed_rows": signed,
    }


def _said(each: TableCount | LedgerRow) -> tuple[object, ...]:
    """Return what a count says: of whom, when, and how many."""
    return each.municipality, each.step, each.group, each.on, each.count


def _new(each: TableCount) -> NewCount:
    return NewCount(
        each.municipality,
        each.step,
        each.group,
        each.on,
        each.count,
        each.said_by,
        each.said_on,
        each.corrects,
        each.reason,
    )


def _row(each: NewCount, names: Mapping[str, str], language: str) -> RowToEnter:
    step = say(f"ledger_step_{each.step}", language)
    minors = "" if each.group is LedgerGroup.ALL else f", {say(f'ledger_group_{each.group}', language).lower()}"
    count = say("hidden", language) if each.count is None else formats.number(each.count)
    name = names.get(each.municipality, each.municipality)
    return RowToEnter(name, step + minors, each.on, count, each.said_by, each.corrects, each.reason)


def _down_the_table(fault: tuple[CellPlace | None, str]) -> tuple[int, int]:
    place, _ = fault
    return (place.row, place.column) if place else (-1, -1)


def _signed(counts: Sequence[NewCount], actor: Actor, year: int) -> str:
    """Return counts as a form carries them: bound to whom they were shown to, and to the year."""
    rows = [
        [
            each.municipality,
            each.step.value,
            each.group.value,
            each.on.isoformat(),
            each.count,
            each.said_by,
            each.said_on.isoformat(),
            each.corrects,
            each.reason,
        ]
        for each in counts
    ]
    return seal({"rows": rows}, [actor.person_id, actor.seat_id, year], salt=_SALT)


def _unsigned(signed: str, actor: Actor, year: int) -> list[NewCount]:
    """Return the counts of a form.

    Raises:
        Invalid: They were shown to somebody else or elsewhere, or too long ago.
    """
    content = unseal(signed, [actor.person_id, actor.seat_id, year], salt=_SALT, field="rows")
    return [
        NewCount(
            municipality=municipality,
            step=SettlementStep(step),
            group=LedgerGroup(group),
            on=date.fromisoformat(on),
            count=count,
            said_by=said_by,
            said_on=date.fromisoformat(said_on),
            corrects=corrects,
            reason=reason,
        )
        for municipality, step, group, on, count, said_by, said_on, corrects, reason in content["rows"]
    ]
