"""A county's recommendation: edited, approved, submitted; the meeting's outcome; final, returned, reopened, undone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.rounds import locked, store_outcomes
from bosett_web.actions.values import Numbers, minors_within, people, text
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.write import Entry
from bosett_web.queries.standing import RecommendationRow, Standing, county_target, recommendation_situation
from bosett_web.records.models import ProposalLine, Recommendation, RecommendationLine


@dataclass(frozen=True, slots=True)
class Cell:
    """What a county gives for one municipality.

    `changed` is the line's counter when it was read (None does not ask): another's change since then is a conflict.
    """

    municipality: str
    numbers: Numbers
    reason: str = ""
    changed: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the meeting came to for one municipality."""

    municipality: str
    number: int | None
    reason: str = ""


class Conflict(Invalid):
    """Somebody else has changed the line since it was read: theirs and before are shown, nothing is lost."""

    def __init__(self, municipality: str, theirs: Mapping[str, object]) -> None:
        super().__init__(municipality, "changed_by_another", theirs)


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells a recommendation's story."""
    return f"recommendation:{year}:{county}"


@action
def edit(actor: Actor, /, *, year: int, county: str, cells: Sequence[Cell], reason: str | None = None) -> Event:
    """Set numbers, minors and reasons of one or more municipalities, and the recommendation's own reason when given.

    One event: for one cell left, or one block pasted.

    Raises:
        Objected: Not now, not by this role, or another county's.
        Invalid: A number cannot be, or a municipality is not in the county.
        Conflict: Somebody else has changed a line since it was read.
    """
    at, row = _row(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject_of(year, county), year)
    before, after, texts = _store(row, cells)
    if reason is not None:
        Recommendation.objects.filter(pk=row.id).update(reason=text("reason", reason))
        texts["reason"] = reason
    return note(
        actor,
        Entry("recommendation.edit", subject_of(year, county), year, {"lines": before}, {"lines": after}, texts),
    )


@action
def fill_from_proposal(actor: Actor, /, *, year: int, county: str) -> Event:
    """Give every municipality without a number the proposal's number: one event, which can be undone.

    Raises:
        Objected: As `edit`.
        Invalid: No municipality is without a number.
    """
    at, row = _row(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject_of(year, county), year)
    proposed = dict(
        ProposalLine.objects.filter(proposal=row.proposal, county=county)
        .order_by("municipality")
        .values_list("municipality", "number")
    )
    blank = RecommendationLine.objects.filter(recommendation=row.id, number__isnull=True).order_by("municipality")
    cells = [
        Cell(line.municipality, Numbers(proposed[line.municipality], line.under15, line.from15), line.reason)
        for line in blank
        if line.municipality in proposed
    ]
    if not cells:
        raise Invalid("lines", "nothing_to_fill", {"county": county})
    before, after, texts = _store(row, cells)
    return note(
        actor,
        Entry(
            "recommendation.edit",
            subject_of(year, county),
            year,
            {"lines": before},
            {"lines": after, "source": "proposal"},
            texts,
        ),
    )


@action
def undo(actor: Actor, /, *, year: int, county: str, event: int) -> Event:
    """Undo one edit by a new event: the lines get back what they had before it, if nobody has changed them since.

    Raises:
        Objected: As `edit`.
        Invalid: There is no such edit of this recommendation.
        Conflict: A line has been changed since.
    """
    at, row = _row(year, county)
    subject = subject_of(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject, year)
    found = Event.objects.filter(pk=event, subject=subject, name__in=["recommendation.edit", "round.undo"]).first()
    if found is None:
        raise Invalid("event", "event_gone")
    body = json.loads(found.body)
    reasons = dict(FreeText.objects.filter(event=found).order_by("field").values_list("field", "text"))
    cells = [
        Cell(
            code,
            Numbers(held["number"], held["under15"], held["from15"]),
            reasons.get(f"before-{code}", ""),
            body["after"]["lines"][code]["changed"],
        )
        for code, held in body["before"]["lines"].items()
    ]
    before, after, texts = _store(row, cells)
    return note(
        actor,
        Entry("round.undo", subject, year, {"lines": before}, {"lines": after, "undone": found.number}, texts),
    )


