"""`bosett backtest answers`: what would have been expected of municipalities in earlier years, and what came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bosett.cli.output import Cell, Listing
from bosett.stages.answers.history import Choices, YearChoice
from bosett.stages.answers.judgement import (
    OTHERS,
    AnswerCase,
    AnswerLevel,
    AnswerPoint,
    AnswerScore,
    Measure,
    Miss,
    answer_score,
    judge_answers,
    mean_score,
)

REQUESTS, DECISIONS = "requests", "decisions"
COUNTED = (
    "Of municipalities whose figure is published: who is hidden, or has no figure, is in no number of the row.",
    "Until 2017 the request is the latest one, as if it had been known before the year: the first was not published.",
)
MISSES = (
    "Parts of the persons who came. Error: of the middle number. Loss: pinball loss of low, middle and high; as asked",
    "(the request) and last year's ratio are lone numbers, told for all three.",
)
MEAN = "Each case, a year on a day, counts alike; of 2022, the first request and the revised one."
BAND = "Band: independent points would hold so many times in 95 of 100 cases. These share years, so they are not."
CHOICES = (
    "Earlier years: at most so many, the latest; of the same way need went, where there are two of them, or of any.",
    "What is chosen was chosen by looking at this table, so its own line proves less than the others.",
)
FAR = ("error", "as asked", "last year's ratio", "loss", "as asked", "last year's ratio")
Kind = tuple[Measure, bool]
CASE = ("of", "year", "as of", "known")
CHOSEN_FOR: tuple[Kind, ...] = ((Measure.DECIDED, False), (Measure.SETTLED, True))
"""What other choices are tried on: each of the two alone, from what was known before it."""


@dataclass(frozen=True, slots=True)
class JudgedAnswers:
    """The back-test with the chosen earlier years, and with each other choice of them for both."""

    cases: tuple[AnswerCase, ...]
    others: Mapping[YearChoice, tuple[AnswerCase, ...]]


def judged_answers() -> JudgedAnswers:
    """Return the back-test of the shipped figures."""
    return JudgedAnswers(judge_answers(), {each: judge_answers(Choices(each, each)) for each in OTHERS})


def answers_tables(judged: JudgedAnswers) -> list[Listing]:
    """Return the back-test as tables."""
    cases = judged.cases
    kinds = list(dict.fromkeys(map(_kind, cases)))
    return [
        Listing(
            "The nation, by year and day",
            (*CASE, "low", "middle", "high", "came", "as asked", "last year's ratio", "holds"),
            tuple(
                (*_case(each), *_point(point)) for each in _sorted(cases) for point in each.points[AnswerLevel.NATION]
            ),
            COUNTED,
        ),
        Listing(
            "How far it misses, on the average of the cases",
            ("of", "known", "numbers of", "cases", *FAR),
            tuple(
                (*_kind_cells(kind), level.value, len(of_kind), *_far(mean_score(of_kind)))
                for kind in kinds
                for level in AnswerLevel
                if (of_kind := _scores(cases, kind, level))
            ),
            (*MISSES, MEAN),
        ),
        Listing(
            "How often the 80 % range holds",
            ("of", "known", "numbers of", "points", "hold", "band from", "to"),
            tuple(
                (*_kind_cells(kind), level.value, score.points, score.hits, *score.band)
                for kind in kinds
                for level in AnswerLevel
                for score in [mean_score(_scores(cases, kind, level))]
            ),
            (BAND,),
        ),
        Listing(
            "By year and day",
            (*CASE, "numbers of", "points", "hold", *FAR),
            tuple(
                (*_case(each), level.value, score.points, score.hits, *_far(score))
                for each in _sorted(cases)
                for level in AnswerLevel
                for score in [answer_score(each.points[level])]
            ),
            MISSES,
        ),
        Listing(
            "By the choice of earlier years",
            ("of", "known", "earlier years", "need went", *_by_level("hold"), *_by_level("loss")),
            tuple(_choice_row(kind, choice, of_it) for kind in CHOSEN_FOR for choice, of_it in judged.others.items()),
            CHOICES,
        ),
    ]


def answers_document(judged: JudgedAnswers) -> dict[str, object]:
    """Return the back-test as a JSON document, fractions as text."""
    return {
        "cases": [
            {
                "of": each.measure.value,
                "year": each.year,
                "as_of": each.as_of.isoformat(),
                "known": _known(each.decided_known),
                "levels": {level.value: _score(answer_score(points)) for level, points in each.points.items()},
                "nation": _numbers(each.points[AnswerLevel.NATION][0]),
            }
            for each in judged.cases
        ],
        "choices": [
            {
                "of": measure.value,
                "years": choice.years,
                "by_turn": choice.by_turn,
                "levels": {
                    level.value: _score(mean_score(_scores(of_it, (measure, known), level))) for level in AnswerLevel
                },
            }
            for measure, known in CHOSEN_FOR
            for choice, of_it in judged.others.items()
        ],
    }


def _kind(each: AnswerCase) -> Kind:
    return each.measure, each.decided_known


def _kind_cells(kind: Kind) -> tuple[str, str]:
    return kind[0].value, _known(kind[1])


def _known(decided_known: bool) -> str:
    return DECISIONS if decided_known else REQUESTS


def _sorted(cases: Iterable[AnswerCase]) -> list[AnswerCase]:
    return sorted(cases, key=lambda each: (each.measure, each.year, each.as_of))


def _case(each: AnswerCase) -> tuple[Cell, ...]:
    return each.measure.value, each.year, each.as_of.isoformat(), _known(each.decided_known)


def _point(point: AnswerPoint) -> tuple[Cell, ...]:
    marks = (point.expected.low, point.expected.middle, point.expected.high)
    return *marks, point.came, point.as_asked, point.last_ratio, "yes" if point.holds else "no"


def _scores(cases: Iterable[AnswerCase], kind: Kind, level: AnswerLevel) -> list[AnswerScore]:
    return [answer_score(each.points[level]) for each in cases if _kind(each) == kind]


def _misses(score: AnswerScore) -> Sequence[Miss]:
    return score.ours, score.as_asked, score.last_ratio


def _far(score: AnswerScore) -> tuple[Cell, ...]:
    return *(each.error for each in _misses(score)), *(each.loss for each in _misses(score))


def _by_level(what: str) -> tuple[str, ...]:
    return tuple(f"{level.value}: {what}" for level in AnswerLevel)


def _choice_row(kind: Kind, choice: YearChoice, cases: Iterable[AnswerCase]) -> tuple[Cell, ...]:
    scores = [mean_score(_scores(cases, kind, level)) for level in AnswerLevel]
    return (
        *_kind_cells(kind),
        "all" if choice.years is None else str(choice.years),
        "the same way" if choice.by_turn else "any way",
        *(f"{each.hits} of {each.points}" for each in scores),
        *(each.ours.loss for each in scores),
    )


def _numbers(point: AnswerPoint) -> Mapping[str, object]:
    return {
        "low": point.expected.low,
        "middle": point.expected.middle,
        "high": point.expected.high,
        "came": point.came,
        "as_asked": point.as_asked,
        "last_ratio": point.last_ratio,
    }


def _score(score: AnswerScore) -> Mapping[str, object]:
    names = ("expected", "as_asked", "last_ratio")
    return {
        "points": score.points,
        "hits": score.hits,
        **{
            name: {"error": str(miss.error), "loss": str(miss.loss)}
            for name, miss in zip(names, _misses(score), strict=True)
        },
    }
