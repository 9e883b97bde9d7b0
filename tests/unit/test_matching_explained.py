"""Why each choice was made, and who is put together with whom, by worked examples."""

from typing import Any

from bosett.matching import (
    Alternative,
    Explained,
    Group,
    Keep,
    Levels,
    Lock,
    Matching,
    Merge,
    Opening,
    Placement,
    Precedence,
    Taker,
    Unplaced,
    Why,
    explain,
    explain_unplaced,
    merge_small,
    solve,
)


def group(code: str, count: int = 1, **more: Any) -> Group:  # noqa: ANN401  - the fields of a group
    fields: dict[str, Any] = {"size": 1, "kinds": {"small": 0}, "waited": 0, "first": 12}
    return Group(code, count, **(fields | more))


def explained(matching: Matching) -> dict[tuple[str, str, int], Explained]:
    reasons = explain(matching, solve(matching))
    return {(each.placement.group, each.placement.site, each.placement.week): each for each in reasons}


def test_six_families_to_alta_in_week_12() -> None:
    """The earliest place of that size; next best is Hammerfest a week later; smaller ones would not do."""
    matching = Matching.of(
        [group("5-6", 6, size=5, kinds={"large": 0})],
        [Opening("Alta", 12, "large", 6), Opening("Hammerfest", 13, "large", 2), Opening("Alta", 12, "small", 9)],
    )
    (six,) = explained(matching).values()
    assert six == Explained(
        Placement("5-6", "Alta", 12, "large", 6),
        Why.EARLIEST,
        too_large=0,
        price=Levels(),
        next_best=Alternative(("Hammerfest", 13, "large"), free=True, extra=Levels(waited=5)),
        earlier=None,
        same_week=(),
    )


def test_a_large_home_in_that_week_costs_the_weeks_that_another_then_waits() -> None:
    """A single person in the large home of week 12 would send a family of 4 to that of week 13."""
    matching = Matching.of(
        [group("family", size=4, kinds={"large": 0}), group("single", kinds={"small": 0, "large": 1}, first=12)],
        [
            Opening("Alta", 12, "large", 1),
            Opening("Alta", 13, "small", 1),
            Opening("Alta", 13, "large", 1),
            Opening("Alta", 14, "large", 1),
        ],
    )
    single = explained(matching)["single", "Alta", 13]
    assert single.why is Why.EARLIER_TAKEN
    assert single.earlier == Alternative(("Alta", 12, "large"), free=False, extra=Levels(waited=4 - 1, too_large=1))
    assert single.same_week == (Alternative(("Alta", 13, "large"), free=True, extra=Levels(too_large=1)),)
    assert single.next_best == single.same_week[0]


def test_places_that_are_alike_are_as_good() -> None:
    matching = Matching.of([group("a")], [Opening("Alta", 12, "small", 1), Opening("Bodø", 12, "small", 1)])
    (one,) = explained(matching).values()
    assert one.placement.site == "Alta"
    assert one.next_best == Alternative(("Bodø", 12, "small"), free=True, extra=Levels())


def test_no_place_at_all_may_be_the_next_best() -> None:
    (one,) = explained(Matching.of([group("a", size=2)], [Opening("Alta", 12, "small", 1)])).values()
    assert one.next_best == Alternative(None, free=False, extra=Levels(unplaced=2, waited=2))


def test_what_is_locked_or_kept_says_so() -> None:
    openings = [Opening("Alta", 12, "small", 1), Opening("Bodø", 13, "small", 1), Opening("Alta", 14, "small", 1)]
    matching = Matching.of(
        [group("a"), group("b")],
        openings,
        locks=[Lock("a", "Alta", 14, "small", 1, "agreed")],
        former=[Placement("b", "Bodø", 13, "small", 1)],
        keep=Keep.FIRST,
    )
    reasons = explained(matching)
    locked, kept = reasons["a", "Alta", 14], reasons["b", "Bodø", 13]
    assert (locked.why, locked.next_best, locked.placement.reason) == (Why.LOCKED, None, "agreed")
    assert kept.why is Why.KEPT
    assert kept.next_best == Alternative(("Alta", 12, "small"), free=True, extra=Levels(broken=1, waited=-1))


def test_who_has_no_place_is_told_who_has_them() -> None:
    matching = Matching.of(
        [
            group("family", size=4),
            group("long", 2, waited=9),
            group("agreed"),
            group("short", 3),
            group("nowhere", kinds={"accessible": 0}),
        ],
        [Opening("Alta", 12, "small", 5)],
        locks=[Lock("agreed", "Alta", 12, "small", 1, "near kin")],
    )
    nowhere, short = explain_unplaced(matching, solve(matching))
    assert nowhere == Unplaced("nowhere", 1, usable=0, taken_by=())
    assert (short.count, short.usable) == (2, 5)
    assert short.taken_by == (
        Taker("long", 2, Precedence.LONGER),
        Taker("agreed", 1, Precedence.LOCKED),
        Taker("family", 1, Precedence.LARGER),
        Taker("short", 1, Precedence.SAME_GROUP),
    )


def test_who_is_neither_larger_nor_has_waited_longer_has_it_by_the_whole_plan() -> None:
    level = Matching.of([group("a"), group("b", kinds={"small": 0, "large": 0})], [Opening("Alta", 12, "small", 1)])
    (b,) = explain_unplaced(level, solve(level))
    assert b.taken_by == (Taker("a", 1, Precedence.BEST_FOR_ALL),)


def test_small_groups_go_to_the_likest_and_nobody_is_lost() -> None:
    """2 of size 3 go to size 4 and not to the nearer size 2, as its homes would be too small; then 6 are enough."""
    four = group("four", 4, size=4, kinds={"middle": 0})
    groups = [
        four,
        group("two", 9, size=2, kinds={"middle": 1, "small": 0}),
        group("three", 2, size=3, kinds={"middle": 0}),
    ]
    merged = merge_small(groups, 5)
    assert merged.merges == (Merge("three", "four"),)
    assert [(each.code, each.count, each.size) for each in merged.groups] == [("four", 6, 4), ("two", 9, 2)]
    assert merged.alone == ()


def test_of_one_size_the_nearest_in_weeks_waited_is_likest() -> None:
    merged = merge_small([group("a", 9, waited=1), group("b", 1, waited=6), group("c", 9, waited=8)], 5)
    assert merged.merges == (Merge("b", "c"),)


def test_small_groups_go_together_until_they_are_enough() -> None:
    merged = merge_small([group(code, 2, waited=place) for place, code in enumerate("abc")], 5)
    assert merged.merges == (Merge("a", "b"), Merge("b", "c"))
    assert [(each.code, each.count) for each in merged.groups] == [("c", 6)]


def test_one_with_which_there_are_enough_comes_before_one_that_is_nearer() -> None:
    """b is as like as can be, but too small even with a; and b itself goes nowhere."""
    groups = [
        group("a", 2, kinds={"small": 0, "large": 0}),
        group("b", 2, kinds={"small": 0}),
        group("c", 9, kinds={"large": 0}, waited=40),
    ]
    merged = merge_small(groups, 5)
    assert (merged.merges, merged.alone) == ((Merge("a", "c"),), ("b",))


def test_what_is_like_no_other_stands_alone() -> None:
    minors = group("minors", 1, kinds={"minor": 0})
    late, early = group("late", 1, kinds={"other": 0}, first=13), group("early", 9, kinds={"other": 0})
    merged = merge_small([minors, late, early, group("empty", 0)], 5)
    assert merged.alone == ("late", "minors")
    assert [each.code for each in merged.groups] == ["early", "empty"]
