"""Versions of a county's recommendation side by side, and the documents of its decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bosett.basis.languages import LANGUAGES
from bosett.geography import municipalities
from bosett.rounds.visibility import Thing
from bosett_web.queries.county.versions import VersionRow, attachment, attachments_for, differences, lines_of
from bosett_web.queries.county.versions import versions as kept
from bosett_web.queries.sight import sees
from bosett_web.queries.situations import recommendation_situation
from bosett_web.queries.standing_rows import RecommendationRow
from bosett_web.records.choices import DocumentKind, Occasion
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.county.forms import CompareForm, KeepForm
from bosett_web.screens.formats import number, sort_key
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.frame import Closed
from bosett_web.screens.screen import View, attached, look, recommendation_of
from bosett_web.screens.words import say

NOW = "now"


def versions(view: View, code: str) -> Mapping[str, Any]:
    """Build the page: all versions, and what differs between the two that are asked for.

    Raises:
        Http404: There is no such county or version, or this reader may not see the recommendation.
    """
    area, row = view.county(code), recommendation_of(view, code)
    if row is None:
        raise Http404(code)
    rows = shown_versions(view, row)
    asked = view.request.GET
    before = asked.get("from", str(rows[0].version) if rows else NOW)
    after = asked.get("to", NOW)
    there = {NOW: None, **{str(each.version): each.version for each in rows}}
    left, right = (lines_of(row.id, there[each]) if each in there else None for each in (before, after))
    if left is None or right is None:
        raise Http404(before)
    names = {place.code: place.display_name for place in municipalities(view.year)}
    differing = differences(left, right)
    keep = buttons(view.request, recommendation_situation(view.whole, row), "recommendation.edit")
    return {
        "county": area,
        "rows": rows,
        "compare": _comparing(view, rows, before, after),
        "differences": sorted(
            (
                (
                    names[each.municipality],
                    each.field,
                    _told(view, each.field, each.before),
                    _told(view, each.field, each.after),
                )
                for each in differing
            ),
            key=lambda each: sort_key(each[0]),
        ),
        "places": len({each.municipality for each in differing}),
        "paper_languages": LANGUAGES,
        "keep": shown(view.request, KeepForm, "recommendation.keep", county=code)
        if may(next(iter(keep), None))
        else None,
    }


def _comparing(view: View, rows: Sequence[VersionRow], before: str, after: str) -> CompareForm:
    """Return the form of the two versions that are compared."""
    form = CompareForm(language=view.language, initial={"from": before, "to": after})
    for name in ("from", "to"):
        form.offer(
            name, [(NOW, form.worded("version_now")), *((str(each.version), _title(view, each)) for each in rows)]
        )
    return form


def shown_versions(view: View, row: RecommendationRow) -> list[VersionRow]:
    """Return the versions that this reader may see: one kept by hand is a draft, as the open recommendation is."""
    drafts = sees(view.request.who, Thing.RECOMMENDATION, "open", view.whole, view.moment, row.county)
    return [each for each in kept(row.id) if drafts or each.made != Occasion.KEPT]


def _title(view: View, row: VersionRow) -> str:
    made = say(f"made_{row.made}", view.language)
    title = f"{say('version', view.language, version=row.version)}: {row.name or made}"
    return title if row.total is None else f"{title} ({number(row.total)})"


def _told(view: View, field: str, value: object) -> str:
    """Return a cell of a version in words; empty when it held nothing."""
    if value is None or value == "":
        return ""
    if field == "asked":
        return say("asked_yes" if value else "asked_no", view.language)
    if field == "outcome_by":
        return say(f"party_{value}", view.language)
    return number(value) if isinstance(value, int) else str(value)


@require_safe
def document(request: PageRequest, year: int, code: str, identity: int) -> HttpResponse:
    """Return an attached document to those who may see the recommendation; it is saved, never shown as a page."""
    view = look(request, year)
    row = recommendation_of(view, code)
    file = attachment(row.id, identity) if row else None
    if row is None or file is None:
        raise Http404(identity)
    withheld = view.whole.withheld.get((DocumentKind.ATTACHMENT, str(identity)))
    if withheld is not None and identity not in {each.id for each in attachments_for(view.whole, request.who, row)[0]}:
        raise Closed(withheld)
    return attached(*file)
