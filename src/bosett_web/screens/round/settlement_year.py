"""Where the settlement year is heading: the year as it fills up, who is ahead or behind, waits, and idle places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from bosett.figures.kinds import Status
from bosett.rounds.parties import Party
from bosett.rounds.year import YearPoint
from bosett.stages.forecast.judgement import judge_country
from bosett.stages.settlement.ledger import SettlementStep
from bosett.stages.settlement.waiting import NoWaitingTime, WaitingTime
from bosett_web.queries.capacity.capacity import AHEAD
from bosett_web.queries.round.settlement_year import IdleArea
from bosett_web.screens import formats
from bosett_web.screens.charts import charts_of
from bosett_web.screens.round.settlement_year_charts import (
    LOOKS,
    address_in_year,
    course_chart,
    lead,
    least_words,
    short,
    standing_chart,
    standing_of,
    why_standing,
)
from bosett_web.screens.round.year_so_far import AreaParts, PlaceYear, YearSoFar, year_so_far
from bosett_web.screens.screen import View
from bosett_web.screens.settlement.settlement import CountInWords, count_in_words, filter_form
from bosett_web.screens.words import figure, say

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "full": ("full",),
    "ahead": ("ahead",),
    "on_plan": ("on_plan",),
    "behind": ("behind",),
    "unknown": ("hidden", "not_told"),
    "without": ("none_decided", "not_decided"),
}
"""The columns of the table by county: what is counted together in each."""
COUNTRY = "Norway"


@dataclass(frozen=True, slots=True)
class PointInWords:
    """A row of the table of the year: what is not known stands as a dash."""

    on: date
    planned: str
    counts: tuple[tuple[str, CountInWords | None], ...]
    expected: str


@dataclass(frozen=True, slots=True)
class PlaceInWords:
    """A municipality in the table: how it stands, and why."""

    address: str
    name: str
    decided: str
    planned: str
    settled: CountInWords
    agreed: CountInWords
    look: str
    standing: str
    why: str


@dataclass(frozen=True, slots=True)
class CountyInWords:
    """A county in the table: how many of its municipalities stand how."""

    address: str
    name: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WaitsInWords:
    """How long people waited in an area, from step to step."""

    name: str
    cells: tuple[tuple[str, CountInWords], ...]


@dataclass(frozen=True, slots=True)
class IdleInWords:
    """Idle places beside people who wait, in an area."""

    name: str
    cells: tuple[tuple[str, CountInWords], ...]


def settlement_year(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who may see none of it.
    """
    year = year_so_far(view)
    context = {
        "wanted": year.wanted,
        "filter": filter_form(view, year.places, year.wanted),
        "any": year.any,
        "begun": year.begun,
        "made_up": year.made_up,
        "query": query_of(year),
    }
    if not (year.any and year.begun):
        return context
    return {
        **context,
        "name": year.whole.name,
        "lead": lead(view, year),
        **_course(view, year),
        **_standing(view, year),
        "waits": [_waits(each.area.name, each.waits, view.language) for each in year.waits if _any_wait(each.waits)],
        "wait_heads": WAIT_HEADS,
        "idle": [_idle(view, area, each) for area, each in year.idle if each.places or each.waiting],
        "sees_capacity": sees_capacity(view),
        "idle_heads": IDLE_HEADS,
        "idle_weeks": AHEAD,
        "groups": year.groups,
        "of_counties": year.of_counties,
    }


def query_of(year: YearSoFar) -> str:
    """Return what leads to the same choice again."""
    wanted = year.wanted
    on = "" if wanted.is_now else wanted.on.isoformat()
    asked = {"on": on, "county": wanted.county, "municipality": wanted.municipality}
    chosen = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""


# Where it is heading


def _course(view: View, year: YearSoFar) -> Mapping[str, Any]:
    """Return the table of the year, and how often what is expected has held before."""
    expected = year.ahead is not None and bool(year.ahead.ends)
    return {
        "backtest": _backtest(view.language) if expected else "",
        "points": [point_in_words(year, point, view.language) for point in year.points],
        "point_heads": POINT_HEADS,
    }


POINT_HEADS = ("year_planned", "ledger_step_enquired", "ledger_step_agreed", "ledger_step_settled", "year_expected")


def point_in_words(year: YearSoFar, point: YearPoint, language: str) -> PointInWords:
    """Return a row of the table of the year."""
    counts = {
        SettlementStep.ENQUIRED: point.enquired,
        SettlementStep.AGREED: point.agreed,
        SettlementStep.SETTLED: point.settled,
    }
    end = point.expected
    planned = "" if point.planned is None else formats.number(round(point.planned))
    expected = say("need_range", language, middle=end.p50, low=end.p10, high=end.p90) if end else ""
    return PointInWords(
        on=point.on,
        planned=least_words(planned, language, when=year.plan_is_at_least and point.planned is not None),
        counts=tuple(
            (f"ledger_step_{step}", None if count is None else count_in_words(count, language))
            for step, count in counts.items()
        ),
        expected=least_words(expected, language, when=year.is_at_least and end is not None),
    )


