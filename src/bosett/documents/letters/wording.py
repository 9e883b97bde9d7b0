"""How facts are put in words in each language: days and times, persons, receivers."""

from datetime import date, time

from bosett.basis.counting import Count
from bosett.documents.days import NO_BREAK, day_in, month_in
from bosett.documents.letters.names import joined
from bosett.documents.letters.parts import Month, PartOfYear, Receiver, ReceiverKind, SeasonOfYear, When
from bosett.documents.letters.words import COMMON
from bosett.documents.words import whole
from bosett.words import Words

MINUS = "\u2212"
DASH = "–"


class Wording:
    """The words of one kind of letter in one language, with those common to all."""

    def __init__(self, words: Words, language: str) -> None:
        self.language = language
        self._words = {**COMMON.of(language), **words.of(language)}

    def say(self, code: str, **facts: str | Count) -> str:
        """Return the words for a code with facts filled in, which are text already or choose the words beside them."""
        # A year stays on the line of the word before it.
        return self._words[code].replace(" {year}", f"{NO_BREAK}{{year}}").format(**facts)

    def raw(self, code: str) -> str:
        """Return the words for a code with its places left open."""
        return self._words[code]

    def number(self, value: int) -> str:
        """Return a whole number as people write it."""
        return whole(value, self.language)

    def persons(self, value: int) -> str:
        """Return a number of persons."""
        return self.say("persons", n=Count(value, self.number(value))).replace(" ", NO_BREAK, 1)

    def or_dash(self, value: int | None) -> str:
        """Return a number for a cell, or a dash where there is none."""
        return DASH if value is None else self.number(value)

    def day(self, value: date) -> str:
        """Return a day: 19. mai 2020, or 19 May 2020."""
        return day_in(value, self.language)

    def when(self, value: When) -> str:
        """Return a day, a month or a part of a year: 12. juni 2020, juni 2020, høsten 2020."""
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Month):
            return month_in(value.year, value.month, self.language)
        return self.say(f"season_{value.part.value}", year=str(value.year))

    def on(self, value: When) -> str:
        """Return the same as an adverb: 12. juni 2020, i juni 2020, høsten 2020, før sommeren 2020."""
        if isinstance(value, Month):
            return self.say("in_month", month=self.when(value))
        if isinstance(value, SeasonOfYear) and self.language == "en" and value.part is not PartOfYear.BEFORE_SUMMER:
            return f"in {self.when(value)}"
        return f"on {self.day(value)}" if isinstance(value, date) and self.language == "en" else self.when(value)

    def hour(self, value: time) -> str:
        """Return a time of day: kl. 10.00, or 10:00."""
        return self.clock(value) if self.language == "en" else f"kl.{NO_BREAK}{self.clock(value)}"

    def clock(self, value: time) -> str:
        """Return the same without the word for it: 10.00, or 10:00."""
        return f"{value:%H:%M}" if self.language == "en" else f"{value:%H.%M}"

    def receiver(self, receiver: Receiver) -> str:
        """Return a receiver's name: Kárášjohka – Karasjok kommune."""
        name = joined(receiver.names)
        if receiver.kind is ReceiverKind.OTHER:
            return name
        return self.say(f"receiver_{receiver.kind.value}", name=name)
