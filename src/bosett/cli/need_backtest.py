"""`bosett backtest need`: how often what would have been told of arrivals held, and how far it missed."""

from collections.abc import Mapping, Sequence

from bosett.cli.output import Listing, shown
from bosett.rounds.country_before import NationalSum
from bosett.rounds.need_history import DAY, MEASURES, NeedYear, SeenInMay
from bosett.stages.forecast.judgement import ArrivalJudgement
from bosett.stages.forecast.rolling import RollingScore

HOME = "Norway"
NOTES = (
    "Holds: the part of the points that lie within the 80 % range. Loss: pinball loss of low, middle and high, as a",
    "part of that of `last twelve months`; of all nine deciles beside it, where a range gains less.",
)
BAND = "Band: independent points would hold so many times in 95 of 100 cases. These share months, so they are not."


NOT_NEED = (
    "Settled is not need. Until 2015 there were fewer places than people: settled shows the places, and who waited at",
    "the end of the year is not among the figures, so these years have no part. `>=`: some figures are hidden or not",
    "told, so it is at least so many, and so is the part. 2023 is part of a year. Of 2010 and 2011 nothing is shipped.",
)
IN_MAY = (
    "Resettlement stopped on 14 March, as `bosett need 2020 --scenario stop-resettlement --as-of 2020-05-19` has it.",
)


def history_tables(years: Sequence[NeedYear], seen: SeenInMay) -> list[Listing]:
    """Return what was requested against what was settled, and 2020 as it was seen in May, as tables."""
    return [
        Listing(
            "Norway: requested and settled",
            ("year", "first request", "latest request", "decided", "settled", "of the first", "of the latest"),
            tuple(
                (
                    str(each.year),
                    *(_at_least(each.sums[measure]) for measure in MEASURES),
                    each.part_settled("requested_first"),
                    each.part_settled("requested"),
                )
                for each in years
            ),
            NOT_NEED,
        ),
        Listing(
            f"2020 as of {DAY}: from {seen.range.p10} to {seen.range.p90}, and {seen.range.p50} in the middle",
            ("what", "persons", "lies", "known on", "source"),
            tuple(
                (each.total.measure, each.total.value, each.where, each.total.known_on.isoformat(), each.total.source)
                for each in seen.held_against
            ),
            IN_MAY,
        ),
    ]


def history_document(years: Sequence[NeedYear], seen: SeenInMay) -> Mapping[str, object]:
    """Return the same as JSON, fractions as text."""
    return {
        "years": [
            {
                "year": each.year,
                **{
                    measure: None if each_sum is None else {"persons": each_sum.persons, "is_whole": each_sum.is_whole}
                    for measure, each_sum in each.sums.items()
                },
                "has_queue": each.has_queue,
                "is_part": each.is_part,
            }
            for each in years
        ],
        "seen_in_may_2020": {
            "p10": seen.range.p10,
            "p50": seen.range.p50,
            "p90": seen.range.p90,
            "held_against": [
                {
                    "measure": each.total.measure,
                    "persons": each.total.value,
                    "lies": each.where,
                    "source": each.total.source,
                }
                for each in seen.held_against
            ],
        },
    }


def _at_least(each: NationalSum | None) -> str | int | None:
    if each is None or each.is_whole:
        return None if each is None else each.persons
    return f">= {each.persons}"


def need_tables(judged: ArrivalJudgement) -> list[Listing]:
    """Return the back-test as tables."""
    return [
        Listing(
            "Twelve months of arrivals, told at the end of each quarter",
            ("begin after", "countries", "points", "holds", "loss", "loss of deciles"),
            tuple(
                (
                    f"{each.ahead} months",
                    each.countries,
                    each.score.points,
                    each.score.part,
                    each.score.loss,
                    each.deciles.loss,
                )
                for each in judged.ahead
            ),
            NOTES,
        ),
        Listing(
            f"By the step of the level, {judged.ahead[-1].ahead} months ahead",
            ("step", "holds", "loss"),
            (
                *((shown(step), score.part, score.loss) for step, score in judged.tried.items()),
                ("fitted to the other countries", judged.others.part, judged.others.loss),
            ),
        ),
        Listing(
            f"By country, {judged.ahead[-1].ahead} months ahead",
            ("country", "points", "hold", "band from", "to", "loss"),
            tuple(
                (each.country, each.score.points, each.score.hits, *each.band, each.score.loss)
                for each in judged.countries
            ),
            (BAND,),
        ),
        Listing(
            f"{HOME}, {judged.ahead[-1].ahead} months ahead",
            ("told on", "low", "middle", "high", "came", "last twelve months", "holds"),
            tuple(
                (
                    point.as_of.isoformat(),
                    point.low,
                    point.middle,
                    point.high,
                    point.came,
                    point.last_year,
                    "yes" if point.holds else "no",
                )
                for each in judged.countries
                if each.country == HOME
                for point in each.points
            ),
        ),
    ]


def need_document(judged: ArrivalJudgement) -> dict[str, object]:
    """Return the back-test as a JSON document, fractions as text."""
    return {
        "ahead": [
            {
                "months": each.ahead,
                "countries": each.countries,
                **_score(each.score),
                "loss_of_deciles": str(each.deciles.loss),
            }
            for each in judged.ahead
        ],
        "steps": [{"step": str(step), **_score(score)} for step, score in judged.tried.items()],
        "fitted_to_others": _score(judged.others),
        "countries": [
            {
                "country": each.country,
                **_score(each.score),
                "band": list(each.band),
                "told": [
                    {
                        "as_of": point.as_of.isoformat(),
                        "low": point.low,
                        "middle": point.middle,
                        "high": point.high,
                        "came": point.came,
                        "last_twelve_months": point.last_year,
                    }
                    for point in each.points
                ],
            }
            for each in judged.countries
        ],
    }


def _score(score: RollingScore) -> Mapping[str, object]:
    loss = None if score.loss is None else str(score.loss)
    return {"points": score.points, "hits": score.hits, "loss": loss}
