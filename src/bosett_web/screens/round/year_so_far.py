"""The settlement year as a reader has asked to see it: read once, and shown as a page and as files alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.figures.kinds import Status
from bosett.geography import municipalities
from bosett.rounds.year import YearAhead, YearPoint, course_of_year, pace_tolerance
from bosett.stages.settlement.ledger import LedgerRow
from bosett.stages.settlement.pace import Pace, PaceTolerance, YearPlan, pace
from bosett.stages.settlement.waiting import STEPS_APART, NoWaitingTime, WaitingTime, waiting_time
from bosett_web.queries.lines import Line
from bosett_web.queries.round.settlement_year import (
    GroupsWaiting,
    IdleArea,
    ahead_on,
    groups_waiting,
    idle_areas,
    plan_on,
)
from bosett_web.queries.settlement.ledger import AreaYear, area_years, as_of, seen_lines_of, sum_of
from bosett_web.screens import formats
from bosett_web.screens.screen import View
from bosett_web.screens.settlement.settlement import Wanted, name_of_all, seen_places, wanted_of


@dataclass(frozen=True, slots=True)
class PlaceYear:
    """A municipality in the year: how far it has come, and how it stands."""

    place: Line
    area: AreaYear
    pace: Pace

    @property
    def is_asked(self) -> bool:
        """Whether it is asked for anybody, or has decided all the same."""
        return self.area.requested.status is not Status.NOT_ASKED or self.area.decided.status is not Status.MISSING

    @property
    def is_hidden(self) -> bool:
        """Whether its decision is kept back by its publisher."""
        return self.area.decided.status is Status.HIDDEN


@dataclass(frozen=True, slots=True)
class AreaParts:
    """An area and its municipalities: the country, a county, or one municipality alone."""

    code: str
    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaWaits:
    """How long people waited in an area, in the order of `STEPS_APART`."""

    area: AreaParts
    waits: tuple[WaitingTime | NoWaitingTime, ...]


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """All of it.

    Attributes:
        places: The municipalities that this reader may see, by name.
        wanted: What is asked for.
        any: Whether the ledger tells this reader anything.
        made_up: Whether the demo has drawn some of it.
        begun: Whether the year had begun on the day that is asked of.
        is_country: Whether it is of the whole country: only of that is a need simulated.
        day: The day that is asked of, or the last of the year when that is past.
        whole: All that is asked for, together.
        of_places: By municipality, by name.
        tolerance: How far from its plan a municipality may be and still be on it.
        plan: How what is decided is spread over the year.
        ahead: Where the year is heading; None when that is not known.
        points: The year month by month.
        rows: The rows of the ledger that count, of what is asked for.
        waits: How long people waited: all together, and by county or municipality.
        idle: Idle places beside people who wait, of the same areas, each with its name.
        groups: Who waits in the newest list of groups, for who may see it.
    """

    places: Sequence[Line]
    wanted: Wanted
    any: bool
    made_up: bool
    begun: bool
    is_country: bool
    day: date
    whole: AreaYear
    of_places: Sequence[PlaceYear]
    tolerance: PaceTolerance
    plan: YearPlan
    ahead: YearAhead | None
    points: Sequence[YearPoint]
    rows: Sequence[LedgerRow]
    waits: Sequence[AreaWaits]
    idle: Sequence[tuple[AreaParts, IdleArea]]
    groups: GroupsWaiting | None

    @property
    def plan_is_at_least(self) -> bool:
        """Whether the plan is no fewer than told: a decision that is hidden has places too."""
        return any(each.is_hidden for each in self.of_places)

    @property
    def is_at_least(self) -> bool:
        """Whether the year ends with no fewer than told."""
        return self.plan_is_at_least or (self.ahead is not None and self.ahead.at_least)

    @property
    def of_counties(self) -> bool:
        """Whether it is told county by county: who sees several, and asks for none of them."""
        return not self.wanted.county and len(self.of_places) > 1


def year_so_far(view: View) -> YearSoFar:
    """Return the year as this reader has asked to see it.

    Raises:
        Http404: The reader may see none of it.
    """
    places = seen_places(view)
    wanted = wanted_of(view, places)
    lines = seen_lines_of(view.whole, view.request.who, places)
    ledger = as_of(lines, view.year, wanted.on)
    chosen = [place for place in places if wanted.takes(place)]
    codes = {place.code for place in chosen}
    areas = area_years(view.whole, view.request.who, view.moment, chosen, ledger)
    whole = sum_of("", name_of_all(view, wanted, chosen), areas, ledger)
    day = min(wanted.on, date(view.year, 12, 31))
    is_country = len(chosen) == len(municipalities(view.year))
    rows = [row for row in ledger.counting if row.municipality in codes]
    begun = day >= date(view.year, 1, 1)
    plan, ahead = plan_on(view.year, day), None
    if begun and is_country:
        ahead = ahead_on(view.year, day, whole.settled, whole.left)
    parts = _parts(view, wanted, chosen, whole.name)
    tolerance, passed = pace_tolerance(view.year), plan.passed(day)
    idle = idle_areas(view.request.who, view.year, wanted.on, ledger.rows, {each.code: each.parts for each in parts})
    return YearSoFar(
        places=places,
        wanted=wanted,
        any=bool(lines),
        made_up=any(line.made_up for line in lines),
        begun=begun,
        is_country=is_country,
        day=day,
        whole=whole,
        of_places=[
            PlaceYear(place, area, pace(area.decided.persons, area.agreed, area.settled, passed, tolerance))
            for place, area in zip(chosen, areas, strict=True)
        ],
        tolerance=tolerance,
        plan=plan,
        ahead=ahead,
        points=course_of_year(plan, whole.decided.persons, rows, codes, day, ahead) if begun else (),
        rows=rows,
        waits=_waits(parts, rows),
        idle=tuple(zip(parts, idle, strict=True)),
        groups=groups_waiting(view.request.who, view.year, wanted.on) if is_country else None,
    )


def _parts(view: View, wanted: Wanted, chosen: Sequence[Line], name: str) -> list[AreaParts]:
    """Return all that is asked for together, and below it the counties, or the municipalities of one."""
    whole = AreaParts("", name, tuple(place.code for place in chosen))
    if len(chosen) == 1:
        return [whole]
    if wanted.county:
        return [whole, *(AreaParts(place.code, place.name, (place.code,)) for place in chosen)]
    by_county: dict[str, list[str]] = {}
    for place in chosen:
        by_county.setdefault(place.county, []).append(place.code)
    counties = [AreaParts(each.code, each.name, tuple(by_county[each.code])) for each in view.counties]
    return [whole, *sorted(counties, key=lambda each: formats.sort_key(each.name))]


def _waits(areas: Sequence[AreaParts], rows: Sequence[LedgerRow]) -> list[AreaWaits]:
    by_place: dict[str, list[LedgerRow]] = {}
    for row in rows:
        by_place.setdefault(row.municipality, []).append(row)
    return [AreaWaits(area, _waits_of(area.parts, by_place)) for area in areas]


def _waits_of(
    codes: Sequence[str], by_place: Mapping[str, Sequence[LedgerRow]]
) -> tuple[WaitingTime | NoWaitingTime, ...]:
    own = [row for code in codes for row in by_place.get(code, ())]
    return tuple(waiting_time(own, codes, since, until) for since, until in STEPS_APART)
