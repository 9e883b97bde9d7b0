"""What people read, by code: (bokmål, nynorsk, English). {names} are filled in by the caller.

Words that go with a number stand as `{count:one|others}`: a number never stands beside a plural that it does not take.
"""

from bosett.basis.counting import Count
from bosett.figures.kinds import Figure, Status
from bosett_web.screens import formats
from bosett_web.screens.words.addresses import ADDRESSES
from bosett_web.screens.words.country import COUNTRY
from bosett_web.screens.words.decisions import DECISIONS
from bosett_web.screens.words.desk import DESK
from bosett_web.screens.words.documents import DOCUMENTS
from bosett_web.screens.words.duties import DUTIES
from bosett_web.screens.words.frame import FRAME
from bosett_web.screens.words.journal import JOURNAL
from bosett_web.screens.words.law import LAW
from bosett_web.screens.words.letters import LETTERS
from bosett_web.screens.words.letters_looked import LOOKED_LETTERS
from bosett_web.screens.words.letters_written import WRITTEN_LETTERS
from bosett_web.screens.words.meetings import MEETINGS
from bosett_web.screens.words.screens import SCREENS
from bosett_web.screens.words.workbook import WORKBOOK

LANGUAGES = ("nb", "nn", "en")
WORDS = (
    FRAME
    | LAW
    | SCREENS
    | DESK
    | WORKBOOK
    | MEETINGS
    | COUNTRY
    | LETTERS
    | LOOKED_LETTERS
    | WRITTEN_LETTERS
    | DECISIONS
    | ADDRESSES
    | JOURNAL
    | DUTIES
    | DOCUMENTS
)


class UnknownWord(LookupError):
    """A code without words: a fault in the program."""


def say(code: str, language: str, **facts: object) -> str:
    """Return the words of a code in a language, numbers written as numbers.

    Raises:
        UnknownWord: There are none.
    """
    try:
        words = WORDS[code][LANGUAGES.index(language)]
    except (KeyError, ValueError):
        raise UnknownWord(code, language) from None
    filled = {
        name: Count(fact, formats.number(fact)) if isinstance(fact, int) and name != "year" else fact
        for name, fact in facts.items()
    }
    return words.format(**filled) if filled else words


def figure(value: Figure, language: str) -> str:
    """Return a figure in words: the number, or why there is none."""
    if value.persons is None:
        return say(_WHY.get(value.status, "missing"), language)
    return formats.number(value.persons)


_WHY = {Status.HIDDEN: "hidden", Status.NOT_ASKED: "not_asked"}
