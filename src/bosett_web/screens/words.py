"""What people read on the screens, by code. {names} are filled in by the caller.

The texts are data in a folder of the workspace, beside the floors: translators work there, and no code does.
"""

from contextvars import ContextVar
from importlib.resources import files

from bosett.basis.counting import Count
from bosett.basis.languages import LANGUAGES
from bosett.figures.kinds import Figure, Status
from bosett.rounds.mandate import NOT_KNOWN, Mandate
from bosett.words import UnknownLanguage, Words
from bosett_web.screens import formats

__all__ = ["LANGUAGES", "WORDS", "UnknownWord", "figure", "say"]

WORDS = Words(files("bosett_web") / "words")


MANDATE: ContextVar[Mandate] = ContextVar("mandate", default=NOT_KNOWN)
"""What the committee does with the targets of the round that is shown: it chooses what they are said to be.

A page of no round says what is true in any year.
"""


class UnknownWord(LookupError):
    """A code without words: a fault in the program."""


def say(code: str, language: str, **facts: object) -> str:
    """Return the words of a code in a language, numbers written as numbers.

    Raises:
        UnknownWord: There are none.
    """
    try:
        words = WORDS[code].in_language(language)
    except (KeyError, UnknownLanguage):
        raise UnknownWord(code, language) from None
    filled: dict[str, object] = {
        name: Count(fact, formats.number(fact)) if isinstance(fact, int) and name != "year" else fact
        for name, fact in facts.items()
    }
    if "{mandate:" in words:
        filled.setdefault("mandate", MANDATE.get())
    return words.format(**filled) if filled else words


def figure(value: Figure, language: str) -> str:
    """Return a figure in words: the number, or why there is none."""
    if value.persons is None:
        return say(_WHY.get(value.status, "missing"), language)
    return formats.number(value.persons)


_WHY = {Status.HIDDEN: "hidden", Status.NOT_ASKED: "not_asked"}
