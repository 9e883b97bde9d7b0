"""The pace of a year: the plan by the day, what has been reached, and who is ahead, behind or full; worked by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.rounds.year import pace_tolerance
from bosett.stages.settlement.ledger import LedgerCount, LedgerGroup, LedgerRow, SettlementStep, counts
from bosett.stages.settlement.pace import (
    BadYearPlan,
    Pace,
    PaceStanding,
    PaceTolerance,
    YearPlan,
    as_until_now,
    month_ends,
    pace,
    reached,
)
from bosett.stages.settlement.sides import LedgerSide as Side
from bosett.stages.settlement.sides import counted, counting_rows
from ledgers import ALL_YEAR, ASKOY, BERGEN, row
from needmodels import parts

SETTLED, AGREED = SettlementStep.SETTLED, SettlementStep.AGREED
TOLERANCE = PaceTolerance(Fraction(1, 10), 5)
TWELFTHS = (Fraction(1, 12),) * 12


def count(shown: int, hidden: int = 0) -> LedgerCount:
    return LedgerCount(shown, hidden, 1)


@pytest.mark.parametrize(
    ("day", "passed"),
    [
        (date(2020, 12, 31), "0"),
        (date(2021, 1, 1), "1/365"),
        (date(2021, 3, 10), "69/365"),  # 31 + 28 + 10
        (date(2021, 12, 31), "1"),
        (date(2022, 1, 1), "1"),
    ],
)
def test_without_months_a_plan_lies_evenly_over_the_days(day: date, passed: str) -> None:
    assert YearPlan(2021).passed(day) == Fraction(passed)


def test_a_leap_year_has_a_day_more() -> None:
    assert YearPlan(2020).passed(date(2020, 2, 29)) == Fraction(60, 366)


def test_with_months_each_has_its_part_evenly_over_its_days() -> None:
    months = (Fraction(1, 2), Fraction(0), Fraction(1, 4), *(Fraction(0),) * 8, Fraction(1, 4))
    plan = YearPlan(2021, months)
    days = (date(2021, 1, 31), date(2021, 2, 27), date(2021, 3, 10), date(2021, 11, 30), date(2021, 12, 31))
    assert [plan.passed(day) for day in days] == [
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(1, 2) + Fraction(1, 4) * Fraction(10, 31),
        Fraction(3, 4),
        1,
    ]


@pytest.mark.parametrize(
    "months", [TWELFTHS[:11], (*TWELFTHS[:11], Fraction(1, 6)), (Fraction(-1, 12), Fraction(1, 4), *TWELFTHS[:10])]
)
def test_months_that_do_not_make_up_a_year_are_refused(months: tuple[Fraction, ...]) -> None:
    with pytest.raises(BadYearPlan, match="2021"):
        YearPlan(2021, months)


@given(parts(most=12), st.dates(date(2020, 12, 1), date(2022, 1, 31)))
def test_a_plan_never_goes_back_and_ends_whole(some: tuple[Fraction, ...], day: date) -> None:
    plan = YearPlan(2021, (*some, *(Fraction(0),) * (12 - len(some))))
    assert 0 <= plan.passed(day) <= plan.passed(day + timedelta(days=1)) <= 1


def test_the_ends_of_months() -> None:
    assert month_ends(2024, 11) == (date(2024, 11, 30), date(2024, 12, 31))
    assert month_ends(2024)[1] == date(2024, 2, 29)


def test_what_is_reached_is_what_is_told_of_by_each_day() -> None:
    rows = [
        row(1, date(2021, 2, 7), 3),
        row(2, date(2021, 1, 31), 2),
        row(3, date(2021, 2, 8), None),
        row(4, date(2021, 1, 3), 9, step=AGREED),
        row(5, date(2021, 1, 3), 9, municipality=ASKOY),
        row(6, date(2021, 1, 3), 9, group=LedgerGroup.MINORS),
    ]
    days = (date(2021, 1, 30), date(2021, 1, 31), date(2021, 2, 7), date(2021, 2, 8))
    assert reached(rows, {BERGEN}, SETTLED, days) == (
        None,
        LedgerCount(2, 0, 1),
        LedgerCount(5, 0, 2),
        LedgerCount(5, 1, 3),
    )
    assert reached(rows, {BERGEN, ASKOY}, SETTLED, days[:1]) == (LedgerCount(9, 0, 1),)


def test_the_rows_that_count_are_the_directorate_s_and_the_municipality_s_where_it_has_none() -> None:
    first, last = ALL_YEAR
    rows = {
        Side.DIRECTORATE: [
            row(1, date(2021, 2, 7), 3),
            row(3, date(2021, 2, 7), 4, corrects=1, said_on=date(2021, 3, 1)),
            row(4, date(2020, 12, 31), 8, step=AGREED, said_on=date(2021, 2, 8)),
        ],
        Side.MUNICIPALITY: [row(2, date(2021, 2, 8), 7), row(5, date(2021, 2, 8), 6, step=AGREED)],
    }
    assert [each.number for each in counting_rows(rows, first, last, last)] == [3, 5]
    assert [each.number for each in counting_rows(rows, first, last, date(2021, 2, 28))] == [1, 5]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*Side]),
            st.sampled_from([BERGEN, ASKOY]),
            st.dates(*ALL_YEAR),
            st.none() | st.integers(0, 9),
        ),
        max_size=12,
    )
)
def test_the_rows_that_count_come_to_what_counts(
    drawn: list[tuple[Side, str, date, int | None]],
) -> None:
    by_side: dict[Side, list[LedgerRow]] = {side: [] for side in Side}
    for number, (side, code, on, persons) in enumerate(drawn, start=1):
        by_side[side].append(row(number, on, persons, municipality=code, said_on=ALL_YEAR[1]))
    last = ALL_YEAR[1]
    chosen = counted({side: counts(by_side[side], *ALL_YEAR, last) for side in Side})
    rows = counting_rows(by_side, *ALL_YEAR, last)
    for code in (BERGEN, ASKOY):
        sided = chosen.get((code, SETTLED, LedgerGroup.ALL))
        assert reached(rows, {code}, SETTLED, [last]) == (None if sided is None else sided.count,)


@pytest.mark.parametrize(
    ("decided", "agreed", "settled", "standing"),
    [
        # Half of the year has passed: 20 of 40 are planned, and 5 more or fewer are on the plan.
        (40, count(30), count(20), PaceStanding.ON_PLAN),
        (40, count(30), count(15), PaceStanding.ON_PLAN),
        (40, count(30), count(14), PaceStanding.BEHIND),
        (40, count(30), count(25), PaceStanding.ON_PLAN),
        (40, count(30), count(26), PaceStanding.AHEAD),
        (40, count(40), count(14), PaceStanding.FULL),
        (40, count(38), count(41), PaceStanding.FULL),
        (40, None, count(40), PaceStanding.FULL),
        (40, count(40), None, PaceStanding.FULL),
        (40, count(39), None, PaceStanding.NOT_TOLD),
        (40, None, None, PaceStanding.NOT_TOLD),
        (40, None, count(0), PaceStanding.BEHIND),
        (40, None, count(26, 1), PaceStanding.AHEAD),  # at the least
        (40, None, count(14, 1), PaceStanding.HIDDEN),
        (40, count(30, 1), count(14), PaceStanding.HIDDEN),  # it may be full
        (40, count(40, 1), count(14, 1), PaceStanding.FULL),
        (0, None, count(0), PaceStanding.NONE_DECIDED),
        (None, count(3), count(3), PaceStanding.NOT_DECIDED),
        # A tenth of 400 is more than 5 persons.
        (400, None, count(160), PaceStanding.ON_PLAN),
        (400, None, count(159), PaceStanding.BEHIND),
        # Of 10, within 5 of half is everything short of full.
        (10, None, count(0), PaceStanding.ON_PLAN),
    ],
)
def test_who_is_ahead_behind_or_full(
    decided: int | None, agreed: LedgerCount | None, settled: LedgerCount | None, standing: PaceStanding
) -> None:
    assert pace(decided, agreed, settled, Fraction(1, 2), TOLERANCE).standing is standing


def test_how_it_stands_says_what_was_planned_and_how_far_from_it_is_still_on_it() -> None:
    assert pace(45, None, count(3), Fraction(1, 2), TOLERANCE) == Pace(
        PaceStanding.BEHIND, Fraction(45, 2), Fraction(5)
    )
    assert pace(None, None, count(3), Fraction(1, 2), TOLERANCE) == Pace(PaceStanding.NOT_DECIDED)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 3), st.integers(0, 500), st.fractions(0, 1))
def test_a_hidden_count_never_says_what_the_whole_count_could_gainsay(
    decided: int, shown: int, hidden: int, more: int, passed: Fraction
) -> None:
    shown_standing = pace(decided, None, count(shown, hidden), passed, TOLERANCE).standing
    true = pace(decided, None, count(shown + more * bool(hidden)), passed, TOLERANCE).standing
    may_be = {
        PaceStanding.HIDDEN: set(PaceStanding),
        PaceStanding.AHEAD: {PaceStanding.AHEAD, PaceStanding.FULL},
    }
    assert true in may_be.get(shown_standing, {shown_standing})


def test_as_until_now_is_a_rule_of_three() -> None:
    assert as_until_now(100, 2021, date(2021, 3, 10)) == 528  # 100 x 365 / 69 = 528.98
    assert as_until_now(100, 2021, date(2021, 12, 31)) == 100
    assert as_until_now(1, 2020, date(2020, 1, 1)) == 366


def test_the_tolerance_is_that_of_its_files() -> None:
    assert pace_tolerance(2021) == TOLERANCE
