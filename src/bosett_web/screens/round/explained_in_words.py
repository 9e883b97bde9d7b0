"""One version of a number in words, in one language: how it came about, what it is, and what came of it since."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from bosett.documents.explanation import Section, figures_section, sections
from bosett.documents.floor_edge import edge_section
from bosett.documents.number_way import (
    Afterwards,
    DecisionStep,
    NumberWay,
    Openness,
    RequestStep,
    afterwards_section,
    number_title,
    proposal_behind,
    way_section,
)
from bosett.documents.revised_total import RevisedPlace, RevisedTotal, revised_sections
from bosett.documents.target_explanation import (
    SetTarget,
    SharedCounty,
    country_sections,
    county_sections,
    target_title,
)
from bosett.documents.version_changes import VersionBasis, changes_section
from bosett.rounds.explanation import Explanation
from bosett.rounds.floor_edge import floor_edge, years_before
from bosett.rounds.states import DecisionState, TargetsState
from bosett.rounds.visibility import Thing
from bosett.stages.revision import RevisionWay
from bosett_web.queries.decisions.decisions import Answer, answers
from bosett_web.queries.explained import explained_by_run, sharing_of
from bosett_web.queries.lines import Line
from bosett_web.queries.revision.revisions import RevisionRow, revision_lines
from bosett_web.queries.round.floor_edge import held_years
from bosett_web.queries.round.number_versions import (
    ExplainedVersion,
    VersionKind,
    people_of,
)
from bosett_web.queries.round.runs import inputs_of
from bosett_web.queries.round.target_basis import criteria_of, explainer_of, forecast_of
from bosett_web.queries.sight import sees, sees_decision, sees_numbers, sees_run
from bosett_web.queries.standing_rows import ProposalRow, TargetsRow
from bosett_web.screens import formats
from bosett_web.screens.journal_words import file_title
from bosett_web.screens.round.why import ExplainedSection, in_parts
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

PROGRAM = re.compile(r"bosett (\S+), rules (\S+)")
"""What a run says of the program that computed it (`rounds/run.py`)."""


@dataclass(frozen=True, slots=True)
class ExplainedNumber:
    """What is explained, with its versions as the reader may see them; one at least.

    Attributes:
        code: Of the municipality or the county, or that of the country.
        name: What it is called; empty is the country.
        county: Code of the county that it is or lies in; empty for the country.
        line: The municipality's line; None of a target.
        versions: The oldest first.
    """

    code: str
    name: str
    county: str
    line: Line | None
    versions: tuple[ExplainedVersion, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A version explained in a language: its title, how it came about, what it is, and what came of it since."""

    language: str
    title: str
    body: tuple[ExplainedSection, ...]
    facts: tuple[tuple[str, str], ...]
    since: tuple[ExplainedSection, ...]


def article_of(view: View, whole: ExplainedNumber, shown: ExplainedVersion, language: str) -> Article:
    """Return a version of a number explained in a language.

    Args:
        view: Who looks at which round.
        whole: What is explained.
        shown: Which version of it.
        language: nb, nn or en.
    """
    if isinstance(shown.row, TargetsRow):
        title, body = _target(view, whole, shown, shown.row, language)
    elif isinstance(shown.row, ProposalRow):
        title, body = _proposal(view, whole, shown, shown.row, language)
    elif isinstance(shown.row, RevisionRow):
        title, body = _revised(view, shown.row, language)
    else:
        title, body = _request(view, whole, shown, language)
    since = [afterwards_section(_afterwards(view, whole, shown), language)] if shown.kind is VersionKind.REQUEST else []
    return Article(language, title, in_parts(body), tuple(_facts(view, whole, shown, language)), in_parts(since))


# A municipality

_FROZEN = (VersionKind.NOT_ASKED, VersionKind.REQUEST)
"""Kinds whose first version is the number that was frozen."""


def _proposal(
    view: View, whole: ExplainedNumber, shown: ExplainedVersion, run: ProposalRow, language: str
) -> tuple[str, list[Section]]:
    explanation = explained_by_run(run.id, [whole.code]).get(whole.code)
    if explanation is None:
        number = "" if shown.number is None else formats.number(shown.number)
        return f"{whole.name} ({whole.code}): {number}", [Section("", (say("why_missing", language),))]
    title, body = _computed(view, whole, run, explanation, language)
    before = _before(whole, shown)
    if before is not None and isinstance(before.row, ProposalRow):
        changes = changes_section(
            _basis(before, before.row, whole, language), _basis(shown, run, whole, language), language
        )
        body.insert(1, changes)
    return title, body


