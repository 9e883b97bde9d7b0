"""Following the answers: where one is taken after a form, a document that is not lost, days, receipts, what is live."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import hostile
from answering import (
    ASKED,
    COUNTY,
    DAY,
    DEADLINE,
    FORM,
    NEIGHBOUR,
    OWN,
    PDF,
    ask,
    begin_asking,
    newest,
    page,
    post,
    record,
)
from bosett.render.count_by_day import Frame
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.actions.decisions import decisions, held_documents
from bosett_web.actions.releases.publishing import publish
from bosett_web.actions.round import demo
from bosett_web.jobs import tasks as jobs
from bosett_web.journal.models import Event
from bosett_web.queries.letters.reminders import remindable
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import AnswerPlan, Decision, HeldDocument, Request, SettlementRound
from bosett_web.screens.decisions import decisions as decision_pages
from lettersteps import take_any_sign
from markup import tidy
from parties import DEMO, YEAR, decide_targets, worker
from pdfs import Read
from readers import client_of, led_from, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
WRONG = FORM | {"minors_number": "400"}
FOR_OTHERS = FORM | {"from": ""}


@pytest.fixture(autouse=True)
def _asked() -> None:
    begin_asking()


def pdf(content: bytes = PDF, name: str = "vedtak.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by their heads."""
    text = client.get(f"/{YEAR}/{path}").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def on(day: date) -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=day)


def test_the_number_and_the_answer_come_before_what_explains_them() -> None:
    text = page(client_of(Party.MUNICIPALITY, OWN), "own")
    places = [
        text.index(words) for words in ("er anmodet om å bosette", 'id="answer"', "Hva skjer nå", "Slik ble tallet til")
    ]
    assert places == sorted(places)


# Where one is taken


def test_every_move_of_the_directorate_leads_back_to_the_same_municipality() -> None:
    client, own = client_of(Party.DIRECTORATE), worker(Party.MUNICIPALITY, OWN)
    there = f"/{YEAR}/decisions?for={OWN}#one"
    act = {"municipality": OWN, "version": "1"}
    later = DEADLINE + timedelta(days=5)
    decisions.ask_time(own, year=YEAR, municipality=OWN, until=later, reason="The council meets later.")
    assert post(client, "decision.refuse_time", municipality=OWN, reason="Behovet telles da.") == (302, there)
    decisions.ask_time(own, year=YEAR, municipality=OWN, until=later, reason="There is no other day.")
    assert post(client, "decision.give_time", municipality=OWN) == (302, there)
    assert post(client, "decision.record_for", **FOR_OTHERS, attachment=pdf()) == (302, there)
    assert post(client, "decision.raise", **act, reason="Tallet er uklart.") == (302, there)
    assert post(client, "decision.clear", **act, reason="Kommunen har svart.") == (302, there)
    record(code=NEIGHBOUR)
    assert post(client, "decision.complete", municipality=NEIGHBOUR, version="1")[1].endswith(f"?for={NEIGHBOUR}#one")
    text = tidy(client.get(there).content.decode())
    section = text.split('id="one"')[1]
    assert "Vedtak godtatt" in section.split("</section>")[0]  # the message stands with the municipality
    assert text.count('role="status"') == 1


def test_a_refused_form_stands_with_its_municipality_and_leads_to_real_pages() -> None:
    client = client_of(Party.DIRECTORATE)
    record(conditions="Kun familier.")
    status, text = post(client, "decision.raise", municipality=OWN, version="1", reason=" ")
    assert status == 409
    section = text.split('id="one"')[1].split("</section>")[0]
    assert 'role="alert"' in section
    assert f'action="/{YEAR}/do/decision.raise#one"' in section
    assert 'href="?' not in text  # from the form's own address that would lead nowhere


def test_a_place_that_is_made_up_leads_to_no_other_address() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    status, _ = post(client, "decision.plan", municipality="//evil.example", planned_on="2020-06-10")
    assert status == 403
    assert held_documents.held_document(worker(Party.MUNICIPALITY, OWN), YEAR, "//evil.example", "") == ("", b"")


