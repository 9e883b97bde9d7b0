"""The drawings of the settlement year: the year as it fills up, and how each municipality stands; with their tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse

from bosett.documents.days import MONTHS
from bosett.render.book import Cell
from bosett.render.burn_up import BurnUp, burn_up
from bosett.render.chart_file import ChartKey
from bosett.render.tile_board import Spot
from bosett.rounds.year import PATHS
from bosett.stages.settlement.ledger import LedgerCount, LedgerRow, SettlementStep
from bosett.stages.settlement.pace import PaceStanding, as_until_now, reached
from bosett_web.queries.round.settlement_year import scenario_title
from bosett_web.screens import formats
from bosett_web.screens.charts import Chart, ChartTable, chart_at
from bosett_web.screens.maps import maps
from bosett_web.screens.round.year_so_far import PlaceYear, YearSoFar
from bosett_web.screens.screen import View
from bosett_web.screens.settlement.settlement import count_in_words
from bosett_web.screens.words import say

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


def course_chart(view: View, year: YearSoFar) -> Chart:
    """Return the year as it fills up."""
    language = view.language
    expected = year.ahead is not None and bool(year.ahead.ends)
    until_now = None if expected else _until_now(year)
    data = _drawn(view, year, until_now)
    title = f"{say('year_course', language)}: {year.whole.name}"
    scenario = scenario_title(view.year, language)
    reads = [say("year_plan_even" if year.plan.months is None else "year_plan_months", language, scenario=scenario)]
    if expected:
        day = formats.day(year.day, language)
        reads.append(say("year_expected_how", language, paths=PATHS, scenario=scenario, day=day))
    if until_now is not None:
        reads.append(say("year_until_now", language, number=until_now))
    *so_far, heading = lead(view, year)
    heads, rows = course_table(year, language)
    as_of = say("year_as_of", language, day=formats.day(year.wanted.on, language))
    return Chart(
        chart_at(view, "settlement_year", "course"),
        title,
        (burn_up(data, say("year_chart", language), say("in_table", language)),),
        (heading,),
        ChartTable(heads, rows, at="course-table"),
        tuple(reads),
        keys=tuple(
            ChartKey(f"line-{name}", say(f"year_line_{name}", language), is_line=True)
            for name in _lines(data, expected=expected)
        ),
        beside=tuple(so_far),
        notes=(as_of, *([say("ledger_made_up", language)] if year.made_up else [])),
    )


def standing_chart(view: View, year: YearSoFar) -> Chart | None:
    """Return how each municipality stands, on the map; None for one alone, and for a year that has no map."""
    language, counts = view.language, Counter(map(standing_of, year.of_places))
    if len(year.of_places) < 2:
        return None
    drawings = _map(view, year)
    if not drawings:
        return None
    there = [name for name in STANDINGS if name in counts]
    ahead, behind = counts["full"] + counts["ahead"], counts["behind"]
    on_plan = counts["on_plan"]
    keys = tuple(
        ChartKey(LOOKS[name], f"{say(f'pace_{name}', language)}: {formats.number(counts[name])}") for name in there
    )
    heads, rows = places_table(view, year)
    as_of = say("year_as_of", language, day=formats.day(year.wanted.on, language))
    return Chart(
        chart_at(view, "settlement_year", "standing"),
        say("year_map", language),
        drawings,
        (say("year_map_says", language, ahead=ahead, behind=behind, on_plan=on_plan, all=len(year.of_places)),),
        # By county the page tells how many stand how; each municipality then stands beneath the drawing.
        ChartTable(heads, rows, at="" if year.of_counties else "standing-table"),
        (say("year_map_number", language),),
        keys=keys,
        notes=(as_of, *([say("ledger_made_up", language)] if year.made_up else [])),
    )


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


def course_table(year: YearSoFar, language: str) -> tuple[list[str], list[Sequence[Cell]]]:
    """Return the year month by month: heads and rows, a number where it is known and words where it is not whole."""
    heads = ("year_day", "year_planned", "ledger_step_enquired", "ledger_step_agreed", "ledger_step_settled")
    ranged = ("year_low", "year_middle", "year_high")
    rows: list[Sequence[Cell]] = []
    for point in year.points:
        end = point.expected
        counts = [_counted(count, language) for count in (point.enquired, point.agreed, point.settled)]
        expected = (
            [_at_least(each, language, when=year.is_at_least) for each in (end.p10, end.p50, end.p90)] if end else []
        )
        planned = _at_least(_exact(point.planned), language, when=year.plan_is_at_least)
        rows.append([point.on.isoformat(), planned, *counts, *(expected or [None] * len(ranged))])
    return [say(head, language) for head in (*heads, *ranged)], rows


def places_table(view: View, year: YearSoFar) -> tuple[list[str], list[Sequence[Cell]]]:
    """Return each municipality, how far it has come, how it stands, and why: heads and rows."""
    language = view.language
    heads = (
        "municipality_code",
        "municipality",
        "county",
        "decided",
        "planned",
        "agreed",
        "settled",
        "standing",
        "why",
    )
    names: Mapping[str, str] = {county.code: county.name for county in view.counties}
    rows: list[Sequence[Cell]] = [
        [
            each.place.code,
            each.place.name,
            names[each.place.county],
            each.area.decided.persons,
            _exact(each.pace.planned),
            _counted(each.area.agreed, language),
            _counted(each.area.settled, language),
            say(f"pace_{standing_of(each)}", language),
            why_standing(each, language),
        ]
        for each in year.of_places
    ]
    return [say(f"year_col_{head}", language) for head in heads], rows


def standing_of(each: PlaceYear) -> str:
    """Return how a municipality stands; one that is not asked for anybody is told as that."""
    if each.is_hidden:
        return PaceStanding.HIDDEN.value
    return each.pace.standing.value if each.is_asked else NOT_ASKED


def why_standing(each: PlaceYear, language: str) -> str:
    """Return why a municipality stands as it does."""
    apart, within = Fraction(0), each.pace.within or Fraction(0)
    if each.area.settled is not None and each.pace.planned is not None:
        apart = abs(each.area.settled.shown - each.pace.planned)
    return say(f"pace_why_{standing_of(each)}", language, change=short(apart), ceiling=short(within))


def address_in_year(view: View, year: YearSoFar, municipality: str = "", county: str = "") -> str:
    """Return where the year is shown of a municipality, or of a county."""
    asked = {"county": county} if county else {"municipality": municipality}
    on = {} if year.wanted.is_now else {"on": year.wanted.on.isoformat()}
    return f"{reverse('settlement_year', args=[view.year])}?{urlencode({**asked, **on})}"


def least_words(words: str, language: str, *, when: bool) -> str:
    """Return words, of a number that is no more than it was that it is at least so much."""
    return say("ledger_at_least", language, number=words) if when else words


def _until_now(year: YearSoFar) -> int | None:
    """Return where the same pace leads; None when it is not known, or the year is over."""
    settled = year.whole.settled
    if settled is None or settled.hidden or year.day == date(year.day.year, 12, 31):
        return None
    return as_until_now(settled.shown, year.day.year, year.day)


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


def _map(view: View, year: YearSoFar) -> tuple[str, ...]:
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
                address_in_year(view, year, each.place.code),
            )
        )
    return maps(spots, view.year, say("year_map", view.language), view.language)


def short(value: Fraction) -> str:
    """Write a number with one decimal where it is not whole."""
    return formats.decimal(value).removesuffix(",0")


def _counted(count: LedgerCount | None, language: str) -> Cell:
    """Return a count as a number, or in words when it is no whole number of people: at least so many, or hidden."""
    if count is None:
        return None
    return count_in_words(count, language).words if count.hidden else count.shown


def _at_least(value: Cell, language: str, *, when: bool) -> Cell:
    """Return a figure, in words where it is at least so many."""
    return say("ledger_at_least", language, number=_plain(value)) if when and value is not None else value


def _exact(value: Fraction | None) -> Cell:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else value


def _plain(cell: Cell) -> object:
    return formats.decimal(cell) if isinstance(cell, Fraction) else cell
