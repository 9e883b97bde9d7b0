"""How many, in a sentence: the singular or the plural that goes with a number."""

from typing import Self


class Count(int):
    """A whole number that chooses the words beside it.

    In a text, `{count} {count:hendelse|hendelser}` takes the first word for 1 and the second for any other number, 0
    too; `{count}` alone is the number as people write it. Bokmål, nynorsk and English all choose so.
    """

    shown: str

    def __new__(cls, value: int, shown: str = "") -> Self:
        """Return a count; `shown` is how the number is written, when that is not with plain digits."""
        made = super().__new__(cls, value)
        made.shown = shown or str(value)
        return made

    def __format__(self, form: str) -> str:
        """Return the words that go with the number, or the number when there are no words to choose from."""
        one, choice, others = form.partition("|")
        if choice:
            return one if self == 1 else others
        return format(int(self), form) if form else self.shown
