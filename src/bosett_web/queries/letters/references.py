"""References of letters: the year, who gets it, what it is, and a count: 2021/46-referat-1.

What a letter is stands in Norwegian, as in the journal of an archive. A reference is given out once and never again:
one that was given out under an earlier name is kept, and counts in the same row.
"""

from collections.abc import Mapping

from bosett_web.records.choices import LetterKind

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
    what = f"{JOINT}-{NAMES[kind]}" if joint else NAMES[kind]
    return f"{year}/{receiver}-{what}-{number}"


def is_joint(given: str) -> bool:
    """Tell whether a reference is of a letter of the joint meeting."""
    return given.partition("-")[2].partition("-")[0] in (JOINT, _FORMER_JOINT)


def row_of(kind: str, receiver: str, given: str) -> Row:
    """Return the row of letters that one belongs to: the newest in it is the one that counts."""
    return receiver, NAMES[kind], is_joint(given)
