"""Meetings: one per county, and the joint one of all counties before the summer (county empty)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from bosett.documents.letters import AddendumKind
from bosett.geography import counties
from bosett.rounds.moves import move_of
from bosett.rounds.states import MeetingState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.addenda import add, keep_minutes
from bosett_web.actions.doing import Invalid, Objected, action, locked, note, require
from bosett_web.actions.values import older, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.meetings.meetings import yet_to_come
from bosett_web.queries.situations import meeting_situation, new_situation
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records import clock
from bosett_web.records.models import Meeting, MeetingPoint
from bosett_web.records.models.meetings import NOT_TO_BE


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells a meeting's story."""
    return f"meeting:{year}:{county or 'joint'}"


@action
def plan(
    actor: Actor, /, *, year: int, county: str, at: datetime, place: str, agenda: str = "", why_older: str = ""
) -> Event:
    """Plan a meeting, or enter one that has been held already, with the reason why it is entered afterwards.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The county is unknown, it has its meeting already, the place is missing, or its day has passed and no
            reason is given.
    """
    now = locked(year)
    subject = subject_of(year, county)
    require("meeting.plan", actor, new_situation(now), subject, year)
    if county and county not in {each.code for each in counties(year)}:
        raise Invalid("county", "unknown_county", {"county": county})
    if county in now.meetings:
        raise Invalid("county", "meeting_planned_already")
    place, agenda = text("place", place, needed=True), text("agenda", agenda)
    texts = {"agenda": agenda} | _passed(at, why_older)
    Meeting.objects.create(round_id=year, county=county, at=at, place=place, agenda=agenda)
    return note(
        actor,
        Entry("meeting.plan", subject, year, {}, {"state": MeetingState.PLANNED, "at": at, "place": place}, texts),
    )


@action
def change(
    actor: Actor, /, *, year: int, county: str, at: datetime, place: str, agenda: str = "", why_older: str = ""
) -> Event:
    """Change time, place and agenda of a meeting that is planned or called, before it is held.

    Each change counts up the calendar file, so that calendars take the newer one.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: There is no such meeting, the place is missing, nothing differs, or the new day has passed and no
            reason is given: a meeting that was held earlier than planned is moved to its day first.
    """
    # A planned meeting may be changed by whoever may call it, a called one by whoever keeps its notes.
    row = _located(actor, year, county, when_planned="meeting.invite")
    place, agenda = text("place", place, needed=True), text("agenda", agenda)
    if (at, place, agenda) == (row.at, row.place, row.agenda):
        raise Invalid("at", "nothing_changed")
    passed = _passed(at, why_older) if at != row.at else {}
    Meeting.objects.filter(pk=row.id).update(at=at, place=place, agenda=agenda, **_told_anew(row))
    before, after = {"at": row.at, "place": row.place}, {"at": at, "place": place}
    texts = ({"agenda": agenda} if agenda != row.agenda else {}) | passed
    return note(actor, Entry("meeting.change", subject_of(year, county), year, before, after, texts))


@action
def invite(actor: Actor, /, *, year: int, county: str) -> Event:
    """Invite the parties: from now on they see the meeting and its calendar entry."""
    _, row = _moved(actor, "meeting.invite", year, county)
    return note(
        actor,
        Entry("meeting.invite", subject_of(year, county), year, {"state": row.state}, {"state": MeetingState.INVITED}),
    )


@action
def call_off(actor: Actor, /, *, year: int, county: str, reason: str) -> Event:
    """Call off a meeting; one that has only been planned is dropped. Another may be planned in its place.

    What waits in the outbox of its letters is not true any more, and is not sent.

    Raises:
        Objected: It has been held, not now, not by this role, or no reason is given.
        Invalid: There is no such meeting.
    """
    reason = text("reason", reason)
    row = locked(year).meetings.get(county)
    name = "meeting.drop" if row is not None and row.state == MeetingState.PLANNED else "meeting.call_off"
    _, row = _moved(actor, name, year, county, reason)
    after = {"state": move_of(name).end}
    return note(actor, Entry(name, subject_of(year, county), year, {"state": row.state}, after, {"reason": reason}))


@action
def note_present(actor: Actor, /, *, year: int, county: str, present: Mapping[str, str]) -> Event:
    """Record who takes part, by function.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting, or empty for the joint one.
        present: Functions by party: directorate, ks, county.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: There is no such meeting, or nothing differs.
    """
    row = _located(actor, year, county)
    after = {f"present_{party}": text(f"present_{party}", functions) for party, functions in present.items()}
    before = {name: getattr(row, name) for name in after}
    if after == before:
        raise Invalid("present_directorate", "nothing_changed")
    Meeting.objects.filter(pk=row.id).update(**after)
    return note(actor, Entry("meeting.note", subject_of(year, county), year, {}, {}, after))


@action
def add_point(actor: Actor, /, *, year: int, county: str, point: str) -> Event:
    """Note something that is left open.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: There is no such meeting, or nothing is said.
    """
    row = _located(actor, year, county)
    point = text("point", point, needed=True)
    made = MeetingPoint.objects.create(meeting_id=row.id, text=point)
    return note(actor, Entry("meeting.point", subject_of(year, county), year, {}, {"point": made.pk}, {"point": point}))


