"""The tables of the municipalities' decisions."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett.rounds.states import DecisionState
from bosett_web.records.models.columns import bounded, one_of, persons


class Decision(models.Model):
    """A municipality's own number, answering one named version of a request. 0 is no. Versions: the newest counts.

    `minors` says whether it takes unaccompanied minors, `minors_number` how many; `more` how many more if need grows.
    `preliminary` is an administrative answer that waits for the council's.

    One that was recorded here tells who decided, and when. One from published figures names their publisher as its
    `source`, and `day` is the day from which they were known: who decided and when may then be unknown, and a number
    that the publisher keeps back is empty.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="decisions")
    municipality = models.CharField(max_length=4)
    version = models.PositiveSmallIntegerField()
    request = models.ForeignKey("records.Request", on_delete=models.PROTECT, related_name="decisions")
    state = models.TextField(default=DecisionState.ANSWERED)
    number = persons(null=True)
    minors = models.BooleanField(null=True)
    minors_number = persons(null=True)
    more = persons(null=True)
    conditions = models.TextField(blank=True, default="")
    raised = models.JSONField(default=list)
    preliminary = models.BooleanField(default=False)
    decided_by = models.TextField(blank=True, default="")
    decided_on = models.DateField(null=True)
    source = models.TextField(blank=True, default="")
    case_number = models.TextField(blank=True, default="")
    recorded_for = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    name = models.TextField(blank=True, default="")
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="decision_once", fields=["round", "municipality", "version"]),
            one_of("decision", "state", DecisionState),
            *bounded("decision", "number", "minors_number", "more"),
            CheckConstraint(
                name="decision_minors",
                condition=Q(minors_number__isnull=True) | Q(minors=True) | Q(minors_number=0),
            ),
            CheckConstraint(
                name="decision_recorded_whole",
                condition=~Q(source="") | Q(number__isnull=False, decided_on__isnull=False) & ~Q(decided_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality} v{self.version}"


class AnswerPlan(models.Model):
    """When a municipality means to decide, and whether it has asked for more time and got it."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="answer_plans")
    municipality = models.CharField(max_length=4)
    planned_on = models.DateField(null=True)
    asked_until = models.DateField(null=True)
    asked_reason = models.TextField(blank=True, default="")
    granted_until = models.DateField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="answer_plan_once", fields=["round", "municipality"])]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality}"


class HeldDocument(models.Model):
    """A checked document whose form was refused: whoever sent it need not choose it again. It is soon taken away."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="held_documents")
    municipality = models.CharField(max_length=4)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="person")
    seat = models.ForeignKey("accounts.Seat", on_delete=models.PROTECT, related_name="+", db_column="seat")
    name = models.TextField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="held_document_once", fields=["round", "municipality", "person", "seat"])
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="held_document_at")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality} {self.name}"
