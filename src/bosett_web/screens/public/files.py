"""The files of releases at their permanent addresses, and the catalogue that leads to them."""

from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from bosett.basis.refusals import Refusal
from bosett.parameters import file_text, load_shipped
from bosett.render.open_catalogue import catalogue as catalogue_of
from bosett.render.open_package import DESCRIPTOR, FILES, JSON, PACKAGE, release_files, release_package
from bosett_web.queries.releases import published
from bosett_web.queries.releases.published import NotPublished, ReleaseRow
from bosett_web.screens.public.page import FOR_EVER, NEWEST

MEDIA = {each.name: each.media for each in FILES} | {DESCRIPTOR: JSON, PACKAGE: "application/zip"}
KEPT = 8
"""Releases whose files a process keeps, at some megabytes each."""


@require_safe
def release_file(request: HttpRequest, year: int, number: int, name: str) -> HttpResponse:
    """Answer with a file of a release; it never changes.

    Raises:
        Http404: There is no such release, or it has no such file.
    """
    try:
        row = published.numbered(year, number)
    except NotPublished:
        raise Http404(number) from None
    etag = f'"{row.sha256[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        files = _files(row)
        if name not in files:
            raise Http404(name)
        answer = HttpResponse(files[name], content_type=_media(name))
        answer.headers["Content-Disposition"] = f'attachment; filename="bosett-{year}-{number}-{name}"'
    return _open(answer, etag, FOR_EVER)


@require_safe
def rules(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a rule that a published round is computed by, as a file that anybody computes it by again.

    Raises:
        Http404: No release names it, or it is not there any more.
    """
    releases = (published.release(row).round for row in published.newest().values())
    named = {each.file for of_round in releases if of_round is not None for each in of_round.criteria}
    if name not in named:
        raise Http404(name)
    etag = f'"{name}"'
    if request.headers.get("If-None-Match") == etag:
        return _open(HttpResponseNotModified(), etag, NEWEST)
    text = rules_text(name)
    if not text:
        raise Http404(name)
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return _open(answer, etag, NEWEST)


def rules_text(name: str) -> str:
    """Return the text of a rule as a file; empty when it is not there any more, or there can be none."""
    try:
        return file_text(load_shipped(name))
    except Refusal:
        return ""


@require_safe
def permanent(request: HttpRequest, year: int, number: int) -> HttpResponse:  # noqa: ARG001  - Django gives it
    """Lead from the address of a release to its page."""
    return redirect("public_release", "nb", year, number)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Answer with the catalogue of the newest release of each year, for those who collect catalogues.

    Raises:
        Http404: Nothing has been published.
    """
    rows = [*published.newest().values()]
    if not rows:
        raise Http404
    etag = f'"{"-".join(f"{row.year}.{row.number}" for row in rows)}"'
    if request.headers.get("If-None-Match") == etag:
        return _open(HttpResponseNotModified(), etag, NEWEST)
    content = catalogue_of([published.release(row) for row in reversed(rows)], settings.OPEN_DATA)
    return _open(HttpResponse(content, content_type="application/ld+json"), etag, NEWEST)


@lru_cache(KEPT)
def _files(row: ReleaseRow) -> dict[str, bytes]:
    files = release_files(published.release(row), settings.OPEN_DATA, published.document(row))
    return {**files, PACKAGE: release_package(files)}


def _media(name: str) -> str:
    media = MEDIA[name]
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _open(answer: HttpResponse, etag: str, keeps: str) -> HttpResponse:
    """Return an answer that anybody may keep, and any page may read."""
    answer.headers["ETag"], answer.headers["Cache-Control"] = etag, keeps
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
