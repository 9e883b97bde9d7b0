"""What was added to minutes after the meeting, in words: the same on the page of the minutes and in their letter."""

from dataclasses import dataclass

from bosett.documents.letters.blocks import Column, Table, TableRow
from bosett.documents.letters.meeting_contents import Addendum, AddendumKind, Said
from bosett.documents.letters.names import alphabetical
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import MEETINGS

_POINTS = (AddendumKind.POINT_CLOSED, AddendumKind.POINT_OPENED)


@dataclass(frozen=True, slots=True)
class AddendumTold:
    """An addendum in words.

    Attributes:
        heading: Its number, its day, and who added it.
        lead: What happened.
        texts: What was written, paragraph by paragraph.
        table: The numbers that became others; None when it is of something else.
    """

    heading: str
    lead: str
    texts: tuple[str, ...]
    table: Table | None


def addendum_told(addendum: Addendum, language: str) -> AddendumTold:
    """Return an addendum in nb, nn or en.

    Raises:
        UnknownLanguage: There are no words in it.
    """
    wording = Wording(MEETINGS, language)
    say = wording.say
    who = addendum.by.in_language(language)
    return AddendumTold(
        heading=say("addendum", number=str(addendum.number), day=wording.day(addendum.day), who=who),
        lead=say(f"add_{addendum.kind.value}"),
        texts=_texts(addendum, wording),
        table=_table(addendum, wording) if addendum.lines else None,
    )


def said_lines(reasons: tuple[Said, ...], wording: Wording) -> str:
    """Return who said what, a line each."""
    lines = []
    for one in reasons:
        who = one.who.in_language(wording.language)
        lines.append(wording.say("said_line", who=who[:1].upper() + who[1:], why=one.why))
    return "\n".join(lines)


def comment_told(about: str, text: str, wording: Wording) -> str:
    """Return what KS said, of a municipality or (empty) of the county as a whole."""
    return wording.say("comment", about=about or wording.say("whole_county"), text=text)


def _texts(addendum: Addendum, wording: Wording) -> tuple[str, ...]:
    about, text = addendum.about, addendum.text
    if addendum.kind is AddendumKind.COMMENT:
        return (comment_told(about, text, wording),)
    texts = (about,) if addendum.kind in _POINTS else (about, text)
    return tuple(each for each in texts if each)


def _table(addendum: Addendum, wording: Wording) -> Table:
    say = wording.say
    columns = (
        Column(say("municipality"), width=2),
        Column(say("minuted"), number=True),
        Column(say("now"), number=True),
        Column(say("reason"), width=4),
    )
    rows = tuple(
        TableRow(
            (each.name, wording.or_dash(each.before), wording.or_dash(each.after), said_lines(each.reasons, wording))
        )
        for each in sorted(addendum.lines, key=lambda line: alphabetical(line.name))
    )
    return Table(say("changed"), columns, rows)
