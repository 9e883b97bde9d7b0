"""What was requested in Norway against what was settled, year by year; and the year 2020 as it was seen on 19 May.

Settled is not need. As long as there were fewer places than people, what was settled shows the places: those who waited
for one at the end of a year are not among the figures, so such a year has no score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.figures import NationalTotal, national_totals
from bosett.rounds.country_before import NationalSum, national_sum
from bosett.stages.forecast.scenario import load_scenario
from bosett.stages.forecast.simulate import simulate
from bosett.stages.forecast.summary import ALL, NeedRange, summarise

YEARS = range(2010, 2024)
LAST_WITH_QUEUE = 2015
"""The last year in which there were fewer places than people who waited for one (docs/explanation/need.md)."""
PART_YEAR = frozenset({2023})
"""Years whose counts end before the year does."""
DAY = date(2020, 5, 19)
PATHS = 100_000
MEASURES = ("requested_first", "requested", "decided", "settled")


@dataclass(frozen=True, slots=True)
class NeedYear:
    """A year: what was requested first and last, decided and settled; None is that no figure is shipped."""

    year: int
    sums: Mapping[str, NationalSum | None]

    @property
    def has_queue(self) -> bool:
        """Whether there were fewer places than people, so that settled tells of places."""
        return self.year <= LAST_WITH_QUEUE

    @property
    def is_part(self) -> bool:
        """Whether the counts end before the year does."""
        return self.year in PART_YEAR

    def part_settled(self, measure: str) -> Fraction | None:
        """Return what was settled as a part of a request; None where settled tells nothing of it."""
        request, settled = self.sums[measure], self.sums["settled"]
        if self.has_queue or self.is_part or request is None or settled is None or not request.persons:
            return None
        return Fraction(settled.persons, request.persons)


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A number that was published of 2020, and where it lies: within, above or below what eight of ten paths have."""

    total: NationalTotal
    where: str


@dataclass(frozen=True, slots=True)
class SeenInMay:
    """The need of 2020 as 19 May had it with resettlement stopped, and what it is held against."""

    range: NeedRange
    held_against: tuple[HeldAgainst, ...]


def need_years() -> tuple[NeedYear, ...]:
    """Return each year from 2010 to 2023, from the shipped figures."""
    return tuple(
        NeedYear(year, {measure: national_sum(measure, year, date.max) for measure in MEASURES}) for year in YEARS
    )


def seen_in_may() -> SeenInMay:
    """Return 2020 as of 19 May, along as many paths as the command line makes."""
    scenario = load_scenario(DAY.year, "stop-resettlement")
    paths = simulate(scenario.as_of(DAY, DAY.year), seed=scenario.seed, paths=PATHS)
    seen = summarise(paths, DAY.year).year_total[ALL]
    named = ("requested_first", "requested_revised_forecast", "requested", "settled")
    totals = [total for measure in named for total in national_totals(measure, DAY.year)]
    return SeenInMay(seen, tuple(HeldAgainst(total, _where(total.value, seen)) for total in totals))


def _where(persons: int, seen: NeedRange) -> str:
    return "below" if persons < seen.p10 else "above" if persons > seen.p90 else "within"
