"""The attack: a reader who reckons by a solver over all releases, levels, categories and months recovers nothing."""

from dataclasses import replace
from random import Random

import pytest

from attacks import Tips, attacked, recovered
from bosett.disclosure import (
    Coarsening,
    CountTable,
    Hiding,
    Protected,
    ReleaseYear,
    Spot,
    Terms,
    check_year,
    protect,
)
from bosett.disclosure.pattern import NoCircle, PatternChoice
from counting_tables import table_of
from madecounts import made_months
from thorough import asked_of

pytestmark = [pytest.mark.bulk, pytest.mark.solver]

ONE = Terms(5, 1)
SMALL = {"municipalities": 24, "counties": 4, "months": 4}
MOST_EXTRA = 25
"""Percent: so many cells at most are hidden for others, of those that are or were small."""


def years(seed: int, terms: Terms, *, count: int, **size: int) -> list[ReleaseYear]:
    """Return years that follow each other, each with the pattern of the one before."""
    made: list[ReleaseYear] = []
    for number in range(count):
        year = ReleaseYear.begun(terms, after=made[-1] if made else None)
        for table in made_months(seed, number, **size):
            year = year.published(table)
        made.append(year)
    return made


@pytest.mark.parametrize("width", [1, 2])
@pytest.mark.parametrize("seed", asked_of(range(12), range(3)))
def test_no_cell_of_a_small_country_is_recovered(seed: int, width: int) -> None:
    for year in years(seed, Terms(5, width), count=2, **SMALL):
        assert recovered(year.releases, attacked(year.releases, width=width), width=width) == []


@pytest.mark.parametrize("seed", asked_of(range(20), ()))
def test_no_cell_of_three_years_is_recovered(seed: int) -> None:
    # The reader is tipped off with tables, and holds each against all that was published: else it takes an hour.
    for year in years(seed, ONE, count=3):
        ranges = attacked(year.releases, tips=Tips.of(year.releases))
        assert len(ranges) == sum(len(each.hidden) for each in year.releases)
        assert recovered(year.releases, ranges) == []
        assert extra_share(year.releases[-1]) <= MOST_EXTRA


@pytest.mark.thorough
def test_no_cell_of_a_whole_year_is_recovered_without_a_tip() -> None:
    (year,) = years(1, ONE, count=1)
    assert recovered(year.releases, attacked(year.releases)) == []


def test_a_tip_that_does_not_fit_is_not_believed() -> None:
    # Known culprit: only what is small is hidden. Tables of a safe pattern do not fit what is shown of it.
    *_, table = made_months(1, **SMALL)
    protected = protect(table, ONE)
    alone = {spot: hiding for spot, hiding in protected.hidden.items() if hiding is Hiding.SMALL}
    naive = [replace(protected, hidden=alone)]
    assert recovered(naive, attacked(naive, tips=Tips.of(naive))) == recovered(naive, attacked(naive)) != []


@pytest.mark.parametrize("seed", asked_of(range(20), range(2)))
def test_few_cells_are_hidden_for_others(seed: int) -> None:
    *_, december = made_months(seed)
    assert extra_share(protect(december, ONE)) <= MOST_EXTRA


def extra_share(protected: Protected) -> int:
    small = sum(hiding in {Hiding.SMALL, Hiding.KEPT} for hiding in protected.hidden.values())
    return 100 * len(protected.extra) // small


def test_the_attack_recovers_what_is_hidden_alone() -> None:
    # Known culprit: only what is small is hidden.
    *_, table = made_months(1, **SMALL)
    protected = protect(table, ONE)
    alone = {spot: hiding for spot, hiding in protected.hidden.items() if hiding is Hiding.SMALL}
    naive = [replace(protected, hidden=alone)]
    ranges = attacked(naive)
    lost = recovered(naive, ranges)
    assert lost
    assert all(ranges[t, spot][0] == table.cells[spot].count for t, spot in lost)


def test_the_attack_recovers_what_is_hidden_month_by_month() -> None:
    # Known culprit: each release is safe by itself, and one gives the other away.
    lost = []
    for seed in range(4):
        apart = [protect(table, ONE) for table in made_months(seed, **SMALL)]
        assert recovered(apart[-1:], attacked(apart[-1:])) == []
        lost += recovered(apart, attacked(apart))
    assert lost


@pytest.mark.parametrize("seed", asked_of(range(12), range(3)))
def test_counts_that_fall_leave_nothing_recovered(seed: int) -> None:
    # Each month a few cells are corrected to 0: witnesses break, and the reader knows that counts can fall.
    draw = Random(seed)  # noqa: S311  - shapes, not secrets
    year = ReleaseYear.begun(ONE)
    for number, table in enumerate(made_months(seed, **SMALL)):
        rows = table.parts()["c00"] + table.parts()["c01"]
        fallen = {(draw.choice(rows), draw.choice(table.columns)) for _ in range(6 if number else 0)}
        year = year.published(corrected(table, fallen))
    assert Coarsening.WITNESS in {why for why, _ in year.coarse().values()}
    check_year(year.releases)
    doubting = [replace(each, terms=Terms(5, 1, rising=False)) for each in year.releases]
    assert recovered(doubting, attacked(doubting)) == []


def corrected(table: CountTable, fallen: set[Spot]) -> CountTable:
    """Return a table in which nobody is left in some cells."""
    parts = table.parts()
    counties = {code: rows for code, rows in parts.items() if code != "all"}
    counts = {
        row: [0 if (row, column) in fallen else table.cells[row, column].count for column in table.columns]
        for rows in counties.values()
        for row in rows
    }
    return table_of(counts, counties=counties, columns=table.columns)


@pytest.mark.parametrize("seed", asked_of(range(12), range(4)))
def test_a_cell_is_on_a_circle_just_when_the_solver_has_two_values_for_it(seed: int) -> None:
    # Any pattern, safe or not: that persons cannot be moved round is what gives a cell away, and nothing else does.
    table, *_ = made_months(seed, municipalities=12, counties=3, months=1)
    spots = sorted(table.cells)
    hidden = [spot for place, spot in enumerate(spots) if (place * 7 + seed) % 5 < 2]
    protected = Protected(0, ONE, table, dict.fromkeys(hidden, Hiding.EXTRA), (), {})
    ranges = attacked([protected])
    known = {spot for (_, spot), (least, most) in ranges.items() if least == most}
    assert known == {spot for spot in hidden if not on_a_circle(protected, spot)}
    assert 0 < len(known) < len(hidden)


def on_a_circle(protected: Protected, spot: Spot) -> bool:
    shown = {each: replace(cell, known=each not in protected.hidden) for each, cell in protected.table.cells.items()}
    choice = PatternChoice(
        replace(protected.table, cells=shown),
        dict.fromkeys(shown, 0),
        step=1,
        hidden=list(protected.hidden),
        likely=(),
        barred={},
    )
    try:
        choice.hide([spot])
    except NoCircle:
        return False
    return True
