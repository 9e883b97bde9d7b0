"""A county or a municipality in the back-test: what models would have proposed, beside what was, year by year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.figures.kinds import Figure, Status
from bosett.geography import SplitRule, carry, municipalities
from bosett.render.bars import Bar, BarGroup, bar_chart
from bosett.render.book import Cell
from bosett.render.chart_file import ChartKey
from bosett.rounds.backtested import KEPT, ModelMissed, RoundTested
from bosett.rounds.history import SumBefore, figures_before
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartTable, chart_at
from bosett_web.screens.round.history import cell_of, drawn_value, sign_of, whole_of, words_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MODELS: Mapping[str, tuple[str, str]] = {
    KEPT[0]: ("bm", "backtest_model"),
    KEPT[1]: ("b2", "backtest_last_year"),
    KEPT[2]: ("b1", "backtest_population"),
}
"""How a model is drawn, and what it is called."""
PLACED = (("bm", "backtest_model"), ("b1", "backtest_asked"), ("b2", "history_decided"), ("b3", "history_settled"))
"""What is drawn of a place: what the model would have proposed, and what was published."""
MISSING = Figure(None, Status.MISSING)
Told = Figure | SumBefore


@dataclass(frozen=True, slots=True)
class PlaceTested:
    """A place in one year: what each model would have proposed, and what was asked for, decided and settled."""

    year: int
    models: tuple[Told, ...]
    asked: Told
    decided: Told
    settled: Told


def places_of(view: View, rounds: Sequence[RoundTested]) -> Mapping[str, tuple[PlaceTested, ...]]:
    """Return each municipality of the round's year through the years tested."""
    years = []
    for each in rounds:
        models = [_proposed(each, model, view.year) for model in each.models]
        asked, decided, settled = (
            figures_before(measure, each.year, view.year, view.day, view.at.figures)
            for measure in (each.truth, "decided", "settled")
        )
        years.append((each.year, models, asked, decided, settled))
    return {
        place.code: tuple(
            PlaceTested(
                year,
                tuple(model.get(place.code, MISSING) for model in models),
                *(measure.get(place.code, MISSING) for measure in (asked, decided, settled)),
            )
            for year, models, asked, decided, settled in years
        )
        for place in municipalities(view.year)
    }


def summed(places: Sequence[tuple[PlaceTested, ...]]) -> tuple[PlaceTested, ...]:
    """Return the sums of some municipalities, year by year."""

    def sum_of(figures: Iterable[Told]) -> SumBefore:
        return SumBefore.of(each for each in figures if isinstance(each, Figure))

    return tuple(
        PlaceTested(
            same[0].year,
            tuple(sum_of(models) for models in zip(*(each.models for each in same), strict=True)),
            *(sum_of([getattr(each, measure) for each in same]) for measure in ("asked", "decided", "settled")),
        )
        for same in zip(*places, strict=True)
    )


def place_chart(view: View, name: str, years: Sequence[PlaceTested]) -> Chart | None:
    """Return a place through the years: what the model would have proposed beside what was; None without a year."""
    language = view.language
    if not years:
        return None
    title = say("backtest_place", language, name=name)
    groups = [BarGroup(str(each.year), tuple(_place_bars(each, language))) for each in years]
    heads = ["settlement_year", *(words for _, words in MODELS.values())]
    heads += [words for _, words in PLACED[1:]]
    rows: list[Sequence[Cell]] = [
        [
            str(each.year),
            *(cell_of(counted, language) for counted in (*each.models, each.asked, each.decided, each.settled)),
        ]
        for each in years
    ]
    return Chart(
        chart_at(view, "backtest", "place"),
        title,
        (bar_chart(groups, title, say("in_table", language)),),
        (_place_says(name, years, language),),
        ChartTable([say(head, language) for head in heads], rows),
        (say("backtest_place_reads", language),),
        tuple(ChartKey(look, say(words, language)) for look, words in PLACED),
        notes=(say("backtest_source", language),),
    )


def _proposed(each: RoundTested, model: ModelMissed, to_year: int) -> Mapping[str, Figure]:
    """Return what a model would have proposed, by the codes of another year; empty when figures were missing."""
    if model.persons is None:
        return {}
    values = {place.code: model.numbers.get(place.code, 0) for place in municipalities(each.year)}
    carried = carry(values, each.year, to_year, SplitRule.MISSING)
    return {
        code: MISSING if value is None or Fraction(value).denominator > 1 else Figure(int(value), Status.OK)
        for code, value in carried.items()
    }


def _place_bars(each: PlaceTested, language: str) -> Sequence[Bar]:
    values = (each.models[0], each.asked, each.decided, each.settled)
    return [
        Bar(
            look,
            drawn_value(counted),
            f"{each.year}, {say(words, language)}: {words_of(counted, language)}",
            sign_of(counted),
        )
        for (look, words), counted in zip(PLACED, values, strict=True)
    ]


def _place_says(name: str, years: Sequence[PlaceTested], language: str) -> str:
    """Return in a sentence what the newest year that the model could be tried on tells."""
    for each in reversed(years):
        proposed, asked = whole_of(each.models[0]), whole_of(each.asked)
        if proposed is not None:
            words = words_of(each.asked, language) if asked is None else formats.number(asked)
            return say("backtest_place_says", language, year=each.year, name=name, number=proposed, other=words)
    return say("backtest_place_none", language, name=name)
