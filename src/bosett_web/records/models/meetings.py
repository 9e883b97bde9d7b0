"""The tables of meetings: what the counties need to know, the meetings, and their minutes.

Minutes are as they were when the meeting was recorded as held, with what was added to them since: the database itself
refuses to change or remove a row of either.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from bosett.documents.letters import AddendumKind
from bosett.rounds.states import InformationState, MeetingState
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models.columns import one_of

NOT_TO_BE = ("called_off", "dropped")
"""States of a meeting that will not be held: called off after it was called, or dropped before."""


NORWEGIAN = "norwegian"
"""PostgreSQL's rules for words in Norwegian: a word is found in each of its forms."""
NEED_WORDS = SearchVector("text", config=NORWEGIAN)
WHOLE_WORDS = SearchVector("text", "answer", config=NORWEGIAN)
"""The words of a need, and of a need with its answer: each has its index, as not everybody sees each answer."""


class InformationAnswer(models.Model):
    """What the directorate has answered, to the county that asked or to all: kept as it was given.

    One that is given to all may answer like needs of several counties, and of later rounds.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="information_answers")
    to = models.TextField()
    text = models.TextField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            one_of("information_answer", "to", AnsweredTo),
            CheckConstraint(name="information_answer_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.pk}"


class AnswerDocument(models.Model):
    """A PDF that goes with an answer, given with it and kept as it is."""

    answer = models.ForeignKey(InformationAnswer, on_delete=models.PROTECT, related_name="documents")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="answer_document_once", fields=["answer", "sha256"])]

    def __str__(self) -> str:
        return self.name


class AnswerReceipt(models.Model):
    """That an organisation, in a role, has read an answer: once, and for good."""

    answer = models.ForeignKey(InformationAnswer, on_delete=models.PROTECT, related_name="receipts")
    seat = models.ForeignKey("accounts.Seat", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="answer_receipt_once", fields=["answer", "seat"])]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.seat_id}"


class InformationRequest(models.Model):
    """What a county municipality needs from the directorate to recommend: the agenda of the joint meeting.

    `answer` is the text of the answer `given`, to be searched with the need; one from before there were answers to one
    county alone has no `given`, and was to all.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="information_requests")
    county = models.CharField(max_length=2)
    state = models.TextField(default="asked")
    text = models.TextField()
    day = models.DateField()
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)
    given = models.ForeignKey(InformationAnswer, on_delete=models.PROTECT, null=True, related_name="requests")

    class Meta:
        indexes: ClassVar = [
            GinIndex(NEED_WORDS, name="information_need_words"),
            GinIndex(WHOLE_WORDS, name="information_whole_words"),
        ]
        constraints: ClassVar = [
            one_of("information", "state", InformationState),
            CheckConstraint(name="information_answered", condition=Q(state=InformationState.ASKED) | ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.county}"


class Meeting(models.Model):
    """The meeting of one county, or (county empty) the joint one of all counties before the summer.

    One that was called off, or dropped before it was called, is kept, and another may be planned in its place.
    `uid` is what calendars anywhere know it by, `sequence` counts up with each change that they are told of, and
    `changed_at` is when that was. `present_*` tells who took part for each party, by function.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="meetings")
    county = models.CharField(max_length=2, blank=True, default="")
    state = models.TextField(default="planned")
    at = models.DateTimeField()
    place = models.TextField()
    agenda = models.TextField(blank=True, default="")
    minutes = models.TextField(blank=True, default="")
    present_directorate = models.TextField(blank=True, default="")
    present_ks = models.TextField(blank=True, default="")
    present_county = models.TextField(blank=True, default="")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    called_off_on = models.DateField(null=True)
    called_off_why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="meeting_once", fields=["round", "county"], condition=~Q(state__in=NOT_TO_BE)),
            one_of("meeting", "state", MeetingState),
            CheckConstraint(
                name="meeting_called_off",
                condition=Q(state__in=NOT_TO_BE, called_off_on__isnull=False) & ~Q(called_off_why="")
                | ~Q(state__in=NOT_TO_BE) & Q(called_off_on__isnull=True, called_off_why=""),
            ),
            CheckConstraint(name="meeting_held_with_minutes", condition=~Q(state=MeetingState.HELD) | ~Q(minutes="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.county}"


class MeetingPoint(models.Model):
    """An open point of a meeting, until it is closed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    text = models.TextField()
    closed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"


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
            one_of("meeting_addendum", "kind", AddendumKind),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"
