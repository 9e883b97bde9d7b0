"""What is expected of municipalities: earlier years as a day knows them, paths worked by hand, and what is refused."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

import madeup
from bosett.basis.structures import Structure
from bosett.figures import Figure, FigureVersion, Layers, NoFigures, NotKnownYet, Status, counts_part_of_year, series
from bosett.geography import UnknownMunicipality
from bosett.stages.answers.expected import AnswerRange, Expected, expected_answers, range_of
from bosett.stages.answers.history import (
    Choices,
    EarlierYear,
    Followed,
    NeedTurn,
    YearChoice,
    earlier_years,
    examples,
    left_of,
    requests_known,
)
from bosett.stages.answers.known import DayOutsideYear, KnownAnswers, NotPersons, known_answers, last_day
from bosett.stages.answers.paths import NoEarlierYears, Persons, answer_paths

OSLO, STAVANGER, SANDNES = "0301", "1103", "1108"
ALL = Choices(YearChoice(None, by_turn=False), YearChoice(None, by_turn=False))
WHOLE = EarlierYear(2018, 100, None, (Followed(10, 10),), (Followed(10, 8),))
HALF = EarlierYear(2019, 100, NeedTurn.FELL, (Followed(10, 5),), (Followed(10, 10),))


def known(
    requests: Mapping[str, int],
    decided: Mapping[str, int | None] | None = None,
    settled: Mapping[str, int] | None = None,
    answered: Mapping[str, int] | None = None,
    hidden: frozenset[str] = frozenset(),
) -> KnownAnswers:
    return KnownAnswers(2021, date(2021, 3, 1), requests, decided or {}, settled or {}, answered or {}, hidden)


def on(paths: Persons | None, place: int) -> set[int]:
    assert paths is not None
    return {int(each) for each in paths[place]}


def by_year(*years: EarlierYear) -> dict[int, EarlierYear]:
    return {each.year: each for each in years}


def test_a_path_is_an_earlier_year_over_again_and_all_meet_the_same() -> None:
    # Of 20 asked for, 20 are decided as in 2018, 10 as in 2019. Both meet the same year: 40 or 20, and never 30.
    paths = answer_paths(known({OSLO: 20, STAVANGER: 20}), (WHOLE, HALF), choices=ALL)
    assert (on(paths.decided, 0), on(paths.decided, 1)) == ({10, 20}, {10, 20})
    together = paths.decided.sum(axis=0)
    assert {int(each) for each in together} == {20, 40}
    assert range_of(together) == AnswerRange(20, 20, 40)
    # Settlement has a year of its own: 8 or 10 of 10, and 16 or 20 of 20.
    assert on(paths.settled, 0) == {8, 10, 16, 20}
    assert paths.settled is not None
    assert {int(each) for each in paths.settled.sum(axis=0)} == {16, 20, 32, 40}
    assert (paths.decided_as, paths.settled_as) == ((2018, 2019), (2018, 2019))


def test_every_pair_of_years_is_met_equally_often() -> None:
    third = EarlierYear(2020, 100, None, (Followed(10, 1),), None)
    paths = answer_paths(known({OSLO: 10}), (WHOLE, HALF, third), choices=ALL, paths=7)
    assert paths.settled is not None
    pairs = sorted(zip(paths.decided[0].tolist(), paths.settled[0].tolist(), strict=True))
    assert pairs == sorted([(10, 8), (10, 10), (5, 4), (5, 5), (1, 1), (1, 1)] * 2), "6 pairs, and at least 7 paths"


@pytest.mark.parametrize(("asked", "decided"), [(5, 3), (4, 2), (1, 1), (7, 4)])
def test_people_are_whole_and_half_a_person_is_one(asked: int, decided: int) -> None:
    paths = answer_paths(known({OSLO: asked}), (HALF, HALF), choices=ALL)
    assert on(paths.decided, 0) == {decided}


def test_what_is_decided_is_as_it_is_and_a_no_is_a_no() -> None:
    answers = known({OSLO: 20, STAVANGER: 20, SANDNES: 20}, {OSLO: 13, STAVANGER: 0, SANDNES: None})
    paths = answer_paths(answers, (WHOLE, HALF), choices=ALL)
    assert [on(paths.decided, place) for place in range(3)] == [{13}, {0}, {10, 20}]
    # 13 x 8/10 is 10.4.
    assert [on(paths.settled, place) for place in range(2)] == [{10, 13}, {0}]


def test_nobody_is_unsettled() -> None:
    answers = known({OSLO: 20, STAVANGER: 20}, {OSLO: 13, STAVANGER: 0}, {OSLO: 12, STAVANGER: 3})
    paths = answer_paths(answers, (WHOLE, HALF), choices=ALL)
    assert [on(paths.settled, place) for place in range(2)] == [{12, 13}, {3}]


def test_of_a_request_that_was_cut_no_more_than_the_cut_one_is_left() -> None:
    answers = known({OSLO: 13, STAVANGER: 13}, {OSLO: 20, STAVANGER: 20}, answered={OSLO: 20, STAVANGER: 10})
    paths = answer_paths(answers, (HALF, HALF), choices=ALL)
    # Stavanger was asked for more after it had decided, and had decided on more of its own.
    assert [on(paths.settled, place) for place in range(2)] == [{13}, {20}]
    assert [left_of(20, 20, 13), left_of(10, 20, 13), left_of(20, 13, 13), left_of(20, 10, 13)] == [13, 10, 20, 20]
    not_yet = known({OSLO: 13}, answered={OSLO: 2000})
    assert on(answer_paths(not_yet, (HALF, HALF), choices=ALL).settled, 0) == {7}, "it answers the latest"


def test_a_municipality_follows_those_of_its_size_where_there_are_enough() -> None:
    small, large = (Followed(10, 5),) * 10, (Followed(100, 100),) * 10
    year = EarlierYear(2019, 1100, None, small + large, None)
    paths = answer_paths(known({OSLO: 60, STAVANGER: 8, SANDNES: 30}), (year, year), choices=ALL)
    assert [on(paths.decided, place) for place in (0, 1)] == [{60}, {4}]
    assert on(paths.decided, 2) == {15, 30}, "no year has ten of this size, so all of the year are taken"
    few = EarlierYear(2019, 1090, None, small[1:] + large, None)
    assert on(answer_paths(known({STAVANGER: 8}), (few, few), choices=ALL).decided, 0) == {4, 8}


def test_the_latest_years_in_which_need_went_the_same_way_are_taken_where_there_are_two() -> None:
    turns = [NeedTurn.ROSE, NeedTurn.FELL, NeedTurn.FELL, NeedTurn.FELL, NeedTurn.FELL]
    years = [EarlierYear(2014 + place, 1, turn, (), None) for place, turn in enumerate(turns)]
    taken = {
        (turn, choice): [each.year for each in examples(years, turn, choice)]
        for turn in (NeedTurn.FELL, NeedTurn.ROSE, None)
        for choice in (YearChoice(3, by_turn=True), YearChoice(None, by_turn=False))
    }
    assert set(map(tuple, taken.values())) == {(2016, 2017, 2018), (2014, 2015, 2016, 2017, 2018)}
    assert taken[NeedTurn.ROSE, YearChoice(3, by_turn=True)] == [2016, 2017, 2018], "one alone is not enough"
    both = [years[0], years[1], EarlierYear(2020, 1, NeedTurn.ROSE, (), None)]
    assert [each.year for each in examples(both, NeedTurn.ROSE, YearChoice(3, by_turn=True))] == [2014, 2020]


def test_low_middle_and_high_are_persons_that_a_path_has() -> None:
    for count, marks in ((10, (1, 5, 9)), (11, (2, 6, 10)), (1, (1, 1, 1))):
        assert range_of(np.arange(count, 0, -1)) == AnswerRange(*marks)


def test_a_decision_answers_the_latest_request_of_its_day() -> None:
    years = by_year(*earlier_years(2024, date(2024, 12, 31)))
    assert [years[2020].asked, years[2022].asked] == [5120, 35_000]
    first, revised, decided, settled = (
        series(name, year).figures["1106"].persons
        for name, year in (("requested_first", 2020), ("requested", 2020), ("decided", 2020), ("settled", 2020))
    )
    assert None not in {first, revised, decided, settled}
    assert Followed(first or 0, decided or 0) in years[2020].decisions
    assert Followed(min(decided or 0, revised or 0), settled or 0) in (years[2020].settlements or ())
    assert sum(each.came for each in years[2020].decisions) == 4838
    assert (len(years[2020].decisions), len(years[2020].settlements or ())) == (199, 178), "12 and 21 are hidden"


def test_a_no_is_counted_and_nothing_follows_of_it() -> None:
    year = by_year(*earlier_years(2022, date(2022, 12, 31)))[2021]
    assert [each.of > 0 for each in year.decisions if each.came == 0] == [True, True]
    assert all(each.of for each in year.settlements or ())


@pytest.mark.parametrize(
    ("year", "day", "decided", "settled"),
    [
        (2019, "2018-12-31", range(2012, 2019), []),
        (2019, "2019-03-01", range(2012, 2019), range(2012, 2019)),
        (2020, "2019-10-24", range(2012, 2020), range(2012, 2019)),
        (2021, "2021-03-31", range(2012, 2021), range(2012, 2021)),
        (2021, "2021-02-28", range(2012, 2021), range(2012, 2020)),
        (2025, "2025-01-01", range(2012, 2023), range(2012, 2023)),
    ],
)
def test_a_day_knows_whole_years_before_it(year: int, day: str, decided: range, settled: range) -> None:
    years = earlier_years(year, date.fromisoformat(day))
    assert [each.year for each in years] == [*decided]
    assert [each.year for each in years if each.settlements is not None] == [*settled]


def test_which_way_need_went_is_seen_from_what_the_decisions_answered() -> None:
    turns = {each.year: each.turn for each in earlier_years(2023, date(2023, 12, 31))}
    rose = {2013, 2014, 2015, 2016, 2022}
    expected = {year: NeedTurn.ROSE if year in rose else NeedTurn.FELL for year in range(2013, 2023)}
    assert turns == {2012: None, **expected}


def test_a_year_counted_before_it_was_over_is_said_to_be() -> None:
    assert [counts_part_of_year(series(name, 2023)) for name in ("requested", "decided", "settled")] == [0, 1, 1]
    assert not counts_part_of_year(series("settled", 2022))
    for known_on, part in ((date(2023, 12, 31), True), (date(2024, 3, 1), False)):
        above = madeup.layers(_version("settled", 2023, 7, known_on))
        assert counts_part_of_year(series("settled", 2023, figures=above)) is part
    assert not counts_part_of_year(series("decided", 2023, figures=_all_of_2023(date(2024, 3, 1))))


def test_a_year_that_was_accepted_whole_is_an_example() -> None:
    (last,) = [
        each for each in earlier_years(2024, date(2024, 6, 1), _all_of_2023(date(2024, 3, 1))) if each.year == 2023
    ]
    assert {*last.decisions} == {Followed(of=persons, came=7) for persons in _asked_2023()}
    assert {*(last.settlements or ())} == {Followed(7, 5)}


def test_a_year_of_which_nothing_followed_is_no_example() -> None:
    nothing = madeup.layers(
        madeup.version("decided", {"2021": madeup.persons({})}, structure=Structure.Y2020, known_on=date(2021, 4, 1))
    )
    years = by_year(*earlier_years(2023, date(2023, 4, 1), nothing))
    assert 2021 not in years
    assert years[2022].turn is None, "what was asked for the year before is not known to have been answered"


def test_the_latest_request_that_a_day_knows() -> None:
    totals = [requests_known(2022, date(2022, 3, day)).total() for day in (17, 18)]
    assert totals == [5500, 35_000]
    with pytest.raises(NotKnownYet):
        requests_known(2022, date(2021, 12, 30))
    with pytest.raises(NoFigures):
        requests_known(2030, date(2030, 1, 1))


def test_what_the_published_figures_say_on_a_day() -> None:
    asked = known_answers(2020, date(2020, 3, 31))
    assert (asked.asked, len(asked.requests), asked.decided) == (5120, 211, {})
    decided = known_answers(2020, date(2020, 4, 1))
    assert (decided.asked, sum(each or 0 for each in decided.decided.values()), len(decided.hidden)) == (5120, 4838, 12)
    assert len(decided.expected_of()) == 199
    cut = known_answers(2020, date(2020, 12, 31))
    assert (cut.asked, sum(cut.answered.values())) == (3602, 5120)
    assert [last_day(year) for year in (2021, 2022, 2030)] == [date(2021, 4, 1), date(2022, 12, 31), date(2030, 12, 31)]


def test_the_numbers_of_2021_as_of_its_decisions() -> None:
    answers = expected_answers(known_answers(2021, date(2021, 4, 1)))
    assert answers.nation.decided == AnswerRange(4973, 4973, 4973)
    assert answers.nation.settled is not None
    assert answers.nation.settled.low <= 4482 <= answers.nation.settled.high
    assert (len(answers.municipalities), len(answers.counties), answers.hidden) == (211, 11, ())
    assert sum(each.requested for each in answers.counties.values()) == answers.nation.requested == 5025
    assert (answers.turn, answers.decided_as, answers.settled_as) == (NeedTurn.FELL, (), (*range(2012, 2021),))


def test_who_is_hidden_is_named_and_nothing_is_expected_of_them() -> None:
    answers = expected_answers(known({OSLO: 20, STAVANGER: 20, SANDNES: 0}, {OSLO: 20}, hidden=frozenset({STAVANGER})))
    assert ([*answers.municipalities], answers.hidden, answers.nation.requested) == ([OSLO], (STAVANGER,), 20)


def test_of_settlement_nothing_is_expected_when_too_little_is_known() -> None:
    answers = expected_answers(known_answers(2019, date(2018, 12, 31)))
    assert (answers.nation.settled, answers.settled_as) == (None, ())


def test_nobody_asked_is_nobody_expected() -> None:
    nobody = AnswerRange(0, 0, 0)
    assert expected_answers(known({})).nation == Expected(0, nobody, nobody)


def test_what_is_refused() -> None:
    with pytest.raises(NotPersons, match="0301: -1 persons requests"):
        known({OSLO: -1})
    with pytest.raises(NotPersons, match="0301: -2 persons decided"):
        known({OSLO: 1}, {OSLO: -2})
    with pytest.raises(DayOutsideYear, match="2022-01-01 is after 2021"):
        KnownAnswers(2021, date(2022, 1, 1), {})
    with pytest.raises(NoEarlierYears, match=r"too few years before 2013 were known \(2012\); 2 are needed"):
        expected_answers(KnownAnswers(2013, date(2012, 12, 31), {OSLO: 10}))
    with pytest.raises(NoEarlierYears, match=r"\(none\)"):
        expected_answers(KnownAnswers(2012, date(2011, 12, 31), {OSLO: 10}))
    with pytest.raises(UnknownMunicipality):
        expected_answers(known({"9998": 10}))
    assert expected_answers(KnownAnswers(2012, date(2012, 1, 1), {OSLO: 10}, {OSLO: 7})).nation.decided.low == 7


def _version(indicator: str, year: int, persons: int, known_on: date) -> FigureVersion:
    figures = {code: Figure(persons, Status.OK) for code in series("requested", year).values()}
    return madeup.version(indicator, {str(year): figures}, structure=Structure.Y2020, known_on=known_on)


def _all_of_2023(known_on: date) -> Layers:
    return madeup.layers(_version("decided", 2023, 7, known_on), _version("settled", 2023, 5, known_on))


def _asked_2023() -> set[int]:
    return {int(each) for each in series("requested", 2023).values().values() if each}
