"""How many, in a sentence: the singular or the plural that goes with a number."""


class Count(int):
    """A whole number that chooses the words beside it.

    In a text, `{count:hendelse|hendelser}` is the first for 1 and the second for any other number, 0 too; `{count}`
    alone is the number. Bokmål, nynorsk and English all choose so; a language that has more forms needs more than this.
    """

    def __format__(self, form: str) -> str:
        """Return the words that go with the number, or the number when no words are given."""
        one, choice, others = form.partition("|")
        if not choice:
            return format(int(self), form)
        return one if self == 1 else others
