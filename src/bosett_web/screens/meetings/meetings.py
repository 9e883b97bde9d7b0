"""The meetings: what the counties need to know first, all of them as a list, one by itself, and its calendar file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bosett.geography import municipalities
from bosett.rounds.parties import Party
from bosett.rounds.states import RecommendationState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.inputs import InputRow, inputs_for
from bosett_web.queries.letters.letters import LetterRow, closed_letter, may_read
from bosett_web.queries.letters.meetings import CANCELLATION, letters_of, meeting_of, uid_of
from bosett_web.queries.letters.references import JOINT as NAMED_JOINT
from bosett_web.queries.meetings.meetings import PointRow, points, yet_to_come
from bosett_web.queries.meetings.minutes import PRESENT
from bosett_web.queries.meetings.needs import (
    AnswerDocumentRow,
    NeedRow,
    answer_due,
    ask_situation,
    documents_of,
    request_situation,
    requests_for,
)
from bosett_web.queries.sight import closed
from bosett_web.queries.situations import meeting_situation, new_situation
from bosett_web.queries.standing_rows import MeetingRow, WithheldRow
from bosett_web.records.choices import AnsweredTo
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.due_in_words import when
from bosett_web.screens.formats import sort_key
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.meetings.calendar import calendar_file
from bosett_web.screens.meetings.forms import (
    ChangeMeetingForm,
    HoldForm,
    NeedForm,
    PlanMeetingForm,
    PointForm,
    PresentForm,
    ReplyForm,
)
from bosett_web.screens.refusals import why
from bosett_web.screens.screen import View, look, minuted
from bosett_web.screens.words import say

WITH_FILE = ("invitation", CANCELLATION)
"""Kinds of letters that a calendar file goes with."""

JOINT = "joint"
"""What the joint meeting is called in addresses, where a county has its code."""


def meetings(view: View) -> Mapping[str, Any]:
    """Build the page: what the counties need to know, what is planned, and a plan for what is not."""
    plan = buttons(view.request, new_situation(view.whole), "meeting.plan")
    rows: list[Mapping[str, Any]] = []
    for code, title in titles(view):
        row, off = view.at.meetings.get(code), view.at.called_off.get(code)
        if row is None:
            rows.append({"code": code, "title": title, "row": None, "off": off})
            continue
        situation = meeting_situation(view.whole, row)
        invite = buttons(view.request, situation, "meeting.invite", county=code)
        hold = buttons(view.request, situation, "meeting.hold", county=code)
        to_come = yet_to_come(row, view.day)
        rows.append(
            {
                "code": code,
                "title": title,
                "row": row,
                "off": off,
                "minutes": minuted(view, row),
                "closed": minutes_closed(view, row),
                "buttons": invite,
                "hold_form": _holding(view, code, hold) if not to_come else None,
                "unfinished": _unfinished(view, code),
                "nobody": not any(getattr(row, f"present_{party}").strip() for party in PRESENT),
                # Missing minutes are what its form is for: they do not close it.
                "hold": hold[0] if hold else None,
                "to_come": why(to_come, view.language) if hold and to_come else "",
                "subject": f"meeting:{view.year}:{code or JOINT}",
            }
        )
    unplanned = [(row["code"], row["title"]) for row in rows if row["row"] is None]
    return {
        "rows": rows,
        "plan": plan[0] if plan else None,
        "unplanned": unplanned,
        "plan_form": _planning(view, plan, unplanned) if unplanned else None,
        "any": bool(view.at.meetings or view.at.called_off),
        "needs": needs(view, answers=True),
        "knows": _is_party(view),
        "ask": (ask := _ask(view)),
        "ask_form": shown(view.request, NeedForm, "information.ask", carries=ask.fields) if ask and may(ask) else None,
    }


def _holding(view: View, county: str, offered: Sequence[Button]) -> HoldForm | None:
    """Return the form that keeps the minutes of a meeting; None where that cannot be done."""
    button = next(iter(offered), None)
    if button is None:
        return None
    return shown(view.request, HoldForm, "meeting.hold", begin=button.id, county=county)


def _planning(view: View, offered: Sequence[Button], unplanned: list[tuple[str, str]]) -> PlanMeetingForm | None:
    """Return the form that plans a meeting; None where that cannot be done."""
    if not may(next(iter(offered), None)):
        return None
    form = shown(view.request, PlanMeetingForm, "meeting.plan meeting.plan_all")
    form.offer("county", unplanned)
    return form


def meeting(view: View, code: str) -> Mapping[str, Any]:
    """Build the page of one meeting: when, where, about what, who takes part, and what it left open."""
    county, title, row = located(view, code)
    situation = meeting_situation(view.whole, row)
    change = buttons(view.request, situation, "meeting.invite meeting.note", county=county)
    note = buttons(view.request, situation, "meeting.note", county=county)
    closed = minutes_closed(view, row)
    return {
        "code": code,
        "county": county,
        "title": title,
        "row": row,
        "minutes": minuted(view, row),
        "change": next(iter(change), None),
        "change_form": _changing(view, row) if may(next(iter(change), None)) else None,
        "present_form": _presence(view, row) if may(next(iter(note), None)) and not closed else None,
        "buttons": buttons(view.request, situation, "meeting.invite", county=county),
        "call_off": buttons(view.request, situation, "meeting.drop meeting.call_off", county=county),
        "off": row.is_off,
        "off_before": view.at.called_off.get(county),
        "present": [(party, getattr(row, f"present_{party}")) for party in PRESENT],
        "closed": closed,
        "points": points_of(view, row),
        "needs": needs(view) if not county else (),
        "inputs": told_inputs(view, county),
        **_papers(view, county),
        "subject": f"meeting:{view.year}:{code}",
    }


def point_form(view: View, county: str, note: Button | None) -> PointForm | None:
    """Return the form of an open point; None where none can be noted."""
    return shown(view.request, PointForm, "meeting.point", county=county) if may(note) else None


def _changing(view: View, row: MeetingRow) -> ChangeMeetingForm:
    """Return the form of another time, place or agenda."""
    initial = {"at": row.at, "place": row.place, "agenda": row.agenda}
    return shown(view.request, ChangeMeetingForm, "meeting.change", initial=initial, county=row.county)


def _presence(view: View, row: MeetingRow) -> PresentForm:
    """Return the form of who takes part."""
    present = {f"present_{party}": getattr(row, f"present_{party}") for party in PRESENT}
    return shown(view.request, PresentForm, "meeting.note", initial=present, county=row.county)


@require_safe
def calendar(request: PageRequest, year: int, code: str, uid: UUID | None = None) -> HttpResponse:
    """Return the calendar file of a meeting that this reader may see: by its identity also of one that is called off.

    Raises:
        Http404: There is none.
    """
    view = look(request, year)
    _, title, row = located(view, code)
    if uid is not None and row.uid != uid:
        row = view.at.called_off.get(row.county, row)
    if uid is not None and row.uid != uid:
        raise Http404(uid)
    return HttpResponse(
        calendar_file(row, f"{title} ({year})"),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{calendar_name(year, row)}"'},
    )


def calendar_name(year: int, row: MeetingRow) -> str:
    """Return what a meeting's calendar file is called."""
    whose = row.county or NAMED_JOINT
    return f"bosett-{year}-{whose}-avlyst.ics" if row.is_off else f"bosett-{year}-{whose}.ics"


