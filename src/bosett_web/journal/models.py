"""The journal's tables. Rows are only added; a trigger and the rights of the application's role see to it."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint


def chain_of(year: int | None, organisation: str) -> str:
    """Return the name of the chain of a round and an organisation."""
    return f"{year or 'workspace'}/{organisation}"


class Head(models.Model):
    """The seal of one chain: its last number and hash."""

    chain = models.TextField(unique=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "journal_head"

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"


class Event(models.Model):
    """One action: who, for whom, what, before and after, why, when.

    `body` is the canonical JSON that the hash is made of; the other columns repeat parts of it to be searched by.
    Free text stands in `FreeText`; the body holds its hash.
    """

    chain = models.TextField()
    number = models.PositiveBigIntegerField()
    name = models.TextField()
    round = models.PositiveSmallIntegerField(null=True)
    subject = models.TextField()
    person = models.BigIntegerField(null=True)
    seat = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_event"
        constraints: ClassVar = [UniqueConstraint(name="journal_event_once", fields=["chain", "number"])]
        indexes: ClassVar = [models.Index(fields=["subject"]), models.Index(fields=["round", "at"])]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.name}"


class Refused(models.Model):
    """How often the same was refused to the same person on a day: the first time is an event, the others are counted.

    `what` is the SHA-256 of who asked, for what, about what, and why it was refused.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="refused")
    day = models.DateField()
    what = models.CharField(max_length=64)
    times = models.PositiveBigIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        db_table = "journal_refused"
        constraints: ClassVar = [UniqueConstraint(name="journal_refused_once", fields=["day", "what"])]

    def __str__(self) -> str:
        return f"{self.event_id} {self.times}"


class FreeText(models.Model):
    """What a person wrote in an event, by its hash."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="texts")
    field = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_text"
        constraints: ClassVar = [UniqueConstraint(name="journal_text_once", fields=["event", "field"])]

    def __str__(self) -> str:
        return f"{self.event_id} {self.field}"


class Shield(models.Model):
    """A logged decision that a free text is no longer shown."""

    text = models.OneToOneField(FreeText, on_delete=models.PROTECT, related_name="shield")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "journal_shield"

    def __str__(self) -> str:
        return str(self.text_id)
