"""The municipalities' decisions: who records what and when, versions, plans, what each sees of them, and the pages."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
    given_answer,
    newest,
    page,
    post,
    record,
)
from bosett.figures import series
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.actions.decisions import decisions
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import demo
from bosett_web.journal.models import Event
from bosett_web.queries.standing import forget_kept
from bosett_web.records import clock
from bosett_web.records.models import AnswerPlan, Decision, Request, SettlementRound
from parties import DECIDED, DEMO, YEAR, somebody, worker
from readers import client_of, public_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


@pytest.fixture
def asked() -> None:
    """A frozen round in which two municipalities of one county have got their letters."""
    begin_asking()


def whose(code: str, **more: object) -> dict[str, Any]:
    """Return of which municipality an action is, in the round of the demo."""
    return {"year": YEAR, "municipality": code, **more}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Objected) as caught:
        act()
    return caught.value.objection.code


def invalid(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        act()
    return caught.value.field, caught.value.code


def last_event() -> Event:
    event: Event | None = Event.objects.order_by("-pk").first()
    assert event is not None
    return event


# Recording


@pytest.mark.usefixtures("asked")
def test_an_answer_is_kept_with_its_facts_and_its_text_beside_the_chain() -> None:
    text = "Vedtaket forutsetter full statlig finansiering."
    event = record(30, minors=True, minors_number=4, more=5, conditions=text, document=("vedtak.PDF", PDF))
    row = newest()
    assert (row.version, row.number, row.minors, row.minors_number, row.more) == (1, 30, True, 4, 5)
    assert (row.state, row.preliminary, row.recorded_for, row.name) == ("answered", False, False, "vedtak.pdf")
    assert bytes(row.content or b"") == PDF
    assert [each["code"] for each in row.raised] == ["economy"]
    assert text[row.raised[0]["start"] : row.raised[0]["end"]] == row.raised[0]["words"]
    assert event.name == "decision.record"
    assert event.subject == f"decision:{YEAR}:{OWN}"
    assert text not in event.body
    assert {each.field: each.text for each in event.texts.all()} == {"conditions": text, "name": "vedtak.pdf"}


@pytest.mark.usefixtures("asked")
def test_a_no_is_a_number() -> None:
    record(0, minors=None)
    assert (newest().number, newest().minors) == (0, False)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"number": None}, ("number", "number_missing")),
        ({"number": 2_000_000}, ("number", "number_outside")),
        ({"minors": None}, ("minors", "minors_unanswered")),
        ({"minors": True, "minors_number": ASKED + 1}, ("minors_number", "minors_exceed")),
        ({"minors": False, "minors_number": 1}, ("minors_number", "minors_not_taken")),
        ({"minors_number": -1}, ("minors_number", "number_outside")),
        ({"more": -1}, ("more", "number_outside")),
        ({"decided_by": "mayor"}, ("decided_by", "not_a_choice")),
        ({"decided_on": DAY + timedelta(days=1)}, ("decided_on", "day_ahead")),
        ({"preliminary": True}, ("preliminary", "preliminary_by")),
        ({"document": ("a.pdf", b"no pdf")}, ("attachment", "attachment_kind")),
        ({"conditions": "a" * 20_001}, ("conditions", "text_long")),
    ],
)
def test_what_cannot_be_is_refused(more: dict[str, object], fault: tuple[str, str]) -> None:
    assert invalid(lambda: record(**more)) == fault  # type: ignore[arg-type]
    assert not Decision.objects.filter(round=YEAR).exists()


def test_nobody_answers_before_the_letter() -> None:
    ask(OWN, sent=False)
    assert refused(record) == "gate_letter_sent"
    act = whose(OWN)
    own = worker(Party.MUNICIPALITY, OWN)
    assert refused(lambda: decisions.plan(own, **act, planned_on=DEADLINE)) == "gate_letter_sent"
    assert refused(lambda: decisions.ask_time(own, **act, until=DEADLINE, reason="a")) == "gate_letter_sent"


WRONG = (
    (Party.DIRECTORATE, Grade.CASE_WORKER, "", "wrong_party"),
    (Party.KS, Grade.CASE_WORKER, "", "wrong_party"),
    (Party.COUNTY, Grade.APPROVER, COUNTY, "wrong_party"),
    (Party.MUNICIPALITY, Grade.READER, OWN, "low_grade"),
    (Party.MUNICIPALITY, Grade.CASE_WORKER, NEIGHBOUR, "wrong_area"),
)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("party", "grade", "area", "code"), WRONG)
def test_only_the_municipality_itself_answers(party: Party, grade: Grade, area: str, code: str) -> None:
    actor, act = somebody(party, grade, area), whose(OWN)
    acts: tuple[Callable[[], object], ...] = (
        lambda: decisions.record(actor, **act, request=1, answer=given_answer()),
        lambda: decisions.plan(actor, **act, planned_on=DEADLINE),
        lambda: decisions.ask_time(actor, **act, until=DEADLINE + timedelta(days=9), reason="The council meets later."),
    )
    assert {refused(each) for each in acts} == {code}
    assert last_event().name == "refused"


@pytest.mark.usefixtures("asked")
def test_only_the_directorate_records_for_others_and_judges() -> None:
    record()
    for party, grade, area, code in (
        (Party.MUNICIPALITY, Grade.APPROVER, OWN, "wrong_party"),
        (Party.KS, Grade.CASE_WORKER, "", "wrong_party"),
        (Party.DIRECTORATE, Grade.READER, "", "low_grade"),
    ):
        actor, act = somebody(party, grade, area), whose(OWN)
        acts = (
            partial(decisions.record_for, actor, **act, request=1, answer=given_answer()),
            partial(decisions.give_time, actor, **act),
            partial(decisions.refuse_time, actor, **act, reason="a"),
            partial(decisions.complete, actor, **act, version=1),
            partial(decisions.raise_conditions, actor, **act, version=1, reason="a"),
            partial(decisions.clear, actor, **act, version=1, reason="a"),
        )
        assert {refused(each) for each in acts} == {code}


@pytest.mark.usefixtures("asked")
def test_what_came_by_letter_is_recorded_with_its_document() -> None:
    directorate, act = worker(Party.DIRECTORATE), whose(OWN, request=1)
    without = given_answer(minors=None)
    assert invalid(lambda: decisions.record_for(directorate, **act, answer=without)) == (
        "attachment",
        "attachment_missing",
    )
    event = decisions.record_for(directorate, **act, answer=given_answer(minors=None, document=("a.pdf", PDF)))
    assert (event.name, newest().recorded_for, newest().minors) == ("decision.record_for", True, None)


@pytest.mark.usefixtures("asked")
def test_text_and_document_are_read_once_and_before_the_round_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def noting(name: str) -> Callable[..., object]:
        real = getattr(decisions, name)

        def inner(*given: object) -> object:
            done.append(name)
            return real(*given)

        return inner

    for name in ("recognised", "checked", "locked"):
        monkeypatch.setattr(decisions, name, noting(name))
    record(conditions="Kun familier.", document=("a.pdf", PDF))
    answer = given_answer(document=("a.pdf", PDF))
    decisions.record_for(worker(Party.DIRECTORATE), **whose(NEIGHBOUR, request=1), answer=answer)
    assert done == ["recognised", "checked", "locked"] * 2
    stranger = worker(Party.KS)
    assert refused(lambda: decisions.record(stranger, **whose(OWN, request=1), answer=answer)) == "wrong_party"
    assert len(done) == 6  # for who may not answer, nothing is read


# Versions


@pytest.mark.usefixtures("asked")
def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_is_kept() -> None:
    record(40)
    assert invalid(lambda: record(30)) == ("reason", "text_missing")
    event = record(30, reason="The council has decided again.")
    assert event.name == "decision.correct"
    rows = (
        Decision.objects.filter(round=YEAR, municipality=OWN)
        .order_by("version")
        .values_list("version", "number", "state")
    )
    assert list(rows) == [(1, 40, "replaced"), (2, 30, "answered")]
    assert newest().note == "The council has decided again."


@pytest.mark.usefixtures("asked")
def test_a_preliminary_answer_gives_way_to_the_councils_and_not_the_other_way() -> None:
    record(40, preliminary=True, decided_by="administration")
    directorate, act = worker(Party.DIRECTORATE), whose(OWN)
    assert refused(lambda: decisions.complete(directorate, **act, version=1)) == "decision_preliminary"
    record(38)
    assert [row.state for row in Decision.objects.filter(round=YEAR).order_by("version")] == ["replaced", "answered"]
    late = invalid(lambda: record(40, preliminary=True, decided_by="administration", reason="a"))
    assert late == ("preliminary", "preliminary_after")


@pytest.mark.usefixtures("asked")
def test_a_request_that_was_sent_since_the_page_was_shown_refuses_the_old_answer() -> None:
    record(40)
    ask(OWN, 50, 2)
    assert refused(lambda: record(40, request=1)) == "request_newer"
    assert record(50, request=2).name == "decision.record"  # a new request takes no reason
    assert newest().request.version == 2


# Plan and time


@pytest.mark.usefixtures("asked")
def test_a_plan_and_more_time() -> None:
    own, directorate = worker(Party.MUNICIPALITY, OWN), worker(Party.DIRECTORATE)
    act = whose(OWN)
    assert invalid(lambda: decisions.plan(own, **act, planned_on=DAY - timedelta(days=1))) == ("planned_on", "day_past")
    assert decisions.plan(own, **act, planned_on=DEADLINE).name == "decision.plan"
    assert refused(lambda: decisions.give_time(directorate, **act)) == "wrong_state"
    early = invalid(lambda: decisions.ask_time(own, **act, until=DEADLINE, reason="a"))
    assert early == ("until", "day_before_deadline")
    later = DEADLINE + timedelta(days=10)
    assert refused(lambda: decisions.ask_time(own, **act, until=later, reason=" ")) == "reason_missing"
    decisions.ask_time(own, **act, until=later, reason="The council meets after the deadline.")
    assert refused(lambda: decisions.ask_time(own, **act, until=later, reason="Again.")) == "wrong_state"
    decisions.refuse_time(directorate, **act, reason="The need is counted on that day.")
    decisions.ask_time(own, **act, until=later, reason="The council has no other day.")
    decisions.give_time(directorate, **act)
    row = AnswerPlan.objects.get(municipality=OWN)
    assert (row.planned_on, row.granted_until, row.granted) == (DEADLINE, later, True)
    record()
    assert refused(lambda: decisions.plan(own, **act, planned_on=DEADLINE)) == "answered_already"
    assert refused(lambda: decisions.ask_time(own, **act, until=later + timedelta(1), reason="a")) == "answered_already"


# Complete, raise, clear


@pytest.mark.usefixtures("asked")
def test_conditions_are_raised_and_cleared_up() -> None:
    record(conditions="Kun familier.")
    directorate, act = worker(Party.DIRECTORATE), whose(OWN)
    assert refused(lambda: decisions.clear(directorate, **act, version=1, reason="a")) == "wrong_state"
    assert refused(lambda: decisions.raise_conditions(directorate, **act, version=1, reason="")) == "reason_missing"
    decisions.raise_conditions(directorate, **act, version=1, reason="No condition may be set on families.")
    assert (newest().state, newest().note) == ("unclear", "No condition may be set on families.")
    assert refused(lambda: decisions.complete(directorate, **act, version=1)) == "wrong_state"
    event = decisions.clear(directorate, **act, version=1, reason="The municipality has taken it back.")
    assert (event.name, newest().state) == ("decision.clear", "complete")


@pytest.mark.usefixtures("asked")
def test_a_decision_that_has_been_replaced_is_not_taken_as_complete() -> None:
    record(40)
    record(30, reason="Decided again.")
    directorate, act = worker(Party.DIRECTORATE), whose(OWN)
    assert refused(lambda: decisions.complete(directorate, **act, version=1)) == "decision_newer"
    decisions.complete(directorate, **act, version=2)
    assert newest().state == "complete"
    missing = whose(NEIGHBOUR)
    assert refused(lambda: decisions.complete(directorate, **missing, version=1)) == "wrong_state"


# The pages


def facts(text: str) -> dict[str, str]:
    """Return the headline figures of the page."""
    headline = text.split('class="headline"')[1].split("</dl>", maxsplit=1)[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", headline, re.DOTALL)
    return {head: " ".join(re.sub(r"<[^>]+>", " ", body).split()) for head, body in pairs}


@pytest.mark.usefixtures("asked")
def test_a_municipality_answers_on_its_own_page_and_corrects_there() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    assert "Kommunen har ikke svart ennå." in page(client, "own")
    assert "Svarfrist: 15. juni 2020." in page(client, "own")
    document = SimpleUploadedFile("vedtak.pdf", PDF, content_type="application/pdf")
    assert post(client, "decision.record", **FORM, attachment=document) == (302, f"/{YEAR}/own#answer")
    text = page(client, "own")
    assert "Svar, versjon 1" in text
    assert "kommunestyret, 19. mai 2020 · Saksnummer 20/123" in text
    answer = client.get(f"/{YEAR}/decisions/{OWN}/1.pdf")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''vedtak.pdf"
    status, text = post(client, "decision.record", **(FORM | {"number": "30", "conditions": "Kun familier."}))
    assert status == 422  # a correction has its reason
    assert 'value="30"' in text
    assert "Kun familier.</textarea>" in text
    assert '<option value="yes" selected>' in text
    assert '<option value="council" selected>' in text
    reason = {"number": "30", "conditions": "Kun familier.", "reason": "Nytt vedtak i kommunestyret."}
    assert post(client, "decision.record", **(FORM | reason))[0] == 302
    text = page(client, "own")
    assert text.index("Svar, versjon 2") < text.index("Svar, versjon 1")
    assert "Bare familier, eller bare enslige." in text


@pytest.mark.usefixtures("asked")
def test_a_municipality_plans_and_asks_for_time_and_the_directorate_answers() -> None:
    own, directorate, act = client_of(Party.MUNICIPALITY, OWN), client_of(Party.DIRECTORATE), {"municipality": OWN}
    assert post(own, "decision.plan", **act, planned_on="2020-06-10", **{"from": "own"})[0] == 302
    assert "Planlagt behandling: 10. juni 2020." in page(own, "own")
    status, _ = post(own, "decision.ask_time", **act, until="2020-07-01", reason="Møtet er i juni.", **{"from": "own"})
    assert status == 302
    assert "Har bedt om frist til 1. juli 2020." in page(own, "own")
    text = page(directorate, f"decisions?for={OWN}")
    assert "Møtet er i juni." in text
    assert "Gi lengre frist" in text
    assert post(directorate, "decision.give_time", **act)[0] == 302
    assert "Svarfrist: 1. juli 2020." in page(own, "own")


@pytest.mark.usefixtures("asked")
def test_a_newer_request_refuses_an_answer_and_keeps_what_was_filled_in() -> None:
    client = client_of(Party.MUNICIPALITY, OWN)
    ask(OWN, 50, 2)
    status, text = post(client, "decision.record", **FORM)
    assert status == 409
    assert "En nyere anmodning er sendt: versjon 2." in text
    assert 'value="35"' in text


@pytest.mark.usefixtures("asked")
def test_the_directorate_records_for_a_municipality_and_clears_up() -> None:
    client, act = client_of(Party.DIRECTORATE), {"municipality": OWN, "version": "1"}
    form = FORM | {"conditions": "Kun familier.", "from": ""}
    status, text = post(client, "decision.record_for", **form)
    assert status == 422
    assert "Velg en fil." in text
    document = SimpleUploadedFile("vedtak.pdf", PDF, content_type="application/pdf")
    assert post(client, "decision.record_for", **form, attachment=document)[0] == 302
    assert "Forbehold å avklare" in page(client)
    assert "registrert av IMDi" in page(client, f"decisions?for={OWN}")
    assert post(client, "decision.raise", **act, reason="Forbehold om familier.")[0] == 302
    assert "Forbehold om familier." in page(client_of(Party.MUNICIPALITY, OWN), "own")
    assert post(client, "decision.clear", **act, reason="Trukket.")[0] == 302
    assert "Forbehold å avklare" not in page(client)
    record(code=NEIGHBOUR)
    assert post(client, "decision.complete", municipality=NEIGHBOUR, version="1")[0] == 302


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("party", "grade", "area", "code"), WRONG)
def test_a_form_of_somebody_else_is_refused_with_its_objection(
    party: Party, grade: Grade, area: str, code: str
) -> None:
    status, text = post(client_of(party, area, grade), "decision.record", **(FORM | {"from": ""}))
    assert status == 403
    objections = {"wrong_party": "bare kommune", "low_grade": "må en saksbehandler", "wrong_area": "Dette hører til"}
    assert objections[code].lower() in text.lower()


def test_what_is_not_there_is_not_found() -> None:
    client = client_of(Party.DIRECTORATE)
    assert client.get("/1999/decisions").status_code == 404
    assert client.get("/1999/decisions.csv").status_code == 404
    assert client.get(f"/{YEAR}/decisions/{OWN}/1.pdf").status_code == 404
    assert post(client, "decision.unknown", municipality=OWN)[0] == 404
    assert "Her står kommunenes vedtak" in page(client)


@pytest.mark.usefixtures("asked")
def test_an_answer_to_an_older_request_is_told_to_both() -> None:
    record(40)
    ask(OWN, 50, 2)
    assert "Den nyeste er versjon 2: svar på den." in page(client_of(Party.MUNICIPALITY, OWN), "own")
    assert "har svart på versjon 1; den nyeste er versjon 2." in page(client_of(Party.KS))


@pytest.mark.usefixtures("asked")
def test_who_is_late_and_who_is_near_stands_in_the_list_of_reminders() -> None:
    AnswerPlan.objects.create(round_id=YEAR, municipality=NEIGHBOUR, granted_until=date(2020, 6, 25), granted=True)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 16))
    text = page(client_of(Party.DIRECTORATE))
    assert "Uten vedtak etter fristen: 1" in text
    assert "Uten vedtak, frist innen 14 dager: 1" in text
    rows = text.split('id="waiting"')[1]
    assert rows.index("Bergen") < rows.index("over fristen") < rows.index("Kinn") < rows.index("fristen er nær")


# Who sees what

EVERYWHERE = ("decisions", "decisions.csv", f"decisions?for={OWN}", "own", "ks")
SEES = {
    "public": (Party.PUBLIC, ""),
    "neighbour": (Party.MUNICIPALITY, NEIGHBOUR),
    "other_county": (Party.COUNTY, "11"),
    "county": (Party.COUNTY, COUNTY),
    "own": (Party.MUNICIPALITY, OWN),
    "ks": (Party.KS, ""),
    "ministry": (Party.MINISTRY, ""),
    "directorate": (Party.DIRECTORATE, ""),
}


def public_texts() -> list[str]:
    """Return what the public reads once what is public has been published: the pages, the whole release, the rest."""
    document = json.dumps(public_of(YEAR).document(), ensure_ascii=False)
    pages = ("", "places", f"counties/{COUNTY}", f"municipalities/{OWN}", "calendar", "data")
    texts = [Client().get(f"/nb/{YEAR}/{path}") for path in pages]
    texts += [Client().get(f"/{YEAR}/{path}") for path in EVERYWHERE]
    return [document, *(answer.content.decode() for answer in texts)]


def who_reads(mark: str) -> set[str]:
    """Return who is shown a mark on any page."""
    pattern = re.compile(rf"(?<!\w){mark}(?!\w)")
    readers = set()
    for name, (party, area) in SEES.items():
        client = client_of(party, area)
        if party is Party.PUBLIC:
            texts = public_texts()
        else:
            texts = [client.get(f"/{YEAR}/{path}").content.decode() for path in EVERYWHERE]
        if any(pattern.search(text.replace("\u00a0", "").replace("&nbsp;", "")) for text in texts):
            readers.add(name)
    return readers


@pytest.mark.usefixtures("asked")
def test_before_the_release_a_decision_is_seen_by_the_parties_and_after_it_by_all() -> None:
    record(987_654, case_number="Ugla-7", document=("ugla.pdf", PDF))
    parties = {"county", "own", "ks", "ministry", "directorate"}
    assert who_reads("987654") == who_reads("Ugla-7") == parties
    path = f"/{YEAR}/decisions/{OWN}/1.pdf"
    assert {name for name, who in SEES.items() if client_of(*who).get(path).status_code == 200} == parties
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    assert who_reads("987654") == set(SEES)


@pytest.mark.usefixtures("asked")
def test_a_preliminary_answer_and_a_plan_never_reach_the_public_or_a_neighbour() -> None:
    record(987_654, preliminary=True, decided_by="administration")
    own = worker(Party.MUNICIPALITY, OWN)
    decisions.plan(own, year=YEAR, municipality=OWN, planned_on=date(2020, 12, 13))
    for release in (None, clock.moment()):
        SettlementRound.objects.filter(pk=YEAR).update(release_at=release)
        assert who_reads("987654") == {"county", "own", "ks", "ministry", "directorate"}
        assert who_reads("13. ?desember ?2020").isdisjoint({"public", "neighbour", "other_county"})


@pytest.mark.usefixtures("asked")
def test_a_reader_who_does_not_see_the_request_does_not_learn_it_from_the_answer() -> None:
    Request.objects.filter(round=YEAR, municipality=OWN).update(number=987_654)
    record(987_654)
    text = page(client_of(Party.MINISTRY))
    ends = ("987 654</dd>", "987 654</td>", "987 654</text>")  # sums of decisions, cells and the drawing of them
    assert text.count("987 654") == sum(text.count(end) for end in ends) + text.count(": 987 654")
    assert "Versjon 1: 987 654" not in page(client_of(Party.MINISTRY), f"decisions/{OWN}/1")
    assert "har gjort vedtak" in text
    assert facts(text)["Anmodet"] == "–"
    assert facts(text)["som anmodet"] == "0"


# The known facts of 2021


@pytest.mark.begins_at(DECIDED)
def test_the_round_of_2021_comes_to_what_is_known_of_it() -> None:
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", frozen_at=clock.moment())
    first, second = series("requested_first", YEAR).figures, series("decided", YEAR).figures
    for code, figure in first.items():
        if figure.persons:
            ask(code, figure.persons)
    for code, figure in second.items():
        if first[code].persons:
            grant = Grant.objects.filter(seat__party=Party.MUNICIPALITY, seat__area=code, grade=Grade.CASE_WORKER)
            assert grant.exists(), code
            record(figure.persons, code)
    text = page(client_of(Party.DIRECTORATE))
    assert facts(text) == {
        "Har gjort vedtak": "211 av 211",
        "som anmodet": "203",
        "færre": "8 (av dem nei: 2)",
        "flere": "0",
        "Sum vedtak": "4 973 −52 mot måltallet på 5 025",
        "Anmodet": "5 025",
    }
    foot = re.sub(r"<[^>]+>", " ", text.split('id="counties"')[1].split("<tfoot>")[1].split("</tfoot>")[0]).split()
    assert " ".join(foot) == "Sum 211 211 203 8 2 0 5 025 4 973 5 025"
    assert "Alle kommuner som er anmodet, har gjort vedtak." in text
    assert "211 av 211 kommuner har gjort vedtak, 4 973 personer i alt" in page(client_of(Party.KS), "ks")


# Queries and languages

QUERIES = {"decisions": 27, f"decisions?for={OWN}": 30, "decisions.csv": 24}


def counted(client: Client, path: str) -> int:
    forget_kept()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/{YEAR}/{path}").status_code == 200
    return len(queries)


@pytest.mark.usefixtures("asked")
def test_the_pages_ask_the_database_a_fixed_number_of_times() -> None:
    client = client_of(Party.DIRECTORATE)
    record()  # a history that is empty asks for no texts
    few = {path: counted(client, path) for path in QUERIES}
    for code in ("4617", "4621", "4626"):
        ask(code)
        Decision.objects.create(
            round_id=YEAR,
            municipality=code,
            version=1,
            request=Request.objects.get(round=YEAR, municipality=code),
            number=ASKED,
            decided_by="council",
            decided_on=DAY,
            day=DAY,
        )
    record(35, reason="Skrivefeil.")
    assert {path: counted(client, path) for path in QUERIES} == few == QUERIES


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pages_are_whole_in_every_language(language: str) -> None:
    record(conditions="Kun familier.")
    record(0, code=NEIGHBOUR, preliminary=True, decided_by="administration")
    own = worker(Party.MUNICIPALITY, NEIGHBOUR)
    act = whose(NEIGHBOUR)
    decisions.plan(own, **act, planned_on=DEADLINE)
    decisions.ask_time(own, **act, until=date(2020, 7, 1), reason="Møtet er i juni.")
    for party, area in ((Party.DIRECTORATE, ""), (Party.KS, ""), (Party.COUNTY, COUNTY), (Party.MUNICIPALITY, OWN)):
        client = client_of(party, area)
        client.post("/settings", {"language": language, "scheme": "dark", "back": "/"})
        paths = ("decisions", f"decisions?for={OWN}", f"decisions?for={NEIGHBOUR}")
        for path in (*paths, "own") if party is Party.MUNICIPALITY else paths:
            assert page(client, path)
