"""A letter that is not true any more is neither approved, sent nor let out, and its page says so: one rule for all.

Each case writes a letter, lets something that it tells change, and asks at each of the four places.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils.html import escape

import bosett_web
from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import HowToAnswer, Worded
from bosett.rounds.parties import Party
from bosett_web.actions.county import recommendations
from bosett_web.actions.letters import circulars, letters, reminders, sending
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.meetings import meetings
from bosett_web.actions.round import criteria, demo
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.queries.letters.circulars import CircularFacts
from bosett_web.queries.letters.receivers import county_municipalities
from bosett_web.queries.letters.truth import CODES
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import (
    AnswerPlan,
    Decision,
    DeliveryTry,
    Letter,
    Meeting,
    Notice,
    Request,
    SettlementRound,
)
from bosett_web.screens.words import say
from lettersteps import only, prepare, refused, text_of
from parties import DEMO, FROZEN, SHARED, YEAR, approver, finish_county, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.bulk]
COUNTY, BERGEN = "46", "4601"
ANSWER_BY = date(2020, 12, 15)
WHEN = datetime(2020, 6, 18, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """How a letter of a kind comes to be untrue, and why it then is."""

    kind: str
    begin: Callable[[], object]
    change: Callable[[], object]
    code: str


def make(kind: str) -> None:
    """Make Bergen's letter: its first, one that does not ask, or a revised one after a first that has come."""
    prepare(ANSWER_BY)
    number = 0 if kind == "not_asked" else 40
    Request.objects.filter(round=YEAR, municipality=BERGEN).delete()
    ask(number)
    if kind == "revised":
        _make()
        Letter.objects.update(state="delivered", delivered_at=clock.moment())
        Request.objects.filter(round=YEAR).update(sent_at=clock.moment())
        ask(35)
    _make()


def _make() -> None:
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 1


def ask(number: int = 21) -> None:
    version = Request.objects.filter(municipality=BERGEN, round=YEAR).count() + 1
    Request.objects.create(
        round_id=YEAR,
        municipality=BERGEN,
        version=version,
        number=number,
        day=clock.today(),
        reason="Behovet er endret.",
    )


def decide() -> None:
    Decision.objects.create(
        round_id=YEAR,
        municipality=BERGEN,
        version=1,
        request=Request.objects.get(round=YEAR, municipality=BERGEN, version=1),
        number=38,
        decided_by="council",
        decided_on=clock.today(),
        day=clock.today(),
    )


def give_time() -> None:
    until = clock.today() + timedelta(days=90)
    AnswerPlan.objects.create(round_id=YEAR, municipality=BERGEN, asked_until=until, granted_until=until, granted=True)


def another_way() -> None:
    prepare(ANSWER_BY, how_to_answer="til post@imdi.no")


def pass_days(days: int) -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=clock.today() + timedelta(days=days))


def remind(*, late: bool = False) -> None:
    """Remind Bergen, whose deadline has passed or is near."""
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen", frozen_at=clock.now())
    prepare(clock.today() + timedelta(days=3))
    Request.objects.create(
        round_id=YEAR, municipality=BERGEN, version=1, number=40, day=clock.today(), sent_at=clock.moment()
    )
    if late:
        pass_days(5)
    new = clock.today() + timedelta(days=30)
    reminders.remind(worker(Party.DIRECTORATE), year=YEAR, answer_by=new)


def plan(county: str) -> dict[str, str]:
    """Plan a meeting, and return the forms of those who get its letters."""
    prepare(ANSWER_BY)
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=county, at=WHEN, place="Video", agenda="Prognosene")
    return dict.fromkeys([county] if county else [each.code for each in county_municipalities(clock.today())], "nb")


def invite(county: str) -> None:
    answer = HowToAnswer(date(2020, 6, 10), Worded.same("til post@imdi.no"))
    lettermeetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=county, forms=plan(county), answer=answer)


def set_agenda() -> None:
    lettermeetings.set_agenda(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, forms=plan(COUNTY))


def move_meeting(county: str = COUNTY) -> None:
    later = WHEN + timedelta(days=7)
    meetings.change(worker(Party.DIRECTORATE), year=YEAR, county=county, at=later, place="Oslo", agenda="Prognosene")


def call_off(county: str = COUNTY) -> None:
    meetings.call_off(worker(Party.DIRECTORATE), year=YEAR, county=county, reason="Ingen flytider.")


def tell_called_off() -> None:
    forms = plan(COUNTY)
    meetings.invite(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY)
    call_off()
    lettermeetings.tell_called_off(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, forms=forms)


