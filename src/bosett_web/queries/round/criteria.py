"""What criteria come to: persons for each place by each criterion, and how much each really decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from bosett.basis.refusals import Refusal
from bosett.figures import Layers, SeriesNote
from bosett.parameters import CriteriaFile, file_text, load_shipped
from bosett.rounds.diagnose import Diagnosis, diagnose
from bosett.rounds.floor_edge import EdgePlace, floor_edge
from bosett.rounds.kinds import Mode
from bosett.rounds.run import share_claims
from bosett.rounds.states import CriteriaState
from bosett.stages.criteria import Claims
from bosett_web.queries.standing_rows import CriteriaRow, Standing
from bosett_web.queries.weighing import claims_known
from bosett_web.records.models import CriteriaSet

OF = 1000
"""Persons that are shared to show what criteria give, while no total is known."""


@dataclass(frozen=True, slots=True)
class CriteriaEffect:
    """What criteria come to when a number of persons is shared by them.

    Attributes:
        total: Persons that are shared.
        is_known: Whether they are the round's; else they are `OF`, to show how it goes.
        claims: Claims and measures.
        diagnosis: Stated and real weights, and the two ways to a county; None when there is nothing to hold against.
        edge: Where each municipality with a floor stands to the edge of it; empty when nothing can be shared.
    """

    total: int
    is_known: bool
    claims: Claims
    diagnosis: Diagnosis | None
    edge: Mapping[str, EdgePlace]

    @property
    def exact(self) -> Mapping[str, Fraction]:
        """Each one's exact share of the total, in persons, before floors and rounding."""
        whole = sum(self.claims.claims.values(), start=Fraction(0))
        return {code: self.total * claim / whole for code, claim in self.claims.claims.items()}

    def gives(self, codes: Collection[str]) -> tuple[Fraction, ...]:
        """Return the persons that each criterion gives some municipalities: exact, before floors and rounding."""
        return tuple(
            self.total * each.weight * sum((each.parts.get(code, Fraction(0)) for code in codes), start=Fraction(0))
            for each in self.claims.measured
        )

    @property
    def figures(self) -> tuple[SeriesNote, ...]:
        """The figures that were read, each once."""
        return tuple(dict.fromkeys(note for each in self.claims.measured for note in each.figures))


def effect_of(at: Standing, row: CriteriaRow, day: date) -> CriteriaEffect | None:
    """Return what a version of the criteria comes to on a day; None when it cannot be computed.

    Args:
        at: The round as the reader may see it.
        row: The version.
        day: Figures that were known later are left alone.
    """
    targets = at.current_targets
    total = targets.national.number if targets else at.planned
    return _effect(row.file, day, at.figures, total or OF, is_known=bool(total))


def file_in_force(year: int) -> str:
    """Return the rule file that the ministry adopted last for a round; empty when there is none. One query."""
    states = (CriteriaState.ADOPTED, CriteriaState.SHARED)
    rows = CriteriaSet.objects.filter(round=year, state__in=states).order_by("-version")
    return rows.values_list("file", flat=True).first() or ""


def rules_of(name: str) -> CriteriaFile | None:
    """Return a rule file; None for one that is not there."""
    try:
        return load_shipped(name)
    except Refusal:
        return None


def text_of_rules(name: str) -> str:
    """Return the text of a rule as a file that anybody computes by; empty when there is none."""
    file = rules_of(name)
    return "" if file is None else file_text(file)


@lru_cache(maxsize=16)
def _effect(file: str, day: date, figures: Layers, total: int, *, is_known: bool) -> CriteriaEffect | None:
    claims = claims_known(file, day, figures)
    if claims is None:
        return None
    return CriteriaEffect(
        total, is_known, claims, _diagnosis(file, day, figures, total), _edge(file, day, total, claims)
    )


def _edge(file: str, day: date, total: int, claims: Claims) -> Mapping[str, EdgePlace]:
    try:
        return floor_edge(share_claims(claims, load_shipped(file).known_by(day), total, Mode.COUNTIES))
    except Refusal:  # what is tied or impossible asks nobody
        return {}


def _diagnosis(file: str, day: date, figures: Layers, total: int) -> Diagnosis | None:
    criteria = load_shipped(file).known_by(day)
    try:
        return diagnose(criteria.year, total=total, criteria=criteria, figures=figures)
    except Refusal:  # without population, or a sharing that is tied, there is nothing to hold against
        return None
