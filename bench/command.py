"""Time the command line whole, each run in a fresh process, and write docs/reference/bench-command.md."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "bench-command.md"
COUNT, PERSONS = 100_000, 5_000_000
TIMES = 5
HIGHEST = "next(line for line in open('/proc/self/status') if line.startswith('VmHWM:')).split()[1]"
# What the process says of itself: the most memory it held, as what its parent held would else count too.
COMMAND = f"import sys; from bosett.cli import main; code = main(); print({HIGHEST}, file=sys.stderr); sys.exit(code)"
ENGINE = """
import sys, time
from bosett.apportion import share_out
from bosett.apportion.wire import read_problem
problem = read_problem(sys.argv[1])
start, used = time.perf_counter(), time.process_time()
share_out(problem)
print(time.perf_counter() - start, time.process_time() - used)
"""
ABOUT = """`bosett share` with 100 000 recipients, claims all different, floor 10, and 5 000 000 people: it reads the
problem, shares it, and words and writes {steps} steps. From the start of the process to its end, each in a fresh one,
the least of {times} taken in turn, as whatever else runs on the machine can only add. Aimed at: at most 5 s on two
cores with nothing else to do, a pipe as fast as a file, and help in a quarter of a second."""
MEMORY = """The memory is the most that the process writing into a file held for this problem, less the most that it
held for a problem of one recipient: what Python and our modules take is left out, and all that grows with the problem
is in. It is held against the bytes that were read and written, together; aimed at: at most 1.2 times them."""
MEMORY_HEAD = """| read and written | highest | of one recipient | grown by | times what was read and written |
| --- | --- | --- | --- | --- |"""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds on the wall, seconds of the processor, and the most memory held, in bytes."""

    wall: float
    processor: float
    highest: int = 0


def problem(count: int) -> str:
    draw = Random(count)
    people = [
        {"id": str(place), "claim": f"{draw.randint(500, 700_000)}/5367580", "least": 10} for place in range(count)
    ]
    return json.dumps({"total": PERSONS // COUNT * count, "recipients": people})


def ran(arguments: list[str], out: int | IO[bytes]) -> Ran:
    """Run our command line; a pipe is read to its end by another process that throws it away."""
    before = os.times()
    start = time.perf_counter()
    ended = subprocess.run(  # noqa: S603  - ourselves
        [sys.executable, "-c", COMMAND, *arguments], stdout=out, stderr=subprocess.PIPE, check=True
    )
    wall = time.perf_counter() - start
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    words = ended.stderr.split()
    return Ran(wall, used, int(words[-1]) * 1024 if words else 0)


def to_file(source: Path, out: Path) -> Ran:
    with out.open("wb") as file:
        return ran(["share", str(source)], file)


def to_pipe(source: Path) -> Ran:
    with reader() as process:
        assert process.stdin is not None  # noqa: S101  - a pipe was asked for
        return ran(["share", str(source)], process.stdin)


def reader() -> AbstractContextManager["subprocess.Popen[bytes]"]:
    return subprocess.Popen(
        [sys.executable, "-c", "import sys\nwhile sys.stdin.buffer.read(1 << 16): pass"], stdin=subprocess.PIPE
    )


def engine(source: Path) -> Ran:
    words = subprocess.run(  # noqa: S603  - ourselves
        [sys.executable, "-c", ENGINE, str(source)], capture_output=True, text=True, check=True
    ).stdout.split()
    return Ran(float(words[0]), float(words[1]))


def steps_in(out: Path) -> int:
    with out.open(encoding="utf-8") as file:
        return sum(line == "    {\n" for line in file)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, small, out = (Path(folder) / name for name in ("problem.json", "one.json", "answer.json"))
        source.write_text(problem(COUNT), encoding="utf-8")
        small.write_text(problem(1), encoding="utf-8")
        works: dict[str, Callable[[], Ran]] = {
            "the engine alone": lambda: engine(source),
            "share into a file": lambda: to_file(source, out),
            "share into a pipe": lambda: to_pipe(source),
            "share of one recipient": lambda: to_file(small, Path(folder) / "one-answer.json"),
            "help": lambda: ran(["--help"], subprocess.DEVNULL),
        }
        runs: dict[str, list[Ran]] = {name: [] for name in works}
        for _ in range(TIMES):
            for name, work in works.items():
                runs[name].append(work())
        page(runs, source.stat().st_size + out.stat().st_size, steps_in(out))


def page(runs: dict[str, list[Ran]], moved: int, steps: int) -> None:
    wall = {name: min(run.wall for run in tries) for name, tries in runs.items()}
    used = {name: min(run.processor for run in tries) for name, tries in runs.items()}
    unit = used["the engine alone"]
    highest = max(run.highest for run in runs["share into a file"])
    least = max(run.highest for run in runs["share of one recipient"])
    memory = f"{moved >> 20} MiB | {highest >> 20} MiB | {least >> 20} MiB | {(highest - least) >> 20} MiB"
    parts = [
        "# Bench: the command line",
        "Made by `make bench` (`bench/command.py`); all numbers are from one run on one machine, so read the ratios.",
        ABOUT.format(steps=f"{steps:,}".replace(",", " "), times=TIMES),
        "| work | time | of the processor | times the engine's |\n| --- | --- | --- | --- |\n"
        + "\n".join(f"| {name} | {wall[name]:.2f} s | {used[name]:.2f} s | {used[name] / unit:.2f} |" for name in runs),
        MEMORY,
        f"{MEMORY_HEAD}\n| {memory} | {(highest - least) / moved:.2f} |",
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
