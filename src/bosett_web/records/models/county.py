"""The tables of a county's sheet: its recommendation, the versions of it, what is attached to it and said of it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett.rounds.columns import NUMBERS
from bosett.rounds.states import RecommendationState
from bosett_web.records.choices import Decider, Occasion
from bosett_web.records.models.columns import bounded, one_of, persons


class Recommendation(models.Model):
    """One county's recommendation, the proposal that it rests on, and who decided it in the county municipality.

    `outcome_reason` says why the meeting came to another sum than the county's target. `changed` counts up with each
    change of its lines: who follows the sheet asks by it. `own_columns` has what the county calls columns of its own,
    by field of the lines.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="recommendations")
    county = models.CharField(max_length=2)
    state = models.TextField(default="open")
    proposal = models.ForeignKey("records.Proposal", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    outcome_reason = models.TextField(blank=True, default="")
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="submitted_by"
    )
    discussed_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="discussed_by"
    )
    decided_by = models.TextField(blank=True, default="")
    decided_on = models.DateField(null=True)
    case_number = models.TextField(blank=True, default="")
    changed = models.PositiveIntegerField(default=0)
    own_columns = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="recommendation_once", fields=["round", "county"]),
            one_of("recommendation", "decided_by", ["", *Decider]),
            one_of("recommendation", "state", RecommendationState),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.county}"


class RecommendationLine(models.Model):
    """One municipality in a county's recommendation: its own signal, the county's number, and the meeting's outcome.

    `asked` says whether it should be asked at all; not asked is the number 0. The signal is what the municipality has
    said it can take. `outcome_by` is the party that said why. `changed` counts up to catch two writers.
    What stands in the county's own columns, and the notes at its cells, are for the parties of the meeting alone.
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
    own1 = models.TextField(blank=True, default="", db_default="")
    own2 = models.TextField(blank=True, default="", db_default="")
    own3 = models.TextField(blank=True, default="", db_default="")
    note_signal = models.TextField(blank=True, default="", db_default="")
    note_signal_minors = models.TextField(blank=True, default="", db_default="")
    note_number = models.TextField(blank=True, default="", db_default="")
    note_under15 = models.TextField(blank=True, default="", db_default="")
    note_from15 = models.TextField(blank=True, default="", db_default="")
    outcome = persons(null=True)
    outcome_under15 = persons(null=True)
    outcome_from15 = persons(null=True)
    outcome_reason = models.TextField(blank=True, default="")
    outcome_by = models.TextField(blank=True, default="")
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="recommendation_line_once", fields=["recommendation", "municipality"]),
            *bounded("recommendation_line", *NUMBERS, "outcome", "outcome_under15", "outcome_from15"),
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
    """A recommendation as it was on an `Occasion`; `lines` by municipality.

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
            one_of("recommendation_version", "made", Occasion),
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

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="comments")
    county = models.CharField(max_length=2, blank=True, default="")
    municipality = models.CharField(max_length=4, blank=True, default="")
    text = models.TextField()
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.round_id} {self.county} {self.municipality}"
