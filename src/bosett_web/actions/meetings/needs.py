"""Information requests: what the county municipalities need from the directorate to recommend, and its answers."""

from collections.abc import Sequence

from bosett.documents.letters import AddendumKind
from bosett.geography import counties
from bosett.rounds.moves import Objection
from bosett.rounds.rights import READ_ANSWER, may_receipt
from bosett.rounds.states import InformationState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.addenda import add
from bosett_web.actions.doing import Invalid, Objected, action, locked, note, require
from bosett_web.actions.pdfs import LARGEST, checked, safe_name
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.meetings.minutes import kept_minutes
from bosett_web.queries.meetings.needs import (
    NeedRow,
    answer_of,
    ask_situation,
    request_situation,
    requests,
    sees_answer,
    shared_answer,
)
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.choices import AnsweredTo
from bosett_web.records.models import AnswerDocument, AnswerReceipt, InformationAnswer, InformationRequest

MOST = 10
"""Documents that go with one answer."""


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells the story of a county's needs."""
    return f"information:{year}:{county}"


@action
def ask(actor: Actor, /, *, year: int, county: str, need: str) -> Event:
    """Tell the directorate what a county municipality needs to know; a county may ask many times.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The county is unknown, or the need is missing.
    """
    at = locked(year)
    subject = subject_of(year, county)
    require("information.ask", actor, ask_situation(at, county), subject, year)
    if county not in {each.code for each in counties(year)}:
        raise Invalid("county", "unknown_county", {"county": county})
    need = text("need", need, needed=True)
    made = InformationRequest.objects.create(round_id=year, county=county, text=need, day=clock.today())
    after = {"request": made.pk, "state": InformationState.ASKED}
    return note(actor, Entry("information.ask", subject, year, {}, after, {"need": need}))


@action
def answer(
    actor: Actor,
    /,
    *,
    year: int,
    request: int,
    reply: str,
    to: str = AnsweredTo.TO_ONE,
    documents: Sequence[tuple[str, bytes]] = (),
) -> Event:
    """Answer one need: once, so that nobody acts on an answer that has changed since.

    Args:
        actor: Who answers.
        year: Settlement year.
        request: The need.
        reply: The answer.
        to: The county that asked alone, or all, as shared knowledge.
        documents: PDFs that go with it, each by name and content.

    Raises:
        Objected: Not now, not by this role, or it is answered already.
        Invalid: There is no such need, the answer is missing, or a document cannot be kept (see `checked`).
    """
    sums = [checked(content) for _, content in documents]  # it takes time, and is done before the round is locked
    at = locked(year)
    row = _located(actor, at, request, "information.answer")
    reply = text("reply", reply, needed=True)
    if to not in AnsweredTo.values:
        raise Invalid("to", "not_a_choice")
    if sum(len(content) for _, content in documents) > LARGEST:
        raise Invalid("attachment", "attachments_large", {"most": LARGEST // 1024 // 1024})
    if len(sums) > MOST:
        raise Invalid("attachment", "attachment_many", {"most": MOST})
    if len(set(sums)) < len(sums):
        raise Invalid("attachment", "attachment_there")
    given = InformationAnswer.objects.create(round_id=year, to=to, text=reply, day=clock.today())
    AnswerDocument.objects.bulk_create(
        AnswerDocument(answer=given, name=safe_name(name), sha256=sha256, size=len(content), content=content)
        for (name, content), sha256 in zip(documents, sums, strict=True)
    )
    after = _keep(actor, at, row, given.pk, to, reply)
    return note(
        actor,
        Entry(
            "information.answer",
            subject_of(year, row.county),
            year,
            {"request": row.id, "state": row.state},
            {**after, "sha256": sums},
            {"reply": reply},
        ),
    )


@action
def join(actor: Actor, /, *, year: int, request: int, given: int) -> Event:
    """Answer one need by what has been answered to all before, in this round or another.

    Raises:
        Objected: Not now, not by this role, or it is answered already.
        Invalid: There is no such need, or no such answer that is for all.
    """
    at = locked(year)
    row = _located(actor, at, request, "information.join")
    shared = shared_answer(given)
    if shared is None:
        raise Invalid("given", "answer_gone")
    after = _keep(actor, at, row, shared.id, shared.to, shared.text)
    before = {"request": row.id, "state": row.state}
    return note(actor, Entry("information.join", subject_of(year, row.county), year, before, after))


@action
def receipt(actor: Actor, /, *, year: int, given: int) -> Event:
    """Say that one's organisation has read an answer that it may see, once.

    Raises:
        Objected: Not by this role.
        Invalid: There is no such answer for it, or it has said so already.
    """
    at = locked(year)
    subject = f"information:{year}"
    if not may_receipt(actor.who):
        raise Objected(Objection("answer_not_for_you"), move=READ_ANSWER, subject=subject, year=year)
    row = answer_of(year, given)
    if row is None or not sees_answer(at, actor.who, clock.moment(), row[0].to, row[1]):
        raise Invalid("given", "answer_gone")
    if AnswerReceipt.objects.filter(answer=given, seat=actor.seat_id).exists():
        raise Invalid("given", "answer_read")
    AnswerReceipt.objects.create(answer_id=given, seat_id=actor.seat_id, day=clock.today())
    return note(actor, Entry(READ_ANSWER, subject, year, {}, {"given": given}))


def _located(actor: Actor, at: Standing, request: int, move: str) -> NeedRow:
    """Return a need that somebody may make a move of.

    Raises:
        Objected: Not now, not by this role, or it is answered already.
        Invalid: There is no such need.
    """
    row = next((each for each in requests(at.year) if each.id == request), None)
    if row is None:
        raise Invalid("request", "request_gone")
    require(move, actor, request_situation(at, row), subject_of(at.year, row.county), at.year)
    return row


def _keep(actor: Actor, at: Standing, row: NeedRow, given: int, to: str, reply: str) -> dict[str, object]:
    """Keep that a need is answered, and tell it in the minutes that knew of the need; return the facts after it."""
    InformationRequest.objects.filter(pk=row.id).update(
        state=InformationState.ANSWERED, answer=reply, answered_on=clock.today(), given=given
    )
    joint = at.meetings.get("")
    kept = kept_minutes(joint.id) if joint is not None else None
    if joint is not None and kept is not None and any(each.id == row.id for each in kept.minuted.needs):
        # All counties read the minutes: an answer to one is told there, and not what it says.
        shown = reply if to == AnsweredTo.TO_ALL else ""
        add(actor, joint.id, AddendumKind.ANSWER, about=row.text, text=shown)
    return {"request": row.id, "state": InformationState.ANSWERED, "given": given, "answered_to": to}
