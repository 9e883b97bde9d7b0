"""What is expected of municipalities that have been asked: decided and settled, as low, middle and high.

Percentiles are persons: the smallest number that so many of the paths do not go beyond. Those of a county and of the
nation are taken from the paths' own sums, never as sums of percentiles: the municipalities of a year miss together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bosett.basis.scoring import LOW_MIDDLE_HIGH
from bosett.figures import SHIPPED, Layers
from bosett.geography import municipality
from bosett.stages.answers.history import NeedTurn, earlier_years
from bosett.stages.answers.known import KnownAnswers
from bosett.stages.answers.paths import AnswerPaths, Persons, answer_paths


@dataclass(frozen=True, slots=True)
class AnswerRange:
    """Eight of ten paths lie from `low` to `high`, and half of them at `middle` or below; in persons."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a municipality, of a county or of the nation.

    Attributes:
        requested: Persons asked for, of those municipalities of which something is expected.
        decided: Persons decided in the year.
        settled: Persons settled when the year is over; None when too few earlier years are known.
    """

    requested: int
    decided: AnswerRange
    settled: AnswerRange | None


@dataclass(frozen=True, slots=True)
class ExpectedAnswers:
    """What is expected of a settlement year on a day.

    Attributes:
        year: Settlement year.
        as_of: The day.
        turn: Which way need goes from the year before; None when that is not known.
        decided_as: The earlier years that decisions follow; none when everybody has decided.
        settled_as: The earlier years that settlement follows.
        municipalities: By code.
        counties: By code.
        nation: All of them together.
        hidden: Municipalities that are asked and not here: what they have decided is hidden.
    """

    year: int
    as_of: date
    turn: NeedTurn | None
    decided_as: tuple[int, ...]
    settled_as: tuple[int, ...]
    municipalities: Mapping[str, Expected]
    counties: Mapping[str, Expected]
    nation: Expected
    hidden: tuple[str, ...]


def expected_answers(known: KnownAnswers, figures: Layers = SHIPPED) -> ExpectedAnswers:
    """Return what is expected of the municipalities that are asked, from what a day knows and no more.

    Args:
        known: What the day knows of the year. Of municipalities that are not asked nothing is said.
        figures: What is accepted above the shipped figures.

    Raises:
        NoEarlierYears: Of how municipalities decide too few earlier years are known.
        UnknownMunicipality: A code is no municipality of the year.
    """
    in_county: dict[str, list[int]] = {}
    for place, code in enumerate(known.expected_of()):
        in_county.setdefault(municipality(code, known.year).county, []).append(place)
    paths = answer_paths(known, earlier_years(known.year, known.as_of, figures))
    everywhere = range(len(paths.codes))
    return ExpectedAnswers(
        year=known.year,
        as_of=known.as_of,
        turn=paths.turn,
        decided_as=paths.decided_as,
        settled_as=paths.settled_as,
        municipalities={code: _of(known, paths, [place]) for place, code in enumerate(paths.codes)},
        counties={county: _of(known, paths, places) for county, places in sorted(in_county.items())},
        nation=_of(known, paths, everywhere),
        hidden=tuple(sorted(known.hidden & known.requests.keys())),
    )


def range_of(persons: Persons) -> AnswerRange:
    """Return the range of paths."""
    paths = len(persons)
    places = [-(-paths * level.numerator // level.denominator) - 1 for level in LOW_MIDDLE_HIGH]
    return AnswerRange(*(int(each) for each in np.partition(persons, places)[places]))


def _of(known: KnownAnswers, paths: AnswerPaths, places: Sequence[int]) -> Expected:
    """Return what is expected of some municipalities together."""
    rows = list(places)
    return Expected(
        requested=sum(known.requests[paths.codes[place]] for place in rows),
        decided=range_of(paths.decided[rows].sum(axis=0)),
        settled=None if paths.settled is None else range_of(paths.settled[rows].sum(axis=0)),
    )
