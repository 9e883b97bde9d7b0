"""The ledger of a year: what counts on a day, corrections, and counts that stay hidden."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.stages.settlement.ledger import (
    BadLedger,
    LedgerCount,
    LedgerGroup,
    LedgerRow,
    SettlementStep,
    counts,
    hold,
    in_force,
    of_country,
)

BERGEN, ASKOY = "4601", "4627"
FIRST, LAST = date(2021, 1, 1), date(2021, 12, 31)
SETTLED = (BERGEN, SettlementStep.SETTLED, LedgerGroup.ALL)


def row(number: int = 1, **more: Any) -> LedgerRow:  # noqa: ANN401 (any field)
    plain: dict[str, Any] = {
        "number": number,
        "municipality": BERGEN,
        "step": SettlementStep.SETTLED,
        "group": LedgerGroup.ALL,
        "on": date(2021, 3, 1),
        "count": 4,
        "said_by": "municipality",
        "said_on": date(2021, 3, 5),
    }
    return LedgerRow(**(plain | more))


def test_counts_add_up_in_their_time_and_from_the_day_on_which_they_were_said() -> None:
    rows = hold([row(1), row(2, on=date(2021, 4, 1), said_on=date(2021, 4, 2), count=3), row(3, on=date(2020, 12, 31))])
    assert counts(rows, FIRST, LAST, LAST)[SETTLED] == LedgerCount(7, 0, 2)
    assert counts(rows, FIRST, LAST, date(2021, 4, 1))[SETTLED].persons == 4
    assert counts(rows, FIRST, LAST, date(2021, 3, 4)) == {}
    assert counts(rows, date(2021, 4, 1), LAST, LAST)[SETTLED].persons == 3


def test_a_correction_takes_the_place_of_its_row_from_the_day_on_which_it_was_said() -> None:
    rows = hold([row(1), row(2, count=6, corrects=1, said_on=date(2021, 5, 1))])
    assert counts(rows, FIRST, LAST, date(2021, 4, 30))[SETTLED].persons == 4
    assert counts(rows, FIRST, LAST, date(2021, 5, 1))[SETTLED].persons == 6
    again = hold([*rows, row(3, count=0, corrects=2, said_on=date(2021, 6, 1))])
    assert counts(again, FIRST, LAST, LAST)[SETTLED] == LedgerCount(0, 0, 1)  # nobody, and that is known
    # One that moves the count to another year takes it out of this one.
    moved = hold([row(1), row(2, corrects=1, on=date(2020, 12, 31), said_on=date(2021, 5, 1))])
    assert counts(moved, FIRST, LAST, LAST) == {}


def test_a_hidden_count_is_never_a_sum() -> None:
    rows = hold(
        [row(1), row(2, count=None), row(3, municipality=ASKOY, count=9), row(4, group=LedgerGroup.MINORS, count=1)]
    )
    by_municipality = counts(rows, FIRST, LAST, LAST)
    assert by_municipality[SETTLED] == LedgerCount(4, 1, 2)
    assert by_municipality[SETTLED].persons is None
    country = of_country(by_municipality)
    assert country[SettlementStep.SETTLED, LedgerGroup.ALL] == LedgerCount(13, 1, 3)
    assert country[SettlementStep.SETTLED, LedgerGroup.MINORS].persons == 1
    shown = hold([*rows, row(5, count=2, corrects=2)])
    assert counts(shown, FIRST, LAST, LAST)[SETTLED].persons == 6


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"number": 1}, "row 1: its number stands twice"),
        ({"count": -1}, "row 2: -1 is below 0"),
        ({"said_on": date(2021, 2, 28)}, "row 2: it was said on 2021-02-28, before it happened, on 2021-03-01"),
        ({"corrects": 7}, "row 2: it corrects 7, which is no row before it"),
        ({"corrects": 2}, "row 2: it corrects 2, which is no row before it"),
        ({"corrects": 1, "municipality": ASKOY}, "row 2: it corrects 1, which is of another municipality"),
        ({"corrects": 1, "step": SettlementStep.AGREED}, "row 2: it corrects 1, which is of another municipality"),
        ({"corrects": 1, "said_on": date(2021, 3, 4)}, "row 2: it was said on 2021-03-04, before 1 was"),
    ],
)
def test_a_row_that_cannot_stand_is_refused(more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadLedger) as refused:
        hold([row(1), replace(row(2), **more)])
    assert str(refused.value).startswith(sentence)


def test_a_row_is_corrected_once() -> None:
    with pytest.raises(BadLedger, match="row 3: it corrects 1, which 2 has corrected already: correct that one"):
        hold([row(1), row(2, corrects=1), row(3, corrects=1)])


@st.composite
def drawn(draw: st.DrawFn) -> tuple[LedgerRow, ...]:
    rows: list[LedgerRow] = []
    for number in range(1, draw(st.integers(1, 10))):
        free = [each for each in rows if each.number not in {other.corrects for other in rows}]
        before = draw(st.sampled_from([None, *free])) if free else None
        on = FIRST + timedelta(days=draw(st.integers(0, 20)))
        said_on = max(on, before.said_on if before else on) + timedelta(days=draw(st.integers(0, 10)))
        count = draw(st.one_of(st.none(), st.integers(0, 9)))
        municipality = before.municipality if before else draw(st.sampled_from([BERGEN, ASKOY]))
        corrects = before.number if before else None
        rows.append(row(number, municipality=municipality, on=on, said_on=said_on, count=count, corrects=corrects))
    return tuple(rows)


@given(drawn(), st.integers(0, 60), st.randoms(use_true_random=False))
def test_what_counts_is_the_newest_of_each_chain(rows: tuple[LedgerRow, ...], days: int, chance: Any) -> None:  # noqa: ANN401 (hypothesis has no name for it)
    day, mixed = FIRST + timedelta(days=days), list(rows)
    chance.shuffle(mixed)
    assert hold(mixed) == rows
    chains: dict[int, list[LedgerRow]] = {}
    root: dict[int, int] = {}
    for each in rows:
        root[each.number] = root[each.corrects] if each.corrects is not None else each.number
        if each.said_on <= day:
            chains.setdefault(root[each.number], []).append(each)
    assert {each.number for each in in_force(rows, day)} == {chain[-1].number for chain in chains.values()}
    by_municipality = counts(mixed, FIRST, LAST, day)
    in_all = of_country(by_municipality)
    assert sum(each.rows for each in by_municipality.values()) == len(chains)
    assert sum(each.shown for each in in_all.values()) == sum(chain[-1].count or 0 for chain in chains.values())
