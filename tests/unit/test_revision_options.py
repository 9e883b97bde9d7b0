"""The ways of a revision: worked by hand, their bounds as properties, and the cut of 2020 and the rise of 2022."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bosett.apportion import Impossible, Shared, Tied, TieRule
from bosett.figures import series
from bosett.geography import municipalities
from bosett.parameters import load_shipped
from bosett.rounds.revise import revise
from bosett.rounds.revision_options import RevisionBound, RevisionOption, borne_by, revision_option
from bosett.rounds.sizes import distance
from bosett.stages.revision import AskedNow, RevisionRules, RevisionWay

FIRST, LEFT, DECIDED, CAPACITY = RevisionWay.FIRST, RevisionWay.LEFT, RevisionWay.DECIDED, RevisionWay.CAPACITY
THREE = {"A": AskedNow(60, 30, 60, 45), "B": AskedNow(30, 0, 20, None), "C": AskedNow(12, 0, 0, 12)}


def numbers(option: RevisionOption) -> dict[str, int]:
    return {code: each.number for code, each in option.numbers.items()}


@pytest.mark.parametrize(
    ("way", "shared"),
    [
        # 68 of 102 by the requests: two thirds are 40, 20 and 8; the floor of 10 takes two from the others.
        (FIRST, {"A": 39, "B": 19, "C": 10}),
        # A keeps its 30; the other 38 by what is left, 30, 30 and 12, with 10 for C: 28 for A and B, 14 each.
        (LEFT, {"A": 44, "B": 14, "C": 10}),
        # C said no and takes the floor; 58 by 60 and 20 are 43.5 and 14.5: a tie, and the larger claim gets it.
        (DECIDED, {"A": 44, "B": 14, "C": 10}),
        # By room for 45, by B's 30 as it has told nothing, and by 12: 68 of 87 is 35.2, 23.4 and 9.4, raised to 10.
        (CAPACITY, {"A": 35, "B": 23, "C": 10}),
    ],
)
def test_a_cut_by_hand(way: RevisionWay, shared: Mapping[str, int]) -> None:
    option = revision_option(way, THREE, RevisionRules(68, 10, tie_rule=TieRule.LARGER_CLAIM), {})
    assert numbers(option) == shared


@pytest.mark.parametrize(
    ("way", "shared"),
    [
        (FIRST, {"A": 70, "B": 35, "C": 14}),  # 119 is 7/6 of 102
        (LEFT, {"A": 67, "B": 37, "C": 15}),  # 30 for A; 89 by 30, 30, 12: 37.1, 37.1, 14.8
        (
            DECIDED,
            {"A": 77, "B": 30, "C": 12},
        ),  # C said no, and B on fewer: neither is asked for more
    ],
)
def test_a_rise_by_hand(way: RevisionWay, shared: Mapping[str, int]) -> None:
    assert numbers(revision_option(way, THREE, RevisionRules(119, 10), {})) == shared


def test_a_rise_goes_to_those_who_have_told_of_room_and_to_no_others() -> None:
    asked = {"A": AskedNow(20, capacity=50), "B": AskedNow(20, capacity=35), "C": AskedNow(20)}
    option = revision_option(CAPACITY, asked, RevisionRules(90, 10), {})
    assert numbers(option) == {"A": 40, "B": 30, "C": 20}  # 30 more by room for 30 and 15
    too_many = revision_option(CAPACITY, asked, RevisionRules(106, 10), {})
    assert isinstance(too_many.outcome, Impossible)
    assert too_many.nearest == (105, None)  # the 60 that are asked for, and room for 45
    assert not too_many.numbers


def test_a_tie_is_told_until_somebody_names_a_rule() -> None:
    asked = {"A": AskedNow(20), "B": AskedNow(20)}
    assert isinstance(revision_option(FIRST, asked, RevisionRules(31, 10), {}).outcome, Tied)
    option = revision_option(FIRST, asked, RevisionRules(31, 10, tie_rule=TieRule.ID), {})
    assert numbers(option) == {"A": 16, "B": 15}


def test_why_each_number_is_what_it_is() -> None:
    asked = {
        "A": AskedNow(100),
        "B": AskedNow(20, locked=18),
        "C": AskedNow(12),
        "D": AskedNow(30, capacity=12),
    }
    option = revision_option(CAPACITY, asked, RevisionRules(85, 10, tie_rule=TieRule.ID), {})
    assert {code: each.bound for code, each in option.numbers.items()} == {
        "A": RevisionBound.SHARED,
        "B": RevisionBound.LOCKED,
        "C": RevisionBound.FLOOR,
        "D": RevisionBound.FLOOR,
    }
    rise = revision_option(CAPACITY, {**asked, "D": AskedNow(30, capacity=40)}, RevisionRules(172, 10), {})
    assert rise.numbers["D"].bound is RevisionBound.SHARED
    assert numbers(rise) == {"A": 100, "B": 20, "C": 12, "D": 40}


def test_a_number_that_stops_at_the_room_says_so() -> None:
    asked = {"A": AskedNow(20, capacity=24), "B": AskedNow(20, locked=30, capacity=35), "C": AskedNow(20, capacity=90)}
    option = revision_option(CAPACITY, asked, RevisionRules(130, 10), {})
    # 60 more than the base of 20, 30 and 20, by room for 4, 5 and 70: 3.0, 3.8 and 53.2.
    assert numbers(option) == {"A": 23, "B": 34, "C": 73}
    full = revision_option(CAPACITY, asked, RevisionRules(149, 10), {})
    assert numbers(full) == {"A": 24, "B": 35, "C": 90}
    decided = {"A": AskedNow(20, decided=100, capacity=22), "B": AskedNow(100, decided=100)}
    cut = revision_option(DECIDED, decided, RevisionRules(110, 10, tie_rule=TieRule.ID), {})
    assert numbers(cut) == {"A": 20, "B": 90}
    assert cut.numbers["A"].bound is RevisionBound.KEPT


def test_nobody_new_is_taken_in_by_a_cut() -> None:
    new = {"N": Fraction(23)}
    for way in RevisionWay:
        cut = revision_option(way, THREE, RevisionRules(90, 10, tie_rule=TieRule.ID), new)
        assert "N" not in cut.numbers
        rise = revision_option(way, THREE, RevisionRules(140, 10, tie_rule=TieRule.ID), new)
        if rise.numbers:
            assert rise.numbers["N"].bound is RevisionBound.NEW
            assert all(rise.numbers[code].number >= each.request for code, each in THREE.items())


def test_who_bears_a_cut_that_has_built_up() -> None:
    option = revision_option(FIRST, THREE, RevisionRules(68, 10, tie_rule=TieRule.LARGER_CLAIM), {})
    assert {code: each.idle for code, each in option.numbers.items()} == {"A": 21, "B": 1, "C": 0}
    borne = borne_by(option, {**THREE, "B": AskedNow(30)}, {"A": "east", "B": "west", "C": "west"})
    assert (borne["west"].before, borne["west"].after) == (42, 29)
    unanswered = revision_option(FIRST, {**THREE, "B": AskedNow(30)}, RevisionRules(68, 10), {})
    assert unanswered.numbers["B"].idle is None
    assert borne_by(unanswered, THREE, {"A": "e", "B": "w", "C": "w"})["w"].unanswered == 1


def first_2020() -> dict[str, int]:
    return {code: int(value) for code, value in series("requested_first", 2020).values().items() if value}


def test_the_cut_of_2020_is_that_of_the_command_line_and_of_the_directorate() -> None:
    real = {code: int(value) for code, value in series("requested", 2020).values().items() if value}
    kept = {"Sarpsborg": 24, "Lørenskog": 25, "Lunner": 19, "Gjøvik": 27, "Notodden": 13, "Grimstad": 18}
    kept |= {"Kristiansand": 61, "Ullensvang": 24, "Askøy": 24, "Malvik": 15, "Stjørdal": 22}
    locks = {place.code: kept[place.display_name] for place in municipalities(2020) if place.display_name in kept}
    asked = {code: AskedNow(number, locks.get(code, 0)) for code, number in first_2020().items()}
    option = revision_option(FIRST, asked, RevisionRules(3602, 10), {})
    assert numbers(option) == real
    assert len(real) == 211


def test_the_rise_of_2022_is_in_fives_for_all_and_its_distance_from_the_real_one_is_as_told() -> None:
    criteria, rule = load_shipped("no-2022-reference"), TieRule.LARGER_CLAIM
    run = revise(2022, 35_000, criteria=criteria, step=5, ask_all=True, tie_rule=rule)
    shared = {line.code: line.number for county in run.counties for line in county.municipalities}
    real = {code: int(value) for code, value in series("requested", 2022).values().items()}
    assert sum(shared.values()) == 35_000
    assert all(number % 5 == 0 for number in shared.values())
    assert len([number for number in shared.values() if number]) == 356
    part = distance(shared, real).part
    assert part is not None
    assert part == Fraction(163, 700)


municipalities_asked = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2),
    st.builds(
        AskedNow,
        request=st.integers(1, 60),
        locked=st.integers(0, 30),
        decided=st.none() | st.integers(0, 80),
        capacity=st.none() | st.integers(0, 90),
    ),
    min_size=1,
    max_size=6,
)


@given(municipalities_asked, st.integers(0, 400), st.integers(0, 12), st.sampled_from([1, 5]), st.booleans())
def test_every_way_adds_up_and_keeps_to_what_is_locked(
    asked: dict[str, AskedNow], total: int, floor: int, step: int, may_drop: bool
) -> None:
    rules = RevisionRules(total, floor, step, may_drop, tie_rule=TieRule.ID)
    whole = sum(each.request for each in asked.values())
    for way in RevisionWay:
        option = revision_option(way, asked, rules, {})
        if not isinstance(option.outcome, Shared):
            continue
        assert sum(numbers(option).values()) == total
        for code, each in asked.items():
            number = option.numbers[code].number
            assert number >= each.locked
            if total < whole:
                assert number <= max(each.request, each.locked) + step - 1
            else:
                assert number >= each.request
            if way is CAPACITY and total >= whole and each.capacity is not None:
                assert number < max(each.capacity + 1, each.request + step, each.locked + step)


@given(municipalities_asked, st.integers(0, 12))
def test_the_same_total_changes_nothing(asked: dict[str, AskedNow], floor: int) -> None:
    asked = {code: AskedNow(each.request, 0, each.decided, each.capacity) for code, each in asked.items()}
    assume(all(each.request >= floor for each in asked.values()))
    rules = RevisionRules(sum(each.request for each in asked.values()), floor)
    for way in RevisionWay:
        option = revision_option(way, asked, rules, {})
        assert numbers(option) == {code: each.request for code, each in asked.items()}
        assert (option.moved, option.changed, option.largest_cut) == (0, 0, Fraction(0))


@given(municipalities_asked, st.integers(0, 300))
def test_the_order_of_the_municipalities_changes_nothing(asked: dict[str, AskedNow], total: int) -> None:
    rules = RevisionRules(total, 5, tie_rule=TieRule.LARGER_CLAIM)
    turned = dict(reversed(asked.items()))
    for way in RevisionWay:
        assert numbers(revision_option(way, asked, rules, {})) == numbers(revision_option(way, turned, rules, {}))
