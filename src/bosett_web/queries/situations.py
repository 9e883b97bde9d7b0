"""What the table of moves judges by: situations, as pure functions of where a round stands.

So the button on the page and the action behind it judge alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bosett.geography import counties, municipalities
from bosett.rounds.moves import Gate, Situation
from bosett.rounds.states import MeetingState, RecommendationState, RoundState, TargetsState
from bosett_web.queries.standing_rows import (
    CriteriaRow,
    MeetingRow,
    ProposalRow,
    RecommendationRow,
    Standing,
    TargetsRow,
)

_COUNTYS = ("open", "ready")
"""States in which the county's own sum is what is handed on; after them it is the meeting's."""


def round_situation(at: Standing) -> Situation:
    """Return the situation of the round itself: its final numbers."""
    return _situation(at, at.state, _common(at) | _of_numbers(at), submitted_by=at.submitted_by)


def correction_situation(at: Standing, submitted_by: int) -> Situation:
    """Return the situation of a proposed correction of a frozen number."""
    return _situation(at, at.state, _common(at), submitted_by=submitted_by)


def new_situation(at: Standing) -> Situation:
    """Return the situation of something that does not exist yet: a draft, a forecast, a run, a plan."""
    return _situation(at, None, _common(at))


def criteria_situation(at: Standing, row: CriteriaRow) -> Situation:
    """Return the situation of a version of the criteria."""
    return _situation(at, row.state, _common(at), submitted_by=row.submitted_by)


def targets_situation(at: Standing, row: TargetsRow) -> Situation:
    """Return the situation of a version of the targets."""
    unmet = _common(at)
    if (open_sum := _open_sum(row)) is not None:
        unmet[Gate.SUMS_CLOSE] = open_sum
    if row.state != TargetsState.DECIDED and (stale := at.out_of_date(row)):
        unmet[Gate.UP_TO_DATE] = {"what": ", ".join(stale)}
    return _situation(at, row.state, unmet, submitted_by=row.submitted_by)


def proposal_situation(at: Standing, row: ProposalRow) -> Situation:
    """Return the situation of a run of the proposal."""
    unmet = _common(at)
    if stale := at.out_of_date(row):
        unmet[Gate.UP_TO_DATE] = {"what": ", ".join(stale)}
    return _situation(at, row.state, unmet, submitted_by=row.submitted_by)


def recommendation_situation(at: Standing, row: RecommendationRow) -> Situation:
    """Return the situation of a county's recommendation."""
    unmet = _common(at)
    if row.missing or not row.lines:
        unmet[Gate.NUMBERS_COMPLETE] = {"missing": row.missing}
    if row.unreasoned:
        unmet[Gate.DEPARTURES_REASONED] = {"missing": row.unreasoned}
    if (away := from_target(at, row)) is not None and away.number:
        unmet[Gate.TARGET_KEPT] = {"sum": away.sum, "target": away.target, "away": away.number}
    if row.outcomes_missing:
        unmet[Gate.OUTCOMES_COMPLETE] = {"missing": row.outcomes_missing}
    if stale := at.out_of_date(row):
        unmet[Gate.UP_TO_DATE] = {"what": ", ".join(stale)}
    meeting = at.meetings.get(row.county)
    if meeting is None or meeting.state != MeetingState.HELD:
        unmet[Gate.MEETING_HELD] = {}
    submitted_by = row.discussed_by if row.state == RecommendationState.DISCUSSED else row.submitted_by
    why = row.reason if row.state in _COUNTYS else row.outcome_reason
    answered = frozenset({Gate.TARGET_KEPT}) if why.strip() else frozenset()
    whole = _situation(at, row.state, unmet, row.county, submitted_by)
    return replace(whole, answered=answered)


@dataclass(frozen=True, slots=True)
class Away:
    """A county's sum beside its target, in persons: `number` is above it, below nothing when it is below."""

    sum: int
    target: int

    @property
    def number(self) -> int:
        """Persons above the target."""
        return self.sum - self.target


