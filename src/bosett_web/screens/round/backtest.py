"""How well earlier forecasts and rounds have met what happened: of the country, a county and a municipality.

The numbers are those that the command line prints, compiled: nothing is computed while somebody waits. A round is shown
with what its own day knew, and a reader is told of no year whose end the workspace's day does not know.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.http import Http404

from bosett.documents.open_data import open_word
from bosett.documents.words import percent
from bosett.geography import municipalities
from bosett.render.bars import Bar, BarGroup, bar_chart
from bosett.render.book import Cell
from bosett.render.chart_file import ChartKey
from bosett.rounds.backtested import (
    AnswerTold,
    ArrivalTold,
    BackTests,
    ModelMissed,
    RevisionTested,
    RoundTested,
    back_tests,
)
from bosett.rounds.parties import CENTRAL_OR_COUNTY, Party
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartTable, chart_at, charts_of
from bosett_web.screens.round.backtest_place import MODELS, place_chart, places_of, summed
from bosett_web.screens.round.history import whole_of, words_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

COUNTRY = "0"
RANGE = ("backtest_low", "backtest_middle", "backtest_high")
EMPTY: Mapping[str, Any] = dict.fromkeys(("above", "inside", "own", "counties", "revisions", "without_figures"), ())
"""What stands on the page of some places alone."""
WAYS: Mapping[str, str] = {
    "by the request, with eleven locks": "backtest_way_request_locks",
    "by the request": "backtest_way_request",
    "by what is left, with eleven locks": "backtest_way_left_locks",
    "by decision, with eleven locks": "backtest_way_decision_locks",
    "by decision": "backtest_way_decision",
    "by the request, others taken in by the reference model, all asked, in fives": "backtest_way_all",
    "the reference model anew": "backtest_way_anew",
    "by population, all asked, in fives": "backtest_way_population",
    "by the request alone, in fives": "backtest_way_alone",
}
"""What the ways of a revision are called: the engine has them in English."""


def backtest(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who takes no part in the round; there is no such place; or it is another municipality than the
            reader's.
    """
    if view.actor is None or view.actor.party not in CENTRAL_OR_COUNTY | {Party.MUNICIPALITY}:
        raise Http404
    known, code = back_tests().known_by(view.day, view.year), view.request.GET.get("of", COUNTRY)
    return {
        **EMPTY,
        "code": code,
        "today": view.day,
        "country": open_word("country", view.language),
        **(_country(view, known) if code == COUNTRY else _place(view, known, code)),
    }


# The country


def _country(view: View, known: BackTests) -> Mapping[str, Any]:
    language = view.language
    newest = next((each for each in reversed(known.rounds) if each.models[0].persons is not None), None)
    charts = (
        _rounds_chart(view, known.rounds),
        _answers_chart(view, "decided", known.answers),
        _answers_chart(view, "settled", known.answers),
        _arrivals_chart(view, known.arrivals),
    )
    own = view.actor.area if view.actor and view.actor.party is Party.MUNICIPALITY else ""
    return {
        "name": open_word("country", language),
        "own": next(
            ((place.code, place.display_name) for place in municipalities(view.year) if place.code == own), None
        ),
        "counties": [*_counties(view, newest)] if newest else [],
        "newest": str(newest.year) if newest else "",
        "revisions": [_revision(each, language) for each in known.revisions],
        "without_figures": [str(each.year) for each in known.rounds if each.models[0].persons is None],
        **charts_of(*charts),
    }


def _rounds_chart(view: View, rounds: Sequence[RoundTested]) -> Chart | None:
    """Return how far each model was from the requests, year by year; None before any was known."""
    language = view.language
    known = [each for each in rounds if any(model.persons is not None for model in each.models)]
    if not known:
        return None
    title = say("backtest_rounds", language)
    groups = [
        BarGroup(str(each.year), tuple(_model_bar(each, model, language) for model in each.models)) for each in known
    ]
    heads = ["settlement_year", "backtest_day", "backtest_total", *(words for _, words in MODELS.values())]
    rows: list[Sequence[Cell]] = [
        [
            str(each.year),
            formats.day(each.day, language),
            each.total,
            *(_part_words(each, model, language) for model in each.models),
        ]
        for each in rounds
    ]
    newest = known[-1]
    model, last_year, _ = (_part_words(newest, each, language) for each in newest.models)
    return Chart(
        chart_at(view, "backtest", "rounds"),
        title,
        (bar_chart(groups, title, say("in_table", language)),),
        (say("backtest_rounds_says", language, year=newest.year, part=model, other=last_year),),
        ChartTable([say(head, language) for head in heads], rows),
        (say("backtest_rounds_reads", language),),
        tuple(ChartKey(look, say(words, language)) for look, words in MODELS.values()),
        notes=(say("backtest_source", language),),
    )


def _model_bar(each: RoundTested, model: ModelMissed, language: str) -> Bar:
    look, words = MODELS[model.model]
    value = None if model.persons is None else round(Fraction(100 * model.persons, each.total))
    return Bar(look, value, f"{each.year}, {say(words, language)}: {_part_words(each, model, language)}")


def _part_words(each: RoundTested, model: ModelMissed, language: str) -> str:
    if model.persons is None:
        return say("missing", language)
    return percent(Fraction(model.persons, each.total), language)


