"""The calendar file of a meeting, beside the letters that invite to it or call it off."""

from collections.abc import Iterable

from bosett_web.queries.letters.letters import LetterRow
from bosett_web.queries.letters.meetings import CANCELLATION, meeting_of, uid_of
from bosett_web.queries.standing import MeetingRow
from bosett_web.screens.meetings.calendar import calendar_file
from bosett_web.screens.meetings.meetings import calendar_name, code_of, titles
from bosett_web.screens.screen import View

WITH_FILE = ("invitation", CANCELLATION)
"""Kinds of letters that a calendar file goes with."""


def calendar_of(view: View, row: LetterRow) -> MeetingRow | None:
    """Return the meeting that a letter invites to or calls off, as this reader may see it; None when it does not."""
    county = meeting_of(row.kind, row.receiver, row.reference) if row.kind in WITH_FILE else None
    if county is None:
        return None
    both = (view.at.meetings.get(county), view.at.called_off.get(county))
    uid = uid_of(row)
    return next((each for each in both if each is not None and uid in (None, str(each.uid))), None)


def calendars(view: View, rows: Iterable[LetterRow]) -> list[tuple[str, bytes]]:
    """Return name and content of the calendar file of each meeting that letters invite to or call off."""
    held = {found.uid: found for row in rows if (found := calendar_of(view, row)) is not None}
    named = dict(titles(view))
    return [
        (calendar_name(view.year, meeting), calendar_file(meeting, f"{named[meeting.county]} ({view.year})"))
        for meeting in sorted(held.values(), key=lambda each: (code_of(each), each.id))
    ]
