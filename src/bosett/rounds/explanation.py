"""Explain a number: where it came from, what would give one more, and who would pay for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from bosett.apportion import Impossible, Problem, Shared
from bosett.apportion.exchange import OneMore, one_more, with_number
from bosett.basis.steps import Step
from bosett.figures import SHIPPED, Figure, Layers, SeriesNote
from bosett.geography import county, municipality
from bosett.parameters import CriteriaFile, whose
from bosett.rounds.kinds import Mode, Run
from bosett.rounds.run import (
    NO_FIGURE,
    Sharing,
    describe,
    people_asked,
    previous_requests,
    reference,
    refuse_other_year,
    share_round,
)


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """What one criterion gives.

    Attributes:
        criterion: Its code.
        wording: By language.
        weight: Part of the total that it shares.
        part: The municipality's part of the measure.
        persons: The same in persons of the country's total, exactly.
        figures: The series that it reads: what, when, publisher, known on.
    """

    criterion: str
    wording: Mapping[str, str]
    weight: Fraction
    part: Fraction
    persons: Fraction
    figures: tuple[SeriesNote, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """Somebody whose number would be another: persons before and after."""

    code: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """One municipality's number, explained.

    Attributes:
        year, total, mode: The round.
        title: Name of the criteria, by language.
        official: Whether the ministry adopted them.
        code, name: The municipality.
        county_name: Its county.
        target: Persons shared in the sharing that gave the number: the county's target, or the nation's total.
        left_out: Why it takes no part, or None; then the rest is empty.
        claim: Exact claim; the unit cancels out.
        share: The claim as a part of all claims in the country.
        parts: What each criterion gives.
        exact: Persons of `target` that the claim answers to, exactly.
        number: Persons proposed.
        previous: Last year's request, by the latest known on the day of the run, or why there is no number.
        before: Which request that is; None when none was known.
        floor, ceiling: Bounds in persons; ceiling None when there is none.
        steps: The engine's own reasons.
        more: What gives one more, or why nothing does.
        next_number: The next number that is allowed, or None.
        changed: Who would get another number if this one got `next_number`; empty with `next_number` None.
        decided: Whether the county's target was given as decided, not computed from the claims.
        wordings: Wording of each criterion by language, by its code.
        criteria: Id of the criteria.
    """

    year: int
    total: int
    mode: Mode
    title: Mapping[str, str]
    official: bool
    code: str
    name: str
    county_name: str
    target: int
    left_out: Step | None
    claim: Fraction
    share: Fraction
    parts: tuple[ClaimPart, ...]
    exact: Fraction
    number: int
    previous: Figure
    before: SeriesNote | None
    floor: int
    ceiling: int | None
    steps: tuple[Step, ...]
    more: OneMore | None
    next_number: int | None
    changed: tuple[ChangedNumber, ...]
    decided: bool = False
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    criteria: str = ""

    @property
    def whose(self) -> str:
        """Whose the criteria are, as a code of words."""
        return whose(self.criteria, official=self.official)


def explain(
    year: int,
    code: str,
    *,
    total: int | None = None,
    criteria: CriteriaFile | None = None,
    mode: Mode = Mode.COUNTIES,
    targets: Mapping[str, int] | None = None,
    figures: Layers = SHIPPED,
) -> Explanation:
    """Explain one municipality's number in the proposal of a year; the arguments are those of `compute`.

    Raises:
        Refusal: As `compute`, and when the code is no municipality of that year.
    """
    municipality(code, year)
    return Explainer(year, total, criteria, mode, targets, figures).explain(code)


def explain_all(
    year: int,
    *,
    total: int | None = None,
    criteria: CriteriaFile | None = None,
    mode: Mode = Mode.COUNTIES,
    targets: Mapping[str, int] | None = None,
    only: Collection[str] | None = None,
    figures: Layers = SHIPPED,
) -> dict[str, Explanation]:
    """Explain every number of a year by code, or only those asked for; the other arguments are those of `compute`."""
    explainer = Explainer(year, total, criteria, mode, targets, figures)
    return {code: explainer.explain(code) for code in explainer.sharing.county_of if only is None or code in only}


class Explainer:
    """A shared round, kept while its numbers are explained; the arguments are those of `compute`.

    Raises:
        Refusal: As `compute`.
    """

    def __init__(
        self,
        year: int,
        total: int | None = None,
        criteria: CriteriaFile | None = None,
        mode: Mode = Mode.COUNTIES,
        targets: Mapping[str, int] | None = None,
        figures: Layers = SHIPPED,
    ) -> None:
        self.file = criteria or reference(year)
        refuse_other_year(self.file, year)
        self.total = people_asked(self.file, total, figures)
        self.decided = targets is not None
        self.sharing: Sharing = share_round(self.file, year, self.total, mode, targets, figures)
        self.before = previous_requests(year, self.file.day, figures)
        self.run: Run = describe(self.sharing, self.file, year, self.total, mode, figures)
        self.lines = {line.code: line for each in self.run.counties for line in each.municipalities}

    def explain(self, code: str) -> Explanation:
        """Explain one municipality's number; a code that is none of the year is refused."""
        run, claims = self.run, self.sharing.claims
        place = municipality(code, run.year)
        left_out = claims.left_out.get(code)
        line = self.lines.get(code)
        following = _Found(None, None, ()) if line is None else _next(self.sharing, code, run.year)
        claim = Fraction(0) if line is None else line.claim
        least, most = claims.bounds.get(code, (0, None))
        problem = None if line is None else self.sharing.problem_of(code)[0]
        of_problem = Fraction(0)
        if problem is not None and line is not None:
            of_problem = problem.total * line.claim / sum((who.claim for who in problem.recipients), start=Fraction(0))
        return Explanation(
            year=run.year,
            total=run.total,
            mode=run.mode,
            title=run.criteria_title,
            official=run.official,
            code=code,
            name=place.display_name,
            county_name=county(place.county, run.year).name,
            target=run.total if problem is None else problem.total,
            left_out=left_out,
            claim=claim,
            share=claim / sum(claims.claims.values(), start=Fraction(0)),
            parts=() if line is None else self._parts(code),
            exact=of_problem,
            number=0 if line is None else line.number,
            previous=self.before.figures.get(code, NO_FIGURE),
            before=self.before.note,
            floor=least,
            ceiling=most,
            steps=() if line is None else line.steps,
            more=following.more,
            next_number=following.number,
            changed=following.changed,
            decided=self.decided,
            wordings={each.code: each.wording for each in run.criteria},
            criteria=run.criteria_id,
        )

    def _parts(self, code: str) -> tuple[ClaimPart, ...]:
        measured = self.sharing.claims.measured
        assigned = sum((each.weight for each in measured), start=Fraction(0))
        return tuple(
            ClaimPart(
                each.criterion.code,
                each.criterion.wording,
                each.weight,
                each.parts[code],
                self.total * each.weight * each.parts[code] / assigned,
                each.figures,
            )
            for each in measured
        )


@dataclass(frozen=True, slots=True)
class _Found:
    more: OneMore | None
    number: int | None
    changed: tuple[ChangedNumber, ...]


def _next(sharing: Sharing, code: str, year: int) -> _Found:
    """Return what gives one more, and who pays for the next number that can be given."""
    problem, outcome = sharing.problem_of(code)
    more = one_more(problem, code)
    number = _next_number(problem, outcome, code)
    if number is None:
        return _Found(more, None, ())
    instead, changes = with_number(problem, code, number)
    if isinstance(instead, Impossible):
        return _Found(more, None, ())
    return _Found(
        more,
        number,
        tuple(
            ChangedNumber(other, municipality(other, year).display_name, before, after)
            for other, (before, after) in changes.items()
            if other != code
        ),
    )


def _next_number(problem: Problem, outcome: Shared, code: str) -> int | None:
    """Return the next number above its own that its bounds allow, or None."""
    who = next(each for each in problem.recipients if each.id == code)
    number = max(outcome.numbers[code] + problem.step, who.least)
    return None if who.fixed is not None or (who.most is not None and number > who.most) else number
