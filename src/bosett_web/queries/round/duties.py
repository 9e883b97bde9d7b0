"""The one list of duties: what waits on whom in a round now, as a move of the table, with the day that is known.

Pages and steps read this list and nothing else. A round whose settlement year is over owes nothing, and neither does
one that was made outside the workspace.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from bosett.geography import counties
from bosett.rounds.due import By, Due, Season, by_season
from bosett.rounds.duties import owed
from bosett.rounds.moves import Move, Situation, Track
from bosett.rounds.parties import Grade, Party
from bosett_web.queries.decisions.deadlines import deadlines
from bosett_web.queries.decisions.decisions import NO_PLAN, RequestRow, answer_situation, plans, sent_requests
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
from bosett_web.queries.standing import MeetingRow, Standing
from bosett_web.records.choices import DecisionState, LetterKind, Occasion
from bosett_web.records.models import (
    Comment,
    Correction,
    Decision,
    InformationRequest,
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


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits on somebody.

    Attributes:
        move: The move of the table that it is.
        party: The role that it waits on.
        code: What its words are found by: the move's name, but for a decision that is owed once more.
        area: County or municipality that it is about; empty for the nation.
        by: By when it is owed; None when no day is known.
        count: How many things it is about.
    """

    move: Move
    party: Party
    code: str
    area: str = ""
    by: By | None = None
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


def duties(at: Standing, day: date, meetings: Mapping[str, MeetingRow] | None = None) -> tuple[Duty, ...]:
    """Return everything that waits on anybody in a round, in its order; in a fixed number of queries.

    Args:
        at: The round as it stands.
        day: The workspace's day.
        meetings: The meetings whose days may be told; None is all.
    """
    if day.year > at.year:
        return ()
    days = at.meetings if meetings is None else meetings
    letters = _newest(at.year)
    beside = tuple(replace(duty, by=_by(duty, at, days)) for duty in _beside(at, letters))
    return (*of_round(at, meetings), *beside, *_letters(at, letters), *_decisions(at))


def of(found: Iterable[Duty], party: Party, area: str = "") -> tuple[Duty, ...]:
    """Return the duties of one role: a county's and a municipality's are those of its own area."""
    own = party in (Party.COUNTY, Party.MUNICIPALITY)
    return tuple(each for each in found if each.party is party and (not own or each.area == area))


def of_round(at: Standing, meetings: Mapping[str, MeetingRow] | None = None) -> tuple[Duty, ...]:
    """Return what waits on anybody on the way to frozen numbers, as the standing alone tells it; without a query."""
    days = at.meetings if meetings is None else meetings
    found = [
        *_basis(at),
        *_meeting(at, ""),
        *(duty for county in counties(at.year) for duty in _county(at, county.code)),
        *_numbers(at),
    ]
    return tuple(replace(duty, by=_by(duty, at, days)) for duty in found)


def _basis(at: Standing) -> Iterator[Duty]:
    """Yield what is owed of criteria, forecast, targets and proposal: of the newest version of each."""
    new = new_situation(at)
    criteria, targets, run = _last(at.criteria), _last(at.targets), _last(at.proposals)
    yield from _owed(Track.CRITERIA, new if criteria is None else criteria_situation(at, criteria))
    if not at.forecasts:
        yield from _owed(Track.FORECAST, new)
    stale = targets is not None and bool(at.out_of_date(targets))
    situation = new if targets is None else targets_situation(at, targets)
    yield from _owed(Track.TARGETS, situation, unless=() if stale else ("targets.confirm",))
    stale = run is not None and bool(at.out_of_date(run))
    if run is None or run.state == "failed" or (run.state == "computed" and stale):
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


def _newest(year: int) -> Newest:
    """Return the newest letter of each kind to each receiver: its version, state and request. One query."""
    rows = Letter.objects.filter(round=year).order_by("version")
    fields = ("kind", "receiver", "version", "state", "request")
    return {(kind, receiver): told for kind, receiver, *told in rows.values_list(*fields)}


