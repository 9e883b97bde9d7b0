"""The tables of who can move in where: groups that wait, what is agreed, and plans. Counts, never people."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from bosett.basis.place_kinds import PlaceKind
from bosett.rounds.states import PlacementState
from bosett_web.records.models.columns import one_of, persons


class WaitingList(models.Model):
    """The groups that wait, as they were told on a day: the newest counts. Small ones were put together before."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="waiting_lists")
    day = models.DateField()
    groups = models.JSONField()
    merges = models.JSONField(default=list)
    alone = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.round_id} {self.day}"


class AgreedPlace(models.Model):
    """Households of a group that are agreed to move in somewhere, whatever else changes; and why.

    `week` is its Monday.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="agreed_places")
    state = models.TextField(default="agreed")
    group = models.TextField()
    municipality = models.CharField(max_length=4)
    week = models.DateField()
    kind = models.TextField()
    count = persons()
    reason = models.TextField()
    agreed_on = models.DateField()
    lifted_on = models.DateField(null=True)
    why_lifted = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            one_of("agreed_place", "state", (PlacementState.AGREED, PlacementState.LIFTED)),
            one_of("agreed_place", "kind", PlaceKind),
            CheckConstraint(name="agreed_place_count", condition=Q(count__gt=0)),
            CheckConstraint(
                name="agreed_place_lifted",
                condition=Q(state=PlacementState.AGREED.value, lifted_on__isnull=True, why_lifted="")
                | Q(state=PlacementState.LIFTED.value, lifted_on__isnull=False) & ~Q(why_lifted=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.municipality}"


class KeptPlan(models.Model):
    """A plan as it was kept: who moves in where, and the list that it was made of. The next one changes least of it."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="kept_plans")
    waiting = models.ForeignKey(WaitingList, on_delete=models.PROTECT, related_name="plans")
    day = models.DateField()
    moving = models.JSONField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.day}"
