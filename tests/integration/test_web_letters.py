"""Letters in the workspace: from frozen numbers to what the receiver reads."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.documents.letters import letter_text
from bosett.documents.letters.language import forms_of
from bosett.geography import LanguageForm, municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.actions import demo, lettermaking, letters, meetings, rounds, sending
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.lettermaking import make_all
from bosett_web.dispatch import Absent, Found, Parcel, Refused, Sent, Unknown, choice_of
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.jobs import letters as jobs
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.pages.words import LANGUAGES
from bosett_web.queries.lettering import due, languages_of, signers_of
from bosett_web.queries.letters import letter_rows, unattended
from bosett_web.queries.lettertext import kept, letter_from
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.letters import DeliveryTry, Letter
from bosett_web.records.models import Correction, Proposal, Request
from parties import COUNTIES, YEAR, approver, decide_targets, finish_county, freeze, share_proposal, worker

pytestmark = pytest.mark.django_db
BERGEN = "4601"


@pytest.fixture(autouse=True)
def _demo() -> None:
    demo.begin()


def frozen_round() -> None:
    decide_targets()
    share_proposal()
    for county in COUNTIES:
        finish_county(county)
    freeze()


def prepare(
    answer_by: date = date(2020, 12, 15),
    how_to_answer: str = "i Bosett",
    signers: str = "avdelingsdirektør: N.N.",
    neutral_form: str = "nb",
) -> None:
    letters.prepare(
        worker(Party.DIRECTORATE),
        year=YEAR,
        answer_by=answer_by,
        how_to_answer=how_to_answer,
        signers=signers,
        neutral_form=neutral_form,
    )


def only(*codes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only some municipalities' letters be made, so that the test is quick."""
    monkeypatch.setattr("bosett_web.queries.lettering.municipalities", lambda year: _some(year, codes))


def _some(year: int, codes: tuple[str, ...]) -> list[object]:
    return [place for place in municipalities(year) if place.code in codes]


def made(monkeypatch: pytest.MonkeyPatch, *codes: str) -> list[Letter]:
    """Freeze the round and make the letters of some municipalities."""
    frozen_round()
    only(*codes, monkeypatch=monkeypatch)
    prepare()
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == len(codes)
    return list(Letter.objects.order_by("receiver"))


def client_of(party: Party, grade: Grade = Grade.CASE_WORKER, area: str = "") -> Client:
    client = Client()
    grant = Grant.objects.get(seat__party=party, seat__area=area, grade=grade)
    assert client.post("/login/demo", {"grant": grant.pk}).status_code == 302
    return client


def text_of(client: Client, path: str) -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = str(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, name: str, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed, **fields})
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Objected, Invalid)) as caught:
        act()
    fault = caught.value
    if isinstance(fault, Objected):
        return fault.objection.code
    assert isinstance(fault, Invalid)
    return fault.code


# Making


def test_before_the_freeze_no_letter_is_due_or_made() -> None:
    assert due(standing(YEAR), clock.today()) == ()
    assert refused(lambda: letters.make(worker(Party.DIRECTORATE), year=YEAR)) == "gate_frozen"
    assert refused(lambda: letters.make(worker(Party.KS), year=YEAR)) == "wrong_party"
    assert make_all(YEAR, 1) == 0


def test_a_letter_that_lacks_a_fact_is_not_made_and_the_page_says_what_lacks() -> None:
    frozen_round()
    found = due(standing(YEAR), clock.today())
    assert len(found) == 356
    lacks = Counter(lack.code for each in found for lack in each.lacks())
    asked = Request.objects.filter(round=YEAR).count()
    neutral = sum(form is LanguageForm.NEUTRAL for form in forms_of(YEAR).values())
    unknown = sum(form is None for form in forms_of(YEAR).values())
    assert lacks == {"signers": 356, "deadline": asked, "answer_way": asked, "language": neutral + unknown}
    assert make_all(YEAR, 1) == 0
    assert not Letter.objects.exists()
    page = text_of(client_of(Party.DIRECTORATE), "letters")
    assert "Hvem som signerer" in page
    assert "356 brev" in page
    # What is a mistake is said where it was written.
    assert refused(lambda: prepare(signers="bare et navn")) == "signer_incomplete"
    assert refused(lambda: prepare(neutral_form="en")) == "form_unknown"
    assert [each.name for each in signers_of("avdelingsdirektør: N.N.\n\n")] == ["N.N."]


