"""Simulate a flow by month along many paths: how many come, become ready for a home, and get a place.

Paths are made in blocks of a fixed size, and each block has its own seed for each stream. So the same paths come,
whoever makes which block, and two scenarios meet the same chance: what differs between them is their own.

All that is counted is whole persons. Parts of people are cut from sums: what has come so far is rounded down, and a
month has what is new. So nobody is lost and nobody is made, on any path.

Months that were observed hold what was observed, on every path, and the simulation goes on from there.
"""

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bosett.basis.refusals import Refusal
from bosett.stages.forecast.arrivals import Floats, draw_counts, rate_after
from bosett.stages.forecast.months import FlowMonth, months_from
from bosett.stages.forecast.outlook import arrivals_by_month, outlooks
from bosett.stages.forecast.places import settle
from bosett.stages.forecast.streams import Flow, NeedModel, NeedStream, PermitFlow, QuotaFlow, Spread

BLOCK = 4096
"""Paths that are made together: few enough for a processor's own memory. Another number gives other paths."""
MOST_PATHS = 1_000_000

Persons = NDArray[np.int32]


class BadPaths(Refusal):
    """So many paths are not simulated."""

    def __init__(self, paths: int) -> None:
        super().__init__(f"{paths} paths; name a number from 1 to {MOST_PATHS}")
        self.paths = paths


class _FlowBlock(NamedTuple):
    """What happens to one stream along the paths of a block; `need` is months x paths, the others by path."""

    need: Persons
    came: Persons
    in_process: Persons
    alone: Persons
    held_back: Persons


class _Block(NamedTuple):
    """What happens along the paths of a block, as `NeedPaths` has it of all of them."""

    need: Persons
    settled: Persons | None
    came: Persons
    in_process: Persons
    alone: Persons
    held_back: Persons


@dataclass(frozen=True, slots=True, eq=False)
class NeedPaths:
    """What happens along each path, in whole persons.

    Attributes:
        months: The months.
        streams: The streams.
        need: Who becomes ready for a home that a municipality gives; streams x months x paths.
        settled: Who gets a place; as `need`. None when no places are told: then nobody waits for one.
        came: Who waited at the beginning or has come or got a permit since; streams x paths. When more were observed to
            be settled than these, so many more waited at the beginning.
        in_process: Who has a permit at the end and is not ready yet; streams x paths.
        alone: Who has found a home without a municipality; streams x paths.
        held_back: Who was planned in a quota and has not come; streams x paths.
    """

    months: tuple[FlowMonth, ...]
    streams: tuple[NeedStream, ...]
    need: Persons
    settled: Persons | None
    came: Persons
    in_process: Persons
    alone: Persons
    held_back: Persons


def simulate(
    model: NeedModel, *, seed: int, paths: int, workers: int = 1, executor: Executor | None = None
) -> NeedPaths:
    """Return what happens along so many paths; the same for any number of workers, wherever they are.

    Args:
        model: What it rests on.
        seed: Where chance begins.
        paths: How many.
        workers: Threads that share the blocks.
        executor: Who makes the blocks instead of threads of our own: other processes, or a cluster.

    Raises:
        BadPaths: None, or more than can be kept.
    """
    if not 1 <= paths <= MOST_PATHS:
        raise BadPaths(paths)
    sizes = [min(BLOCK, paths - start) for start in range(0, paths, BLOCK)]
    make = partial(_block, model, seed)
    if executor is not None:
        blocks = list(executor.map(make, range(len(sizes)), sizes))
    else:
        with ThreadPoolExecutor(workers) as pool:
            blocks = list(pool.map(make, range(len(sizes)), sizes))
    return NeedPaths(
        months=months_from(model.first, model.months),
        streams=tuple(flow.stream for flow in model.flows),
        need=_joined([block.need for block in blocks]),
        settled=_joined([block.settled for block in blocks if block.settled is not None])
        if model.places is not None
        else None,
        came=_joined([block.came for block in blocks]),
        in_process=_joined([block.in_process for block in blocks]),
        alone=_joined([block.alone for block in blocks]),
        held_back=_joined([block.held_back for block in blocks]),
    )


def _joined(parts: Sequence[Persons]) -> Persons:
    """Return blocks of paths as one table."""
    return np.concatenate(parts, axis=-1)


def _block(model: NeedModel, seed: int, number: int, paths: int) -> _Block:
    """Return what happens along the paths of one block."""
    months = months_from(model.first, model.months)
    flows = []
    for flow in model.flows:
        key = (number, list(NeedStream).index(flow.stream))
        random = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))
        ways, parts = _ways(flow, months, paths, random)
        if isinstance(flow, PermitFlow):
            flows.append(_of_permits(flow, _permits(flow, model.spread, parts[:, ways], random)))
        else:
            flows.append(_of_quota(flow, months, ways))
    need, came, in_process, alone, held_back = (np.stack(each) for each in zip(*flows, strict=True))
    settled = None
    if model.places is not None:
        settled = settle(need, [flow.stream for flow in model.flows], model.places, _settled_months(model.flows))
    return _Block(need, settled, came, in_process, alone, held_back)


