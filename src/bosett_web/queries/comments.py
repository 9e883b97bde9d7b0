"""What KS has said: of the round, of a county's recommendation, and of one municipality in it."""

from dataclasses import dataclass
from datetime import date, datetime

from bosett.geography import municipalities
from bosett.rounds.parties import Party, Who
from bosett.rounds.visibility import Thing
from bosett_web.queries.sight import sees, sees_all_numbers
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import Comment


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment; municipality (and its name) empty is the county as a whole, county empty the whole round."""

    id: int
    county: str
    municipality: str
    text: str
    day: date
    name: str


def comments(year: int, county: str | None = None) -> tuple[CommentRow, ...]:
    """Return what KS has said of a county, or (None) of everything, as it came; in one query.

    Who shows them to somebody takes `comments_for`, unless the recommendation itself is shown to the same person.
    """
    rows = Comment.objects.filter(round=year).order_by("pk")
    rows = rows if county is None else rows.filter(county=county)
    names = {place.code: place.display_name for place in municipalities(year)}
    return tuple(
        CommentRow(row.pk, row.county, row.municipality, row.text, row.day, names.get(row.municipality, ""))
        for row in rows
    )


def comments_for(at: Standing, who: Who, moment: datetime, county: str | None = None) -> tuple[CommentRow, ...]:
    """Return the comments that somebody may see; KS always sees its own.

    A comment is seen with the recommendation that it is of, one on the whole round with all its final numbers.
    """
    rows = comments(at.year, county)
    if who.party is Party.KS:
        return rows
    states = {code: row.state for code, row in at.recommendations.items()}
    numbers = sees_all_numbers(who, at, moment)
    return tuple(
        row
        for row in rows
        if (not row.county and numbers)
        or (row.county in states and sees(who, Thing.RECOMMENDATION, states[row.county], at, moment, row.county))
    )
