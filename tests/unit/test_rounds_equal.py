"""Equal treatment, by hand and by property."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.rounds.equal import Pair, county_rates, outliers, pairs, scaled

COUNTY_OF = {"a": "1", "b": "1", "c": "2", "d": "2"}
CLAIMS = {"a": Fraction(4), "b": Fraction(3), "c": Fraction(2), "d": Fraction(1)}


def by_brute_force(numbers: Mapping[str, int], claims: Mapping[str, Fraction]) -> set[tuple[str, str]]:
    """Return (larger claim, smaller claim) of each pair in which the larger got less."""
    return {
        (one, other)
        for one, other in permutations(claims, 2)
        if claims[one] > claims[other] and numbers[one] < numbers[other]
    }


def test_counties_are_held_against_the_country() -> None:
    rates = county_rates({"a": 50, "b": 20, "c": 20, "d": 10}, CLAIMS, COUNTY_OF)
    assert [(each.county, each.people) for each in rates] == [("1", 70), ("2", 30)]
    assert [each.even for each in rates] == [70, 30]
    assert [each.against for each in rates] == [1, 1]
    one, two = county_rates({"a": 60, "b": 20, "c": 10, "d": 10}, CLAIMS, COUNTY_OF)
    assert (one.against, two.against) == (Fraction(8, 7), Fraction(2, 3))
    assert [one.apart, two.apart] == [10, -10]


def test_what_has_no_claim_or_no_number_adds_nothing() -> None:
    rates = county_rates({"a": 10, "e": 99}, CLAIMS, COUNTY_OF | {"e": "2"})
    assert [(each.county, each.people) for each in rates] == [("1", 10)]
    assert county_rates({}, CLAIMS, COUNTY_OF) == ()
    assert county_rates({"a": 0}, CLAIMS, COUNTY_OF) == ()
    assert county_rates({"a": 1}, {"a": Fraction(0)}, COUNTY_OF) == ()
    (only,) = county_rates({"a": 5, "c": 1}, {"a": Fraction(1), "c": Fraction(0)}, COUNTY_OF)
    assert only.county == "1"


def test_pairs_are_counted_within_and_across_and_the_widest_are_named() -> None:
    unlike = pairs({"a": 10, "b": 12, "c": 11, "d": 30}, CLAIMS, COUNTY_OF)
    assert (unlike.within, unlike.across, unlike.compared) == (2, 3, 6)
    assert unlike.worst_within == (Pair("c", "d", 11, 30, within=True), Pair("a", "b", 10, 12, within=True))
    assert unlike.worst_across == (Pair("a", "d", 10, 30, within=False), Pair("b", "d", 12, 30, within=False))
    assert unlike.worst_across[0].by == 20
    assert (
        pairs({"a": 10, "b": 12, "c": 11, "d": 30}, CLAIMS, COUNTY_OF, most=1).worst_within == unlike.worst_within[:1]
    )


def test_equal_claims_and_equal_numbers_are_no_pair() -> None:
    same = dict.fromkeys(CLAIMS, Fraction(1))
    assert pairs({"a": 1, "b": 2, "c": 3, "d": 4}, same, COUNTY_OF).compared == 0
    unlike = pairs(dict.fromkeys(CLAIMS, 7), CLAIMS, COUNTY_OF)
    assert (unlike.within, unlike.across, unlike.compared) == (0, 0, 6)


def test_outliers_are_the_farthest_first_and_exact() -> None:
    numbers = {"a": 10, "b": 10, "c": 10, "d": 10}
    farthest = outliers(numbers, {"a": 10, "b": 4, "c": Fraction(33, 2)})
    assert [(each.code, each.change) for each in farthest] == [("c", Fraction(-13, 2)), ("b", 6)]
    assert len(outliers(numbers, {"b": 4, "c": 17}, most=1)) == 1


def test_last_year_is_scaled_to_this_year_s_total() -> None:
    assert scaled({"a": 1, "b": 2}, 10) == {"a": Fraction(10, 3), "b": Fraction(20, 3)}
    assert scaled({"a": 0}, 10) == {}


NUMBERS = st.lists(st.integers(0, 9), min_size=4, max_size=4)
CLAIM = st.lists(st.fractions(min_value=0, max_value=5, max_denominator=4), min_size=4, max_size=4)


@given(people=NUMBERS, parts=CLAIM)
def test_every_pair_is_found_and_no_other(people: list[int], parts: list[Fraction]) -> None:
    numbers, claims = dict(zip("abcd", people, strict=True)), dict(zip("abcd", parts, strict=True))
    unlike = pairs(numbers, claims, COUNTY_OF)
    wanted = by_brute_force(numbers, claims)
    assert unlike.within == sum(COUNTY_OF[one] == COUNTY_OF[other] for one, other in wanted)
    assert unlike.across == len(wanted) - unlike.within
    assert {(pair.larger, pair.smaller) for pair in (*unlike.worst_within, *unlike.worst_across)} <= wanted


@given(people=NUMBERS, parts=CLAIM)
def test_what_some_counties_carry_too_much_others_carry_too_little(people: list[int], parts: list[Fraction]) -> None:
    rates = county_rates(dict(zip("abcd", people, strict=True)), dict(zip("abcd", parts, strict=True)), COUNTY_OF)
    # A county without a claim is left out, and with it the people that it carries.
    if len(rates) == 2:
        assert sum((each.apart for each in rates), start=Fraction(0)) == 0


@given(parts=st.lists(st.integers(1, 40), min_size=4, max_size=4), total=st.integers(0, 60))
def test_one_sharing_of_the_country_leaves_no_pair(parts: list[int], total: int) -> None:
    claims = {code: Fraction(part) for code, part in zip("abcd", parts, strict=True)}
    outcome = share_out(Problem.of(total, [Recipient(*each) for each in claims.items()], tie_rule=TieRule.ID))
    assert isinstance(outcome, Shared)
    unlike = pairs(outcome.numbers, claims, COUNTY_OF)
    assert (unlike.within, unlike.across) == (0, 0)


def test_the_check_catches_a_culprit() -> None:
    """Counties of targets that are set by hand, each shared well within: the pairs across them are found."""
    numbers = {"a": 6, "b": 4, "c": 7, "d": 3}
    assert by_brute_force(numbers, CLAIMS) == {("a", "c"), ("b", "c")}
    unlike = pairs(numbers, CLAIMS, COUNTY_OF)
    assert (unlike.within, unlike.across) == (0, 2)


def test_the_example_of_the_page() -> None:
    numbers = {"a": 60, "b": 20, "c": 10, "d": 10}
    assert [each.against for each in county_rates(numbers, CLAIMS, COUNTY_OF)] == [Fraction(8, 7), Fraction(2, 3)]
    assert pairs(numbers, CLAIMS, COUNTY_OF).across == 0
    passed = pairs(numbers | {"b": 9}, CLAIMS, COUNTY_OF)
    assert (passed.within, passed.across) == (0, 2)