def test_a_correction_starts_from_the_decision_as_it_stands() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    assert 'id="a-number" name="number" type="text" inputmode="numeric" autocomplete="off" value=""' in page(
        client, "own"
    )
    record(0, minors=None, more=0, conditions="Ingen.", case_number="20/7", decided_by="executive")
    text = page(client, "own")
    for field in ('name="number" type="text" inputmode="numeric" autocomplete="off" value="0"', 'value="20/7"'):
        assert field in text
    for part in (">Ingen.</textarea>", '"no" selected', '"executive" selected', f'value="{DAY.isoformat()}"'):
        assert part in text
    _, text = post(
        client, "decision.record", **(FORM | {"number": "", "minors": "", "decided_by": "", "case_number": ""})
    )
    assert 'value="20/7"' not in text  # what was emptied stays empty after a refusal
    assert '"executive" selected' not in text
    ask(OWN, 50, 2)
    assert 'value="20/7"' not in page(client, "own")  # a new request takes a new answer


# A document whose form is refused


def test_a_refused_form_keeps_its_document_until_it_is_sent_again() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    status, text = post(client, "decision.record", **WRONG, attachment=pdf())
    assert status == 422
    assert "Bruk filen du valgte: vedtak.pdf" in text
    sha256 = re.findall(r'name="held_document" value="(\w+)" checked', text)[0]
    assert not Decision.objects.filter(round=YEAR).exists()
    status, text = post(client, "decision.record", **WRONG, held_document=sha256)  # refused again, it is still there
    assert (status, sha256 in text) == (422, True)
    assert post(client, "decision.record", **FORM, held_document=sha256)[0] == 302
    assert (newest().name, bytes(newest().content or b"")) == ("vedtak.pdf", PDF)
    assert not HeldDocument.objects.exists()


def test_a_document_for_a_municipality_is_held_too_and_need_not_be_chosen_again() -> None:
    client = client_of(Party.DIRECTORATE)
    status, text = post(client, "decision.record_for", **(FOR_OTHERS | {"number": "mange"}), attachment=pdf())
    assert status == 422  # no number at all
    sha256 = re.findall(r'name="held_document" value="(\w+)"', text)[0]
    assert "required" not in text.split('type="file"')[1].split(">")[0]
    assert post(client, "decision.record_for", **FOR_OTHERS, held_document=sha256)[0] == 302
    assert newest().name == "vedtak.pdf"


def test_a_document_that_is_unticked_is_let_go_and_a_new_one_goes_before_it() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    post(client, "decision.record", **WRONG, attachment=pdf())
    status, text = post(client, "decision.record", **WRONG)
    assert (status, 'name="held_document"' in text, HeldDocument.objects.count()) == (422, False, 0)
    _, text = post(client, "decision.record", **WRONG, attachment=pdf())
    sha256 = re.findall(r'name="held_document" value="(\w+)"', text)[0]
    other = hostile.plain()
    assert post(client, "decision.record", **FORM, held_document=sha256, attachment=pdf(other, "nytt.pdf"))[0] == 302
    assert (newest().name, bytes(newest().content or b"")) == ("nytt.pdf", other)


def test_a_document_that_cannot_be_kept_is_not_held_and_lets_go_of_the_one_before() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    post(client, "decision.record", **WRONG, attachment=pdf())
    status, text = post(client, "decision.record", **FORM, attachment=pdf(hostile.scripted()))
    assert status == 422
    assert "skript" in text
    assert "Bruk filen du valgte" not in text  # another was chosen: the one before is not offered, let alone ticked
    assert not HeldDocument.objects.exists()


def test_nobody_uses_or_sees_what_another_has_waiting() -> None:
    _, text = post(client_of(Party.MUNICIPALITY, OWN), "decision.record", **WRONG, attachment=pdf())
    sha256 = re.findall(r'name="held_document" value="(\w+)"', text)[0]
    other = client_of(Party.MUNICIPALITY, OWN, Grade.APPROVER)
    _, text = post(other, "decision.record", **WRONG)
    assert "vedtak.pdf" not in text
    assert HeldDocument.objects.count() == 1
    assert post(other, "decision.record", **FORM, held_document=sha256)[0] == 302
    assert newest().content is None


