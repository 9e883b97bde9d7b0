"""The back-tests, compiled: what the command line prints of them, kept as data so that nobody waits for it.

`make docs` makes the file from the same functions as `bosett backtest` prints, from the shipped figures alone, and a
test holds it to them. Of each case it has the day from which what is compared with was known: who looks earlier, as in
a round that is worked through again, is told no more than that day knew.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bosett.basis.tables import table
from bosett.figures import SHIPPED, series
from bosett.rounds.backtest import FIRST_YEAR, LAST_YEAR, MODELS, REFERENCE, Tested, backtest
from bosett.rounds.revision_backtest import judge_revisions
from bosett.stages.answers.judgement import AnswerLevel, Measure, judge_answers
from bosett.stages.forecast.judgement import AHEAD, judge_country
from bosett.stages.forecast.months import YEAR as MONTHS

FILE = files("bosett") / "data" / "backtest" / "backtest.json"
HOME = "Norway"
KEPT = (REFERENCE, "last year scaled with floor", "population with floor")
"""Models that are told of: those that give whole persons, and no fewer than the floor."""


@dataclass(frozen=True, slots=True)
class ModelMissed:
    """How far a model was from the requests in a year.

    Attributes:
        model: Its name.
        persons: Sum of |x - real| in persons; None when figures were missing.
        numbers: What it would have proposed, by code of the year: those above 0.
    """

    model: str
    persons: int | None
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RoundTested:
    """One round.

    Attributes:
        year: Settlement year.
        truth: The series that it is held against: requested_first, or requested where no first one was published.
        total: Its sum in persons, which each model shares.
        day: The round's own day: no model sees anything that became known later.
        known_on: The day from which the truth was known.
        models: Each model.
    """

    year: int
    truth: str
    total: int
    day: date
    known_on: date
    models: tuple[ModelMissed, ...]


@dataclass(frozen=True, slots=True)
class ArrivalTold:
    """What would have been told of twelve months of arrivals in Norway on a day, and what came; in persons."""

    as_of: date
    low: int
    middle: int
    high: int
    came: int
    last_year: int
    known_on: date

    @property
    def holds(self) -> bool:
        """Whether what came lies from low to high."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """What would have been expected to be decided or settled in the country, and what came; in persons.

    Attributes:
        of: decided or settled.
        year: Settlement year.
        as_of: The day on which it would have been told.
        asked: What the same municipalities were asked for, as that day knew it.
        low, middle, high: What was expected.
        came: What they decided or settled.
        known_on: The day from which that was known.
    """

    of: str
    year: int
    as_of: date
    asked: int
    low: int
    middle: int
    high: int
    came: int
    known_on: date

    @property
    def holds(self) -> bool:
        """Whether what came lies from low to high."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True)
class RevisionTested:
    """A revision, and one way in which it could have been made: how far that is from the real numbers.

    Attributes:
        year: Settlement year.
        total: The new total in persons.
        way: How it is shared, in a few English words.
        equal: Municipalities that get the real number.
        asked: Municipalities that were really asked.
        persons: Sum of |x - real| in persons.
        known_on: The day from which the real numbers were known.
    """

    year: int
    total: int
    way: str
    equal: int
    asked: int
    persons: int
    known_on: date


@dataclass(frozen=True, slots=True)
class BackTests:
    """All of them, the earliest first."""

    rounds: tuple[RoundTested, ...]
    arrivals: tuple[ArrivalTold, ...]
    answers: tuple[AnswerTold, ...]
    revisions: tuple[RevisionTested, ...]

    def known_by(self, day: date, before: int) -> "BackTests":
        """Return those of years before one whose end was known on a day."""
        return BackTests(
            tuple(each for each in self.rounds if each.known_on <= day and each.year < before),
            tuple(each for each in self.arrivals if each.known_on <= day),
            tuple(each for each in self.answers if each.known_on <= day and each.year < before),
            tuple(each for each in self.revisions if each.known_on <= day and each.year < before),
        )


def compiled() -> str:
    """Return the file's content, made anew from the shipped figures."""
    made = BackTests(
        tuple(_round(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)), _arrivals(), _answers(), _revisions()
    )
    return json.dumps(asdict(made), ensure_ascii=False, indent=1, default=date.isoformat) + "\n"


@cache
def back_tests() -> BackTests:
    """Return what is compiled."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return BackTests(
        tuple(
            RoundTested(**{**_dated(each), "models": tuple(ModelMissed(**model) for model in each["models"])})
            for each in read["rounds"]
        ),
        tuple(ArrivalTold(**_dated(each)) for each in read["arrivals"]),
        tuple(AnswerTold(**_dated(each)) for each in read["answers"]),
        tuple(RevisionTested(**_dated(each)) for each in read["revisions"]),
    )


def _dated(each: Mapping[str, Any]) -> dict[str, Any]:
    days = {"day", "known_on", "as_of"} & each.keys()
    return {**each, **{name: date.fromisoformat(each[name]) for name in days}}


def _round(year: int) -> RoundTested:
    test = backtest(year)
    truth = "requested_first" if test.truth == "first request" else "requested"
    models = tuple(_missed(each, year, test.total) for each in test.tested if each.model in KEPT)
    return RoundTested(year, truth, test.total, test.day, series(truth, year).known_on, models)


def _missed(tested: Tested, year: int, total: int) -> ModelMissed:
    if tested.error is None:
        return ModelMissed(tested.model, None, {})
    numbers = MODELS[tested.model](year, total, SHIPPED)
    return ModelMissed(
        tested.model, int(tested.error.persons), {code: int(number) for code, number in numbers.items() if number}
    )


def _arrivals() -> tuple[ArrivalTold, ...]:
    known = {row["month"]: date.fromisoformat(row["known_on"]) for row in table("asylum_applicants") if _at_home(row)}
    return tuple(
        ArrivalTold(
            each.as_of, each.low, each.middle, each.high, each.came, each.last_year, known[_last_month(each.as_of)]
        )
        for each in judge_country(HOME).points
    )


def _at_home(row: Mapping[str, str]) -> bool:
    return row["country"] == HOME


def _last_month(day: date) -> str:
    """Return the last of the twelve months that are told of on a day, as the table writes it."""
    months = 12 * day.year + day.month - 1 + AHEAD[-1] + MONTHS
    return f"{months // 12}-{months % 12 + 1:02d}"


def _answers() -> tuple[AnswerTold, ...]:
    cases = sorted(judge_answers(), key=lambda each: (each.measure, each.year, each.as_of))
    return tuple(
        AnswerTold(
            each.measure.value,
            each.year,
            each.as_of,
            point.as_asked,
            *(point.expected.low, point.expected.middle, point.expected.high),
            point.came,
            series(Measure(each.measure).value, each.year).known_on,
        )
        for each in cases
        for point in each.points[AnswerLevel.NATION]
    )


def _revisions() -> tuple[RevisionTested, ...]:
    return tuple(
        RevisionTested(
            *(each.year, each.total, each.way, each.equal, each.asked, int(each.apart.persons)),
            known_on=series("requested", each.year).known_on,
        )
        for each in judge_revisions()
    )
