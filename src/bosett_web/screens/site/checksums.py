"""Checksums as files for programs: what proves that a run, a letter or an answer is the one that was frozen.

People read none of it on the pages; who wants to check fetches the file.
"""

from collections.abc import Mapping

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bosett_web.screens.decisions.receipts import sealed_answer
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.letters.downloads import one, own
from bosett_web.screens.screen import look


@require_safe
def run_control(request: PageRequest, year: int, version: int) -> HttpResponse:
    """Return the checksums of a computed proposal, to those who may see it.

    Raises:
        Http404: There is no such run, or this reader may not see it.
    """
    row = next((row for row in look(request, year).at.proposals if row.version == version), None)
    if row is None:
        raise Http404(version)
    return _file(
        f"bosett-{year}-proposal-{version}.json",
        {
            "year": year,
            "version": version,
            "criteria_file": row.criteria_file,
            "rules": row.rules,
            "inputs_sha256": row.inputs_sha256,
            "result_sha256": row.result_sha256,
        },
    )


@require_safe
def answer_control(request: PageRequest, year: int, code: str, version: int) -> HttpResponse:
    """Return the seal of an answer's event and the checksum of its document.

    Raises:
        Http404: There is no such answer, it was not recorded here, or this reader may not see its event.
    """
    seal = sealed_answer(look(request, year), code, version)
    if seal is None:
        raise Http404(version)
    return _file(
        f"bosett-{year}-{code}-{version}.json",
        {
            "year": year,
            "municipality": code,
            "version": version,
            "event": seal.number,
            "at": seal.at,
            "event_sha256": seal.hash,
            "document_sha256": seal.document or None,
        },
    )


@require_safe
def letter_control(request: PageRequest, year: int, letter: int) -> HttpResponse:
    """Return the checksum of a letter's PDF, and what the channel calls it.

    Raises:
        Http404: There is no such letter, or the reader is not the directorate.
    """
    view = look(request, year)
    own(view)
    row = one(view, str(letter))
    return _file(
        f"bosett-{year}-letter-{letter}.json",
        {
            "year": year,
            "reference": row.reference,
            "sha256": row.sha256,
            "channel": row.channel or None,
            "external": row.external or None,
        },
    )


def _file(name: str, facts: Mapping[str, object]) -> HttpResponse:
    return JsonResponse(dict(facts), headers={"Content-Disposition": f'attachment; filename="{name}"'})
