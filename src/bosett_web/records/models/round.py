"""The tables of a round. Columns and constraints only: no rule, no mail, no address.

Persons' identities stand as plain numbers (`*_by`): the journal tells the rest. Numbers are persons; an empty number is
"missing" or "not given yet", never zero.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone

from bosett_web.records.columns import bounded, persons, states


class Clock(models.Model):
    """The demo's date, and since when it is that: at most one row. Without it the workspace goes by the real date."""

    day = models.DateField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [CheckConstraint(name="clock_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.day)


class SettlementRound(models.Model):
    """One settlement year. A round from before the workspace is frozen without a known moment.

    `consulted` holds the numbers that KS was last asked about, by municipality.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    state = models.TextField(default="open")
    planned = persons(null=True)
    submitted_by = models.BigIntegerField(null=True)
    frozen_at = models.DateTimeField(null=True)
    release_at = models.DateTimeField(null=True)
    consulted = models.JSONField(null=True)
    ks_answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            states("round", "open", "numbers_submitted", "frozen"),
            CheckConstraint(name="round_frozen_at", condition=Q(state="frozen") | Q(frozen_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Stop(models.Model):
    """A stream of arrivals that is stopped, until it is taken up again."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="stops")
    stream = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.TextField()

    def __str__(self) -> str:
        return f"{self.stream} {self.since}"


class CriteriaSet(models.Model):
    """A version of the year's criteria. `file` names the rule file that the engine computes by."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="criteria")
    version = models.PositiveSmallIntegerField()
    state = models.TextField(default="drafted")
    title = models.TextField()
    wording = models.TextField(blank=True, default="")
    file = models.TextField()
    day = models.DateField()
    submitted_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="criteria_once", fields=["round", "version"]),
            states("criteria", "drafted", "proposed", "adopted", "shared"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class Forecast(models.Model):
    """A registered forecast, in persons, as of a day. Minors by age group when the publisher gave them."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="forecasts")
    version = models.PositiveSmallIntegerField()
    low = persons()
    middle = persons()
    high = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    as_of = models.DateField()
    publisher = models.TextField()
    note = models.TextField(blank=True, default="")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="forecast_once", fields=["round", "version"]),
            *bounded("forecast", "low", "middle", "high", "under15", "from15"),
            CheckConstraint(name="forecast_order", condition=Q(low__lte=F("middle"), middle__lte=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class Targets(models.Model):
    """National and county targets in one version, and the criteria and forecast that they rest on."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="targets")
    version = models.PositiveSmallIntegerField()
    state = models.TextField(default="drafted")
    criteria = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, null=True, related_name="+")
    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, null=True, related_name="+")
    national = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    note = models.TextField(blank=True, default="")
    day = models.DateField()
    submitted_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="targets_once", fields=["round", "version"]),
            states("targets", "drafted", "submitted", "decided"),
            *bounded("targets", "national", "under15", "from15"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class CountyTarget(models.Model):
    """One county's part of the targets."""

    targets = models.ForeignKey(Targets, on_delete=models.PROTECT, related_name="counties")
    county = models.CharField(max_length=2)
    number = persons(null=True)
    under15 = persons(null=True)
    from15 = persons(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="county_target_once", fields=["targets", "county"]),
            *bounded("county_target", "number", "under15", "from15"),
        ]

    def __str__(self) -> str:
        return f"{self.targets_id} {self.county}"


class Proposal(models.Model):
    """A computed run: inputs, version and hashes to replay it by, and how far it has come."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="proposals")
    version = models.PositiveSmallIntegerField()
    state = models.TextField(default="queued")
    targets = models.ForeignKey(Targets, on_delete=models.PROTECT, related_name="+")
    criteria_file = models.TextField()
    inputs = models.JSONField()
    inputs_sha256 = models.CharField(max_length=64, blank=True, default="")
    result_sha256 = models.CharField(max_length=64, blank=True, default="")
    rules = models.TextField(blank=True, default="")
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    day = models.DateField()
    submitted_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="proposal_once", fields=["round", "version"]),
            states("proposal", "queued", "computed", "failed", "shared"),
            CheckConstraint(name="proposal_progress", condition=Q(progress__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class ProposalLine(models.Model):
    """The proposed number of one municipality, with the steps that led to it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="lines")
    municipality = models.CharField(max_length=4)
    county = models.CharField(max_length=2)
    number = persons()
    exact = models.TextField()
    previous = persons(null=True)
    steps = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="proposal_line_once", fields=["proposal", "municipality"]),
            *bounded("proposal_line", "number"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.municipality}"


