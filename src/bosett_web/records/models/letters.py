"""The tables of letters, their sending, and the municipalities' decisions.

A letter is kept as it was made: typed content, PDF and its hash. Sending is an outbox: a row is queued in the same
transaction as its event, and each try to deliver it is a row of its own.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett_web.records.columns import bounded, persons, states

KINDS = (
    *("circular", "invitation", "cancellation", "agenda", "minutes", "recommendation"),
    *("request", "not_asked", "revised", "reminder"),
)
LETTER_STATES = (
    *("made", "approved", "queued", "delivered", "read", "on_paper"),
    *("failed", "stopped", "withdrawn"),
)
CHANNELS = ("folder", "eformidling", "svarut")


class LetterSettings(models.Model):
    """What a round's letters need to know and nobody can guess. Empty is missing: the letter is then not made."""

    round = models.OneToOneField("records.SettlementRound", on_delete=models.PROTECT, related_name="letters_settings")
    answer_by = models.DateField(null=True)
    how_to_answer = models.TextField(blank=True, default="")
    signers = models.TextField(blank=True, default="")
    neutral_form = models.CharField(max_length=2, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="letter_settings_form", condition=Q(neutral_form__in=["", "nb", "nn"]))
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
    state = models.TextField(default="made")
    reference = models.TextField(unique=True)
    language = models.CharField(max_length=2)
    title = models.TextField()
    day = models.DateField()
    content = models.JSONField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_by = models.BigIntegerField()
    approved_by = models.BigIntegerField(null=True)
    queued_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    channel = models.TextField(blank=True, default="")
    external = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="letter_once", fields=["round", "kind", "receiver", "version"]),
            states("letter", *LETTER_STATES),
            CheckConstraint(name="letter_kind", condition=Q(kind__in=KINDS)),
            CheckConstraint(name="letter_language", condition=Q(language__in=["nb", "nn", "en"])),
            CheckConstraint(name="letter_channel", condition=Q(channel__in=["", *CHANNELS])),
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
            CheckConstraint(name="former_wording_kind", condition=Q(kind__in=KINDS)),
            CheckConstraint(name="former_wording_language", condition=Q(language__in=["nb", "nn", "en"])),
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
    told = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="delivery_try_once", fields=["letter", "number"]),
            CheckConstraint(name="delivery_try_did", condition=Q(did__in=["send", "ask"])),
            CheckConstraint(
                name="delivery_try_outcome",
                condition=Q(outcome__in=["begun", "taken", "refused", "unknown", "found", "absent"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.number}"


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
    state = models.TextField(default="answered")
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
            states("decision", "answered", "unclear", "complete", "replaced"),
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
    person = models.BigIntegerField()
    seat = models.BigIntegerField()
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
