"""Time what other criteria do to the whole country, beside a run of the round; write bench-criteria.md."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from bosett.parameters import (
    Bound,
    CriteriaChoice,
    CriteriaFile,
    Eligible,
    Reading,
    choice_of,
    chosen,
    load_shipped,
    written,
)
from bosett.rounds.run import compute
from bosett.rounds.sensitivity import Forecasted, sensitivity
from bosett.rounds.what_if import come_to, what_if

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "bench-criteria.md"
FILE, YEAR, TOTAL = "no-2021-reference", 2021, 5025
CHOICES = 40
ABOUT = f"""Made by `make bench` (`bench/criteria.py`): {CHOICES} choices of weights and floor drawn by chance, each new
to the program: the country shared anew, with real weights, distance from last year and unlike treatment. Then the same
with a corridor around last year and a limit for who may be asked, as criteria that are written in the workspace: read
back by the strict reader, named by their content and shared. Then how far the numbers hang on each weight and on a
forecast, where each thing that is moved is a sharing of its own. Beside them the whole run of the round, as the
proposal makes it. Aimed at: at most 300 ms on the server for a change that is tried or typed."""


def written_anew(file: CriteriaFile, choice: CriteriaChoice, small: int) -> CriteriaFile:
    """Return criteria with other weights, a wide corridor and a least number of inhabitants, as a written rule."""
    changed, floor = chosen(file, choice), file.criteria[-1]
    last, people = Reading("requested_first", 2020, None, 0), Reading("population", 2020, None, 0)
    near = replace(floor, code="near", bound=Bound(None, None, (last, Fraction(0), Fraction(9)), None))
    asked = replace(floor, code="asked", kind="eligibility", bound=None, eligible=Eligible(people, Fraction(small)))
    return written(replace(changed, criteria=(*changed.criteria, near, asked)), "Prøve")


def drawn(draw: random.Random, base: CriteriaChoice) -> CriteriaChoice:
    """Return weights in whole per cent that add up, and a floor."""
    first = draw.randint(1, 98)
    second = draw.randint(1, 99 - first)
    parts = (first, second, 100 - first - second)
    weights = tuple((code, Fraction(part, 100)) for (code, _), part in zip(base.weights, parts, strict=True))
    return CriteriaChoice(weights, draw.randint(1, 15))


def seconds(work: Callable[[], object]) -> float:
    begins = time.perf_counter()
    work()
    return time.perf_counter() - begins


def row(what: str, taken: Sequence[float], run: float) -> str:
    """Return a row of the table."""
    median, slowest = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return f"| {what} | {median * 1000:.0f} ms | {slowest * 1000:.0f} ms | {median / run:.2f} |"


def main() -> None:
    file = load_shipped(FILE)
    base = choice_of(file)
    assert base is not None  # noqa: S101  - the weights of our own model are known
    what_if(file, base, TOTAL)  # figures are read once
    draw = random.Random(1)
    tried = [seconds(partial(what_if, file, drawn(draw, base), TOTAL)) for _ in range(CHOICES)]

    def typed() -> None:
        come_to(written_anew(file, drawn(draw, base), draw.randint(200, 2000)), TOTAL)

    typed()  # figures are read once
    wrote = [seconds(typed) for _ in range(CHOICES)]
    forecast = Forecasted(4500, TOTAL, 5500)
    hung = [seconds(partial(sensitivity, file, drawn(draw, base), TOTAL, forecast)) for _ in range(CHOICES // 4)]
    run = min(seconds(lambda: compute(YEAR, total=TOTAL, criteria=file)) for _ in range(3))
    table = "\n".join(
        [
            "| what | one in two within | nineteen in twenty within | of a whole run |",
            "| --- | --- | --- | --- |",
            row("a choice of weights", tried, run),
            row("criteria that are written", wrote, run),
            row("how far the numbers hang on each weight", hung, run),
        ]
    )
    PAGE.write_text(f"# Bench: trying other criteria\n\n{ABOUT}\n\n{table}\n", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