DECIDERS = ("administration", "executive", "council")
"""Who decided a county's recommendation: the administration, fylkesutvalget or fylkestinget."""


class Recommendation(models.Model):
    """One county's recommendation, the proposal that it rests on, and who decided it in the county municipality.

    `outcome_reason` says why the meeting came to another sum than the county's target. `changed` counts up with each
    change of its lines: who follows the sheet asks by it.
    """

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="recommendations")
    county = models.CharField(max_length=2)
    state = models.TextField(default="open")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    outcome_reason = models.TextField(blank=True, default="")
    submitted_by = models.BigIntegerField(null=True)
    discussed_by = models.BigIntegerField(null=True)
    decided_by = models.TextField(blank=True, default="")
    decided_on = models.DateField(null=True)
    case_number = models.TextField(blank=True, default="")
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="recommendation_once", fields=["round", "county"]),
            CheckConstraint(name="recommendation_decided_by", condition=Q(decided_by__in=["", *DECIDERS])),
            states("recommendation", "open", "ready", "submitted", "discussed", "final", "returned"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.county}"


class RecommendationLine(models.Model):
    """One municipality in a county's recommendation: its own signal, the county's number, and the meeting's outcome.

    `asked` says whether it should be asked at all; not asked is the number 0. The signal is what the municipality has
    said it can take. `outcome_by` is the party that said why. `changed` counts up to catch two writers.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="lines")
    municipality = models.CharField(max_length=4)
    asked = models.BooleanField(null=True)
    number = persons(null=True)
    under15 = persons(null=True)
    from15 = persons(null=True)
    reason = models.TextField(blank=True, default="")
    signal = persons(null=True)
    signal_minors = persons(null=True)
    signal_on = models.DateField(null=True)
    signal_by = models.TextField(blank=True, default="")
    signal_note = models.TextField(blank=True, default="")
    outcome = persons(null=True)
    outcome_under15 = persons(null=True)
    outcome_from15 = persons(null=True)
    outcome_reason = models.TextField(blank=True, default="")
    outcome_by = models.TextField(blank=True, default="")
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="recommendation_line_once", fields=["recommendation", "municipality"]),
            *bounded("recommendation_line", "number", "under15", "from15", "outcome", "signal", "signal_minors"),
            *bounded("recommendation_line", "outcome_under15", "outcome_from15"),
            CheckConstraint(
                name="recommendation_line_asked",
                # Each part is true or false, never unknown: PostgreSQL lets pass what it cannot tell.
                condition=Q(number__isnull=True) & (Q(asked__isnull=True) | Q(asked=True))
                | Q(number__isnull=False, asked__isnull=False)
                & (Q(number=0, asked=False) | Q(number__gt=0, asked=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.municipality}"


class RecommendationVersion(models.Model):
    """A recommendation as it was when it was submitted, made final, or kept by hand; `lines` by municipality.

    `beside` holds what stood beside its numbers then: target, proposal, signals, the sender's address, and the minutes.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    made = models.TextField()
    name = models.TextField(blank=True, default="")
    day = models.DateField()
    lines = models.JSONField()
    beside = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="recommendation_version_once", fields=["recommendation", "version"]),
            CheckConstraint(
                name="recommendation_version_made", condition=Q(made__in=["kept", "submitted", "final", "reopened"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} v{self.version}"


class Attachment(models.Model):
    """A document of the county's own decision, as a PDF. `shown_on` is the day on which others first could see it.

    Until then it belongs to a draft and may be removed; after that the database refuses.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="attachments")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    day = models.DateField()
    shown_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="attachment_once", fields=["recommendation", "sha256"])]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What KS says of a county's recommendation, of one municipality in it, or (county empty) of the whole round."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="comments")
    county = models.CharField(max_length=2, blank=True, default="")
    municipality = models.CharField(max_length=4, blank=True, default="")
    text = models.TextField()
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.county} {self.municipality}"


class InformationRequest(models.Model):
    """What a county municipality needs from the directorate to recommend: the agenda of the joint meeting."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="information_requests")
    county = models.CharField(max_length=2)
    state = models.TextField(default="asked")
    text = models.TextField()
    day = models.DateField()
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            states("information", "asked", "answered"),
            CheckConstraint(name="information_answered", condition=Q(state="asked") | ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.county}"


NOT_TO_BE = ("called_off", "dropped")
"""States of a meeting that will not be held: called off after it was called, or dropped before."""


class Meeting(models.Model):
    """The meeting of one county, or (county empty) the joint one of all counties before the summer.

    One that was called off, or dropped before it was called, is kept, and another may be planned in its place.
    `uid` is what calendars anywhere know it by, `sequence` counts up with each change that they are told of, and
    `changed_at` is when that was. `present_*` tells who took part for each party, by function.
    """

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="meetings")
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
            states("meeting", "planned", "invited", "held", *NOT_TO_BE),
            CheckConstraint(
                name="meeting_called_off",
                condition=Q(state__in=NOT_TO_BE, called_off_on__isnull=False) & ~Q(called_off_why="")
                | ~Q(state__in=NOT_TO_BE) & Q(called_off_on__isnull=True, called_off_why=""),
            ),
            CheckConstraint(name="meeting_held_with_minutes", condition=~Q(state="held") | ~Q(minutes="")),
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


class Skip(models.Model):
    """A reasoned decision that this round passes a gate without what it asks for."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="skips")
    gate = models.TextField()
    reason = models.TextField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="skip_once", fields=["round", "gate"])]

    def __str__(self) -> str:
        return f"{self.round_id} {self.gate}"


class FinalNumber(models.Model):
    """The directorate's number for one municipality. `reason` is asked for when it differs from the recommendation."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="final_numbers")
    municipality = models.CharField(max_length=4)
    county = models.CharField(max_length=2)
    number = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="final_number_once", fields=["round", "municipality"]),
            *bounded("final_number", "number", "under15", "from15"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality}"


class Request(models.Model):
    """What a municipality is asked for, in versions: the first is kept for ever. Not asked has no row."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="requests")
    municipality = models.CharField(max_length=4)
    version = models.PositiveSmallIntegerField()
    number = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    reason = models.TextField(blank=True, default="")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="request_once", fields=["round", "municipality", "version"]),
            *bounded("request", "number", "under15", "from15"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality} v{self.version}"


class Correction(models.Model):
    """A correction of a frozen number: proposed by one, approved by another."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="corrections")
    municipality = models.CharField(max_length=4)
    number = persons()
    reason = models.TextField()
    submitted_by = models.BigIntegerField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            *bounded("correction", "number"),
            UniqueConstraint(
                name="correction_one_open", fields=["round", "municipality"], condition=Q(approved_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.municipality}"


# Tables of letters, decisions, minutes and what is withheld stand in files of their own; Django finds them here.
from bosett_web.records.letters import (  # noqa: E402, F401
    AnswerPlan,
    Decision,
    DeliveryTry,
    FormerWording,
    Letter,
    LetterSettings,
)
from bosett_web.records.minutes import MeetingAddendum, MeetingMinutes  # noqa: E402, F401
from bosett_web.records.withholding import Withholding  # noqa: E402, F401
