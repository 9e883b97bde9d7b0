"""Where a round stands: everything that gates and overviews ask about, in a fixed number of queries, as frozen rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import OuterRef, Subquery

from bosett.stages.recommendation import lacks_reason
from bosett_web.queries.rows import rows_of
from bosett_web.queries.weighing import claims_known, weighed
from bosett_web.records.models import (
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
from bosett_web.records.models.meetings import NOT_TO_BE

Row = TypeVar("Row")


class NoRound(LookupError):
    """There is no round for that year."""


@dataclass(frozen=True, slots=True)
class CriteriaRow:
    """A version of the criteria."""

    id: int
    version: int
    state: str
    title: str
    wording: str
    file: str
    day: date
    submitted_by: int | None


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A registered forecast, in persons."""

    id: int
    version: int
    low: int
    middle: int
    high: int
    under15: int | None
    from15: int | None
    as_of: date
    publisher: str
    note: str
    day: date


@dataclass(frozen=True, slots=True)
class People:
    """A number, and the minors within it; None is missing."""

    number: int | None
    under15: int | None = None
    from15: int | None = None


@dataclass(frozen=True, slots=True)
class TargetsRow:
    """A version of the targets; `counties` by county code."""

    id: int
    version: int
    state: str
    criteria: int | None
    forecast: int | None
    national: People
    counties: Mapping[str, People]
    note: str
    day: date
    submitted_by: int | None


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A run of the proposal."""

    id: int
    version: int
    state: str
    targets: int
    criteria_file: str
    progress: int
    error: str
    rules: str
    inputs_sha256: str
    result_sha256: str
    day: date
    submitted_by: int | None


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A county's recommendation with its sums: persons and minors recommended, and the outcome of the meeting.

    `unreasoned` counts the municipalities whose number departs without a reason; `reason` is the county's for the
    whole; `outcome_reason` says why the meeting came to another sum than the target; `changed` grows with each change
    of its lines.
    """

    id: int
    county: str
    state: str
    proposal: int | None
    reason: str
    submitted_by: int | None
    discussed_by: int | None
    lines: int
    missing: int
    total: int
    unreasoned: int
    outcomes_missing: int
    outcome_total: int
    outcome_reason: str
    under15: int | None
    from15: int | None
    decided_by: str
    decided_on: date | None
    case_number: str
    changed: int

    @property
    def given(self) -> int | None:
        """Persons recommended so far; None while no municipality has a number."""
        return None if self.missing == self.lines else self.total


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting; county empty is the joint one.

    `uid`, `sequence` and `changed_at` are what calendars know it by: always the same, how often it was changed, and
    when it last was.
    """

    id: int
    county: str
    state: str
    at: datetime
    place: str
    agenda: str
    minutes: str
    present_directorate: str
    present_ks: str
    present_county: str
    uid: UUID
    sequence: int
    changed_at: datetime
    called_off_on: date | None = None
    called_off_why: str = ""

    @property
    def is_off(self) -> bool:
        """Whether it will not be held."""
        return self.state in NOT_TO_BE


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """That a document is withheld from the public: on what ground, what the ground leaves out, and since when."""

    id: int
    kind: str
    key: str
    ground: str
    detail: str
    day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as it stands.

    `meetings` holds those that are to be held or have been, by county; `called_off` the newest of each county that
    will not be. `withheld` holds what is kept from the public now, by kind and key of the document.
    """

    year: int
    state: str
    planned: int | None
    submitted_by: int | None
    frozen_at: datetime | None
    release_at: datetime | None
    criteria: tuple[CriteriaRow, ...]
    forecasts: tuple[ForecastRow, ...]
    targets: tuple[TargetsRow, ...]
    proposals: tuple[ProposalRow, ...]
    recommendations: Mapping[str, RecommendationRow]
    meetings: Mapping[str, MeetingRow]
    called_off: Mapping[str, MeetingRow] = field(default_factory=dict)
    withheld: Mapping[tuple[str, str], WithheldRow] = field(default_factory=dict)
    skips: Mapping[str, str] = field(default_factory=dict)
    final_numbers: Mapping[str, int] = field(default_factory=dict)
    consulted: Mapping[str, int] | None = None
    ks_answered_at: datetime | None = None

    @property
    def is_former(self) -> bool:
        """Whether it is a round from before the workspace: frozen at no known moment, told by published figures."""
        return self.state == "frozen" and self.frozen_at is None

    @property
    def finals(self) -> int:
        """Municipalities that have a final number."""
        return len(self.final_numbers)

    @property
    def final_total(self) -> int:
        """Persons in all."""
        return sum(self.final_numbers.values())

    @property
    def current_criteria(self) -> CriteriaRow | None:
        """The newest version that the ministry has adopted."""
        return _last([row for row in self.criteria if row.state in ("adopted", "shared")])

    @property
    def current_forecast(self) -> ForecastRow | None:
        """The newest registered forecast."""
        return _last(list(self.forecasts))

    @property
    def current_targets(self) -> TargetsRow | None:
        """The newest decided targets."""
        return _last([row for row in self.targets if row.state == "decided"])

    @property
    def current_proposal(self) -> ProposalRow | None:
        """The newest shared proposal."""
        return _last([row for row in self.proposals if row.state == "shared"])

    @property
    def changed_since_consulted(self) -> Mapping[str, tuple[int | None, int | None]]:
        """The numbers that have changed since KS was asked: municipality to (then, now); empty when none has."""
        if self.consulted is None:
            return {}
        codes = sorted(self.consulted.keys() | self.final_numbers.keys())
        both = {code: (self.consulted.get(code), self.final_numbers.get(code)) for code in codes}
        return {code: (then, now) for code, (then, now) in both.items() if then != now}

    def out_of_date(self, row: TargetsRow | ProposalRow | RecommendationRow) -> tuple[str, ...]:
        """Return what a row rests on that has a newer version: criteria, forecast, targets, proposal."""
        stale = []
        if isinstance(row, TargetsRow):
            if self.current_criteria and row.criteria != self.current_criteria.id:
                stale.append("criteria")
            if self.current_forecast and row.forecast != self.current_forecast.id:
                stale.append("forecast")
        elif isinstance(row, ProposalRow):
            if self.current_targets and row.targets != self.current_targets.id:
                stale.append("targets")
        elif self.current_proposal and row.proposal != self.current_proposal.id:
            stale.append("proposal")
        return tuple(stale)


