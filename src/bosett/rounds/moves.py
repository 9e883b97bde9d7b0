"""The table of moves: every change of state in a round, who makes it, behind which gates, and why not.

The table is the law of the workspace. The same objection disables the button, explains it, and stops the action; the
state diagram and the reference page are made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bosett.rounds.due import Due, Free
from bosett.rounds.parties import Grade, Party, Who


class Track(StrEnum):
    """What runs side by side in a round (design, part 2)."""

    CRITERIA = "criteria"
    ALTERNATIVE = "alternative"
    FORECAST = "forecast"
    TARGETS = "targets"
    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"
    MEETING = "meeting"
    INFORMATION = "information"
    ROUND = "round"
    LETTER = "letter"
    DECISION = "decision"
    LEDGER = "ledger"
    FIGURES = "figures"
    NOTICE = "notice"
    CAPACITY = "capacity"
    INPUT = "input"
    PLACEMENT = "placement"
    NEED = "need"
    ALERT = "alert"
    REVISION = "revision"


class Gate(StrEnum):
    """What must hold before a move. A gate marked so may be skipped by a reasoned, logged decision."""

    CRITERIA_ADOPTED = "criteria_adopted"
    FORECAST_REGISTERED = "forecast_registered"
    SUMS_CLOSE = "sums_close"
    TARGETS_DECIDED = "targets_decided"
    PROPOSAL_SHARED = "proposal_shared"
    UP_TO_DATE = "up_to_date"
    NUMBERS_COMPLETE = "numbers_complete"
    DEPARTURES_REASONED = "departures_reasoned"
    TARGET_KEPT = "target_kept"
    MEETING_HELD = "meeting_held"
    OUTCOMES_COMPLETE = "outcomes_complete"
    MINUTES_WRITTEN = "minutes_written"
    RECOMMENDATIONS_FINAL = "recommendations_final"
    KS_ASKED = "ks_asked"
    KS_CONSULTED = "ks_consulted"
    TARGET_REACHED = "target_reached"
    NOT_FROZEN = "not_frozen"
    FROZEN = "frozen"
    LETTER_SENT = "letter_sent"
    NOTHING_LEFT = "nothing_left"


SKIPPABLE = frozenset(
    {
        Gate.CRITERIA_ADOPTED,
        Gate.FORECAST_REGISTERED,
        Gate.PROPOSAL_SHARED,
        Gate.MEETING_HELD,
        Gate.RECOMMENDATIONS_FINAL,
        Gate.KS_CONSULTED,
    }
)
"""Gates that the directorate may let a round pass without (as in 2022). The sums are never among them."""
ANSWERED = frozenset({Gate.TARGET_KEPT, Gate.NOTHING_LEFT})
"""Gates that a reason answers: the one who moves is told what does not hold, and says why it goes on all the same."""


@dataclass(frozen=True, slots=True)
class Move:
    """One change of state.

    Attributes:
        name: Name of the action and of the event, `track.verb`.
        start: State before, or None when it makes something new.
        end: State after.
        by: Role that makes it; None is the system itself (a background job).
        grades: Grades that may.
        duty: By when it is owed, when somebody waits for it; else why nobody does.
        gates: What must hold.
        reason: True when a reason must be given.
        second: True when the one who submitted may not make it.
    """

    name: str
    start: str | None
    end: str
    by: Party | None
    grades: frozenset[Grade]
    duty: Due | Free
    gates: tuple[Gate, ...] = ()
    reason: bool = False
    second: bool = False

    @property
    def track(self) -> Track:
        """Track that it belongs to."""
        return Track(self.name.partition(".")[0])

    @property
    def ends_with_round(self) -> bool:
        """Whether a closed round is not moved by it: so it is with every move that people make of a round.

        What a service tells of a letter that had left is still written down.
        """
        return self.by is not None and self.track is not Track.FIGURES and self.name not in BESIDE_CLOSED

    @property
    def lowest(self) -> Grade:
        """Lowest grade that may."""
        return Grade.CASE_WORKER if Grade.CASE_WORKER in self.grades else Grade.APPROVER


WORKERS = frozenset({Grade.CASE_WORKER, Grade.APPROVER})
APPROVERS = frozenset({Grade.APPROVER})
CASE_WORKERS = frozenset({Grade.CASE_WORKER})
_D, _M, _C, _K, _Y = Party.DIRECTORATE, Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.COUNTY
_W, _U = Party.MUNICIPALITY, Party.UDI
BESIDE_CLOSED = frozenset(
    {
        *("round.open", "round.read_in", "round.reopen"),
        *("notice.change", "notice.change_stop", "notice.take_back", "notice.take_back_stop"),
    }
)
"""Moves of rounds that a closed round does not refuse.

