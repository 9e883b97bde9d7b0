"""The list of what waits on whom: every duty is reached by a walk, has its day, and is told to those whose it is."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from answering import NEIGHBOUR, OWN, ask, record
from bosett.basis.weeks import week_of
from bosett.rounds.due import Due, DueBy
from bosett.rounds.moves import MOVES
from bosett.rounds.parties import Party
from bosett_web.actions.capacity import asking
from bosett_web.actions.county import cells, comments, inputs, outcomes, recommendations
from bosett_web.actions.decisions import decisions
from bosett_web.actions.meetings import meetings, needs
from bosett_web.actions.numbers import numbers
from bosett_web.actions.revision import alerts, revisions
from bosett_web.actions.revision.revisions import GivenRevision
from bosett_web.actions.round import criteria, demo, proposals, targets
from bosett_web.actions.values import Numbers
from bosett_web.queries.inputs import inputs as input_rows
from bosett_web.queries.round.duties import Duty, duties, of
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import (
    AnswerPlan,
    Correction,
    CriteriaSet,
    Letter,
    LetterSettings,
    Proposal,
    Request,
    Revision,
)
from bosett_web.screens.duties_in_words import SCREEN
from markup import tidy
from parties import (
    COUNTIES,
    DEMO,
    FROZEN,
    SHARED,
    YEAR,
    approver,
    county_numbers,
    finish_county,
    new_targets,
    register_forecast,
    share_proposal,
    worker,
)
from readers import client_of

pytestmark = pytest.mark.django_db
AGDER = "42"


def now() -> tuple[Duty, ...]:
    return duties(standing(YEAR), clock.today())


def of_county(code: str) -> dict[str, Any]:
    return {"year": YEAR, "county": code}


def codes(party: Party, area: str = "") -> set[str]:
    return {each.code for each in of(now(), party, area)}


def listed(party: Party, area: str = "", path: str = "", language: str = "nb") -> list[tuple[str, str, bool]]:
    """Return what a page lists as waiting on somebody: the words, by when, and whether it is late."""
    page = tidy(client_of(party, area, language=language).get(f"/{YEAR}/{path}").content.decode())
    listing = re.search(r'<ul class="duties">(.*?)</ul>', page, re.DOTALL)
    row = re.compile(r'<li><a [^>]*>(.*?)</a> <span class="when"> (.*?) ?</span>', re.DOTALL)
    rows = row.findall(listing[1]) if listing else []
    entries = [(html.unescape(words), *told_when(when)) for words, when in rows]
    return [(words, when, late) for words, when, late in entries]


def told_when(shown: str) -> tuple[str, bool]:
    when, _, tag = html.unescape(shown).replace("\u00a0", " ").partition(" <span")
    return when, bool(tag)


def test_every_duty_leads_to_the_screen_on_which_it_is_done() -> None:
    assert {move.track for move in MOVES if isinstance(move.duty, Due)} <= SCREEN.keys()


# Each duty, and the walk that comes upon it.
BASIS = """criteria.draft criteria.propose criteria.adopt criteria.share forecast.register targets.draft targets.submit
targets.decide targets.confirm proposal.queue proposal.share proposal.confirm meeting.plan meeting.invite meeting.hold
information.answer recommendation.confirm"""
COUNTY = """recommendation.ready recommendation.submit recommendation.comment recommendation.discuss
recommendation.finish recommendation.reopen recommendation.hand_over recommendation.confirm_final
round.consult round.answer round.submit round.freeze"""
AFTER = """round.release round.correct letter.make letter.approve letter.send letter.retry letter.ask decision.record
decision.give_time decision.complete decision.clear"""
BESIDE = "capacity.report input.send input.read input.reply"
MOVED = "alert.acknowledge revision.submit revision.set_total revision.decide"


def test_a_walk_comes_upon_every_duty() -> None:
    names = [name for walk in (BASIS, COUNTY, AFTER, BESIDE, MOVED) for name in walk.split()]
    assert sorted(names) == sorted(move.name for move in MOVES if isinstance(move.duty, Due))


def walked(steps: Iterator[None]) -> set[str]:
    """Walk step by step, and return the names of the duties that were come upon."""
    names = {each.move.name for each in now()}
    for _ in steps:
        names |= {each.move.name for each in now()}
    return names


@pytest.mark.begins_at(DEMO)
def test_a_walk_to_a_shared_proposal_and_a_newer_one() -> None:
    names = walked(_to_proposal())
    assert set(BASIS.split()) <= names
    assert names <= set(f"{BASIS} {COUNTY}".split())


def _to_proposal() -> Iterator[None]:
    committee, directorate = worker(Party.COMMITTEE), worker(Party.DIRECTORATE)
    assert codes(Party.MINISTRY) == {"criteria.adopt"}
    CriteriaSet.objects.filter(round=YEAR).delete()
    assert codes(Party.COMMITTEE) == {"criteria.draft"}
    yield
    criteria.draft(committee, year=YEAR, title="Kriterier", wording="", file="no-2021-reference")
    assert codes(Party.COMMITTEE) == {"criteria.propose"}
    yield
    criteria.propose(approver(Party.COMMITTEE), year=YEAR, version=1)
    needs.ask(worker(Party.COUNTY, AGDER), year=YEAR, county=AGDER, need="Hva er prognosen?")
    yield
    meetings.plan(directorate, year=YEAR, county="", at=datetime(2020, 6, 16, 8, tzinfo=UTC), place="Video")
    yield
    meetings.invite(directorate, year=YEAR, county="")
    yield
    demo.move_clock(directorate, day=date(2020, 6, 16))
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    yield
    criteria.share(directorate, year=YEAR, version=1)
    yield
    register_forecast()
    yield
    assert codes(Party.COMMITTEE) == {"targets.draft"}
    targets.draft(committee, year=YEAR, national=Numbers(5025), counties=_parts())
    yield
    targets.submit(committee, year=YEAR, version=1)
    yield
    targets.decide(approver(Party.COMMITTEE), year=YEAR, version=1)
    yield
    proposals.queue(directorate, year=YEAR)
    yield
    proposals.compute(Proposal.objects.get(round=YEAR).pk, lambda _: None)
    yield
    proposals.share(approver(Party.DIRECTORATE), year=YEAR, version=1)
    yield
    register_forecast(5100)
    yield
    assert codes(Party.COMMITTEE) == {"targets.confirm"}
    yield
    new_targets(5050, 2)
    yield
    assert {"proposal.confirm"} <= codes(Party.DIRECTORATE)
    share_proposal(version=2)
    yield
    assert codes(Party.COUNTY, AGDER) == {"recommendation.confirm"}
    yield


def _parts() -> dict[str, Numbers]:
    return {code: Numbers(number) for code, number in county_numbers().items()}


@pytest.mark.begins_at(SHARED)
def test_a_walk_from_a_recommendation_to_frozen_numbers() -> None:
    names = walked(_to_frozen())
    assert set(COUNTY.split()) <= names


def _to_frozen() -> Iterator[None]:
    directorate, mine = worker(Party.DIRECTORATE), worker(Party.COUNTY, AGDER)
    whose = of_county(AGDER)
    signer = approver(Party.COUNTY, AGDER)
    assert codes(Party.COUNTY, AGDER) == {"recommendation.ready"}
    meetings.plan(directorate, **whose, at=datetime(2020, 6, 30, 8, tzinfo=UTC), place="Video")
    yield
    cells.fill_from_proposal(mine, **whose)
    yield
    recommendations.ready(mine, **whose)
    yield
    assert codes(Party.COUNTY, AGDER) == {"recommendation.submit"}
    yield
    recommendations.submit(signer, **whose)
    yield
    assert codes(Party.COUNTY, AGDER) == set()
    assert codes(Party.KS) == {"recommendation.comment"}
    comments.comment(worker(Party.KS), **whose, comment="Greit.")
    yield
    assert codes(Party.KS) == set()
    yield
    meetings.invite(directorate, **whose)
    yield
    assert "recommendation.discuss" not in codes(Party.DIRECTORATE), "nobody can discuss before the meeting"
    meetings.hold(directorate, **whose, minutes="Tallene ble gått gjennom.")
    yield
    outcomes.outcomes_as_recommended(directorate, **whose)
    yield
    recommendations.discuss(directorate, **whose)
    yield
    recommendations.return_(directorate, **whose, reason="Se på Lillesand igjen.")
    yield
    assert codes(Party.COUNTY, AGDER) == {"recommendation.reopen"}
    yield
    recommendations.reopen(mine, **whose)
    yield
    recommendations.ready(mine, **whose)
    yield
    recommendations.submit(signer, **whose)
    yield
    outcomes.outcomes_as_recommended(directorate, **whose)
    yield
    recommendations.discuss(directorate, **whose)
    yield
    recommendations.finish(approver(Party.DIRECTORATE), **whose)
    yield
    assert codes(Party.COUNTY, AGDER) == {"recommendation.hand_over"}
    yield
    register_forecast(5100)
    yield
    new_targets(5025, 2)
    yield
    share_proposal(version=2)
    yield
    assert codes(Party.COUNTY, AGDER) == {"recommendation.hand_over", "recommendation.confirm_final"}
    yield
    recommendations.confirm(signer, **whose, reason="De samme tallene.")
    yield
    for county in COUNTIES:
        if county != AGDER:
            recommendations.confirm(worker(Party.COUNTY, county), year=YEAR, county=county, reason="Nytt.")
            finish_county(county)
    assert codes(Party.KS) == set()
    yield
    numbers.consult(directorate, year=YEAR)
    yield
    assert codes(Party.KS) == {"round.answer"}
    yield
    numbers.answer(worker(Party.KS), year=YEAR)
    yield
    numbers.submit(directorate, year=YEAR)
    yield
    assert codes(Party.DIRECTORATE) == {"round.freeze"}
    yield


@pytest.mark.begins_at(FROZEN)
def test_a_walk_from_frozen_numbers_to_decisions() -> None:
    assert codes(Party.COUNTY, AGDER) == {"recommendation.hand_over"}
    names = walked(_to_decisions())
    assert set(AFTER.split()) <= names
    assert names <= set(f"{AFTER} recommendation.hand_over".split())


def _to_decisions() -> Iterator[None]:
    directorate = worker(Party.DIRECTORATE)
    whose: dict[str, Any] = {"year": YEAR, "municipality": OWN}
    assert codes(Party.DIRECTORATE) == {"round.release", "letter.make"}
    numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=datetime(2020, 12, 1, tzinfo=UTC))
    yield
    numbers.propose_correction(directorate, **whose, number=50, reason="Skrivefeil.")
    yield
    numbers.correct(approver(Party.DIRECTORATE), year=YEAR, correction=Correction.objects.get().pk)
    yield
    for state in ("made", "approved", "failed", "stopped"):
        letter(OWN, state)
        yield
    assert not of(now(), Party.MUNICIPALITY, OWN), "no letter has come"
    letter(OWN, "delivered")
    yield
    assert codes(Party.MUNICIPALITY, OWN) == {"decision.record"}
    assert codes(Party.MUNICIPALITY, NEIGHBOUR) == set()
    decisions.ask_time(worker(Party.MUNICIPALITY, OWN), **whose, until=date(2021, 1, 15), reason="Møte i januar.")
    yield
    decisions.give_time(directorate, **whose)
    yield
    record(40, request=2)
    yield
    assert codes(Party.MUNICIPALITY, OWN) == set()
    decisions.raise_conditions(directorate, **whose, version=1, reason="Hva med helse?")
    yield
    assert codes(Party.MUNICIPALITY, OWN) == {"decision.clear_up"}
    yield
    decisions.clear(directorate, **whose, version=1, reason="Avklart i telefon.")
    yield
    assert codes(Party.MUNICIPALITY, OWN) == set()
    yield
    ask(OWN, 60, 3)
    assert codes(Party.MUNICIPALITY, OWN) == {"decision.answer_newer"}
    yield


def letter(code: str, state: str) -> None:
    """Put the newest request's letter to a municipality in a state."""
    request = Request.objects.filter(round=YEAR, municipality=code).order_by("-version")[0]
    kept = {"version": request.version, "reference": f"{YEAR}/{code}-anmodning-{request.version}", "language": "nb"}
    if state == "delivered":
        Request.objects.filter(pk=request.pk).update(sent_at=clock.moment())
    Letter.objects.update_or_create(
        round_id=YEAR,
        kind="revised",
        receiver=code,
        defaults=kept
        | {"request": request, "state": state, "title": "Anmodning", "day": request.day}
        | {"content": {}, "pdf": b"", "made_by_id": worker(Party.DIRECTORATE).person_id},
    )