def test_a_deadline_before_the_letter_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen_round()
    only(BERGEN, monkeypatch=monkeypatch)
    prepare(answer_by=date(2020, 1, 1))
    (one,) = due(standing(YEAR), clock.today())
    assert [lack.code for lack in one.lacks()] == ["deadline"]


def test_every_letter_of_the_country_is_made_once_with_its_number() -> None:
    frozen_round()
    prepare()
    person = worker(Party.DIRECTORATE).person_id
    ready = [each for each in due(standing(YEAR), clock.today()) if not each.lacks()]
    assert make_all(YEAR, person) == len(ready) > 300
    rows = list(Letter.objects.order_by("receiver"))
    assert len({row.reference for row in rows}) == len(rows)
    numbers = dict(Request.objects.filter(round=YEAR).values_list("municipality", "number"))
    for row in rows:
        text = letter_text(letter_from(row.content)).replace("\u00a0", " ")
        assert bytes(row.pdf).startswith(b"%PDF")
        assert row.kind == ("request" if row.receiver in numbers else "not_asked")
        assert row.reference == f"{YEAR}/{row.receiver}-1" in text
        if row.receiver in numbers:
            assert re.search(rf"\b{numbers[row.receiver]} person(?:er|ar)?", text), row.receiver
    # Each receiver's own form; and neutral ones by the law's quarter.
    chosen = languages_of(YEAR, "nb")
    assert {row.receiver: row.language for row in rows} == {each.code: chosen[each.code] for each in ready}
    neutral = [row.language for row in rows if forms_of(YEAR)[row.receiver] is LanguageForm.NEUTRAL]
    assert 4 * neutral.count("nn") >= len(neutral)
    # Run again, as after a crash: nothing is made twice.
    events = Event.objects.count()
    assert make_all(YEAR, person) == 0
    assert Event.objects.count() == events
    assert verify().holds


def test_a_making_that_was_broken_off_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen_round()
    only(BERGEN, "4602", "0301", monkeypatch=monkeypatch)
    prepare()
    monkeypatch.setattr("bosett_web.actions.lettermaking.BATCH", 1)
    real = lettermaking._store  # noqa: SLF001  - the place where it is broken off
    calls: list[int] = []

    def dies(*given: Any) -> int:  # noqa: ANN401  - whatever it is called with
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given)

    with monkeypatch.context() as held:
        held.setattr("bosett_web.actions.lettermaking._store", dies)
        with pytest.raises(KeyboardInterrupt):
            make_all(YEAR, 1)
    assert Letter.objects.count() == 1
    assert make_all(YEAR, 1) == 2
    assert Letter.objects.count() == 3


def test_a_run_that_no_longer_computes_explains_nothing_and_no_letter_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen_round()
    only(BERGEN, monkeypatch=monkeypatch)
    prepare()
    stored = Proposal.objects.get(round=YEAR)
    Proposal.objects.update(inputs={**stored.inputs, "total": 1})
    assert make_all(YEAR, 1) == 0
    last = Event.objects.filter(name="letter.make").latest("pk")
    assert "explained" in json.loads(last.body)["after"]["not_made"][f"{YEAR}/{BERGEN}-1"]


