"""A county's recommended numbers: what departs, by hand; and the rest of a target spread, against other ways to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.apportion import BadProblem, Impossible, Problem, Recipient, Shared, Tied, TieRule, share_out
from bosett.basis.refusals import Refusal
from bosett.basis.steps import Step
from bosett.geography import municipalities
from bosett.parameters import load_shipped
from bosett.rounds import spread
from bosett.rounds.run import NotShared, compute
from bosett.rounds.spread import NothingFree, OverTarget, claims_by, spread_rest
from bosett.stages.criteria import Claims
from bosett.stages.recommendation import (
    Departure,
    Weighed,
    departures,
    is_idle,
    lacks_reason,
    must_be_reasoned,
    reason_of_departure,
    rest_problem,
)
from oracles import brute_force

YEAR, CRITERIA, DAY = 2021, "no-2021-reference", date(2020, 6, 30)
VESTLAND = [place.code for place in municipalities(YEAR) if place.county == "46"]


def departures_of(**line: object) -> list[tuple[str, dict[str, int], bool]]:
    """Return the departures of a line as plain values."""
    clashes = departures(Weighed(**{"number": 20, "proposed": 20} | line))  # type: ignore[arg-type]
    return [(each.code, dict(each.facts), each.reasoned) for each in clashes]


@pytest.mark.parametrize(
    ("line", "reason", "lacks", "idle"),
    [
        ({}, "", False, False),
        ({}, "Free homes.", False, True),
        ({"signal": 31}, "", False, False),  # worth noting, and no departure that the county must explain
        ({"number": 23}, "", True, False),
        ({"number": 23}, " ", True, False),
        ({"number": 23}, "Free homes.", False, False),
        ({"number": None}, "Free homes.", False, False),  # not known yet whether it will depart
        ({"proposed": None}, "Free homes.", False, False),  # nor against what
        ({"least": 21}, "", True, False),
    ],
)
def test_a_reason_lacks_or_is_left_from_an_earlier_number(
    line: Mapping[str, int | None],
    reason: str,
    lacks: bool,
    idle: bool,
) -> None:
    against = Weighed(**{"number": 20, "proposed": 20} | dict(line))  # type: ignore[arg-type]
    assert (lacks_reason(against, reason), is_idle(against, reason)) == (lacks, idle)
    assert reason_of_departure(against, reason) == ("" if idle else reason)


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023])
def test_a_proposal_never_departs_from_its_own_criteria(year: int) -> None:
    """So that a number equal to the proposed departs from neither, as documents and workbooks take it."""
    run = compute(year)
    claims = claims_by(f"no-{year}-reference", run.day)
    for county in run.counties:
        for line in county.municipalities:
            least, most = claims.bounds.get(line.code, (0, None))
            left_out = line.code in claims.left_out
            against = Weighed(line.number, line.number, least=least, most=most, left_out=left_out)
            assert not must_be_reasoned(against), line
    assert must_be_reasoned(Weighed(9, 9, least=10))  # the check can fail


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, []),
        ({"left_out": True}, [("left_out_asked", {}, True)]),
        ({"left_out": True, "number": 0, "proposed": 0}, []),
        ({"least": 21}, [("below_least", {"least": 21}, True)]),
        ({"least": 20}, []),
        ({"least": 10, "number": 0, "proposed": 0}, []),  # not asked is not below the fewest of those asked
        ({"most": 19}, [("above_most", {"most": 19}, True)]),
        ({"most": 20}, []),
        ({"most": 0}, [("above_most", {"most": 0}, True)]),
        ({"number": 23}, [("more_than_proposed", {"by": 3}, True)]),
        ({"number": 16}, [("fewer_than_proposed", {"by": 4}, True)]),
        ({"number": 0}, [("not_asked", {"proposed": 20}, True)]),
        ({"proposed": 0}, [("asked_besides", {}, True)]),
        ({"proposed": None}, []),
        ({"signal": 19}, [("above_signal", {"signal": 19}, False)]),
        ({"signal": 21}, [("below_signal", {"signal": 21}, False)]),
        ({"signal": 20}, []),
        ({"signal": 0}, [("above_signal", {"signal": 0}, False)]),
        ({"number": 0, "proposed": 0, "signal": 5}, [("below_signal", {"signal": 5}, False)]),
        ({"minors": 3, "signal_minors": 2}, [("minors_above_signal", {"signal": 2}, False)]),
        ({"minors": 2, "signal_minors": 2}, []),
        ({"minors": None, "signal_minors": 0}, []),
        ({"minors": 1}, []),
    ],
)
def test_each_departure_is_told_with_its_facts_and_whether_it_needs_a_reason(
    line: dict[str, object], expected: list[tuple[str, dict[str, int], bool]]
) -> None:
    assert departures_of(**line) == expected


def test_departures_come_the_weightiest_first_criteria_then_proposal_then_signal() -> None:
    everything = departures_of(
        number=9, proposed=12, least=10, most=8, left_out=True, signal=4, minors=5, signal_minors=1
    )
    assert [code for code, _, _ in everything] == [
        *("left_out_asked", "below_least", "above_most"),
        *("fewer_than_proposed", "above_signal", "minors_above_signal"),
    ]


def test_nothing_departs_while_no_number_is_given() -> None:
    worst = Weighed(None, 20, minors=9, least=10, most=0, left_out=True, signal=3, signal_minors=1)
    assert departures(worst) == ()


def test_a_departure_is_a_value() -> None:
    assert departures(Weighed(21, 20)) == (Departure("more_than_proposed", {"by": 1}, reasoned=True),)


# The rest


def test_the_rest_is_a_problem_of_those_who_are_free_with_their_bounds_and_who_must_be_asked() -> None:
    claims = {"4602": Fraction(2), "4601": Fraction(5)}
    bounds: Mapping[str, tuple[int, int | None]] = {"4601": (10, 40), "4602": (10, None), "4603": (1, 2)}
    problem = rest_problem(claims, bounds, 30, asked=["4602", "4699"], tie_rule=TieRule.ID)
    assert problem == Problem.of(
        30,
        [Recipient("4601", Fraction(5), least=10, most=40), Recipient("4602", Fraction(2), least=10, must=True)],
        tie_rule=TieRule.ID,
    )
    assert share_out(problem) == Shared({"4601": 20, "4602": 10}, {}, None)
    with pytest.raises(BadProblem):
        rest_problem(claims, bounds, -1, asked=(), tie_rule=None)


def proposed(total: int = 5025) -> dict[str, int]:
    vestland = next(county for county in compute(YEAR, total=total).counties if county.code == "46")
    return {line.code: line.number for line in vestland.municipalities}


def test_a_county_without_any_number_is_spread_as_the_proposal_has_it() -> None:
    numbers = proposed()
    assert numbers["4601"] == max(numbers.values()) > 0 == min(numbers.values())
    assert spread_rest(CRITERIA, DAY, sum(numbers.values()), {}, VESTLAND, []) == numbers


def test_numbers_that_are_given_are_kept_and_the_rest_sums_to_the_target() -> None:
    target = sum(proposed().values())
    given_already = {"4601": 100, "4602": 0, "4640": 33}
    free = [code for code in VESTLAND if code not in given_already]
    numbers = spread_rest(CRITERIA, DAY, target, given_already, free, [])
    assert set(numbers) == set(free)
    assert sum(numbers.values()) + 133 == target
    assert all(number == 0 or number >= 10 for number in numbers.values())


def test_those_who_must_be_asked_get_at_least_the_floor_and_others_give_way() -> None:
    target = sum(proposed().values())
    least = [code for code, number in proposed().items() if number == 0][:2]
    numbers = spread_rest(CRITERIA, DAY, target, {}, VESTLAND, least)
    assert [numbers[code] for code in least] == [10, 10]
    assert sum(numbers.values()) == target
    assert numbers["4601"] < proposed()["4601"]


@given(
    free=st.sets(st.sampled_from(VESTLAND), min_size=1, max_size=4),
    rest=st.integers(0, 45),
    asked=st.sets(st.sampled_from(VESTLAND), max_size=3),
    given_already=st.integers(0, 50),
)
def test_a_small_rest_is_spread_as_brute_force_has_it(
    free: set[str], rest: int, asked: set[str], given_already: int
) -> None:
    outside = next(code for code in VESTLAND if code not in free)
    claims = claims_by(CRITERIA, DAY).claims
    people = [Recipient(code, claims[code], least=10, must=code in asked) for code in sorted(free)]
    best = brute_force(Problem.of(rest, people)).best
    if best:
        numbers = spread_rest(CRITERIA, DAY, rest + given_already, {outside: given_already}, free, asked)
        assert tuple(numbers[who.id] for who in people) in best
        return
    with pytest.raises(NotShared) as caught:
        spread_rest(CRITERIA, DAY, rest + given_already, {outside: given_already}, free, asked)
    assert isinstance(caught.value.outcome, Impossible)


def test_more_than_the_target_is_given_already() -> None:
    with pytest.raises(OverTarget) as caught:
        spread_rest(CRITERIA, DAY, 100, {"4601": 90, "4602": 11}, ["4640"], [])
    assert (caught.value.given, caught.value.target) == (101, 100)


def test_nobody_is_free() -> None:
    for rest in (0, 5):
        with pytest.raises(NothingFree):
            spread_rest(CRITERIA, DAY, 90 + rest, {"4601": 90}, [], [])


def test_a_target_that_is_reached_asks_nobody_more() -> None:
    assert spread_rest(CRITERIA, DAY, 90, {"4601": 90}, ["4602", "4640"], []) == {"4602": 0, "4640": 0}


@pytest.mark.parametrize(
    ("free", "rest", "asked", "below", "above"),
    [
        (["4640"], 7, [], 0, 10),
        (["4602", "4640"], 9, ["4640"], None, 10),
        (["4602", "4640"], 19, ["4602", "4640"], None, 20),
    ],
)
def test_what_cannot_be_spread_tells_the_nearest_totals_that_can(
    free: list[str], rest: int, asked: list[str], below: int | None, above: int | None
) -> None:
    with pytest.raises(NotShared) as caught:
        spread_rest(CRITERIA, DAY, 90 + rest, {"4601": 90}, free, asked)
    outcome = caught.value.outcome
    assert isinstance(outcome, Impossible)
    assert (outcome.nearest_below, outcome.nearest_above) == (below, above)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Criteria that leave one out and hold two alike: no shipped file does."""
    codes = ("4601", "4602", "4611")
    claims = Claims(
        claims={code: Fraction(1) for code in codes[:2]},
        measured=(),
        unassigned=Fraction(0),
        left_out={"4611": Step("not-eligible", "4611", "said so")},
        bounds=dict.fromkeys(codes, (2, 9)),
        bound_figures={},
    )
    monkeypatch.setattr(spread, "claims_by", lambda *_: claims)


