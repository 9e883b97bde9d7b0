"""Letters in the workspace: from frozen numbers to what the receiver reads."""

import io
import json
import os
import re
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import letter_text
from bosett.documents.letters.language import forms_of
from bosett.geography import LanguageForm
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.letters import binding, letters, making, sending, wordings
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.dispatch import Absent, AlreadySent, Channel, Choice, Parcel, RefusedByService, Sent, Unknown, choice_of
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.jobs import tasks as jobs
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.background import unattended
from bosett_web.queries.letters.contents import due, languages_of, signers_of
from bosett_web.queries.letters.letters import LetterRow, letter_rows
from bosett_web.queries.letters.text import kept, letter_from
from bosett_web.queries.standing import forget_kept, standing
from bosett_web.records import clock
from bosett_web.records.models import (
    Correction,
    DeliveryTry,
    FormerWording,
    Letter,
    LetterSettings,
    Proposal,
    Request,
    SettlementRound,
)
from bosett_web.records.tasks import Task
from bosett_web.screens.letters import steps
from lettersteps import deliver, only, post, prepare, refused, take_any_sign, text_of
from parties import FROZEN, YEAR, approver, worker
from pdfs import Read
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]
BERGEN = "4601"
STEPS = ("letters", "letters/look", "letters/check", "letters/confirm", "letters/delivery")


def made(monkeypatch: pytest.MonkeyPatch, *codes: str) -> list[Letter]:
    """Make the letters of some municipalities."""
    only(*codes, monkeypatch=monkeypatch)
    prepare()
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == len(codes)
    return list(Letter.objects.order_by("receiver"))


# Making


def test_a_letter_that_lacks_a_fact_is_not_made_and_the_page_says_what_lacks() -> None:
    letters_due = due(standing(YEAR), clock.today())
    assert len(letters_due) == 356
    lacks = Counter(lack.code for each in letters_due for lack in each.lacks())
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
    only(BERGEN, monkeypatch=monkeypatch)
    prepare()
    LetterSettings.objects.update(answer_by=date(2020, 1, 1))  # it had not passed when it was set
    (one,) = due(standing(YEAR), clock.today())
    assert [lack.code for lack in one.lacks()] == ["deadline"]


def test_every_letter_of_the_country_is_made_once_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    person = worker(Party.DIRECTORATE).person_id
    ready = [each for each in due(standing(YEAR), clock.today()) if not each.lacks()]
    assert make_all(YEAR, person) == len(ready) > 300
    rows = list(Letter.objects.order_by("receiver"))
    assert len({row.reference for row in rows}) == len(rows)
    numbers = dict(Request.objects.filter(round=YEAR).values_list("municipality", "number"))
    for row in rows:
        text = letter_text(letter_from(row.content)).replace("\u00a0", " ")
        assert Read(bytes(row.pdf)).language == {"nb": "nb-NO", "nn": "nn-NO"}[row.language]
        assert row.kind == ("request" if row.receiver in numbers else "not_asked")
        assert row.reference == f"{YEAR}/{row.receiver}-anmodning-1" in text
        if row.receiver in numbers:
            assert re.search(rf"\b{numbers[row.receiver]} person(?:er|ar)?", text), row.receiver
    # Each receiver's own form; and neutral ones by the law's quarter.
    chosen = languages_of(YEAR, "nb")
    assert {row.receiver: row.language for row in rows} == {each.code: chosen[each.code] for each in ready}
    neutral = [row.language for row in rows if forms_of(YEAR)[row.receiver] is LanguageForm.NEUTRAL]
    assert 4 * neutral.count("nn") >= len(neutral)
    # Run again, as after a crash: nothing is made twice (looked at in the first of them, as explaining takes its time).
    events = Event.objects.count()
    only(*(row.receiver for row in rows[:60]), monkeypatch=monkeypatch)
    assert make_all(YEAR, person) == 0
    assert Event.objects.count() == events
    assert verify().holds