def call_off_another() -> None:
    plan(COUNTY)
    call_off()


def call_off_and_plan_the_same() -> None:
    call_off()
    plan(COUNTY)


def hold_meeting() -> None:
    directorate = worker(Party.DIRECTORATE)
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    Meeting.objects.filter(county=COUNTY).update(present_directorate="direktør", present_county="rådgiver")
    pass_days((WHEN.date() - clock.today()).days)
    meetings.hold(directorate, year=YEAR, county=COUNTY, minutes="Alle var enige.")


def minute() -> None:
    forms = plan(COUNTY)
    hold_meeting()
    lettermeetings.minute(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, forms=forms)


def another_place() -> None:
    Meeting.objects.filter(county=COUNTY).update(place="Oslo")


def circulate() -> None:
    facts = CircularFacts(60, goes_on=True, answer_to="post@imdi.no", capacity_by=date(2020, 6, 5), forms=plan(""))
    circulars.circulate(worker(Party.DIRECTORATE), year=YEAR, facts=facts)


def adopt() -> None:
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)


def restart() -> None:
    Notice.objects.filter(kind="stop").update(until=date(2020, 8, 1))


OF_NUMBERS = (
    Case("request", partial(make, "request"), ask, "letter_outdated"),
    Case("request", partial(make, "request"), another_way, "letter_of_other_deadline"),
    Case("request", partial(make, "request"), partial(prepare, date(2020, 12, 1)), "letter_of_other_deadline"),
    Case("request", partial(make, "request"), partial(pass_days, 300), "letter_deadline_passed"),
    Case("not_asked", partial(make, "not_asked"), ask, "letter_outdated"),
    Case("revised", partial(make, "revised"), ask, "letter_outdated"),
    Case("revised", partial(make, "revised"), decide, "letter_of_other_answer"),
    Case("revised", partial(make, "revised"), another_way, "letter_of_other_deadline"),
)
OTHERS = (
    Case("reminder", remind, ask, "reminder_outdated"),
    Case("reminder", remind, decide, "reminder_decided"),
    Case("reminder", remind, give_time, "reminder_of_other_deadline"),
    Case("reminder", partial(remind, late=True), give_time, "reminder_of_other_deadline"),
    Case("reminder", partial(remind, late=True), partial(pass_days, 60), "letter_deadline_passed"),
    Case("invitation", partial(invite, COUNTY), move_meeting, "letter_of_changed_meeting"),
    Case("invitation", partial(invite, COUNTY), hold_meeting, "letter_of_changed_meeting"),
    Case("invitation", partial(invite, COUNTY), partial(pass_days, 25), "letter_deadline_passed"),
    Case("invitation", partial(invite, ""), partial(move_meeting, ""), "letter_of_changed_meeting"),
    Case("invitation", partial(invite, COUNTY), call_off, "letter_called_off"),
    Case("invitation", partial(invite, ""), partial(call_off, ""), "letter_called_off"),
    Case("invitation", partial(invite, COUNTY), call_off_and_plan_the_same, "letter_called_off"),
    Case("cancellation", tell_called_off, call_off_another, "letter_of_changed_meeting"),
    Case("agenda", set_agenda, call_off, "letter_called_off"),
    Case("agenda", set_agenda, move_meeting, "letter_of_changed_meeting"),
    Case("minutes", minute, another_place, "letter_of_changed_meeting"),
    Case("circular", circulate, adopt, "letter_of_changed_round"),
    Case("circular", circulate, restart, "letter_of_changed_round"),
    Case("circular", circulate, partial(move_meeting, ""), "letter_of_changed_round"),
    Case("circular", circulate, partial(pass_days, 20), "letter_deadline_passed"),
)
HANDED_OVER = "recommendation"
"""The kind that has come by being kept: nobody approves or sends it."""
NAMED = [pytest.param(case, id=f"{case.kind}-{index}") for index, case in enumerate(OTHERS)]


