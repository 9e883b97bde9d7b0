"""Hold the forecast of need beside a plain loop over paths, and time it; write docs/reference/bench-need.md."""

import math
import random
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import accumulate
from pathlib import Path

from bosett.stages.forecast.arrivals import follow_gain, frozen_spread
from bosett.stages.forecast.calendar import Restart, StreamStop
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.streams import MonthlyPlaces, NeedModel, NeedStream, PermitFlow, QuotaFlow
from bosett.stages.forecast.summary import so_far, summarise

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "bench-need.md"
TIMES = 5
PATHS = 100_000
LOOPED = 1_000
QUICK = 5_000
MONTHS = 36
SIZE = """{paths} paths of 36 months and 4 streams, from the model to low, middle and high of every month and of all
three years. The least of {times}, as whatever else runs on the machine can only add; beside it what the processor took,
of all its cores together. Aimed at: at most 2 s on two cores with nothing else to do."""
ANSWER = """{quick} paths of the same 36 months, from the model to the year's numbers, by one thread: what a page waits
for, once for each scenario that it shows. Aimed at: at most 300 ms on the server for all of a page."""
LOOP = """The plain loop makes one path after the other, month by month and stream by stream, in Python's own numbers:
{looped} paths without places, of which the time of {paths} is reckoned. Its year is as the other's, but for chance."""


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the least of a few runs, by a clock."""
    taken = []
    for _ in range(TIMES):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def model(places: MonthlyPlaces | None = None) -> NeedModel:
    quarter, half = Fraction(1, 4), Fraction(1, 2)
    stop = StreamStop(date(2020, 3, 14), (Restart(date(2020, 8, 1), half), Restart(None, half)), 8)
    waits = (Fraction(0), Fraction(0), quarter, quarter, quarter, quarter)
    flows = (
        QuotaFlow(NeedStream.RESETTLEMENT, 3000, 50, (stop,)),
        PermitFlow(NeedStream.RECEPTION, 577, Fraction(165), waits, Fraction(1, 20)),
        PermitFlow(NeedStream.MINORS_UNDER_15, 12, Fraction(10, 3), waits),
        PermitFlow(NeedStream.MINORS_15_18, 29, Fraction(25, 3), waits),
    )
    return NeedModel(FlowMonth(2020, 1), MONTHS, flows, frozen_spread(date(2020, 1, 1)), places)


def forecast(need: NeedModel, workers: int) -> int:
    """Simulate and summarise three years; return the middle of the first."""
    paths = simulate(need, seed=1, paths=PATHS, workers=workers)
    first, *_ = [summarise(paths, year).year_total["reception"].p50 for year in (2020, 2021, 2022)]
    return first


def quick(need: NeedModel) -> int:
    """Answer of one year from few paths, as a page does while somebody waits; return the middle of everybody."""
    paths = simulate(need, seed=1, paths=QUICK)
    summary, _ = summarise(paths, 2020), so_far(paths, 2020)
    return summary.year_total["all"].p50


def looped(need: NeedModel) -> int:
    """Make the streams of permits by a plain loop, and return the middle of reception's first year."""
    chance, totals = random.Random(1), []
    for _ in range(LOOPED):
        for flow in need.flows:
            if isinstance(flow, PermitFlow):
                total = sum(one_path(flow, need, chance)[:12])
                totals += [total] if flow.stream is NeedStream.RECEPTION else []
    return sorted(totals)[LOOPED // 2 - 1]


def one_path(flow: PermitFlow, need: NeedModel, chance: random.Random) -> list[int]:
    spread = need.spread
    start = float(flow.a_month) * math.exp(follow_gain(spread)[1] * chance.gauss(0, 1))
    variance = float(spread.noise) ** 2 + 1 / max(start, 1)
    level, came, whole_before, ready = 0.0, 0.0, 0, [0] * need.months
    for month in range(need.months):
        level += float(spread.level) * chance.gauss(0, 1)
        height = min(level, math.log(float(spread.cap)))
        came += start * math.exp(height + math.sqrt(variance) * chance.gauss(0, 1) - variance / 2)
        permits = math.floor(came) - whole_before + (0 if month else flow.waiting)
        whole_before = math.floor(came)
        before, part = 0, 0.0
        for later, each in enumerate(flow.waits[: need.months - month]):
            part += float(each)
            by_then = math.floor(permits * part)
            ready[month + later] += by_then - before
            before = by_then
    alone = 0
    for month, upto in enumerate(list(accumulate(ready))):
        by_then = math.floor(upto * float(flow.alone))
        ready[month] -= by_then - alone
        alone = by_then
    return ready


def number(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def main() -> None:
    limited = model(MonthlyPlaces((400,) * MONTHS, (15,) * MONTHS))
    rows = [
        f"| {name} | {workers} | {seconds(partial(forecast, need, workers)):.2f} s "
        f"| {seconds(partial(forecast, need, workers), time.process_time):.2f} s |"
        for name, need in (("no limit", model()), ("places", limited))
        for workers in (1, 2)
    ]
    start = time.perf_counter()
    middle = looped(model())
    loop = (time.perf_counter() - start) * PATHS / LOOPED
    ours = seconds(partial(forecast, model(), 1))
    soon = seconds(partial(quick, model()))
    beside = (
        f"| time | {ours:.2f} s | {loop:.0f} s | {loop / ours:.0f} |",
        f"| middle of reception in the first year | {number(forecast(model(), 1))} | {number(middle)} | |",
    )
    parts = [
        "# Bench: the need of three years",
        "Made by `make bench` (`bench/need.py`); all numbers are from one run on one machine, so read the ratios.",
        "## At full size",
        SIZE.format(paths=number(PATHS), times=TIMES),
        "| model | workers | time | of the processor |\n| --- | --- | --- | --- |\n" + "\n".join(rows),
        "## While somebody waits",
        ANSWER.format(quick=number(QUICK)),
        "\n".join(
            (
                "| | time | of the full size |",
                "| --- | --- | --- |",
                f"| one scenario | {1000 * soon:.0f} ms | {soon / ours:.3f} |",
            )
        ),
        "## Beside a plain loop",
        LOOP.format(paths=number(PATHS), looped=number(LOOPED)),
        "| | one worker | plain loop | times faster |\n| --- | --- | --- | --- |\n" + "\n".join(beside),
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
