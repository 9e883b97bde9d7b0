"""Who can move in where: telling which groups wait, agreeing on places, and keeping a plan."""

from collections.abc import Sequence

from bosett.basis.weeks import week_of
from bosett.geography import municipalities
from bosett.matching import LocksClash
from bosett.parameters import least_group
from bosett.rounds.states import PlacementState
from bosett.stages.placement import MovingIn, WaitingGroup, large_enough
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import people, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.capacity.placement import (
    TOO_LARGE,
    agreed_place,
    agreed_places,
    group_content,
    moving_content,
    placement_situation,
    plan_digest,
    plan_of,
    waiting_list,
)
from bosett_web.records import clock
from bosett_web.records.models import AgreedPlace, KeptPlan, WaitingList

WEEKS = 12
"""Weeks of a plan."""
MOST = 500
"""Groups of a list."""


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the story of who can move in where."""
    return f"placement:{year}"


@action
def wait(actor: Actor, /, *, year: int, groups: Sequence[WaitingGroup]) -> Event:
    """Tell which groups wait, in place of the list before: small ones are put together before anything is kept.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: There are none, too many, or two of one name.
    """
    require("placement.wait", actor, placement_situation(locked(year)), subject_of(year), year)
    if not groups:
        raise Invalid("table", "waiting_no_group")
    if len(groups) > MOST:
        raise Invalid("table", "waiting_many", {"most": MOST})
    codes = [each.code for each in groups]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise Invalid("table", "waiting_twice", {"group": twice})
    _refuse_agreed(year, groups)
    enough = large_enough(groups, least=least_group(year), too_large=TOO_LARGE)
    WaitingList.objects.create(
        round_id=year,
        day=clock.today(),
        groups=[group_content(each) for each in enough.groups],
        merges=[[each.small, each.into] for each in enough.merges],
        alone=list(enough.alone),
    )
    after = {"groups": len(enough.groups), "put_together": len(enough.merges), "left_aside": len(enough.alone)}
    return note(actor, Entry("placement.wait", subject_of(year), year, {}, after))


@action
def agree(actor: Actor, /, *, year: int, moving: MovingIn) -> Event:
    """Agree that households of a group move in somewhere, whatever else changes.

    Raises:
        Objected: Not by this role, the round is closed, or without a reason.
        Invalid: The group or the municipality is none, or it clashes with the places or with what is agreed already.
    """
    reason = text("reason", moving.reason or "")
    at = locked(year)
    require("placement.agree", actor, placement_situation(at), subject_of(year), year, reason)
    waiting = waiting_list(year)
    if waiting is None or moving.group not in {each.code for each in waiting.groups}:
        raise Invalid("group", "not_a_choice")
    if moving.municipality not in {each.code for each in municipalities(year)}:
        raise Invalid("municipality", "not_a_choice")
    if not people("count", moving.count):
        raise Invalid("count", "number_missing")
    if not 0 <= moving.week.since(week_of(clock.today())) < WEEKS:
        raise Invalid("week", "not_a_week")
    try:
        plan_of(year, clock.today(), WEEKS, moving)
    except LocksClash as refused:
        raise Invalid("count", f"clash_{refused.clashes[0].rule}") from None
    made = AgreedPlace.objects.create(
        round_id=year,
        group=moving.group,
        municipality=moving.municipality,
        week=moving.week.monday,
        kind=moving.kind,
        count=moving.count,
        reason=reason,
        agreed_on=clock.today(),
    )
    after = {"agreed": made.pk, "municipality": moving.municipality, "week": moving.week.monday, "state": made.state}
    texts = {"group": moving.group, "reason": reason}
    return note(actor, Entry("placement.agree", subject_of(year), year, {}, after, texts))


@action
def lift(actor: Actor, /, *, year: int, identity: int, reason: str) -> Event:
    """Lift what was agreed.

    Raises:
        Objected: Not by this role, it is lifted already, or without a reason.
        Invalid: There is no such agreement.
    """
    at, row = locked(year), agreed_place(year, identity)
    if row is None:
        raise Invalid("identity", "agreed_gone")
    require("placement.lift", actor, placement_situation(at, row), subject_of(year), year, reason)
    AgreedPlace.objects.filter(pk=row.id).update(
        state=PlacementState.LIFTED, lifted_on=clock.today(), why_lifted=text("reason", reason, needed=True)
    )
    before, after = ({"agreed": row.id, "state": state} for state in (row.state, PlacementState.LIFTED))
    return note(actor, Entry("placement.lift", subject_of(year), year, before, after, {"reason": reason}))


@action
def keep(actor: Actor, /, *, year: int, seen: str) -> Event:
    """Keep the plan of today: the next one changes as little of it as it can.

    Args:
        actor: Who.
        year: The round.
        seen: What the plan is known by that was looked at.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: Nobody waits, what is agreed cannot be kept, or the plan is another than the one that was seen.
    """
    require("placement.keep", actor, placement_situation(locked(year)), subject_of(year), year)
    waiting = waiting_list(year)
    try:
        plan = plan_of(year, clock.today(), WEEKS)
    except LocksClash as refused:
        raise Invalid("plan", f"clash_{refused.clashes[0].rule}") from None
    if waiting is None or plan is None:
        raise Invalid("plan", "waiting_no_group")
    if plan_digest(plan) != seen:
        raise Invalid("plan", "plan_changed")
    moving = [moving_content(each) for each in plan.plan.moving]
    KeptPlan.objects.create(round_id=year, waiting_id=waiting.id, day=clock.today(), moving=moving)
    after = {"moving": sum(each.count for each in plan.plan.moving), "state": PlacementState.KEPT}
    return note(actor, Entry("placement.keep", subject_of(year), year, {}, after))


def _refuse_agreed(year: int, groups: Sequence[WaitingGroup]) -> None:
    """Refuse a list in which a group that something is agreed for is gone, or is another than it was.

    Raises:
        Invalid: There is one.
    """
    before, now = waiting_list(year), {each.code: each for each in groups}
    was = {} if before is None else {each.code: each for each in before.groups}
    for row in agreed_places(year):
        if row.moving.week < week_of(clock.today()):
            continue
        new, old = now.get(row.group), was.get(row.group)
        if new is None or (old is not None and (new.kind, new.size) != (old.kind, old.size)):
            raise Invalid("table", "waiting_agreed", {"group": row.group})
