"""The minutes of a meeting as a page to print, in bokmål or nynorsk: made from what was written in the meeting."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404

from bosett.rounds.visibility import Thing
from bosett_web.pages.meetings import JOINT, PRESENT, located, needs
from bosett_web.pages.room import minors_of, submitted_lines, target_of
from bosett_web.pages.screen import View
from bosett_web.pages.words import say
from bosett_web.queries.comments import comments_for
from bosett_web.queries.lines import Line
from bosett_web.queries.meetings import Tally, last_outcomes, points, tally
from bosett_web.queries.standing import MeetingRow, People, target_reason
from bosett_web.queries.visible import sees

WRITTEN = ("nb", "nn")
"""The languages that minutes are written in."""


def minutes(view: View, code: str) -> Mapping[str, Any]:
    """Build the page; before the meeting is held it is a draft, for the directorate alone.

    Raises:
        Http404: There is no such meeting, or its minutes are not shared with this reader.
    """
    county, _, row = located(view, code)
    if not sees(view.request.who, Thing.MINUTES, row.state, view.whole, view.moment, county):
        raise Http404(code)
    asked = view.request.GET.get("lang", view.language)
    written = asked if asked in WRITTEN else WRITTEN[0]
    shown = {
        "code": code,
        "county": view.county(county).name if county else "",
        "row": row,
        "written": written,
        "others": [each for each in WRITTEN if each != written],
        "draft": row.state != "held",
        "present": [(party, getattr(row, f"present_{party}")) for party in PRESENT],
        "points": points(row.id),
        "comments": comments_for(view.whole, view.request.who, view.moment, county) if county else (),
    }
    return {**shown, "needs": needs(view)} if code == JOINT else {**shown, **_outcome(view, row, written)}


def _outcome(view: View, row: MeetingRow, written: str) -> Mapping[str, Any]:
    county = row.county
    recommendation, found = submitted_lines(view, county)
    if row.state == "held" and all(line.outcome is None for line in found):
        # Opened again after the meeting: what the meeting came to stands in the version that was kept.
        kept = last_outcomes(view.year, county)
        found = tuple(replace(line, **kept[line.code]) if line.code in kept else line for line in found)
    counted = tally(found, target_of(view, county))
    return {
        "reason": target_reason(view.whole, recommendation) if recommendation else "",
        "lines": found,
        "changed": [(line, minors_of(_came_to(line), written)) for line in found if _differs(line)],
        "tally": counted,
        "unfinished": counted.of - counted.done,
        "compared": _compared(counted, written),
        "minors": any((line.outcome_under15, line.outcome_from15) != (None, None) for line in found),
    }


def _differs(line: Line) -> bool:
    recommended = People(line.number, line.under15, line.from15)
    return line.outcome is not None and (_came_to(line) != recommended or bool(line.outcome_reason))


def _came_to(line: Line) -> People:
    return People(line.outcome, line.outcome_under15, line.outcome_from15)


def _compared(counted: Tally, written: str) -> str:
    """Return in words how the outcome stands against the target."""
    total, target = counted.outcome.number, counted.target.number
    if total is None or target is None:
        return ""
    away = total - target
    code = "minutes_on_target" if not away else "minutes_above_target" if away > 0 else "minutes_below_target"
    return say(code, written, total=total, target=target, away=abs(away))