def _backtest(language: str) -> str:
    judged = judge_country(COUNTRY).score
    return say("year_backtest", language, of=judged.points, n=judged.hits)


# Who is ahead, behind or full


def _standing(view: View, year: YearSoFar) -> Mapping[str, Any]:
    several = len(year.of_places) > 1
    percent = short(100 * year.tolerance.part)
    context: Mapping[str, Any] = {
        "standing_help": say("year_standing_help", view.language, percent=percent, people=year.tolerance.persons),
        **charts_of(course_chart(view, year), standing_chart(view, year)),
    }
    if year.of_counties:
        return {**context, "counties": _counties(view, year), "county_heads": [*TOGETHER]}
    shown = [each for each in year.of_places if not (several and _is_silent(each))]
    left_out = [each for each in year.of_places if each not in shown]
    return {
        **context,
        "places": [_place(view, each, year) for each in shown],
        "left_out": [each.place.name for each in left_out if not each.is_asked],
        "undecided": [each.place.name for each in left_out if each.is_asked],
    }


def _is_silent(each: PlaceYear) -> bool:
    """Tell whether nothing is known of a municipality: it is named, without a row."""
    area = each.area
    return area.decided.status in (Status.MISSING, Status.NOT_ASKED) and (area.enquired, area.agreed, area.settled) == (
        None,
        None,
        None,
    )


def _counties(view: View, year: YearSoFar) -> list[CountyInWords]:
    by_county: dict[str, Counter[str]] = {}
    for each in year.of_places:
        by_county.setdefault(each.place.county, Counter())[standing_of(each)] += 1
    names = {county.code: county.name for county in view.counties}
    return [
        CountyInWords(
            address_in_year(view, year, county=code),
            names[code],
            tuple((f"pace_{head}", sum(by_county[code][name] for name in parts)) for head, parts in TOGETHER.items()),
        )
        for code in sorted(by_county, key=lambda code: formats.sort_key(names[code]))
    ]


def _place(view: View, each: PlaceYear, year: YearSoFar) -> PlaceInWords:
    language, standing = view.language, standing_of(each)
    return PlaceInWords(
        address=address_in_year(view, year, each.place.code),
        name=each.place.name,
        decided=figure(each.area.decided, language),
        planned="" if each.pace.planned is None else formats.decimal(each.pace.planned),
        settled=count_in_words(each.area.settled, language),
        agreed=count_in_words(each.area.agreed, language),
        look=LOOKS[standing],
        standing=say(f"pace_{standing}", language),
        why=why_standing(each, language),
    )


# Waits, and idle places

WAIT_HEADS = ("wait_enquired_agreed", "wait_agreed_settled", "wait_enquired_settled")
IDLE_HEADS = ("idle_reported", "idle_left", "idle_waiting")


def _any_wait(waits: Sequence[WaitingTime | NoWaitingTime]) -> bool:
    return any(each is not NoWaitingTime.NOBODY for each in waits)


def _waits(name: str, waits: Sequence[WaitingTime | NoWaitingTime], language: str) -> WaitsInWords:
    return WaitsInWords(
        name, tuple((head, _wait(each, language)) for head, each in zip(WAIT_HEADS, waits, strict=True))
    )


def _wait(wait: WaitingTime | NoWaitingTime, language: str) -> CountInWords:
    if isinstance(wait, NoWaitingTime):
        return CountInWords(say(f"wait_{wait}", language), is_known=False)
    words = say("wait_days", language, n=wait.median)
    beside = say("wait_beside", language, high=wait.nine_of_ten, people=wait.persons)
    return CountInWords(words, is_known=True, beside=beside)


def sees_capacity(view: View) -> bool:
    """Tell whether a reader of the year may read what capacity is reported: the ministry and the committee may not."""
    return view.request.who.party not in (Party.MINISTRY, Party.COMMITTEE)


def _idle(view: View, area: AreaParts, each: IdleArea) -> IdleInWords:
    language = view.language
    missing = CountInWords(say("missing", language), is_known=False)
    unseen = missing if sees_capacity(view) else CountInWords(say("idle_not_shown", language), is_known=False)
    reported, left, waiting = unseen, unseen, missing
    if each.places is not None:
        beside = say("idle_unknown", language, missing=each.places.unknown) if each.places.unknown else ""
        reported = CountInWords(formats.number(each.places.reported), is_known=True, beside=beside)
        left = CountInWords(formats.number(each.places.idle), is_known=True)
    if each.waiting is not None and each.waiting.municipalities:
        beside = say("idle_unknown", language, missing=each.waiting.unknown) if each.waiting.unknown else ""
        waiting = CountInWords(formats.number(each.waiting.persons), is_known=True, beside=beside)
    elif each.waiting is not None:
        waiting = CountInWords(say("year_not_known", language), is_known=False)
    return IdleInWords(area.name, tuple(zip(IDLE_HEADS, (reported, left, waiting), strict=True)))
