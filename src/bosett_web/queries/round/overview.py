"""Where a round stands, step by step, with whom each step waits on: read from a standing and the list of duties."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Sum

from bosett.documents.letters.names import alphabetical
from bosett.geography import counties
from bosett.rounds.due import CalendarStep, DueBy
from bosett.rounds.moves import Track
from bosett.rounds.parties import Grade, Party
from bosett.rounds.states import LetterState, RecommendationState
from bosett_web.queries.decisions.deadlines import deadlines
from bosett_web.queries.round.duties import Duty, of_round
from bosett_web.queries.standing_rows import ProposalRow, RecommendationRow, Standing, TargetsRow
from bosett_web.records.models import Decision, Letter, Request
from bosett_web.records.models.letters import NUMBERED, SENT


@dataclass(frozen=True, slots=True)
class RoundStep:
    """One step of the round.

    Attributes:
        track: Track that it belongs to.
        area: County code, or empty for the nation.
        state: Its state; "none" before it exists, "unknown" when the workspace was not there to tell.
        waits_on: Roles and lowest grades that the duties of the step wait on; empty when it is done, waits on the
            system, or comes after other steps.
        by: By when the calendar says that it should be done; None when no time is known, or it is past.
        stale: What it rests on that has a newer version.
        count: How many are done of how many, for a step that is made of many; None for one that has a state only.
    """

    track: Track
    area: str
    state: str
    waits_on: tuple[tuple[Party, Grade], ...] = ()
    by: DueBy | None = None
    stale: tuple[str, ...] = ()
    count: tuple[int, int] | None = None

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to do."""
        if self.count is not None:
            return not self.waits_on and self.count[0] == self.count[1] > 0
        return not self.waits_on and self.state in DONE

    def late(self, day: date) -> bool:
        """Tell whether it should have been done before a day."""
        return self.by is not None and self.by.last < day and not self.done


Versioned = TargetsRow | ProposalRow | RecommendationRow
DONE = ("shared", "registered", "held", "decided", "final", "frozen", "closed", "unknown")
"""States in which a step of the way to the numbers is done, when nothing more is owed."""
SHORTEST = (LetterState.STOPPED, LetterState.FAILED, "none", LetterState.MADE, LetterState.APPROVED, LetterState.QUEUED)
"""States of a letter that is not out yet: first what a person must look into, then how far it has come."""


def steps(at: Standing) -> tuple[RoundStep, ...]:
    """Return the steps on the way to frozen numbers, in their order, without a query.

    A frozen round is done with them: what it does not hold was done outside the workspace, and nothing of it is late.
    """
    duties = of_round(at)
    by = at.calendar.get
    meeting = at.meetings.get("") or at.called_off.get("")
    targets, proposal = at.targets[-1:], at.proposals[-1:]
    round_steps = [
        RoundStep(Track.CRITERIA, "", at.criteria[-1].state if at.criteria else "none", by=by(CalendarStep.CRITERIA)),
        RoundStep(Track.FORECAST, "", "registered" if at.forecasts else "none", by=by(CalendarStep.FORECAST)),
        RoundStep(Track.MEETING, "", meeting.state if meeting else "none", by=by(CalendarStep.JOINT_MEETING)),
        RoundStep(Track.TARGETS, "", _state(targets), by=by(CalendarStep.TARGETS), stale=_stale(at, targets)),
        RoundStep(Track.PROPOSAL, "", _state(proposal), stale=_stale(at, proposal)),
    ]
    for county in sorted(counties(at.year), key=lambda each: alphabetical(each.name)):
        row = at.recommendations.get(county.code)
        rows = () if row is None else (row,)
        owed = by(CalendarStep.RECOMMENDATION)
        round_steps.append(RoundStep(Track.RECOMMENDATION, county.code, _state(rows), by=owed, stale=_stale(at, rows)))
    round_steps.append(RoundStep(Track.ROUND, "", at.state, by=by(CalendarStep.LETTERS)))
    if at.is_frozen:
        return tuple(replace(step, state=_past(step.state), by=None) for step in round_steps)
    return tuple(replace(step, waits_on=_waits_on(duties, step)) for step in round_steps)


def afterwards(at: Standing, duties: Iterable[Duty]) -> tuple[RoundStep, ...]:
    """Return the steps after the freeze, letters and decisions; none for a round of before Bosett. In four queries.

    Args:
        at: The round as it stands.
        duties: All duties of the round.
    """
    if not at.is_frozen or not at.final_numbers:
        return ()
    counts, answered, asked, usual = at.remembered("afterwards", lambda: _come_so_far(at))
    sent = sum(counts[state] for state in SENT)
    state = next((each for each in SHORTEST if counts[each]), LetterState.DELIVERED)
    answer_by = None if at.is_closed else usual  # nothing of a closed round is late any more
    round_steps = (
        RoundStep(Track.LETTER, "", state, count=(sent, len(at.final_numbers))),
        RoundStep(
            Track.DECISION, "", "answered", by=None if answer_by is None else DueBy(answer_by), count=(answered, asked)
        ),
    )
    owed = tuple(duties)
    return tuple(replace(step, waits_on=_waits_on(owed, step)) for step in round_steps)


def _come_so_far(at: Standing) -> tuple[Counter[str], int, int, date | None]:
    """Return letters by state, how many have decided and have been asked, and the deadline of most."""
    rows = Letter.objects.filter(round=at.year, kind__in=NUMBERED).order_by("version")
    states = dict(rows.values_list("receiver", "state"))
    counts = Counter(states.get(code, "none") for code in at.final_numbers)
    return counts, *_answered(at.year), deadlines(at.year).usual


def _answered(year: int) -> tuple[int, int]:
    """Return how many have decided on the newest request that they have got, and how many have got one."""
    sent = Request.objects.filter(round=year, sent_at__isnull=False).order_by("version")
    newest = {code: (request, number) for code, request, number in sent.values_list("municipality", "pk", "number")}
    asked = {code: request for code, (request, number) in newest.items() if number}
    rows = Decision.objects.filter(round=year, preliminary=False).order_by("version")
    decided = {code for code, request in rows.values_list("municipality", "request") if asked.get(code) == request}
    return len(decided), len(asked)


def _state(rows: Sequence[Versioned]) -> str:
    return rows[0].state if rows else "none"


def _stale(at: Standing, rows: Sequence[Versioned]) -> tuple[str, ...]:
    return at.out_of_date(rows[0]) if rows else ()


def _past(state: str) -> str:
    return "unknown" if state == "none" else state


def _waits_on(duties: Iterable[Duty], step: RoundStep) -> tuple[tuple[Party, Grade], ...]:
    """Return whom the duties of a step wait on; letters and decisions are steps of the whole country.

    A recommendation that waits for nothing but the county's meeting waits on those who are to hold it.
    """
    whole = step.track in (Track.LETTER, Track.DECISION)
    owed = [each for each in duties if whole or each.area == step.area]
    own = [each for each in owed if each.move.track is step.track]
    if step.state == RecommendationState.SUBMITTED and step.track is Track.RECOMMENDATION and not own:
        own = [each for each in owed if each.move.track is Track.MEETING]
    return tuple(dict.fromkeys((each.party, each.grade) for each in own))


def requested(year: int) -> int | None:
    """Return the persons that municipalities were first asked for, once letters have been sent; else None."""
    persons: int | None = Request.objects.filter(round=year, version=1, sent_at__isnull=False).aggregate(
        total=Sum("number")
    )["total"]
    return persons
