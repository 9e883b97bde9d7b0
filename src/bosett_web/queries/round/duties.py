"""The one list of duties: what waits on whom in a round now, as a move of the table, with the day that is known.

Pages and steps read this list and nothing else. A round whose settlement year is over or that is closed owes nothing,
and neither does one that was made outside the workspace.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from bosett.geography import counties
from bosett.rounds.due import CalendarStep, Due, DueBy, Free
from bosett.rounds.duties import owed
from bosett.rounds.moves import Move, Situation, Track
from bosett.rounds.parties import Grade, Party
from bosett.rounds.states import DecisionState, InformationState, MeetingState, NeedAlertState, ProposalState
from bosett_web.queries.capacity.capacity import unanswered
from bosett_web.queries.decisions.deadlines import deadlines
from bosett_web.queries.decisions.decisions import NO_PLAN, RequestRow, answer_situation, plans, sent_requests
from bosett_web.queries.inputs import inputs_by_state
from bosett_web.queries.meetings.needs import meeting_day, owed_answers
from bosett_web.queries.revision.alerts import alerts_of
from bosett_web.queries.revision.revisions import revision_situation, revisions_of
from bosett_web.queries.rows import rows_by
from bosett_web.queries.situations import (
    correction_situation,
    criteria_situation,
    meeting_situation,
    new_situation,
    proposal_situation,
    recommendation_situation,
    round_situation,
    targets_situation,
)
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records.choices import LetterKind, Occasion
from bosett_web.records.models import (
    Comment,
    Correction,
    Decision,
    Letter,
    RecommendationVersion,
    Request,
)
from bosett_web.records.models.letters import NUMBERED

Row = TypeVar("Row")
Newest = Mapping[tuple[str, str], Sequence[Any]]
"""By kind and receiver: version, state and request of the newest letter."""
HAND_OVER, COMMENT = "recommendation.hand_over", "recommendation.comment"
CORRECT, RELEASE = "round.correct", "round.release"
FIRST, REVISED = {LetterKind.REQUEST, LetterKind.NOT_ASKED}, LetterKind.REVISED
"""Kinds of letters that tell a municipality its first number, and a later one."""
CLEAR_UP, NEWER = "decision.clear_up", "decision.answer_newer"
"""Two ways in which a municipality owes another decision: what it has answered must be cleared up, or is too old."""
LATER_NEEDS = "information.answer_later"
"""A county's needs that were told after the joint meeting, and are answered by its own."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits on somebody.

    Attributes:
        move: The move of the table that it is.
        party: The role that it waits on.
        code: What its words are found by: the move's name, but for a decision that is owed once more and later needs.
        area: County or municipality that it is about; empty for the nation.
        by: By when it is owed; None when no day is known.
        count: How many things it is about.
    """

    move: Move
    party: Party
    code: str
    area: str = ""
    by: DueBy | None = None
    count: int = 1

    @property
    def grade(self) -> Grade:
        """The lowest grade that may do it."""
        return self.move.lowest

    def late(self, day: date) -> bool:
        """Tell whether it should have been done before a day."""
        return self.by is not None and self.by.last < day


@dataclass(frozen=True, slots=True)
class DecidedRequest:
    """The decision of a municipality that counts: which request it answers, and how it stands."""

    request: int
    state: str
    preliminary: bool


_STEPS: Mapping[Due | Free, CalendarStep] = {
    Due.CRITERIA: CalendarStep.CRITERIA,
    Due.FORECAST: CalendarStep.FORECAST,
    Due.TARGETS: CalendarStep.TARGETS,
    Due.RECOMMENDATION: CalendarStep.RECOMMENDATION,
    Due.LETTERS: CalendarStep.LETTERS,
}
"""The step of the calendar whose day a duty is owed by, whatever meetings are planned."""


def duties(at: Standing, day: date, meetings: Mapping[str, MeetingRow] | None = None) -> tuple[Duty, ...]:
    """Return everything that waits on anybody in a round, in its order; in a fixed number of queries.

    Args:
        at: The round as it stands.
        day: The workspace's day.
        meetings: The meetings whose days may be told; None is all.
    """
    if day.year > at.year or at.is_closed:
        return ()
    days = at.meetings if meetings is None else meetings
    # Capacity goes by the day, which no event tells.
    return (*at.remembered(("duties", frozenset(days)), lambda: _duties(at, days)), *of_capacity(at, day))


def _duties(at: Standing, days: Mapping[str, MeetingRow]) -> tuple[Duty, ...]:
    letters = newest_letters(at.year)
    beside = tuple(replace(duty, by=_by(duty, at, days)) for duty in _beside(at, letters))
    of_inputs = tuple(replace(duty, by=_by(duty, at, days)) for duty in _inputs(at))
    before = (*of_round(at, days), *_of_needs(at, days), *beside, *of_inputs)
    return (*before, *_of_revision(at), *_letters(at, letters), *of_decisions(at))


def of(listed: Iterable[Duty], party: Party, area: str = "") -> tuple[Duty, ...]:
    """Return the duties of one role: a county's and a municipality's are those of its own area."""
    own = party in (Party.COUNTY, Party.MUNICIPALITY)
    return tuple(each for each in listed if each.party is party and (not own or each.area == area))


def of_round(at: Standing, meetings: Mapping[str, MeetingRow] | None = None) -> tuple[Duty, ...]:
    """Return what waits on anybody on the way to frozen numbers, as the standing alone tells it; without a query."""
    days = at.meetings if meetings is None else meetings
    round_duties = [
        *_basis(at),
        *_meeting(at, ""),
        *(duty for county in counties(at.year) for duty in _county(at, county.code)),
        *_numbers(at),
    ]
    return tuple(replace(duty, by=_by(duty, at, days)) for duty in round_duties)


def _basis(at: Standing) -> Iterator[Duty]:
    """Yield what is owed of criteria, forecast, targets and proposal: of the newest version of each."""
    new = new_situation(at)
    criteria, targets, run = _last(at.criteria), _last(at.targets), _last(at.proposals)
    yield from _owed(Track.CRITERIA, new if criteria is None else criteria_situation(at, criteria))
    if not at.forecasts and not at.is_frozen:
        yield from _owed(Track.FORECAST, new)
    stale = targets is not None and bool(at.out_of_date(targets))
    situation = new if targets is None else targets_situation(at, targets)
    yield from _owed(Track.TARGETS, situation, unless=() if stale else ("targets.confirm",))
    stale = run is not None and bool(at.out_of_date(run))
    if run is None or run.state == ProposalState.FAILED or (run.state == ProposalState.COMPUTED and stale):
        yield from _owed(Track.PROPOSAL, new)
    else:
        situation = proposal_situation(at, run)
        yield from _owed(Track.PROPOSAL, situation, unless=() if stale else ("proposal.confirm",))


def _meeting(at: Standing, county: str) -> Iterator[Duty]:
    row = at.meetings.get(county)
    yield from _owed(Track.MEETING, new_situation(at) if row is None else meeting_situation(at, row), county)


def _county(at: Standing, county: str) -> Iterator[Duty]:
    """Yield what is owed of a county's recommendation and meeting, once the proposal is shared."""
    row = at.recommendations.get(county)
    if row is None:
        return
    stale = bool(at.out_of_date(row))
    unless = {HAND_OVER, COMMENT}  # told by more than the standing
    if not stale:
        unless |= {"recommendation.confirm", "recommendation.confirm_final"}
    yield from _owed(Track.RECOMMENDATION, recommendation_situation(at, row), county, unless)
    yield from _meeting(at, county)


