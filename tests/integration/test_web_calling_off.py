"""A meeting that is called off: who is told, by page, letter and calendar file; and another that is planned then."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from icalendar import Calendar

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import HowToAnswer, Worded, letter_text
from bosett.rounds.parties import Party
from bosett_web.actions.letters import letters, sending
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.meetings import meetings
from bosett_web.actions.round import demo
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.journal.models import Event
from bosett_web.queries.letters.text import letter_from
from bosett_web.queries.round.duties import duties
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import DeliveryTry, Letter, Meeting
from lettersteps import deliver, post, prepare, refused, text_of
from parties import COUNTIES, DEMO, SHARED, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]

COUNTY, OTHER = "46", "11"
WHEN = datetime(2020, 6, 18, 7, 0, tzinfo=UTC)
WHY = "Prognosene kommer først i juli."
FORMS = dict.fromkeys(COUNTIES, "nb") | {COUNTY: "nn"}


def plan(county: str = COUNTY, at: datetime = WHEN) -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=county, at=at, place="Video", agenda="Prognosane")


def invite(county: str = COUNTY) -> None:
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=county)


def clock_to_the_day() -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=WHEN.date())


def call_off(county: str = COUNTY, reason: str = WHY) -> None:
    meetings.call_off(worker(Party.DIRECTORATE), year=YEAR, county=county, reason=reason)


def write_invitation(county: str = COUNTY) -> list[int]:
    """Write the invitation to a meeting, and return its letters."""
    prepare()
    answer = HowToAnswer(date(2020, 6, 10), Worded.same("til post@imdi.no"))
    before = set(Letter.objects.values_list("pk", flat=True))
    lettermeetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=county, forms=FORMS, answer=answer)
    return sorted(set(Letter.objects.filter(state="made").values_list("pk", flat=True)) - before)


def tell(county: str = COUNTY) -> list[Letter]:
    """Write that a meeting is called off, and return the letters."""
    lettermeetings.tell_called_off(worker(Party.DIRECTORATE), year=YEAR, county=county, forms=FORMS)
    return list(Letter.objects.filter(kind="cancellation").order_by("receiver"))


# The calendar file


@dataclass(frozen=True)
class File:
    """What a calendar reads of a file."""

    content: bytes

    @property
    def method(self) -> str:
        return str(Calendar.from_ical(self.content)["METHOD"])

    def __getattr__(self, name: str) -> object:
        (event,) = Calendar.from_ical(self.content).walk("VEVENT")
        return event.decoded(name) if name in ("sequence", "dtstamp") else str(event[name])


def file_of(client: Client, address: str = f"meetings/{COUNTY}.ics") -> File:
    answer = client.get(f"/{YEAR}/{address}")
    assert answer.status_code == 200
    return File(answer.content)


def changes() -> Iterator[Callable[[], object]]:
    """Yield everything that a meeting's file may be changed by, and what changes nothing in it, in an order."""
    by = worker(Party.DIRECTORATE)
    change = partial(meetings.change, by, year=YEAR, county=COUNTY)
    yield invite
    yield partial(change, at=WHEN, place="Bergen", agenda="Prognosane")
    yield partial(meetings.note_present, by, year=YEAR, county=COUNTY, present={"ks": "rådgiver"})
    yield partial(change, at=WHEN + timedelta(days=2), place="Bergen", agenda="Prognosane")
    yield partial(meetings.add_point, by, year=YEAR, county=COUNTY, point="Bustader")
    yield partial(change, at=WHEN + timedelta(days=2), place="Bergen", agenda="Måltala")
    yield call_off


def faults(files: list[File]) -> list[str]:
    """Return what is wrong with the files of one meeting, in the order in which they were fetched."""
    wrong = []
    for before, after in pairwise(files):
        if before.uid != after.uid:
            wrong.append("another identity")
        if before.content != after.content and not (before.sequence < after.sequence):  # type: ignore[operator]
            wrong.append("another file under the same number")
        if before.dtstamp > after.dtstamp:  # type: ignore[operator]
            wrong.append("a stamp that is older")
    return wrong


def test_each_change_of_a_calendar_file_counts_and_its_identity_stays() -> None:
    plan()
    client = client_of(Party.DIRECTORATE)
    files = [file_of(client)]
    for change in changes():
        change()
        files.append(file_of(client))
    assert faults(files) == []
    assert [file.status for file in files] == ["TENTATIVE", *["CONFIRMED"] * 6, "CANCELLED"]
    assert [file.method for file in files] == [*["PUBLISH"] * 7, "CANCEL"]
    assert len({file.content for file in files}) == 6, "notes change nothing"
    assert str(files[-1].comment) == WHY


def test_the_check_can_fail() -> None:
    plan()
    client = client_of(Party.DIRECTORATE)
    first = file_of(client)
    Meeting.objects.update(place="Bergen")
    assert faults([first, file_of(client)]) == ["another file under the same number"]
    Meeting.objects.update(uid=UUID(int=7), sequence=3)
    assert faults([first, file_of(client)]) == ["another identity"]


