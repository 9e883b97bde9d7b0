"""A round taken on until everything that can be changed has been, so that what may not change can be watched."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.test import override_settings

import hostile
import madeup
from bosett.basis.place_kinds import PlaceKind
from bosett.basis.structures import Structure
from bosett.basis.weeks import week_of
from bosett.documents.letters import HowToAnswer, Worded
from bosett.parameters import load_shipped
from bosett.rounds.due import CalendarStep
from bosett.rounds.notices import Stream
from bosett.rounds.parties import Party
from bosett.stages.placement import HouseholdKind, MovingIn, WaitingGroup
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.accounts.models import Organisation
from bosett_web.actions.capacity import asking, placement
from bosett_web.actions.capacity import reports as capacity
from bosett_web.actions.capacity.reports import GivenReport
from bosett_web.actions.county import attachments, cells, comments, inputs, outcomes, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.decisions import decisions
from bosett_web.actions.decisions.decisions import GivenAnswer
from bosett_web.actions.figures import fetching, figures
from bosett_web.actions.letters import addresses, circulars, letters, reminders, wordings
from bosett_web.actions.letters import meetings as lettermeetings
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.letters.addresses import WantedAddress
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.letters.recommendations import HandedOver
from bosett_web.actions.meetings import meetings, needs
from bosett_web.actions.need import runs
from bosett_web.actions.notices import notices
from bosett_web.actions.notices.notices import GivenNotice
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.actions.revision import alerts, revisions
from bosett_web.actions.revision.revisions import GivenRevision
from bosett_web.actions.round import (
    alternatives,
    closing,
    criteria,
    demo,
    former,
    opening,
    proposals,
    shielding,
    targets,
    withholding,
)
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount, NewRow
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import FreeText
from bosett_web.queries.capacity.placement import plan_digest, plan_of
from bosett_web.queries.inputs import inputs as input_rows
from bosett_web.queries.journal import last_edit
from bosett_web.queries.letters.addresses import address_rows
from bosett_web.queries.letters.circulars import CircularFacts
from bosett_web.queries.revision.revisions import asked_for
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import (
    AgreedPlace,
    Attachment,
    CapacityAsking,
    Correction,
    CriteriaAlternative,
    InformationAnswer,
    InformationRequest,
    Letter,
    MeetingPoint,
    NeedAlert,
    Notice,
    Proposal,
    RecommendationLine,
    Revision,
)
from lettersteps import deliver, prepare
from parties import COUNTIES, SHARED, YEAR, approver, county_numbers, finish_county, hold, register_forecast, worker
from web_database import Start

COUNTY, OTHER = "46", "11"
BERGEN, ASKOY, UTSIRA = "4601", "4627", "1151"
LETTERED = (BERGEN, ASKOY, UTSIRA)
"""Municipalities that get their letters: one that decides, one whose number is corrected, one that is not asked."""
MODEL = f"no-{YEAR}-reference"
WHEN = datetime(2020, 6, 30, 8, 0, tzinfo=UTC)  # the day of the start: a meeting is held on its day
PDF = hostile.plain()
FORMS = dict.fromkeys(COUNTIES, "nb") | {COUNTY: "nn"}
SETTINGS: dict[str, Any] = {"answer_by": date(2020, 12, 15), "how_to_answer": "i Bosett", "signers": "direktør: N.N."}


def finish_the_others() -> None:
    """Take every county but one to its final recommendation."""
    for county in COUNTIES:
        if county != COUNTY:
            finish_county(county)


OTHERS_FINISHED = Start(finish_the_others, SHARED)


def everything(folder: Path) -> Iterator[str]:
    """Take the round to its end, and yield what was done after each step."""
    yield from _county_meeting()
    yield from _letters_before(folder)
    yield from _what_goes_on()
    yield from _joint_meeting(folder)
    yield from _new_basis()
    yield from _numbers()
    yield from _requests(folder)
    yield from _answers(folder)
    yield from _year()
    yield from _revised()
    yield from _closing()


def _county_meeting() -> Iterator[str]:
    """Yield a county's meeting from its plan to its minutes, and what is decided after it until it is final."""
    by = worker(Party.DIRECTORATE)
    _recommend("Lokalkunnskap.")
    meetings.plan(by, year=YEAR, county=COUNTY, at=WHEN, place="Ein annan stad")
    meetings.call_off(by, year=YEAR, county=COUNTY, reason="Feil stad.")
    meetings.plan(by, year=YEAR, county=COUNTY, at=WHEN, place="Video", agenda="Tala\nVegen vidare")
    meetings.invite(by, year=YEAR, county=COUNTY)
    yield "the meeting is called"
    present = {"directorate": "rådgjevar", "ks": "rådgjevar", "county": "fylkesdirektør"}
    meetings.note_present(by, year=YEAR, county=COUNTY, present=present)
    for point in ("Skuleplassar", "Bustader"):
        meetings.add_point(by, year=YEAR, county=COUNTY, point=point)
    comments.comment(worker(Party.KS), year=YEAR, county=COUNTY, municipality=BERGEN, comment="KS er samd.")
    _come_to(BERGEN, 2, "Fleire bustader.", "municipality")
    outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY, municipality=ASKOY)
    yield "the meeting is noted in"
    meetings.change(by, year=YEAR, county=COUNTY, at=WHEN, place="Bergen", agenda="Tala")
    yield "the meeting is changed"
    hold(COUNTY, "Dei fleste tala vart avklarte.")
    yield "the meeting is held"
    comments.comment(worker(Party.KS), year=YEAR, county=COUNTY, comment="KS la til noko etterpå.")
    yield "KS comments after the meeting"
    _come_to(BERGEN, 3, "Endå fleire.", "county")
    outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY)
    yield "outcomes are written after the meeting"
    for act in (meetings.close_point, meetings.reopen_point, meetings.close_point):
        meeting_point = MeetingPoint.objects.filter(meeting__county=COUNTY).order_by("pk")[0]
        act(by, year=YEAR, county=COUNTY, point=meeting_point.pk)
        yield "an open point is closed or opened"
    meetings.amend(by, year=YEAR, county=COUNTY, addendum="Rådgjevaren frå KS gjekk før sak 2.")
    yield "the minutes get an addendum"
    recommendations.discuss(by, year=YEAR, county=COUNTY, reason="Møtet var samd.")
    yield "the recommendation is discussed"
    recommendations.return_(by, year=YEAR, county=COUNTY, reason="Måltalet er nytt.")
    yield "the recommendation is returned"
    recommendations.reopen(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    yield "the recommendation is opened again"
    _recommend("Etter møtet.", 5)
    yield "the recommendation is submitted again"
    _finish(6)
    yield "the recommendation is final"


def _letters_before(folder: Path) -> Iterator[str]:
    """Yield the letters that go before the numbers are frozen, and what they are made of changed after them."""
    by, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    prepare(how_to_answer="til post@imdi.no")
    for code in (COUNTY, OTHER):
        needs.ask(worker(Party.COUNTY, code), year=YEAR, county=code, need=f"Butid i {code}")
    meetings.plan(by, year=YEAR, county="", at=WHEN, place="Video", agenda="Prognosane")
    _write_invitations("Video")
    lettermeetings.set_agenda(by, year=YEAR, county="", forms=FORMS)
    circulars.circulate(by, year=YEAR, facts=_circular(60))
    letters.approve(boss, year=YEAR, letters=_letters(state="made"))
    yield "letters are approved"
    for letter in _letters(state="approved", receiver=COUNTY):
        deliver(letter, folder)
    yield "letters are sent"
    other: dict[str, Any] = {**SETTINGS, "how_to_answer": "i brev", "signers": "leiar: N.N."}
    letters.prepare(by, year=YEAR, neutral_form="nn", **other)
    yield "the settings of letters are others"
    _move_house(COUNTY)
    yield "the county municipality has another address"
    letters.withdraw(by, year=YEAR, letters=_letters(state="approved", kind="circular")[:1], reason="Ei retting.")
    circulars.circulate(by, year=YEAR, facts=_circular(70))
    yield "the circular is written anew to those who have not got it"
    letters.remove(by, year=YEAR, letters=_letters(state="made", kind="circular")[:1], reason="Eit mistak.")
    yield "a draft of a letter is removed"


def _what_goes_on() -> Iterator[str]:
    """Yield what is told beside the round: stops and notices, capacity that is asked for and reported, and input."""
    texts: dict[str, Any] = {"source": "Prøve", "text_nb": "Stans.", "text_nn": "Stans."}
    for by, kind in ((worker(Party.UDI), "stop"), (worker(Party.DIRECTORATE), "call")):
        stream = Stream.MINORS if kind == "stop" else ""
        for first in (True, False):
            notice = GivenNotice(kind, date(2020, 6, 1), stream=stream, **texts)
            notices.tell(by, year=YEAR, notice=notice)
            row = Notice.objects.filter(round=YEAR, kind=kind, state="in_force").latest("pk")
            if first:
                changed = replace(notice, until=date(2020, 9, 1))
                notices.change(by, year=YEAR, identity=row.pk, notice=changed, reason="Slutt.")
            else:
                notices.take_back(by, year=YEAR, identity=row.pk, reason="Feil.")
    yield "what goes on is told"
    this = week_of(clock.today())
    asking.ask(worker(Party.DIRECTORATE), year=YEAR, by=clock.today(), first=this, last=this.after(9), words="Meld.")
    asking.remind(worker(Party.DIRECTORATE), year=YEAR, asking=CapacityAsking.objects.get().pk)
    report = GivenReport(BERGEN, {PlaceKind.ADULT: 3}, this, this.after(9), clock.today())
    capacity.report(worker(Party.MUNICIPALITY, BERGEN), year=YEAR, reports=[report])
    capacity.as_before(worker(Party.MUNICIPALITY, BERGEN), year=YEAR)
    capacity.report(worker(Party.COUNTY, COUNTY), year=YEAR, reports=[replace(report, municipality=ASKOY)])
    yield "capacity is asked for and reported"
    by = worker(Party.DIRECTORATE)
    placement.wait(by, year=YEAR, groups=[WaitingGroup("A", HouseholdKind.ADULT, 1, 9, 4)])
    moving = MovingIn("A", BERGEN, this, PlaceKind.ADULT, 1, "Avtalt.")
    placement.agree(by, year=YEAR, moving=moving)
    planned = plan_of(YEAR, clock.today(), placement.WEEKS)
    assert planned is not None
    placement.keep(by, year=YEAR, seen=plan_digest(planned))
    runs.order(by, year=YEAR, of=2020, scenario="as-planned")
    placement.lift(by, year=YEAR, identity=AgreedPlace.objects.get().pk, reason="Ikkje likevel.")
    yield "it is planned who can move in where"
    own, by = worker(Party.COUNTY, COUNTY), worker(Party.DIRECTORATE)
    inputs.write(own, year=YEAR, topic="handling", words="Utkast.")
    (written,) = input_rows(YEAR)
    identity, about = written.id, {"topic": "situation", "words": "Alt er klart.", "municipality": BERGEN}
    inputs.edit(own, year=YEAR, identity=identity, seen=written.seen, **about)
    (written,) = input_rows(YEAR)
    inputs.send(own, year=YEAR, identity=identity, seen=written.seen)
    inputs.read(by, year=YEAR, identity=identity)
    inputs.reply(by, year=YEAR, identity=identity, words="Takk.", outcome="Teke med til UDI.")
    yield "a county's input is answered"


def _joint_meeting(folder: Path) -> Iterator[str]:
    """Yield the joint meeting, what is answered after it, and the minutes of both meetings as letters."""
    by, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    meetings.invite(by, year=YEAR, county="")
    yield "the joint meeting is called"
    meetings.call_off(by, year=YEAR, county="", reason="Prognosane er ikkje klare.")
    lettermeetings.tell_called_off(by, year=YEAR, county="", forms=FORMS)
    letters.approve(boss, year=YEAR, letters=_letters(state="made", kind="cancellation"))
    for letter in _letters(state="approved", kind="cancellation", receiver=COUNTY):
        deliver(letter, folder)
    yield "the joint meeting is called off"
    meetings.plan(by, year=YEAR, county="", at=WHEN, place="Video", agenda="Prognosane")
    meetings.invite(by, year=YEAR, county="")
    present = {"directorate": "direktør", "ks": "", "county": "alle"}
    meetings.note_present(by, year=YEAR, county="", present=present)
    meetings.add_point(by, year=YEAR, county="", point="Nye prognosar")
    documents = [("butid.pdf", PDF)]
    needs.answer(by, year=YEAR, request=_need(COUNTY), reply="Hjå SSB.", to=AnsweredTo.TO_ALL, documents=documents)
    given = InformationAnswer.objects.order_by("-pk")[0].pk
    needs.receipt(worker(Party.KS), year=YEAR, given=given)
    hold("", "Fellesmøtet vart halde.")
    yield "the joint meeting is held"
    needs.answer(by, year=YEAR, request=_need(OTHER), reply="I tabell 13055.", to=AnsweredTo.TO_ALL)
    yield "a need is answered after the joint meeting"
    needs.ask(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, need="Noko nytt")
    yield "a need is told after the joint meeting"
    needs.ask(worker(Party.COUNTY, OTHER), year=YEAR, county=OTHER, need="Butid til")
    newest = InformationRequest.objects.filter(county=OTHER).order_by("-pk")[0].pk
    needs.join(by, year=YEAR, request=newest, given=InformationAnswer.objects.order_by("pk")[0].pk)
    yield "an answer that is shared answers another need"
    for county in ("", COUNTY):
        lettermeetings.minute(by, year=YEAR, county=county, forms=FORMS)
    letters.approve(boss, year=YEAR, letters=_letters(state="made", kind="minutes"))
    for letter in _letters(state="approved", kind="minutes", receiver=COUNTY):
        deliver(letter, folder)
    _hand_over()
    yield "minutes are sent and the recommendation is handed over"
    withholding.withhold(by, year=YEAR, kind="minutes", key="joint", ground="offl15")
    yield "minutes are withheld"


def _new_basis() -> Iterator[str]:
    """Yield new criteria, forecast, targets and proposal, and a final recommendation that is opened again for them."""
    committee, boss = worker(Party.COMMITTEE), approver(Party.COMMITTEE)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 9, 20))
    yield "days pass"
    opening.open_round(approver(Party.DIRECTORATE), year=YEAR + 1, days={})
    opening.change_days(worker(Party.DIRECTORATE), year=YEAR, days={CalendarStep.ANSWERS: date(2021, 2, 26)})
    yield "the next round is opened, and the calendar changed"
    _figures()
    yield "figures are read in, refused, accepted and taken back"
    for name in ("Folketalet", "Jamt", "Som i fjor"):
        tried = f"{MODEL}-weights-50-30-20-floor-5"
        alternatives.keep(committee, year=YEAR, name=name, comment="Prøvd.", file=tried)
    shared, dropped, _ = CriteriaAlternative.objects.order_by("pk").values_list("pk", flat=True)
    alternatives.share(committee, year=YEAR, identity=shared)
    alternatives.take_back(committee, year=YEAR, identity=shared, reason="Misforstått.")
    alternatives.drop(committee, year=YEAR, identity=dropped)
    wording = dict.fromkeys(("nb", "nn", "en"), "Lokal kunnskap.")
    advice = replace(load_shipped(MODEL).criteria[-1], code="advice", kind="guidance", wording=wording, bound=None)
    criteria_written = (*load_shipped(MODEL).criteria, advice)
    alternatives.keep_written(committee, year=YEAR, name="Skrive", comment="", criteria=criteria_written)
    alternatives.share(committee, year=YEAR, identity=CriteriaAlternative.objects.latest("pk").pk)
    yield "alternatives are kept, shared and taken away"
    criteria.draft(committee, year=YEAR, title="Nye kriterium", wording="Nye", file=MODEL)
    criteria.propose(boss, year=YEAR, version=2)
    criteria.return_(approver(Party.MINISTRY), year=YEAR, version=2, reason="Uklårt.")
    criteria.propose(boss, year=YEAR, version=2)
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=2)
    criteria.share(worker(Party.DIRECTORATE), year=YEAR, version=2)
    targets.confirm(boss, year=YEAR, version=1, reason="Står ved.")
    proposals.confirm(approver(Party.DIRECTORATE), year=YEAR, version=1, reason="Står ved.")
    yield "the criteria are new"
    register_forecast(5500)
    numbers = county_numbers() | {COUNTY: county_numbers()[COUNTY] + 9, OTHER: county_numbers()[OTHER] - 9}
    targets.draft(committee, year=YEAR, national=Numbers(5025), counties={c: Numbers(n) for c, n in numbers.items()})
    targets.submit(committee, year=YEAR, version=2)
    targets.return_(boss, year=YEAR, version=2, reason="Sjå ein gong til.")
    targets.submit(committee, year=YEAR, version=2)
    targets.decide(boss, year=YEAR, version=2)
    yield "the targets are new"
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    proposals.compute(Proposal.objects.get(round=YEAR, version=2).pk, lambda _: None)
    proposals.share(approver(Party.DIRECTORATE), year=YEAR, version=2)
    yield "the proposal is new"
    for county in COUNTIES:
        by = approver(Party.COUNTY, county)
        recommendations.confirm(by, year=YEAR, county=county, reason="Står ved.")
    yield "final recommendations are confirmed"
    own = worker(Party.COUNTY, COUNTY)
    recommendations.reopen_final(own, year=YEAR, county=COUNTY, reason="Ny prognose.")
    yield "the final recommendation is opened again"
    recommendations.confirm(own, year=YEAR, county=COUNTY, reason="Det nye framlegget.")
    _recommend("Ny prognose.", 7)
    yield "another recommendation is submitted"
    _finish(1)
    _hand_over()
    yield "another recommendation is final and handed over"


