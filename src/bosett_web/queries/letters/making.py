"""How the making of letters goes: whether it runs, whether anybody works at all, and what could not be made and why."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from bosett_web.journal.models import Event
from bosett_web.queries.letters.letters import MAKING

FRESH = timedelta(seconds=30)
"""How long after its last sign of life a worker counts as alive."""
UNDER_WAY = ("todo", "doing")
BROKEN_OFF = ("failed", "aborted", "cancelled")


@dataclass(frozen=True, slots=True)
class Unmade:
    """A letter that could not be made: the codes of what it lacks, or what the typesetting told."""

    reference: str
    lacks: tuple[str, ...] = ()
    told: str = ""


def job_state(task: str, **args: object) -> str:
    """Return the state of the newest job of a task with these arguments; empty when there was none."""
    jobs = ProcrastinateJob.objects.filter(task_name=task, **{f"args__{name}": value for name, value in args.items()})
    return jobs.order_by("-pk").values_list("status", flat=True).first() or ""


def making_state(year: int) -> str:
    """Return the state of the newest making of a round's letters; empty when they were never made."""
    return job_state(MAKING, year=year)


def is_worked(moment: datetime) -> bool:
    """Tell whether a worker has lately told that it lives; without one nothing is made or sent."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=moment - FRESH).exists()


def unmade(year: int, wanted: Collection[str]) -> tuple[Unmade, ...]:
    """Return those of the wanted letters that could not be made when they were last ordered.

    Args:
        year: Settlement year.
        wanted: References of letters that are still to be made.
    """
    ordered = Event.objects.filter(round=year, name="letter.order").order_by("-pk").values_list("pk", flat=True).first()
    found: dict[str, Unmade] = {}
    bodies = Event.objects.filter(round=year, name="letter.make", pk__gt=ordered or 0).order_by("pk")
    for body in bodies.values_list("body", flat=True):
        after = json.loads(body)["after"]
        for reference in after["letters"]:
            found.pop(reference, None)
        for reference, why in after["not_made"].items():
            found[reference] = Unmade(reference, tuple(why.get("lacks", ())), why.get("told", ""))
    return tuple(each for reference, each in sorted(found.items()) if reference in wanted)
