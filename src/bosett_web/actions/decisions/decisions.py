"""The municipalities' decisions: each answers one named version of the request; a correction is a new version."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone

from bosett.parameters.conditions import load_conditions
from bosett.rounds.moves import Objection
from bosett.rounds.states import DecisionState
from bosett.stages.decisions import recognised
from bosett_web.accounts.actor import Actor
from bosett_web.actions.decisions.held_documents import let_go
from bosett_web.actions.doing import Invalid, Objected, action, locked, note, require
from bosett_web.actions.pdfs import checked, safe_name
from bosett_web.actions.values import older, people, required, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.decisions.decisions import (
    NO_PLAN,
    DecisionRow,
    PlanRow,
    RequestRow,
    answer_situation,
    deadline_of,
    decision_of,
    decision_situation,
    plan_of,
    sent_requests,
)
from bosett_web.queries.standing import kept_standing
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.choices import Decider
from bosett_web.records.models import AnswerPlan, Decision


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a municipality answers.

    Attributes:
        number: How many it settles; 0 is no.
        minors: Whether it takes unaccompanied minors; None when the decision does not say.
        minors_number: How many of `number` are minors; None when it does not say.
        more: How many more if need grows; None when it does not say.
        conditions: Conditions in its own words.
        preliminary: Whether it is an administrative answer that waits for the council's.
        decided_by: council, executive or administration.
        decided_on: Day of the decision.
        case_number: The municipality's own.
        document: Name and content of the decision as a PDF; an empty content is none.
        older: Why the decision is older than the letter that it answers, when it is.
    """

    number: int | None
    decided_by: str
    decided_on: date
    minors: bool | None = None
    minors_number: int | None = None
    more: int | None = None
    conditions: str = ""
    preliminary: bool = False
    case_number: str = ""
    document: tuple[str, bytes] = ("", b"")
    older: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """An answer that has been read: its text, what is recognised in it, and its document's SHA-256."""

    answer: GivenAnswer
    conditions: str
    raised: list[dict[str, object]]
    sha256: str


def subject_of(year: int, municipality: str) -> str:
    """Return the name by which the journal tells a decision's story."""
    return f"decision:{year}:{municipality}"


@action
def record(
    actor: Actor, /, *, year: int, municipality: str, request: int, answer: GivenAnswer, reason: str = ""
) -> Event:
    """Record the municipality's own answer. A second one replaces the first, which is kept.

    Args:
        actor: Who.
        year: Settlement year.
        municipality: The one that answers.
        request: Version of the request that is answered, as the page was shown with it.
        answer: What it answers.
        reason: Why a decision on the same request is corrected.

    Raises:
        Objected: Not before the letter, not by this role, another's, or a newer request has been sent.
        Invalid: Something cannot be, or a correction, or a decision older than the letter, has no reason.
    """
    _allowed(actor, "decision.record", kept_standing(year), municipality)
    read = _read(answer)
    asked = _asked(actor, "decision.record", year, municipality, request)
    if answer.minors is None and answer.number:
        raise Invalid("minors", "minors_unanswered")
    return _keep(actor, "decision.record", (year, municipality), asked, read, reason)


@action
def record_for(
    actor: Actor, /, *, year: int, municipality: str, request: int, answer: GivenAnswer, reason: str = ""
) -> Event:
    """Record, by the directorate, what a municipality has sent outside the workspace; the document goes with it.

    Raises:
        Objected: As `record`.
        Invalid: As `record`, or the document is missing.
    """
    _allowed(actor, "decision.record_for", kept_standing(year), municipality)
    read = _read(answer, needed=True)
    asked = _asked(actor, "decision.record_for", year, municipality, request)
    return _keep(actor, "decision.record_for", (year, municipality), asked, read, reason)


@action
def plan(actor: Actor, /, *, year: int, municipality: str, planned_on: date) -> Event:
    """Tell when the municipality means to decide.

    Raises:
        Objected: Not before the letter, not by this role, another's, or it has decided.
        Invalid: The day has passed.
    """
    _open(actor, "decision.plan", locked(year), municipality, NO_PLAN)
    if planned_on < clock.today():
        raise Invalid("planned_on", "day_past")
    before = plan_of(year, municipality).planned_on
    AnswerPlan.objects.update_or_create(round_id=year, municipality=municipality, defaults={"planned_on": planned_on})
    facts = {"planned_on": before}, {"planned_on": planned_on}
    return note(actor, Entry("decision.plan", subject_of(year, municipality), year, *facts))


