"""The background's tasks. Each may run twice, and does the same."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, wraps
from typing import Any, ParamSpec, cast

from django.conf import settings
from django.db import close_old_connections
from django.urls import reverse
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from bosett.sources.fetching import Fetcher, Patience
from bosett.sources.transport import network
from bosett_web.actions import tasks
from bosett_web.actions.access import kept_forms
from bosett_web.actions.access.alert_mail import tell_all
from bosett_web.actions.decisions import held_documents
from bosett_web.actions.figures.fetching import bring
from bosett_web.actions.letters.binding import bind
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.letters.sending import deliver, follow, waiting
from bosett_web.actions.need import runs
from bosett_web.actions.revision.alerts import weigh_all
from bosett_web.actions.round.proposals import compute, tell
from bosett_web.actions.round.walk import walk
from bosett_web.dispatch import mail, port_of
from bosett_web.queries.background import unattended
from bosett_web.queries.letters.letters import delivered
from bosett_web.records import clock, space
from bosett_web.records.tasks import Task

P = ParamSpec("P")
WAIT = 60
"""Seconds until a task that found no space is tried again."""
FOLLOWED = 200
"""Letters that are asked about in one go, at most about; the others have their turn in the next ones."""
HOUR = 3600
PATIENCE = Patience(read=30, whole=120, tries=3, longest_pause=30)
"""Less than that of a person at the command line: other tasks wait meanwhile, and a person may ask again."""


class NotYet(Exception):
    """A letter's fate is not known yet; the job is run again after a while."""


class WhenThereIsSpace(BaseRetryStrategy):
    """Tries a job again until there is space; for other faults as a rule says, or never."""

    def __init__(self, otherwise: BaseRetryStrategy | None = None) -> None:
        self.otherwise = otherwise

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when a job is tried again; None is never."""
        if space.is_no_space(exception):
            return RetryDecision(retry_in={"seconds": WAIT})
        return self.otherwise.get_retry_decision(exception=exception, job=job) if self.otherwise else None


def task(
    name: Task, *, every: str | None = None, retry: BaseRetryStrategy | None = None
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a task; it waits for space, and leaves no old connection to the database behind.

    Args:
        name: Its name.
        every: When it is ordered by itself, as cron writes it; it is then given the moment.
        retry: When it is tried again after another fault than lack of space.
    """

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @wraps(function)
        def inner(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
            finally:
                close_old_connections()

        made = app.task(name=name.value, queue="default", retry=WhenThereIsSpace(retry))(inner)
        if every is not None:
            app.periodic(cron=every)(cast("Any", made))
        return inner

    return register


@task(Task.COMPUTE_PROPOSAL)
def compute_proposal(proposal: int) -> None:
    """Compute a queued proposal, telling how far it has come."""
    compute(proposal, lambda percent: tell(proposal, percent))


@task(Task.WEIGH_NEED, every="13 4 * * *")
def weigh_need(timestamp: int = 0) -> None:  # noqa: ARG001  - procrastinate gives the moment that it was meant for
    """Hold what is known of the need of each year against its target, and raise or end alerts."""
    weigh_all()


@task(Task.RUN_NEED)
def run_need(run: int) -> None:
    """Make a full run of a forecast."""
    runs.run(run)


@task(Task.MAKE_LETTERS, retry=RetryStrategy(max_attempts=3, wait=5))
def make_letters(year: int, person: int) -> None:
    """Make the letters of a round that are due."""
    make_all(year, person)


@task(Task.SEND_LETTER, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def send_letter(letter: int) -> None:
    """Send one letter; before a second try the service is asked about the first.

    Raises:
        NotYet: Its fate is not known; the waits grow from three seconds.
    """
    if deliver(letter, port_of(settings.DISPATCH)):
        raise NotYet(letter)


@task(Task.TAKE_UP_LETTERS, every="*/5 * * * *")
def take_up_letters(timestamp: int) -> None:  # noqa: ARG001  - procrastinate gives the moment that it was meant for
    """Send what is queued and has no job any more: no letter is left lying, whatever became of its job."""
    for letter in unattended(Task.SEND_LETTER, "letter", waiting()):
        tasks.order(Task.SEND_LETTER, alone=f"letter:{letter}", letter=letter)


@task(Task.FOLLOW_LETTERS, every="17 * * * *")
def follow_letters(timestamp: int) -> None:
    """Ask what has become of the letters that a service has taken, all of them in turn."""
    port = port_of(settings.DISPATCH)
    for letter in delivered(port.channel, FOLLOWED, timestamp // HOUR):
        follow(letter, port)


@task(Task.SEND_ALERTS, every="*/5 * * * *")
def send_alerts(timestamp: int) -> None:  # noqa: ARG001  - as above
    """Send what is new to those who have asked for it, and try again what was not sent."""
    if mail.is_on():
        tell_all(clock.now(), mail.send, lambda name, parts: f"{settings.ADDRESS}{reverse(name, args=parts)}")


@task(Task.BIND_LETTERS, retry=RetryStrategy(max_attempts=2, wait=5))
def bind_letters(name: str, letters: list[int]) -> None:
    """Bind letters to one PDF."""
    bind(name, letters)


@task(Task.FETCH_FIGURES)
def fetch_figures(fetch: int) -> None:
    """Fetch a publisher's table that was asked for, and read it in."""
    bring(fetch, replace(publishers(), day=clock.today()))


@cache
def publishers() -> Fetcher:
    """Return what asks publishers: one a process, as it counts the questions within the last minute."""
    return replace(network(clock.today()), patience=PATIENCE)


@task(Task.LET_GO_OF_HELD, every="41 * * * *")
def let_go_of_held(timestamp: int) -> None:  # noqa: ARG001  - as above
    """Take away the documents whose forms were not sent again."""
    held_documents.let_go_of_old()


@task(Task.TIDY_UP, every="23 * * * *")
def tidy_up(timestamp: int) -> None:  # noqa: ARG001  - as above
    """Take away sessions that are over, and forms that nobody came for."""
    kept_forms.let_go_of_old()


@task(Task.WALK_DEMO)
def walk_demo() -> None:
    """Let the demo's parties take the round on to frozen numbers."""
    walk()
