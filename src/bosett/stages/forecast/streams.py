"""Streams: people who come the same way, and what is known of how many, when, and who needs no place.

Resettlement is a decision with a calendar, so a quota has no spread but that of its calendar. Permits are given to
people who have come by themselves; how many come nobody decides, so their number is spread as arrivals have been.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.stages.forecast.calendar import StreamStop
from bosett.stages.forecast.months import YEAR, FlowMonth


class NeedStream(StrEnum):
    """A way in which people come. The order is that in which they are told, and new ones are put last."""

    RESETTLEMENT = "resettlement"
    RECEPTION = "reception"
    MINORS_UNDER_15 = "minors_under_15"
    MINORS_15_18 = "minors_15_18"
    COLLECTIVE_PROTECTION = "collective_protection"
    FAMILY = "family"


MINORS = frozenset({NeedStream.MINORS_UNDER_15, NeedStream.MINORS_15_18})
"""Those whose places are for nobody else."""


class BadFlow(Refusal):
    """What is told of a stream contradicts itself."""

    def __init__(self, stream: NeedStream, what: str) -> None:
        super().__init__(f"{stream.value}: {what}")
        self.stream = stream


@dataclass(frozen=True, slots=True)
class PermitFlow:
    """A stream of people who get a permit, wait, and are then ready for a home.

    Attributes:
        stream: Which.
        waiting: Persons with a permit who wait when the first month begins; they wait as new ones do.
        a_month: Permits a month as it stands when the first month begins, in persons.
        waits: The part of those with a permit who are ready in the same month, one month later, and so on; all of
            them together are 1.
        alone: The part of those who are ready that find a home without a municipality, and are no need.
        stops: When fewer or none get permits.
        came: Permits that were observed, month by month from the first on.
        settled: Persons whom municipalities were observed to settle, month by month from the first on.

    Raises:
        BadFlow: A part or a count is less than nothing, or the parts do not add up.
    """

    stream: NeedStream
    waiting: int
    a_month: Fraction
    waits: tuple[Fraction, ...]
    alone: Fraction = Fraction(0)
    stops: tuple[StreamStop, ...] = ()
    came: tuple[int, ...] = ()
    settled: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.a_month < 0 or min(self.waiting, *self.came, *self.settled, 0) < 0:
            raise BadFlow(self.stream, "there can be no fewer than 0 persons")
        if any(part < 0 for part in self.waits) or sum(self.waits) != 1:
            what = f"the parts of waits add up to {sum(self.waits)}; none may be less than 0, and they must add up to 1"
            raise BadFlow(self.stream, what)
        if not 0 <= self.alone <= 1:
            raise BadFlow(self.stream, f"alone is {self.alone}; it must be a part from 0 to 1")


@dataclass(frozen=True, slots=True)
class QuotaFlow:
    """A stream that comes by decision: a quota for the year, spread evenly over its months, by its calendar.

    Attributes:
        stream: Which.
        quota: Persons in a calendar year; each year of the flow has the same.
        catch_up: Persons a month who come in addition, of those held back by a stop, in each month without one; None is
            that they do not come within the months looked at.
        stops: When it is stopped.
        came: Persons who were observed to come, month by month from the first on; they count against the quota.

    Raises:
        BadFlow: A number is less than nothing.
    """

    stream: NeedStream
    quota: int
    catch_up: int | None = None
    stops: tuple[StreamStop, ...] = ()
    came: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if min(self.quota, self.catch_up or 0, *self.came) < 0:
            raise BadFlow(self.stream, "there can be no fewer than 0 persons")

    def planned(self, month: FlowMonth) -> int:
        """Return the persons planned for a month; the months of a year add up to the quota."""
        return self.quota * month.number // YEAR - self.quota * (month.number - 1) // YEAR

    def planned_by_year(self, months: Sequence[FlowMonth]) -> Mapping[int, int]:
        """Return the persons planned for the months of each year; where more were observed to come, those."""
        planned, came = Counter[int](), Counter[int]()
        for place, month in enumerate(months):
            planned[month.year] += self.planned(month)
            came[month.year] += self.came[place] if place < len(self.came) else 0
        return {year: max(persons, came[year]) for year, persons in planned.items()}


Flow = PermitFlow | QuotaFlow


@dataclass(frozen=True, slots=True)
class Spread:
    """How arrivals wander: the random walk on the log of monthly rates.

    Attributes:
        level: Standard deviation of the step of the level from month to month, in logarithms.
        noise: Standard deviation of a month around the level, in logarithms.
        cap: How many times the rate at the beginning no path goes beyond.
    """

    level: Fraction
    noise: Fraction
    cap: Fraction


@dataclass(frozen=True, slots=True)
class MonthlyPlaces:
    """Places by month in persons, as many as the flow has months: for anybody but minors, and for minors alone.

    None is that a month has no limit.
    """

    general: tuple[int | None, ...]
    minors: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class NeedModel:
    """All that a simulation rests on.

    Attributes:
        first: The first month.
        months: How many.
        flows: The streams, each once, in the order of `NeedStream`.
        spread: How arrivals wander.
        places: The limit of each month; None is none.

    Raises:
        BadFlow: A stream stands twice or out of order, or something is told for other months.
    """

    first: FlowMonth
    months: int
    flows: tuple[Flow, ...]
    spread: Spread
    places: MonthlyPlaces | None = field(default=None)

    def __post_init__(self) -> None:
        order = [list(NeedStream).index(flow.stream) for flow in self.flows]
        for flow, place, before in zip(self.flows[1:], order[1:], order, strict=False):
            if place <= before:
                raise BadFlow(flow.stream, "stands twice, or before one that is told earlier")
        for flow in self.flows:
            if len(flow.came) > self.months or (isinstance(flow, PermitFlow) and len(flow.settled) > self.months):
                raise BadFlow(flow.stream, f"more months are observed than the {self.months} that are looked at")
        if self.places is not None:
            for monthly in (self.places.general, self.places.minors):
                if len(monthly) != self.months or any(limit is not None and limit < 0 for limit in monthly):
                    raise BadFlow(self.flows[0].stream, f"places must be told for each of {self.months} months")
