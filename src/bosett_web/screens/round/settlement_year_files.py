"""The figures of the settlement year as files: the year month by month as CSV, and all tables as a workbook."""

from collections.abc import Sequence
from fractions import Fraction

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.render.book import Cell
from bosett.render.csv_table import csv_table
from bosett.render.tables import TableSheet, workbook_of
from bosett.stages.settlement.waiting import WaitingTime
from bosett_web.screens import formats
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.round.settlement_year_charts import course_table, lead, places_table
from bosett_web.screens.round.year_so_far import YearSoFar, year_so_far
from bosett_web.screens.screen import View, look
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
    heads, rows = course_table(so_far, view.language)
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
    notes = [f"{year.whole.name}. {' '.join(lead(view, year))}"] if year.begun else []
    return (say("year_course", view.language), *course_table(year, view.language), _noted(view, year, notes))


def _places(view: View, year: YearSoFar) -> TableSheet:
    return (say("year_standing", view.language), *places_table(view, year), _noted(view, year))


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


def _in_csv(cell: Cell) -> object:
    if isinstance(cell, Fraction):
        return formats.decimal(cell)
    return "" if cell is None else cell