def test_an_identity_is_given_out_once_in_the_world() -> None:
    """Two workspaces number their meetings alike: a calendar that holds both must not take one for the other."""
    plan()
    first = str(file_of(client_of(Party.DIRECTORATE)).uid)
    again = Meeting.objects.get().pk
    Meeting.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('records_meeting_id_seq', %s, false)", [again])
    plan()
    assert Meeting.objects.get().pk == again
    second = str(file_of(client_of(Party.DIRECTORATE)).uid)
    assert first != second
    assert UUID(second).version == 4


# Who may, and what is left


def test_who_runs_the_round_calls_off_with_a_reason_before_the_meeting_is_held() -> None:
    plan()
    invite()
    assert refused(partial(call_off, reason="  ")) == "reason_missing"
    for party, area in ((Party.KS, ""), (Party.COUNTY, COUNTY), (Party.MINISTRY, "")):
        by = worker(party, area)
        act = partial(meetings.call_off, by, year=YEAR, county=COUNTY, reason=WHY)
        assert refused(act) == "wrong_party"
        assert post(client_of(party, area), "meeting.call_off", county=COUNTY, reason=WHY)[0] in (403, 404)
    assert refused(partial(call_off, OTHER)) == "meeting_not_planned"
    assert Meeting.objects.get().state == "invited"
    status, address = post(client_of(Party.DIRECTORATE), "meeting.call_off", county=COUNTY, reason=WHY)
    assert (status, address) == (302, f"/{YEAR}/meetings/{COUNTY}")
    assert refused(call_off) == "meeting_not_planned"
    event = Event.objects.exclude(name="refused").order_by("-pk")[0]
    assert (event.name, event.subject) == ("meeting.call_off", f"meeting:{YEAR}:{COUNTY}")
    plan()
    invite()
    clock_to_the_day()
    meetings.hold(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, minutes="Gått gjennom")
    assert refused(call_off) == "wrong_state"


def test_the_database_holds_a_meeting_that_is_off_to_its_reason() -> None:
    plan()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(state="called_off")
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(called_off_why=WHY)


def test_another_can_be_planned_and_the_first_is_told_beside_it() -> None:
    plan()
    invite()
    first = Meeting.objects.get()
    call_off()
    plan(at=WHEN + timedelta(days=7))
    invite()
    second = Meeting.objects.exclude(pk=first.pk).get()
    assert (second.state, second.sequence) == ("invited", 1)
    vestland = client_of(Party.COUNTY, COUNTY)
    assert str(file_of(vestland).uid) == str(second.uid)
    assert file_of(vestland, f"meetings/{COUNTY}/{first.uid}.ics").method == "CANCEL"
    assert file_of(vestland, f"meetings/{COUNTY}/{second.uid}.ics").method == "PUBLISH"
    assert vestland.get(f"/{YEAR}/meetings/{COUNTY}/{UUID(int=7)}.ics").status_code == 404
    for path in ("meetings", f"meetings/{COUNTY}"):
        page = text_of(vestland, path)
        assert "25. juni 2020" in page
        assert "Et møte som skulle ha vært 18. juni 2020 kl. 09.00, ble avlyst 19. mai 2020." in page
        assert WHY in page
    assert refused(plan) == "meeting_planned_already"


@pytest.mark.begins_at(SHARED)
def test_it_is_owed_to_plan_another() -> None:
    def owed() -> set[str]:
        return {each.code for each in duties(standing(YEAR), clock.today()) if each.area == COUNTY}

    assert "meeting.plan" in owed()
    plan(at=datetime(2020, 7, 2, 7, 0, tzinfo=UTC))
    assert "meeting.invite" in owed()
    assert "meeting.plan" not in owed()
    call_off()
    assert "meeting.plan" in owed()
    assert "meeting.invite" not in owed()


# Pages


@pytest.mark.begins_at(SHARED)
def test_everybody_who_was_called_is_told_and_nobody_else() -> None:
    later = datetime(2020, 7, 2, 7, 0, tzinfo=UTC)
    for county in (COUNTY, ""):
        plan(county, later)
        invite(county)
        call_off(county)
    words = {"nb": "avlyst", "nn": "avlyst", "en": "called off"}
    for language in LANGUAGES:
        vestland = client_of(Party.COUNTY, COUNTY, language=language)
        directorate, ks = client_of(Party.DIRECTORATE, language=language), client_of(Party.KS, language=language)
        for client in (vestland, directorate, ks):
            for path in ("meetings", f"meetings/{COUNTY}", "meetings/joint"):
                page = text_of(client, path)
                assert words[language] in page, path
                assert WHY in page, path
        assert words[language] in text_of(vestland, f"counties/{COUNTY}"), "beside the sheet"
        assert words[language] in text_of(directorate, "country").lower()
        assert words[language] in text_of(ks, "ks").lower()
        assert words[language] in text_of(directorate, "").lower(), "the overview tells of the joint one"
        assert words[language] in text_of(directorate, "journal").lower()
    rogaland = client_of(Party.COUNTY, OTHER)
    assert rogaland.get(f"/{YEAR}/meetings/{COUNTY}").status_code == 404
    assert client_of(Party.MUNICIPALITY, "4601").get(f"/{YEAR}/meetings/joint").status_code == 404
    assert client_of(Party.UDI).get(f"/{YEAR}/meetings/{COUNTY}.ics").status_code == 404


