"""Until when a municipality may answer: by the round's deadline, more time given, or a reminder that it has got."""

from collections.abc import Mapping
from datetime import date

from bosett_web.queries.lettering import CAME
from bosett_web.records.letters import Letter

REMINDER = "reminder"


def reminded_until(year: int, municipality: str = "") -> Mapping[str, date]:
    """Return the deadline that the newest reminder gives each municipality that it has come to. One query."""
    rows = Letter.objects.filter(CAME, round=year, kind=REMINDER, content__answer_by__isnull=False)
    rows = rows.filter(receiver=municipality) if municipality else rows
    found = rows.order_by("version").values_list("receiver", "content__answer_by")
    return {receiver: date.fromisoformat(day) for receiver, day in found}


def own_deadline(*days: date | None) -> date | None:
    """Return the deadline that holds of those that were given: the latest; None when there is none."""
    given = [day for day in days if day is not None]
    return max(given, default=None)
