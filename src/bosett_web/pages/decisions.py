"""The municipalities' decisions: how many have answered what, who has not, what must be cleared up; as a file too."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from bosett.geography import NotToldOfPlace, UnknownMunicipality
from bosett.render.climb import Frame, climb
from bosett.render.tileboard import Spot, tile_board
from bosett.rounds.moves import Situation
from bosett_web.pages import formats
from bosett_web.pages.answers import form, judging, versions_told
from bosett_web.pages.forms import buttons
from bosett_web.pages.screen import View, look
from bosett_web.pages.versions import attached
from bosett_web.pages.words import say
from bosett_web.queries.decisions import Answer, Tally, answers, days_of, document_of, tally
from bosett_web.queries.lines import Line
from bosett_web.queries.visible import lines_for, sees_all_numbers, sees_decision, sees_numbers

LOOKS: Mapping[str, str] = {
    "equal": "t4",
    "fewer": "t2",
    "no": "t0",
    "more": "t5",
    "answered": "t4",
    "preliminary": "t1",
    "none": "tx",
}
"""How a tile is coloured by its municipality's answer."""
NOT_ASKED = "tout"


def decisions(view: View) -> Mapping[str, Any]:
    """Build the page; it holds what the reader may see, and nothing before the letters."""
    lines = lines_for(view.whole, view.request.who, view.moment)
    found = sorted(
        answers(view.whole, lines, view.request.who, view.moment), key=lambda each: formats.sort_key(each.line.name)
    )
    if not found:
        return {"any": False}
    targets = view.at.current_targets
    waiting = sorted(
        (each for each in found if not each.decided), key=lambda each: (each.deadline is None, each.deadline)
    )
    return {
        "any": True,
        "tally": tally(found),
        "target": targets.national.number
        if targets and sees_all_numbers(view.request.who, view.whole, view.moment)
        else None,
        "counties": _counties(view, found),
        **_map(view, lines, found),
        **_climb(view, found),
        "waiting": [(each, each.late(view.day), each.near(view.day)) for each in waiting],
        "late": sum(each.late(view.day) for each in found),
        "near": sum(each.near(view.day) for each in found),
        "unclear": [each for each in found if _unclear(each)],
        "older": [each for each in found if each.older],
        "asks": [each for each in found if each.plan.waits],
        "rows": [each for each in found if each.decision is not None],
        "choices": [(each.line.code, each.line.name) for each in found],
        **_one(view, found),
    }


def _unclear(row: Answer) -> bool:
    """Tell whether there is something to clear up: raised by the directorate, or recognised and not looked at."""
    decision = row.decision
    return decision is not None and (
        decision.state == "unclear" or (decision.state == "answered" and bool(decision.raised))
    )


def _counties(view: View, found: Sequence[Answer]) -> list[tuple[str, Tally]]:
    names = {county.code: county.name for county in view.counties}
    held: dict[str, list[Answer]] = {}
    for each in found:
        held.setdefault(each.line.county, []).append(each)
    return sorted(
        ((names[code], tally(rows)) for code, rows in held.items()), key=lambda each: formats.sort_key(each[0])
    )


def _map(view: View, lines: Sequence[Line], found: Sequence[Answer]) -> Mapping[str, Any]:
    """Return the map and what its colours mean; none for a reader who sees one municipality only."""
    by_code = {each.line.code: each for each in found}
    whole = {
        county.code: sees_numbers(view.request.who, view.whole, view.moment, county.code) for county in view.counties
    }
    spots = [_spot(view, line, by_code.get(line.code)) for line in lines if line.code in by_code or whole[line.county]]
    if len(spots) < 2:
        return {"map": ""}
    used = {each.outcome for each in found}
    legend = [(LOOKS[outcome], say(f"outcome_{outcome}", view.language)) for outcome in LOOKS if outcome in used]
    if any(spot.look == NOT_ASKED for spot in spots):
        legend.append((NOT_ASKED, say("outcome_not_asked", view.language)))
    try:
        board = tile_board(spots, view.year, say("decisions_map", view.language))
    except (NotToldOfPlace, UnknownMunicipality):
        return {"map": ""}
    return {"map": board, "legend": legend}


