"""What was requested against what was settled, and 2020 as it was seen on 19 May: known answers."""

from fractions import Fraction

from bosett.rounds.country_before import NationalSum
from bosett.rounds.need_history import need_years, seen_in_may

BY_YEAR = {each.year: each for each in need_years()}


def test_a_year_has_what_was_requested_decided_and_settled() -> None:
    assert list(BY_YEAR) == list(range(2010, 2024))
    assert BY_YEAR[2020].sums == {
        "requested_first": NationalSum(5120, is_whole=True),
        "requested": NationalSum(3602, is_whole=True),
        "decided": NationalSum(4838, is_whole=True),
        "settled": NationalSum(2819, is_whole=True),
    }
    assert BY_YEAR[2020].part_settled("requested_first") == Fraction(2819, 5120)
    assert BY_YEAR[2020].part_settled("requested") == Fraction(2819, 3602)
    assert BY_YEAR[2022].sums["requested_first"] == NationalSum(5500, is_whole=True)


def test_a_sum_with_something_hidden_is_at_least_so_much() -> None:
    assert BY_YEAR[2021].sums["settled"] == NationalSum(4482, is_whole=False)
    assert BY_YEAR[2014].sums["settled"] == NationalSum(7771, is_whole=False)


def test_no_figure_is_no_zero() -> None:
    assert set(BY_YEAR[2010].sums.values()) == {None}
    assert BY_YEAR[2010].part_settled("requested") is None


def test_a_year_with_a_queue_or_a_part_of_one_has_no_score() -> None:
    for year in (2012, 2015, 2023):
        assert BY_YEAR[year].sums["settled"] is not None
        assert BY_YEAR[year].part_settled("requested") is None, year
    assert BY_YEAR[2016].part_settled("requested") is not None
    assert (BY_YEAR[2015].has_queue, BY_YEAR[2016].has_queue, BY_YEAR[2023].is_part) == (True, False, True)


def test_2020_as_of_19_may_has_what_was_settled_within_and_the_first_request_outside() -> None:
    seen = seen_in_may()
    lies = {(each.total.measure, each.total.value): each.where for each in seen.held_against}
    assert lies == {
        ("requested_first", 5120): "above",
        ("requested_revised_forecast", 3600): "within",
        ("requested", 3602): "within",
        ("settled", 2819): "within",
    }
    assert seen.range.p10 <= 2819 <= seen.range.p90 < 5120
    assert all(each.total.source for each in seen.held_against)
