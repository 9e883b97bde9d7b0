"""How far the demo's parties have come when they take the round on by themselves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bosett_web.journal.models import Event
from bosett_web.queries.background import is_under_way
from bosett_web.queries.round.overview import steps
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.tasks import Task

"""Name of the background task in `jobs/`."""
YEAR = 2021


@dataclass(frozen=True, slots=True)
class Walk:
    """The walk as a page tells it.

    Attributes:
        running: Whether they are at it, or wait for the worker.
        frozen: Whether the numbers are frozen: there is nothing left to take on.
        done: Steps of the round that are done.
        of: Steps of the round.
        stopped: Code and facts of why the last walk ended before the numbers were frozen, or None.
    """

    running: bool
    frozen: bool
    done: int
    of: int
    stopped: tuple[str, Mapping[str, object]] | None


def demo_walk() -> Walk | None:
    """Return how far they have come; None in a workspace that does not hold the demo."""
    if not clock.is_demo():
        return None
    running = is_walking()  # before the round: if the walk ends in between, whoever looks looks once more
    at = standing(YEAR)
    round_steps, frozen = steps(at), at.is_frozen
    return Walk(
        running=running,
        frozen=frozen,
        done=sum(step.done for step in round_steps),
        of=len(round_steps),
        stopped=None if running or frozen else _stopped(),
    )


def is_walking() -> bool:
    """Tell whether the parties are at it, or wait for the worker."""
    return is_under_way(Task.WALK_DEMO)


def _stopped() -> tuple[str, Mapping[str, object]] | None:
    last = Event.objects.filter(name__in=["demo.walk", "demo.stop"]).order_by("-pk").first()
    if last is None or last.name != "demo.stop":
        return None
    stop = json.loads(last.body)["after"]
    return stop["code"], stop["facts"]
