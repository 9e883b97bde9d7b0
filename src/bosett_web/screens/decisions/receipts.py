"""The receipt of a municipality's answer: one version, whole, with the event of it; as a page and as a PDF.

What seals the event, and the checksum of the document, stand in a file beside (`control`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bosett.documents.letters import Facts, Letter, List, Paragraph
from bosett.documents.letters.names import DIRECTORATE, municipality_named
from bosett.render.typeset import NotTypeset, typeset
from bosett.rounds.parties import Party
from bosett_web.queries.decisions.decisions import Answer, DecisionRow, answers
from bosett_web.queries.decisions.receipts import Sealed, sealed
from bosett_web.queries.sight import lines_for
from bosett_web.screens import formats
from bosett_web.screens.decisions.answers import AnswerInWords, decided_day, versions_told
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import Closed, show
from bosett_web.screens.screen import View, attached, look
from bosett_web.screens.words import figure, say


@dataclass(frozen=True, slots=True)
class ReceiptFact:
    """One fact of a receipt: its name, and what it says."""

    head: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Held:
    """One version of an answer as a reader sees it, and its seal."""

    answer: Answer
    row: DecisionRow
    told: AnswerInWords
    seal: Sealed | None

    @property
    def newer(self) -> int | None:
        """The version that has taken its place."""
        counts = self.answer.decision
        return counts.version if counts and counts.version > self.row.version else None


def receipt(view: View, code: str, version: int) -> Mapping[str, Any]:
    """Build the page, for everybody who may see the answer.

    Raises:
        Http404: There is no such answer, it was not recorded here, or this reader may not see it.
    """
    held = _held(view, code, version)
    return {
        "line": held.answer.line,
        "row": held.row,
        "raised": held.told.raised,
        "newer": held.newer,
        "facts": _facts(held, view.language),
        "sealed": held.seal is not None,
        "back": _back(view, code),
    }


def _back(view: View, code: str) -> str:
    """Return the address at which the reader answers or sees the answer."""
    if view.actor and view.actor.party is Party.MUNICIPALITY and view.actor.area == code:
        return reverse("own", args=[view.year]) + "#answer"
    return reverse("decisions", args=[view.year]) + f"?for={code}#one"


@require_safe
def receipt_pdf(request: PageRequest, year: int, code: str, version: int) -> HttpResponse:
    """Return the receipt as a PDF for the archive, or say that its text cannot be set."""
    view = look(request, year)
    try:
        made = typeset(_letter(view, _held(view, code, version)))
    except NotTypeset:
        return show(request, "fault.html", {"code": "receipt_unset", "lead": "receipt_unset_lead"}, 422)
    return attached(f"bosett-{year}-{code}-{version}.pdf", made)


def sealed_answer(view: View, code: str, version: int) -> Sealed | None:
    """Return what seals the event of an answer; None when the reader may not see it.

    Raises:
        Http404: There is no such answer, it was not recorded here, or this reader may not see it.
    """
    return _held(view, code, version).seal


def _held(view: View, code: str, version: int) -> _Held:
    lines = [line for line in lines_for(view.whole, view.request.who, view.moment) if line.code == code]
    for each in answers(view.whole, lines, view.request.who, view.moment):
        for row in each.versions:
            if row.version == version and not row.source:
                if row.withheld is not None:
                    raise Closed(row.withheld)
                seal = sealed(view.year, code, version) if view.actor else None
                return _Held(each, row, versions_told([row], view.language)[0], seal)
    raise Http404(version)


def _facts(held: _Held, language: str) -> Sequence[ReceiptFact]:
    """Return what the receipt says, in order."""
    row, line, seal = held.row, held.answer.line, held.seal

    def said(code: str, **facts: object) -> str:
        return say(code, language, **facts)

    version, request = said("version", version=row.version), said("version", version=row.request_version)
    preliminary = f": {said('outcome_preliminary')}" if row.preliminary else ""
    asked = "" if row.request_number is None else f": {formats.number(row.request_number)}"
    refused = f" ({said('outcome_no')})" if row.number == 0 else ""
    case = f", {said('field_case_number').lower()} {row.case_number}" if row.case_number else ""
    body = said(f"body_{row.decided_by}")
    by = f", {said('recorded_for')}" if row.recorded_for else ""
    found = [
        ReceiptFact(said("municipality"), f"{line.name} ({line.code})"),
        ReceiptFact(said("answer_title"), f"{version}{preliminary}"),
        ReceiptFact(said("answers_request"), f"{request}{asked}"),
        ReceiptFact(said("answer_number"), f"{figure(row.figure, language)}{refused}", kind="large"),
        ReceiptFact(said("minors"), _minors(row, language)),
        ReceiptFact(said("answer_more"), said("not_said") if row.more is None else formats.number(row.more)),
        ReceiptFact(said("conditions"), row.conditions or said("receipt_no_conditions")),
        ReceiptFact(said("field_decided_by"), f"{body}, {decided_day(row, language)}{case}"),
        ReceiptFact(said("receipt_recorded"), f"{formats.day(row.day, language)}{by}"),
    ]
    if row.document:
        found.append(ReceiptFact(said("receipt_document"), row.document, "document"))
    if seal:
        moment = formats.moment(seal.at, language)
        found.append(ReceiptFact(said("receipt_event"), said("receipt_event_says", number=seal.number, moment=moment)))
    return found


def _minors(row: DecisionRow, language: str) -> str:
    if row.minors is None:
        return say("not_said", language)
    told = say("asked_yes" if row.minors else "asked_no", language)
    return f"{told}, {formats.number(row.minors_number)}" if row.minors and row.minors_number is not None else told


def _letter(view: View, held: _Held) -> Letter:
    """Return the receipt as a typed document, from the municipality to the directorate, in the reader's language."""
    language, line = view.language, held.answer.line
    pairs = tuple((fact.head, fact.text) for fact in _facts(held, language))
    lead = say("receipt_lead", language, name=line.name, year=view.year)
    # What has taken its place is no part of it: the page says so beside it, and the file in an archive stays true.
    version = say("receipt_of_version", language, version=held.row.version)
    blocks: list[Paragraph | Facts | List] = [Paragraph(lead), Paragraph(version), Facts(pairs)]
    if held.told.raised:
        items = tuple(f"{title}. {say('letter_says', language)}: {letter}" for title, letter in held.told.raised)
        blocks += [Paragraph(say("raised_lead", language)), List(items)]
    return Letter(
        kind="receipt",
        language=language,
        title=say("receipt_title", language),
        day=held.row.day,
        sender=(municipality_named(line.name, line.code, view.year).told(language),),
        receiver=(DIRECTORATE.told(language),),
        marks=((say("receipt_recorded", language), formats.day(held.row.day, language)),),
        blocks=tuple(blocks),
        closing=(),
        signers=(),
        page=say("receipt_page", language),
    )
