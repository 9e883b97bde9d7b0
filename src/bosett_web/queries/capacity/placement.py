"""Who can move in where: the groups that wait, what is agreed, the plan that was kept last, and the plan of today."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bosett.basis.digest import digest
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import read_week, week_of
from bosett.geography import municipalities
from bosett.parameters import least_group
from bosett.rounds.moves import Situation
from bosett.rounds.placing import MovingPlan, who_can_move_in
from bosett.rounds.states import PlacementState
from bosett.stages.placement import HouseholdKind, MovingIn, WaitingGroup
from bosett_web.queries.capacity.capacity import reports_about
from bosett_web.queries.rows import rows_of
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import AgreedPlace, KeptPlan, WaitingList

TOO_LARGE = 1
"""By how many sizes a home may be too large."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """The newest list of groups that wait: when it was told, and what was put together in it."""

    id: int
    day: date
    groups: tuple[WaitingGroup, ...]
    merges: tuple[tuple[str, str], ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """What is agreed."""

    id: int
    state: str
    group: str
    municipality: str
    week: date
    kind: str
    count: int
    reason: str
    agreed_on: date

    @property
    def moving(self) -> MovingIn:
        """The same in a plan's terms."""
        return MovingIn(
            self.group, self.municipality, week_of(self.week), PlaceKind(self.kind), self.count, self.reason
        )


@dataclass(frozen=True, slots=True)
class KeptPlanRow:
    """The plan that was kept last."""

    id: int
    day: date
    moving: tuple[MovingIn, ...]


def waiting_list(year: int) -> WaitingRow | None:
    """Return the newest list of groups that wait; None before there is one. One query."""
    row = WaitingList.objects.filter(round=year).order_by("-pk").values().first()
    if row is None:
        return None
    groups = tuple(_group(each) for each in row["groups"])
    merges = tuple((each[0], each[1]) for each in row["merges"])
    return WaitingRow(row["id"], row["day"], groups, merges, tuple(row["alone"]))


def agreed_places(year: int) -> tuple[AgreedRow, ...]:
    """Return what is agreed and not lifted. One query."""
    return rows_of(
        AgreedRow, AgreedPlace.objects.filter(round=year, state=PlacementState.AGREED).order_by("week", "pk")
    )


def agreed_place(year: int, identity: int) -> AgreedRow | None:
    """Return one of them, lifted or not; None when there is none. One query."""
    return next(iter(rows_of(AgreedRow, AgreedPlace.objects.filter(round=year, pk=identity))), None)


def kept_plan(year: int) -> KeptPlanRow | None:
    """Return the plan that was kept last; None before there is one. One query."""
    row = KeptPlan.objects.filter(round=year).order_by("-pk").values("id", "day", "moving").first()
    return None if row is None else KeptPlanRow(row["id"], row["day"], tuple(_moving(each) for each in row["moving"]))


def plan_of(year: int, day: date, weeks: int, extra: MovingIn | None = None) -> MovingPlan | None:
    """Return the best plan from a day's week on; None while no groups wait. Four queries.

    Args:
        year: The settlement year.
        day: The workspace's day.
        weeks: Weeks of the plan.
        extra: What is to be agreed besides.

    Raises:
        LocksClash: What is agreed cannot be kept.
    """
    waiting = waiting_list(year)
    if waiting is None:
        return None
    first = week_of(day)
    last = first.after(weeks - 1)
    agreed = [each.moving for each in agreed_places(year)]
    moved = Counter[str]()
    for each in agreed:  # who has moved in since the list was told waits no more
        if week_of(waiting.day) <= each.week < first:
            moved[each.group] += each.count
    former = kept_plan(year)
    return who_can_move_in(
        reports_about(first, last, [place.code for place in municipalities(year)]),
        day,
        [_waited(each, waiting.day, day, moved[each.code]) for each in waiting.groups],
        first,
        last,
        least=least_group(year),
        too_large=TOO_LARGE,
        agreed=() if extra is None else (extra,),
        promised=[each for each in agreed if first <= each.week <= last],
        former=[each for each in former.moving if first <= each.week <= last] if former else (),
    )


def plan_digest(plan: MovingPlan) -> str:
    """Return what a plan is known by: who keeps it keeps the one that they have seen."""
    return digest({"moving": [moving_content(each) for each in plan.plan.moving]})


def placement_situation(at: Standing, row: AgreedRow | None = None) -> Situation:
    """Return the situation of a list, a plan or an agreement that is not there yet; or of one that is."""
    return replace(new_situation(at), state=None if row is None else row.state)


def group_content(group: WaitingGroup) -> Mapping[str, Any]:
    """Return a group as it is kept."""
    return {
        "code": group.code,
        "kind": group.kind.value,
        "size": group.size,
        "count": group.count,
        "waited": group.waited,
        "first": None if group.first is None else str(group.first),
        "near": sorted(group.near),
    }


def moving_content(moving: MovingIn) -> Mapping[str, Any]:
    """Return who moves in where as it is kept."""
    return {
        "group": moving.group,
        "municipality": moving.municipality,
        "week": str(moving.week),
        "kind": moving.kind.value,
        "count": moving.count,
    }


def _group(row: Mapping[str, Any]) -> WaitingGroup:
    first = row["first"]
    return WaitingGroup(
        code=row["code"],
        kind=HouseholdKind(row["kind"]),
        size=row["size"],
        count=row["count"],
        waited=row["waited"],
        first=None if first is None else read_week(first),
        near=frozenset(row["near"]),
    )


def _moving(row: Mapping[str, Any]) -> MovingIn:
    return MovingIn(row["group"], row["municipality"], read_week(row["week"]), PlaceKind(row["kind"]), row["count"])


def _waited(group: WaitingGroup, told_on: date, day: date, moved: int) -> WaitingGroup:
    """Return a group with the weeks that it has waited since the list was told, without who has moved in since."""
    since = week_of(day).since(week_of(told_on))
    return replace(group, count=max(group.count - moved, 0), waited=group.waited + max(since, 0))
