"""How far what is expected of answers misses: held-out years, each with what its days knew and no more.

A year is looked at on each day on which its requests, or its decisions, became known. Settled is looked at only where
whole earlier years of it were known by then, and only those municipalities count whose figure is published. Until 2017
only the latest request of a year was published, and not before its end: it is taken as if it had been known when the
year began.

Beside stand two that need no history, or one year of it: that what follows is what was asked for, and that it is the
same part as in the last year that the day knows. Both are lone numbers, and told as low, middle and high they cost so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache

from bosett.basis.scoring import EIGHT_OF_TEN, LOW_MIDDLE_HIGH, OUTSIDE, binomial_band, pinball
from bosett.figures import SHIPPED, Layers, Series, counts_part_of_year, indicators
from bosett.geography import municipality
from bosett.stages.answers.expected import AnswerRange, range_of
from bosett.stages.answers.history import (
    CHOSEN,
    ENOUGH,
    Choices,
    EarlierYear,
    Followed,
    YearChoice,
    earlier_years,
    known_of,
    requests_known,
)
from bosett.stages.answers.known import KnownAnswers, known_answers
from bosett.stages.answers.paths import AnswerPaths, answer_paths

OTHERS = tuple(YearChoice(years, by_turn) for years in (3, None) for by_turn in (True, False))
"""Ways to choose earlier years, the chosen ones among them."""


class Measure(StrEnum):
    """What is expected."""

    DECIDED = "decided"
    SETTLED = "settled"


class AnswerLevel(StrEnum):
    """Whose numbers are added up."""

    NATION = "nation"
    COUNTY = "county"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class AnswerPoint:
    """What was expected of one municipality, county or nation, and what came; in persons."""

    expected: AnswerRange
    as_asked: int
    last_ratio: int
    came: int

    @property
    def holds(self) -> bool:
        """Whether what came lies from low to high."""
        return self.expected.low <= self.came <= self.expected.high


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """One year on one day.

    Attributes:
        year: Settlement year.
        as_of: The day.
        measure: What is expected.
        decided_known: Whether the day knows what was decided; if not, it knows the requests alone.
        points: By level; of municipalities in order of their codes.
    """

    year: int
    as_of: date
    measure: Measure
    decided_known: bool
    points: Mapping[AnswerLevel, tuple[AnswerPoint, ...]]


@dataclass(frozen=True, slots=True)
class Miss:
    """How far something misses, each as a part of the persons that came: the middle number alone, and all three."""

    error: Fraction
    loss: Fraction


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """What points come to.

    Attributes:
        points: How many.
        hits: How many of them hold.
        ours: How far what is expected misses.
        as_asked: How far the request misses, told as what follows.
        last_ratio: How far last year's ratio does.
    """

    points: int
    hits: int
    ours: Miss
    as_asked: Miss
    last_ratio: Miss

    @property
    def band(self) -> tuple[int, int]:
        """How often as many independent points would hold, in 95 of 100 cases."""
        return binomial_band(self.points, EIGHT_OF_TEN, OUTSIDE)


@cache
def judge_answers(choices: Choices = CHOSEN) -> tuple[AnswerCase, ...]:
    """Return what the back-test of the shipped figures comes to, the earliest year and day first."""
    years = indicators(SHIPPED)[Measure.DECIDED].years
    return tuple(case for year in years for day in days_of(year) for case in cases_of(year, day, choices))


def days_of(year: int, figures: Layers = SHIPPED) -> tuple[date, ...]:
    """Return the days of a year that are looked at; none when it was counted before it was over."""
    decided = known_of(Measure.DECIDED, year, date.max, figures)
    if decided is None or counts_part_of_year(decided):
        return ()
    first = known_of("requested_first", year, date.max, figures)
    begins = date(year - 1, 12, 31) if first is None else first.known_on
    return tuple(sorted({begins, requests_known(year, date.max, figures).known_on, decided.known_on}))


def cases_of(year: int, day: date, choices: Choices = CHOSEN, figures: Layers = SHIPPED) -> tuple[AnswerCase, ...]:
    """Return what is looked at on a day: what is decided when the day does not know it, and what is settled."""
    years = earlier_years(year, day, figures)
    whole = [each for each in years if each.settlements is not None]
    known = _known(year, day, figures)
    decided_known = known_of(Measure.DECIDED, year, day, figures) is not None
    measures = [
        measure
        for measure, there in ((Measure.DECIDED, not decided_known), (Measure.SETTLED, len(whole) >= ENOUGH))
        if there and len(years) >= ENOUGH
    ]
    if not measures:
        return ()
    paths = answer_paths(known, years, choices=choices)
    return tuple(
        AnswerCase(year, day, measure, decided_known, _points(known, paths, measure, years, figures))
        for measure in measures
    )


def answer_score(points: Sequence[AnswerPoint]) -> AnswerScore:
    """Return what points come to; of one case and one level, so that what came is no person twice."""
    came = sum(point.came for point in points)
    return AnswerScore(
        points=len(points),
        hits=sum(point.holds for point in points),
        ours=_miss(((point.expected, point.came) for point in points), came),
        as_asked=_miss(((_lone(point.as_asked), point.came) for point in points), came),
        last_ratio=_miss(((_lone(point.last_ratio), point.came) for point in points), came),
    )


def mean_score(scores: Sequence[AnswerScore]) -> AnswerScore:
    """Return what several cases come to: points and hits together, and the mean of how far they miss, each alike."""
    return AnswerScore(
        points=sum(each.points for each in scores),
        hits=sum(each.hits for each in scores),
        ours=_mean([each.ours for each in scores]),
        as_asked=_mean([each.as_asked for each in scores]),
        last_ratio=_mean([each.last_ratio for each in scores]),
    )


def _known(year: int, day: date, figures: Layers) -> KnownAnswers:
    """Return what the day knows; the latest request when only that was published, and the day is before it was."""
    latest = requests_known(year, date.max, figures)
    if latest.known_on <= day or known_of("requested_first", year, day, figures) is not None:
        return known_answers(year, day, figures)
    return KnownAnswers(year, day, {code: int(persons) for code, persons in latest.values().items()})


def _points(
    known: KnownAnswers, paths: AnswerPaths, measure: Measure, years: Sequence[EarlierYear], figures: Layers
) -> Mapping[AnswerLevel, tuple[AnswerPoint, ...]]:
    truth = _truth(known.year, measure, figures)
    expected = paths.decided if measure is Measure.DECIDED or paths.settled is None else paths.settled
    last_ratio = _last_ratio(known, measure, years)
    in_county: dict[str, list[int]] = {}
    for place, code in enumerate(paths.codes):
        if code in truth:
            in_county.setdefault(municipality(code, known.year).county, []).append(place)

    def point(places: Sequence[int]) -> AnswerPoint:
        codes = [paths.codes[place] for place in places]
        return AnswerPoint(
            range_of(expected[list(places)].sum(axis=0)),
            as_asked=sum(known.requests[code] for code in codes),
            last_ratio=sum(last_ratio[code] for code in codes),
            came=sum(truth[code] for code in codes),
        )

    everywhere = [place for places in in_county.values() for place in places]
    return {
        AnswerLevel.NATION: (point(everywhere),),
        AnswerLevel.COUNTY: tuple(point(places) for places in in_county.values()),
        AnswerLevel.MUNICIPALITY: tuple(point([place]) for place in everywhere),
    }


def _truth(year: int, measure: Measure, figures: Layers) -> Mapping[str, int]:
    came: Series | None = known_of(measure, year, date.max, figures)
    return {} if came is None else {code: int(persons) for code, persons in came.values().items()}


def _last_ratio(known: KnownAnswers, measure: Measure, years: Sequence[EarlierYear]) -> Mapping[str, int]:
    """Return what comes when the same part follows as in the last year that the day knows, by municipality."""
    codes = known.expected_of()
    asked = [known.requests[code] for code in codes]
    following = _same_part(asked, years[-1].decisions)
    decided = [
        following[place] if (persons := known.decided.get(code)) is None else persons
        for place, code in enumerate(codes)
    ]
    if measure is Measure.DECIDED:
        return dict(zip(codes, decided, strict=True))
    last = [each.settlements for each in years if each.settlements is not None][-1]
    return dict(zip(codes, _same_part(decided, last), strict=True))


def _same_part(persons: Iterable[int], followed: Sequence[Followed]) -> list[int]:
    of, came = sum(each.of for each in followed), sum(each.came for each in followed)
    return [(2 * each * came + of) // (2 * of) for each in persons]


def _lone(number: int) -> AnswerRange:
    return AnswerRange(number, number, number)


def _miss(numbers: Iterable[tuple[AnswerRange, int]], whole: int) -> Miss:
    error = loss = Fraction(0)
    for expected, came in numbers:
        error += abs(expected.middle - came)
        numbers_of_it = (expected.low, expected.middle, expected.high)
        loss += sum(pinball(each, level, came) for each, level in zip(numbers_of_it, LOW_MIDDLE_HIGH, strict=True))
    return Miss(error / whole, loss / (len(LOW_MIDDLE_HIGH) * whole))


def _mean(misses: Sequence[Miss]) -> Miss:
    return Miss(
        sum((each.error for each in misses), Fraction(0)) / len(misses),
        sum((each.loss for each in misses), Fraction(0)) / len(misses),
    )
