"""What is new to somebody: on the front page until it is marked as read, by e-mail once, and receipts of answers."""

import re
import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as outbox
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import AlertSeen, AlertSent, AlertSettings, Person
from bosett_web.actions.access import alert_mail, alerts
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.meetings import needs
from bosett_web.actions.releases.publishing import publish
from bosett_web.dispatch import mail
from bosett_web.dispatch.mail import MailFate, Message
from bosett_web.jobs import tasks
from bosett_web.journal.models import Event
from bosett_web.operations.environment import Misconfigured
from bosett_web.operations.mailing import address_of, mail_way
from bosett_web.operations.settings_list import setting_faults
from bosett_web.queries.standing import forget_kept
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import AnswerReceipt, InformationAnswer, InformationRequest
from bosett_web.screens.words import say
from markup import tidy
from parties import DEMO, YEAR, worker
from readers import client_of, led_from

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]

COUNTY, OTHER, OWN = "11", "46", "1103"
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
ADDRESS = "noen@imdi.no"


def ask(county: str = COUNTY) -> int:
    needs.ask(worker(Party.COUNTY, county), year=YEAR, county=county, need="Hemmelig botid")
    return InformationRequest.objects.order_by("-pk")[0].pk


def answer(request: int, to: str = AnsweredTo.TO_ALL) -> int:
    needs.answer(worker(Party.DIRECTORATE), year=YEAR, request=request, reply="Hemmelig svar", to=to)
    return InformationAnswer.objects.order_by("-pk")[0].pk