# What is told, to whom, and by when


@pytest.mark.begins_at(FROZEN)
def test_a_municipality_reads_what_it_owes_with_its_own_day() -> None:
    assert listed(Party.MUNICIPALITY, OWN) == []
    letter(OWN, "delivered")
    asked = "Svar på anmodningen om å bosette flyktninger i 2021"
    assert listed(Party.MUNICIPALITY, OWN) == [(asked, "ingen frist er satt", False)]
    LetterSettings.objects.create(round_id=YEAR, answer_by=date(2020, 12, 15))
    for path in ("", "own"):
        assert listed(Party.MUNICIPALITY, OWN, path) == [(asked, "innen 15. desember 2020", False)]
    nynorsk, english = (listed(Party.MUNICIPALITY, OWN, language=each) for each in ("nn", "en"))
    assert nynorsk == [("Svar på oppmodinga om å busetje flyktningar i 2021", "innan 15. desember 2020", False)]
    assert english == [("Answer the request to settle refugees in 2021", "by 15 December 2020", False)]
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 12, 16))
    assert listed(Party.MUNICIPALITY, OWN) == [(asked, "innen 15. desember 2020", True)]
    AnswerPlan.objects.create(round_id=YEAR, municipality=OWN, granted=True, granted_until=date(2021, 1, 15))
    assert listed(Party.MUNICIPALITY, OWN) == [(asked, "innen 15. januar 2021", False)]
    assert listed(Party.MUNICIPALITY, NEIGHBOUR) == []
    # A round whose settlement year is over owes nothing, and nothing of it is late.
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2022, 1, 1))
    assert now() == ()


