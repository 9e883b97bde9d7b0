"""What is read before targets are written: the forecasts as a drawing, and how far the years before missed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bosett.documents.words import percent
from bosett.render.book import Cell
from bosett.render.fan import FanMark, FanPoint, fan
from bosett.rounds.country_before import NationalSum
from bosett.rounds.parties import agreement_on
from bosett.rounds.planned_before import PlannedYear, planned_years
from bosett_web.queries.round.targets import national_before
from bosett_web.queries.standing_rows import ForecastRow
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartTable, chart_at, charts_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOST_FORECASTS = 2
"""Versions of the forecast that are drawn: the newest, and the one before it."""
MOST_YEARS = 4
"""Years before that are drawn beside them."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year before, in words: what was decided here, asked for, decided and settled, and how far it missed."""

    year: str
    target: int | None
    first: str
    last: str
    decided: str
    settled: str
    miss: str


def before_targets(view: View) -> Mapping[str, Any]:
    """Return the drawing, what it shows in sentences, and the table of the years before."""
    years = planned_years(view.year, view.day, view.at.figures)
    decided = national_before(each.year for each in years)
    sentences = [*_sentences(view, years)]
    chart = _chart(view, years, sentences)
    return {
        # Beside a drawing stands what it does not say itself.
        "sentences": sentences[1:] if chart else sentences,
        **charts_of(chart),
        "years": [_line(view, each, decided.get(each.year)) for each in reversed(years)],
        "targets_known": bool(decided),
        "mandate": mandate(view),
    }


def mandate(view: View) -> str:
    """Return in words whether the committee decides the targets or advises on them, and since when."""
    agreement, language = agreement_on(view.day), view.language
    if agreement is None:
        return say("targets_role_unknown", language, day=formats.day(view.day, language))
    since, until = (formats.day(day, language) for day in (agreement.since, agreement.until))
    return say(f"targets_role_{agreement.role}", language, since=since, until=until)


def minors_told(row: ForecastRow, language: str) -> str:
    """Return the minors of a forecast in words; those that it does not tell of are said to be not told."""
    under15, from15 = (
        say("missing", language) if each is None else formats.number(each) for each in (row.under15, row.from15)
    )
    return say("targets_forecast_minors", language, under15=under15, from15=from15)


def _chart(view: View, years: Iterable[PlannedYear], sentences: Sequence[str]) -> Chart | None:
    """Return the newest forecasts beside the years whose miss is known; None without a forecast."""
    forecasts, language = view.at.forecasts[-MOST_FORECASTS:], view.language
    if not forecasts:
        return None
    points = [*_points_before(years)][-MOST_YEARS:]
    for row in forecasts:
        name = str(view.year)
        if len(view.at.forecasts) > 1:
            name = say("targets_chart_version", language, year=view.year, version=row.version)
        points.append(FanPoint(name, row.low, row.middle, row.high))
    target = view.at.targets[-1].national.number if view.at.targets else None
    marks = [] if target is None else [FanMark("m1", target)]
    most = max(1, *(point.high for point in points), *(mark.value for mark in marks))
    title = say("targets_chart", language)
    first, *others = sentences
    reads = [say("targets_chart_help", language), *([say("targets_chart_line", language)] if marks else [])]
    heads = ("targets_year", "field_low", "field_middle", "field_high")
    rows: list[Sequence[Cell]] = [[point.name, point.low, point.middle, point.high] for point in points]
    if target is not None:
        rows.append([say("target", language), None, target, None])
    return Chart(
        chart_at(view, "targets", "before"),
        title,
        (fan(points, marks, most, title, say("in_table", language), is_joined=False),),
        (first,),
        ChartTable([say(head, language) for head in heads], rows),
        tuple(reads),
        beside=tuple(others),
    )


def _points_before(years: Iterable[PlannedYear]) -> Iterable[FanPoint]:
    for each in years:
        first, settled = each.sums["requested_first"], each.sums["settled"]
        if each.miss is not None and first is not None and settled is not None:
            low, high = sorted((first.persons, settled.persons))
            yield FanPoint(str(each.year), low, settled.persons, high, "was")


def _sentences(view: View, years: Sequence[PlannedYear]) -> Iterable[str]:
    language, newest = view.language, view.at.current_forecast
    if newest is not None:
        day = formats.day(newest.as_of, language)
        facts = {"day": day, "publisher": newest.publisher, "low": newest.low, "middle": newest.middle}
        yield say("targets_forecast_told", language, **facts, high=newest.high)
        yield minors_told(newest, language)
    if missed := [words for each in years if (words := _miss(each, language))]:
        yield say("targets_missed", language, years="; ".join(missed))
    last = view.at.targets[-1] if view.at.targets else None
    if newest is not None and last is not None and last.national.number is not None:
        target = last.national.number
        where = "below" if target < newest.low else "above" if target > newest.high else "within"
        yield say(f"targets_lies_{where}", language, number=target)


def _miss(each: PlannedYear, language: str) -> str:
    """Return how far a year missed in words; empty where it is not known."""
    if each.miss is None:
        return ""
    side = "under" if each.miss < 0 else "over"
    code = f"targets_miss_{side}"
    part = percent(abs(each.miss), language, 0)
    return say(f"{code}_bound" if each.is_at_most else code, language, year=each.year, part=part)


def _line(view: View, each: PlannedYear, target: int | None) -> YearLine:
    first, last, decided, settled = (
        _told(each.sums[measure], view.language) for measure in ("requested_first", "requested", "decided", "settled")
    )
    return YearLine(str(each.year), target, first, last, decided, settled, _part(each.miss, each, view.language))


def _part(miss: Fraction | None, each: PlannedYear, language: str) -> str:
    if miss is None:
        return "–"
    part = f"{'+' if miss > 0 else formats.MINUS if miss < 0 else ''}{percent(abs(miss), language, 0)}"
    if not each.is_at_most:
        return part
    return say("targets_at_least" if miss < 0 else "targets_at_most", language, part=part)


def _told(number: NationalSum | None, language: str) -> str:
    """Return a sum in words; where something of it is hidden or lacking, that it is at least so much."""
    if number is None:
        return say("missing", language)
    persons = formats.number(number.persons)
    return persons if number.is_whole else say("targets_at_least", language, part=persons)
