"""The table of notices: what is stopped, asked of all, talked about and restricted. A changed one is a new version."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from bosett.rounds.notices import MOST_RAMP, NAMED, NoticeKind, Stream
from bosett.rounds.parties import Party
from bosett.rounds.states import NoticeState
from bosett_web.records.models.columns import one_of

STOP = NoticeKind.STOP.value
NAMES = sorted(each.value for each in NAMED)


class Notice(models.Model):
    """One version of a notice, in both written forms.

    `stream` is what is stopped, `name` a programme or place that it is about. `until` is the last day, empty until
    further notice; `ramp` the weeks in which arrivals come up again after it. `next_on` is when those who talk meet
    next. `replaces` is the version before it.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="notices")
    state = models.TextField(default="in_force")
    kind = models.TextField()
    stream = models.TextField(blank=True, default="")
    name = models.TextField(blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    ramp = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True)
    decided_by = models.TextField(blank=True, default="")
    source = models.TextField()
    text_nb = models.TextField()
    text_nn = models.TextField()
    told_by = models.TextField()
    told_on = models.DateField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", db_column="replaces"
    )
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            one_of("notice", "state", NoticeState),
            one_of("notice", "kind", NoticeKind),
            one_of("notice", "told_by", (Party.UDI, Party.DIRECTORATE)),
            CheckConstraint(
                name="notice_stream",
                condition=Q(kind=STOP, stream__in=[each.value for each in Stream]) | ~Q(kind=STOP) & Q(stream=""),
            ),
            CheckConstraint(
                name="notice_named",
                condition=Q(stream__in=NAMES) & ~Q(name="") | ~Q(stream__in=NAMES) & Q(name=""),
            ),
            CheckConstraint(name="notice_until", condition=Q(until__isnull=True) | Q(until__gte=F("since"))),
            CheckConstraint(name="notice_ramp", condition=Q(ramp=0) | Q(ramp__lte=MOST_RAMP, until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"
