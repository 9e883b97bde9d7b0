"""The settlement year as it goes: its plan, where it is heading, and idle places beside people who wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bosett.basis.weeks import week_of
from bosett.rounds.idle import IdlePlaces, PeopleWaiting, idle_places, people_waiting, places_taken
from bosett.rounds.notices import Span, Stream
from bosett.rounds.parties import Party, Who
from bosett.rounds.year import YearAhead, plan_of_year, scenario_of_year, year_ahead
from bosett.stages.capacity.holding import room_ahead
from bosett.stages.settlement.ledger import Key, LedgerCount
from bosett.stages.settlement.pace import YearPlan
from bosett.stages.settlement.sides import LeftToSettle, SidedCount
from bosett_web.queries.capacity.capacity import AHEAD, known_ahead, seen_reports
from bosett_web.queries.capacity.placement import agreed_places, waiting_list
from bosett_web.queries.notices.notices import stops_in

KEPT = 64
"""Answers that are remembered: one is some kilobytes."""


@dataclass(frozen=True, slots=True)
class GroupsWaiting:
    """Who waits in the newest list of groups: persons, and the day on which it was told."""

    persons: int
    day: date


@dataclass(frozen=True, slots=True)
class IdleArea:
    """The places of a municipality, or of several, beside who waits there; None is not known."""

    code: str
    places: IdlePlaces | None
    waiting: PeopleWaiting | None


@lru_cache(KEPT)
def plan_on(year: int, day: date) -> YearPlan:
    """Return how what is decided is spread over a year, as a day knows it."""
    return plan_of_year(scenario_of_year(year), year, day)


def scenario_title(year: int, language: str) -> str:
    """Return what the scenario of a year is; empty when none is shipped."""
    scenario = scenario_of_year(year)
    return scenario.title[language] if scenario else ""


def ahead_on(year: int, day: date, settled: LedgerCount | None, left: LeftToSettle) -> YearAhead | None:
    """Return where the country's year is heading; None when that is not known. One query.

    Args:
        year: The settlement year.
        day: A day of it. Of the stops that are told now, those count that were told by then.
        settled: Who has moved in, in the whole country; None when nobody is told of.
        left: How many of those decided have not.
    """
    if settled is None:
        return None
    stops = stops_in(year)
    spans = tuple(row.span for row in stops if row.stream == Stream.RESETTLEMENT and row.told_on <= day)
    return _ahead(year, day, settled, left, spans)


def idle_areas(
    who: Who,
    year: int,
    day: date,
    rows: Mapping[Key, SidedCount],
    areas: Mapping[str, Sequence[str]],
) -> tuple[IdleArea, ...]:
    """Return the idle places of some areas in the weeks to come, and who waits there. Two queries.

    Args:
        who: Who looks: only reports that they may see are counted.
        year: The settlement year.
        day: The day on which it is asked.
        rows: What counts in the ledger.
        areas: Codes of the municipalities of each area.
    """
    first = week_of(day)
    last = first.after(AHEAD - 1)
    rooms = room_ahead(known_ahead(seen_reports(who, year, first, last), day))
    # Who moves in where is the directorate's own: what others are shown must not tell it.
    own = agreed_places(year) if who.party is Party.DIRECTORATE else ()
    moving = [row.moving for row in own if row.agreed_on <= day]
    ahead = [each for each in moving if first <= each.week <= last]
    taken = places_taken(rows, ahead, {code for codes in areas.values() for code in codes})
    return tuple(
        IdleArea(area, idle_places(rooms, taken, codes), people_waiting(rows, codes)) for area, codes in areas.items()
    )


def groups_waiting(who: Who, year: int, day: date) -> GroupsWaiting | None:
    """Return who waits in the newest list of groups; None without one, or for who is not the directorate. One query."""
    if who.party is not Party.DIRECTORATE:
        return None
    row = waiting_list(year)
    if row is None or row.day > day:
        return None
    return GroupsWaiting(sum(group.count * group.size for group in row.groups), row.day)


@lru_cache(KEPT)
def _ahead(year: int, day: date, settled: LedgerCount, left: LeftToSettle, spans: tuple[Span, ...]) -> YearAhead | None:
    """Return where a year is heading: remembered, as a page is asked for again and again on a day."""
    scenario = scenario_of_year(year)
    return None if scenario is None else year_ahead(scenario, spans, year, day, settled, left)
