"""Time the letters of a whole year against one letter, in one run, and write docs/reference/bench-letters.md."""

import multiprocessing
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from bosett.documents.letters import Letter, letter_of  # noqa: E402  - the path comes first
from bosett.documents.letters.language import choose, forms_of  # noqa: E402
from bosett.render.typeset import merge, typeset, typeset_many  # noqa: E402
from bosett.rounds.explanation import explain_all  # noqa: E402
from letter_samples import YEAR, not_asked, request  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "bench-letters.md"


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the median of a few runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def letters() -> list[Letter]:
    """Return a letter to every municipality, from the numbers of the reference model, each in its own language."""
    languages = choose(forms_of(YEAR), "nb")
    return [
        letter_of(
            request(code, explanation) if explanation.number else not_asked(code, explanation), languages[code] or "nb"
        )
        for code, explanation in explain_all(YEAR).items()
    ]


def grown(everything: list[Letter]) -> int:
    """Return how many megabytes a process grows by while it binds all letters to one PDF."""
    before = highest()
    merge(everything)
    return highest() - before


def highest() -> int:
    """Return the most memory that this process has held, in megabytes; what its parent held does not count."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) // 1024


def main() -> None:
    everything = letters()
    typeset(everything[0])  # the first use of the compiler is not timed
    # Each is another letter: the compiler remembers what it has set.
    sample = iter(everything[1::20])
    one = seconds(lambda: typeset(next(sample)), 15)
    words = seconds(lambda: letter_of(request("4601"), "nn"), 9)
    rows = [
        ("the words of one letter", words),
        ("one letter as PDF", one),
        (f"{len(everything)} letters, each a PDF", seconds(lambda: list(typeset_many(everything)))),
        (f"{len(everything)} letters as one PDF", seconds(lambda: merge(everything), 1)),
    ]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        memory = process.submit(grown, everything).result()
    parts = [
        "# Bench: letters",
        "Made by `make bench` (`bench/letters.py`); all numbers are from one run on one machine, so read the ratios.",
        "| work | time | times one letter as PDF |\n| --- | --- | --- |\n"
        + "\n".join(f"| {name} | {taken * 1000:.1f} ms | {taken / one:.1f} |" for name, taken in rows),
        f"To bind {len(everything)} letters as one PDF takes {memory} MB of memory, which goes back with its process.",
    ]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
