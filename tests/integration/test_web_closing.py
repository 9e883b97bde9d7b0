"""A round is closed: what is left is told first; nothing of it is moved after, all is read, and it can be reopened."""

import json
import re
from collections.abc import Callable
from datetime import date
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from answering import COUNTY, NEIGHBOUR, OWN, begin_asking, given_answer, record
from bosett.rounds.moves import MOVES
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import comments
from bosett_web.actions.decisions import decisions
from bosett_web.actions.doing import Objected
from bosett_web.actions.letters import addresses, letters, making, wordings
from bosett_web.actions.meetings import meetings, needs
from bosett_web.actions.numbers import numbers
from bosett_web.actions.round import closing, criteria, demo, forecasts, opening, shielding, withholding
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.queries.round.closing import Left, left
from bosett_web.queries.round.duties import duties
from bosett_web.queries.round.overview import afterwards, steps
from bosett_web.queries.standing import kept_standing, standing
from bosett_web.records import clock
from bosett_web.records.models import Letter, Request, SettlementRound
from bosett_web.screens.moves import DEEDS
from lettersteps import prepare, some
from markup import tidy
from parties import FROZEN, SHARED, YEAR, approver, worker
from readers import client_of
from web_database import Start

ANSWERED = Start(begin_asking, SHARED)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]
REASON = "Resten kommer ikke."


def close(reason: str = REASON) -> Event:
    return closing.close(approver(Party.DIRECTORATE), year=YEAR, reason=reason)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Objected) as caught:
        act()
    return caught.value.objection.code


def main_of(client: Client, path: str, year: int = YEAR) -> str:
    answer = client.get(f"/{year}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = tidy(answer.content.decode()).replace("\u00a0", " ")
    assert "MISSING-IN-TEMPLATE" not in text
    return text.split("<main")[1]


def words_of(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(client, path)))


# Before


@pytest.mark.begins_at(SHARED)
def test_only_frozen_numbers_are_closed_and_by_an_approver_of_the_directorate() -> None:
    assert refused(close) == "wrong_state"
    assert refused(lambda: closing.close(worker(Party.DIRECTORATE), year=YEAR, reason="x")) == "low_grade"
    assert refused(lambda: closing.close(approver(Party.KS), year=YEAR, reason="x")) == "wrong_party"
    assert refused(lambda: closing.reopen(approver(Party.DIRECTORATE), year=YEAR, reason="x")) == "wrong_state"


@pytest.mark.begins_at(ANSWERED)
def test_what_is_left_is_counted_by_kind() -> None:
    at = standing(YEAR)
    assert left(at) == {"unreleased": 1}, "none of the numbers is final here, so nobody owes a letter or an answer"


def test_what_is_left_of_a_frozen_round_is_its_letters_then_its_answers() -> None:
    asked = len(standing(YEAR).final_numbers)
    assert left(standing(YEAR)) == {"unsent": asked, "unreleased": 1}
    numbers.propose_correction(worker(Party.DIRECTORATE), year=YEAR, municipality=OWN, number=7, reason="Skrivefeil.")
    numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment())
    assert left(standing(YEAR)) == {"unsent": asked, "uncorrected": 1}
    prepare()
    with mock.patch("bosett_web.queries.letters.contents.municipalities", lambda year: some(year, (OWN, NEIGHBOUR))):
        making.make_all(YEAR, worker(Party.DIRECTORATE).person_id)
    assert left(standing(YEAR))[Left.UNSENT] == asked, "a letter that is made is not sent"
    for code in (OWN, NEIGHBOUR):
        _came(code)
    assert left(standing(YEAR)) == {"unsent": asked - 2, "unanswered": 2, "uncorrected": 1}
    record(30)
    until = date(2020, 12, 20)
    decisions.ask_time(
        worker(Party.MUNICIPALITY, NEIGHBOUR), year=YEAR, municipality=NEIGHBOUR, until=until, reason="Møtet."
    )
    assert left(standing(YEAR)) == {"unsent": asked - 2, "unanswered": 1, "unjudged": 2, "uncorrected": 1}
    decisions.raise_conditions(worker(Party.DIRECTORATE), year=YEAR, municipality=OWN, version=1, reason="Hva menes?")
    assert left(standing(YEAR))[Left.UNJUDGED] == 2, "what is to be cleared up is one thing, whoever it waits on"


def _came(code: str) -> None:
    """Let the letter of a municipality have come, and its request with it."""
    row = Letter.objects.get(round=YEAR, receiver=code)
    Letter.objects.filter(pk=row.pk).update(state="delivered", delivered_at=clock.moment())
    Request.objects.filter(round=YEAR, municipality=code).update(sent_at=clock.moment())


