"""Of flows that are equally good in every level, the one that the order of codes names.

The first group, by code, gets as many places as it can of the first opening, by week, kind and site, then of the
second, and so on, and what is left stands without a place; then the second group, of what the first has left open. So
the plan is the same whichever of the cheapest flows a solver happens to find.
"""

from collections import deque

from bosett.matching.flow import CheapestFlow
from bosett.matching.network import Network, Whole


def first_in_order(network: Network, cheapest: CheapestFlow) -> Whole:
    """Return, among the cheapest flows, the one that comes first in the order of rows and columns."""
    return _Order(network, cheapest).first()


class _Order:
    """The free arcs, as lists by row and by column; a row that is done is out of reach."""

    def __init__(self, network: Network, cheapest: CheapestFlow) -> None:
        self.tail, self.head = network.tail.tolist(), network.head.tolist()
        self.flow, self.room = cheapest.flow.tolist(), network.room.tolist()
        self.shape = cheapest.flow
        self.by_row: list[list[int]] = [[] for _ in network.supply]
        self.by_column: list[list[int]] = [[] for _ in network.demand]
        for arc in cheapest.free.nonzero()[0].tolist():
            self.by_row[self.tail[arc]].append(arc)
            self.by_column[self.head[arc]].append(arc)
        self.row = 0
        for arcs in self.by_row:
            arcs.sort(key=lambda arc: self.head[arc])

    def first(self) -> Whole:
        for row in range(len(self.by_row) - 1):
            self.row = row
            arcs = self.by_row[row]
            rest = sum(self.flow[arc] for arc in arcs)
            for place, arc in enumerate(arcs):
                later = {self.head[each]: each for each in arcs[place + 1 :] if self.flow[each]}
                while later and self.flow[arc] < self.room[arc] and self._move(arc, later):
                    pass
                rest -= self.flow[arc]
                if not rest:
                    break
        out = self.shape.copy()
        out[:] = self.flow
        return out

    def _move(self, arc: int, later: dict[int, int]) -> bool:
        """Move units of the row from a later arc to this one; those who stand in the way change places among them."""
        came: dict[int, tuple[int, int]] = {self.head[arc]: (-1, -1)}  # by column: the arc left, and the arc taken
        rows: set[int] = set()
        queue = deque(came)
        while queue:
            column = queue.popleft()
            if column in later:
                self._shift(arc, later, column, came)
                return True
            for leaves in self.by_column[column]:
                row = self.tail[leaves]
                if row <= self.row or row in rows or not self.flow[leaves]:
                    continue
                rows.add(row)
                for takes in self.by_row[row]:
                    if self.head[takes] not in came and self.flow[takes] < self.room[takes]:
                        came[self.head[takes]] = (leaves, takes)
                        queue.append(self.head[takes])
        return False

    def _shift(self, arc: int, later: dict[int, int], column: int, came: dict[int, tuple[int, int]]) -> None:
        given = later[column]
        steps = []
        while came[column] != (-1, -1):
            steps.append(came[column])
            column = self.head[came[column][0]]
        count = min(
            self.flow[given],
            self.room[arc] - self.flow[arc],
            *(min(self.flow[leaves], self.room[takes] - self.flow[takes]) for leaves, takes in steps),
        )
        for leaves, takes in steps:
            self.flow[leaves] -= count
            self.flow[takes] += count
        self.flow[arc] += count
        self.flow[given] -= count
        if not self.flow[given]:
            del later[self.head[given]]