def _numbers(at: Standing) -> Iterator[Duty]:
    """Yield what is owed of the final numbers: asked about as they stand, answered, submitted, frozen, released."""
    unless = {CORRECT}
    if at.consulted == at.final_numbers:
        unless |= {"round.consult"}
    else:
        unless |= {"round.answer"}
    if at.ks_answered_at is not None:
        unless |= {"round.answer"}
    if at.release_at is not None:
        unless |= {RELEASE}
    yield from _owed(Track.ROUND, round_situation(at), unless=unless)


def newest_letters(year: int) -> Newest:
    """Return the newest letter of each kind to each receiver: its version, state and request. One query."""
    rows = Letter.objects.filter(round=year).order_by("version")
    fields = ("kind", "receiver", "version", "state", "request")
    return {(kind, receiver): letter for kind, receiver, *letter in rows.values_list(*fields)}


def _beside(at: Standing, letters: Newest) -> Iterator[Duty]:
    """Yield what is owed of comments, letters of counties, and corrections; in three queries."""
    if at.recommendations:
        commented = set(Comment.objects.filter(round=at.year).values_list("county", flat=True))
        handed = _handed_over(at, letters)
    for county, row in at.recommendations.items():
        meeting = at.meetings.get(county)
        is_held = meeting is not None and meeting.state == MeetingState.HELD
        wanted = {HAND_OVER: county not in handed, COMMENT: county not in commented and not is_held}
        situation = recommendation_situation(at, row)
        yield from (duty for duty in _owed(Track.RECOMMENDATION, situation, county) if wanted.get(duty.move.name))
    corrections = Correction.objects.filter(round=at.year, approved_at=None).count() if at.is_frozen else 0
    if corrections:
        yield from _owed(Track.ROUND, correction_situation(at, 0), unless=(RELEASE,), count=corrections)