@action
def ready(actor: Actor, /, *, year: int, county: str, reason: str = "") -> Event:
    """Hand the recommendation to another person of the county municipality for approval."""
    changes: dict[str, object] = {"submitted_by": actor.person_id}
    if reason.strip():
        Recommendation.objects.filter(round=year, county=county, state="open").update(reason=text("reason", reason))
    return _move(actor, "recommendation.ready", year, county, "ready", reason, changes)


@action
def withdraw(actor: Actor, /, *, year: int, county: str) -> Event:
    """Take the recommendation back from approval to go on with it."""
    return _move(actor, "recommendation.withdraw", year, county, "open")


@action
def submit(actor: Actor, /, *, year: int, county: str) -> Event:
    """Approve and send the recommendation to the directorate; not by the one who made it ready."""
    return _move(actor, "recommendation.submit", year, county, "submitted")


@action
def set_outcomes(actor: Actor, /, *, year: int, county: str, outcomes: Sequence[Outcome]) -> Event:
    """Record what the meeting came to for one or more municipalities.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: A number cannot be, a municipality is not in the county, or an outcome that differs lacks its reason.
    """
    at, row = _row(year, county)
    subject = subject_of(year, county)
    require("recommendation.outcome", actor, recommendation_situation(at, row), subject, year)
    lines = {
        line.municipality: line
        for line in RecommendationLine.objects.select_for_update()
        .filter(recommendation=row.id)
        .order_by("municipality")
    }
    before, after = {}, {}
    for outcome in outcomes:
        line = _line(lines, outcome.municipality, county)
        people(outcome.municipality, outcome.number)
        reason = text(outcome.municipality, outcome.reason)
        if outcome.number not in (None, line.number) and not reason:
            raise Invalid(outcome.municipality, "reason_for_departure")
        before[line.municipality] = line.outcome
        line.outcome, line.outcome_reason = outcome.number, reason
        after[line.municipality] = outcome.number
    RecommendationLine.objects.bulk_update(lines.values(), ["outcome", "outcome_reason"])
    texts = {f"reason-{outcome.municipality}": outcome.reason for outcome in outcomes}
    return note(actor, Entry("recommendation.outcome", subject, year, {"outcomes": before}, {"outcomes": after}, texts))


@action
def outcomes_as_recommended(actor: Actor, /, *, year: int, county: str) -> Event:
    """Record that the meeting came to the recommended number for every municipality that has no outcome yet."""
    at, row = _row(year, county)
    subject = subject_of(year, county)
    require("recommendation.outcome", actor, recommendation_situation(at, row), subject, year)
    lines = list(
        RecommendationLine.objects.select_for_update()
        .filter(recommendation=row.id, outcome__isnull=True)
        .order_by("municipality")
    )
    for line in lines:
        line.outcome = line.number
    RecommendationLine.objects.bulk_update(lines, ["outcome"])
    after = {line.municipality: line.outcome for line in lines}
    return note(
        actor, Entry("recommendation.outcome", subject, year, {"outcomes": dict.fromkeys(after)}, {"outcomes": after})
    )


@action
def discuss(actor: Actor, /, *, year: int, county: str) -> Event:
    """Close the discussion of the meeting: every municipality has its outcome."""
    return _move(actor, "recommendation.discuss", year, county, "discussed", "", {"discussed_by": actor.person_id})


@action
def finish(actor: Actor, /, *, year: int, county: str) -> Event:
    """Make the recommendation final; its outcomes become the final numbers to decide on."""
    event = _move(actor, "recommendation.finish", year, county, "final")
    store_outcomes(year, Recommendation.objects.get(round=year, county=county).pk)
    return event


