"""The rights table: which role with which grade may do what, on its own and on others' things.

Made from the table of moves, so that there is one law; what is not a move of the round (accounts, the clock of the
demo) stands here.
"""

from dataclasses import dataclass

from bosett.rounds.moves import LOCAL, MOVES, Situation, objection_to
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

SHIELDING = "journal.shield"
"""Done by the directorate's approvers, for everything written in the round."""


def may_administer(who: Who, *, own: bool) -> bool:
    """Tell whether somebody may grant, lend and withdraw access in an organisation."""
    return who.grade is Grade.ADMINISTRATOR and own


def may_shield(who: Who) -> bool:
    """Tell whether somebody may shield free text in the journal."""
    return who.party is Party.DIRECTORATE and who.grade is Grade.APPROVER


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
            cells.append(Right(SHIELDING, party, grade, may_shield(own), may_shield(own)))
    return tuple(cells)