Two make another one, and one takes it up again; and what goes on may last beyond the round in which it was told.
"""
_NOBODY: frozenset[Grade] = frozenset()
_OPEN = Gate.NOT_FROZEN
_BASIS = (Gate.CRITERIA_ADOPTED, Gate.FORECAST_REGISTERED)
_HANDED_ON = (
    *(Gate.PROPOSAL_SHARED, Gate.NUMBERS_COMPLETE, Gate.UP_TO_DATE, Gate.DEPARTURES_REASONED, Gate.TARGET_KEPT),
    _OPEN,
)
_CONFIRMED = (Gate.TARGET_KEPT, _OPEN)
_NUMBERS = (Gate.TARGETS_DECIDED, Gate.RECOMMENDATIONS_FINAL, Gate.NUMBERS_COMPLETE, Gate.TARGET_REACHED)

MOVES: tuple[Move, ...] = (
    Move("criteria.draft", None, "drafted", _C, WORKERS, Due.CRITERIA, (_OPEN,)),
    Move("criteria.propose", "drafted", "proposed", _C, APPROVERS, Due.CRITERIA, (_OPEN,), second=True),
    Move("criteria.return", "proposed", "drafted", _M, APPROVERS, Free.OTHER, (_OPEN,), reason=True),
    Move("criteria.adopt", "proposed", "adopted", _M, APPROVERS, Due.CRITERIA, (_OPEN,)),
    Move("criteria.share", "adopted", "shared", _D, WORKERS, Due.CRITERIA, (_OPEN,)),
    Move("alternative.keep", None, "drafted", _C, WORKERS, Free.CHOICE, (_OPEN,)),
    Move("alternative.share", "drafted", "shared", _C, WORKERS, Free.CHOICE),
    Move("alternative.drop", "drafted", "retired", _C, WORKERS, Free.CHOICE),
    Move("alternative.take_back", "shared", "retired", _C, WORKERS, Free.CHOICE, reason=True),
    Move("forecast.register", None, "registered", _D, WORKERS, Due.FORECAST),
    Move("targets.draft", None, "drafted", _C, WORKERS, Due.TARGETS, (*_BASIS, _OPEN)),
    Move("targets.submit", "drafted", "submitted", _C, WORKERS, Due.TARGETS, (*_BASIS, Gate.SUMS_CLOSE, _OPEN)),
    Move("targets.return", "submitted", "drafted", _C, APPROVERS, Free.OTHER, (_OPEN,), reason=True),
    Move(
        "targets.decide",
        "submitted",
        "decided",
        _C,
        APPROVERS,
        Due.TARGETS,
        (*_BASIS, Gate.SUMS_CLOSE, Gate.UP_TO_DATE, _OPEN),
        second=True,
    ),
    Move("targets.confirm", "decided", "decided", _C, APPROVERS, Due.UNKNOWN, (*_BASIS, _OPEN), reason=True),
    Move("proposal.queue", None, "queued", _D, WORKERS, Due.UNKNOWN, (Gate.TARGETS_DECIDED, _OPEN)),
    Move("proposal.compute", "queued", "computed", None, _NOBODY, Free.SYSTEM),
    Move("proposal.fail", "queued", "failed", None, _NOBODY, Free.SYSTEM),
    Move(
        "proposal.share",
        "computed",
        "shared",
        _D,
        APPROVERS,
        Due.UNKNOWN,
        (Gate.TARGETS_DECIDED, Gate.UP_TO_DATE, _OPEN),
        second=True,
    ),
    Move("proposal.confirm", "shared", "shared", _D, APPROVERS, Due.UNKNOWN, (_OPEN,), reason=True),
    Move("recommendation.edit", "open", "open", _Y, WORKERS, Free.PART, (Gate.PROPOSAL_SHARED, _OPEN)),
    Move("recommendation.attach", "open", "open", _Y, WORKERS, Free.PART, (Gate.PROPOSAL_SHARED, _OPEN)),
    Move("recommendation.detach", "open", "open", _Y, WORKERS, Free.PART, (Gate.PROPOSAL_SHARED, _OPEN)),
    Move(
        "recommendation.ready",
        "open",
        "ready",
        _Y,
        WORKERS,
        Due.RECOMMENDATION,
        _HANDED_ON,
    ),
    # Who approves takes nothing back unsaid: it is handed back, with a reason.
    Move("recommendation.withdraw", "ready", "open", _Y, CASE_WORKERS, Free.OTHER, (_OPEN,)),
    Move("recommendation.hand_back", "ready", "open", _Y, APPROVERS, Free.OTHER, (_OPEN,), reason=True),
    Move(
        "recommendation.submit",
        "ready",
        "submitted",
        _Y,
        APPROVERS,
        Due.RECOMMENDATION,
        _HANDED_ON,
        second=True,
    ),
    Move("recommendation.comment", "submitted", "submitted", _K, WORKERS, Due.MEETING, (_OPEN,)),
    Move("recommendation.outcome", "submitted", "submitted", _D, WORKERS, Free.PART, (_OPEN,)),
    Move(
        "recommendation.discuss",
        "submitted",
        "discussed",
        _D,
        WORKERS,
        Due.UNKNOWN,
        (Gate.MEETING_HELD, Gate.OUTCOMES_COMPLETE, Gate.TARGET_KEPT, _OPEN),
    ),
    Move(
        "recommendation.finish",
        "discussed",
        "final",
        _D,
        APPROVERS,
        Due.UNKNOWN,
        (Gate.OUTCOMES_COMPLETE, Gate.UP_TO_DATE, Gate.TARGET_KEPT, _OPEN),
        second=True,
    ),
    Move("recommendation.return", "discussed", "returned", _D, WORKERS, Free.OTHER, (_OPEN,), reason=True),
    Move("recommendation.reopen", "returned", "open", _Y, WORKERS, Due.UNKNOWN, (_OPEN,)),
    Move("recommendation.reopen_final", "final", "open", _Y, WORKERS, Free.CHOICE, (_OPEN,), reason=True),
    Move("recommendation.confirm", "open", "open", _Y, WORKERS, Due.UNKNOWN, _CONFIRMED, reason=True),
    Move("recommendation.confirm_final", "final", "final", _Y, APPROVERS, Due.UNKNOWN, _CONFIRMED, reason=True),
    Move("recommendation.hand_over", "final", "final", _Y, APPROVERS, Due.UNKNOWN, second=True),
    Move("meeting.plan", None, "planned", _D, WORKERS, Due.MEETING, (_OPEN,)),
    Move("meeting.invite", "planned", "invited", _D, WORKERS, Due.MEETING, (_OPEN,)),
    Move("meeting.note", "invited", "invited", _D, WORKERS, Free.PART, (_OPEN,)),
    Move("meeting.hold", "invited", "held", _D, WORKERS, Due.MEETING, (Gate.MINUTES_WRITTEN, _OPEN)),
    Move("meeting.amend", "held", "held", _D, WORKERS, Free.CHOICE),
    Move("meeting.drop", "planned", "dropped", _D, WORKERS, Free.OTHER, (_OPEN,), reason=True),
    Move("meeting.call_off", "invited", "called_off", _D, WORKERS, Free.OTHER, (_OPEN,), reason=True),
    Move("information.ask", None, "asked", _Y, WORKERS, Free.CHOICE, (_OPEN,)),
    Move("information.answer", "asked", "answered", _D, WORKERS, Due.MEETING, (_OPEN,)),
    Move("information.join", "asked", "answered", _D, WORKERS, Free.OTHER, (_OPEN,)),
    Move("round.open", None, "open", _D, APPROVERS, Free.CHOICE),
    Move("round.read_in", None, "frozen", _D, APPROVERS, Free.CHOICE),
    Move("round.change_days", "open", "open", _D, WORKERS, Free.CHOICE),
    Move("round.set_number", "open", "open", _D, WORKERS, Free.PART, (_OPEN,)),
    Move("round.skip", "open", "open", _D, APPROVERS, Free.CHOICE, (_OPEN,), reason=True),
    Move("round.consult", "open", "open", _D, WORKERS, Due.LETTERS, _NUMBERS),
    Move("round.answer", "open", "open", _K, WORKERS, Due.UNKNOWN, (Gate.KS_ASKED,)),
    Move("round.submit", "open", "numbers_submitted", _D, WORKERS, Due.LETTERS, (*_NUMBERS, Gate.KS_CONSULTED)),
    Move("round.return", "numbers_submitted", "open", _D, APPROVERS, Free.OTHER, (), reason=True),
    Move(
        "round.freeze",
        "numbers_submitted",
        "frozen",
        _D,
        APPROVERS,
        Due.LETTERS,
        (*_NUMBERS, Gate.KS_CONSULTED),
        second=True,
    ),
    Move("round.propose_correction", "frozen", "frozen", _D, WORKERS, Free.CHOICE, (), reason=True),
    Move("round.correct", "frozen", "frozen", _D, APPROVERS, Due.UNKNOWN, (), second=True),
    Move("round.release", "frozen", "frozen", _D, APPROVERS, Due.UNKNOWN),
    Move("round.close", "frozen", "closed", _D, APPROVERS, Free.CHOICE, (Gate.NOTHING_LEFT,)),
    Move("round.reopen", "closed", "frozen", _D, APPROVERS, Free.CHOICE, reason=True),
    Move("letter.prepare", None, "prepared", _D, WORKERS, Free.PART),
    Move("letter.write", None, "made", _D, WORKERS, Free.CHOICE),
    Move("letter.wording", None, "prepared", _D, WORKERS, Free.CHOICE),
    Move("letter.make", None, "made", _D, WORKERS, Due.LETTERS, (Gate.FROZEN,)),
    Move("letter.remove", "made", "removed", _D, WORKERS, Free.OTHER, reason=True),
    Move("letter.approve", "made", "approved", _D, APPROVERS, Due.LETTERS, second=True),
    Move("letter.withdraw", "approved", "made", _D, WORKERS, Free.OTHER, reason=True),
    Move("letter.send", "approved", "queued", _D, WORKERS, Due.LETTERS),
    Move("letter.take", "queued", "delivered", None, _NOBODY, Free.SYSTEM),
    Move("letter.fail", "queued", "failed", None, _NOBODY, Free.SYSTEM),
    Move("letter.stop", "queued", "stopped", None, _NOBODY, Free.SYSTEM),
    Move("letter.retry", "failed", "queued", _D, WORKERS, Due.UNKNOWN),
    Move("letter.ask", "stopped", "queued", _D, WORKERS, Due.UNKNOWN),
    Move("letter.found", "stopped", "delivered", _D, WORKERS, Free.OTHER, reason=True),
    Move("letter.again", "stopped", "queued", _D, WORKERS, Free.OTHER, reason=True),
    Move("letter.read", "delivered", "read", None, _NOBODY, Free.SYSTEM),
    Move("letter.paper", "delivered", "on_paper", None, _NOBODY, Free.SYSTEM),
    Move("letter.bounce", "delivered", "failed", None, _NOBODY, Free.SYSTEM),
    Move("letter.read_later", "on_paper", "read", None, _NOBODY, Free.SYSTEM),
    Move("letter.come_back", "on_paper", "failed", None, _NOBODY, Free.SYSTEM),
    Move("letter.address", None, "addressed", _D, WORKERS, Free.PART),
    Move("decision.record", None, "answered", _W, WORKERS, Due.ANSWER, (Gate.LETTER_SENT,)),
    Move("decision.record_for", None, "answered", _D, WORKERS, Free.OTHER, (Gate.LETTER_SENT,)),
    Move("decision.plan", None, "planned", _W, WORKERS, Free.CHOICE, (Gate.LETTER_SENT,)),
    Move("decision.ask_time", None, "time_asked", _W, WORKERS, Free.CHOICE, (Gate.LETTER_SENT,), reason=True),
    Move("decision.give_time", "time_asked", "time_given", _D, WORKERS, Due.UNKNOWN),
    Move("decision.refuse_time", "time_asked", "time_refused", _D, WORKERS, Free.OTHER, reason=True),
    Move("decision.complete", "answered", "complete", _D, WORKERS, Due.UNKNOWN),
    Move("decision.raise", "answered", "unclear", _D, WORKERS, Free.OTHER, reason=True),
    Move("decision.clear", "unclear", "complete", _D, WORKERS, Due.UNKNOWN, reason=True),
    Move("notice.stop", None, "in_force", _U, WORKERS, Free.CHOICE),
    Move("notice.tell", None, "in_force", _D, WORKERS, Free.CHOICE),
    Move("notice.change_stop", "in_force", "in_force", _U, WORKERS, Free.CHOICE, reason=True),
    Move("notice.change", "in_force", "in_force", _D, WORKERS, Free.CHOICE, reason=True),
    Move("notice.take_back_stop", "in_force", "taken_back", _U, WORKERS, Free.CHOICE, reason=True),
    Move("notice.take_back", "in_force", "taken_back", _D, WORKERS, Free.CHOICE, reason=True),
    Move("capacity.ask", None, "asked", _D, WORKERS, Free.CHOICE),
    Move("capacity.remind", "asked", "asked", _D, WORKERS, Free.CHOICE),
    Move("capacity.report", None, "reported", _W, WORKERS, Due.CAPACITY),
    Move("capacity.report_for", None, "reported", _Y, WORKERS, Free.OTHER),
    Move("placement.wait", None, "waiting", _D, WORKERS, Free.CHOICE),
    Move("placement.agree", None, "agreed", _D, WORKERS, Free.CHOICE, reason=True),
    Move("placement.lift", "agreed", "lifted", _D, WORKERS, Free.CHOICE, reason=True),
    Move("placement.keep", None, "kept", _D, WORKERS, Free.CHOICE),
    Move("input.write", None, "drafted", _Y, WORKERS, Free.PART),
    Move("input.edit", "drafted", "drafted", _Y, WORKERS, Free.PART),
    Move("input.send", "drafted", "sent", _Y, WORKERS, Due.UNKNOWN),
    Move("input.read", "sent", "read", _D, WORKERS, Due.UNKNOWN),
    Move("input.reply", "read", "answered", _D, WORKERS, Due.MEETING),
    Move("ledger.enter", None, "entered", _D, WORKERS, Free.CHOICE),
    Move("ledger.tell", None, "entered", _W, WORKERS, Free.CHOICE),
    Move("ledger.correct", "entered", "entered", _D, WORKERS, Free.CHOICE, reason=True),
    Move("ledger.correct_own", "entered", "entered", _W, WORKERS, Free.CHOICE, reason=True),
    Move("need.run", None, "queued", _D, WORKERS, Free.CHOICE),
    Move("need.finish", "queued", "done", None, _NOBODY, Free.SYSTEM),
    Move("need.fail", "queued", "failed", None, _NOBODY, Free.SYSTEM),
    Move("alert.raise", None, "raised", None, _NOBODY, Free.SYSTEM),
    Move("alert.acknowledge", "raised", "acknowledged", _C, WORKERS, Due.UNKNOWN, reason=True),
    Move("alert.lapse", "raised", "ended", None, _NOBODY, Free.SYSTEM),
    Move("alert.end", "acknowledged", "ended", None, _NOBODY, Free.SYSTEM),
    Move("revision.draft", None, "drafted", _D, WORKERS, Free.CHOICE, (Gate.FROZEN,)),
    Move("revision.change", "drafted", "drafted", _D, WORKERS, Free.PART),
    Move("revision.drop", "drafted", "dropped", _D, WORKERS, Free.OTHER, reason=True),
    Move("revision.submit", "drafted", "submitted", _D, WORKERS, Due.UNKNOWN),
    Move("revision.return", "submitted", "drafted", _C, APPROVERS, Free.OTHER, reason=True),
    Move("revision.set_total", "submitted", "total_decided", _C, APPROVERS, Due.UNKNOWN),
    Move("revision.take_back", "total_decided", "drafted", _D, APPROVERS, Free.OTHER, reason=True),
    Move("revision.decide", "total_decided", "decided", _D, APPROVERS, Due.UNKNOWN, second=True),
    Move("figures.fetch", None, "fetching", _D, WORKERS, Free.CHOICE),
    Move("figures.fail", "fetching", "not_fetched", None, _NOBODY, Free.SYSTEM),
    Move("figures.read", None, "read_in", _D, WORKERS, Free.CHOICE),
    Move("figures.accept", "read_in", "accepted", _D, APPROVERS, Free.CHOICE, second=True),
    Move("figures.refuse", "read_in", "refused", _D, WORKERS, Free.CHOICE, reason=True),
    Move("figures.take_back", "accepted", "taken_back", _D, APPROVERS, Free.CHOICE, reason=True),
)

LOCAL = frozenset({Party.COUNTY, Party.MUNICIPALITY})
"""Roles that act for their own area only."""

BY_NAME: Mapping[str, Move] = {move.name: move for move in MOVES}
BY_TRACK: Mapping[Track, tuple[Move, ...]] = {
    track: tuple(move for move in MOVES if move.track is track) for track in Track
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the table needs to know of the thing that is moved.

    Attributes:
        state: Its state, or None when it does not exist yet.
        area: County or municipality that owns it; empty for the nation.
        unmet: Gates that do not hold, each with the facts that explain it.
        skipped: Gates that a logged decision lets this round pass without.
        submitted_by: Person who submitted it, if anybody.
        answered: Gates that a reason answers, and for which one has been given before.
        closed_on: Day on which its round was closed; None while it can be moved.
    """

    state: str | None
    area: str = ""
    unmet: Mapping[Gate, Mapping[str, object]] = field(default_factory=dict)
    skipped: frozenset[Gate] = frozenset()
    submitted_by: int | None = None
    answered: frozenset[Gate] = frozenset()
    closed_on: date | None = None

    def ended(self, move: Move) -> bool:
        """Tell whether the round is closed to a move."""
        return self.closed_on is not None and move.ends_with_round


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not: a code that words are found by, and the facts that fill them in."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class UnknownMove(LookupError):
    """A name that the table of moves does not hold: a fault in the program, not in what a person did."""