def test_a_making_that_was_broken_off_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    only(BERGEN, "4602", "0301", monkeypatch=monkeypatch)
    prepare()
    monkeypatch.setattr("bosett_web.actions.letters.making.BATCH", 1)
    real = making._store  # noqa: SLF001  - the place where it is broken off
    calls: list[int] = []
    person = worker(Party.DIRECTORATE).person_id

    def dies(*given: Any) -> int:  # noqa: ANN401  - whatever it is called with
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr("bosett_web.actions.letters.making._store", dies)
        with pytest.raises(KeyboardInterrupt):
            make_all(YEAR, person)
    assert Letter.objects.count() == 1
    assert make_all(YEAR, person) == 2
    assert Letter.objects.count() == 3


def test_a_run_that_no_longer_computes_explains_nothing_and_no_letter_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    only(BERGEN, monkeypatch=monkeypatch)
    prepare()
    stored = Proposal.objects.get(round=YEAR)
    Proposal.objects.update(inputs={**stored.inputs, "total": 1})
    assert make_all(YEAR, 1) == 0
    last = Event.objects.filter(name="letter.make").latest("pk")
    assert json.loads(last.body)["after"]["not_made"] == {f"{YEAR}/{BERGEN}-anmodning-1": {"lacks": ["explained"]}}


def test_what_was_made_and_not_approved_is_made_anew_under_the_same_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    (before,) = made(monkeypatch, BERGEN)
    prepare(how_to_answer="til post@imdi.no")
    other = worker(Party.KS).person_id
    assert make_all(YEAR, other) == 1
    (after,) = Letter.objects.all()
    assert (after.pk, after.reference, after.version) == (before.pk, before.reference, 1)
    assert after.sha256 != before.sha256
    assert after.made_by_id == other
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[after.pk])
    prepare(how_to_answer="i Bosett")
    assert make_all(YEAR, other) == 0


def test_the_typed_letter_comes_back_as_it_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = made(monkeypatch, BERGEN)
    assert {**kept(letter_from(row.content)), "rests_on": row.content["rests_on"]} == row.content


def test_making_is_ordered_once_and_seen_on_the_page() -> None:
    client = client_of(Party.DIRECTORATE)
    assert post(client, "letter.make") == (302, f"/{YEAR}/letters")
    job = ProcrastinateJob.objects.get(task_name="make_letters")
    assert job.args == {"year": YEAR, "person": worker(Party.DIRECTORATE).person_id}
    assert "hx-trigger" in text_of(client, "letters")
    assert post(client, "letter.make")[0] == 422
    # What follows it tells when it is done, and leaves the forms alone.
    finish_jobs("succeeded")
    answer = client.get(f"/{YEAR}/letters", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in answer.headers
    assert "Ferdig." in answer.content.decode()
    assert "hx-trigger" not in answer.content.decode()
    assert ProcrastinateJob.objects.filter(task_name="make_letters").count() == 1


def test_a_job_that_ends_while_the_page_is_read_is_asked_about_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    letters.make(worker(Party.DIRECTORATE), year=YEAR)

    def rows(year: int) -> tuple[LetterRow, ...]:
        """The letters as they were before the job's last ones, which it makes now."""
        before = letter_rows(year)
        finish_jobs("succeeded")
        return before

    monkeypatch.setattr(steps, "letter_rows", rows)
    page = text_of(client_of(Party.DIRECTORATE), "letters")
    assert "hx-trigger" in page
    assert "Ferdig." not in page


def finish_jobs(status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status])


def worker_lives(*, ago: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (clock_timestamp() - make_interval(secs => %s))",
            [ago],
        )


def test_the_page_tells_how_far_the_making_has_come_and_when_nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    only(BERGEN, "0301", monkeypatch=monkeypatch)
    prepare()
    client = client_of(Party.DIRECTORATE)
    letters.make(worker(Party.DIRECTORATE), year=YEAR)
    page = text_of(client, "letters")
    assert "Brevene lages: 0 av 2." in page
    assert "Ingen arbeider i bakgrunnen" in page
    worker_lives(ago=31)
    assert "Ingen arbeider i bakgrunnen" in text_of(client, "letters")
    worker_lives()
    assert "Ingen arbeider i bakgrunnen" not in text_of(client, "letters")
    # Broken off half-way: what is made is told of, and so is that it stopped.
    only(BERGEN, monkeypatch=monkeypatch)
    make_all(YEAR, worker(Party.DIRECTORATE).person_id)
    only(BERGEN, "0301", monkeypatch=monkeypatch)
    finish_jobs("failed")
    page = text_of(client, "letters")
    assert "stanset av en feil. 1 av 2 er lagd" in page
    assert "hx-trigger" not in page
    assert post(client, "letter.make")[0] == 302
    assert "Brevene lages: 1 av 2." in text_of(client, "letters")


