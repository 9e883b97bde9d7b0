"""A meeting as a calendar file (RFC 5545), in UTC so that no table of time zones is needed."""

from datetime import UTC, datetime, timedelta

from bosett_web.queries.standing import MeetingRow

LENGTH = timedelta(hours=3)


def calendar_file(meeting: MeetingRow, title: str, moment: datetime) -> str:
    """Return the file. The meeting's end is not known and is set to three hours after its beginning."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bosett//Bosett//NO",
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.id}@bosett",
        f"DTSTAMP:{_utc(moment)}",
        f"DTSTART:{_utc(meeting.at)}",
        f"DTEND:{_utc(meeting.at + LENGTH)}",
        f"SUMMARY:{_text(title)}",
        f"LOCATION:{_text(meeting.place)}",
        f"DESCRIPTION:{_text(meeting.agenda)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for mark in ("\\", ";", ","):
        value = value.replace(mark, f"\\{mark}")
    return value.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a content line in parts of at most 75 octets, never within a character."""
    parts, part, most = [], "", 75
    for character in line:
        if len((part + character).encode()) > most:
            parts.append(part)
            part, most = "", 74  # the leading space of a folded part counts
        part += character
    return "\r\n ".join([*parts, part]) + "\r\n"
