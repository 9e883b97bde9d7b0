"""Other weights and another floor in place of those of a criteria file, and what the country would then come to.

Nothing is kept: who drafts criteria sees at once what a choice does to each municipality.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers
from bosett.parameters import Bound, CriteriaFile, Criterion
from bosett.rounds.diagnose import Diagnosis, diagnosis_of
from bosett.rounds.kinds import Mode
from bosett.rounds.run import share_round

EDGE = 5
"""Municipalities that are named on each side of the edge of the floor."""


class WeightsDoNotAddUp(Refusal):
    """The weights are not the whole."""

    def __init__(self, total: Fraction) -> None:
        super().__init__(f"The weights add up to {total}, and must add up to 1.")
        self.total = total


@dataclass(frozen=True, slots=True)
class CriteriaChoice:
    """Weights by code of the criterion, in the order of the file, and the fewest that a municipality is asked for.

    A floor of None is that the file has none.
    """

    weights: tuple[tuple[str, Fraction], ...]
    least: int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the country comes to by a choice.

    Attributes:
        choice: The choice.
        numbers: Persons by municipality; who is not among them has no claim.
        exact: Each one's exact share of the total, in persons, before floors and rounding.
        diagnosis: What is to be known of it.
    """

    choice: CriteriaChoice
    numbers: Mapping[str, int]
    exact: Mapping[str, Fraction]
    diagnosis: Diagnosis

    @property
    def asked(self) -> int:
        """Municipalities that are asked for anybody."""
        return sum(number > 0 for number in self.numbers.values())

    @property
    def last_asked(self) -> tuple[str, ...]:
        """Those asked with the smallest exact shares, the smallest first: they fall out first."""
        asked = [code for code, number in self.numbers.items() if number]
        return tuple(sorted(asked, key=lambda code: (self.exact[code], code))[:EDGE])

    @property
    def first_left(self) -> tuple[str, ...]:
        """Those not asked with the largest exact shares, the largest first: they come in first."""
        left = [code for code, number in self.numbers.items() if not number]
        return tuple(sorted(left, key=lambda code: (-self.exact[code], code))[:EDGE])


def choice_of(file: CriteriaFile) -> CriteriaChoice | None:
    """Return the choice that a file makes; None when a weight of it is not known, or cannot be computed."""
    weights = [each for each in file.criteria if each.kind == "weight"]
    known = tuple((each.code, each.weight) for each in weights if each.weight is not None and each.measure)
    if not weights or len(known) < len(weights):
        return None
    floors = [each.bound.least for each in file.criteria if each.bound is not None and each.bound.least is not None]
    return CriteriaChoice(known, floors[0] if floors else None)


def chosen(file: CriteriaFile, choice: CriteriaChoice) -> CriteriaFile:
    """Return a file with other weights and another floor.

    Raises:
        WeightsDoNotAddUp: The weights are not the whole.
    """
    total = sum((weight for _, weight in choice.weights), start=Fraction(0))
    if total != 1:
        raise WeightsDoNotAddUp(total)
    weights = dict(choice.weights)
    return replace(file, criteria=tuple(_chosen(each, weights, choice.least) for each in file.criteria))


def what_if(file: CriteriaFile, choice: CriteriaChoice, total: int, figures: Layers = SHIPPED) -> WhatIf:
    """Return what the country comes to by a choice, with the counties' targets first, as the letter has it.

    Args:
        file: The criteria that are changed, as known on the day of the round.
        choice: Weights and floor.
        total: Persons to share.
        figures: What is accepted above the shipped figures.

    Raises:
        WeightsDoNotAddUp: The weights are not the whole.
        NotShared: The country, or a county, is tied or impossible.
        Refusal: The criteria ask for something that they may not, or there is no population to compare with.
    """
    changed = chosen(file, choice)
    sharing = share_round(changed, file.year, total, Mode.COUNTIES, figures=figures)
    claims = sharing.claims.claims
    whole = sum(claims.values(), start=Fraction(0))
    return WhatIf(
        choice=choice,
        numbers={code: sharing.numbers.get(code, 0) for code in claims},
        exact={code: total * claim / whole for code, claim in claims.items()},
        diagnosis=diagnosis_of(sharing, changed, total, figures=figures),
    )


def _chosen(each: Criterion, weights: Mapping[str, Fraction], least: int | None) -> Criterion:
    if each.kind == "weight":
        return replace(each, weight=weights[each.code])
    if each.bound is not None and each.bound.least is not None and least is not None:
        return replace(each, bound=_with_floor(each.bound, least))
    return each


def _with_floor(bound: Bound, least: int) -> Bound:
    return replace(bound, least=least)
