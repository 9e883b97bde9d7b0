"""A county's recommendation from open to final: approved, submitted, discussed, returned, reopened; its versions."""

from collections.abc import Mapping
from datetime import date

from bosett.documents.letters import AddendumKind
from bosett.rounds.states import RecommendationState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.addenda import add_if_held, add_outcomes
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.finals import store_outcomes
from bosett_web.actions.values import older, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.county.versions import lines_of
from bosett_web.queries.letters.county_sheet import beside
from bosett_web.queries.situations import county_target, recommendation_situation
from bosett_web.queries.standing import standing
from bosett_web.queries.standing_rows import RecommendationRow, Standing
from bosett_web.records import clock
from bosett_web.records.choices import Decider, Occasion
from bosett_web.records.models import Attachment, Recommendation, RecommendationLine, RecommendationVersion


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells a recommendation's story."""
    return f"recommendation:{year}:{county}"


@action
def ready(actor: Actor, /, *, year: int, county: str, reason: str = "") -> Event:
    """Hand the recommendation to another person of the county municipality for approval.

    Args:
        actor: Who.
        year: Settlement year.
        county: County code.
        reason: The county's own for the recommendation as a whole; empty keeps the one that stands. It must say why a
            sum is another than the target.
    """
    changes = {"submitted_by": actor.person_id, **_given("reason", reason)}
    return _move(actor, "recommendation.ready", year, county, "ready", reason, changes)


@action
def withdraw(actor: Actor, /, *, year: int, county: str) -> Event:
    """Take the recommendation back from approval to go on with it."""
    return _move(actor, "recommendation.withdraw", year, county, "open")


@action
def hand_back(actor: Actor, /, *, year: int, county: str, reason: str) -> Event:
    """Hand the recommendation back to the case worker instead of approving it, with a reason; its numbers stay."""
    return _move(actor, "recommendation.hand_back", year, county, "open", reason)


@action
def submit(actor: Actor, /, *, year: int, county: str, reason: str = "") -> Event:
    """Approve and send the recommendation to the directorate; not by the one who made it ready. `reason` as `ready`."""
    event = _move(actor, "recommendation.submit", year, county, "submitted", reason, _given("reason", reason))
    _keep(year, county, Occasion.SUBMITTED)
    attached = Attachment.objects.filter(recommendation__round=year, recommendation__county=county, shown_on=None)
    attached.update(shown_on=clock.today())  # from now on others see them, and they are removed no more
    return event


