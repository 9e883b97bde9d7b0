"""Letters out of the house: none is lost, and none is sent twice where the service knows our reference."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.db.models import F
from pytest_socket import disable_socket, enable_socket

from arkivmelding import faults_of
from bosett.rounds.parties import Party
from bosett_web.accounts.models import PostalAddress, Seat
from bosett_web.actions.letters import letters, sending
from bosett_web.dispatch import (
    Absent,
    Address,
    AlreadySent,
    Channel,
    Choice,
    DeliveryStatus,
    Dispatch,
    Parcel,
    RefusedByService,
    Sent,
    Unknown,
    choice_of,
    coded,
    port_of,
)
from bosett_web.dispatch.archive import NAMESPACE, archive_message
from bosett_web.dispatch.channels import NoSuchChannel
from bosett_web.dispatch.eformidling import EFormidlingDispatch, message_id
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.dispatch.svarut import SvarUtDispatch
from bosett_web.dispatch.web import Service
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.letters.letters import delivered, letter_rows, may_read, own_letter
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import DeliveryTry, Letter, Request
from bosett_web.screens.letters.letters import service_told
from parties import DEMO, approver, worker
from standins import PATIENCE, IntegrationPoint, Maskinporten, StandIn, SvarUt, running

pytestmark = pytest.mark.begins_at(DEMO)
YEAR, BERGEN = 2021, "4601"
PDF = b"%PDF-1.7 made up for the test"
WAYS = ("ok", "drop", "late", "broken", "fail", "fail_done", "conflict", "garbage")
DONE = ("ok", "drop", "late", "fail_done", "conflict", "garbage")
"""Ways in which the service has taken the letter, whatever it says."""
HOME = Address(("Postboks 7700", "Byrådsavdelingen"), "5020", "BERGEN")


@pytest.fixture(params=[SvarUt, IntegrationPoint], ids=["svarut", "eformidling"])
def service(request: pytest.FixtureRequest, closed_sockets: None) -> Iterator[StandIn]:  # noqa: ARG001 (opened after)
    """A service on this machine."""
    enable_socket()
    with running(request.param) as stand_in:
        yield stand_in
    disable_socket(allow_unix_socket=True)


@pytest.fixture
def point(closed_sockets: None) -> Iterator[IntegrationPoint]:  # noqa: ARG001 (opened after)
    enable_socket()
    with running(IntegrationPoint) as stand_in:
        yield stand_in
    disable_socket(allow_unix_socket=True)


def port_to(service: StandIn, address: str = "") -> Dispatch:
    http_service = Service(address or service.address, seconds=PATIENCE)
    return SvarUtDispatch(http_service, "k1") if isinstance(service, SvarUt) else EFormidlingDispatch(http_service)


def a_parcel(reference: str = "2021/4601-anmodning-1", pdf: bytes = PDF) -> Parcel:
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
        receiver_address=HOME,
    )


def known_as(service: StandIn, parcel_or_letter: Parcel | Letter) -> str:
    """What a service knows a letter by."""
    reference = parcel_or_letter.reference
    return reference if isinstance(service, SvarUt) else message_id(reference)


def a_letter(code: str = BERGEN) -> Letter:
    at_home(code)
    asked = Request.objects.create(round_id=YEAR, municipality=code, version=1, number=10, day=date(2020, 10, 23))
    made: Letter = Letter.objects.create(
        round_id=YEAR,
        kind="request",
        receiver=code,
        version=1,
        request=asked,
        state="queued",
        reference=f"{YEAR}/{code}-anmodning-1",
        language="nb",
        title="Anmodning",
        day=date(2020, 10, 30),
        content={},
        pdf=PDF,
        sha256=hashlib.sha256(PDF).hexdigest(),
        made_by_id=worker(Party.DIRECTORATE).person_id,
        approved_by_id=approver(Party.DIRECTORATE).person_id,
    )
    return made


def at_home(code: str) -> None:
    organisation = Seat.objects.get(party="municipality", area=code).organisation
    PostalAddress.objects.create(
        organisation=organisation,
        lines="\n".join(HOME.lines),
        postal_code=HOME.postal_code,
        place=HOME.place,
        publisher="Made up for the test",
        known_on=date(2020, 10, 1),
    )


def later(letter: Letter, seconds: float = 60) -> None:
    """Let time pass for a letter."""
    passed = timedelta(seconds=seconds)
    DeliveryTry.objects.filter(letter=letter).update(at=F("at") - passed)
    Letter.objects.filter(pk=letter.pk).update(queued_at=F("queued_at") - passed)


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
        later(letter)
    pytest.fail("never done")


# The folder


def test_a_folder_gets_whole_letters_and_the_same_one_once(tmp_path: Path) -> None:
    port, parcel = FolderDispatch(tmp_path / "out"), a_parcel()
    assert port.ask(parcel) == Absent("2021-4601-anmodning-1.zip")
    assert port.send(parcel) == port.send(parcel) == Sent("2021-4601-anmodning-1.zip")
    assert port.ask(parcel) == AlreadySent("2021-4601-anmodning-1.zip")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2021-4601-anmodning-1.zip"]
    with zipfile.ZipFile(tmp_path / "out" / "2021-4601-anmodning-1.zip") as archive:
        assert archive.namelist() == ["arkivmelding.xml", "2021-4601-anmodning-1.pdf"]
        assert archive.read("2021-4601-anmodning-1.pdf") == PDF
        root = ET.fromstring(archive.read("arkivmelding.xml"))  # noqa: S314  - our own
    texts = {each.tag.removeprefix(f"{{{NAMESPACE}}}"): each.text for each in root.iter()}
    assert texts["referanseDokumentfil"] == "2021-4601-anmodning-1.pdf"
    assert texts["sjekksum"] == parcel.sha256
    assert texts["registreringsID"] == "2021/4601-anmodning-1"
    assert texts["korrespondansepartNavn"] == "Bergen kommune"
    assert texts["poststed"] == "BERGEN"


@pytest.mark.parametrize("address", [HOME, None])
def test_an_arkivmelding_has_what_its_schema_demands_in_its_order(address: Address | None) -> None:
    parcel = replace(a_parcel(), receiver_address=address)
    root = ET.fromstring(archive_message(parcel))  # noqa: S314  - our own
    assert faults_of(root) == []
    assert root.findtext("{*}antallFiler") == "1"
    kinds = {
        each.tag.rpartition("}")[2]: each.get("{http://www.w3.org/2001/XMLSchema-instance}type") for each in root.iter()
    }
    assert (kinds["mappe"], kinds["basisregistrering"]) == ("saksmappe", "journalpost")
    case, record = root.find(".//{*}mappe/{*}systemID"), root.find(".//{*}referanseForelderMappe")
    assert case is not None
    assert record is not None
    assert case.text is not None
    assert case.text == record.text
    assert archive_message(parcel) == archive_message(parcel)
    # Another letter of the year lies in the same case; one of another year does not.
    assert case.text in archive_message(a_parcel("2021/0301-anmodning-1")).decode()
    assert case.text not in archive_message(replace(parcel, year=2022)).decode()


def test_the_test_of_the_schema_tells_what_is_wrong() -> None:
    root = ET.fromstring(archive_message(a_parcel()))  # noqa: S314  - our own
    case = root.find("{*}mappe")
    assert case is not None
    case.remove(case[0])
    ET.SubElement(case, f"{{{NAMESPACE}}}ukjent")
    case.append(case[0])
    assert [fault.partition(":")[2].split()[0] for fault in faults_of(root)] == ["ukjent", "not", "lacks", "tittel"]


def test_another_letter_under_the_same_name_is_never_written_over(tmp_path: Path) -> None:
    port = FolderDispatch(tmp_path)
    port.send(a_parcel())
    before = (tmp_path / "2021-4601-anmodning-1.zip").read_bytes()
    assert isinstance(port.send(a_parcel(pdf=b"another")), RefusedByService)
    asked = port.ask(a_parcel(pdf=b"another"))
    assert isinstance(asked, Unknown)
    assert not asked.again
    assert (tmp_path / "2021-4601-anmodning-1.zip").read_bytes() == before


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
    for wrong in ("-1", "0", "3601", "1000000000000", "0000000011", "6e1", "٦٠"):
        with pytest.raises(NoSuchChannel, match="whole number of seconds, 1 to 3600"):
            choice_of({"BOSETT_DISPATCH_SECONDS": wrong}, tmp_path)
    assert [choice_of({"BOSETT_DISPATCH_SECONDS": each}, tmp_path).seconds for each in ("1", "3600")] == [1, 3600]


# The services


def test_a_service_takes_a_letter_and_knows_it_by_its_reference(service: StandIn) -> None:
    port, parcel = port_to(service), a_parcel()
    assert isinstance(port.ask(parcel), Absent)
    sent = port.send(parcel)
    assert isinstance(sent, Sent)
    assert port.ask(parcel) == AlreadySent(sent.external)
    assert port.status(sent.external) is None
    service.statuses[known_as(service, parcel)].append("LEST")
    assert port.status(sent.external) is DeliveryStatus.READ


@pytest.mark.parametrize("way", ["drop", "late", "broken", "fail", "fail_done", "conflict"])
def test_no_answer_is_no_refusal(service: StandIn, way: str) -> None:
    service.plan = [way]
    assert isinstance(port_to(service).send(a_parcel()), Unknown)


@pytest.mark.parametrize("way", ["drop", "broken", "fail", "garbage", "refuse"])
def test_a_question_without_an_answer_says_nothing(service: StandIn, way: str) -> None:
    port, parcel = port_to(service), a_parcel()
    sent = port.send(parcel)
    assert isinstance(sent, Sent)
    service.asked_plan = [way, way]
    assert isinstance(port.ask(parcel), Unknown)
    assert port.status(sent.external) is None


def test_a_refusal_is_told_in_the_service_s_own_words(service: StandIn) -> None:
    service.plan = ["refuse"]
    answer = port_to(service).send(a_parcel())
    assert isinstance(answer, RefusedByService)
    assert "receiver unknown" in answer.words
    assert service.got == []


def test_a_service_that_is_away_is_not_known(service: StandIn) -> None:
    gone = port_to(service, "http://127.0.0.1:9")
    assert isinstance(gone.send(a_parcel()), Unknown)
    assert isinstance(gone.ask(a_parcel()), Unknown)
    assert gone.status("x") is None


def test_what_a_broken_off_try_left_with_the_integration_point_is_ordered_sent_not_laid_in_again(
    point: IntegrationPoint,
) -> None:
    port, parcel = port_to(point), a_parcel()
    point.plan = ["half"]
    assert isinstance(port.send(parcel), Unknown)
    assert point.got == []
    assert isinstance(port.ask(parcel), Unknown)  # begun, perhaps in its own queue: a person must look
    assert isinstance(port.send(parcel), Sent)
    assert len(point.got) == 1
    # Sent once more by mistake: the point knows it, and it goes nowhere.
    assert port.send(parcel) == Sent(message_id(parcel.reference))
    assert len(point.got) == 1


@pytest.mark.parametrize("given_up", ["FEIL", "LEVETID_UTLOPT"])
def test_what_the_integration_point_has_given_up_is_refused_and_sent_anew_under_another_identity(
    point: IntegrationPoint, given_up: str
) -> None:
    port, parcel = port_to(point), a_parcel()
    port.send(parcel)
    point.statuses[message_id(parcel.reference)].append(given_up)
    for answer in (port.ask(parcel), port.status(message_id(parcel.reference))):
        assert isinstance(answer, RefusedByService)
    assert isinstance(port.send(parcel), Unknown)  # it is asked about then, and refused by that
    again = replace(parcel, sending=2)
    assert isinstance(port.ask(again), Absent)
    assert isinstance(port.send(again), Sent)
    assert len(set(point.got)) == 2


# The outbox


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_a_letter_comes_once_whatever_becomes_of_the_first_answer(service: StandIn, way: str) -> None:
    letter = a_letter()
    service.plan = [way]
    deliver(letter, port_to(service))
    assert state(letter) == "delivered"
    assert service.got == [known_as(service, letter)]
    assert letter.external
    assert letter.request is not None
    letter.request.refresh_from_db()
    assert letter.request.sent_at == letter.delivered_at
    assert [row[1] for row in tries(letter)].count("begun") == 0
    # What has been taken is never sent again: it is found by asking.
    assert [row[0] for row in tries(letter)].count("send") == (1 if way in DONE else 2)
    assert verify().holds


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["drop", "fail", "garbage"])
@pytest.mark.parametrize("way", [each for each in DONE if each != "ok"])
def test_a_letter_comes_once_when_the_first_question_is_not_answered_either(
    service: StandIn, way: str, asked: str
) -> None:
    letter = a_letter()
    service.plan, service.asked_plan = [way], [asked, asked]
    if isinstance(service, IntegrationPoint) and way == "garbage":
        service.asked_plan = []  # taken at once: that it answered well is enough
    deliver(letter, port_to(service))
    assert state(letter) == "delivered"
    assert service.got == [known_as(service, letter)]


@pytest.mark.django_db
def test_a_service_that_is_still_at_work_is_not_sent_the_letter_again(service: StandIn) -> None:
    letter, port = a_letter(), port_to(service)
    service.plan = ["slow"]
    assert sending.deliver(letter.pk, port)
    assert sending.deliver(letter.pk, port), "it does not have it yet, and may still be taking it"
    assert tries(letter) == [("send", "unknown"), ("ask", "absent")]
    later(letter)
    service.finish()
    assert not sending.deliver(letter.pk, port), "asked again, though it had its time"
    assert state(letter) == "delivered"
    assert service.got == [known_as(service, letter)]
    assert tries(letter)[-1] == ("ask", "found")


@pytest.mark.django_db
def test_what_lies_half_made_with_the_point_stops_for_a_person_and_then_goes_once(point: IntegrationPoint) -> None:
    letter, port = a_letter(), port_to(point)
    point.plan = ["half"]
    deliver(letter, port)
    assert state(letter) == "stopped"
    sending.told_lost(letter.pk, "Looked it up.")
    Letter.objects.filter(pk=letter.pk).update(state="queued")
    deliver(letter, port)
    assert state(letter) == "delivered"
    assert len(point.got) == 1


@pytest.mark.django_db
def test_what_the_point_has_given_up_since_is_sent_anew_though_it_was_told_lost(point: IntegrationPoint) -> None:
    letter, port = a_letter(), port_to(point)
    point.plan = ["half"]
    deliver(letter, port)
    sending.told_lost(letter.pk, "Looked it up.")
    point.statuses[message_id(letter.reference)].append("FEIL")
    for reached in ("failed", "delivered"):
        Letter.objects.filter(pk=letter.pk).update(state="queued", queued_at=clock.now())
        deliver(letter, port)
        assert state(letter) == reached
    assert point.got == [message_id(f"{letter.reference}.2")]


@pytest.mark.django_db
def test_an_accepted_letter_whose_answer_was_lost_is_found_not_sent_again(service: StandIn) -> None:
    letter = a_letter()
    service.plan = ["drop"]
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


@pytest.mark.django_db
def test_letters_that_a_service_could_not_tell_of_are_asked_about_again_all_at_once(service: StandIn) -> None:
    letter, away = a_letter(), port_to(service, "http://127.0.0.1:9")
    service.plan = ["drop"]
    assert sending.deliver(letter.pk, port_to(service))
    deliver(letter, away)
    assert state(letter) == "stopped"
    directorate = worker(Party.DIRECTORATE)
    for _ in range(2):  # away still: as many questions again, and nothing is sent
        letters.ask(directorate, year=YEAR, letters=[letter.pk])
        deliver(letter, away)
        assert state(letter) == "stopped"
    assert len(tries(letter)) == 3 * sending.MOST_UNKNOWN
    letters.ask(directorate, year=YEAR, letters=[letter.pk])
    assert deliver(letter, port_to(service)) == 1
    assert state(letter) == "delivered"
    assert [did for did, _ in tries(letter)].count("send") == len(service.got) == 1


@pytest.mark.parametrize("words", ["", "404 {}", "404", "AVVIST", "No space left on device", "[1]", '{"a": 1}'])
def test_the_words_of_a_service_are_shown_as_they_are(words: str) -> None:
    assert service_told(words, "nn") == words


def test_what_we_say_of_a_service_is_said_in_the_language_of_the_reader() -> None:
    changed = coded("channel_changed", before="svarut", now="folder")
    assert service_told(changed, "nb").startswith("Sist prøvd gjennom KS SvarUt. Nå går brev gjennom mappe til")
    assert service_told(coded("letter_large", size=350_000_001, most=5), "en").startswith("The letter is 350")


@pytest.mark.django_db
def test_another_channel_cannot_tell_what_became_of_a_letter(service: StandIn, tmp_path: Path) -> None:
    letter, folder = a_letter(), FolderDispatch(tmp_path)
    service.plan = ["drop"]
    assert sending.deliver(letter.pk, port_to(service))
    assert not sending.deliver(letter.pk, folder)
    assert state(letter) == "stopped"
    assert letter.why == coded("channel_changed", before=port_to(service).channel, now="folder")
    assert list(tmp_path.iterdir()) == []
    letters.again(worker(Party.DIRECTORATE), year=YEAR, letters=[letter.pk], reason="They never got it.")
    assert not sending.deliver(letter.pk, folder)
    assert state(letter) == "delivered"
    assert letter.channel == "folder"


class Killed(BaseException):
    """The worker dies here."""


class Dying:
    """A channel on which the worker is killed, before or after the letter has gone."""

    channel = Channel.FOLDER
    longest = 0.0

    def __init__(self, inner: Dispatch, *, after: bool) -> None:
        self.inner, self.after, self.died = inner, after, False

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        if self.died:
            return self.inner.send(parcel)
        self.died = True
        if self.after:
            self.inner.send(parcel)
        raise Killed

    def lacks(self, parcel: Parcel) -> str:
        return self.inner.lacks(parcel)

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | RefusedByService | Unknown:
        return self.inner.ask(parcel)

    def status(self, external: str) -> DeliveryStatus | RefusedByService | None:
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

    with monkeypatch.context() as patched:
        patched.setattr(sending, "note", fall)
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
    facts = [
        json.loads(body)["after"] for body in Event.objects.filter(name="letter.take").values_list("body", flat=True)
    ]
    assert [each["letter"] for each in facts] == ["2021/4601-anmodning-1"]


GIVEN_UP: list[tuple[type[StandIn], str]] = [
    *((SvarUt, each) for each in ("AVVIST", "IKKE_LEVERT", "MANUELT_HANDTERT")),
    *((IntegrationPoint, each) for each in ("FEIL", "LEVETID_UTLOPT")),
]


@pytest.mark.django_db
def test_a_delivered_letter_is_followed_until_it_is_read(service: StandIn) -> None:
    letter, port = a_letter(), port_to(service)
    deliver(letter, port)
    assert not sending.follow(letter.pk, port)
    service.statuses[known_as(service, letter)].append("LEST")
    assert sending.follow(letter.pk, port)
    assert not sending.follow(letter.pk, port)
    assert state(letter) == "read"
    assert letter.read_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["LEST", "IKKE_LEVERT"])
def test_a_letter_on_paper_is_followed_too(closed_sockets: None, then: str) -> None:  # noqa: ARG001 (opened after)
    enable_socket()
    with running(SvarUt) as service:
        letter, port = a_letter(), port_to(service)
        deliver(letter, port)
        for status, reached in (("SENDT_PRINT", "on_paper"), ("PRINTET", "on_paper")):
            service.statuses[letter.reference].append(status)
            assert sending.follow(letter.pk, port) == (status == "SENDT_PRINT")
            assert state(letter) == reached
        service.statuses[letter.reference].append(then)
        assert sending.follow(letter.pk, port)
        assert state(letter) == ("read" if then == "LEST" else "failed")
        assert (letter.why == then) == (then == "IKKE_LEVERT")
    disable_socket(allow_unix_socket=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status"), GIVEN_UP)
def test_a_letter_that_is_given_up_after_all_fails_and_is_sent_anew(
    closed_sockets: None,  # noqa: ARG001 (opened after)
    kind: type[StandIn],
    status: str,
) -> None:
    enable_socket()
    with running(kind) as service:
        letter, port = a_letter(), port_to(service)
        deliver(letter, port)
        first = letter.delivered_at if state(letter) == "delivered" else None
        service.statuses[known_as(service, letter)].append(status)
        assert sending.follow(letter.pk, port)
        assert not sending.follow(letter.pk, port)
        assert state(letter) == "failed"
        assert status in letter.why
        asked = Request.objects.get(letters=letter)
        assert asked.sent_at == first is not None, "its municipality has seen its number"
        assert own_letter(letter.round_id, letter.receiver)[0] == letter.pk, "and still reads its letter"
        (row,) = letter_rows(letter.round_id, [letter.pk])
        assert may_read(worker(Party.MUNICIPALITY, letter.receiver).who, standing(letter.round_id), clock.now(), row)
        event = Event.objects.order_by("-pk")[0]
        assert (event.name, event.subject) == ("letter.bounce", f"letter:{letter.reference}")
        # Sent again: really, not found as the one that was given up.
        Letter.objects.filter(pk=letter.pk).update(state="queued", queued_at=clock.now())
        service.plan = ["drop"]
        deliver(letter, port)
        assert state(letter) == "delivered"
        assert len(service.got) == len(set(service.got)) == 2
        assert [row for row in tries(letter) if row[0] == "send"] == [("send", "taken"), ("send", "unknown")]
        assert port.status(letter.external) is None, "the new one is asked about"
    disable_socket(allow_unix_socket=True)


@pytest.mark.django_db
def test_what_is_told_of_an_old_sending_is_not_taken_for_the_new_one(tmp_path: Path) -> None:
    letter = a_letter()
    deliver(letter, FolderDispatch(tmp_path))

    class Late(FolderDispatch):
        """A service that answers after the letter has been sent anew, and gives no reason."""

        def status(self, external: str) -> DeliveryStatus | RefusedByService | None:
            assert external
            if self.folder == tmp_path:
                Letter.objects.filter(pk=letter.pk).update(external="the new one")
            return RefusedByService("")

    assert not sending.follow(letter.pk, Late(tmp_path))
    assert state(letter) == "delivered"
    assert sending.follow(letter.pk, Late(tmp_path / "other"))
    assert state(letter) == "failed"
    assert tries(letter)[-1] == ("ask", "refused")


@pytest.mark.django_db
def test_every_letter_that_was_taken_has_its_turn_to_be_asked_about() -> None:
    letter = a_letter()
    taken = []
    for number in range(7):
        row = Letter.objects.get(pk=letter.pk)
        row.pk, row.reference, row.version = None, f"{YEAR}/x-{number}", number + 2
        row.state = "on_paper" if number == 3 else "delivered"
        row.channel, row.external, row.delivered_at = "svarut", str(number), clock.now()
        row.save()
        taken.append(row.pk)
    assert sorted(delivered("svarut", 100, 5)) == taken
    for most in (1, 2, 3):
        asked = [letter for turn in range(100, 107) for letter in delivered("svarut", most, turn)]
        assert set(asked) == set(taken), most
    assert delivered("folder", 100, 0) == []


# What SvarUt demands


@pytest.fixture
def svarut(closed_sockets: None) -> Iterator[SvarUt]:  # noqa: ARG001 (opened after)
    enable_socket()
    with running(SvarUt) as stand_in:
        yield stand_in
    disable_socket(allow_unix_socket=True)


def test_svarut_gets_the_addresses_and_offers_an_answer_only_to_a_known_one(svarut: SvarUt) -> None:
    port, parcel = port_to(svarut), a_parcel()
    assert isinstance(port.send(parcel), Sent)
    shipment = svarut.taken[0]
    assert shipment["mottaker"] == {
        "navn": "Bergen kommune",
        "digitalId": "300000001",
        "adresselinje1": "Postboks 7700",
        "adresselinje2": "Byrådsavdelingen",
        "postnummer": "5020",
        "poststed": "BERGEN",
    }
    assert shipment["metadataFraAvleverendeSystem"]["registreringsId"] == parcel.reference
    assert shipment["kunDigitalLevering"] is False
    assert "svarSendesTil" not in shipment
    assert isinstance(port.send(replace(parcel, sender_address=Address(("Postboks 8059 Dep",), "0031", "OSLO"))), Sent)
    assert svarut.taken[1]["svarSendesTil"]["digitalId"] == "300000000"
    assert svarut.taken[1]["svarPaForsendelseLink"] is True


def test_without_an_address_nothing_goes_to_svarut(svarut: SvarUt) -> None:
    for lacking in (None, Address(("a", "b", "c", "d"), "5020", "BERGEN")):
        answer = port_to(svarut).send(replace(a_parcel(), receiver_address=lacking))
        assert isinstance(answer, RefusedByService)
        assert '"address_' in answer.words
    large = replace(a_parcel(), pdf=_Large())
    assert "350000000" in port_to(svarut).lacks(large)
    assert svarut.got == []
    assert svarut.headers == {}, "it was not even called"


class _Large(bytes):
    """A file that says it is too large to be made for a test."""

    def __len__(self) -> int:
        return 350_000_001


def test_the_integration_point_takes_letters_of_five_megabytes(point: IntegrationPoint) -> None:
    port = port_to(point)
    assert port.lacks(a_parcel()) == ""
    answer = port.send(a_parcel(pdf=b"x" * (5 * 1024 * 1024 + 1)))
    assert isinstance(answer, RefusedByService)
    assert point.headers == {}


@pytest.mark.parametrize("reference", ['a*b:c"d\\e/f<g>h|i?j', "x" * 400, "a\r\nb\0c"])
def test_a_file_name_holds_nothing_that_a_channel_refuses(reference: str) -> None:
    name = a_parcel(reference).file_name
    assert len(name) <= 226
    assert not set(name) & set('*:"\\/<>|?\r\n\0')
    assert name.endswith(".pdf")


# Access


@pytest.fixture
def access(closed_sockets: None) -> Iterator[Maskinporten]:  # noqa: ARG001 (opened after)
    enable_socket()
    with running(Maskinporten) as stand_in:
        yield stand_in
    disable_socket(allow_unix_socket=True)


def environment_of(access: Maskinporten, svarut: str) -> dict[str, str]:
    return {
        "BOSETT_DISPATCH": "svarut",
        "BOSETT_SVARUT_URL": svarut,
        "BOSETT_SVARUT_ACCOUNT": "k1",
        "BOSETT_SVARUT_INTEGRATION": "integration-1",
        "BOSETT_SVARUT_PASSWORD": "hush",
        "BOSETT_MASKINPORTEN_ISSUER": access.address,
        "BOSETT_MASKINPORTEN_CLIENT": "we",
        "BOSETT_MASKINPORTEN_KEY": access.key.as_pem(private=True).decode(),
        "BOSETT_MASKINPORTEN_KEY_ID": "k-1",
    }


def test_svarut_is_called_with_a_token_that_is_renewed_before_it_runs_out(
    access: Maskinporten, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_600_000_000.0]
    monkeypatch.setattr("bosett_web.dispatch.maskinporten.time.time", lambda: now[0])
    with running(SvarUt) as svarut:
        port = port_of(choice_of(environment_of(access, svarut.address), tmp_path))
        for seconds, token in ((0, "token-1"), (90, "token-1"), (11, "token-2"), (99, "token-2"), (1, "token-3")):
            now[0] += seconds
            assert isinstance(port.send(a_parcel()), Sent)
            assert svarut.headers["Authorization"] == f"Bearer {token}"
        assert svarut.headers["IntegrasjonId"] == "integration-1"
        assert svarut.headers["IntegrasjonPassord"] == "hush"
        assert len(access.used) == 3
        assert port_of(choice_of(environment_of(access, svarut.address), tmp_path)) is port, "one token for a process"


@pytest.mark.parametrize("way", ["refuse", "fail", "garbage", "broken"])
def test_without_a_token_nothing_is_sent_and_nothing_secret_is_told(
    access: Maskinporten, tmp_path: Path, way: str
) -> None:
    with running(SvarUt) as svarut:
        port = port_of(choice_of(environment_of(access, svarut.address), tmp_path))
        access.plan = [way, way]
        for answer in (port.send(a_parcel()), port.ask(a_parcel())):
            assert isinstance(answer, Unknown)
            assert '"access_' in answer.words
            assert "hush" not in answer.words
        assert svarut.got == []
        assert isinstance(port.send(a_parcel()), Sent), "and then it goes"


def test_secrets_are_read_from_files_and_shown_nowhere(access: Maskinporten, tmp_path: Path) -> None:
    given = environment_of(access, "http://127.0.0.1:9")
    for name in ("BOSETT_SVARUT_PASSWORD", "BOSETT_MASKINPORTEN_KEY"):
        (tmp_path / name).write_text(given.pop(name) + "\n", encoding="utf-8")
        given[f"{name}_FILE"] = str(tmp_path / name)
    choice = choice_of(given, tmp_path)
    assert isinstance(choice, Choice)
    assert choice.needs_address
    shown = f"{choice!r} {choice} {port_of(choice)!r}"
    assert "hush" not in shown
    assert "PRIVATE" not in shown
    assert "integration-1" not in shown


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "BOSETT_MASKINPORTEN_KEY",
            "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----",
            "no private RSA key",
        ),
        ("BOSETT_MASKINPORTEN_KEY", "hush", "no private RSA key"),
        ("BOSETT_MASKINPORTEN_KEY_ID", "", "BOSETT_MASKINPORTEN_KEY_ID"),
        ("BOSETT_SVARUT_PASSWORD", "", "BOSETT_SVARUT_PASSWORD"),
        ("BOSETT_DISPATCH_SECONDS", "soon", "whole number"),
    ],
)
def test_what_cannot_be_right_stops_the_workspace_without_telling_secrets(
    access: Maskinporten, tmp_path: Path, name: str, value: str, words: str
) -> None:
    given = environment_of(access, "http://127.0.0.1:9") | {name: value}
    with pytest.raises(NoSuchChannel, match=words) as refused:
        choice_of(given, tmp_path)
    assert "hush" not in str(refused.value)


def test_a_public_key_or_a_file_that_is_away_is_no_key(access: Maskinporten, tmp_path: Path) -> None:
    given = environment_of(access, "http://127.0.0.1:9")
    public = access.key.as_pem(private=False).decode()
    with pytest.raises(NoSuchChannel, match="no private RSA key"):
        choice_of(given | {"BOSETT_MASKINPORTEN_KEY": public}, tmp_path)
    del given["BOSETT_MASKINPORTEN_KEY"]
    with pytest.raises(NoSuchChannel, match="cannot be read"):
        choice_of(given | {"BOSETT_MASKINPORTEN_KEY_FILE": str(tmp_path / "away")}, tmp_path)
