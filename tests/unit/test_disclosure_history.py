"""The releases of a year by worked examples: what stays hidden, what is added, and what breaks a witness."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bosett.disclosure import (
    BadTable,
    Coarsening,
    Exposed,
    Hiding,
    Protected,
    ReleaseYear,
    Spot,
    Terms,
    Witness,
    check_release,
    check_year,
    protect,
)
from counting_tables import table_of

ONE = Terms(5, 1)
COUNTIES = {"c1": ("m1", "m2", "m3"), "c2": ("m4", "m5")}
JANUARY = {"m1": (2, 10), "m2": (8, 9), "m3": (7, 20), "m4": (6, 6), "m5": (9, 9)}
FEBRUARY = {"m1": (6, 12), "m2": (9, 9), "m3": (9, 20), "m4": (6, 8), "m5": (9, 9)}


def year_of(*months: Mapping[str, tuple[int, int]], terms: Terms = ONE) -> ReleaseYear:
    year = ReleaseYear.begun(terms)
    for counts in months:
        year = year.published(table_of(counts, counties=COUNTIES))
    return year


def test_what_is_hidden_stays_hidden_and_its_witness_stands() -> None:
    january, february = year_of(JANUARY, FEBRUARY).releases
    assert january.hidden["m1", "x"] is Hiding.SMALL
    assert february.hidden["m1", "x"] is Hiding.KEPT
    assert february.hidden.keys() == january.hidden.keys()
    assert february.witnesses == january.witnesses
    for spot in january.hidden:
        witness = february.witness_of(spot)
        assert witness is not None
        now, then = witness.tables(february.table), witness.tables(january.table)
        # What came in between is the same in both tables: it tells nothing of which is which.
        assert now[0][spot] - then[0][spot] == now[1][spot] - then[1][spot]


def test_a_later_release_only_adds() -> None:
    year = year_of(JANUARY, {**FEBRUARY, "m4": (6, 8), "m5": (9, 9)}, {**FEBRUARY, "m3": (9, 21)})
    assert [len(each.hidden) for each in year.releases] == [4, 4, 4]
    assert year.newly_hidden() == ()
    assert ReleaseYear.begun(ONE).newly_hidden() == ()
    assert year_of(JANUARY).newly_hidden() == tuple(year.releases[0].hidden)


def test_a_cell_that_becomes_small_is_hidden_by_what_is_new_alone() -> None:
    # m4 had nobody of x, and then 2: what the reader saw in January cannot be undone.
    before = {**JANUARY, "m4": (0, 6), "m5": (9, 9)}
    after = {**JANUARY, "m4": (2, 7), "m5": (11, 10)}
    january, february = year_of(before, after).releases
    assert ("m4", "x") not in january.hidden
    assert february.hidden["m4", "x"] is Hiding.SMALL
    new = [each for each in february.witnesses if each.first == 1]
    assert new
    for each in new:
        for spot, move in each.moves.items():
            assert february.table.cells[spot].count + move >= january.table.cells[spot].count


def test_a_count_that_falls_breaks_a_witness_and_the_county_says_so() -> None:
    january = year_of(JANUARY).releases[0]
    (witness,) = january.witnesses
    lower = next(spot for spot, move in witness.moves.items() if move < 0)
    counts = {row: list(of_row) for row, of_row in FEBRUARY.items()}
    counts[lower[0]]["xy".index(lower[1])] = 0
    year = year_of(JANUARY, {row: (x, y) for row, (x, y) in counts.items()})
    february = year.releases[1]
    assert year.coarse() == {"c1": (Coarsening.WITNESS, 1)}
    assert february.witnesses[0] == replace(witness, last=0)
    assert february.hidden["m3", "sum"] is Hiding.ABOVE
    assert ("m4", "x") not in february.hidden
    assert february.shown["c1", "x"] == sum(counts[row][0] for row in COUNTIES["c1"])
    assert {"m1", "m2", "m3"}.isdisjoint(row for row, _ in february.shown)
    check_year(year.releases)
    march = year.published(table_of(FEBRUARY, counties=COUNTIES))
    assert march.coarse() == year.coarse()
    assert march.newly_hidden() == ()


def test_a_year_begins_with_the_pattern_of_the_one_before() -> None:
    small = {**JANUARY, "m5": (3, 9)}
    former = year_of(JANUARY, small)
    begun = ReleaseYear.begun(ONE, after=former, likely=[("m3", "y")])
    assert begun.likely == {("m1", "x"), ("m5", "x"), ("m3", "y")}
    (january,) = begun.published(table_of(JANUARY, counties=COUNTIES)).releases
    assert january.hidden["m1", "x"] is Hiding.SMALL
    assert january.hidden["m3", "y"] is Hiding.FORESEEN
    # Nothing else in its county is hidden: by itself m5 would not be hidden at all.
    assert ("m5", "x") not in january.hidden
    assert ReleaseYear.begun(ONE, after=ReleaseYear.begun(ONE)).likely == frozenset()


def test_likely_cells_are_hidden_where_that_is_free() -> None:
    likely = [("m2", "x"), ("m2", "y"), ("m3", "x"), ("m3", "y")]
    protected = protect(table_of(JANUARY, counties=COUNTIES), ONE, likely=likely)
    assert {spot for spot, hiding in protected.hidden.items() if hiding is Hiding.FORESEEN} == set(likely)
    assert protected.extra == (("m1", "y"),)


def test_what_does_not_follow_is_refused() -> None:
    first = protect(table_of(JANUARY, counties=COUNTIES), ONE)
    with pytest.raises(BadTable, match="rows, columns and terms are those of the release before"):
        protect(table_of(JANUARY), ONE, former=first)
    with pytest.raises(BadTable, match="rows, columns and terms are those of the release before"):
        protect(first.table, Terms(4, 1), former=first)
    with pytest.raises(BadTable, match="row m1, column x: it has been hidden, and the reader is said to know it"):
        protect(table_of(JANUARY, counties=COUNTIES, known=[("m1", "x")]), ONE, former=first)


def test_a_reader_who_does_not_know_that_counts_rise_leaves_more_room() -> None:
    steady = {**JANUARY, "m4": (2, 6)}
    rising = year_of({**JANUARY, "m4": (5, 6)}, steady)
    free = year_of({**JANUARY, "m4": (5, 6)}, steady, terms=Terms(5, 1, rising=False))
    assert len(free.releases[1].hidden) <= len(rising.releases[1].hidden)


def exposed(protected: Protected, former: Protected | None, sentence: str) -> None:
    with pytest.raises(Exposed, match=re.escape(sentence)):
        check_release(protected, former)


def test_the_check_catches_each_fault() -> None:
    january, february = year_of(JANUARY, {**FEBRUARY, "m4": (6, 6)}).releases
    small: Spot = ("m1", "x")
    hidden = dict(january.hidden)

    def without(protected: Protected, spot: Spot) -> Protected:
        return replace(protected, hidden={s: why for s, why in protected.hidden.items() if s != spot})

    def moving(**changes: object) -> Protected:
        (witness,) = january.witnesses
        return replace(january, witnesses=(replace(witness, **changes),))  # type: ignore[arg-type]

    moves = dict(january.witnesses[0].moves)
    exposed(without(january, small), None, "row m1, column x: its 2 persons are shown")
    exposed(without(january, january.extra[0]), None, "a witness moves it, and the reader knows it")
    exposed(without(february, small), january, "it was hidden before, and is shown now")
    exposed(replace(january, hidden={**hidden, small: Hiding.ABOVE}), None, "it is small, and hidden as something else")
    kept = {**february.hidden, small: Hiding.ABOVE}
    exposed(replace(february, hidden=kept), january, "it was hidden before, and only its level is left out now")
    exposed(replace(january, witnesses=()), None, "no witness differs in it by 1")
    exposed(replace(january, terms=Terms(5, 2)), None, "no witness differs in it by 2")
    exposed(moving(moves={}), None, "a witness moves nothing")
    exposed(moving(moves={small: 1}), None, "the sum of a witness is off by 1")
    exposed(moving(moves={spot: 9 * move for spot, move in moves.items()}), None, "which the reader knows cannot be")
    exposed(february, None, "release 1: it does not follow the one before")
    exposed(replace(february, witnesses=()), january, "a witness of an earlier release is not there any more")
    late = replace(february, witnesses=(*february.witnesses, Witness(1, None, {s: 4 * m for s, m in moves.items()})))
    exposed(late, january, "and counts only rise")


def test_the_check_sees_zeros_that_tell_the_column() -> None:
    # The witness moves persons of m1 in and out, but all of them stay in x.
    table = table_of({"a": (3, 0), "b": (6, 7)})
    moves = {("a", "x"): 1, ("a", "sum"): 1, ("b", "x"): -1, ("b", "sum"): -1}
    hidden = dict.fromkeys(moves, Hiding.EXTRA) | {("a", "x"): Hiding.SMALL, ("a", "sum"): Hiding.SMALL}
    protected = Protected(0, ONE, table, hidden, (Witness(0, None, moves),), {})
    exposed(protected, None, "row a, column x: the zeros of its row tell in which column its persons are")
