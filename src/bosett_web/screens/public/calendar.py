"""The calendar of a round for everybody: by when each step is to be done, and the meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bosett.rounds.due import DueBy
from bosett.rounds.mandate import mandate_on
from bosett.rounds.open_round import OpenDay
from bosett_web.screens import formats
from bosett_web.screens.due_in_words import when
from bosett_web.screens.public.page import PublicView
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A step of the round or a meeting; `is_past` on the day of the release."""

    day: date
    when: str
    what: str
    is_past: bool


def calendar(view: PublicView) -> Mapping[str, Any]:
    """Build the page."""
    rows = [
        *(_step(view, each) for each in view.round.calendar),
        *(
            _row(view, each.day, formats.day(each.day, view.language), _meeting(view, each.county))
            for each in view.round.meetings
        ),
    ]
    if view.round.released_at is not None:
        rows.append(
            _row(
                view,
                view.round.released_at.date(),
                formats.moment(view.round.released_at, view.language),
                say("public_calendar_release", view.language),
            )
        )
    return {
        "rows": sorted(rows, key=lambda row: row.day),
        "criteria": reverse("public_criteria", args=[view.language, view.year]),
    }


def _step(view: PublicView, each: OpenDay) -> CalendarRow:
    by = when(DueBy(each.last, each.season), view.language)
    return _row(view, each.last, by, say(f"field_day_{each.step}", view.language, mandate=mandate_on(each.last)))


def _meeting(view: PublicView, county: str) -> str:
    if not county:
        return say("public_joint_meeting", view.language)
    return say("public_county_meeting", view.language, county=view.places[county].name)


def _row(view: PublicView, day: date, when: str, what: str) -> CalendarRow:
    return CalendarRow(day, when, what, day < view.release.day)