@action
def return_(actor: Actor, /, *, year: int, county: str, reason: str) -> Event:
    """Return the recommendation to the county with a reason; its numbers stay."""
    return _move(actor, "recommendation.return", year, county, "returned", reason)


@action
def reopen(actor: Actor, /, *, year: int, county: str) -> Event:
    """Open a returned recommendation again; outcomes are cleared, numbers and reasons stay."""
    return _reopened(actor, "recommendation.reopen", year, county, "")


@action
def reopen_final(actor: Actor, /, *, year: int, county: str, reason: str) -> Event:
    """Open a final recommendation again after a late change, with a reason."""
    return _reopened(actor, "recommendation.reopen_final", year, county, reason)


@action
def confirm(actor: Actor, /, *, year: int, county: str, reason: str) -> Event:
    """Confirm the numbers although a newer proposal has been shared; they now rest on the newer one."""
    at, row = _row(year, county)
    name = "recommendation.confirm_final" if row.state == "final" else "recommendation.confirm"
    current = at.current_proposal
    changes: dict[str, object] = {"proposal_id": current.id if current else row.proposal}
    return _move(actor, name, year, county, row.state, reason, changes)


def _reopened(actor: Actor, name: str, year: int, county: str, reason: str) -> Event:
    event = _move(actor, name, year, county, "open", reason)
    RecommendationLine.objects.filter(recommendation__round=year, recommendation__county=county).update(
        outcome=None, outcome_reason=""
    )
    return event


def _move(
    actor: Actor,
    name: str,
    year: int,
    county: str,
    end: str,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> Event:
    at, row = _row(year, county)
    reason = text("reason", reason)
    subject = subject_of(year, county)
    require(name, actor, recommendation_situation(at, row), subject, year, reason)
    Recommendation.objects.filter(pk=row.id).update(state=end, **(changes or {}))
    facts = {"total": row.total, "target": county_target(at, county), "outcome_total": row.outcome_total}
    return note(actor, Entry(name, subject, year, {"state": row.state}, {"state": end, **facts}, {"reason": reason}))


def _row(year: int, county: str) -> tuple[Standing, RecommendationRow]:
    at = locked(year)
    row = at.recommendations.get(county)
    if row is None:
        raise Invalid("county", "recommendation_not_open", {"county": county})
    return at, row


def _store(
    row: RecommendationRow, cells: Sequence[Cell]
) -> tuple[dict[str, object], dict[str, object], dict[str, str]]:
    """Store cells on their lines; return the lines before and after as the journal keeps them, and the free texts."""
    lines = {
        line.municipality: line
        for line in RecommendationLine.objects.select_for_update()
        .filter(recommendation=row.id, municipality__in=[cell.municipality for cell in cells])
        .order_by("municipality")
    }
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    texts: dict[str, str] = {}
    for cell in cells:
        line = _line(lines, cell.municipality, row.county)
        if cell.changed is not None and cell.changed != line.changed:
            raise Conflict(cell.municipality, _facts(line))
        numbers = minors_within(cell.municipality, cell.numbers)
        before[line.municipality] = _facts(line)
        texts[f"before-{line.municipality}"] = line.reason
        line.number, line.under15, line.from15 = numbers.number, numbers.under15, numbers.from15
        line.reason = text(cell.municipality, cell.reason)
        line.changed += 1
        after[line.municipality] = _facts(line)
        texts[f"after-{line.municipality}"] = line.reason
    RecommendationLine.objects.bulk_update(lines.values(), ["number", "under15", "from15", "reason", "changed"])
    return before, after, texts


def _facts(line: RecommendationLine) -> dict[str, object]:
    """Return a line as facts; its reason is free text and stands beside the chain."""
    return {"number": line.number, "under15": line.under15, "from15": line.from15, "changed": line.changed}


def _line(lines: Mapping[str, RecommendationLine], municipality: str, county: str) -> RecommendationLine:
    if municipality not in lines:
        raise Invalid("municipality", "municipality_not_in_county", {"municipality": municipality, "county": county})
    return lines[municipality]
