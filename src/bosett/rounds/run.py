"""Compute a round: criteria, claims, targets, numbers, reasons and checks. Pure: same inputs, same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett import __version__
from bosett.apportion import Impossible, Outcome, Problem, Shared, Tied, TieRule, share_out
from bosett.apportion.properties import verify
from bosett.apportion.steps import steps_of
from bosett.basis.digest import digest
from bosett.basis.refusals import Exit, Refusal
from bosett.basis.steps import Step
from bosett.figures import SHIPPED, Figure, Layers, SeriesNote, Status, UsedVersion, national_totals
from bosett.geography import SplitRule, counties, municipalities
from bosett.parameters import CriteriaFile, load_shipped, reference_id
from bosett.rounds.history import RequestsBefore, requests_before
from bosett.rounds.kinds import CountyLine, CriterionLine, LeftOut, Mode, MunicipalityLine, Run
from bosett.rounds.needs import refuse_lacking
from bosett.rounds.population import inhabitants
from bosett.rounds.used import ordered, versions_used
from bosett.stages.allocation import municipal_problem
from bosett.stages.criteria import Claims, claims_of, published
from bosett.stages.targets import county_problem

RULES = "1"
"""Version of the rules: a changed rule is a new version beside the old."""


class NotShared(Refusal):
    """The nation or a county could not be shared: tied, impossible or unproven."""

    def __init__(self, where: str, outcome: Outcome) -> None:
        super().__init__(f"{where}: {_why(outcome)}")
        self.where, self.outcome = where, outcome
        self.exit_code = (  # type: ignore[misc]  # one class for the three ways, as they are handled as one
            Exit.TIED
            if isinstance(outcome, Tied)
            else Exit.IMPOSSIBLE
            if isinstance(outcome, Impossible)
            else Exit.UNPROVEN
        )


class NoTotal(Refusal):
    """The national request of a year is not in the figures."""

    def __init__(self, year: int, what: str) -> None:
        super().__init__(f"{what} for {year}. Name the total with --total.")
        self.year = year


@dataclass(frozen=True, slots=True)
class Sharing:
    """The problems that a run solved, with their answers: what explanations are made from.

    Attributes:
        claims: Claims, bounds and who is left out.
        county_problem: The sharing over counties, or None: its targets were decided, or there are none.
        county_of: County of each municipality of the year.
        problems: By county code (or `NO` for the nation): the sharing over municipalities.
        outcomes: The answers, by the same keys.
    """

    claims: Claims
    county_problem: Problem | None
    county_of: Mapping[str, str]
    problems: Mapping[str, Problem]
    outcomes: Mapping[str, Shared]

    @property
    def numbers(self) -> dict[str, int]:
        """Return persons by municipality."""
        return {code: number for outcome in self.outcomes.values() for code, number in outcome.numbers.items()}

    def targets(self) -> dict[str, int]:
        """Return persons by county, for those with any claim."""
        targets: dict[str, int] = {}
        for code, number in self.numbers.items():
            targets[self.county_of[code]] = targets.get(self.county_of[code], 0) + number
        return targets

    def problem_of(self, code: str) -> tuple[Problem, Shared]:
        """Return the problem that gave a municipality its number, and the answer."""
        key = NATION if NATION in self.problems else self.county_of[code]
        return self.problems[key], self.outcomes[key]


NATION = "NO"
NO_FIGURE = Figure(None, Status.MISSING)


def first_total(year: int, figures: Layers = SHIPPED) -> int:
    """Return the year's first national request in persons, as published.

    Raises:
        NoTotal: It is not in the figures, or sources disagree.
    """
    values = sorted({total.value for total in national_totals("requested_first", year, figures=figures)})
    if not values:
        raise NoTotal(year, "No first national request was published")
    if len(values) > 1:
        raise NoTotal(year, f"Sources disagree on the first national request ({', '.join(map(str, values))})")
    return values[0]


def people_asked(file: CriteriaFile, total: int | None, figures: Layers = SHIPPED) -> int:
    """Return the persons to share: those named, else the year's first national request; all figures must be there.

    Raises:
        FiguresNeeded: Figures that the criteria read are neither shipped nor accepted; all of them are named.
        NoTotal: The total is not named, and not in the figures.
    """
    refuse_lacking(file, figures, total_named=total is not None)
    return first_total(file.year, figures) if total is None else total


def reference(year: int, least: int | None = None, day: date | None = None) -> CriteriaFile:
    """Return our reference model for a year.

    Args:
        year: Settlement year.
        least: Fewest persons that a municipality is asked for, if asked at all, for a year in which it is not known.
        day: The day that the round is counted from, for a year without a written model; None takes that of every year.

    Raises:
        NoCriteria: There is none.
        NotKnown: The floor of the year is not known, and none is given.
    """
    return load_shipped(reference_id(year, least, day))


def previous_requests(year: int, day: date, figures: Layers = SHIPPED) -> RequestsBefore:
    """Return last year's requests by code of `year`: the latest that was known on the day.

    Requests are carried over mergers. Tysfjord and Snillfjord (split in 2020 without official weights) go whole to the
    largest receiver, as in IMDi's own tables, by the sizes known before the split.
    """
    return requests_before(year, day, SplitRule.LARGEST_RECEIVER, figures)


def share_round(
    file: CriteriaFile,
    year: int,
    total: int,
    mode: Mode,
    targets: Mapping[str, int] | None = None,
    figures: Layers = SHIPPED,
) -> Sharing:
    """Compute claims and numbers; `targets` are the counties' decided targets in persons, else they are computed.

    The figures are what is accepted above the shipped ones.

    Raises:
        NotShared: The nation or a county is tied, impossible or unproven; it is named.
        Refusal: The criteria ask for something that they may not.
    """
    codes = tuple(place.code for place in municipalities(year))
    return share_claims(claims_of(file, codes, published(file, figures)), file, total, mode, targets)


class TargetsDiffer(Refusal):
    """The counties' targets do not add up to the total, or not every county has one."""

    def __init__(self, sum_of_targets: int, total: int) -> None:
        super().__init__(
            f"The county targets add up to {sum_of_targets}, the national target is {total}. "
            "Give every county with eligible municipalities a target, and make the sums close."
        )
        self.sum_of_targets, self.total = sum_of_targets, total


