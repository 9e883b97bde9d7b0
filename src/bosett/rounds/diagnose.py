"""Diagnose a round: how much each criterion really decides, what is population in disguise, and who is treated unlike.

docs/explanation/diagnosis.md works a small example by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers
from bosett.geography import counties, municipalities
from bosett.parameters import CriteriaFile
from bosett.rounds.kinds import Mode
from bosett.rounds.run import (
    Sharing,
    people_asked,
    population_known,
    previous_requests,
    reference,
    refuse_other_year,
    share_claims,
    share_round,
)
from bosett.rounds.sizes import Distance, by_group, distance, size_of
from bosett.stages.criteria import Claims, Measured

MOST_PAIRS = 20


@dataclass(frozen=True, slots=True)
class CriterionWeights:
    """One criterion: stated and real.

    Attributes:
        criterion: Its code.
        stated: Its weight in the file.
        real: Half the sum of |number - number when its measure is replaced by population|, over the total.
        r2_population: R2 of its parts on the parts of population, over the eligible; None when either never varies.
    """

    criterion: str
    stated: Fraction
    real: Fraction
    r2_population: Fraction | None


@dataclass(frozen=True, slots=True)
class ClaimRate:
    """One county's persons per unit of claim against the country's: 1 is like the country."""

    code: str
    name: str
    people: int
    exact: Fraction
    against_country: Fraction | None
    straight: int


@dataclass(frozen=True, slots=True)
class Unlike:
    """A pair where the larger claim got the smaller number."""

    larger_claim: str
    larger_name: str
    larger_number: int
    smaller_claim: str
    smaller_name: str
    smaller_number: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is to be known of a computed round.

    Attributes:
        year, total, mode, criteria: What was diagnosed.
        weighed: Each weight, stated and real.
        distance: From last year's first request, scaled to the total; None without one.
        by_county, by_size: The same by group.
        counties: Persons per unit of claim, and the county's persons when shared straight from the nation.
        pairs: How many pairs have the larger claim and the smaller number.
        unlike: The widest of them.
        unassigned: Part of the total that no computable weight decides.
    """

    year: int
    total: int
    mode: Mode
    criteria: str
    unassigned: Fraction
    weighed: tuple[CriterionWeights, ...]
    distance: Distance | None
    by_county: Mapping[str, Distance]
    by_size: Mapping[str, Distance]
    counties: tuple[ClaimRate, ...]
    pairs: int
    unlike: tuple[Unlike, ...]


class NoPopulation(Refusal):
    """Population is what the diagnosis compares with, and it is missing."""

    def __init__(self, code: str, year: int) -> None:
        super().__init__(
            f"There is no population of {code} known before the round of {year}, so it cannot be compared with."
        )
        self.code, self.year = code, year


def diagnose(
    year: int,
    *,
    total: int | None = None,
    criteria: CriteriaFile | None = None,
    mode: Mode = Mode.COUNTIES,
    figures: Layers = SHIPPED,
) -> Diagnosis:
    """Diagnose the round of a settlement year.

    Args:
        year: Settlement year.
        total: Persons to share; by default the year's first national request.
        criteria: By default our reference model for the year.
        mode: Way to the counties.
        figures: What is accepted above the shipped figures.

    Raises:
        Refusal: As `compute`, and when there is no population to compare with.
    """
    file = criteria or reference(year)
    refuse_other_year(file, year)
    people = people_asked(file, total, figures)
    return diagnosis_of(share_round(file, year, people, mode, figures=figures), file, people, mode, figures)


