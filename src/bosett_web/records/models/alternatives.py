"""The tables of alternatives to the criteria, which are kept by name, and of the rules that were written for them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

from bosett.rounds.states import AlternativeState
from bosett_web.records.models.columns import one_of

WRITTEN_ID = "no-[0-9]{4}-written-[0-9a-f]{64}"
"""How the ids of written rules look (`bosett.parameters.WRITTEN`), as the database reads it."""


class CriteriaAlternative(models.Model):
    """An alternative to the criteria; the database refuses that what it says changes, and that it goes away.

    `file` is the id of its rule: a choice of weights and floor, which stand in the id, or a written rule. What is
    retired leaves its name to others.
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


class WrittenRule(models.Model):
    """The text of a rule that was written here: a criteria file, by the id that is its content.

    The database refuses that it changes and that it goes away; what is read is held to the id.
    """

    id = models.TextField(primary_key=True)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="written_rule_id", condition=Q(id__regex=rf"^{WRITTEN_ID}$")),
            CheckConstraint(name="written_rule_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.id
