"""What is being fetched of figures, and what was not fetched of late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bosett.rounds.states import FetchState
from bosett_web.queries.background import unattended
from bosett_web.queries.rows import rows_of
from bosett_web.records.models import FigureFetch
from bosett_web.records.tasks import Task

OF_LATE = timedelta(days=14)
"""How long it is told that something was not fetched."""


@dataclass(frozen=True, slots=True)
class FigureFetchRow:
    """A table that was asked for: `what` by its name, `time` the year, and `why` it was not fetched."""

    id: int
    state: str
    what: str
    time: str
    asked_on: date
    asked_by: str
    why: Mapping[str, Any]


def figure_fetches(day: date) -> tuple[FigureFetchRow, ...]:
    """Return what is being fetched, and what was asked for of late and not fetched since; the newest first."""
    newest = FigureFetch.objects.order_by("what", "time", "-pk").distinct("what", "time")
    rows = rows_of(FigureFetchRow, newest, asked_by="asked_by__name")
    shown = [row for row in rows if row.state == FetchState.FETCHING or _is_of_late(row, day)]
    return tuple(sorted(shown, key=lambda row: -row.id))


def broken_off(rows: tuple[FigureFetchRow, ...]) -> frozenset[int]:
    """Return those being fetched that nobody works on, nor will."""
    fetching = [row.id for row in rows if row.state == FetchState.FETCHING]
    return frozenset(unattended(Task.FETCH_FIGURES, "fetch", fetching) if fetching else ())


def _is_of_late(row: FigureFetchRow, day: date) -> bool:
    return row.state == FetchState.NOT_FETCHED and day - row.asked_on <= OF_LATE
