"""Matching by worked examples: each rule of the order of costs alone, locks, least change, prices, measures."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bosett.basis.refusals import Exit
from bosett.matching import (
    BadMatching,
    Group,
    Keep,
    KindUse,
    Levels,
    Lock,
    LocksClash,
    Matched,
    Matching,
    Opening,
    Placement,
    SizeWait,
    Uncertified,
    by_kind,
    by_size,
    check,
    solve,
)
from bosett.matching.flow import Ways, cheapest_flow, shortest
from bosett.matching.network import BeyondWholeNumbers, network_of


def group(code: str, count: int = 1, **more: Any) -> Group:  # noqa: ANN401  - the fields of a group
    fields: dict[str, Any] = {"size": 1, "kinds": {"small": 0}, "waited": 0, "first": 12}
    return Group(code, count, **(fields | more))


def placed(matched: Matched) -> list[tuple[str, str, int, str, int]]:
    return [(each.group, *each.where, each.count) for each in matched.placements]


def test_nobody_and_nothing() -> None:
    assert solve(Matching.of([], [])) == Matched((), {}, Levels(), {}, {})
    alone = solve(Matching.of([group("a", 2)], []))
    assert alone.unplaced == {"a": 2}
    assert alone.levels == Levels(unplaced=2, waited=2)  # the week after the last is the one after its first
    empty = solve(Matching.of([], [Opening("Alta", 12, "small", 3)]))
    assert empty.opening_prices == {("Alta", 12, "small"): Levels()}


def test_persons_without_a_place_come_before_weeks_waited() -> None:
    """One large home: a family of 3 waits for it for two weeks, while two single persons could have had it at once."""
    family = group("family", size=3, kinds={"large": 0}, first=14)
    single = group("single", 1, kinds={"small": 0, "large": 1})
    openings = [Opening("Alta", 14, "large", 1), Opening("Bodø", 15, "small", 1)]
    matched = solve(Matching.of([family, single], openings))
    assert placed(matched) == [("family", "Alta", 14, "large", 1), ("single", "Bodø", 15, "small", 1)]
    assert matched.levels == Levels(waited=3)


def test_weeks_waited_come_before_too_large_a_home() -> None:
    single = group("single", kinds={"small": 0, "large": 1})
    openings = [Opening("Alta", 12, "large", 1), Opening("Alta", 13, "small", 1)]
    matched = solve(Matching.of([single], openings))
    assert placed(matched) == [("single", "Alta", 12, "large", 1)]
    assert matched.levels == Levels(too_large=1)


def test_of_two_who_could_change_places_the_one_who_has_waited_longer_goes_first() -> None:
    groups = [group("a", waited=3), group("b", waited=9)]
    openings = [Opening("Alta", 12, "small", 1), Opening("Alta", 14, "small", 1)]
    matched = solve(Matching.of(groups, openings))
    assert placed(matched) == [("a", "Alta", 14, "small", 1), ("b", "Alta", 12, "small", 1)]
    assert matched.levels == Levels(waited=2, turn=6)


def test_the_right_size_comes_before_the_site() -> None:
    choosy = group("a", kinds={"small": 0, "large": 1}, misfit={"Alta": 5})
    openings = [Opening("Alta", 12, "small", 1), Opening("Bodø", 12, "large", 1)]
    matched = solve(Matching.of([choosy], openings))
    assert placed(matched) == [("a", "Alta", 12, "small", 1)]
    assert solve(Matching.of([replace(choosy, kinds={"small": 0, "large": 0})], openings)).levels == Levels()


def test_nobody_comes_before_they_can_or_to_what_they_may_not_use() -> None:
    late = group("late", first=13)
    openings = [Opening("Alta", 12, "small", 1), Opening("Alta", 13, "large", 1)]
    matched = solve(Matching.of([late], openings))
    assert (matched.placements, matched.unplaced) == ((), {"late": 1})


def test_prices_tell_what_one_place_more_would_save() -> None:
    """Two wait for one place in week 12 and one in week 14: one more in week 12 would save two weeks of one person."""
    openings = [Opening("Alta", 12, "small", 1), Opening("Alta", 13, "small", 0), Opening("Bodø", 14, "small", 3)]
    matched = solve(Matching.of([group("a", 2, waited=5)], openings))
    assert matched.levels == Levels(waited=2, turn=10)
    assert matched.opening_prices == {
        ("Alta", 12, "small"): Levels(waited=2, turn=10),
        ("Alta", 13, "small"): Levels(waited=1, turn=5),
        ("Bodø", 14, "small"): Levels(),
    }
    assert matched.group_prices == {"a": Levels(waited=2, turn=10)}


def test_places_alike_are_used_in_proportion_and_groups_alike_by_code() -> None:
    """Five of ten places: with 6, 3 and 1 they have 6, 9 and 10 so far, half of which is 3, 5 and 5."""
    openings = [Opening("x", 12, "small", 6), Opening("y", 12, "small", 3), Opening("z", 12, "small", 1)]
    matched = solve(Matching.of([group("b", 3), group("a", 2)], openings))
    assert placed(matched) == [
        ("a", "x", 12, "small", 2),
        ("b", "x", 12, "small", 1),
        ("b", "y", 12, "small", 2),
    ]


def test_what_is_as_good_is_settled_by_the_order_of_codes() -> None:
    groups = [group("b", kinds={"small": 0, "large": 0}), group("a", kinds={"small": 0, "large": 0, "other": 0})]
    openings = [Opening("Alta", 12, "small", 1), Opening("Alta", 12, "large", 1)]
    for turned in (groups, groups[::-1]):
        matched = solve(Matching.of(turned, openings))
        assert placed(matched) == [("a", "Alta", 12, "large", 1), ("b", "Alta", 12, "small", 1)]


def test_a_lock_holds_against_the_best() -> None:
    openings = [Opening("Alta", 12, "small", 1), Opening("Alta", 14, "small", 1)]
    lock = Lock("b", "Alta", 12, "small", 1, "the school begins")
    matched = solve(Matching.of([group("a", waited=9), group("b")], openings, locks=[lock]))
    assert matched.placements == (
        Placement("a", "Alta", 14, "small", 1),
        Placement("b", "Alta", 12, "small", 1, "the school begins"),
    )
    assert matched.levels == Levels(waited=2, turn=18)


@pytest.mark.parametrize(
    ("change", "rule", "sentence"),
    [
        ({"group": "c"}, "group", "the lock of 1 of c at Alta, week 12, small: no such group waits"),
        ({"site": "Bodø"}, "opening", "at Bodø, week 12, small: no place is open there"),
        ({"kind": "large"}, "kind", "large: the group may use small"),
        ({"week": 11}, "week", "the group cannot come before week 12"),
        ({"count": 0}, "count", "a lock holds 1 or more"),
        ({"reason": " "}, "reason", "a lock says why"),
    ],
)
def test_a_lock_that_cannot_be_kept_is_named_with_what_it_clashes_with(
    change: dict[str, Any], rule: str, sentence: str
) -> None:
    openings = [Opening("Alta", week, kind, 1) for week in (11, 12) for kind in ("small", "large")]
    lock = replace(Lock("a", "Alta", 12, "small", 1, "agreed"), **change)
    with pytest.raises(LocksClash) as refused:
        Matching.of([group("a", 2)], openings, locks=[lock])
    (clash,) = refused.value.clashes
    assert (clash.rule, clash.locks) == (rule, (lock,))
    assert sentence in str(refused.value)
    assert refused.value.exit_code is Exit.IMPOSSIBLE


def test_locks_that_clash_with_each_other_are_named_together() -> None:
    one, other = Lock("a", "Alta", 12, "small", 2, "agreed"), Lock("b", "Alta", 12, "small", 1, "near kin")
    more = Lock("b", "Bodø", 12, "small", 1, "agreed")
    openings = [Opening("Alta", 12, "small", 2), Opening("Bodø", 12, "small", 2)]
    with pytest.raises(LocksClash) as refused:
        Matching.of([group("a", 2), group("b")], openings, locks=[one, other, more])
    assert [(clash.rule, clash.locks) for clash in refused.value.clashes] == [
        ("units", (other, more)),
        ("places", (one, other)),
    ]
    assert "they hold 2 of b, which has 1" in str(refused.value)
    assert "they hold 3 of the places at Alta, week 12, small, which has 2" in str(refused.value)


def test_a_former_plan_decides_among_equals_or_before_all_else() -> None:
    """Bodø is as good as Alta; then a better place opens in an earlier week."""
    one = group("a")
    openings = [Opening("Alta", 13, "small", 1), Opening("Bodø", 13, "small", 1)]
    former = [Placement("a", "Bodø", 13, "small", 1)]
    assert placed(solve(Matching.of([one], openings)))[0][1] == "Alta"
    matched = solve(Matching.of([one], openings, former=former))
    assert (placed(matched), matched.levels) == ([("a", "Bodø", 13, "small", 1)], Levels(waited=1))
    earlier = [*openings, Opening("Alta", 12, "small", 1)]
    moved = solve(Matching.of([one], earlier, former=former))
    assert (placed(moved), moved.levels) == ([("a", "Alta", 12, "small", 1)], Levels(changed=1))
    kept = solve(Matching.of([one], earlier, former=former, keep=Keep.FIRST))
    assert (placed(kept), kept.levels) == ([("a", "Bodø", 13, "small", 1)], Levels(waited=1))


def test_what_of_a_former_plan_is_gone_is_left_aside() -> None:
    former = [
        Placement("gone", "Alta", 12, "small", 1),
        Placement("a", "Closed", 12, "small", 1),
        Placement("a", "Alta", 12, "large", 1),
        Placement("a", "Alta", 12, "small", 3),
    ]
    openings = [Opening("Alta", 12, "small", 2), Opening("Alta", 12, "large", 1)]
    matched = solve(Matching.of([group("a", 4)], openings, former=former, keep=Keep.FIRST))
    assert placed(matched) == [("a", "Alta", 12, "small", 2)]
    assert matched.levels == Levels(broken=2, unplaced=2, waited=2)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: group("a", -1), "group a: count, weeks waited"),
        (lambda: group("a", size=0), "group a: the size is 0"),
        (lambda: group("a", kinds={"small": -1}), "steps too large"),
        (lambda: Opening("Alta", 12, "small", -1), "opening Alta, week 12, small: -1 places"),
        (lambda: Matching.of([group("a"), group("a")], []), "group a: stands more than once"),
        (lambda: Matching.of([], [Opening("Alta", 12, "small", 1)] * 2), "Alta, week 12, small: stands more than once"),
    ],
)
def test_what_makes_no_sense_is_refused(make: Any, sentence: str) -> None:  # noqa: ANN401  - makes a thing that is refused
    with pytest.raises(BadMatching, match=sentence):
        make()


def test_sums_that_leave_64_bits_are_refused() -> None:
    with pytest.raises(BeyondWholeNumbers, match="turn: the sums of this level leave 64 bits"):
        network_of(Matching.of([group("a", 10**6, waited=10**9)], [Opening("Alta", 10**5, "small", 10**6)]))


def test_a_flow_that_can_be_made_cheaper_is_no_cheapest_flow() -> None:
    ways = Ways(*(np.array(part, dtype=np.int64) for part in ([0, 1], [1, 0], [[1, -2]])))
    with pytest.raises(AssertionError, match="the solver has failed"):
        shortest(ways, 0, 2)


def test_more_units_than_can_stand_anywhere_are_no_flow() -> None:
    network = network_of(Matching.of([group("a")], [Opening("Alta", 12, "small", 1)]))
    with pytest.raises(AssertionError, match="the solver has failed"):
        cheapest_flow(replace(network, supply=network.supply + 1))


def test_places_unused_stand_beside_weeks_waited() -> None:
    """Large homes stand empty in the week in which single persons wait, who may not use them."""
    groups = [group("family", 2, size=4, kinds={"large": 0}), group("single", 3, waited=7), group("none", 0, kinds={})]
    openings = [Opening("Alta", 12, "large", 5), Opening("Alta", 13, "small", 1)]
    matching = Matching.of(groups, openings)
    matched = solve(matching)
    assert by_kind(matching, matched) == (
        KindUse("large", places=5, unused=3, too_large=0, waiting=2, waited=0),
        KindUse("small", places=1, unused=0, too_large=0, waiting=3, waited=1 + 2 * 2),
    )
    assert by_size(matching, matched) == (
        SizeWait(1, units=3, unplaced=2, before=21, waited=5, too_large=0),
        SizeWait(4, units=2, unplaced=0, before=0, waited=0, too_large=0),
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"levels": Levels()}, "levels"),
        ({"unplaced": {"a": 0}}, "1 and 0 are not 2"),
        ({"placements": (Placement("a", "Bodø", 12, "small", 1),)}, "no such group or opening"),
        ({"placements": (Placement("a", "Alta", 12, "large", 1),)}, "may not use"),
        ({"placements": (Placement("a", "Alta", 12, "small", 2),), "unplaced": {"a": 0}}, "there are 1 places"),
        ({"placements": (Placement("a", "Alta", 12, "small", 1, "agreed"),)}, "locks"),
        ({"opening_prices": {("Alta", 12, "small"): Levels(), ("Alta", 12, "large"): Levels()}}, "do not agree"),
        (
            {
                "opening_prices": {
                    ("Alta", 12, "small"): Levels(unplaced=1, waited=1),
                    ("Alta", 12, "large"): Levels(misfit=1),
                }
            },
            "a place is free there and has a price",
        ),
        (
            {
                "opening_prices": {
                    ("Alta", 12, "small"): Levels(unplaced=1, waited=-1),
                    ("Alta", 12, "large"): Levels(waited=-1),
                }
            },
            "its price is below nothing",
        ),
        ({"group_prices": {"a": Levels(unplaced=2)}}, "do not agree"),
    ],
)
def test_the_certificate_names_what_does_not_hold(change: dict[str, Any], sentence: str) -> None:
    matching = Matching.of([group("a", 2)], [Opening("Alta", 12, "small", 1), Opening("Alta", 12, "large", 1)])
    matched = solve(matching)
    with pytest.raises(Uncertified, match=sentence) as refused:
        check(matching, replace(matched, **change))
    assert refused.value.exit_code is Exit.UNPROVEN


def test_the_certificate_sees_that_a_unit_would_do_better_elsewhere() -> None:
    matching = Matching.of([group("a")], [Opening("Alta", 12, "small", 1), Opening("Alta", 13, "small", 1)])
    later = Matched(
        (Placement("a", "Alta", 13, "small", 1),),
        {"a": 0},
        Levels(waited=1),
        {"a": Levels(waited=1)},
        {("Alta", 12, "small"): Levels(), ("Alta", 13, "small"): Levels()},
    )
    with pytest.raises(Uncertified, match="a at Alta, week 12, small: a unit would do better there"):
        check(matching, later)
