"""What the circular letter to the county municipalities says, from the round's own rows, and what has to be asked for.

One letter goes to each county municipality that there is when it is written: before a reform the old ones, which the
year's attachments are about too.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from bosett.documents.letters import Circular, LetterHead, Month, PartOfYear, SeasonOfYear, Stop, Worded
from bosett.documents.letters.names import COMMITTEE, DECIDERS_OF_TARGETS, county_receiver, ministry_on
from bosett.documents.letters.published import TAKEN_OVER, plan_of
from bosett.geography import County
from bosett.rounds.due import CalendarStep
from bosett.rounds.notices import Stream
from bosett.rounds.states import CriteriaState, LetterState
from bosett_web.journal.models import Event
from bosett_web.queries.letters.former import asked_before, criteria_before
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.queries.letters.receivers import county_municipalities
from bosett_web.queries.notices.notices import stops_in
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records import models
from bosett_web.records.choices import LetterKind

KIND = LetterKind.CIRCULAR


@dataclass(frozen=True, slots=True)
class CircularFacts:
    """What the round does not hold and somebody says; what is None or empty is not known.

    Attributes:
        percent: About how many percent of those planned for are resettlement refugees.
        goes_on: Whether settlement from reception centres goes on.
        answer_to: Where to write.
        situation: What measures are against, in bokmål and nynorsk; None in a plain year.
        capacity_by: Until when news of capacity is welcome; None is at any time.
        information_by: Until when to say what information is needed; None is before the meeting.
        targets_by: Who decides the targets after the committee's advice; empty when the committee decides them.
        forms: nb or nn by county, of those whose form is not known.
    """

    percent: int | None
    goes_on: bool | None
    answer_to: str
    situation: Worded | None = None
    capacity_by: date | None = None
    information_by: date | None = None
    targets_by: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)


def left_of(rows: Iterable[LetterRow], day: date) -> tuple[County, ...]:
    """Return the counties whose municipalities the circular is yet to reach, as it stands on a day; failed has not."""
    gone = {
        row.receiver for row in rows if row.kind == KIND and row.state not in (LetterState.MADE, LetterState.FAILED)
    }
    return tuple(county for county in county_municipalities(day) if county.code not in gone)


def version_of(rows: Iterable[LetterRow], county: str) -> int:
    """Return the version of the circular that is written now; one that is not approved is written anew."""
    circulars = [row for row in rows if row.kind == KIND and row.receiver == county]
    last = max(circulars, key=lambda row: row.version, default=None)
    return 1 if last is None else last.version + (last.state != LetterState.MADE)


def circular(at: Standing, facts: CircularFacts, head: LetterHead) -> Circular:
    """Return what the circular says, without its receiver; in a few queries.

    Args:
        at: The coming round as it stands.
        facts: What the round does not hold.
        head: Of all of them.
    """
    year, before = at.year, at.year - 1
    planned, stops = _planned(before), _stops(before)
    proposed, adopted = _criteria(at)
    meeting = at.meetings.get("")
    return Circular(
        head=head,
        year=year,
        taken_over=TAKEN_OVER,
        plan=plan_of(before) if planned is None else planned,
        resettlement_percent=facts.percent,
        stops=stops,
        reception_goes_on=facts.goes_on,
        committee=COMMITTEE,
        # Who adopted them is told as it was then; who is to adopt them, as it is now.
        ministry=None if head.day is None else ministry_on(adopted or head.day),
        criteria_proposed=proposed,
        criteria_adopted=adopted,
        forecast_due=_month(at, CalendarStep.FORECAST),
        targets_due=_month(at, CalendarStep.TARGETS),
        requests_due=_season(at, CalendarStep.LETTERS),
        meeting_due=_day_of(meeting),
        answer_to=facts.answer_to or None,
        asked=asked_before(before),
        criteria=criteria_before(before),
        situation=facts.situation,
        capacity_by=facts.capacity_by,
        information_by=facts.information_by,
        targets_by=DECIDERS_OF_TARGETS.get(facts.targets_by),
    )


def told_by_round(at: Standing) -> Mapping[str, object]:
    """Return what the circular tells of the round and of the one before it, as JSON holds it: what may change."""
    proposed, adopted = _criteria(at)
    meeting = _day_of(at.meetings.get(""))
    return {
        "planned": _planned(at.year - 1),
        "stops": [
            [each.stream.value, *(day.isoformat() if day else None for day in (each.since, each.until))]
            for each in _stops(at.year - 1)
        ],
        "criteria": [proposed, adopted.isoformat() if adopted else None],
        "meeting": meeting.isoformat() if meeting else None,
    }


def receiver_head(head: LetterHead, code: str, reference: str, address: tuple[str, ...] = ()) -> LetterHead:
    """Return the head of one county municipality's letter, by its name on the letter's day."""
    named = () if head.day is None else (county_receiver(code, head.day.year, address),)
    return replace(head, receivers=named, reference=reference)


def _planned(year: int) -> int | None:
    return models.SettlementRound.objects.filter(pk=year).values_list("planned", flat=True).first()


def _stops(year: int) -> tuple[Stop, ...]:
    return tuple(Stop(Stream(row.stream), row.since, row.until, row.name) for row in stops_in(year))


def _day_of(meeting: MeetingRow | None) -> date | None:
    return None if meeting is None else timezone.localtime(meeting.at).date()


def _criteria(at: Standing) -> tuple[bool | None, date | None]:
    """Return whether the criteria are proposed, and when they were adopted, as the journal tells it."""
    newest = at.current_criteria or (at.criteria[-1] if at.criteria else None)
    if newest is None:
        return None, None
    if newest.state not in (CriteriaState.ADOPTED, CriteriaState.SHARED):
        return newest.state == CriteriaState.PROPOSED, None
    body = Event.objects.filter(name="criteria.adopt", round=at.year).order_by("-pk").values_list("body", flat=True)
    adoption = body.first()
    # Adopted on a day that nobody knows is told as lacking.
    return (True, date.fromisoformat(json.loads(adoption)["day"])) if adoption else (None, None)


def _month(at: Standing, step: CalendarStep) -> Month | None:
    by = at.calendar.get(step)
    return None if by is None else Month(by.last.year, by.last.month)


def _season(at: Standing, step: CalendarStep) -> SeasonOfYear | None:
    by = at.calendar.get(step)
    if by is None:
        return None
    return SeasonOfYear(by.last.year, PartOfYear.AUTUMN if by.last.month > 7 else PartOfYear.SPRING)
