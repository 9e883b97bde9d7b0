"""Where a county's recommendation departs from the minutes of its meeting: beside the moves, and renewed with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett_web.queries.lines import Line
from bosett_web.queries.meetings.minutes import Departure, held_to, standing_numbers
from bosett_web.screens.formats import sort_key
from bosett_web.screens.screen import View, minuted


@dataclass(frozen=True, slots=True)
class Departs:
    """The day of the meeting, and by name the municipalities whose number is another than in its minutes."""

    day: date
    rows: tuple[tuple[str, Departure], ...]


def departs(view: View, county: str, rows: Sequence[Line]) -> Departs | None:
    """Return where lines depart from the minutes, as far as this reader may see them; None when nowhere."""
    meeting = view.at.meetings.get(county)
    held = held_to(view.whole, county) if meeting is not None and minuted(view, meeting) else None
    found = held.departures(standing_numbers(rows)) if held is not None else ()
    if held is None or not found:
        return None
    names = {line.code: line.name for line in rows}
    named = ((names[each.code], each) for each in found)
    return Departs(held.day, tuple(sorted(named, key=lambda row: sort_key(row[0]))))
