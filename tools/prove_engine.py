"""Hold the engine against everything tried, on as many small problems with bounds of their own as you like.

    python tools/prove_engine.py [COUNT] [FIRST]

Draws the problems of the seeds FIRST, FIRST + 1, ... as the differential tests do with a few thousand of them, and ends
with 1 when an answer is wrong, telling the seeds. Two hundred thousand take a few minutes.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from bosett.apportion import share_out
from drawn import drawn, held_against_brute_force


def main(arguments: Sequence[str]) -> int:
    """Hold the problems, and say how many of each outcome were right and which were not."""
    count, first = (int(each) for each in (*arguments, *("200000", "0")[len(arguments) :]))
    with Pool(2) as pool:
        answers = list(pool.imap(outcome_of, range(first, first + count), chunksize=500))
    outcomes = Counter(outcome for outcome, _ in answers)
    wrong = [seed for seed, (_, right) in enumerate(answers, first) if not right]
    print(", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items())))
    print(f"{len(wrong)} wrong of {count}" + (f", seeds {wrong[:20]}" if wrong else ""))
    return 1 if wrong else 0


def outcome_of(seed: int) -> tuple[str, bool]:
    """Return the outcome of one drawn problem, and whether it is right."""
    problem = drawn(seed)
    try:
        held_against_brute_force(problem)
    except AssertionError:
        return type(share_out(problem)).__name__.lower(), False
    return type(share_out(problem)).__name__.lower(), True


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
