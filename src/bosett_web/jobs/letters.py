"""The background jobs of letters: make them, send them, take up what was left, and follow what was delivered."""

from django.conf import settings
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett_web.actions.letters.letters import SENDING
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.letters.sending import deliver, follow, waiting
from bosett_web.dispatch import port_of
from bosett_web.jobs.patience import WhenThereIsSpace
from bosett_web.queries.letters.letters import MAKING, delivered, unattended

FOLLOWED = 200
"""Letters that are asked about in one go, at most about; the others have their turn in the next ones."""
HOUR = 3600


class NotYet(Exception):
    """A letter's fate is not known yet; the job is run again after a while."""


@app.task(name=MAKING, queue="default", retry=WhenThereIsSpace(RetryStrategy(max_attempts=3, wait=5)))
def make_letters(year: int, person: int) -> None:
    """Make the letters of a round that are due."""
    try:
        make_all(year, person)
    finally:
        close_old_connections()


@app.task(name=SENDING, queue="default", retry=WhenThereIsSpace(RetryStrategy(max_attempts=20, exponential_wait=3)))
def send_letter(letter: int) -> None:
    """Send one letter; before a second try the service is asked about the first.

    Raises:
        NotYet: Its fate is not known; the waits grow from three seconds.
    """
    try:
        if deliver(letter, port_of(settings.DISPATCH)):
            raise NotYet(letter)
    finally:
        close_old_connections()


@app.periodic(cron="*/5 * * * *")
@app.task(name="take_up_letters", queue="default", retry=WhenThereIsSpace())
def take_up_letters(timestamp: int) -> None:  # noqa: ARG001  - procrastinate gives the moment that it was meant for
    """Send what is queued and has no job any more: no letter is left lying, whatever became of its job."""
    try:
        for letter in unattended(SENDING, waiting()):
            app.configure_task(SENDING, lock=f"letter:{letter}").defer(letter=letter)
    finally:
        close_old_connections()


@app.periodic(cron="17 * * * *")
@app.task(name="follow_letters", queue="default", retry=WhenThereIsSpace())
def follow_letters(timestamp: int) -> None:
    """Ask what has become of the letters that a service has taken, all of them in turn."""
    try:
        port = port_of(settings.DISPATCH)
        for letter in delivered(port.channel, FOLLOWED, timestamp // HOUR):
            follow(letter, port)
    finally:
        close_old_connections()
