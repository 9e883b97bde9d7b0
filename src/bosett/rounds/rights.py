"""The rights table: which role with which grade may do what, on its own and on others' things.

Made from the table of moves, so that there is one law; what is not a move of the round (accounts, the clock of the
demo) stands here.
"""

from dataclasses import dataclass

from bosett.rounds.moves import APPROVERS, LOCAL, MOVES, WORKERS, Situation, objection_to
from bosett.rounds.parties import Grade, Party, Who


@dataclass(frozen=True, slots=True)
class Right:
    """One cell: whether a role and grade may do an action on its own thing and on another's of the same kind."""

    action: str
    party: Party
    grade: Grade
    own: bool
    other: bool


ADMINISTRATION = ("access.grant", "access.lend", "access.withdraw")
"""Done by administrators, for their own organisation only."""

INVITING = "access.invite"
"""Done by the directorate's administrators, for other organisations: a link for the first administrator of each."""

SHIELDING = "journal.shield"
"""Done by the directorate's approvers, for everything written in the round."""


READ_ANSWER = "information.read"
"""Done by whoever an answer is for, of any grade but administrators: that the organisation has read it."""
READS_ANSWERS = frozenset({Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.COUNTY})
"""Parties that answers to the counties' needs are for; the directorate gives them."""


WITHHOLD, LIFT = WITHHOLDING = ("document.withhold", "document.lift")
"""A document is withheld from the public by its owner or the directorate, and opened again by an approver of theirs.

What harms must be stopped by whoever sees it; to open is the decision that cannot be taken back.
"""
OWN_DOCUMENTS = frozenset({Party.DIRECTORATE, Party.COUNTY, Party.MUNICIPALITY})
"""Roles that own documents: letters and minutes, recommendations and their attachments, decisions."""


def may_administer(who: Who, *, own: bool) -> bool:
    """Tell whether somebody may grant, lend and withdraw access in an organisation."""
    return who.grade is Grade.ADMINISTRATOR and own


def may_invite(who: Who) -> bool:
    """Tell whether somebody may invite the first administrator of another organisation."""
    return who.party is Party.DIRECTORATE and who.grade is Grade.ADMINISTRATOR


def may_shield(who: Who) -> bool:
    """Tell whether somebody may shield free text in the journal."""
    return who.party is Party.DIRECTORATE and who.grade is Grade.APPROVER


def may_receipt(who: Who) -> bool:
    """Tell whether somebody may say that their organisation has read an answer that it may see."""
    return who.party in READS_ANSWERS and who.grade is not Grade.ADMINISTRATOR


def may_withhold(name: str, who: Who, owner: Party, area: str = "") -> bool:
    """Tell whether somebody may withhold a document from the public, or lift it.

    Args:
        name: One of `WITHHOLDING`.
        who: Who.
        owner: Role that the document belongs to.
        area: Its county or municipality; empty for the directorate's.
    """
    grades = APPROVERS if name == LIFT else WORKERS
    own = who.party is owner and (owner not in LOCAL or who.area == area)
    return who.grade in grades and (own or who.party is Party.DIRECTORATE)


def rights() -> tuple[Right, ...]:
    """Return every cell of the table: action x role x grade, own and other."""
    cells = []
    for party in Party:
        if party is Party.PUBLIC:
            continue
        for grade in Grade:
            own = Who(1, party, "own", "own", grade)
            for move in MOVES:
                if move.by is not None:
                    mine = objection_to(move, own, Situation(move.start, "own")) is None
                    theirs = objection_to(move, own, Situation(move.start, "other")) is None
                    cells.append(Right(move.name, party, grade, mine, theirs and party not in LOCAL))
            cells.extend(
                Right(name, party, grade, may_administer(own, own=True), may_administer(own, own=False))
                for name in ADMINISTRATION
            )
            cells.append(Right(INVITING, party, grade, own=False, other=may_invite(own)))
            cells.append(Right(SHIELDING, party, grade, may_shield(own), may_shield(own)))
            cells.append(Right(READ_ANSWER, party, grade, own=False, other=may_receipt(own)))
            for name in WITHHOLDING:
                mine = party in OWN_DOCUMENTS and may_withhold(name, own, party, "own")
                theirs = party is Party.DIRECTORATE and may_withhold(name, own, Party.COUNTY, "other")
                cells.append(Right(name, party, grade, mine, theirs))
    return tuple(cells)
