"""What the county municipalities need to know from the directorate: the agenda of the joint meeting."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party, Who
from bosett.rounds.visibility import Thing
from bosett_web.queries.rows import rows_of
from bosett_web.queries.sight import sees
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import InformationRequest


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need of a county municipality, and the answer when there is one."""

    id: int
    county: str
    state: str
    text: str
    day: date
    answer: str
    answered_on: date | None


def requests(year: int) -> tuple[NeedRow, ...]:
    """Return every need of a round, by county and as they came; in one query."""
    return rows_of(NeedRow, InformationRequest.objects.filter(round=year).order_by("county", "pk"))


def requests_for(at: Standing, who: Who, moment: datetime) -> tuple[NeedRow, ...]:
    """Return the needs that somebody may see: they are seen as an invited joint meeting is, by all who take part in it.

    A county municipality always sees its own.
    """
    shared = sees(who, Thing.MEETING, "invited", at, moment)
    own = who.area if who.party is Party.COUNTY else None
    return tuple(row for row in requests(at.year) if shared or row.county == own)


def ask_situation(at: Standing, county: str) -> Situation:
    """Return the situation of a need that a county has not told yet."""
    return replace(new_situation(at), area=county)


def request_situation(at: Standing, row: NeedRow) -> Situation:
    """Return the situation of one need."""
    return replace(new_situation(at), state=row.state, area=row.county)
