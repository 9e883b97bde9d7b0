"""The background job in which the demo's parties take the round on."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from bosett_web.actions.round.walk import walk
from bosett_web.jobs.patience import WhenThereIsSpace
from bosett_web.queries.round.walk import JOB


@app.task(name=JOB, queue="default", retry=WhenThereIsSpace())
def walk_demo() -> None:
    """Take the round on to frozen numbers."""
    try:
        walk()
    finally:
        close_old_connections()
