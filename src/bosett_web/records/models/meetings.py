"""The tables of minutes: as they were when the meeting was recorded as held, and what was added to them since.

The database itself refuses to change or remove a row of either.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

OUTCOMES, RETURNED, REOPENED, COMMENT, ANSWER, POINT_CLOSED, POINT_OPENED, REMARK = ADDENDA = (
    *("outcomes", "returned", "reopened", "comment", "answer"),
    *("point_closed", "point_opened", "remark"),
)
"""Why minutes get an addendum: what was decided, written, answered or followed up after the meeting."""


class MeetingMinutes(models.Model):
    """The minutes of a held meeting: `content` is everything that they tell, `day` the day from which they stand."""

    meeting = models.OneToOneField("records.Meeting", on_delete=models.PROTECT, related_name="kept")
    day = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.day}"


class MeetingAddendum(models.Model):
    """What came after the minutes: who (party and area), when, and what it is about.

    `lines` holds the municipalities whose outcome is another than the minutes tell, before and after.
    """

    meeting = models.ForeignKey("records.Meeting", on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    kind = models.TextField()
    day = models.DateField()
    party = models.TextField()
    area = models.TextField(blank=True, default="")
    about = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    lines = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="meeting_addendum_once", fields=["meeting", "number"]),
            CheckConstraint(name="meeting_addendum_kind", condition=Q(kind__in=ADDENDA)),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"
