"""What stands before new targets: what the counties were asked for last year, who lives there, and what they would get.

What was asked for in a round that was held here is told by its own letters, and else by what was published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bosett.figures import Layers, SeriesNote
from bosett.figures.kinds import Figure, Status
from bosett.geography import SizesNotKnown, SplitRule, Value, carry, municipalities
from bosett.parameters import load_shipped
from bosett.rounds.county_targets import TargetPeople, as_last_year, by_criteria
from bosett.rounds.population import inhabitants
from bosett.rounds.run import previous_requests
from bosett.rounds.states import TargetsState
from bosett_web.records.models import Request, Targets

REMEMBERED = 64
Shares = Mapping[str, TargetPeople]
"""Persons by county."""


@dataclass(frozen=True, slots=True)
class CountyBefore:
    """A county of the round: what it was asked for last year, and who lives there, in persons; None is not known."""

    asked: int | None
    inhabitants: int | None


@dataclass(frozen=True, slots=True)
class CountiesBefore:
    """The counties before a round, and what tells of them.

    Attributes:
        counties: By code.
        asked_by: Which figures tell what was asked for; None when the letters of the round before do, or nothing.
        population: Which figures tell who lives there; None when none do.
        is_own: Whether last year's round was held here, and its letters tell.
    """

    counties: Mapping[str, CountyBefore]
    asked_by: SeriesNote | None
    population: SeriesNote | None
    is_own: bool

    @property
    def asked(self) -> Mapping[str, int | None]:
        """What each county was asked for last year."""
        return {code: each.asked for code, each in self.counties.items()}


def counties_before(year: int, day: date, figures: Layers) -> CountiesBefore:
    """Return the counties of a year as a day knows them. One query."""
    people = inhabitants(year, day, figures)
    own = _asked_here(year, day)
    published = previous_requests(year, day, figures)
    asked = own if own is not None else {code: _persons(each) for code, each in published.figures.items()}
    sums, living = _by_county(year, asked), _by_county(year, people.people)
    return CountiesBefore(
        counties={code: CountyBefore(sums[code], living[code]) for code in sums},
        asked_by=published.note if own is None else None,
        population=people.note,
        is_own=own is not None,
    )


def national_before(years: Iterable[int]) -> Mapping[int, int]:
    """Return the national target that was decided here for each of some years, where one was. One query."""
    rows = Targets.objects.filter(round__in=list(years), state=TargetsState.DECIDED).order_by("version")
    return dict(rows.values_list("round", "national"))


@lru_cache(REMEMBERED)
def shared_by_criteria(name: str, day: date, figures: Layers, people: TargetPeople) -> Shares:
    """Return what a rule file gives each county of a national target: the same as its proposal would.

    Args:
        name: The rule file.
        day: Figures that were known later are left alone.
        figures: Those that the workspace reads.
        people: The national target.

    Raises:
        Refusal: It comes to nothing, or cannot be computed.
    """
    return by_criteria(load_shipped(name).known_by(day), people, figures)


def shared_as_last_year(name: str | None, before: CountiesBefore, people: TargetPeople) -> Shares:
    """Return what each county gets by the part that it had last year; a rule file, if any, says what settles a tie.

    Raises:
        Refusal: Last year is not known of every county, or they are tied.
    """
    return as_last_year(before.asked, people, None if name is None else load_shipped(name).tie_rule)


def _asked_here(year: int, day: date) -> Mapping[str, Value] | None:
    """Return what each municipality of a year was last asked for in the round before, when it was held here."""
    rows = Request.objects.filter(round=year - 1, sent_at__isnull=False, round__frozen_at__isnull=False)
    newest = dict(rows.order_by("version").values_list("municipality", "number"))
    if not newest:
        return None
    nobody = dict.fromkeys((place.code for place in municipalities(year - 1)), 0)
    try:
        return carry({**nobody, **newest}, year - 1, year, SplitRule.LARGEST_RECEIVER, day=day)
    except SizesNotKnown:
        return None


def _persons(figure: Figure) -> int | None:
    """Return the persons of a municipality's figure: who was not asked was asked for nobody."""
    return 0 if figure.status is Status.NOT_ASKED else figure.persons


def _by_county(year: int, persons: Mapping[str, Value]) -> Mapping[str, int | None]:
    """Return the sum of each county; None where a municipality of it is not known."""
    parts: dict[str, list[Value]] = {}
    for place in municipalities(year):
        parts.setdefault(place.county, []).append(persons.get(place.code))
    return {county: _sum(values) for county, values in parts.items()}


def _sum(values: Iterable[Value]) -> int | None:
    parts = list(values)
    known = [int(value) for value in parts if value is not None]
    return sum(known) if len(known) == len(parts) else None