def _spot(view: View, line: Line, row: Answer | None) -> Spot:
    if row is None:
        told = say("outcome_not_asked", view.language)
        return Spot(line.code, line.county, NOT_ASKED, "", f"{line.name}: {told}")
    told = say(f"outcome_{row.outcome}", view.language)
    if row.decision is not None:
        told = f"{told}, {_of(row, view.language)}"
    number = str(row.decision.number) if row.decision else ""
    link = f"{reverse('decisions', args=[view.year])}?for={line.code}#one"
    return Spot(line.code, line.county, LOOKS[row.outcome], number, f"{line.name}: {told}", link)


def _of(row: Answer, language: str) -> str:
    number = row.decision.number if row.decision else 0
    if row.decision is None or row.decision.request_number is None:
        return formats.number(number)
    return say("decided_of", language, number=number, asked=row.decision.request_number)


def _climb(view: View, found: Sequence[Answer]) -> Mapping[str, Any]:
    """Return how many had decided by each day, drawn and told."""
    days = days_of(found)
    if not days:
        return {"climb": "", "days": ()}
    first = min(*(each.sent_on for each in found), days[0][0])
    mark = next((each.deadline for each in found if each.deadline), None)
    last = max(view.day, days[-1][0], mark or view.day)
    names = formats.day(first, view.language), formats.day(last, view.language)
    drawn = climb(
        days,
        Frame(first, last, len(found), mark, names),
        say("decisions_climb", view.language),
        say("in_table", view.language),
    )
    return {"climb": drawn, "days": days, "mark": mark}


def _one(view: View, found: Sequence[Answer]) -> Mapping[str, Any]:
    """Return the municipality that is asked for: its answer whole, and what the directorate may do with it."""
    values = view.request.filled.get("values") or {}
    code = values.get("municipality") or view.request.GET.get("for", "")
    one = next((each for each in found if each.line.code == code), None)
    if one is None:
        return {"one": None}
    record = buttons(view.actor, Situation(None, code), "decision.record_for", view.language)
    return {
        "one": one,
        "one_told": versions_told(one.versions, view.language),
        "record": record[0] if record else None,
        "buttons": judging(view, one),
        "subject": f"decision:{view.year}:{code}",
        **form(view, one, "decision.record_for"),
    }


@require_safe
def decisions_csv(request: HttpRequest, year: int) -> HttpResponse:
    """Return the answers that this reader may see, as CSV that a Norwegian spreadsheet program opens."""
    view = look(request, year)
    rows = answers(view.whole, lines_for(view.whole, request.who, view.moment), request.who, view.moment)
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(f"csv_{head}", request.language) for head in HEADS])
    writer.writerows(_cells(rows, view))
    return HttpResponse(
        "\ufeff" + written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bosett-{year}-decisions.csv"'},
    )


HEADS = (
    *("municipality_code", "municipality", "asked", "request_version", "answer", "decided", "decided_version"),
    *("minors", "minors_number", "more", "decided_by", "decided_on", "conditions", "planned_on", "deadline", "late"),
)


def _cells(rows: Iterable[Answer], view: View) -> Iterable[list[object]]:
    language = view.language
    for each in rows:
        row, plan = each.decision, each.plan
        yes_no = {True: say("asked_yes", language), False: say("asked_no", language), None: ""}
        said: list[object] = [""] * 8
        if row is not None:
            said = [row.number, row.request_version, yes_no[row.minors], _cell(row.minors_number), _cell(row.more)]
            said += [say(f"body_{row.decided_by}", language), row.decided_on.isoformat(), ", ".join(row.raised)]
        yield [
            each.line.code,
            each.line.name,
            _cell(each.asked),
            each.asked_version if each.asked is not None else "",
            say(f"outcome_{each.outcome}", language),
            *said,
            plan.planned_on.isoformat() if plan.planned_on else "",
            each.deadline.isoformat() if each.deadline else "",
            yes_no[each.late(view.day)],
        ]


def _cell(value: int | None) -> object:
    return "" if value is None else value


@require_safe
def decision_document(request: HttpRequest, year: int, code: str, version: int) -> HttpResponse:
    """Return a decision's document to those who may see the decision; it is saved, never shown as a page."""
    view = look(request, year)
    found = document_of(year, code, version)
    line = next((each for each in lines_for(view.whole, request.who, view.moment) if each.code == code), None)
    if found is None or line is None:
        raise Http404(version)
    name, content, preliminary = found
    state = "preliminary" if preliminary else "answered"
    if not sees_decision(request.who, view.whole, view.moment, line.county, code, state):
        raise Http404(version)
    return attached(name, content)
