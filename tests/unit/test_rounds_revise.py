"""The least change: the real cut of 2020 comes out exactly, and an independent sum agrees."""

import pytest

from bosett.apportion import TieRule
from bosett.basis.refusals import Exit
from bosett.figures import series
from bosett.geography import UnknownMunicipality, municipalities
from bosett.parameters import load_shipped
from bosett.rounds.kinds import Mode, Run
from bosett.rounds.revise import BadFloor, NoFirstRequests, first_requests, revise
from bosett.rounds.run import NotShared, OtherYear
from bosett.stages.revision import LockOfNobody

EXCEPTIONS = {
    "Sarpsborg": 24,
    "Lørenskog": 25,
    "Lunner": 19,
    "Gjøvik": 27,
    "Notodden": 13,
    "Grimstad": 18,
    "Kristiansand": 61,
    "Ullensvang": 24,
    "Askøy": 24,
    "Malvik": 15,
    "Stjørdal": 22,
}
"""The eleven that were cut less than the others in 2020 (IMDi, latest request of 2020)."""


def locks() -> dict[str, int]:
    codes = {place.display_name: place.code for place in municipalities(2020)}
    return {codes[name]: number for name, number in EXCEPTIONS.items()}


def numbers(run: Run) -> dict[str, int]:
    return {line.code: line.number for county in run.counties for line in county.municipalities}


def requested(year: int) -> dict[str, int]:
    return {code: int(value) for code, value in series("requested", year).values().items() if value}


def test_the_real_cut_of_2020_comes_out_for_all_211() -> None:
    run = revise(2020, 3_602, locks=locks())
    revised = numbers(run)
    assert len(revised) == 211
    assert revised == requested(2020)
    assert sum(revised.values()) == 3_602
    assert all(holds for _, holds in run.checks)