def code_of(row: MeetingRow) -> str:
    """Return what a meeting is called in addresses."""
    return row.county or JOINT


def titles(view: View) -> list[tuple[str, str]]:
    """Return county code (empty for the joint one) and title of every meeting that there can be, as they are listed."""
    areas = sorted(view.counties, key=lambda each: sort_key(each.name))
    return [
        ("", say("joint_meeting", view.language)),
        *((each.code, say("county_meeting", view.language, name=each.name)) for each in areas),
    ]


def located(view: View, code: str) -> tuple[str, str, MeetingRow]:
    """Return county code (empty for the joint one), title and row of a meeting that this reader may see.

    Where none is to be held, it is the newest that was called off.

    Raises:
        Http404: There is none.
    """
    county = "" if code == JOINT else code
    row = view.at.meetings.get(county) or view.at.called_off.get(county)
    if row is None or code == "":
        raise Http404(code)
    return county, dict(titles(view))[county], row


@dataclass(frozen=True, slots=True)
class NeedInWords:
    """A need as a page shows it: its documents, by when it is answered, and what answers it where that can be done."""

    row: NeedRow
    documents: tuple[AnswerDocumentRow, ...]
    due: str
    late: bool
    button: Button | None
    form: ReplyForm | None


def needs(view: View, *, answers: bool = False) -> tuple[Mapping[str, Any], ...]:
    """Return what the counties need to know, county by county, as far as this reader may see it.

    Args:
        view: Who looks at what.
        answers: Whether the page is the one on which they are answered.
    """
    requests = requests_for(view.whole, view.request.who, view.moment)
    documents = documents_of(row.given for row in requests) if _is_party(view) else {}
    by_county: list[Mapping[str, Any]] = []
    for area in sorted(view.counties, key=lambda each: sort_key(each.name)):
        rows = [
            _need(view, row, documents.get(row.given, ()), answers=answers)
            for row in requests
            if row.county == area.code
        ]
        if rows:
            by_county.append({"county": area, "rows": rows})
    return tuple(by_county)


