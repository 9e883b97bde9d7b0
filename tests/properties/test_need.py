"""What holds of every flow of need: nobody is lost or made on any path, and who makes which path changes nothing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.stages.forecast.simulate import BLOCK, NeedPaths, simulate
from bosett.stages.forecast.streams import MINORS, NeedModel, NeedStream, PermitFlow, QuotaFlow
from needmodels import JANUARY, WANDERING, limits, models, stop


def lost(model: NeedModel, paths: NeedPaths) -> int:
    """Return how many people are in one place of the flow and not in the next, over all paths, either way."""
    need = paths.need.sum(axis=1)
    away = np.abs(paths.came - paths.in_process - paths.alone - need).sum()
    for place, flow in enumerate(model.flows):
        if isinstance(flow, QuotaFlow):
            planned = sum(flow.planned(month) for month in paths.months)
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
            assert (got <= limit).all()
            assert not queue[rows].sum(axis=0)[got < limit].any(), "no place stands empty while somebody waits"


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
