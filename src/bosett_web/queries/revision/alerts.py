"""Alerts that the need has moved: what is known of the need now, the target it is held against, and what stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.rounds.moves import Situation
from bosett.rounds.need_alerts import NeedGroup, NeedMove
from bosett.rounds.notices import Stream
from bosett.rounds.states import RevisionState
from bosett_web.queries.notices.need import stopped_years
from bosett_web.queries.notices.notices import stops_in
from bosett_web.queries.rows import rows_of
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.choices import NeedBasis
from bosett_web.records.models import NeedAlert, Request, Revision
from bosett_web.records.models.revisions import STANDING


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it is kept."""

    id: int
    version: int
    state: str
    group: str
    target: int
    low: int | None
    need: int
    high: int | None
    basis: str
    forecast: int | None
    day: date
    reason: str
    acknowledged_on: date | None
    ended_on: date | None

    @property
    def move(self) -> NeedMove:
        """How far the need had moved."""
        return NeedMove(NeedGroup(self.group), self.target, self.need)

    @property
    def stands(self) -> bool:
        """Whether it is neither over nor replaced."""
        return self.state in STANDING


@dataclass(frozen=True, slots=True)
class NeedKnown:
    """What is known of the need of a group, in persons, and what it rests on.

    Attributes:
        low: None when it is told as one number.
        need: The middle number.
        high: As `low`.
        basis: A registered forecast, or the shipped plan with the stops that are told.
        forecast: Identity of the forecast; None with the plan.
        as_of: The day that it is of.
    """

    low: int | None
    need: int
    high: int | None
    basis: NeedBasis
    forecast: int | None
    as_of: date


def alerts_of(year: int) -> tuple[AlertRow, ...]:
    """Return the alerts of a round, the newest first. One query."""
    return rows_of(AlertRow, NeedAlert.objects.filter(round=year).order_by("-version"))


def standing_alerts(rows: Sequence[AlertRow]) -> Mapping[NeedGroup, AlertRow]:
    """Return the alerts that stand, by group."""
    return {NeedGroup(row.group): row for row in rows if row.stands}


def alert_situation(at: Standing, row: AlertRow | None) -> Situation:
    """Return the situation of an alert; None is one that is not raised."""
    return Situation(None if row is None else row.state, closed_on=at.closed_on)


def target_in_force(at: Standing, *, untold: bool = True) -> int | None:
    """Return the total that stands: of the newest decided revision, else as decided, else as planned. Two queries.

    Args:
        at: The round as it stands.
        untold: Whether a revision counts whose letters have not all come: not for those who are to read them first.
    """
    decided = Revision.objects.filter(round=at.year, state=RevisionState.DECIDED).order_by("-version")
    unsent = Request.objects.filter(round=at.year, sent_at=None).order_by("-day").values_list("day", flat=True)
    if not untold and (newest := unsent.first()) is not None:
        decided = decided.filter(decided_on__lt=newest)
    revised = decided.values_list("total", flat=True).first()
    if revised is not None:
        return revised
    return at.current_targets.national.number if at.current_targets else at.planned


def need_known(at: Standing, day: date) -> Mapping[NeedGroup, NeedKnown]:
    """Return what is known of the need on a day, by group; a group of which nothing is known is not there.

    A registered forecast counts, unless a stop of resettlement has been told or changed since: then it does not know of
    it, and the shipped plan of the year with the stops does. That tells of all alone: a stop leaves the minors' need.
    Two queries, with a stop three.
    """
    forecast = at.current_forecast
    stops = [row for row in stops_in(at.year) if row.stream == Stream.RESETTLEMENT]
    newest = max((row.told_on for row in stops), default=None)
    by_group = _of_forecast(at)
    if newest is not None and (forecast is None or newest > forecast.as_of):
        need = next((each.need for each in stopped_years((at.year,), day) if each.need is not None), None)
        if need is not None:
            of_all = need.stopped["all"]
            by_group[NeedGroup.ALL] = NeedKnown(of_all.p10, of_all.p50, of_all.p90, NeedBasis.PLAN, None, day)
    return by_group


def need_moves(at: Standing, day: date, target_of_all: int | None) -> tuple[tuple[NeedMove, NeedKnown], ...]:
    """Return how far the need of each group is from its target, of those whose need and target are known.

    Args:
        at: The round as it stands.
        day: The workspace's day.
        target_of_all: As `target_in_force` gives it.
    """
    targets = {NeedGroup.ALL: target_of_all, NeedGroup.MINORS: _minors_target(at)}
    return tuple(
        (NeedMove(group, target, known.need), known)
        for group, known in need_known(at, day).items()
        if (target := targets[group]) is not None
    )


def _of_forecast(at: Standing) -> dict[NeedGroup, NeedKnown]:
    row = at.current_forecast
    if row is None:
        return {}
    of_all = NeedKnown(row.low, row.middle, row.high, NeedBasis.FORECAST, row.id, row.as_of)
    if row.under15 is None or row.from15 is None:
        return {NeedGroup.ALL: of_all}
    minors = NeedKnown(None, row.under15 + row.from15, None, NeedBasis.FORECAST, row.id, row.as_of)
    return {NeedGroup.ALL: of_all, NeedGroup.MINORS: minors}


def _minors_target(at: Standing) -> int | None:
    if at.current_targets is None:
        return None
    people = at.current_targets.national
    return None if people.under15 is None or people.from15 is None else people.under15 + people.from15
