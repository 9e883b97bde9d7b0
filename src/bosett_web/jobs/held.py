"""The background job of held documents: what has waited too long for its form is taken away."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from bosett_web.actions.decisions.held import let_go_of_old
from bosett_web.jobs.patience import WhenThereIsSpace


@app.periodic(cron="41 * * * *")
@app.task(name="let_go_of_held", queue="default", retry=WhenThereIsSpace())
def let_go_of_held(timestamp: int) -> None:  # noqa: ARG001  - procrastinate gives the moment that it was meant for
    """Take away the documents whose forms were not sent again."""
    try:
        let_go_of_old()
    finally:
        close_old_connections()