def _figures() -> None:
    """Read made-up figures in and refuse them; accept others and take them back, so that nothing rests on them."""
    worker_of, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    made = replace(
        madeup.everywhere("employed", "2019", Structure.Y2020), raw_sha256="a" * 64, known_on=date(2020, 3, 1)
    )
    for ended in (False, True):
        (identity,) = figures.read(worker_of, source="tall.csv", content=b"tall", versions=[made])
        if ended:
            figures.accept(boss, identity=identity, looked=True)
            figures.take_back(boss, identity=identity, reason="Feil år.")
        else:
            figures.refuse(worker_of, identity=identity, reason="Feil fil.")
    with override_settings(ASK_PUBLISHERS=True):
        fetching.fetch(worker_of, what="ssb_population", time="2020")


def _numbers() -> Iterator[str]:
    """Yield the final numbers, set by hand, to the freeze."""
    by, boss, ks = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE), worker(Party.KS)
    rounds.skip(boss, year=YEAR, gate="ks_consulted", reason="Det hastar.")
    rounds.set_numbers(by, year=YEAR, numbers={UTSIRA: Numbers(0)}, reason="Ikkje no.")
    at = standing(YEAR)
    rest = 5025 - at.final_total + at.final_numbers[BERGEN]
    rounds.set_numbers(by, year=YEAR, numbers={BERGEN: Numbers(rest)}, reason="Resten.")
    yield "final numbers are set by hand"
    for returned in (True, False):
        rounds.consult(by, year=YEAR)
        rounds.answer(ks, year=YEAR, comment="KS har sagt sitt.")
        rounds.submit(by, year=YEAR)
        if returned:
            rounds.return_numbers(boss, year=YEAR, reason="Sjå ein gong til.")
    rounds.freeze(boss, year=YEAR)
    yield "the numbers are frozen"


