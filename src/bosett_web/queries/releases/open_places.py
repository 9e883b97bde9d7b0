"""What is public of each municipality in a round now: its number, how that came about, and what it is seen against."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from bosett.basis.languages import LANGUAGES
from bosett.documents.explanation import sections
from bosett.figures.kinds import Figure, Status
from bosett.geography import NotToldOfPlace, labour_market_region, municipalities
from bosett.rounds.history import history
from bosett.rounds.open_round import OpenFigure, OpenName, OpenPlace, OpenSection, OpenStep, OpenYear
from bosett.rounds.parties import PUBLIC
from bosett.rounds.population import inhabitants
from bosett.rounds.release import PublicRequest
from bosett.rounds.similar import alike, centrality_classes
from bosett.rounds.states import DecisionState
from bosett_web.queries.explained import explained_by_run
from bosett_web.queries.former import published
from bosett_web.queries.lines import NO_FIGURE, Line
from bosett_web.queries.releases.open_round import decision_rows
from bosett_web.queries.sight import is_released, lines_for
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import Decision, ProposalLine

Explained = Mapping[str, Mapping[str, tuple[OpenSection, ...]]]
"""How proposed numbers came about, by municipality and language."""


def open_places(whole: Standing, moment: datetime, requests: tuple[PublicRequest, ...]) -> tuple[OpenPlace, ...]:
    """Return what is public of each municipality at a moment, by code.

    Args:
        whole: The round as it stands.
        moment: When.
        requests: Those that are public.
    """
    day, released = timezone.localdate(moment), is_released(whole, moment)
    lines = {line.code: line for line in lines_for(whole, PUBLIC, moment)}
    people = inhabitants(whole.year, day, whole.figures).people
    before = history(whole.year, day, whole.figures)
    classes = centrality_classes(whole.year)
    first = {each.municipality: each.persons for each in requests if each.version == 1}
    newest = {each.municipality: each.version for each in requests}
    decided = {row.municipality: row for row in decision_rows(whole, moment) if row.state != DecisionState.REPLACED}
    return tuple(
        OpenPlace(
            code=place.code,
            names=tuple(OpenName(name.text, name.language) for name in place.names),
            asked=OpenFigure.of(_asked(whole, lines[place.code], moment)),
            first_asked=first.get(place.code) if newest.get(place.code, 1) > 1 else None,
            decided=_decided(decided.get(place.code)),
            decided_on=decided[place.code].decided_on if place.code in decided else None,
            people=people.get(place.code),
            centrality=classes.get(place.code),
            region=_region(place.code, whole.year),
            before=tuple(
                OpenYear(each.year, *map(OpenFigure.of, (each.requested, each.decided, each.settled)))
                for each in before[place.code]
            ),
            like=tuple(each.place.code for each in alike(place.code, whole.year, people)),
            way=tuple(_way(lines[place.code])) if released else (),
        )
        for place in municipalities(whole.year)
    )


def open_explanations(whole: Standing, moment: datetime) -> Explained:
    """Return how the proposed numbers came about, as far as that is public at a moment."""
    proposal = whole.current_proposal
    if proposal is None or not is_released(whole, moment):
        return {}
    try:
        return _explained(proposal.id, proposal.result_sha256, _numbers_of(proposal.id))
    except _NotExplained:
        return {}


def _asked(at: Standing, line: Line, moment: datetime) -> Figure:
    """Return what a municipality is asked for: nothing is known before the release, and then what was published."""
    if not is_released(at, moment):
        return NO_FIGURE
    if line.asked_for is None and at.is_former:
        return published(at.year, line.code, timezone.localdate(moment), at.figures)
    return line.asked_told


def _decided(row: Decision | None) -> OpenFigure:
    if row is None:
        return OpenFigure(None, Status.MISSING)
    return OpenFigure(row.number, Status.HIDDEN if row.number is None else Status.OK)


def _way(line: Line) -> Iterator[OpenStep]:
    for step, persons in (
        ("proposed", line.proposed),
        ("recommended", line.number),
        ("outcome", line.outcome),
        ("final", line.final),
    ):
        if persons is not None:
            yield OpenStep(step, persons)


def _region(code: str, year: int) -> str:
    try:
        return labour_market_region(code, year).name
    except NotToldOfPlace:
        return ""


def _numbers_of(proposal: int) -> tuple[tuple[str, int], ...]:
    rows = ProposalLine.objects.filter(proposal=proposal).order_by("municipality")
    return tuple(rows.values_list("municipality", "number"))


class _NotExplained(LookupError):
    """No number of a run can be explained now: that is not remembered, as another version may."""


@lru_cache(maxsize=4)
def _explained(proposal: int, result: str, numbers: tuple[tuple[str, int], ...]) -> Explained:  # noqa: ARG001  - as below
    """Return how each number of a run came about, in words; remembered, with what tells whether it is the same run."""
    explanations = explained_by_run(proposal, [code for code, _ in numbers])
    if not explanations:
        raise _NotExplained
    return {
        code: {
            language: tuple(
                OpenSection(part.heading, part.lines, part.folds) for part in sections(explanation, language)[1]
            )
            for language in LANGUAGES
        }
        for code, explanation in explanations.items()
    }
