"""The demo's parties take the round on by themselves, each step by the one whose turn it is, to frozen numbers.

Every step is an ordinary action of somebody who may do it, so the law of the round and the journal hold here as for
anybody. What had not been published by then is made up, and says so: the forecast's range.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.utils import timezone

from bosett.parameters import load_shipped
from bosett.rounds.parties import Grade, Party
from bosett.rounds.run import compute as compute_run
from bosett.rounds.states import (
    CriteriaState,
    MeetingState,
    ProposalState,
    RecommendationState,
    RoundState,
    TargetsState,
)
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import Grant
from bosett_web.actions import tasks
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.doing import Invalid, Objected, note
from bosett_web.actions.meetings import meetings
from bosett_web.actions.numbers import numbers
from bosett_web.actions.round import criteria, demo, forecasts, proposals, targets
from bosett_web.actions.values import Numbers
from bosett_web.journal.write import Entry
from bosett_web.queries.round.walk import YEAR, is_walking
from bosett_web.queries.standing import standing
from bosett_web.queries.standing_rows import MeetingRow, RecommendationRow, Standing
from bosett_web.records import clock
from bosett_web.records.tasks import Task

NATIONAL = 5025
"""Persons: the municipalities were asked for so many in 2021. IMDi, 30.10.2020."""
FORECAST = (4000, 5030, 7000)
"""Persons: the middle is what IMDi had forecast by its news of 18.06.2021; the range around it is made up."""
FORECAST_BY = "IMDi (5 030); spennet er demoens eget"
JUNE, MIDSUMMER, AUTUMN, LATE_AUTUMN = date(2020, 6, 16), date(2020, 6, 30), date(2020, 9, 15), date(2020, 10, 23)
PLACE, AGENDA, MINUTES = "Videomøte", "Tallene for 2021", "Demoen: tallene for 2021 ble gått gjennom."
MOST_STEPS = 500
"""A whole round is about a hundred steps; more than these means that it goes nowhere."""

Step = Callable[[], object]


def order() -> None:
    """Let the parties begin, as a job; nothing happens when they are at it, or the numbers are frozen.

    Raises:
        Invalid: There is no demo.
    """
    with transaction.atomic(durable=True):
        if not clock.is_demo():
            raise Invalid("day", "no_demo")
        if not is_walking() and not standing(YEAR).is_frozen:
            tasks.order(Task.WALK_DEMO, alone=Task.WALK_DEMO.value)
            note(None, Entry("demo.walk", "workspace", None, {}, {"year": YEAR}))


def walk() -> None:
    """Take the round on until its numbers are frozen; safe to run again after a crash.

    A step that may not be made, as somebody has gone another way, ends the walk; the journal tells which, and why.
    So does whatever else goes wrong, which is raised on to the job.
    """
    try:
        _go_on()
    except Objected as why:
        _stop(why.objection.code, why.objection.facts)
    except Invalid as why:
        _stop(why.code, why.facts)
    except Exception:
        _stop("demo_broke", {})
        raise


def _go_on() -> None:
    for _ in range(MOST_STEPS):
        step = next(_steps(standing(YEAR)), None)
        if step is None:
            return
        step()
    raise RuntimeError("the demo's walk goes nowhere")


def _stop(code: str, facts: Mapping[str, object]) -> None:
    plain = {name: fact if isinstance(fact, int | str) else str(fact) for name, fact in facts.items()}
    with transaction.atomic(durable=True):
        note(None, Entry("demo.stop", "workspace", None, {}, {"code": code, "facts": plain}))


def _steps(at: Standing) -> Iterator[Step]:
    """Yield what is to be done, the first first; nothing when the numbers are frozen."""
    if not at.is_frozen:
        yield from _criteria(at)
        yield from _joint_meeting(at.meetings.get(""))
        yield from _targets(at)
        yield from _proposal(at)
        for county in at.recommendations.values():
            yield from _county(at, county)
        yield from _numbers(at)


def _criteria(at: Standing) -> Iterator[Step]:
    newest = at.criteria[-1]
    if newest.state == CriteriaState.DRAFTED:
        yield partial(criteria.propose, _approver(Party.COMMITTEE), year=YEAR, version=newest.version)
    if newest.state == CriteriaState.PROPOSED:
        yield partial(criteria.adopt, _approver(Party.MINISTRY), year=YEAR, version=newest.version)
    if newest.state == CriteriaState.ADOPTED:
        yield partial(criteria.share, _worker(Party.DIRECTORATE), year=YEAR, version=newest.version)


def _joint_meeting(meeting: MeetingRow | None) -> Iterator[Step]:
    directorate = _worker(Party.DIRECTORATE)
    if meeting is None:
        yield partial(_plan, directorate, "", JUNE)
    elif meeting.state == MeetingState.PLANNED:
        yield partial(meetings.invite, directorate, year=YEAR, county="")
    elif meeting.state == MeetingState.INVITED:
        yield from _day(max(JUNE, timezone.localdate(meeting.at)))
        yield partial(meetings.hold, directorate, year=YEAR, county="", minutes=meeting.minutes or MINUTES)


def _targets(at: Standing) -> Iterator[Step]:
    yield from _day(MIDSUMMER)
    if not at.forecasts:
        low, middle, high = FORECAST
        yield partial(
            forecasts.register,
            _worker(Party.DIRECTORATE),
            year=YEAR,
            low=low,
            middle=middle,
            high=high,
            as_of=clock.today(),
            publisher=FORECAST_BY,
        )
    newest = at.targets[-1] if at.targets else None
    if newest is None:
        yield partial(_draft_targets, at)
    elif newest.state == TargetsState.DRAFTED:
        yield partial(targets.submit, _worker(Party.COMMITTEE), year=YEAR, version=newest.version)
    elif newest.state == TargetsState.SUBMITTED:
        yield partial(targets.decide, _approver(Party.COMMITTEE), year=YEAR, version=newest.version)


def _draft_targets(at: Standing) -> None:
    """Draft the national target, shared over the counties by the engine as the page suggests it."""
    file = load_shipped(at.criteria[-1].file).known_by(clock.today())
    counties = {each.code: Numbers(each.target) for each in compute_run(YEAR, total=NATIONAL, criteria=file).counties}
    targets.draft(_worker(Party.COMMITTEE), year=YEAR, national=Numbers(NATIONAL), counties=counties)


def _proposal(at: Standing) -> Iterator[Step]:
    newest = at.proposals[-1] if at.proposals else None
    if newest is None or newest.state == ProposalState.FAILED:
        yield partial(proposals.queue, _worker(Party.DIRECTORATE), year=YEAR)
    elif newest.state == ProposalState.QUEUED:
        yield partial(proposals.compute, newest.id, lambda _: None)
    elif newest.state == ProposalState.COMPUTED:
        yield partial(proposals.share, _approver(Party.DIRECTORATE), year=YEAR, version=newest.version)


def _county(at: Standing, row: RecommendationRow) -> Iterator[Step]:
    worker, approver = _worker(Party.COUNTY, row.county), _approver(Party.COUNTY, row.county)
    if row.state == RecommendationState.RETURNED:
        yield partial(recommendations.reopen, worker, year=YEAR, county=row.county)
    elif row.state == RecommendationState.OPEN and row.missing:
        yield partial(cells.fill_from_proposal, worker, year=YEAR, county=row.county)
    elif row.state == RecommendationState.OPEN:
        yield partial(recommendations.ready, worker, year=YEAR, county=row.county)
    elif row.state == RecommendationState.READY:
        yield partial(recommendations.submit, approver, year=YEAR, county=row.county)
    elif row.state == RecommendationState.SUBMITTED:
        yield from _meeting(row, at.meetings.get(row.county))
    elif row.state == RecommendationState.DISCUSSED:
        yield partial(recommendations.finish, _approver(Party.DIRECTORATE), year=YEAR, county=row.county)


def _meeting(row: RecommendationRow, meeting: MeetingRow | None) -> Iterator[Step]:
    directorate, county = _worker(Party.DIRECTORATE), row.county
    if meeting is None:
        yield partial(_plan, directorate, county, AUTUMN)
    elif meeting.state == MeetingState.PLANNED:
        yield partial(meetings.invite, directorate, year=YEAR, county=county)
    yield from _day(AUTUMN)
    # The outcomes first: they are to stand in the minutes, which are kept as they are when the meeting is held.
    if row.outcomes_missing:
        yield partial(outcomes.outcomes_as_recommended, directorate, year=YEAR, county=county)
    if meeting is not None and meeting.state == MeetingState.INVITED:
        yield from _day(timezone.localdate(meeting.at))
        minutes = meeting.minutes or MINUTES
        yield partial(meetings.hold, directorate, year=YEAR, county=county, minutes=minutes)
    yield partial(recommendations.discuss, directorate, year=YEAR, county=county)


def _plan(directorate: Actor, county: str, day: date) -> None:
    at = timezone.make_aware(datetime.combine(max(day, clock.today()), time(10)))
    meetings.plan(directorate, year=YEAR, county=county, at=at, place=PLACE, agenda=AGENDA)


def _numbers(at: Standing) -> Iterator[Step]:
    yield from _day(LATE_AUTUMN)
    worker = _worker(Party.DIRECTORATE)
    if at.state == RoundState.NUMBERS_SUBMITTED:
        yield partial(numbers.freeze, _approver(Party.DIRECTORATE), year=YEAR)
    if at.consulted != at.final_numbers:
        yield partial(numbers.consult, worker, year=YEAR)
    if at.ks_answered_at is None:
        yield partial(numbers.answer, _worker(Party.KS), year=YEAR)
    yield partial(numbers.submit, worker, year=YEAR)


def _day(day: date) -> Iterator[Step]:
    if clock.today() < day:
        yield partial(demo.move_clock, _worker(Party.DIRECTORATE), day=day)


def _worker(party: Party, area: str = "") -> Actor:
    return _somebody(party, Grade.CASE_WORKER, area)


def _approver(party: Party, area: str = "") -> Actor:
    return _somebody(party, Grade.APPROVER, area)


def _somebody(party: Party, grade: Grade, area: str) -> Actor:
    """Return the demo's person for the work.

    Raises:
        Invalid: The access has been withdrawn.
    """
    grants = Grant.objects.in_force(clock.now()).filter(person__issuer=demo.ISSUER, grade=grade)
    grant = grants.filter(seat__party=party, seat__area=area).order_by("pk").first()
    actor = None if grant is None else actor_of(grant.pk, clock.now())
    if actor is None:
        raise Invalid("grant", "demo_nobody", {"needs": party.value})
    return actor