def test_closing_with_something_left_shows_it_first_and_takes_a_reason_that_is_kept() -> None:
    asked = len(standing(YEAR).final_numbers)
    shown = words_of(client_of(Party.DIRECTORATE, grade=Grade.APPROVER), "numbers")
    assert f"Dette gjenstår: {asked} brev som ikke er kommet fram, det er ikke bestemt når tallene" in shown
    assert refused(lambda: close("  ")) == "gate_nothing_left"
    assert standing(YEAR).state == "frozen"
    event = close()
    body = json.loads(event.body)
    assert body["before"] == {"state": "frozen"}
    assert body["after"] == {
        "state": "closed",
        "closed_on": clock.today().isoformat(),
        "left": {"unsent": asked, "unreleased": 1},
    }
    assert FreeText.objects.get(event=event).text == REASON
    assert not verify().faults


def test_a_round_with_nothing_left_is_closed_without_a_reason() -> None:
    with mock.patch("bosett_web.actions.round.closing.left", return_value={}):
        event = close("")
    assert json.loads(event.body)["after"]["left"] == {}


def test_a_day_stands_with_a_closed_round_and_with_no_other() -> None:
    for state, day in (("frozen", clock.today()), ("closed", None)):
        with pytest.raises(IntegrityError, match="round_closed_on"), transaction.atomic():
            SettlementRound.objects.filter(pk=YEAR).update(state=state, closed_on=day)


# After


ACTS: dict[str, Callable[[], object]] = {
    "round.propose_correction": lambda: numbers.propose_correction(
        worker(Party.DIRECTORATE), year=YEAR, municipality=OWN, number=7, reason="Skrivefeil."
    ),
    "round.release": lambda: numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment()),
    "round.change_days": lambda: opening.change_days(worker(Party.DIRECTORATE), year=YEAR, days={}),
    "round.close": close,
    "letter.prepare": prepare,
    "letter.make": lambda: letters.make(worker(Party.DIRECTORATE), year=YEAR),
    "letter.wording": lambda: wordings.lay_in(
        worker(Party.DIRECTORATE),
        year=YEAR,
        day=clock.today(),
        kind="not_asked",
        language="nb",
        words="I fjor.",
        source="arkivet",
    ),
    "letter.address": lambda: addresses.set_all(
        worker(Party.DIRECTORATE), year=YEAR, wanted=[], known_on=clock.today(), source="hand"
    ),
    "decision.plan": lambda: decisions.plan(
        worker(Party.MUNICIPALITY, OWN), year=YEAR, municipality=OWN, planned_on=clock.today()
    ),
    "decision.record": lambda: record(30),
    "decision.record_for": lambda: decisions.record_for(
        worker(Party.DIRECTORATE), year=YEAR, municipality=OWN, request=1, answer=given_answer(30)
    ),
    "decision.complete": lambda: decisions.complete(worker(Party.DIRECTORATE), year=YEAR, municipality=OWN, version=1),
    "meeting.plan": lambda: meetings.plan(
        worker(Party.DIRECTORATE), year=YEAR, county="", at=clock.moment(), place="Video"
    ),
    "meeting.amend": lambda: meetings.amend(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, addendum="Noe mer."),
    "information.ask": lambda: needs.ask(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, need="Botid"),
    "recommendation.comment": lambda: comments.comment(
        worker(Party.KS), year=YEAR, county=COUNTY, comment="KS er enig."
    ),
    "criteria.draft": lambda: criteria.draft(
        worker(Party.COMMITTEE), year=YEAR, title="Nye", wording="", file="no-2021-reference"
    ),
    "forecast.register": lambda: forecasts.register(
        worker(Party.DIRECTORATE),
        year=YEAR,
        low=1,
        middle=2,
        high=3,
        as_of=date(2020, 6, 15),
        publisher="Laget for prøven",
    ),
}
"""Actions of every noun, each of which a closed round refuses."""


@pytest.mark.parametrize("name", ACTS)
def test_nothing_of_a_closed_round_is_moved(name: str) -> None:
    close()
    before = Event.objects.exclude(name="refused").count()
    assert refused(ACTS[name]) == "round_closed"
    assert Event.objects.exclude(name="refused").count() == before
    assert standing(YEAR).is_closed


def test_every_form_of_a_closed_round_is_refused_in_words_or_is_told_that_it_is_gone() -> None:
    close()
    by_party = {move.by for move in MOVES if move.by is not None and move.name in DEEDS}
    areas = {Party.COUNTY: COUNTY, Party.MUNICIPALITY: OWN}
    for party in by_party:
        clients = {
            grade: client_of(party, areas.get(party, ""), grade) for grade in (Grade.CASE_WORKER, Grade.APPROVER)
        }
        for move in MOVES:
            if move.by is not party or move.name not in DEEDS or not move.ends_with_round:
                continue
            client = clients[Grade.APPROVER if Grade.APPROVER in move.grades else Grade.CASE_WORKER]
            signed = client.get(f"/{YEAR}/").context["signed"]
            fields = {"shown_to": signed, "county": COUNTY, "municipality": OWN, "version": "1", "reason": "Fordi."}
            answer = client.post(f"/{YEAR}/do/{move.name}", fields)
            assert answer.status_code in (400, 404, 409, 422), (move.name, answer.status_code)
    assert standing(YEAR).is_closed


