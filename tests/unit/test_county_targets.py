"""County targets to begin with: the criteria's are the command line's, and last year's parts add up exactly."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.apportion import TieRule
from bosett.cli import main
from bosett.parameters import load_shipped
from bosett.rounds.county_targets import NoPartsBefore, TargetPeople, as_last_year, by_criteria
from bosett.rounds.run import NotShared
from bosett.stages.targets import problem_by_parts

JUNE = date(2020, 6, 30)
PARTS: Mapping[str, int | None] = {"03": 210, "11": 457, "15": 357, "46": 675}


@pytest.mark.parametrize("total", [5025, 4000])
def test_the_criteria_give_what_the_command_line_gives(total: int, capsys: pytest.CaptureFixture[str]) -> None:
    ours = by_criteria(load_shipped("no-2021-reference").known_by(JUNE), TargetPeople(total))
    assert main(["allocate", "2021", "--total", str(total), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {code: each.number for code, each in ours.items()} == {
        county["code"]: county["target"] for county in printed["counties"]
    }
    assert {each.under15 for each in ours.values()} == {None}


def test_minors_are_shared_by_the_same_claims_and_add_up() -> None:
    ours = by_criteria(load_shipped("no-2021-reference").known_by(JUNE), TargetPeople(5025, 35, 75))
    assert sum(each.number for each in ours.values()) == 5025
    assert sum(each.under15 or 0 for each in ours.values()) == 35
    assert sum(each.from15 or 0 for each in ours.values()) == 75
    largest = max(ours, key=lambda code: ours[code].number)
    assert ours[largest].from15 == max(each.from15 or 0 for each in ours.values())


def test_minors_that_nobody_told_of_are_not_told_of() -> None:
    shared = as_last_year(PARTS, TargetPeople(1000, None, 0))
    assert {each.under15 for each in shared.values()} == {None}
    assert {each.from15 for each in shared.values()} == {0}


def test_last_year_s_parts_by_hand() -> None:
    shared = as_last_year({"A": 60, "B": 30, "C": 10}, TargetPeople(50))
    assert {code: each.number for code, each in shared.items()} == {"A": 30, "B": 15, "C": 5}
    # Webster: 7 of 60, 30 and 10 are 4.2, 2.1 and 0.7.
    shared = as_last_year({"A": 60, "B": 30, "C": 10}, TargetPeople(7))
    assert {code: each.number for code, each in shared.items()} == {"A": 4, "B": 2, "C": 1}


def test_a_county_that_nobody_was_asked_for_gets_nobody_and_one_that_is_not_known_stops_it() -> None:
    assert as_last_year({"A": 0, "B": 3}, TargetPeople(9))["A"] == TargetPeople(0)
    with pytest.raises(NoPartsBefore, match="A, C is missing") as caught:
        as_last_year({"C": None, "B": 3, "A": None}, TargetPeople(9))
    assert caught.value.lacking == ("A", "C")
    with pytest.raises(NoPartsBefore, match="Nobody was asked"):
        as_last_year({"A": 0}, TargetPeople(9))
    with pytest.raises(NoPartsBefore):
        as_last_year({}, TargetPeople(9))


def test_counties_that_are_alike_are_tied_unless_a_rule_says_more() -> None:
    with pytest.raises(NotShared, match="tied"):
        as_last_year({"A": 5, "B": 5}, TargetPeople(3))
    shared = as_last_year({"A": 5, "B": 5}, TargetPeople(3), TieRule.ID)
    assert [each.number for each in shared.values()] == [2, 1]


def test_a_county_without_a_part_is_no_recipient() -> None:
    problem = problem_by_parts({"B": Fraction(1), "A": Fraction(0)}, 4, None, {"B": 9})
    assert [(who.id, who.most) for who in problem.recipients] == [("B", 9)]


parts = st.dictionaries(st.sampled_from("ABCDEFGHIJKLMNO"), st.integers(0, 2000), min_size=1).filter(
    lambda drawn: any(drawn.values())
)


@given(parts, st.integers(0, 40_000), st.data())
def test_last_year_s_parts_add_up_and_follow_last_year(
    before: Mapping[str, int], total: int, data: st.DataObject
) -> None:
    under15 = data.draw(st.integers(0, total))
    from15 = data.draw(st.integers(0, total - under15))
    shared = as_last_year(before, TargetPeople(total, under15, from15), TieRule.ID)
    assert shared.keys() == before.keys()
    assert sum(each.number for each in shared.values()) == total
    assert sum(each.under15 or 0 for each in shared.values()) == under15
    assert sum(each.from15 or 0 for each in shared.values()) == from15
    whole = sum(before.values())
    for code, each in shared.items():
        assert (each.under15 or 0) + (each.from15 or 0) <= each.number
        assert before[code] or not each.number
        for other, their in shared.items():
            assert before[code] <= before[other] or each.number >= their.number
    if total == whole:
        assert {code: each.number for code, each in shared.items()} == before
