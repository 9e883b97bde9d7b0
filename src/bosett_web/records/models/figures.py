"""The tables of figures of one's own: what is to be fetched, files as they came, and the versions in them.

What was read never changes; the database refuses it. An accepted version stays, also when it is taken back.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from bosett.rounds.states import FetchState, FigureState
from bosett_web.records.models.columns import one_of


class FigureFile(models.Model):
    """A file of figures as it came: its bytes, its hash, and the address or name that it came from."""

    source = models.TextField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    day = models.DateField()

    def __str__(self) -> str:
        return self.source


class FigureFetch(models.Model):
    """A publisher's table that was asked for, by whom in which role, and what came of it.

    `what` is its name among what can be fetched, `time` the year. `why` says why it was not fetched, as a code and its
    facts; empty otherwise.
    """

    state = models.TextField(default="fetching")
    what = models.TextField()
    time = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="asked_by")
    seat = models.ForeignKey("accounts.Seat", on_delete=models.PROTECT, related_name="+")
    why = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            one_of("figure_fetch", "state", FetchState),
            UniqueConstraint(name="figure_fetch_once", fields=["what", "time"], condition=Q(state=FetchState.FETCHING)),
            CheckConstraint(
                name="figure_fetch_why",
                condition=Q(state=FetchState.NOT_FETCHED) & ~Q(why={}) | ~Q(state=FetchState.NOT_FETCHED) & Q(why={}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.time}"


class FigureSet(models.Model):
    """A version of the figures of one indicator, in one structure.

    `content` is what was read, `taken` what was accepted of it (all, or some rows beside what stood before), both as
    `FigureVersion.content` gives them. `sequence` numbers the accepted ones: the higher one counts.
    """

    file = models.ForeignKey(FigureFile, on_delete=models.PROTECT, related_name="sets")
    state = models.TextField(default="read_in")
    indicator = models.TextField()
    structure = models.PositiveSmallIntegerField()
    content = models.JSONField()
    taken = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    sequence = models.PositiveIntegerField(null=True, unique=True)
    read_on = models.DateField()
    read_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_column="read_by")
    accepted_on = models.DateField(null=True)
    accepted_by = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            one_of("figure_set", "state", FigureState),
            UniqueConstraint(
                name="figure_set_read_once",
                fields=["file", "indicator", "structure"],
                condition=~Q(state=FigureState.REFUSED),
            ),
            CheckConstraint(
                name="figure_set_accepted",
                condition=Q(sequence__isnull=False, taken__isnull=False, accepted_on__isnull=False)
                | Q(state__in=(FigureState.READ_IN, FigureState.REFUSED), sequence__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.pk}"