def move_of(name: str) -> Move:
    """Return a move by its name.

    Raises:
        UnknownMove: There is none.
    """
    try:
        return BY_NAME[name]
    except KeyError:
        raise UnknownMove(name) from None


def objection_to(move: Move, who: Who, situation: Situation, reason: str | None = None) -> Objection | None:
    """Return why somebody may not make a move now, or None when they may.

    A missing reason objects only when `reason` is given as text: a button is shown before the reason is written, with
    what `warnings_of` tells.
    """
    if (objection := _objection_to_person(move, who, situation)) is not None:
        return objection
    if situation.ended(move):
        return Objection("round_closed", {"day": situation.closed_on})
    if situation.state != move.start:
        return Objection(
            "wrong_state", {"state": situation.state or "", "needs": move.start or "", "track": move.track}
        )
    for gate in move.gates:
        if gate in situation.unmet and not _passed(gate, situation, reason):
            return Objection(f"gate_{gate}", situation.unmet[gate])
    if move.second and situation.submitted_by is not None and situation.submitted_by == who.person:
        return Objection("same_person")
    if move.reason and reason is not None and not reason.strip():
        return Objection("reason_missing")
    return None


def needs_reason(move: Move, situation: Situation) -> bool:
    """Tell whether a move is made with a reason: always, or for a gate that only a reason answers."""
    asked = ANSWERED & situation.unmet.keys() - situation.answered
    return move.reason or not asked.isdisjoint(move.gates)


