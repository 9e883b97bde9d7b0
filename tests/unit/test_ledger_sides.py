"""Two who count the same people: what counts, where they disagree, and what is left to settle."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.stages.settlement.drawn import DrawnWeek, drawn_weeks
from bosett.stages.settlement.ledger import Key, LedgerCount, LedgerGroup, LedgerRow, SettlementStep
from bosett.stages.settlement.sides import (
    Disagreement,
    LedgerSide,
    LeftToSettle,
    SidedCount,
    counted,
    counted_until,
    disagreements,
    left_to_settle,
    left_together,
    together,
)

BERGEN, ASKOY = "4601", "4627"
DIRECTORATE, MUNICIPALITY = LedgerSide.DIRECTORATE, LedgerSide.MUNICIPALITY
JUNE, JULY = date(2021, 6, 30), date(2021, 7, 31)
UNTOLD = LeftToSettle(None, exact=False, over=0)


def key(code: str = BERGEN, step: SettlementStep = SettlementStep.SETTLED) -> Key:
    return code, step, LedgerGroup.ALL


def count(shown: int, hidden: int = 0) -> LedgerCount:
    return LedgerCount(shown, hidden, 1)


def test_the_directorate_s_count_counts_and_the_municipality_s_where_it_has_none() -> None:
    sides = {MUNICIPALITY: {key(): count(7), key(ASKOY): count(2)}, DIRECTORATE: {key(): count(5)}}
    assert counted(sides) == {key(): SidedCount(count(5), DIRECTORATE), key(ASKOY): SidedCount(count(2), MUNICIPALITY)}
    until = {DIRECTORATE: {key(): JUNE}, MUNICIPALITY: {key(): JULY, key(ASKOY): JULY}}
    assert disagreements(sides, until) == (Disagreement(key(), count(5), count(7), JUNE, JULY),)
    assert counted({}) == {}
    assert disagreements({DIRECTORATE: {key(): count(5)}}, until) == ()


def test_each_has_counted_as_far_as_its_last_row_that_stands() -> None:
    def row(number: int, on: date, corrects: int | None = None) -> LedgerRow:
        return LedgerRow(number, *key(), on, 4, "Prøve", date(2021, 8, 1), corrects)

    rows = [row(1, JUNE), row(2, JULY), row(3, date(2022, 1, 1))]
    first, last = date(2021, 1, 1), date(2021, 12, 31)
    assert counted_until(rows, first, last, last) == {key(): JULY}
    assert counted_until([*rows, row(4, date(2021, 5, 1), 2)], first, last, last) == {key(): JUNE}
    assert counted_until(rows, first, last, date(2021, 7, 31)) == {}


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        (count(5), count(5), False),
        (count(5), count(6), True),
        (count(0), count(0), False),
        (count(5, 1), count(7), False),  # the hidden count may be 2
        (count(5, 1), count(4), True),  # five are shown already
        (count(7), count(5, 1), False),
        (count(4), count(5, 1), True),
        (count(5, 1), count(9, 1), False),
    ],
)
def test_a_hidden_count_disagrees_only_with_what_is_smaller_than_what_is_shown(
    one: LedgerCount, other: LedgerCount, disagree: bool
) -> None:
    until = {side: {key(): JUNE} for side in LedgerSide}
    assert bool(disagreements({DIRECTORATE: {key(): one}, MUNICIPALITY: {key(): other}}, until)) is disagree


@pytest.mark.parametrize(
    ("decided", "settled", "left"),
    [
        (10, count(4), LeftToSettle(6, exact=True, over=0)),
        (10, count(0), LeftToSettle(10, exact=True, over=0)),
        (10, count(4, 1), LeftToSettle(6, exact=False, over=0)),
        (10, count(13), LeftToSettle(0, exact=True, over=3)),
        (0, count(0), LeftToSettle(0, exact=True, over=0)),
        (None, count(4), UNTOLD),
        (10, None, UNTOLD),
    ],
)
def test_what_is_left_is_what_was_decided_less_those_who_have_moved_in(
    decided: int | None, settled: LedgerCount | None, left: LeftToSettle
) -> None:
    assert left_to_settle(decided, settled) == left


def test_one_that_took_more_than_it_decided_leaves_no_other_with_fewer() -> None:
    parts = [left_to_settle(10, count(4)), left_to_settle(10, count(13)), left_to_settle(None, count(1))]
    assert left_together(parts) == LeftToSettle(6, exact=True, over=3)
    assert left_together([*parts, left_to_settle(5, count(0, 1))]) == LeftToSettle(11, exact=False, over=3)
    assert left_together([]) == UNTOLD
    assert left_together([UNTOLD]) == UNTOLD


def test_several_municipalities_come_to_the_sum_of_what_is_told() -> None:
    rows = counted({DIRECTORATE: {key(): count(5), key(ASKOY): count(0, 1)}})
    assert together(rows, [BERGEN, ASKOY], SettlementStep.SETTLED, LedgerGroup.ALL) == LedgerCount(5, 1, 2)
    assert together(rows, ["0301"], SettlementStep.SETTLED, LedgerGroup.ALL) is None
    assert together(rows, [BERGEN], SettlementStep.AGREED, LedgerGroup.ALL) is None


@given(settled=st.integers(0, 400), year=st.integers(2020, 2026), code=st.sampled_from([BERGEN, ASKOY]))
def test_drawn_weeks_add_up_lie_in_the_year_and_are_the_same_each_time(settled: int, year: int, code: str) -> None:
    weeks = drawn_weeks(year, code, settled)
    assert weeks == drawn_weeks(year, code, settled)
    for step in SettlementStep:
        assert sum(week.count for week in weeks if week.step is step) == settled
    assert all(week.count > 0 and week.on.year == year for week in weeks)
    assert all(week.on.weekday() == 6 or week.on == date(year, 12, 31) for week in weeks)
    assert len({(week.step, week.on) for week in weeks}) == len(weeks)


def test_people_are_asked_about_before_they_are_agreed_to_and_agreed_to_before_they_move_in() -> None:
    weeks = drawn_weeks(2021, BERGEN, 200)
    days = sorted({week.on for week in weeks})

    def by_then(step: SettlementStep, day: date) -> int:
        return sum(week.count for week in weeks if week.step is step and week.on <= day)

    for day in days:
        assert by_then(SettlementStep.ENQUIRED, day) >= by_then(SettlementStep.AGREED, day)
        assert by_then(SettlementStep.AGREED, day) >= by_then(SettlementStep.SETTLED, day)
    assert drawn_weeks(2021, BERGEN, 0) == ()
    assert drawn_weeks(2021, BERGEN, 9) != drawn_weeks(2021, ASKOY, 9)
    assert all(isinstance(week, DrawnWeek) for week in weeks)
