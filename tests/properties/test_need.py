"""What holds of every flow of need: nobody is lost or made on any path, and who makes which path changes nothing."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bosett.stages.forecast.months import months_from
from bosett.stages.forecast.observed import ObservedCount, ObservedKind, with_observed
from bosett.stages.forecast.simulate import BLOCK, NeedPaths, simulate
from bosett.stages.forecast.streams import MINORS, MonthlyPlaces, NeedModel, NeedStream, PermitFlow, QuotaFlow
from needmodels import JANUARY, WANDERING, limits, models, stop


def lost(model: NeedModel, paths: NeedPaths) -> int:
    """Return how many people are in one place of the flow and not in the next, over all paths, either way."""
    need = paths.need.sum(axis=1)
    away = np.abs(paths.came - paths.in_process - paths.alone - need).sum()
    for place, flow in enumerate(model.flows):
        if isinstance(flow, QuotaFlow):
            planned = sum(flow.planned_by_year(paths.months).values())
            away += np.abs(paths.came[place] + paths.held_back[place] - planned).sum()
    return int(away)


@settings(max_examples=60)
@given(models(), st.integers(0, 9), st.integers(1, 40))
def test_nobody_is_lost_or_made_on_any_path(model: NeedModel, seed: int, count: int) -> None:
    paths = simulate(model, seed=seed, paths=count)
    assert lost(model, paths) == 0
    for people in (paths.need, paths.came, paths.in_process, paths.alone, paths.held_back):
        assert people.min() >= 0
    if paths.settled is not None and model.places is not None:
        assert paths.settled.min() >= 0
        queue = np.cumsum(paths.need.astype(np.int64) - paths.settled, axis=1)
        assert queue.min() >= 0, "nobody gets a place before being ready"
        for alone in (False, True):
            rows = [place for place, flow in enumerate(model.flows) if (flow.stream in MINORS) is alone]
            limit = np.array(limits(model.places, alone=alone))[:, None]
            got = paths.settled[rows].sum(axis=0)
            assert (got <= np.maximum(limit, observed_there(model, rows)[:, None])).all()
            assert not queue[rows].sum(axis=0)[got < limit].any(), "no place stands empty while somebody waits"


def observed_there(model: NeedModel, rows: list[int]) -> NDArray[np.int64]:
    """Return who of some streams was observed to be settled in each month: whatever the limit, they had places."""
    there = np.zeros(model.months, np.int64)
    for flow in (model.flows[row] for row in rows):
        counts = flow.settled if isinstance(flow, PermitFlow) else flow.came
        there[: len(counts)] += np.array(counts, np.int64)
    return there


@settings(max_examples=60)
@given(models(), st.integers(0, 9))
def test_months_hold_what_was_observed_on_every_path(model: NeedModel, seed: int) -> None:
    paths = simulate(model, seed=seed, paths=20)
    for place, flow in enumerate(model.flows):
        counts = flow.settled if isinstance(flow, PermitFlow) else flow.came
        assert (paths.need[place, : len(counts)] == np.array(counts, np.int32)[:, None]).all()
        if isinstance(flow, PermitFlow):
            assert (paths.came[place] >= flow.waiting + sum(flow.came)).all()


@given(models(), st.dates(date(2020, 1, 1), date(2022, 6, 1)), st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
@settings(max_examples=30)
def test_what_is_observed_after_the_day_changes_no_byte(model: NeedModel, day: date, noise: list[int]) -> None:
    plain = replace(
        model,
        flows=tuple(
            replace(flow, came=()) if isinstance(flow, QuotaFlow) else replace(flow, came=(), settled=())
            for flow in model.flows
        ),
    )
    months = months_from(plain.first, plain.months)
    counts = [
        ObservedCount(flow.stream, kind, month, 7, next(month.after(1).days()), "made for a test")
        for flow in plain.flows
        for kind in (ObservedKind.CAME, *([ObservedKind.SETTLED] if isinstance(flow, PermitFlow) else []))
        for month in months
    ]
    later = [
        replace(each, persons=noise[place % 4], known_on=max(day + timedelta(days=1), each.known_on))
        for place, each in enumerate(counts)
    ]
    known = [each for each in counts if each.known_on <= day]
    one, other = (simulate(with_observed(plain, rows, day), seed=1, paths=50) for rows in (known, [*later, *known]))
    assert _content(one) == _content(other)


@given(models())
@settings(max_examples=20)
def test_the_check_sees_a_person_who_is_lost(model: NeedModel) -> None:
    paths = simulate(model, seed=1, paths=3)
    paths.need[0, 0, 0] += 1
    assert lost(model, paths) == 1


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_makes_the_same_paths(workers: int) -> None:
    model = _model()
    one, more = (simulate(model, seed=7, paths=2 * BLOCK + 5, workers=each) for each in (1, workers))
    assert _content(one) == _content(more)
    assert _content(one) != _content(simulate(model, seed=8, paths=2 * BLOCK + 5))


def test_processes_and_a_cluster_make_the_same_paths() -> None:
    model = replace(_model(), places=MonthlyPlaces((300,) * 18, (10,) * 18))
    here = simulate(model, seed=7, paths=2 * BLOCK + 5)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        there = simulate(model, seed=7, paths=2 * BLOCK + 5, executor=pool)
    assert _content(here) == _content(there)
    assert here.settled is not None
    assert there.settled is not None
    assert here.settled.tobytes() == there.settled.tobytes()


def test_a_whole_block_is_the_same_however_many_follow() -> None:
    one, more = (simulate(_model(), seed=7, paths=paths) for paths in (BLOCK, 2 * BLOCK))
    assert (one.need == more.need[:, :, :BLOCK]).all()


def test_what_one_stream_does_changes_no_other() -> None:
    model = _model()
    without = replace(model, flows=model.flows[1:])
    both, alone = (simulate(each, seed=7, paths=100) for each in (model, without))
    assert (both.need[1:] == alone.need).all()


def _content(paths: NeedPaths) -> bytes:
    return b"".join(each.tobytes() for each in (paths.need, paths.came, paths.in_process, paths.alone, paths.held_back))


def _model() -> NeedModel:
    quarter = Fraction(1, 4)
    halted = stop(date(2020, 3, 14), (date(2020, 8, 1), "1/2"), (None, "1/2"), ramp=8)
    return NeedModel(
        JANUARY,
        18,
        (
            QuotaFlow(NeedStream.RESETTLEMENT, 3000, 50, (halted,)),
            PermitFlow(NeedStream.RECEPTION, 577, Fraction(165), (quarter,) * 4, Fraction(1, 20)),
            PermitFlow(NeedStream.MINORS_15_18, 29, Fraction(25, 3), (quarter,) * 4),
        ),
        WANDERING,
    )
