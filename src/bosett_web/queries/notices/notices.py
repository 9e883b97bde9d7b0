"""Notices of what goes on: those that hold, and how each came to be."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from bosett.rounds.moves import Situation
from bosett.rounds.notices import MOST_RAMP, NoticeKind, NoticeTime, Span
from bosett.rounds.states import NoticeState
from bosett_web.journal.models import Event
from bosett_web.queries.rows import rows_of
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.models import Notice

IN_ORDER = ("since", "pk")


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A version of a notice."""

    id: int
    round: int
    state: str
    kind: str
    stream: str
    name: str
    since: date
    until: date | None
    ramp: int
    next_on: date | None
    decided_by: str
    source: str
    text_nb: str
    text_nn: str
    told_by: str
    told_on: date
    replaces: int | None
    why: str

    @property
    def span(self) -> Span:
        """From when to when it holds."""
        return Span(self.since, self.until, self.ramp)

    def text(self, language: str) -> str:
        """Return its text; who reads English reads the bokmål."""
        return self.text_nn if language == "nn" else self.text_nb


def notices_of(year: int, day: date) -> tuple[NoticeRow, ...]:
    """Return the notices that a round's readers need: those that hold in its year, and those that hold now or soon.

    Of a round whose year is over, only the first. One query.

    Args:
        year: The settlement year.
        day: The workspace's day.
    """
    begun = Q(since__year__lte=year) & (Q(until=None) | Q(until__year__gte=year))
    not_over = Q(until=None) | Q(until__gte=day - timedelta(weeks=MOST_RAMP))
    rows = _read(begun | not_over if day.year <= year else begun)
    return tuple(row for row in rows if row.state == NoticeState.IN_FORCE)


def holding(year: int, day: date) -> tuple[NoticeRow, ...]:
    """Return the notices of a round that are not over on a day, the calls first. One query."""
    rows = [row for row in notices_of(year, day) if row.span.time_on(day) is not NoticeTime.OVER]
    return tuple(sorted(rows, key=lambda row: row.kind != NoticeKind.CALL))


def earlier(rows: Iterable[NoticeRow]) -> Mapping[int, tuple[NoticeRow, ...]]:
    """Return the versions before each of some notices, the newest first. One query."""
    known = {row.id: row for row in _read(Q(state=NoticeState.REPLACED))}
    return {row.id: tuple(_before(row, known)) for row in rows}


def taken_back(year: int) -> tuple[NoticeRow, ...]:
    """Return the notices of a round that were taken back. One query."""
    return _read(Q(state=NoticeState.TAKEN_BACK, round=year))


def taken_back_on(year: int) -> Mapping[int, date]:
    """Return the day on which each notice of a round was taken back, as it is journalled. One query."""
    bodies = Event.objects.filter(round=year, name__startswith="notice.take_back").values_list("body", flat=True)
    events = [json.loads(body) for body in bodies]
    return {event["after"]["notice"]: date.fromisoformat(event["day"]) for event in events}


def stops_in(year: int) -> tuple[NoticeRow, ...]:
    """Return the stops that hold on a day of a year, the earliest first. One query."""
    rows = _read(Q(kind=NoticeKind.STOP, state=NoticeState.IN_FORCE))
    return tuple(row for row in rows if row.span.touches(year))


def notice_of(identity: int) -> NoticeRow | None:
    """Return a notice by its number; None when there is none. One query."""
    return next(iter(_read(Q(pk=identity))), None)


def notice_situation(at: Standing, row: NoticeRow | None) -> Situation:
    """Return the situation of a notice; None is one that is not told yet."""
    return replace(new_situation(at), state=None if row is None else row.state)


def _before(row: NoticeRow, known: Mapping[int, NoticeRow]) -> Iterable[NoticeRow]:
    while row.replaces is not None:
        row = known[row.replaces]
        yield row


def _read(condition: Q) -> tuple[NoticeRow, ...]:
    return rows_of(NoticeRow, Notice.objects.filter(condition).order_by(*IN_ORDER))
