"""How long it takes from one step to the next: first in, first out.

The ledger counts people and knows none of them. In each municipality, the first who came to a step is taken to be the
first who comes to the next, the second the second, and so on. When all of them have come to both, the days that they
waited together are right, whoever came first. Waits are in days; municipalities together have the waits of each.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.stages.settlement.ledger import LedgerGroup, LedgerRow, SettlementStep

STEPS_APART = (
    (SettlementStep.ENQUIRED, SettlementStep.AGREED),
    (SettlementStep.AGREED, SettlementStep.SETTLED),
    (SettlementStep.ENQUIRED, SettlementStep.SETTLED),
)
"""The waits that are told: each from a step to a later one."""
_HALF, _NINE_OF_TEN = (1, 2), (9, 10)

Turns = Sequence[tuple[date, int]]
"""So many came on each day, the earliest first."""


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """How long people waited, in days.

    Attributes:
        median: Half waited so long or shorter.
        nine_of_ten: Nine of ten did.
        persons: How many have come to both steps.
    """

    median: int
    nine_of_ten: int
    persons: int


class NoWaitingTime(StrEnum):
    """Why no waiting time is told.

    HIDDEN: a count in it is hidden. NOBODY: nobody has come to both steps. OUT_OF_ORDER: somebody would have come to
    the later step before the earlier one, so that the ledger lacks people or days.
    """

    HIDDEN = "hidden"
    NOBODY = "nobody"
    OUT_OF_ORDER = "out_of_order"


def waiting_time(
    rows: Iterable[LedgerRow], municipalities: Container[str], since: SettlementStep, until: SettlementStep
) -> WaitingTime | NoWaitingTime:
    """Return how long people waited from a step to a later one in some municipalities together.

    Args:
        rows: The rows that count, as `counting_rows` gives them.
        municipalities: Whose.
        since: The step from which it is counted.
        until: The step at which the wait ends.
    """
    by_place: dict[str, dict[SettlementStep, Counter[date]]] = {}
    for row in rows:
        if row.municipality in municipalities and row.step in (since, until) and row.group is LedgerGroup.ALL:
            if row.count is None:
                return NoWaitingTime.HIDDEN
            steps = by_place.setdefault(row.municipality, {since: Counter(), until: Counter()})
            steps[row.step][row.on] += row.count
    waits = Counter[int]()
    for steps in by_place.values():
        waits += matched_waits(*(sorted(steps[step].items()) for step in (since, until)))
    if not waits:
        return NoWaitingTime.NOBODY
    if min(waits) < 0:
        return NoWaitingTime.OUT_OF_ORDER
    return WaitingTime(_most_of(waits, _HALF), _most_of(waits, _NINE_OF_TEN), waits.total())


def matched_waits(came: Turns, left: Turns) -> Counter[int]:
    """Return how many waited how many days, when the first who came is the first who leaves.

    As many are matched as the fewer of the two are; who leaves before coming has waited less than nothing.
    """
    waits = Counter[int]()
    before = iter(came)
    day, there = date.min, 0
    for on, leaving in left:
        waiting = leaving
        while waiting:
            if not there:
                turn = next(before, None)
                if turn is None:
                    return waits
                day, there = turn
            people = min(waiting, there)
            if people:
                waits[(on - day).days] += people
            waiting, there = waiting - people, there - people
    return waits


def _most_of(waits: Counter[int], part: tuple[int, int]) -> int:
    """Return the fewest days that such a part of people does not go beyond."""
    numerator, denominator = part
    return sorted(waits.elements())[-(-waits.total() * numerator // denominator) - 1]
