"""National and county targets: drafted, submitted and decided by the committee."""

from collections.abc import Mapping

from bosett.geography import counties as counties_of
from bosett.rounds.states import TargetsState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import Numbers, facts_of, minors_within, required, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import new_situation, targets_situation
from bosett_web.queries.standing_rows import Standing, TargetsRow
from bosett_web.records import clock
from bosett_web.records.models import CountyTarget, Targets


@action
def draft(
    actor: Actor, /, *, year: int, national: Numbers, counties: Mapping[str, Numbers], note_text: str = ""
) -> Event:
    """Draft targets: a new version, or new numbers in the version that is still a draft.

    The draft rests on the criteria and the forecast that are the newest now.

    Args:
        actor: The committee's case worker.
        year: Settlement year.
        national: Persons in the whole country, and the minors within.
        counties: The same by county code; every county of the year.
        note_text: What the committee wants to say with it.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: A number cannot be, or a county is missing or unknown.
    """
    at = locked(year)
    subject = f"targets:{year}"
    require("targets.draft", actor, new_situation(at), subject, year)
    number = required("national", national.number)
    minors_within("national", national)
    note_text = text("note", note_text)
    if set(counties) != {county.code for county in counties_of(year)}:
        raise Invalid("counties", "counties_differ")
    for code, numbers in counties.items():
        minors_within(code, numbers)
    last = at.targets[-1] if at.targets else None
    renewed = last is not None and last.state == TargetsState.DRAFTED
    version = last.version if last and renewed else len(at.targets) + 1
    stored, _ = Targets.objects.update_or_create(
        round_id=year,
        version=version,
        defaults={
            "criteria_id": at.current_criteria.id if at.current_criteria else None,
            "forecast_id": at.current_forecast.id if at.current_forecast else None,
            "national": number,
            "under15": national.under15,
            "from15": national.from15,
            "note": note_text,
            "day": clock.today(),
            "submitted_by": None,
        },
    )
    CountyTarget.objects.bulk_create(
        [CountyTarget(targets=stored, county=code, **facts_of(numbers)) for code, numbers in counties.items()],
        update_conflicts=True,
        unique_fields=["targets", "county"],
        update_fields=["number", "under15", "from15"],
    )
    after = {
        "version": version,
        "national": facts_of(national),
        "counties": {code: facts_of(numbers) for code, numbers in counties.items()},
    }
    before = _facts(last) if last and renewed else {}
    return note(actor, Entry("targets.draft", subject, year, before, after, {"note": note_text}))


@action
def submit(actor: Actor, /, *, year: int, version: int) -> Event:
    """Lay the targets before the committee's meeting."""
    return _move(actor, "targets.submit", year, version, "submitted")


@action
def return_(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Send submitted targets back to be worked on."""
    return _move(actor, "targets.return", year, version, "drafted", reason)


@action
def decide(actor: Actor, /, *, year: int, version: int) -> Event:
    """Decide the targets; not by the one who submitted them."""
    return _move(actor, "targets.decide", year, version, "decided")


@action
def confirm(actor: Actor, /, *, year: int, version: int, reason: str) -> Event:
    """Confirm decided targets although the criteria or the forecast have a newer version."""
    return _move(actor, "targets.confirm", year, version, "decided", reason)


def _move(actor: Actor, name: str, year: int, version: int, end: str, reason: str = "") -> Event:
    at = locked(year)
    row = _row(at, version)
    reason = text("reason", reason)
    subject = f"targets:{year}"
    require(name, actor, targets_situation(at, row), subject, year, reason)
    changed: dict[str, object] = {"state": end}
    if name == "targets.submit":
        changed["submitted_by"] = actor.person_id
    if name == "targets.confirm":
        changed["criteria_id"] = at.current_criteria.id if at.current_criteria else None
        changed["forecast_id"] = at.current_forecast.id if at.current_forecast else None
    Targets.objects.filter(pk=row.id).update(**changed)
    facts = {"version": version}
    return note(
        actor, Entry(name, subject, year, facts | {"state": row.state}, facts | {"state": end}, {"reason": reason})
    )


def _row(at: Standing, version: int) -> TargetsRow:
    row = next((row for row in at.targets if row.version == version), None)
    if row is None:
        raise Invalid("version", "version_gone", {"version": version})
    return row


def _facts(row: TargetsRow) -> dict[str, object]:
    people = {code: Numbers(each.number, each.under15, each.from15) for code, each in row.counties.items()}
    whole = Numbers(row.national.number, row.national.under15, row.national.from15)
    return {
        "version": row.version,
        "national": facts_of(whole),
        "counties": {code: facts_of(numbers) for code, numbers in people.items()},
    }
