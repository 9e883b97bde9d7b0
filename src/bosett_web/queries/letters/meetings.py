"""The letters of a meeting: from invitation to minutes, to its county municipality or, of the joint one, to all.

A county municipality may get two invitations in a round: to its own meeting and to the joint one. Both count in one
row of versions; the reference tells which is which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bosett.documents.letters import LetterHead, Meeting, Signer, Worded
from bosett.documents.letters.names import county_receiver
from bosett.geography import county as county_of
from bosett.rounds.parties import Party
from bosett.rounds.states import LetterState, MeetingState
from bosett_web.queries.letters.addresses import addresses_of
from bosett_web.queries.letters.contents import KS, SENDER
from bosett_web.queries.letters.letters import LetterRow, letter_rows
from bosett_web.queries.letters.receivers import county_municipalities
from bosett_web.queries.letters.references import is_joint
from bosett_web.queries.letters.references import reference as reference_of
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records.choices import LetterKind
from bosett_web.records.models.letters import SENT

CALLING = (LetterKind.INVITATION, LetterKind.AGENDA)
"""Kinds that tell of a meeting that is to be held."""
CANCELLATION = LetterKind.CANCELLATION
MEETING_KINDS = (LetterKind.INVITATION, CANCELLATION, LetterKind.AGENDA, LetterKind.MINUTES)


@dataclass(frozen=True, slots=True)
class Turn:
    """The letter of a meeting that is written to one county municipality next.

    Attributes:
        receiver: The county municipality.
        version: Version of the letter.
        reference: Its reference; one that is not approved is written anew under the same.
        state: State of the newest that there is; empty before there is one.
    """

    receiver: str
    version: int
    reference: str
    state: str

    @property
    def waits(self) -> bool:
        """Whether it has got none, one that nobody has approved, or one that failed."""
        return self.state in ("", LetterState.MADE, LetterState.FAILED)

    @property
    def gone(self) -> bool:
        """Whether the newest has come to its receiver."""
        return self.state in SENT


def told_of(at: Standing, kind: str, county: str) -> MeetingRow | None:
    """Return the meeting of a county (empty: the joint one) that a kind of letter can be written of now, if any.

    Minutes are of one that has been held, a cancellation of the newest that is called off, the others of one that is to
    be held.
    """
    if kind == CANCELLATION:
        return at.called_off.get(county)
    row = at.meetings.get(county)
    return row if row is not None and (row.state == MeetingState.HELD) is (kind == LetterKind.MINUTES) else None


def to_be_written(year: int, kind: str, meeting: MeetingRow, rows: Iterable[LetterRow], day: date) -> tuple[Turn, ...]:
    """Return the letters of a meeting that can be written: to those who have none; when all have it, to all anew.

    Args:
        year: Settlement year.
        kind: Kind of letter.
        meeting: The meeting.
        rows: The round's letters.
        day: The workspace's day.

    Returns:
        Empty when one is on its way and no other waits, or nobody has been told of what is called off.
    """
    county, letters = meeting.county, tuple(rows)
    codes = [county] if county else [each.code for each in county_municipalities(day)]
    if kind == CANCELLATION:
        codes = [code for code in codes if _knows(meeting, code, letters)]
    turns = [_turn(year, kind, meeting, code, letters) for code in codes]
    waiting = tuple(each for each in turns if each.waits)
    return waiting or (tuple(turns) if all(each.gone for each in turns) else ())


def uid_of(row: LetterRow) -> str | None:
    """Return the identity of the meeting that a letter was written of; None before letters kept it."""
    uid: str | None = (row.rests_on.get("meeting") or {}).get("of")
    return uid


def meeting_of(kind: str, receiver: str, reference: str) -> str | None:
    """Return the meeting that a letter is of: a county code, or empty for the joint one; None when of none."""
    if kind not in MEETING_KINDS:
        return None
    return "" if is_joint(reference) else receiver


def letters_of(year: int, county: str) -> tuple[LetterRow, ...]:
    """Return the letters of the meetings of a county, or (empty) of the joint ones."""
    letters = letter_rows(year, county=county)
    return tuple(row for row in letters if meeting_of(row.kind, row.receiver, row.reference) == county)


def told_meeting(year: int, row: MeetingRow) -> Meeting:
    """Return a meeting as letters tell it, in Norwegian time."""
    local = timezone.localtime(row.at)
    name = county_of(row.county, year).name if row.county else None
    return Meeting(year, name, local.date(), local.time(), None, Worded.same(row.place))


def facts_of(row: MeetingRow) -> Mapping[str, object]:
    """Return the facts of a meeting that its letters are held to."""
    facts = {"of": str(row.uid), "at": row.at.isoformat(), "place": row.place}
    if row.is_off:
        return facts | {"why": row.called_off_why}
    return facts | {"agenda": row.agenda, "held": row.state == MeetingState.HELD}


def heads_of(turns: Iterable[Turn], day: date, signing: tuple[Signer, ...]) -> tuple[LetterHead, ...]:
    """Return the heads of letters from the directorate to county municipalities, with copies to KS."""
    addresses = addresses_of(Party.COUNTY)
    return tuple(
        LetterHead(
            sender=SENDER,
            receivers=(county_receiver(turn.receiver, day.year, addresses.get(turn.receiver, ())),),
            day=day,
            reference=turn.reference,
            signers=signing,
            copies=(KS,),
        )
        for turn in turns
    )


def _turn(year: int, kind: str, meeting: MeetingRow, receiver: str, rows: Iterable[LetterRow]) -> Turn:
    """Return the next letter to a receiver; one of a meeting that was called off only counts, unless it is a draft."""
    earlier = [row for row in rows if row.kind == kind and row.receiver == receiver]
    joint = not meeting.county
    own = [row for row in earlier if is_joint(row.reference) is joint]
    if own and own[-1].state == LetterState.MADE:
        return Turn(receiver, own[-1].version, own[-1].reference, LetterState.MADE)
    version = max((row.version for row in earlier), default=0) + 1
    anew = reference_of(year, receiver, kind, len(own) + 1, joint=joint)
    return Turn(receiver, version, anew, own[-1].state if own and _is_of(own[-1], meeting) else "")


def _knows(meeting: MeetingRow, receiver: str, rows: Iterable[LetterRow]) -> bool:
    """Tell whether somebody may know of a meeting: it was called here, or a letter of it has gone to them."""
    return meeting.state == MeetingState.CALLED_OFF or any(
        row.kind in CALLING
        and row.receiver == receiver
        and meeting_of(row.kind, receiver, row.reference) == meeting.county
        and _is_of(row, meeting)
        and (row.has_come or row.state == LetterState.STOPPED)
        for row in rows
    )


def _is_of(row: LetterRow, meeting: MeetingRow) -> bool:
    return uid_of(row) in (None, str(meeting.uid))
