"""Who can move in where in the weeks to come: groups that wait beside places that are reported, as one plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from bosett.basis.weeks import week_of
from bosett.geography import municipalities
from bosett.matching import Levels, LockClash, LocksClash, Unplaced, Why
from bosett.rounds.parties import Party
from bosett.rounds.placing import MovingPlan
from bosett.sources.values import NotRead, read_number
from bosett.stages.placement import Instead, MoveExplained, WaitingGroup
from bosett_web.actions.capacity.placement import WEEKS
from bosett_web.queries.capacity.placement import (
    AgreedRow,
    WaitingRow,
    agreed_places,
    kept_plan,
    placement_situation,
    plan_digest,
    plan_of,
    waiting_list,
)
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.capacity.forms import week_choices, week_told
from bosett_web.screens.capacity.placement_forms import AgreedForm, AgreeForm, WaitingForm
from bosett_web.screens.forms import PageForm, shown
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

ROWS = 50
"""Rows that the page shows at a time, each with its reasons: making those takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class MoveTold:
    """Households that move in, in words, and why there."""

    group: str
    count: int
    place: str
    week: str
    kind: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreedTold:
    """What is agreed, in words, with the form that lifts it."""

    row: AgreedRow
    place: str
    week: str
    lift: Button | None
    form: PageForm | None


