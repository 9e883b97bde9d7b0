"""Time the engine beside its peers and the county's desk, in one run on one machine; write docs/reference/bench.md."""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from apportionment import methods  # noqa: E402  - the path comes first

from bosett.apportion import Problem, Recipient, TieRule, share_out  # noqa: E402
from counties import counties, nation  # noqa: E402
from integer_program import solved_by  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "bench.md"


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the median of a few runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def made_up(count: int, total: int, *, equal: bool = False) -> Problem:
    draw = random.Random(count)
    people = (Fraction(7, 3) if equal else Fraction(draw.randint(500, 700_000), 5_367_580) for _ in range(count))
    return Problem.of(total, [Recipient(str(place), claim, 10) for place, claim in enumerate(people)])


def shown(time_taken: float) -> str:
    return f"{time_taken * 1000:.1f} ms" if time_taken < 1 else f"{time_taken:.2f} s"


def beside(name: str, ours: float, theirs: float) -> str:
    return f"| {name} | {shown(ours)} | {shown(theirs)} | {theirs / ours:.0f} |"


def peers() -> list[str]:
    country = nation(2021)
    votes = [int(who.claim) for who in country.recipients]
    bare = Problem.of(5_025, [Recipient(who.id, who.claim) for who in country.recipients], tie_rule=TieRule.ID)
    exact = seconds(lambda: methods.compute("saintelague", votes, 5_025, fractions=True, tiesallowed=False), 1)
    rows = [
        beside(
            f"`apportionment` in fractions, {len(votes)} recipients, 5 025 people",
            seconds(lambda: share_out(bare)),
            exact,
        )
    ]
    problems = {f"county {code}": problem for code, problem in counties(2021).items()} | {"the country": country}
    for module, solver in (("solver_highs", "HiGHS"), ("solver_ortools", "OR-Tools (SCIP)")):
        solved = solved_by(module, list(problems.values()))
        for (name, problem), (_, theirs) in zip(problems.items(), solved, strict=True):
            rows.append(beside(f"{solver}, {name} 2021, floor and ceilings", one(problem), theirs))
    return rows


def one(problem: Problem) -> float:
    return seconds(lambda: share_out(problem))


def ours() -> list[str]:
    country = nation(2021)
    common = Problem.of(37_000, [Recipient(who.id, who.claim, 10, 4_000) for who in country.recipients])
    own = nation(2021, 37_000)
    rows = [
        f"| 356 x 37 000, floor 10, common ceiling | {shown(one(common))} |",
        f"| 356 x 37 000, floor 10, ceilings of their own | {shown(one(own))} |",
    ]
    for count in (1_000, 10_000, 100_000):
        problem = made_up(count, count * 50)
        size = f"{count:,} x {count * 50:,}".replace(",", " ")
        rows.append(f"| {size}, floor 10 | {shown(one(problem))} |")
    return rows


def largest() -> str:
    """Share 100 000 x 5 million in a fresh process and return seconds and peak memory."""
    command = [sys.executable, __file__, "largest"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  - ourselves


def measure_largest(*, equal: bool) -> str:
    problem = made_up(100_000, 5_000_001 if equal else 5_000_000, equal=equal)
    start = time.perf_counter()
    share_out(problem)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kind = "all claims equal (a tie)" if equal else "claims all different"
    return f"| 100 000 x 5 million, floor 10, {kind}, in a fresh process | {shown(taken)}, {peak} MiB |"


def desk() -> str:
    """Time the county's desk in a fresh process: a workspace of its own."""
    command = [sys.executable, str(ROOT / "bench" / "desk.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  - ourselves


DESK = """The largest county's sheet, in a round whose proposal is shared: what the server takes to answer, from the
request's first line to the answer's last, with its own database. The median of 30, in turn with a page that reads no
round. Aimed at: less than 100 ms for the sheet and 50 ms for a saved cell, on a machine with nothing else to do."""


def main() -> None:
    if sys.argv[1:] == ["largest"]:
        print(measure_largest(equal=False))
        print(measure_largest(equal=True))
        return
    parts = [
        "# Bench: the engine beside its peers, and the desk",
        "Made by `make bench` (`bench/run.py`); all numbers are from one run on one machine, so read the ratios.",
        "## The engine by itself",
        "| sharing | time |\n| --- | --- |\n" + "\n".join([*ours(), largest()]),
        "## Beside peers",
        "| peer and problem | engine | peer | times faster |\n| --- | --- | --- | --- |\n" + "\n".join(peers()),
        "## The county's desk",
        DESK,
        "| request | time | times the page without a round |\n| --- | --- | --- |\n" + desk(),
    ]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
