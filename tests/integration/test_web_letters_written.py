"""Letters that are written on demand: reminders and the circular, from the round's own rows."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import Letter as TypedLetter
from bosett.documents.letters import LetterHead, letter_text
from bosett.documents.letters.published import asked_in
from bosett.figures import Status
from bosett.geography import counties
from bosett.render.typeset import typeset_many
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.decisions import decisions
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import circulars, letters, making, reminders, sending
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.meetings import meetings
from bosett_web.actions.notices import notices
from bosett_web.actions.notices.notices import GivenNotice
from bosett_web.actions.round import criteria, demo
from bosett_web.actions.values import Numbers
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.decisions.deadlines import deadlines
from bosett_web.queries.letters.circulars import CircularFacts, left_of, receiver_head
from bosett_web.queries.letters.contents import SENDER
from bosett_web.queries.letters.former import asked_before, criteria_before
from bosett_web.queries.letters.letters import digest_of, letter_rows
from bosett_web.queries.letters.text import letter_from
from bosett_web.queries.standing import forget_kept
from bosett_web.records.models import (
    AnswerPlan,
    CriteriaSet,
    Decision,
    Letter,
    LetterSettings,
    RecommendationLine,
    Request,
    SettlementRound,
)
from bosett_web.screens.words import say
from parties import COUNTIES, DEMO, SHARED, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
BERGEN, BYGLAND, OSLO = "4601", "4220", "0301"
KVINNHERAD = "4617"
SENT = date(2020, 5, 19)
DEADLINE = date(2020, 6, 15)


def prepare(answer_by: date = DEADLINE, how_to_answer: str = "i Bosett", signers: str = "direktør: N.N.") -> None:
    # A deadline that has passed could be set while it was to come.
    LetterSettings.objects.update_or_create(round_id=YEAR, defaults={"answer_by": answer_by})
    letters.prepare(
        worker(Party.DIRECTORATE),
        year=YEAR,
        answer_by=answer_by,
        how_to_answer=how_to_answer,
        signers=signers,
        neutral_form="nb",
    )


def ask(*codes: str, number: int = 40) -> None:
    """Freeze the round with municipalities that have got their letters."""
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", frozen_at=datetime(2020, 10, 30, tzinfo=UTC))
    sent = timezone.make_aware(datetime.combine(SENT, datetime.min.time()))
    for code in codes:
        Request.objects.create(round_id=YEAR, municipality=code, version=1, number=number, day=SENT, sent_at=sent)


def decide(code: str, *, preliminary: bool = False) -> None:
    Decision.objects.create(
        round_id=YEAR,
        municipality=code,
        version=1,
        request=Request.objects.get(round=YEAR, municipality=code),
        number=40,
        decided_by="council",
        decided_on=SENT,
        preliminary=preliminary,
        day=SENT,
    )


def today(day: date) -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=day)


def remind(answer_by: date | None = date(2020, 7, 31), *, again: bool = False) -> Event:
    return reminders.remind(worker(Party.DIRECTORATE), year=YEAR, answer_by=answer_by, again=again)


def plain_text(letter: Letter) -> str:
    return letter_text(letter_from(letter.content)).replace("\u00a0", " ")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Objected, Invalid)) as caught:
        act()
    fault = caught.value
    if isinstance(fault, Objected):
        return fault.objection.code
    assert isinstance(fault, Invalid)
    return fault.code


def text_of(client: Client, path: str = "letters") -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = str(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def post(client: Client, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/letter.write", {"shown_to": signed, **fields})
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


# Reminders


def test_those_who_are_late_are_reminded_at_once_and_those_who_have_decided_are_not() -> None:
    ask(BERGEN, BYGLAND, KVINNHERAD, OSLO)
    prepare()
    decide(OSLO)
    decide(BYGLAND, preliminary=True)
    AnswerPlan.objects.create(
        round_id=YEAR,
        municipality=KVINNHERAD,
        asked_until=date(2020, 12, 1),
        granted_until=date(2020, 12, 1),
        granted=True,
    )
    today(date(2020, 7, 1))
    event = remind()
    rows = {row.receiver: row for row in Letter.objects.all()}
    assert set(rows) == {BERGEN, BYGLAND}
    assert {row.kind for row in rows.values()} == {"reminder"}
    assert rows[BYGLAND].language == "nn"
    assert rows[BERGEN].reference == f"{YEAR}/{BERGEN}-purring-1"
    text = plain_text(rows[BERGEN])
    for words in ("Bergen kommune", "40 person", "19. mai 2020", "15. juni 2020", "31. juli 2020", "i Bosett", "N.N."):
        assert words in text
    assert bytes(rows[BERGEN].pdf).startswith(b"%PDF")
    assert json.loads(event.body)["after"]["letters"] == {row.reference: row.sha256 for row in rows.values()}
    assert verify().holds


def test_a_near_deadline_is_told_as_one_that_is_to_come() -> None:
    ask(BERGEN, BYGLAND)
    prepare()
    assert refused(lambda: remind(None)) == "nobody_to_remind"  # it is far away
    today(date(2020, 6, 10))
    remind(None)
    for row in Letter.objects.all():
        text = plain_text(row)
        assert "15. juni 2020" in text
        assert "gikk ut" not in text
        assert "gjekk ut" not in text
    # On the day itself it is neither late nor left any time.
    Letter.objects.all().delete()
    today(DEADLINE)
    assert refused(remind) == "nobody_to_remind"


def test_nothing_that_lacks_is_guessed() -> None:
    ask(BERGEN)
    today(date(2020, 7, 1))
    assert refused(remind) == "nobody_to_remind"  # without a deadline nobody is late
    prepare(how_to_answer="", signers="")
    assert refused(lambda: remind(None)) == "deadline_not_after"
    assert refused(lambda: remind(date(2020, 7, 1))) == "deadline_not_after"
    assert refused(remind) == "reminder_without_way"
    prepare(signers="")
    assert refused(remind) == "letter_without_signers"
    assert not Letter.objects.exists()


def test_only_the_directorate_reminds_and_nobody_is_reminded_twice_by_mistake() -> None:
    ask(BERGEN)
    prepare()
    today(date(2020, 7, 1))
    stranger, later = worker(Party.KS), date(2020, 7, 31)
    assert refused(lambda: reminders.remind(stranger, year=YEAR, answer_by=later)) == "wrong_party"
    remind()
    remind(date(2020, 8, 3))  # not approved: made anew under its reference
    row = Letter.objects.get()
    assert row.version == 1
    assert "3. august 2020" in plain_text(row)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[row.pk])
    assert refused(lambda: remind(again=True)) == "nobody_to_remind"
    Letter.objects.update(state="delivered")
    assert refused(remind) == "nobody_to_remind"
    assert refused(lambda: remind(again=True)) == "nobody_to_remind"  # the new deadline is yet to come
    today(date(2020, 8, 4))
    assert refused(lambda: remind(date(2020, 9, 1))) == "nobody_to_remind"
    remind(date(2020, 9, 1), again=True)
    assert set(Letter.objects.values_list("version", "reference")) == {
        (1, f"{YEAR}/{BERGEN}-purring-1"),
        (2, f"{YEAR}/{BERGEN}-purring-2"),
    }


def test_a_neutral_receiver_waits_until_a_form_is_chosen() -> None:
    ask(BERGEN, KVINNHERAD)
    prepare()
    LetterSettings.objects.update(neutral_form="")
    today(date(2020, 7, 1))
    page = text_of(client_of(Party.DIRECTORATE))
    assert "Målformen er ikke kjent" in page
    remind()
    assert set(Letter.objects.values_list("receiver", flat=True)) == {KVINNHERAD}


def corrected(code: str) -> None:
    Request.objects.create(round_id=YEAR, municipality=code, version=2, number=30, day=SENT)


@pytest.mark.parametrize(("since", "code"), [(decide, "reminder_decided"), (corrected, "reminder_outdated")])
def test_a_reminder_that_is_not_true_any_more_is_not_sent(
    since: Callable[[str], object], code: str, tmp_path: Path
) -> None:
    ask(BERGEN)
    prepare()
    today(date(2020, 7, 1))
    remind()
    letter, directorate = Letter.objects.get(), worker(Party.DIRECTORATE)
    approve = partial(letters.approve, approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    send = partial(letters.send, directorate, year=YEAR, letters=[letter.pk])
    approve()
    send()
    since(BERGEN)
    # It waited to go out: it fails before it is given to anybody.
    assert not sending.deliver(letter.pk, FolderDispatch(tmp_path))
    assert Letter.objects.get().state == "failed"
    assert not list(tmp_path.iterdir())
    assert refused(partial(letters.retry, directorate, year=YEAR, letters=[letter.pk])) == code
    Letter.objects.update(state="made", approved_by=None)
    assert refused(approve) == code
    Letter.objects.update(state="approved")
    assert refused(send) == code
    assert refused(lambda: remind(again=True)) == "nobody_to_remind"
    for language in LANGUAGES:
        client = client_of(Party.DIRECTORATE, language=language)
        assert text_of(client, f"letters/{letter.pk}").count('data-color="warning"') == 1


def test_a_preliminary_answer_does_not_stop_a_reminder() -> None:
    ask(BERGEN)
    prepare()
    today(date(2020, 7, 1))
    remind()
    decide(BERGEN, preliminary=True)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[Letter.objects.get().pk])


def test_a_reminder_that_failed_is_written_anew_and_the_old_one_is_not_tried_again() -> None:
    ask(BERGEN)
    prepare()
    today(date(2020, 7, 1))
    remind()
    old, directorate = Letter.objects.get(), worker(Party.DIRECTORATE)
    Letter.objects.update(state="failed")
    remind()
    assert set(Letter.objects.values_list("version", "reference", "state")) == {
        (1, f"{YEAR}/{BERGEN}-purring-1", "failed"),
        (2, f"{YEAR}/{BERGEN}-purring-2", "made"),
    }
    remind(date(2020, 8, 3))  # the new one is not approved
    assert Letter.objects.count() == 2
    assert refused(lambda: letters.retry(directorate, year=YEAR, letters=[old.pk])) == "letter_superseded"
    Letter.objects.get(version=2).delete()
    letters.retry(directorate, year=YEAR, letters=[old.pk])


@pytest.mark.parametrize("language", LANGUAGES)
def test_reminders_by_the_form_in_every_language(language: str) -> None:
    ask(BERGEN, BYGLAND)
    prepare()
    today(date(2020, 7, 1))
    client = client_of(Party.DIRECTORATE, language=language)
    assert "Bergen" in text_of(client)
    assert post(client, kind="reminder", remind_by="")[0] == 422
    assert post(client, kind="reminder", remind_by="2020-07-31") == (302, f"/{YEAR}/letters")
    assert Letter.objects.filter(kind="reminder").count() == 2
    Letter.objects.filter(receiver=BERGEN).update(state="delivered")
    Letter.objects.filter(receiver=BYGLAND).update(state="stopped")
    today(date(2020, 8, 1))
    assert 'name="remind_again"' in text_of(client)
    assert client.get(f"/{YEAR}/letters/{Letter.objects.filter(receiver=BERGEN).get().pk}").status_code == 200


def test_the_page_asks_the_database_as_often_whatever_the_number_of_municipalities() -> None:
    def count() -> int:
        forget_kept()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/{YEAR}/letters").status_code == 200
        return len(queries)

    ask(BERGEN)
    prepare()
    today(date(2020, 7, 1))
    client = client_of(Party.DIRECTORATE)
    remind()
    before = count()
    ask(BYGLAND, OSLO)
    remind()
    assert count() == before


def test_the_new_deadline_of_a_reminder_holds_when_it_has_come() -> None:
    ask(BERGEN, BYGLAND)
    prepare()
    today(date(2020, 7, 1))
    remind()
    own = client_of(Party.MUNICIPALITY, area=BERGEN)
    assert "15. juni 2020" in text_of(own, "own")
    assert "31. juli 2020" not in text_of(own, "own")  # nobody has sent it
    Letter.objects.filter(receiver=BERGEN).update(state="delivered")
    page = text_of(own, "own")
    assert "31. juli 2020" in page
    assert "Fristen var" not in page
    # Given up by the service after all: the municipality could read it, and the day that it was given holds.
    Letter.objects.filter(receiver=BERGEN).update(state="failed", delivered_at=timezone.now())
    assert "31. juli 2020" in text_of(own, "own")
    # More time is asked for from there, and the later day holds.
    bergen = worker(Party.MUNICIPALITY, BERGEN)
    before = date(2020, 7, 20)
    assert refused(lambda: decisions.ask_time(bergen, year=YEAR, municipality=BERGEN, until=before, reason="X")) == (
        "day_before_deadline"
    )
    decisions.ask_time(bergen, year=YEAR, municipality=BERGEN, until=date(2020, 9, 15), reason="The council meets then")
    decisions.give_time(worker(Party.DIRECTORATE), year=YEAR, municipality=BERGEN)
    assert "15. september 2020" in text_of(own, "own")
    # Whoever has got none is as late as before.
    table = text_of(client_of(Party.DIRECTORATE), "decisions")
    assert "15. september 2020" in table
    assert "15. juni 2020" in table


def test_one_whose_deadline_is_near_keeps_it_when_reminded() -> None:
    ask(BERGEN)
    prepare()
    today(date(2020, 6, 10))
    remind(date(2020, 12, 1))
    Letter.objects.update(state="delivered")
    assert deadlines(YEAR).reminded == {}
    assert "15. juni 2020" in text_of(client_of(Party.MUNICIPALITY, area=BERGEN), "own")


def setting(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """Do something while letters are set."""

    def doing(typed: Iterable[TypedLetter]) -> Iterator[bytes]:
        meanwhile()
        return typeset_many(typed)

    monkeypatch.setattr(making, "typeset_many", doing)


def test_the_round_is_not_held_while_letters_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(BERGEN, BYGLAND)
    prepare()
    today(date(2020, 7, 1))
    locked = []

    def locks() -> bool:
        return any("FOR UPDATE" in query["sql"] for query in queries.captured_queries)

    setting(monkeypatch, lambda: locked.append(locks()))
    with CaptureQueriesContext(connection) as queries:
        remind()
    assert locked == [False]
    assert locks()
    assert Letter.objects.count() == 2


def test_a_reminder_that_has_changed_while_letters_were_set_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(BERGEN, BYGLAND)
    prepare()
    today(date(2020, 7, 1))
    setting(monkeypatch, lambda: decide(BYGLAND))
    done = remind()
    letter = Letter.objects.get()
    assert letter.receiver == BERGEN
    assert json.loads(done.body)["after"]["left_out"] == ["2021/4220-purring-1"]
    setting(monkeypatch, lambda: decide(BERGEN))
    assert refused(remind) == "nobody_to_remind"
    letter.refresh_from_db()
    assert letter.state == "made"


def test_a_reminder_that_is_answered_is_left_out_of_what_is_approved_and_sent_together() -> None:
    ask(BERGEN, BYGLAND)
    prepare()
    today(date(2020, 7, 1))
    remind()
    ids = [*Letter.objects.values_list("pk", flat=True)]
    decide(BYGLAND)
    client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    signed = client.get(f"/{YEAR}/").context["signed"]
    form = {"shown_to": signed, "letters": ",".join(map(str, ids)), "seen": digest_of(letter_rows(YEAR, ids))}
    page = client.post(f"/{YEAR}/do/letter.approve", form, follow=True).content.decode()
    assert say("event_letter.approve", "nb") in page
    assert say("letters_left_out", "nb", count=1) in page.replace("\u00a0", " ")
    assert dict(Letter.objects.values_list("receiver", "state")) == {BERGEN: "approved", BYGLAND: "made"}
    decide(BERGEN)
    one = [Letter.objects.get(receiver=BERGEN).pk]
    assert refused(partial(letters.send, worker(Party.DIRECTORATE), year=YEAR, letters=one)) == "reminder_decided"


def test_one_that_is_approved_while_it_is_written_anew_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    ask(BERGEN)
    prepare()
    today(date(2020, 7, 1))
    remind()
    letter = Letter.objects.get()
    setting(monkeypatch, lambda: letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk]))
    assert refused(lambda: remind(date(2020, 9, 1))) == "nobody_to_remind"
    row = Letter.objects.get()
    assert (row.state, row.sha256) == ("approved", letter.sha256)


# The circular


FACTS = {"kind": "circular", "percent": "60", "goes_on": "yes", "answer_to": "post@imdi.no"}
FACTS |= {f"form-{code}": "nn" if code == "46" else "nb" for code in COUNTIES}


def plan_joint() -> None:
    when = datetime(2020, 6, 18, 9, 0, tzinfo=UTC)
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=when, place="Video")


def test_letters_that_belong_together_are_kept_all_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare()
    plan_joint()
    client = client_of(Party.DIRECTORATE)
    assert post(client, **FACTS)[0] == 302
    before = dict(Letter.objects.values_list("pk", "sha256"))
    setting(monkeypatch, lambda: Letter.objects.filter(receiver="46").update(state="delivered"))
    status, page = post(client, **{**FACTS, "percent": "55"})
    assert status == 422
    assert say("letters_changed_meanwhile", "nb").replace("\u00a0", " ") in page.replace("\u00a0", " ")
    assert dict(Letter.objects.values_list("pk", "sha256")) == before


def test_the_circular_goes_to_each_county_municipality_in_its_own_form() -> None:
    prepare()
    plan_joint()
    client = client_of(Party.DIRECTORATE)
    situation = {"situation_nb": "spredning av viruset", "situation_nn": "spreiing av viruset"}
    assert post(client, **{**FACTS, **situation})[0] == 302
    rows = {row.receiver: row for row in Letter.objects.all()}
    assert set(rows) == {county.code for county in counties(YEAR - 1)}
    assert {row.kind for row in rows.values()} == {"circular"}
    vestland, rogaland = plain_text(rows["46"]), plain_text(rows["11"])
    assert "Kopi til" in vestland
    assert "KS" in vestland.partition("Kopi til")[2].partition("Vedlegg: ")[0].split()
    assert (rows["46"].language, rows["11"].language) == ("nn", "nb")
    for words in (
        "Vestland fylkeskommune",
        "5 100",
        "60",
        "14. mars 2020",
        "juni 2020",
        "18. juni 2020",
        "hausten 2020",
    ):
        assert words in vestland
    assert "spreiing av viruset" in vestland
    assert "spredning av viruset" in rogaland
    assert "Rogaland" in rogaland.split("Dato")[0]
    assert "Vestland" not in rogaland.split("Dato")[0]
    assert rows["46"].reference == f"{YEAR}/46-fellesbrev-1"
    # Written anew under its reference until it is approved; then left alone.
    Letter.objects.filter(receiver="46").update(state="delivered")
    assert post(client, **{**FACTS, "percent": "55"})[0] == 302
    assert "55" in plain_text(Letter.objects.get(receiver="11"))
    assert plain_text(Letter.objects.get(receiver="46")) == vestland
    Letter.objects.update(state="delivered")
    assert post(client, **FACTS)[0] == 422
    assert 'name="percent"' not in text_of(client)
    # One that failed is written anew, as a new version.
    Letter.objects.filter(receiver="11").update(state="failed")
    for percent in ("50", "51"):
        assert post(client, **{**FACTS, "percent": percent})[0] == 302
    anew = Letter.objects.get(state="made")
    assert (anew.version, anew.reference) == (2, f"{YEAR}/11-fellesbrev-2")
    assert "51" in plain_text(anew)
    anew.state = "delivered"
    anew.save()
    assert post(client, **FACTS)[0] == 422


def test_what_the_round_does_not_hold_is_asked_for_by_name() -> None:
    prepare()
    client = client_of(Party.DIRECTORATE)
    for change, words in (
        ({}, "Når fellesmøtet er"),
        ({"percent": ""}, "prosent av planen: Tallet mangler"),
        ({"goes_on": ""}, "som planlagt? Velg et av svarene"),
        ({"answer_to": ""}, "Adressen for svar: Fyll ut feltet"),
        ({"answer_to": "", "percent": ""}, "prosent av planen: Tallet mangler"),
        ({"percent": "101"}, "fra 0 til 100"),
        ({"form-46": ""}, "Velg målform for: Vestland."),
        ({"form-46": "en"}, "Velg målform for: Vestland."),
        ({"situation_nb": "flom"}, "Skriv situasjonen på begge"),
        ({"capacity_by": "2020-05-19"}, "senere enn"),
    ):
        status, page = post(client, **{**FACTS, **change})
        assert status == 422, change
        assert words in page, change
    assert not Letter.objects.exists()
    told_so = CircularFacts(percent=60, goes_on=True, answer_to="post@imdi.no")
    assert refused(lambda: circulars.circulate(worker(Party.KS), year=YEAR, facts=told_so)) == "wrong_party"


def test_the_circular_does_not_say_that_what_is_stopped_goes_on() -> None:
    stop = GivenNotice(
        "stop",
        date(2020, 4, 1),
        stream="reception",
        text_nb="Stanset.",
        text_nn="Stansa.",
        source="UDIs brev 01.04.2020",
    )
    notices.tell(worker(Party.UDI), year=YEAR, notice=stop)
    prepare()
    plan_joint()
    status, page = post(client_of(Party.DIRECTORATE), **FACTS)
    assert status == 422
    assert "Bosettingen fra mottak er meldt stanset fra 1. april 2020." in page.replace("\u00a0", " ")
    assert not Letter.objects.exists()


def test_the_circular_says_how_the_criteria_stand() -> None:
    prepare()
    plan_joint()
    client = client_of(Party.DIRECTORATE)
    assert post(client, **FACTS)[0] == 302
    proposed = plain_text(Letter.objects.get(receiver="11"))
    today(date(2020, 5, 28))
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    assert post(client, **FACTS)[0] == 302
    adopted = plain_text(Letter.objects.get(receiver="11"))
    assert "28. mai 2020" not in proposed
    assert adopted.count("28. mai 2020") >= 2  # the day of the letter, and of the criteria


def test_the_circular_says_who_decides_the_targets() -> None:
    prepare()
    plan_joint()
    client = client_of(Party.DIRECTORATE)
    assert post(client, **FACTS)[0] == 302
    assert "vedtar det et måltall" in plain_text(Letter.objects.get(receiver="11"))
    assert post(client, **FACTS, targets_by="directorate")[0] == 302
    text = plain_text(Letter.objects.get(receiver="11"))
    assert "gir det råd" in text
    assert "IMDi fastsetter måltallene" in text
    assert post(client, **FACTS, targets_by="somebody")[0] == 422


def test_in_a_year_of_reform_the_circular_goes_to_the_counties_that_there_are() -> None:
    before, after = (left_of((), date(year, 5, 19)) for year in (2023, 2024))
    assert {"Viken", "Troms og Finnmark"} <= {county.name for county in before}
    assert {"Akershus", "Troms", "Finnmark"} <= {county.name for county in after}
    head = receiver_head(LetterHead(SENDER, (), date(2023, 5, 19), None, ()), "30", "2024/30-fellesbrev-1")
    assert head.receivers[0].names == ("Viken",)
    # A county that is no more in the round's year keeps its name on the letters' page.
    SettlementRound.objects.create(year=2024)
    Letter.objects.create(
        round_id=2024,
        kind="circular",
        receiver="30",
        version=1,
        reference="2024/30-fellesbrev-1",
        language="nb",
        title="X",
        day=date(2023, 5, 19),
        content={},
        pdf=b"",
        sha256="",
        made_by_id=worker(Party.DIRECTORATE).person_id,
    )
    assert letter_rows(2024)[0].name == "Viken"


def test_what_nobody_has_published_of_the_year_before_is_told_as_the_workspace_holds_it() -> None:
    SettlementRound.objects.create(year=2023, state="frozen")
    assert asked_before(2023) is None
    assert criteria_before(2023) is None
    day = datetime(2022, 11, 1, 12, tzinfo=UTC)
    for code, number, sent in (("3005", 50, day), ("4601", 0, day), ("5401", 30, None)):
        Request.objects.create(round_id=2023, municipality=code, version=1, number=number, day=day, sent_at=sent)
    assert asked_before(2023) is None  # somebody has not been told yet
    Request.objects.filter(sent_at=None).update(sent_at=day)
    Request.objects.create(round_id=2023, municipality="3005", version=2, number=99, day=day, sent_at=day)
    CriteriaSet.objects.create(
        round_id=2023, version=1, state="adopted", title="X", file="no-2021-reference", day=day.date()
    )
    asked, told_criteria = asked_before(2023), criteria_before(2023)
    assert asked is not None
    assert told_criteria is not None
    figures = {row.code: row.figure for county in asked.counties for row in county.rows}
    assert (figures["3005"].persons, figures["5401"].persons) == (50, 30)
    assert figures["4601"].status is figures["1101"].status is Status.NOT_ASKED
    assert {county.name for county in asked.counties} == {county.name for county in counties(2023)}
    assert (asked.publisher, asked.known_on) == ("IMDi", day.date())
    assert asked_before(2020) == asked_in(2020)  # what is published goes first


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_with_the_circular_is_whole_in_every_language(language: str) -> None:
    prepare()
    client = client_of(Party.DIRECTORATE, language=language)
    assert 'name="form-46"' in text_of(client)
    assert 'name="form-03"' not in text_of(client)  # Oslo is a municipality, and its form is known
    plan_joint()
    assert post(client, **FACTS)[0] == 302
    assert 'name="form-46"' in text_of(client)


# Minutes


def hold_a_meeting(county: str) -> str:
    """Hold a county's meeting; two outcomes have a reason, and one point is left open, which is returned."""
    own, by, point = worker(Party.COUNTY, county), worker(Party.DIRECTORATE), "Meir om bustader"
    cells.fill_from_proposal(own, year=YEAR, county=county)
    recommendations.ready(own, year=YEAR, county=county)
    recommendations.submit(approver(Party.COUNTY, county), year=YEAR, county=county)
    when = datetime(2020, 6, 30, 9, 0, tzinfo=UTC)
    meetings.plan(by, year=YEAR, county=county, at=when, place="Video")
    meetings.invite(by, year=YEAR, county=county)
    present = {"directorate": "seksjonsleder", "county": "rådgiver"}
    meetings.note_present(by, year=YEAR, county=county, present=present)
    meetings.add_point(by, year=YEAR, county=county, point=point)
    reasons = {BERGEN: ("Vi har mange bustader.", "municipality"), KVINNHERAD: ("Alle var samde.", "")}
    numbers = RecommendationLine.objects.filter(municipality__in=reasons).values_list("municipality", "number")
    came = [Outcome(code, Numbers(number), *reasons[code]) for code, number in numbers]
    outcomes.set_outcomes(by, year=YEAR, county=county, outcomes=came)
    outcomes.outcomes_as_recommended(by, year=YEAR, county=county)
    meetings.hold(by, year=YEAR, county=county, minutes="The numbers were gone through.")
    return point


