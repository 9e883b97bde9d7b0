"""The receipt of a municipality's answer: one version, whole, with the event of it; as a page and as a PDF.

What seals the event, and the checksum of the document, stand in a file beside (`control`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bosett.documents.letters import Facts, Letter, List, Paragraph
from bosett.documents.letters.names import DIRECTORATE, municipality_named
from bosett.render.typeset import NotTypeset, typeset
from bosett.rounds.parties import Party, Who
from bosett_web.queries.decisions.decisions import Answer, DecisionRow, answers
from bosett_web.queries.decisions.receipts import Sealed, sealed
from bosett_web.queries.sight import lines_for
from bosett_web.queries.standing_rows import Standing
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
class _ShownVersion:
    """One version of an answer as a reader sees it, and its seal."""

    answer: Answer
    row: DecisionRow
    in_words: AnswerInWords
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
    shown = _shown_version(view, code, version)
    return {
        "line": shown.answer.line,
        "row": shown.row,
        "raised": shown.in_words.raised,
        "newer": shown.newer,
        "facts": _facts(shown, view.language),
        "sealed": shown.seal is not None,
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
        made = typeset(_letter(view.year, _shown_version(view, code, version), view.language))
    except NotTypeset:
        return show(request, "fault.html", {"code": "receipt_unset", "lead": "receipt_unset_lead"}, 422)
    return attached(f"bosett-{year}-{code}-{version}.pdf", made)


def receipts(at: Standing, who: Who, moment: datetime, language: str) -> Iterator[tuple[str, int, Letter]]:
    """Yield municipality, version and receipt, as a typed document, of every answer that was recorded here.

    Args:
        at: The round as it stands.
        who: Who looks, of the organisations: those from whom a document is withheld get no receipt of it.
        moment: When.
        language: nb, nn or en.
    """
    for each in answers(at, lines_for(at, who, moment), who, moment):
        for row in each.versions:
            if not row.source and row.withheld is None:
                seal = sealed(at.year, each.line.code, row.version)
                shown = _ShownVersion(each, row, versions_told([row], language)[0], seal)
                yield each.line.code, row.version, _letter(at.year, shown, language)


def sealed_answer(view: View, code: str, version: int) -> Sealed | None:
    """Return what seals the event of an answer; None when the reader may not see it.

    Raises:
        Http404: There is no such answer, it was not recorded here, or this reader may not see it.
    """
    return _shown_version(view, code, version).seal


def _shown_version(view: View, code: str, version: int) -> _ShownVersion:
    lines = [line for line in lines_for(view.whole, view.request.who, view.moment) if line.code == code]
    for each in answers(view.whole, lines, view.request.who, view.moment):
        for row in each.versions:
            if row.version == version and not row.source:
                if row.withheld is not None:
                    raise Closed(row.withheld)
                seal = sealed(view.year, code, version)
                return _ShownVersion(each, row, versions_told([row], view.language)[0], seal)
    raise Http404(version)


def _facts(shown: _ShownVersion, language: str) -> Sequence[ReceiptFact]:
    """Return what the receipt says, in order."""
    row, line, seal = shown.row, shown.answer.line, shown.seal

    def worded(code: str, **facts: object) -> str:
        return say(code, language, **facts)

    version, request = worded("version", version=row.version), worded("version", version=row.request_version)
    preliminary = f": {worded('outcome_preliminary')}" if row.preliminary else ""
    asked = "" if row.request_number is None else f": {formats.number(row.request_number)}"
    refused = f" ({worded('outcome_no')})" if row.number == 0 else ""
    case = f", {worded('field_case_number').lower()} {row.case_number}" if row.case_number else ""
    body = worded(f"body_{row.decided_by}")
    by = f", {worded('recorded_for')}" if row.recorded_for else ""
    receipt_facts = [
        ReceiptFact(worded("municipality"), f"{line.name} ({line.code})"),
        ReceiptFact(worded("answer_title"), f"{version}{preliminary}"),
        ReceiptFact(worded("answers_request"), f"{request}{asked}"),
        ReceiptFact(worded("answer_number"), f"{figure(row.figure, language)}{refused}", kind="large"),
        ReceiptFact(worded("minors"), _minors(row, language)),
        ReceiptFact(worded("answer_more"), worded("not_said") if row.more is None else formats.number(row.more)),
        ReceiptFact(worded("conditions"), row.conditions or worded("receipt_no_conditions")),
        ReceiptFact(worded("field_decided_by"), f"{body}, {decided_day(row, language)}{case}"),
        ReceiptFact(worded("receipt_recorded"), f"{formats.day(row.day, language)}{by}"),
    ]
    if row.document:
        receipt_facts.append(ReceiptFact(worded("receipt_document"), row.document, "document"))
    if seal:
        moment = formats.moment(seal.at, language)
        receipt_facts.append(
            ReceiptFact(worded("receipt_event"), worded("receipt_event_says", number=seal.number, moment=moment))
        )
    return receipt_facts


def _minors(row: DecisionRow, language: str) -> str:
    if row.minors is None:
        return say("not_said", language)
    yes_or_no = say("asked_yes" if row.minors else "asked_no", language)
    return (
        f"{yes_or_no}, {formats.number(row.minors_number)}"
        if row.minors and row.minors_number is not None
        else yes_or_no
    )


def _letter(year: int, shown: _ShownVersion, language: str) -> Letter:
    """Return the receipt as a typed document, from the municipality to the directorate, in the reader's language."""
    line = shown.answer.line
    pairs = tuple((fact.head, fact.text) for fact in _facts(shown, language))
    lead = say("receipt_lead", language, name=line.name, year=year)
    # What has taken its place is no part of it: the page says so beside it, and the file in an archive stays true.
    version = say("receipt_of_version", language, version=shown.row.version)
    blocks: list[Paragraph | Facts | List] = [Paragraph(lead), Paragraph(version), Facts(pairs)]
    if shown.in_words.raised:
        items = tuple(f"{title}. {say('letter_says', language)}: {letter}" for title, letter in shown.in_words.raised)
        blocks += [Paragraph(say("raised_lead", language)), List(items)]
    return Letter(
        kind="receipt",
        language=language,
        title=say("receipt_title", language),
        day=shown.row.day,
        sender=(municipality_named(line.name, line.code, year).in_language(language),),
        receiver=(DIRECTORATE.in_language(language),),
        marks=((say("receipt_recorded", language), formats.day(shown.row.day, language)),),
        blocks=tuple(blocks),
        closing=(),
        signers=(),
        page=say("receipt_page", language),
    )
