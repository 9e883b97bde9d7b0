"""The figures of the settlement year as files: the year month by month as CSV, and all tables as a workbook."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.render.book import Cell
from bosett.render.csv_table import csv_table
from bosett.render.tables import TableSheet, workbook_of
from bosett.stages.settlement.ledger import LedgerCount
from bosett.stages.settlement.waiting import WaitingTime
from bosett_web.screens import formats
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.round.settlement_year import lead, standing_of, why_standing
from bosett_web.screens.round.year_so_far import YearSoFar, year_so_far
from bosett_web.screens.screen import View, look
from bosett_web.screens.settlement.settlement import count_in_words
from bosett_web.screens.words import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def settlement_year_csv(request: PageRequest, year: int) -> HttpResponse:
    """Return the year month by month, as this reader may see it and has asked to.

    Raises:
        Http404: There is no such round, or nothing of it for this reader.
    """
    view = look(request, year)
    so_far = year_so_far(view)
    _, heads, rows, _ = _course(view, so_far)
    beside = [so_far.wanted.on.isoformat(), say("ledger_made_up", view.language) if so_far.made_up else ""]
    titles = [*heads, say("year_col_as_of", view.language), say("year_col_note", view.language)]
    content = csv_table([titles, *([*map(_in_csv, row), *beside] for row in rows)])
    return _attached(content, "text/csv; charset=utf-8", view, "csv")


@require_safe
def settlement_year_xlsx(request: PageRequest, year: int) -> HttpResponse:
    """Return all tables of the page as a workbook.

    Raises:
        Http404: There is no such round, or nothing of it for this reader.
    """
    view = look(request, year)
    so_far = year_so_far(view)
    sheets = [each(view, so_far) for each in (_course, _places, _waits, _idle)]
    return _attached(workbook_of(sheets), XLSX, view, "xlsx")


def _attached(content: bytes, kind: str, view: View, ending: str) -> HttpResponse:
    name = f"bosett-{view.year}-{say('year_file', view.language)}.{ending}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition or ""})


def _course(view: View, year: YearSoFar) -> TableSheet:
    language = view.language
    heads = ("year_day", "year_planned", "ledger_step_enquired", "ledger_step_agreed", "ledger_step_settled")
    ranged = ("year_low", "year_middle", "year_high")
    rows: list[Sequence[Cell]] = []
    for point in year.points:
        end = point.expected
        counts = [_counted(count, language) for count in (point.enquired, point.agreed, point.settled)]
        expected = (
            [_least(each, language, when=year.is_at_least) for each in (end.p10, end.p50, end.p90)] if end else []
        )
        planned = _least(_exact(point.planned), language, when=year.plan_is_at_least)
        rows.append([point.on.isoformat(), planned, *counts, *(expected or [None] * len(ranged))])
    notes = [f"{year.whole.name}. {' '.join(lead(view, year))}"] if year.begun else []
    return (
        say("year_course", language),
        [say(head, language) for head in (*heads, *ranged)],
        rows,
        _noted(view, year, notes),
    )


def _places(view: View, year: YearSoFar) -> TableSheet:
    language = view.language
    heads = (
        "municipality_code",
        "municipality",
        "county",
        "decided",
        "planned",
        "agreed",
        "settled",
        "standing",
        "why",
    )
    names: Mapping[str, str] = {county.code: county.name for county in view.counties}
    rows = [
        [
            each.place.code,
            each.place.name,
            names[each.place.county],
            each.area.decided.persons,
            _exact(each.pace.planned),
            _counted(each.area.agreed, language),
            _counted(each.area.settled, language),
            say(f"pace_{standing_of(each)}", language),
            why_standing(each, language),
        ]
        for each in year.of_places
    ]
    return (
        say("year_standing", language),
        [say(f"year_col_{head}", language) for head in heads],
        rows,
        _noted(view, year),
    )


def _waits(view: View, year: YearSoFar) -> TableSheet:
    language = view.language
    rows: list[Sequence[Cell]] = []
    for each in year.waits:
        cells: list[Cell] = []
        for wait in each.waits:
            if isinstance(wait, WaitingTime):
                cells += [wait.median, wait.nine_of_ten, wait.persons]
            else:
                cells += [say(f"wait_{wait}", language), None, None]
        rows.append([each.area.name, *cells])
    heads = [say("year_area", language)]
    for head in ("wait_enquired_agreed", "wait_agreed_settled", "wait_enquired_settled"):
        heads += [
            f"{say(head, language)}: {say(part, language)}" for part in ("wait_median", "wait_nine", "wait_persons")
        ]
    return say("year_waits", language), heads, rows, _noted(view, year)


def _idle(view: View, year: YearSoFar) -> TableSheet:
    language = view.language
    heads = ("year_area", "idle_reported", "idle_left", "idle_reporting", "idle_waiting", "idle_waiting_of")
    rows: list[Sequence[Cell]] = [
        [
            area.name,
            each.places.reported if each.places else None,
            each.places.idle if each.places else None,
            each.places.reporting if each.places else None,
            each.waiting.persons if each.waiting and each.waiting.municipalities else None,
            each.waiting.municipalities if each.waiting else None,
        ]
        for area, each in year.idle
    ]
    return say("year_idle", language), [say(head, language) for head in heads], rows, _noted(view, year)


def _noted(view: View, year: YearSoFar, notes: Sequence[str] = ()) -> list[str]:
    """Return what stands under a table: as of when, and that the demo has made some of it up."""
    as_of = say("year_as_of", view.language, day=formats.day(year.wanted.on, view.language))
    return [*notes, as_of, *([say("ledger_made_up", view.language)] if year.made_up else [])]


def _counted(count: LedgerCount | None, language: str) -> Cell:
    """Return a count as a number, or in words when it is no whole number of people: at least so many, or hidden."""
    if count is None:
        return None
    return count_in_words(count, language).words if count.hidden else count.shown


def _least(value: Cell, language: str, *, when: bool) -> Cell:
    """Return a figure, in words where it is at least so many."""
    return say("ledger_at_least", language, number=_in_csv(value)) if when and value is not None else value


def _exact(value: Fraction | None) -> Cell:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else value


def _in_csv(cell: Cell) -> object:
    if isinstance(cell, Fraction):
        return formats.decimal(cell)
    return "" if cell is None else cell
