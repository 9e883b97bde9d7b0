"""Which moves are duties, by when, and why the others are none: a column of the table of moves.

The days themselves are data: each round has a calendar, entered when it is opened.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Due(StrEnum):
    """The move is a duty: where the day by which it is owed is known from."""

    CRITERIA = "criteria"  # the calendar: when the criteria are to be shared
    FORECAST = "forecast"  # the calendar: when forecasts are there
    TARGETS = "targets"  # the calendar: when the committee meets
    RECOMMENDATION = "recommendation"  # the calendar; else the day of the county's meeting
    MEETING = "meeting"  # the meeting's own day; before one is planned: the calendar
    LETTERS = "letters"  # the calendar: when letters go out
    ANSWER = "answer"  # the round's answer deadline, a reminder's, or the time that was given
    CAPACITY = "capacity"  # the day that was given when it was asked for
    UNKNOWN = "unknown"  # owed, by no day that anybody has named


class CalendarStep(StrEnum):
    """What the calendar of a round has a day for, in the order of the round."""

    CRITERIA = "criteria"
    FORECAST = "forecast"
    JOINT_MEETING = "joint_meeting"
    TARGETS = "targets"
    RECOMMENDATION = "recommendation"
    MEETINGS = "meetings"
    LETTERS = "letters"
    ANSWERS = "answers"


class Free(StrEnum):
    """The move is no duty of its own: why."""

    SYSTEM = "system"  # the system makes it
    PART = "part"  # it is done on the way to another move of the same role in the same track, which is the duty
    OTHER = "other"  # another way out of a state whose duty is named by another move
    CHOICE = "choice"  # it may be made, and nobody waits for it


class Season(StrEnum):
    """A time of the year before the settlement year, as the letter of 19.05.2020 names it; with its last day."""

    JUNE = "june"
    SUMMER = "summer"
    AUTUMN = "autumn"


_LAST = {Season.JUNE: (6, 30), Season.SUMMER: (6, 30), Season.AUTUMN: (11, 30)}


@dataclass(frozen=True, slots=True)
class DueBy:
    """By when something is owed.

    Attributes:
        last: The last day on which it is not late.
        season: How it was announced when no day was named; None when the day itself is known.
    """

    last: date
    season: Season | None = None


def by_season(season: Season, year: int) -> DueBy:
    """Return a time that is named as the letter of 19.05.2020 does, for the round of a settlement year.

    It is late only when all of the month or season has passed. "Before the summer" has passed when June has: the summer
    holiday begins in July.
    """
    return DueBy(date(year - 1, *_LAST[season]), season)
