"""Whether a letter is still true: the one rule for page, approval, sending and outbox, and for every kind of letter.

What a letter rests on is kept beside its text when it is written, and read anew when it is judged: a letter is true as
long as the two are the same. One that has come to its receiver was true then; only that its number has been changed
since, its recommendation opened again or its meeting called off, is told of it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from bosett.documents.letters import Content, Request, Revised
from bosett.rounds.states import DecisionState, LetterState, RecommendationState
from bosett_web.queries.decisions.deadlines import REMINDER, Deadlines, deadlines
from bosett_web.queries.letters.circulars import KIND as CIRCULAR
from bosett_web.queries.letters.circulars import told_by_round
from bosett_web.queries.letters.contents import DueLetter, due
from bosett_web.queries.letters.county_sheet import KIND as RECOMMENDATION
from bosett_web.queries.letters.letters import LetterRow, Settings, letter_rows, newest_references, settings_of
from bosett_web.queries.letters.meetings import CALLING, CANCELLATION, MEETING_KINDS, facts_of, meeting_of, uid_of
from bosett_web.queries.standing import standing
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import models
from bosett_web.records.choices import LetterKind, Occasion
from bosett_web.records.models import AnswerPlan, Decision
from bosett_web.records.models.letters import NUMBERED, SENT

OF_REQUEST = (*NUMBERED, REMINDER)
"""Kinds that are true of one request alone: when its number is corrected, they are not."""
CHANGED: Mapping[str, str] = {
    "answer": "letter_of_other_deadline",
    "answered": "letter_of_other_answer",
    "deadline": "reminder_of_other_deadline",
    "decided": "reminder_decided",
    "meeting": "letter_of_changed_meeting",
    "round": "letter_of_changed_round",
}
"""Why a letter is not true any more, by what it rests on that has changed."""
CODES = (
    *("letter_outdated", "reminder_outdated", "recommendation_reopened"),
    *("letter_called_off", "letter_superseded", *CHANGED.values(), "letter_deadline_passed"),
)
"""Every reason why a letter may be untrue."""


class Basis:
    """What the letters of a round rest on as it stands; each part is read when it is first asked for.

    A value is what JSON can hold, so that what was kept can be compared with what is.
    """

    def __init__(self, year: int) -> None:
        self._year = year

    def of(self, kind: str, receiver: str, reference: str) -> dict[str, Any]:
        """Return what a letter rests on beside its number, by the keys of `CHANGED`.

        Args:
            kind: Kind of letter.
            receiver: Code of its receiver.
            reference: Its reference, which tells of which meeting it is.
        """
        if kind in MEETING_KINDS:
            meetings = self._standing.called_off if kind == CANCELLATION else self._standing.meetings
            meeting = meetings.get(meeting_of(kind, receiver, reference) or "")
            return {"meeting": None if meeting is None else dict(facts_of(meeting))}
        if kind == CIRCULAR:
            return {"round": dict(told_by_round(self._standing))}
        if kind in (LetterKind.REQUEST, LetterKind.REVISED):
            rests_on = {"answer": _answer(self._settings.answer_by, self._settings.how_to_answer)}
            return rests_on if kind == LetterKind.REQUEST else {**rests_on, "answered": self._answered.get(receiver)}
        if kind == REMINDER:
            by = self._deadlines.of(receiver, self._granted.get(receiver))
            decided = self._decided.get(receiver) == self.requests.get(receiver)
            return {"decided": decided, "deadline": _answer(by, self._settings.how_to_answer)}
        return {}

    def is_called_off(self, meeting: str) -> bool:
        """Tell whether the meeting with an identity will not be held."""
        return meeting not in self._to_be

    @cached_property
    def requests(self) -> Mapping[str, int]:
        """The identity of each municipality's newest request."""
        rows = models.Request.objects.filter(round=self._year).order_by("version")
        return dict(rows.values_list("municipality", "pk"))

    @cached_property
    def finals(self) -> Mapping[str, int]:
        """The version of each county's recommendation that is final now."""
        rows = models.RecommendationVersion.objects.filter(
            recommendation__round=self._year, recommendation__state=RecommendationState.FINAL, made=Occasion.FINAL
        )
        return dict(rows.order_by("version").values_list("recommendation__county", "version"))

    @cached_property
    def _decided(self) -> Mapping[str, int]:
        """The request that each municipality's decision answers, of those that count and are not preliminary."""
        rows = Decision.objects.filter(round=self._year).exclude(state=DecisionState.REPLACED).order_by("version")
        counts = {code: answer for code, *answer in rows.values_list("municipality", "preliminary", "request_id")}
        return {code: request for code, (preliminary, request) in counts.items() if not preliminary}

    @cached_property
    def _answered(self) -> Mapping[str, int | None]:
        """What each municipality has decided, in persons; one that has not said how many has None."""
        rows = Decision.objects.filter(round=self._year, preliminary=False).order_by("version")
        return dict(rows.values_list("municipality", "number"))

    @cached_property
    def _granted(self) -> Mapping[str, date]:
        rows = AnswerPlan.objects.filter(round=self._year, granted_until__isnull=False).order_by("municipality")
        given = rows.values_list("municipality", "granted_until")
        return {code: until for code, until in given if until is not None}

    @cached_property
    def _deadlines(self) -> Deadlines:
        return deadlines(self._year)

    @cached_property
    def _settings(self) -> Settings:
        return settings_of(self._year)

    @cached_property
    def _to_be(self) -> frozenset[str]:
        return frozenset(str(row.uid) for row in self._standing.meetings.values())

    @cached_property
    def _standing(self) -> Standing:
        return standing(self._year)


