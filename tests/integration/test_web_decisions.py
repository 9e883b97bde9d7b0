"""The municipalities' decisions: who records what and when, versions, plans, what each sees of them, and the pages."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bosett.figures import series
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import Grant
from bosett_web.actions import decisions, demo
from bosett_web.actions.decisions import Answer
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.journal.models import Event
from bosett_web.records import clock
from bosett_web.records.letters import AnswerPlan, Decision, LetterSettings
from bosett_web.records.models import Request, SettlementRound
from parties import YEAR, decide_targets, somebody, worker

pytestmark = pytest.mark.django_db
OWN, NEIGHBOUR, COUNTY = "4601", "4602", "46"
DAY, DEADLINE = date(2020, 5, 19), date(2020, 6, 15)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
ASKED = 40


@pytest.fixture(autouse=True)
def _demo() -> None:
    demo.begin()


@pytest.fixture
def asked() -> None:
    """A frozen round in which two municipalities of one county have got their letters."""
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen")
    LetterSettings.objects.create(round_id=YEAR, answer_by=DEADLINE)
    for code in (OWN, NEIGHBOUR):
        ask(code)


def ask(code: str, number: int = ASKED, version: int = 1, *, sent: bool = True) -> None:
    Request.objects.create(
        round_id=YEAR,
        municipality=code,
        version=version,
        number=number,
        day=DAY,
        sent_at=timezone.now() if sent else None,
    )


def said(number: int | None = ASKED, **more: object) -> Answer:
    plain: dict[str, object] = {"minors": False, "decided_by": "council", "decided_on": clock.today()}
    return Answer(number, **(plain | more))  # type: ignore[arg-type]


def record(number: int | None = ASKED, code: str = OWN, request: int = 1, reason: str = "", **more: object) -> Event:
    actor = worker(Party.MUNICIPALITY, code)
    answer = said(number, **more)
    return decisions.record(actor, year=YEAR, municipality=code, request=request, answer=answer, reason=reason)


def newest(code: str = OWN) -> Decision:
    return Decision.objects.filter(round=YEAR, municipality=code).order_by("-version")[0]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Objected) as caught:
        act()
    return caught.value.objection.code


def invalid(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        act()
    return caught.value.field, caught.value.code


def last_event() -> Event:
    found = Event.objects.order_by("-pk").first()
    assert found is not None
    return found


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
    assert not Decision.objects.exists()


def test_nobody_answers_before_the_letter() -> None:
    ask(OWN, sent=False)
    assert refused(record) == "gate_letter_sent"
    act = {"year": YEAR, "municipality": OWN}
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
    actor, act = somebody(party, grade, area), {"year": YEAR, "municipality": OWN}
    acts: tuple[Callable[[], object], ...] = (
        lambda: decisions.record(actor, **act, request=1, answer=said()),
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
        actor, act = somebody(party, grade, area), {"year": YEAR, "municipality": OWN}
        acts: tuple[Callable[[], object], ...] = (
            lambda actor=actor, act=act: decisions.record_for(actor, **act, request=1, answer=said()),
            lambda actor=actor, act=act: decisions.give_time(actor, **act),
            lambda actor=actor, act=act: decisions.refuse_time(actor, **act, reason="a"),
            lambda actor=actor, act=act: decisions.complete(actor, **act, version=1),
            lambda actor=actor, act=act: decisions.raise_conditions(actor, **act, version=1, reason="a"),
            lambda actor=actor, act=act: decisions.clear(actor, **act, version=1, reason="a"),
        )
        assert {refused(each) for each in acts} == {code}


@pytest.mark.usefixtures("asked")
def test_what_came_by_letter_is_recorded_with_its_document() -> None:
    directorate, act = worker(Party.DIRECTORATE), {"year": YEAR, "municipality": OWN, "request": 1}
    without = said(minors=None)
    assert invalid(lambda: decisions.record_for(directorate, **act, answer=without)) == (
        "attachment",
        "attachment_missing",
    )
    event = decisions.record_for(directorate, **act, answer=said(minors=None, document=("a.pdf", PDF)))
    assert (event.name, newest().recorded_for, newest().minors) == ("decision.record_for", True, None)


# Versions


@pytest.mark.usefixtures("asked")
def test_a_correction_is_a_new_version_with_a_reason_and_the_old_one_is_kept() -> None:
    record(40)
    assert invalid(lambda: record(30)) == ("reason", "text_missing")
    event = record(30, reason="The council has decided again.")
    assert event.name == "decision.correct"
    rows = Decision.objects.filter(municipality=OWN).order_by("version").values_list("version", "number", "state")
    assert list(rows) == [(1, 40, "replaced"), (2, 30, "answered")]
    assert newest().note == "The council has decided again."


@pytest.mark.usefixtures("asked")
def test_a_preliminary_answer_gives_way_to_the_councils_and_not_the_other_way() -> None:
    record(40, preliminary=True, decided_by="administration")
    directorate, act = worker(Party.DIRECTORATE), {"year": YEAR, "municipality": OWN}
    assert refused(lambda: decisions.complete(directorate, **act, version=1)) == "decision_preliminary"
    record(38)
    assert [row.state for row in Decision.objects.order_by("version")] == ["replaced", "answered"]
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
    act = {"year": YEAR, "municipality": OWN}
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
    directorate, act = worker(Party.DIRECTORATE), {"year": YEAR, "municipality": OWN}
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
    directorate, act = worker(Party.DIRECTORATE), {"year": YEAR, "municipality": OWN}
    assert refused(lambda: decisions.complete(directorate, **act, version=1)) == "decision_newer"
    decisions.complete(directorate, **act, version=2)
    assert newest().state == "complete"
    missing = {"year": YEAR, "municipality": NEIGHBOUR}
    assert refused(lambda: decisions.complete(directorate, **missing, version=1)) == "wrong_state"