def test_letters_that_could_not_be_made_stand_on_the_page_until_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    only(BERGEN, "0301", monkeypatch=monkeypatch)
    directorate = worker(Party.DIRECTORATE)
    take_any_sign(monkeypatch)
    prepare(how_to_answer="i Bosett 🙂")
    letters.make(directorate, year=YEAR)
    assert make_all(YEAR, directorate.person_id) == 0
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "letters")
    assert f"Bergen ({YEAR}/{BERGEN}-anmodning-1)" in page
    assert "Brevet kan ikke lages som PDF. Programmet svarte" in page
    assert "Rett teksten" in page
    # One of them is mended on the way: it stands there no more, and the other does.
    only(BERGEN, monkeypatch=monkeypatch)
    prepare()
    assert make_all(YEAR, directorate.person_id) == 1
    only(BERGEN, "0301", monkeypatch=monkeypatch)
    page = text_of(client, "letters")
    assert f"({YEAR}/{BERGEN}-anmodning-1)" not in page
    assert f"Oslo ({YEAR}/0301-anmodning-1)" in page
    # A new order begins a new list.
    finish_jobs("succeeded")
    letters.make(directorate, year=YEAR)
    assert "Brevet kan ikke lages som PDF" not in text_of(client, "letters")
    Proposal.objects.update(inputs={**Proposal.objects.get(round=YEAR).inputs, "total": 1})
    assert make_all(YEAR, directorate.person_id) == 0
    page = text_of(client, "letters")
    assert "Brevet mangler: Forklaringen av tallet." in page
    assert "lar seg ikke regne ut på nytt" in page


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
    approved = json.loads(event.body)["after"]["letters"]
    assert approved == {row.reference: row.sha256 for row in rows}
    assert set(Letter.objects.values_list("state", "approved_by")) == {("approved", boss.person_id)}
    letters.withdraw(worker(Party.DIRECTORATE), year=YEAR, letters=ids[:1], reason="En skrivefeil.")
    assert Letter.objects.get(pk=ids[0]).approved_by is None


def test_sending_queues_letter_and_job_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, "0301")
    ids = [row.pk for row in rows]
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)

    def fall(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bosett_web.actions.letters.letters.note", fall)
        with pytest.raises(KeyboardInterrupt):
            letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)
    assert set(Letter.objects.values_list("state", flat=True)) == {"approved"}
    assert not ProcrastinateJob.objects.filter(task_name="send_letter").exists()
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)
    jobs = ProcrastinateJob.objects.filter(task_name="send_letter").order_by("pk")
    assert [job.args["letter"] for job in jobs] == ids
    assert [job.lock for job in jobs] == [f"letter:{each}" for each in ids]
    assert unattended(Task.SEND_LETTER, "letter", sending.waiting()) == []
    assert unattended(Task.SEND_LETTER, "letter", [*ids, 7]) == [7]


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
    assert (revised.kind, revised.reference) == ("revised", f"{YEAR}/{BERGEN}-anmodning-2")
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
    assert Letter.objects.get(version=3).reference == f"{YEAR}/{BERGEN}-anmodning-3"


def test_what_a_letter_says_of_the_deadline_holds_when_the_rounds_is_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deadline, later = "15. desember 2020", "5. januar 2021"
    (first,) = made(monkeypatch, BERGEN)
    deliver(first.pk, tmp_path)
    own, central = client_of(Party.MUNICIPALITY, BERGEN), client_of(Party.DIRECTORATE)
    prepare(answer_by=date(2021, 1, 5))
    places = [(own, "own"), (own, ""), (own, "decisions"), (central, "decisions"), (central, "")]
    for client, path in places:
        text = text_of(client, path)
        assert deadline in text, path
        assert later not in text, path
    assert ";2020-12-15;" in text_of(central, "decisions.csv")
    # A new letter tells the new one: it holds when that has come, and not before.
    correct(170)
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 1
    assert deadline in text_of(own, "own")
    deliver(Letter.objects.get(version=2).pk, tmp_path)
    for client, path in places:
        assert later in text_of(client, path), path