@action
def ask_time(actor: Actor, /, *, year: int, municipality: str, until: date, reason: str) -> Event:
    """Ask for more time to answer.

    Raises:
        Objected: As `plan`, or it has asked already and waits for the answer, or gives no reason.
        Invalid: The day is not after the deadline, or has passed.
    """
    at = locked(year)
    planned = plan_of(year, municipality)
    _open(actor, "decision.ask_time", at, municipality, planned, reason)
    last = deadline_of(year, municipality, planned) or clock.today()
    if until < clock.today():
        raise Invalid("until", "day_past")
    if until <= last:
        raise Invalid("until", "day_before_deadline", {"deadline": last})
    reason = text("reason", reason, needed=True)
    AnswerPlan.objects.update_or_create(
        round_id=year,
        municipality=municipality,
        defaults={"asked_until": until, "asked_reason": reason, "granted": None},
    )
    facts = {"deadline": last}, {"asked_until": until}
    return note(actor, Entry("decision.ask_time", subject_of(year, municipality), year, *facts, {"reason": reason}))


@action
def give_time(actor: Actor, /, *, year: int, municipality: str) -> Event:
    """Give the time that a municipality has asked for.

    Raises:
        Objected: Not by this role, or nothing is asked for.
    """
    planned = _waiting(actor, "decision.give_time", year, municipality)
    AnswerPlan.objects.filter(round=year, municipality=municipality).update(
        granted=True, granted_until=planned.asked_until
    )
    facts = {"deadline": deadline_of(year, municipality, planned)}, {"granted_until": planned.asked_until}
    return note(actor, Entry("decision.give_time", subject_of(year, municipality), year, *facts))


@action
def refuse_time(actor: Actor, /, *, year: int, municipality: str, reason: str) -> Event:
    """Refuse the time that a municipality has asked for, with a reason.

    Raises:
        Objected: Not by this role, nothing is asked for, or no reason is given.
    """
    planned = _waiting(actor, "decision.refuse_time", year, municipality, reason)
    reason = text("reason", reason, needed=True)
    AnswerPlan.objects.filter(round=year, municipality=municipality).update(granted=False)
    facts = {"asked_until": planned.asked_until}, {"granted": False}
    return note(actor, Entry("decision.refuse_time", subject_of(year, municipality), year, *facts, {"reason": reason}))


@action
def complete(actor: Actor, /, *, year: int, municipality: str, version: int) -> Event:
    """Take a decision as complete.

    Raises:
        Objected: Not now, not by this role, it is preliminary, or a newer version has come.
    """
    return _move(actor, "decision.complete", year, municipality, version)


@action
def raise_conditions(actor: Actor, /, *, year: int, municipality: str, version: int, reason: str) -> Event:
    """Say what in a decision must be cleared up with the municipality.

    Raises:
        Objected: As `complete`, or no reason is given.
    """
    return _move(actor, "decision.raise", year, municipality, version, reason)


@action
def clear(actor: Actor, /, *, year: int, municipality: str, version: int, reason: str) -> Event:
    """Record how what was raised has been cleared up.

    Raises:
        Objected: As `complete`, or no reason is given.
    """
    return _move(actor, "decision.clear", year, municipality, version, reason)


def _newest(year: int, municipality: str) -> RequestRow | None:
    return sent_requests(year, municipality).get(municipality)


def _allowed(actor: Actor, name: str, at: Standing, municipality: str) -> RequestRow:
    """Hold an answer against the table, and return the newest request that has been sent."""
    newest = _newest(at.year, municipality)
    require(name, actor, answer_situation(at, municipality, newest), subject_of(at.year, municipality), at.year)
    assert newest is not None  # noqa: S101  - without one the gate above has objected
    return newest


def _asked(actor: Actor, name: str, year: int, municipality: str, request: int) -> RequestRow:
    """Lock the round and return the request that is answered: the newest sent, and the one that the page showed."""
    newest, subject = _allowed(actor, name, locked(year), municipality), subject_of(year, municipality)
    if request != newest.version:
        newer = Objection("request_newer", {"version": newest.version})
        raise Objected(newer, move=name, subject=subject, year=year)
    return newest


def _read(answer: GivenAnswer, *, needed: bool = False) -> _Read:
    """Read an answer's text and document; it takes time, and is done before the round is locked.

    Raises:
        Invalid: The text is too long, or the document cannot be kept or is missing.
    """
    conditions, content = text("conditions", answer.conditions), answer.document[1]
    raised = [asdict(each) for each in recognised(conditions, load_conditions())]
    return _Read(answer, conditions, raised, checked(content) if content or needed else "")


