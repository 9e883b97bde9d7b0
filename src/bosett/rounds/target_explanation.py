"""Explain a target: what the criteria alone give a county, or the country's counties, of a national target.

Whoever decides the targets may set others. That they did, and why, is told beside this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.apportion import Impossible, Problem, Shared, TieRule, share_out
from bosett.apportion.exchange import OneMore, one_more, with_number
from bosett.figures import SHIPPED, Layers, SeriesNote
from bosett.geography import county, municipalities
from bosett.parameters import CriteriaFile
from bosett.rounds.explanation import ChangedNumber, ClaimPart
from bosett.rounds.run import NotShared
from bosett.stages.criteria import Claims, claims_of, published
from bosett.stages.targets import county_problem


@dataclass(frozen=True, slots=True)
class CountyExplanation:
    """What the criteria give a county of a national target, explained.

    Attributes:
        year, total: The round, and the persons of the national target.
        title: Name of the criteria, by language.
        official: Whether the ministry adopted them.
        code, name: The county.
        claim: The claims of its municipalities; the unit cancels out.
        share: They as a part of all claims in the country.
        parts: What each criterion gives; the part of its measure that the county has, and the same in persons.
        exact: Persons of the total that its claims answer to, exactly.
        number: Persons that the criteria alone give; 0 when none of its municipalities has a claim.
        taking_part: Municipalities of the county with a claim.
        left_out: Those without.
        more: What gives one more, or why nothing does; None without a claim.
        next_number: One more, where that can be; else None.
        changed: The counties that would get another number if this one got `next_number`.
    """

    year: int
    total: int
    title: Mapping[str, str]
    official: bool
    code: str
    name: str
    claim: Fraction
    share: Fraction
    parts: tuple[ClaimPart, ...]
    exact: Fraction
    number: int
    taking_part: int
    left_out: int
    more: OneMore | None
    next_number: int | None
    changed: tuple[ChangedNumber, ...]


class TargetExplainer:
    """A national target that is shared over the counties by criteria, kept while its parts are explained.

    Args:
        file: The criteria, as known on the day of the round.
        total: Persons of the national target.
        figures: What is accepted above the shipped figures.

    Raises:
        NotShared: The counties are tied.
        Refusal: The criteria ask for something that they may not, or for figures that are lacking.
    """

    def __init__(self, file: CriteriaFile, total: int, figures: Layers = SHIPPED) -> None:
        self.file, self.total = file, total
        self.county_of = {place.code: place.county for place in municipalities(file.year)}
        self.claims: Claims = claims_of(file, tuple(self.county_of), published(file, figures))
        rule = None if file.tie_rule is None else TieRule(file.tie_rule)
        self.problem: Problem = county_problem(self.claims.claims, self.county_of, total, rule)
        outcome = share_out(self.problem)
        if not isinstance(outcome, Shared):
            raise NotShared("The county targets", outcome)
        self.numbers: Mapping[str, int] = outcome.numbers

    @property
    def notes(self) -> tuple[SeriesNote, ...]:
        """The figures behind the weights, each once, in the order of the criteria."""
        return tuple(dict.fromkeys(note for each in self.claims.measured for note in each.figures))

    def explain(self, code: str) -> CountyExplanation:
        """Explain what one county gets.

        Raises:
            UnknownCounty: The code is no county of the year.
        """
        file, own = self.file, {place for place, of in self.county_of.items() if of == code}
        claim = sum((self.claims.claims.get(each, Fraction(0)) for each in own), start=Fraction(0))
        share = claim / sum(self.claims.claims.values(), start=Fraction(0))
        number, changed = self._next(code) if claim else (None, ())
        return CountyExplanation(
            year=file.year,
            total=self.total,
            title=file.title,
            official=file.official,
            code=code,
            name=county(code, file.year).name,
            claim=claim,
            share=share,
            parts=self._parts(own),
            exact=self.total * share,
            number=self.numbers.get(code, 0),
            taking_part=sum(each in self.claims.claims for each in own),
            left_out=sum(each not in self.claims.claims for each in own),
            more=one_more(self.problem, code) if claim else None,
            next_number=number,
            changed=changed,
        )

    def _parts(self, own: set[str]) -> tuple[ClaimPart, ...]:
        measured = self.claims.measured
        assigned = sum((each.weight for each in measured), start=Fraction(0))
        of_measure = [sum((each.parts.get(code, Fraction(0)) for code in own), start=Fraction(0)) for each in measured]
        return tuple(
            ClaimPart(
                each.criterion.code,
                each.criterion.wording,
                each.weight,
                part,
                self.total * each.weight * part / assigned,
                each.figures,
            )
            for each, part in zip(measured, of_measure, strict=True)
        )

    def _next(self, code: str) -> tuple[int | None, tuple[ChangedNumber, ...]]:
        """Return one more than a county gets, and who pays for it; nothing when it cannot be."""
        number = self.numbers[code] + 1
        instead, changes = with_number(self.problem, code, number)
        if isinstance(instead, Impossible):
            return None, ()
        year = self.file.year
        return number, tuple(
            ChangedNumber(other, county(other, year).name, before, after)
            for other, (before, after) in changes.items()
            if other != code
        )