def _requests(folder: Path) -> Iterator[str]:
    """Yield the letters to municipalities, and a number that is corrected after its letter."""
    by, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    words = {"kind": "not_asked", "language": "nb", "words": "I fjor.", "source": "arkivet"}
    wordings.lay_in(by, year=YEAR, day=clock.today(), **words)
    letters.prepare(by, year=YEAR, neutral_form="nb", **SETTINGS)
    letters.make(by, year=YEAR)
    make_all(YEAR, by.person_id)
    for letter in _letters(receiver__in=LETTERED):
        deliver(letter, folder)
    yield "requests are sent"
    rounds.propose_correction(by, year=YEAR, municipality=ASKOY, number=33, reason="Skrivefeil.")
    rounds.correct(boss, year=YEAR, correction=Correction.objects.get().pk)
    make_all(YEAR, by.person_id)
    for letter in _letters(receiver=ASKOY, kind="revised"):
        deliver(letter, folder)
    yield "a number is corrected"


def _answers(folder: Path) -> Iterator[str]:
    """Yield decisions and what is done with them, and the release."""
    by, own = worker(Party.DIRECTORATE), worker(Party.MUNICIPALITY, BERGEN)
    decisions.plan(own, year=YEAR, municipality=BERGEN, planned_on=date(2020, 11, 20))
    for until in (20, 30):
        day = date(2020, 12, until)
        decisions.ask_time(own, year=YEAR, municipality=BERGEN, until=day, reason="Kommunestyret.")
        if until == 20:
            decisions.give_time(by, year=YEAR, municipality=BERGEN)
    decisions.refuse_time(by, year=YEAR, municipality=BERGEN, reason="Nei.")
    decided: dict[str, Any] = {"decided_by": "council", "decided_on": clock.today(), "minors": False}
    first = GivenAnswer(35, conditions="Vi tek berre imot familiar.", **decided)
    decisions.record(own, year=YEAR, municipality=BERGEN, request=1, answer=first)
    yield "a municipality answers"
    decisions.raise_conditions(by, year=YEAR, municipality=BERGEN, version=1, reason="Kva tyder det?")
    decisions.clear(by, year=YEAR, municipality=BERGEN, version=1, reason="Avklart.")
    yield "its conditions are cleared"
    second = GivenAnswer(30, document=("vedtak.pdf", PDF), **decided)
    decisions.record(own, year=YEAR, municipality=BERGEN, request=1, answer=second, reason="Feil tal.")
    decisions.complete(by, year=YEAR, municipality=BERGEN, version=2)
    yield "its answer is corrected"
    demo.move_clock(by, day=date(2021, 1, 20))
    reminders.remind(by, year=YEAR, answer_by=date(2021, 2, 20))
    for letter in _letters(receiver=ASKOY, kind="reminder"):
        deliver(letter, folder)
    yield "another is reminded"
    for number in (12, 14):
        answer = GivenAnswer(number, document=("brev.pdf", PDF), **decided)
        decisions.record_for(by, year=YEAR, municipality=ASKOY, request=2, answer=answer, reason="Kom i posten.")
        yield "an answer is recorded for it"
    rounds.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment())
    yield "everything is released"
    withholding.lift(approver(Party.DIRECTORATE), year=YEAR, kind="minutes", key="joint")
    yield "minutes are open again"
    letters.prepare(by, year=YEAR, neutral_form="nn", **{**SETTINGS, "signers": "sjef: N.N."})
    for text in FreeText.objects.order_by("pk").values_list("pk", flat=True):
        shielding.shield(approver(Party.DIRECTORATE), free_text=text, reason="Prøve.")
    yield "what was written freely is shielded in the journal"