def _computed(
    view: View, whole: ExplainedNumber, run: ProposalRow, explanation: Explanation, language: str
) -> tuple[str, list[Section]]:
    """Return title and sections of a number as its run came to it, with its figures, and the edge if it is there."""
    others = sees(view.request.who, Thing.PROPOSAL, run.state, view.whole, view.moment)
    title, parts = sections(explanation, language, others=others)
    body = list(parts)
    sharing = sharing_of(run.id)
    place = None if sharing is None else floor_edge(sharing).get(whole.code)
    if place is not None and place.near:
        kept_years = held_years(view.year, view.request.who, view.moment)
        years = years_before(whole.code, view.year, run.day, kept_years, view.at.figures)
        body.append(edge_section(place, view.year, years, language))
    if explanation.parts:
        body.append(figures_section((note for part in explanation.parts for note in part.figures), language))
    return title, body


def _request(view: View, whole: ExplainedNumber, shown: ExplainedVersion, language: str) -> tuple[str, list[Section]]:
    line = whole.line
    assert line is not None  # noqa: S101  - a request is a municipality's
    number = 0 if shown.number is None else shown.number
    title = number_title(whole.name, whole.code, view.county(whole.county).name, view.year, number, language)
    body = [way_section(_way(view, whole, line, shown), language)]
    run = _run_behind(view, whole)
    explanation = None if run is None else explained_by_run(run.id, [whole.code]).get(whole.code)
    if explanation is None:
        return title, [*body, Section("", (say(_why_none(view, run), language),))]
    assert run is not None  # noqa: S101  - it is what was explained
    first, *rest = _computed(view, whole, run, explanation, language)[1]
    return title, [*body, replace(first, heading=proposal_behind(explanation, language)), *rest]


def _why_none(view: View, run: ProposalRow | None) -> str:
    """Return the code of why the proposal behind a request is not explained."""
    if run is not None:
        return "why_missing"
    if view.at.is_former:
        return "explained_unknown"
    return "explained_by_hand" if view.whole.current_proposal is None else "explained_closed"


def _run_behind(view: View, whole: ExplainedNumber) -> ProposalRow | None:
    """Return the run that the frozen numbers rest on, where the reader may see it."""
    run, line = view.whole.current_proposal, whole.line
    if run is None or line is None:
        return None
    sent = line.sent is not None
    return run if sees_run(view.request.who, view.whole, view.moment, run, whole.code, sent=sent) else None


def _way(view: View, whole: ExplainedNumber, line: Line, shown: ExplainedVersion) -> NumberWay:
    recommendation = view.whole.recommendations.get(whole.county)
    if recommendation is None:
        openness = Openness.UNKNOWN if view.at.is_former else Openness.NONE
    else:
        is_seen = sees(
            view.request.who, Thing.RECOMMENDATION, recommendation.state, view.whole, view.moment, whole.county
        )
        openness = Openness.THERE if is_seen else Openness.CLOSED
    requests = [
        each for each in whole.versions if each.kind is VersionKind.REQUEST and shown.kind is VersionKind.REQUEST
    ]
    # What was frozen; who reads the number in its letter alone is told of the request, and of nothing behind it.
    frozen = next((each.number for each in whole.versions if each.kind in _FROZEN and each.version == 1), None)
    is_set = sees_numbers(view.request.who, view.whole, view.moment, whole.county) and line.final == frozen
    return NumberWay(
        year=view.year,
        proposed=line.proposed,
        recommendation=openness,
        recommended=line.number,
        reason=line.departure_reason,
        outcome=line.outcome,
        outcome_reason=line.outcome_reason,
        final=line.final if is_set else None,
        final_reason=line.final_reason if is_set else "",
        not_asked=any(each.kind is VersionKind.NOT_ASKED for each in whole.versions),
        requests=[
            RequestStep(each.version, each.number, each.day, each.reason)
            for each in requests
            if each.version <= shown.version and each.number is not None and each.day is not None
        ],
    )


def _afterwards(view: View, whole: ExplainedNumber, shown: ExplainedVersion) -> Afterwards:
    line, who = whole.line, view.request.who
    assert line is not None  # noqa: S101  - a request is a municipality's
    if not sees_decision(who, view.whole, view.moment, line.county, line.code, "answered"):
        return Afterwards(shown.sent_on, None, Openness.CLOSED)
    answer = next(iter(answers(view.whole, [line], who, view.moment)), None)
    decision = None if answer is None else _decision(answer, shown.version)
    if decision is None:
        return Afterwards(shown.sent_on, None, Openness.UNKNOWN if view.at.is_former else Openness.NONE)
    return Afterwards(shown.sent_on, decision, Openness.THERE)


def _decision(answer: Answer, version: int) -> DecisionStep | None:
    """Return what was answered to a version of the request, as it counts."""
    rows = (row for row in answer.versions if row.request_version == version and row.state != DecisionState.REPLACED)
    row = next(rows, None)
    return None if row is None else DecisionStep(row.number, row.decided_on, version, row.preliminary)


# Targets


