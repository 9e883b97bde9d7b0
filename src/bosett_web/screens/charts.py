"""The drawings of the desk: each with a sentence, its figures as a table, and its files; and the address of those."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from bosett.render.book import LONGEST_NAME, Cell
from bosett.render.chart_file import ChartKey, ChartWords, png_file, svg_file
from bosett.render.csv_table import csv_table, unlike_formula
from bosett.render.tables import workbook_of
from bosett_web.screens import formats
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.screen import Builder, View, look, page
from bosett_web.screens.words import say

NOT_OF_IT = ("live", "mark")
"""What an address may ask that changes nothing in a drawing: how the page keeps itself fresh."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Where the files of a drawing are: its name, the address without an ending, and what that asks.

    The address is empty where what is drawn stands in none: it has no files then.
    """

    name: str
    address: str
    query: str


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a drawing: heads and rows, a cell being None when it is empty.

    `at` is the id of what shows them on the page already; empty folds them away beneath the drawing.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with all that goes with it.

    Attributes:
        place: Where its files are.
        title: What it is of.
        drawings: The drawing as SVG; a second one shows the same in another way.
        says: What it shows, in sentences.
        table: Its figures.
        reads: How it is read, in sentences.
        keys: What its colours mean.
        keys_of: What the colours tell of; empty where the keys say it.
        beside: What the page tells of it elsewhere, which a file tells too.
        notes: Where its figures are from: publisher, year, and the day from which they were known.
    """

    place: ChartPlace
    title: str
    drawings: tuple[str, ...]
    says: tuple[str, ...]
    table: ChartTable
    reads: tuple[str, ...] = ()
    keys: tuple[ChartKey, ...] = ()
    keys_of: str = ""
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """How the page calls its place."""
        return f"chart-{self.place.name}"

    @property
    def drawing(self) -> SafeString:
        """The drawings as markup: of ours, in which all that people have written is escaped."""
        return SafeString("".join(self.drawings))

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Its files: what each is called, and its address; none where what is drawn stands in no address."""
        if not self.place.address:
            return ()
        return tuple((name, f"{self.place.address}.{kind}{self.place.query}") for kind, (name, _, _) in KINDS.items())

    @property
    def rows(self) -> SafeString:
        """The rows of its table, as on any page: a map has hundreds, and this is the shortest way there."""
        return format_html_join("\n", "<tr>{}</tr>", ((self._row(row),) for row in self.table.rows))

    def _row(self, row: Sequence[Cell]) -> SafeString:
        cells = zip(self.table.heads[1:], row[1:], strict=True)
        return format_html('<th scope="row">{}</th>', _shown(row[0])) + format_html_join(
            "", '<td class="{}" data-label="{}">{}</td>', ((_look_of(cell), head, _shown(cell)) for head, cell in cells)
        )


def chart_at(view: View, route: str, name: str, **parts: str) -> ChartPlace:
    """Return where the files of a drawing are: beneath its page, with what the page is asked.

    Args:
        view: The page.
        route: Its route.
        name: What the drawing is called in addresses.
        parts: The page's parts beside the year.
    """
    asked = view.request.GET.copy()
    for each in NOT_OF_IT:
        asked.pop(each, None)
    query = f"?{asked.urlencode()}" if asked else ""
    return ChartPlace(name, f"{reverse(route, kwargs={'year': view.year, **parts})}/chart/{name}", query)


def charts_of(*charts: Chart | None) -> Mapping[str, Any]:
    """Return the drawings of a page, as its template finds them: by name, those that there are."""
    return {"charts": {each.place.name: each for each in charts if each is not None}}


def drawn_page(route: str, builder: Builder, name: str) -> tuple[URLPattern, URLPattern]:
    """Return the address of a page with drawings, and that of their files: whoever reads the page reads them."""
    files = path(f"{route}/chart/<str:chart>.<str:kind>", chart_file(builder), name=f"{name}_chart")
    return path(route, page(builder), name=name), files


def chart_file(builder: Builder) -> Callable[..., HttpResponse]:
    """Return the view of the files of a page's drawings: the page is built as it is, and one of them is taken."""

    @require_safe
    @wraps(builder)
    def inner(request: PageRequest, year: int, chart: str, kind: str, **parts: str) -> HttpResponse:
        view = look(request, year)
        if kind not in KINDS:
            raise Http404(kind)
        drawn = builder(view, **parts).get("charts", {}).get(chart)
        if drawn is None:
            raise Http404(chart)
        _, media, make = KINDS[kind]
        response = HttpResponse(make(view, drawn), content_type=media)
        name = f"bosett-{year}-{'-'.join([chart, *parts.values()])}.{kind}"
        response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        return response

    return inner


def _shown(cell: Cell) -> str:
    if cell is None:
        return "–"
    return cell if isinstance(cell, str) else formats.number(cell) if isinstance(cell, int) else formats.decimal(cell)


def _look_of(cell: Cell) -> str:
    return "" if isinstance(cell, str) else "num"


def _notes(view: View, chart: Chart) -> list[str]:
    """Return where the figures are from, and of which round and day they are."""
    return [*chart.notes, say("chart_note", view.language, year=view.year, day=formats.day(view.day, view.language))]


def _svg(view: View, chart: Chart) -> str:
    says = (*chart.says, *chart.beside, *chart.reads)
    words = ChartWords(chart.title, says, chart.keys, chart.keys_of, _notes(view, chart))
    return svg_file(chart.drawings, words)


def _png(view: View, chart: Chart) -> bytes:
    return png_file(_svg(view, chart))


def _csv(view: View, chart: Chart) -> bytes:
    """Return its figures as CSV: where they are from stands in each line, for what reads them line by line."""
    source = " ".join(_notes(view, chart))
    lines: list[Sequence[Cell]] = [[*chart.table.heads, say("chart_source", view.language)]]
    lines += [[*row, source] for row in chart.table.rows]
    return csv_table([_plain(cell) for cell in line] for line in lines)


def _plain(cell: Cell) -> object:
    return (
        unlike_formula(cell) if isinstance(cell, str) else formats.decimal(cell) if isinstance(cell, Fraction) else cell
    )


def _xlsx(view: View, chart: Chart) -> bytes:
    notes = [*chart.says, *chart.beside, *_notes(view, chart)]
    return workbook_of([(chart.title[:LONGEST_NAME], chart.table.heads, chart.table.rows, notes)])


KINDS: Mapping[str, tuple[str, str, Callable[[View, Chart], str | bytes]]] = {
    "svg": ("SVG", "image/svg+xml", _svg),
    "png": ("PNG", "image/png", _png),
    "xlsx": ("Excel", XLSX, _xlsx),
    "csv": ("CSV", "text/csv; charset=utf-8", _csv),
}
"""The files of a drawing: what each is called, its kind, and how it is made."""
