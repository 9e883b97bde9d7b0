"""No day that a person gives lies where it could not have been: every one of every action is tried on its wrong side.

The days are found in the actions' own signatures, so that a new one cannot be forgotten.
"""

import dataclasses
import html
import importlib
import inspect
import json
import pkgutil
import typing
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import UnionType
from typing import Any

import pytest

import bosett_web.actions
import madeup
from answering import OWN, PDF, begin_asking, given_answer, page, post
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.structures import Structure
from bosett.basis.weeks import week_of
from bosett.documents.letters import HowToAnswer, Worded
from bosett.rounds.due import CalendarStep
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.accounts.models import Grant
from bosett_web.actions.access import access
from bosett_web.actions.capacity import asking, reports
from bosett_web.actions.capacity.reports import GivenReport
from bosett_web.actions.county import cells, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.decisions import decisions
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.figures import figures
from bosett_web.actions.letters import addresses, circulars, letters, reminders, wordings
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.meetings import meetings
from bosett_web.actions.notices import notices
from bosett_web.actions.notices.notices import GivenNotice
from bosett_web.actions.numbers import numbers
from bosett_web.actions.round import demo, forecasts, opening
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount, NewRow
from bosett_web.journal.models import Event, FreeText
from bosett_web.queries.letters.circulars import CircularFacts
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import LetterSettings, Meeting, Notice, Proposal
from parties import DEMO, FROZEN, SHARED, YEAR, approver, finish_county, somebody, worker
from readers import client_of

pytestmark = pytest.mark.django_db
COUNTY = "46"
DAY = timedelta(days=1)


def days_of(hint: object, name: str, seen: frozenset[object] = frozenset()) -> Iterator[str]:
    """Yield the names of every day within the type of a parameter, however deep it lies."""
    if hint in (date, datetime):
        yield name
    elif dataclasses.is_dataclass(hint) and hint not in seen:
        hints = typing.get_type_hints(hint)
        for field in dataclasses.fields(hint):
            yield from days_of(hints[field.name], f"{name}.{field.name}", seen | {hint})
    elif isinstance(hint, UnionType) or typing.get_origin(hint) not in (None, Callable):
        for part in typing.get_args(hint):
            yield from days_of(part, name, seen)


def given() -> set[str]:
    """Return every day that is given to a public action, as noun.module.function.parameter."""
    days: set[str] = set()
    for info in pkgutil.walk_packages(bosett_web.actions.__path__, f"{bosett_web.actions.__name__}."):
        module, place = importlib.import_module(info.name), info.name.removeprefix("bosett_web.actions.")
        for name, function in vars(module).items():
            source = inspect.unwrap(function) if callable(function) else None
            if not inspect.isfunction(source) or name.startswith("_") or source.__module__ != module.__name__:
                continue
            if "actor" not in inspect.signature(source).parameters:
                continue
            for parameter, hint in typing.get_type_hints(source).items():
                if parameter not in ("actor", "return") and hint not in (Standing, Situation):  # read of a round
                    days |= set(days_of(hint, f"{place}.{name}.{parameter}"))
    return days


def today() -> date:
    return clock.today()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def lend() -> None:
    boss = somebody(Party.KS, "administrator")  # type: ignore[arg-type]
    grant = Grant.objects.get(seat__party=Party.KS, grade="reader")
    other = Grant.objects.get(seat__party=Party.KS, grade="approver")
    access.lend(boss, grant=grant.pk, person=other.person_id, until=clock.now() - DAY)


def answered(on: date, function: Callable[..., object] = decisions.record) -> None:
    begin_asking()
    party, area = (Party.MUNICIPALITY, OWN) if function is decisions.record else (Party.DIRECTORATE, "")
    answer = given_answer(decided_on=on, document=("vedtak.pdf", PDF))
    function(worker(party, area), year=YEAR, municipality=OWN, request=1, answer=answer)


