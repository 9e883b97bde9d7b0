"""Alternatives to the criteria, which are kept by name, as somebody may see them."""

from dataclasses import dataclass, replace
from datetime import date

from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party, Who
from bosett.rounds.states import AlternativeState
from bosett.rounds.visibility import OWNERS, Thing, may_see
from bosett_web.queries.rows import rows_of
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import CriteriaAlternative

OWNER: Party = OWNERS[Thing.ALTERNATIVE]
"""Who keeps them."""


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """An alternative that is kept: a choice of weights and floor, or a rule that was written.

    Attributes:
        id: What it is known by.
        state: How far it has come.
        name: What it is called.
        comment: What is said of it.
        file: Id of the rule file that it makes.
        kept_on: When it was kept.
        kept_by: Name of the person who kept it.
        shared_on: When it was shared; None for one that has not been.
    """

    id: int
    state: str
    name: str
    comment: str
    file: str
    kept_on: date
    kept_by: str
    shared_on: date | None


def alternatives(year: int) -> tuple[AlternativeRow, ...]:
    """Return the alternatives of a round that are not retired, as they were kept. One query."""
    rows = CriteriaAlternative.objects.filter(round=year).exclude(state=AlternativeState.RETIRED).order_by("pk")
    return rows_of(AlternativeRow, rows, kept_by="kept_by__name")


def alternatives_for(year: int, who: Who) -> tuple[AlternativeRow, ...]:
    """Return those of them that somebody may see. One query."""
    return tuple(row for row in alternatives(year) if may_see(who, Thing.ALTERNATIVE, row.state))


def alternative_situation(at: Standing, row: AlternativeRow) -> Situation:
    """Return the situation of an alternative."""
    return replace(new_situation(at), state=row.state)