@action
def close_point(actor: Actor, /, *, year: int, county: str, point: int) -> Event:
    """Close an open point.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: There is no such open point in the meeting.
    """
    return _set_point(actor, "meeting.close_point", year, county, point, closed=True)


@action
def reopen_point(actor: Actor, /, *, year: int, county: str, point: int) -> Event:
    """Open a closed point again.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: There is no such closed point in the meeting.
    """
    return _set_point(actor, "meeting.reopen_point", year, county, point, closed=False)


@action
def hold(actor: Actor, /, *, year: int, county: str, minutes: str) -> Event:
    """Record that the meeting has been held, with its minutes: from now on they stand as they are.

    Raises:
        Objected: Not now, not by this role, or its day is yet to come.
        Invalid: There is no such meeting, or nothing is written.
    """
    minutes = text("minutes", minutes, needed=True)
    row = locked(year).meetings.get(county)
    if row is not None and (to_come := yet_to_come(row, clock.today())) is not None:
        raise Objected(to_come, move="meeting.hold", subject=subject_of(year, county), year=year)
    Meeting.objects.filter(round=year, county=county, state=MeetingState.INVITED).update(minutes=minutes)
    at, row = _moved(actor, "meeting.hold", year, county)
    after = {"state": MeetingState.HELD, "sha256": keep_minutes(at, row)}
    return note(
        actor, Entry("meeting.hold", subject_of(year, county), year, {"state": row.state}, after, {"minutes": minutes})
    )


@action
def amend(actor: Actor, /, *, year: int, county: str, addendum: str) -> Event:
    """Add to the minutes of a held meeting, such as a correction of who took part; what was written before stays.

    Raises:
        Objected: It has not been held, or not by this role.
        Invalid: There is no such meeting, or nothing is said.
    """
    at = locked(year)
    row = at.meetings.get(county)
    if row is None:
        raise Invalid("county", "meeting_not_planned", {"county": county})
    require("meeting.amend", actor, meeting_situation(at, row), subject_of(year, county), year)
    addendum = text("addendum", addendum, needed=True)
    number = add(actor, row.id, AddendumKind.REMARK, text=addendum)
    return note(
        actor, Entry("meeting.amend", subject_of(year, county), year, {}, {"addendum": number}, {"addendum": addendum})
    )


def _passed(at: datetime, why: str) -> dict[str, str]:
    """Return the reason why a meeting is entered after its day, as the journal keeps it; nothing before its day."""
    reason = older(timezone.localdate(at), clock.today(), why, "meeting_passed")
    return {"older": reason} if reason else {}


def _located(
    actor: Actor, year: int, county: str, when_planned: str = "meeting.note", when_held: str = "meeting.note"
) -> MeetingRow:
    """Lock a round and return a meeting in it that may be noted in; planned or held, it is judged by the move named."""
    at = locked(year)
    row = at.meetings.get(county)
    if row is None:
        raise Invalid("county", "meeting_not_planned", {"county": county})
    name = {"planned": when_planned, "held": when_held}.get(row.state, "meeting.note")
    require(name, actor, meeting_situation(at, row), subject_of(year, county), year)
    return row


def _set_point(actor: Actor, name: str, year: int, county: str, point: int, *, closed: bool) -> Event:
    row = _located(actor, year, county, when_held="meeting.amend")
    changed = MeetingPoint.objects.filter(pk=point, meeting=row.id, closed=not closed).update(closed=closed)
    if not changed:
        raise Invalid("point", "point_gone")
    if row.state == MeetingState.HELD:
        about = MeetingPoint.objects.values_list("text", flat=True).get(pk=point)
        add(actor, row.id, AddendumKind.POINT_CLOSED if closed else AddendumKind.POINT_OPENED, about=about)
    before, after = {"point": point, "closed": not closed}, {"point": point, "closed": closed}
    return note(actor, Entry(name, subject_of(year, county), year, before, after))


def _moved(actor: Actor, name: str, year: int, county: str, reason: str | None = None) -> tuple[Standing, MeetingRow]:
    """Move a meeting, with the reason when it is called off; return the round and the meeting as they stood before."""
    at = locked(year)
    row = at.meetings.get(county)
    if row is None:
        raise Invalid("county", "meeting_not_planned", {"county": county})
    move = require(name, actor, meeting_situation(at, row), subject_of(year, county), year, reason)
    beside = {} if move.end == "held" else _told_anew(row)  # that it was held changes nothing in a calendar
    if move.end in NOT_TO_BE:
        beside |= {"called_off_on": clock.today(), "called_off_why": reason}
    Meeting.objects.filter(pk=row.id).update(state=move.end, **beside)
    return at, row


def _told_anew(row: MeetingRow) -> dict[str, object]:
    """Return the columns by which calendars know that a meeting is told anew."""
    return {"sequence": row.sequence + 1, "changed_at": clock.now()}
