"""The table of choices of weights and floor that were tried, and are kept by name."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

from bosett.rounds.states import AlternativeState
from bosett_web.records.models.columns import one_of


class CriteriaAlternative(models.Model):
    """A choice that was tried; the database refuses that what it says changes, and that it goes away.

    `file` is the id of the rule file that it makes, with weights and floor in it. What is retired leaves its name to
    others.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="alternatives")
    state = models.TextField(default="drafted")
    name = models.TextField()
    comment = models.TextField(blank=True, default="")
    file = models.TextField()
    kept_on = models.DateField()
    kept_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="kept_by")
    shared_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                "round",
                Lower("name"),
                name="alternative_once",
                condition=~Q(state=AlternativeState.RETIRED.value),
            ),
            one_of("alternative", "state", AlternativeState),
            CheckConstraint(
                name="alternative_shared",
                condition=Q(state=AlternativeState.DRAFTED.value, shared_on__isnull=True)
                | Q(state=AlternativeState.SHARED.value, shared_on__isnull=False)
                | Q(state=AlternativeState.RETIRED.value),
            ),
            CheckConstraint(
                name="alternative_retired",
                condition=Q(state=AlternativeState.RETIRED.value, retired_on__isnull=False)
                | ~Q(state=AlternativeState.RETIRED.value) & Q(retired_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.name}"