def warnings_of(move: Move, situation: Situation) -> tuple[Objection, ...]:
    """Return what the one who moves is told that does not hold, also where a reason for it has been given before."""
    gates = (gate for gate in move.gates if gate in ANSWERED and gate in situation.unmet)
    return tuple(Objection(f"told_{gate}", situation.unmet[gate]) for gate in gates)


def _passed(gate: Gate, situation: Situation, reason: str | None) -> bool:
    """Tell whether a gate that does not hold lets the move pass all the same."""
    if gate in ANSWERED:
        return gate in situation.answered or reason is None or bool(reason.strip())
    return gate in situation.skipped and gate in SKIPPABLE


def _objection_to_person(move: Move, who: Who, situation: Situation) -> Objection | None:
    if move.by is None:
        return Objection("system_only") if who.person is not None else None
    if who.party is not move.by:
        return Objection("wrong_party", {"needs": move.by})
    if who.grade not in move.grades:
        return Objection("low_grade", {"needs": move.lowest})
    if move.by in LOCAL and who.area != situation.area:
        return Objection("wrong_area", {"area": situation.area})
    return None


def states_of(track: Track) -> tuple[str, ...]:
    """Return the states of a track in the order in which the table reaches them."""
    states = dict.fromkeys(state for move in MOVES if move.track is track for state in (move.start, move.end) if state)
    return tuple(states)