def placement(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: The reader is not the directorate.
    """
    if view.request.who.party is not Party.DIRECTORATE:
        raise Http404
    waiting, clashes, plan = waiting_list(view.year), list[str](), None
    try:
        plan = plan_of(view.year, view.day, WEEKS) if waiting else None
    except LocksClash as refused:
        clashes = [_clash(view, each) for each in refused.clashes]
    former = kept_plan(view.year)
    return {
        "waiting": waiting,
        "groups": [(each, group_told(each, view.language)) for each in waiting.groups] if waiting else [],
        "clashes": clashes,
        **(_planned(view, plan, waiting) if plan and waiting else {}),
        "former": former,
        "agreed": [_agreed(view, row) for row in agreed_places(view.year)],
        **_forms(view, waiting, plan),
        "subject": f"placement:{view.year}",
    }


def group_told(group: WaitingGroup, language: str) -> str:
    """Return what a group is, in words."""
    if group.size == 1:
        return say(f"household_{group.kind}", language)
    return say("household_of", language, kind=say(f"household_{group.kind}", language), size=group.size)


def _planned(view: View, plan: MovingPlan, waiting: WaitingRow) -> Mapping[str, Any]:
    names = {each.code: f"{each.code}, {group_told(each, view.language)}" for each in waiting.groups}
    whole = plan.plan
    asked = _from(view)
    begin = asked if asked is not None and asked < len(whole.moving) else 0
    rows = whole.moving[begin : begin + ROWS]
    return {
        "planned": True,
        "moving": [
            MoveTold(
                group=names.get(each.group, each.group),
                count=each.count,
                place=_place(view, each.municipality),
                week=say("week_short", view.language, number=str(each.week.number)),
                kind=say(f"place_{each.kind}", view.language),
                why=_why(view, explained),
            )
            for each, explained in zip(rows, whole.explained(rows), strict=True)
        ],
        "rows": {"first": begin + 1, "last": begin + len(rows), "of": len(whole.moving)},
        "before": max(begin - ROWS, 0) if begin else None,
        "after": begin + ROWS if begin + ROWS < len(whole.moving) else None,
        "without": [
            (names.get(each.group, each.group), each.count, _without(view, each, names)) for each in whole.without
        ],
        "kinds": [(say(f"place_{each.kind}", view.language), each) for each in whole.kinds],
        "sizes": whole.sizes,
        "aside": [(say(f"aside_{why}", view.language), count) for why, count in plan.aside.items()],
        "levels": whole.levels,
        "weeks_planned": WEEKS,
    }


def _from(view: View) -> int | None:
    """Return the row that the page is to begin at, from 0; None when what is written is no number."""
    try:
        return read_number(view.request.GET.get("from", "0"))
    except NotRead:
        return None


def _why(view: View, each: MoveExplained) -> tuple[str, ...]:
    """Return why households move in where they do, and after that what else could have been, sentence by sentence."""
    language = view.language
    if each.moving.reason is not None:
        return (say("why_agreed", language, reason=each.moving.reason),)
    large = f" {say('why_too_large', language, sizes=each.too_large)}" if each.too_large else ""
    parts = [f"{say(f'why_{each.why}', language)}{large}"]
    if each.why is Why.EARLIER_TAKEN and each.earlier is not None:
        parts.append(_instead(view, "why_earlier", each.earlier))
    if each.next_best is not None and each.next_best != each.earlier:
        parts.append(_instead(view, "why_next", each.next_best))
    parts += [
        say(
            "why_other_kind",
            language,
            kind=say(f"place_{other.kind}", language),
            cost=_cost(other.extra, language),
        )
        for other in each.same_week
        if other.kind is not None and other != each.next_best
    ]
    return tuple(parts)


def _instead(view: View, code: str, other: Instead) -> str:
    language = view.language
    if other.municipality is None or other.week is None:
        return say("why_next_none", language, cost=_cost(other.extra, language))
    week = say("week_short", language, number=str(other.week.number))
    place = f"{_place(view, other.municipality)} {week} ({say(f'place_{other.kind}', language)})"
    return say(code, language, place=place, cost=_cost(other.extra, language))


def _cost(levels: Levels, language: str) -> str:
    """Return the level that decides: the first that is not 0."""
    for name, count in levels._asdict().items():
        if count:
            return say(f"cost_{name}", language, count=count)
    return say("cost_nothing", language)


def _without(view: View, each: Unplaced, names: Mapping[str, str]) -> str:
    language = view.language
    if not each.usable:
        return say("without_none", language)
    takers = ", ".join(
        say(
            "without_taker",
            language,
            count=taker.count,
            group=names.get(taker.group, taker.group),
            why=say(f"precedence_{taker.precedence}", language),
        )
        for taker in each.taken_by
    )
    return say("without_taken", language, count=each.usable, takers=takers)


def _agreed(view: View, row: AgreedRow) -> AgreedTold:
    lift = next(
        iter(buttons(view.request, placement_situation(view.whole, row), "placement.lift", identity=row.id)), None
    )
    form = (
        shown(view.request, AgreedForm, "placement.lift", begin=lift.id, identity=row.id)
        if lift and may(lift)
        else None
    )
    return AgreedTold(row, _place(view, row.municipality), week_told(row.moving.week, view.language), lift, form)


def _clash(view: View, clash: LockClash) -> str:
    """Return why what is agreed cannot be kept, in words, with what it is about."""
    language, first = view.language, week_of(view.day)
    about = [
        say(
            "agreed_row",
            language,
            count=lock.count,
            group=lock.group,
            place=_place(view, lock.site),
            week=week_told(first.after(lock.week), language),
        )
        for lock in clash.locks
    ]
    return " ".join([*about, say(f"clash_{clash.rule}", language)])


def _forms(view: View, waiting: WaitingRow | None, plan: MovingPlan | None) -> Mapping[str, Any]:
    situation = placement_situation(view.whole)
    wait, agree = (
        next(iter(buttons(view.request, situation, name)), None) for name in ("placement.wait", "placement.agree")
    )
    seen = plan_digest(plan) if plan else ""
    keep = next(iter(buttons(view.request, situation, "placement.keep", at="plan", seen=seen)), None)
    agree_form = None
    if may(agree) and waiting is not None:
        agree_form = shown(view.request, AgreeForm, "placement.agree", begin="agree")
        agree_form.offer(
            "group", [(each.code, f"{each.code}, {group_told(each, view.language)}") for each in waiting.groups]
        )
        places = sorted(municipalities(view.year), key=lambda each: formats.sort_key(each.display_name))
        agree_form.offer("municipality", [(each.code, each.display_name) for each in places])
        agree_form.offer("week", week_choices(view.day, view.language, WEEKS))
    return {
        "wait": wait,
        "wait_form": shown(view.request, WaitingForm, "placement.wait", begin="wait") if may(wait) else None,
        "agree": agree,
        "agree_form": agree_form,
        "keep": keep,
    }


def _place(view: View, code: str) -> str:
    return next(place.display_name for place in municipalities(view.year) if place.code == code)
