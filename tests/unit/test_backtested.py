"""The compiled back-tests: what the command line prints, known answers by hand, and nothing that a day did not know."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from bosett.rounds.backtest import REFERENCE, backtest
from bosett.rounds.backtested import KEPT, BackTests, back_tests
from bosett.rounds.revision_backtest import judge_revisions
from bosett.stages.forecast.judgement import judge_country

ALL = back_tests()
LATE, JUNE = date(2030, 1, 1), date(2020, 6, 30)


def test_a_round_is_what_the_command_line_prints() -> None:
    (compiled,) = [each for each in ALL.rounds if each.year == 2020]
    test = backtest(2020)
    errors = {each.model: each.error.part for each in test.tested if each.error is not None}
    assert (compiled.total, compiled.day) == (test.total, test.day) == (5120, compiled.day)
    assert {each.model: Fraction(each.persons or 0, compiled.total) for each in compiled.models} == {
        name: errors[name] for name in KEPT
    }
    # 896 of 5120, as docs/explanation/reference-model.md has it.
    assert next(each.persons for each in compiled.models if each.model == REFERENCE) == 896


def test_the_numbers_of_a_model_add_up_to_what_is_shared() -> None:
    sums = {
        (each.year, model.model): sum(model.numbers.values()) - each.total
        for each in ALL.rounds
        for model in each.models
        if model.persons is not None
    }
    assert len(sums) > 10
    assert set(sums.values()) == {0}
    assert {each.year for each in ALL.rounds if each.models[0].persons is None} == {2018, 2019}


def test_forecasts_and_revisions_are_what_the_command_line_prints() -> None:
    points = judge_country("Norway").points
    assert [(each.as_of, each.low, each.middle, each.high, each.came, each.holds) for each in ALL.arrivals] == [
        (each.as_of, each.low, each.middle, each.high, each.came, each.holds) for each in points
    ]
    revisions = judge_revisions()
    assert [(each.way, each.equal, each.persons) for each in ALL.revisions] == [
        (each.way, each.equal, int(each.apart.persons)) for each in revisions
    ]


def test_no_outcome_is_told_before_it_was_known() -> None:
    seen = ALL.known_by(JUNE, 2021)
    assert [each.year for each in seen.rounds] == [2018, 2019, 2020]
    assert {each.year for each in seen.answers if each.of == "settled"} == {2019}
    assert max(each.year for each in seen.answers if each.of == "decided") == 2020
    assert seen.revisions == ()  # the cut of 2020 is told from the last day of the year
    # The last that is told of ends with a month that was known then.
    assert max(each.known_on for each in seen.arrivals) <= JUNE
    assert max(each.as_of for each in seen.arrivals) < date(2019, 3, 31)
    assert ALL.known_by(date(2010, 1, 1), 2030) == BackTests((), (), (), ())
    assert ALL.known_by(LATE, 2030) == ALL
    assert all(each.year < 2020 for each in ALL.known_by(LATE, 2020).rounds)


def test_twelve_months_are_known_when_their_last_is() -> None:
    (point,) = [each for each in ALL.arrivals if each.as_of == date(2015, 3, 31)]
    # From July 2015 to June 2016: 28 200, and that is not known before the summer of 2016.
    assert point.came == 28_200
    assert date(2016, 7, 1) <= point.known_on <= date(2016, 12, 31)
    assert not point.holds
    assert replace(point, came=26_283).holds


def test_what_was_expected_of_answers_is_told_with_its_day() -> None:
    (case,) = [each for each in ALL.answers if each.of == "decided" and each.year == 2020]
    assert (case.asked, case.low, case.middle, case.high, case.came) == (4926, 4612, 4867, 4901, 4838)
    assert (case.as_of, case.known_on) == (date(2019, 10, 24), date(2020, 4, 1))
