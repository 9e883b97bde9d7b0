"""Which moves are duties, by when, and why the others are none: a column of the table of moves."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Due(StrEnum):
    """The move is a duty: where the day by which it is owed is known from.

    The letter of 19.05.2020 names months and seasons of the year before the settlement year, and no days. They are told
    as it tells them, and a duty is late only when all of the month or season has passed.
    """

    JUNE = "june"  # "I juni vil det foreligge oppdaterte prognoser ... utvalgsmøte samme måned"
    AUTUMN = "autumn"  # "IMDi sender brev om anmodning til kommunene høsten 2020"
    MEETING = "meeting"  # the meeting's own day; before the joint one is planned: "et møte før sommeren"
    ANSWER = "answer"  # the round's answer deadline, a reminder's, or the time that was given
    UNKNOWN = "unknown"  # owed, by no day that anybody has named


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
class By:
    """By when something is owed.

    Attributes:
        last: The last day on which it is not late.
        season: How the letter says it, when it names no day; None when the day itself is known.
    """

    last: date
    season: Season | None = None


def by_season(season: Season, year: int) -> By:
    """Return the time that the letter of 19.05.2020 names, for the round of a settlement year.

    "Before the summer" has passed when June has: the summer holiday begins in July.
    """
    return By(date(year - 1, *_LAST[season]), season)