@pytest.mark.begins_at(SHARED)
def test_a_county_is_told_its_meeting_s_day_when_it_has_been_called() -> None:
    directorate, whose = worker(Party.DIRECTORATE), of_county(AGDER)
    recommend = "Anbefal et tall for hver kommune i Agder"
    assert listed(Party.COUNTY, AGDER) == [(recommend, "ingen frist er satt", False)]
    meetings.plan(directorate, **whose, at=datetime(2020, 9, 1, 8, tzinfo=UTC), place="Video")
    assert listed(Party.COUNTY, AGDER) == [(recommend, "ingen frist er satt", False)]
    meetings.invite(directorate, **whose)
    assert listed(Party.COUNTY, AGDER) == [(recommend, "innen 1. september 2020", False)]
    assert listed(Party.COUNTY, AGDER, f"counties/{AGDER}") == [(recommend, "innen 1. september 2020", False)]
    assert listed(Party.COUNTY, "46") == [("Anbefal et tall for hver kommune i Vestland", "ingen frist er satt", False)]


@pytest.mark.begins_at(DEMO)
def test_what_a_county_needs_to_know_waits_on_the_directorate() -> None:
    before = listed(Party.DIRECTORATE)
    assert before == [
        ("Registrer prognosen", "i juni 2020", False),
        ("Planlegg møtet med alle fylkeskommunene", "før sommeren 2020", False),
    ]
    needs.ask(worker(Party.COUNTY, AGDER), year=YEAR, county=AGDER, need="Hva er prognosen?")
    one = ("Svar på et informasjonsbehov fra fylkeskommunene", "før sommeren 2020", False)
    assert one in listed(Party.DIRECTORATE)
    needs.ask(worker(Party.COUNTY, "46"), year=YEAR, county="46", need="Når kommer tallene?")
    assert "Svar på 2 informasjonsbehov fra fylkeskommunene" in [row[0] for row in listed(Party.DIRECTORATE)]
    when = datetime(2020, 6, 16, 8, tzinfo=UTC)
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=when, place="Video")
    deadlines = {words: by for words, by, _ in listed(Party.DIRECTORATE)}
    assert deadlines["Svar på 2 informasjonsbehov fra fylkeskommunene"] == "innen 16. juni 2020"
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 7, 1))
    assert ("Registrer prognosen", "i juni 2020", True) in listed(Party.DIRECTORATE)


