"""Logging in: whose role one may take on, what is slowed, and the cookies that carry it."""

import html
import json
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant, LoginAttempt, Person, Seat
from bosett_web.accounts.throttle import MOST as MOST_OF
from bosett_web.accounts.throttle import TRIED, WINDOW
from bosett_web.accounts.token_claims import Identity
from bosett_web.actions.access import access
from bosett_web.journal.models import Event, Refused
from bosett_web.records import clock
from bosett_web.screens.access import issuer
from bosett_web.screens.led_back import SENT_TO
from bosett_web.screens.urls import urlpatterns
from parties import DEMO, YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
ISSUER = "https://issuer.example"
MOST = MOST_OF[TRIED]


@pytest.fixture
def vouch(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Callable[[Identity], None]:
    """Let the issuer vouch for whoever comes back from it."""
    settings.OIDC_ISSUER = ISSUER
    return lambda identity: monkeypatch.setattr(issuer, "come_back", lambda _: identity)


def someone(orgnr: str, subject: str = "the new one") -> Identity:
    return Identity(ISSUER, subject, f"Named {subject}", orgnr)


def seat(party: Party, area: str = "") -> Seat:
    seat: Seat = Seat.objects.select_related("organisation").get(party=party, area=area)
    return seat


def given(identity: Identity, where: Seat, grade: Grade = Grade.READER) -> Grant:
    person = access.arrive(identity)
    grant: Grant = Grant.objects.create(person_id=person, seat=where, grade=grade, since=timezone.now())
    return grant


def demo_grant(party: Party = Party.DIRECTORATE) -> Grant:
    grant: Grant = Grant.objects.get(seat__party=party, grade=Grade.CASE_WORKER, person__issuer="demo")
    return grant


def whose(client: Client) -> int | None:
    actor = client.get("/rules").context["actor"]  # a page that is open to all
    return actor.person_id if actor else None


def last_event() -> tuple[str, str, dict[str, Any]]:
    event = Event.objects.order_by("-pk").first()
    assert event is not None
    return event.name, event.subject, json.loads(event.body)["after"]


# Which role


def test_who_holds_one_role_is_let_straight_in_under_a_new_session(vouch: Callable[[Identity], None]) -> None:
    where = seat(Party.MINISTRY)
    identity = someone(where.organisation.orgnr)
    grant = given(identity, where)
    vouch(identity)
    client = Client()
    client.post("/settings", {"language": "nn", "scheme": "auto", "back": "/"})
    before = client.session.session_key
    answer = client.get("/login/callback")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session.session_key != before  # a key that somebody else has planted is worth nothing
    assert whose(client) == grant.person_id
    name, subject, facts = last_event()
    assert (name, subject) == ("access.login", f"person:{grant.person_id}")
    assert facts == {"party": "ministry", "area": "", "grade": "reader"}


def test_who_holds_two_roles_chooses_and_may_choose_again(vouch: Callable[[Identity], None]) -> None:
    county, municipality = seat(Party.COUNTY, "03"), seat(Party.MUNICIPALITY, "0301")
    identity = someone(county.organisation.orgnr)
    both = [given(identity, where) for where in (county, municipality)]
    vouch(identity)
    client = Client()
    assert client.get("/login/callback").headers["Location"] == "/login/role"
    assert whose(client) is None
    for grant in both:
        assert client.post("/login/role", {"grant": grant.pk}).status_code == 302
        assert client.get(f"/{YEAR}/").context["actor"].seat_id == grant.seat_id
        assert last_event()[2]["party"] == grant.seat.party
    # The next one at the same browser begins with nothing of theirs.
    vouch(someone(county.organisation.orgnr, "the next one"))
    client.get("/login/callback")
    assert whose(client) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_holds_no_role_is_told_whom_to_ask(language: str, vouch: Callable[[Identity], None]) -> None:
    client = Client()
    client.post("/settings", {"language": language, "scheme": "auto", "back": "/"})
    where = seat(Party.COUNTY, "46")
    for orgnr, words in ((where.organisation.orgnr, where.organisation.name), ("999999999", "999999999")):
        vouch(someone(orgnr))
        assert client.get("/login/callback").headers["Location"] == "/login/role"
        page = client.get("/login/role").content.decode()
        assert words in page
        assert f"<strong>{Person.objects.get(issuer=ISSUER).pk}</strong>" in page
        assert "MISSING-IN-TEMPLATE" not in page


def test_an_arrival_is_logged_when_it_tells_something_new() -> None:
    person = access.arrive(someone("300000001"))
    assert last_event()[:2] == ("access.arrive", f"person:{person}")
    count = Event.objects.count()
    assert access.arrive(someone("300000001")) == person
    assert Event.objects.count() == count
    assert access.arrive(someone("300000002")) == person
    assert last_event()[2]["orgnr"] == "300000002"
    same_name_elsewhere = Identity("https://other.example", "the new one", "Another", "300000001")
    assert access.arrive(same_name_elsewhere) != person


def test_another_persons_role_cannot_be_taken_on(vouch: Callable[[Identity], None]) -> None:
    where = seat(Party.MINISTRY)
    theirs = given(someone(where.organisation.orgnr, "the other one"), where, Grade.APPROVER)
    identity = someone(where.organisation.orgnr)
    vouch(identity)
    client = Client()
    client.get("/login/callback")
    person = Person.objects.get(subject=identity.subject).pk
    first = {"move": "access.login", "code": "grant_gone", "grant": theirs.pk}
    for times, grant in enumerate((theirs.pk, demo_grant().pk, 987_654), start=1):
        answer = client.post("/login/role", {"grant": grant})
        assert answer.status_code == 403
        assert "Tilgangen gjelder ikke nå." in answer.content.decode()
        assert last_event() == ("refused", f"person:{person}", first)  # the others are counted beside it
        assert Refused.objects.get().times == times
        assert whose(client) is None
    assert client.post("/login/role").status_code == 403


def test_the_demo_lends_out_its_own_people_only() -> None:
    where = seat(Party.MINISTRY)
    real = given(someone(where.organisation.orgnr), where)
    client = Client()
    assert client.post("/login/demo", {"grant": real.pk}).status_code == 403
    assert whose(client) is None
    names = [name for row in client.get("/login").context["groups"] for _, _, name in row.grants]
    assert "Named the new one" not in names


def test_a_demo_login_ends_the_session_of_the_issuers_person(vouch: Callable[[Identity], None]) -> None:
    where = seat(Party.MINISTRY)
    identity = someone(where.organisation.orgnr)
    grant = given(identity, where)
    vouch(identity)
    client = Client()
    client.get("/login/callback")
    client.post("/login/demo", {"grant": demo_grant().pk})
    assert whose(client) == demo_grant().person_id
    assert client.post("/login/role", {"grant": grant.pk}).headers["Location"] == "/login"
    assert whose(client) == demo_grant().person_id


def test_logging_out_ends_it(vouch: Callable[[Identity], None]) -> None:
    where = seat(Party.MINISTRY)
    identity = someone(where.organisation.orgnr)
    given(identity, where)
    vouch(identity)
    client = Client()
    client.get("/login/callback")
    client.post("/logout")
    assert whose(client) is None
    assert client.get("/login/role").headers["Location"] == "/login"


def test_an_issuer_that_cannot_end_a_login_keeps_nobody_from_logging_out(
    vouch: Callable[[Identity], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        """An issuer that does not answer, or tells of no way out."""

        def __init__(self, metadata: dict[str, str] | None) -> None:
            self.metadata = metadata

        def load_server_metadata(self) -> dict[str, str]:
            if self.metadata is None:
                raise requests.ConnectionError
            return self.metadata

    where = seat(Party.MINISTRY)
    identity = someone(where.organisation.orgnr)
    given(identity, where)
    vouch(identity)
    silences: tuple[dict[str, str] | None, ...] = (None, {})
    for metadata in silences:
        client = Client()
        client.get("/login/callback")
        session = client.session
        session[issuer.TOKEN] = "a token"
        session.save()
        monkeypatch.setattr(issuer, "_client", lambda _, metadata=metadata: Silent(metadata))
        assert client.post("/logout").headers["Location"] == "/login"
        assert whose(client) is None
        assert issuer.TOKEN not in client.session


def test_without_an_issuer_there_is_no_such_login() -> None:
    client = Client()
    assert client.get("/login/start").status_code == 404
    assert client.get("/login/callback").status_code == 404
    assert client.get("/login/role").headers["Location"] == "/login"
    assert "/login/start" not in client.get("/login").content.decode()


def test_outside_the_demo_the_login_page_names_the_issuer_only(settings: LazySettings) -> None:
    settings.DEMO, settings.OIDC_ISSUER = False, ISSUER
    client = Client()
    page = client.get("/login").content.decode()
    assert "/login/start" in page
    assert "/login/demo" not in page
    assert "MISSING-IN-TEMPLATE" not in page
    assert client.post("/login/demo", {"grant": demo_grant().pk}).status_code == 404


def test_a_role_is_not_taken_on_by_a_form_of_another_page(vouch: Callable[[Identity], None]) -> None:
    where = seat(Party.COUNTY, "03")
    identity = someone(where.organisation.orgnr)
    grant = given(identity, where)
    vouch(identity)
    client = Client(enforce_csrf_checks=True)
    client.get("/login/callback")
    assert client.post("/login/role", {"grant": grant.pk}).status_code == 403


# Coming back


def back_from(client: Client, path: str, **headers: str) -> str:
    """Return the address that a login page carries for whoever was led to log in from an address."""
    answer = client.get(path, headers=headers)
    led = answer.headers.get("HX-Redirect") or answer.headers["Location"]
    assert led.startswith("/login")
    page = client.get(led)
    carried = re.findall(r'name="next" value="([^"]*)"', page.content.decode())
    assert len(set(carried)) <= 1, "every button leads to the same"
    return html.unescape(carried[0]) if carried else ""


@pytest.mark.parametrize(
    "path",
    [
        f"/{YEAR}/letters",
        f"/{YEAR}/journal?track=letter&q=b%C3%A6rum&start=50",
        f"/{YEAR}/letters/check?q=a%26b%3D1#part",
        "/access",
        "/alerts",
        f"/{YEAR}/letters/all.pdf?kind=request",
    ],
)
def test_whoever_is_led_to_log_in_comes_back_to_where_they_came_from(path: str) -> None:
    client, address = Client(), path.partition("#")[0]
    back = back_from(client, path)
    assert back == address
    answer = client.post("/login/demo", {"grant": demo_grant().pk, "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_a_part_of_a_page_leads_back_to_its_page() -> None:
    ended = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/{YEAR}/letters/delivery?q=oslo"}
    assert back_from(Client(), f"/{YEAR}/letters/look", **ended) == f"/{YEAR}/letters/delivery?q=oslo"
    elsewhere = ended | {"HX-Current-URL": f"https://evil.example/{YEAR}/letters"}
    assert back_from(Client(), f"/{YEAR}/letters/look", **elsewhere) == ""


def test_a_page_that_everybody_reads_leads_back_to_itself_and_the_login_page_nowhere() -> None:
    client = Client()
    assert 'href="/login?next=/rules"' in client.get("/rules").content.decode()
    assert 'href="/login"' in client.get("/no/such/page").content.decode()
    assert 'href="/login"' in client.get("/login?next=//evil.example").content.decode()
    answer = client.post("/login/demo", {"grant": demo_grant().pk})
    assert answer.headers["Location"] == "/"


HOSTILE = (
    *("//evil.example", "///evil.example", "https://evil.example/", "http:evil.example", "/\\evil.example"),
    *("\\evil.example", "/\t/evil.example", "/%09/evil.example", "/\n/evil.example", "\t//evil.example"),
    *("javascript:alert(1)", "data:text/html,x", "/@evil.example", "//evil.example@testserver/2021/", "evil.example"),
    *(" //evil.example", "/2021/\r\nLocation: https://evil.example", "/2021/letters\u2028"),
    *("/logout", "/login", "/login?next=/access", "/login/callback?code=1", "/first/abc", "/kept", "/clock"),
    *("/settings", "/healthz", "/metrics", "/api/v1/rounds", f"/{YEAR}/do/letter.send", f"/{YEAR}/counties/46/cells"),
    *("", "?", "#", ".", "/nowhere", "/../2021/letters", "//testserver/2021/letters", "http://testserver/2021/letters"),
    f"/{YEAR}/letters?q={'a' * 1000}",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nobody_is_led_elsewhere_or_to_what_takes_a_form(hostile: str) -> None:
    client = Client()
    page = client.get("/login", {"next": hostile}).content.decode()
    assert 'name="next"' not in page
    answer = client.post("/login/demo", {"grant": demo_grant().pk, "next": hostile})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    shown = client.post("/settings", {"language": "nb", "scheme": "auto", "back": hostile})
    assert shown.status_code == 302
    there = urljoin("http://testserver/x", re.sub(r"[\t\r\n]", "", shown.headers["Location"].replace("\\", "/")))
    assert urlsplit(there).netloc == "testserver"


def test_what_only_takes_a_form_is_no_place_to_come_back_to() -> None:
    client = Client()
    client.post("/login/demo", {"grant": demo_grant().pk})
    unread = set()
    for each in urlpatterns:
        parts = {"year": YEAR, "code": "46", "name": "x", "identity": 1, "given": 1, "language": "nb", "number": 1}
        parts |= {
            "version": 1,
            "letter": 1,
            "municipality": "4601",
            "token": "x",
            "kind": "csv",
            "chart": "x",
            "uid": uuid.UUID(int=1),
        }
        assert each.name is not None
        address = reverse(each.name, kwargs={name: parts[name] for name in each.pattern.converters})
        if each.name != "cells" and client.get(address).status_code == 405:
            unread.add(each.name)
    assert unread == SENT_TO


def test_the_issuer_leads_back_too_through_the_choice_of_a_role(
    vouch: Callable[[Identity], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, other = seat(Party.COUNTY, "03"), seat(Party.MUNICIPALITY, "0301")
    identity = someone(where.organisation.orgnr)
    grant = given(identity, where)
    vouch(identity)
    monkeypatch.setattr(issuer, "send_there", lambda *_, **__: HttpResponse("sent"))

    def began(back: str) -> Client:
        client = Client()
        client.get("/login/start", {"next": back})
        return client

    address = f"/{YEAR}/capacity?q=oslo"
    assert began(address).get("/login/callback").headers["Location"] == address
    assert began("//evil.example").get("/login/callback").headers["Location"] == "/"
    given(identity, other)
    client = began(address)
    assert client.get("/login/callback").headers["Location"] == "/login/role"
    answer = client.post("/login/role", {"grant": grant.pk})
    assert answer.headers["Location"] == address
    # It holds for that login alone.
    assert client.post("/login/role", {"grant": grant.pk}).headers["Location"] == "/"
    # A login that begins anew from nowhere does not lead to where an earlier one came from.
    client = began(address)
    client.get("/login/start")
    client.get("/login/callback")
    assert client.post("/login/role", {"grant": grant.pk}).headers["Location"] == "/"


# Slowing


def wrong(client: Client, address: str = "192.0.2.1", **headers: str) -> int:
    answer = client.post("/login/demo", {"grant": 987_654}, REMOTE_ADDR=address, headers=headers)
    return int(answer.status_code)


def test_many_wrong_tries_from_one_address_are_slowed(monkeypatch: pytest.MonkeyPatch) -> None:
    client, start = Client(), timezone.now()
    monkeypatch.setattr(clock, "now", lambda: start)
    assert [wrong(client) for _ in range(MOST)] == [403] * MOST
    answer = client.post("/login/demo", {"grant": demo_grant().pk}, REMOTE_ADDR="192.0.2.1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "MISSING-IN-TEMPLATE" not in answer.content.decode()
    assert wrong(Client()) == 429  # whoever comes from there
    assert wrong(client, "192.0.2.2") == 403  # and nobody else
    monkeypatch.setattr(clock, "now", lambda: start + WINDOW)
    answer = client.post("/login/demo", {"grant": demo_grant().pk}, REMOTE_ADDR="192.0.2.1")
    assert answer.status_code == 302


def test_tries_are_forgotten_after_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    start = timezone.now()
    for step in (start, start + WINDOW):
        monkeypatch.setattr(clock, "now", lambda at=step: at)
        wrong(Client())
    assert [attempt.at for attempt in LoginAttempt.objects.filter(kind=TRIED).order_by("at")] == [start + WINDOW]


def test_what_a_client_says_of_its_address_counts_behind_our_own_proxy_only(settings: LazySettings) -> None:
    client = Client()
    # Nobody has declared a proxy: a request that says it came by one is not read at all, and counts for nobody.
    for index in range(MOST + 1):
        assert wrong(client, **{"X-Forwarded-For": f"198.51.100.{index}"}) == 403
    assert not LoginAttempt.objects.exists()
    settings.BEHIND_PROXY = True
    assert wrong(client, **{"X-Forwarded-For": "198.51.100.99"}) == 403
    # The proxy adds what it saw itself at the end; what stands before is the client's own words.
    for index in range(MOST):
        assert wrong(client, **{"X-Forwarded-For": f"198.51.100.{index}, 203.0.113.7"}) == 403
    assert wrong(client, **{"X-Forwarded-For": "198.51.100.98, 203.0.113.7"}) == 429
    assert wrong(client, **{"X-Forwarded-For": "203.0.113.7, 198.51.100.98"}) == 403


def silent(*_: object, **__: object) -> None:
    raise requests.ConnectionError


@pytest.mark.parametrize("path", ["/login/callback?state=forged&code=guessed", "/login/callback", "/login/start"])
def test_many_tries_at_the_issuers_login_are_slowed(
    path: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OIDC_ISSUER = ISSUER
    monkeypatch.setattr(requests.Session, "request", silent)
    client = Client()
    for _ in range(MOST):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "Innloggingen ble ikke godtatt" in answer.content.decode()
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert client.post("/login/demo", {"grant": demo_grant().pk}).status_code == 429


def test_roles_cannot_be_guessed_for_long(vouch: Callable[[Identity], None]) -> None:
    vouch(someone("300000001"))
    client = Client()
    client.get("/login/callback")
    assert {client.post("/login/role", {"grant": guess}).status_code for guess in range(MOST)} == {403}
    assert client.post("/login/role", {"grant": MOST}).status_code == 429


# Cookies


def test_cookies_are_kept_from_scripts_and_other_sites() -> None:
    client = Client()
    client.get("/login")
    client.post("/login/demo", {"grant": demo_grant().pk})
    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("environment", "secure"),
    [
        ({"BOSETT_DEMO": "0"}, True),
        ({"BOSETT_DEMO": "1"}, False),
    ],
)
def test_cookies_go_over_tls_only_but_in_the_demo(environment: dict[str, str], *, secure: bool) -> None:
    names = [f"{kind}_COOKIE_{part}" for kind in ("SESSION", "CSRF") for part in ("SECURE", "HTTPONLY", "SAMESITE")]
    program = (
        f"import json; from bosett_web.config import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | environment, capture_output=True, check=True
    )
    assert json.loads(done.stdout) == [secure, True, "Lax"] * 2
