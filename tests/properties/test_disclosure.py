"""What must hold of every table and every year: witnesses, patterns that only grow, and counts shown as they are."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.disclosure import (
    CountTable,
    Exposed,
    Hiding,
    NothingHides,
    Protected,
    ReleaseYear,
    Terms,
    check_release,
    check_year,
)
from counting_tables import TERMS, months


def releases_of(tables: list[CountTable], terms: Terms) -> tuple[Protected, ...]:
    """Return the releases until one cannot be hidden at all."""
    year = ReleaseYear.begun(terms)
    for table in tables:
        try:
            year = year.published(table)
        except NothingHides:
            break
    return year.releases


@given(months(), TERMS)
def test_each_hidden_cell_has_two_tables_that_agree_in_all_that_is_published(
    tables: list[CountTable], terms: Terms
) -> None:
    releases = releases_of(tables, terms)
    check_year(releases)
    for t, protected in enumerate(releases):
        for spot, hiding in protected.hidden.items():
            if hiding is Hiding.ABOVE:
                continue
            witness = protected.witness_of(spot)
            assert witness is not None
            pairs = [witness.tables(each.table) for each in releases[witness.first : t + 1]]
            for published, (one, other) in zip(releases[witness.first : t + 1], pairs, strict=True):
                assert abs(one[spot] - other[spot]) >= terms.width
                assert {shown: other[shown] for shown in published.shown} == published.shown
                assert all(other[line] == sum(other[part] for part in parts) for line, parts in tables[0].sums())
            for (_, before), (_, after) in pairwise(pairs):
                assert all(0 <= before[cell] <= after[cell] for cell in before)


@given(months(), TERMS)
def test_what_is_shown_is_unchanged_and_nothing_small_is(tables: list[CountTable], terms: Terms) -> None:
    for table, protected in zip(tables, releases_of(tables, terms), strict=False):
        assert protected.table == table
        assert all(table.cells[spot].count == count for spot, count in protected.shown.items())
        small = {s for s, cell in table.cells.items() if 0 < cell.count < terms.least and not cell.known}
        assert {spot for spot, hiding in protected.hidden.items() if hiding is Hiding.SMALL} == small


@given(months(), TERMS)
def test_what_is_hidden_stays_hidden(tables: list[CountTable], terms: Terms) -> None:
    releases = releases_of(tables, terms)
    for before, after in pairwise(releases):
        assert before.hidden.keys() <= after.hidden.keys()
        assert before.coarse.items() <= after.coarse.items()
        # Counts only rise here, and so no witness ends.
        assert all(each in after.witnesses for each in before.witnesses)


@given(months(), TERMS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(tables: list[CountTable], terms: Terms, order: Random) -> None:
    def shuffled(table: CountTable) -> CountTable:
        rows, columns, cells = list(table.rows), list(table.columns), list(table.cells.values())
        for each in (rows, columns, cells):
            order.shuffle(each)
        return CountTable.of(rows, columns, cells, total=table.total)

    assert releases_of([shuffled(table) for table in tables], terms) == releases_of(tables, terms)


@given(months(), TERMS, st.data())
def test_a_tampered_release_is_caught(tables: list[CountTable], terms: Terms, data: st.DataObject) -> None:
    releases = releases_of(tables, terms)
    safe = [(t, spot) for t, each in enumerate(releases) for spot, why in each.hidden.items() if why != Hiding.ABOVE]
    if not safe:
        return
    t, spot = data.draw(st.sampled_from(safe))
    protected, former = releases[t], releases[t - 1] if t else None
    shown = replace(protected, hidden={each: why for each, why in protected.hidden.items() if each != spot})
    with pytest.raises(Exposed):
        check_release(shown, former)
    unproven = replace(protected, witnesses=tuple(each for each in protected.witnesses if spot not in each.moves))
    with pytest.raises(Exposed):
        check_release(unproven, former)
    place = data.draw(st.sampled_from([n for n, each in enumerate(protected.witnesses) if each.is_about(t)]))
    witness = protected.witnesses[place]
    moves = {**witness.moves, next(iter(witness.moves)): 1000}
    moved = (*protected.witnesses[:place], replace(witness, moves=moves), *protected.witnesses[place + 1 :])
    with pytest.raises(Exposed):
        check_release(replace(protected, witnesses=moved), former)