@pytest.mark.begins_at(DEMO)
def test_nothing_of_a_round_from_before_the_workspace_waits_or_is_late() -> None:
    for party, area in ((Party.DIRECTORATE, ""), (Party.COUNTY, AGDER), (Party.MUNICIPALITY, OWN)):
        page = client_of(party, area).get("/2020/").content.decode()
        assert "Ingenting venter på dere nå." in page
        assert "forsinket" not in page
        assert "etter stegene før" not in page
        assert "2019" not in page.split("<main")[1], "no day of before is a deadline"


@pytest.mark.begins_at(DEMO)
def test_the_days_of_steps_are_told_as_the_letter_tells_them() -> None:
    page = tidy(client_of(Party.KS).get(f"/{YEAR}/").content.decode())
    assert "i juni 2020" in page
    assert "høsten 2020" in page
    assert "30.\u00a0november" not in page, "the letter of 19.05.2020 names no such day"


@pytest.mark.begins_at(DEMO)
def test_a_county_is_not_told_that_a_planned_meeting_is_not_planned() -> None:
    def meetings_page(party: Party, area: str = "") -> str:
        return str(client_of(party, area).get(f"/{YEAR}/meetings").content, "utf-8")

    assert "Ingen møter er planlagt." in meetings_page(Party.DIRECTORATE)
    when = datetime(2020, 6, 16, 8, tzinfo=UTC)
    meetings.plan(worker(Party.DIRECTORATE), year=YEAR, county="", at=when, place="Video")
    assert "Dere er ikke kalt inn til noe møte ennå." in meetings_page(Party.COUNTY, AGDER)
    assert "ikke planlagt" not in meetings_page(Party.COUNTY, AGDER)


