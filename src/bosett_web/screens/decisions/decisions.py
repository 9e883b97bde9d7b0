"""The municipalities' decisions: how many have answered what, who has not, and what must be cleared up; kept fresh."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bosett.render.book import Cell
from bosett.render.chart_file import ChartKey
from bosett.render.count_by_day import Frame, climb
from bosett.render.tile_board import Spot
from bosett.rounds.parties import Party
from bosett.rounds.states import DecisionState
from bosett_web.queries.decisions.course import course_of
from bosett_web.queries.decisions.deadlines import deadlines
from bosett_web.queries.decisions.decisions import Answer, DecisionRow, answer_situation, answers
from bosett_web.queries.decisions.tally import AnswerTally, tally
from bosett_web.queries.former import untold
from bosett_web.queries.lines import Line
from bosett_web.queries.sight import lines_for, sees_all_numbers, sees_numbers
from bosett_web.screens import formats
from bosett_web.screens.buttons import buttons
from bosett_web.screens.charts import Chart, ChartTable, chart_at, charts_of
from bosett_web.screens.decisions.answers import answer_form, history, judging, versions_told
from bosett_web.screens.decisions.choice import answers_asked, chosen, filter_form, page_of
from bosett_web.screens.decisions.forms import MunicipalityFilter
from bosett_web.screens.forms import PageRequest, sent
from bosett_web.screens.maps import maps
from bosett_web.screens.screen import View, answer, look
from bosett_web.screens.words import figure, say

LOOKS: Mapping[str, str] = {
    "equal": "equal",
    "fewer": "fewer",
    "no": "refused",
    "more": "over",
    "answered": "equal",
    "preliminary": "preliminary",
    "none": "tx",
    "hidden": "untold",
    "unknown": "untold",
}
"""How a tile is coloured by its municipality's answer."""
NOT_ASKED = "tout"


def decisions(view: View) -> Mapping[str, Any]:
    """Build the page; it holds what the reader may see, and nothing before the letters."""
    lines = lines_for(view.whole, view.request.who, view.moment)
    seen_answers = seen_answers_of(view, lines)
    if not seen_answers:
        own = view.actor.area if view.actor and view.actor.party is Party.MUNICIPALITY else ""
        return {"any": False, "not_asked": next((line for line in lines if line.code == own and line.sent == 0), None)}
    asked = answers_asked(view)
    listed = chosen(view, asked, seen_answers)
    waiting = sorted(
        (each for each in listed if each.awaited and not each.decided),
        key=lambda each: (each.deadline is None, each.deadline),
    )
    counts, target = tally(seen_answers), _target(view)
    chart, map_words = _map(view, lines, seen_answers)
    course, drawn = _course(view, seen_answers)
    return {
        "any": True,
        "mark": _mark(view, seen_answers),
        "live": not asked.stopped,
        "tally": counts,
        "target": target,
        "short": None if target is None or counts.decided is None else counts.decided - target,
        "published": published(seen_answers),
        "counties": counties_of(view, seen_answers),
        "map_words": map_words,
        **drawn,
        **charts_of(*course, chart),
        "waiting": page_of([(each, each.late(view.day), each.near(view.day)) for each in waiting], asked, "waits"),
        "late": sum(each.late(view.day) for each in seen_answers),
        "near": sum(each.near(view.day) for each in seen_answers),
        "unclear": [each for each in seen_answers if _unclear(each)],
        "older": [each for each in seen_answers if each.older],
        "asks": [each for each in seen_answers if each.plan.waits],
        "decided": page_of([each for each in listed if each.decision is not None], asked, "start"),
        "answers_filter": filter_form(view, asked, seen_answers),
        "asked_pairs": asked.pairs,
        "query": asked.query,
        "narrowed": bool(asked.chosen),
        "listed": len(listed),
        "of_listed": len(seen_answers),
        "choice": _choice(view, seen_answers),
        "to_start": urlencode(_opened(view, seen_answers) + asked.pairs),
        "to_stop": urlencode([*_opened(view, seen_answers), ("live", "off"), *asked.pairs]),
        **_one(view, seen_answers),
    }


def _opened(view: View, seen_answers: Sequence[Answer]) -> list[tuple[str, str]]:
    """Return the part of an address that opens the municipality that is open; nothing when none is."""
    code = _asked_code(view)
    return [("for", code)] if any(each.line.code == code for each in seen_answers) else []


def _asked_code(view: View) -> str:
    """Return the code of the municipality that is asked for, or whose form was refused."""
    return sent(view.request, "municipality") or view.request.GET.get("for", "")


def _choice(view: View, seen_answers: Sequence[Answer]) -> MunicipalityFilter:
    """Return the form that opens one municipality."""
    form = MunicipalityFilter(language=view.language, initial={"for": _asked_code(view)})
    form.offer("for", [(each.line.code, each.line.name) for each in seen_answers])
    return form