def _target(
    view: View, whole: ExplainedNumber, shown: ExplainedVersion, row: TargetsRow, language: str
) -> tuple[str, list[Section]]:
    target, explainer = _set(view, whole, row, language), explainer_of(view.at, row)
    notes = () if explainer is None else explainer.notes
    if whole.county:
        explanation = None if explainer is None else explainer.explain(whole.county)
        body = [*county_sections(target, explanation, notes, language)]
    else:
        counties = [
            SharedCounty(
                each.name,
                people_of(row, each.code).number,
                None if explainer is None else explainer.explain(each.code).number,
            )
            for each in sorted(view.counties, key=lambda each: formats.sort_key(each.name))
        ]
        body = [*country_sections(target, counties, notes, language)]
    before = _before(whole, shown)
    if before is not None and isinstance(before.row, TargetsRow):
        old, new = (_target_basis(view, whole, each, language) for each in (before.row, row))
        body.insert(1, changes_section(old, new, language))
    return target_title(target.name, target.year, target.number, language), body


def _set(view: View, whole: ExplainedNumber, row: TargetsRow, language: str) -> SetTarget:
    people, criteria = people_of(row, whole.county), criteria_of(view.at, row)
    forecast = forecast_of(view.at, row)
    return SetTarget(
        year=view.year,
        name=whole.name,
        number=people.number,
        under15=people.under15,
        from15=people.from15,
        decided=row.state == TargetsState.DECIDED,
        reason=row.note,
        criteria=_openness(criteria, row.criteria),
        title="" if criteria is None else file_title(criteria.file, language),
        forecast_is=_openness(forecast, row.forecast),
        forecast=forecast,
    )


def _revised(view: View, row: RevisionRow, language: str) -> tuple[str, list[Section]]:
    names = {each.code: each.name for each in view.counties}
    places = [RevisedPlace(names[line.county], line.before, line.number) for line in revision_lines(row.id)]
    revised = RevisedTotal(RevisionWay(row.way), row.why, places)
    return target_title("", view.year, row.total, language), [
        *revised_sections(revised, sorted(names.values(), key=formats.sort_key), language)
    ]


def _openness(seen: object, rests_on: int | None) -> Openness:
    """Tell whether something that a version rests on is told: it is there, there is none, or it is not for them."""
    if seen is not None:
        return Openness.THERE
    return Openness.NONE if rests_on is None else Openness.CLOSED


def _target_basis(view: View, whole: ExplainedNumber, row: TargetsRow, language: str) -> VersionBasis:
    forecast, criteria = forecast_of(view.at, row), criteria_of(view.at, row)
    return VersionBasis(
        number=people_of(row, whole.county).number,
        total=row.national.number if whole.county else None,
        forecast=None if forecast is None else forecast.middle,
        criteria="" if criteria is None else file_title(criteria.file, language),
    )


# What a version is, and what was before it


def _basis(version: ExplainedVersion, run: ProposalRow, whole: ExplainedNumber, language: str) -> VersionBasis:
    inputs = inputs_of(run.id)
    return VersionBasis(
        number=version.number,
        total=inputs["total"],
        target=(inputs["targets"] or {}).get(whole.county),
        criteria=file_title(run.criteria_file, language),
        day=date.fromisoformat(inputs["day"]),
        figures=tuple(inputs.get("figures") or ()),
        program=run.rules,
    )


def _before(whole: ExplainedNumber, shown: ExplainedVersion) -> ExplainedVersion | None:
    """Return the version of the same kind before one."""
    earlier = [each for each in whole.versions if each.kind is shown.kind and each.version < shown.version]
    return earlier[-1] if earlier else None


def kind_of(version: ExplainedVersion, language: str) -> str:
    """Return what a version is called, in a language."""
    return say(f"explained_kind_{version.kind.name.lower()}", language, version=version.version)


def _facts(view: View, whole: ExplainedNumber, shown: ExplainedVersion, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a version is, for whoever holds it on paper."""
    yield say("settlement_year", language), str(view.year)
    yield say("explained_version", language), kind_of(shown, language)
    if shown.day is not None:
        yield say("explained_day", language), formats.day(shown.day, language)
    if shown.kind in (VersionKind.TARGETS, VersionKind.REVISION):
        yield say("explained_set_by", language), say("party_committee", language)
    elif shown.kind is not VersionKind.PROPOSAL:
        yield say("explained_set_by", language), say("party_directorate", language)
    run = shown.row if isinstance(shown.row, ProposalRow) else None if whole.line is None else _run_behind(view, whole)
    if run is not None:
        who = say("party_directorate", language)
        what = _program(run.rules, language)
        yield say("explained_computed_by", language), say("explained_ordered", language, what=what, who=who)
        yield say("explained_run", language), f"{view.year}-{run.version}"
        yield say("explained_hash", language), run.inputs_sha256
    address = reverse("explained_version", args=[view.year, whole.code, shown.key])
    yield say("explained_address", language), f"{view.request.get_host()}{address}"


def _program(rules: str, language: str) -> str:
    """Return which program computed a run, by what the run says of it."""
    named = PROGRAM.fullmatch(rules)
    return rules if named is None else say("explained_program", language, version=named[1], part=named[2])
