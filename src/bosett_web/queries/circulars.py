"""What the circular letter to the county municipalities says, from the round's own rows, and what has to be asked for.

One letter goes to each county municipality of the running year. Their language decisions are in no table: only Oslo's
is known, as it is a municipality too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from bosett.documents.letters import Circular, Head, Month, Part, Season, Stop, Stream, Worded
from bosett.documents.letters.names import COMMITTEE, OSLO, county_receiver, ministry_on
from bosett.documents.letters.published import TAKEN_OVER, asked_in, official_criteria, plan_of
from bosett.geography import County, counties
from bosett.rounds.moves import Track
from bosett_web.journal.models import Event
from bosett_web.queries.overview import steps
from bosett_web.queries.standing import Standing
from bosett_web.records import models

KIND = "circular"
OSLO_MUNICIPALITY = "0301"


@dataclass(frozen=True, slots=True)
class Told:
    """What the round does not hold and somebody says; what is None or empty is not known.

    Attributes:
        percent: About how many percent of those planned for are resettlement refugees.
        goes_on: Whether settlement from reception centres goes on.
        answer_to: Where to write.
        situation: What measures are against, in bokmål and nynorsk; None in a plain year.
        capacity_by: Until when news of capacity is welcome; None is at any time.
        information_by: Until when to say what information is needed; None is before the meeting.
        forms: nb or nn by county, of those whose form is not known.
    """

    percent: int | None
    goes_on: bool | None
    answer_to: str
    situation: Worded | None = None
    capacity_by: date | None = None
    information_by: date | None = None
    forms: Mapping[str, str] = field(default_factory=dict)


def receivers(year: int) -> tuple[County, ...]:
    """Return the counties whose municipalities get the circular: those of the running year."""
    return tuple(counties(year - 1))


def known_forms(languages: Mapping[str, str | None]) -> Mapping[str, str]:
    """Return the languages of the county municipalities that are known, from those of the municipalities."""
    form = languages.get(OSLO_MUNICIPALITY)
    return {OSLO: form} if form else {}


def circular(at: Standing, told: Told, head: Head) -> Circular:
    """Return what the circular says, without its receiver; in four queries.

    Args:
        at: The coming round as it stands.
        told: What the round does not hold.
        head: Of all of them.
    """
    year, before = at.year, at.year - 1
    planned = models.SettlementRound.objects.filter(pk=before).values_list("planned", flat=True).first()
    stops = models.Stop.objects.filter(round=before).order_by("since").values_list("stream", "since", "until")
    due = {step.track: step.due for step in steps(at) if not step.area}
    proposed, adopted = _criteria(at)
    meeting = at.meetings.get("")
    return Circular(
        head=head,
        year=year,
        taken_over=TAKEN_OVER,
        plan=plan_of(before) if planned is None else planned,
        resettlement_percent=told.percent,
        stops=tuple(Stop(Stream(stream), since, until) for stream, since, until in stops),
        reception_goes_on=told.goes_on,
        committee=COMMITTEE,
        ministry=None if head.day is None else ministry_on(head.day),
        criteria_proposed=proposed,
        criteria_adopted=adopted,
        forecast_due=_month(due.get(Track.FORECAST)),
        targets_due=_month(due.get(Track.TARGETS)),
        requests_due=_season(due.get(Track.ROUND)),
        meeting_due=None if meeting is None else timezone.localtime(meeting.at).date(),
        answer_to=told.answer_to or None,
        asked=asked_in(before),
        criteria=official_criteria(before),
        situation=told.situation,
        capacity_by=told.capacity_by,
        information_by=told.information_by,
    )


def receiver_head(head: Head, code: str, year: int, reference: str) -> Head:
    """Return the head of one county municipality's letter."""
    return replace(head, receivers=(county_receiver(code, year - 1),), reference=reference)


def _criteria(at: Standing) -> tuple[bool | None, date | None]:
    """Return whether the criteria are proposed, and when they were adopted, as the journal tells it."""
    newest = at.current_criteria or (at.criteria[-1] if at.criteria else None)
    if newest is None:
        return None, None
    if newest.state not in ("adopted", "shared"):
        return newest.state == "proposed", None
    body = Event.objects.filter(name="criteria.adopt", round=at.year).order_by("-pk").values_list("body", flat=True)
    found = body.first()
    # Adopted on a day that nobody knows is told as lacking.
    return (True, date.fromisoformat(json.loads(found)["day"])) if found else (None, None)


def _month(day: date | None) -> Month | None:
    return None if day is None else Month(day.year, day.month)


def _season(day: date | None) -> Season | None:
    if day is None:
        return None
    return Season(day.year, Part.AUTUMN if day.month > 7 else Part.SPRING)
