"""Idle places beside people who wait: what municipalities have reported that they can take, less those agreed upon.

A place is for as few persons as it is for at least, as in the capacity reports. Of those agreed upon but not moved in,
the ledger and the plan of who moves in where count the same people each in its own way: the larger of the two has taken
places. A municipality that nothing usable is reported of has no number here, and that is no 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bosett.stages.capacity.holding import RoomAhead
from bosett.stages.capacity.reports import LEAST_IN
from bosett.stages.placement import MovingIn
from bosett.stages.settlement.ledger import Key, LedgerCount, LedgerGroup, SettlementStep
from bosett.stages.settlement.sides import SidedCount


@dataclass(frozen=True, slots=True)
class IdlePlaces:
    """The places of some municipalities in the weeks to come, in persons.

    Attributes:
        reported: What they can take.
        idle: What is left of it when those agreed upon have theirs, each municipality by itself.
        reporting: How many municipalities that is of.
        unknown: How many others there are: nothing usable is reported, or a hidden count is in what is agreed upon.
    """

    reported: int
    idle: int
    reporting: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PeopleWaiting:
    """Who has been enquired about and not agreed upon, of some municipalities.

    Attributes:
        persons: So many, of those where both are told.
        municipalities: How many those are.
        unknown: How many others have been enquired about people: what was agreed upon is not told, or a count is
            hidden.
    """

    persons: int
    municipalities: int
    unknown: int


def idle_places(
    rooms: Mapping[str, RoomAhead], taken: Mapping[str, int | None], municipalities: Iterable[str]
) -> IdlePlaces | None:
    """Return the idle places of some municipalities; None when nothing is known of any.

    Args:
        rooms: What each can take in all of the weeks.
        taken: Persons agreed upon who have not moved in, as `places_taken` gives them.
        municipalities: Whose places.
    """
    reported = idle = reporting = unknown = 0
    for code in municipalities:
        room = rooms.get(code)
        agreed = taken[code]
        if room is None or room.persons is None or agreed is None:
            unknown += 1
            continue
        reported += room.persons
        idle += max(room.persons - agreed, 0)
        reporting += 1
    return IdlePlaces(reported, idle, reporting, unknown) if reporting else None


def places_taken(
    rows: Mapping[Key, SidedCount], moving: Iterable[MovingIn], municipalities: Iterable[str]
) -> Mapping[str, int | None]:
    """Return how many agreed upon have not moved in, by municipality, in persons; None when a count of it is hidden.

    Nobody that neither the ledger nor the plan tells of has taken a place.

    Args:
        rows: What counts in the ledger.
        moving: Who is agreed to move in, in the weeks that are asked of.
        municipalities: Which.
    """
    planned = Counter[str]()
    for each in moving:
        planned[each.municipality] += each.count * LEAST_IN[each.kind]
    return {
        code: _larger(_still_out(rows, code, SettlementStep.AGREED, SettlementStep.SETTLED), planned[code])
        for code in municipalities
    }


def people_waiting(rows: Mapping[Key, SidedCount], municipalities: Iterable[str]) -> PeopleWaiting | None:
    """Return who waits for a yes in some municipalities; None when nobody tells of anybody enquired about.

    Args:
        rows: What counts in the ledger.
        municipalities: Which.
    """
    enquired, agreed = SettlementStep.ENQUIRED, SettlementStep.AGREED
    asked = [code for code in municipalities if _count(rows, code, enquired) is not None]
    waits = [None if _count(rows, code, agreed) is None else _still_out(rows, code, enquired, agreed) for code in asked]
    known = [each for each in waits if each is not None]
    return PeopleWaiting(sum(known), len(known), len(asked) - len(known)) if asked else None


def _still_out(rows: Mapping[Key, SidedCount], code: str, step: SettlementStep, later: SettlementStep) -> int | None:
    """Return how many have come to a step and not to a later one; None when a count is hidden."""
    come, gone = (_count(rows, code, each) for each in (step, later))
    if any(count is not None and count.hidden for count in (come, gone)):
        return None
    return max(sum(count.shown for count in (come,) if count) - sum(count.shown for count in (gone,) if count), 0)


def _larger(one: int | None, other: int) -> int | None:
    return None if one is None else max(one, other)


def _count(rows: Mapping[Key, SidedCount], code: str, step: SettlementStep) -> LedgerCount | None:
    sided = rows.get((code, step, LedgerGroup.ALL))
    return None if sided is None else sided.count
