"""Other criteria, or other weights and another floor of the same, and what the country would then come to.

Nothing is kept: who drafts criteria sees at once what a choice does to each municipality.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.figures import SHIPPED, Layers
from bosett.parameters import CriteriaChoice, CriteriaFile, chosen
from bosett.rounds.diagnose import Diagnosis, diagnosis_of
from bosett.rounds.kinds import Mode
from bosett.rounds.run import share_round
from bosett.stages.criteria import Claims

EDGE = 5
"""Municipalities that are named on each side of the edge of the floor."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the country comes to by some criteria.

    Attributes:
        file: The criteria.
        claims: What they claim.
        numbers: Persons by municipality; who is not among them has no claim.
        exact: Each one's exact share of the total, in persons, before floors and rounding.
        diagnosis: What is to be known of it.
    """

    file: CriteriaFile
    claims: Claims
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
        exact={code: total * claim / whole for code, claim in claims.items()},
        diagnosis=diagnosis_of(sharing, file, total, figures=figures),
    )