def share_claims(
    claims: Claims, file: CriteriaFile, total: int, mode: Mode, targets: Mapping[str, int] | None = None
) -> Sharing:
    """Share the total by claims: over the counties and then within each, or straight over the nation.

    Args:
        claims: Claims and bounds of the municipalities.
        file: The criteria.
        total: Persons.
        mode: The way to the counties.
        targets: Persons by county as decided; None computes them.

    Raises:
        NotShared: As `share_round`.
        TargetsDiffer: The decided targets do not add up to the total.
    """
    county_of = {place.code: place.county for place in municipalities(file.year)}
    rule = None if file.tie_rule is None else TieRule(file.tie_rule)
    names = {county.code: f"{county.code} {county.name}" for county in counties(file.year)}
    problems: dict[str, Problem] = {}
    over_counties = None
    if mode is Mode.NATION:
        problems[NATION] = municipal_problem(claims.claims, claims.bounds, total, rule)
    else:
        if targets is None:
            over_counties = county_problem(claims.claims, county_of, total, rule)
            targets = _shared("The county targets", share_out(over_counties)).numbers
        elif sum(targets.values()) != total:
            raise TargetsDiffer(sum(targets.values()), total)
        for county, target in targets.items():
            own = {code: claim for code, claim in claims.claims.items() if county_of[code] == county}
            problems[county] = municipal_problem(own, claims.bounds, target, rule)
    outcomes = {key: _shared(names.get(key, "The nation"), share_out(problem)) for key, problem in problems.items()}
    return Sharing(claims, over_counties, county_of, problems, outcomes)


