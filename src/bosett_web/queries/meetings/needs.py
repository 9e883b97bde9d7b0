"""What the county municipalities need to know from the directorate, its answers, and by when they are owed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bosett.rounds.due import CalendarStep, DueBy
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party, Who
from bosett.rounds.states import InformationState
from bosett.rounds.visibility import Thing
from bosett_web.queries.rows import rows_of
from bosett_web.queries.sight import sees
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import MeetingRow, Standing
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import AnswerDocument, AnswerReceipt, InformationAnswer, InformationRequest

WHOM = Coalesce("given__to", Value(AnsweredTo.TO_ALL.value), output_field=TextField())
"""Whom the answer to a need is for; one from before there was a choice was for all."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need of a county municipality, and the answer when there is one.

    Of the answer, `given` is its identity, `given_in` the round that it was given in, and `to` whom it is for. One of
    which somebody may see only that it was given has no text.
    """

    id: int
    county: str
    state: str
    text: str
    day: date
    answer: str
    answered_on: date | None
    given: int | None
    given_in: int | None
    to: str

    @property
    def is_answered(self) -> bool:
        """Whether it has been answered."""
        return self.state == InformationState.ANSWERED

    @property
    def is_shared(self) -> bool:
        """Whether its answer is for all."""
        return self.is_answered and self.to == AnsweredTo.TO_ALL


@dataclass(frozen=True, slots=True)
class AnswerDocumentRow:
    """A document that goes with an answer; its bytes are read when it is fetched."""

    id: int
    answer: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer as it was given: in the round of a year, to one county or to all."""

    id: int
    year: int
    to: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class OwedAnswers:
    """How many needs wait for an answer by one day: those told in time for the joint meeting, or a county's later ones.

    `county` is empty for the joint meeting.
    """

    county: str
    count: int
    by: DueBy | None


def requests(year: int) -> tuple[NeedRow, ...]:
    """Return every need of a round, by county and as they came; in one query."""
    rows = InformationRequest.objects.filter(round=year).annotate(whom=WHOM).order_by("county", "pk")
    return rows_of(NeedRow, rows, to="whom", given_in="given__round")


def requests_for(at: Standing, who: Who, moment: datetime) -> tuple[NeedRow, ...]:
    """Return the needs that somebody may see, without the answers that they may not.

    They are seen as an invited joint meeting is, by all who take part in it. A county municipality always sees its own,
    and whoever sees an answer sees what it answers.
    """
    everything = sees(who, Thing.MEETING, "invited", at, moment)
    own = who.area if who.party is Party.COUNTY else None
    rows = []
    for row in requests(at.year):
        is_open = row.is_answered and sees_answer(at, who, moment, row.to, [row.county])
        if everything or row.county == own or (is_open and row.is_shared):
            rows.append(row if is_open else replace(row, answer="", given=None))
    return tuple(rows)


def sees_answer(at: Standing, who: Who, moment: datetime, to: str, asked_by: Collection[str]) -> bool:
    """Tell whether somebody may see an answer that was given to one of some counties, or to all."""
    if to == AnsweredTo.TO_ALL:
        return sees(who, Thing.INFORMATION, to, at, moment)
    return any(sees(who, Thing.INFORMATION, to, at, moment, county) for county in asked_by)


def ask_situation(at: Standing, county: str) -> Situation:
    """Return the situation of a need that a county has not told yet."""
    return replace(new_situation(at), area=county)


def request_situation(at: Standing, row: NeedRow) -> Situation:
    """Return the situation of one need."""
    return replace(new_situation(at), state=row.state, area=row.county)


# Answers


def answer_of(year: int, identity: int) -> tuple[AnswerRow, tuple[str, ...]] | None:
    """Return an answer of a round, and the counties that it was given to; None when there is none. In two queries."""
    row = next(iter(rows_of(AnswerRow, InformationAnswer.objects.filter(round=year, pk=identity), year="round")), None)
    if row is None:
        return None
    counties = InformationRequest.objects.filter(given=identity).order_by("county").values_list("county", flat=True)
    return row, tuple(dict.fromkeys(counties))


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """That an organisation has read an answer, in a role, and on what day."""

    name: str
    party: str
    seat: int
    day: date


def receipts_of(answer: int) -> tuple[ReceiptRow, ...]:
    """Return who has read an answer, in the order in which they said so; in one query."""
    rows = AnswerReceipt.objects.filter(answer=answer).order_by("day", "pk")
    return rows_of(ReceiptRow, rows, name="seat__organisation__name", party="seat__party")


def shared_answer(identity: int) -> AnswerRow | None:
    """Return an answer of any round that is shared with all; None when there is none."""
    rows = InformationAnswer.objects.filter(pk=identity, to=AnsweredTo.TO_ALL)
    return next(iter(rows_of(AnswerRow, rows, year="round")), None)


def documents_of(answers: Iterable[int | None]) -> Mapping[int | None, tuple[AnswerDocumentRow, ...]]:
    """Return the documents that go with answers, by answer and in their order; in one query."""
    rows = AnswerDocument.objects.filter(answer__in={each for each in answers if each is not None}).order_by("pk")
    by_answer: dict[int | None, tuple[AnswerDocumentRow, ...]] = {}
    for row in rows_of(AnswerDocumentRow, rows):
        by_answer[row.answer] = (*by_answer.get(row.answer, ()), row)
    return by_answer


def answer_document(answer: int, identity: int) -> tuple[str, bytes] | None:
    """Return name and bytes of a document of an answer, or None."""
    row = AnswerDocument.objects.filter(answer=answer, pk=identity).values_list("name", "content").first()
    return None if row is None else (row[0], bytes(row[1]))


# By when


def owed_answers(at: Standing, meetings: Mapping[str, MeetingRow]) -> tuple[OwedAnswers, ...]:
    """Return how many needs wait for an answer and by when: the joint meeting's first, then by county. One query.

    Args:
        at: The round as it stands.
        meetings: The meetings whose days may be told.
    """
    asked = InformationRequest.objects.filter(round=at.year, state=InformationState.ASKED)
    due = [answer_due(at, meetings, county, day) for county, day in asked.values_list("county", "day")]
    by_area = dict(due)
    counts = Counter(area for area, _ in due)
    return tuple(OwedAnswers(area, counts[area], by_area[area]) for area in sorted(counts))


def answer_due(at: Standing, meetings: Mapping[str, MeetingRow], county: str, day: date) -> tuple[str, DueBy | None]:
    """Return by when a need is to be answered, and whose meeting it is: the joint one (empty), or the county's own.

    It is the joint meeting when the need was told by its day, and the county's own when it came later.
    """
    joint = meeting_day(at, meetings, "")
    if joint is None or day <= joint.last:
        return "", joint
    return county, meeting_day(at, meetings, county)


def meeting_day(at: Standing, meetings: Mapping[str, MeetingRow], county: str) -> DueBy | None:
    """Return the day of a county's meeting, or (empty) of the joint one; before it is planned that of the calendar."""
    row = meetings.get(county)
    if row is not None:
        return DueBy(timezone.localdate(row.at))
    if county in at.meetings:  # there is one, and its day may not be told
        return None
    return at.calendar.get(CalendarStep.MEETINGS if county else CalendarStep.JOINT_MEETING)
