"""The meetings: the joint one before the summer, and one per county; and the calendar file."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bosett_web.pages.calendar import calendar_file
from bosett_web.pages.formats import sort_key
from bosett_web.pages.forms import buttons
from bosett_web.pages.screen import View
from bosett_web.pages.words import say
from bosett_web.queries.standing import NoRound, meeting_situation, new_situation, standing
from bosett_web.queries.visible import seen
from bosett_web.records import clock


def meetings(view: View) -> Mapping[str, Any]:
    """Build the page: what is planned, and a plan for what is not."""
    plan = buttons(view.actor, new_situation(view.whole), "meeting.plan", view.language)
    areas = [("", say("joint_meeting", view.language))]
    areas += [
        (each.code, say("county_meeting", view.language, name=each.name))
        for each in sorted(view.counties, key=lambda each: sort_key(each.name))
    ]
    rows: list[Mapping[str, Any]] = []
    for code, title in areas:
        row = view.at.meetings.get(code)
        if row is None:
            rows.append({"code": code, "title": title, "row": None})
            continue
        situation = meeting_situation(view.whole, row)
        found = buttons(view.actor, situation, "meeting.invite", view.language, county=code)
        hold = buttons(view.actor, situation, "meeting.hold", view.language, county=code)
        rows.append(
            {
                "code": code,
                "title": title,
                "row": row,
                "buttons": found,
                # Missing minutes are what its form is for: they do not close it.
                "hold": hold[0] if hold else None,
                "subject": f"meeting:{view.year}:{code or 'joint'}",
            }
        )
    return {
        "rows": rows,
        "plan": plan[0] if plan else None,
        "unplanned": [row for row in rows if row["row"] is None],
        "any": bool(view.at.meetings),
    }


@require_safe
def calendar(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Return the calendar file of a meeting that this reader may see."""
    try:
        at = seen(standing(year), request.who, clock.now())
    except NoRound:
        raise Http404(year) from None
    row = at.meetings.get("" if code == "joint" else code)
    if row is None:
        raise Http404(code)
    title = f"{say('nav_meetings', request.language)} {year} {code if row.county else ''}".strip()
    return HttpResponse(
        calendar_file(row, title, clock.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bosett-{year}-{code}.ics"'},
    )