def compute(
    year: int,
    *,
    total: int | None = None,
    criteria: CriteriaFile | None = None,
    mode: Mode = Mode.COUNTIES,
    targets: Mapping[str, int] | None = None,
    figures: Layers = SHIPPED,
) -> Run:
    """Compute the proposal of a settlement year.

    Args:
        year: Settlement year.
        total: Persons to share; by default the year's first national request.
        criteria: By default our reference model for the year.
        mode: County targets first (as in the letter of 19.05.2020), or straight from the nation.
        targets: Persons by county as decided by the committee; None computes them.
        figures: What is accepted above the shipped figures; the run names what it used of it.

    Raises:
        Refusal: As `share_round`, `first_total` and `reference`.
    """
    file = criteria or reference(year)
    refuse_other_year(file, year)
    people = people_asked(file, total, figures)
    sharing = share_round(file, year, people, mode, targets, figures)
    return describe(sharing, file, year, people, mode, figures)


class OtherYear(Refusal):
    """The criteria are for another settlement year."""

    def __init__(self, file: CriteriaFile, year: int) -> None:
        super().__init__(f"{file.file} holds the criteria for {file.year}, not for {year}. Name the file for {year}.")


def refuse_other_year(file: CriteriaFile, year: int) -> None:
    """Refuse criteria for another settlement year."""
    if file.year != year:
        raise OtherYear(file, year)


def describe(sharing: Sharing, file: CriteriaFile, year: int, total: int, mode: Mode, figures: Layers = SHIPPED) -> Run:
    """Return a computed sharing as a run: every number with its reasons, and the checks of this very run.

    The figures are those that the sharing was computed from: the run names the accepted versions that it used.
    """
    claims = sharing.claims
    before = previous_requests(year, file.day, figures)
    people = inhabitants(file.year, file.day, figures)
    used = _used(sharing, (before.note, people.note), year, total, figures)
    steps = _steps(sharing)
    whole = sum(claims.claims.values(), start=Fraction(0))
    numbers, targets = sharing.numbers, sharing.targets()
    lines: dict[str, list[MunicipalityLine]] = {}
    left_out = []
    for place in municipalities(year):
        if place.code in claims.left_out:
            left_out.append(LeftOut(place.code, place.display_name, place.county, claims.left_out[place.code]))
            continue
        lines.setdefault(place.county, []).append(
            MunicipalityLine(
                code=place.code,
                name=place.display_name,
                claim=claims.claims[place.code],
                parts={each.criterion.code: each.parts[place.code] for each in claims.measured},
                exact=total * claims.claims[place.code] / whole,
                number=numbers[place.code],
                previous=before.figures.get(place.code, NO_FIGURE),
                population=people.people.get(place.code),
                steps=steps[place.code],
            )
        )
    county_lines = []
    for county in counties(year):
        own = tuple(lines.get(county.code, ()))
        claim = sum((line.claim for line in own), start=Fraction(0))
        county_lines.append(
            CountyLine(county.code, county.name, targets.get(county.code, 0), claim, total * claim / whole, own)
        )
    return Run(
        year=year,
        day=file.day,
        total=total,
        mode=mode,
        criteria_id=file.id,
        criteria_title=file.title,
        official=file.official,
        criteria=_criterion_lines(file, claims),
        unassigned=claims.unassigned,
        before=before.note,
        version=f"bosett {__version__}, rules {RULES}",
        inputs_sha256=inputs_hash(file, claims, total, mode, used, _decided(sharing, mode)),
        counties=tuple(county_lines),
        left_out=tuple(left_out),
        checks=_checks(sharing, total),
        figures=used,
    )


def population_known(file: CriteriaFile, figures: Layers = SHIPPED) -> dict[str, int]:
    """Return persons by municipality on the newest 1 January that was known on the day of the run."""
    return dict(inhabitants(file.year, file.day, figures).people)


def _used(
    sharing: Sharing, beside: tuple[SeriesNote | None, ...], year: int, total: int, figures: Layers
) -> tuple[UsedVersion, ...]:
    """Return the accepted versions behind a run: its criteria, what is looked up beside them, and its total."""
    totals = national_totals("requested_first", year, figures=figures)
    of_total = {each.accepted for each in totals if each.accepted is not None and each.value == total}
    return ordered({*versions_used(sharing.claims, beside), *of_total})