@pytest.mark.begins_at(FROZEN)
@pytest.mark.parametrize("case", OF_NUMBERS)
def test_a_letter_about_a_number(case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only(BERGEN, monkeypatch=monkeypatch)
    _held_at_each_place(case, tmp_path)


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("case", NAMED)
def test_any_other_letter(case: Case, tmp_path: Path) -> None:
    _held_at_each_place(case, tmp_path)


def _held_at_each_place(case: Case, folder: Path) -> None:
    case.begin()
    letter = Letter.objects.filter(kind=case.kind).order_by("pk").first()
    assert letter is not None
    ids = [letter.pk]
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)
    case.change()
    # It waits in the outbox: it fails before it is given to anybody.
    assert not sending.deliver(letter.pk, FolderDispatch(folder))
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert not list(folder.iterdir())
    assert not DeliveryTry.objects.filter(letter=letter).exists()
    assert refused(partial(letters.retry, worker(Party.DIRECTORATE), year=YEAR, letters=ids)) == case.code
    Letter.objects.filter(pk=letter.pk).update(state="approved")
    assert refused(partial(letters.send, worker(Party.DIRECTORATE), year=YEAR, letters=ids)) == case.code
    Letter.objects.filter(pk=letter.pk).update(state="made", approved_by=None)
    assert refused(partial(letters.approve, approver(Party.DIRECTORATE), year=YEAR, letters=ids)) == case.code
    for language in LANGUAGES:
        sentence = escape(say(case.code, language, reference=letter.reference))
        client = client_of(Party.DIRECTORATE, language=language)
        for page in (f"letters/{letter.pk}", "letters/look"):
            assert sentence.replace("\u00a0", " ") in text_of(client, page), (page, language)


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("case", NAMED)
def test_a_letter_that_nothing_has_changed_for_goes_out(case: Case, tmp_path: Path) -> None:
    case.begin()
    rows = list(Letter.objects.filter(kind=case.kind).order_by("pk"))
    ids = [row.pk for row in rows]
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)
    assert not sending.deliver(rows[0].pk, FolderDispatch(tmp_path))
    rows[0].refresh_from_db()
    assert rows[0].state == "delivered"


@pytest.mark.begins_at(FROZEN)
def test_a_letter_that_failed_as_untrue_is_made_anew_and_the_old_one_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    only(BERGEN, monkeypatch=monkeypatch)
    make("request")
    letter, directorate = Letter.objects.get(), worker(Party.DIRECTORATE)
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    letters.send(directorate, year=YEAR, letters=[letter.pk])
    another_way()
    assert not sending.deliver(letter.pk, FolderDispatch(tmp_path))
    _make()
    assert [*Letter.objects.order_by("version").values_list("version", "state")] == [(1, "failed"), (2, "made")]
    prepare(ANSWER_BY)  # as it was when the first was made
    assert refused(partial(letters.retry, directorate, year=YEAR, letters=[letter.pk])) == "letter_superseded"


@pytest.mark.begins_at(DEMO)
def test_a_letter_that_has_come_was_true_then(tmp_path: Path) -> None:
    invite(COUNTY)
    letter = Letter.objects.get()
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    assert not sending.deliver(letter.pk, FolderDispatch(tmp_path))
    hold_meeting()
    assert "ds-alert" not in text_of(client_of(Party.DIRECTORATE), f"letters/{letter.pk}")


@pytest.mark.begins_at(DEMO)
def test_but_that_its_meeting_is_called_off_is_told(tmp_path: Path) -> None:
    invite(COUNTY)
    letter = Letter.objects.get()
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[letter.pk])
    assert not sending.deliver(letter.pk, FolderDispatch(tmp_path))
    call_off()
    page = text_of(client_of(Party.DIRECTORATE), f"letters/{letter.pk}")
    assert say("letter_called_off", "nb", reference=letter.reference) in page


@pytest.mark.begins_at(SHARED)
def test_a_recommendation_that_was_opened_again_after_it_was_handed_over_says_so() -> None:
    finish_county(COUNTY)
    facts = letterrecommending.HandedOver("nn", "fylkesdirektør: N.N.", "council", clock.today(), "20/1")
    letterrecommending.hand_over(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, handover=facts)
    letter = Letter.objects.get()
    page = partial(text_of, client_of(Party.DIRECTORATE), f"letters/{letter.pk}")
    assert "ds-alert" not in page()
    recommendations.reopen_final(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Nye tal.")
    assert say("recommendation_reopened", "nb", reference=letter.reference) in page()


def test_every_kind_and_every_reason_stands_among_the_cases() -> None:
    cases = (*OF_NUMBERS, *OTHERS)
    assert {case.kind for case in cases} == {*LetterKind} - {HANDED_OVER}
    assert {case.code for case in cases} == {*CODES} - {"letter_superseded", "recommendation_reopened"}


def test_the_rule_is_written_once() -> None:
    """Find the codes of untruth: in code they may stand in the rule, and nowhere else."""
    root = Path(bosett_web.__file__).parent
    files = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in CODES
    }
    assert files == {"queries/letters/truth.py"}