def test_what_was_made_and_not_approved_is_made_anew_under_the_same_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    (before,) = made(monkeypatch, BERGEN)
    prepare(how_to_answer="til post@imdi.no")
    assert make_all(YEAR, 7) == 1
    (after,) = Letter.objects.all()
    assert (after.pk, after.reference, after.version) == (before.pk, before.reference, 1)
    assert after.sha256 != before.sha256
    assert after.made_by == 7
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[after.pk])
    prepare(how_to_answer="i Bosett")
    assert make_all(YEAR, 8) == 0


def test_the_typed_letter_comes_back_as_it_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = made(monkeypatch, BERGEN)
    assert kept(letter_from(row.content)) == row.content


def test_making_is_ordered_once_and_seen_on_the_page() -> None:
    frozen_round()
    client = client_of(Party.DIRECTORATE)
    assert post(client, "letter.make") == (302, f"/{YEAR}/letters")
    job = ProcrastinateJob.objects.get(task_name="make_letters")
    assert job.args == {"year": YEAR, "person": worker(Party.DIRECTORATE).person_id}
    assert "hx-trigger" in text_of(client, "letters")
    assert post(client, "letter.make")[0] == 422
    # What follows it tells when it is done, and leaves the forms alone.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'make_letters'")
    answer = client.get(f"/{YEAR}/letters", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in answer.headers
    assert "Ferdig." in answer.content.decode()
    assert "hx-trigger" not in answer.content.decode()
    assert ProcrastinateJob.objects.filter(task_name="make_letters").count() == 1


def test_an_invitation_is_written_from_the_meeting_s_own_facts(tmp_path: Path) -> None:
    client = client_of(Party.DIRECTORATE)
    fields = {"county": "46", "language": "nn", "invited_by": "2020-08-20", "how_to_come": "til post@imdi.no"}
    fields["ready"] = "Eit tal for kvar kommune"

    def told() -> str:
        status, page = post(client, "letter.write", **fields)
        assert status == 422
        return page

    assert "Det er ikke planlagt" in told() or "møte" in told()
    when = datetime(2020, 9, 10, 8, 0, tzinfo=UTC)
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="46", at=when, place="Bergen")
    assert "hvem som signerer" in told()
    prepare()
    assert "ingen saksliste" in told()
    meetings.change(
        worker(Party.DIRECTORATE), year=YEAR, county="46", at=when, place="Bergen", agenda="Prognosane\nFramlegget"
    )
    assert "senere enn" in post(client, "letter.write", **{**fields, "invited_by": "2020-05-01"})[1]
    assert post(client, "letter.write", **fields)[0] == 302
    assert post(client, "letter.write", **fields)[0] == 302  # written anew under the same reference
    letter = Letter.objects.get()
    text = letter_text(letter_from(letter.content)).replace("\u00a0", " ")
    for said in (
        "Vestland fylkeskommune",
        "10. september 2020",
        "Prognosane",
        "Framlegget",
        "Eit tal for kvar kommune",
    ):
        assert said in text
    assert "Vestland" in text_of(client, "letters?kind=invitation")
    deliver(letter.pk, tmp_path)
    assert "godkjent eller sendt" in told()
    assert client_of(Party.COUNTY, area="46").get(f"/{YEAR}/letters/{letter.pk}.pdf").status_code == 200
    assert client_of(Party.COUNTY, area="11").get(f"/{YEAR}/letters/{letter.pk}.pdf").status_code == 404


# Approving and sending


