"""The demo's date and its moments."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from bosett.rounds.parties import Party
from bosett_web.actions.round import demo
from bosett_web.records import clock
from bosett_web.records.models import Clock
from parties import DEMO, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def test_the_moments_of_the_demo_never_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    day = Clock.objects.get().day
    real = datetime(2026, 1, 10, 22, 50, tzinfo=UTC)  # ten to midnight in Norway
    Clock.objects.update(since=real)
    moments = []
    for minutes in (0, 9, 15, 60 * 24):
        monkeypatch.setattr(clock, "now", lambda passed=timedelta(minutes=minutes): real + passed)
        moments.append(clock.moment())
    assert moments == sorted(moments)
    assert {timezone.localdate(each) for each in moments} == {day}
    # Moved on, it is that day at this time.
    demo.move_clock(worker(Party.DIRECTORATE), day=day + timedelta(days=1))
    assert clock.moment().date() == day + timedelta(days=1)
    assert clock.moment() > moments[-1]
    # Outside the demo it is the real one.
    Clock.objects.all().delete()
    assert clock.moment() == clock.now()
