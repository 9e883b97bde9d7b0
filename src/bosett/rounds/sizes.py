"""Municipalities by size, and how far two sets of numbers are apart, in all, by county and by size."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

SIZES = (
    (0, "under 2 000"),
    (2_000, "2 000-4 999"),
    (5_000, "5 000-9 999"),
    (10_000, "10 000-19 999"),
    (20_000, "20 000-49 999"),
    (50_000, "50 000 and more"),
)
"""Smallest population of each class, and its name. The edge at 5 000 is the one of the criteria of 2018 (KS)."""

NO_POPULATION = "no figure"


@dataclass(frozen=True, slots=True)
class Distance:
    """How far numbers are from others: sum |x - y| over sum y.

    Attributes:
        persons: Sum of |x - y| in persons.
        of: Sum of y in persons.
    """

    persons: Fraction
    of: Fraction

    @property
    def part(self) -> Fraction | None:
        """Return the distance as a part of the whole, or None when there is no whole."""
        return self.persons / self.of if self.of else None


def size_of(population: int | None) -> str:
    """Return the size class of a municipality with this many people."""
    if population is None:
        return NO_POPULATION
    return [name for smallest, name in SIZES if population >= smallest][-1]


Numbers = Mapping[str, int | Fraction] | Mapping[str, int] | Mapping[str, Fraction]


def distance(numbers: Numbers, others: Numbers) -> Distance:
    """Return how far `numbers` are from `others`; one that is in only one of them counts as 0 in the other."""
    codes = {*numbers, *others}
    persons = sum(
        (abs(Fraction(numbers.get(code) or 0) - Fraction(others.get(code) or 0)) for code in codes), start=Fraction(0)
    )
    return Distance(persons, Fraction(sum(others.values())))


def by_group(numbers: Numbers, others: Numbers, group_of: Mapping[str, str]) -> dict[str, Distance]:
    """Return the distance within each group, by the group's name in order."""
    distances = {}
    for group in sorted({group_of[code] for code in {*numbers, *others}}):
        inside = {code for code, name in group_of.items() if name == group}
        distances[group] = distance(
            {code: Fraction(number) for code, number in numbers.items() if code in inside},
            {code: Fraction(number) for code, number in others.items() if code in inside},
        )
    return distances
