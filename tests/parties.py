"""The parties of the demo as actors, and the 2021 round taken on by actions: what other tests build on."""

from datetime import UTC, date, datetime, time
from functools import cache

from django.utils import timezone

from bosett.geography import counties
from bosett.rounds.parties import Grade, Party
from bosett.rounds.run import compute as compute_run
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import Grant
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.meetings import meetings
from bosett_web.actions.numbers import numbers
from bosett_web.actions.round import criteria, demo, forecasts, proposals, targets
from bosett_web.actions.values import Numbers
from bosett_web.records import clock
from bosett_web.records.models import Meeting, Proposal
from bosett_web.records.models.meetings import NOT_TO_BE
from web_database import Start

YEAR = 2021
COUNTIES = [county.code for county in counties(YEAR)]


def somebody(party: Party, grade: Grade, area: str = "") -> Actor:
    """Return the demo's person of a party with a grade."""
    grant = Grant.objects.get(seat__party=party, seat__area=area, grade=grade)
    actor = actor_of(grant.pk, clock.now())
    assert actor is not None
    return actor


def worker(party: Party, area: str = "") -> Actor:
    return somebody(party, Grade.CASE_WORKER, area)


def approver(party: Party, area: str = "") -> Actor:
    return somebody(party, Grade.APPROVER, area)


@cache
def county_numbers(total: int = 5025) -> dict[str, int]:
    """Return the counties' targets as the engine shares them."""
    return {county.code: county.target for county in compute_run(YEAR, total=total).counties}


def decide_targets(total: int = 5025) -> None:
    """Take the demo from 19.05.2020 to decided targets."""
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    criteria.share(worker(Party.DIRECTORATE), year=YEAR, version=1)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 30))
    register_forecast()
    new_targets(total, 1)


def register_forecast(middle: int = 5000) -> None:
    forecasts.register(
        worker(Party.DIRECTORATE),
        year=YEAR,
        low=4000,
        middle=middle,
        high=7000,
        as_of=date(2020, 6, 15),
        publisher="Laget for prøven",
    )


def new_targets(total: int, version: int) -> None:
    committee = worker(Party.COMMITTEE)
    parts = {code: Numbers(number) for code, number in county_numbers(total).items()}
    targets.draft(committee, year=YEAR, national=Numbers(total), counties=parts)
    targets.submit(committee, year=YEAR, version=version)
    targets.decide(approver(Party.COMMITTEE), year=YEAR, version=version)


def share_proposal(version: int = 1) -> None:
    """Compute and share the proposal."""
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    proposals.compute(Proposal.objects.get(round=YEAR, version=version).pk, lambda _: None)
    proposals.share(approver(Party.DIRECTORATE), year=YEAR, version=version)


def hold(county: str, minutes: str) -> None:
    """Hold a meeting on its day: the demo's date is moved there when it has not come."""
    directorate = worker(Party.DIRECTORATE)
    meeting = Meeting.objects.exclude(state__in=NOT_TO_BE).get(round=YEAR, county=county)
    day = timezone.localdate(meeting.at)
    if clock.today() < day:
        demo.move_clock(directorate, day=day)
    meetings.hold(directorate, year=YEAR, county=county, minutes=minutes)


def finish_county(county: str) -> None:
    """Take one county from its open recommendation to a final one."""
    directorate = worker(Party.DIRECTORATE)
    cells.fill_from_proposal(worker(Party.COUNTY, county), year=YEAR, county=county)
    recommendations.ready(worker(Party.COUNTY, county), year=YEAR, county=county)
    recommendations.submit(approver(Party.COUNTY, county), year=YEAR, county=county)
    when = datetime.combine(clock.today(), time(9), UTC)  # a meeting is held on its day, and no earlier
    meetings.plan(directorate, year=YEAR, county=county, at=when, place="Video")
    meetings.invite(directorate, year=YEAR, county=county)
    outcomes.outcomes_as_recommended(directorate, year=YEAR, county=county)
    meetings.hold(directorate, year=YEAR, county=county, minutes="Tallene ble gått gjennom.")
    recommendations.discuss(directorate, year=YEAR, county=county)
    recommendations.finish(approver(Party.DIRECTORATE), year=YEAR, county=county)


def consult(comment: str = "") -> None:
    """Lay the final numbers before KS and take its answer."""
    numbers.consult(worker(Party.DIRECTORATE), year=YEAR)
    numbers.answer(worker(Party.KS), year=YEAR, comment=comment)


def freeze() -> None:
    """Consult KS, then submit and freeze the final numbers."""
    consult()
    numbers.submit(worker(Party.DIRECTORATE), year=YEAR)
    numbers.freeze(approver(Party.DIRECTORATE), year=YEAR)


def finish_country() -> None:
    """Take every county to its final recommendation."""
    for county in COUNTIES:
        finish_county(county)


# How far a test's database has been taken when it begins: `@pytest.mark.begins_at(SHARED)`.
DEMO = Start(demo.begin)
DECIDED = Start(decide_targets, DEMO)
SHARED = Start(share_proposal, DECIDED)
FINISHED = Start(finish_country, SHARED)
FROZEN = Start(freeze, FINISHED)
