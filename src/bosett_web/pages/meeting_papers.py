"""The calendar file of a meeting, beside the letters that invite to it."""

from collections.abc import Iterable

from bosett_web.pages.calendar import calendar_file
from bosett_web.pages.meetings import JOINT, titles
from bosett_web.pages.screen import View
from bosett_web.queries.letters import LetterRow
from bosett_web.queries.meetingletters import meeting_of
from bosett_web.queries.meetings import revision

INVITATION = "invitation"


def calendar_of(view: View, row: LetterRow) -> str:
    """Return what the meeting that a letter invites to is called in addresses; empty when it is no invitation."""
    meeting = meeting_of(row.kind, row.receiver, row.reference) if row.kind == INVITATION else None
    return "" if meeting is None or meeting not in view.at.meetings else meeting or JOINT


def calendars(view: View, rows: Iterable[LetterRow]) -> list[tuple[str, bytes]]:
    """Return name and content of the calendar file of each meeting that letters invite to."""
    codes = sorted({code for row in rows if (code := calendar_of(view, row))})
    named = dict(titles(view))
    found = []
    for code in codes:
        county = "" if code == JOINT else code
        title = f"{named[county]} ({view.year})"
        content = calendar_file(view.at.meetings[county], title, revision(view.year, county))
        found.append((f"bosett-{view.year}-{code}.ics", content))
    return found
