"""What goes on beside the round: what is stopped, what is asked of all, what is talked about, what restricts.

A notice is told with its days, and what holds on a day follows from them. A changed one is a new version; the earlier
stand as they were.

Source: the letter of 19.05.2020 (resettlement arrivals stopped on 14 March until further notice; the call to go on
settling from reception as far as capacity and the authorities' restrictions allow; the dialogue with UDI).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bosett.stages.forecast.calendar import part_in_ramp

FULL = 100
"""Per cent."""
MOST_RAMP = 52
"""Weeks."""


class NoticeKind(StrEnum):
    """What a notice tells."""

    STOP = "stop"
    CALL = "call"
    DIALOGUE = "dialogue"
    RESTRICTION = "restriction"


class Stream(StrEnum):
    """What is stopped: a stream of people to be settled, one programme of it, or a place."""

    RESETTLEMENT = "resettlement"
    RECEPTION = "reception"
    MINORS = "minors"
    PROGRAMME = "programme"
    PLACE = "place"


NAMED = frozenset({Stream.PROGRAMME, Stream.PLACE})
"""Streams that are told apart by a name."""


class NoticeTime(StrEnum):
    """How a notice stands on a day."""

    TO_COME = "to_come"
    HOLDS = "holds"
    RAMPS = "ramps"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a notice holds.

    Attributes:
        since: The first day.
        until: The last; None is until further notice.
        ramp: Weeks after a stop in which arrivals come up to their full number again; 0 is at once.
    """

    since: date
    until: date | None = None
    ramp: int = 0

    def time_on(self, day: date) -> NoticeTime:
        """Return how it stands on a day."""
        if day < self.since:
            return NoticeTime.TO_COME
        if self.until is None or day <= self.until:
            return NoticeTime.HOLDS
        return NoticeTime.RAMPS if day <= self.until + timedelta(weeks=self.ramp) else NoticeTime.OVER

    def comes(self, day: date) -> int:
        """Return how much of a stopped stream comes on a day, in per cent: evenly more from week to week of the ramp.

        Week n of a ramp of w weeks has n / (w + 1) of the full number, rounded down.
        """
        match self.time_on(day):
            case NoticeTime.HOLDS:
                return 0
            case NoticeTime.RAMPS if self.until is not None:
                return int(FULL * part_in_ramp(day - self.until - timedelta(days=1), self.ramp))
            case _:
                return FULL

    def touches(self, year: int) -> bool:
        """Tell whether it holds on a day of a year."""
        return self.since.year <= year and (self.until is None or self.until.year >= year)
