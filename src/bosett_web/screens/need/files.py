"""A scenario's answer as a file: as the command line prints it, and as tables."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.basis.refusals import Refusal
from bosett.documents.need_forecast import json_text, need_forecast_document
from bosett.render.book import Cell
from bosett.render.csv_table import csv_table
from bosett.render.tables import TableSheet, workbook_of
from bosett.stages.forecast.scenario import shipped_scenarios
from bosett.stages.forecast.summary import NeedRange
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.need.cards import NeedAnswer, answers_of, title_of
from bosett_web.screens.need.forms import TOLD, SlidersForm, own_numbers, question, stops_told, year_in
from bosett_web.screens.need.need import require_sight
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import say

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "xlsx": BOOK}


@require_safe
def need_file(request: PageRequest, year: int, kind: str) -> HttpResponse:
    """Return the answer that an address names: of the full run when it is done, else of few paths.

    Raises:
        Http404: There is no such round, file or scenario, or the reader may not see forecasts.
    """
    view = look(request, year)
    require_sight(view)
    if kind not in KINDS:
        raise Http404(kind)
    answer = _answer(view)
    if kind == "json":
        content = json_text(need_forecast_document(answer.asked, answer.numbers.summary)).encode()
    else:
        sheets = _sheets(view, answer)
        content = workbook_of(sheets) if kind == "xlsx" else _csv(sheets[0])
    name = f"bosett-{answer.asked.scenario.id}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=KINDS[kind], headers={"Content-Disposition": disposition or ""})


def _answer(view: View) -> NeedAnswer:
    data = view.request.GET
    of, name = year_in(data.get("of", ""), view.year, view.day), data.get("scenario", "")
    stops = stops_told(of)
    if name not in (*shipped_scenarios(of), *((TOLD,) if stops else ())):
        raise Http404(name)
    form = SlidersForm(data, language=view.language)
    try:
        own = own_numbers(question(of, name, view.day, stops).model())
        form.fit(own)
        if form.is_valid():
            asked = question(of, name, view.day, stops, form.changes(own))
            return answers_of(view.year, {name: asked})[name]
    except Refusal as refused:
        raise Http404(name) from refused
    raise Http404(name)


def _sheets(view: View, answer: NeedAnswer) -> list[TableSheet]:
    """Return the months and the year by category, and what they rest on."""
    language, asked, summary = view.language, answer.asked, answer.numbers.summary
    heads = [say(f"need_col_{head}", language) for head in ("month", "category", "low", "middle", "high")]
    whole = say("need_whole_year", language, year=asked.year)
    rows = [
        [str(month), say(f"need_of_{name}", language), *_cells(each)]
        for month, by_name in summary.months.items()
        for name, each in by_name.items()
    ]
    rows += [[whole, say(f"need_of_{name}", language), *_cells(each)] for name, each in summary.year_total.items()]
    notes = (title_of(view, asked), say("need_file_note", language, paths=asked.paths, seed=asked.seed, day=asked.day))
    return [(say("nav_need", language), heads, rows, notes)]


def _cells(each: NeedRange) -> Sequence[Cell]:
    return (each.p10, each.p50, each.p90)


def _csv(sheet: TableSheet) -> bytes:
    return csv_table([sheet[1], *sheet[2]])
