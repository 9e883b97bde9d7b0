"""A number explained on a page of its own, in both written forms: of a municipality, of a county, and of the country.

`/<year>/why/<code>` shows the newest version that the reader may see, and `/<year>/why/<code>/<version>` always the
same one. What can change after a version was made stands beside it, and not in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404

from bosett.basis.languages import LANGUAGES, NORWEGIAN
from bosett.geography import municipalities
from bosett.rounds.release import COUNTRY
from bosett_web.queries.round.number_versions import (
    ExplainedVersion,
    versions_of_municipality,
    versions_of_revised,
    versions_of_target,
)
from bosett_web.queries.sight import lines_for
from bosett_web.screens import formats
from bosett_web.screens.round.explained_in_words import ExplainedNumber, article_of, kind_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MUNICIPALITY_CODE = 4
"""Digits of a municipality's code; a county's has two."""


def explained(view: View, code: str) -> Mapping[str, Any]:
    """Build the page of the newest version of a number that this reader may see.

    Raises:
        Http404: There is no such place in the year, or no number of it for this reader.
    """
    whole = _explained(view, code)
    return _page(view, whole, whole.versions[-1])


def explained_version(view: View, code: str, version: str) -> Mapping[str, Any]:
    """Build the page of one version of a number.

    Raises:
        Http404: There is no such version, or none for this reader.
    """
    whole = _explained(view, code)
    shown = next((each for each in whole.versions if each.key == version), None)
    if shown is None:
        raise Http404(version)
    return {**_page(view, whole, shown), "page": "explained"}


def _explained(view: View, code: str) -> ExplainedNumber:
    if len(code) == MUNICIPALITY_CODE:
        return _municipality(view, code)
    name = "" if code == COUNTRY else view.county(code).name
    county = "" if code == COUNTRY else code
    versions = versions_of_target(view.at.targets, county)
    if not county:
        versions += versions_of_revised(view.whole, view.request.who, view.moment)
    if not versions:
        raise Http404(code)
    return ExplainedNumber(code, name, county, None, versions)


def _municipality(view: View, code: str) -> ExplainedNumber:
    place = next((each for each in municipalities(view.year) if each.code == code), None)
    if place is None:
        raise Http404(code)
    who = view.request.who
    line = next(each for each in lines_for(view.whole, who, view.moment, place.county) if each.code == code)
    versions = versions_of_municipality(view.whole, line, who, view.moment)
    if not versions:
        raise Http404(code)
    return ExplainedNumber(code, place.display_name, place.county, line, versions)


def _page(view: View, whole: ExplainedNumber, shown: ExplainedVersion) -> Mapping[str, Any]:
    first = NORWEGIAN if view.language in NORWEGIAN else (view.language,)
    beside = sorted(first, key=lambda each: each != view.language)
    articles = {each: article_of(view, whole, shown, each) for each in (*beside, *_folded(beside))}
    return {
        "name": whole.name or say("targets_country", view.language),
        "code": whole.code,
        "articles": [articles[each] for each in beside],
        "folded": [articles[each] for each in _folded(beside)],
        "versions": [
            (each, kind_of(each, view.language), "" if each.day is None else formats.day(each.day, view.language))
            for each in reversed(whole.versions)
        ],
        "shown": shown,
        "newest": whole.versions[-1],
        "county": whole.county if whole.line is not None and view.at.targets else "",
        "has_country": whole.code != COUNTRY and bool(view.at.targets),
        "country": COUNTRY,
    }


def _folded(beside: Sequence[str]) -> list[str]:
    """Return the written forms that a reader of another language can open."""
    return [each for each in LANGUAGES if each in NORWEGIAN and each not in beside]
