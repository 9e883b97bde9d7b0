"""Time what a choice of weights does to the whole country, beside a run of the round; write bench-criteria.md."""

import random
import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

from bosett.parameters import CriteriaChoice, choice_of, load_shipped
from bosett.rounds.run import compute
from bosett.rounds.what_if import what_if

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "bench-criteria.md"
FILE, YEAR, TOTAL = "no-2021-reference", 2021, 5025
CHOICES = 40
ABOUT = f"""Made by `make bench` (`bench/criteria.py`): {CHOICES} choices of weights and floor drawn by chance, each new
to the program: the country shared anew, with real weights, distance from last year and unlike treatment. Beside it the
whole run of the round, as the proposal makes it. Aimed at: at most 300 ms on the server for a change that is tried."""


def drawn(draw: random.Random, base: CriteriaChoice) -> CriteriaChoice:
    """Return weights in whole per cent that add up, and a floor."""
    first = draw.randint(0, 100)
    second = draw.randint(0, 100 - first)
    parts = (first, second, 100 - first - second)
    weights = tuple((code, Fraction(part, 100)) for (code, _), part in zip(base.weights, parts, strict=True))
    return CriteriaChoice(weights, draw.randint(1, 15))


def seconds(work: Callable[[], object]) -> float:
    begins = time.perf_counter()
    work()
    return time.perf_counter() - begins


def main() -> None:
    file = load_shipped(FILE)
    base = choice_of(file)
    assert base is not None  # noqa: S101  - the weights of our own model are known
    what_if(file, base, TOTAL)  # figures are read once
    draw = random.Random(1)
    taken = [seconds(partial(what_if, file, drawn(draw, base), TOTAL)) for _ in range(CHOICES)]
    run = min(seconds(lambda: compute(YEAR, total=TOTAL, criteria=file)) for _ in range(3))
    median, slowest = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    table = "\n".join(
        [
            "| what | one in two within | nineteen in twenty within | of a whole run |",
            "| --- | --- | --- | --- |",
            f"| a choice of weights | {median * 1000:.0f} ms | {slowest * 1000:.0f} ms | {median / run:.2f} |",
        ]
    )
    PAGE.write_text(f"# Bench: trying other weights\n\n{ABOUT}\n\n{table}\n", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
