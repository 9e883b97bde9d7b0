"""What was planned for in the years before a round, and how far it missed: known answers, as a day knew them."""

from datetime import date
from fractions import Fraction

from bosett.rounds.country_before import NationalSum
from bosett.rounds.need_history import need_years
from bosett.rounds.planned_before import PlannedYear, planned_years

LATE = date(2026, 1, 1)
JUNE = date(2020, 6, 30)


def test_the_round_of_2021_sees_what_june_2020_knew() -> None:
    by_year = {each.year: each for each in planned_years(2021, JUNE)}
    assert list(by_year) == [2016, 2017, 2018, 2019, 2020]
    assert by_year[2019].sums["requested_first"] == NationalSum(5350, is_whole=True)
    assert by_year[2019].sums["settled"] == NationalSum(4782, is_whole=False)
    assert by_year[2019].miss == Fraction(5350 - 4782, 4782)
    assert by_year[2019].is_at_most
    # The year that runs has been asked and answered; who settles is not known, and that is no zero.
    assert by_year[2020].sums["requested_first"] == NationalSum(5120, is_whole=True)
    assert by_year[2020].sums["requested"] is None
    assert by_year[2020].sums["settled"] is None
    assert by_year[2020].miss is None


def test_a_year_later_the_cut_and_the_miss_of_2020_are_known() -> None:
    (of_2020,) = [each for each in planned_years(2022, date(2021, 6, 30)) if each.year == 2020]
    assert of_2020.sums["requested"] == NationalSum(3602, is_whole=True)
    assert of_2020.miss == Fraction(5120 - 2819, 2819)
    assert not of_2020.is_at_most


def test_far_below_is_below_nothing() -> None:
    (of_2022,) = [each for each in planned_years(2024, LATE) if each.year == 2022]
    assert of_2022.miss is not None
    assert Fraction(-83, 100) < of_2022.miss < Fraction(-82, 100)


def test_the_sums_are_those_of_the_back_test_once_all_is_known() -> None:
    back_test = {each.year: each.sums for each in need_years() if not each.has_queue}
    ours = {each.year: each.sums for year in (2021, 2024) for each in planned_years(year, LATE)}
    assert {year: ours[year] for year in back_test} == back_test


def test_years_with_a_queue_are_left_out_and_a_first_request_that_is_not_whole_has_no_miss() -> None:
    by_year = {each.year: each for each in planned_years(2019, LATE)}
    assert list(by_year) == [2016, 2017, 2018]
    assert by_year[2016].sums["requested_first"] is None
    assert by_year[2016].miss is None
    assert by_year[2018].sums["requested_first"] == NationalSum(5350, is_whole=False)
    assert by_year[2018].miss is None
    assert next(each for each in planned_years(2024, LATE) if each.year == 2023).miss is None  # part of a year


def test_what_nobody_knew_is_no_year() -> None:
    assert planned_years(2011, date(2010, 6, 30)) == ()
    assert not PlannedYear(2030, {"requested_first": None, "settled": None}).is_known