def _steps(sharing: Sharing) -> dict[str, tuple[Step, ...]]:
    steps: dict[str, list[Step]] = {code: _criterion_steps(code, sharing.claims) for code in sharing.claims.claims}
    for key, problem in sharing.problems.items():
        for step in steps_of(problem, sharing.outcomes[key]):
            if step.id is not None:
                steps[step.id].append(step)
    return {code: tuple(each) for code, each in steps.items()}


def _criterion_steps(code: str, claims: Claims) -> list[Step]:
    return [
        Step(
            "criterion",
            code,
            f"{each.criterion.code} gives {each.weight} x {each.parts[code]} of the claim.",
            {"criterion": each.criterion.code, "weight": str(each.weight), "part": str(each.parts[code])},
        )
        for each in claims.measured
    ]


def _criterion_lines(file: CriteriaFile, claims: Claims) -> tuple[CriterionLine, ...]:
    figures = {each.criterion.code: each.figures for each in claims.measured}
    return tuple(
        CriterionLine(
            code=criterion.code,
            kind=criterion.kind,
            weight=criterion.weight,
            wording=criterion.wording,
            wording_status=criterion.wording_status,
            computable=not criterion.why_not or criterion.code in figures,
            source=criterion.source,
            figures=figures.get(criterion.code, claims.bound_figures.get(criterion.code, ())),
        )
        for criterion in file.criteria
    )


def _decided(sharing: Sharing, mode: Mode) -> Mapping[str, int]:
    """Return the counties' targets, in persons, when they were decided and not computed."""
    if mode is not Mode.COUNTIES or sharing.county_problem is not None:
        return {}
    return {county: problem.total for county, problem in sharing.problems.items()}


def inputs_hash(
    file: CriteriaFile,
    claims: Claims,
    total: int,
    mode: Mode,
    used: tuple[UsedVersion, ...] = (),
    decided: Mapping[str, int] | None = None,
) -> str:
    """Return the SHA-256 of everything that decides the numbers, in one canonical text.

    Accepted versions are named in it when some were used, and the counties' targets when they were decided: a run of
    shipped figures alone, or one that computes its targets, keeps its hash.
    """
    inputs: dict[str, object] = {
        "rules": RULES,
        "criteria": file.id,
        "year": file.year,
        "tie_rule": file.tie_rule,
        "total": total,
        "mode": mode.value,
        "claims": {code: str(claim) for code, claim in claims.claims.items()},
        "bounds": {code: list(bound) for code, bound in claims.bounds.items()},
        "left_out": {code: step.text for code, step in claims.left_out.items()},
    }
    if used:
        inputs["figures"] = [[each.indicator, each.time, each.sha256, each.accepted_on.isoformat()] for each in used]
    if decided:
        inputs["targets"] = dict(decided)
    return digest(inputs)


def _checks(sharing: Sharing, total: int) -> tuple[tuple[str, bool], ...]:
    """Return the properties of design part 3 that can be seen on the answer itself, over all its sharings."""
    checks: dict[str, bool] = {"total": sum(sharing.numbers.values()) == total}
    for key, problem in sharing.problems.items():
        for name, holds in verify(problem, sharing.outcomes[key]):
            checks[name] = checks.get(name, True) and holds
    return tuple(checks.items())


def _shared(where: str, outcome: Outcome) -> Shared:
    if not isinstance(outcome, Shared):
        raise NotShared(where, outcome)
    return outcome


def _why(outcome: Outcome) -> str:
    if isinstance(outcome, Tied):
        # All of them: whoever sets one by hand must see whom it concerns.
        return f"tied between {', '.join(outcome.ranges)} over {outcome.places}; declare a tie_rule or set one by hand"
    if isinstance(outcome, Impossible):
        near = [str(total) for total in (outcome.nearest_below, outcome.nearest_above) if total is not None]
        tail = f" Nearest totals that work: {' and '.join(near)}." if near else ""
        return " ".join(clash.text for clash in outcome.because) + tail
    return "the best answer could not be proven; simplify the bounds"
