"""An agenda as people write it: one item a line, with its time, how long it takes and who leads it when that is known.

10.00 Velkommen; 15 min; IMDi
10.15 Kommune for kommune; 180 min
Eventuelt
"""

import re
from datetime import time

from bosett.basis.refusals import Refusal
from bosett.documents.letters.meeting_contents import AgendaItem
from bosett.documents.letters.parts import Worded

_LINE = re.compile(r"(?:(?:kl\.?\s*)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})\s+)?(?P<rest>\S.*)", re.IGNORECASE)
_LASTS = re.compile(r"(\d{1,3})\s*min(?:utter|utt|utes)?\.?", re.IGNORECASE)
_HOURS, _MINUTES = 24, 60


class AgendaNotInOrder(Refusal):
    """The time of an item is none, or is before the time of one above it or of the meeting."""

    def __init__(self, line: str) -> None:
        super().__init__(f"«{line}» does not follow in time; write 10.15, and let the times rise from the meeting's")
        self.line = line


def agenda_items(written: str, starts: time | None) -> tuple[AgendaItem, ...]:
    """Return the items of an agenda.

    Args:
        written: One item a line; after the item, and parted by semicolons, how many minutes it takes and who leads it.
        starts: When the meeting begins.

    Raises:
        AgendaNotInOrder: Times do not rise from there.
    """
    items = []
    last = starts
    for line in filter(None, map(str.strip, written.splitlines())):
        item = _item(line)
        if item.starts is not None:
            if last is not None and item.starts < last:
                raise AgendaNotInOrder(line)
            last = item.starts
        items.append(item)
    return tuple(items)


def _item(line: str) -> AgendaItem:
    match = _LINE.fullmatch(line)
    if match is None:
        return AgendaItem(Worded.same(line))
    title, *others = [part.strip() for part in match["rest"].split(";")]
    if not title:
        return AgendaItem(Worded.same(line))
    lasting = next((lasts for part in others if (lasts := _LASTS.fullmatch(part))), None)
    by = next((part for part in others if part and not _LASTS.fullmatch(part)), "")
    return AgendaItem(
        Worded.same(title),
        _time(line, match["hour"], match["minute"]),
        int(lasting[1]) if lasting else None,
        Worded.same(by) if by else None,
    )


def _time(line: str, hour: str | None, minute: str | None) -> time | None:
    if hour is None or minute is None:
        return None
    if int(hour) >= _HOURS or int(minute) >= _MINUTES:
        raise AgendaNotInOrder(line)
    return time(int(hour), int(minute))
