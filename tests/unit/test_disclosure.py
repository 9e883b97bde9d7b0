"""Small counts by worked examples: what is hidden, with what, and which tables are refused."""

import re

import pytest

from bosett.disclosure import (
    BadTable,
    Coarsening,
    CountCell,
    CountRow,
    CountTable,
    Hiding,
    NothingHides,
    Terms,
    check_release,
    protect,
)
from counting_tables import table_of

ONE = Terms(5, 1)
PLAIN = {"a": (2, 10), "b": (8, 9), "c": (7, 20)}


def test_a_small_cell_is_hidden_with_the_three_that_would_give_it_away() -> None:
    # Row a gives x from y, and each column gives its cell of row a; b has fewer persons than c.
    protected = protect(table_of(PLAIN), ONE)
    assert protected.hidden == {
        ("a", "x"): Hiding.SMALL,
        ("a", "y"): Hiding.EXTRA,
        ("b", "x"): Hiding.EXTRA,
        ("b", "y"): Hiding.EXTRA,
    }
    assert protected.extra == (("a", "y"), ("b", "x"), ("b", "y"))
    assert protected.shown["c", "x"] == 7
    assert protected.shown["a", "sum"] == 12


def test_its_witness_is_two_tables_that_agree_in_all_that_is_shown() -> None:
    protected = protect(table_of(PLAIN), Terms(5, 2))
    witness = protected.witness_of(("a", "x"))
    assert witness is not None
    one, other = witness.tables(protected.table)
    assert abs(one["a", "x"] - other["a", "x"]) == 2
    assert {spot: other[spot] for spot in protected.shown} == protected.shown
    assert min(other.values()) >= 0
    for spot, parts in protected.table.sums():
        assert other[spot] == sum(other[part] for part in parts)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    protected = protect(table_of({"a": (5, 0), "b": (8, 9)}), ONE)
    assert (protected.hidden, protected.witnesses) == ({}, ())
    assert protected.witness_of(("a", "x")) is None


def test_a_zero_is_hidden_where_it_would_tell_in_which_column_a_few_are() -> None:
    # The row's sum is small and hidden. If y were shown as 0, all who live there would be known to be of x.
    protected = protect(table_of({"a": (3, 0), "b": (6, 7)}), ONE)
    assert protected.hidden["a", "sum"] is Hiding.SMALL
    assert protected.hidden["a", "y"] is Hiding.EXTRA


def test_a_zero_is_shown_where_it_gives_nothing_away() -> None:
    protected = protect(table_of({"a": (3, 2, 0), "b": (4, 4, 0), "c": (0, 9, 9)}, columns=("x", "y", "z")), ONE)
    assert protected.shown["a", "z"] == 0
    assert protected.extra == ()


def test_small_cells_that_hide_each_other_need_no_more() -> None:
    protected = protect(table_of({"a": (1, 2, 30), "b": (3, 4, 30)}, columns=("x", "y", "z")), ONE)
    assert [spot for spot in protected.hidden if spot[0] != "all"] == [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]


def test_what_the_reader_knows_hides_nothing_and_is_not_hidden() -> None:
    protected = protect(table_of(PLAIN, known=[("b", "x")]), ONE)
    assert ("b", "x") not in protected.hidden
    assert protected.extra == (("a", "y"), ("c", "x"), ("c", "y"))
    known = protect(table_of(PLAIN, known=[("a", "x")]), ONE)
    assert known.shown["a", "x"] == 2


def test_what_is_known_to_be_at_most_is_not_exceeded() -> None:
    # b cannot have more than it has: then nobody moves there.
    table = table_of(PLAIN)
    cells = [CountCell(c.row, c.column, c.count, most=c.count if c.row == "b" else None) for c in table.cells.values()]
    protected = protect(CountTable.of(table.rows, table.columns, cells, total="sum"), ONE)
    assert {spot for spot in protected.hidden if spot[0] == "c"} == {("c", "x"), ("c", "y")}


def test_columns_without_a_sum_are_hidden_each_by_itself() -> None:
    protected = protect(table_of({"a": (2, 10), "b": (8, 9), "c": (7, 20)}, total=None), ONE)
    assert list(protected.hidden) == [("a", "x"), ("c", "x")]


def test_an_only_municipality_is_hidden_with_its_county() -> None:
    counties = {"c1": ("m1",), "c2": ("m2", "m3")}
    protected = protect(table_of({"m1": (2, 10), "m2": (9, 9), "m3": (8, 8)}, counties=counties), ONE)
    assert {("m1", "x"), ("c1", "x"), ("m1", "y"), ("c1", "y")} <= protected.hidden.keys()


def test_where_nothing_can_be_otherwise_the_level_is_left_out_and_says_so() -> None:
    # The reader knows that nobody of y is in m1: whoever is there is of x, unless the municipalities are not shown.
    counties = {"c1": ("m1", "m2"), "c2": ("m3", "m4")}
    counts = {"m1": (2, 0), "m2": (9, 9), "m3": (8, 8), "m4": (7, 9)}
    protected = protect(table_of(counts, counties=counties, known=[("m1", "y")]), ONE)
    assert protected.coarse == {"c1": Coarsening.NO_WAY}
    assert protected.hidden["m2", "y"] is Hiding.ABOVE
    assert protected.shown["c1", "x"] == 11
    assert protected.shown["m1", "y"] == 0
    assert protected.shown["m3", "x"] == 8


