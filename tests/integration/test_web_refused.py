"""A refusal is in the journal once a day and kind; how often it was met again is counted beside it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from bosett.rounds.parties import Party
from bosett_web.actions.access.access import refuse_login
from bosett_web.actions.doing import Objected
from bosett_web.actions.numbers import numbers
from bosett_web.journal.models import Event, Refused
from bosett_web.journal.verify import verify
from bosett_web.records import clock
from parties import DEMO, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]

TIMES = 30


def events() -> int:
    count: int = Event.objects.filter(name="refused").count()
    return count


def tried(act: Callable[[], object], times: int = TIMES) -> None:
    for _ in range(times):
        with pytest.raises(Objected):
            act()


def test_a_held_down_button_fills_no_journal() -> None:
    stranger = worker(Party.KS)
    tried(lambda: numbers.freeze(stranger, year=YEAR))
    assert events() == 1
    assert Refused.objects.get().times == TIMES
    # Another person, another move and another subject are another kind.
    tried(lambda: numbers.freeze(worker(Party.MINISTRY), year=YEAR), 2)
    tried(lambda: numbers.submit(stranger, year=YEAR), 2)
    assert events() == 3
    assert sorted(Refused.objects.values_list("times", flat=True)) == [2, 2, TIMES]
    assert not verify().faults


def test_the_next_day_it_is_an_event_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stranger, start = worker(Party.KS), clock.now()
    tried(lambda: numbers.freeze(stranger, year=YEAR))
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=1))
    tried(lambda: numbers.freeze(stranger, year=YEAR))
    assert events() == 2


def test_what_strangers_try_is_counted_together() -> None:
    for _ in range(TIMES):
        refuse_login()
    assert events() == 1
    assert Refused.objects.get().times == TIMES


@pytest.mark.parametrize(
    ("times", "language", "sentence"),
    [
        (1, "nb", ""),
        (2, "nb", "Det samme ble avvist 1 gang til den dagen."),
        (4, "nn", "Det same vart avvist 3 gonger til den dagen."),
    ],
)
def test_the_journal_tells_how_often(times: int, language: str, sentence: str) -> None:
    tried(lambda: numbers.freeze(approver(Party.KS), year=YEAR), times)
    client: Client = client_of(Party.KS, language=language)
    page = client.get(f"/{YEAR}/journal").content.decode()
    assert sentence in page
    assert ("til den dagen" in page) is bool(sentence)
