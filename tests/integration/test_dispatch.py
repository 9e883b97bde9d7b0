"""Letters out of the house: none is lost, and none is sent twice where the service knows our reference."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pytest_socket import disable_socket, enable_socket

from bosett_web.actions import demo, sending
from bosett_web.dispatch import (
    Absent,
    Choice,
    Dispatch,
    Found,
    Parcel,
    Refused,
    Sent,
    Status,
    Unknown,
    choice_of,
    port_of,
)
from bosett_web.dispatch.archive import NAMESPACE
from bosett_web.dispatch.chosen import NoSuchChannel
from bosett_web.dispatch.eformidling import EFormidlingDispatch, message_id
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.dispatch.svarut import SvarUtDispatch
from bosett_web.dispatch.web import Service
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.records.letters import DeliveryTry, Letter
from bosett_web.records.models import Request
from standins import PATIENCE, IntegrationPoint, StandIn, SvarUt, running

YEAR, BERGEN = 2021, "4601"
PDF = b"%PDF-1.7 made up for the test"
WAYS = ("ok", "drop", "late", "broken", "fail")


@pytest.fixture(params=[SvarUt, IntegrationPoint], ids=["svarut", "eformidling"])
def service(request: pytest.FixtureRequest, closed_sockets: None) -> Iterator[StandIn]:  # noqa: ARG001 (opened after)
    """A service on this machine."""
    enable_socket()
    with running(request.param) as found:
        yield found
    disable_socket(allow_unix_socket=True)


def port_to(service: StandIn, address: str = "") -> Dispatch:
    held = Service(address or service.address, seconds=PATIENCE)
    return SvarUtDispatch(held, "k1") if isinstance(service, SvarUt) else EFormidlingDispatch(held)


def a_parcel(reference: str = "2021/4601-1", pdf: bytes = PDF) -> Parcel:
    return Parcel(
        reference=reference,
        year=YEAR,
        kind="request",
        title="Anmodning om å bosette flyktninger i 2021",
        day=date(2020, 10, 30),
        language="nb",
        sender_name="Integrerings- og mangfoldsdirektoratet",
        sender_orgnr="300000000",
        receiver_name="Bergen kommune",
        receiver_orgnr="300000001",
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )


def a_letter(code: str = BERGEN) -> Letter:
    demo.begin()
    asked = Request.objects.create(round_id=YEAR, municipality=code, version=1, number=10, day=date(2020, 10, 23))
    made: Letter = Letter.objects.create(
        round_id=YEAR,
        kind="request",
        receiver=code,
        version=1,
        request=asked,
        state="queued",
        reference=f"{YEAR}/{code}-1",
        language="nb",
        title="Anmodning",
        day=date(2020, 10, 30),
        content={},
        pdf=PDF,
        sha256=hashlib.sha256(PDF).hexdigest(),
        made_by=1,
        approved_by=2,
    )
    return made


def tries(letter: Letter) -> list[tuple[str, str]]:
    return list(DeliveryTry.objects.filter(letter=letter).order_by("number").values_list("did", "outcome"))


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return str(letter.state)


def deliver(letter: Letter, port: Dispatch, most: int = 10) -> int:
    """Try as the job does, until it need not be tried again; return how often it was run."""
    for run in range(1, most + 1):
        if not sending.deliver(letter.pk, port):
            return run
    pytest.fail("never done")


# The folder


def test_a_folder_gets_whole_letters_and_the_same_one_once(tmp_path: Path) -> None:
    port, parcel = FolderDispatch(tmp_path / "out"), a_parcel()
    assert port.ask(parcel) == Absent("2021-4601-1.zip")
    assert port.send(parcel) == port.send(parcel) == Sent("2021-4601-1.zip")
    assert port.ask(parcel) == Found("2021-4601-1.zip")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2021-4601-1.zip"]
    with zipfile.ZipFile(tmp_path / "out" / "2021-4601-1.zip") as held:
        assert held.namelist() == ["arkivmelding.xml", "2021-4601-1.pdf"]
        assert held.read("2021-4601-1.pdf") == PDF
        root = ET.fromstring(held.read("arkivmelding.xml"))  # noqa: S314  - our own
    told = {each.tag.removeprefix(f"{{{NAMESPACE}}}"): each.text for each in root.iter()}
    assert told["referanseDokumentfil"] == "2021-4601-1.pdf"
    assert told["sjekksum"] == parcel.sha256
    assert told["eksternReferanse"] == "2021/4601-1"
    assert told["korrespondansepartNavn"] == "Bergen kommune"


def test_another_letter_under_the_same_name_is_never_written_over(tmp_path: Path) -> None:
    port = FolderDispatch(tmp_path)
    port.send(a_parcel())
    before = (tmp_path / "2021-4601-1.zip").read_bytes()
    assert isinstance(port.send(a_parcel(pdf=b"another")), Refused)
    asked = port.ask(a_parcel(pdf=b"another"))
    assert isinstance(asked, Unknown)
    assert not asked.again
    assert (tmp_path / "2021-4601-1.zip").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_not_known_and_no_half_letter_lies_there(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    port = FolderDispatch(tmp_path / "out")
    assert isinstance(port.send(a_parcel()), Unknown)
    assert isinstance(port.ask(a_parcel()), Unknown)


# The channel that is chosen


def test_the_channel_comes_from_the_environment(tmp_path: Path) -> None:
    assert isinstance(port_of(choice_of({}, tmp_path)), FolderDispatch)
    point = choice_of({"BOSETT_DISPATCH": "eformidling", "BOSETT_EFORMIDLING_URL": "http://127.0.0.1:9093"}, tmp_path)
    assert port_of(point).channel == "eformidling"
    with pytest.raises(NoSuchChannel, match="BOSETT_EFORMIDLING_URL"):
        choice_of({"BOSETT_DISPATCH": "eformidling"}, tmp_path)
    with pytest.raises(NoSuchChannel, match="write one of"):
        choice_of({"BOSETT_DISPATCH": "pigeon"}, tmp_path)
    names = ("URL", "ACCOUNT", "TOKEN", "INTEGRATION", "PASSWORD")
    secret = choice_of({"BOSETT_DISPATCH": "svarut", **{f"BOSETT_SVARUT_{each}": "hush" for each in names}}, tmp_path)
    assert port_of(secret).channel == "svarut"
    assert "hush" not in repr(secret)
    assert isinstance(secret, Choice)


# The services


def test_a_service_takes_a_letter_and_knows_it_by_its_reference(service: StandIn) -> None:
    port, parcel = port_to(service), a_parcel()
    assert isinstance(port.ask(parcel), Absent)
    sent = port.send(parcel)
    assert isinstance(sent, Sent)
    assert port.ask(parcel) == Found(sent.external)
    assert port.status(sent.external) is None
    key = parcel.reference if isinstance(service, SvarUt) else message_id(parcel.reference)
    service.statuses[key].append("LEST")
    assert port.status(sent.external) is Status.READ


@pytest.mark.parametrize("way", ["drop", "late", "broken", "fail"])
def test_no_answer_is_no_refusal(service: StandIn, way: str) -> None:
    service.plan = [way] if isinstance(service, SvarUt) else ["ok", "ok", "ok", way]
    assert isinstance(port_to(service).send(a_parcel()), Unknown)


def test_a_refusal_is_told_in_the_service_s_own_words(service: StandIn) -> None:
    service.plan = ["refuse"]
    answer = port_to(service).send(a_parcel())
    assert isinstance(answer, Refused)
    assert "receiver unknown" in answer.told
    assert service.got == []


def test_a_service_that_is_away_is_not_known(service: StandIn) -> None:
    gone = port_to(service, "http://127.0.0.1:9")
    assert isinstance(gone.send(a_parcel()), Unknown)
    assert isinstance(gone.ask(a_parcel()), Unknown)
    assert gone.status("x") is None


def test_what_a_broken_off_try_left_with_the_integration_point_is_thrown_away() -> None:
    enable_socket()
    with running(IntegrationPoint) as service:
        port = port_to(service)
        service.plan = ["ok", "broken"]
        assert isinstance(port.send(a_parcel()), Unknown)
        assert isinstance(port.ask(a_parcel()), Unknown)  # begun, perhaps in its own queue: a person must look
        assert isinstance(port.send(a_parcel()), Sent)
        assert len(service.got) == 1
        service.statuses[message_id("2021/4601-1")].append("FEIL")
        given_up = port.ask(a_parcel())
        assert isinstance(given_up, Unknown)
        assert not given_up.again
    disable_socket(allow_unix_socket=True)


# The outbox


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_a_letter_comes_once_whatever_becomes_of_the_first_answer(service: StandIn, way: str) -> None:
    letter = a_letter()
    service.plan = [way] if isinstance(service, SvarUt) else ["ok", "ok", "ok", way]
    port = port_to(service)
    if isinstance(service, IntegrationPoint) and way in ("broken", "fail"):
        # It lies there begun, and the point cannot say whether it is in its own queue: a person looks, and sends again.
        deliver(letter, port)
        assert state(letter) == "stopped"
        sending.told_lost(letter.pk, "Looked it up.")
        Letter.objects.filter(pk=letter.pk).update(state="queued")
    deliver(letter, port)
    assert state(letter) == "delivered"
    assert len(service.got) == 1
    assert letter.external
    assert letter.request is not None
    letter.request.refresh_from_db()
    assert letter.request.sent_at == letter.delivered_at
    assert [row[1] for row in tries(letter)].count("begun") == 0
    assert verify().holds


@pytest.mark.django_db
def test_an_accepted_letter_whose_answer_was_lost_is_found_not_sent_again(service: StandIn) -> None:
    letter = a_letter()
    service.plan = ["drop"] if isinstance(service, SvarUt) else ["ok", "ok", "ok", "drop"]
    assert sending.deliver(letter.pk, port_to(service))
    assert state(letter) == "queued"
    assert not sending.deliver(letter.pk, port_to(service))
    assert tries(letter) == [("send", "unknown"), ("ask", "found")]
    assert len(service.got) == 1


@pytest.mark.django_db
def test_a_refused_letter_fails_with_its_reason_and_its_municipality_is_told_nothing(service: StandIn) -> None:
    letter = a_letter()
    service.plan = ["refuse"]
    deliver(letter, port_to(service))
    assert state(letter) == "failed"
    assert "receiver unknown" in letter.why
    assert Request.objects.get(round=YEAR, municipality=BERGEN).sent_at is None
    last = Event.objects.order_by("-pk").first()
    assert last is not None
    assert last.name == "letter.fail"


@pytest.mark.django_db
def test_nobody_knows_and_a_person_must_look(service: StandIn) -> None:
    letter = a_letter()
    deliver(letter, port_to(service, "http://127.0.0.1:9"))
    assert state(letter) == "stopped"
    assert tries(letter)[0] == ("send", "unknown")
    assert {did for did, _ in tries(letter)[1:]} == {"ask"}
    assert len(tries(letter)) == sending.MOST_UNKNOWN


class Killed(BaseException):
    """The worker dies here."""


class Dying:
    """A channel on which the worker is killed, before or after the letter has gone."""

    channel = "folder"

    def __init__(self, inner: Dispatch, *, after: bool) -> None:
        self.inner, self.after, self.died = inner, after, False

    def send(self, parcel: Parcel) -> Sent | Refused | Unknown:
        if self.died:
            return self.inner.send(parcel)
        self.died = True
        if self.after:
            self.inner.send(parcel)
        raise Killed

    def ask(self, parcel: Parcel) -> Found | Absent | Unknown:
        return self.inner.ask(parcel)

    def status(self, external: str) -> Status | None:
        return self.inner.status(external)


@pytest.mark.django_db
@pytest.mark.parametrize("after", [True, False])
def test_a_killed_worker_s_letter_is_asked_about_first(tmp_path: Path, after: bool) -> None:
    letter, port = a_letter(), Dying(FolderDispatch(tmp_path), after=after)
    with pytest.raises(Killed):
        sending.deliver(letter.pk, port)
    assert tries(letter) == [("send", "begun")]
    assert state(letter) == "queued"
    assert not sending.deliver(letter.pk, port)
    asked = (
        [("send", "begun"), ("ask", "found")] if after else [("send", "begun"), ("ask", "absent"), ("send", "taken")]
    )
    assert tries(letter) == asked
    assert state(letter) == "delivered"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.django_db
def test_what_the_database_rolled_back_is_found_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, port = a_letter(), FolderDispatch(tmp_path)

    def fall(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as held:
        held.setattr(sending, "note", fall)
        with pytest.raises(Killed):
            sending.deliver(letter.pk, port)
    assert state(letter) == "queued"
    assert Request.objects.get(round=YEAR, municipality=BERGEN).sent_at is None
    assert not sending.deliver(letter.pk, port)
    assert state(letter) == "delivered"
    assert tries(letter) == [("send", "begun"), ("ask", "found")]


@pytest.mark.django_db
def test_a_job_that_is_run_twice_sends_once(tmp_path: Path) -> None:
    letter, port = a_letter(), FolderDispatch(tmp_path)
    assert not sending.deliver(letter.pk, port)
    assert not sending.deliver(letter.pk, port)
    assert tries(letter) == [("send", "taken")]
    told = [
        json.loads(body)["after"] for body in Event.objects.filter(name="letter.take").values_list("body", flat=True)
    ]
    assert [each["letter"] for each in told] == ["2021/4601-1"]


@pytest.mark.django_db
def test_a_delivered_letter_is_followed_until_it_is_read(service: StandIn) -> None:
    letter, port = a_letter(), port_to(service)
    deliver(letter, port)
    assert not sending.follow(letter.pk, port)
    key = letter.reference if isinstance(service, SvarUt) else message_id(letter.reference)
    service.statuses[key].append("LEST")
    assert sending.follow(letter.pk, port)
    assert not sending.follow(letter.pk, port)
    assert state(letter) == "read"
    assert letter.read_at is not None
