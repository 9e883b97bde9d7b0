"""The calendar of a stream: it is stopped on a day, begins again on one that may not be known, and comes up in weeks.

When it begins again may be a distribution: days, each with its part of all that may happen. A stream that is stopped
is the doing of somebody, so it is never estimated from how many have come before.

Source: the letter of 19.05.2020 (resettlement arrivals stopped on 14 March until further notice). The ramp is that of
a notice in the workspace: week n of w weeks has n / (w + 1) of the full number.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.stages.forecast.months import FlowMonth

_WEEK = 7


class BadCalendar(Refusal):
    """A stop contradicts itself."""

    def __init__(self, since: date, what: str) -> None:
        super().__init__(f"the stop of {since}: {what}")
        self.since = since


@dataclass(frozen=True, slots=True)
class Restart:
    """A day on which a stream may come again, None for not within the months looked at; and how much speaks for it."""

    day: date | None
    part: Fraction


@dataclass(frozen=True, slots=True)
class StreamStop:
    """A stop of a stream.

    Attributes:
        since: The first day on which nobody comes.
        restarts: When it may begin again. The parts add up to 1.
        ramp: Weeks in which it comes up to its full number after that; 0 is at once.

    Raises:
        BadCalendar: The parts do not add up to 1, or it begins again before it has stopped.
    """

    since: date
    restarts: tuple[Restart, ...]
    ramp: int = 0

    def __post_init__(self) -> None:
        parts = sum((restart.part for restart in self.restarts), Fraction(0))
        if parts != 1:
            raise BadCalendar(self.since, f"the parts of its restarts add up to {parts}; they must add up to 1")
        if early := [restart.day for restart in self.restarts if restart.day is not None and restart.day <= self.since]:
            raise BadCalendar(self.since, f"it cannot begin again on {early[0]}; name a later day")


def part_coming(stop: StreamStop, restart: Restart, month: FlowMonth) -> Fraction:
    """Return the part of the full number of a month that comes, with people spread evenly over its days.

    Args:
        stop: The stop.
        restart: When it begins again, one of its own.
        month: The month.
    """
    parts = [_part_on(stop, restart.day, day) for day in month.days()]
    return sum(parts, Fraction(0)) / len(parts)


def _part_on(stop: StreamStop, restart: date | None, day: date) -> Fraction:
    if day < stop.since:
        return Fraction(1)
    if restart is None or day < restart:
        return Fraction(0)
    return part_in_ramp(day - restart, stop.ramp)


def part_in_ramp(since: timedelta, ramp: int) -> Fraction:
    """Return the part of the full number that comes so long after a stop has ended, 0 days on the first.

    Week n of a ramp of w weeks has n / (w + 1); after them, and without a ramp, all come.
    """
    week = since.days // _WEEK + 1
    return Fraction(1) if week > ramp else Fraction(week, ramp + 1)
