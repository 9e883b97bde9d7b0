"""Where a round stands: everything that gates and overviews ask about, in a fixed number of queries, as frozen rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from bosett.figures import Layers
from bosett.rounds.due import CalendarStep, DueBy, Season
from bosett.rounds.states import ProposalState
from bosett.stages.recommendation import lacks_reason
from bosett_web.journal.models import Head, chain_of
from bosett_web.queries.layers import accepted_sets, layers_named
from bosett_web.queries.rows import rows_of
from bosett_web.queries.standing_rows import (
    CriteriaRow,
    ForecastRow,
    MeetingRow,
    People,
    ProposalRow,
    RecommendationRow,
    Standing,
    TargetsRow,
    WithheldRow,
)
from bosett_web.queries.weighing import claims_known, weighed
from bosett_web.records.models import (
    CalendarDay,
    CountyTarget,
    CriteriaSet,
    FinalNumber,
    Forecast,
    Meeting,
    Proposal,
    ProposalLine,
    Recommendation,
    RecommendationLine,
    SettlementRound,
    Skip,
    Targets,
    Withholding,
)


class NoRound(LookupError):
    """There is no round for that year."""


def years() -> tuple[int, ...]:
    """Return the years of the rounds, newest first."""
    return tuple(years_closed())


def years_closed() -> Mapping[int, date | None]:
    """Return the day on which each round was closed, newest year first, None while it is not. One query."""
    return dict(SettlementRound.objects.order_by("-year").values_list("year", "closed_on"))


def standing(year: int) -> Standing:
    """Return where a round stands, in a dozen queries; its calendar and the figures in force come with its own row.

    Raises:
        NoRound: There is none for the year.
    """
    return _read(_own_row(year))


def kept_standing(year: int) -> Standing:
    """Return where a round stands, in one query while nothing has been journalled of it since it was read last.

    Whatever changes a round writes its event in the same transaction, so the seals of the round's chains tell whether
    anything has changed. For who only reads: an action has not written its event when it looks.

    Raises:
        NoRound: There is none for the year.
    """
    own = _own_row(year)
    kept = _KEPT.get(year)
    if kept is not None and (kept.seals, kept.accepted) == (own.seals, own.accepted):
        return kept.standing
    whole = _read(own)
    if not any(each.state == ProposalState.QUEUED for each in whole.proposals):  # how far it has come is no event
        whole = replace(whole, memory={})
        _KEPT[year] = _Kept(own.seals, own.accepted, whole)
    return whole


class _Kept(NamedTuple):
    """A standing that was read, with the seals and the figures by which it is known whether it still holds."""

    seals: tuple[str, ...]
    accepted: tuple[tuple[int, str], ...]
    standing: Standing


_KEPT: dict[int, _Kept] = {}
"""By year: a few, and each process has its own."""


def forget_kept() -> None:
    """Forget what is kept: where rows have changed without an event."""
    _KEPT.clear()


class _OwnRow(NamedTuple):
    """The round's own row with its days, the figures in force, and the seals of its chains."""

    row: SettlementRound
    days: Sequence[Mapping[str, str]]
    accepted: tuple[tuple[int, str], ...]
    seals: tuple[str, ...]


def _own_row(year: int) -> _OwnRow:
    """Return what tells of the round itself, in one query.

    Raises:
        NoRound: There is none for the year.
    """
    days = CalendarDay.objects.filter(round=OuterRef("pk")).values(
        day=JSONObject(step="step", last="last", season="season")
    )
    accepted = accepted_sets().values(accepted=JSONObject(pk="pk", sha256="sha256"))
    seals = Head.objects.filter(chain__startswith=chain_of(year, "")).order_by("chain").values("hash")
    row = (
        SettlementRound.objects.filter(pk=year)
        .annotate(days=ArraySubquery(days), accepted=ArraySubquery(accepted), seals=ArraySubquery(seals))
        .first()
    )
    if row is None:
        raise NoRound(year)
    in_force = tuple((each["pk"], each["sha256"]) for each in row.accepted)
    return _OwnRow(row, row.days, in_force, tuple(row.seals))


def _read(own: _OwnRow) -> Standing:
    stored, year = own.row, own.row.year
    proposals = _proposals(year)
    figures = layers_named(own.accepted)
    finals = FinalNumber.objects.filter(round=year).order_by("municipality").values_list("municipality", "number")
    meetings = _meetings(year)
    return Standing(
        year=year,
        state=stored.state,
        planned=stored.planned,
        least=stored.least,
        submitted_by=stored.submitted_by_id,
        frozen_at=stored.frozen_at,
        closed_on=stored.closed_on,
        release_at=stored.release_at,
        criteria=rows_of(CriteriaRow, CriteriaSet.objects.filter(round=year).order_by("version")),
        forecasts=rows_of(ForecastRow, Forecast.objects.filter(round=year).order_by("version")),
        targets=_targets(year),
        proposals=proposals,
        recommendations=_recommendations(year, proposals, figures),
        meetings={row.county: row for row in meetings if not row.is_off},
        calendar=_calendar(own.days),
        called_off={row.county: row for row in meetings if row.is_off},
        withheld=_withheld(year),
        skips=dict(Skip.objects.filter(round=year).order_by("gate").values_list("gate", "reason")),
        final_numbers=dict(finals),
        consulted=stored.consulted,
        ks_answered_at=stored.ks_answered_at,
        figures=figures,
    )


