"""Ordering work in the background, in the transaction of whoever orders it."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue

from bosett_web.records.tasks import Task


def order(task: Task, *, alone: str | None = None, once: str | None = None, **arguments: JSONValue) -> None:
    """Order a task.

    Args:
        task: What is to be done.
        alone: Jobs with the same name here are done one at a time, however many workers there are.
        once: While a job with the same name here waits, another is not ordered.
        arguments: What the task is given; JSON.
    """
    job = app.configure_task(task.value, lock=alone, queueing_lock=once)
    try:
        with transaction.atomic():  # a job that waits already must not spoil the work of whoever orders it
            job.defer(**arguments)
    except AlreadyEnqueued:
        return


def weigh_need() -> None:
    """Order that the need be held against the targets: something that it rests on has changed."""
    order(Task.WEIGH_NEED, once="need")