def circulate(**days: date) -> None:
    letters.prepare(worker(Party.DIRECTORATE), year=YEAR, answer_by=None, how_to_answer="", signers="", neutral_form="")
    facts = CircularFacts(percent=None, goes_on=None, answer_to="", **days)  # type: ignore[arg-type]
    circulars.circulate(worker(Party.DIRECTORATE), year=YEAR, facts=facts)


def invite(deadline: date) -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, at=at(today()), place="Video", agenda="Tallene")
    LetterSettings.objects.create(round_id=YEAR, signers="direktør: NN")
    how = HowToAnswer(deadline, Worded.same("til post@imdi.no"))
    whom: dict[str, Any] = {"year": YEAR, "county": COUNTY, "forms": {COUNTY: "nn"}}
    lettermeetings.invite(worker(Party.DIRECTORATE), **whom, answer=how)


def remind(deadline: date) -> None:
    begin_asking()
    LetterSettings.objects.filter(round=YEAR).update(answer_by=today() - DAY, how_to_answer="i Bosett")
    reminders.remind(worker(Party.DIRECTORATE), year=YEAR, answer_by=deadline)


def hand_over(on: date) -> None:
    finish_county(COUNTY)
    facts = letterrecommending.HandedOver("nb", "direktør: NN", "council", on, "20/1")
    letterrecommending.hand_over(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, handover=facts)


def decided(on: date, why: str = "") -> None:
    whose: dict[str, Any] = {"year": YEAR, "county": COUNTY, "decided_by": "council", "case_number": "20/1"}
    recommendations.set_decision(worker(Party.COUNTY, COUNTY), **whose, decided_on=on, why_older=why)


def signalled(on: date, function: Callable[..., Any]) -> None:
    cell = Cell("4601", "signal_on", on)
    done = function(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=[cell])
    raise Invalid("signal_on", done.faults[0].code)


def laid_in(on: date) -> None:
    sort: dict[str, Any] = {"year": YEAR, "kind": "request", "language": "nb", "words": "Tekst", "source": "Arkivet"}
    wordings.lay_in(worker(Party.DIRECTORATE), **sort, day=on)


def moved(on: date) -> None:
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=at(today()), place="Video")
    meetings.change(worker(Party.DIRECTORATE), year=YEAR, county="", at=at(on), place="Video")


def address(on: date) -> None:
    addresses.set_all(worker(Party.DIRECTORATE), year=YEAR, wanted=[], known_on=on, source="hand")


def prepared(on: date) -> None:
    blanks: dict[str, Any] = {"how_to_answer": "", "signers": "", "neutral_form": ""}
    letters.prepare(worker(Party.DIRECTORATE), year=YEAR, answer_by=on, **blanks)


def registered(on: date) -> None:
    forecast: dict[str, Any] = {"low": 1, "middle": 2, "high": 3, "publisher": "IMDi"}
    forecasts.register(worker(Party.DIRECTORATE), year=YEAR, as_of=on, **forecast)


def read(**days: date) -> None:
    made = replace(madeup.everywhere("employed", "2019", Structure.Y2020), **({"known_on": today()} | days))  # type: ignore[arg-type]
    figures.read(worker(Party.DIRECTORATE), source="tall.csv", content=b"tall", versions=[made])


def counted(function: Callable[..., object], party: Party, area: str = "", **days: date) -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=date(YEAR, 1, 2))
    on: dict[str, Any] = dict.fromkeys(("on", "said_on"), date(YEAR, 1, 1)) | days
    count = NewCount(OWN, SettlementStep.SETTLED, LedgerGroup.ALL, count=4, said_by="Prøve", **on)
    function(worker(party, area), year=YEAR, counts=[count], source="hand")


