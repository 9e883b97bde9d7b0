"""A proposed number explained in the reader's language: the same beside the sheet and on the municipality's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from bosett.documents.explanation import ITEM, OPEN, Section, sections
from bosett.rounds.visibility import Thing
from bosett_web.queries.lines import lines
from bosett_web.queries.round.number_versions import VersionKind
from bosett_web.queries.round.own import explained
from bosett_web.queries.sight import seen_lines, sees
from bosett_web.screens.screen import View, recommendation_of


@dataclass(frozen=True, slots=True)
class ExplainedSection:
    """A section of an explained number: paragraphs, the items of its list where it has one, and those to fold away."""

    heading: str
    before: tuple[str, ...]
    items: tuple[str, ...]
    after: tuple[str, ...]
    rest: tuple[str, ...] = ()
    folds: str = ""


def why(view: View, code: str, municipality: str) -> Mapping[str, Any]:
    """Build the page of why a number on a county's sheet was proposed, by the proposal that the sheet rests on.

    Raises:
        Http404: There is no such county or municipality, or its proposed number is not for this reader.
    """
    area, row = view.county(code), recommendation_of(view, code)
    if row is None:
        raise Http404(code)
    shown = seen_lines(view.whole, lines(view.whole, row.proposal, code), view.request.who, view.moment)
    line = next((each for each in shown if each.code == municipality and each.proposed is not None), None)
    if line is None:
        raise Http404(municipality)
    explanation = explained(view.whole, view.request.who, line, view.moment, row.proposal)
    run = next(each for each in view.whole.proposals if each.id == row.proposal)
    context = {
        "county": area,
        "line": line,
        "heading": line.name,
        "told": (),
        "version": f"{VersionKind.PROPOSAL}-{run.version}",
    }
    if explanation is None:
        return context
    others = sees(view.request.who, Thing.PROPOSAL, "shared", view.whole, view.moment)
    heading, parts = sections(explanation, view.language, others=others)
    return {**context, "heading": heading, "told": in_parts(parts)}


def in_parts(parts: Sequence[Section]) -> tuple[ExplainedSection, ...]:
    """Return sections with their lists apart from the paragraphs around them; a long list in two, none left out."""
    return tuple(_in_parts(each) for each in parts)


def _in_parts(section: Section) -> ExplainedSection:
    places = [place for place, line in enumerate(section.lines) if line.startswith(ITEM)]
    if not places:
        return ExplainedSection(section.heading, section.lines, (), ())
    first, last = places[0], places[-1] + 1
    items = tuple(line.removeprefix(ITEM) for line in section.lines[first:last])
    shown = OPEN if section.folds else len(items)
    return ExplainedSection(
        section.heading, section.lines[:first], items[:shown], section.lines[last:], items[shown:], section.folds
    )
