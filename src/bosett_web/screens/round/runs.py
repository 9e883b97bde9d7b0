"""The runs of all rounds: what each was computed from, and any two side by side, also across years and reforms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.geography import counties, municipalities
from bosett.render.book import Cell
from bosett.render.csv_table import csv_table
from bosett.render.tables import TableSheet, workbook_of
from bosett.rounds.run_changes import NumberChange, run_changes
from bosett_web.queries.round.country import added
from bosett_web.queries.round.number_versions import VersionKind
from bosett_web.queries.round.runs import RunRow, inputs_of, numbers_of, runs_for
from bosett_web.screens import formats
from bosett_web.screens.charts import chart_at, charts_of
from bosett_web.screens.fields import PickField
from bosett_web.screens.forms import PageForm, PageRequest
from bosett_web.screens.journal_words import file_title
from bosett_web.screens.round.number_changes import changes_in_words
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALIKE = 12
"""So many digits of a hash tell runs apart on a page; the whole stands in the file."""


class RunsForm(PageForm):
    """Two runs that are laid side by side."""

    def add_own(self) -> None:
        """Add a field for each."""
        self.add("from", PickField("runs_from"))
        self.add("to", PickField("runs_to"))


def runs(view: View) -> Mapping[str, Any]:
    """Build the page: all runs that this reader may see, and two of them side by side."""
    rows = runs_for(view.request.who, view.moment)
    pair = _pair(view, rows)
    return {
        "rows": [(row, row.inputs_sha256[:ALIKE], row.result_sha256[:ALIKE]) for row in rows],
        "filter": _form(view, rows, pair) if len(rows) > 1 else None,
        "pair": pair,
        **(_side_by_side(view, *pair) if pair else {}),
    }


@require_safe
def runs_csv(request: PageRequest, year: int) -> HttpResponse:
    """Return two runs side by side as CSV.

    Raises:
        Http404: There are no two runs for this reader.
    """
    view = look(request, year)
    _, heads, rows, _ = _table(view)
    return _attached(csv_table([heads, *rows]), "text/csv; charset=utf-8", view, "csv")


@require_safe
def runs_xlsx(request: PageRequest, year: int) -> HttpResponse:
    """Return two runs side by side as a workbook, with what each was computed from.

    Raises:
        Http404: There are no two runs for this reader.
    """
    view = look(request, year)
    return _attached(workbook_of([_table(view)]), XLSX, view, "xlsx")


def _pair(view: View, rows: Sequence[RunRow]) -> tuple[RunRow, RunRow] | None:
    """Return the two runs that are asked for, the earlier year first; else the newest and the one before it."""
    by_key = {row.key: row for row in rows}
    asked = [by_key.get(view.request.GET.get(name, "")) for name in ("from", "to")]
    if None in asked or asked[0] == asked[1]:
        asked = [*rows[1:2], *rows[:1]]
    pair = [row for row in asked if row is not None]
    if len(pair) < len(("from", "to")):
        return None
    first, second = pair
    return (second, first) if second.year < first.year else (first, second)


def _form(view: View, rows: Sequence[RunRow], pair: tuple[RunRow, RunRow] | None) -> RunsForm:
    initial = {name: row.key for name, row in zip(("from", "to"), pair or (), strict=False)}
    form = RunsForm(language=view.language, initial=initial)
    for name in ("from", "to"):
        form.offer(name, [(row.key, _named(row, view.language)) for row in rows])
    return form


def _named(row: RunRow, language: str) -> str:
    return say("runs_named", language, year=row.year, version=row.version, day=formats.day(row.day, language))


def _changes(first: RunRow, second: RunRow) -> tuple[NumberChange, ...]:
    return run_changes(numbers_of(first.id), numbers_of(second.id), first.year, second.year)


def _side_by_side(view: View, first: RunRow, second: RunRow) -> Mapping[str, Any]:
    changes = _changes(first, second)
    heads = [_named(row, view.language) for row in (first, second)]
    question = f"?from={first.key}&to={second.key}"
    # Its files name the two, also where the page has chosen them.
    place, title = replace(chart_at(view, "runs", "changes"), query=question), say("runs_map", view.language)
    in_words = changes_in_words(changes, second.year, view.language, place, title, heads)
    is_same = not in_words["changes"]
    return {
        **in_words,
        "explained_year": second.year,
        "explained_key": f"{VersionKind.PROPOSAL}-{second.version}",
        **(charts_of() if is_same else {}),
        "is_same": is_same,
        "inputs": [*_inputs(view, first, second)],
        "sums": [*_sums(changes, second.year)],
        "untold": sum(each.before is None for each in changes),
        "question": question,
    }


def _inputs(view: View, first: RunRow, second: RunRow) -> list[tuple[str, str, str, bool]]:
    """Return what two runs were computed from, line by line, and whether it is the same."""
    language, both = view.language, [(row, inputs_of(row.id)) for row in (first, second)]

    def line(code: str, *cells: str) -> tuple[str, str, str, bool]:
        before, after = cells
        return say(code, language), before, after, before == after

    figures = [
        ", ".join(str(each) for each in inputs.get("figures") or ()) or say("runs_shipped", language)
        for _, inputs in both
    ]
    return [
        line("settlement_year", *(str(row.year) for row, _ in both)),
        line("runs_day", *(formats.day(date.fromisoformat(inputs["day"]), language) for _, inputs in both)),
        line("nav_criteria", *(file_title(row.criteria_file, language) for row, _ in both)),
        line("runs_total", *(formats.number(inputs["total"]) for _, inputs in both)),
        line("runs_targets", *(str(row.targets or "–") for row, _ in both)),
        line("runs_figures", *figures),
        line("runs_code", *(row.rules for row, _ in both)),
        line("runs_inputs_hash", *(row.inputs_sha256[:ALIKE] for row, _ in both)),
        line("runs_result_hash", *(row.result_sha256[:ALIKE] for row, _ in both)),
    ]


def _sums(changes: Sequence[NumberChange], year: int) -> list[tuple[str, int | None, int, int | None]]:
    """Return the sums of two runs by county, and how they differ; none where a municipality cannot be told."""
    sums = []
    for county in sorted(counties(year), key=lambda each: formats.sort_key(each.name)):
        own = [each for each in changes if each.county == county.code]
        before, after = added([each.before for each in own]), sum(each.after for each in own)
        sums.append((county.name, before, after, None if before is None else after - before))
    return sums


def _table(view: View) -> TableSheet:
    pair = _pair(view, runs_for(view.request.who, view.moment))
    if pair is None:
        raise Http404
    first, second = pair
    names = {place.code: place.display_name for place in municipalities(second.year)}
    of_county = {county.code: county.name for county in counties(second.year)}
    heads = [say("runs_number", view.language), say("municipality", view.language), say("county", view.language)]
    heads += [_named(first, view.language), _named(second, view.language), say("change", view.language)]
    rows: list[Sequence[Cell]] = [
        [each.code, names[each.code], of_county[each.county], each.before, each.after, each.by]
        for each in _changes(first, second)
    ]
    notes = [f"{name}: {before} | {after}" for name, before, after, _ in _inputs(view, first, second)]
    notes += [f"SHA-256: {row.inputs_sha256}, {row.result_sha256} ({row.key})" for row in pair]
    return say("runs_title", view.language), heads, rows, notes


def _attached(content: bytes, kind: str, view: View, ending: str) -> HttpResponse:
    name = f"bosett-{view.year}-{say('runs_file', view.language)}.{ending}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition or ""})
