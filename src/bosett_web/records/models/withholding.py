"""The table of what is kept from the public: which document, on what ground, from when, and until when.

The parties of a document see it as before. The database itself refuses to change or remove a row, but to lift it once.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett_web.records.choices import DocumentKind
from bosett_web.records.models.columns import one_of


class Withholding(models.Model):
    """That a document is withheld from the public.

    `key` tells which of its kind, `detail` what the ground leaves out; ground and detail are shown to everybody.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="withholdings")
    kind = models.TextField()
    key = models.TextField()
    ground = models.TextField()
    detail = models.TextField(blank=True, default="")
    day = models.DateField()
    lifted_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                name="withholding_once", fields=["round", "kind", "key"], condition=Q(lifted_on__isnull=True)
            ),
            one_of("withholding", "kind", DocumentKind),
            CheckConstraint(name="withholding_ground", condition=~Q(ground="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind} {self.key}"
