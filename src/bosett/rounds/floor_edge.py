"""Who stands at the edge of the floor, and for how many years.

A floor asks a municipality for at least so many, or for nobody. So a share has three places that it can be near:
nobody, the floor, and half of the floor, where the edge lies between being asked and not. What the edge is, is said
here once:

- the *scaled share* of a municipality is its claim times the persons given for each unit of claim of those who are
  asked in the same sharing (its county's, or the nation's), itself counted where it is asked;
- it *stands at the edge* when that is no farther from half of its floor than from nobody and from the floor.

With a floor of 10 the edge goes from 2.5 to 7.5 persons. Source: docs/explanation/floor-edge.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers, Status
from bosett.figures.kinds import Figure
from bosett.geography import was
from bosett.parameters import load_shipped, shipped
from bosett.rounds.history import YEARS, history
from bosett.rounds.kinds import Mode
from bosett.rounds.run import Sharing, people_asked, share_round

NEAREST = 5
"""Municipalities that are named on each side of the edge."""


@dataclass(frozen=True, slots=True)
class EdgePlace:
    """Where a municipality stands to the edge of its floor.

    Attributes:
        code: The municipality.
        asked: Whether the sharing asks it.
        scaled: Its scaled share, in persons, exactly.
        half: Half of its floor, in persons: where the edge lies.
    """

    code: str
    asked: bool
    scaled: Fraction
    half: Fraction

    @property
    def near(self) -> bool:
        """Whether it stands at the edge."""
        return self.half <= 2 * self.scaled <= 3 * self.half

    @property
    def height(self) -> Fraction:
        """Its scaled share as a part of half of its floor: 1 is the edge."""
        return self.scaled / self.half


def floor_edge(sharing: Sharing) -> Mapping[str, EdgePlace]:
    """Return where each municipality stands to the edge, by code.

    One without a floor is not among them, nor one without a claim: no floor decides whether it is asked.

    Args:
        sharing: Of a round.
    """
    places = {}
    for key, problem in sharing.problems.items():
        numbers = sharing.outcomes[key].numbers
        asked = [who for who in problem.recipients if numbers[who.id]]
        claims = sum((who.claim for who in asked), start=Fraction(0))
        for who in problem.recipients:
            if who.least <= problem.step or who.must or who.fixed is not None:
                continue
            scaled = problem.total * who.claim / claims if claims else Fraction(0)
            half = Fraction(who.least, 2)
            places[who.id] = EdgePlace(who.id, numbers[who.id] > 0, scaled, half)
    return places


def last_asked(edge: Mapping[str, EdgePlace], most: int = NEAREST) -> tuple[EdgePlace, ...]:
    """Return those who are asked and stand nearest to the edge, the nearest first: they fall out first."""
    return tuple(
        sorted((each for each in edge.values() if each.asked), key=lambda each: (each.height, each.code))[:most]
    )


def first_left(edge: Mapping[str, EdgePlace], most: int = NEAREST) -> tuple[EdgePlace, ...]:
    """Return those who are not asked and stand nearest to the edge, the nearest first: they come in first."""
    left = (each for each in edge.values() if not each.asked)
    return tuple(sorted(left, key=lambda each: (-each.height, each.code))[:most])


# The years before


class EdgeBasis(StrEnum):
    """What tells whether a municipality stood at the edge in a year."""

    HELD = "held"
    """The run of a round that was held here."""
    OFFICIAL = "official"
    """The criteria that were adopted for the year, computed with its published total."""
    REFERENCE = "reference"
    """Our reference model of the year, computed with its published total."""


@dataclass(frozen=True, slots=True)
class HeldYear:
    """What a round that was held here tells, by the codes of its own year.

    Attributes:
        near: By municipality: whether it stood at the edge in the run that was shared.
        asked: By municipality: whether it was asked in the end; one that is not there is not known.
    """

    near: Mapping[str, bool]
    asked: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class EdgeYear:
    """A year before, of one municipality of the round.

    Attributes:
        year: Settlement year.
        asked: Whether it was asked; None is not known.
        near: Whether it stood at the edge; None is not known.
        basis: What tells of that; None when nothing does.
    """

    year: int
    asked: bool | None
    near: bool | None
    basis: EdgeBasis | None


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """Years in a row at the edge, to and with the round's own.

    Attributes:
        years: How many.
        is_whole: Whether the year before them is known to be another; else there may be more.
        basis: What tells of the years before, each once, in the order of `EdgeBasis`.
    """

    years: int
    is_whole: bool
    basis: tuple[EdgeBasis, ...]


def years_before(
    code: str, year: int, day: date, kept_years: Mapping[int, HeldYear], figures: Layers = SHIPPED, *, back: int = YEARS
) -> tuple[EdgeYear, ...]:
    """Return the years before a round of one municipality, the oldest first.

    Whether it was asked is carried over mergers as the history is. Where it stood to the edge is told of a year in
    which it was one municipality and the whole of it: several that were merged had each their own place.

    Args:
        code: A municipality of the round's year.
        year: Settlement year of the round.
        day: What was known on it.
        kept_years: Rounds that were held here, by year, as far as the reader may see them.
        figures: What is accepted above the shipped figures.
        back: How many years are looked back.
    """
    return tuple(
        EdgeYear(
            each.year,
            _asked(each.requested, before, kept_years.get(each.year)),
            *_near(each.year, before, day, kept_years, figures),
        )
        for each in history(year, day, figures, back=back)[code]
        for before in (_one(code, year, each.year),)
    )


def row_of(years: Sequence[EdgeYear]) -> EdgeRow:
    """Return how many years in a row a municipality that stands at the edge now has stood there, this one counted.

    Args:
        years: The years before, the oldest first.
    """
    count, basis = 1, set[EdgeBasis | None]()
    for each in reversed(years):
        if not each.near:
            return EdgeRow(count, each.near is False, _ordered(basis))
        count += 1
        basis |= {each.basis}
    return EdgeRow(count, False, _ordered(basis))


def turns(years: Sequence[EdgeYear]) -> tuple[tuple[EdgeYear, EdgeYear], ...]:
    """Return each year in which a municipality had come in or fallen out, with the last known year before it."""
    known = [each for each in years if each.asked is not None]
    return tuple(pair for pair in pairwise(known) if pair[0].asked != pair[1].asked)


def _ordered(basis: set[EdgeBasis | None]) -> tuple[EdgeBasis, ...]:
    return tuple(each for each in EdgeBasis if each in basis)


def _one(code: str, year: int, before: int) -> str | None:
    """Return the one municipality that this was the whole of in an earlier year; None when there is none."""
    ends = was(code, year, before)
    return ends[0].code if len(ends) == 1 and ends[0].weight == 1 else None


def _asked(requested: Figure, before: str | None, kept_year: HeldYear | None) -> bool | None:
    if kept_year is not None and before is not None and before in kept_year.asked:
        return kept_year.asked[before]
    if requested.status is Status.NOT_ASKED:
        return False
    return None if requested.persons is None else requested.persons > 0


def _near(
    year: int, before: str | None, day: date, kept_years: Mapping[int, HeldYear], figures: Layers
) -> tuple[bool | None, EdgeBasis | None]:
    if before is None:
        return None, None
    if year in kept_years:
        near = kept_years[year].near.get(before)
        return near, None if near is None else EdgeBasis.HELD
    edge, basis = _computed(year, day, figures)
    place = edge.get(before)
    near = None if place is None else place.near
    return near, None if near is None else basis


@lru_cache(maxsize=64)
def _computed(year: int, day: date, figures: Layers) -> tuple[Mapping[str, EdgePlace], EdgeBasis | None]:
    """Return the edge of a year by its own written criteria and published total, and which they are.

    Ours stand in where the official are not computable. Without either, nothing is known.
    """
    for name, basis in ((f"no-{year}-official", EdgeBasis.OFFICIAL), (f"no-{year}-reference", EdgeBasis.REFERENCE)):
        if name not in shipped():
            continue
        file = load_shipped(name)
        if file.day > day:
            continue
        try:
            sharing = share_round(file, year, people_asked(file, None, figures), Mode.COUNTIES, figures=figures)
        except Refusal:
            continue
        return floor_edge(sharing), basis
    return {}, None
