"""Paths of a year's answers: each path is an earlier year over again, for municipalities like those of that year.

On a path all municipalities meet the same earlier year, so they miss together; within it each follows a municipality of
its own size, drawn by chance of its own. Every pair of years, one for decisions and one for settlement, is met by as
many paths as any other. Whole numbers only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bosett.basis.refusals import Refusal
from bosett.stages.answers.history import (
    CHOSEN,
    ENOUGH,
    Choices,
    EarlierYear,
    Followed,
    NeedTurn,
    examples,
    turn_from,
)
from bosett.stages.answers.known import KnownAnswers

SIZES = (10, 20, 50)
"""Persons up to which a number is of one size. Of the requests of 2012 to 2021 about a quarter, a third and a third are
of these, and a tenth are above. Among small numbers a family more or less is much; among large ones it is little."""
POOL = 10
"""Municipalities of a size that a year must have: with fewer, all of the year are taken, as so few are not a size."""
PATHS = 3000
SEED = 17
_WIDE = 1 << 62
"""Chance is a whole number below this; what is left when it is divided by the size of a pool is even enough."""

Persons = NDArray[np.int64]


class NoEarlierYears(Refusal):
    """Too few earlier years are known to see how they differ."""

    def __init__(self, known: KnownAnswers, years: Sequence[EarlierYear]) -> None:
        listed = ", ".join(str(each.year) for each in years) or "none"
        super().__init__(
            f"On {known.as_of} the decisions of too few years before {known.year} were known ({listed}); "
            f"{ENOUGH} are needed. Name a later day or year."
        )
        self.year, self.as_of = known.year, known.as_of


@dataclass(frozen=True, slots=True)
class AnswerPaths:
    """Paths, with what they were made from.

    Attributes:
        codes: The municipalities of which something is expected, in order.
        decided: Persons decided, municipalities x paths.
        settled: Persons settled when the year is over, the same; None when too few earlier years are known.
        turn: Which way need goes; None when the year before is not known.
        decided_as: The earlier years that decisions follow.
        settled_as: The earlier years that settlement follows.
    """

    codes: tuple[str, ...]
    decided: Persons
    settled: Persons | None
    turn: NeedTurn | None
    decided_as: tuple[int, ...]
    settled_as: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Pools:
    """What followed in earlier years, one after the other; where each year's of each size begin, and how many."""

    of: Persons
    came: Persons
    begins: Persons
    count: Persons


def answer_paths(
    known: KnownAnswers, years: Sequence[EarlierYear], *, choices: Choices = CHOSEN, paths: int = PATHS
) -> AnswerPaths:
    """Return paths of the answers to what a day knows.

    What has been decided is as it is on every path, and nobody has fewer settled than so far.

    Args:
        known: What the day knows.
        years: The earlier years that the same day knows, the earliest first.
        choices: How earlier years are chosen.
        paths: How many at least; there are as many for every pair of years.

    Raises:
        NoEarlierYears: Somebody has not decided, and of how municipalities decide too few earlier years are known.
    """
    before = next((each for each in years if each.year == known.year - 1), None)
    turn = None if before is None else turn_from(known.asked, before)
    codes = known.expected_of()
    waiting = [place for place, code in enumerate(codes) if known.decided.get(code) is None]
    if waiting and len(years) < ENOUGH:
        raise NoEarlierYears(known, years)
    deciding = examples(years, turn, choices.decisions) if waiting else ()
    whole = [each for each in years if each.settlements is not None]
    settling = examples(whole, turn, choices.settlement) if len(whole) >= ENOUGH else ()
    first, second = max(len(deciding), 1), max(len(settling), 1)
    turns = np.arange(first * second * -(-paths // (first * second)))

    decided = np.empty((len(codes), len(turns)), np.int64)
    decided[:] = _column([known.decided.get(code) or 0 for code in codes])
    if waiting:
        asked = np.broadcast_to(_column([known.requests[codes[each]] for each in waiting]), (len(waiting), len(turns)))
        chance = _chance([codes[each] for each in waiting], len(turns), 0)
        decided[waiting] = _follow(asked, _pools([each.decisions for each in deciding]), turns % first, chance)
    settled = None
    if settling:
        left = np.minimum(decided, _column([known.most_left(code, _WIDE) for code in codes]))
        chance = _chance(codes, len(turns), 1)
        pools = _pools([each.settlements or () for each in settling])
        so_far = _column([known.settled.get(code, 0) for code in codes])
        settled = np.maximum(_follow(left, pools, turns // first % second, chance), so_far)
    return AnswerPaths(
        codes,
        decided,
        settled,
        turn,
        tuple(each.year for each in deciding),
        tuple(each.year for each in settling),
    )


def _column(persons: Sequence[int]) -> Persons:
    return np.array(persons, np.int64).reshape(-1, 1)


def _chance(codes: Sequence[str], paths: int, purpose: int) -> Persons:
    """Return chance, municipalities x paths: each has its own, whoever else is asked."""
    streams = (np.random.Generator(np.random.SFC64([SEED, int(code), purpose])) for code in codes)
    return np.array([each.integers(_WIDE, size=paths) for each in streams], np.int64).reshape(len(codes), paths)


def _pools(years: Sequence[Sequence[Followed]]) -> _Pools:
    pools = [_alike(year, size) for year in years for size in range(len(SIZES) + 1)]
    counts = np.array([len(pool) for pool in pools], np.int64)
    begins = np.cumsum(counts) - counts
    shape = (len(years), len(SIZES) + 1)
    return _Pools(
        of=np.array([each.of for pool in pools for each in pool], np.int64),
        came=np.array([each.came for pool in pools for each in pool], np.int64),
        begins=begins.reshape(shape),
        count=counts.reshape(shape),
    )


def _alike(year: Sequence[Followed], size: int) -> Sequence[Followed]:
    """Return what followed of the numbers of a size in a year, or of all when there are too few."""
    sizes = np.searchsorted(SIZES, [each.of for each in year])
    pool = [each for each, of_it in zip(year, sizes, strict=True) if of_it == size]
    return pool if len(pool) >= POOL else year


def _follow(of: Persons, pools: _Pools, years: Persons, chance: Persons) -> Persons:
    """Return what follows of numbers when each follows one in the pool of its size and its path's year.

    Rounded to whole persons, half a person up. Of 0 nothing follows.
    """
    sizes = np.searchsorted(SIZES, of)
    place = pools.begins[years, sizes] + chance % pools.count[years, sizes]
    whole = pools.of[place]
    return (2 * of * pools.came[place] + whole) // (2 * whole)
