"""How the background's jobs stand: the state of one, whether one is under way, and whether anybody works at all."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from bosett_web.records.tasks import Task

FRESH = timedelta(seconds=30)
"""How long after its last sign of life a worker counts as alive."""
UNDER_WAY = ("todo", "doing")
BROKEN_OFF = ("failed", "aborted", "cancelled")


def job_state(task: Task, **arguments: object) -> str:
    """Return the state of the newest job of a task with these arguments; empty when there was none."""
    return _jobs(task, arguments).order_by("-pk").values_list("status", flat=True).first() or ""


def is_under_way(task: Task, **arguments: object) -> bool:
    """Tell whether a job of a task with these arguments is done now, or waits to be."""
    return _jobs(task, arguments).filter(status__in=UNDER_WAY).exists()


def unattended(task: Task, argument: str, values: Iterable[int]) -> list[int]:
    """Return those values of an argument for which no job of the task is under way."""
    jobs = _jobs(task, {}).filter(status__in=UNDER_WAY)
    attended = {arguments.get(argument) for arguments in jobs.values_list("args", flat=True)}
    return [value for value in values if value not in attended]


def is_worked(moment: datetime) -> bool:
    """Tell whether a worker has lately told that it lives; without one nothing is made or sent."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=moment - FRESH).exists()


def _jobs(task: Task, arguments: Mapping[str, object]) -> "QuerySet[ProcrastinateJob]":
    wanted = {f"args__{name}": value for name, value in arguments.items()}
    return ProcrastinateJob.objects.filter(task_name=task.value, **wanted)
