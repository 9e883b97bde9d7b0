"""Meetings: one per county, and the joint one of all counties before the summer (county empty)."""

from datetime import datetime

from bosett.geography import counties
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.rounds import locked
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.standing import meeting_situation, new_situation
from bosett_web.records.models import Meeting


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells a meeting's story."""
    return f"meeting:{year}:{county or 'joint'}"


@action
def plan(actor: Actor, /, *, year: int, county: str, at: datetime, place: str, agenda: str = "") -> Event:
    """Plan a meeting.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The county is unknown, it has its meeting already, or the place is missing.
    """
    now = locked(year)
    subject = subject_of(year, county)
    require("meeting.plan", actor, new_situation(now), subject, year)
    if county and county not in {each.code for each in counties(year)}:
        raise Invalid("county", "unknown_county", {"county": county})
    if county in now.meetings:
        raise Invalid("county", "meeting_planned_already")
    place, agenda = text("place", place, needed=True), text("agenda", agenda)
    Meeting.objects.create(round_id=year, county=county, at=at, place=place, agenda=agenda)
    return note(
        actor,
        Entry("meeting.plan", subject, year, {}, {"state": "planned", "at": at, "place": place}, {"agenda": agenda}),
    )


@action
def invite(actor: Actor, /, *, year: int, county: str) -> Event:
    """Invite the parties: from now on they see the meeting and its calendar entry."""
    return _move(actor, "meeting.invite", year, county, "invited")


@action
def hold(actor: Actor, /, *, year: int, county: str, minutes: str) -> Event:
    """Record that the meeting has been held, with its minutes."""
    minutes = text("minutes", minutes, needed=True)
    locked(year)
    Meeting.objects.filter(round=year, county=county, state="invited").update(minutes=minutes)
    return _move(actor, "meeting.hold", year, county, "held", {"minutes": minutes})


def _move(actor: Actor, name: str, year: int, county: str, end: str, texts: dict[str, str] | None = None) -> Event:
    at = locked(year)
    row = at.meetings.get(county)
    if row is None:
        raise Invalid("county", "meeting_not_planned", {"county": county})
    subject = subject_of(year, county)
    require(name, actor, meeting_situation(at, row), subject, year)
    Meeting.objects.filter(round=year, county=county).update(state=end)
    return note(actor, Entry(name, subject, year, {"state": row.state}, {"state": end}, texts or {}))