def diagnosis_of(
    sharing: Sharing, file: CriteriaFile, people: int, mode: Mode = Mode.COUNTIES, figures: Layers = SHIPPED
) -> Diagnosis:
    """Diagnose a round that has been shared.

    Args:
        sharing: What `share_round` made of the criteria and persons that follow.
        file: The criteria.
        people: Persons that were shared.
        mode: Way to the counties.
        figures: What is accepted above the shipped figures.

    Raises:
        NoPopulation: There is no population to compare with.
        NotShared: Straight from the nation, or with a measure replaced by population, it is tied or impossible.
    """
    year = file.year
    sizes = population_known(file, figures)
    population = _population_parts(file, sharing.claims, sizes)
    previous = previous_requests(year, file.day, figures).numbers
    whole = sum(previous.values())
    last = {code: Fraction(number * people, whole) for code, number in previous.items()}
    numbers = sharing.numbers
    names = {place.code: place.display_name for place in municipalities(year)}
    pairs = _unlike(sharing, names)
    straight = sharing if mode is Mode.NATION else share_claims(sharing.claims, file, people, Mode.NATION)
    return Diagnosis(
        year=year,
        total=people,
        mode=mode,
        criteria=file.id,
        unassigned=sharing.claims.unassigned,
        weighed=tuple(_weighed(sharing, file, mode, each, population) for each in sharing.claims.measured),
        distance=distance(numbers, last) if last else None,
        by_county=by_group(numbers, last, sharing.county_of) if last else {},
        by_size=by_group(numbers, last, {code: size_of(sizes.get(code)) for code in names}) if last else {},
        counties=_rates(sharing, straight, year, people),
        pairs=len(pairs),
        unlike=tuple(pairs[:MOST_PAIRS]),
    )


def _population_parts(file: CriteriaFile, claims: Claims, known: Mapping[str, int]) -> dict[str, Fraction]:
    for code in claims.claims:
        if not known.get(code):
            raise NoPopulation(code, file.year)
    whole = sum(known[code] for code in claims.claims)
    return {code: Fraction(known[code], whole) for code in claims.claims}


def _weighed(
    sharing: Sharing, file: CriteriaFile, mode: Mode, measured: Measured, population: Mapping[str, Fraction]
) -> CriterionWeights:
    total = sum(sharing.numbers.values())
    swapped = tuple(replace(each, parts=population) if each is measured else each for each in sharing.claims.measured)
    claims = {
        place: sum((each.weight * each.parts[place] for each in swapped), start=Fraction(0))
        for place in sharing.claims.claims
    }
    instead = share_claims(replace(sharing.claims, claims=claims, measured=swapped), file, total, mode).numbers
    moved = sum(abs(number - instead[place]) for place, number in sharing.numbers.items())
    return CriterionWeights(
        criterion=measured.criterion.code,
        stated=measured.weight,
        real=Fraction(moved, 2 * total) if total else Fraction(0),
        r2_population=r_squared([measured.parts[place] for place in population], list(population.values())),
    )


def r_squared(ys: list[Fraction], xs: list[Fraction]) -> Fraction | None:
    """Return the squared correlation of two rows of numbers, exactly; None when one of them never varies."""
    count = len(xs)
    if not count:
        return None
    mean_x, mean_y = sum(xs, start=Fraction(0)) / count, sum(ys, start=Fraction(0)) / count
    both = sum(((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)), start=Fraction(0))
    along = sum(((x - mean_x) ** 2 for x in xs), start=Fraction(0))
    up = sum(((y - mean_y) ** 2 for y in ys), start=Fraction(0))
    return both**2 / (along * up) if along and up else None


def _rates(sharing: Sharing, straight: Sharing, year: int, total: int) -> tuple[ClaimRate, ...]:
    whole = sum(sharing.claims.claims.values(), start=Fraction(0))
    people, direct = sharing.targets(), straight.targets()
    rates = []
    for county in counties(year):
        claim = sum(
            (claim for code, claim in sharing.claims.claims.items() if sharing.county_of[code] == county.code),
            start=Fraction(0),
        )
        exact = total * claim / whole
        got = people.get(county.code, 0)
        rates.append(
            ClaimRate(county.code, county.name, got, exact, got / exact if exact else None, direct.get(county.code, 0))
        )
    return tuple(rates)


def _unlike(sharing: Sharing, names: Mapping[str, str]) -> list[Unlike]:
    """Return the pairs with the larger claim and the smaller number, the widest difference first.

    Only unlike when nothing but the county differs: pairs with bounds of their own are left out.
    """
    numbers, bounds = sharing.numbers, sharing.claims.bounds
    order = sorted(sharing.claims.claims.items(), key=lambda item: (-item[1], item[0]))
    unlike = []
    for place, (larger, claim) in enumerate(order):
        for smaller, less in order[place + 1 :]:
            if numbers[larger] < numbers[smaller] and claim > less and bounds[larger] == bounds[smaller]:
                unlike.append(Unlike(larger, names[larger], numbers[larger], smaller, names[smaller], numbers[smaller]))
    return sorted(unlike, key=lambda pair: (pair.larger_number - pair.smaller_number, pair.larger_claim))
