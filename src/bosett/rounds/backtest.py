"""Back-test: what would have been proposed with what was known then, against the first requests that were made.

Error is the sum of |x - real| over the sum of real. The year's own answer and figures not yet known are never used; the
total shared is the year's own, as the question is who is asked, not how many. Known then is known on the round's own
day, so last year's request is the latest of that day: for 2023 the 35 000 of 18 March 2022, and not the first 5 500.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from bosett.apportion import Problem, Recipient, Shared, TieRule, share_out
from bosett.basis.refusals import Refusal
from bosett.figures import SHIPPED, Layers, NoFigures, SeriesNote, series
from bosett.geography import county, municipalities
from bosett.parameters import NoCriteria, NotKnown, least_request, round_day
from bosett.rounds.kinds import Mode
from bosett.rounds.run import population_known, previous_requests, reference, share_round
from bosett.rounds.sizes import Distance, Numbers, by_group, distance, size_of
from bosett.stages.revision import revision_problem

FIRST_YEAR, LAST_YEAR = 2018, 2023
REFERENCE, LAST_YEAR_MODELS = "reference", ("last year scaled", "last year scaled with floor")


@dataclass(frozen=True, slots=True)
class Tested:
    """One model in one year.

    Attributes:
        model: Its name.
        error: In all; None when figures are missing.
        by_county: By county code and name.
        by_size: By size class.
        why_not: Why there is no figure.
    """

    model: str
    error: Distance | None
    by_county: Mapping[str, Distance]
    by_size: Mapping[str, Distance]
    why_not: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """One settlement year.

    Attributes:
        year: Settlement year.
        truth: What is compared with: `first request`, or `latest request` where the first was not published.
        total: Its sum in persons.
        day: The round's own day: nothing known later is used.
        last_year: The request of the year before that the models see, the latest known on the day; None when none was.
        floor: Fewest persons in the models with a floor; None when no such number is known for the year.
        tested: Each model.
    """

    year: int
    truth: str
    total: int
    day: date
    last_year: SeriesNote | None
    floor: int | None
    tested: tuple[Tested, ...]

    @property
    def behind(self) -> Fraction | None:
        """Return how much farther off the reference model is than the better of last year's requests as they were.

        Parts of the persons; below 0 the model is nearer. None where one of them has no figure.
        """
        errors = {each.model: each.error.part for each in self.tested if each.error is not None}
        ours, last = errors.get(REFERENCE), [errors.get(model) for model in LAST_YEAR_MODELS]
        known = [error for error in last if error is not None]
        return None if ours is None or not known else ours - min(known)


class YearOutside(Refusal):
    """There are no requests to test against in that year."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r}: give a year or years from {FIRST_YEAR} to {LAST_YEAR}, such as 2021 or 2020..2023."
        )


def years_of(text: str) -> range:
    """Return the years of `2021` or `2020..2023`.

    Raises:
        YearOutside: Not such a text, or outside the figures.
    """
    first, dots, last = text.partition("..")
    ends = (first, last) if dots else (first, first)
    if not all(end.isascii() and end.isdigit() and len(end) == 4 for end in ends):
        raise YearOutside(text)
    start, stop = map(int, ends)
    if not FIRST_YEAR <= start <= stop <= LAST_YEAR:
        raise YearOutside(text)
    return range(start, stop + 1)


def backtest(year: int, figures: Layers = SHIPPED) -> Backtest:
    """Test every model on one settlement year, with what is accepted above the shipped figures."""
    truth, name = _truth(year, figures)
    total = sum(truth.values())
    return Backtest(
        year=year,
        truth=name,
        total=total,
        day=round_day(year),
        last_year=previous_requests(year, round_day(year), figures).note,
        floor=_floor(year),
        tested=tuple(
            _tested(model, partial(numbers, year, total, figures), year, truth, figures)
            for model, numbers in MODELS.items()
        ),
    )


