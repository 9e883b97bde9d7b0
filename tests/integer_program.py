"""The same problem as an integer program, for HiGHS and for OR-Tools.

Whether a recipient is asked is a yes or no, which brings its floor; each person above it is a column from 0 to 1,
priced at what it adds to the sum of squares per claim. Prices rise from person to person, so a best answer fills the
columns in order and, once it is settled who is asked, in whole persons. The solvers reckon in floats, so their answers
are read as whole persons and judged by exact cost.

Each solver runs in a process of its own: the wheels of highspy and ortools carry copies of HiGHS that clash in one.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context

from bosett.apportion import Problem, Recipient

Solved = list[tuple[dict[str, int], float]]


def solved_by(module: str, problems: Sequence[Problem]) -> Solved:
    """Return numbers and seconds for each problem, by the solver in `module`."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_all, module, problems).result()


def _all(module: str, problems: Sequence[Problem]) -> Solved:
    solve = import_module(module).solve
    solutions = []
    for problem in problems:
        start = time.perf_counter()
        numbers = solve(problem)
        solutions.append((numbers, time.perf_counter() - start))
    return solutions


def columns(problem: Problem) -> tuple[list[float], list[int], list[int]]:
    """Return price and persons of each column, and the place of the asking it depends on."""
    prices: list[float] = []
    weights: list[int] = []
    owners: list[int] = []
    scale = float(min(who.claim for who in problem.recipients))
    for who in problem.recipients:
        owner = len(prices)
        prices.append(who.least**2 * scale / float(who.claim))
        weights.append(who.least)
        owners.append(owner)
        for number in range(who.least + 1, _most(who, problem.total) + 1):
            prices.append((2 * number - 1) * scale / float(who.claim))
            weights.append(1)
            owners.append(owner)
    return prices, weights, owners


def _most(who: Recipient, total: int) -> int:
    return total if who.most is None else min(who.most, total)


def read(problem: Problem, owners: list[int], weights: list[int], chosen: list[int]) -> dict[str, int]:
    persons: dict[int, int] = {}
    for owner, weight, yes in zip(owners, weights, chosen, strict=True):
        persons[owner] = persons.get(owner, 0) + weight * yes
    return dict(zip((who.id for who in problem.recipients), persons.values(), strict=True))
