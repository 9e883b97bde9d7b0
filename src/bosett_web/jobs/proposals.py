"""The background job that computes a proposal."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from bosett_web.actions.round.proposals import JOB, compute
from bosett_web.jobs.patience import WhenThereIsSpace
from bosett_web.records.models import Proposal


@app.task(name=JOB, queue="default", retry=WhenThereIsSpace())
def compute_proposal(proposal: int) -> None:
    """Compute a queued proposal, telling how far it has come. Safe to run again after a crash."""
    try:
        compute(proposal, lambda percent: _tell(proposal, percent))
    finally:
        close_old_connections()


def _tell(proposal: int, percent: int) -> None:
    Proposal.objects.filter(pk=proposal, state="queued").update(progress=percent)