def recounted(function: Callable[..., object], party: Party, area: str = "", **days: date) -> None:
    counted(ledger.tell if area else ledger.enter, party, area)
    on = dict.fromkeys(("on", "said_on"), date(YEAR, 1, 1)) | days
    row = NewRow(count=5, said_by="Prøve", reason="Feil.", **on)
    function(worker(party, area), year=YEAR, number=1, row=row)


def before_the_round(year: int) -> dict[CalendarStep, date]:
    return {CalendarStep.CRITERIA: date(year - 2, 12, 31)}


def planned(function: Callable[..., object], **day: date) -> None:
    begin_asking()
    more = {"reason": "Møte i januar."} if function is decisions.ask_time else {}
    function(worker(Party.MUNICIPALITY, OWN), year=YEAR, municipality=OWN, **day, **more)


def capable(until: date) -> None:
    report = GivenReport("4601", {PlaceKind.ADULT: 1}, week_of(today()), week_of(today()), until)
    reports.report(worker(Party.MUNICIPALITY, "4601"), year=YEAR, reports=[report])


def noticed(name: str, **days: date) -> None:
    """Tell a notice, or change one, with days that cannot be."""
    texts = {"source": "Prøve", "text_nb": "Slik.", "text_nn": "Slik."}
    whole = GivenNotice("dialogue", **{"since": today(), **days, **texts})  # type: ignore[arg-type]  # by their names
    if name == "tell":
        notices.tell(worker(Party.DIRECTORATE), year=YEAR, notice=whole)
    else:
        notices.tell(
            worker(Party.DIRECTORATE), year=YEAR, notice=replace(whole, since=today(), until=None, next_on=None)
        )
        row = Notice.objects.latest("pk")
        notices.change(worker(Party.DIRECTORATE), year=YEAR, identity=row.pk, notice=whole, reason="Prøve.")