class Silent(FolderDispatch):
    """A channel that can tell nothing."""

    def ask(self, parcel: Parcel) -> AlreadySent | Absent | Unknown:
        assert parcel.reference
        return Unknown("cannot tell", again=False)

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        assert parcel.reference
        return Unknown("no answer")


@pytest.mark.parametrize("way", ["ask", "again"])
def test_a_stopped_letter_whose_number_was_corrected_has_a_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    directorate = worker(Party.DIRECTORATE)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    letters.send(directorate, year=YEAR, letters=[letter.pk])
    assert sending.deliver(letter.pk, Silent(tmp_path))
    assert not sending.deliver(letter.pk, Silent(tmp_path))
    assert Letter.objects.get().state == "stopped"
    correct(150)
    (one,) = due(standing(YEAR), clock.today())
    assert [lack.code for lack in one.lacks()] == ["outdated"]
    # Nothing is sent by asking, so that it needs no address; nor does what fails before it is sent.
    monkeypatch.setattr("django.conf.settings.DISPATCH", Choice(Channel.SVARUT, tmp_path, ()))
    if way == "ask":
        letters.ask(directorate, year=YEAR, letters=[letter.pk])
    else:
        letters.again(directorate, year=YEAR, letters=[letter.pk], reason="Ikke i postkassen deres.")
    assert not sending.deliver(letter.pk, FolderDispatch(tmp_path))
    assert Letter.objects.get().state == "failed"
    assert not list(tmp_path.iterdir())
    assert make_all(YEAR, directorate.person_id) == 1
    assert Letter.objects.get(version=2).state == "made"


def test_what_was_made_anew_since_it_was_seen_is_not_approved_nor_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [row.pk for row in made(monkeypatch, BERGEN, "0301")]
    boss, client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER), client_of(Party.DIRECTORATE)

    def form(of: Client, name: str) -> dict[str, str]:
        page = text_of(of, "letters/check" if name == "letter.approve" else "letters/confirm")
        page = page[page.index(f"/do/{name}") :]
        matches = {field: re.search(rf'name="{field}" value="([\w,]+)"', page) for field in ("letters", "seen")}
        return {field: match[1] for field, match in matches.items() if match}

    old = form(boss, "letter.approve")
    assert {int(each) for each in old["letters"].split(",")} == set(ids)
    prepare(how_to_answer="til post@imdi.no")
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 2
    status, page = post(boss, "letter.approve", **old)
    assert status == 422
    assert "Brevene er lagd på nytt siden du så dem." in page
    assert post(boss, "letter.approve", letters=old["letters"], seen="")[0] == 422
    assert set(Letter.objects.values_list("state", flat=True)) == {"made"}
    assert post(boss, "letter.approve", **form(boss, "letter.approve"))[0] == 302
    assert post(client, "letter.send", **old)[0] == 422
    assert post(client, "letter.send", **form(client, "letter.send"))[0] == 302
    assert set(Letter.objects.values_list("state", flat=True)) == {"queued"}