def test_the_second_person_approves_and_all_of_it_is_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, "0301")
    ids = [row.pk for row in rows]
    Letter.objects.update(made_by=approver(Party.DIRECTORATE).person_id)
    boss = approver(Party.DIRECTORATE)
    assert refused(lambda: letters.approve(boss, year=YEAR, letters=ids)) == "same_person"
    Letter.objects.update(made_by=worker(Party.DIRECTORATE).person_id)
    assert refused(lambda: letters.approve(worker(Party.DIRECTORATE), year=YEAR, letters=ids)) == "low_grade"
    assert refused(lambda: letters.approve(boss, year=YEAR, letters=[*ids, 999_999])) == "letters_gone"
    assert refused(lambda: letters.approve(boss, year=YEAR, letters=[])) == "letters_gone"
    event = letters.approve(boss, year=YEAR, letters=ids)
    told = json.loads(event.body)["after"]["letters"]
    assert told == {row.reference: row.sha256 for row in rows}
    assert set(Letter.objects.values_list("state", "approved_by")) == {("approved", boss.person_id)}
    letters.withdraw(worker(Party.DIRECTORATE), year=YEAR, letters=ids[:1], reason="En skrivefeil.")
    assert Letter.objects.get(pk=ids[0]).approved_by is None


def test_sending_queues_letter_and_job_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, "0301")
    ids = [row.pk for row in rows]
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)

    def fall(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as held:
        held.setattr("bosett_web.actions.letters.note", fall)
        with pytest.raises(KeyboardInterrupt):
            letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)
    assert set(Letter.objects.values_list("state", flat=True)) == {"approved"}
    assert not ProcrastinateJob.objects.filter(task_name="send_letter").exists()
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)
    jobs = ProcrastinateJob.objects.filter(task_name="send_letter").order_by("pk")
    assert [job.args["letter"] for job in jobs] == ids
    assert [job.lock for job in jobs] == [f"letter:{each}" for each in ids]
    assert unattended("send_letter", sending.waiting()) == []
    assert unattended("send_letter", [*ids, 7]) == [7]


def test_an_outdated_letter_is_not_sent_and_a_correction_makes_a_new_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (first,) = made(monkeypatch, BERGEN)
    directorate, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    letters.approve(boss, year=YEAR, letters=[first.pk])
    correct(170)
    assert refused(lambda: letters.send(directorate, year=YEAR, letters=[first.pk])) == "letter_outdated"
    (one,) = due(standing(YEAR), clock.today())
    assert [lack.code for lack in one.lacks()] == ["outdated"]
    letters.withdraw(directorate, year=YEAR, letters=[first.pk], reason="Rettet tall.")
    assert make_all(YEAR, directorate.person_id) == 1
    deliver(first.pk, tmp_path)
    # Sent; then corrected once more: the new letter is a revised request, beside the first.
    correct(160)
    assert make_all(YEAR, directorate.person_id) == 1
    revised = Letter.objects.get(version=2)
    assert (revised.kind, revised.reference) == ("revised", f"{YEAR}/{BERGEN}-2")
    text = letter_text(letter_from(revised.content))
    assert "170" in text
    assert "160" in text
    # Corrected while it waits to go out: the old number never leaves.
    letters.approve(boss, year=YEAR, letters=[revised.pk])
    letters.send(directorate, year=YEAR, letters=[revised.pk])
    correct(150)
    assert not sending.deliver(revised.pk, FolderDispatch(tmp_path))
    assert Letter.objects.get(pk=revised.pk).state == "failed"
    assert not DeliveryTry.objects.filter(letter=revised).exists()
    assert refused(lambda: letters.retry(directorate, year=YEAR, letters=[revised.pk])) == "letter_outdated"
    assert make_all(YEAR, directorate.person_id) == 1
    assert Letter.objects.get(version=3).reference == f"{YEAR}/{BERGEN}-3"


def correct(number: int) -> None:
    rounds.propose_correction(
        worker(Party.DIRECTORATE), year=YEAR, municipality=BERGEN, number=number, reason="En rettelse."
    )
    found = Correction.objects.get(approved_at=None)
    rounds.correct(approver(Party.DIRECTORATE), year=YEAR, correction=found.pk)


def deliver(letter: int, folder: Path) -> None:
    if Letter.objects.get(pk=letter).state == "made":
        letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter])
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter])
    assert not sending.deliver(letter, FolderDispatch(folder))


