"""Where are we, what waits on whom, what is late, what is next: read from a standing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Sum

from bosett.geography import counties
from bosett.rounds.moves import Track
from bosett.rounds.parties import Grade, Party
from bosett_web.queries.lettering import NUMBERED, SENT
from bosett_web.queries.standing import Standing
from bosett_web.records.letters import AnswerPlan, Decision, Letter, LetterSettings
from bosett_web.records.models import Request, Stop

FORMER = "former"
"""State of a step of a round from before the workspace that nothing is kept of here."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the round.

    Attributes:
        track: Track that it belongs to.
        area: County code, or empty for the nation.
        state: Its state; "none" before it exists, "former" where the workspace does not know.
        waits_on: Role and grade that the next move waits on; None when it is done, or waits on the system.
        due: When the letter says that it should be done, or None when no day is known.
        stale: What it rests on that has a newer version.
        ready: False while an earlier step is missing.
        count: How many are done of how many, for a step that is made of many; None for one that has a state only.
    """

    track: Track
    area: str
    state: str
    waits_on: tuple[Party, Grade] | None
    due: date | None = None
    stale: tuple[str, ...] = ()
    ready: bool = True
    count: tuple[int, int] | None = None

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.waits_on is None and self.state not in ("none", "queued", FORMER)

    def late(self, day: date) -> bool:
        """Tell whether it should have been done before a day."""
        return self.due is not None and self.due < day and not self.done


_W, _A = Grade.CASE_WORKER, Grade.APPROVER
_WAITS: dict[tuple[Track, str], tuple[Party, Grade]] = {
    (Track.CRITERIA, "none"): (Party.COMMITTEE, _W),
    (Track.CRITERIA, "drafted"): (Party.COMMITTEE, _A),
    (Track.CRITERIA, "proposed"): (Party.MINISTRY, _A),
    (Track.CRITERIA, "adopted"): (Party.DIRECTORATE, _W),
    (Track.FORECAST, "none"): (Party.DIRECTORATE, _W),
    (Track.TARGETS, "none"): (Party.COMMITTEE, _W),
    (Track.TARGETS, "drafted"): (Party.COMMITTEE, _W),
    (Track.TARGETS, "submitted"): (Party.COMMITTEE, _A),
    (Track.PROPOSAL, "none"): (Party.DIRECTORATE, _W),
    (Track.PROPOSAL, "failed"): (Party.DIRECTORATE, _W),
    (Track.PROPOSAL, "computed"): (Party.DIRECTORATE, _A),
    (Track.RECOMMENDATION, "open"): (Party.COUNTY, _W),
    (Track.RECOMMENDATION, "returned"): (Party.COUNTY, _W),
    (Track.RECOMMENDATION, "ready"): (Party.COUNTY, _A),
    (Track.RECOMMENDATION, "submitted"): (Party.DIRECTORATE, _W),
    (Track.RECOMMENDATION, "discussed"): (Party.DIRECTORATE, _A),
    (Track.MEETING, "none"): (Party.DIRECTORATE, _W),
    (Track.MEETING, "planned"): (Party.DIRECTORATE, _W),
    (Track.MEETING, "invited"): (Party.DIRECTORATE, _W),
    (Track.ROUND, "open"): (Party.DIRECTORATE, _W),
    (Track.ROUND, "numbers_submitted"): (Party.DIRECTORATE, _A),
}
_LETTERS_WAIT: Mapping[str, tuple[Party, Grade] | None] = {
    "stopped": (Party.DIRECTORATE, _W),
    "failed": (Party.DIRECTORATE, _W),
    "none": (Party.DIRECTORATE, _W),
    "made": (Party.DIRECTORATE, _A),
    "approved": (Party.DIRECTORATE, _W),
    "queued": None,
}
"""By the state of a letter that is not out yet, whom it waits on: first what a person must look into."""


def steps(at: Standing) -> tuple[Step, ...]:
    """Return the steps of the round in their order. Days that the letter of 19.05.2020 names are the only due ones."""
    june, autumn = date(at.year - 1, 6, 30), date(at.year - 1, 11, 30)
    criteria, targets = at.criteria[-1:], at.targets[-1:]
    proposals = at.proposals[-1:]
    first_meeting = at.meetings.get("")
    based = at.current_criteria is not None and at.current_forecast is not None
    found = [
        _step(Track.CRITERIA, "", criteria[0].state if criteria else "none"),
        _step(Track.FORECAST, "", "registered" if at.forecasts else "none", june),
        _step(Track.MEETING, "", first_meeting.state if first_meeting else "none", june),
        _step(
            Track.TARGETS,
            "",
            targets[0].state if targets else "none",
            june,
            at.out_of_date(targets[0]) if targets else (),
            ready=based,
        ),
        _step(
            Track.PROPOSAL,
            "",
            proposals[0].state if proposals else "none",
            None,
            at.out_of_date(proposals[0]) if proposals else (),
            ready=at.current_targets is not None,
        ),
    ]
    for county in counties(at.year):
        row = at.recommendations.get(county.code)
        stale = at.out_of_date(row) if row else ()
        found.append(
            _step(Track.RECOMMENDATION, county.code, row.state if row else "none", None, stale, ready=bool(row))
        )
    done = all(step.state == "final" for step in found if step.track is Track.RECOMMENDATION)
    numbers = _step(Track.ROUND, "", at.state, autumn, ready=done)
    waits_on_ks = at.state == "open" and at.consulted is not None and at.ks_answered_at is None
    found.append(replace(numbers, waits_on=(Party.KS, _W)) if waits_on_ks else numbers)
    return tuple(map(_former, found)) if at.is_former else tuple(found)


def _former(step: Step) -> Step:
    """Return a step of a round from before the workspace: it waits on nobody, and what is not kept here is unknown."""
    return replace(step, state=FORMER if step.state == "none" else step.state, waits_on=None, due=None, ready=True)


def afterwards(at: Standing) -> tuple[Step, ...]:
    """Return the steps after the freeze, letters and decisions; in five queries, none for a round of before Bosett."""
    if at.state != "frozen" or not at.final_numbers:
        return ()
    rows = Letter.objects.filter(round=at.year, kind__in=NUMBERED).order_by("version")
    states = dict(rows.values_list("receiver", "state"))
    held = Counter(states.get(code, "none") for code in at.final_numbers)
    sent = sum(held[state] for state in SENT)
    letters, waits_on = _least(held)
    return (
        Step(Track.LETTER, "", letters, waits_on, count=(sent, len(at.final_numbers))),
        _decisions(at, ready=sent > 0),
    )


def _least(held: Mapping[str, int]) -> tuple[str, tuple[Party, Grade] | None]:
    """Return the state of the letters that have come the shortest way, and whom they wait on."""
    for state, waits_on in _LETTERS_WAIT.items():
        if held[state]:
            return state, waits_on
    return "delivered", None


def _decisions(at: Standing, *, ready: bool) -> Step:
    """Return how far the decisions have come: each answers the newest request that its municipality has got.

    They wait on the directorate first where something is to be judged.
    """
    sent = Request.objects.filter(round=at.year, sent_at__isnull=False).order_by("version")
    newest = {code: (request, number) for code, request, number in sent.values_list("municipality", "pk", "number")}
    asked = {code: request for code, (request, number) in newest.items() if number}
    rows = Decision.objects.filter(round=at.year, preliminary=False).order_by("version")
    held = {code: told for code, *told in rows.values_list("municipality", "request", "state", "raised")}
    decided = {code: told for code, told in held.items() if asked.get(code) == told[0]}
    due = LetterSettings.objects.filter(round=at.year).values_list("answer_by", flat=True).first()
    time_asked = AnswerPlan.objects.filter(round=at.year, asked_until__isnull=False, granted=None).exists()
    judged = time_asked or any(state == "answered" and raised for _, state, raised in decided.values())
    waiting = not asked or len(decided) < len(asked)
    waits_on = (Party.MUNICIPALITY, _W) if waiting else None
    if judged or (not waiting and any(state != "complete" for _, state, _ in decided.values())):
        waits_on = (Party.DIRECTORATE, _W)
    count = (len(decided), len(asked))
    return Step(Track.DECISION, "", "none" if waiting else "answered", waits_on, due, ready=ready, count=count)


def _step(
    track: Track, area: str, state: str, due: date | None = None, stale: tuple[str, ...] = (), *, ready: bool = True
) -> Step:
    return Step(track, area, state, _WAITS.get((track, state)), due, stale, ready)


def mine(found: tuple[Step, ...], party: Party, area: str) -> tuple[Step, ...]:
    """Return the steps that wait on somebody's own role now."""
    return tuple(
        step
        for step in found
        if step.ready
        and step.waits_on
        and step.waits_on[0] is party
        and (party is not Party.COUNTY or step.area == area)
    )


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stream of arrivals that is stopped."""

    stream: str
    since: date
    source: str


def stops(year: int) -> tuple[StopRow, ...]:
    """Return the streams that are stopped in a settlement year."""
    rows = Stop.objects.filter(round=year, until=None).order_by("since")
    return tuple(StopRow(*row) for row in rows.values_list("stream", "since", "source"))


def requested(year: int) -> int | None:
    """Return the persons that municipalities were first asked for, once letters have been sent; else None."""
    found: int | None = Request.objects.filter(round=year, version=1, sent_at__isnull=False).aggregate(
        total=Sum("number")
    )["total"]
    return found
