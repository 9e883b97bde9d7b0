"""What the stops that are told mean for the need of a year: the shipped plan's need, without and with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.rounds.notices import Span, Stream
from bosett.stages.forecast.scenario import PLANNED, shipped_scenarios
from bosett.stages.forecast.summary import NeedRange
from bosett.stages.forecast.versions import KnownLater
from bosett_web.queries.need_reckoned import asked_of, reckoned
from bosett_web.queries.notices.notices import stops_in


@dataclass(frozen=True, slots=True)
class NeedWithStops:
    """The need of a year.

    Attributes:
        title: What the scenario is, by language.
        planned: Who is to be settled in the year as it was planned, by stream and `all`, in persons.
        stopped: The same with the stops.
    """

    title: Mapping[str, str]
    planned: Mapping[str, NeedRange]
    stopped: Mapping[str, NeedRange]


@dataclass(frozen=True, slots=True)
class YearStopped:
    """A year in which resettlement is stopped; its need is None when no plan of it is shipped or known on the day."""

    year: int
    need: NeedWithStops | None


def stopped_years(years: tuple[int, ...], day: date) -> tuple[YearStopped, ...]:
    """Return those of some years in which resettlement is stopped on a day of them. One query a year.

    Args:
        years: Settlement years.
        day: What is known on it counts.
    """
    spans = {year: tuple(row.span for row in stops_in(year) if row.stream == Stream.RESETTLEMENT) for year in years}
    return tuple(YearStopped(year, _need(year, day, each)) for year, each in spans.items() if each)


def _need(year: int, day: date, spans: tuple[Span, ...]) -> NeedWithStops | None:
    """Return the need of a year, along the same paths without and with stops: what differs is the stops alone."""
    if PLANNED not in shipped_scenarios(year):
        return None
    planned, stopped = (asked_of(year, PLANNED, day, stops=each) for each in (None, spans))
    try:
        totals = [reckoned(each).summary.year_total for each in (planned, stopped)]
    except KnownLater:
        return None
    return NeedWithStops(planned.scenario.title, *totals)