@pytest.mark.parametrize(
    ("party", "grade", "area"),
    [
        (Party.MUNICIPALITY, Grade.READER, OWN),
        (Party.MUNICIPALITY, Grade.CASE_WORKER, NEIGHBOUR),
        (Party.KS, Grade.CASE_WORKER, ""),
    ],
)
def test_who_may_not_answer_leaves_no_document_here(party: Party, grade: Grade, area: str) -> None:
    status, _ = post(client_of(party, area, grade), "decision.record", **(WRONG | {"from": ""}), attachment=pdf())
    assert status in (403, 422)
    assert not HeldDocument.objects.exists()


def test_documents_wait_for_a_session_and_no_more_than_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    directorate = worker(Party.DIRECTORATE)
    for place in range(held_documents.MOST + 2):
        code = f"46{place + 11}"
        ask(code)
        act: dict[str, Any] = {"move": "decision.record_for", "year": YEAR, "municipality": code}
        held_documents.hold(directorate, **act, document=(f"{place}.pdf", PDF))
    kept = HeldDocument.objects.order_by("pk").values_list("name", flat=True)
    assert list(kept) == [f"{place}.pdf" for place in range(2, held_documents.MOST + 2)]
    HeldDocument.objects.update(at=clock.now() - held_documents.HELD_FOR - timedelta(minutes=1))
    sha256 = HeldDocument.objects.order_by("pk").values_list("sha256", flat=True)[0]
    assert held_documents.held_document(directorate, YEAR, "4617", sha256) == ("", b"")
    held_documents.hold(directorate, move="decision.record_for", year=YEAR, municipality=OWN, document=("a.pdf", PDF))
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)  # the test's own transaction lives on
    jobs.let_go_of_held(timestamp=0)
    assert HeldDocument.objects.get().municipality == OWN


def test_a_form_whose_session_has_ended_asks_for_its_file_again() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    signed = client.get(f"/{YEAR}/").context["signed"]
    del (session := client.session)["grant"]
    session.save()
    answer = client.post(f"/{YEAR}/do/decision.record", {**FORM, "shown_to": signed, "attachment": pdf()})
    assert answer.status_code == 302
    grant = Grant.objects.get(seat__party=Party.MUNICIPALITY, seat__area=OWN, grade=Grade.CASE_WORKER)
    client.post("/login/demo", {"grant": grant.pk})
    assert "Filen vedtak.pdf ble ikke tatt vare på." in client.get("/kept").content.decode()


WORST: dict[Callable[[], bytes], str] = {
    hostile.locked: "kryptert eller har passord",
    hostile.scripted: "har skript i seg",
    hostile.launching: "starter programmer",
    hostile.carrying: "har andre filer i seg",
    hostile.swelling: "blir for stor når den pakkes ut",
    hostile.unreadable: "lar seg ikke kontrollere",
    lambda: b"PK\x03\x04 a document of another program": "Filen er ikke en PDF.",
    lambda: b"%PDF-1.7\n" + b"0" * 10 * 1024 * 1024 + b"%%EOF": "Filen er for stor: høyst 10 MB.",
}