@pytest.mark.usefixtures("made_up")
def test_one_that_the_criteria_leave_out_never_gets_any() -> None:
    assert spread_rest(CRITERIA, DAY, 8, {}, ["4601", "4602", "4611"], []) == {"4601": 4, "4602": 4, "4611": 0}
    with pytest.raises(NothingFree):
        spread_rest(CRITERIA, DAY, 8, {}, ["4611"], [])


@pytest.mark.usefixtures("made_up")
def test_one_that_is_left_out_and_shall_be_asked_all_the_same_is_left_to_a_person() -> None:
    assert spread_rest(CRITERIA, DAY, 8, {}, ["4601", "4602", "4611"], ["4611"]) == {"4601": 4, "4602": 4}


@pytest.mark.usefixtures("made_up")
def test_an_odd_one_among_those_treated_alike_is_tied_unless_a_rule_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    file, free = load_shipped(CRITERIA), ["4602", "4601"]
    monkeypatch.setattr(spread, "load_shipped", lambda _: replace(file, tie_rule=None))
    with pytest.raises(NotShared) as caught:
        spread_rest(CRITERIA, DAY, 9, {}, free, [])
    assert isinstance(caught.value.outcome, Tied)
    assert dict(caught.value.outcome.ranges) == {"4601": (4, 5), "4602": (4, 5)}
    monkeypatch.setattr(spread, "load_shipped", lambda _: replace(file, tie_rule="id"))
    assert spread_rest(CRITERIA, DAY, 9, {}, free, []) == {"4601": 5, "4602": 4}


def test_criteria_that_compute_nothing_are_refused() -> None:
    with pytest.raises(Refusal):
        claims_by("no-2020-official", DAY)
