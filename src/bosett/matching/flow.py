"""The cheapest flow through a network, level by level, with the prices that prove each level.

OR-Tools finds a cheapest flow of one level. Ours are the prices: by how much a place more would lower the cost, as
shortest ways through what can still be changed (the residual network). An arc that costs more than its prices carries
nothing in any cheapest flow, and one that costs less is full, so both are settled; the next level chooses among the
rest. No weights are needed that would make one number of many levels, and none can overflow.

Source: R. K. Ahuja, T. L. Magnanti and J. B. Orlin, Network Flows (1993), 9.3 (reduced costs); A. V. Goldberg,
An efficient implementation of a scaling minimum-cost flow algorithm (1997), for what OR-Tools does.
"""

from typing import NamedTuple

import numpy as np

from bosett.matching.network import Marks, Network, Whole

FAR = 1 << 62
"""Stands for a node that no way leads to."""


class Ways(NamedTuple):
    """The arcs by which a flow can be changed: from a node, to a node, each at a cost."""

    start: Whole
    end: Whole
    costs: Whole


class CheapestFlow(NamedTuple):
    """A flow that no other is better than, in the order of the levels.

    Attributes:
        flow: Units on each arc.
        distance: By level and node, what it costs to bring one unit from nobody to the node; 0 for rows without units.
        free: Arcs whose flow may still be another at the same cost in all levels.
    """

    flow: Whole
    distance: Whole
    free: Marks


def cheapest_flow(network: Network) -> CheapestFlow:
    """Return a cheapest flow."""
    free = np.ones(len(network.tail), dtype=np.bool_)
    flow = np.zeros(len(network.tail), dtype=np.int64)
    distance = np.zeros((len(network.costs), network.nodes), dtype=np.int64)
    heads = network.column_node(0) + network.head
    for level, cost in enumerate(network.costs):
        if not cost[free].any():
            continue
        flow = _solved(network, cost, flow, free)
        ways = changes(network, flow, cost[None, :], free)
        distance[level] = shortest(ways, network.nobody, network.nodes)[0]
        free &= cost + distance[level][network.tail] == distance[level][heads]
    distance[:, : network.nobody][:, network.supply[:-1] == 0] = 0
    return CheapestFlow(flow, distance, free)


def changes(network: Network, flow: Whole, costs: Whole, free: Marks) -> Ways:
    """Return the ways to change a flow on free arcs: more where there is room, less where there is any."""
    more, less = free & (flow < network.room), free & (flow > 0)
    heads = network.column_node(0) + network.head
    return Ways(
        np.concatenate([network.tail[more], heads[less]]),
        np.concatenate([heads[more], network.tail[less]]),
        np.concatenate([costs[:, more], -costs[:, less]], axis=1),
    )


def shortest(ways: Ways, origin: int, nodes: int) -> Whole:
    """Return the cost of the cheapest way from one node to each, by level and node; FAR where there is none.

    Bellman and Ford's method, level by level: only ways that are shortest in the levels before are looked at.
    """
    start, end, costs = ways
    out = np.full((len(costs), nodes), FAR, dtype=np.int64)
    for level in range(len(costs)):
        if level and not costs[level].any():
            out[level] = np.where(out[0] < FAR, 0, FAR)
            continue
        distance = _shortest(start, end, costs[level], origin, out[level])
        on = (distance[start] < FAR) & (distance[start] + costs[level] == distance[end])
        start, end, costs = start[on], end[on], costs[:, on]
    return out


def _shortest(start: Whole, end: Whole, cost: Whole, origin: int, distance: Whole) -> Whole:
    distance[origin] = 0
    for _ in range(len(distance) + 1):
        reached = distance[start] < FAR
        before = distance.copy()
        np.minimum.at(distance, end[reached], distance[start[reached]] + cost[reached])
        if np.array_equal(before, distance):
            return distance
    raise AssertionError("a flow that can be made cheaper is not the cheapest: the solver has failed")


def _solved(network: Network, cost: Whole, flow: Whole, free: Marks) -> Whole:
    """Return a flow that is cheapest on the free arcs, the others unchanged."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415  - only where it is used

    supply, demand = network.supply.copy(), network.demand.copy()
    np.subtract.at(supply, network.tail[~free], flow[~free])
    np.subtract.at(demand, network.head[~free], flow[~free])
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail[free].astype(np.int32),
        (network.column_node(0) + network.head[free]).astype(np.int32),
        network.room[free],
        cost[free],
    )
    solver.set_nodes_supplies(np.arange(network.nodes, dtype=np.int32), np.concatenate([supply, -demand]))
    if solver.solve() != solver.OPTIMAL:
        raise AssertionError("everybody can stay without a place, so there is a flow: the solver has failed")
    solved = flow.copy()
    solved[free] = solver.flows(arcs)
    return solved