def _keep(actor: Actor, name: str, whose: tuple[int, str], asked: RequestRow, read: _Read, reason: str) -> Event:
    """Keep an answer as the newest version, and the one before as replaced."""
    year, municipality = whose
    answer, before = read.answer, decision_of(year, municipality)
    number = _checked(answer, asked, before)
    # A preliminary answer waits for the council's, and a new request for a new answer: neither needs a reason.
    corrects = before is not None and not before.preliminary and before.request_version == asked.version
    reason = text("reason", reason, needed=corrects)
    told_before = corrects and before is not None and before.decided_on == answer.decided_on
    since = answer.decided_on if told_before else timezone.localdate(asked.sent_at)
    why_older = older(answer.decided_on, since, answer.older, "dated_before_letter")
    document, content = answer.document
    if before is not None:
        Decision.objects.filter(round=year, municipality=municipality, version=before.version).update(
            state=DecisionState.REPLACED
        )
    made = Decision.objects.create(
        round_id=year,
        municipality=municipality,
        version=Decision.objects.filter(round=year, municipality=municipality).count() + 1,
        request_id=asked.id,
        number=number,
        minors=answer.minors if number else False,
        minors_number=answer.minors_number,
        more=answer.more,
        conditions=read.conditions,
        raised=read.raised,
        preliminary=answer.preliminary,
        decided_by=answer.decided_by,
        decided_on=answer.decided_on,
        case_number=text("case_number", answer.case_number),
        recorded_for=name == "decision.record_for",
        note=reason,
        name=safe_name(document) if content else "",
        content=content or None,
        sha256=read.sha256,
        day=clock.today(),
    )
    let_go(actor, year, municipality)
    facts = {} if before is None else _facts(before), _facts(decision_of(year, municipality))
    facts[1].update({"sha256": made.sha256, "size": len(content)} if content else {})
    texts = {"conditions": read.conditions, "reason": reason, "name": made.name, "case_number": made.case_number}
    texts |= {"older": why_older} if why_older else {}
    event_name = "decision.correct" if corrects and name == "decision.record" else name
    return note(actor, Entry(event_name, subject_of(year, municipality), year, *facts, texts))


def _checked(answer: GivenAnswer, asked: RequestRow, before: DecisionRow | None) -> int:
    """Return the number of an answer that can stand.

    Raises:
        Invalid: It cannot.
    """
    number = required("number", answer.number)
    minors = people("minors_number", answer.minors_number) or 0
    people("more", answer.more)
    if minors > number:
        raise Invalid("minors_number", "minors_exceed", {"minors": minors, "number": number})
    if minors and not answer.minors:
        raise Invalid("minors_number", "minors_not_taken")
    if answer.decided_by not in Decider.values:
        raise Invalid("decided_by", "not_a_choice")
    if answer.decided_on > clock.today():
        raise Invalid("decided_on", "day_ahead")
    if answer.preliminary and answer.decided_by != Decider.ADMINISTRATION:
        raise Invalid("preliminary", "preliminary_by")
    if answer.preliminary and before and not before.preliminary and before.request_version == asked.version:
        raise Invalid("preliminary", "preliminary_after")
    return number


def _facts(row: DecisionRow | None) -> dict[str, object]:
    """Return what the journal keeps of a decision; its free text stands beside."""
    assert row is not None  # noqa: S101  - it was read or made in this transaction
    return {
        "version": row.version,
        "request": row.request_version,
        "state": row.state,
        "number": row.number,
        "minors": row.minors,
        "minors_number": row.minors_number,
        "more": row.more,
        "preliminary": row.preliminary,
        "decided_by": row.decided_by,
        "decided_on": row.decided_on,
        "raised": list(row.raised),
    }


def _open(
    actor: Actor, name: str, at: Standing, municipality: str, planned: PlanRow, reason: str | None = None
) -> None:
    """Hold a plan against the table, and against a decision that has been made already."""
    year = at.year
    asked, subject = _newest(year, municipality), subject_of(year, municipality)
    require(name, actor, answer_situation(at, municipality, asked, planned), subject, year, reason)
    row = decision_of(year, municipality)
    if row and asked and not row.preliminary and row.request_version == asked.version:
        raise Objected(Objection("answered_already"), move=name, subject=subject, year=year)


def _waiting(actor: Actor, name: str, year: int, municipality: str, reason: str | None = None) -> PlanRow:
    """Lock the round and return the plan of a municipality that waits for an answer on its time."""
    at = locked(year)
    planned = plan_of(year, municipality)
    situation = answer_situation(at, municipality, _newest(year, municipality), planned)
    require(name, actor, situation, subject_of(year, municipality), year, reason)
    return planned


def _move(actor: Actor, name: str, year: int, municipality: str, version: int, reason: str | None = None) -> Event:
    """Move the version that counts, which is the one that the page was shown with."""
    at = locked(year)
    row, subject = decision_of(year, municipality), subject_of(year, municipality)
    move = require(name, actor, decision_situation(at, municipality, row), subject, year, reason)
    if row is not None and row.version != version:
        newer = Objection("decision_newer", {"version": row.version})
        raise Objected(newer, move=name, subject=subject, year=year)
    if row is not None and row.preliminary and name == "decision.complete":
        raise Objected(Objection("decision_preliminary"), move=name, subject=subject, year=year)
    noted = {} if reason is None else {"note": text("reason", reason, needed=True)}
    Decision.objects.filter(round=year, municipality=municipality, version=version).update(state=move.end, **noted)
    before = {"version": version, "state": move.start}
    after = {"version": version, "state": move.end}
    return note(actor, Entry(name, subject, year, before, after, {"reason": noted.get("note", "")}))