def _inputs(at: Standing) -> Iterator[Duty]:
    """Yield what is owed of the counties' input: sent by the county, read and answered after; one query."""
    for (county, state), count in inputs_by_state(at.year).items():
        yield from _owed(Track.INPUT, replace(new_situation(at), state=state), county, ("input.edit",), count)


def _of_revision(at: Standing) -> Iterator[Duty]:
    """Yield what is owed of alerts that the need has moved, and of the revision that is worked on; in two queries."""
    raised = sum(row.state == NeedAlertState.RAISED for row in alerts_of(at.year))
    if raised:
        yield from _owed(Track.ALERT, replace(new_situation(at), state=NeedAlertState.RAISED), count=raised)
    for row in revisions_of(at.year):
        if row.is_open:
            yield from _owed(Track.REVISION, revision_situation(at, row))


def of_capacity(at: Standing, day: date) -> Iterator[Duty]:
    """Yield what municipalities owe of capacity: a report to a round of asking that runs; in two queries."""
    open_asking = unanswered(at.year, day)
    if open_asking is None:
        return
    asking, silent = open_asking
    for code in sorted(silent):
        for duty in _owed(Track.CAPACITY, new_situation(at), code, ("capacity.report_for",)):
            yield replace(duty, by=DueBy(asking.by))


def _of_needs(at: Standing, days: Mapping[str, MeetingRow]) -> Iterator[Duty]:
    """Yield what is owed of the counties' needs, by the joint meeting or a county's own; in one query."""
    situation = replace(new_situation(at), state=InformationState.ASKED)
    for each in owed_answers(at, days):
        for duty in _owed(Track.INFORMATION, situation, each.county, count=each.count):
            yield replace(duty, code=LATER_NEEDS if each.county else duty.code, by=each.by)


def _handed_over(at: Standing, letters: Newest) -> frozenset[str]:
    """Return the counties whose newest final recommendation has been handed over. One query."""
    kept = RecommendationVersion.objects.filter(recommendation__round=at.year, made=Occasion.FINAL).order_by("version")
    final = dict(kept.values_list("recommendation__county", "version"))
    handed = {
        receiver: version for (kind, receiver), (version, *_) in letters.items() if kind == LetterKind.RECOMMENDATION
    }
    return frozenset(county for county, version in final.items() if handed.get(county) == version)


def _letters(at: Standing, newest: Newest) -> Iterator[Duty]:
    """Yield what is owed of the letters, by the state of the newest of each kind to each receiver; in one query.

    The calendar names a day for those that tell a municipality its first number, and for no other.
    """
    kinds: dict[str | None, list[str]] = {}
    for (kind, _), (_, state, _) in newest.items():
        kinds.setdefault(state, []).append(kind)
    if at.is_frozen:
        kinds[None] = unmade(at, newest)
    for start, waiting in kinds.items():
        if waiting:
            by = at.calendar.get(CalendarStep.LETTERS) if FIRST & set(waiting) else None
            for duty in _owed(Track.LETTER, Situation(start), count=len(waiting)):
                yield replace(duty, by=by if duty.move.duty is Due.LETTERS else None)


