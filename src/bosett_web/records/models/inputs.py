"""The table of what counties write in prose: preparedness, how the situation is handled, and their own situation."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from bosett.rounds.states import InputState
from bosett_web.records.choices import InputTopic
from bosett_web.records.models.columns import one_of


class CountyInput(models.Model):
    """What a county municipality tells the directorate; of one municipality where `municipality` is set.

    `outcome` is what came of it, in the directorate's words.
    """

    round = models.ForeignKey("records.SettlementRound", on_delete=models.PROTECT, related_name="inputs")
    county = models.CharField(max_length=2)
    municipality = models.CharField(max_length=4, blank=True, default="")
    topic = models.TextField()
    state = models.TextField(default="drafted")
    text = models.TextField()
    written_on = models.DateField()
    sent_on = models.DateField(null=True)
    read_on = models.DateField(null=True)
    reply = models.TextField(blank=True, default="")
    outcome = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("county_input", "topic", InputTopic),
            one_of("county_input", "state", InputState),
            CheckConstraint(
                name="county_input_sent",
                condition=Q(state=InputState.DRAFTED.value, sent_on__isnull=True)
                | ~Q(state=InputState.DRAFTED.value) & Q(sent_on__isnull=False),
            ),
            CheckConstraint(
                name="county_input_answered",
                condition=Q(state=InputState.ANSWERED.value, answered_on__isnull=False) & ~Q(reply="")
                | ~Q(state=InputState.ANSWERED.value) & Q(answered_on__isnull=True, reply="", outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.county} {self.topic}"
