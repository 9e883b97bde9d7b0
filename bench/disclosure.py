"""Hold what hides small counts beside a plainer rule and time it; write docs/reference/bench-disclosure.md."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from attacks import attacked, recovered  # noqa: E402  - the path comes first
from bosett.disclosure import (  # noqa: E402  - as above
    CountTable,
    Hiding,
    Protected,
    ReleaseYear,
    Spot,
    Terms,
    check_release,
    protect,
)
from bosett.rounds.release import Release  # noqa: E402  - as above
from bosett.rounds.release_file import release_bytes, verified_release  # noqa: E402  - as above
from madecounts import made_months  # noqa: E402  - as above
from releases import YEAR, made_year  # noqa: E402  - as above

PAGE = ROOT / "docs" / "reference" / "bench-disclosure.md"
TIMES = 5
SEEDS = 5
HIDDEN_BELOW = 5
FULL = """357 municipalities in 15 counties, 6 categories and their sum: 2 611 cells, of which some 1 050 have 1 to 4
persons. The release of a December by itself, {seeds} made-up ones for each width, the least of {times} runs, from the
table to what is given, with its check. Aimed at: at most 0.5 s on two cores with nothing else to do, and at most 25 %
extra. *Extra* are the cells that are hidden for others, of those that are small."""
MADE = "Made by `make bench` (`bench/disclosure.py`); all numbers are from one run on one machine: read the ratios."
THROUGH = """Twelve releases that add up, the second year with the pattern that the first had at its end. What is hidden
once stays hidden, so most cells that are ever small are so in the first months. *First* and
*last* are the January and the December release. Extra is of all that is or was small, without what was foreseen; the
time is of the slowest release, and *counties without* are those whose municipalities are not shown any more."""
RELEASE = """What the public sees of a made-up year with 357 municipalities in 15 counties: for each of three steps
everybody and the minors among them, so 6 counts of each place. From the rows of the ledger to what is kept, with its
check; then the bytes of what is kept, and what is verified when they are read back. The slowest of 12 releases, each
with all before it. Aimed at: 0.5 s, and at most 25 % extra.

*Extra* is of one step, that with the most. *Needed* is what no pattern can do without: a municipality with few persons
in one column has another hidden beside it, else what is shown would tell that all of them are of that column. With two
columns in a row and most counts few, as early in a year, this alone is more than is aimed at."""
RULE = """The plainer rule hides, in every sum with one hidden cell alone, the smallest other, until none is alone; each
month by itself, as a spreadsheet does it. 24 municipalities in 4 counties, 4 months that add up. *Known* are hidden
cells, in all months, for which HiGHS has one value alone by all that was shown; *one category* are small cells of
which the zeros beside them tell that nobody of that municipality is in another category."""


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the least of a few runs, by a clock."""
    taken = []
    for _ in range(TIMES):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def extra(protected: Protected) -> str:
    return of_small(protected, len(protected.extra))


def of_small(protected: Protected, cells: int) -> str:
    small = sum(hiding in {Hiding.SMALL, Hiding.KEPT} for hiding in protected.hidden.values())
    return f"{100 * cells / small:.1f} %"


def december(seed: int) -> CountTable:
    *_, table = made_months(seed)
    return table


def at_full_size() -> Iterator[str]:
    tables = [december(seed) for seed in range(SEEDS)]
    for width in (1, 2, 3):
        terms = Terms(HIDDEN_BELOW, width)
        protected = [protect(table, terms) for table in tables]
        walls = [seconds(partial(protect, table, terms)) for table in tables]
        used = [seconds(partial(protect, table, terms), time.process_time) for table in tables]
        checks = [seconds(partial(check_release, each, None), time.process_time) for each in protected]
        shares = [extra(each) for each in sorted(protected, key=lambda each: len(each.extra))]
        coarse = sum(len(each.coarse) for each in protected)
        yield (
            f"| {width} | {max(walls):.2f} s | {max(used):.2f} s | {max(checks) / max(used):.2f} "
            f"| {shares[0]} to {shares[-1]} | {coarse} |"
        )


