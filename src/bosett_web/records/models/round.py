"""The tables of a round as a whole: its state, criteria, forecasts, targets and proposals, and the demo's clock.

Who did something (`*_by`) is kept where a second person must be another; the journal tells the rest. Numbers are
persons; an empty number is "missing" or "not given yet", never zero. So it is in every table.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone

from bosett.rounds.due import CalendarStep, Season
from bosett.rounds.states import CriteriaState, ProposalState, RoundState, TargetsState
from bosett_web.records.models.columns import bounded, one_of, persons


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

    `least` is the fewest persons that a municipality is asked for, if asked at all; empty is not known. `consulted`
    holds the numbers that KS was last asked about, by municipality. `opened_on` is empty for a round that was read in
    or made with the demo; `closed_on` is there while the round is closed.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    state = models.TextField(default="open")
    planned = persons(null=True)
    least = persons(null=True)
    opened_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="submitted_by"
    )
    frozen_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    release_at = models.DateTimeField(null=True)
    consulted = models.JSONField(null=True)
    ks_answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("round", "state", RoundState),
            *bounded("round", "least"),
            CheckConstraint(
                name="round_frozen_at",
                condition=Q(state__in=(RoundState.FROZEN, RoundState.CLOSED)) | Q(frozen_at__isnull=True),
            ),
            CheckConstraint(
                name="round_closed_on",
                condition=Q(state=RoundState.CLOSED, closed_on__isnull=False)
                | (~Q(state=RoundState.CLOSED) & Q(closed_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """The day by which a step of the round is to be done; a season where no day was named, told by its last day."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="calendar")
    step = models.TextField()
    last = models.DateField()
    season = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="calendar_once", fields=["round", "step"]),
            one_of("calendar", "step", tuple(CalendarStep)),
            one_of("calendar", "season", ("", *Season)),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.step} {self.last}"


class CriteriaSet(models.Model):
    """A version of the year's criteria. `file` names the rule file that the engine computes by."""

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="criteria")
    version = models.PositiveSmallIntegerField()
    state = models.TextField(default="drafted")
    title = models.TextField()
    wording = models.TextField(blank=True, default="")
    file = models.TextField()
    day = models.DateField()
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="submitted_by"
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="criteria_once", fields=["round", "version"]),
            one_of("criteria", "state", CriteriaState),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class Forecast(models.Model):
    """A registered forecast, in persons, as of a day. Minors by age group when the publisher gave them.

    `document` is where it stands: an address, or a case and its number.
    """

    round = models.ForeignKey(SettlementRound, on_delete=models.PROTECT, related_name="forecasts")
    version = models.PositiveSmallIntegerField()
    low = persons()
    middle = persons()
    high = persons()
    under15 = persons(null=True)
    from15 = persons(null=True)
    as_of = models.DateField()
    publisher = models.TextField()
    document = models.TextField(blank=True, default="", db_default="")
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
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="submitted_by"
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="targets_once", fields=["round", "version"]),
            one_of("targets", "state", TargetsState),
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
    submitted_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_column="submitted_by"
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="proposal_once", fields=["round", "version"]),
            one_of("proposal", "state", ProposalState),
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
