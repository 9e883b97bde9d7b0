"""Who can move in where: which homes a household may have, and what of the reports is counted on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week
from bosett.matching import Keep, LocksClash, Merge, Why
from bosett.rounds.placing import MovingPlan, PlacesAside, who_can_move_in
from bosett.stages.capacity.reports import Firmness, Hindrance, LocalSituation, Report
from bosett.stages.placement import (
    BY_SIZE,
    EXACT,
    BadWaitingGroup,
    HouseholdKind,
    Instead,
    MovingIn,
    WaitingGroup,
    kinds_for,
)

ALTA, HAMMERFEST = "5403", "5406"
DAY = date(2020, 12, 18)
W51, W52, W53, W1 = Week(2020, 51), Week(2020, 52), Week(2020, 53), Week(2021, 1)


def report(number: int = 1, **more: Any) -> Report:  # noqa: ANN401  - the fields of a report
    fields: dict[str, Any] = {
        "number": number,
        "municipality": ALTA,
        "kind": PlaceKind.FAMILY_4_5,
        "first": W52,
        "last": W52,
        "count": 6,
        "firmness": Firmness.FIRM,
        "said_by": "municipality",
        "said_on": date(2020, 12, 1),
        "expires_on": date(2021, 6, 30),
    }
    return Report(**(fields | more))


def family(code: str = "family", count: int = 6, **more: Any) -> WaitingGroup:  # noqa: ANN401  - the fields of a group
    fields: dict[str, Any] = {"kind": HouseholdKind.FAMILY, "size": 5, "waited": 20}
    return WaitingGroup(code=code, count=count, **(fields | more))


def planned(reports: list[Report], groups: list[WaitingGroup], **more: Any) -> MovingPlan:  # noqa: ANN401  - the options
    return who_can_move_in(reports, DAY, groups, W51, W1, **({"least": 1} | more))


def test_every_kind_of_place_is_for_somebody() -> None:
    assert {home for home, _ in BY_SIZE} | set(EXACT.values()) == set(PlaceKind)


@pytest.mark.parametrize(
    ("kind", "size", "too_large", "kinds"),
    [
        (HouseholdKind.ADULT, 1, 0, {PlaceKind.ADULT: 0}),
        (HouseholdKind.ADULT, 1, 1, {PlaceKind.ADULT: 0, PlaceKind.FAMILY_2_3: 1}),
        (HouseholdKind.FAMILY, 2, 0, {PlaceKind.FAMILY_2_3: 0}),
        (HouseholdKind.FAMILY, 3, 1, {PlaceKind.FAMILY_2_3: 0, PlaceKind.FAMILY_4_5: 1}),
        (HouseholdKind.FAMILY, 4, 2, {PlaceKind.FAMILY_4_5: 0, PlaceKind.FAMILY_6: 1}),
        (HouseholdKind.FAMILY, 9, 1, {PlaceKind.FAMILY_6: 0}),
        (HouseholdKind.MINOR_UNDER_15, 1, 3, {PlaceKind.MINOR_UNDER_15: 0}),
        (HouseholdKind.ACCESSIBLE, 4, 3, {PlaceKind.ACCESSIBLE: 0}),
    ],
)
def test_which_homes_a_household_may_have(
    kind: HouseholdKind, size: int, too_large: int, kinds: dict[PlaceKind, int]
) -> None:
    assert kinds_for(kind, size, too_large) == kinds


def test_a_size_that_is_not_that_of_the_kind_is_refused() -> None:
    with pytest.raises(BadWaitingGroup, match="size: 2; one who comes alone is 1 person"):
        family(kind=HouseholdKind.MINOR_15_18, size=2)
    with pytest.raises(BadWaitingGroup, match="size: 1; a family is 2 persons or more"):
        family(size=1)


def test_six_families_of_five_move_in_over_the_turn_of_the_year() -> None:
    reports = [report(count=5), report(2, municipality=HAMMERFEST, first=W1, last=W1, count=9)]
    plan = planned(reports, [family()]).plan
    assert plan.moving == (
        MovingIn("family", ALTA, W52, PlaceKind.FAMILY_4_5, 5),
        MovingIn("family", HAMMERFEST, W1, PlaceKind.FAMILY_4_5, 1),
    )
    first, last = plan.explained()
    assert first.why is Why.EARLIEST
    assert first.next_best is not None
    assert (first.next_best.municipality, first.next_best.week, first.next_best.free) == (HAMMERFEST, W1, True)
    assert first.next_best.extra.waited == 5 * 2  # week 53 lies between
    assert last.why is Why.EARLIER_TAKEN
    assert list(plan.explained(plan.moving[1:])) == [last]


def test_no_place_may_be_what_is_next_best() -> None:
    (only,) = planned([report()], [family()]).plan.explained()
    assert only.next_best is not None
    assert only.next_best == Instead(None, None, None, free=False, extra=only.next_best.extra)
    assert only.next_best.extra.unplaced == 5


def test_nobody_comes_before_their_first_week_and_near_decides_among_equals() -> None:
    reports = [report(first=W52, last=W1), report(2, municipality=HAMMERFEST, first=W52, last=W1)]
    plan = planned(reports, [family(first=W53, near=frozenset({HAMMERFEST}))]).plan
    assert [(each.municipality, each.week) for each in plan.moving] == [(HAMMERFEST, W53)]
    past = planned(reports, [family(first=Week(2020, 2))]).plan
    assert {each.week for each in past.moving} == {W52}


@pytest.mark.parametrize(
    ("reports", "aside"),
    [
        ([report(), report(2, said_by="county", count=7)], {PlacesAside.CONTRADICTED: 1}),
        ([report(expires_on=date(2020, 12, 17))], {PlacesAside.EXPIRED: 1}),
        ([report(lead=2)], {PlacesAside.BEFORE_KEYS: 1}),
        (
            [report(situation=LocalSituation.ONLY_NEARBY, hindrance=Hindrance.INFECTION)],
            {PlacesAside.ONLY_NEARBY: 1},
        ),
        ([report(firmness=Firmness.LIKELY)], {PlacesAside.NOT_SURE: 1}),
        ([report(count=0, firmness=Firmness.LIKELY)], {}),
    ],
)
def test_what_cannot_be_counted_on_is_left_aside_and_told(reports: list[Report], aside: dict[PlacesAside, int]) -> None:
    moving = planned(reports, [family()], sure=[Firmness.FIRM])
    assert moving.aside == aside
    assert moving.plan.moving == ()
    assert [(each.group, each.count, each.usable) for each in moving.plan.without] == [("family", 6, 0)]


def test_keys_that_come_in_time_are_counted_on() -> None:
    moving = planned([report(lead=1, firmness=Firmness.LIKELY)], [family()])
    assert (len(moving.plan.moving), moving.aside) == (1, {})


def test_small_groups_are_never_kept_and_what_was_agreed_of_them_follows() -> None:
    groups = [family("four", 2, size=4), family("five", 5), family("lonely", 1, kind=HouseholdKind.ACCESSIBLE)]
    agreed = MovingIn("four", ALTA, W52, PlaceKind.FAMILY_4_5, 2, "the school begins")
    plan = planned([report()], groups, least=5, agreed=[agreed]).plan
    assert (plan.merges, plan.alone) == ((Merge("four", "five"),), ("lonely",))
    assert plan.moving == (
        MovingIn("five", ALTA, W52, PlaceKind.FAMILY_4_5, 4),
        replace(agreed, group="five"),
    )
    assert "lonely" not in {group.code for group in plan.matching.groups}


def test_what_is_agreed_and_cannot_be_kept_is_refused() -> None:
    agreed = MovingIn("family", HAMMERFEST, W52, PlaceKind.FAMILY_4_5, 1, "near kin")
    with pytest.raises(LocksClash, match="no place is open there"):
        planned([report()], [family()], agreed=[agreed])


def test_an_earlier_plan_can_be_kept_before_all_else() -> None:
    reports = [report(count=1, last=W53)]
    former = [MovingIn("family", ALTA, W53, PlaceKind.FAMILY_4_5, 1)]
    for keep, week in ((Keep.FIRST, W53), (Keep.LAST, W52)):
        plan = planned(reports, [family(count=1)], former=former, keep=keep).plan
        assert [each.week for each in plan.moving] == [week]


def test_places_stand_beside_who_waits_for_them() -> None:
    plan = planned([report(kind=PlaceKind.FAMILY_6, count=3)], [family(size=2, count=4)]).plan
    assert [(each.kind, each.places, each.unused, each.waiting, each.waited) for each in plan.kinds] == [
        ("family_2_3", 0, 0, 4, 4 * 2 * 4),
        ("family_6", 3, 3, 0, 0),
    ]
    assert [(each.size, each.units, each.unplaced, each.before) for each in plan.sizes] == [(2, 4, 4, 160)]
