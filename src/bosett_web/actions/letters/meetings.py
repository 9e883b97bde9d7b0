"""The letters of a meeting, from invitation to minutes; of the joint meeting one to each county municipality."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bosett.documents.letters import Agenda, Cancellation, Content, HowToAnswer, Invitation, LetterHead, Minutes, Worded
from bosett.documents.letters.agendas import AgendaNotInOrder, agenda_items
from bosett.geography import county as county_of
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, require
from bosett_web.actions.letters.making import Composed, Written, write
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.queries.letters.contents import signers_of
from bosett_web.queries.letters.letters import letter_rows, settings_of
from bosett_web.queries.letters.meetings import CANCELLATION, heads_of, to_be_written, told_meeting, told_of
from bosett_web.queries.letters.minutes import minutes_of
from bosett_web.queries.letters.receivers import unknown_forms
from bosett_web.queries.meetings.minutes import kept_minutes
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind

FIELD = "county"
"""The field of the meeting: a fault of the whole letter is told there."""
_MISSING: Mapping[str, str] = {LetterKind.MINUTES: "meeting_not_held", CANCELLATION: "meeting_not_called_off"}
"""Why a kind of letter has no meeting to tell of; all others tell of one that is planned."""
Filled = Callable[[Standing, MeetingRow, LetterHead], Content]
"""What a letter says, from the round, the meeting and the letter's head."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """What is particular to one kind of a meeting's letters.

    Attributes:
        kind: Its kind.
        signed: Whether it may not be without signers.
        texts: Free text in it that nothing else keeps.
    """

    kind: str
    signed: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)


def invite(
    actor: Actor, /, *, year: int, county: str, forms: Mapping[str, str], answer: HowToAnswer, ready: str = ""
) -> Event:
    """Write the invitation to a meeting.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting, or empty for the joint one.
        forms: nb or nn by county municipality.
        answer: Until when and how to say who comes.
        ready: What the county municipality is asked to have ready, one item a line.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such meeting, something lacks, or the invitation is on its way.
    """
    way = answer.way.nb if answer.way else ""
    text("how_to_come", way, needed=True)
    items = text("ready", ready)

    def filled(at: Standing, row: MeetingRow, head: LetterHead) -> Invitation:
        if answer.deadline is None or answer.deadline <= clock.today():
            raise Invalid("invited_by", "deadline_not_after")
        subjects = _worded(row.agenda)
        if not subjects:
            raise Invalid("county", "meeting_without_agenda")
        return Invitation(head, told_meeting(at.year, row), subjects, _worded(items), answer)

    sort = _Sort(LetterKind.INVITATION, signed=True, texts={"ready": items})
    return _write(actor, year, county, forms, sort, filled)


def tell_called_off(actor: Actor, /, *, year: int, county: str, forms: Mapping[str, str]) -> Event:
    """Write that a meeting is called off, to those who have been told of it; the reason is the one that was given.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting, or empty for the joint one.
        forms: nb or nn by county municipality.

    Raises:
        Objected: Not by this role.
        Invalid: No meeting is called off, nobody has been told of it, something lacks, or the letter is on its way.
    """

    def filled(at: Standing, row: MeetingRow, head: LetterHead) -> Cancellation:
        return Cancellation(head, told_meeting(at.year, row), Worded.same(row.called_off_why))

    return _write(actor, year, county, forms, _Sort(CANCELLATION, signed=True), filled)


def set_agenda(actor: Actor, /, *, year: int, county: str, forms: Mapping[str, str], items: str = "") -> Event:
    """Write the agenda of a meeting, its items one a line: when it begins, what, how long, who leads it.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting, or empty for the joint one.
        forms: nb or nn by county municipality.
        items: The lines; of each only what it is about is needed. Empty is the agenda that the meeting has.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such meeting, there are no items, their times do not rise, or the agenda is on its way.
    """
    written = text("items", items)

    def filled(at: Standing, row: MeetingRow, head: LetterHead) -> Agenda:
        meeting = told_meeting(at.year, row)
        try:
            items = agenda_items(written or row.agenda, meeting.starts)
        except AgendaNotInOrder as fault:
            raise Invalid("items", "agenda_not_in_order", {"line": fault.line}) from None
        if not items:
            raise Invalid("items", "meeting_without_agenda")
        return Agenda(head, meeting, items)

    return _write(actor, year, county, forms, _Sort(LetterKind.AGENDA, texts={"items": written}), filled)


def minute(actor: Actor, /, *, year: int, county: str, forms: Mapping[str, str]) -> Event:
    """Write the minutes of a held meeting.

    Args:
        actor: Who.
        year: Settlement year.
        county: County of the meeting, or empty for the joint one.
        forms: nb or nn by county municipality.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such meeting, something lacks, or the minutes are on their way.
    """

    def filled(at: Standing, row: MeetingRow, head: LetterHead) -> Minutes:
        kept = kept_minutes(row.id)
        if kept is None:
            raise Invalid(FIELD, "meeting_not_held", {"county": county})
        return minutes_of(kept, at.year, county, head)

    return _write(actor, year, county, forms, _Sort(LetterKind.MINUTES), filled)


def _write(actor: Actor, year: int, county: str, forms: Mapping[str, str], sort: _Sort, filled: Filled) -> Event:
    def compose(at: Standing) -> Composed:
        require("letter.write", actor, new_situation(at), f"letters:{year}", year)
        row = _meeting(at, sort.kind, county)
        signing, today = signers_of(settings_of(year).signers), clock.today()
        if sort.signed and not signing:
            raise Invalid(FIELD, "letter_without_signers")
        turns = to_be_written(year, sort.kind, row, letter_rows(year), today)
        if not turns:
            raise Invalid(FIELD, "meeting_letter_on_its_way")
        without = unknown_forms((turn.receiver for turn in turns), forms)
        if without:
            names = ", ".join(county_of(code, today.year).name for code in without)
            raise Invalid(FIELD, "circular_forms", {"names": names})
        letters = tuple(
            Written(
                kind=sort.kind,
                receiver=turn.receiver,
                version=turn.version,
                reference=turn.reference,
                language=forms[turn.receiver],
                content=(content := filled(at, row, head)),
                answer_by=_answer_by(content),
            )
            for turn, head in zip(turns, heads_of(turns, today, signing), strict=True)
        )
        return Composed(letters, FIELD, facts={"county": county}, texts=sort.texts)

    return write(actor, year=year, compose=compose)


def _answer_by(content: Content) -> date | None:
    return content.answer.deadline if isinstance(content, Invitation) else None


def _meeting(at: Standing, kind: str, county: str) -> MeetingRow:
    row = told_of(at, kind, county)
    if row is None:
        raise Invalid(FIELD, _MISSING.get(kind, "meeting_not_planned"), {"county": county})
    return row


def _worded(written: str) -> tuple[Worded, ...]:
    return tuple(Worded.same(line.strip()) for line in written.splitlines() if line.strip())