def from_target(at: Standing, row: RecommendationRow) -> Away | None:
    """Return the sum that is handed on next beside the county's target; None until both are whole."""
    target, own = county_target(at, row.county), row.state in _COUNTYS
    if target is None or not row.lines or (row.missing if own else row.outcomes_missing):
        return None
    return Away(row.total if own else row.outcome_total, target)


def target_reason(at: Standing, row: RecommendationRow) -> str:
    """Return the county's reason for another sum than its target, as printed: nothing where its sum is the target."""
    return "" if not row.missing and row.total == county_target(at, row.county) else row.reason


def meeting_situation(at: Standing, row: MeetingRow) -> Situation:
    """Return the situation of a meeting."""
    unmet = _common(at)
    if not row.minutes.strip():
        unmet[Gate.MINUTES_WRITTEN] = {}
    return _situation(at, row.state, unmet, row.county)


def county_target(at: Standing, county: str) -> int | None:
    """Return a county's decided target in persons, or None when there is none."""
    targets = at.current_targets
    return targets.counties[county].number if targets and county in targets.counties else None


def _situation(
    at: Standing,
    state: str | None,
    unmet: Mapping[Gate, Mapping[str, object]],
    area: str = "",
    submitted_by: int | None = None,
) -> Situation:
    """Return the situation of a thing of a round: with the gates that it may pass, and whether the round is closed."""
    return Situation(state, area, unmet, _skipped(at), submitted_by, closed_on=at.closed_on)


def _common(at: Standing) -> dict[Gate, Mapping[str, object]]:
    unmet: dict[Gate, Mapping[str, object]] = {}
    if at.current_criteria is None:
        unmet[Gate.CRITERIA_ADOPTED] = {}
    if at.current_forecast is None:
        unmet[Gate.FORECAST_REGISTERED] = {}
    if at.current_targets is None:
        unmet[Gate.TARGETS_DECIDED] = {}
    if at.current_proposal is None:
        unmet[Gate.PROPOSAL_SHARED] = {}
    if at.state != RoundState.OPEN:
        unmet[Gate.NOT_FROZEN] = {}
    if not at.is_frozen:
        unmet[Gate.FROZEN] = {}
    return unmet


def _of_numbers(at: Standing) -> dict[Gate, Mapping[str, object]]:
    unmet: dict[Gate, Mapping[str, object]] = {}
    rows = at.recommendations.values()
    final = sum(row.state == RecommendationState.FINAL and not at.out_of_date(row) for row in rows)
    if final < len(counties(at.year)):
        unmet[Gate.RECOMMENDATIONS_FINAL] = {"missing": len(counties(at.year)) - final}
    if at.finals < len(municipalities(at.year)):
        unmet[Gate.NUMBERS_COMPLETE] = {"missing": len(municipalities(at.year)) - at.finals}
    if at.consulted is None:
        unmet[Gate.KS_ASKED] = {}
    if at.ks_answered_at is None or at.consulted != at.final_numbers:
        unmet[Gate.KS_CONSULTED] = {}
    target = at.current_targets.national.number if at.current_targets else None
    if target is None or at.final_total != target:
        unmet[Gate.TARGET_REACHED] = {"sum": at.final_total, "target": target or 0}
    return unmet


def _open_sum(row: TargetsRow) -> Mapping[str, object] | None:
    """Return the first sum over the counties that does not close, in words' facts; None when all do."""
    for what in ("number", "under15", "from15"):
        whole = getattr(row.national, what)
        parts = [getattr(people, what) for people in row.counties.values()]
        if what != "number" and whole is None and all(part is None for part in parts):
            continue
        total = sum(part or 0 for part in parts)
        if total != whole or any(part is None for part in parts):
            return {"sum": total, "target": "–" if whole is None else whole, "what": what}
    return None


def _skipped(at: Standing) -> frozenset[Gate]:
    return frozenset(Gate(gate) for gate in at.skips)
