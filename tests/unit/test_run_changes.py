"""Two runs side by side: the same in all of one year, and over mergers and splits nothing is lost or guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.geography import BackInTime, municipalities
from bosett.rounds.run_changes import run_changes

NUMBERS = st.dictionaries(st.sampled_from([place.code for place in municipalities(2021)]), st.integers(0, 300))


@given(NUMBERS, NUMBERS)
def test_within_a_year_each_municipality_is_held_against_itself(before: dict[str, int], after: dict[str, int]) -> None:
    changes = run_changes(before, after, 2021, 2021)
    assert [each.code for each in changes] == sorted(place.code for place in municipalities(2021))
    assert {each.code: each.before for each in changes if each.before} == {k: n for k, n in before.items() if n}
    assert {each.code: each.after for each in changes if each.after} == {k: n for k, n in after.items() if n}
    assert sum(each.by or 0 for each in changes) == sum(after.values()) - sum(before.values())


def test_who_takes_no_part_in_a_run_is_given_nobody_by_it() -> None:
    changes = {each.code: each for each in run_changes({"4601": 5}, {"4601": 5, "0301": 7}, 2021, 2021)}
    assert (changes["0301"].before, changes["0301"].by) == (0, 7)
    assert (changes["1103"].before, changes["1103"].after, changes["1103"].by) == (0, 0, 0)


def test_over_a_merger_the_parts_are_summed() -> None:
    # Stavanger, Finnøy and Rennesøy became Stavanger on 1 January 2020.
    before = {"1103": 100, "1141": 4, "1142": 6}
    changes = {each.code: each for each in run_changes(before, {"1103": 90}, 2019, 2021)}
    assert (changes["1103"].before, changes["1103"].after, changes["1103"].by) == (110, 90, -20)


def test_over_a_split_nothing_is_guessed() -> None:
    # Snillfjord was split between Orkland, Heim and Hitra on 1 January 2020.
    changes = {each.code: each for each in run_changes({"5012": 10, "5024": 20}, {"5059": 40}, 2019, 2021)}
    assert changes["5059"].before is None
    assert changes["5059"].by is None
    # Nobody in a municipality that was split is nobody in its parts.
    changes = {each.code: each for each in run_changes({"5012": 0, "5024": 20}, {"5059": 40}, 2019, 2021)}
    assert changes["5059"].by is not None


def test_a_later_run_is_not_carried_back() -> None:
    with pytest.raises(BackInTime):
        run_changes({}, {}, 2021, 2019)