def test_after_a_first_letter_that_came_back_the_corrected_one_says_that_it_is_corrected(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    deliver(letter.pk, tmp_path)
    Letter.objects.update(state="failed")  # given up after all; the municipality could read it here
    correct(150)
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 1
    assert Letter.objects.get(version=2).kind == "revised"


def correct(number: int) -> None:
    rounds.propose_correction(
        worker(Party.DIRECTORATE), year=YEAR, municipality=BERGEN, number=number, reason="En rettelse."
    )
    correction = Correction.objects.get(approved_at=None)
    rounds.correct(approver(Party.DIRECTORATE), year=YEAR, correction=correction.pk)


def test_a_stopped_letter_waits_for_a_person_who_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, second = made(monkeypatch, BERGEN, "0301")[::-1]
    ids = [first.pk, second.pk]
    directorate = worker(Party.DIRECTORATE)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)
    letters.send(directorate, year=YEAR, letters=ids)
    for each in ids:
        assert sending.deliver(each, Silent(tmp_path))
        assert not sending.deliver(each, Silent(tmp_path))
    assert set(Letter.objects.values_list("state", flat=True)) == {"stopped"}
    assert refused(lambda: letters.record_arrival(directorate, year=YEAR, letters=ids, reason="")) == "reason_missing"
    letters.record_arrival(directorate, year=YEAR, letters=[first.pk], reason="Kommunen har svart.")
    letters.again(directorate, year=YEAR, letters=[second.pk], reason="Ikke i postkassen deres.")
    assert Request.objects.get(round=YEAR, municipality=first.receiver).sent_at is not None
    assert not sending.deliver(second.pk, FolderDispatch(tmp_path))
    outcomes = DeliveryTry.objects.filter(letter=second).order_by("number").values_list("did", "outcome")
    assert list(outcomes)[-2:] == [("ask", "absent"), ("send", "taken")]
    page = text_of(client_of(Party.DIRECTORATE), f"letters/{second.pk}")
    assert "cannot tell" in page


