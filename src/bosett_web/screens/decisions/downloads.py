"""The answers as files: all of them, by county and by day, as CSV that a Norwegian spreadsheet program opens."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bosett.parameters.conditions import load_conditions
from bosett.render.csv_table import csv_table
from bosett_web.queries.decisions.course import course_of
from bosett_web.queries.decisions.decisions import Answer, document_of, withheld_decision
from bosett_web.queries.decisions.tally import AnswerTally
from bosett_web.queries.sight import lines_for, sees_decision
from bosett_web.screens.decisions.decisions import counties_of, seen_answers_of
from bosett_web.screens.forms import PageRequest
from bosett_web.screens.frame import Closed
from bosett_web.screens.screen import View, attached, look
from bosett_web.screens.words import say

HEADS = (
    *("municipality_code", "municipality", "asked", "request_version", "answer", "decided", "decided_version"),
    *("minors", "minors_number", "more", "decided_by", "decided_on", "recorded_on", "conditions"),
    *("planned_on", "deadline", "late", "came_late", "source"),
)
COUNTY_HEADS = (
    *("county", "places", "answered", "preliminary", "equal", "fewer", "no", "over", "came_late"),
    *("asked", "decided", "target", "hidden", "unknown"),
)
DAY_HEADS = ("day", "came", "answered", "preliminary", "decided")


@require_safe
def decisions_csv(request: PageRequest, year: int) -> HttpResponse:
    """Return the answers that this reader may see, a row for each municipality."""
    view = look(request, year)
    return _csv(view, "decisions", HEADS, _cells(_seen_answers(view), view))


@require_safe
def decision_counties_csv(request: PageRequest, year: int) -> HttpResponse:
    """Return the counts of the answers, a row for each county."""
    view = look(request, year)
    rows = [_counts(*row) for row in counties_of(view, _seen_answers(view))]
    return _csv(view, "decisions-counties", COUNTY_HEADS, rows)


@require_safe
def decision_days_csv(request: PageRequest, year: int) -> HttpResponse:
    """Return how the answers stood at the end of each day on which one came."""
    view = look(request, year)
    rows = [
        [
            each.day.isoformat() if each.day else say("day_unknown", view.language),
            *(each.came, each.answered, each.preliminary, each.decided),
        ]
        for each in course_of(_seen_answers(view))
    ]
    return _csv(view, "decisions-days", DAY_HEADS, rows)


@require_safe
def decision_document(request: PageRequest, year: int, code: str, version: int) -> HttpResponse:
    """Return a decision's document to those who may see the decision; it is saved, never shown as a page."""
    view = look(request, year)
    document = document_of(year, code, version)
    line = next((each for each in lines_for(view.whole, request.who, view.moment) if each.code == code), None)
    if document is None or line is None:
        raise Http404(version)
    name, content, preliminary = document
    state = "preliminary" if preliminary else "answered"
    if not sees_decision(request.who, view.whole, view.moment, line.county, code, state):
        raise Http404(version)
    withheld = withheld_decision(view.whole, request.who, line.county, code, version, preliminary=preliminary)
    if withheld is not None:
        raise Closed(withheld)
    return attached(name, content)


def _seen_answers(view: View) -> list[Answer]:
    return seen_answers_of(view, lines_for(view.whole, view.request.who, view.moment))


def _csv(view: View, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    return HttpResponse(
        csv_table([[say(f"csv_{head}", view.language) for head in heads], *rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bosett-{view.year}-{name}.csv"'},
    )


def _counts(name: str, row: AnswerTally, target: int | None) -> list[object]:
    counts = (row.answered, row.preliminary, row.equal, row.fewer, row.no, row.more, row.came_late)
    sums = (row.asked, row.decided, target)
    return [name, row.places, *map(_cell, counts), *map(_cell, sums), row.hidden, row.unknown]


def _cells(rows: Iterable[Answer], view: View) -> Iterable[list[object]]:
    language = view.language
    yes_no = {True: say("asked_yes", language), False: say("asked_no", language), None: ""}
    titles = {each.code: each.title[language] for each in load_conditions().conditions}
    for each in rows:
        row, plan = each.decision, each.plan
        cells: list[object] = [""] * 9
        if row is not None:
            cells = [
                _cell(row.number),
                row.request_version,
                yes_no[row.minors],
                _cell(row.minors_number),
                _cell(row.more),
            ]
            cells += [say(f"body_{row.decided_by}", language) if row.decided_by else ""]
            cells += [row.decided_on.isoformat() if row.decided_on else say("day_unknown", language)]
            cells += [row.day.isoformat()]
            raised = ", ".join(titles.get(code, code) for code in row.raised)
            cells += [raised if row.withheld is None else say("withheld_short", language)]
        yield [
            each.line.code,
            each.line.name,
            _cell(each.asked),
            each.asked_version if each.asked is not None else "",
            say(f"outcome_{each.outcome}", language),
            *cells,
            plan.planned_on.isoformat() if plan.planned_on else "",
            each.deadline.isoformat() if each.deadline else "",
            yes_no[each.late(view.day)],
            yes_no[each.came_late] if each.decided and row is not None and not row.source else "",
            "" if row is None else row.source,
        ]


def _cell(value: int | None) -> object:
    return "" if value is None else value