@pytest.mark.begins_at(SHARED)
def test_the_minutes_of_a_held_meeting_are_a_letter_to_its_county() -> None:
    prepare()
    client = client_of(Party.DIRECTORATE)
    fields = {"kind": "minutes", "county": "46", "language": "nn"}
    assert "Skriv referat" not in text_of(client)
    assert "Møtet er ikke holdt." in post(client, **fields)[1]
    point = hold_a_meeting("46")
    lines = RecommendationLine.objects.filter(recommendation__county="46")
    assert post(client, **fields) == (302, f"/{YEAR}/letters")
    letter = Letter.objects.get()
    assert (letter.kind, letter.reference, letter.language) == ("minutes", f"{YEAR}/46-referat-1", "nn")
    text = plain_text(letter)
    for words in (
        "Vestland",
        "seksjonsleder",
        "rådgiver",
        "30. juni 2020",
        "The numbers were gone",
        point,
        "Bergen kommune",
    ):
        assert words in text
    assert "Vi har mange bustader." in text
    assert "Alle var samde." in text
    total = sum(filter(None, lines.values_list("outcome", flat=True)))
    assert f"{total:,}".replace(",", " ") in text
    for each in ("en", ""):
        assert post(client, **{**fields, "language": each})[0] == 422
    stranger = worker(Party.KS)
    assert refused(lambda: lettermeetings.minute(stranger, year=YEAR, county="46", forms={"46": "nb"})) == "wrong_party"
    Letter.objects.update(state="stopped")
    assert "på vei" in post(client, **fields)[1]
    Letter.objects.update(state="delivered")
    assert post(client, **fields)[0] == 302
    assert Letter.objects.get(version=2).reference == f"{YEAR}/46-referat-2"
    for language in LANGUAGES:
        assert "46-referat-2" in text_of(client_of(Party.DIRECTORATE, language=language), "letters/look")
