"""County targets to begin with: what the criteria give of a national target, and what the parts of last year give.

Either adds up to the national target, and the minors of the counties to those of the country. The committee decides:
nothing here is more than a beginning that can be explained.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.apportion import Shared, TieRule, share_out
from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers
from bosett.parameters import CriteriaFile
from bosett.rounds.run import NotShared, compute
from bosett.stages.targets import problem_by_parts

Parts = Mapping[str, Fraction]
"""By county: its part of a whole, in any unit."""


@dataclass(frozen=True, slots=True)
class TargetPeople:
    """Persons, and the unaccompanied minors among them; None is that no minors are told of."""

    number: int
    under15: int | None = None
    from15: int | None = None


class NoPartsBefore(Refusal):
    """The parts of last year are not known, or not those of every county."""

    def __init__(self, lacking: tuple[str, ...]) -> None:
        super().__init__(
            f"What was asked for last year is not known of every county: {', '.join(lacking)} is missing."
            if lacking
            else "Nobody was asked for in any county last year, so there is nothing to share by."
        )
        self.lacking = lacking


def by_criteria(file: CriteriaFile, people: TargetPeople, figures: Layers = SHIPPED) -> Mapping[str, TargetPeople]:
    """Return what the criteria give each county of the year: the targets of a run of the same total.

    Args:
        file: The criteria, as known on the day of the round.
        people: The national target; minors are shared by the same claims.
        figures: What is accepted above the shipped figures.

    Raises:
        NotShared: The country or a county is tied or impossible, and so would its proposal be.
        Refusal: The criteria ask for something that they may not, or for figures that are lacking.
    """
    run = compute(file.year, total=people.number, criteria=file, figures=figures)
    numbers = {county.code: county.target for county in run.counties}
    return _with_minors(numbers, {county.code: county.claim for county in run.counties}, people, file.tie_rule)


def as_last_year(
    before: Mapping[str, int | None], people: TargetPeople, tie_rule: str | None = None
) -> Mapping[str, TargetPeople]:
    """Return what each county gets when it has the part of the country that it had last year.

    Args:
        before: Persons by county last year; None is not known.
        people: The national target; minors are shared by the same parts.
        tie_rule: What settles a tie; None tells of it.

    Raises:
        NoPartsBefore: They are not known of every county.
        NotShared: Counties are tied.
    """
    lacking = tuple(sorted(county for county, number in before.items() if number is None))
    if lacking or not any(before.values()):
        raise NoPartsBefore(lacking)
    parts = {county: Fraction(number) for county, number in before.items() if number is not None}
    return _with_minors(_shared(parts, people.number, tie_rule), parts, people, tie_rule)


def _with_minors(
    numbers: Mapping[str, int], parts: Parts, people: TargetPeople, tie_rule: str | None
) -> Mapping[str, TargetPeople]:
    """Return the counties' numbers with minors shared by the same parts, and no more in a county than it gets persons.

    Those under 15 are shared first: homes with care of their own are the scarcest.
    """
    under15 = None if people.under15 is None else _shared(parts, people.under15, tie_rule, numbers)
    room = numbers if under15 is None else {county: number - under15[county] for county, number in numbers.items()}
    from15 = None if people.from15 is None else _shared(parts, people.from15, tie_rule, room)
    return {
        county: TargetPeople(
            number,
            None if under15 is None else under15[county],
            None if from15 is None else from15[county],
        )
        for county, number in numbers.items()
    }


def _shared(parts: Parts, total: int, tie_rule: str | None, most: Mapping[str, int] | None = None) -> Mapping[str, int]:
    outcome = share_out(problem_by_parts(parts, total, None if tie_rule is None else TieRule(tie_rule), most))
    if not isinstance(outcome, Shared):
        raise NotShared("The county targets", outcome)
    return {**dict.fromkeys(parts, 0), **outcome.numbers}