def test_letters_that_were_ordered_are_not_made_once_the_round_is_closed() -> None:
    prepare()
    letters.make(worker(Party.DIRECTORATE), year=YEAR)
    close()
    assert making.make_all(YEAR, worker(Party.DIRECTORATE).person_id) == 0
    assert not Letter.objects.filter(round=YEAR).exists()


def test_what_harms_is_still_withheld_and_shielded() -> None:
    close()
    withholding.withhold(worker(Party.DIRECTORATE), year=YEAR, kind="minutes", key=COUNTY, ground="offl15")
    withholding.lift(approver(Party.DIRECTORATE), year=YEAR, kind="minutes", key=COUNTY)
    text = FreeText.objects.get(text=REASON)
    shielding.shield(approver(Party.DIRECTORATE), free_text=text.pk, reason="Prøve.")


def test_a_closed_round_owes_nothing_and_nothing_of_it_is_late() -> None:
    assert duties(standing(YEAR), clock.today())
    before = steps(standing(YEAR))
    close()
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 12, 30))
    at = standing(YEAR)
    assert duties(at, clock.today()) == ()
    assert [step.state for step in steps(at)][:-1] == [step.state for step in before][:-1]
    rows = (*steps(at), *afterwards(at, ()))
    assert not any(step.waits_on or step.late(clock.today()) for step in rows)
    assert kept_standing(YEAR) == at


@pytest.mark.parametrize(
    ("language", "note", "word"),
    [
        ("nb", "Runden ble avsluttet 30. juni 2020. Alt kan leses, ingenting kan endres.", "avsluttet"),
        ("nn", "Runden vart avslutta 30. juni 2020. Alt kan lesast, ingenting kan endrast.", "avslutta"),
        ("en", "The round was closed on 30 June 2020. All of it can be read, nothing can be changed.", "closed"),
    ],
)
def test_every_page_of_it_says_that_it_is_closed_and_the_list_of_rounds_says_since_when(
    language: str, note: str, word: str
) -> None:
    close()
    client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER, language=language)
    for path in ("", "numbers", "letters", "decisions", "counties", f"counties/{COUNTY}", "meetings", "criteria"):
        assert note in words_of(client, path), path
    page = client.get("/rounds").content.decode()
    row = re.search(rf">{YEAR}</a></th>(.*?)</tr>", page, re.DOTALL)
    assert row is not None
    assert word in row[1]
    assert "2020" in row[1]
    menu = tidy(client.get(f"/{YEAR}/").content.decode()).split('<nav class="round"')[1].split("</nav>")[0]
    assert f'<span class="ended"> {word}' in menu


def test_a_closed_round_offers_no_move_but_to_take_it_up_again() -> None:
    boss = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    assert 'action="/2021/do/round.release"' in main_of(boss, "numbers")
    close()
    for path in ("", "numbers", "letters", "decisions", "counties", "meetings", "criteria", "forecasts", "country"):
        acts = set(re.findall(rf'action="/{YEAR}/do/([a-z._]+)"', main_of(boss, path)))
        assert acts == ({"round.reopen"} if path == "numbers" else set()), path
        assert 'aria-disabled="true"' not in main_of(boss, path), path
    for party, area, path in ((Party.COUNTY, COUNTY, f"counties/{COUNTY}"), (Party.MUNICIPALITY, OWN, "own")):
        assert f'action="/{YEAR}/do/' not in main_of(client_of(party, area), path), path


# Taken up again


def test_a_closed_round_is_taken_up_again_with_a_reason_and_owes_what_it_owed() -> None:
    owed, before = duties(standing(YEAR), clock.today()), standing(YEAR)
    close()
    boss = approver(Party.DIRECTORATE)
    assert refused(lambda: closing.reopen(worker(Party.DIRECTORATE), year=YEAR, reason="x")) == "low_grade"
    assert refused(lambda: closing.reopen(boss, year=YEAR, reason=" ")) == "reason_missing"
    event = closing.reopen(boss, year=YEAR, reason="Et vedtak kom likevel.")
    assert standing(YEAR) == before
    assert duties(standing(YEAR), clock.today()) == owed
    body = json.loads(event.body)
    assert body["before"] == {"state": "closed", "closed_on": clock.today().isoformat()}
    assert body["after"] == {"state": "frozen"}
    close()
    assert not verify().faults