@require_safe
def decisions_live(request: PageRequest, year: int) -> HttpResponse:
    """Return the page to one who has it open, or that nothing has changed since (204: the page stays as it is)."""
    view = look(request, year)
    seen_answers = seen_answers_of(view, lines_for(view.whole, request.who, view.moment))
    if request.GET.get("mark") == _mark(view, seen_answers):
        return HttpResponse(status=204)
    return answer(request, decisions, year, {})


def seen_answers_of(view: View, lines: Sequence[Line]) -> list[Answer]:
    """Return the answers that a reader may see, by name of the municipality."""
    seen = answers(view.whole, lines, view.request.who, view.moment)
    return sorted(seen, key=lambda each: formats.sort_key(each.line.name))


def published(seen_answers: Sequence[Answer]) -> DecisionRow | None:
    """Return a decision that is taken from published figures, to tell where from; None when all are recorded here."""
    return next((row for each in seen_answers for row in each.versions if row.source), None)


def counties_of(view: View, seen_answers: Sequence[Answer]) -> list[tuple[str, AnswerTally, int | None]]:
    """Return name, counts and target of each county; a target stands where its sum of requests is seen."""
    targets = view.at.current_targets
    by_county: dict[str, list[Answer]] = {}
    for each in seen_answers:
        by_county.setdefault(each.line.county, []).append(each)
    rows = []
    for county in view.counties:
        if county.code not in by_county:
            continue
        whole = sees_numbers(view.request.who, view.whole, view.moment, county.code)
        people = targets.counties.get(county.code) if targets and whole else None
        rows.append((county.name, tally(by_county[county.code]), people.number if people else None))
    return sorted(rows, key=lambda each: formats.sort_key(each[0]))


def _mark(view: View, seen_answers: Sequence[Answer]) -> str:
    """Return what changes whenever something that this reader sees of the answers does."""
    return hashlib.sha256(repr((view.day, view.language, seen_answers)).encode()).hexdigest()[:16]


def _target(view: View) -> int | None:
    """Return the national target; None for a reader who does not see the sum that it is held against."""
    targets = view.at.current_targets
    whole = sees_all_numbers(view.request.who, view.whole, view.moment)
    return targets.national.number if targets and whole else None


def _unclear(row: Answer) -> bool:
    """Tell whether there is something to clear up: raised by the directorate, or recognised and not looked at."""
    decision = row.decision
    return decision is not None and (
        decision.state == DecisionState.UNCLEAR or (decision.state == DecisionState.ANSWERED and bool(decision.raised))
    )


@dataclass(frozen=True, slots=True)
class MapWords:
    """The municipalities of one colour on the map, by county: what a reader without the picture is told."""

    look: str
    words: str
    count: int
    counties: tuple[tuple[str, tuple[Spot, ...]], ...]


def _map(view: View, lines: Sequence[Line], seen_answers: Sequence[Answer]) -> tuple[Chart | None, Sequence[MapWords]]:
    """Return the map, and the same in words; none for a reader who sees one municipality only."""
    by_code = {each.line.code: each for each in seen_answers}
    whole = {
        county.code: sees_numbers(view.request.who, view.whole, view.moment, county.code) for county in view.counties
    }
    unknown = untold(view.at, view.day)
    spots = [
        _spot(view, line, by_code.get(line.code), asked_unknown=line.code in unknown)
        for line in lines
        if line.code in by_code or whole[line.county]
    ]
    if len(spots) < 2:
        return None, ()
    used = {each.outcome for each in seen_answers}
    legend = [(LOOKS[outcome], say(f"outcome_{outcome}", view.language)) for outcome in LOOKS if outcome in used]
    if any(line.code in unknown and line.code not in by_code for line in lines if whole[line.county]):
        legend.append((LOOKS["unknown"], say("asked_unknown", view.language)))
    if any(spot.look == NOT_ASKED for spot in spots):
        legend.append((NOT_ASKED, say("outcome_not_asked", view.language)))
    title = say("decisions_map", view.language)
    drawings = maps(spots, view.year, title, view.language)
    if not drawings:
        return None, ()
    map_words = _map_in_words(view, spots, lines, legend)
    parts = ", ".join(f"{each.words} {formats.number(each.count)}" for each in map_words)
    chart = Chart(
        chart_at(view, "decisions", "map"),
        title,
        drawings,
        (say("decisions_map_says", view.language, count=len(spots), text=parts),),
        _map_table(view, map_words),
        (say("map_number", view.language),),
        tuple(ChartKey(look_, words) for look_, words in legend),
    )
    return chart, map_words


def _map_table(view: View, map_words: Sequence[MapWords]) -> ChartTable:
    """Return the figures of the map: each municipality, how it has answered, and the number of its decision."""
    heads = ("municipality", "county", "answer_title", "sum_decided")
    rows: list[Sequence[Cell]] = [
        [spot.title, county, each.words, int(spot.number) if spot.number else None]
        for each in map_words
        for county, spots in each.counties
        for spot in spots
    ]
    return ChartTable([say(head, view.language) for head in heads], rows, at="map-in-words")


