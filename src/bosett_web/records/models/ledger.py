"""The table of the ledger of a settlement year: dated counts of people, which never change."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett.stages.settlement.sides import LedgerSide
from bosett_web.records.models.columns import bounded, one_of, persons


class LedgerEntry(models.Model):
    """One count in the ledger of a year; the database refuses that it changes.

    An empty `count` is one that its publisher hides. A row that `corrects` another takes its place, and says why in
    its `reason`; the other is kept. `made_up` marks what the demo has drawn, and nobody has counted.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="ledger")
    number = models.PositiveIntegerField()
    side = models.TextField()
    municipality = models.CharField(max_length=4)
    step = models.TextField()
    group = models.TextField(default="all")
    on = models.DateField()
    count = persons(null=True)
    said_by = models.TextField()
    said_on = models.DateField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected")
    reason = models.TextField(blank=True, default="")
    made_up = models.BooleanField(default=False)
    day = models.DateField()
    entered_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="entered_by"
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="ledger_entry_once", fields=["round", "number"]),
            one_of("ledger_entry", "side", LedgerSide),
            one_of("ledger_entry", "step", SettlementStep),
            one_of("ledger_entry", "group", LedgerGroup),
            *bounded("ledger_entry", "count"),
            CheckConstraint(name="ledger_entry_said_after", condition=Q(said_on__gte=F("on"), day__gte=F("said_on"))),
            CheckConstraint(name="ledger_entry_reasoned", condition=Q(corrects__isnull=True) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"
