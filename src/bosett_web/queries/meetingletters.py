"""The letters of a meeting: invitation, agenda and minutes, to its county municipality or, of the joint one, to all.

A county municipality may get two invitations in a round: to its own meeting and to the joint one. Both count in one
row of versions; the reference tells which is which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bosett.documents.letters import Head, Meeting, Signer, Worded
from bosett.documents.letters.names import county_receiver
from bosett.geography import county as county_of
from bosett.rounds.parties import Party, Who
from bosett_web.queries.addresses import addresses_of
from bosett_web.queries.countyforms import county_municipalities
from bosett_web.queries.lettering import KS, SENDER, SENT
from bosett_web.queries.letters import LetterRow, letter_rows, may_read
from bosett_web.queries.references import is_joint
from bosett_web.queries.references import reference as reference_of
from bosett_web.queries.standing import MeetingRow, Standing

MEETING_KINDS = ("invitation", "agenda", "minutes")


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
        return self.state in ("", "made", "failed")

    @property
    def gone(self) -> bool:
        """Whether the newest has come to its receiver."""
        return self.state in SENT


def to_be_written(year: int, kind: str, county: str, rows: Iterable[LetterRow], day: date) -> tuple[Turn, ...]:
    """Return the letters of a meeting that can be written: to those who have none; when all have it, to all anew.

    Args:
        year: Settlement year.
        kind: Kind of letter.
        county: County of the meeting, or empty for the joint one.
        rows: The round's letters.
        day: The workspace's day.

    Returns:
        Empty when one is on its way and no other waits.
    """
    codes = [county] if county else [each.code for each in county_municipalities(day)]
    held = [row for row in rows if row.kind == kind]
    turns = [_turn(year, kind, county, code, [row for row in held if row.receiver == code]) for code in codes]
    waiting = tuple(each for each in turns if each.waits)
    return waiting or (tuple(turns) if all(each.gone for each in turns) else ())


def meeting_of(kind: str, receiver: str, reference: str) -> str | None:
    """Return the meeting that a letter is of: a county code, or empty for the joint one; None when of none."""
    if kind not in MEETING_KINDS:
        return None
    return "" if is_joint(reference) else receiver


def papers(at: Standing, who: Who, moment: datetime, county: str) -> tuple[LetterRow, ...]:
    """Return the letters of a meeting that somebody may read; county is empty for the joint one."""
    found = letter_rows(at.year, county=county)
    rows = (row for row in found if meeting_of(row.kind, row.receiver, row.reference) == county)
    return tuple(row for row in rows if may_read(who, at, moment, row))


def told_meeting(year: int, row: MeetingRow) -> Meeting:
    """Return a meeting as letters tell it, in Norwegian time."""
    local = timezone.localtime(row.at)
    name = county_of(row.county, year).name if row.county else None
    return Meeting(year, name, local.date(), local.time(), None, Worded.same(row.place))


def facts_of(row: MeetingRow) -> Mapping[str, object]:
    """Return the facts of a meeting that its letters are held to."""
    return {"at": row.at.isoformat(), "place": row.place, "agenda": row.agenda, "held": row.state == "held"}


def heads_of(turns: Iterable[Turn], day: date, signing: tuple[Signer, ...]) -> tuple[Head, ...]:
    """Return the heads of letters from the directorate to county municipalities, with copies to KS."""
    addresses = addresses_of(Party.COUNTY)
    return tuple(
        Head(
            sender=SENDER,
            receivers=(county_receiver(turn.receiver, day.year, addresses.get(turn.receiver, ())),),
            day=day,
            reference=turn.reference,
            signers=signing,
            copies=(KS,),
        )
        for turn in turns
    )


def _turn(year: int, kind: str, county: str, receiver: str, rows: list[LetterRow]) -> Turn:
    joint = not county
    own = [row for row in rows if is_joint(row.reference) is joint]
    if own and own[-1].state == "made":
        return Turn(receiver, own[-1].version, own[-1].reference, "made")
    version = max((row.version for row in rows), default=0) + 1
    anew = reference_of(year, receiver, kind, len(own) + 1, joint=joint)
    return Turn(receiver, version, anew, own[-1].state if own else "")
