"""The year's criteria: versions that one can read, what each comes to, the moves, and the committee's draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.documents.criteria import gone, in_words, open_criterion
from bosett.documents.words import figure_line, percent, standing_note
from bosett.geography import municipalities
from bosett.parameters import WRITTEN, criteria_of_year
from bosett.rounds.open_round import OpenCriterion
from bosett.rounds.parties import CENTRAL_OR_COUNTY, Party
from bosett_web.queries.round.alternatives import alternatives_for
from bosett_web.queries.round.criteria import CriteriaEffect, effect_of, file_in_force, rules_of, text_of_rules
from bosett_web.queries.situations import criteria_situation, new_situation
from bosett_web.queries.standing_rows import CriteriaRow
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import shown
from bosett_web.screens.journal_words import file_title
from bosett_web.screens.round.floor_edge import nearest
from bosett_web.screens.round.forms import CriteriaForm
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOVES = "criteria.propose criteria.return criteria.adopt criteria.share"


@dataclass(frozen=True, slots=True)
class CriteriaVersion:
    """A version of the criteria as the page shows it.

    Attributes:
        row: The version.
        buttons: Its moves.
        rules: The id of its rule, as it is fetched as a file; empty when there is none.
        of_committee: Whether the committee has written it, so that the words are its own.
        note: Whose the rule file's criteria are, and where our own model loses.
        kinds: The criteria in words, by kind.
        gone: Those of the year before that are none any more.
        compared: Whether the year before is known.
        effect: What it comes to; None when it cannot be computed, or for an older version.
    """

    row: CriteriaRow
    buttons: Sequence[Button]
    rules: str
    of_committee: bool
    note: str
    kinds: Sequence[tuple[str, Sequence[Any]]]
    gone: Sequence[str]
    compared: bool
    effect: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class GivenRow:
    """What the criteria give a place, in persons with one decimal: by the heading of a criterion, and in all."""

    name: str
    cells: tuple[tuple[str, str], ...]
    total: str
    own: bool


@dataclass(frozen=True, slots=True)
class WayRow:
    """A county by both ways: its target first, or its municipalities straight from the nation."""

    name: str
    first: str
    straight: str
    difference: str
    against: str
    own: bool


def criteria(view: View) -> Mapping[str, Any]:
    """Build the page: the newest version first, and only that with what it comes to."""
    before = _of_year_before(view.year)
    newest = view.at.criteria[-1] if view.at.criteria else None
    versions = [_version(view, row, before, is_newest=row is newest) for row in reversed(view.at.criteria)]
    draft = buttons(view.request, new_situation(view.whole), "criteria.draft")
    return {
        "versions": versions,
        "year_before": view.year - 1,
        "may_try": view.actor is not None and view.actor.party in CENTRAL_OR_COUNTY,
        "may_write": may(next(iter(buttons(view.request, new_situation(view.whole), "alternative.keep")), None)),
        "draft": draft[0] if draft else None,
        "form": _form(view, draft),
    }


def _version(view: View, row: CriteriaRow, before: Sequence[OpenCriterion], *, is_newest: bool) -> CriteriaVersion:
    file = rules_of(row.file)
    current = [open_criterion(each) for each in file.criteria] if file else []
    rows = in_words(current, before or None, view.language)
    effect = effect_of(view.at, row, view.day) if is_newest else None
    return CriteriaVersion(
        row=row,
        buttons=buttons(view.request, criteria_situation(view.whole, row), MOVES, version=row.version),
        rules=row.file if text_of_rules(row.file) else "",
        of_committee=WRITTEN.fullmatch(row.file) is not None,
        note=standing_note(row.file, view.language, official=file.official) if file else "",
        kinds=[(f"criteria_{kind}", of_kind) for kind, of_kind in rows.items()],
        gone=gone(current, before, view.language),
        compared=bool(before),
        effect=_effect(view, effect) if effect else None,
    )


def _of_year_before(year: int) -> list[OpenCriterion]:
    """Return the criteria that were in force in the round of the year before; empty when they are not known."""
    file = rules_of(file_in_force(year - 1))
    return [open_criterion(each) for each in file.criteria] if file else []


def _effect(view: View, effect: CriteriaEffect) -> Mapping[str, Any]:
    """Return what the criteria come to: real weights, and persons for the places that are the reader's."""
    language = view.language
    numbered = {each.criterion.code: place for place, each in enumerate(effect.claims.measured, 1)}
    heads = [
        say("criterion_head", language, number=numbered[each.criterion.code], weight=percent(each.weight, language))
        for each in effect.claims.measured
    ]
    return {
        "total": effect.total,
        "is_known": effect.is_known,
        "unassigned": percent(effect.claims.unassigned, language) if effect.claims.unassigned else "",
        "heads": heads,
        "rows": _given(view, effect, heads),
        "weights": [
            (
                numbered[each.criterion],
                percent(each.stated, language),
                percent(each.real, language),
                say("criterion_no_likeness", language)
                if each.r2_population is None
                else percent(each.r2_population, language, 0),
            )
            for each in (effect.diagnosis.weighed if effect.diagnosis else ())
        ],
        "ways": _two_ways(view, effect),
        "edge": _edge(view, effect),
        "figures": [figure_line(note, language) for note in effect.figures],
    }