def _year() -> Iterator[str]:
    """Yield counts of the settlement year from both who tell of it, and what each corrects."""
    by, own = worker(Party.DIRECTORATE), worker(Party.MUNICIPALITY, BERGEN)
    on: dict[str, Any] = {"on": date(2021, 1, 10), "said_by": "Prøve", "said_on": date(2021, 1, 12)}
    count = NewCount(BERGEN, SettlementStep.SETTLED, LedgerGroup.ALL, count=4, **on)
    hidden = NewCount(ASKOY, SettlementStep.AGREED, LedgerGroup.MINORS, count=None, **on)
    ledger.enter(by, year=YEAR, counts=[count, hidden], source="hand")
    ledger.tell(own, year=YEAR, counts=[count], source="hand")
    yield "the year is counted"
    row = NewRow(count=5, reason="Éin til kom.", **on)
    ledger.correct(by, year=YEAR, number=1, row=row)
    ledger.correct_own(own, year=YEAR, number=3, row=row)
    yield "counts of the year are corrected"


def _revised() -> Iterator[str]:
    """Yield the need that moves, and the revision that meets it, through all its ways back."""
    by, boss, committee = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE), approver(Party.COMMITTEE)
    register_forecast(4400)
    alerts.weigh_all()
    alerts.acknowledge(committee, year=YEAR, version=NeedAlert.objects.get(state="raised").version, reason="Ned.")
    yield "the need has moved"
    total = sum(asked_for(YEAR).values())

    def seen(version: int) -> str:
        return Revision.objects.get(round=YEAR, version=version).result_sha256

    cut = GivenRevision(total - 40, "first", 10, 1, False, False, False, "larger-claim", "Behovet er mindre.", {})
    revisions.draft(by, year=YEAR, given=cut)
    revisions.drop(by, year=YEAR, version=1, reason="Feil tall.")
    revisions.draft(by, year=YEAR, given=cut)
    revisions.change(by, year=YEAR, version=2, given=replace(cut, total=total - 60))
    revisions.submit(by, year=YEAR, version=2, seen=seen(2))
    revisions.give_back(committee, year=YEAR, version=2, reason="Gjenstående?")
    revisions.change(by, year=YEAR, version=2, given=replace(cut, way="left"))
    revisions.submit(by, year=YEAR, version=2, seen=seen(2))
    revisions.set_total(committee, year=YEAR, version=2, seen=seen(2))
    revisions.take_back(boss, year=YEAR, version=2, reason="Feil begrunnelse.")
    revisions.submit(by, year=YEAR, version=2, seen=seen(2))
    revisions.set_total(committee, year=YEAR, version=2, seen=seen(2))
    revisions.decide(boss, year=YEAR, version=2, seen=seen(2))
    yield "the requests are revised"
    revisions.draft(by, year=YEAR, given=replace(cut, total=total + 400, ask_all=True))
    yield "they are revised once more"
    revisions.drop(by, year=YEAR, version=3, reason="Ikke nå.")