def _map_in_words(
    view: View, spots: Sequence[Spot], lines: Sequence[Line], legend: Sequence[tuple[str, str]]
) -> list[MapWords]:
    """Return the map as text: for each colour its municipalities, county by county, each as on its tile."""
    names = {line.code: line.name for line in lines}
    areas = {county.code: county.name for county in view.counties}
    ordered = sorted(spots, key=lambda spot: (formats.sort_key(areas[spot.group]), formats.sort_key(names[spot.code])))
    groups = []
    for look_, words in dict(legend).items():
        of_look = [replace(spot, title=names[spot.code]) for spot in ordered if spot.look == look_]
        parts = [(areas[code], tuple(group)) for code, group in groupby(of_look, key=lambda spot: spot.group)]
        groups.append(MapWords(look_, words, len(of_look), tuple(parts)))
    return groups


def _spot(view: View, line: Line, row: Answer | None, *, asked_unknown: bool) -> Spot:
    if row is None and asked_unknown:
        text = say("asked_unknown", view.language)
        return Spot(line.code, line.county, LOOKS["unknown"], "", f"{line.name}: {text}")
    if row is None:
        text = say("outcome_not_asked", view.language)
        return Spot(line.code, line.county, NOT_ASKED, "", f"{line.name}: {text}")
    text = say(f"outcome_{row.outcome}", view.language)
    if row.decision is not None and row.decision.number is not None:
        text = f"{text}, {_of(row.decision, view.language)}"
    number = str(row.decision.number) if row.decision and row.decision.number is not None else ""
    question = urlencode([("for", line.code), *answers_asked(view).pairs])
    link = f"{reverse('decisions', args=[view.year])}?{question}#one"
    return Spot(line.code, line.county, LOOKS[row.outcome], number, f"{line.name}: {text}", link)


def _of(row: DecisionRow, language: str) -> str:
    if row.request_number is None:
        return figure(row.figure, language)
    return say("decided_of", language, number=figure(row.figure, language), asked=row.request_number)


def _course(view: View, seen_answers: Sequence[Answer]) -> tuple[Sequence[Chart], Mapping[str, Any]]:
    """Return how many had decided, and how many persons, by the end of each day; drawn if every day is known."""
    language, days = view.language, course_of(seen_answers)
    mark = seen_answers[0].deadline if len(seen_answers) == 1 else deadlines(view.year).usual
    dated = [(each.day, each) for each in days if each.day is not None]
    if len(dated) < len(days) or not days:
        return (), {"days": days, "undated": days[0] if days else None}
    first = min(*(each.sent_on for each in seen_answers), dated[0][0])
    last = max(view.day, dated[-1][0], mark or view.day)
    names = formats.day(first, language), formats.day(last, language)
    decided, asked = max(day.decided for day in days), tally(seen_answers).asked
    most = max(tally(seen_answers).asked or 0, decided)
    heads = ("answer_day", "course_came", "course_answered", "course_preliminary", "course_decided")
    rows: list[Sequence[Cell]] = [
        [formats.day(day, language), each.came, each.answered, each.preliminary, each.decided] for day, each in dated
    ]
    table = ChartTable([say(head, language) for head in heads], rows, at="course-table")
    reads = (say("climb_mark", language, day=formats.day(mark, language)),) if mark else ()

    def drawn(name: str, most: int, whole: int | None, points: list[tuple[date, int]]) -> Chart:
        title, frame = say(f"course_{name}", language), Frame(first, last, view.day, most, mark, names)
        facts = {"count": points[-1][1], "day": formats.day(view.day, language)}
        says = say(f"course_{name}_says", language, **facts, all=whole) if whole is not None else ""
        says = says or say(f"course_{name}_alone", language, **facts)
        drawing = climb(points, frame, title, say("in_table", language))
        return Chart(chart_at(view, "decisions", name), title, (drawing,), (says,), table, reads)

    answered = [(day, each.answered) for day, each in dated]
    persons = [(day, each.decided) for day, each in dated]
    return (
        drawn("answered", len(seen_answers), len(seen_answers), answered),
        drawn("decided", most, asked, persons),
    ), {"days": days}


def _one(view: View, seen_answers: Sequence[Answer]) -> Mapping[str, Any]:
    """Return the municipality that is asked for: its answer whole, and what the directorate may do with it."""
    code = _asked_code(view)
    one = next((each for each in seen_answers if each.line.code == code), None)
    if one is None:
        return {"one": None}
    record = buttons(view.request, answer_situation(view.whole, code, one.asked), "decision.record_for")
    return {
        "one": one,
        "one_told": versions_told(one.versions, view.language),
        "record": record[0] if record else None,
        "buttons": judging(view, one),
        "history": history(view, code),
        **answer_form(view, one, "decision.record_for", next(iter(record), None)),
    }
