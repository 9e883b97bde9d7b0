"""The cheapest circle through a cell: what must be hidden with it, so that persons can be moved round unseen.

Source: shortest paths for secondary suppression in networks: Gusfield, "A graph theoretic approach to statistical data
security" (1988); Kelly, Golden and Assad, "Cell suppression: disclosure protection for sensitive tabular data" (1992).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from bosett.disclosure.network import CellNetwork


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle.

    Attributes:
        cost: What the cells on it cost, but for the one that it is for.
        signs: By cell on it, 1 where it gets higher and -1 where it gets lower.
    """

    cost: int
    signs: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Rooms:
    """Which cells can be otherwise by a whole step, for all that the reader knows.

    Attributes:
        rises: By cell, whether it can be higher.
        falls: By cell, whether it can be lower.
        costs: By cell, what it costs on a circle; above 0.
    """

    rises: list[bool]
    falls: list[bool]
    costs: list[int]


def cheapest_circle(
    network: CellNetwork, rooms: Rooms, cell: int, *, barred: Collection[int] = (), limit: int | None = None
) -> Circle | None:
    """Return the cheapest circle through a cell, of those upwards and downwards, or None.

    Args:
        network: The arcs.
        rooms: What can be otherwise, and what it costs.
        cell: It is on the circle.
        barred: These are not.
        limit: The circle costs no more than this.
    """
    shut = {cell, *barred}
    best: Circle | None = None
    if rooms.rises[cell]:
        best = _path(network, rooms, network.head[cell], network.tail[cell], shut, limit)
        best = None if best is None else Circle(best.cost, {cell: 1, **best.signs})
    if rooms.falls[cell]:
        below = limit if best is None else best.cost - 1
        other = _path(network, rooms, network.tail[cell], network.head[cell], shut, below)
        best = best if other is None else Circle(other.cost, {cell: -1, **other.signs})
    return best


def _path(
    network: CellNetwork, rooms: Rooms, start: int, goal: int, shut: Collection[int], limit: int | None
) -> Circle | None:
    """Return the cheapest path by Dijkstra's method; of equally cheap ones, by the order of cells."""
    rises, falls, costs, head, tail = rooms.rises, rooms.falls, rooms.costs, network.head, network.tail
    costs_to, came_by, done = {start: 0}, dict[int, int](), set[int]()
    waiting = [(0, start)]
    while waiting:
        cost, node = heappop(waiting)
        if node in done:
            continue
        if node == goal:
            return Circle(cost, _signs(network, came_by, start, goal))
        done.add(node)
        for cells, open_to, far in ((network.leaving[node], rises, head), (network.coming[node], falls, tail)):
            for cell in cells:
                if not open_to[cell] or cell in shut:
                    continue
                end, whole = far[cell], cost + costs[cell]
                if (limit is not None and whole > limit) or end in done or whole >= costs_to.get(end, whole + 1):
                    continue
                costs_to[end], came_by[end] = whole, cell
                heappush(waiting, (whole, end))
    return None


def _signs(network: CellNetwork, came_by: Mapping[int, int], start: int, goal: int) -> dict[int, int]:
    signs, node = dict[int, int](), goal
    while node != start:
        cell = came_by[node]
        up = network.head[cell] == node
        signs[cell] = 1 if up else -1
        node = network.tail[cell] if up else network.head[cell]
    return signs
