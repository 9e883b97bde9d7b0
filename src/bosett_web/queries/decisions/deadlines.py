"""Until when a municipality may answer: as its newest letter says, as it was given more time, or as it was reminded.

The round's own deadline is what the next letters will say: changed afterwards, it changes no letter that has come.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett_web.records.choices import LetterKind
from bosett_web.records.models import Letter, LetterSettings
from bosett_web.records.models.letters import CAME

REMINDER = LetterKind.REMINDER
ASKING = (LetterKind.REQUEST, LetterKind.REVISED)
"""Kinds of letters that ask a municipality for an answer by a day."""
_SAID = ("content__rests_on__answer__by", "content__answer_by")
"""Where a letter keeps the round's deadline that it tells, and one of its own."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The answer deadlines of a round.

    Attributes:
        next: What the next letters will say; None when it has not been entered.
        by_letter: By municipality, what the newest letter about its number that has come to it says.
        reminded: By municipality, what the newest reminder that has come to it says.
    """

    next: date | None
    by_letter: Mapping[str, date]
    reminded: Mapping[str, date]

    def of(self, municipality: str, granted: date | None = None) -> date | None:
        """Return the deadline that holds for a municipality: the latest that it has been given; None when none is.

        Args:
            municipality: Its code.
            granted: The day until which it has been given more time.
        """
        in_letter = self.by_letter.get(municipality)
        given = granted or (self.next if in_letter is None else None)
        return max(
            (day for day in (in_letter, given, self.reminded.get(municipality)) if day is not None), default=None
        )

    @property
    def usual(self) -> date | None:
        """The deadline that most letters that have come tell, the later of two; before any has come, the next."""
        days = Counter(self.by_letter.values())
        return max(days, key=lambda day: (days[day], day), default=self.next)


def deadlines(year: int, municipality: str = "") -> Deadlines:
    """Return the deadlines of a round, or those of one municipality, in two queries."""
    entered = LetterSettings.objects.filter(round=year).values_list("answer_by", flat=True).first()
    rows = Letter.objects.filter(CAME, round=year, kind__in=(*ASKING, REMINDER))
    rows = rows.filter(receiver=municipality) if municipality else rows
    by_letter: dict[str, date] = {}
    reminded: dict[str, date] = {}
    for kind, code, says, asks in rows.order_by("version").values_list("kind", "receiver", *_SAID):
        days, day = (reminded, asks) if kind == REMINDER else (by_letter, says)
        if day:
            days[code] = date.fromisoformat(day)
    return Deadlines(entered, by_letter, reminded)
