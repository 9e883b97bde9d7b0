"""Idle places beside people who wait: each municipality by itself, and what is not known is no number."""

from collections.abc import Mapping
from datetime import date

import pytest

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week
from bosett.rounds.idle import IdlePlaces, PeopleWaiting, idle_places, people_waiting, places_taken
from bosett.stages.capacity.holding import RoomAhead
from bosett.stages.placement import MovingIn
from bosett.stages.settlement.ledger import Key, LedgerCount, LedgerGroup, SettlementStep
from bosett.stages.settlement.sides import LedgerSide, SidedCount
from ledgers import ASKOY, BERGEN, OSLO

ENQUIRED, AGREED, SETTLED = SettlementStep
ALL_THREE = (BERGEN, ASKOY, OSLO)


def ledger(*rows: tuple[str, SettlementStep, int, int]) -> Mapping[Key, SidedCount]:
    return {
        (code, step, LedgerGroup.ALL): SidedCount(LedgerCount(shown, hidden, 1), LedgerSide.DIRECTORATE)
        for code, step, shown, hidden in rows
    }


def room(persons: int | None) -> RoomAhead:
    return RoomAhead(persons, date(2021, 3, 1) if persons is not None else None, contradicted=False, expired=False)


def moving(municipality: str, kind: PlaceKind, count: int) -> MovingIn:
    return MovingIn("g", municipality, Week(2021, 12), kind, count)


def test_what_is_left_of_the_places_is_each_municipality_s_own() -> None:
    rooms = {BERGEN: room(30), ASKOY: room(4), OSLO: room(0)}
    taken = {BERGEN: 12, ASKOY: 9, OSLO: 0}
    # Askøy has agreed upon five more than it has places for: that takes none of Bergen's.
    assert idle_places(rooms, taken, ALL_THREE) == IdlePlaces(reported=34, idle=18, reporting=3, unknown=0)


def test_nothing_reported_and_hidden_counts_are_unknown_and_no_0() -> None:
    rooms = {BERGEN: room(30), ASKOY: room(None)}
    assert idle_places(rooms, {BERGEN: 12, ASKOY: 0, OSLO: 0}, ALL_THREE) == IdlePlaces(30, 18, 1, 2)
    assert idle_places(rooms, {BERGEN: None, ASKOY: 0, OSLO: 0}, ALL_THREE) is None
    assert idle_places({}, dict.fromkeys(ALL_THREE, 0), ALL_THREE) is None
    assert idle_places({BERGEN: room(0)}, {BERGEN: 0}, [BERGEN]) == IdlePlaces(0, 0, 1, 0)


def test_of_the_ledger_and_the_plan_the_larger_has_taken_places() -> None:
    rows = ledger((BERGEN, AGREED, 20, 0), (BERGEN, SETTLED, 8, 0), (ASKOY, AGREED, 3, 0), (ASKOY, SETTLED, 3, 0))
    homes = [moving(BERGEN, PlaceKind.FAMILY_4_5, 2), moving(ASKOY, PlaceKind.ADULT, 2)]
    # Bergen: 20 - 8 = 12 in the ledger, two homes for 4 at least in the plan. Askøy: none, and 2.
    assert places_taken(rows, homes, ALL_THREE) == {BERGEN: 12, ASKOY: 2, OSLO: 0}
    assert places_taken(rows, [moving(BERGEN, PlaceKind.FAMILY_4_5, 4)], [BERGEN]) == {BERGEN: 16}


@pytest.mark.parametrize("step", [AGREED, SETTLED])
def test_a_hidden_count_says_nothing_of_the_places(step: SettlementStep) -> None:
    rows = {**ledger((BERGEN, AGREED, 20, 0), (BERGEN, SETTLED, 8, 0)), **ledger((BERGEN, step, 20, 1))}
    assert places_taken(rows, [moving(BERGEN, PlaceKind.ADULT, 40)], [BERGEN]) == {BERGEN: None}


def test_who_moved_in_without_a_yes_that_is_told_has_taken_no_place_to_come() -> None:
    assert places_taken(ledger((BERGEN, SETTLED, 8, 0)), [], [BERGEN]) == {BERGEN: 0}


def test_who_waits_is_who_was_enquired_about_and_not_agreed_upon() -> None:
    rows = ledger((BERGEN, ENQUIRED, 30, 0), (BERGEN, AGREED, 22, 0), (ASKOY, ENQUIRED, 5, 0), (ASKOY, AGREED, 6, 0))
    assert people_waiting(rows, ALL_THREE) == PeopleWaiting(persons=8, municipalities=2, unknown=0)
    assert people_waiting(rows, [OSLO]) is None
    assert people_waiting(ledger((BERGEN, AGREED, 3, 0)), ALL_THREE) is None


def test_who_waits_is_unknown_where_a_count_is_hidden_or_no_yes_is_told() -> None:
    rows = ledger((BERGEN, ENQUIRED, 30, 1), (BERGEN, AGREED, 22, 0), (ASKOY, ENQUIRED, 5, 0))
    assert people_waiting(rows, ALL_THREE) == PeopleWaiting(0, 0, 2)
    assert people_waiting({**rows, **ledger((OSLO, ENQUIRED, 3, 0), (OSLO, AGREED, 1, 0))}, ALL_THREE) == PeopleWaiting(
        2, 1, 2
    )