def _floor(year: int) -> int | None:
    try:
        return least_request(year)
    except NotKnown:
        return None


def _tested(
    model: str, numbers_of: Callable[[], Numbers], year: int, truth: Mapping[str, int], figures: Layers
) -> Tested:
    try:
        numbers = numbers_of()
    except (NoFigures, NoCriteria, NotKnown) as refusal:
        return Tested(model, None, {}, {}, str(refusal))
    places = municipalities(year)
    county_of = {place.code: f"{place.county} {county(place.county, year).name}" for place in places}
    sizes = series("population", max(year, 2019), figures=figures).figures
    size_at = {code: size_of(None if sizes[code].value is None else int(sizes[code].value or 0)) for code in county_of}
    return Tested(
        model, distance(numbers, truth), by_group(numbers, truth, county_of), by_group(numbers, truth, size_at), ""
    )


def _truth(year: int, figures: Layers) -> tuple[dict[str, int], str]:
    """Return the first request, or for a year that published only the latest for each municipality, that one."""
    try:
        requests, name = series("requested_first", year, figures=figures), "first request"
    except NoFigures:
        requests, name = series("requested", year, figures=figures), "latest request"
    return {code: int(value) for code, value in requests.values().items()}, name


def _reference(year: int, total: int, figures: Layers = SHIPPED) -> Numbers:
    return share_round(reference(year), year, total, Mode.COUNTIES, figures=figures).numbers


def _last_year(year: int, figures: Layers) -> dict[str, int]:
    """Return what each was asked for the year before, by the latest request known on the round's day."""
    previous = previous_requests(year, round_day(year), figures).numbers
    if not previous:
        raise NoFigures(
            "requests", f"{year - 1} known on {round_day(year)}", "2018 to 2022 in the codes of the year after"
        )
    return previous


def _scaled(year: int, total: int, figures: Layers = SHIPPED) -> Numbers:
    previous = _last_year(year, figures)
    whole = sum(previous.values())
    return {code: Fraction(number * total, whole) for code, number in previous.items()}


def _scaled_with_floor(year: int, total: int, figures: Layers = SHIPPED) -> Numbers:
    problem = revision_problem(
        _last_year(year, figures),
        total,
        floor=least_request(year),
        locks={},
        may_drop=False,
        newcomers={},
        tie_rule=TieRule.LARGER_CLAIM,
    )
    return _numbers(problem)


def _people(year: int, figures: Layers) -> Mapping[str, int]:
    """Return persons on 1 January of the year before, in the codes of the year; known before its round."""
    if year - 1 < 2019:
        raise NoFigures("population", str(year - 1), "2019 to 2026")
    return population_known(reference(year), figures)


def _population(year: int, total: int, figures: Layers = SHIPPED) -> Numbers:
    people = _people(year, figures)
    return _numbers(Problem.of(total, _recipients(people, 0), tie_rule=TieRule.LARGER_CLAIM))


def _population_with_floor(year: int, total: int, figures: Layers = SHIPPED) -> Numbers:
    recipients = _recipients(_people(year, figures), least_request(year))
    return _numbers(Problem.of(total, recipients, tie_rule=TieRule.LARGER_CLAIM))


def _recipients(people: Mapping[str, int], floor: int) -> list[Recipient]:
    return [Recipient(code, Fraction(count), least=floor) for code, count in people.items()]


def _numbers(problem: Problem) -> Mapping[str, int]:
    outcome = share_out(problem)
    assert isinstance(outcome, Shared)  # noqa: S101  - a tie rule is set, and totals are far above the floors
    return outcome.numbers


MODELS: Mapping[str, Callable[[int, int, Layers], Numbers]] = MappingProxyType(
    {
        REFERENCE: _reference,
        "last year scaled": _scaled,
        "last year scaled with floor": _scaled_with_floor,
        "population": _population,
        "population with floor": _population_with_floor,
    }
)
"""What each model would have proposed, by year and total: numbers by municipality, from what was known then."""
