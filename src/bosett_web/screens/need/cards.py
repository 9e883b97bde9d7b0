"""A scenario's answer as the page shows it: its charts, their sentences and figures, and what it rests on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode, urlsplit

from django.urls import reverse

from bosett.documents.days import MONTHS
from bosett.figures import national_totals
from bosett.render.book import Cell
from bosett.render.chart_file import ChartKey
from bosett.render.fan import FanMark, FanPoint, fan
from bosett.rounds.need_asked import NeedAsked
from bosett.rounds.states import NeedRunState
from bosett.stages.forecast.calendar import Restart
from bosett.stages.forecast.scenario import RestsOn, StopVersion
from bosett.stages.forecast.streams import NeedStream
from bosett.stages.forecast.summary import ALL, NeedRange
from bosett.stages.forecast.versions import ASSUMPTION, NumberVersion
from bosett_web.queries.need.runs import NeedRunRow, is_broken_off, runs_of
from bosett_web.queries.need_reckoned import FULL, QUICK, NeedReckoned, asked_of, reckoned
from bosett_web.queries.situations import new_situation
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.charts import Chart, ChartTable, chart_at
from bosett_web.screens.forms import PageForm, shown
from bosett_web.screens.need.forms import pairs_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

ADDRESS = re.compile(r"https?://[^\s,()]+")
RUN, REGISTER = "need.run", "forecast.register"
NAMED = 3
"""Every so manieth month has its name under a chart."""
MINOR_FIELDS = {"under15": NeedStream.MINORS_UNDER_15, "from15": NeedStream.MINORS_15_18}
"""Where the need of minors stands in the form of a forecast."""
PARTS = ("alone", "waits-")
"""How the names of numbers begin that are parts of a whole."""
SHORT = 3
"""Letters of a month's name there."""


