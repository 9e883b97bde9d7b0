"""What the county municipalities tell in prose: preparedness, how what goes on is handled, their own situation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count

from bosett.basis.digest import digest
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Who
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.rows import rows_of
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import CountyInput


@dataclass(frozen=True, slots=True)
class InputRow:
    """What a county municipality tells, and what came of it."""

    id: int
    county: str
    municipality: str
    topic: str
    state: str
    text: str
    written_on: date
    sent_on: date | None
    read_on: date | None
    reply: str
    outcome: str
    answered_on: date | None

    @property
    def seen(self) -> str:
        """What it is known by as it stands: who changes or sends it has seen it so."""
        return digest({"topic": self.topic, "municipality": self.municipality, "text": self.text})


def inputs(year: int) -> tuple[InputRow, ...]:
    """Return every input of a round, by county and as they came. One query."""
    return rows_of(InputRow, CountyInput.objects.filter(round=year).order_by("county", "pk"))


def inputs_for(year: int, who: Who, county: str = "") -> tuple[InputRow, ...]:
    """Return the inputs that somebody may see, of all counties or of one. One query."""
    rows = (row for row in inputs(year) if county in ("", row.county))
    return tuple(row for row in rows if may_see(who, Thing.INPUT, row.state, row.county))


def inputs_by_state(year: int) -> Mapping[tuple[str, str], int]:
    """Return how many inputs there are by county and state. One query."""
    rows = CountyInput.objects.filter(round=year).values_list("county", "state").annotate(count=Count("pk"))
    return {(county, state): count for county, state, count in rows.order_by("county")}


def input_situation(at: Standing, county: str, row: InputRow | None) -> Situation:
    """Return the situation of an input; None is one that is not written yet."""
    return replace(new_situation(at), state=None if row is None else row.state, area=county)
