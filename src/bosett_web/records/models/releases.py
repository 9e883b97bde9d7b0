"""The tables of what has been published: they are added to, and never change."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint


class CountRelease(models.Model):
    """The counts of a year as they stood at the end of a day, with what of them is hidden, and the witnesses of it.

    `content` is the kept document, with the hidden counts in it: it is for who publishes, and for nobody else.
    `published` is the hash of what the public sees of it.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="count_releases")
    day = models.DateField()
    at = models.DateTimeField()
    content = models.BinaryField()
    published = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="count_release_once", fields=["round", "day"])]

    def __str__(self) -> str:
        return f"{self.round_id} {self.day}"


class ReleasePart(models.Model):
    """A part of what has been published, as JSON: its name is its hash, and several releases may have it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()

    def __str__(self) -> str:
        return self.sha256


class PublishedRelease(models.Model):
    """A release: the hash of its document, what stands at its head, and the hash of each part of the document."""

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    head = models.JSONField()
    parts = models.JSONField()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="published_release_once", fields=["round", "number"])]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"