def _closing() -> Iterator[str]:
    """Yield the round closed with letters and answers left, and taken up again."""
    boss = approver(Party.DIRECTORATE)
    closing.close(boss, year=YEAR, reason="Resten kjem ikkje.")
    yield "the round is closed"
    closing.reopen(boss, year=YEAR, reason="Eitt vedtak kom likevel.")
    yield "the round is taken up again"
    former.read_in(boss, year=2019)
    yield "a former year is read in"


# What the county and the meeting do


def _recommend(reason: str, more: int = 0) -> None:
    """Work on the county's recommendation and submit it."""
    own, boss = worker(Party.COUNTY, COUNTY), approver(Party.COUNTY, COUNTY)
    if not more:
        cells.fill_from_proposal(own, year=YEAR, county=COUNTY)
    number = (_line(BERGEN).number or 0) + more
    codes = RecommendationLine.objects.filter(recommendation__county=COUNTY).values_list("municipality", flat=True)
    new_cells = [Cell(BERGEN, "number", number), Cell(BERGEN, "signal", 40 + more), Cell(ASKOY, "signal_note", reason)]
    new_cells += [Cell(code, "reason", reason) for code in codes]
    cells.set_all(own, year=YEAR, county=COUNTY, cells=new_cells, reason=f"Heile fylket: {reason}")
    recommendations.keep(own, year=YEAR, county=COUNTY, name=reason)
    cells.set_all(own, year=YEAR, county=COUNTY, cells=[Cell(ASKOY, "number", 7)])
    cells.undo(own, year=YEAR, county=COUNTY, event=last_edit(YEAR, COUNTY) or 0)
    for part in ("feil", str(more)):
        attachments.attach(
            own, year=YEAR, county=COUNTY, name=f"{part}.pdf", content=hostile.added(b"%% " + part.encode() + b"\n")
        )
    wrong = Attachment.objects.get(name="feil.pdf").pk
    attachments.detach(own, year=YEAR, county=COUNTY, document=wrong)
    decision: dict[str, Any] = {"decided_by": "executive", "decided_on": clock.today(), "case_number": f"2020/{more}"}
    recommendations.set_decision(own, year=YEAR, county=COUNTY, **decision)
    recommendations.ready(own, year=YEAR, county=COUNTY, reason="Møtet var samd.")
    recommendations.withdraw(own, year=YEAR, county=COUNTY)
    recommendations.ready(own, year=YEAR, county=COUNTY, reason="Møtet var samd.")
    recommendations.hand_back(boss, year=YEAR, county=COUNTY, reason="Ei vurdering til.")
    recommendations.ready(own, year=YEAR, county=COUNTY, reason="Møtet var samd.")
    recommendations.submit(boss, year=YEAR, county=COUNTY, reason="Møtet var samd.")


