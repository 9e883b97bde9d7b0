"""Made-up matchings of any size: groups of every size who have waited unlike, and openings that are few or many."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context
from random import Random

from bosett.matching import Group, Keep, Levels, Matching, Opening, solve

KINDS = ("adult", "family_2_3", "family_4_5", "family_6", "minor")
SIZES = (1, 2, 4, 6, 1)


def made_matching(
    seed: int, *, groups: int = 60, sites: int = 356, weeks: int = 26, share: int = 10, unlike: int = 3
) -> Matching:
    """Return a matching.

    Args:
        seed: What it is drawn from.
        groups: How many groups wait.
        sites: How many sites there are, each with an opening of every kind in every week.
        weeks: How many weeks.
        share: Percent of the openings that have a place or two.
        unlike: In so many sorts the sites fall by whom they suit; 0 is none, all suit everybody.
    """
    draw = Random(seed)  # noqa: S311  - shapes, not secrets
    waiting = []
    for place in range(groups):
        sort = draw.randrange(len(KINDS))
        kinds = {KINDS[sort]: 0}
        if sort < 3:
            kinds[KINDS[sort + 1]] = 1
        misfit = {f"s{site:03}": (site + place) % unlike for site in range(sites)} if unlike else {}
        first = draw.randrange(max(weeks // 4, 1))
        waiting.append(
            Group(f"g{place:02}", draw.randint(5, 120), SIZES[sort], kinds, draw.randint(0, 60), first, misfit)
        )
    openings = [
        Opening(f"s{site:03}", week, kind, draw.randint(1, 2) if draw.randrange(100) < share else 0)
        for site in range(sites)
        for week in range(weeks)
        for kind in KINDS
    ]
    return Matching.of(waiting, openings)


def after_a_change(matching: Matching, keep: Keep) -> Matching:
    """Return the same matching a while later: a site closed, some more waiting, and the former plan at hand."""
    closed = matching.openings[0].site
    return replace(
        matching,
        groups=tuple(replace(group, count=group.count + 1) for group in matching.groups),
        openings=tuple(replace(each, count=0) if each.site == closed else each for each in matching.openings),
        former=solve(matching).placements,
        keep=keep,
    )


def levels_by(module: str, matchings: Sequence[Matching]) -> list[tuple[Levels, float]]:
    """Return the best levels of each matching, and seconds, by the solver in `module`, which has a process of its own.

    The wheels of highspy and ortools carry copies of HiGHS that clash in one.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_all, module, matchings).result()


def _all(module: str, matchings: Sequence[Matching]) -> list[tuple[Levels, float]]:
    solved_by = import_module(module).solve
    levels = []
    for matching in matchings:
        start = time.perf_counter()
        best = solved_by(matching)
        levels.append((best, time.perf_counter() - start))
    return levels