def test_a_stopped_letter_waits_for_a_person_who_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Silent(FolderDispatch):
        def ask(self, parcel: Parcel) -> Found | Absent | Unknown:
            assert parcel.reference
            return Unknown("cannot tell", again=False)

        def send(self, parcel: Parcel) -> Sent | Refused | Unknown:
            assert parcel.reference
            return Unknown("no answer")

    first, second = made(monkeypatch, BERGEN, "0301")[::-1]
    ids = [first.pk, second.pk]
    directorate = worker(Party.DIRECTORATE)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)
    letters.send(directorate, year=YEAR, letters=ids)
    for each in ids:
        assert sending.deliver(each, Silent(tmp_path))
        assert not sending.deliver(each, Silent(tmp_path))
    assert set(Letter.objects.values_list("state", flat=True)) == {"stopped"}
    assert refused(lambda: letters.found(directorate, year=YEAR, letters=ids, reason="")) == "reason_missing"
    letters.found(directorate, year=YEAR, letters=[first.pk], reason="Kommunen har svart.")
    letters.again(directorate, year=YEAR, letters=[second.pk], reason="Ikke i postkassen deres.")
    assert Request.objects.get(round=YEAR, municipality=first.receiver).sent_at is not None
    assert not sending.deliver(second.pk, FolderDispatch(tmp_path))
    outcomes = DeliveryTry.objects.filter(letter=second).order_by("number").values_list("did", "outcome")
    assert list(outcomes)[-2:] == [("ask", "absent"), ("send", "taken")]
    page = text_of(client_of(Party.DIRECTORATE), f"letters/{second.pk}")
    assert "cannot tell" in page


def test_the_jobs_make_send_take_up_and_follow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)  # the test's own transaction lives on
    frozen_round()
    only(BERGEN, monkeypatch=monkeypatch)
    prepare()
    monkeypatch.setattr("django.conf.settings.DISPATCH", choice_of({}, tmp_path / "out"))
    jobs.make_letters(year=YEAR, person=worker(Party.DIRECTORATE).person_id)
    letter = Letter.objects.get()
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    sent = ProcrastinateJob.objects.filter(task_name="send_letter")
    jobs.take_up_letters(timestamp=0)
    assert sent.count() == 1  # its job is still there
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'send_letter'")
    jobs.take_up_letters(timestamp=0)
    assert sent.filter(status="todo").count() == 1
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(jobs.NotYet):
        jobs.send_letter(letter=letter.pk)
    (tmp_path / "out").unlink()
    jobs.send_letter(letter=letter.pk)
    assert Letter.objects.get().state == "delivered"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{YEAR}-{BERGEN}-1.zip"]
    jobs.follow_letters(timestamp=0)
    assert Letter.objects.get().state == "delivered"


# Who reads what


