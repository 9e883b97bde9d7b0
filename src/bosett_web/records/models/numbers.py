"""The tables of the final numbers, the requests that they became, and their corrections."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from bosett_web.records.models.columns import bounded, persons


class FinalNumber(models.Model):
    """The directorate's number for one municipality. `reason` is asked for when it differs from the recommendation."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="final_numbers")
    municipality = models.CharField(max_length=4)
    county = models.CharField(max_length=2)
    number = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="final_number_once", fields=["round", "municipality"]),
            *bounded("final_number", "number", "under15", "from15"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality}"


class Request(models.Model):
    """What a municipality is asked for, in versions: the first is kept for ever. Not asked has no row."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="requests")
    municipality = models.CharField(max_length=4)
    version = models.PositiveSmallIntegerField()
    number = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    reason = models.TextField(blank=True, default="")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="request_once", fields=["round", "municipality", "version"]),
            *bounded("request", "number", "under15", "from15"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality} v{self.version}"


class Correction(models.Model):
    """A correction of a frozen number: proposed by one, approved by another."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="corrections")
    municipality = models.CharField(max_length=4)
    number = persons()
    reason = models.TextField()
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="submitted_by"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            *bounded("correction", "number"),
            UniqueConstraint(
                name="correction_one_open", fields=["round", "municipality"], condition=Q(approved_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality}"
