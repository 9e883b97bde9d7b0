"""How long people wait, first in first out: cases worked by hand, and a plain queue beside."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep
from bosett.stages.settlement.waiting import NoWaitingTime, WaitingTime, matched_waits, waiting_time
from ledgers import ASKOY, BERGEN, OSLO, row

ENQUIRED, AGREED, SETTLED = SettlementStep
FIRST = date(2021, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def came(number: int, count: int | None, step: SettlementStep = ENQUIRED, municipality: str = BERGEN) -> LedgerRow:
    return row(1, day(number), count, step=step, municipality=municipality)


def wait(rows: list[LedgerRow], *municipalities: str) -> WaitingTime | NoWaitingTime:
    return waiting_time(rows, municipalities or (BERGEN,), ENQUIRED, SETTLED)


def test_the_first_who_came_is_the_first_who_moves_in() -> None:
    # 3 on day 0 and 2 on day 10; 4 move in on day 20, 3 on day 30: waits 20, 20, 20, 10, 20. Two came before.
    rows = [came(0, 3), came(10, 2), came(20, 4, SETTLED), came(30, 3, SETTLED)]
    assert wait(rows) == WaitingTime(median=20, nine_of_ten=20, persons=5)
    assert matched_waits([(day(0), 3), (day(10), 2)], [(day(20), 4), (day(30), 3)]) == Counter({20: 4, 10: 1})


def test_half_and_nine_of_ten_are_days_that_somebody_waited() -> None:
    # Ten people came on day 0, and one moves in each day from day 1: half have moved in after 5, nine after 9.
    rows = [came(0, 10), *(came(number, 1, SETTLED) for number in range(1, 11))]
    assert wait(rows) == WaitingTime(5, 9, 10)
    assert wait([came(0, 1), came(7, 1, SETTLED)]) == WaitingTime(7, 7, 1)


def test_municipalities_together_have_the_waits_of_each() -> None:
    rows = [
        came(0, 2),
        came(4, 2, SETTLED),
        came(50, 2, municipality=ASKOY),
        came(60, 2, SETTLED, ASKOY),
        came(0, 9, municipality=OSLO),
    ]
    assert wait(rows, BERGEN, ASKOY) == WaitingTime(4, 10, 4)
    assert wait(rows, BERGEN, ASKOY, OSLO) == WaitingTime(4, 10, 4)
    assert wait(rows, ASKOY) == WaitingTime(10, 10, 2)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], NoWaitingTime.NOBODY),
        ([came(0, 3)], NoWaitingTime.NOBODY),
        ([came(0, 3, SETTLED)], NoWaitingTime.NOBODY),
        ([came(0, 0), came(1, 2, SETTLED)], NoWaitingTime.NOBODY),
        ([came(0, 3), came(0, None), came(5, 2, SETTLED)], NoWaitingTime.HIDDEN),
        ([came(0, 3), came(5, None, SETTLED)], NoWaitingTime.HIDDEN),
        ([came(5, 3), came(0, 1, SETTLED), came(9, 2, SETTLED)], NoWaitingTime.OUT_OF_ORDER),
    ],
)
def test_what_cannot_be_told_says_why(rows: list[LedgerRow], why: NoWaitingTime) -> None:
    assert wait(rows) is why


def test_other_steps_groups_and_municipalities_are_left_aside() -> None:
    minors = row(1, day(1), None, step=SETTLED, group=LedgerGroup.MINORS)
    others = [came(0, None, AGREED), minors, came(0, None, municipality=ASKOY)]
    assert wait([came(0, 1), came(3, 1, SETTLED), *others]) == WaitingTime(3, 3, 1)


turns = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4)), max_size=8).map(
    lambda drawn: sorted({day(number): count for number, count in drawn}.items())
)


@given(turns, turns)
def test_it_is_a_plain_queue_of_people(coming: list[tuple[date, int]], leaving: list[tuple[date, int]]) -> None:
    first = [on for on, count in coming for _ in range(count)]
    second = [on for on, count in leaving for _ in range(count)]
    assert matched_waits(coming, leaving) == Counter(
        (late - early).days for early, late in zip(first, second, strict=False)
    )


@given(turns)
def test_who_moves_in_the_day_after_has_waited_a_day(coming: list[tuple[date, int]]) -> None:
    later = [(on + timedelta(days=1), count) for on, count in coming]
    assert set(matched_waits(coming, later)) <= {1}
    assert matched_waits(coming, later).total() == sum(count for _, count in coming)
