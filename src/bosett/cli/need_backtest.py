"""`bosett backtest need`: how often what would have been told of arrivals held, and how far it missed."""

from collections.abc import Mapping

from bosett.cli.output import Listing, shown
from bosett.stages.forecast.judgement import ArrivalJudgement
from bosett.stages.forecast.rolling import RollingScore

HOME = "Norway"
NOTES = (
    "Holds: the part of the points that lie within the 80 % range. Loss: pinball loss of low, middle and high, as a",
    "part of that of `last twelve months`; of all nine deciles beside it, where a range gains less.",
)
BAND = "Band: independent points would hold so many times in 95 of 100 cases. These share months, so they are not."


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
