"""Tables of counts for the tests of disclosure: written by hand, drawn by hypothesis, and as they were published."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from hypothesis import strategies as st

from bosett.disclosure import CountCell, CountRow, CountTable, Terms

TOP, SUM = "all", "sum"


def table_of(
    counts: Mapping[str, Sequence[int]],
    *,
    counties: Mapping[str, Sequence[str]] | None = None,
    columns: Sequence[str] = ("x", "y"),
    known: Sequence[tuple[str, str]] = (),
    total: str | None = SUM,
) -> CountTable:
    """Return a table from the counts of its lowest rows, which are parts of counties, or of all."""
    part_of = {row: county for county, rows in (counties or {}).items() for row in rows}
    rows = [CountRow(TOP, None), *(CountRow(county, TOP) for county in counties or ())]
    rows += [CountRow(row, part_of[row] if part_of else TOP) for row in counts]
    cells = [
        CountCell(row, column, count, known=(row, column) in known)
        for row, of_row in counts.items()
        for column, count in zip(columns, of_row, strict=True)
    ]
    return CountTable.of(rows, columns, cells, total=total)


COUNTIES = {"c1": ("m1", "m2", "m3"), "c2": ("m4", "m5"), "c3": ("m6",)}
TERMS = st.builds(Terms, st.integers(2, 6), st.integers(1, 2), st.just(value=True))


@st.composite
def months(draw: st.DrawFn, *, most: int = 3, releases: int = 3) -> list[CountTable]:
    """Draw tables that add up from one release to the next, with some cells that the reader knows to be empty."""
    columns = ("x", "y", "z")[: draw(st.integers(2, 3))]
    rows = [row for of_county in COUNTIES.values() for row in of_county]
    spots = [(row, column) for row in rows for column in columns]
    empty = draw(st.sets(st.sampled_from(spots), max_size=3))
    added = [
        {spot: 0 if spot in empty else draw(st.integers(0, 12 if not month else most)) for spot in spots}
        for month in range(draw(st.integers(1, releases)))
    ]
    sums = accumulate(added, lambda one, other: {spot: one[spot] + other[spot] for spot in spots})
    return [
        table_of(
            {row: [counts[row, column] for column in columns] for row in rows},
            counties=COUNTIES,
            columns=columns,
            known=sorted(empty),
        )
        for counts in sums
    ]
