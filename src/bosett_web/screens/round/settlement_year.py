"""Where the settlement year is heading: the year as it fills up, who is ahead or behind, waits, and idle places."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bosett.documents.days import MONTHS
from bosett.figures.kinds import Status
from bosett.geography import NotToldOfPlace, UnknownMunicipality
from bosett.render.burn_up import BurnUp, burn_up
from bosett.render.tile_board import Spot
from bosett.rounds.parties import Party
from bosett.rounds.year import PATHS, YearPoint
from bosett.stages.forecast.judgement import judge_country
from bosett.stages.settlement.ledger import LedgerRow, SettlementStep
from bosett.stages.settlement.pace import PaceStanding, as_until_now, reached
from bosett.stages.settlement.waiting import NoWaitingTime, WaitingTime
from bosett_web.queries.capacity.capacity import AHEAD
from bosett_web.queries.round.settlement_year import IdleArea, scenario_title
from bosett_web.screens import formats
from bosett_web.screens.maps import maps
from bosett_web.screens.round.year_so_far import AreaParts, PlaceYear, YearSoFar, year_so_far
from bosett_web.screens.screen import View
from bosett_web.screens.settlement.settlement import CountInWords, count_in_words, filter_form
from bosett_web.screens.words import figure, say

NOT_ASKED = "not_asked"
STANDINGS = (*(standing.value for standing in PaceStanding), NOT_ASKED)
LOOKS: Mapping[str, str] = {
    "full": "pace-full",
    "ahead": "pace-ahead",
    "on_plan": "pace-on-plan",
    "behind": "pace-behind",
    "hidden": "pace-hidden",
    "not_told": "tx",
    "none_decided": "t0",
    "not_decided": "untold",
    NOT_ASKED: "tout",
}
"""How a tile is coloured by how its municipality stands."""
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


def lead(view: View, year: YearSoFar) -> list[str]:
    """Return in plain words how far the year has come, and where it is heading."""
    language, whole = view.language, year.whole
    settled = count_in_words(whole.settled, language).words
    decided = whole.decided.persons
    if whole.settled is None:
        return [say("year_nobody_told", language)]
    if decided is None:
        return [say("year_none_decided", language, number=settled)]
    planned, hidden = round(decided * year.plan.passed(year.day)), sum(each.is_hidden for each in year.of_places)
    at_least = [say("ledger_at_least", language, number=each) if hidden else each for each in (decided, planned)]
    sentences = [say("year_so_far", language, number=settled, decided=at_least[0], plan=at_least[1])]
    if hidden:
        sentences.append(say("year_hidden", language, count=hidden))
    lacking = [each for each in year.of_places if each.area.decided.persons and each.area.settled is None]
    if lacking:
        deciding = sum(bool(each.area.decided.persons) for each in year.of_places)
        sentences.append(say("year_lacking", language, missing=len(lacking), all=deciding))
    return [*sentences, _heading(view, year)]


def _heading(view: View, year: YearSoFar) -> str:
    language = view.language
    if year.day == date(view.year, 12, 31):
        return say("year_over", language)
    if not year.is_country:
        return say("year_of_part", language)
    if year.ahead is None or not year.ahead.ends:
        return say("year_unknown", language, year=str(view.year))
    end = year.ahead.ends[-1][1]
    code = "year_heading_least" if year.is_at_least else "year_heading"
    return say(code, language, low=end.p10, high=end.p90, middle=end.p50)


def _course(view: View, year: YearSoFar) -> Mapping[str, Any]:
    """Return the drawing, its table, and what it rests on."""
    language, ahead = view.language, year.ahead
    expected = ahead is not None and bool(ahead.ends)
    until_now = None if expected else _until_now(year)
    drawn = _drawn(view, year, until_now)
    rests = say(
        "year_plan_even" if year.plan.months is None else "year_plan_months",
        language,
        scenario=scenario_title(view.year, language),
    )
    return {
        "chart": burn_up(drawn, say("year_chart", language), say("in_table", language)),
        "legend": [(f"line-{name}", say(f"year_line_{name}", language)) for name in _lines(drawn, expected=expected)],
        "rests": rests,
        "expected": say(
            "year_expected_how",
            language,
            paths=PATHS,
            scenario=scenario_title(view.year, language),
            day=formats.day(year.day, language),
        )
        if expected
        else "",
        "backtest": _backtest(language) if expected else "",
        "until_now": until_now,
        "points": [point_in_words(year, point, language) for point in year.points],
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
        planned=_least(planned, language, when=year.plan_is_at_least and point.planned is not None),
        counts=tuple(
            (f"ledger_step_{step}", None if count is None else count_in_words(count, language))
            for step, count in counts.items()
        ),
        expected=_least(expected, language, when=year.is_at_least and end is not None),
    )


def _least(words: str, language: str, *, when: bool) -> str:
    return say("ledger_at_least", language, number=words) if when else words


def _until_now(year: YearSoFar) -> int | None:
    """Return where the same pace leads; None when it is not known, or the year is over."""
    settled = year.whole.settled
    if settled is None or settled.hidden or year.day == date(year.day.year, 12, 31):
        return None
    return as_until_now(settled.shown, year.day.year, year.day)


def _backtest(language: str) -> str:
    judged = judge_country(COUNTRY).score
    return say("year_backtest", language, of=judged.points, n=judged.hits)


def _drawn(view: View, year: YearSoFar, until_now: int | None) -> BurnUp:
    codes = {each.place.code for each in year.of_places}
    ends = year.ahead.ends if year.ahead else ()
    return BurnUp(
        year=view.year,
        until=year.day,
        planned=[(point.on, round(point.planned)) for point in year.points if point.planned is not None],
        settled=_climb(year.rows, codes, SettlementStep.SETTLED, year.day),
        agreed=_climb(year.rows, codes, SettlementStep.AGREED, year.day),
        enquired=_climb(year.rows, codes, SettlementStep.ENQUIRED, year.day),
        fan=[(on, end.p10, end.p50, end.p90) for on, end in ends],
        until_now=until_now,
        months="".join(name[0].upper() for name in MONTHS[view.language]),
    )


def _climb(rows: Sequence[LedgerRow], codes: set[str], step: SettlementStep, day: date) -> list[tuple[date, int]]:
    """Return what has been reached on each day on which something happened, as far as it is shown."""
    days = sorted({row.on for row in rows if row.step is step and row.on <= day})
    counts = zip(days, reached(rows, codes, step, days), strict=True)
    return [(on, count.shown) for on, count in counts if count is not None]


def _lines(drawn: BurnUp, *, expected: bool) -> list[str]:
    there = {
        "planned": drawn.planned,
        "settled": drawn.settled,
        "agreed": drawn.agreed,
        "enquired": drawn.enquired,
        "fan": expected and drawn.settled,
        "until_now": drawn.until_now is not None and drawn.settled,
    }
    return [name for name, points in there.items() if points]


# Who is ahead, behind or full


def standing_of(each: PlaceYear) -> str:
    """Return how a municipality stands; one that is not asked for anybody is told as that."""
    if each.is_hidden:
        return PaceStanding.HIDDEN.value
    return each.pace.standing.value if each.is_asked else NOT_ASKED


def _standing(view: View, year: YearSoFar) -> Mapping[str, Any]:
    several = len(year.of_places) > 1
    counts = Counter(map(standing_of, year.of_places))
    percent = _short(100 * year.tolerance.part)
    tolerance = say("year_standing_help", view.language, percent=percent, people=year.tolerance.persons)
    context = {
        "counts": [
            (LOOKS[name], say(f"pace_{name}", view.language), counts[name]) for name in STANDINGS if name in counts
        ],
        "standing_help": tolerance,
    }
    if year.of_counties:
        return {**context, "map": _map(view, year), "counties": _counties(view, year), "county_heads": [*TOGETHER]}
    shown = [each for each in year.of_places if not (several and _is_silent(each))]
    left_out = [each for each in year.of_places if each not in shown]
    return {
        **context,
        "map": _map(view, year) if several else "",
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


def _map(view: View, year: YearSoFar) -> str:
    spots = []
    for each in year.of_places:
        standing = standing_of(each)
        settled = count_in_words(each.area.settled, view.language)
        number = str(each.area.settled.shown) if each.area.settled and each.area.settled.persons is not None else ""
        words = say(f"pace_{standing}", view.language)
        title = f"{each.place.name}: {words}"
        if standing != NOT_ASKED:
            title += f", {say('ledger_step_settled', view.language).lower()} {settled.words}"
        spots.append(
            Spot(
                each.place.code,
                each.place.county,
                LOOKS[standing],
                number,
                title,
                _address(view, year, each.place.code),
            )
        )
    try:
        return maps(spots, view.year, say("year_map", view.language), view.language)
    except (NotToldOfPlace, UnknownMunicipality):
        return ""


def _address(view: View, year: YearSoFar, municipality: str = "", county: str = "") -> str:
    asked = {"county": county} if county else {"municipality": municipality}
    on = {} if year.wanted.is_now else {"on": year.wanted.on.isoformat()}
    return f"{reverse('settlement_year', args=[view.year])}?{urlencode({**asked, **on})}"


def _counties(view: View, year: YearSoFar) -> list[CountyInWords]:
    by_county: dict[str, Counter[str]] = {}
    for each in year.of_places:
        by_county.setdefault(each.place.county, Counter())[standing_of(each)] += 1
    names = {county.code: county.name for county in view.counties}
    return [
        CountyInWords(
            _address(view, year, county=code),
            names[code],
            tuple((f"pace_{head}", sum(by_county[code][name] for name in parts)) for head, parts in TOGETHER.items()),
        )
        for code in sorted(by_county, key=lambda code: formats.sort_key(names[code]))
    ]


def _place(view: View, each: PlaceYear, year: YearSoFar) -> PlaceInWords:
    language, standing = view.language, standing_of(each)
    return PlaceInWords(
        address=_address(view, year, each.place.code),
        name=each.place.name,
        decided=figure(each.area.decided, language),
        planned="" if each.pace.planned is None else formats.decimal(each.pace.planned),
        settled=count_in_words(each.area.settled, language),
        agreed=count_in_words(each.area.agreed, language),
        look=LOOKS[standing],
        standing=say(f"pace_{standing}", language),
        why=why_standing(each, language),
    )


def why_standing(each: PlaceYear, language: str) -> str:
    """Return why a municipality stands as it does."""
    apart, within = Fraction(0), each.pace.within or Fraction(0)
    if each.area.settled is not None and each.pace.planned is not None:
        apart = abs(each.area.settled.shown - each.pace.planned)
    return say(f"pace_why_{standing_of(each)}", language, change=_short(apart), ceiling=_short(within))


def _short(value: Fraction) -> str:
    """Write a number with one decimal where it is not whole."""
    return formats.decimal(value).removesuffix(",0")


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
