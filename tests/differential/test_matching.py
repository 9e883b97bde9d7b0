"""Matching against HiGHS, level by level, on matchings too large to try every plan of; and at its full size."""

import pytest

from bosett.matching import Keep, Levels, solve
from madematchings import after_a_change, levels_by, made_matching
from thorough import asked_of

pytestmark = [pytest.mark.bulk, pytest.mark.solver]

SIZES = {
    "tight": {"sites": 8, "share": 15},
    "easy": {"sites": 20, "share": 60},
    "alike": {"sites": 12, "share": 30, "unlike": 0},
    "unlike": {"sites": 12, "share": 30, "unlike": 7},
}


@pytest.mark.parametrize("size", asked_of(SIZES, ("tight", "alike")))
def test_no_solver_finds_better(size: str) -> None:
    first = [made_matching(seed, groups=12, weeks=6, **SIZES[size]) for seed in range(4)]
    matchings = first + [after_a_change(matching, keep) for matching in first[:2] for keep in Keep]
    for matching, (theirs, _) in zip(matchings, levels_by("matching_highs", matchings), strict=True):
        ours = solve(matching).levels
        assert dict(zip(Levels._fields, ours, strict=True)) == dict(zip(Levels._fields, theirs, strict=True))


@pytest.mark.parametrize("unlike", asked_of((0, 3, 12), (3,)))
def test_the_full_size_is_solved_and_certified(unlike: int) -> None:
    matching = made_matching(1, unlike=unlike)
    matched = solve(matching)
    assert sum(each.count for each in matched.placements) + sum(matched.unplaced.values()) == sum(
        group.count for group in matching.groups
    )
