"""A county's sheet and recommendation on paper: each version as a PDF, and handing the final one over as a letter."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import letter_of
from bosett.documents.letters.language import BOKMAAL
from bosett.render.typeset import NotTypeset, typeset
from bosett_web.actions.letters import recommendations
from bosett_web.queries.county.versions import versions
from bosett_web.queries.letters.county_sheet import KIND, sheet, version_of
from bosett_web.queries.letters.letters import LetterRow, letter_rows, may_read
from bosett_web.queries.letters.receivers import chosen_forms
from bosett_web.queries.situations import recommendation_situation
from bosett_web.queries.standing_rows import RecommendationRow
from bosett_web.records.choices import Occasion
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.county.forms import HandOverForm
from bosett_web.screens.county.versions import NOW, shown_versions
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.frame import show
from bosett_web.screens.screen import View, look, recommendation_of


@require_safe
def sheet_pdf(request: PageRequest, year: int, code: str, version: str) -> HttpResponse:
    """Return a version of a county's sheet as a PDF, to those who may see it, or say that its text cannot be set.

    A draft says that it is one.

    Raises:
        Http404: There is no such county, version or language, or none for this reader.
    """
    view = look(request, year)
    row = recommendation_of(view, code)
    language = request.GET.get("lang", BOKMAAL)
    if row is None or language not in LANGUAGES or not (version == NOW or version.isdecimal()):
        raise Http404(code)
    kept = shown_versions(view, row)
    sheet_version = version_of(row, kept, None if version == NOW else int(version[:9]), view.day)
    if sheet_version is None:
        raise Http404(version)
    try:
        made = typeset(letter_of(sheet(view.whole, row, sheet_version, kept, language), language))
    except NotTypeset:
        return show(request, "fault.html", {"code": "sheet_unset", "lead": "sheet_unset_lead"}, 422)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"fylkesark-{year}-{code}-{version}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def handed_over(view: View, row: RecommendationRow) -> Mapping[str, Any]:
    """Return what a county's page shows of its recommendation as a letter: the form, and the letters handed over."""
    situation = recommendation_situation(view.whole, row)
    rows = letter_rows(view.year, county=row.county)
    letters = [each for each in rows if _of(each, row) and may_read(view.request.who, view.whole, view.moment, each)]
    offered = buttons(view.request, situation, recommendations.MOVE, county=row.county)
    button = offered[0] if offered and not _there(row, letters) else None
    initial = {"language": chosen_forms(rows).get(row.county, "")}
    return {
        "hand_over": button,
        "hand_over_form": shown(
            view.request, HandOverForm, recommendations.MOVE, begin="h", initial=initial, county=row.county
        )
        if may(button)
        else None,
        "handed": letters,
    }


def _there(row: RecommendationRow, letters: Iterable[LetterRow]) -> bool:
    """Tell whether the version that is final has been handed over."""
    final = next((each.version for each in versions(row.id) if each.made == Occasion.FINAL), None)
    return any(each.version == final for each in letters)


def _of(letter: LetterRow, row: RecommendationRow) -> bool:
    return letter.kind == KIND and letter.receiver == row.county
