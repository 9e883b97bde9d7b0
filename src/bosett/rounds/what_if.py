"""Other criteria, or other weights and another floor of the same, and what the country would then come to.

Nothing is kept: who drafts criteria sees at once what a choice does to each municipality.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.figures import SHIPPED, Layers
from bosett.parameters import CriteriaChoice, CriteriaFile, chosen
from bosett.rounds.diagnose import Diagnosis, diagnosis_of
from bosett.rounds.floor_edge import EdgePlace, floor_edge
from bosett.rounds.kinds import Mode
from bosett.rounds.run import share_round
from bosett.stages.criteria import Claims


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the country comes to by some criteria.

    Attributes:
        file: The criteria.
        claims: What they claim.
        numbers: Persons by municipality; who is not among them has no claim.
        exact: Each one's exact share of the total, in persons, before floors and rounding.
        edge: Where each one that has a floor stands to the edge of it.
        diagnosis: What is to be known of it.
    """

    file: CriteriaFile
    claims: Claims
    numbers: Mapping[str, int]
    exact: Mapping[str, Fraction]
    edge: Mapping[str, EdgePlace]
    diagnosis: Diagnosis

    @property
    def asked(self) -> int:
        """Municipalities that are asked for anybody."""
        return sum(number > 0 for number in self.numbers.values())


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
    return come_to(chosen(file, choice), total, figures)


def come_to(file: CriteriaFile, total: int, figures: Layers = SHIPPED) -> WhatIf:
    """Return what the country comes to by some criteria, with the counties' targets first, as the letter has it.

    Args:
        file: The criteria, as known on the day of the round.
        total: Persons to share.
        figures: What is accepted above the shipped figures.

    Raises:
        NotShared: The country, or a county, is tied or impossible.
        Refusal: The criteria ask for something that they may not, or there is no population to compare with.
    """
    sharing = share_round(file, file.year, total, Mode.COUNTIES, figures=figures)
    claims = sharing.claims.claims
    whole = sum(claims.values(), start=Fraction(0))
    return WhatIf(
        file=file,
        claims=sharing.claims,
        numbers={code: sharing.numbers.get(code, 0) for code in claims},
        edge=floor_edge(sharing),
        exact={code: total * claim / whole for code, claim in claims.items()},
        diagnosis=diagnosis_of(sharing, file, total, figures=figures),
    )