def through_a_year() -> Iterator[str]:
    for width in (1, 2):
        former: ReleaseYear | None = None
        for number in range(2):
            year, slowest = ReleaseYear.begun(Terms(HIDDEN_BELOW, width), after=former), 0.0
            for table in made_months(0, number):
                start = time.perf_counter()
                year = year.published(table)
                slowest = max(slowest, time.perf_counter() - start)
            first, last = year.releases[0], year.releases[-1]
            yield (
                f"| {width} | {'first' if former is None else 'second'} | {slowest:.2f} s | {len(first.hidden)} "
                f"| {len(last.hidden)} | {extra(first)} | {extra(last)} | {len(last.coarse)} |"
            )
            former = year


def releases_of_a_year() -> Iterator[str]:
    year_before: Release | None = None
    for number in range(2):
        slowest, start, releases = 0.0, time.perf_counter(), []
        for each in made_year(0, YEAR + number, year_before=year_before):
            slowest = max(slowest, time.perf_counter() - start)
            releases.append(each)
            start = time.perf_counter()
        release = releases[-1]
        content = release_bytes(release)
        written, read = seconds(partial(release_bytes, release)), seconds(partial(verified_release, content))
        most = [
            max(each.days[-1].tables.values(), key=lambda table: len(table.extra) / len(table.hidden))
            for each in (releases[0], releases[5], releases[-1])
        ]
        shares = " | ".join(f"{extra(each)} | {of_small(each, each.needed_in_rows)}" for each in most)
        yield (
            f"| {'first' if year_before is None else 'second'} | {slowest:.2f} s | {written:.2f} s | {read:.2f} s "
            f"| {shares} |"
        )
        year_before = release


def by_the_plainer_rule(table: CountTable) -> dict[Spot, Hiding]:
    """Hide small cells, and in each sum with one hidden cell alone the smallest other, until there is none."""
    cells = table.cells
    hidden = {spot: Hiding.SMALL for spot, cell in cells.items() if 0 < cell.count < HIDDEN_BELOW}
    while True:
        alone = [
            (spot, parts)
            for spot, parts in table.sums()
            if spot not in hidden and sum(part in hidden for part in parts) == 1
        ]
        if not alone:
            return hidden
        _, parts = alone[0]
        hidden[min((part for part in parts if part not in hidden), key=lambda part: cells[part].count)] = Hiding.EXTRA


def one_category(protected: Protected) -> int:
    """Return how many small cells are the only one of their row that is hidden, or can be more than 0."""
    table, count = protected.table, 0
    with_parts = table.parts()
    for row, column in (spot for spot, hiding in protected.hidden.items() if hiding is Hiding.SMALL):
        others = [(row, other) for other in table.columns if other != column]
        if row not in with_parts and column != table.total:
            count += all(spot not in protected.hidden and not table.cells[spot].count for spot in others)
    return count


def beside_the_rule() -> Iterator[str]:
    for seed in range(3):
        tables = list(made_months(seed, municipalities=24, counties=4, months=4))
        year = ReleaseYear.begun(Terms(HIDDEN_BELOW, 1))
        for table in tables:
            year = year.published(table)
        plain = [
            Protected(number, year.terms, table, by_the_plainer_rule(table), (), {})
            for number, table in enumerate(tables)
        ]
        for name, releases in (("ours", year.releases), ("the plainer rule", plain)):
            lost = recovered(releases, attacked(releases))
            small = sum(0 < releases[number].table.cells[spot].count < HIDDEN_BELOW for number, spot in lost)
            yield (
                f"| {seed} | {name} | {sum(len(each.hidden) for each in releases)} | {len(lost)} | {small} "
                f"| {sum(map(one_category, releases))} |"
            )


def main() -> None:
    parts = [
        "# Bench: hiding small counts",
        MADE,
        "## At full size",
        FULL.format(seeds=SEEDS, times=TIMES),
        "| width | release | of the processor | of it check | extra | counties without parts |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(at_full_size()),
        "## Through a year",
        THROUGH,
        "| width | year | slowest release | hidden first | last | extra first | last | counties without |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(through_a_year()),
        "## A release of a settlement year",
        RELEASE,
        "| year | slowest release | written | read back and verified | extra in January | needed | in June | needed "
        "| in December | needed |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" + "\n".join(releases_of_a_year()),
        "## Beside a plainer rule",
        RULE,
        "| year | | hidden, in all months | known | of them small | one category |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(beside_the_rule()),
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
