"""References of letters: the year, who gets it, what it is, and a count: 2021/46-referat-1.

What a letter is stands in Norwegian, as in the journal of an archive. A reference is given out once and never again:
one that was given out under an earlier name is kept, and counts in the same row. What came without a letter is called
after who sent it, in the same way: 2021/4601-vedtak-1.
"""

from collections.abc import Mapping

from bosett_web.records.choices import DocumentKind, LetterKind

NAMES: Mapping[str, str] = {
    LetterKind.CIRCULAR: "fellesbrev",
    LetterKind.INVITATION: "innkalling",
    LetterKind.CANCELLATION: "avlysning",
    LetterKind.AGENDA: "saksliste",
    LetterKind.MINUTES: "referat",
    LetterKind.RECOMMENDATION: "anbefaling",
    LetterKind.REQUEST: "anmodning",
    LetterKind.NOT_ASKED: "anmodning",
    LetterKind.REVISED: "anmodning",
    LetterKind.REMINDER: "purring",
}
"""What a kind of letter is called. Those about a municipality's number are one row, whatever the number is."""
WITHOUT_LETTER: Mapping[str, str] = {DocumentKind.DECISION: "vedtak", DocumentKind.ATTACHMENT: "vedlegg"}
"""What a document is called that came without a letter."""
JOINT = "felles"
"""What marks a letter of the joint meeting, where another of its kind may be of the county's own."""
_FORMER_JOINT = "joint"

Row = tuple[str, str, bool]
"""Letters that count up together: to whom, what, and whether they are of the joint meeting."""


def reference(year: int, receiver: str, kind: str, number: int, *, joint: bool = False) -> str:
    """Return the reference of a letter.

    Args:
        year: Settlement year.
        receiver: Code of the county or municipality.
        kind: Kind of letter.
        number: Its number among those of the row.
        joint: Whether it is of the joint meeting.
    """
    return _reference(year, receiver, f"{JOINT}-{NAMES[kind]}" if joint else NAMES[kind], number)


def reference_of_document(year: int, sender: str, kind: str, number: int) -> str:
    """Return the reference of a document that came without a letter.

    Args:
        year: Settlement year.
        sender: Code of the county or municipality that sent it.
        kind: Kind of document: a decision, or what is attached to a recommendation.
        number: Its number among those of the sender.
    """
    return _reference(year, sender, WITHOUT_LETTER[kind], number)


def is_joint(given: str) -> bool:
    """Tell whether a reference is of a letter of the joint meeting."""
    return given.partition("-")[2].partition("-")[0] in (JOINT, _FORMER_JOINT)


def row_of(kind: str, receiver: str, given: str) -> Row:
    """Return the row of letters that one belongs to: the newest in it is the one that counts."""
    return receiver, NAMES[kind], is_joint(given)


def _reference(year: int, whose: str, what: str, number: int) -> str:
    return f"{year}/{whose}-{what}-{number}"