# Each day that is given, tried where it cannot be; and the code of what it is refused with.
TRIED: dict[str, tuple[Callable[[], object], str]] = {
    "access.access.lend.until": (lend, "until_past"),
    "letters.addresses.set_all.known_on": (lambda: address(today() + DAY), "address_day_to_come"),
    "county.cells.set_all.cells.value": (lambda: signalled(today() + DAY, cells.set_all), "dated_later"),
    "county.cells.set_cells.cells.value": (lambda: signalled(today() + DAY, cells.set_cells), "dated_later"),
    "decisions.decisions.record.answer.decided_on": (lambda: answered(today() + DAY), "day_ahead"),
    "decisions.decisions.record_for.answer.decided_on": (
        lambda: answered(today() + DAY, decisions.record_for),
        "day_ahead",
    ),
    "decisions.decisions.plan.planned_on": (lambda: planned(decisions.plan, planned_on=today() - DAY), "day_past"),
    "decisions.decisions.ask_time.until": (lambda: planned(decisions.ask_time, until=today() - DAY), "day_past"),
    "round.demo.move_clock.day": (
        lambda: demo.move_clock(worker(Party.DIRECTORATE), day=today() - DAY),
        "demo_backwards",
    ),
    "round.opening.open_round.days": (
        lambda: opening.open_round(approver(Party.DIRECTORATE), year=2022, days=before_the_round(2022)),
        "day_outside_round",
    ),
    "round.opening.change_days.days": (
        lambda: opening.change_days(worker(Party.DIRECTORATE), year=YEAR, days=before_the_round(YEAR)),
        "day_outside_round",
    ),
    "round.forecasts.register.as_of": (lambda: registered(today() + DAY), "dated_later"),
    "capacity.asking.ask.by": (
        lambda: asking.ask(
            worker(Party.DIRECTORATE), year=YEAR, by=today() - DAY, first=week_of(today()), last=week_of(today())
        ),
        "day_past",
    ),
    "capacity.reports.report.reports.expires_on": (lambda: capable(today() - DAY), "expires_outside"),
    **{
        f"notices.notices.{name}.notice.{part}": (partial(noticed, name, **days), code)
        for name in ("tell", "change")
        for part, days, code in (
            ("since", {"since": date(2018, 1, 1), "until": date(2018, 2, 1)}, "notice_other_year"),
            ("until", {"since": date(2020, 5, 19), "until": date(2020, 5, 18)}, "until_before_since"),
            ("next_on", {"since": date(2020, 5, 19), "next_on": date(2020, 5, 18)}, "day_past"),
        )
    },
    "letters.circulars.circulate.facts.capacity_by": (
        lambda: circulate(capacity_by=today()),
        "deadline_not_after",
    ),
    "letters.circulars.circulate.facts.information_by": (
        lambda: circulate(information_by=today()),
        "deadline_not_after",
    ),
    "letters.meetings.invite.answer.deadline": (lambda: invite(today()), "deadline_not_after"),
    "letters.recommendations.hand_over.handover.decided_on": (lambda: hand_over(today() + DAY), "dated_later"),
    "letters.reminders.remind.answer_by": (lambda: remind(today()), "deadline_not_after"),
    "letters.letters.prepare.answer_by": (lambda: prepared(today() - DAY), "day_past"),
    "letters.wordings.lay_in.day": (lambda: laid_in(today() + DAY), "wording_day_ahead"),
    "figures.figures.read.versions.known_on": (lambda: read(known_on=today() + DAY), "dated_later"),
    "figures.figures.read.versions.published_on": (lambda: read(published_on=today() + DAY), "dated_later"),
    "meetings.meetings.plan.at": (
        lambda: meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=at(today() - DAY), place="Video"),
        "meeting_passed",
    ),
    "meetings.meetings.change.at": (lambda: moved(today() - DAY), "meeting_passed"),
    "county.recommendations.set_decision.decided_on": (lambda: decided(today() + DAY), "dated_later"),
    "numbers.numbers.set_release.at": (
        lambda: numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=at(today() - DAY)),
        "day_past",
    ),
}
LATER = date(YEAR, 1, 3)
"""A day of the settlement year that has not come."""
OF_YEAR: dict[str, tuple[Callable[[], object], str]] = {
    "enter.counts.on": (lambda: counted(ledger.enter, Party.DIRECTORATE, on=LATER, said_on=LATER), "dated_later"),
    "enter.counts.said_on": (lambda: counted(ledger.enter, Party.DIRECTORATE, said_on=LATER), "dated_later"),
    "tell.counts.on": (
        lambda: counted(ledger.tell, Party.MUNICIPALITY, OWN, on=LATER, said_on=LATER),
        "dated_later",
    ),
    "tell.counts.said_on": (lambda: counted(ledger.tell, Party.MUNICIPALITY, OWN, said_on=LATER), "dated_later"),
    "correct.row.on": (lambda: recounted(ledger.correct, Party.DIRECTORATE, on=LATER, said_on=LATER), "dated_later"),
    "correct.row.said_on": (lambda: recounted(ledger.correct, Party.DIRECTORATE, said_on=LATER), "dated_later"),
    "correct_own.row.on": (
        lambda: recounted(ledger.correct_own, Party.MUNICIPALITY, OWN, on=LATER, said_on=LATER),
        "dated_later",
    ),
    "correct_own.row.said_on": (
        lambda: recounted(ledger.correct_own, Party.MUNICIPALITY, OWN, said_on=LATER),
        "dated_later",
    ),
}
TRIED |= {f"settlement.ledger.{name}": tried for name, tried in OF_YEAR.items()}
# Days that a person does not give, and why they are in a signature all the same.
NOT_GIVEN: dict[str, str] = {
    "need.runs.order.changes.restart.day": "a supposition, which may lie anywhere",
    "need.runs.order.stops.since": "read from the notices, whose days are tried above",
    "need.runs.order.stops.until": "as above",
    "figures.figures.read.versions.fetched_on": "the day on which the program itself read the file",
    "figures.figures.keep.versions.known_on": "handed on by `read`, which is tried above, and by what was fetched",
    "figures.figures.keep.versions.published_on": "as above",
    "figures.figures.keep.versions.fetched_on": "as above",
    "county.cells.set_all.cells.before": "what the cell held when it was read: compared, never stored",
    "county.cells.set_cells.cells.before": "as above",
    "round.withholding.objection_to.row.day": "a row that is held already: may it be withheld?",
    "round.withholding.objection_to.row.withheld.day": "as above",
    **dict.fromkeys(
        (
            f"settlement.ledger.{name}.counts.{day}"
            for name in ("keep", "allowed", "faults")
            for day in ("on", "said_on")
        ),
        "of counts that are entered, which are tried above",
    ),
    **dict.fromkeys(
        (f"settlement.ledger.faults.kept.{day}" for day in ("day", "row.on", "row.said_on")),
        "a row that is kept already",
    ),
}


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises((Invalid, Objected)) as caught:
        act()
    fault = caught.value
    if isinstance(fault, Objected):
        return fault.objection.code
    assert isinstance(fault, Invalid)
    return fault.code


