"""The tables of capacity: when it was asked for, and what was reported. A report never changes; a newer one counts."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from bosett.basis.place_kinds import PlaceKind
from bosett.rounds.parties import Party
from bosett.stages.capacity.reports import LONGEST_LEAD, Firmness, Hindrance, LocalSituation
from bosett_web.records.models.columns import bounded, one_of, persons

IF_ASKED = Firmness.IF_ASKED.value


class CapacityAsking(models.Model):
    """A round of asking: report your capacity by a day, for some weeks. `reminded_on` is the last reminder."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="askings")
    state = models.TextField(default="asked")
    asked_on = models.DateField()
    by = models.DateField()
    first = models.DateField()
    last = models.DateField()
    text = models.TextField(blank=True, default="")
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="asking_by", condition=Q(by__gte=F("asked_on"))),
            CheckConstraint(name="asking_weeks", condition=Q(last__gte=F("first"))),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.by}"


class CapacityReport(models.Model):
    """What one party says that a municipality can take of a kind in each of some weeks.

    `first`, `last` and `ask_by` are the Mondays of their weeks. Its number is that of its row: of two of one day the
    higher is the later.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="capacity_reports")
    municipality = models.CharField(max_length=4)
    kind = models.TextField()
    first = models.DateField()
    last = models.DateField()
    count = persons()
    firmness = models.TextField()
    said_by = models.TextField()
    said_on = models.DateField()
    expires_on = models.DateField()
    ask_by = models.DateField(null=True)
    lead = models.PositiveSmallIntegerField(null=True)
    situation = models.TextField()
    hindrance = models.TextField(blank=True, default="")
    measures = models.TextField(blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["last", "municipality"], name="capacity_weeks")]
        constraints: ClassVar = [
            one_of("capacity_report", "kind", PlaceKind),
            one_of("capacity_report", "firmness", Firmness),
            one_of("capacity_report", "said_by", (Party.MUNICIPALITY, Party.COUNTY)),
            one_of("capacity_report", "situation", LocalSituation),
            one_of("capacity_report", "hindrance", ("", *Hindrance)),
            *bounded("capacity_report", "count"),
            CheckConstraint(name="capacity_report_weeks", condition=Q(last__gte=F("first"))),
            CheckConstraint(name="capacity_report_expires", condition=Q(expires_on__gte=F("said_on"))),
            CheckConstraint(name="capacity_report_lead", condition=Q(lead__isnull=True) | Q(lead__lte=LONGEST_LEAD)),
            CheckConstraint(
                name="capacity_report_ask_by",
                condition=Q(firmness=IF_ASKED, ask_by__isnull=False) | ~Q(firmness=IF_ASKED) & Q(ask_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.kind} {self.first}"
