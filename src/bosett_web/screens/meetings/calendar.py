"""A meeting as a calendar file (RFC 5545), in Norwegian time with the year's own daylight saving."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from bosett.rounds.parties import Party, holder
from bosett.rounds.states import MeetingState
from bosett_web.queries.standing_rows import MeetingRow

LENGTH = timedelta(hours=3)
NORWAY = ZoneInfo("Europe/Oslo")
NO_ADDRESS = "invalid:nomail"
"""What calendars write for an organiser whose address they do not know."""


def calendar_file(meeting: MeetingRow, title: str) -> bytes:
    """Return the file; of a meeting that is called off, one that takes it out of the calendars that have it.

    The meeting's end is not known and is set to three hours after its beginning. The same meeting has the same file
    until it is changed: then its number is higher, and the stamp says when.

    Args:
        meeting: The meeting.
        title: What it is called.
    """
    off = meeting.is_off
    calendar = Calendar()
    calendar.add("prodid", "-//Bosett//Bosett//NO")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    event = Event()
    # RFC 7986, 5.3: an identity that nobody else gives out, and that tells nothing of us.
    event.add("uid", str(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    # The end is found in elapsed time: the night when the clock is set must not make it longer or shorter.
    event.add("dtstart", meeting.at.astimezone(NORWAY))
    event.add("dtend", (meeting.at + LENGTH).astimezone(NORWAY))
    event.add("summary", title)
    event.add("location", meeting.place)
    if meeting.agenda:
        event.add("description", meeting.agenda)
    event.add("status", "CANCELLED" if off else "TENTATIVE" if meeting.state == MeetingState.PLANNED else "CONFIRMED")
    if off:
        event.add("comment", meeting.called_off_why)
    if (organiser := holder(Party.DIRECTORATE, meeting.at.date())) is not None:
        address = vCalAddress(NO_ADDRESS)
        address.params["CN"] = vText(organiser.name)
        event["organizer"] = address
    calendar.add_component(event)
    first = date(meeting.at.year, 1, 1)
    calendar.add_missing_timezones(first_date=first, last_date=date(first.year + 1, 12, 31))
    return bytes(calendar.to_ical())