@action
def keep(actor: Actor, /, *, year: int, county: str, name: str) -> Event:
    """Keep the numbers as they are now as a version with a name, to compare with later.

    Raises:
        Objected: As an edit.
        Invalid: The name is missing.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject, year)
    name = text("name", name, needed=True)
    version = _keep(year, county, Occasion.KEPT, name)
    return note(actor, Entry("recommendation.keep", subject, year, {}, {"version": version}, {"name": name}))


@action
def set_decision(
    actor: Actor,
    /,
    *,
    year: int,
    county: str,
    decided_by: str,
    decided_on: date | None,
    case_number: str,
    why_older: str = "",
) -> Event:
    """Tell who decided the recommendation in the county municipality, when, and in which case.

    Raises:
        Objected: As an edit.
        Invalid: There is no such decider, the day is to come, or it is before the proposal without a reason.
    """
    at, row = located(year, county)
    subject = subject_of(year, county)
    require("recommendation.edit", actor, recommendation_situation(at, row), subject, year)
    if decided_by not in ("", *Decider):
        raise Invalid("decided_by", "not_a_choice")
    if decided_on is not None and decided_on > clock.today():
        raise Invalid("decided_on", "dated_later", {"day": clock.today()})
    after = {"decided_by": decided_by, "decided_on": decided_on, "case_number": text("case_number", case_number)}
    before = {name: getattr(row, name) for name in after}
    if after == before:
        raise Invalid("decided_by", "nothing_changed")
    why = older_decision(at, row, decided_on, why_older)
    Recommendation.objects.filter(pk=row.id).update(**after)
    return note(actor, Entry("recommendation.decided", subject, year, before, after, {"older": why} if why else {}))


def older_decision(at: Standing, row: RecommendationRow, decided_on: date | None, why: str) -> str:
    """Return why a county's decision is older than the proposal that it is on; empty when it is not, or was told.

    Raises:
        Invalid: It is older, and no reason is given.
    """
    proposal = next((each for each in at.proposals if each.id == row.proposal), None)
    if decided_on is None or proposal is None or decided_on == row.decided_on:
        return ""
    return older(decided_on, proposal.day, why, "dated_before_proposal")


@action
def discuss(actor: Actor, /, *, year: int, county: str, reason: str = "") -> Event:
    """Close the discussion of the meeting: every municipality has its outcome.

    Args:
        actor: Who.
        year: Settlement year.
        county: County code.
        reason: Why the meeting came to another sum than the county's target; needed when it did.
    """
    changes = {"discussed_by": actor.person_id, **_given("outcome_reason", reason)}
    event = _move(actor, "recommendation.discuss", year, county, "discussed", reason, changes)
    add_outcomes(actor, standing(year), county)
    _add_reason(actor, year, county, reason)
    return event


@action
def finish(actor: Actor, /, *, year: int, county: str, reason: str = "") -> Event:
    """Make the recommendation final; its outcomes become the final numbers to decide on. `reason` as `discuss`."""
    event = _move(actor, "recommendation.finish", year, county, "final", reason, _given("outcome_reason", reason))
    store_outcomes(year, Recommendation.objects.get(round=year, county=county).pk)
    _keep(year, county, Occasion.FINAL)
    _add_reason(actor, year, county, reason)
    return event


@action
def return_(actor: Actor, /, *, year: int, county: str, reason: str) -> Event:
    """Return the recommendation to the county with a reason; its numbers stay."""
    event = _move(actor, "recommendation.return", year, county, "returned", reason)
    add_if_held(actor, standing(year), county, AddendumKind.RETURNED, text=text("reason", reason))
    return event


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
    at, row = located(year, county)
    name = "recommendation.confirm_final" if row.state == RecommendationState.FINAL else "recommendation.confirm"
    current = at.current_proposal
    changes: dict[str, object] = {"proposal_id": current.id if current else row.proposal}
    return _move(actor, name, year, county, row.state, reason, changes)


def _reopened(actor: Actor, name: str, year: int, county: str, reason: str) -> Event:
    event = _move(actor, name, year, county, "open", reason, {"outcome_reason": ""})
    _keep(year, county, Occasion.REOPENED)
    add_if_held(actor, standing(year), county, AddendumKind.REOPENED, text=text("reason", reason))
    RecommendationLine.objects.filter(recommendation__round=year, recommendation__county=county).update(
        outcome=None, outcome_under15=None, outcome_from15=None, outcome_reason="", outcome_by=""
    )
    return event


def _add_reason(actor: Actor, year: int, county: str, reason: str) -> None:
    """Add why the meeting came to another sum than the target to its minutes: it was said after they were closed."""
    if reason.strip():
        add_if_held(actor, standing(year), county, AddendumKind.REMARK, text=text("reason", reason))


def _given(column: str, reason: str) -> dict[str, object]:
    """Return the column that keeps a reason, when one is given."""
    return {column: text("reason", reason)} if reason.strip() else {}


def _move(
    actor: Actor,
    name: str,
    year: int,
    county: str,
    end: str,
    reason: str = "",
    changes: Mapping[str, object] | None = None,
) -> Event:
    at, row = located(year, county)
    reason = text("reason", reason)
    subject = subject_of(year, county)
    require(name, actor, recommendation_situation(at, row), subject, year, reason)
    Recommendation.objects.filter(pk=row.id).update(state=end, **(changes or {}))
    facts = {"total": row.total, "target": county_target(at, county), "outcome_total": row.outcome_total}
    return note(actor, Entry(name, subject, year, {"state": row.state}, {"state": end, **facts}, {"reason": reason}))


def located(year: int, county: str) -> tuple[Standing, RecommendationRow]:
    """Lock a round and return where it stands, and one county's recommendation in it.

    Raises:
        Invalid: The proposal has not been shared, so the recommendation is not open.
    """
    at = locked(year)
    row = at.recommendations.get(county)
    if row is None:
        raise Invalid("county", "recommendation_not_open", {"county": county})
    return at, row


def _keep(year: int, county: str, made: str, name: str = "") -> int:
    """Store the lines as they are now, and what stands beside them; return the number of the version."""
    at = standing(year)
    recommendation = Recommendation.objects.get(round=year, county=county)
    version = recommendation.versions.count() + 1
    RecommendationVersion.objects.create(
        recommendation=recommendation,
        version=version,
        made=made,
        name=name,
        day=clock.today(),
        lines=lines_of(recommendation.pk, None),
        beside=beside(at, at.recommendations[county]),
    )
    return version