def test_what_was_only_planned_is_dropped_and_its_parties_never_hear_of_it() -> None:
    plan()
    call_off()
    assert Meeting.objects.get().state == "dropped"
    assert Event.objects.order_by("-pk")[0].name == "meeting.drop"
    assert WHY in text_of(client_of(Party.DIRECTORATE), f"meetings/{COUNTY}")
    assert client_of(Party.COUNTY, COUNTY).get(f"/{YEAR}/meetings/{COUNTY}").status_code == 404
    prepare()
    assert refused(tell) == "meeting_letter_on_its_way", "nobody has been told"


# Letters


def test_an_invitation_that_waits_in_the_outbox_is_not_sent(tmp_path: Path) -> None:
    plan()
    (letter,) = write_invitation()
    invite()
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter])
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter])
    call_off()
    assert not sending.deliver(letter, FolderDispatch(tmp_path))
    assert Letter.objects.get(pk=letter).state == "failed"
    assert not DeliveryTry.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_letter_tells_those_who_were_called_in_their_form() -> None:
    for county in (COUNTY, ""):
        plan(county)
        invite(county)
        call_off(county)
    prepare()
    (own,) = tell()
    assert (own.reference, own.language) == (f"{YEAR}/{COUNTY}-avlysning-1", "nn")
    text = letter_text(letter_from(own.content)).replace("\u00a0", " ")
    for words in ("Avlysing av regionalt fordelingsmøte for Vestland", "18. juni 2020", "kl. 09.00", "Video", WHY):
        assert words in text, words
    joint = {each.receiver: each for each in tell("") if each.pk != own.pk}
    assert set(joint) == set(COUNTIES)
    assert joint[OTHER].reference == f"{YEAR}/{OTHER}-felles-avlysning-1"
    text = letter_text(letter_from(joint[OTHER].content)).replace("\u00a0", " ")
    assert "IMDi avlyser det felles møtet 18. juni 2020 om bosettingen i 2021." in text
    # With the letters go the files that take the meetings out of the calendars.
    answer = client_of(Party.DIRECTORATE).get(f"/{YEAR}/letters/all.zip?kind=cancellation")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        names = {name for name in archive.namelist() if name.endswith(".ics")}
        assert names == {f"bosett-{YEAR}-{COUNTY}-avlyst.ics", f"bosett-{YEAR}-felles-avlyst.ics"}
        assert File(archive.read(f"bosett-{YEAR}-{COUNTY}-avlyst.ics")).method == "CANCEL"


def test_of_a_meeting_that_was_only_planned_those_are_told_whom_a_letter_reached(tmp_path: Path) -> None:
    plan("")
    made = write_invitation("")
    first = Letter.objects.get(pk=made[0])
    deliver(first.pk, tmp_path)
    call_off("")
    assert [each.receiver for each in tell("")] == [first.receiver]


def test_a_letter_of_another_meeting_goes_to_all_again(tmp_path: Path) -> None:
    plan("")
    made = write_invitation("")
    deliver(made[0], tmp_path)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[made[1]])
    call_off("")
    plan("")  # at the same time and place
    anew = set(write_invitation(""))
    written = Letter.objects.filter(state="made", kind="invitation")
    assert {each.receiver for each in written} == set(COUNTIES)
    assert len(anew) == 2, "drafts are written anew under their own references"
    assert refused(
        partial(letters.send, worker(Party.DIRECTORATE), year=YEAR, letters=[made[1]]),
    ) == ("letter_called_off")


def test_the_form_of_the_letter_stands_where_letters_are_written() -> None:
    client = client_of(Party.DIRECTORATE)
    prepare()
    plan()
    invite()
    assert "Skriv om avlysning" not in text_of(client, "letters")
    call_off()
    assert "Skriv om avlysning" in text_of(client, "letters")
    fields = {"kind": "cancellation", "county": COUNTY, "language": "nn"}
    assert post(client, "letter.write", **fields)[0] == 302
    letter = Letter.objects.get(kind="cancellation")
    page = text_of(client, f"letters/{letter.pk}")
    assert f'href="/{YEAR}/meetings/{COUNTY}/{Meeting.objects.get().uid}.ics"' in page