def _finish(more: int) -> None:
    """Give every municipality its outcome, one of them another than was recommended, and make it final."""
    by = worker(Party.DIRECTORATE)
    _come_to(BERGEN, more, "Avtala.", "ks")
    outcomes.outcomes_as_recommended(by, year=YEAR, county=COUNTY)
    recommendations.discuss(by, year=YEAR, county=COUNTY, reason="Møtet var samd.")
    recommendations.finish(approver(Party.DIRECTORATE), year=YEAR, county=COUNTY, reason="Møtet var samd.")


def _come_to(code: str, more: int, reason: str, by: str) -> None:
    meeting_outcomes = [Outcome(code, Numbers((_line(code).number or 0) + more, 1, 2), reason, by)]
    outcomes.set_outcomes(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, outcomes=meeting_outcomes)


def _hand_over() -> None:
    letter_facts = HandedOver("nn", "fylkesdirektør: N.N.")
    letterrecommending.hand_over(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, handover=letter_facts)


def _line(code: str) -> RecommendationLine:
    line: RecommendationLine = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code)
    return line


# Letters


def _write_invitations(ready: str) -> None:
    answer = HowToAnswer(date(2020, 8, 20), Worded.same("til post@imdi.no"))
    lettermeetings.invite(worker(Party.DIRECTORATE), year=YEAR, county="", forms=FORMS, answer=answer, ready=ready)


def _circular(percent: int) -> CircularFacts:
    return CircularFacts(percent=percent, goes_on=True, answer_to="post@imdi.no", forms=FORMS)


def _letters(**which: Any) -> list[int]:  # noqa: ANN401 (a filter)
    return list(Letter.objects.filter(round=YEAR, **which).order_by("pk").values_list("pk", flat=True))


def _need(county: str) -> int:
    return int(InformationRequest.objects.filter(county=county).order_by("pk")[0].pk)


def _move_house(county: str) -> None:
    number = Organisation.objects.get(seats__party="county", seats__area=county).orgnr
    (row,) = address_rows([number])
    wanted = WantedAddress(number, ("Postboks 7900",), "5020", "Bergen", "Prøve", row.whole)
    addresses.set_all(worker(Party.DIRECTORATE), year=YEAR, wanted=[wanted], known_on=clock.today(), source="hand")
