"""The minutes of a meeting as a page to print, in bokmål or nynorsk.

Before the meeting is held they are a draft, made from the round as it stands. From then on the page tells what was
kept, and below it what was added since.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import Http404

from bosett.basis.languages import NORWEGIAN
from bosett.documents.letters.addenda import addendum_told
from bosett.rounds.states import MeetingState
from bosett.rounds.visibility import Thing
from bosett_web.queries.letters.minutes import addenda_of
from bosett_web.queries.meetings.meetings import MeetingTally, tally
from bosett_web.queries.meetings.minutes import drawn_up, kept_minutes, outcome_of
from bosett_web.queries.meetings.record import Minuted, MinutedLine, MinutedNeed
from bosett_web.queries.sight import sees
from bosett_web.queries.situations import meeting_situation
from bosett_web.queries.standing_rows import People
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import shown
from bosett_web.screens.meetings.forms import AmendForm
from bosett_web.screens.meetings.meetings import located
from bosett_web.screens.meetings.room import minors_of
from bosett_web.screens.screen import View, unless_closed
from bosett_web.screens.words import say


def minutes(view: View, code: str) -> Mapping[str, Any]:
    """Build the page; before the meeting is held it is a draft, for the directorate alone.

    Raises:
        Http404: There is no such meeting, or its minutes are not shared with this reader.
    """
    county, _, row = located(view, code)
    unless_closed(view, Thing.MINUTES, row.state, county)
    if not sees(view.request.who, Thing.MINUTES, row.state, view.whole, view.moment, county):
        raise Http404(code)
    asked = view.request.GET.get("lang", view.language)
    written = asked if asked in NORWEGIAN else NORWEGIAN[0]
    kept = kept_minutes(row.id) if row.state == MeetingState.HELD else None
    minuted = kept.minuted if kept else drawn_up(view.whole, row)
    amend = buttons(view.request, meeting_situation(view.whole, row), "meeting.amend", county=county)
    return {
        "code": code,
        "county": view.county(county).name if county else "",
        "county_code": county,
        "told": minuted,
        "written": written,
        "others": [each for each in NORWEGIAN if each != written],
        "kept": kept,
        "addenda": [addendum_told(each, written) for each in addenda_of(kept, view.year, county)] if kept else (),
        "amend": amend[0] if amend else None,
        "form": shown(view.request, AmendForm, "meeting.amend", county=county)
        if may(next(iter(amend), None))
        else None,
        "needs": _needs(minuted.needs),
        **(_outcome(minuted, written) if county else {}),
    }


def _needs(needs: Sequence[MinutedNeed]) -> list[tuple[str, list[MinutedNeed]]]:
    """Return what the counties had asked to know, county by county."""
    ordered = sorted(needs, key=lambda each: sort_key(each.county))
    return [(county, list(group)) for county, group in groupby(ordered, key=lambda each: each.county)]


def _outcome(minuted: Minuted, written: str) -> Mapping[str, Any]:
    lines = sorted(minuted.lines, key=lambda line: sort_key(line.name))
    counted = tally(lines, minuted.target)
    return {
        "lines": lines,
        "changed": [(line, minors_of(outcome_of(line), written)) for line in lines if _differs(line)],
        "tally": counted,
        "unfinished": counted.of - counted.done,
        "compared": _compared(counted, written),
        "minors": any((line.outcome_under15, line.outcome_from15) != (None, None) for line in lines),
    }


def _differs(line: MinutedLine) -> bool:
    recommended = People(line.number, line.under15, line.from15)
    return line.outcome is not None and (outcome_of(line) != recommended or bool(line.outcome_reason))


def _compared(counted: MeetingTally, written: str) -> str:
    """Return in words how the outcome stands against the target."""
    total, target = counted.outcome.number, counted.target.number
    if total is None or target is None:
        return ""
    away = total - target
    code = "minutes_on_target" if not away else "minutes_above_target" if away > 0 else "minutes_below_target"
    return say(code, written, total=total, target=target, away=abs(away))
