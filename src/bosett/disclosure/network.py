"""A table as a network: each cell is an arc, each sum a node at which as much comes in as goes out.

A cell is in two sums at most that do not follow from others: that of its row, and that of the rows that it is a part
of. Give the sum of all columns the opposite direction, and each cell leaves one node and comes into another. What is
left over at the top meets in one node more. So a change that keeps all sums is a flow, and a change of one cell that
keeps them is a circle through its arc.

Source: tables with one hierarchy are networks: Fischetti and Salazar, "Solving the cell suppression problem on tabular
data with linear constraints" (2001); Castro, "Recent advances in optimization techniques for statistical tabular data
protection" (2012).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bosett.disclosure.table import CountTable, Spot

TOP = 0
"""The node where what is left over meets."""


@dataclass(frozen=True, slots=True)
class CellNetwork:
    """The arcs of a table; a cell is known by its place.

    Attributes:
        spots: The cells, by row and column.
        tail: The node that each leaves.
        head: The node that each comes into.
        leaving: By node, the cells that leave it.
        coming: By node, the cells that come into it.
        weight: How many cells of lowest rows and single columns each adds up; one of those is 1.
    """

    spots: tuple[Spot, ...]
    tail: tuple[int, ...]
    head: tuple[int, ...]
    leaving: tuple[tuple[int, ...], ...]
    coming: tuple[tuple[int, ...], ...]
    weight: tuple[int, ...]


def network_of(table: CountTable) -> CellNetwork:
    """Return the network of a table."""
    parts, nodes = table.parts(), {("", ""): TOP}
    leaves = _leaves(table, parts)
    spots, tail, head, weight = [], [], [], []
    for row in table.rows:
        above = row.part_of
        for column in table.all_columns:
            own = (row.code, column if row.code in parts else "") if row.code in parts or table.total else ("", "")
            low = nodes.setdefault(own, len(nodes))
            high = TOP if above is None else nodes.setdefault((above, column), len(nodes))
            summed = column == table.total
            spots.append((row.code, column))
            tail.append(high if summed else low)
            head.append(low if summed else high)
            weight.append(leaves[row.code] * (len(table.columns) if summed else 1))
    leaving: list[list[int]] = [[] for _ in nodes]
    coming: list[list[int]] = [[] for _ in nodes]
    for cell, (start, end) in enumerate(zip(tail, head, strict=True)):
        leaving[start].append(cell)
        coming[end].append(cell)
    return CellNetwork(
        tuple(spots), tuple(tail), tuple(head), tuple(map(tuple, leaving)), tuple(map(tuple, coming)), tuple(weight)
    )


def _leaves(table: CountTable, parts: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return how many rows without parts each row has in it; one without parts has itself."""
    leaves: dict[str, int] = {}
    above = {row.code: row.part_of for row in table.rows}
    for row in table.rows:
        code: str | None = None if row.code in parts else row.code
        while code is not None:
            leaves[code] = leaves.setdefault(code, 0) + 1
            code = above[code]
    return leaves
