"""The back-test of answers: which days are looked at, what counts, and scores worked by hand."""

from datetime import date
from fractions import Fraction

from bosett.cli.answers_backtest import JudgedAnswers, answers_tables
from bosett.figures import series
from bosett.stages.answers.expected import AnswerRange
from bosett.stages.answers.history import Choices, YearChoice, earlier_years
from bosett.stages.answers.judgement import (
    AnswerCase,
    AnswerLevel,
    AnswerPoint,
    AnswerScore,
    Measure,
    Miss,
    answer_score,
    cases_of,
    days_of,
    judge_answers,
    mean_score,
)
from bosett.stages.answers.known import known_answers
from bosett.stages.answers.paths import answer_paths


def test_a_score_by_hand() -> None:
    points = (
        AnswerPoint(AnswerRange(10, 20, 30), as_asked=40, last_ratio=24, came=25),
        AnswerPoint(AnswerRange(10, 20, 30), as_asked=40, last_ratio=24, came=35),
    )
    # Ours: 5 and 15 away. Losses of 25: 1.5, 2.5, 0.5; of 35: 2.5, 7.5, 4.5. 60 came, and three numbers are told.
    # As asked: 15 and 5 above, each told three times: 1.5 x 15 and 1.5 x 5. Last ratio: 1 and 11 below, the same.
    assert answer_score(points) == AnswerScore(
        points=2,
        hits=1,
        ours=Miss(Fraction(20, 60), Fraction(19, 180)),
        as_asked=Miss(Fraction(20, 60), Fraction(30, 180)),
        last_ratio=Miss(Fraction(12, 60), Fraction(18, 180)),
    )


def test_cases_count_alike_however_many_came() -> None:
    one, other = (
        answer_score([AnswerPoint(AnswerRange(0, 0, 0), as_asked=asked, last_ratio=asked, came=came)])
        for asked, came in ((1000, 1000), (3, 1))
    )
    score = mean_score([one, other])
    assert (score.points, score.hits, score.ours.error) == (2, 0, Fraction(1))
    assert score.as_asked == score.last_ratio == Miss(Fraction(1), Fraction(1, 2))
    assert score.band == (0, 2)


def test_the_days_of_a_year_are_those_on_which_something_became_known() -> None:
    days = {year: [each.isoformat() for each in days_of(year)] for year in (2016, 2018, 2020, 2022, 2023, 2024)}
    assert days == {
        2016: ["2015-12-31", "2016-12-31"],
        2018: ["2017-12-31", "2018-04-01"],
        2020: ["2019-10-24", "2020-04-01", "2020-12-31"],
        2022: ["2021-12-31", "2022-03-18", "2022-12-31"],
        2023: [],
        2024: [],
    }


def test_only_what_the_day_may_know_is_looked_at() -> None:
    cases = [(each.year, each.as_of.isoformat(), each.measure.value) for each in judge_answers()]
    assert [each for each in cases if each[2] == "decided"] == [
        (2014, "2013-12-31", "decided"),
        (2015, "2014-12-31", "decided"),
        (2016, "2015-12-31", "decided"),
        (2017, "2016-12-31", "decided"),
        (2018, "2017-12-31", "decided"),
        (2019, "2018-12-31", "decided"),
        (2020, "2019-10-24", "decided"),
        (2021, "2020-10-30", "decided"),
        (2022, "2021-12-31", "decided"),
        (2022, "2022-03-18", "decided"),
    ]
    # The edition with what was settled in 2012 to 2018 counts as known from March 2019.
    settled = [each for each in cases if each[2] == "settled"]
    assert settled[0] == (2019, "2019-04-01", "settled")
    assert len(settled) == 9


def test_only_those_count_whose_figure_is_published() -> None:
    (settled,) = cases_of(2020, date(2020, 12, 31))
    counted = {
        code
        for code, persons in series("settled", 2020).values().items()
        if code in known_answers(2020, date(2020, 12, 31)).expected_of()
    }
    assert len(settled.points[AnswerLevel.MUNICIPALITY]) == len(counted)
    (nation,) = settled.points[AnswerLevel.NATION]
    assert nation.came == sum(series("settled", 2020).values()[code] for code in counted)
    assert nation.as_asked == sum(series("requested", 2020).values()[code] for code in counted)


def test_numbers_of_all_levels_add_up_where_they_are_no_percentiles() -> None:
    for case in judge_answers():
        (nation,) = case.points[AnswerLevel.NATION]
        for level in (AnswerLevel.COUNTY, AnswerLevel.MUNICIPALITY):
            points = case.points[level]
            for name in ("came", "as_asked", "last_ratio"):
                assert sum(getattr(each, name) for each in points) == getattr(nation, name)


def test_what_is_expected_is_what_the_day_would_have_been_told() -> None:
    day = date(2021, 4, 1)
    known = known_answers(2021, day)
    paths = answer_paths(known, earlier_years(2021, day))
    (case,) = cases_of(2021, day)
    counted = [place for place, code in enumerate(paths.codes) if code in series("settled", 2021).values()]
    assert paths.settled is not None
    low, high = (
        sorted(paths.settled[counted].sum(axis=0).tolist())[-(-paths.settled.shape[1] * each // 10) - 1]
        for each in (1, 9)
    )
    (nation,) = case.points[AnswerLevel.NATION]
    assert (nation.expected.low, nation.expected.high) == (low, high)


def test_last_year_s_ratio_by_hand() -> None:
    last = earlier_years(2021, date(2020, 10, 30))[-1]
    assert last.year == 2020
    decided, asked = sum(each.came for each in last.decisions), sum(each.of for each in last.decisions)
    requests = series("requested_first", 2021).values()
    case = next(each for each in cases_of(2021, date(2020, 10, 30)) if each.measure is Measure.DECIDED)
    (nation,) = case.points[AnswerLevel.NATION]
    rounded = [int(Fraction(each * decided, asked) + Fraction(1, 2)) for code, each in requests.items()]
    assert nation.last_ratio == sum(rounded)


def test_the_tables_have_a_line_for_each_case_and_choice() -> None:
    point = AnswerPoint(AnswerRange(1, 2, 3), 4, 5, 6)
    cases = tuple(
        AnswerCase(year, date(year, 1, 1), measure, known, dict.fromkeys(AnswerLevel, (point,)))
        for year in (2021, 2020)
        for measure, known in ((Measure.DECIDED, False), (Measure.SETTLED, True))
    )
    nation, far, holds, years, choices = answers_tables(JudgedAnswers(cases, {YearChoice(None, by_turn=True): cases}))
    assert nation.rows[0] == ("decided", 2020, "2020-01-01", "requests", 1, 2, 3, 6, 4, 5, "no")
    assert [row[1] for row in nation.rows] == [2020, 2021, 2020, 2021]
    assert [row[:4] for row in far.rows][::3] == [
        ("decided", "requests", "nation", 2),
        ("settled", "decisions", "nation", 2),
    ]
    assert holds.rows[0] == ("decided", "requests", "nation", 2, 0, 0, 2)
    assert len(years.rows) == 12
    assert [row[:5] for row in choices.rows] == [
        ("decided", "requests", "all", "the same way", "0 of 2"),
        ("settled", "decisions", "all", "the same way", "0 of 2"),
    ]


def test_a_choice_of_years_changes_what_is_expected() -> None:
    one, other = (
        cases_of(2022, date(2022, 3, 18), Choices(each, each))
        for each in (YearChoice(1, by_turn=False), YearChoice(None, by_turn=False))
    )
    assert one[0].points[AnswerLevel.NATION] != other[0].points[AnswerLevel.NATION]
