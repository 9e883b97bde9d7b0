"""Equal treatment: like municipalities alike, whatever their county. What a set of numbers does about it, exactly.

Nothing here judges. A pair in which the larger claim got the smaller number may have its good reason: a floor, what a
municipality has said that it can take. It is shown so that the reason can be asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Numbers = Mapping[str, int]
Claims = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class CountyRate:
    """What a county carries of people beside its claim.

    Attributes:
        county: Its code.
        people: Persons in its municipalities.
        even: Persons, exactly, if the county had the country's people per unit of claim.
        against: Its people per unit of claim over the country's: 1 is alike.
    """

    county: str
    people: int
    even: Fraction
    against: Fraction

    @property
    def apart(self) -> Fraction:
        """Persons more (or fewer, below 0) than with the country's rate."""
        return self.people - self.even


@dataclass(frozen=True, slots=True)
class Pair:
    """Two municipalities of which the one with the larger claim got the smaller number; `within` one county or not."""

    larger: str
    smaller: str
    larger_number: int
    smaller_number: int
    within: bool

    @property
    def by(self) -> int:
        """Persons that the smaller claim got more than the larger."""
        return self.smaller_number - self.larger_number


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many such pairs there are, and the worst: of each municipality that was passed by, its worst pair.

    Attributes:
        within: Pairs in one county.
        across: Pairs over two counties.
        compared: Pairs whose claims differ.
        worst_within: The widest first.
        worst_across: The same over counties.
    """

    within: int
    across: int
    compared: int
    worst_within: tuple[Pair, ...]
    worst_across: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Outlier:
    """A municipality whose number is far from another figure for it, which may be a part of a person."""

    code: str
    number: int
    against: Fraction

    @property
    def change(self) -> Fraction:
        """Persons more, or fewer below 0."""
        return self.number - self.against


def county_rates(numbers: Numbers, claims: Claims, county_of: Mapping[str, str]) -> tuple[CountyRate, ...]:
    """Return each county's people per unit of claim against the country's, by code; none without people or claims.

    Args:
        numbers: Persons by municipality.
        claims: Exact claims; the unit cancels out. A municipality without a claim adds nothing to either.
        county_of: County of each municipality.
    """
    people: dict[str, int] = {}
    claim: dict[str, Fraction] = {}
    for code in numbers.keys() & claims.keys():
        county = county_of[code]
        people[county] = people.get(county, 0) + numbers[code]
        claim[county] = claim.get(county, Fraction(0)) + claims[code]
    total, whole = sum(people.values()), sum(claim.values(), start=Fraction(0))
    if not total or not whole:
        return ()
    rates = []
    for county in sorted(people):
        if claim[county]:
            even = total * claim[county] / whole
            rates.append(CountyRate(county, people[county], even, people[county] / even))
    return tuple(rates)


def pairs(numbers: Numbers, claims: Claims, county_of: Mapping[str, str], most: int = 5) -> Pairs:
    """Return the pairs in which the larger claim got the smaller number.

    Args:
        numbers: Persons by municipality.
        claims: Exact claims. Equal claims are no pair, whatever their numbers.
        county_of: County of each municipality.
        most: The most to name of each sort.
    """
    codes = sorted(numbers.keys() & claims.keys(), key=lambda code: (claims[code], code))
    # Claims are compared once, in sorting; pairs by the whole numbers that they come to.
    ranks = {claim: rank for rank, claim in enumerate(sorted({claims[code] for code in codes}))}
    rank = {code: ranks[claims[code]] for code in codes}
    compared = sum(rank[one] < rank[other] for one, other in combinations(codes, 2))
    counted = {True: 0, False: 0}
    worst: dict[bool, dict[str, Pair]] = {True: {}, False: {}}
    for pair in _passed_by(codes, rank, numbers, county_of):
        counted[pair.within] += 1
        widest = worst[pair.within].get(pair.larger)
        if widest is None or pair.by > widest.by:
            worst[pair.within][pair.larger] = pair
    return Pairs(
        counted[True],
        counted[False],
        compared,
        *(tuple(sorted(worst[kind].values(), key=_widest)[:most]) for kind in (True, False)),
    )


def outliers(numbers: Numbers, against: Mapping[str, int | Fraction], most: int = 10) -> tuple[Outlier, ...]:
    """Return the municipalities whose numbers are farthest from other figures, the farthest first.

    Args:
        numbers: Persons by municipality.
        against: The other figures; one that is not there is not compared.
        most: The most to return.
    """
    compared = [Outlier(code, numbers[code], Fraction(against[code])) for code in numbers.keys() & against.keys()]
    apart = [each for each in compared if each.change]
    return tuple(sorted(apart, key=lambda each: (-abs(each.change), each.code))[:most])


def scaled(earlier: Numbers, total: int) -> dict[str, Fraction]:
    """Return earlier numbers as parts of another total, so that a year of more people is no departure by itself.

    Args:
        earlier: Persons by municipality.
        total: What they are to add up to.
    """
    whole = sum(earlier.values())
    return {code: Fraction(number * total, whole) for code, number in earlier.items()} if whole else {}


def _passed_by(
    codes: list[str], rank: Mapping[str, int], numbers: Numbers, county_of: Mapping[str, str]
) -> Iterator[Pair]:
    for smaller, larger in combinations(codes, 2):
        if rank[smaller] < rank[larger] and numbers[smaller] > numbers[larger]:
            within = county_of[smaller] == county_of[larger]
            yield Pair(larger, smaller, numbers[larger], numbers[smaller], within)


def _widest(pair: Pair) -> tuple[int, str, str]:
    return -pair.by, pair.larger, pair.smaller
