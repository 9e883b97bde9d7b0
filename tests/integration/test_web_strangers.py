"""What somebody who is not logged in can make the workspace keep: next to nothing, wherever and whatever they send."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from bosett.rounds.parties import Grade, Party
from bosett_web.accounts import throttle
from bosett_web.accounts.models import Grant, KeptForm, LoginAttempt
from bosett_web.actions.access import kept_forms
from bosett_web.actions.releases.publishing import publish_all
from bosett_web.jobs import tasks as jobs
from bosett_web.journal.models import Event
from bosett_web.records import clock
from bosett_web.screens.frame import shown_to
from parties import DEMO, YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
FORM = f"/{YEAR}/do/forecast.register"
PARTS = {"year": str(YEAR), "code": "46", "municipality": "4601", "version": "1", "letter": "1", "identity": "1"}
BRINGS_IN = ("/login/demo",)
"""Where a stranger becomes somebody, and so gets a session."""


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Yield an address of every pattern."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
            continue
        for name, converter in each.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            # `name` is a move of the round; what else has one takes any.
            value = PARTS.get(name, "forecast.register" if name == "name" else "1")
            kinds = (f"<{kind}:{name}>", f"<str:{name}>", f"<{name}>")
            for written in kinds:
                route = route.replace(written, value)
        yield route


def grant_of(grade: Grade = Grade.CASE_WORKER, party: Party = Party.DIRECTORATE) -> int:
    return int(Grant.objects.get(seat__party=party, grade=grade, person__issuer="demo").pk)


def signed(grade: Grade = Grade.CASE_WORKER) -> str:
    return str(client_of(Party.DIRECTORATE, grade=grade).get(f"/{YEAR}/").context["signed"])


def rows() -> tuple[int, int]:
    return Session.objects.count(), KeptForm.objects.count()


def moved(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> datetime:
    """Let time have gone by, also for what is signed."""
    at: datetime = timezone.now() + by
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr("django.core.signing.time.time", at.timestamp)
    return at


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_stranger_leaves_no_row_behind_at_any_address(method: str) -> None:
    paths = sorted(set(addresses(get_resolver().url_patterns)) - set(BRINGS_IN))
    assert len(paths) > 50
    assert not [each for each in paths if "<" in each]
    before, events = rows(), Event.objects.count()
    for address in [*paths, "/no/such/address"]:
        fields = {"shown_to": "1:1:forged", "language": "nn", "scheme": "dark", "note": "x" * 2000}
        client = Client(raise_request_exception=False)
        answer = client.post(address, fields) if method == "post" else getattr(client, method)(address)
        assert answer.status_code != 500, address
        assert rows() == before, address
    assert Event.objects.count() - events <= 1  # a demo that is asked to walk
    client_of(Party.DIRECTORATE)
    assert rows() != before  # the count can tell


def test_who_is_not_logged_in_keeps_language_and_colours_in_their_own_browser() -> None:
    client = Client()
    client.post("/settings", {"language": "nn", "scheme": "dark", "back": "/login"})
    page = client.get("/login").content.decode()
    assert '<html lang="nn" data-color-scheme="dark"' in page
    client.cookies["bosett_language"], client.cookies["bosett_scheme"] = "xx", '"><script>'
    page = client.get("/login").content.decode()
    assert '<html lang="nb" data-color-scheme="auto"' in page


@pytest.mark.parametrize("forged", ["", "1:1", "1:1:x", "1:1:x:y", "a:b:c:d:e"])
def test_what_is_not_signed_is_not_kept(forged: str) -> None:
    answer = Client().post(FORM, {"shown_to": forged, "note": "En lang merknad"})
    assert answer.status_code in (302, 403)
    assert KeptForm.objects.count() == 0
    # What was written is not lost from sight, where somebody may have written it.
    assert (answer.status_code == 403) == bool(forged)
    assert ("En lang merknad" in answer.content.decode()) == bool(forged)


def test_one_form_is_kept_for_a_person_and_for_nobody_else() -> None:
    ours, theirs = signed(), signed(Grade.APPROVER)
    for number in range(3):
        assert Client().post(FORM, {"shown_to": ours, "note": f"Merknad {number}"}).headers["Location"] == "/login"
    Client().post(FORM, {"shown_to": theirs, "note": "En annens"})
    assert KeptForm.objects.count() == 2
    client = Client()
    assert client.post("/login/demo", {"grant": grant_of()}).headers["Location"] == "/kept"
    page = client.get("/kept").content.decode()
    assert "Merknad 2" in page
    assert "Merknad 1" not in page
    assert "En annens" not in page
    # Sent again, it is kept no longer, whatever became of it.
    context = client.get("/kept").context
    client.post(FORM, {"shown_to": context["signed"], "kept": "1", "note": "Merknad 2"})
    assert KeptForm.objects.get().person_id == Grant.objects.get(pk=grant_of(Grade.APPROVER)).person_id
    assert client.get("/kept").status_code == 302


def test_a_form_that_is_discarded_is_gone() -> None:
    Client().post(FORM, {"shown_to": signed(), "note": "Merknad"})
    client = client_of(Party.DIRECTORATE)
    client.post("/kept")
    assert KeptForm.objects.count() == 0


def test_more_than_fits_is_shown_and_not_kept() -> None:
    answer = Client().post(FORM, {"shown_to": signed(), "note": "å" * kept_forms.LARGEST})
    assert answer.status_code == 413
    assert "å" * 1000 in answer.content.decode()
    assert "ikke tas vare på" in answer.content.decode()
    fits = "å" * (kept_forms.LARGEST // 2 - 200)
    Client().post(FORM, {"shown_to": signed(), "note": fits})
    form = KeptForm.objects.get()
    assert len(form.content.encode()) <= kept_forms.LARGEST
    assert json.loads(form.content)["data"]["note"] == [fits]


def test_a_signature_is_worth_something_for_a_day_to_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = signed()
    moved(monkeypatch, kept_forms.KEPT_FOR + timedelta(minutes=1))
    answer = Client().post(FORM, {"shown_to": ours, "note": "Merknad"})
    assert (answer.status_code, KeptForm.objects.count()) == (403, 0)
    assert "Merknad" in answer.content.decode()


def test_a_form_is_kept_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    Client().post(FORM, {"shown_to": signed(), "note": "Merknad"})
    moved(monkeypatch, kept_forms.KEPT_FOR + timedelta(minutes=1))
    assert client_of(Party.DIRECTORATE).get("/kept").status_code == 302


def test_a_page_that_stood_open_for_days_is_its_persons_while_the_session_lasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = client_of(Party.DIRECTORATE)
    context = client.get(f"/{YEAR}/").context
    moved(monkeypatch, timedelta(days=3))
    assert shown_to(context["actor"], context["signed"])


def test_the_address_and_the_pages_own_token_are_looked_at_first() -> None:
    ours = signed()
    assert Client().post("/no/such/address", {"shown_to": ours, "note": "x"}).status_code == 404
    assert Client(enforce_csrf_checks=True).post(FORM, {"shown_to": ours, "note": "x"}).status_code == 403
    assert KeptForm.objects.count() == 0


def test_a_script_whose_session_and_token_are_gone_is_told_that_the_session_has_ended() -> None:
    answer = Client(enforce_csrf_checks=True).post(FORM, {}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"ended": True})


def test_the_worker_clears_what_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)  # the test's own transaction lives on
    Client().post(FORM, {"shown_to": signed(), "note": "Merknad"})
    throttle.count(throttle.TRIED, "192.0.2.1", clock.now())
    before = rows()
    assert min(before) > 0
    jobs.tidy_up(timestamp=0)
    assert rows() == before  # not before its time
    moved(monkeypatch, timedelta(days=2))
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    jobs.tidy_up(timestamp=0)
    assert (*rows(), LoginAttempt.objects.count()) == (0, 0, 0)


def test_what_strangers_send_is_slowed_by_address_and_reading_never_is(monkeypatch: pytest.MonkeyPatch) -> None:
    start = timezone.now()
    monkeypatch.setattr(clock, "now", lambda: start)
    ours = signed()
    LoginAttempt.objects.all().delete()
    monkeypatch.setattr(throttle, "MOST", {throttle.SENT: 3, throttle.TRIED: 100})

    def sent(address: str, path: str = "/settings") -> int:
        fields = {"language": "nn", "scheme": "auto", "shown_to": ours}
        return int(Client().post(path, fields, REMOTE_ADDR=address).status_code)

    assert [sent("127.0.0.1") for _ in range(5)] == [302, 302, 302, 429, 429]
    assert sent("127.0.0.1", FORM) == 429
    assert sent("127.0.0.1", "/login/demo") == 429
    assert LoginAttempt.objects.count() == 3  # and what is slowed leaves no more behind
    assert sent("127.0.0.2") == 302
    publish_all()
    reading = ("/nb/", f"/nb/{YEAR}/places", f"/nb/{YEAR}/documents", "/login")
    assert {Client().get(path).status_code for path in reading} == {200}
    assert {Client().get(path).status_code for path in (f"/{YEAR}/", f"/{YEAR}/numbers")} == {302}
    monkeypatch.setattr(clock, "now", lambda: start + throttle.WINDOW)
    assert sent("127.0.0.1") == 302


def test_who_is_logged_in_is_not_slowed_by_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(Party.DIRECTORATE)
    monkeypatch.setattr(throttle, "MOST", {throttle.SENT: 0, throttle.TRIED: 0})
    assert Client().post("/settings").status_code == 429
    assert client.post("/settings", {"language": "nn", "scheme": "auto", "back": "/"}).status_code == 302


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one line of a household or an office has them all
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_an_address_of_the_new_kind_counts_by_its_network(one: str, other: str, *, same: bool) -> None:
    assert (throttle.source(one) == throttle.source(other)) == same
