"""Simulate a flow by month along many paths: how many come, become ready for a home, and get a place.

Paths are made in blocks of a fixed size, and each block has its own seed for each stream. So the same paths come,
whoever makes which block, and two scenarios meet the same chance: what differs between them is their own.

All that is counted is whole persons. Parts of people are cut from sums: what has come so far is rounded down, and a
month has what is new. So nobody is lost and nobody is made, on any path.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bosett.basis.refusals import Refusal
from bosett.stages.forecast.arrivals import Floats, draw_counts
from bosett.stages.forecast.months import FlowMonth, months_from
from bosett.stages.forecast.outlook import arrivals_by_month, outlooks
from bosett.stages.forecast.places import settle
from bosett.stages.forecast.streams import Flow, NeedModel, NeedStream, PermitFlow, Spread

BLOCK = 4096
"""Paths that are made together: few enough for a processor's own memory. Another number gives other paths."""
MOST_PATHS = 1_000_000

Persons = NDArray[np.int32]


class BadPaths(Refusal):
    """So many paths are not simulated."""

    def __init__(self, paths: int) -> None:
        super().__init__(f"{paths} paths; name a number from 1 to {MOST_PATHS}")
        self.paths = paths


@dataclass(frozen=True, slots=True, eq=False)
class NeedPaths:
    """What happens along each path, in whole persons.

    Attributes:
        months: The months.
        streams: The streams.
        need: Who becomes ready for a home that a municipality gives; streams x months x paths.
        settled: Who gets a place; as `need`. None when no places are told: then nobody waits for one.
        came: Who waited at the beginning or has come or got a permit since; streams x paths.
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


def simulate(model: NeedModel, *, seed: int, paths: int, workers: int = 1) -> NeedPaths:
    """Return what happens along so many paths; the same for any number of workers.

    Args:
        model: What it rests on.
        seed: Where chance begins.
        paths: How many.
        workers: Threads that share the blocks.

    Raises:
        BadPaths: None, or more than can be kept.
    """
    if not 1 <= paths <= MOST_PATHS:
        raise BadPaths(paths)
    streams, months = len(model.flows), model.months
    made = NeedPaths(
        months=months_from(model.first, months),
        streams=tuple(flow.stream for flow in model.flows),
        need=np.empty((streams, months, paths), np.int32),
        settled=None if model.places is None else np.empty((streams, months, paths), np.int32),
        came=np.empty((streams, paths), np.int32),
        in_process=np.zeros((streams, paths), np.int32),
        alone=np.zeros((streams, paths), np.int32),
        held_back=np.zeros((streams, paths), np.int32),
    )
    blocks = [slice(start, min(start + BLOCK, paths)) for start in range(0, paths, BLOCK)]
    with ThreadPoolExecutor(workers) as pool:
        # What goes wrong in a thread is raised here, where its answer is taken.
        list(pool.map(partial(_simulate_block, model, made, seed), range(len(blocks)), blocks))
    return made


def _simulate_block(model: NeedModel, made: NeedPaths, seed: int, number: int, block: slice) -> None:
    paths = block.stop - block.start
    for place, flow in enumerate(model.flows):
        key = (number, list(NeedStream).index(flow.stream))
        random = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))
        ways, parts = _ways(flow, made.months, paths, random)
        if isinstance(flow, PermitFlow):
            permits = _permits(flow, model.spread, parts[:, ways], random)
            ready = ready_by_month(permits, flow.waits)
            came = permits.sum(axis=0)
            made.came[place, block] = came
            made.in_process[place, block] = came - ready.sum(axis=0)
            if flow.alone:
                alone = whole_steps(part_of(np.cumsum(ready, axis=0), flow.alone))
                ready -= alone
                made.alone[place, block] = alone.sum(axis=0)
            made.need[place, :, block] = ready
        else:
            arrivals = np.array(
                [arrivals_by_month(flow, way, made.months) for _, way in outlooks(flow.stops, made.months)]
            )
            planned = sum(flow.planned(month) for month in made.months)
            made.need[place, :, block] = arrivals.T[:, ways]
            made.came[place, block] = arrivals.sum(axis=1)[ways]
            made.held_back[place, block] = planned - made.came[place, block]
    if made.settled is not None and model.places is not None:
        made.settled[:, :, block] = settle(made.need[:, :, block], made.streams, model.places)


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
    counts = draw_counts(spread, float(flow.a_month), months, paths, random)
    if flow.stops:
        counts *= parts
    permits = whole_steps(np.cumsum(counts, axis=0))
    permits[0] += flow.waiting
    return permits