def unmade(at: Standing, newest: Newest) -> list[str]:
    """Return the kind of each letter that is yet to tell a number: the first, or one newer than the newest letter."""
    rows = Request.objects.filter(round=at.year).order_by("version").values_list("municipality", "pk", "version")
    requests = {code: (request, version) for code, request, version in rows}
    if not at.final_numbers:  # from before the workspace: only what was revised here is told by a letter from here
        unsent = Request.objects.filter(round=at.year, sent_at=None).values_list("pk", flat=True)
        written = {request for (*_, request) in newest.values()}
        return [REVISED for request in unsent if request not in written]
    told_requests = {receiver: request for (kind, receiver), (*_, request) in newest.items() if kind in NUMBERED}
    for (kind, receiver), (*_, request) in newest.items():
        if kind == REVISED:
            told_requests[receiver] = request
    kinds: list[str] = []
    for code in at.final_numbers:
        request, version = requests.get(code, (None, 1))
        if code not in told_requests or (request is not None and told_requests[code] != request):
            kinds.append(LetterKind.REQUEST if version == 1 else REVISED)
    return kinds


def of_decisions(at: Standing) -> Iterator[Duty]:
    """Yield what municipalities owe an answer to, and what of their answers is to be judged; in seven queries."""
    if not at.is_frozen or not at.final_numbers:
        return
    asked, decided, times = sent_requests(at.year), _decided(at.year), plans(at.year)
    known = deadlines(at.year)
    for code, request in asked.items():
        plan = times.get(code, NO_PLAN)
        until = known.of(code, plan.granted_until)
        yield from _answer(at, code, request, decided.get(code), None if until is None else DueBy(until))
    states = Counter(row.state for row in decided.values() if not row.preliminary)
    states["time_asked"] = sum(plan.waits for plan in times.values())
    for state, count in states.items():
        if count:
            yield from _owed(Track.DECISION, Situation(state), count=count)


def _answer(
    at: Standing, code: str, request: RequestRow, row: DecidedRequest | None, by: DueBy | None
) -> Iterator[Duty]:
    """Yield what a municipality owes: an answer, one on a newer request, or to clear up what it has answered."""
    answered = row is not None and not row.preliminary
    owes = list(_owed(Track.DECISION, answer_situation(at, code, request), code))
    if request.number and not answered:
        yield from (replace(duty, by=by) for duty in owes)
    elif request.number and row is not None and row.request != request.id:
        yield from (replace(duty, code=NEWER, by=by) for duty in owes)
    elif row is not None and row.state == DecisionState.UNCLEAR:
        yield from (replace(duty, code=CLEAR_UP) for duty in owes)


def _decided(year: int) -> Mapping[str, DecidedRequest]:
    """Return the decision of each municipality that counts. One query."""
    rows = Decision.objects.filter(round=year).exclude(state=DecisionState.REPLACED).order_by("version")
    return rows_by("municipality", DecidedRequest, rows)


def _owed(
    track: Track, situation: Situation, area: str = "", unless: Collection[str] = (), count: int = 1
) -> Iterator[Duty]:
    for move in owed(track, situation, unless):
        if move.by is not None:
            yield Duty(move, move.by, move.name, area, count=count)


def _by(duty: Duty, at: Standing, meetings: Mapping[str, MeetingRow]) -> DueBy | None:
    """Return by when a duty of the round is owed; None when nobody has named a day."""
    due = duty.move.duty
    if due in _STEPS and (by := at.calendar.get(_STEPS[due])) is not None:
        return by
    if due not in (Due.RECOMMENDATION, Due.MEETING):
        return None
    row = meetings.get(duty.area)
    if row is None and due is Due.RECOMMENDATION:
        return None
    is_over = row is not None and row.state == MeetingState.HELD
    return None if is_over else meeting_day(at, meetings, duty.area)


def _last(rows: Sequence[Row]) -> Row | None:
    return rows[-1] if rows else None
