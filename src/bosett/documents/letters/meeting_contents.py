"""What letters about meetings say: invitations, cancellations, agendas, minutes and what was added to them."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bosett.documents.letters.parts import (
    HowToAnswer,
    LetterHead,
    Worded,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: a county's, or the joint one (county None). Times are Norwegian; the place may be a link."""

    year: int
    county: str | None
    day: date | None
    starts: time | None
    ends: time | None
    place: Worded | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation to a meeting.

    Attributes:
        head: As in every letter.
        meeting: The meeting.
        subjects: What it is about.
        prepare: What the county municipality is asked to have ready.
        answer: Until when and how to say who comes, and what information is needed.
    """

    head: LetterHead
    meeting: Meeting
    subjects: tuple[Worded, ...]
    prepare: tuple[Worded, ...]
    answer: HowToAnswer


@dataclass(frozen=True, slots=True)
class Cancellation:
    """That a meeting is called off.

    Attributes:
        head: As in every letter.
        meeting: The meeting that is not held.
        why: Why it is called off.
    """

    head: LetterHead
    meeting: Meeting
    why: Worded | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item: what, when it begins, how many minutes, who leads it; what is not known is left out."""

    title: Worded
    starts: time | None = None
    minutes: int | None = None
    by: Worded | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a meeting, its items in order."""

    head: LetterHead
    meeting: Meeting
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a party said, in its own words."""

    who: Worded
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a meeting came to for one municipality, in persons: None is no number (told as such, never as 0)."""

    name: str
    proposal: int | None
    recommended: int | None
    outcome: int | None
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is left to do: what, by whom, until when."""

    text: str
    owner: Worded | None
    by: date | None


class AddendumKind(StrEnum):
    """What was added to minutes after the meeting."""

    OUTCOMES = "outcomes"
    RETURNED = "returned"
    REOPENED = "reopened"
    COMMENT = "comment"
    ANSWER = "answer"
    POINT_CLOSED = "point_closed"
    POINT_OPENED = "point_opened"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class ChangedSinceMinutes:
    """A municipality whose number became another than the minutes tell, in persons; None is no number."""

    name: str
    before: int | None
    after: int | None
    reasons: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added to minutes after the meeting.

    Attributes:
        number: Its number.
        day: When.
        by: Who.
        kind: What happened.
        about: The municipality, point or question that it is about, in the words it was written in; or empty.
        text: What was written; or empty.
        lines: The numbers that became others.
    """

    number: int
    day: date
    by: Worded
    kind: AddendumKind
    about: str = ""
    text: str = ""
    lines: tuple[ChangedSinceMinutes, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of a meeting.

    Attributes:
        head: As in every letter.
        meeting: The meeting.
        present: Name of a person or office, and whom it spoke for.
        target: The county's target in persons; None for the joint meeting.
        outcomes: One by one.
        open_points: What is left.
        remarks: What else was said, in the words it was written in.
        comments: What KS had said: of which municipality (empty is the whole county), and what.
        addenda: What was added after the meeting.
    """

    head: LetterHead
    meeting: Meeting
    present: tuple[tuple[str, Worded], ...]
    target: int | None
    outcomes: tuple[Outcome, ...]
    open_points: tuple[OpenPoint, ...]
    remarks: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    addenda: tuple[Addendum, ...] = ()
