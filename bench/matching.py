"""Hold the matching beside a plainer rule and beside HiGHS, and time it; write docs/reference/bench-matching.md."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from bosett.matching import Keep, Levels, Matched, Matching, Where, check, explain, solve  # noqa: E402  - the path comes first
from bosett.matching.levels import total  # noqa: E402  - as above
from madematchings import after_a_change, levels_by, made_matching  # noqa: E402  - as above

PAGE = ROOT / "docs" / "reference" / "bench-matching.md"
TIMES = 7
ASKED = 100
RULE = """The plainer rule serves one household after the other, who has waited longest first, and gives each the
earliest place that would do, the least too large of those. 60 made-up groups of 5 to 120 households wait for 26 weeks
of places in 356 municipalities; in so many of a hundred openings there is a place or two."""
FULL = """60 groups, 356 municipalities, 26 weeks and 5 kinds are 46 280 openings. *Sorts* is how unlike the
municipalities are to those who wait: in so many sorts they fall by whom they suit. The plan is timed with its
certificate, from groups and openings to what is given; the least of {times}, as whatever else runs on the machine can
only add, and beside it what the processor took, as it did for the certificate and the plainer rule. Aimed at: at most
0.5 s on two cores with nothing else to do. A reason is made when it is asked for: the mean of the first {asked}."""
AGAIN = """The same, with the former plan at hand, when a municipality has closed and each group has one household
more: how many households do not stand where the former plan had them, the new ones too."""
KEEPS = {Keep.LAST: "after all else", Keep.FIRST: "before all else"}
PEER = """12 groups, 6 weeks, 5 kinds. HiGHS solves a linear program for each level, those before held fast; it runs
in a process of its own, its time has the handing over in it, and its levels are the same."""


def seconds(work: Callable[[], object], times: int = TIMES, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the least of a few runs, by a clock."""
    taken = []
    for _ in range(times):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def first_come(matching: Matching) -> Levels:
    """Serve who has waited longest first, each with the earliest place that would do, and return what it costs."""
    left = {opening.where: opening.count for opening in matching.openings}
    counts: dict[tuple[str, Where], int] = {}
    for group in sorted(matching.groups, key=lambda group: (-group.waited, group.code)):
        usable = [opening.where for opening in matching.openings if group.may_use(opening.week, opening.kind)]
        units = group.count
        for where in sorted(usable, key=lambda where: (where[1], group.kinds[where[2]], where[0])):
            count = min(units, left[where])
            if count:
                counts[group.code, where] = count
                left[where] -= count
                units -= count
    return total(matching, ((code, where, count) for (code, where), count in counts.items()))


def number(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def times_as_many(theirs: int, ours: int) -> str:
    return f"{theirs / ours:.2f}" if ours else "-"


def beside_the_rule() -> Iterator[str]:
    for name, share in (("tight", 3), ("even", 6), ("easy", 20)):
        matching = made_matching(1, share=share)
        ours, theirs = solve(matching).levels, first_come(matching)
        for level in ("unplaced", "waited", "too_large"):
            one, other = getattr(ours, level), getattr(theirs, level)
            words = {
                "unplaced": "persons without a place",
                "waited": "person-weeks waited",
                "too_large": "sizes too large",
            }
            yield (
                f"| {name}: {share} of 100 | {words[level]} | {number(one)} | {number(other)} "
                f"| {times_as_many(other, one)} |"
            )


def at_full_size() -> Iterator[str]:
    for unlike in (0, 3, 12, 60):
        matching = made_matching(1, unlike=unlike, share=10)
        matched = solve(matching)
        wall, certificate, used, rule = (
            seconds(partial(solve, matching)),
            seconds(partial(check, matching, matched), clock=time.process_time),
            seconds(partial(solve, matching), clock=time.process_time),
            seconds(partial(first_come, matching), 1, clock=time.process_time),
        )
        yield (
            f"| {unlike or 'all alike'} | {wall:.2f} s | {used:.2f} s | {certificate:.2f} s | {used / rule:.2f} "
            f"| {1000 * reason(matching, matched):.0f} ms |"
        )


def again() -> Iterator[str]:
    for unlike in (0, 12):
        matching = made_matching(1, unlike=unlike, share=10)
        for keep in Keep:
            later = after_a_change(matching, keep)
            matched = solve(later)
            wall, used = seconds(partial(solve, later)), seconds(partial(solve, later), clock=time.process_time)
            levels = matched.levels
            yield (
                f"| {unlike or 'all alike'} | {KEEPS[keep]} | {wall:.2f} s | {used:.2f} s "
                f"| {number(levels.broken + levels.changed)} | {number(levels.waited)} |"
            )


def reason(matching: Matching, matched: Matched) -> float:
    start = time.perf_counter()
    made = sum(1 for _ in islice(explain(matching, matched), ASKED))
    return (time.perf_counter() - start) / made


def beside_highs() -> Iterator[str]:
    sizes = (5, 20, 60)
    matchings = [made_matching(1, groups=12, sites=sites, weeks=6, share=30) for sites in sizes]
    for sites, matching, (levels, theirs) in zip(sizes, matchings, levels_by("matching_highs", matchings), strict=True):
        if solve(matching).levels != levels:
            raise SystemExit(f"HiGHS has {levels}, and ours is {solve(matching).levels}")
        ours = seconds(partial(solve, matching))
        yield f"| {sites} municipalities | {1000 * ours:.0f} ms | {1000 * theirs:.0f} ms | {theirs / ours:.0f} |"


def main() -> None:
    parts = [
        "# Bench: matching places to those who wait",
        "Made by `make bench` (`bench/matching.py`); all numbers are from one run on one machine, so read the ratios.",
        "## Beside a plainer rule",
        RULE,
        "| weeks | | matching | the plainer rule | times as many |\n| --- | --- | --- | --- | --- |\n"
        + "\n".join(beside_the_rule()),
        "## At full size",
        FULL.format(times=TIMES, asked=ASKED),
        "| sorts | plan | of the processor | of it certificate | times the plainer rule | a reason |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(at_full_size()),
        "## Matched again",
        AGAIN,
        "| sorts | the former plan comes | plan | of the processor | elsewhere or new | person-weeks waited |\n"
        "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(again()),
        "## Beside HiGHS",
        PEER,
        "| size | matching, with its certificate | HiGHS | times faster |\n| --- | --- | --- | --- |\n"
        + "\n".join(beside_highs()),
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
