"""A round in words: what pages and workbooks say by code, and numbers as people write them."""

from fractions import Fraction

from bosett.basis.counting import Count
from bosett.documents.days import day_in, month_in
from bosett.figures import Figure, SeriesNote
from bosett.parameters import OURS, whose
from bosett.words import FOLDER, Words

WORDS = Words(FOLDER / "round")


def word(code: str, language: str, **facts: str | int) -> str:
    """Return the words for a code in a language, with facts filled in.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    return WORDS[code].in_language(language).format(**facts)


def word_or(code: str, language: str, otherwise: str) -> str:
    """Return the words for a code that another part of the program made, or `otherwise` when there are none."""
    return word(code, language) if code in WORDS else otherwise


_OF_A_DAY = ("1. januar", "1 January")
"""How an indicator ends that is of a day: the year goes on from there."""


def figure_line(note: SeriesNote, language: str) -> str:
    """Return one line on a series that was used: what, when, publisher, when it was known."""
    what = word_or(f"indicator_{note.indicator}", language, note.title)
    scope = word("by_county", language) if note.by_county else ""
    known = word("known_on", language, day=day_in(note.known_on, language))
    if note.accepted is not None:
        known += word("accepted_on", language, day=day_in(note.accepted.accepted_on, language))
    when = month_in(note.year, note.month, language) if note.month else str(note.year)
    between = " " if what.endswith(_OF_A_DAY) else ", "
    return f"{what}{between}{when} ({note.publisher}; {known}{scope})"


def standing_note(criteria: str, language: str, *, official: bool) -> str:
    """Return what is to be said wherever criteria are shown: whose they are, and where our own model loses."""
    note = word(f"{whose(criteria, official=official)}_note", language)
    ours = OURS.fullmatch(criteria) is not None
    return f"{note} {word('reference_loses', language)}" if ours and not official else note


def figure(value: Figure, language: str) -> str:
    """Return a number of persons, or in words why there is none: not asked, hidden or missing."""
    return word(value.status.value, language) if value.persons is None else whole(value.persons, language)


def whole(number: int, language: str) -> str:
    """Return a whole number as people write it: 5 025 in Norwegian (no-break space), 5,025 in English."""
    return f"{number:,}".replace(",", "," if language == "en" else "\u00a0").replace("-", "\u2212")


def counted(number: int, language: str) -> Count:
    """Return a whole number as people write it, that chooses the words beside it."""
    return Count(number, whole(number, language))


def signed(number: int, language: str) -> str:
    """Return a change with its sign."""
    return f"+{whole(number, language)}" if number > 0 else whole(number, language)


def exact(number: Fraction, language: str, digits: int = 3) -> str:
    """Return a fraction with decimals, rounded half to even, with the decimal mark of the language."""
    scaled = round(abs(number) * 10**digits)
    before, after = divmod(scaled, 10**digits)
    sign = "\u2212" if number < 0 and scaled else ""
    mark = "." if language == "en" else ","
    return f"{sign}{whole(before, language)}" + (f"{mark}{after:0{digits}d}" if digits else "")


def percent(part: Fraction, language: str, digits: int = 1) -> str:
    """Return a part as percent."""
    return f"{exact(part * 100, language, digits)}" + ("%" if language == "en" else "\u00a0%")
