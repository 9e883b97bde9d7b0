"""The background job that tidies up: sessions that are over, and forms that nobody came for."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from bosett_web.actions.access.kept import let_go_of_old
from bosett_web.jobs.patience import WhenThereIsSpace


@app.periodic(cron="23 * * * *")
@app.task(name="tidy_up", queue="default", retry=WhenThereIsSpace())
def tidy_up(timestamp: int) -> None:  # noqa: ARG001  - procrastinate gives the moment that it was meant for
    """Take away what is over, every hour."""
    try:
        let_go_of_old()
    finally:
        close_old_connections()
