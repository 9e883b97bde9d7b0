"""The background job that binds many letters to one PDF."""

from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett_web.actions.letters.binding import bind
from bosett_web.jobs.patience import WhenThereIsSpace
from bosett_web.queries.letters.binding import BINDING


@app.task(name=BINDING, queue="default", retry=WhenThereIsSpace(RetryStrategy(max_attempts=2, wait=5)))
def bind_letters(name: str, letters: list[int]) -> None:
    """Bind letters to one PDF."""
    try:
        bind(name, letters)
    finally:
        close_old_connections()
