"""A revision: drafted by the directorate, its total decided by the committee, its numbers by a second person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bosett.apportion import BadProblem, TieRule
from bosett.geography import municipalities
from bosett.rounds.need_alerts import NeedGroup
from bosett.rounds.revision_options import RevisionOption
from bosett.rounds.states import RevisionState
from bosett.stages.revision import RevisionWay
from bosett_web.accounts.actor import Actor
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import required, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.lines import open_corrections
from bosett_web.queries.revision.alerts import alerts_of, standing_alerts
from bosett_web.queries.revision.revisions import (
    RevisionFacts,
    RevisionRow,
    broken_locks,
    changed_requests,
    facts_now,
    has_claims,
    option_of,
    result_of,
    revision_lines,
    revision_situation,
    revisions_of,
    rules_of,
)
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import Request, Revision, RevisionLine

MOST_STEP = 100
"""Persons: a larger step is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class GivenRevision:
    """A revision as somebody fills it in. `locks` are set by hand: by code, no fewer than this."""

    total: int | None
    way: str
    floor: int | None
    step: int | None
    may_drop: bool
    take_in: bool
    ask_all: bool
    tie_rule: str
    why: str
    locks: Mapping[str, int]


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the story of a round's revisions."""
    return f"revision:{year}"


@action
def draft(actor: Actor, /, *, year: int, given: GivenRevision) -> Event:
    """Draft a revision: its facts are laid down, and its numbers are shared by the chosen way.

    Raises:
        Objected: Not by this role, or the numbers are not frozen.
        Invalid: One is worked on already, nobody is asked, or something that was filled in cannot stand.
    """
    at, rows = locked(year), revisions_of(year)
    require("revision.draft", actor, revision_situation(at, None), subject_of(year), year)
    if any(row.is_open for row in rows):
        raise Invalid("total", "revision_open")
    alert = standing_alerts(alerts_of(year)).get(NeedGroup.ALL)
    values, facts = _checked(at, given)
    made = Revision.objects.create(
        round_id=year,
        version=len(rows) + 1,
        alert_id=None if alert is None else alert.id,
        day=clock.today(),
        submitted_by_id=None,
        **values,
    )
    return _share(actor, at, "revision.draft", made.pk, facts, None)


@action
def change(actor: Actor, /, *, year: int, version: int, given: GivenRevision) -> Event:
    """Change a drafted revision; its facts are laid down anew, as they are now.

    Raises:
        Objected: Not by this role, or it is not a draft.
        Invalid: As when it is drafted.
    """
    at, row = _open(year, version)
    require("revision.change", actor, revision_situation(at, row), subject_of(year), year)
    values, facts = _checked(at, given)
    Revision.objects.filter(pk=row.id).update(**values, submitted_by=None)
    return _share(actor, at, "revision.change", row.id, facts, row)