def _meetings(year: int) -> tuple[MeetingRow, ...]:
    """Return every meeting by county, as they were planned."""
    return rows_of(MeetingRow, Meeting.objects.filter(round=year).order_by("county", "pk"))


def _calendar(rows: Sequence[Mapping[str, str]]) -> Mapping[CalendarStep, DueBy]:
    """Return by when each step of the round is to be done."""
    return {
        CalendarStep(row["step"]): DueBy(
            date.fromisoformat(row["last"]), Season(row["season"]) if row["season"] else None
        )
        for row in rows
    }


def _withheld(year: int) -> Mapping[tuple[str, str], WithheldRow]:
    """Return what is withheld from the public now, by kind and key of the document."""
    rows = Withholding.objects.filter(round=year, lifted_on=None).order_by("pk")
    return {(row.kind, row.key): row for row in rows_of(WithheldRow, rows)}


def _targets(year: int) -> tuple[TargetsRow, ...]:
    counties_of: dict[int, dict[str, People]] = {}
    for row in CountyTarget.objects.filter(targets__round=year).order_by("targets", "county"):
        counties_of.setdefault(row.targets_id, {})[row.county] = People(row.number, row.under15, row.from15)
    return tuple(
        TargetsRow(
            id=row.pk,
            version=row.version,
            state=row.state,
            criteria=row.criteria_id,
            forecast=row.forecast_id,
            national=People(row.national, row.under15, row.from15),
            counties=counties_of.get(row.pk, {}),
            note=row.note,
            day=row.day,
            submitted_by=row.submitted_by_id,
        )
        for row in Targets.objects.filter(round=year).order_by("version")
    )


def _proposals(year: int) -> tuple[ProposalRow, ...]:
    return rows_of(ProposalRow, Proposal.objects.filter(round=year).order_by("version"), targets="targets_id")


class _Told(NamedTuple):
    """What a line of a recommendation says, beside the number of the proposal that it rests on; None is missing."""

    code: str
    number: int | None
    under15: int | None
    from15: int | None
    reason: str
    signal: int | None
    signal_minors: int | None
    outcome: int | None
    proposed: int | None


def _recommendations(year: int, proposals: Sequence[ProposalRow], figures: Layers) -> dict[str, RecommendationRow]:
    """Return the recommendations by county, in two queries: the rule tells what a line departs from, not SQL."""
    proposed = ProposalLine.objects.filter(
        proposal=OuterRef("recommendation__proposal"), municipality=OuterRef("municipality")
    ).values("number")[:1]
    own = [name for name in _Told._fields if name not in ("code", "proposed")]
    lines: dict[int, list[_Told]] = {}
    for recommendation, *values in (
        RecommendationLine.objects.filter(recommendation__round=year)
        .annotate(proposed=Subquery(proposed))
        .order_by("municipality")
        .values_list("recommendation_id", "municipality", *own, "proposed")
    ):
        lines.setdefault(recommendation, []).append(_Told(*values))
    runs = {row.id: row for row in proposals}
    return {
        row.county: _recommendation(row, tuple(lines.get(row.pk, [])), runs.get(row.proposal_id or 0), figures)
        for row in Recommendation.objects.filter(round=year).order_by("county")
    }


def _recommendation(
    row: Recommendation, lines: tuple[_Told, ...], run: ProposalRow | None, figures: Layers
) -> RecommendationRow:
    return RecommendationRow(
        id=row.pk,
        county=row.county,
        state=row.state,
        proposal=row.proposal_id,
        reason=row.reason,
        submitted_by=row.submitted_by_id,
        discussed_by=row.discussed_by_id,
        lines=len(lines),
        missing=sum(line.number is None for line in lines),
        total=sum(line.number or 0 for line in lines),
        unreasoned=_unreasoned(lines, (run.criteria_file, run.day, figures) if run else None),
        outcomes_missing=sum(line.outcome is None for line in lines),
        outcome_total=sum(line.outcome or 0 for line in lines),
        outcome_reason=row.outcome_reason,
        under15=_known_sum([line.under15 for line in lines]),
        from15=_known_sum([line.from15 for line in lines]),
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        case_number=row.case_number,
        changed=row.changed,
        own_columns=row.own_columns,
    )


@lru_cache(maxsize=256)
def _unreasoned(lines: tuple[_Told, ...], rests_on: tuple[str, date, Layers] | None) -> int:
    """Count the lines that lack a reason; remembered, as every page asks it of lines that seldom change."""
    claims = claims_known(*rests_on) if rests_on else None
    return sum(lacks_reason(weighed(line, claims), line.reason) for line in lines)


def _known_sum(numbers: Sequence[int | None]) -> int | None:
    """Return the sum of what is given; None when nothing is."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None
