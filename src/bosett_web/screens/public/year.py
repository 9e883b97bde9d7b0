"""The year as it goes, for everybody: how far it has come, what is stopped, the news, and the counties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bosett.documents.days import MONTHS
from bosett.documents.open_data import by_in_words, notice_title
from bosett.figures.kinds import Status
from bosett.render.bars import Bar, BarGroup, bar_chart
from bosett.rounds.notices import NoticeKind, NoticeTime
from bosett.rounds.open_round import OpenNotice, OpenState
from bosett.rounds.release import COUNTRY
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.screens import formats
from bosett_web.screens.public.areas import area_map, county_rows
from bosett_web.screens.public.data import file_rows
from bosett_web.screens.public.news import news_rows
from bosett_web.screens.public.numbers import Shown, count, counted, total, whole
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.words import say

MOST_NEWS = 8
"""Pieces of news that stand open; the others are folded away."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that stands large, and what it is: who said it, and when."""

    name: str
    shown: Shown
    beside: str


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice that holds, or is to come."""

    title: str
    span: str
    text: str
    beside: str
    stops: bool


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The counts of the country at the end of a month."""

    name: str
    cells: tuple[tuple[str, Shown], ...]


def year(view: PublicView) -> Mapping[str, Any]:
    """Build the page."""
    language = view.language
    news = news_rows(view.round.news, language)
    board, legend = area_map(view, view.release.municipalities, say("public_map", language))
    return {
        **status(view),
        "news": news[:MOST_NEWS],
        "older": news[MOST_NEWS:],
        "feed": reverse("public_feed", args=[language, view.year]),
        "counties": county_rows(view),
        "map": board,
        "legend": legend,
        "people_from": view.round.people_from.get(language, ""),
        "months": month_rows(view, COUNTRY),
        "month_chart": month_chart(view, COUNTRY),
        "month_heads": [f"ledger_step_{step}" for step in SettlementStep],
        "files": [] if view.is_newest else file_rows(view),
        "newest": reverse("public_year", args=[language, view.year]),
    }


def status(view: PublicView) -> Mapping[str, Any]:
    """Return how far the year has come: in a sentence, in large numbers, what is stopped, and the last change."""
    news = news_rows(view.round.news[:1], view.language)
    return {
        "lead": lead(view),
        "figures": key_figures(view),
        "notices": notice_rows(view),
        "changed": news[0] if news else None,
        "forecast": _forecast(view),
    }


def lead(view: PublicView) -> str:
    """Return in a sentence how far the round has come."""
    language, everywhere = view.language, view.release.municipalities
    if view.round.state is OpenState.OPEN:
        return say("public_lead_open", language, year=view.year)
    asked = sum(bool(each.asked.persons) for each in everywhere)
    answered = sum(each.decided.status in (Status.OK, Status.HIDDEN) for each in everywhere)
    code = "public_lead_closed" if view.round.state is OpenState.CLOSED else "public_lead_numbered"
    persons = total((each.asked for each in everywhere), language).words
    return say(code, language, year=view.year, count=asked, answered=answered, words=persons)


def key_figures(view: PublicView) -> list[KeyFigure]:
    """Return what is planned, asked for, decided and settled in the whole country."""
    language, everywhere = view.language, view.release.municipalities
    asked = sum(bool(each.asked.persons) for each in everywhere)
    answered = sum(each.decided.status in (Status.OK, Status.HIDDEN) for each in everywhere)
    counts = view.release.counts
    return [
        _planned(view),
        KeyFigure(
            say("public_asked", language),
            total((each.asked for each in everywhere), language),
            say("public_of_municipalities", language, count=asked) if asked else say("public_not_yet", language),
        ),
        KeyFigure(
            say("public_decided", language),
            total((each.decided for each in everywhere), language),
            say("public_by_municipalities", language, count=answered) if answered else say("public_not_yet", language),
        ),
        KeyFigure(
            say("public_settled", language),
            count(view, COUNTRY, SettlementStep.SETTLED),
            say("public_until", language, day=formats.day(counts.day, language))
            if counts
            else say("public_not_yet", language),
        ),
    ]


def _forecast(view: PublicView) -> str:
    """Return the newest forecast in a sentence; empty while none is public."""
    if not view.round.forecasts:
        return ""
    newest = view.round.forecasts[-1]
    return say(
        "public_forecast_line",
        view.language,
        low=newest.low,
        middle=newest.middle,
        high=newest.high,
        publisher=newest.publisher,
        day=formats.day(newest.day, view.language),
    )


def _planned(view: PublicView) -> KeyFigure:
    language = view.language
    name = say("public_planned", language)
    if view.round.targets:
        newest = view.round.targets[-1]
        beside = say(
            "public_decided_by",
            language,
            who=by_in_words("committee", language),
            day=formats.day(newest.day, language),
        )
        return KeyFigure(name, whole(newest.national, language), beside)
    name = say("public_planned_before", language)
    return KeyFigure(name, whole(view.round.planned, language), say("public_no_target", language))


def notice_rows(view: PublicView) -> list[PublicNotice]:
    """Return the notices that hold on the day of the release, or are to come; what is stopped first."""
    on = view.release.day
    not_over = [each for each in view.round.notices if each.time_on(on) is not NoticeTime.OVER]
    in_order = sorted(not_over, key=lambda each: each.kind is not NoticeKind.STOP)
    return [_notice(each, view.language) for each in in_order]


def _notice(each: OpenNotice, language: str) -> PublicNotice:
    days = {
        name: formats.day(value, language) for name, value in (("since", each.since), ("until", each.until)) if value
    }
    everywhere = say(
        "notice_told",
        language,
        who=by_in_words(each.told_by, language),
        day=formats.day(each.told_on, language),
        source=each.source,
    )
    return PublicNotice(
        title=notice_title(each, language),
        span=say("span_closed" if each.until else "span_open", language, **days),
        text=each.text.get(language) or each.text.get("nb", ""),
        beside=everywhere,
        stops=each.kind is NoticeKind.STOP,
    )


def month_rows(view: PublicView, place: str) -> list[MonthRow]:
    """Return the counts of a place at the end of each month that has been published."""
    rows = []
    for day in view.release.days:
        counts = {(each.place, each.step, each.group): each for each in day.counts}
        cells = tuple(
            (f"ledger_step_{step}", counted(counts[place, step, LedgerGroup.ALL], view.language))
            for step in SettlementStep
        )
        rows.append(MonthRow(formats.day(day.day, view.language), cells))
    return rows


def month_chart(view: PublicView, place: str) -> str:
    """Return how many had been settled in a place at the end of each month, drawn; empty before there are counts."""
    groups = []
    for day in view.release.days:
        settled = next(
            each
            for each in day.counts
            if (each.place, each.step, each.group) == (place, SettlementStep.SETTLED, LedgerGroup.ALL)
        )
        name = MONTHS[view.language][day.day.month - 1]
        title = f"{name}: {counted(settled, view.language).words}"
        groups.append(BarGroup(name[:3], (Bar("b3", settled.persons, title),)))
    if not groups:
        return ""
    return bar_chart(groups, say("public_months", view.language), say("in_table", view.language))