def test_every_day_that_is_given_is_tried_or_listed() -> None:
    assert given() == TRIED.keys() | NOT_GIVEN.keys()


@pytest.mark.begins_at(SHARED)
@pytest.mark.parametrize("name", [name for name in TRIED if name != "numbers.numbers.set_release.at"])
def test_a_day_where_it_cannot_be_is_refused(name: str) -> None:
    act, code = TRIED[name]
    assert refusal(act) == code


@pytest.mark.begins_at(FROZEN)
def test_the_numbers_cannot_have_become_public_before_today() -> None:
    act, code = TRIED["numbers.numbers.set_release.at"]
    assert refusal(act) == code


# The exception says so


def why_older(event: Event) -> str:
    return str(FreeText.objects.get(event=event, field="older").text)


@pytest.mark.begins_at(DEMO)
def test_a_decision_older_than_the_letter_it_answers_says_why() -> None:
    begin_asking()
    sent, before = today(), today() - DAY
    actor, whose = worker(Party.MUNICIPALITY, OWN), {"year": YEAR, "municipality": OWN, "request": 1}
    whole: dict[str, Any] = whose
    assert (
        refusal(lambda: decisions.record(actor, **whole, answer=given_answer(decided_on=before)))
        == "dated_before_letter"
    )
    event = decisions.record(actor, **whole, answer=given_answer(decided_on=before, older="Vedtatt for flere år."))
    assert why_older(event) == "Vedtatt for flere år."
    # What was told once is not asked for again, and a decision of the letter's own day needs nothing.
    event = decisions.record(actor, **whole, answer=given_answer(30, decided_on=before), reason="Skrivefeil.")
    assert not FreeText.objects.filter(event=event, field="older").exists()
    event = decisions.record(
        actor, **whole, answer=given_answer(30, decided_on=sent, older="Trengs ikke"), reason="Ny dag."
    )
    assert not FreeText.objects.filter(event=event, field="older").exists()


@pytest.mark.begins_at(DEMO)
def test_the_form_asks_why_when_it_is_needed_and_keeps_what_was_filled_in() -> None:
    begin_asking()
    client, fields = client_of(Party.MUNICIPALITY, OWN), answer_fields(decided_on=(today() - DAY).isoformat())
    assert 'name="older"' not in page(client, "own")
    status, shown = post(client, "decision.record", **fields)
    assert status == 422
    assert 'name="older"' in shown
    assert "Er vedtaket eldre enn brevet, skriv hvorfor det gjelder." in html.unescape(shown)
    assert f'value="{fields["decided_on"]}"' in shown
    assert post(client, "decision.record", **fields, older="Vedtatt for flere år.")[0] == 302


