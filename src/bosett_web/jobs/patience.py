"""What a job does when it fails: for want of space it waits for as long as it takes, else by its own rule."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from bosett_web.records import space

WAIT = 60
"""Seconds until it is tried again."""


class WhenThereIsSpace(BaseRetryStrategy):
    """Tries a job again until there is space; for other faults as a rule says, or never."""

    def __init__(self, otherwise: BaseRetryStrategy | None = None) -> None:
        self.otherwise = otherwise

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when a job is tried again; None is never."""
        if space.is_no_space(exception):
            return RetryDecision(retry_in={"seconds": WAIT})
        return self.otherwise.get_retry_decision(exception=exception, job=job) if self.otherwise else None