@dataclass(frozen=True, slots=True)
class NeedMark:
    """A number that a range is held against: what it is, where it is from, and the class of its line."""

    look: str
    value: int
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: its name, who is to be settled up to and with it, and in it."""

    name: str
    so_far: NeedRange
    need: NeedRange


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """A piece of a source: words, or an address and whose it is."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class RestingLine:
    """One number that a scenario rests on, in words; `is_assumed` is that the source says why, and not from where."""

    of: str
    what: str
    value: str
    known: str
    source: tuple[SourcePiece, ...]
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """An answer and the question that it is of: that of a full run when there is one, else of few paths.

    `run` is the newest full run of the same question, whatever has become of it; None when none was ordered.
    """

    asked: NeedAsked
    numbers: NeedReckoned
    run: NeedRunRow | None

    @property
    def is_full(self) -> bool:
        """Whether it is of a full run."""
        return self.asked.paths == FULL

    @property
    def total(self) -> NeedRange:
        """Who is to be settled in the year."""
        return self.numbers.summary.year_total[ALL]


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A scenario's answer as the page shows it.

    Attributes:
        id: How the page calls its place.
        title: What it is.
        answer: The numbers.
        state: How many paths they are of, and what has become of a full run, in words.
        is_waiting: Whether a full run is under way.
        charts: Of the year so far, and of each month.
        months: The figures of the charts.
        rests: What it rests on.
        address: What the addresses of its files say of it.
        pairs: The same, for the form of a full run.
        order: The button that orders one, and its form; None when it cannot be ordered.
        form: See `order`.
        register: Where it is registered as a forecast; empty for who may not.
    """

    id: str
    title: str
    answer: NeedAnswer
    state: str
    is_waiting: bool
    charts: tuple[Chart, ...]
    months: tuple[MonthLine, ...]
    rests: tuple[RestingLine, ...]
    address: str
    pairs: Sequence[tuple[str, str]]
    order: Button | None
    form: PageForm | None
    register: str


def answers_of(year: int, asked: Mapping[str, NeedAsked]) -> Mapping[str, NeedAnswer]:
    """Return the answer to each question, by the same names. One query.

    Args:
        year: Settlement year of the round in which full runs are ordered.
        asked: Questions along few paths.
    """
    full = {name: _full(each) for name, each in asked.items()}
    keys = {name: each.key() for name, each in full.items()}
    runs = runs_of(year, list(keys.values()))
    answers = {}
    for name, each in asked.items():
        run = runs.get(keys[name])
        numbers = None if run is None else run.answer
        answers[name] = (
            NeedAnswer(each, reckoned(each), run) if numbers is None else NeedAnswer(full[name], numbers, run)
        )
    return answers


def marks_of(view: View, of: int) -> tuple[NeedMark, ...]:
    """Return what the need of a year is held against, as far as it is known on the day and to this reader."""
    marks = []
    targets = view.at.current_targets if of == view.year else None
    if targets is not None and targets.national.number is not None:
        title, day = say("need_mark_target", view.language), formats.day(targets.day, view.language)
        marks.append(NeedMark("m1", targets.national.number, title, day))
    for look, measure, place in (("m2", "requested_first", 0), ("m3", "requested", -1)):
        known = [each for each in national_totals(measure, of, figures=view.whole.figures) if each.known_on <= view.day]
        if known and all(known[place].value != mark.value for mark in marks):
            total = known[place]
            publisher = total.source if total.accepted else say("party_directorate", view.language)
            source = f"{publisher}, {formats.day(total.known_on, view.language)}"
            marks.append(NeedMark(look, total.value, say(f"need_mark_{measure}", view.language), source))
    return tuple(marks)


def card(view: View, identity: str, name: str, answer: NeedAnswer, marks: Sequence[NeedMark], most: int) -> NeedCard:
    """Return a scenario's answer as the page shows it.

    Args:
        view: The page.
        identity: How the page calls its place.
        name: The scenario by the name that the page gives it.
        answer: The numbers.
        marks: What the year is held against.
        most: Persons at the top of the chart of the year.
    """
    asked, numbers, run = answer.asked, answer.numbers, answer.run
    pairs = pairs_of(asked.year, name, asked.changes)
    is_waiting = run is not None and run.state == NeedRunState.QUEUED and not is_broken_off(run)
    order = next(iter(buttons(view.request, new_situation(view.whole), RUN)), None)
    offered = None if answer.is_full or is_waiting else order
    return NeedCard(
        id=identity,
        title=title_of(view, asked),
        answer=answer,
        state=_state(view.language, answer, is_waiting=is_waiting),
        is_waiting=is_waiting,
        charts=(_year_chart(view, identity, answer, marks, most), _month_chart(view, identity, answer)),
        months=tuple(
            MonthLine(MONTHS[view.language][month.number - 1], numbers.so_far[month], by_name[ALL])
            for month, by_name in numbers.summary.months.items()
        ),
        rests=tuple(_resting(view, each) for each in asked.scenario.rests_on(asked.day, asked.year)),
        address=urlencode(pairs),
        pairs=pairs,
        order=offered,
        form=shown(view.request, PageForm, RUN, begin=f"run-{identity}") if may(offered) else None,
        register=_register(view, answer),
    )


def title_of(view: View, asked: NeedAsked) -> str:
    """Return what a scenario is called on the page: its title, or that its stops are those that are told here."""
    title = asked.scenario.title[view.language]
    return title if asked.stops is None else say("need_told_title", view.language, scenario=title)


def ends_told(restarts: Sequence[Restart], language: str) -> str:
    """Return when a stop may end in words, each day with how much speaks for it; certain ones without."""
    ends = []
    for each in restarts:
        day = say("need_never", language) if each.day is None else formats.day(each.day, language)
        ends.append(day if each.part == 1 else f"{day} ({percent(each.part)})")
    return "; ".join(ends)


def percent(part: Fraction) -> str:
    """Return a part in per cent, with a decimal where it has one."""
    return f"{formats.decimal(100 * part).removesuffix(',0')}\u00a0%"


def source_of(version: NumberVersion | StopVersion, language: str) -> tuple[str, bool]:
    """Return where a number is from or why it is assumed, and whether it is; in a language, where it was written."""
    written = {"nb": version.source_nb, "nn": version.source_nn}.get(language) or version.source
    is_assumed = version.source.startswith(ASSUMPTION)
    return (written.partition(":")[2].strip() if is_assumed else written), is_assumed


def pieces_of(source: str) -> tuple[SourcePiece, ...]:
    """Return a source with its addresses as what leads there, each called by whose it is."""
    pieces = [SourcePiece(text) for text in ADDRESS.split(source)]
    for place, address in enumerate(ADDRESS.findall(source)):
        pieces.insert(2 * place + 1, SourcePiece(urlsplit(address).hostname or address, address))
    return tuple(piece for piece in pieces if piece.text)


def _full(asked: NeedAsked) -> NeedAsked:
    """Return the same question along as many paths as a full run makes."""
    return asked_of(asked.year, asked.name, asked.day, changes=asked.changes, stops=asked.stops, paths=FULL)


def _state(language: str, answer: NeedAnswer, *, is_waiting: bool) -> str:
    """Return which of the two answers is shown, and what has become of the full one."""
    if answer.is_full:
        return say("need_is_full", language, paths=FULL)
    state = say("need_is_quick", language, paths=QUICK)
    if is_waiting:
        return f"{state} {say('need_is_coming', language, paths=FULL)}"
    if answer.run is not None:
        return f"{state} {say('need_is_not_made', language)}"
    return state


def _year_chart(view: View, identity: str, answer: NeedAnswer, marks: Sequence[NeedMark], most: int) -> Chart:
    language, year, total = view.language, answer.asked.year, answer.total
    if total.p10 == total.p90:
        first = say("need_told_one", language, year=year, middle=total.p50)
    else:
        first = say("need_told_range", language, year=year, low=total.p10, middle=total.p50, high=total.p90)
    ranges = dict(zip(_months(view, answer), answer.numbers.so_far.values(), strict=True))
    says = (first, *(_held_against(mark, total, language) for mark in marks))
    return _chart(view, f"{identity}-year", answer, ranges, says, marks, most)


def _held_against(mark: NeedMark, total: NeedRange, language: str) -> str:
    where = "below" if mark.value < total.p10 else "above" if mark.value > total.p90 else "within"
    return say(f"need_mark_{where}", language, what=mark.title, number=mark.value)


def _month_chart(view: View, identity: str, answer: NeedAnswer) -> Chart:
    language = view.language
    ranges = {
        name: by_name[ALL]
        for name, by_name in zip(_months(view, answer), answer.numbers.summary.months.values(), strict=True)
    }
    widest = max(ranges, key=lambda name: ranges[name].p90 - ranges[name].p10)
    each = ranges[widest]
    says = say("need_told_month", language, month=widest, low=each.p10, middle=each.p50, high=each.p90)
    return _chart(view, f"{identity}-months", answer, ranges, (says,), (), max(each.p90 for each in ranges.values()))


def _months(view: View, answer: NeedAnswer) -> list[str]:
    return [MONTHS[view.language][month.number - 1] for month in answer.numbers.so_far]


def _chart(
    view: View,
    name: str,
    answer: NeedAnswer,
    ranges: Mapping[str, NeedRange],
    says: tuple[str, ...],
    marks: Sequence[NeedMark],
    most: int,
) -> Chart:
    """Return a drawing of the year's months, whose figures stand in the card's own table."""
    language, card_id = view.language, name.rpartition("-")[0]
    head = say("need_chart_year" if name.endswith("-year") else "need_chart_months", language)
    points = [
        FanPoint("" if place % NAMED else month[:SHORT], each.p10, each.p50, each.p90)
        for place, (month, each) in enumerate(ranges.items())
    ]
    drawing = fan(points, [FanMark(mark.look, mark.value) for mark in marks], most, head, say("in_table", language))
    heads = [say(f"need_col_{each}", language) for each in ("month", "low", "middle", "high")]
    rows: list[Sequence[Cell]] = [[month, each.p10, each.p50, each.p90] for month, each in ranges.items()]
    return Chart(
        chart_at(view, "need", name),
        head,
        (drawing,),
        says,
        ChartTable(heads, rows, at=f"{card_id}-figures"),
        keys=tuple(ChartKey(mark.look, f"{mark.title}, {formats.number(mark.value)}", is_line=True) for mark in marks),
        beside=(title_of(view, answer.asked),),
        notes=tuple(f"{mark.title}: {mark.source}" for mark in marks),
    )


def _resting(view: View, rests_on: RestsOn) -> RestingLine:
    language, version = view.language, rests_on.version
    source, is_assumed = source_of(version, language)
    if isinstance(version, NumberVersion):
        value = _number(rests_on.name, version.value)
    else:
        value = ends_told(version.stop.restarts, language)
    return RestingLine(
        of=say(f"need_of_{rests_on.of}", language),
        what=_what(rests_on, language),
        value=value,
        known=formats.day(version.known_on, language),
        source=pieces_of(source),
        is_assumed=is_assumed,
    )


def _what(rests_on: RestsOn, language: str) -> str:
    """Return what a number is, in words: `quota`, `waits-2`, `came in 2020-01`, or a stop."""
    if not isinstance(rests_on.version, NumberVersion):
        return say("need_number_stop", language, day=formats.day(rests_on.version.stop.since, language))
    name, _, later = rests_on.name.partition("-")
    kind, observed, month = rests_on.name.partition(" in ")
    if observed:
        year, _, number = month.partition("-")
        named = f"{MONTHS[language][int(number) - 1]} {year}"
        return say(f"need_number_{kind}", language, month=named)
    return say(f"need_number_{name}", language, **({"n": int(later)} if later else {}))


def _number(name: str, value: Fraction) -> str:
    if name.startswith(PARTS):
        return percent(value)
    return formats.number(int(value)) if value.denominator == 1 else formats.decimal(value)


def _register(view: View, answer: NeedAnswer) -> str:
    """Return where the answer is registered as a forecast, filled in; empty for who may not, or of another year."""
    asked, totals = answer.asked, answer.numbers.summary.year_total
    button = next(iter(buttons(view.request, new_situation(view.whole), REGISTER)), None)
    if asked.year != view.year or not may(button) or view.actor is None:
        return ""
    minors = {name: totals[stream].p50 for name, stream in MINOR_FIELDS.items() if stream in totals}
    filled = {
        "low": answer.total.p10,
        "middle": answer.total.p50,
        "high": answer.total.p90,
        **minors,
        "as_of": asked.day.isoformat(),
        "publisher": view.actor.seat_name,
        "note": say("need_registered", view.language, scenario=title_of(view, asked), paths=asked.paths),
    }
    return f"{reverse('forecasts', args=[view.year])}?{urlencode(filled)}#register"
