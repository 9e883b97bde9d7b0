"""The year's criteria: drafted and proposed by the committee, adopted by the ministry, shared with the counties."""

from bosett.parameters import criteria_of_year, load_shipped, rules_digest
from bosett.rounds.states import CriteriaState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.round.alternatives import alternatives
from bosett_web.queries.situations import criteria_situation, new_situation
from bosett_web.queries.standing_rows import CriteriaRow
from bosett_web.records import clock
from bosett_web.records.models import CriteriaSet


@action
def draft(actor: Actor, /, *, year: int, title: str, wording: str, file: str) -> Event:
    """Draft a new version of the criteria.

    Args:
        actor: The committee's case worker.
        year: Settlement year.
        title: What people call it.
        wording: The criteria as prose.
        file: Rule file that the engine computes by: a shipped one, for example `no-2021-reference`, or that of an
            alternative that is kept.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The title is missing, or there is no such rule file for the year, and none is kept.
    """
    at = locked(year)
    subject = f"criteria:{year}"
    require("criteria.draft", actor, new_situation(at), subject, year)
    title, wording = text("title", title, needed=True), text("wording", wording)
    if file not in {*criteria_of_year(year, at.least), *(row.file for row in alternatives(year))}:
        raise Invalid("file", "unknown_criteria_file", {"file": file})
    version = len(at.criteria) + 1
    CriteriaSet.objects.create(
        round_id=year,
        version=version,
        title=title,
        wording=wording,
        file=file,
        day=clock.today(),
        submitted_by_id=actor.person_id,
    )
    sha256 = rules_digest(load_shipped(file))
    after = {"version": version, "state": CriteriaState.DRAFTED, "title": title, "file": file, "sha256": sha256}
    return note(actor, Entry("criteria.draft", subject, year, {}, after, {"wording": wording}))


@action
def propose(actor: Actor, /, *, year: int, version: int) -> Event:
    """Send the committee's proposal to the ministry; not by the one who drafted it."""
    return _move(actor, "criteria.propose", year, version, "proposed")


@action
def return_(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Send a proposal back to the committee, with a reason."""
    return _move(actor, "criteria.return", year, version, "drafted", reason)


@action
def adopt(actor: Actor, /, *, year: int, version: int) -> Event:
    """Adopt the criteria (the ministry)."""
    return _move(actor, "criteria.adopt", year, version, "adopted")


@action
def share(actor: Actor, /, *, year: int, version: int) -> Event:
    """Share adopted criteria with the counties (the directorate)."""
    return _move(actor, "criteria.share", year, version, "shared")


def _move(actor: Actor, name: str, year: int, version: int, end: str, reason: str = "") -> Event:
    at = locked(year)
    row: CriteriaRow | None = next((row for row in at.criteria if row.version == version), None)
    if row is None:
        raise Invalid("version", "version_gone", {"version": version})
    reason = text("reason", reason)
    subject = f"criteria:{year}"
    require(name, actor, criteria_situation(at, row), subject, year, reason)
    CriteriaSet.objects.filter(pk=row.id).update(state=end)
    facts = {"version": version}
    return note(
        actor, Entry(name, subject, year, facts | {"state": row.state}, facts | {"state": end}, {"reason": reason})
    )