def told_inputs(view: View, county: str) -> list[tuple[InputRow, str]]:
    """Return what a county has sent of input, each with the name of the municipality that it is about."""
    names = {place.code: place.display_name for place in municipalities(view.year)}
    rows = inputs_for(view.year, view.request.who, county) if county else ()
    return [(row, names.get(row.municipality, "")) for row in rows if row.sent_on]


def minutes_closed(view: View, row: MeetingRow) -> WithheldRow | None:
    """Return that the minutes of a meeting are withheld from this reader, if that is why they do not see them."""
    return closed(view.request.who, Thing.MINUTES, row.state, view.whole, view.moment, row.county)


def points_of(view: View, row: MeetingRow) -> tuple[PointRow, ...]:
    """Return the points of a meeting, which its minutes tell: none to whom those are withheld from."""
    return points(row.id) if minutes_closed(view, row) is None else ()


def _papers(view: View, county: str) -> Mapping[str, Any]:
    """Return the letters of a meeting that this reader may have, and of the others what is withheld from them."""
    who = view.request.who
    rows = letters_of(view.year, county)
    shut = ((row, closed_letter(who, view.whole, view.moment, row)) for row in rows)
    return {
        "papers": [row for row in rows if may_read(who, view.whole, view.moment, row)],
        "papers_closed": [(row.kind, row.day, withheld) for row, withheld in shut if withheld is not None],
    }


def _unfinished(view: View, county: str) -> int:
    """Return how many municipalities have no outcome yet, of a recommendation that the meeting has before it."""
    recommendation = view.whole.recommendations.get(county)
    if recommendation is None or recommendation.state != RecommendationState.SUBMITTED:
        return 0
    return recommendation.outcomes_missing


def _answering(view: View, row: NeedRow, *, answers: bool) -> tuple[Button | None, ReplyForm | None]:
    """Return the button that answers a need, and its form where it can be used on the page."""
    situation = request_situation(view.whole, row)
    button = next(iter(buttons(view.request, situation, "information.answer", request=row.id)), None)
    if not answers or button is None or button.why_not:
        return button, None
    return button, shown(view.request, ReplyForm, button.name, begin=button.id, carries=button.fields)


def _need(view: View, row: NeedRow, documents: tuple[AnswerDocumentRow, ...], *, answers: bool) -> NeedInWords:
    by = None if row.is_answered else answer_due(view.whole, view.at.meetings, row.county, row.day)[1]
    due = when(by, view.language) if by is not None else ""
    is_late = by is not None and by.last < view.day
    return NeedInWords(row, documents, due, is_late, *_answering(view, row, answers=answers))


def _is_party(view: View) -> bool:
    """Tell whether a reader is one of those that answers are given to: documents are not released with the text."""
    return may_see(view.request.who, Thing.INFORMATION, AnsweredTo.TO_ALL)


def _ask(view: View) -> Button | None:
    area = view.actor.area if view.actor and view.actor.party is Party.COUNTY else ""
    situation = ask_situation(view.whole, area)
    offered = buttons(view.request, situation, "information.ask", county=area)
    return offered[0] if offered else None


def calendar_of(view: View, row: LetterRow) -> MeetingRow | None:
    """Return the meeting that a letter invites to or calls off, as this reader may see it; None when it does not."""
    county = meeting_of(row.kind, row.receiver, row.reference) if row.kind in WITH_FILE else None
    if county is None:
        return None
    both = (view.at.meetings.get(county), view.at.called_off.get(county))
    uid = uid_of(row)
    return next((each for each in both if each is not None and uid in (None, str(each.uid))), None)


def calendars(view: View, rows: Iterable[LetterRow]) -> list[tuple[str, bytes]]:
    """Return name and content of the calendar file of each meeting that letters invite to or call off."""
    by_uid = {of_letter.uid: of_letter for row in rows if (of_letter := calendar_of(view, row)) is not None}
    named = dict(titles(view))
    return [
        (calendar_name(view.year, meeting), calendar_file(meeting, f"{named[meeting.county]} ({view.year})"))
        for meeting in sorted(by_uid.values(), key=lambda each: (code_of(each), each.id))
    ]
