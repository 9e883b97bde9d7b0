"""Revise a round already requested: a new total, the least change, and the reasons."""

from collections.abc import Mapping
from fractions import Fraction

from bosett import __version__
from bosett.apportion import Problem, Shared, TieRule, share_out
from bosett.apportion.properties import verify
from bosett.apportion.steps import steps_of
from bosett.basis.digest import digest
from bosett.basis.refusals import Refusal
from bosett.basis.steps import Step
from bosett.figures import SHIPPED, Layers, NoFigures, series
from bosett.geography import counties, municipalities, municipality
from bosett.parameters import CriteriaFile, least_request
from bosett.rounds.kinds import CountyLine, LeftOut, Mode, MunicipalityLine, Run
from bosett.rounds.run import RULES, NotShared, refuse_other_year
from bosett.rounds.used import versions_used
from bosett.stages.criteria import Claims, claims_of, published
from bosett.stages.revision import revision_problem
from bosett.words import FOLDER, Words

WORDS = Words(FOLDER / "revision.yaml")


class NoFirstRequests(Refusal):
    """The first requests of the year are not in the figures."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"The first requests for {year} were not published for each municipality, so none can be revised."
        )
        self.year = year


class BadFloor(Refusal):
    """A floor is a number of persons."""

    def __init__(self, floor: int) -> None:
        super().__init__(f"The floor is {floor}; it counts persons, so give 0 or more.")
        self.floor = floor


def first_requests(year: int, figures: Layers = SHIPPED) -> dict[str, int]:
    """Return the first request of each municipality asked, in persons.

    Raises:
        NoFirstRequests: They were not published for each municipality.
    """
    try:
        requests = series("requested_first", year, figures=figures)
    except NoFigures as refusal:
        raise NoFirstRequests(year) from refusal
    return {code: int(value) for code, value in requests.values().items() if value}


def revise(
    year: int,
    total: int,
    *,
    floor: int | None = None,
    locks: Mapping[str, int] | None = None,
    may_drop: bool = False,
    tie_rule: TieRule | None = None,
    criteria: CriteriaFile | None = None,
    figures: Layers = SHIPPED,
    step: int = 1,
    ask_all: bool = False,
) -> Run:
    """Revise the requests of a settlement year to a new total.

    Args:
        year: Settlement year.
        total: New total in persons.
        floor: Fewest persons if asked at all; by default the number in force that year (`least_request`).
        locks: By code: no fewer than this.
        may_drop: Whether those without a lock may be asked for nobody.
        tie_rule: What settles a tie.
        criteria: For an upward revision, gives the claims of municipalities that were not asked; those asked first then
            get no fewer than they were asked for. Without it, and in a cut, nobody new is asked.
        figures: What is accepted above the shipped figures.
        step: Every number is a multiple of this, as the requests of 2022 were multiples of 5.
        ask_all: Whether all of those who were not asked are taken in with a rise, each for the floor or more.

    Raises:
        NotShared: Tied, impossible or unproven.
        NotKnown: No floor is given, and none is known for the year.
        Refusal: A floor below 0, no first requests, a lock for one who was not asked, or criteria for another year.
    """
    if floor is not None and floor < 0:
        raise BadFloor(floor)
    first = first_requests(year, figures)
    least = least_request(year) if floor is None else floor
    for code in locks or {}:
        municipality(code, year)
    if criteria is not None:
        refuse_other_year(criteria, year)
        criteria = criteria if total > sum(first.values()) else None
    claims = None if criteria is None else _claims(criteria, year, figures)
    newcomers = {} if claims is None else _newcomers(claims, sum(first.values()))
    at_least = dict(locks or {})
    if newcomers:
        # A small rise must not be paid by those asked first: the newcomers would else take from them.
        at_least |= {code: max(number, at_least.get(code, 0)) for code, number in first.items()}
    problem = revision_problem(
        first,
        total,
        floor=least,
        locks=at_least,
        may_drop=may_drop,
        newcomers=newcomers,
        tie_rule=tie_rule,
        step=step,
        ask_all=ask_all,
    )
    outcome = share_out(problem)
    if not isinstance(outcome, Shared):
        raise NotShared(f"The revision of {year} to {total}", outcome)
    return _described(year, problem, outcome, (criteria, claims), figures)


def _claims(criteria: CriteriaFile, year: int, figures: Layers) -> Claims:
    return claims_of(criteria, tuple(place.code for place in municipalities(year)), published(criteria, figures))


def _newcomers(claims: Claims, total: int) -> dict[str, Fraction]:
    """Return what the criteria would give each municipality of the first total: the unit of the first requests."""
    whole = sum(claims.claims.values(), start=Fraction(0))
    return {code: total * claim / whole for code, claim in claims.claims.items()}


def _described(
    year: int, problem: Problem, outcome: Shared, new: tuple[CriteriaFile | None, Claims | None], figures: Layers
) -> Run:
    criteria, given = new
    claims = {who.id: who.claim for who in problem.recipients}
    whole = sum(claims.values(), start=Fraction(0))
    steps: dict[str, list[Step]] = {}
    for step in steps_of(problem, outcome):
        if step.id is not None:
            steps.setdefault(step.id, []).append(step)
    lines: dict[str, list[MunicipalityLine]] = {}
    left_out = []
    requests = series("requested_first", year, figures=figures)
    used = versions_used(given, (requests.note(),))
    for place in municipalities(year):
        if place.code not in claims:
            left_out.append(
                LeftOut(place.code, place.display_name, place.county, Step("not-first", place.code, "not asked first"))
            )
            continue
        lines.setdefault(place.county, []).append(
            MunicipalityLine(
                code=place.code,
                name=place.display_name,
                claim=claims[place.code],
                parts={},
                exact=problem.total * claims[place.code] / whole,
                number=outcome.numbers[place.code],
                previous=requests.figures[place.code],
                population=None,
                steps=tuple(steps.get(place.code, ())),
            )
        )
    return Run(
        year=year,
        day=requests.known_on,
        total=problem.total,
        mode=Mode.REVISION,
        criteria_id=f"no-{year}-revision" if criteria is None else f"no-{year}-revision with {criteria.id}",
        criteria_title=WORDS["title"]._asdict(),
        official=False,
        criteria=(),
        unassigned=Fraction(0),
        before=requests.note(),
        version=f"bosett {__version__}, rules {RULES}",
        inputs_sha256=digest(
            {
                "problem": [repr(who) for who in problem.recipients],
                "total": problem.total,
                "tie_rule": problem.tie_rule,
                "rules": RULES,
                **({"step": problem.step} if problem.step > 1 else {}),
                **({"figures": [[each.indicator, each.time, each.sha256] for each in used]} if used else {}),
            }
        ),
        counties=tuple(
            _county(county.code, county.name, lines.get(county.code, []), problem.total, whole)
            for county in counties(year)
        ),
        left_out=tuple(left_out),
        checks=(("total", sum(outcome.numbers.values()) == problem.total), *verify(problem, outcome)),
        figures=used,
    )


def _county(code: str, name: str, lines: list[MunicipalityLine], total: int, whole: Fraction) -> CountyLine:
    claim = sum((line.claim for line in lines), start=Fraction(0))
    return CountyLine(code, name, sum(line.number for line in lines), claim, total * claim / whole, tuple(lines))
