"""The table of forecasts of the need that are simulated in full: what each rests on, and what it came to."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett.rounds.states import NeedRunState
from bosett_web.records.models.columns import one_of


class NeedRun(models.Model):
    """A full run of a forecast, ordered by a person and made in the background.

    `inputs` is what it is made of again: scenario, year, day, what was changed, seed and paths. `key` is the digest of
    all that it rests on, so that the same is not simulated twice. `result` is the document of the command line; `why`
    says why there is none, in JSON as a code and its facts.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="need_runs")
    state = models.TextField(default="queued")
    key = models.CharField(max_length=64)
    inputs = models.JSONField()
    result = models.JSONField(null=True)
    why = models.JSONField(default=dict)
    ordered_on = models.DateField()
    ordered_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="ordered_by"
    )

    class Meta:
        constraints: ClassVar = [
            one_of("need_run", "state", NeedRunState),
            UniqueConstraint(name="need_run_once", fields=["round", "key"], condition=~Q(state=NeedRunState.FAILED)),
            CheckConstraint(
                name="need_run_result",
                condition=Q(state=NeedRunState.DONE, result__isnull=False)
                | ~Q(state=NeedRunState.DONE) & Q(result__isnull=True),
            ),
            CheckConstraint(
                name="need_run_why",
                condition=Q(state=NeedRunState.FAILED) & ~Q(why={}) | ~Q(state=NeedRunState.FAILED) & Q(why={}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.key}"
