"""The need of a year as it is reckoned while somebody waits: from few paths, the same for every page that tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bosett.rounds.need_asked import NeedAsked
from bosett.rounds.notices import Span
from bosett.stages.forecast.changes import UNCHANGED, NeedChanges
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.scenario import NeedScenario, load_scenario
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.summary import NeedRange, NeedSummary, so_far, summarise

QUICK = 5_000
"""Paths of an answer that somebody waits for."""
FULL = 100_000
"""Paths of a full run: as many as the command line makes unless it is told otherwise."""
KEPT = 64
"""Answers that are remembered: one is some kilobytes."""


@dataclass(frozen=True, slots=True)
class NeedReckoned:
    """What paths come to: the summary, and who is to be settled up to and with each month of the year."""

    summary: NeedSummary
    so_far: Mapping[FlowMonth, NeedRange]


@lru_cache(KEPT)
def scenario_of(year: int, name: str) -> NeedScenario:
    """Return a shipped scenario.

    Raises:
        UnknownScenario: None of this name is shipped for the year.
    """
    return load_scenario(year, name)


def asked_of(
    year: int,
    name: str,
    day: date,
    *,
    changes: NeedChanges = UNCHANGED,
    stops: tuple[Span, ...] | None = None,
    paths: int = QUICK,
) -> NeedAsked:
    """Return a question of a shipped scenario, with its own seed.

    Raises:
        UnknownScenario: None of this name is shipped for the year.
    """
    scenario = scenario_of(year, name)
    return NeedAsked(scenario, year, day, scenario.seed, paths, changes, stops)


def reckoned(asked: NeedAsked) -> NeedReckoned:
    """Return the answer to a question of a shipped scenario, remembered.

    Raises:
        KnownLater: The day knows nothing of one of the scenario's numbers, or of a stop.
        NothingToChange: Something is changed that the scenario does not have.
        BadCalendar: A restart is not after its stop.
        BadFlow: A number is less than nothing.
    """
    return _remembered(asked.year, asked.name, asked.day, asked.changes, asked.stops, asked.paths)


def reckon(asked: NeedAsked, workers: int = 1) -> NeedReckoned:
    """Return the answer to a question, made anew by so many threads.

    Raises:
        KnownLater: The day knows nothing of one of the scenario's numbers, or of a stop.
        NothingToChange: Something is changed that the scenario does not have.
        BadCalendar: A restart is not after its stop.
        BadFlow: A number is less than nothing.
    """
    paths = simulate(asked.model(), seed=asked.seed, paths=asked.paths, workers=workers)
    return NeedReckoned(summarise(paths, asked.year), so_far(paths, asked.year))


@lru_cache(KEPT)
def _remembered(
    year: int, name: str, day: date, changes: NeedChanges, stops: tuple[Span, ...] | None, paths: int
) -> NeedReckoned:
    return reckon(asked_of(year, name, day, changes=changes, stops=stops, paths=paths))