def _settled_months(flows: Sequence[Flow]) -> list[int]:
    """Return in how many of the first months of each flow settled people were observed; who comes by a quota is."""
    return [len(flow.settled if isinstance(flow, PermitFlow) else flow.came) for flow in flows]


def _of_quota(flow: QuotaFlow, months: Sequence[FlowMonth], ways: NDArray[np.intp]) -> _FlowBlock:
    arrivals = np.array(
        [arrivals_by_month(flow, way, months) for _, way in outlooks(flow.stops, months)], dtype=np.int32
    )
    came = arrivals.sum(axis=1, dtype=np.int32)[ways]
    planned = np.int32(sum(flow.planned_by_year(months).values()))
    nobody = np.zeros_like(came)
    return _FlowBlock(arrivals.T[:, ways], came, nobody, nobody, planned - came)


def _of_permits(flow: PermitFlow, permits: Floats) -> _FlowBlock:
    """Return what becomes of those who get a permit; months x paths.

    Months of which settled people were observed have these. Who was ready in them and was not settled is counted in the
    first month after; who was settled before being ready is not counted again.
    """
    observed = len(flow.settled)
    settled = np.cumsum(flow.settled, dtype=np.float64)[:, np.newaxis]
    if observed:
        # Who was settled has had a permit: so many more waited at the beginning than were known of.
        permits[0] += np.maximum(settled - np.cumsum(permits[:observed], axis=0), 0).max(axis=0)
    ready = ready_by_month(permits, flow.waits)
    came = permits.sum(axis=0)
    alone = np.zeros_like(came)
    if flow.alone:
        without = whole_steps(part_of(np.cumsum(ready, axis=0), flow.alone))
        ready -= without
        alone = without.sum(axis=0)
    if observed:
        upto = np.cumsum(ready, axis=0)
        upto[:observed] = settled
        np.maximum(upto, settled[-1], out=upto, where=np.arange(len(upto))[:, np.newaxis] >= observed)
        ready = whole_steps(upto)
        alone = np.minimum(alone, came - upto[-1])
    in_process = came - ready.sum(axis=0) - alone
    return _FlowBlock(*(each.astype(np.int32) for each in (ready, came, in_process, alone, np.zeros_like(came))))


def ready_by_month(permits: Floats, waits: Sequence[Fraction]) -> Floats:
    """Return who becomes ready each month, of those who got a permit in it or before; months x paths.

    Of those of one month, so many are ready after some months as their part of them, rounded down; the last part is the
    rest of them.
    """
    months = len(permits)
    ready = np.zeros_like(permits)
    before: Floats = np.zeros_like(permits)
    for later, part in enumerate(accumulate(waits)):
        if later >= months:
            break
        if not waits[later]:
            continue
        by_then = permits if part == 1 else np.floor(part_of(permits, part))
        ready[later:] += (by_then - before)[: months - later]
        before = by_then
    return ready


def part_of(persons: Floats, part: Fraction) -> Floats:
    """Return a part of whole persons. Where that is whole too it is so exactly, as only the quotient is rounded."""
    return persons * part.numerator / part.denominator


def whole_steps(sums: Floats) -> Floats:
    """Return what is new each month of sums from the beginning, which are rounded down first; months x paths."""
    whole = np.floor(sums)
    whole[1:] -= whole[:-1].copy()
    return whole


def _ways(
    flow: Flow, months: Sequence[FlowMonth], paths: int, random: np.random.Generator
) -> tuple[NDArray[np.intp], Floats]:
    """Return which way the calendar goes on each path, and what comes on each way, months x ways."""
    ways = outlooks(flow.stops, months)
    # One number is drawn for each path with a stop or without: the rest of chance stays as it is.
    drawn = random.random(paths)
    ends = [float(end) for end in accumulate(likely for likely, _ in ways)]
    return np.searchsorted(ends[:-1], drawn, side="right"), np.array(
        [[float(part) for part in way] for _, way in ways]
    ).T


def _permits(flow: PermitFlow, spread: Spread, parts: Floats, random: np.random.Generator) -> Floats:
    """Return the whole permits of each month, with those who waited at the beginning in the first; months x paths."""
    months, paths = parts.shape
    observed = len(flow.came)
    rate = rate_after(spread, float(flow.a_month), flow.came)
    counts = draw_counts(spread, rate, months - observed, paths, random)
    if flow.stops:
        counts *= parts[observed:]
    permits = whole_steps(np.cumsum(counts, axis=0))
    if observed:
        permits = np.vstack(
            [np.broadcast_to(np.array(flow.came, np.float64)[:, np.newaxis], (observed, paths)), permits]
        )
    permits[0] += flow.waiting
    return permits