@action
def drop(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Give up a drafted revision."""
    return _move(actor, "revision.drop", year, version, RevisionState.DROPPED, reason)


@action
def submit(actor: Actor, /, *, year: int, version: int, seen: str) -> Event:
    """Lay a revision before the committee, which decides its total.

    Args:
        actor: The directorate's.
        year: Settlement year.
        version: Which revision.
        seen: The digest of the numbers that were looked at.

    Raises:
        Objected: Not by this role, or it is not a draft.
        Invalid: Its numbers are not shared, are others than those that were looked at, or are out of date.
    """
    at, row = _open(year, version)
    require("revision.submit", actor, revision_situation(at, row), subject_of(year), year)
    _refuse_old(at, row, seen)
    Revision.objects.filter(pk=row.id).update(state=RevisionState.SUBMITTED, submitted_by=actor.person_id)
    after = {"version": version, "total": row.total, "way": row.way, "state": RevisionState.SUBMITTED}
    return note(actor, Entry("revision.submit", subject_of(year), year, {"state": row.state}, after))


@action
def give_back(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Send a revision back to the directorate."""
    return _move(actor, "revision.return", year, version, RevisionState.DRAFTED, reason)


@action
def set_total(actor: Actor, /, *, year: int, version: int, seen: str) -> Event:
    """Decide the new total, which is the target from when the numbers are decided. As `submit`."""
    return _move(actor, "revision.set_total", year, version, RevisionState.TOTAL_DECIDED, "", seen)


@action
def take_back(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Take a revision back to be worked on, though its total is decided."""
    return _move(actor, "revision.take_back", year, version, RevisionState.DRAFTED, reason)


@action
def decide(actor: Actor, /, *, year: int, version: int, seen: str) -> Event:
    """Decide the numbers: each that changes becomes a new version of its request, and waits for its letter.

    The minors that were asked for stay, where they still are within the number; else it is not known how many.

    Args:
        actor: The directorate's approver.
        year: Settlement year.
        version: Which revision.
        seen: The digest of the numbers that were looked at.

    Raises:
        Objected: Not by this role, by the person who laid it before the committee, or its total is not decided.
        Invalid: Its numbers are others than those that were looked at, or are out of date.
    """
    at, row = _open(year, version)
    require("revision.decide", actor, revision_situation(at, row), subject_of(year), year)
    _refuse_old(at, row, seen)
    lines = {line.municipality: line for line in revision_lines(row.id)}
    newest: dict[str, Request] = {}
    for request in Request.objects.filter(round=year, municipality__in=lines).order_by("version"):
        newest[request.municipality] = request
    day = clock.today()
    made = Request.objects.bulk_create(
        [
            _request(at.year, code, line.number, newest.get(code), row.why)
            for code, line in lines.items()
            if line.number != line.before
        ]
    )
    Revision.objects.filter(pk=row.id).update(state=RevisionState.DECIDED, decided_on=day)
    tasks.weigh_need()
    after = {
        "version": version,
        "state": RevisionState.DECIDED,
        "total": row.total,
        "changed": len(made),
        "result_sha256": row.result_sha256,
        "numbers": {each.municipality: each.number for each in made},
    }
    before = {"state": row.state, "total": sum(line.before for line in lines.values())}
    return note(actor, Entry("revision.decide", subject_of(year), year, before, after, {"why": row.why}))


def _open(year: int, version: int) -> tuple[Standing, RevisionRow]:
    at = locked(year)
    row = next((each for each in revisions_of(year) if each.version == version), None)
    if row is None:
        raise Invalid("version", "version_gone", {"version": version})
    return at, row


def _move(
    actor: Actor, name: str, year: int, version: int, end: RevisionState, reason: str, seen: str | None = None
) -> Event:
    at, row = _open(year, version)
    reason = text("reason", reason)
    require(name, actor, revision_situation(at, row), subject_of(year), year, reason)
    if seen is not None:
        _refuse_unseen(row, seen)
    Revision.objects.filter(pk=row.id).update(state=end)
    after = {"version": version, "total": row.total, "state": end}
    return note(actor, Entry(name, subject_of(year), year, {"state": row.state}, after, {"reason": reason}))


def _checked(at: Standing, given: GivenRevision) -> tuple[Mapping[str, object], RevisionFacts]:
    """Return the columns of a revision and the facts that it is made of, when all of it can stand."""
    total, floor = required("total", given.total), required("floor", given.floor)
    step = required("step", given.step)
    if not 1 <= step <= MOST_STEP:
        raise Invalid("step", "number_outside", {"most": MOST_STEP})
    if given.way not in set(RevisionWay):
        raise Invalid("way", "not_a_choice")
    if given.tie_rule not in {"", *TieRule}:
        raise Invalid("tie_rule", "not_a_choice")
    if (given.take_in or given.ask_all) and not has_claims(at):
        raise Invalid("take_in", "revision_no_claims")
    why = text("why", given.why, needed=True)
    facts = facts_now(at, clock.today(), given.locks, take_in=given.take_in or given.ask_all)
    if not facts.asked:
        raise Invalid("total", "revision_nobody")
    if unasked := sorted(given.locks.keys() - facts.asked.keys()):
        raise Invalid("locks", "revision_lock_unasked", _named(at.year, unasked))
    own = {"total": total, "floor": floor, "step": step, "may_drop": given.may_drop}
    own |= {"take_in": given.take_in or given.ask_all, "ask_all": given.ask_all}
    inputs = {**facts.as_inputs(), "locks": dict(sorted(given.locks.items()))}
    return {**own, "way": given.way, "tie_rule": given.tie_rule, "why": why, "inputs": inputs}, facts


def _share(
    actor: Actor, at: Standing, name: str, revision: int, facts: RevisionFacts, former: RevisionRow | None
) -> Event:
    """Share the total of a revision that is kept, lay down its lines, and write the event."""
    row = next(each for each in revisions_of(at.year) if each.id == revision)
    try:
        option = option_of(facts, RevisionWay(row.way), rules_of(row))
    except BadProblem:
        raise Invalid("step", "number_outside", {"most": MOST_STEP}) from None
    RevisionLine.objects.filter(revision=revision).delete()
    RevisionLine.objects.bulk_create(_lines(at.year, revision, facts, option))
    sha256 = result_of(option)
    Revision.objects.filter(pk=revision).update(result_sha256=sha256)
    rules = {"total": row.total, "way": row.way, "floor": row.floor, "step": row.step, "may_drop": row.may_drop}
    after = {"version": row.version, "state": row.state, **rules, "take_in": row.take_in, "ask_all": row.ask_all}
    after["result_sha256"] = sha256
    before = {} if former is None else {"total": former.total, "way": former.way, "result_sha256": former.result_sha256}
    return note(actor, Entry(name, subject_of(at.year), at.year, before, after, {"why": row.why}))


def _lines(year: int, revision: int, facts: RevisionFacts, option: RevisionOption) -> list[RevisionLine]:
    county_of = {place.code: place.county for place in municipalities(year)}
    return [
        RevisionLine(
            revision_id=revision,
            municipality=code,
            county=county_of[code],
            before=facts.asked[code].request if code in facts.asked else 0,
            number=each.number,
            exact=str(each.exact),
            bound=each.bound,
            idle=each.idle,
        )
        for code, each in sorted(option.numbers.items())
        if each.number or code in facts.asked
    ]


def _refuse_unseen(row: RevisionRow, seen: str) -> None:
    if row.result_sha256 != seen:
        raise Invalid("version", "revision_changed_meanwhile")


def _refuse_old(at: Standing, row: RevisionRow, seen: str) -> None:
    if not row.is_shared:
        raise Invalid("way", "revision_not_shared")
    _refuse_unseen(row, seen)
    if corrections := open_corrections(at.year):  # approved later, it would undo what is decided
        waiting = [each.municipality for each in corrections]
        raise Invalid("version", "revision_correction_open", _named(at.year, waiting))
    if changed := changed_requests(at, row):
        raise Invalid("version", "revision_requests_changed", _named(at.year, changed))
    if broken := broken_locks(at, clock.today(), revision_lines(row.id)):
        raise Invalid("version", "revision_locks_broken", _named(at.year, broken))


def _named(year: int, codes: Collection[str]) -> Mapping[str, object]:
    """Return municipalities by name, as the facts of a refusal; one that is none of the year's by its code."""
    names = {place.code: place.display_name for place in municipalities(year)}
    return {"municipalities": ", ".join(names.get(code, code) for code in codes)}


def _request(year: int, code: str, number: int, last: Request | None, why: str) -> Request:
    under15, from15 = (None, None) if last is None else (last.under15, last.from15)
    if (under15 or 0) + (from15 or 0) > number:
        under15 = from15 = None
    version = 1 if last is None else last.version + 1
    return Request(
        round_id=year,
        municipality=code,
        version=version,
        number=number,
        under15=under15,
        from15=from15,
        reason=why,
        day=clock.today(),
    )
