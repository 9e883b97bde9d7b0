"""The table of what is kept from the public: which document, on what ground, from when, and until when.

The parties of a document see it as before. The database itself refuses to change or remove a row, but to lift it once.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

ATTACHMENT, LETTER, MINUTES, RECOMMENDATION, DECISION = DOCUMENT_KINDS = (
    *("attachment", "letter", "minutes", "recommendation", "decision"),
)
"""Kinds of documents; the minutes of a meeting and a county's recommendation each with the letters of them."""


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
            CheckConstraint(name="withholding_kind", condition=Q(kind__in=DOCUMENT_KINDS)),
            CheckConstraint(name="withholding_ground", condition=~Q(ground="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind} {self.key}"
