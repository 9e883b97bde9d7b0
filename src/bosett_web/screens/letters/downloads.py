"""Letters as files: one, those chosen as one PDF, those chosen in a zip."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from bosett.render.typeset import merge
from bosett.rounds.parties import Party
from bosett_web.actions.letters import binding
from bosett_web.queries.background import UNDER_WAY, is_worked, job_state
from bosett_web.queries.letters.bound import FEW, bound_file, bound_name
from bosett_web.queries.letters.letters import (
    LetterRow,
    closed_letter,
    contents_of,
    file_of,
    files_of,
    letter_rows,
    may_read,
)
from bosett_web.queries.letters.text import letter_from
from bosett_web.records import clock
from bosett_web.records.tasks import Task
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import Closed
from bosett_web.screens.letters.choice import chosen, query
from bosett_web.screens.meetings.meetings import calendars
from bosett_web.screens.screen import View, look

PDF = "application/pdf"


def own(view: View) -> None:
    """Let the directorate alone pass.

    Raises:
        Http404: For others.
    """
    if view.actor is None or view.actor.party is not Party.DIRECTORATE:
        raise Http404


def one(view: View, letter: str) -> LetterRow:
    """Return a letter of the round.

    Raises:
        Http404: There is none.
    """
    rows = letter_rows(view.year, [int(letter)]) if letter.isdecimal() and len(letter) < 18 else ()
    if not rows:
        raise Http404(letter)
    return rows[0]


@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # a view takes the parts of its address too
@xframe_options_sameorigin
@require_safe
def pdf(request: PageRequest, year: int, letter: int) -> HttpResponseBase:
    """Return a letter's file to whoever may read it; our own page of the letter shows it in a frame.

    Raises:
        Http404: There is no such letter, or none for this reader.
    """
    view = look(request, year)
    row = one(view, str(letter))
    if (withheld := closed_letter(request.who, view.whole, view.moment, row)) is not None:
        raise Closed(withheld)
    if not may_read(request.who, view.whole, view.moment, row):
        raise Http404(letter)
    return _file(HttpResponse(file_of(row.id), content_type=PDF), f"{_stem(row.reference)}.pdf", inline=True)


@require_safe
def merged(request: PageRequest, year: int) -> HttpResponseBase:
    """Return the letters chosen as one PDF; many are bound in the background, on a page that tells of it.

    Raises:
        Http404: There are none, or the reader is not the directorate.
    """
    view = look(request, year)
    rows = _chosen(view)
    name = f"brev-{year}.pdf"
    if len(rows) <= FEW:
        made = merge([letter_from(content) for content in contents_of([row.id for row in rows])])
        return _file(HttpResponse(made, content_type=PDF), name, inline=True)
    try:
        file = bound_file(bound_name(rows)).open("rb")
    except FileNotFoundError:
        # One that was bound and is there no more has made room for newer ones: it is asked for again.
        again = "&again=1" if job_state(Task.BIND_LETTERS, name=bound_name(rows)) == "succeeded" else ""
        return redirect(f"{reverse('bound', kwargs={'year': year})}?{query(view)}{again}")
    return _file(FileResponse(file, content_type=PDF), name, inline=True)


def bound(view: View) -> Mapping[str, Any]:
    """Build the page on which one waits for many letters to be bound.

    Raises:
        Http404: There are none, or the reader is not the directorate.
    """
    rows = _chosen(view)
    name = bound_name(rows)
    state = job_state(Task.BIND_LETTERS, name=name)  # before the file: a job that ends in between has laid it there
    ready, asked = bound_file(name).exists(), query(view)
    if not ready and state not in UNDER_WAY and (not state or "again" in view.request.GET):
        binding.order(name, [row.id for row in rows])
        state = "todo"
    return {
        "ready": ready,
        "broken": not ready and state not in UNDER_WAY,
        "worked": is_worked(clock.now()),
        "chosen": len(rows),
        "size": bound_file(name).stat().st_size if ready else 0,
        "query": asked,
    }


@require_safe
def zipped(request: PageRequest, year: int) -> HttpResponseBase:
    """Return the letters chosen as they are kept, in one zip; with invitations the calendar files of their meetings.

    Raises:
        Http404: There are none, or the reader is not the directorate.
    """
    archive = io.BytesIO()
    view = look(request, year)
    rows = _chosen(view)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for reference, content in files_of([row.id for row in rows]):
            file.writestr(f"{_stem(reference)}.pdf", content)
        for name, calendar in calendars(view, rows):
            file.writestr(name, calendar)
    archive.seek(0)
    return _file(FileResponse(archive, content_type="application/zip"), f"brev-{year}.zip", inline=False)


def _chosen(view: View) -> tuple[LetterRow, ...]:
    own(view)
    rows = chosen(view, letter_rows(view.year))
    if not rows:
        raise Http404
    return rows


def _file(response: HttpResponseBase, name: str, *, inline: bool) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(not inline, name) or ""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _stem(reference: str) -> str:
    return reference.replace("/", "-")