def test_a_letter_is_read_by_those_that_the_table_allows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    path = f"/{YEAR}/letters/{letter.pk}.pdf"
    own, neighbour = client_of(Party.MUNICIPALITY, area=BERGEN), client_of(Party.MUNICIPALITY, area="4602")
    county, other = client_of(Party.COUNTY, area="46"), client_of(Party.COUNTY, area="11")
    directorate = client_of(Party.DIRECTORATE)
    others = [Client(), neighbour, other, client_of(Party.MINISTRY), client_of(Party.COMMITTEE)]
    assert directorate.get(path).status_code == 200
    for client in [own, county, client_of(Party.KS), *others]:
        assert client.get(path).status_code == 404
    assert "letters/" not in text_of(own, "own")
    deliver(letter.pk, tmp_path)
    for client in [own, county, client_of(Party.KS), directorate]:
        assert client.get(path).status_code == 200
    for client in others:
        assert client.get(path).status_code == 404
    assert f'href="{path}"' in text_of(own, "own")
    rounds.set_release(approver(Party.DIRECTORATE), year=YEAR, at=timezone.now())
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.content == bytes(letter.pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{YEAR}-{BERGEN}-1.pdf"'
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_letters_page_is_the_directorate_s(monkeypatch: pytest.MonkeyPatch) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    paths = ("letters", f"letters/{letter.pk}", "letters/all.pdf", "letters/all.zip")
    for client in (Client(), client_of(Party.KS), client_of(Party.COUNTY, area="46"), client_of(Party.MINISTRY)):
        for path in paths:
            assert client.get(f"/{YEAR}/{path}").status_code == 404
    for path in ("letters/999999", "letters/nope", "letters/999999.pdf", "letters/all.pdf?kind=reminder"):
        assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/{path}").status_code == 404


# The page


def test_filters_sample_one_pdf_and_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    none = "3428"
    rows = made(monkeypatch, BERGEN, "0301", "4602", none)
    client = client_of(Party.DIRECTORATE)
    assert "Brev i utvalget: 4." in text_of(client, "letters")
    county = sum(row.receiver.startswith("46") for row in rows)
    assert f"Brev i utvalget: {county}." in text_of(client, "letters?county=46")
    assert "Brev i utvalget: 2." in text_of(client, "letters?nth=2")
    assert "Brev i utvalget: 4." in text_of(client, "letters?nth=x&state=made")
    assert "Brev i utvalget: 0." in text_of(client, "letters?kind=reminder")
    whole = client.get(f"/{YEAR}/letters/all.pdf?county=46")
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.content.startswith(b"%PDF")
    answer = client.get(f"/{YEAR}/letters/all.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        assert held.namelist() == [f"{row.reference.replace('/', '-')}.pdf" for row in rows]
        assert held.read(held.namelist()[0]) == bytes(rows[0].pdf)


def test_the_whole_way_by_forms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    boss, client = client_of(Party.DIRECTORATE, Grade.APPROVER), client_of(Party.DIRECTORATE)
    fields = {"answer_by": "2020-12-18", "how_to_answer": "i Bosett", "signers": "bare navn", "neutral_form": "nn"}
    status, page = post(client, "letter.prepare", **fields)
    assert status == 422
    assert "bare navn" in page
    assert post(client, "letter.prepare", **{**fields, "signers": "direktør: N.N."})[0] == 302
    assert post(boss, "letter.approve", letters="x")[0] == 422
    assert post(client, "letter.approve", letters=letter.pk)[0] == 403
    assert post(boss, "letter.approve", letters=letter.pk)[0] == 302
    assert post(client, "letter.withdraw", letters=letter.pk, reason="")[0] == 409
    assert post(client, "letter.send", letters=letter.pk)[0] == 302
    assert "på vei ut" in text_of(client, "letters")
    assert not sending.deliver(letter.pk, FolderDispatch(tmp_path))
    assert "levert" in text_of(client, f"letters/{letter.pk}")
    assert post(client, "letter.retry", letters=letter.pk)[0] == 409


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_every_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    deliver(letter.pk, tmp_path)
    for party, area, paths in (
        (Party.DIRECTORATE, "", ("letters", f"letters/{letter.pk}", "journal")),
        (Party.MUNICIPALITY, BERGEN, ("own",)),
    ):
        client = client_of(party, area=area)
        assert client.post("/settings", {"language": language, "scheme": "dark", "back": "/"}).status_code == 302
        for path in paths:
            assert f'<html lang="{language}"' in text_of(client, path)


def test_the_pages_ask_the_database_a_fixed_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, "0301", "4602")
    client = client_of(Party.DIRECTORATE)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/{YEAR}/{path}").status_code == 200
        return len(found)

    before = count("letters")
    Letter.objects.filter(pk=rows[0].pk).delete()
    assert (before, count("letters")) == (35, 35)
    assert count(f"letters/{rows[1].pk}") == 19
    assert count(f"letters/{rows[1].pk}.pdf") == 17
    assert len(letter_rows(YEAR)) == 2
