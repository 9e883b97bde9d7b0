"""A year that nobody has counted, for the demo: weeks that are drawn so that they add up to a known sum for the year.

Whom it happened to in which week is drawn from a seed, so that the same year is the same each time. What is drawn is
never anybody's figures, and whoever shows it says so.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bosett.stages.settlement.ledger import SettlementStep

MOST_TOGETHER = 5
"""People who come together, at most."""
LONGEST_AHEAD, SHORTEST_AHEAD = 12, 4
"""Weeks before they move in, at most and at least, in which a municipality is asked about them."""
_DAYS = 7


@dataclass(frozen=True, slots=True)
class DrawnWeek:
    """A count of a week that is drawn: `on` is its last day, within the year."""

    step: SettlementStep
    on: date
    count: int


def drawn_weeks(year: int, municipality: str, settled: int) -> tuple[DrawnWeek, ...]:
    """Return the weeks of a municipality in which as many have moved in at the end of the year as are known to have.

    Args:
        year: The year.
        municipality: Its code: the seed.
        settled: Persons who moved in during the year.
    """
    weeks: Counter[tuple[SettlementStep, date]] = Counter()
    for turn, people in enumerate(_parties(f"{year}:{municipality}", settled)):
        seed = f"{year}:{municipality}:{turn}"
        moved = _draw(seed, 0, _weeks(year) - 1)
        asked = _draw(f"{seed}:asked", max(moved - LONGEST_AHEAD, 0), max(moved - SHORTEST_AHEAD, 0))
        agreed = _draw(f"{seed}:agreed", asked, moved)
        for step, week in zip(SettlementStep, (asked, agreed, moved), strict=True):
            weeks[step, _end_of(year, week)] += people
    return tuple(DrawnWeek(step, on, count) for (step, on), count in sorted(weeks.items(), key=lambda each: each[0][1]))


def _parties(seed: str, settled: int) -> Iterator[int]:
    left, turn = settled, 0
    while left:
        people = min(_draw(f"{seed}:party:{turn}", 1, MOST_TOGETHER), left)
        yield people
        left, turn = left - people, turn + 1


def _draw(seed: str, least: int, most: int) -> int:
    return least + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) % (most - least + 1)


def _end_of(year: int, week: int) -> date:
    """Return the Sunday that ends a week of the year, counted from 0; the last week ends with the year."""
    first = date(year, 1, 1)
    sunday = first + timedelta(days=(6 - first.weekday()) + week * _DAYS)
    return min(sunday, date(year, 12, 31))


def _weeks(year: int) -> int:
    first = date(year, 1, 1)
    return -(-((date(year, 12, 31) - first).days + 1 + first.weekday()) // _DAYS)
