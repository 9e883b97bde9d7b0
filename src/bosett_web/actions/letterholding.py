"""What letters are held to before they are approved and sent: that they are true, and are those that were seen."""

from collections.abc import Sequence

from django.conf import settings

from bosett_web.actions.doing import Invalid
from bosett_web.queries.addresses import unaddressed
from bosett_web.queries.deadlines import REMINDER
from bosett_web.queries.letters import LetterRow, contents_by_id, digest_of, newest_references
from bosett_web.queries.meetingletters import facts_of, meeting_of
from bosett_web.queries.standing import Standing


def as_seen(rows: Sequence[LetterRow], seen: str | None) -> None:
    """Hold letters to those that somebody has seen.

    Args:
        rows: The letters.
        seen: Digest of those that were seen; None when nobody has looked at a page.

    Raises:
        Invalid: One of them has been made anew since.
    """
    if seen is not None and seen != digest_of(rows):
        raise Invalid("letters", "letters_changed")


def still_true(at: Standing, rows: Sequence[LetterRow]) -> None:
    """Hold letters to the numbers, decisions and meetings of today.

    Raises:
        Invalid: What one of them tells is not so any more.
    """
    for row in rows:
        if row.outdated:
            code = "reminder_outdated" if row.kind == REMINDER else "letter_outdated"
            raise Invalid("letters", code, {"reference": row.reference})
        if row.decided:
            raise Invalid("letters", "reminder_decided", {"reference": row.reference})
    of_meetings = {row.id: row for row in rows if meeting_of(row) is not None}
    for letter, content in contents_by_id(of_meetings).items():
        row, told = of_meetings[letter], content.get("meeting")
        meeting = at.meetings.get(meeting_of(row) or "")
        if told is not None and (meeting is None or told != facts_of(meeting)):
            raise Invalid("letters", "letter_of_changed_meeting", {"reference": row.reference})


def newest(year: int, rows: Sequence[LetterRow]) -> None:
    """Hold letters to being the newest of their kind: one that was written anew is not tried again.

    Raises:
        Invalid: One of them has been written anew.
    """
    found = newest_references(year, [row.receiver for row in rows])
    old = next((row for row in rows if row.reference not in found), None)
    if old is not None:
        raise Invalid("letters", "letter_superseded", {"reference": old.reference})


def addressed(rows: Sequence[LetterRow]) -> None:
    """Hold letters to what their channel demands, before anybody approves what it would refuse.

    Raises:
        Invalid: The postal address of a receiver is not known.
    """
    lacking = unaddressed(row.receiver for row in rows) if settings.DISPATCH.needs_address else ()
    if lacking:
        name = next(row.name for row in rows if row.receiver == lacking[0])
        raise Invalid("letters", "letter_address_missing", {"count": len(lacking), "name": name})