@pytest.mark.begins_at(DEMO)
def test_a_walk_beside_the_round() -> None:
    names = walked(_beside())
    assert set(BESIDE.split()) <= names


def _beside() -> Iterator[None]:
    this = week_of(date(2020, 5, 19))
    asking.ask(worker(Party.DIRECTORATE), year=YEAR, by=date(2020, 5, 29), first=this, last=this.after(4))
    assert codes(Party.MUNICIPALITY, "4601") == {"capacity.report"}
    assert [each.by for each in of(now(), Party.MUNICIPALITY, "4601")] == [DueBy(date(2020, 5, 29))]
    yield
    own = worker(Party.COUNTY, AGDER)
    inputs.write(own, year=YEAR, topic="handling", words="Alt er klart.")
    (row,) = input_rows(YEAR)
    identity = row.id
    yield
    inputs.send(own, year=YEAR, identity=identity, seen=row.seen)
    yield
    inputs.read(worker(Party.DIRECTORATE), year=YEAR, identity=identity)
    yield
    inputs.reply(worker(Party.DIRECTORATE), year=YEAR, identity=identity, words="Takk.", outcome="")
    yield


@pytest.mark.begins_at(DEMO)
def test_a_walk_from_an_alert_to_revised_requests() -> None:
    year, drafter, committee = 2020, worker(Party.DIRECTORATE), approver(Party.COMMITTEE)

    def owed() -> set[str]:
        return {each.move.name for each in duties(standing(year), clock.today())}

    assert not owed()
    alerts.weigh_all()
    assert owed() == {"alert.acknowledge"}
    alerts.acknowledge(committee, year=year, version=1, reason="Anmodningene må ned.")
    assert not owed()  # whether to revise is a choice
    cut = GivenRevision(3600, "first", 10, 1, False, False, False, "larger-claim", "Stansen.", {})
    revisions.draft(drafter, year=year, given=cut)
    seen = Revision.objects.get().result_sha256
    assert owed() == {"revision.submit"}
    revisions.submit(drafter, year=year, version=1, seen=seen)
    assert owed() == {"revision.set_total"}
    revisions.set_total(committee, year=year, version=1, seen=seen)
    assert owed() == {"revision.decide"}
    revisions.decide(approver(Party.DIRECTORATE), year=year, version=1, seen=seen)
    assert owed() == {"letter.make"}