def page_of(client: Client, path: str = f"/{YEAR}/") -> str:
    answered = client.get(path)
    assert answered.status_code == 200, path
    text = tidy(answered.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.replace("\u00a0", " ")


def post(client: Client, path: str, **fields: object) -> int:
    signed = client.get(f"/{YEAR}/").context["signed"]
    return client.post(path, {"shown_to": signed, **fields}).status_code


# On the front page


def test_what_others_have_done_stands_on_the_front_page_until_it_is_marked_as_read() -> None:
    client = client_of(Party.DIRECTORATE)
    ask()
    page = page_of(client)
    assert "Nytt siden sist" in page
    assert "Rogaland har meldt et informasjonsbehov" in page
    assert "Rogaland fylkeskommune · 2021" in page
    assert "Hemmelig botid" not in page
    upto = client.get(f"/{YEAR}/").context["news"].upto
    assert post(client, "/alerts/read", upto=upto) == 302
    page = page_of(client)
    assert "Rogaland har meldt" not in page
    assert say("news_none", "nb") in page
    ask(OTHER)
    assert "Vestland har meldt" in page_of(client)
    # Another person of the same organisation has their own mark.
    assert "Rogaland har meldt" in page_of(client_of(Party.DIRECTORATE, grade=Grade.APPROVER))


def test_nobody_is_told_of_what_they_did_themselves_or_may_not_see() -> None:
    answer(ask(), AnsweredTo.TO_ONE)
    lines = "IMDi har svart på et informasjonsbehov fra Rogaland"
    assert lines in page_of(client_of(Party.COUNTY, COUNTY))
    assert lines in page_of(client_of(Party.KS))
    for client in (client_of(Party.DIRECTORATE), client_of(Party.COUNTY, OTHER), client_of(Party.COMMITTEE)):
        assert lines not in page_of(client)
    given = answer(ask())
    for client in (client_of(Party.COUNTY, OTHER), client_of(Party.COMMITTEE)):
        page = page_of(client)
        assert lines in page
        assert f'href="/{YEAR}/knowledge/{given}"' in page
    publish(YEAR)
    public = page_of(Client(), led_from(f"/{YEAR}/"))
    for words in ("Nytt siden sist", lines, "Hemmelig"):
        assert words not in public
    assert lines not in page_of(client_of(Party.MUNICIPALITY, OWN), f"/{YEAR}/own")


def test_of_many_the_newest_are_shown_and_the_others_counted() -> None:
    for _ in range(10):
        ask()
    page = page_of(client_of(Party.DIRECTORATE))
    assert page.count("Rogaland har meldt") == 8
    assert re.search(r"Og \d+ til\.", page)


def test_a_mark_never_goes_back_and_writes_no_event() -> None:
    ask()
    newest, by = Event.objects.order_by("-pk")[0].pk, worker(Party.DIRECTORATE)
    alerts.mark_read(by, upto=newest)
    alerts.mark_read(by, upto=newest - 1)
    alerts.mark_read(by, upto=0)
    assert AlertSeen.objects.get().event == newest
    assert Event.objects.order_by("-pk")[0].pk == newest
    alerts.mark_read(by, upto=newest + 1000)  # nobody reads what has not happened
    assert AlertSeen.objects.get().event == newest
    assert post(client_of(Party.DIRECTORATE), "/alerts/read", upto="x") == 302


def test_the_front_page_asks_the_database_a_fixed_number_of_times() -> None:
    client = client_of(Party.DIRECTORATE)

    def count() -> int:
        forget_kept()
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        return len(queries)

    ask()
    before = count()
    for _ in range(5):
        ask()
        ask(OTHER)
    assert count() == before


# One's own choice


def choose(often: str = "at_once", address: str = ADDRESS, party: Party = Party.DIRECTORATE, area: str = "") -> Person:
    by = worker(party, area)
    alerts.choose(by, often=often, address=address)
    return Person.objects.get(pk=by.person_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_chooses_how_often_and_where_to(language: str) -> None:
    client = client_of(Party.DIRECTORATE, language=language)
    page = page_of(client, "/alerts")
    assert say("alerts_demo", language) in page
    assert 'href="/alerts"' in page_of(client)
    assert post(client, "/alerts", often="daily", address=" noen@imdi.no ") == 302
    row = AlertSettings.objects.get()
    assert (row.often, row.address) == ("daily", ADDRESS)
    assert 'value="noen@imdi.no"' in page_of(client, "/alerts")
    assert post(client, "/alerts", often="never", address=ADDRESS) == 302
    assert AlertSettings.objects.get().address == ""


@pytest.mark.parametrize(
    ("often", "address"),
    [
        ("hourly", ADDRESS),
        ("daily", ""),
        ("daily", "noen"),
        ("daily", "en@imdi.no, to@imdi.no"),
        ("at_once", "en@imdi.no\nBcc: alle@imdi.no"),
        ("daily", f"noen@{'a' * 260}.no"),
    ],
)
def test_what_is_no_choice_and_no_address_is_refused(often: str, address: str) -> None:
    assert post(client_of(Party.KS), "/alerts", often=often, address=address) == 422
    with pytest.raises(Invalid):
        alerts.choose(worker(Party.KS), often=often, address=address)
    assert not AlertSettings.objects.exists()


def test_an_address_is_in_no_event_and_the_page_is_for_who_is_logged_in() -> None:
    before = Event.objects.count()
    choose()
    assert Event.objects.count() == before
    assert Client().get("/alerts")["Location"] == "/login?next=/alerts"


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a task leave the test's connection as it is."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)


def test_where_nothing_is_set_up_the_page_says_so_and_nothing_is_sent(settings: LazySettings) -> None:
    settings.MAIL_ON = False
    choose()
    ask()
    assert say("alerts_off_here", "nb") in page_of(client_of(Party.DIRECTORATE), "/alerts")
    tasks.send_alerts(0)
    assert outbox.outbox == []
    assert not AlertSent.objects.exists()


# E-mail


class Post:
    """A server made up: what it was given, and what becomes of the next messages."""

    def __init__(self, *fates: MailFate) -> None:
        self.fates, self.given = list(fates), list[Message]()

    def __call__(self, message: Message) -> tuple[MailFate, str]:
        self.given.append(message)
        fate = self.fates.pop(0) if self.fates else MailFate.SENT
        return fate, "" if fate is MailFate.SENT else "SMTPServerDisconnected"


def link(name: str, parts: Sequence[object]) -> str:
    return f"https://here/{name}/{'/'.join(map(str, parts))}"


def tell(server: Post, moment: datetime = NOON) -> int:
    return alert_mail.tell_all(moment, server, link)


def test_what_is_new_is_sent_once_with_titles_and_links_alone() -> None:
    ask()  # before it was asked for
    choose()
    server = Post()
    assert tell(server) == 0
    ask(OTHER)
    assert tell(server) == 1
    (message,) = server.given
    assert message.to == ADDRESS
    assert message.subject == "Bosett: én nyhet for Integrerings- og mangfoldsdirektoratet"
    assert "Vestland har meldt et informasjonsbehov (2021), 19. mai 2020" in message.body.replace("\u00a0", " ")
    assert "https://here/meetings/2021" in message.body
    assert "https://here/alerts/" in message.body
    assert "oppgave" in message.body
    for hidden in ("Hemmelig", "Rogaland", worker(Party.COUNTY, OTHER).person_name):
        assert hidden not in message.body
    assert tell(server) == 0
    assert len(server.given) == 1


def test_it_is_written_in_the_person_s_language() -> None:
    person = choose()
    Person.objects.filter(pk=person.pk).update(language="nn")
    ask()
    server = Post()
    tell(server)
    assert "Rogaland har meldt eit informasjonsbehov" in server.given[0].body


def test_what_has_been_read_is_not_sent() -> None:
    choose()
    ask()
    alerts.mark_read(worker(Party.DIRECTORATE), upto=Event.objects.order_by("-pk")[0].pk)
    assert tell(Post()) == 0


def test_once_a_day_is_in_the_morning_and_once() -> None:
    choose("daily")
    server = Post()
    ask()
    assert tell(server, NOON.replace(hour=4)) == 0
    assert tell(server) == 1
    ask()
    assert tell(server, NOON + timedelta(hours=6)) == 0
    assert tell(server, NOON + timedelta(days=1)) == 1


def test_who_has_no_access_any_more_is_sent_nothing() -> None:
    person = choose()
    ask()
    person.grants.update(withdrawn_at=NOON - timedelta(days=1))
    assert tell(Post()) == 0


def test_a_server_that_fails_is_tried_again_with_the_same_message(caplog: pytest.LogCaptureFixture) -> None:
    choose()
    ask()
    server = Post(MailFate.NOT_SENT, MailFate.NOT_SENT)
    assert tell(server) == 0
    assert say("alerts_last_failed", "nb", at="").split("{")[0][:20] in page_of(client_of(Party.DIRECTORATE), "/alerts")
    ask(OTHER)
    assert tell(server) == 0
    row = AlertSent.objects.get()
    assert (row.state, row.tries, row.why) == ("failed", 2, "SMTPServerDisconnected")
    assert "alerts.not_sent" in caplog.text
    assert tell(server) == 1
    assert [message.key for message in server.given] == [server.given[0].key] * 3
    assert "Vestland" not in server.given[2].body  # as it was
    assert tell(server) == 1
    assert "Vestland" in server.given[3].body
    assert "Rogaland" not in server.given[3].body


def test_a_daily_one_that_failed_is_tried_again_the_same_day() -> None:
    choose("daily")
    ask()
    server = Post(MailFate.NOT_SENT)
    assert tell(server) == 0
    assert tell(server, NOON + timedelta(minutes=5)) == 1
    ask()
    assert tell(server, NOON + timedelta(minutes=10)) == 0


def test_one_of_which_nobody_knows_is_not_sent_twice_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    choose()
    ask()
    server = Post(MailFate.UNKNOWN)
    assert tell(server) == 0
    assert tell(server) == 0
    assert len(server.given) == 1
    assert AlertSent.objects.get().state == "lost"
    assert "error" in caplog.text
    assert "Det er ukjent om e-posten kom fram" in page_of(client_of(Party.DIRECTORATE), "/alerts")


def test_a_worker_that_died_on_the_way_leaves_one_that_is_told_and_not_sent_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    choose()
    ask()

    def dies(_: Message) -> tuple[MailFate, str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        alert_mail.tell_all(NOON, dies, link)
    assert AlertSent.objects.get().state == "begun"
    assert tell(Post()) == 0
    row = AlertSent.objects.get()
    assert (row.state, row.why) == ("lost", "worker_died")
    assert "alerts.lost" in caplog.text


def test_the_task_sends_by_the_way_of_the_settings(settings: LazySettings) -> None:
    settings.MAIL_ON = True
    choose()
    ask()
    tasks.send_alerts(0)
    (message,) = outbox.outbox
    assert message.to == [ADDRESS]
    assert f"{settings.ADDRESS}/{YEAR}/meetings" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_demo_lays_e_mail_in_a_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = mail_way({}, demo=True).backend
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert mail.send(Message(ADDRESS, "Bosett: én nyhet", "Å lese\n", "bosett-1-2")) == (MailFate.SENT, "")
    (file,) = (tmp_path / "mail").iterdir()
    read = message_from_bytes(file.read_bytes().partition(b"\n---")[0])
    assert read["To"] == ADDRESS
    assert str(read["Message-ID"]).startswith("<bosett-1-2@")


class Server:
    """A connection made up, which fails where it is told to."""

    def __init__(self, at: str, fault: Exception) -> None:
        self.at, self.fault = at, fault

    def _may_fail(self, at: str) -> None:
        if at == self.at:
            raise self.fault

    def open(self) -> None:
        self._may_fail("open")

    def send_messages(self, _: Sequence[Any]) -> int:
        self._may_fail("send")
        return 1

    def close(self) -> None:
        self._may_fail("close")


@pytest.mark.parametrize(
    ("at", "fault", "fate"),
    [
        ("open", ConnectionRefusedError(), MailFate.NOT_SENT),
        ("open", smtplib.SMTPAuthenticationError(535, b"no"), MailFate.NOT_SENT),
        ("send", smtplib.SMTPDataError(451, b"later"), MailFate.NOT_SENT),
        ("send", smtplib.SMTPRecipientsRefused({}), MailFate.NOT_SENT),
        ("send", smtplib.SMTPServerDisconnected(), MailFate.UNKNOWN),
        ("send", TimeoutError(), MailFate.UNKNOWN),
        ("close", smtplib.SMTPServerDisconnected(), MailFate.SENT),
    ],
)
def test_a_fault_of_the_server_says_whether_the_message_may_have_gone(
    at: str, fault: Exception, fate: MailFate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "get_connection", lambda **_: Server(at, fault))
    assert mail.send(Message(ADDRESS, "a", "b", "c"))[0] is fate


def test_the_settings_say_how_e_mail_leaves() -> None:
    assert not mail_way({}, demo=False).is_on
    url = {"BOSETT_MAIL_URL": "smtp://post:p%40ss@mail.example:2525", "BOSETT_MAIL_FROM": "bosett@imdi.no"}
    way = mail_way(url, demo=True)
    assert (way.host, way.port, way.user, way.password) == ("mail.example", 2525, "post", "p@ss")
    assert (way.starttls, way.tls, way.is_on) == (True, False, True)
    assert mail_way({**url, "BOSETT_MAIL_URL": "smtp://127.0.0.1"}, demo=False).starttls is False
    way = mail_way({**url, "BOSETT_MAIL_URL": "smtps://mail.example"}, demo=False)
    assert (way.port, way.starttls, way.tls) == (465, False, True)
    for wrong in ("http://mail.example", "smtp://", "mail.example"):
        with pytest.raises(Misconfigured):
            mail_way({**url, "BOSETT_MAIL_URL": wrong}, demo=False)
    with pytest.raises(Misconfigured, match="BOSETT_MAIL_FROM"):
        mail_way({"BOSETT_MAIL_URL": "smtp://mail.example"}, demo=False)
    assert "BOSETT_MAIL_URL" in {each.name for each in setting_faults({"BOSETT_MAIL_URL": "ftp://x"})}
    assert address_of(["bosett.imdi.no"], "", demo=False) == "https://bosett.imdi.no"
    assert address_of(["localhost", "127.0.0.1"], "8100", demo=True) == "http://127.0.0.1:8100"


# Receipts


def test_the_directorate_sees_who_has_read_an_answer() -> None:
    given = answer(ask())
    path = f"/{YEAR}/knowledge/{given}"
    directorate = client_of(Party.DIRECTORATE)
    assert "Ingen har kvittert ennå." in page_of(directorate, path)
    for client in (client_of(Party.COUNTY, OTHER), client_of(Party.KS, grade=Grade.READER)):
        assert say("do_information.read", "nb") in page_of(client, path)
        assert post(client, f"{path}/read") == 302
        assert "Dere kvitterte 19. mai 2020." in page_of(client, path)
        assert post(client, f"{path}/read") == 422
        assert "Hvem som har lest svaret" not in page_of(client, path)
    page = page_of(directorate, path)
    assert "Vestland fylkeskommune" in page[page.index("Hvem som har lest svaret") :]
    assert "Ingen har kvittert" not in page
    assert list(Event.objects.order_by("-pk").values_list("name", flat=True)[:2]) == ["information.read"] * 2


def test_a_receipt_is_of_those_whom_the_answer_is_for() -> None:
    given = answer(ask(), AnsweredTo.TO_ONE)
    path = f"/{YEAR}/knowledge/{given}/read"
    with pytest.raises(Invalid, match="answer_gone"):
        needs.receipt(worker(Party.COUNTY, OTHER), year=YEAR, given=given)
    with pytest.raises(Objected, match="answer_not_for_you"):
        needs.receipt(worker(Party.DIRECTORATE), year=YEAR, given=given)
    assert post(client_of(Party.DIRECTORATE), path) == 403
    assert post(client_of(Party.COUNTY, OTHER), path) == 404  # nothing of it is theirs to see
    needs.receipt(worker(Party.COUNTY, COUNTY), year=YEAR, given=given)
    row = AnswerReceipt.objects.filter(answer=given)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        row.update(day="2030-01-01")
