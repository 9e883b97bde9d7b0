"""The letters of a meeting: invitation, agenda and minutes, of a county's meeting and of the joint one."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

import parties
from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import letter_text
from bosett.rounds.parties import Party
from bosett_web.accounts.models import Organisation, PostalAddress
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import letters
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.meetings import meetings
from bosett_web.queries.letters.text import letter_from
from bosett_web.records.models import Letter, Meeting
from markup import tidy
from parties import COUNTIES, DEMO, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
WHEN = datetime(2020, 6, 18, 7, 0, tzinfo=UTC)  # nine o'clock in Norway
COMING = {"invited_by": "2020-06-10", "how_to_come": "til post@imdi.no"}
FORMS = {f"form-{code}": "nn" if code == "46" else "nb" for code in COUNTIES}
JOINT = {"county": "joint", **FORMS}
VESTLAND = {"county": "46", "language": "nn"}


@pytest.fixture(autouse=True)
def _prepared() -> None:
    letters.prepare(
        worker(Party.DIRECTORATE),
        year=YEAR,
        answer_by=date(2020, 12, 15),
        how_to_answer="i Bosett",
        signers="direktør: N.N.",
        neutral_form="nb",
    )


def plan(county: str, agenda: str = "Prognosane\nMåltala") -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=county, at=WHEN, place="Video", agenda=agenda)


def uid(county: str) -> str:
    return str(Meeting.objects.get(county=county).uid)


def hold(county: str, point: str = "") -> None:
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=county)
    if point:
        meetings.add_point(worker(Party.DIRECTORATE), year=YEAR, county=county, point=point)
    Meeting.objects.filter(county=county).update(present_directorate="direktør", present_county="rådgivar, Vestland")
    parties.hold(county, "Alle var samde.")


def text_of(client: Client, path: str) -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, kind: str, **fields: str) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/letter.write", {"shown_to": signed, "kind": kind, **fields})
    return answer.status_code, answer.headers.get("Location", "") or tidy(answer.content.decode())


def plain_text(letter: Letter) -> str:
    return letter_text(letter_from(letter.content)).replace("\u00a0", " ")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Objected, Invalid)) as caught:
        act()
    fault = caught.value
    return fault.objection.code if isinstance(fault, Objected) else getattr(fault, "code", "")


def test_the_agenda_is_written_from_the_meeting_or_item_by_item() -> None:
    client = client_of(Party.DIRECTORATE)
    assert "Møtet er ikke planlagt" in post(client, "agenda", **VESTLAND)[1]
    plan("46", agenda="")
    assert "ingen saksliste" in post(client, "agenda", **VESTLAND)[1]
    meetings.change(
        worker(Party.DIRECTORATE), year=YEAR, county="46", at=WHEN, place="Video", agenda="Prognosane\nMåltala"
    )
    assert post(client, "agenda", **VESTLAND) == (302, f"/{YEAR}/letters")
    letter = Letter.objects.get()
    assert (letter.kind, letter.reference, letter.language) == ("agenda", f"{YEAR}/46-saksliste-1", "nn")
    text = plain_text(letter)
    for words in ("Sakliste", "Vestland fylkeskommune", "18. juni 2020", "09.00", "Prognosane", "Måltala", "Video"):
        assert words in text
    # Written anew, with what is known of each item.
    items = "9.00 Velkomen; 15 min; IMDi\n9.15 Kommune for kommune; 90 min"
    assert post(client, "agenda", **VESTLAND, items=items)[0] == 302
    text = plain_text(Letter.objects.get())
    for words in ("09.15", "Kommune for kommune", "90", "IMDi"):
        assert words in text
    assert "Prognosane" not in text
    # A time before the meeting's, or one that falls, is told by its line; what was written comes back.
    status, page = post(client, "agenda", **VESTLAND, items="9.00 A\n8.30 For tidleg")
    assert status == 422
    assert "«8.30 For tidleg»" in page
    assert "9.00 A\n8.30 For tidleg</textarea>" in page
    assert post(client, "agenda", county="46", language="")[0] == 422
    assert post(client, "agenda", county="")[0] == 422
    stranger = worker(Party.KS)
    assert refused(lambda: lettermeetings.set_agenda(stranger, year=YEAR, county="46", forms={"46": "nb"})) == (
        "wrong_party"
    )


def test_the_joint_meeting_s_letters_go_to_each_county_municipality_in_its_own_form() -> None:
    client = client_of(Party.DIRECTORATE)
    plan("")
    plan("46")
    assert post(client, "invitation", **VESTLAND, **COMING)[0] == 302
    assert "Velg målform for: Vestland." in post(client, "invitation", **JOINT | {"form-46": ""}, **COMING)[1]
    assert Letter.objects.count() == 1
    assert post(client, "invitation", **JOINT, **COMING, ready="Spørsmåla dykkar")[0] == 302
    joint = {row.receiver: row for row in Letter.objects.filter(reference__contains="-felles-")}
    assert set(joint) == set(COUNTIES)
    assert (joint["46"].language, joint["11"].language) == ("nn", "nb")
    assert joint["46"].reference == f"{YEAR}/46-felles-innkalling-1"
    assert joint["46"].version == 2  # beside the invitation to its own meeting
    assert Letter.objects.get(reference=f"{YEAR}/46-innkalling-1").version == 1
    vestland, oslo = plain_text(joint["46"]), plain_text(joint["03"])
    for words in ("felles møte", "Vestland fylkeskommune", "18. juni 2020", "Prognosane", "Spørsmåla dykkar"):
        assert words in vestland
    assert "Oslo kommune" in oslo
    assert "Vestland" not in oslo
    # The own meeting's letters and the joint one's are written anew apart from each other.
    assert post(client, "invitation", **VESTLAND, **COMING)[0] == 302
    assert Letter.objects.count() == len(COUNTIES) + 1
    assert post(client, "agenda", **JOINT)[0] == 302
    assert Letter.objects.filter(kind="agenda").count() == len(COUNTIES)


def test_those_who_have_got_a_letter_of_the_joint_meeting_get_no_other_while_some_wait() -> None:
    client = client_of(Party.DIRECTORATE)
    plan("")
    assert post(client, "invitation", **JOINT, **COMING)[0] == 302
    Letter.objects.exclude(receiver="46").update(state="delivered")
    assert post(client, "invitation", **JOINT, **COMING)[0] == 302
    assert Letter.objects.count() == len(COUNTIES)
    Letter.objects.filter(receiver="46").update(state="stopped")
    assert "på vei" in post(client, "invitation", **JOINT, **COMING)[1]
    # When it has come to all of them, the meeting may have changed, and all get a new one.
    Letter.objects.update(state="delivered")
    assert post(client, "invitation", **JOINT, **COMING)[0] == 302
    assert Letter.objects.filter(state="made").count() == len(COUNTIES)
    assert Letter.objects.get(reference=f"{YEAR}/46-felles-innkalling-2").version == 2


def test_a_letter_of_a_meeting_that_failed_is_written_anew() -> None:
    client = client_of(Party.DIRECTORATE)
    plan("")
    assert post(client, "invitation", **JOINT, **COMING)[0] == 302
    Letter.objects.update(state="delivered")
    Letter.objects.filter(receiver="46").update(state="failed")
    assert 'value="joint"' in text_of(client, "letters")
    for _ in range(2):
        assert post(client, "invitation", **JOINT, **COMING)[0] == 302
        assert Letter.objects.get(state="made").reference == f"{YEAR}/46-felles-innkalling-2"
    assert Letter.objects.get(state="failed").reference == f"{YEAR}/46-felles-innkalling-1"


def test_a_letter_of_a_meeting_that_was_changed_since_is_neither_approved_nor_sent() -> None:
    client = client_of(Party.DIRECTORATE)
    plan("46")
    plan("")
    assert post(client, "invitation", **VESTLAND, **COMING)[0] == 302
    letter, directorate, boss = Letter.objects.get(), worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)

    def move(county: str, place: str) -> None:
        meetings.change(directorate, year=YEAR, county=county, at=WHEN, place=place, agenda="Prognosane\nMåltala")

    move("", "Oslo")  # another meeting
    letters.approve(boss, year=YEAR, letters=[letter.pk])
    move("46", "Bergen")
    changed = "letter_of_changed_meeting"
    assert refused(lambda: letters.send(directorate, year=YEAR, letters=[letter.pk])) == changed
    letters.withdraw(directorate, year=YEAR, letters=[letter.pk], reason="Møtet er flytta.")
    assert refused(lambda: letters.approve(boss, year=YEAR, letters=[letter.pk])) == changed
    assert post(client, "invitation", **VESTLAND, **COMING)[0] == 302
    letters.approve(boss, year=YEAR, letters=[letter.pk])
    letters.send(directorate, year=YEAR, letters=[letter.pk])


def test_the_minutes_of_the_joint_meeting_tell_of_no_municipality() -> None:
    client = client_of(Party.DIRECTORATE)
    plan("")
    assert "Møtet er ikke holdt." in post(client, "minutes", **JOINT)[1]
    hold("", "Tal for ledige bustader")
    assert "Møtet er ikke planlagt." in post(client, "agenda", **JOINT)[1]
    assert post(client, "minutes", **JOINT)[0] == 302
    assert Letter.objects.filter(kind="minutes").count() == len(COUNTIES)
    text = plain_text(Letter.objects.get(receiver="46"))
    for words in (
        "Referat",
        "felles møte",
        "rådgivar, Vestland",
        "fylkeskommunane",
        "Alle var samde.",
        "ledige bustader",
    ):
        assert words in text
    assert "Tal for ledige bustader" in text
    assert "Møtet sette ikkje tal" in text


def test_the_calendar_file_comes_with_the_invitation_to_the_directorate_and_the_receivers() -> None:
    client = client_of(Party.DIRECTORATE)
    plan("")
    plan("46")
    assert post(client, "invitation", **VESTLAND, **COMING)[0] == 302
    assert post(client, "invitation", **JOINT, **COMING)[0] == 302
    assert post(client, "agenda", **VESTLAND)[0] == 302
    own = Letter.objects.get(reference=f"{YEAR}/46-innkalling-1")
    assert f'href="/{YEAR}/meetings/46/{uid("46")}.ics"' in text_of(client, f"letters/{own.pk}")
    joint = Letter.objects.get(reference=f"{YEAR}/11-felles-innkalling-1")
    assert f'href="/{YEAR}/meetings/joint/{uid("")}.ics"' in text_of(client, f"letters/{joint.pk}")
    agenda = Letter.objects.get(kind="agenda")
    assert ".ics" not in text_of(client, f"letters/{agenda.pk}")
    answer = client.get(f"/{YEAR}/letters/all.zip?kind=invitation")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        names = {name for name in archive.namelist() if name.endswith(".ics")}
        assert names == {f"bosett-{YEAR}-46.ics", f"bosett-{YEAR}-felles.ics"}
        assert b"DTSTART;TZID=Europe/Oslo:20200618T090000" in archive.read(f"bosett-{YEAR}-46.ics")
    # The receiver finds letter and calendar file on the meeting's page, when each has come to it.
    vestland = client_of(Party.COUNTY, "46")
    assert vestland.get(f"/{YEAR}/meetings/46").status_code == 404
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county="46")
    page = text_of(vestland, "meetings/46")
    assert f'href="/{YEAR}/meetings/46.ics"' in page
    assert f"letters/{own.pk}.pdf" not in page
    Letter.objects.filter(kind="invitation").update(state="delivered")
    page = text_of(vestland, "meetings/46")
    assert f'href="/{YEAR}/letters/{own.pk}.pdf"' in page
    assert f"letters/{agenda.pk}.pdf" not in page
    assert f"letters/{joint.pk}.pdf" not in page
    assert vestland.get(f"/{YEAR}/meetings/46.ics").status_code == 200
    assert client_of(Party.COUNTY, "11").get(f"/{YEAR}/meetings/46.ics").status_code == 404


def test_a_known_address_stands_beneath_the_name() -> None:
    organisation = Organisation.objects.get(seats__party="county", seats__area="46")
    PostalAddress.objects.create(
        organisation=organisation,
        lines="Postboks 7900",
        postal_code="5020",
        place="Bergen",
        publisher="X",
        known_on=date(2020, 5, 1),
    )
    plan("")
    assert post(client_of(Party.DIRECTORATE), "agenda", **JOINT)[0] == 302
    assert "Vestland fylkeskommune\nPostboks 7900\n5020 Bergen" in plain_text(Letter.objects.get(receiver="46"))
    assert "Postboks 7900" not in plain_text(Letter.objects.get(receiver="11"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_whole_in_every_language(language: str) -> None:
    client = client_of(Party.DIRECTORATE, language=language)
    plan("")
    plan("46")
    plan("11")
    assert post(client, "invitation", **VESTLAND, **COMING)[0] == 302
    hold("11")
    page = text_of(client, "letters")
    for field in ('name="invited_by"', 'name="items"', 'name="form-46"', 'value="joint"', 'value="minutes"'):
        assert field in page
    ids = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids)), [each for each in set(ids) if ids.count(each) > 1]
    Letter.objects.update(state="delivered")
    assert Letter.objects.get().reference.removeprefix(f"{YEAR}/") in text_of(client, "meetings/46")
