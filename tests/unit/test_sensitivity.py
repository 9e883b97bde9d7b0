"""How far numbers hang on the weights and the forecast: by hand on three places, and of a whole round."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from bosett.parameters import CriteriaChoice, choice_of, load_shipped
from bosett.rounds.sensitivity import AskedIn, Forecasted, MovedWay, sensitivity, sensitivity_of, stepped
from bosett.rounds.what_if import what_if

PARTS = {
    "one": {"A": Fraction(2, 4), "B": Fraction(1, 4), "C": Fraction(1, 4)},
    "two": {"A": Fraction(1, 4), "B": Fraction(2, 4), "C": Fraction(1, 4)},
}
BASE = CriteriaChoice((("one", Fraction(1, 2)), ("two", Fraction(1, 2))), 10)
FORECAST = Forecasted(low=320, middle=400, high=800)


def by_hand(choice: CriteriaChoice, total: int) -> Mapping[str, int] | None:
    """Share 400 persons: A 150, B 150, C 100; who would get fewer than 98 is not asked."""
    claims = {place: sum(weight * PARTS[code][place] for code, weight in choice.weights) for place in "ABC"}
    numbers = {place: total * claim for place, claim in claims.items()}
    assert all(number.denominator == 1 for number in numbers.values())
    return {place: int(number) if number >= 98 else 0 for place, number in numbers.items()}


def weights(*parts: int) -> CriteriaChoice:
    names = ("one", "two", "three")[: len(parts)]
    return CriteriaChoice(tuple((name, Fraction(part, 100)) for name, part in zip(names, parts, strict=True)), None)


@pytest.mark.parametrize(
    ("before", "code", "by", "after"),
    [
        (weights(75, 15, 10), "one", 5, weights(80, 12, 8)),
        (weights(50, 50), "two", -5, weights(55, 45)),
        (weights(97, 2, 1), "one", 5, weights(100, 0, 0)),
        (weights(3, 97), "one", -5, weights(0, 100)),
        (weights(100, 0, 0), "one", -4, weights(96, 2, 2)),
        (weights(100, 0, 0), "one", 5, None),
        (weights(0, 100), "one", -5, None),
        (weights(100), "one", -5, None),
    ],
)
def test_a_weight_is_moved_a_step_and_the_others_keep_their_proportions(
    before: CriteriaChoice, code: str, by: int, after: CriteriaChoice | None
) -> None:
    assert stepped(before, code, Fraction(by, 100)) == after


def test_three_places_by_hand() -> None:
    whole = sensitivity_of(by_hand, BASE, 400, FORECAST)
    assert whole is not None
    assert whole.numbers == {"A": 150, "B": 150, "C": 100}
    numbers = {(each.criterion, each.way): each.numbers for each in whole.variations}
    assert numbers == {
        ("one", MovedWay.DOWN): {"A": 145, "B": 155, "C": 100},
        ("one", MovedWay.UP): {"A": 155, "B": 145, "C": 100},
        ("two", MovedWay.DOWN): {"A": 155, "B": 145, "C": 100},
        ("two", MovedWay.UP): {"A": 145, "B": 155, "C": 100},
        ("", MovedWay.LOW): {"A": 120, "B": 120, "C": 0},
        ("", MovedWay.MIDDLE): {"A": 150, "B": 150, "C": 100},
        ("", MovedWay.HIGH): {"A": 300, "B": 300, "C": 200},
    }
    changes = [(each.changed, each.most, each.asked) for each in whole.variations]
    assert changes == [*[(2, 5, 3)] * 4, (3, 100, 2), (0, 0, 3), (3, 150, 3)]
    assert whole.core == ("C",)
    assert {code: whole.spans[code].by_weights for code in "ABC"} == {"A": (145, 155), "B": (145, 155), "C": (100, 100)}
    assert {code: whole.spans[code].in_all for code in "ABC"} == {"A": (120, 300), "B": (120, 300), "C": (0, 200)}
    assert {code: whole.spans[code].asked_in for code in "ABC"} == {
        **dict.fromkeys("AB", AskedIn.ALL),
        "C": AskedIn.SOME,
    }


def test_what_does_not_work_out_is_told_and_counts_for_nobody() -> None:
    def at_times(choice: CriteriaChoice, total: int) -> Mapping[str, int] | None:
        return None if total == 320 else by_hand(choice, total)

    whole = sensitivity_of(at_times, BASE, 400, FORECAST)
    assert whole is not None
    (low,) = (each for each in whole.variations if each.way is MovedWay.LOW)
    assert (low.numbers, low.changed, low.most, low.asked) == (None, None, None, None)
    assert whole.spans["C"].asked_in is AskedIn.ALL
    assert sensitivity_of(lambda *_: None, BASE, 400, FORECAST) is None


def test_who_has_no_claim_in_a_case_is_asked_for_nobody_there() -> None:
    whole = sensitivity_of(lambda choice, _: {"A": 9} if choice == BASE else {"A": 5, "B": 4}, BASE, 9, None)
    assert whole is not None
    assert whole.numbers == {"A": 9, "B": 0}
    assert whole.spans["B"].in_all == (0, 4)
    assert whole.spans["B"].asked_in is AskedIn.SOME


def test_a_criterion_that_decides_alone_leaves_out_who_has_nothing_by_it() -> None:
    file = load_shipped("no-2021-reference")
    parts = {"continuity": Fraction(1), "size": Fraction(0), "work": Fraction(0)}
    whole = sensitivity(file, CriteriaChoice(tuple(parts.items()), 10), 5025, None)
    assert whole is not None
    assert {*whole.numbers} == {*whole.spans}
    assert all({*each.numbers} == {*whole.spans} for each in whole.variations if each.numbers is not None)


def test_without_a_forecast_only_the_weights_are_moved() -> None:
    whole = sensitivity_of(by_hand, BASE, 400, None)
    assert whole is not None
    assert {each.way for each in whole.variations} == {MovedWay.DOWN, MovedWay.UP}


def test_its_numbers_are_those_that_are_tried() -> None:
    """The page of a choice comes to them by another way through the code."""
    file = load_shipped("no-2021-reference")
    base = choice_of(file)
    assert base is not None
    whole = sensitivity(file, base, 5025, Forecasted(4000, 5025, 7000))
    assert whole is not None
    assert whole.numbers == what_if(file, base, 5025).numbers
    for each in whole.variations:
        tried = what_if(file, each.choice, each.total)
        assert each.numbers == tried.numbers
        apart = [abs(tried.numbers[code] - number) for code, number in whole.numbers.items()]
        assert (each.changed, each.most, each.asked) == (sum(map(bool, apart)), max(apart), tried.asked)
    assert len(whole.variations) == 3 * 2 + 3
    (up,) = (each for each in whole.variations if (each.criterion, each.way) == ("continuity", MovedWay.UP))
    assert [weight for _, weight in up.choice.weights] == [Fraction(part, 100) for part in (80, 12, 8)]


def test_everybody_is_asked_in_all_in_some_or_in_none() -> None:
    file = load_shipped("no-2021-reference")
    base = choice_of(file)
    assert base is not None
    whole = sensitivity(file, base, 5025, Forecasted(4000, 5025, 7000))
    assert whole is not None
    for code, span in whole.spans.items():
        given = [each.numbers[code] for each in whole.variations if each.numbers is not None]
        low, high = span.in_all
        assert low == min([whole.numbers[code], *given])
        assert high == max([whole.numbers[code], *given])
        assert (span.asked_in is AskedIn.ALL) == (low > 0)
        assert (span.asked_in is AskedIn.NONE) == (high == 0)
        assert (code in whole.core) == (span.by_weights[0] == span.by_weights[1])
