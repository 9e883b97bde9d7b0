"""The tables of alerts that the need has moved, and of the revisions that meet them. Numbers are persons."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett.apportion import TieRule
from bosett.rounds.need_alerts import NeedGroup
from bosett.rounds.states import NeedAlertState, RevisionState
from bosett.stages.revision import RevisionWay
from bosett_web.records.choices import NeedBasis
from bosett_web.records.models.columns import bounded, one_of, persons

STANDING = (NeedAlertState.RAISED, NeedAlertState.ACKNOWLEDGED)
"""States of an alert that stands."""
OPEN = (RevisionState.DRAFTED, RevisionState.SUBMITTED, RevisionState.TOTAL_DECIDED)
"""States of a revision that is worked on."""


class NeedAlert(models.Model):
    """That a need has moved past the limit, as it was known on a day.

    `basis` is what the need rests on: a registered forecast, or the shipped plan of the year with the stops that are
    told. `low` and `high` go with `need`. `reason` is the committee's when it acknowledges.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="need_alerts")
    version = models.PositiveSmallIntegerField()
    state = models.TextField(default="raised")
    group = models.TextField()
    target = persons()
    low = persons(null=True)
    need = persons()
    high = persons(null=True)
    basis = models.TextField()
    forecast = models.ForeignKey("records.Forecast", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    reason = models.TextField(blank=True, default="")
    acknowledged_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="need_alert_once", fields=["round", "version"]),
            UniqueConstraint(
                name="need_alert_one_stands",
                fields=["round", "group"],
                condition=Q(state__in=[each.value for each in STANDING]),
            ),
            one_of("need_alert", "state", NeedAlertState),
            one_of("need_alert", "group", NeedGroup),
            one_of("need_alert", "basis", NeedBasis),
            *bounded("need_alert", "target", "low", "need", "high"),
            CheckConstraint(
                name="need_alert_forecast",
                condition=Q(basis=NeedBasis.FORECAST.value, forecast__isnull=False)
                | Q(basis=NeedBasis.PLAN.value, forecast__isnull=True),
            ),
            CheckConstraint(
                name="need_alert_reasoned",
                condition=Q(acknowledged_on__isnull=True, reason="") | Q(acknowledged_on__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.group} v{self.version}"


class Revision(models.Model):
    """A revision of the requests of a frozen round to a new total.

    `inputs` is what its numbers are made of again: those asked, what is settled, agreed, decided and told of capacity,
    the locks set by hand, and the claims of those taken in. `why` is what the letters tell.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveSmallIntegerField()
    state = models.TextField(default="drafted")
    alert = models.ForeignKey(NeedAlert, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.TextField()
    total = persons()
    floor = persons()
    step = models.PositiveSmallIntegerField(default=1)
    may_drop = models.BooleanField(default=False)
    take_in = models.BooleanField(default=False)
    ask_all = models.BooleanField(default=False)
    tie_rule = models.TextField(blank=True, default="")
    why = models.TextField()
    inputs = models.JSONField()
    result_sha256 = models.CharField(max_length=64, blank=True, default="")
    day = models.DateField()
    decided_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="submitted_by"
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="revision_once", fields=["round", "version"]),
            UniqueConstraint(
                name="revision_one_open", fields=["round"], condition=Q(state__in=[each.value for each in OPEN])
            ),
            one_of("revision", "state", RevisionState),
            one_of("revision", "way", RevisionWay),
            one_of("revision", "tie_rule", ("", *TieRule)),
            *bounded("revision", "total", "floor"),
            CheckConstraint(name="revision_step", condition=Q(step__gte=1)),
            CheckConstraint(
                name="revision_decided_on",
                condition=Q(state=RevisionState.DECIDED.value, decided_on__isnull=False)
                | ~Q(state=RevisionState.DECIDED.value) & Q(decided_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class RevisionLine(models.Model):
    """What a revision asks of one municipality: before, now, its exact part, what made the number, and what is idle."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="lines")
    municipality = models.CharField(max_length=4)
    county = models.CharField(max_length=2)
    before = persons()
    number = persons()
    exact = models.TextField()
    bound = models.TextField()
    idle = persons(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="revision_line_once", fields=["revision", "municipality"]),
            *bounded("revision_line", "before", "number", "idle"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.municipality}"
