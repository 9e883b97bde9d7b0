"""Made-up counts of the real shape: many municipalities, few categories, most cells 0 to 4, month by month."""

from collections.abc import Iterator
from random import Random

from bosett.disclosure import CountCell, CountRow, CountTable

TOP, SUM = "all", "sum"
CATEGORIES = ("families", "minors", "protection", "reunited", "resettled", "single")


def made_rows(municipalities: int, counties: int) -> tuple[CountRow, ...]:
    """Return municipalities in counties that differ in size, in a nation."""
    sizes = [2 + county % 3 for county in range(counties)]
    in_turn = [county for county, size in enumerate(sizes) for _ in range(size)]
    rows = [CountRow(TOP, None), *(CountRow(f"c{county:02}", TOP) for county in range(counties))]
    return (*rows, *(CountRow(f"m{m:03}", f"c{in_turn[m % len(in_turn)]:02}") for m in range(municipalities)))


def made_months(
    seed: int, year: int = 0, *, municipalities: int = 357, counties: int = 15, categories: int = 6, months: int = 12
) -> Iterator[CountTable]:
    """Return tables that add up month by month.

    A few municipalities have most of the persons, and half of the categories most of those: by the end of the year
    two cells in five are 1 to 4. Years of one seed have the same municipalities, each as large as in the others.
    """
    draw = Random(seed)  # noqa: S311  - shapes, not secrets
    rows = made_rows(municipalities, counties)
    lowest = [row.code for row in rows if row.code.startswith("m")]
    columns = CATEGORIES[:categories]
    share = {column: (8, 1, 16, 2, 6, 3)[place] for place, column in enumerate(columns)}
    size = {row: int(draw.paretovariate(1) * 10) for row in lowest}
    draw.seed(1000 * seed + year)
    counts = dict.fromkeys(((row, column) for row in lowest for column in columns), 0)
    for _ in range(months):
        for row, column in counts:
            chance = min(size[row], 400) * share[column] * 12 // months
            counts[row, column] += sum(draw.randrange(4000) < chance % 4000 for _ in range(2)) + chance // 4000
        yield CountTable.of(rows, columns, [CountCell(*spot, count) for spot, count in counts.items()], total=SUM)
