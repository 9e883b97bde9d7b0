"""Other weights and another floor in place of those of a criteria file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.parameters.criteria import CriteriaFile, Criterion


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

    @property
    def whole(self) -> Fraction:
        """What the weights add up to."""
        return sum((weight for _, weight in self.weights), start=Fraction(0))


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
    if choice.whole != 1:
        raise WeightsDoNotAddUp(choice.whole)
    weights = dict(choice.weights)
    return replace(file, criteria=tuple(_chosen(each, weights, choice.least) for each in file.criteria))


def _chosen(each: Criterion, weights: Mapping[str, Fraction], least: int | None) -> Criterion:
    if each.kind == "weight":
        return replace(each, weight=weights[each.code])
    if each.bound is not None and each.bound.least is not None and least is not None:
        return replace(each, bound=replace(each.bound, least=least))
    return each