def test_what_nothing_can_hide_is_refused_by_name() -> None:
    cells = [CountCell("a", "x", 3), CountCell("a", "y", 9, known=True), CountCell("a", "sum", 12, known=True)]
    table = CountTable.of([CountRow("all", None), CountRow("a", "all")], ["x", "y"], cells, total="sum")
    with pytest.raises(NothingHides, match=re.escape("row a, column x: no other table fits")) as refused:
        protect(table, ONE)
    assert refused.value.spots == (("a", "x"), ("all", "x"))


def test_what_is_blank_tells_nothing_of_where_the_few_are() -> None:
    # As above, but nothing is counted of y in m1: that nobody is told of there says nothing of the two of x.
    rows = [CountRow("all", None), *(CountRow(row, "all") for row in ("m1", "m2", "m3"))]
    counts = {("m1", "x"): 2, ("m2", "x"): 9, ("m2", "y"): 9, ("m3", "x"): 8, ("m3", "y"): 8}
    cells = [CountCell(*spot, count) for spot, count in counts.items()]
    blank = CountCell("m1", "y", 0, known=True, blank=True)
    protected = protect(CountTable.of(rows, ["x", "y"], [*cells, blank], total="sum"), ONE)
    # The sum of its row gives the 2 away, and its column; so another row goes with it, with its sum.
    assert {*protected.hidden} == {(row, column) for row in ("m1", "m3") for column in ("x", "sum")}
    assert protected.coarse == {}
    of_zero = CountTable.of(rows, ["x", "y"], [*cells, CountCell("m1", "y", 0, known=True)], total="sum")
    assert protect(of_zero, ONE).coarse == {"all": Coarsening.NO_WAY}
    for count, known in ((1, True), (0, False)):
        with pytest.raises(BadTable, match="row m1, column y: it is blank"):
            CountCell("m1", "y", count, known=known, blank=True)


@pytest.mark.parametrize(("width", "hidden"), [(1, 4), (2, 4), (9, 6)])
def test_the_width_is_how_far_the_tables_are_apart(width: int, hidden: int) -> None:
    protected = protect(table_of(PLAIN), Terms(5, width))
    check_release(protected, None)
    assert len(protected.hidden) == hidden


@pytest.mark.parametrize(
    ("rows", "columns", "cells", "total", "sentence"),
    [
        ([("all", None)], [], [], None, "rows and columns: each has a code, and there is one column or more"),
        ([("all", None)], [""], [], None, "rows and columns: each has a code, and there is one column or more"),
        ([("all", None), ("a", "all"), ("a", "b")], ["x"], [], None, "row a: stands more than once"),
        ([("all", None)], ["x", "x"], [], None, "column x: stands more than once"),
        ([("all", None)], ["x"], [], "x", "column x: stands more than once"),
        ([("a", None), ("b", None)], ["x"], [], None, "rows: 2 are a part of none (a, b); one row is that of all"),
        ([("all", None), ("a", "b")], ["x"], [], None, "row a: it is a part of b, which is no row"),
        ([("all", None), ("a", "b"), ("b", "a")], ["x"], [], None, "row a: it is a part of itself, by way of others"),
        ([("all", None)], ["x"], [("all", "x", 1), ("all", "x", 1)], None, "row all, column x: stands more than once"),
        ([("all", None)], ["x"], [("all", "y", 1)], None, "row all, column y: there is no such row or column"),
        ([("all", None)], ["x", "y"], [("all", "x", 1)], None, "row all, column y: there is no count"),
        (
            [("all", None), ("a", "all")],
            ["x"],
            [("all", "x", 2), ("a", "x", 1)],
            None,
            "it says 2, and its parts are 1",
        ),
    ],
)
def test_a_table_of_another_shape_is_refused(
    rows: list[tuple[str, str | None]],
    columns: list[str],
    cells: list[tuple[str, str, int]],
    total: str | None,
    sentence: str,
) -> None:
    with pytest.raises(BadTable, match=re.escape(sentence)):
        CountTable.of([CountRow(*row) for row in rows], columns, [CountCell(*cell) for cell in cells], total=total)


def test_counts_and_terms_that_make_no_sense_are_refused() -> None:
    with pytest.raises(BadTable, match="-1 persons"):
        CountCell("a", "x", -1)
    with pytest.raises(BadTable, match="3 persons, where there are known to be 2 at most"):
        CountCell("a", "x", 3, most=2)
    with pytest.raises(BadTable, match="least 0 and width 1; both are 1 or more"):
        Terms(0, 1)
    with pytest.raises(BadTable, match="row a, column q: it is said to become small"):
        protect(table_of(PLAIN), ONE, likely=[("a", "q")])