def test_the_jobs_make_send_take_up_and_follow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)  # the test's own transaction lives on
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
    finish_jobs("failed")
    jobs.take_up_letters(timestamp=0)
    assert sent.filter(status="todo").count() == 1
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(jobs.NotYet):
        jobs.send_letter(letter=letter.pk)
    (tmp_path / "out").unlink()
    jobs.send_letter(letter=letter.pk)
    assert Letter.objects.get().state == "delivered"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{YEAR}-{BERGEN}-anmodning-1.zip"]
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
    rounds.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment())
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.content == bytes(letter.pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{YEAR}-{BERGEN}-anmodning-1.pdf"'
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_letters_page_is_the_directorate_s(monkeypatch: pytest.MonkeyPatch) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    paths = (*STEPS, f"letters/{letter.pk}", "letters/all.pdf", "letters/all.zip")
    for client in (client_of(Party.KS), client_of(Party.COUNTY, area="46"), client_of(Party.MINISTRY)):
        for path in paths:
            assert client.get(f"/{YEAR}/{path}").status_code == 404
    for path in ("letters/999999", "letters/nope", "letters/999999.pdf", "letters/all.pdf?kind=reminder"):
        assert client_of(Party.DIRECTORATE).get(f"/{YEAR}/{path}").status_code == 404


# The page


def test_filters_sample_one_pdf_and_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    none = "3428"
    rows = made(monkeypatch, BERGEN, "0301", "4602", none)
    client = client_of(Party.DIRECTORATE)
    assert "Brev i utvalget: 4." in text_of(client, "letters/look")
    county = sum(row.receiver.startswith("46") for row in rows)
    assert f"Brev i utvalget: {county}." in text_of(client, "letters/look?county=46")
    assert "Brev i utvalget: 2." in text_of(client, "letters/look?nth=2")
    assert "Brev i utvalget: 4." in text_of(client, "letters/look?nth=x&state=made")
    assert "Brev i utvalget: 0." in text_of(client, "letters/look?kind=reminder")
    whole = client.get(f"/{YEAR}/letters/all.pdf?county=46")
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.content.startswith(b"%PDF")
    answer = client.get(f"/{YEAR}/letters/all.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="brev-{YEAR}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.namelist() == [f"{row.reference.replace('/', '-')}.pdf" for row in rows]
        assert archive.read(archive.namelist()[0]) == bytes(rows[0].pdf)


def test_the_whole_way_by_forms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made(monkeypatch, BERGEN)
    boss, client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER), client_of(Party.DIRECTORATE)
    fields = {"answer_by": "2020-12-18", "how_to_answer": "i Bosett", "signers": "bare navn", "neutral_form": "nn"}
    status, page = post(client, "letter.prepare", **fields)
    assert status == 422
    assert "bare navn" in page
    assert post(client, "letter.prepare", **{**fields, "signers": "direktør: N.N."})[0] == 302
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 1  # anew, with the new deadline
    letter = Letter.objects.get()
    assert post(boss, "letter.approve", letters="x", seen="")[0] == 422
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
        (Party.DIRECTORATE, "", (*STEPS, f"letters/{letter.pk}", "journal")),
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
        forget_kept()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{YEAR}/{path}").status_code == 200
        return len(queries)

    before = [count(path) for path in STEPS]
    Letter.objects.filter(pk=rows[0].pk).delete()
    assert before == [count(path) for path in STEPS] == [44, 34, 31, 28, 26]
    assert count(f"letters/{rows[1].pk}") == 24
    assert count(f"letters/{rows[1].pk}.pdf") == 17
    assert len(letter_rows(YEAR)) == 2


# What has changed since an earlier year


def earlier(row: Letter, reference: str, receiver: str, *, state: str = "delivered", year: int = YEAR - 1) -> Letter:
    """Keep a letter of an earlier round that says it otherwise."""
    SettlementRound.objects.get_or_create(pk=year)
    content = json.loads(json.dumps(row.content))
    first = next(block for block in content["blocks"] if block["sort"] == "paragraph")
    first["text"] = "Dette sto bare der i fjor, og er ikke likt noe annet."
    kept_letter: Letter = Letter.objects.create(
        round_id=year,
        kind=row.kind,
        receiver=receiver,
        version=int(reference[-1]),
        state=state,
        reference=reference,
        language=row.language,
        title=row.title,
        day=date(year - 1, 12, 3),
        content=content,
        pdf=bytes(row.pdf),
        sha256=row.sha256,
        made_by=row.made_by,
    )
    return kept_letter


def lay_in(*, by: Party = Party.DIRECTORATE, **other: object) -> Event:
    facts = {"kind": "request", "language": "nb", "words": "Overskrift\n\nEn helt annen tekst.", "source": "sak 19/1"}
    given: dict[str, Any] = {**facts, "day": date(2019, 12, 3), **other}
    return wordings.lay_in(worker(by), year=YEAR, **given)


def test_a_letter_is_compared_with_the_newest_delivered_one_of_its_receiver(monkeypatch: pytest.MonkeyPatch) -> None:
    oslo, bergen = made(monkeypatch, BERGEN, "0301")
    Letter.objects.update(language="nb")
    bergen.language = oslo.language = "nb"
    client = client_of(Party.DIRECTORATE)
    assert "Ingenting å sammenligne med." in text_of(client, f"letters/{bergen.pk}")
    assert "Ingenting å sammenligne med." in text_of(client, "letters")
    # Not delivered, another language: neither is what was said.
    other = earlier(bergen, "2020/4601-anmodning-9", BERGEN, state="made")
    other.language, other.version, other.state, other.pk = "nn", 8, "delivered", None
    other.reference = "2020/4601-anmodning-8"
    other.save()
    assert "Ingenting å sammenligne med." in text_of(client, f"letters/{bergen.pk}")
    before = earlier(oslo, "2020/0301-anmodning-1", "0301")
    page = text_of(client, f"letters/{bergen.pk}")  # another receiver's is better than none
    assert f'href="/{YEAR - 1}/letters/{before.pk}">brevet 2020/0301-anmodning-1</a>, 3. desember 2019.' in page
    own = earlier(bergen, "2020/4601-anmodning-1", BERGEN)
    earlier(bergen, "2019/4601-anmodning-1", BERGEN, year=2019)
    page = text_of(client, f"letters/{bergen.pk}")
    assert f'href="/{YEAR - 1}/letters/{own.pk}">brevet 2020/4601-anmodning-1</a>' in page
    assert "1 nytt avsnitt, 1 avsnitt borte." in page
    assert "Dette sto bare der i fjor" in page
    assert '<span class="unseen" lang="nb"> før: </span>' in page
    listed = text_of(client, "letters")
    assert "1 nytt avsnitt, 1 avsnitt borte." in listed
    assert "brevet 2020/0301-anmodning-1" in listed  # Oslo's, which is the first that had one
    assert refused(lay_in) == "wording_unneeded"


def test_a_text_is_laid_in_while_nothing_is_approved_and_what_it_replaced_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (letter,) = made(monkeypatch, BERGEN)
    Letter.objects.update(language="nb")
    assert refused(lambda: lay_in(by=Party.KS)) == "wrong_party"
    assert refused(lambda: lay_in(kind="novel")) == "wording_of_what"
    assert refused(lambda: lay_in(language="en")) == "wording_of_what"
    assert refused(lambda: lay_in(words="  ")) == "text_missing"
    assert refused(lambda: lay_in(words="x" * 20_001)) == "text_long"
    assert refused(lambda: lay_in(source="")) == "text_missing"
    assert refused(lambda: lay_in(day=clock.today() + timedelta(days=1))) == "wording_day_ahead"
    client = client_of(Party.DIRECTORATE)
    fields = {"wording_of": "request:nb", "wording_text": "<b>Fjor</b>", "wording_source": "sak 19/1"}
    status, page = post(client, "letter.wording", **fields, wording_day="i går")
    assert status == 422
    assert "&lt;b&gt;Fjor&lt;/b&gt;</textarea>" in page
    assert post(client, "letter.wording", **fields, wording_day="2019-12-03")[0] == 302
    assert "innlagt tekst: sak 19/1, 3. desember 2019." in text_of(client, f"letters/{letter.pk}")
    assert "&lt;b&gt;Fjor&lt;/b&gt;" in text_of(client, f"letters/{letter.pk}")
    event = lay_in()
    texts = {text.field: text.text for text in event.texts.order_by("pk")}
    assert texts == {"source": "sak 19/1", "before-source": "sak 19/1", "before-text": "<b>Fjor</b>"}
    assert FormerWording.objects.get().text.startswith("Overskrift")
    assert "En helt annen tekst." in text_of(client, f"letters/{letter.pk}")
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    assert refused(lay_in) == "wording_late"
    assert "request:nb" not in text_of(client, "letters")
    letters.withdraw(worker(Party.DIRECTORATE), year=YEAR, letters=[letter.pk], reason="Se over ordlyden.")
    lay_in(words="Nok en")
    assert verify().holds


# Looking through


def test_one_goes_from_letter_to_letter_through_those_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, "0301", "4602")
    oslo, bergen, kinn = rows
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, f"letters/{bergen.pk}")
    assert "Brev 2 av 3" in page
    assert f'rel="prev" href="/{YEAR}/letters/{oslo.pk}"' in page
    assert f'rel="next" href="/{YEAR}/letters/{kinn.pk}"' in page
    page = text_of(client, f"letters/{bergen.pk}?county=46&nth=")
    assert "Brev 1 av 2" in page
    assert 'rel="prev"' not in page
    assert f'rel="next" href="/{YEAR}/letters/{kinn.pk}?county=46"' in page
    assert "Brevet er ikke i utvalget." in text_of(client, f"letters/{oslo.pk}?county=46")
    assert f'href="/{YEAR}/letters/{bergen.pk}?county=46"' in text_of(client, "letters/look?county=46")
    # What is done with one leads back to it, among those chosen; and nowhere else.
    boss, place = client_of(Party.DIRECTORATE, grade=Grade.APPROVER), {"from": "letter", "query": "county=46&nth="}
    assert 'name="query" value="county=46"' in text_of(boss, f"letters/{bergen.pk}?county=46")
    answer = post(boss, "letter.approve", letters=bergen.pk, **place)
    assert answer == (302, f"/{YEAR}/letters/{bergen.pk}?county=46&nth=")
    hostile = {"from": "letter", "query": "\r\nLocation: //elsewhere"}
    answer = post(boss, "letter.approve", letters=oslo.pk, **hostile)
    assert answer == (302, f"/{YEAR}/letters/{oslo.pk}?%0ALocation%3A+%2F%2Felsewhere=")
    # The page may show the PDF in a frame of its own; nobody else may.
    file = client.get(f"/{YEAR}/letters/{bergen.pk}.pdf")
    assert file.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in file.headers["Content-Security-Policy"]


