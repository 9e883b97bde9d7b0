"""What holds of every matching: the best of all plans, whatever order it comes in, and a certificate that can fail."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bosett.matching import (
    Group,
    Keep,
    Levels,
    Matching,
    Opening,
    Placement,
    Uncertified,
    Where,
    check,
    explain,
    explain_unplaced,
    merge_small,
    solve,
)
from bosett.matching.network import network_of
from matchings import all_plans, counted, matchings, priced, tried


def units(placements: tuple[Placement, ...]) -> Counter[tuple[str, Where]]:
    counts: Counter[tuple[str, Where]] = Counter()
    for each in placements:
        counts[each.group, each.where] += each.count
    return counts


@settings(max_examples=400)
@given(matchings())
def test_it_is_the_best_of_all_plans(matching: Matching) -> None:
    matched = solve(matching)
    levels, best = tried(matching)
    assert matched.levels == levels
    assert units(matched.placements) in best


@settings(max_examples=300)
@given(matchings())
def test_of_equals_it_is_the_first_by_the_order_of_codes(matching: Matching) -> None:
    network = network_of(matching)
    # Where some are alike they are dealt out by a rule of their own.
    assume((network.nobody, network.no_place) == (len(matching.groups), len(matching.openings)))
    order = [(group.code, opening.where) for group in network.groups for opening in network.openings]
    _, best = tried(matching)
    first = max(best, key=lambda plan: [plan[pair] for pair in order])
    assert units(solve(matching).placements) == first


@given(matchings())
def test_the_order_of_the_input_changes_nothing(matching: Matching) -> None:
    turned = replace(matching, groups=matching.groups[::-1], openings=matching.openings[::-1])
    matched = solve(matching)
    assert solve(turned) == matched == solve(matching)


@given(matchings())
def test_locks_are_kept_as_they_were_asked_for(matching: Matching) -> None:
    kept = [each for each in solve(matching).placements if each.reason is not None]
    assert [(p.group, p.where, p.count, p.reason) for p in kept] == [
        (lock.group, lock.where, lock.count, lock.reason) for lock in matching.locks
    ]


@given(matchings(locks=False))
def test_a_plan_that_is_matched_again_stays_as_it_is(matching: Matching) -> None:
    matched = solve(replace(matching, former=()))
    for keep in Keep:
        again = solve(replace(matching, former=matched.placements, keep=keep))
        assert units(again.placements) == units(matched.placements)


@given(matchings(locks=False, filled=True), st.data())
def test_a_plan_that_was_tampered_with_is_not_certified(matching: Matching, data: st.DataObject) -> None:
    matched = solve(matching)
    check(matching, matched)
    gone = data.draw(st.sampled_from(matched.placements))
    fewer = tuple(
        replace(each, count=each.count - 1) if each == gone else each
        for each in matched.placements
        if each != gone or each.count > 1
    )
    with pytest.raises(Uncertified):
        check(matching, replace(matched, placements=fewer))
    unplaced = dict(matched.unplaced) | {gone.group: matched.unplaced[gone.group] + 1}
    with pytest.raises(Uncertified):
        check(matching, replace(matched, placements=fewer, unplaced=unplaced))


@given(matchings(filled=True), st.data())
def test_prices_that_were_tampered_with_are_not_certified(matching: Matching, data: st.DataObject) -> None:
    matching = replace(matching, former=())  # What is kept to the full may have one of several prices.
    matched = solve(matching)
    codes = [code for code, count in matched.unplaced.items() if count]
    codes += [each.group for each in matched.placements if each.reason is None]
    assume(codes)  # Of who is locked no price is asked.
    code = data.draw(st.sampled_from(codes))
    level = data.draw(st.sampled_from(Levels._fields))
    for more in (1, -1):
        price = matched.group_prices[code]
        wrong = price._replace(**{level: getattr(price, level) + more})
        with pytest.raises(Uncertified):
            check(matching, replace(matched, group_prices=dict(matched.group_prices) | {code: wrong}))


@given(matchings())
def test_the_bound_of_the_prices_is_what_the_plan_costs(matching: Matching) -> None:
    """Strong duality, level by level: without a former plan the prices of units less those of places are the cost."""
    bare = replace(matching, former=(), locks=())
    matched = solve(bare)
    bound = Levels()
    for group in bare.groups:
        bound = bound.plus(matched.group_prices[group.code], group.count)
    for opening in bare.openings:
        bound = bound.plus(matched.opening_prices[opening.where], -opening.count)
    assert bound == matched.levels


@settings(max_examples=150)
@given(matchings(locks=False))
def test_a_price_is_what_one_place_more_saves(matching: Matching) -> None:
    matched = solve(matching)
    for opening in matching.openings:
        openings = tuple(replace(each, count=each.count + 1) if each == opening else each for each in matching.openings)
        more = solve(replace(matching, openings=openings))
        assert matched.levels.less(more.levels) == matched.opening_prices[opening.where], opening


@settings(max_examples=150)
@given(matchings())
def test_an_alternative_never_costs_less_than_the_plan(matching: Matching) -> None:
    matched = solve(matching)
    for each in explain(matching, matched):
        others = [each.next_best, each.earlier, *each.same_week]
        assert all(other.extra >= Levels() for other in others if other is not None)
        assert (each.placement.reason is None) or each.next_best is None
    for lacking in explain_unplaced(matching, matched):
        # Nobody stands without a place where one that would do is free.
        assert sum(taker.count for taker in lacking.taken_by) == lacking.usable or matching.former


@settings(max_examples=150)
@given(matchings(locks=False, filled=True))
def test_an_alternative_is_the_best_plan_with_one_unit_there_instead(matching: Matching) -> None:
    """The rest of its group stays, everybody else moves as is best: held against every plan that does so."""
    network = network_of(matching)
    assume((network.nobody, network.no_place) == (len(matching.groups), len(matching.openings)))
    groups, openings = list(network.groups), list(network.openings)
    matched = solve(matching)
    counts = units(matched.placements)
    every = [
        (counted(groups, openings, plan), priced(matching, groups, openings, plan)) for plan in all_plans(matching)
    ]
    for each in explain(matching, matched):
        own = each.placement.group
        extras: dict[Where | None, Levels] = {}
        for where in [opening.where for opening in openings] + [None]:
            wanted = {pair: count for pair, count in counts.items() if pair[0] == own}
            wanted[own, each.placement.where] -= 1
            if where is not None:
                wanted[own, where] = wanted.get((own, where), 0) + 1
            costs = [
                cost
                for plan, cost in every
                if all(plan[own, opening.where] == wanted.get((own, opening.where), 0) for opening in openings)
            ]
            if costs and where != each.placement.where:
                extras[where] = min(costs).less(matched.levels)
        assert (each.next_best.extra if each.next_best else None) == min(extras.values(), default=None)
        earlier = [extra for where, extra in extras.items() if where is not None and where[1] < each.placement.week]
        assert (each.earlier.extra if each.earlier else None) == min(earlier, default=None)
        for other in each.same_week:
            assert other.extra == extras[other.where]


@given(matchings(), st.integers(0, 5))
def test_merging_loses_nobody(matching: Matching, least: int) -> None:
    merged = merge_small(matching.groups, least)
    assert merged == merge_small(matching.groups[::-1], least)
    assert all(group.count >= least or not group.count for group in merged.groups)
    left_out = [group for group in matching.groups if group.code in merged.alone]
    into = {merge.into for merge in merged.merges}
    assert all(0 < group.count < least for group in left_out)
    put = sum(group.count for group in matching.groups) - sum(group.count for group in merged.groups)
    # What is left out may have taken others in before.
    assert put >= sum(group.count for group in left_out)
    assert put == sum(group.count for group in left_out) or into & set(merged.alone)


def test_the_check_sees_a_plan_that_is_only_nearly_best() -> None:
    groups = [Group("a", 1, 1, {"small": 0}, 1, 0), Group("b", 1, 1, {"small": 0}, 2, 0)]
    matching = Matching.of(groups, [Opening("x", 0, "small", 1), Opening("x", 1, "small", 1)])
    matched = solve(matching)
    swapped = tuple(replace(each, week=1 - each.week) for each in matched.placements)
    with pytest.raises(Uncertified):
        check(matching, replace(matched, placements=swapped))