def _beside(at: Standing, letters: Newest) -> Iterator[Duty]:
    """Yield what is owed of needs, comments, letters of counties, and corrections; in four queries."""
    needs = InformationRequest.objects.filter(round=at.year, state="asked").count()
    if needs:
        yield from _owed(Track.INFORMATION, replace(new_situation(at), state="asked"), count=needs)
    if at.recommendations:
        said = set(Comment.objects.filter(round=at.year).values_list("county", flat=True))
        handed = _handed_over(at, letters)
    for county, row in at.recommendations.items():
        meeting = at.meetings.get(county)
        held = meeting is not None and meeting.state == "held"
        wanted = {HAND_OVER: county not in handed, COMMENT: county not in said and not held}
        situation = recommendation_situation(at, row)
        yield from (duty for duty in _owed(Track.RECOMMENDATION, situation, county) if wanted.get(duty.move.name))
    corrections = Correction.objects.filter(round=at.year, approved_at=None).count() if at.state == "frozen" else 0
    if corrections:
        yield from _owed(Track.ROUND, correction_situation(at, 0), unless=(RELEASE,), count=corrections)


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

    The letter of 19.05.2020 names the autumn for those that tell a municipality its first number, and for no other.
    """
    kinds: dict[str | None, list[str]] = {}
    for (kind, _), (_, state, _) in newest.items():
        kinds.setdefault(state, []).append(kind)
    if at.state == "frozen" and at.final_numbers:
        kinds[None] = _unmade(at, newest)
    for start, held in kinds.items():
        if held:
            autumn = by_season(Season.AUTUMN, at.year) if FIRST & set(held) else None
            for duty in _owed(Track.LETTER, Situation(start), count=len(held)):
                yield replace(duty, by=autumn if duty.move.duty is Due.AUTUMN else None)


def _unmade(at: Standing, newest: Newest) -> list[str]:
    """Return the kind of each letter that is yet to tell a number: the first, or one newer than the newest letter."""
    rows = Request.objects.filter(round=at.year).order_by("version").values_list("municipality", "pk", "version")
    requests = {code: (request, version) for code, request, version in rows}
    told = {receiver: request for (kind, receiver), (*_, request) in newest.items() if kind in NUMBERED}
    for (kind, receiver), (*_, request) in newest.items():
        if kind == REVISED:
            told[receiver] = request
    kinds: list[str] = []
    for code in at.final_numbers:
        request, version = requests.get(code, (None, 1))
        if code not in told or (request is not None and told[code] != request):
            kinds.append(LetterKind.REQUEST if version == 1 else REVISED)
    return kinds


def _decisions(at: Standing) -> Iterator[Duty]:
    """Yield what municipalities owe an answer to, and what of their answers is to be judged; in seven queries."""
    if at.state != "frozen" or not at.final_numbers:
        return
    asked, held, times = sent_requests(at.year), _decided(at.year), plans(at.year)
    known = deadlines(at.year)
    for code, request in asked.items():
        plan = times.get(code, NO_PLAN)
        until = known.of(code, plan.granted_until)
        yield from _answer(code, request, held.get(code), None if until is None else By(until))
    states = Counter(row.state for row in held.values() if not row.preliminary)
    states["time_asked"] = sum(plan.waits for plan in times.values())
    for state, count in states.items():
        if count:
            yield from _owed(Track.DECISION, Situation(state), count=count)


def _answer(code: str, request: RequestRow, row: DecidedRequest | None, by: By | None) -> Iterator[Duty]:
    """Yield what a municipality owes: an answer, one on a newer request, or to clear up what it has answered."""
    answered = row is not None and not row.preliminary
    owes = list(_owed(Track.DECISION, answer_situation(code, request), code))
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


def _by(duty: Duty, at: Standing, meetings: Mapping[str, MeetingRow]) -> By | None:
    """Return by when a duty of the round is owed; None when nobody has named a day."""
    if duty.move.duty is Due.JUNE:
        return by_season(Season.JUNE, at.year)
    if duty.move.duty is Due.AUTUMN:
        return by_season(Season.AUTUMN, at.year)
    if duty.move.duty is not Due.MEETING:
        return None
    row = meetings.get(duty.area)
    if row is None:
        return None if duty.area or duty.area in at.meetings else by_season(Season.SUMMER, at.year)
    return None if row.state == "held" else By(timezone.localdate(row.at))


def _last(rows: Sequence[Row]) -> Row | None:
    return rows[-1] if rows else None