def test_the_other_200_agree_with_a_sum_of_their_own() -> None:
    """Each is 0.655 of the first, to the nearest whole person, and at least 10: no engine in it."""
    revised, first, locked = numbers(revise(2020, 3_602, locks=locks())), first_requests(2020), locks()
    others = {code: number for code, number in first.items() if code not in locked}
    assert len(others) == 200
    assert {code: revised[code] for code in others} == {
        code: max(10, (2 * 655 * number + 1000) // 2000) for code, number in others.items()
    }
    assert {code: revised[code] for code in locked} == locked


def test_without_the_locks_it_is_another_cut() -> None:
    revised = numbers(revise(2020, 3_602))
    assert sum(revised.values()) == 3_602
    assert revised != requested(2020)
    # With nobody held back the others lose a little less, which is enough for Malvik and for no other of the eleven.
    assert [code for code, number in locks().items() if revised[code] >= number] == ["5031"]


def test_sums_close_in_every_county_and_the_others_are_left_out() -> None:
    run = revise(2020, 3_602, locks=locks())
    assert run.mode is Mode.REVISION
    assert sum(county.target for county in run.counties) == 3_602
    for county in run.counties:
        assert sum(line.number for line in county.municipalities) == county.target
    assert sum(county.exact for county in run.counties) == 3_602
    assert len(run.left_out) == 145
    assert {left.reason for left in run.left_out} == {"not asked first"}
    assert sum(line.previous.persons or 0 for county in run.counties for line in county.municipalities) == 5_120


def test_no_change_changes_nothing() -> None:
    assert numbers(revise(2020, 5_120)) == first_requests(2020)


@pytest.mark.parametrize("total", [2_110, 3_000, 4_500, 5_119])
def test_a_cut_gives_nobody_more_and_keeps_all_asked(total: int) -> None:
    first, revised = first_requests(2020), numbers(revise(2020, total, tie_rule=TieRule.LARGER_CLAIM))
    assert sum(revised.values()) == total
    assert all(10 <= revised[code] <= max(10, number) for code, number in first.items())


def test_those_who_may_be_dropped_can_be_dropped_but_not_the_locked() -> None:
    small = min(first_requests(2020).items(), key=lambda item: (item[1], item[0]))[0]
    run = revise(2020, 1_500, may_drop=True, locks={small: 12}, tie_rule=TieRule.LARGER_CLAIM)
    revised = numbers(run)
    assert sum(revised.values()) == 1_500
    assert 0 in revised.values()
    assert revised[small] >= 12
    assert all(number == 0 or number >= 10 for number in revised.values())


def test_a_lock_is_no_fewer_not_exactly() -> None:
    oslo = numbers(revise(2020, 3_602))["0301"]
    assert numbers(revise(2020, 3_602, locks={"0301": oslo - 5}))["0301"] == oslo


def test_a_lock_for_somebody_not_asked_is_refused() -> None:
    with pytest.raises(LockOfNobody, match=r"^The lock for \d{4} is of no use: .* Check the code"):
        revise(2020, 3_602, locks={not_asked(): 3})


def not_asked() -> str:
    return next(place.code for place in municipalities(2020) if place.code not in first_requests(2020))


def test_a_code_of_another_structure_is_told_what_it_became() -> None:
    with pytest.raises(UnknownMunicipality, match=r"1504 is not a municipality in 2020\. .*1507"):
        revise(2020, 3_602, locks={"1504": 20})


def test_a_total_below_the_floors_is_impossible_and_names_the_nearest() -> None:
    with pytest.raises(
        NotShared, match=r"^The revision of 2020 to 2109: .* Nearest totals that work: 2110\.$"
    ) as refused:
        revise(2020, 2_109)
    assert refused.value.exit_code is Exit.IMPOSSIBLE


def test_a_tie_is_named_and_a_rule_settles_it() -> None:
    with pytest.raises(NotShared, match=r"^The revision of 2020 to 3601: tied between 0301, 3024 over 1;") as refused:
        revise(2020, 3_601)
    assert refused.value.exit_code is Exit.TIED
    for rule in TieRule:
        assert sum(numbers(revise(2020, 3_601, tie_rule=rule)).values()) == 3_601


def test_a_higher_floor() -> None:
    revised = numbers(revise(2020, 3_602, floor=15, tie_rule=TieRule.ID))
    assert min(revised.values()) == 15


def test_a_rise_asks_nobody_new_without_criteria() -> None:
    assert set(numbers(revise(2020, 6_000, tie_rule=TieRule.ID))) == set(first_requests(2020))


def test_a_rise_with_criteria_takes_in_new_ones_and_nobody_asked_first_pays() -> None:
    first, criteria = first_requests(2020), load_shipped("no-2020-reference")
    for total in (5_121, 5_140, 6_000):
        revised = numbers(revise(2020, total, criteria=criteria, tie_rule=TieRule.LARGER_CLAIM))
        assert sum(revised.values()) == total
        assert all(revised[code] >= number for code, number in first.items())
    new = {code: number for code, number in revised.items() if number and code not in first}
    assert new
    assert min(new.values()) >= 10


def test_a_cut_takes_in_nobody_even_with_criteria() -> None:
    criteria = load_shipped("no-2020-reference")
    assert revise(2020, 3_602, criteria=criteria) == revise(2020, 3_602)


def test_criteria_of_another_year_are_refused() -> None:
    with pytest.raises(OtherYear, match="holds the criteria for 2021, not for 2020"):
        revise(2020, 6_000, criteria=load_shipped("no-2021-reference"))


@pytest.mark.parametrize("year", [2017, 2023, 2030])
def test_a_year_without_first_requests_cannot_be_revised(year: int) -> None:
    with pytest.raises(NoFirstRequests, match=f"^The first requests for {year} were not published"):
        revise(year, 1_000)


def test_the_rise_of_2022() -> None:
    """5 500 became 35 000: all stay asked, and the sum is exact."""
    revised = numbers(revise(2022, 35_000, tie_rule=TieRule.LARGER_CLAIM))
    assert sum(revised.values()) == 35_000
    assert all(revised[code] >= number for code, number in first_requests(2022).items())


def test_the_same_inputs_give_the_same_hash() -> None:
    one, two = revise(2020, 3_602, locks=locks()), revise(2020, 3_602, locks=dict(reversed(locks().items())))
    assert one == two
    assert one.inputs_sha256 != revise(2020, 3_602).inputs_sha256


def test_a_floor_below_0_is_refused() -> None:
    with pytest.raises(BadFloor, match="The floor is -3; it counts persons"):
        revise(2020, 3602, floor=-3)
