"""Who can move in where: capacity reports and groups that wait, woven into one plan.

Of what is known of a week only what is said counts: a contradiction or an expired report gives no places, and neither
does a place before there can be keys to it. What is left aside is counted by its reason.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.basis.weeks import Week
from bosett.matching import Keep
from bosett.stages.capacity.holding import Key, Places, Voice, known_places
from bosett.stages.capacity.reports import Firmness, LocalSituation, Report
from bosett.stages.placement import MovingIn, PlacementPlan, WaitingGroup, plan_placement


class PlacesAside(StrEnum):
    """Why places that are reported are not counted on.

    Two say otherwise; the report has expired; there are no keys yet in that week for who is agreed upon on the day; the
    municipality takes only those who are near already; or the places are not as sure as was asked for.
    """

    CONTRADICTED = "contradicted"
    EXPIRED = "expired"
    BEFORE_KEYS = "before_keys"
    ONLY_NEARBY = "only_nearby"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class MovingPlan:
    """Who can move in where, and what was not counted on.

    Attributes:
        plan: The plan.
        aside: Weeks of a municipality and kind that were left aside, by reason; only reasons that there are.
    """

    plan: PlacementPlan
    aside: Mapping[PlacesAside, int]


def who_can_move_in(
    reports: Iterable[Report],
    day: date,
    waiting: Iterable[WaitingGroup],
    first: Week,
    last: Week,
    *,
    least: int,
    too_large: int = 1,
    sure: Collection[Firmness] = tuple(Firmness),
    agreed: Iterable[MovingIn] = (),
    promised: Iterable[MovingIn] = (),
    former: Iterable[MovingIn] = (),
    keep: Keep = Keep.LAST,
) -> MovingPlan:
    """Return who can move in where, as reports and groups stand on a day.

    Args:
        reports: Capacity reports, in any order.
        day: The day on which it is asked: what is said later is not known yet.
        waiting: Groups that wait.
        first: The first week of the plan.
        last: The last.
        least: Fewest households of a group that may be kept and shown.
        too_large: By how many sizes a home may be too large.
        sure: How sure places must be to be counted on.
        agreed: What stands as it is, each with its reason.
        promised: What was agreed before, with its reason: it has its place, whatever is reported now.
        former: An earlier plan, for least change.
        keep: What the earlier plan is worth.

    Raises:
        LocksClash: What is agreed cannot be kept.
        BadMatching: A group stands more than once.
    """
    places: dict[Key, int] = {}
    aside: Counter[PlacesAside] = Counter()
    for key, known in known_places(reports, first, last, day).items():
        why = _why_aside(known, key[2], day, sure)
        if known.count is None or why is not None:
            aside[why or _NOT_SAID[known.voice]] += 1
        else:
            places[key] = known.count
    stands = tuple(promised)
    taken: Counter[Key] = Counter()
    for each in stands:
        taken[each.municipality, each.kind, each.week] += each.count
    for place, count in taken.items():
        places[place] = max(places.get(place, count), count)
    locks = (*stands, *agreed)
    plan = plan_placement(
        waiting, places, first, last, least=least, too_large=too_large, agreed=locks, former=former, keep=keep
    )
    return MovingPlan(plan, {why: aside[why] for why in PlacesAside if aside[why]})


_NOT_SAID = {Voice.CONTRADICTED: PlacesAside.CONTRADICTED, Voice.EXPIRED: PlacesAside.EXPIRED}


def _why_aside(known: Places, week: Week, day: date, sure: Collection[Firmness]) -> PlacesAside | None:
    """Return why places that are said are left aside; None when they are counted on, and where there are none."""
    report = known.report
    if report is None or not known.count:
        return None
    keys = report.earliest(day)
    if keys is not None and week < keys:
        return PlacesAside.BEFORE_KEYS
    if report.situation is LocalSituation.ONLY_NEARBY:
        return PlacesAside.ONLY_NEARBY
    return None if known.firmness in sure else PlacesAside.NOT_SURE
