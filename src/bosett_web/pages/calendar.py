"""A meeting as a calendar file (RFC 5545), in Norwegian time with the year's own daylight saving."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from bosett.rounds.parties import Party, holder
from bosett_web.queries.meetings import Revision
from bosett_web.queries.standing import MeetingRow

LENGTH = timedelta(hours=3)
NORWAY = ZoneInfo("Europe/Oslo")
NO_ADDRESS = "invalid:nomail"
"""What calendars write for an organiser whose address they do not know."""


def calendar_file(meeting: MeetingRow, title: str, revision: Revision) -> bytes:
    """Return the file. The meeting's end is not known and is set to three hours after its beginning.

    Args:
        meeting: The meeting.
        title: What it is called.
        revision: How often it was changed, so that calendars take the newest, and when it last was.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Bosett//Bosett//NO")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@bosett")
    event.add("sequence", revision.sequence)
    # Without a method, the stamp is when the event was last changed: the same file for the same meeting.
    event.add("dtstamp", revision.at or meeting.at)
    # The end is found in elapsed time: the night when the clock is set must not make it longer or shorter.
    event.add("dtstart", meeting.at.astimezone(NORWAY))
    event.add("dtend", (meeting.at + LENGTH).astimezone(NORWAY))
    event.add("summary", title)
    event.add("location", meeting.place)
    if meeting.agenda:
        event.add("description", meeting.agenda)
    event.add("status", "TENTATIVE" if meeting.state == "planned" else "CONFIRMED")
    if (organiser := holder(Party.DIRECTORATE, meeting.at.date())) is not None:
        address = vCalAddress(NO_ADDRESS)
        address.params["CN"] = vText(organiser.name)
        event["organizer"] = address
    calendar.add_component(event)
    first = date(meeting.at.year, 1, 1)
    calendar.add_missing_timezones(first_date=first, last_date=date(first.year + 1, 12, 31))
    return calendar.to_ical()
