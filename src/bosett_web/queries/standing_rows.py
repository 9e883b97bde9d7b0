"""The rows of a round as it stands: frozen values that gates, duties and pages ask, whoever read them."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from bosett.figures import SHIPPED, Layers
from bosett.rounds.due import CalendarStep, DueBy
from bosett.rounds.states import CriteriaState, ProposalState, RoundState, TargetsState
from bosett_web.records.models.meetings import NOT_TO_BE

Row = TypeVar("Row")
Read = TypeVar("Read")


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
    document: str
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
    of its lines. `own_columns` has what the county calls columns of its own, by field of the lines.
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
    own_columns: Mapping[str, str]

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
    will not be. `least` is the fewest persons that a municipality is asked for, where it is known. `figures` are those
    that the workspace reads now. `calendar` says by when each step is to be done, as far as a day or a season is known.
    `withheld` holds what is kept from the public now, by kind and key of the document. `memory` holds what has been
    read beside it; a standing that is not kept has none.
    """

    year: int
    state: str
    planned: int | None
    least: int | None
    submitted_by: int | None
    frozen_at: datetime | None
    closed_on: date | None
    release_at: datetime | None
    criteria: tuple[CriteriaRow, ...]
    forecasts: tuple[ForecastRow, ...]
    targets: tuple[TargetsRow, ...]
    proposals: tuple[ProposalRow, ...]
    recommendations: Mapping[str, RecommendationRow]
    meetings: Mapping[str, MeetingRow]
    calendar: Mapping[CalendarStep, DueBy] = field(default_factory=dict)
    called_off: Mapping[str, MeetingRow] = field(default_factory=dict)
    withheld: Mapping[tuple[str, str], WithheldRow] = field(default_factory=dict)
    skips: Mapping[str, str] = field(default_factory=dict)
    final_numbers: Mapping[str, int] = field(default_factory=dict)
    consulted: Mapping[str, int] | None = None
    ks_answered_at: datetime | None = None
    figures: Layers = SHIPPED
    memory: dict[Hashable, Any] | None = field(default=None, compare=False, repr=False)

    def remembered(self, name: Hashable, read: Callable[[], Read]) -> Read:
        """Return what is read of the round's rows; while a standing is kept, it is read once.

        Args:
            name: What it is, with all that it depends on beside the round.
            read: Reads it. Nobody changes what comes out.
        """
        if self.memory is None:
            return read()
        if name not in self.memory:
            self.memory[name] = read()
        value: Read = self.memory[name]
        return value

    @property
    def is_former(self) -> bool:
        """Whether it is a round from before the workspace: frozen at no known moment, told by published figures."""
        return self.is_frozen and self.frozen_at is None

    @property
    def is_frozen(self) -> bool:
        """Whether its numbers are frozen; those of a closed round are."""
        return RoundState(self.state).is_frozen

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it is moved any more."""
        return self.state == RoundState.CLOSED

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
        return _last([row for row in self.criteria if row.state in (CriteriaState.ADOPTED, CriteriaState.SHARED)])

    @property
    def current_forecast(self) -> ForecastRow | None:
        """The newest registered forecast."""
        return _last(list(self.forecasts))

    @property
    def current_targets(self) -> TargetsRow | None:
        """The newest decided targets."""
        return _last([row for row in self.targets if row.state == TargetsState.DECIDED])

    @property
    def current_proposal(self) -> ProposalRow | None:
        """The newest shared proposal."""
        return _last([row for row in self.proposals if row.state == ProposalState.SHARED])

    @property
    def changed_since_consulted(self) -> Mapping[str, tuple[int | None, int | None]]:
        """The numbers that have changed since KS was asked: municipality to (then, now); empty when none has."""
        if self.consulted is None:
            return {}
        codes = sorted(self.consulted.keys() | self.final_numbers.keys())
        both = {code: (self.consulted.get(code), self.final_numbers.get(code)) for code in codes}
        return {code: (then, now) for code, (then, now) in both.items() if then != now}

    def out_of_date(self, row: TargetsRow | ProposalRow | RecommendationRow) -> tuple[str, ...]:
        """Return what a row rests on that has a newer version: criteria, forecast, targets, proposal.

        Nothing of a frozen round is worked over again: that the need moves is told by an alert, and met by a revision.
        """
        stale: list[str] = []
        if self.is_frozen:
            return ()
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


def _last(rows: list[Row]) -> Row | None:
    return rows[-1] if rows else None