def answer_fields(**more: str) -> dict[str, str]:
    return {
        "municipality": OWN,
        "request": "1",
        "number": "35",
        "minors": "no",
        "decided_by": "council",
        "case_number": "20/123",
        "from": "own",
    } | more


@pytest.mark.begins_at(SHARED)
def test_a_county_s_decision_older_than_the_proposal_says_why() -> None:
    before = Proposal.objects.get(round=YEAR).day - DAY
    assert refusal(lambda: decided(before)) == "dated_before_proposal"
    decided(before, "Fullmakt fra fylkestinget.")
    event = Event.objects.filter(name="recommendation.decided").order_by("-pk")[0]
    assert why_older(event) == "Fullmakt fra fylkestinget."
    client = client_of(Party.COUNTY, COUNTY)
    fields = {"county": COUNTY, "decided_by": "council", "decided_on": (before - DAY).isoformat(), "case_number": "1"}
    status, shown = post(client, "recommendation.decided", **fields)
    assert status == 422
    assert 'name="older"' in shown
    assert post(client, "recommendation.decided", **fields, older="Fullmakt.")[0] == 302


@pytest.mark.begins_at(DEMO)
def test_a_meeting_is_held_on_its_day_and_no_earlier() -> None:
    directorate, joint = worker(Party.DIRECTORATE), {"year": YEAR, "county": ""}
    whole: dict[str, Any] = joint
    meetings.plan(directorate, **whole, at=datetime(2020, 6, 15, 8, tzinfo=UTC), place="Video")
    meetings.invite(directorate, **whole)
    assert refusal(lambda: meetings.hold(directorate, **whole, minutes="Referat")) == "meeting_to_come"
    client = client_of(Party.DIRECTORATE)
    assert "Møtet er 15. juni 2020, og kan ikke føres som holdt før den dagen." in page(client, "meetings")
    assert "Lagre referat" not in page(client, "meetings")
    assert "meeting_to_come" in [
        json.loads(each.body)["after"]["code"] for each in Event.objects.filter(name="refused")
    ]
    demo.move_clock(directorate, day=date(2020, 6, 15))
    meetings.hold(directorate, **whole, minutes="Referat")
    assert Meeting.objects.get(round=YEAR, county="").state == "held"


@pytest.mark.begins_at(DEMO)
def test_a_meeting_that_was_held_before_it_was_entered_or_planned_says_why() -> None:
    directorate, client = worker(Party.DIRECTORATE), client_of(Party.DIRECTORATE)
    fields = {"county": "", "at": "2020-05-12T10:00", "place": "Video", "agenda": ""}
    status, shown = post(client, "meeting.plan", **fields)
    assert status == 422
    assert 'name="older"' in shown
    assert post(client, "meeting.plan", **fields, older="Møtet ble holdt i all hast.")[0] == 302
    assert why_older(Event.objects.get(name="meeting.plan")) == "Møtet ble holdt i all hast."
    # Planned for later, and held earlier: it is moved to its day first.
    whole: dict[str, Any] = {"year": YEAR, "county": COUNTY, "place": "Video"}
    meetings.plan(directorate, **whole, at=datetime(2020, 9, 1, 8, tzinfo=UTC))
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    early = datetime(2020, 5, 18, 8, tzinfo=UTC)
    assert refusal(lambda: meetings.change(directorate, **whole, at=early)) == "meeting_passed"
    event = meetings.change(directorate, **whole, at=early, why_older="Framskyndet.")
    assert why_older(event) == "Framskyndet."
    meetings.hold(directorate, year=YEAR, county=COUNTY, minutes="Referat")


@pytest.mark.begins_at(DEMO)
def test_a_deadline_that_has_passed_can_stand_but_not_be_set_anew() -> None:
    prepared(today() + DAY)
    demo.move_clock(worker(Party.DIRECTORATE), day=today() + 5 * DAY)
    prepared(date(2020, 5, 20))
    assert refusal(lambda: prepared(date(2020, 5, 21))) == "day_past"