def told_in(content: Content) -> dict[str, Any]:
    """Return what a letter about a number rests on beside it, as it is told there; the same as `Basis.of` has it."""
    if not isinstance(content, Request | Revised):
        return {}
    way = content.answer.way
    rests_on: dict[str, Any] = {"answer": _answer(content.answer.deadline, way.nb if way else "")}
    return rests_on if isinstance(content, Request) else {**rests_on, "answered": content.answered}


def untruths(year: int, rows: Iterable[LetterRow], today: date) -> Mapping[int, str]:
    """Return why letters are not true any more, as one of `CODES` by their identity; those that are true are left out.

    Args:
        year: Settlement year.
        rows: Letters of it, of any kinds and states.
        today: The workspace's day.
    """
    judged = tuple(rows)
    if not judged:
        return {}
    basis, newest = Basis(year), newest_references(year, {row.receiver for row in judged})
    codes = {row.id: _untruth(row, basis, newest, today) for row in judged}
    return {letter: code for letter, code in codes.items() if code}


def letters_due(at: Standing, day: date) -> tuple[DueLetter, ...]:
    """Return the letters that are due in a round; one that has failed and is not true any more is due anew."""
    failed = [row for row in letter_rows(at.year) if row.state == LetterState.FAILED]
    return due(at, day, anew=untruths(at.year, failed, day))


def _untruth(row: LetterRow, basis: Basis, newest: frozenset[str], today: date) -> str:
    if row.kind in OF_REQUEST and row.request != basis.requests.get(row.receiver):
        return "reminder_outdated" if row.kind == REMINDER else "letter_outdated"
    if row.kind == RECOMMENDATION:
        return "" if basis.finals.get(row.receiver) == row.version else "recommendation_reopened"
    if row.kind in CALLING and (meeting := uid_of(row)) is not None and basis.is_called_off(meeting):
        return "letter_called_off"
    if row.state in SENT:
        return ""
    if row.reference not in newest:
        return "letter_superseded"
    now = basis.of(row.kind, row.receiver, row.reference)
    changed = next((key for key, kept in row.rests_on.items() if not _same(kept, now.get(key))), None)
    if changed is not None:
        return CHANGED[changed]
    asks_by = _asks_by(row)
    return "letter_deadline_passed" if asks_by is not None and asks_by < today else ""


def _same(kept: object, now: object) -> bool:
    """Tell whether what a letter kept is so still; what it did not keep yet when it was written is not asked about."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return all(now.get(name) == value for name, value in kept.items())
    return kept == now


def _asks_by(row: LetterRow) -> date | None:
    """Return the day by which a letter asks for an answer: its own, or the one that it rests on."""
    by = (row.rests_on.get("answer") or row.rests_on.get("deadline") or {}).get("by")
    return row.answer_by or (date.fromisoformat(by) if by else None)


def _answer(by: date | None, how: str) -> dict[str, str | None]:
    return {"by": None if by is None else by.isoformat(), "how": how}