def _given(view: View, effect: CriteriaEffect, heads: Sequence[str]) -> list[GivenRow]:
    """Return what a municipality gets, or the municipalities of a county, or for others the counties."""
    places = municipalities(view.year)
    actor = view.actor
    if actor is not None and actor.party is Party.MUNICIPALITY:
        groups = [(place.display_name, [place.code]) for place in places if place.code == actor.area]
    elif actor is not None and actor.party is Party.COUNTY:
        own = [place for place in places if place.county == actor.county]
        groups = [(place.display_name, [place.code]) for place in own]
    else:
        groups = [
            (county.name, [place.code for place in places if place.county == county.code]) for county in view.counties
        ]
    by_name = sorted(groups, key=lambda each: formats.sort_key(each[0]))
    rows = [_row(name, heads, effect.gives(codes)) for name, codes in by_name]
    if len(rows) > 1:
        everywhere = [code for _, codes in groups for code in codes]
        rows.append(_row(say("sum", view.language), heads, effect.gives(everywhere), own=True))
    return rows


def _two_ways(view: View, effect: CriteriaEffect) -> list[WayRow]:
    """Return what each county gets by its target first, and straight from the nation; for who takes part."""
    if effect.diagnosis is None or view.actor is None or view.actor.party not in CENTRAL_OR_COUNTY:
        return []
    rows = [
        WayRow(
            name=each.name,
            first=formats.number(each.people),
            straight=formats.number(each.straight),
            difference=formats.signed(Fraction(each.straight - each.people)),
            against="–" if each.against_country is None else formats.decimal(100 * each.against_country),
            own=view.actor.party is Party.COUNTY and view.actor.county == each.code,
        )
        for each in effect.diagnosis.counties
    ]
    return sorted(rows, key=lambda row: formats.sort_key(row.name))


def _edge(view: View, effect: CriteriaEffect) -> Mapping[str, Any]:
    """Return who is nearest to the edge of the floor, for who takes part; of a total that is known, and of no other."""
    takes_part = view.actor is not None and view.actor.party in CENTRAL_OR_COUNTY
    return nearest(view, effect.edge, effect.exact) if takes_part and effect.is_known else {"has_edge": False}


def _row(name: str, heads: Sequence[str], persons: Sequence[Fraction], *, own: bool = False) -> GivenRow:
    cells = tuple(zip(heads, map(formats.decimal, persons), strict=True))
    return GivenRow(name, cells, formats.decimal(sum(persons, start=Fraction(0))), own)


def _form(view: View, draft: Sequence[Button]) -> CriteriaForm | None:
    """Return the form of a new draft, where there may be one; it may begin with an alternative that is kept."""
    if not draft or draft[0].why_not:
        return None
    language, rows = view.language, alternatives_for(view.year, view.request.who)
    begun = next((row for row in rows if str(row.id) == view.request.GET.get("alternative")), None)
    initial = {"title": begun.name, "file": begun.file} if begun else None
    form = shown(view.request, CriteriaForm, "criteria.draft", initial=initial)
    shipped = criteria_of_year(view.year, view.whole.least)
    titles = {file: file_title(file, language) for file in shipped}
    kept = {
        row.file: say("alternative_file", language, name=row.name, title=file_title(row.file, language)) for row in rows
    }
    form.offer("file", [*titles.items(), *kept.items()])
    return form