def years() -> tuple[int, ...]:
    """Return the years of the rounds, newest first."""
    return tuple(SettlementRound.objects.order_by("-year").values_list("year", flat=True))


def standing(year: int) -> Standing:
    """Return where a round stands, in a dozen queries.

    Raises:
        NoRound: There is none for the year.
    """
    found = SettlementRound.objects.filter(pk=year).first()
    if found is None:
        raise NoRound(year)
    proposals = _proposals(year)
    finals = FinalNumber.objects.filter(round=year).order_by("municipality").values_list("municipality", "number")
    meetings = _meetings(year)
    return Standing(
        year=year,
        state=found.state,
        planned=found.planned,
        submitted_by=found.submitted_by_id,
        frozen_at=found.frozen_at,
        release_at=found.release_at,
        criteria=rows_of(CriteriaRow, CriteriaSet.objects.filter(round=year).order_by("version")),
        forecasts=rows_of(ForecastRow, Forecast.objects.filter(round=year).order_by("version")),
        targets=_targets(year),
        proposals=proposals,
        recommendations=_recommendations(year, proposals),
        meetings={row.county: row for row in meetings if not row.is_off},
        called_off={row.county: row for row in meetings if row.is_off},
        withheld=_withheld(year),
        skips=dict(Skip.objects.filter(round=year).order_by("gate").values_list("gate", "reason")),
        final_numbers=dict(finals),
        consulted=found.consulted,
        ks_answered_at=found.ks_answered_at,
    )


def _meetings(year: int) -> tuple[MeetingRow, ...]:
    """Return every meeting by county, as they were planned."""
    return rows_of(MeetingRow, Meeting.objects.filter(round=year).order_by("county", "pk"))


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


def _recommendations(year: int, proposals: Sequence[ProposalRow]) -> dict[str, RecommendationRow]:
    """Return the recommendations by county, in two queries: the rule tells what a line departs from, not SQL."""
    proposed = ProposalLine.objects.filter(
        proposal=OuterRef("recommendation__proposal"), municipality=OuterRef("municipality")
    ).values("number")[:1]
    own = [name for name in _Told._fields if name not in ("code", "proposed")]
    told: dict[int, list[_Told]] = {}
    for recommendation, *values in (
        RecommendationLine.objects.filter(recommendation__round=year)
        .annotate(proposed=Subquery(proposed))
        .order_by("municipality")
        .values_list("recommendation_id", "municipality", *own, "proposed")
    ):
        told.setdefault(recommendation, []).append(_Told(*values))
    runs = {row.id: row for row in proposals}
    return {
        row.county: _recommendation(row, tuple(told.get(row.pk, [])), runs.get(row.proposal_id or 0))
        for row in Recommendation.objects.filter(round=year).order_by("county")
    }


def _recommendation(row: Recommendation, lines: tuple[_Told, ...], run: ProposalRow | None) -> RecommendationRow:
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
        unreasoned=_unreasoned(lines, (run.criteria_file, run.day) if run else None),
        outcomes_missing=sum(line.outcome is None for line in lines),
        outcome_total=sum(line.outcome or 0 for line in lines),
        outcome_reason=row.outcome_reason,
        under15=_known_sum([line.under15 for line in lines]),
        from15=_known_sum([line.from15 for line in lines]),
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        case_number=row.case_number,
        changed=row.changed,
    )


@lru_cache(maxsize=256)
def _unreasoned(lines: tuple[_Told, ...], rests_on: tuple[str, date] | None) -> int:
    """Count the lines that lack a reason; remembered, as every page asks it of lines that seldom change."""
    claims = claims_known(*rests_on) if rests_on else None
    return sum(lacks_reason(weighed(line, claims), line.reason) for line in lines)


def _known_sum(numbers: Sequence[int | None]) -> int | None:
    """Return the sum of what is given; None when nothing is."""
    given = [number for number in numbers if number is not None]
    return sum(given) if given else None


def _last(rows: list[Row]) -> Row | None:
    return rows[-1] if rows else None