def _counties(view: View, newest: RoundTested) -> Sequence[tuple[str, ...]]:
    """Return each county's code, name, and in the newest year what the model would have proposed, was asked, apart."""
    places = places_of(view, [newest])
    rows = []
    for county in sorted(view.counties, key=lambda each: formats.sort_key(each.name)):
        own = [place.code for place in municipalities(view.year) if place.county == county.code]
        (year,) = summed([places[code] for code in own])
        proposed, asked = whole_of(year.models[0]), whole_of(year.asked)
        apart = "–" if proposed is None or asked is None else formats.signed(Fraction(proposed - asked))
        rows.append(
            (
                county.code,
                county.name,
                words_of(year.models[0], view.language),
                words_of(year.asked, view.language),
                apart,
            )
        )
    return rows


def _answers_chart(view: View, of: str, answers: Sequence[AnswerTold]) -> Chart | None:
    """Return what was expected to be decided, or settled, and what came; None before any was known."""
    language, cases = view.language, [each for each in answers if each.of == of]
    if not cases:
        return None
    title = say(f"backtest_{of}", language)
    looks = (("b1", "backtest_asked"), ("bm", "backtest_expected"), ("b3", f"history_{of}"))
    seen: set[int] = set()
    groups = []
    for each in cases:
        name = f"{each.year}, {each.as_of.day}.{each.as_of.month}." if each.year in seen else str(each.year)
        seen.add(each.year)
        values = (each.asked, each.middle, each.came)
        bars = (
            Bar(look, value, f"{name}, {say(words, language)}: {formats.number(value)}")
            for (look, words), value in zip(looks, values, strict=True)
        )
        groups.append(BarGroup(name, tuple(bars)))
    heads = (
        "settlement_year",
        "backtest_told_on",
        "backtest_asked",
        "backtest_low",
        "backtest_middle",
        "backtest_high",
    )
    rows: list[Sequence[Cell]] = [
        [
            str(each.year),
            formats.day(each.as_of, language),
            *(each.asked, each.low, each.middle, each.high, each.came),
            say("backtest_holds" if each.holds else "backtest_fails", language),
        ]
        for each in cases
    ]
    titles = [say(head, language) for head in (*heads, f"history_{of}", "backtest_range")]
    return Chart(
        chart_at(view, "backtest", of),
        title,
        (bar_chart(groups, title, say("in_table", language)),),
        (say("backtest_answers_says", language, hits=sum(each.holds for each in cases), count=len(cases)),),
        ChartTable(titles, rows),
        (say("backtest_answers_reads", language),),
        tuple(ChartKey(look, say(words, language)) for look, words in looks),
        notes=(say("backtest_source", language),),
    )


def _arrivals_chart(view: View, arrivals: Sequence[ArrivalTold]) -> Chart | None:
    """Return what was told of twelve months of arrivals, and what came; None before any was known."""
    language = view.language
    if not arrivals:
        return None
    title = say("backtest_arrivals", language)
    looks = (("bm", "backtest_expected"), ("b3", "backtest_came"))
    groups = [
        BarGroup(
            f"{each.as_of.month}.{each.as_of:%y}",
            tuple(
                Bar(
                    look, value, f"{formats.day(each.as_of, language)}, {say(words, language)}: {formats.number(value)}"
                )
                for (look, words), value in zip(looks, (each.middle, each.came), strict=True)
            ),
        )
        for each in arrivals
    ]
    heads = ("backtest_told_on", *RANGE, "backtest_came", "backtest_range")
    rows: list[Sequence[Cell]] = [
        [
            formats.day(each.as_of, language),
            *(each.low, each.middle, each.high, each.came),
            say("backtest_holds" if each.holds else "backtest_fails", language),
        ]
        for each in arrivals
    ]
    return Chart(
        chart_at(view, "backtest", "arrivals"),
        title,
        (bar_chart(groups, title, say("in_table", language)),),
        (say("backtest_arrivals_says", language, hits=sum(each.holds for each in arrivals), count=len(arrivals)),),
        ChartTable([say(head, language) for head in heads], rows),
        (say("backtest_arrivals_reads", language),),
        tuple(ChartKey(look, say(words, language)) for look, words in looks),
        notes=(say("backtest_arrivals_source", language),),
    )


def _revision(each: RevisionTested, language: str) -> tuple[str, str, int, int, int, str]:
    part = percent(Fraction(each.persons, each.total), language)
    return str(each.year), say(WAYS[each.way], language), each.total, each.equal, each.asked, part


# A county, and a municipality


def _place(view: View, known: BackTests, code: str) -> Mapping[str, Any]:
    """Return a place through the years.

    Raises:
        Http404: There is no such place for this reader.
    """
    counties = {county.code: county.name for county in view.counties}
    places = {place.code: place for place in municipalities(view.year)}
    by_code = places_of(view, known.rounds)
    if code in counties:
        own = sorted(
            (place for place in places.values() if place.county == code),
            key=lambda place: formats.sort_key(place.display_name),
        )
        inside = [(place.code, place.display_name) for place in own if _may_read(view, place.code, code)]
        years = summed([by_code[place.code] for place in own])
        return {"name": counties[code], "inside": inside, **charts_of(place_chart(view, counties[code], years))}
    if code not in places or not _may_read(view, code, places[code].county):
        raise Http404(code)
    name, county = places[code].display_name, places[code].county
    return {"name": name, "above": [(county, counties[county])], **charts_of(place_chart(view, name, by_code[code]))}


def _may_read(view: View, code: str, county: str) -> bool:
    """Tell whether a reader is told of a municipality: itself, its county, and those who see the whole country."""
    actor = view.actor
    if actor is None:
        return False
    if actor.party is Party.MUNICIPALITY:
        return actor.area == code
    return actor.party is not Party.COUNTY or actor.area == county
