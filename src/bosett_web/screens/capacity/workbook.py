"""A county's capacity as a workbook to fill in, and a filled one laid into the grid; nothing is saved unseen."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bosett.basis.languages import LANGUAGES
from bosett.basis.place_kinds import PlaceKind
from bosett.documents.county_sheet import plain
from bosett.geography import municipalities
from bosett.render.capacity_workbook import write_capacity_book
from bosett.rounds.parties import Party
from bosett.sources.capacity_sheet import CapacityFile, read_capacity
from bosett.sources.limits import MOST_FILE, UnreadableFile
from bosett.stages.capacity.reports import Hindrance, LocalSituation, Report
from bosett_web.accounts.actor import acting
from bosett_web.actions.capacity.reports import subject_of
from bosett_web.actions.doing import Invalid, require
from bosett_web.queries.capacity.capacity import newest_of, report_situation
from bosett_web.screens import formats, uploads
from bosett_web.screens.capacity.capacity import county_capacity
from bosett_web.screens.capacity.forms import HEADS, CountyCapacityForm, FillGridForm, row_parts
from bosett_web.screens.forms import PageRequest, attempt
from bosett_web.screens.frame import show
from bosett_web.screens.screen import View, look
from bosett_web.screens.words import WORDS, say

FOLDED = {"situation": ("situation_", LocalSituation), "hindrance": ("hindrance_", Hindrance)}
"""Parts that are words, and the codes of those words."""


@require_safe
def xlsx(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Return the workbook, with what this reader's party said last.

    Raises:
        Http404: There is no such county, or the reader does not see its municipalities'.
    """
    view = look(request, year)
    county_capacity(view, code)
    language, places = request.language, [each for each in municipalities(year) if each.county == code]
    former: dict[str, dict[PlaceKind, Report]] = {place.code: {} for place in places}
    party = Party.COUNTY if request.who.party is Party.COUNTY else Party.MUNICIPALITY
    for (at, kind), report in newest_of(party, list(former)).items():
        former[at][kind] = report
    rows = []
    for place in sorted(places, key=lambda each: formats.sort_key(each.display_name)):
        parts = row_parts(place.code, former[place.code])
        cells = [_written(part, str(parts[f"{place.code}-{part}"]), language) for part in HEADS]
        rows.append([place.code, place.display_name, *cells])
    title = say("capacity_book", language, county=view.county(code).name)
    heads = [say("capacity_code", language), say("municipality", language)]
    content = write_capacity_book(
        title, say("capacity_book_note", language), [*heads, *(say(head, language) for head in HEADS.values())], rows
    )
    name = f"bosett-{year}-{code}-{say('capacity_file', language)}.xlsx"
    return HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""},
    )


@require_POST
def fill(request: PageRequest, year: int, code: str) -> HttpResponse:
    """Lay a filled workbook into the grid, each cell as it was written; what cannot be is told at its cell.

    Raises:
        Http404: There is no such county, or the reader does not see its municipalities'.
    """
    view = look(request, year)
    county_capacity(view, code)
    form = FillGridForm(request.POST, request.FILES, language=request.language, move="capacity.fill")
    files: list[CapacityFile] = []

    def read() -> None:
        require(
            "capacity.report_for", acting(request), report_situation(view.whole, code), subject_of(year, code), year
        )
        files.append(_read(view, code, *form.file_of("file")))

    status = attempt(request, form, read)
    if not status:
        request.refused = _filled(view, code, files[0])
        status = 200
    context = {"year": year, "year_text": str(year), "page": "county_capacity", "at": view.at}
    context |= {"filled": bool(files), **county_capacity(view, code)}
    if files:
        context |= {"notes": _notes(files[0], request.language)}
    return show(request, "capacity/county_capacity.html", context, status)


def _read(view: View, code: str, name: str, content: bytes) -> CapacityFile:
    if len(content) > MOST_FILE:
        raise Invalid("file", "file_large", {"most": MOST_FILE // 1024 // 1024})
    codes = [place.code for place in municipalities(view.year) if place.county == code]
    try:
        return read_capacity(name, content, headings(), codes)
    except UnreadableFile as refused:
        raise Invalid("file", f"file_{refused.code}", refused.facts) from None


def headings() -> Mapping[str, Sequence[str]]:
    """Return the headings of the columns of a file, in every language."""
    wanted = {"code": "capacity_code", **HEADS}
    return {part: tuple(plain(say(head, language)) for language in LANGUAGES) for part, head in wanted.items()}


def _filled(view: View, code: str, file: CapacityFile) -> CountyCapacityForm:
    """Return the grid with the cells of a file in it, as a form that was sent and stands to be looked at."""
    page = county_capacity(view, code)
    grid = page["form"]
    if not isinstance(grid, CountyCapacityForm):
        raise Http404(code)
    sent = QueryDict(mutable=True)
    for name in grid.fields:
        value = grid.initial.get(name, "")
        sent[name] = value.isoformat() if hasattr(value, "isoformat") else "" if value is None else str(value)
    for at, cells in file.cells.items():
        for part, written in cells.items():
            sent[f"{at}-{part}"] = _coded(part, written)
    filled = CountyCapacityForm(sent, language=view.language, move="capacity.report_for")
    filled.is_valid()
    return filled


def _written(part: str, value: str, language: str) -> str | int | None:
    """Return a part as a file has it: a number, or words."""
    if part in FOLDED:
        prefix, _ = FOLDED[part]
        return say(f"{prefix}{value}", language) if value else None
    return int(value) if value else None


def _coded(part: str, written: str) -> str:
    """Return the value of words in any language; what is none of them stays as it was written."""
    if part not in FOLDED:
        return written
    prefix, known = FOLDED[part]
    for each in known:
        if written.casefold() in {WORDS[f"{prefix}{each}"].in_language(language).casefold() for language in LANGUAGES}:
            return str(each)
    return written


def _notes(file: CapacityFile, language: str) -> list[tuple[str, str]]:
    remarks = (*file.faults, *file.notes)
    return [(uploads.where(remark.place, language), uploads.in_words(remark, language)) for remark in remarks]
