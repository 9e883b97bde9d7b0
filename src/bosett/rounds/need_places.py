"""The limit of a forecast from capacity reports: places by month, as municipalities have said them.

A week belongs to the month of its Thursday. Homes for families are counted by the fewest persons that they are for.
What two say otherwise of, or has expired, gives no places. A month has a limit when somebody has said something that
may be used of each of its weeks; of other months too little is known, and they have none: silence is no 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.basis.place_kinds import PlaceKind
from bosett.basis.weeks import Week, week_of
from bosett.stages.capacity.holding import Voice, known_places
from bosett.stages.capacity.reports import LEAST_IN, Report
from bosett.stages.forecast.months import FlowMonth
from bosett.stages.forecast.streams import MonthlyPlaces

MINORS_KINDS = frozenset({PlaceKind.MINOR_UNDER_15, PlaceKind.MINOR_15_18})
_THURSDAY = 4


@dataclass(frozen=True, slots=True)
class ReportedLimit:
    """Places by month from reports, and of how many municipalities they are."""

    places: MonthlyPlaces
    municipalities: int


def reported_limit(reports: Iterable[Report], day: date, months: Sequence[FlowMonth]) -> ReportedLimit:
    """Return the places of each month that are said on a day.

    Args:
        reports: Any reports, in any order.
        day: The day: what is said later is not known yet.
        months: The months, one after the other.
    """
    first, last = next(months[0].days()), max(months[-1].days())
    persons: Counter[tuple[bool, Week]] = Counter()
    municipalities = set()
    for (code, kind, week), known in known_places(reports, week_of(first), week_of(last), day).items():
        if known.voice is Voice.SAID and known.count is not None:
            persons[kind in MINORS_KINDS, week] += known.count * LEAST_IN[kind]
            municipalities.add(code)
    general, minors = (tuple(_limit(persons, alone, month) for month in months) for alone in (False, True))
    return ReportedLimit(MonthlyPlaces(general, minors), len(municipalities))


def _limit(persons: Mapping[tuple[bool, Week], int], alone: bool, month: FlowMonth) -> int | None:
    """Return the places of a month, for minors alone or for anybody else; None when a week of it is untold."""
    weeks = [(alone, week_of(day)) for day in month.days() if day.isoweekday() == _THURSDAY]
    return sum(persons[week] for week in weeks) if all(week in persons for week in weeks) else None
