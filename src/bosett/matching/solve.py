"""Match groups to openings: the door of the package.

Of all plans the best has the fewest persons without a place, then the fewest weeks waited, then who waited longest
first, then the fewest steps too large, then the least misfit; a former plan comes before all that or after. What is
still equal is settled by the order of codes. The plan comes with prices, and is checked by them before it is given.
Algorithm and guarantees: docs/explanation/matching.md.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence

import numpy as np

from bosett.matching.certificate import check
from bosett.matching.flow import cheapest_flow
from bosett.matching.levels import Levels, total
from bosett.matching.network import Network, Whole, network_of
from bosett.matching.outcome import Matched
from bosett.matching.problem import Matching, Placement, Where
from bosett.matching.tie import first_in_order


def solve(matching: Matching) -> Matched:
    """Return the best plan, with its prices, checked.

    Raises:
        BeyondWholeNumbers: Counts or weeks are so large that sums leave 64 bits.
        Uncertified: The plan does not hold against its prices. This is a fault of ours, never of the input.
    """
    network = network_of(matching)
    cheapest = cheapest_flow(network)
    counts = _dealt(network, first_in_order(network, cheapest))
    matched = _matched(matching, network, counts, cheapest.distance)
    check(matching, matched)
    return matched


def _dealt(network: Network, flow: Whole) -> Counter[tuple[str, Where]]:
    """Return units by group and opening: rows and columns dealt out to the groups and openings that are alike.

    Openings alike give up places in proportion to what they have, no number off by as much as one. Groups alike are
    served in the order of their codes, the earliest place first.
    """
    members: dict[int, deque[int]] = defaultdict(deque)
    for group, row in enumerate(network.row_of.tolist()):
        members[row].append(group)
    alike: dict[int, deque[int]] = defaultdict(deque)
    for opening, column in enumerate(network.column_of.tolist()):
        alike[column].append(opening)
    units, given = network.units.tolist(), network.places.copy()
    used = np.zeros(len(network.demand), dtype=np.int64)
    placed = (network.tail != network.nobody) & (network.head != network.no_place) & (flow > 0)
    np.add.at(used, network.head[placed], flow[placed])
    for column in np.flatnonzero(used).tolist():
        those = list(alike[column])
        given[those] = _in_proportion(network.places[those], int(used[column]))
    open_at, counts = given.tolist(), Counter[tuple[str, Where]]()
    arcs = np.flatnonzero(placed)
    for arc in arcs[np.lexsort((network.head[arcs], network.tail[arcs]))].tolist():
        who, where, left = members[int(network.tail[arc])], alike[int(network.head[arc])], int(flow[arc])
        while left:
            group, opening = _next(who, units), _next(where, open_at)
            count = min(left, units[group], open_at[opening])
            counts[network.groups[group].code, network.openings[opening].where] += count
            units[group] -= count
            open_at[opening] -= count
            left -= count
    return counts


def _next(waiting: deque[int], left: Sequence[int]) -> int:
    """Return the first that has something left; those before it are done for good."""
    while not left[waiting[0]]:
        waiting.popleft()
    return waiting[0]


def _in_proportion(places: Whole, used: int) -> Whole:
    """Return how many of some places are used at each opening, in proportion: sums so far, rounded, and parted."""
    so_far = np.zeros(len(places) + 1, dtype=np.int64)
    so_far[1:] = (2 * np.cumsum(places) * used + places.sum()) // (2 * places.sum())
    return so_far[1:] - so_far[:-1]


def _matched(matching: Matching, network: Network, counts: Counter[tuple[str, Where]], distance: Whole) -> Matched:
    placements = [Placement(code, *where, count) for (code, where), count in counts.items()]
    placements += [Placement(lock.group, *lock.where, lock.count, lock.reason) for lock in matching.locks]
    unplaced = {group.code: group.count for group in network.groups}
    for placement in placements:
        unplaced[placement.group] -= placement.count
    prices = [Levels(*levels) for levels in (-distance.T).tolist()]
    columns = prices[network.column_node(0) :]
    both = counts + matching.locked()
    return Matched(
        tuple(sorted(placements, key=lambda each: (each.group, each.week, each.kind, each.site, each.reason or ""))),
        unplaced,
        total(matching, ((code, where, count) for (code, where), count in both.items())),
        {group.code: prices[row] for group, row in zip(network.groups, network.row_of.tolist(), strict=True)},
        {
            opening.where: columns[column]
            for opening, column in zip(network.openings, network.column_of.tolist(), strict=True)
        },
    )
