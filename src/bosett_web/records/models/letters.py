"""The tables of letters and their sending.

A letter is kept as it was made: typed content, PDF and its hash. Sending is an outbox: a row is queued in the same
transaction as its event, and each try to deliver it is a row of its own.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett.basis.languages import LANGUAGES, NORWEGIAN
from bosett.rounds.states import LetterState
from bosett_web.dispatch import Channel
from bosett_web.records.choices import LetterKind, TryAct, TryOutcome
from bosett_web.records.models.columns import one_of

NUMBERED = (LetterKind.REQUEST, LetterKind.NOT_ASKED, LetterKind.REVISED)
"""Kinds that tell a municipality of its number."""
SENT = (LetterState.DELIVERED, LetterState.READ, LetterState.ON_PAPER)
CAME = Q(state__in=SENT) | Q(delivered_at__isnull=False)
"""A letter that a service gave up after all has been delivered: what its receiver could read is not taken back."""


class LetterSettings(models.Model):
    """What a round's letters need to know and nobody can guess. Empty is missing: the letter is then not made."""

    round = models.OneToOneField("records.SettlementRound", on_delete=models.PROTECT, related_name="letters_settings")
    answer_by = models.DateField(null=True)
    how_to_answer = models.TextField(blank=True, default="")
    signers = models.TextField(blank=True, default="")
    neutral_form = models.CharField(max_length=2, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="letter_settings_form", condition=Q(neutral_form__in=["", *NORWEGIAN]))
        ]

    def __str__(self) -> str:
        return str(self.round_id)


class Letter(models.Model):
    """One letter to one receiver in one version. `receiver` is a county's or municipality's code.

    `content` is the typed content that the PDF was made from; `reference` is given out once and never again.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField()
    receiver = models.CharField(max_length=4)
    version = models.PositiveSmallIntegerField()
    request = models.ForeignKey("records.Request", on_delete=models.PROTECT, null=True, related_name="letters")
    state = models.TextField(default=LetterState.MADE)
    reference = models.TextField(unique=True)
    language = models.CharField(max_length=2)
    title = models.TextField()
    day = models.DateField()
    content = models.JSONField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="made_by")
    approved_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="approved_by"
    )
    queued_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    channel = models.TextField(blank=True, default="")
    external = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="letter_once", fields=["round", "kind", "receiver", "version"]),
            one_of("letter", "state", LetterState),
            one_of("letter", "kind", LetterKind),
            one_of("letter", "language", LANGUAGES),
            one_of("letter", "channel", ["", *Channel]),
            CheckConstraint(
                name="letter_second_person",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("made_by")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "state"])]

    def __str__(self) -> str:
        return self.reference


class FormerWording(models.Model):
    """What a kind of letter said the year before, where the workspace did not make it: plain text, and where from."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="former_wordings")
    kind = models.TextField()
    language = models.CharField(max_length=2)
    text = models.TextField()
    source = models.TextField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="former_wording_once", fields=["round", "kind", "language"]),
            one_of("former_wording", "kind", LetterKind),
            one_of("former_wording", "language", LANGUAGES),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind} {self.language}"


class DeliveryTry(models.Model):
    """One try to deliver a letter, or to ask the service about it: what it said, in its own words."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    did = models.TextField()
    outcome = models.TextField()
    words = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="delivery_try_once", fields=["letter", "number"]),
            one_of("delivery_try", "did", TryAct),
            one_of("delivery_try", "outcome", TryOutcome),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.number}"