def test_a_hostile_document_is_refused_with_its_own_word_and_nothing_is_kept() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    for make, words in WORST.items():
        status, text = post(client, "decision.record", **FORM, attachment=pdf(make()))
        assert status == 422
        error = text.split('id="a-attachment-error">')[1].split("</p>")[0]
        assert words in error
        assert 'value="35"' in text  # the rest is still there
    assert not Decision.objects.filter(round=YEAR).exists()
    assert not HeldDocument.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    answer = client.post(f"/{YEAR}/do/decision.record", {"attachment": pdf(PDF + b"0" * 50 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "Gå tilbake i nettleseren og velg en mindre fil." in answer.content.decode()


# Clearing up


def test_what_is_raised_is_told_to_the_municipality_and_its_correction_clears_it() -> None:
    record(conditions="Kun familier.")
    directorate, own = client_of(Party.DIRECTORATE), client_of(Party.MUNICIPALITY, OWN)
    post(directorate, "decision.raise", municipality=OWN, version="1", reason="Ta bort forbeholdet om familier.")
    text = page(own, "own")
    asked = text.split("IMDi ber kommunen avklare dette:")[1].split("</div>")[0]
    assert "Ta bort forbeholdet om familier." in asked
    assert "må avklares" in text
    assert "Forbehold å avklare" in page(directorate)
    reason = {"number": "40", "minors": "no", "minors_number": "", "reason": "Forbeholdet er trukket."}
    assert post(own, "decision.record", **(FORM | reason))[0] == 302
    assert "Forbehold å avklare" not in page(directorate)
    assert [row.state for row in Decision.objects.filter(round=YEAR).order_by("version")] == ["replaced", "answered"]
    assert "IMDi ber kommunen avklare dette:" not in page(own, "own")
    assert "Ta bort forbeholdet om familier." in page(own, "own")  # the old version still tells what was said of it
    assert post(directorate, "decision.complete", municipality=OWN, version="2")[0] == 302


# Over time


def test_the_days_tell_how_the_answers_stood_then() -> None:
    record(30, preliminary=True, decided_by="administration")
    on(date(2020, 6, 1))
    record(38)
    record(ASKED, code=NEIGHBOUR)
    on(date(2020, 6, 20))
    record(35, reason="Nytt vedtak.")
    rows = [list(row.values()) for row in rows_of(client_of(Party.DIRECTORATE), "decisions/days.csv")]
    assert rows == [
        ["2020-05-19", "1", "0", "1", "0"],
        ["2020-06-01", "2", "2", "0", "78"],
        ["2020-06-20", "1", "2", "0", "75"],
    ]
    # The public sees nothing of it before the release, and then not the preliminary answer.
    assert led_from(f"/{YEAR}/decisions/days.csv") == f"/nb/{YEAR}/data"
    assert rows_of(client_of(Party.UDI), "decisions/days.csv") == []
    assert public_of(YEAR).decisions == ()
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert [list(row.values())[:2] for row in rows_of(client_of(Party.UDI), "decisions/days.csv")] == [
        ["2020-06-01", "2"],
        ["2020-06-20", "1"],
    ]
    released = Counter(each.on for each in public_of(YEAR).decisions)
    assert released == {date(2020, 6, 1): 2, date(2020, 6, 20): 1}
    text = page(client_of(Party.DIRECTORATE))
    assert text.count('<svg class="bars climb"') == 2
    assert "Personer i vedtakene" in text


def test_a_decision_after_its_deadline_is_marked_and_one_within_more_time_is_not() -> None:
    AnswerPlan.objects.create(round_id=YEAR, municipality=NEIGHBOUR, granted_until=date(2020, 7, 1), granted=True)
    on(date(2020, 6, 20))
    record()
    record(code=NEIGHBOUR)
    rows = rows_of(client_of(Party.DIRECTORATE), "decisions.csv")
    assert {row["kommune"]: row["kom_etter_fristen"] for row in rows} == {"Bergen": "ja", "Kinn": "nei"}
    text = page(client_of(Party.DIRECTORATE))
    assert "Svar etter fristen: 1" in text
    assert text.count("kom etter fristen") == 1


def test_the_line_of_the_deadline_is_the_rounds_unless_one_municipality_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = date(2020, 7, 1)
    AnswerPlan.objects.create(round_id=YEAR, municipality=OWN, granted_until=later, granted=True)
    record()
    marks: list[date | None] = []

    def drawn(_: object, frame: Frame, *__: object) -> str:
        marks.append(frame.mark)
        return ""

    monkeypatch.setattr(decision_pages, "climb", drawn)
    page(client_of(Party.DIRECTORATE))  # Bergen, with more time, stands first by name
    assert marks == [DEADLINE, DEADLINE]
    Request.objects.filter(round=YEAR, municipality=NEIGHBOUR).delete()
    page(client_of(Party.DIRECTORATE))
    assert marks[2:] == [later, later]


def test_a_correction_after_the_deadline_does_not_make_a_decision_late() -> None:
    record()
    on(date(2020, 6, 20))
    record(30, reason="Nytt vedtak.")
    assert "kom etter fristen" not in page(client_of(Party.DIRECTORATE))


def test_a_plan_after_the_deadline_is_told_and_an_older_version_is_named() -> None:
    own = worker(Party.MUNICIPALITY, NEIGHBOUR)
    decisions.plan(own, year=YEAR, municipality=NEIGHBOUR, planned_on=date(2020, 6, 18))
    record()
    ask(OWN, 50, 2)
    text = page(client_of(Party.DIRECTORATE))
    waiting = text.split('id="waiting"')[1].split("</section>")[0]
    assert "Har ikke gjort vedtak: 1</h2>" in waiting
    assert '18. juni 2020 <small class="toned">etter fristen</small>' in waiting
    assert "Versjon 1 av 2" in text.split('id="all"')[1]
    explained = f"/{YEAR}/why/{OWN}/request-2"
    assert f'href="{explained}"' in text.split('id="all"')[1]
    assert client_of(Party.DIRECTORATE).get(explained).status_code == 200


def test_one_that_is_asked_for_none_any_more_is_not_waited_for() -> None:
    ask(NEIGHBOUR, 0, 2)
    record(preliminary=True, decided_by="administration")
    ask(OWN, 0, 2)
    ask("4617")
    on(DEADLINE + timedelta(days=1))
    text = page(client_of(Party.DIRECTORATE))
    assert "Uten vedtak etter fristen: 1<" in text
    assert "0 <small>av 1</small>" in text
    waiting = text.split('id="waiting"')[1].split("</section>")[0]
    assert [code for code in (OWN, NEIGHBOUR, "4617") if f'id="waiting-{code}"' in waiting] == ["4617"]
    assert "Har ikke gjort vedtak: 1</h2>" in waiting
    assert [row["kommunenummer"] for row in rows_of(client_of(Party.DIRECTORATE), "decisions.csv")] == [OWN, "4617"]
    directorate = worker(Party.DIRECTORATE)
    at = standing(YEAR)
    languages = dict.fromkeys((OWN, NEIGHBOUR, "4617"), "nb")
    late = remindable(at, (), languages, directorate.who, clock.moment(), clock.today())
    assert [each.code for each in late] == ["4617"]


def test_one_that_has_answered_and_is_asked_for_none_since_stays_with_its_answer() -> None:
    record()
    ask(OWN, 0, 2)
    on(DEADLINE + timedelta(days=1))
    text = page(client_of(Party.DIRECTORATE))
    assert "1 <small>av 2</small>" in text
    assert "Uten vedtak etter fristen: 1<" in text  # only the neighbour


def test_a_decision_on_an_older_request_does_not_answer_the_newest() -> None:
    record()
    record(code=NEIGHBOUR)
    ask(OWN, 50, 2)
    client = client_of(Party.DIRECTORATE)
    on(DEADLINE)
    assert "Uten vedtak, frist innen 14 dager: 1 " in page(client)
    on(DEADLINE + timedelta(days=1))
    assert "Uten vedtak etter fristen: 1<" in page(client)
    rows = rows_of(client, "decisions.csv")
    assert {row["kommune"]: row["uten_vedtak_etter_fristen"] for row in rows} == {"Bergen": "ja", "Kinn": "nei"}


def test_the_counties_are_held_against_their_targets() -> None:
    SettlementRound.objects.filter(pk=YEAR).update(state="open", frozen_at=None)
    decide_targets()
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", frozen_at=clock.moment())
    ask("1103", 60)
    record(0, code="1103", minors=None)
    record()
    rows = {row["fylke"]: row for row in rows_of(client_of(Party.DIRECTORATE), "decisions/counties.csv")}
    assert list(rows) == ["Rogaland", "Vestland"]
    assert (rows["Rogaland"]["av_dem_nei"], rows["Rogaland"]["færre"], rows["Rogaland"]["vedtatt"]) == ("1", "1", "0")
    assert (rows["Vestland"]["som_anmodet"], rows["Vestland"]["har_gjort_vedtak"]) == ("1", "1")
    assert int(rows["Vestland"]["måltall"]) > 500
    text = page(client_of(Party.DIRECTORATE))
    assert "mot måltallet på 5 025" in text


# Live


def test_an_open_page_is_told_when_something_has_changed_and_only_then() -> None:
    client = client_of(Party.DIRECTORATE)

    def mark() -> str:
        match = re.search(r'hx-get="[^"]*mark=(\w+)"', page(client))
        assert match
        return match[1]

    first = mark()
    live = f"/{YEAR}/decisions/live"
    assert client.get(live, {"mark": first}).status_code == 204
    record()
    answer = client.get(live, {"mark": first})
    assert answer.status_code == 200
    assert 'id="live"' in answer.content.decode()
    assert "1 <small>av 2</small>" in tidy(answer.content.decode())
    second = mark()
    assert second != first
    decisions.plan(worker(Party.MUNICIPALITY, NEIGHBOUR), year=YEAR, municipality=NEIGHBOUR, planned_on=DEADLINE)
    assert client.get(live, {"mark": second}).status_code == 200
    third = mark()
    on(DEADLINE + timedelta(days=1))  # a deadline has passed
    assert client.get(live, {"mark": third}).status_code == 200


def test_what_a_reader_may_not_see_does_not_move_the_mark() -> None:
    outside = client_of(Party.UDI)  # sees no more than the public
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    before = re.findall(r"mark=(\w+)", page(outside))[0]
    publish(YEAR)
    record(preliminary=True, decided_by="administration")
    decisions.plan(worker(Party.MUNICIPALITY, OWN), year=YEAR, municipality=OWN, planned_on=DEADLINE)
    assert outside.get(f"/{YEAR}/decisions/live", {"mark": before}).status_code == 204
    assert outside.get("/1999/decisions/live").status_code == 404
    assert not publish(YEAR), "nor is there anything to publish"


def test_a_page_that_is_open_still_when_its_session_has_ended_is_led_on_as_a_whole() -> None:
    answer = Client().get(f"/{YEAR}/decisions/live", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/nb/{YEAR}/places")
    assert answer.content == b""
    assert led_from(f"/{YEAR}/decisions/live") == f"/nb/{YEAR}/places"


def test_the_updates_can_be_stopped() -> None:
    client = client_of(Party.DIRECTORATE)
    text = page(client, f"decisions?live=off&for={OWN}")
    assert "hx-get" not in text
    assert "Start oppdateringen" in text


# Receipts


def test_the_receipt_holds_version_time_and_what_proves_it() -> None:
    event = record(30, minors=True, minors_number=4, conditions="Kun familier.", document=("vedtak.pdf", PDF))
    text = page(client_of(Party.MUNICIPALITY, OWN), f"decisions/{OWN}/1")
    for words in ("Bergen (4601)", "Versjon 1: 40", "30", "ja, 4", "Kun familier.", "vedtak.pdf"):
        assert words in text
    assert control(client_of(Party.MUNICIPALITY, OWN)) == (event.hash, newest().sha256)
    assert f'href="/{YEAR}/decisions/{OWN}/1.json"' in text
    assert event.hash not in text
    assert f"hendelse {event.number}, " in text
    assert "Dette er kommunens gjeldende svar." in text
    record(20, reason="Nytt vedtak.")
    text = page(client_of(Party.MUNICIPALITY, OWN), f"decisions/{OWN}/1")
    assert "Dette svaret er erstattet av versjon 2." in text
    assert control(client_of(Party.MUNICIPALITY, OWN))[0] == event.hash  # its own event, not the newest
    assert f'href="/{YEAR}/decisions/{OWN}/2"' in page(client_of(Party.MUNICIPALITY, OWN), "own")


def control(client: Client) -> tuple[str, str]:
    """Return the checksums of the first answer: its event's, and its document's."""
    answer = client.get(f"/{YEAR}/decisions/{OWN}/1.json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="bosett-{YEAR}-{OWN}-1.json"'
    document = answer.json()
    return document["event_sha256"], document["document_sha256"] or ""


def test_who_sees_the_answer_has_its_copy_and_nobody_else() -> None:
    event = record()
    path = f"/{YEAR}/decisions/{OWN}/1"
    seats = {
        "ks": (Party.KS, ""),
        "county": (Party.COUNTY, COUNTY),
        "ministry": (Party.MINISTRY, ""),
        "directorate": (Party.DIRECTORATE, ""),
        "neighbour": (Party.MUNICIPALITY, NEIGHBOUR),
        "udi": (Party.UDI, ""),
    }

    def seen() -> set[str]:
        return {name for name, who in seats.items() if client_of(*who).get(path).status_code == 200}

    assert seen() == {"ks", "county", "ministry", "directorate"}
    assert control(client_of(Party.KS)) == (event.hash, "")
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert seen() == set(seats)
    assert client_of(Party.PUBLIC).get(f"{path}.json").status_code == 302, "nor is the seal of its event for everybody"
    assert client_of(Party.KS).get(f"/{YEAR}/decisions/{OWN}/2").status_code == 404
    assert client_of(Party.KS).get(f"/{YEAR}/decisions/9999/1").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_receipt_is_a_document_for_the_archive(language: str) -> None:
    event = record(0, minors=None, conditions="Kun familier.\nEllers ingen.", document=("vedtak.pdf", PDF))
    client = client_of(Party.MUNICIPALITY, OWN)
    client.post("/settings", {"language": language, "scheme": "auto", "back": "/"})
    answer = client.get(f"/{YEAR}/decisions/{OWN}/1/receipt.pdf")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''bosett-{YEAR}-{OWN}-1.pdf"
    read = Read(answer.content)
    assert read.language.startswith(language)
    assert read.title == ("Receipt for an answer" if language == "en" else "Kvittering for svar")
    text = "".join(read.whole.split())
    assert event.hash not in text
    assert newest().sha256 not in text
    assert "Kunfamilier." in text


def test_a_file_name_that_no_document_can_be_set_with_is_told_and_nothing_is_held() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    # By itself it is the fault; beside another one it hides it not.
    for fields, named in ((FORM, True), (WRONG, False)):
        status, text = post(client, "decision.record", **fields, attachment=pdf(name="vedtak \U0001f642.pdf"))
        assert (status, "U+1F642" in text) == (422, named)
    assert not HeldDocument.objects.exists()
    assert not Decision.objects.filter(round=YEAR).exists()


def test_a_receipt_with_characters_that_no_document_has_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    take_any_sign(monkeypatch)
    record(conditions="Ugla \U0001f989 bor her.")
    client = client_of(Party.MUNICIPALITY, OWN)
    answer = client.get(f"/{YEAR}/decisions/{OWN}/1/receipt.pdf")
    assert answer.status_code == 422
    assert "Skriv ut kvitteringssiden" in answer.content.decode()
    assert client.get(f"/{YEAR}/decisions/{OWN}/2/receipt.pdf").status_code == 404


def test_an_answer_that_the_journal_does_not_know_has_no_seal() -> None:
    record()
    unknown = Decision.objects.get(round=YEAR)
    unknown.pk, unknown.version = None, 7
    unknown.save(force_insert=True)
    assert Event.objects.filter(name="decision.record").exists()
    assert "I hendelsesloggen" not in page(client_of(Party.DIRECTORATE), f"decisions/{OWN}/7")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_new_pages_are_whole_in_every_language(language: str) -> None:
    record(conditions="Kun familier.", document=("vedtak.pdf", PDF))
    client = client_of(Party.DIRECTORATE)
    client.post("/settings", {"language": language, "scheme": "dark", "back": "/"})
    assert page(client, f"decisions/{OWN}/1")
    for path in ("decisions.csv", "decisions/counties.csv", "decisions/days.csv"):
        assert rows_of(client, path)
    assert DAY.isoformat() in client.get(f"/{YEAR}/decisions/days.csv").content.decode()
