"""Other weights and another floor: the base is the round itself, the sum stays, and what changes is told rightly."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.parameters import CriteriaChoice, WeightsDoNotAddUp, choice_of, chosen, load_shipped
from bosett.rounds.floor_edge import first_left, last_asked
from bosett.rounds.run import compute
from bosett.rounds.what_if import what_if

FILE = load_shipped("no-2021-reference")
TOTAL = 5025
BASE = choice_of(FILE)
assert BASE is not None


def choice(continuity: int, size: int, work: int, least: int = 10) -> CriteriaChoice:
    parts = (("continuity", continuity), ("size", size), ("work", work))
    return CriteriaChoice(tuple((code, Fraction(part, 100)) for code, part in parts), least)


def test_the_choice_of_a_file_is_what_stands_in_it() -> None:
    assert choice(75, 15, 10) == BASE
    assert choice_of(load_shipped("no-2020-official")) is None, "its weights are not known"
    weights = {each.code: each.weight for each in chosen(FILE, choice(50, 30, 20, 5)).criteria if each.kind == "weight"}
    assert weights == {"continuity": Fraction(1, 2), "size": Fraction(3, 10), "work": Fraction(1, 5)}
    assert [each.bound.least for each in chosen(FILE, choice(50, 30, 20, 5)).criteria if each.bound] == [5]


def test_weights_that_are_not_the_whole_are_refused() -> None:
    with pytest.raises(WeightsDoNotAddUp, match="19/20"):
        what_if(FILE, choice(70, 15, 10), TOTAL)


def test_the_criteria_as_they_are_come_to_the_round_itself() -> None:
    """The run that the command line prints is made by another way through the code."""
    assert BASE is not None
    run = compute(2021, total=TOTAL, criteria=FILE)
    numbers = {line.code: line.number for county in run.counties for line in county.municipalities}
    by_choice = what_if(FILE, BASE, TOTAL)
    assert {code: number for code, number in by_choice.numbers.items() if number} == {
        code: number for code, number in numbers.items() if number
    }
    assert by_choice.asked == 211


def test_population_alone_gives_a_municipality_its_part_of_the_population() -> None:
    by_choice = what_if(FILE, choice(0, 100, 0, 1), TOTAL)
    people = {"4601": 283_929, "0301": 693_494}
    assert by_choice.exact["0301"] / by_choice.exact["4601"] == Fraction(people["0301"], people["4601"])
    real = {each.criterion: each.real for each in by_choice.diagnosis.weighed}
    assert real["size"] == 0, "what is population is decided by population"


@settings(max_examples=12)
@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 20))
def test_every_choice_shares_all_persons_and_keeps_the_floor(first: int, second: int, least: int) -> None:
    size = second * (100 - first) // 100
    by_choice = what_if(FILE, choice(first, size, 100 - first - size, least), TOTAL)
    assert sum(by_choice.numbers.values()) == TOTAL
    assert all(number == 0 or number >= least for number in by_choice.numbers.values())
    exact = by_choice.exact
    assert sum(exact.values()) == TOTAL
    assert all(by_choice.numbers[each.code] for each in last_asked(by_choice.edge))
    assert not any(by_choice.numbers[each.code] for each in first_left(by_choice.edge))
    assert by_choice.edge.keys() == (exact.keys() if least > 1 else set()), "without a floor there is no edge"