def test_a_random_sample_is_the_same_for_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    made(monkeypatch, BERGEN, "0301", "4602", "4611", "4612", "4613")
    client = client_of(Party.DIRECTORATE)

    def drawn(seed: str, most: str = "3") -> list[str]:
        page = client.get(f"/{YEAR}/letters/look?random={most}&seed={seed}")
        return [each.row.reference for each in page.context["listed"]]

    assert len(drawn("1")) == 3
    assert drawn("1") == drawn("1") == drawn("") == sorted(drawn("1"))
    assert len({tuple(drawn(str(seed))) for seed in range(9)}) > 1
    Letter.objects.filter(reference=drawn("1")[0]).update(
        state="approved", approved_by=approver(Party.DIRECTORATE).person_id
    )
    assert drawn("1") == drawn("")
    assert len(drawn("1", "999")) == len(drawn("1", "0")) == len(drawn("1", "-1")) == 6


def test_many_letters_are_bound_in_the_background(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = made(monkeypatch, BERGEN, "0301", "4602")
    monkeypatch.setattr("bosett_web.screens.letters.downloads.FEW", 2)
    monkeypatch.setattr("django.conf.settings.VAR", tmp_path)
    client = client_of(Party.DIRECTORATE)
    assert client.get(f"/{YEAR}/letters/all.pdf?county=46").content.startswith(b"%PDF")
    answer = client.get(f"/{YEAR}/letters/all.pdf?state=made")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{YEAR}/letters/all?state=made")
    for _ in range(2):
        page = text_of(client, "letters/all?state=made")
        assert "3 brev settes sammen til én PDF." in page
        assert "Ingen arbeider i bakgrunnen" in page
    ordered = ProcrastinateJob.objects.filter(task_name="bind_letters")
    job = ordered.get()
    assert job.args["letters"] == [row.pk for row in rows]
    # It falls; the page says so and tries again only when it is asked to.
    finish_jobs("failed")
    assert "kunne ikke settes sammen" in text_of(client, "letters/all?state=made")
    assert ordered.count() == 1
    assert "settes sammen til én PDF" in text_of(client, "letters/all?state=made&again=1")
    assert ordered.count() == 2
    binding.bind(job.args["name"], job.args["letters"])
    finish_jobs("succeeded")
    assert "PDF-en med 3 brev er klar." in text_of(client, "letters/all?state=made")
    answer = client.get(f"/{YEAR}/letters/all.pdf?state=made")
    whole = Read(answer.getvalue())
    assert whole.pages == sum(Read(bytes(row.pdf)).pages for row in rows)
    (file,) = (tmp_path / "bound").iterdir()
    assert file.suffix == ".pdf"
    # It has made room for newer ones: bound anew when it is asked for, and not each time that the page looks.
    file.unlink()
    for _ in range(2):
        assert "kunne ikke settes sammen" in text_of(client, "letters/all?state=made")
    assert ordered.count() == 2
    asked = client.get(f"/{YEAR}/letters/all.pdf?state=made").headers["Location"]
    assert "settes sammen til én PDF" in text_of(client, asked.removeprefix(f"/{YEAR}/"))
    assert ordered.count() == 3

    def ends_now(_: str, *, name: str) -> str:
        (file.parent / name).write_bytes(b"%PDF")
        return "doing"

    with monkeypatch.context() as patched:
        patched.setattr("bosett_web.screens.letters.downloads.job_state", ends_now)
        assert "er klar." in text_of(client, "letters/all?state=made")
    # A letter that is made anew is not in the old file.
    prepare(how_to_answer="til post@imdi.no")
    make_all(YEAR, worker(Party.DIRECTORATE).person_id)
    assert client.get(f"/{YEAR}/letters/all.pdf?state=made").status_code == 302
    for client in (client_of(Party.KS), client_of(Party.UDI)):
        assert client.get(f"/{YEAR}/letters/all").status_code == 404


def test_bound_files_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = made(monkeypatch, BERGEN)
    monkeypatch.setattr("django.conf.settings.VAR", tmp_path)
    for place in range(5):
        (tmp_path / "bound").mkdir(exist_ok=True)
        (tmp_path / "bound" / f"{place}.pdf").write_bytes(b"old")
        os.utime(tmp_path / "bound" / f"{place}.pdf", (place, place))
    binding.bind("new.pdf", [row.pk])
    assert sorted(path.name for path in (tmp_path / "bound").iterdir()) == ["2.pdf", "3.pdf", "4.pdf", "new.pdf"]
