"""Letters: what they need to know, making, approving and sending them. Many at once are one event for each batch."""

from collections.abc import Sequence
from datetime import date

from bosett.basis.languages import NORWEGIAN
from bosett.rounds.states import LetterState
from bosett_web.accounts.actor import Actor
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.letters.checks import addressed, as_decided, as_seen, still_true
from bosett_web.actions.letters.sending import told_delivered, told_lost
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.background import is_under_way
from bosett_web.queries.letters.contents import signers_of
from bosett_web.queries.letters.letters import LetterRow, letter_rows, letter_situation
from bosett_web.queries.letters.truth import untruths
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import Letter, LetterSettings
from bosett_web.records.tasks import Task


def subject_of(year: int, rows: Sequence[LetterRow] = ()) -> str:
    """Return the name by which the journal tells the story of one letter, or of a round's letters."""
    return f"letter:{rows[0].reference}" if len(rows) == 1 else f"letters:{year}"


@action
def prepare(
    actor: Actor, /, *, year: int, answer_by: date | None, how_to_answer: str, signers: str, neutral_form: str
) -> Event:
    """Say what a round's letters need to know and nobody can guess.

    Args:
        actor: Who.
        year: Settlement year.
        answer_by: Deadline of the answer; None is not set yet.
        how_to_answer: The way in words that complete «svaret sendes ...».
        signers: One line each: function, colon, name.
        neutral_form: nb or nn for receivers that are neutral, as far as the law's quarter allows.

    Raises:
        Objected: Not by this role.
        Invalid: A line of signers lacks function or name, the form is none, or a new deadline has passed already.
    """
    at = locked(year)
    require("letter.prepare", actor, new_situation(at), subject_of(year), year)
    how_to_answer, signers = text("how_to_answer", how_to_answer), text("signers", signers)
    written = [line for line in signers.splitlines() if line.strip()]
    if len(signers_of(signers)) != len(written):
        raise Invalid("signers", "signer_incomplete")
    if neutral_form not in ("", *NORWEGIAN):
        raise Invalid("neutral_form", "form_unknown")
    row, _ = LetterSettings.objects.get_or_create(round_id=year)
    if answer_by is not None and answer_by != row.answer_by and answer_by < clock.today():
        raise Invalid("answer_by", "day_past")
    before = {"answer_by": row.answer_by, "neutral_form": row.neutral_form}
    row.answer_by, row.how_to_answer, row.signers, row.neutral_form = answer_by, how_to_answer, signers, neutral_form
    row.save()
    after = {"answer_by": answer_by, "neutral_form": neutral_form}
    texts = {"how_to_answer": how_to_answer, "signers": signers}
    return note(actor, Entry("letter.prepare", subject_of(year), year, before, after, texts))


@action
def make(actor: Actor, /, *, year: int) -> Event:
    """Have all letters that are due made in the background; those made and not approved yet are made anew.

    Raises:
        Objected: The round is not frozen, or not by this role.
        Invalid: They are being made already.
    """
    at = locked(year)
    require("letter.make", actor, new_situation(at), subject_of(year), year)
    if is_under_way(Task.MAKE_LETTERS, year=year):
        raise Invalid("letters", "letters_being_made")
    tasks.order(Task.MAKE_LETTERS, year=year, person=actor.person_id)
    return note(actor, Entry("letter.order", subject_of(year), year, {}, {"day": clock.today()}))


@action
def approve(actor: Actor, /, *, year: int, letters: Sequence[int], seen: str | None = None) -> Event:
    """Approve letters that somebody else has made.

    Args:
        actor: Who.
        year: Settlement year.
        letters: Which.
        seen: Digest of the letters that the form was shown with; None when there was no form.

    Raises:
        Objected: One of them may not be approved now, or not by this person.
        Invalid: There are none, or they were made anew since, or none is true any more; one that is not is left out.
    """
    rows, left_out = _current(actor, "letter.approve", locked(year), letters, seen)
    Letter.objects.filter(pk__in=[row.id for row in rows]).update(
        state=LetterState.APPROVED, approved_by=actor.person_id
    )
    return _told(actor, "letter.approve", year, rows, LetterState.APPROVED, left_out=left_out)


@action
def remove(actor: Actor, /, *, year: int, letters: Sequence[int], reason: str) -> Event:
    """Remove drafts of letters: nobody has approved them. Their files are gone; the event stays, with their hashes.

    Raises:
        Objected: One of them is no draft, or not by this role.
        Invalid: There are none.
    """
    reason = text("reason", reason)
    rows = _moved(actor, "letter.remove", locked(year), letters, reason)
    Letter.objects.filter(pk__in=[row.id for row in rows]).delete()
    return _told(actor, "letter.remove", year, rows, "removed", reason)


@action
def withdraw(actor: Actor, /, *, year: int, letters: Sequence[int], reason: str) -> Event:
    """Take back the approval of letters that are not sent; they can then be made anew."""
    reason = text("reason", reason)
    rows = _moved(actor, "letter.withdraw", locked(year), letters, reason)
    Letter.objects.filter(pk__in=[row.id for row in rows]).update(state=LetterState.MADE, approved_by=None)
    return _told(actor, "letter.withdraw", year, rows, LetterState.MADE, reason)


@action
def send(actor: Actor, /, *, year: int, letters: Sequence[int], seen: str | None = None) -> Event:
    """Queue approved letters to be sent: state, outbox and event are one transaction.

    Args:
        actor: Who.
        year: Settlement year.
        letters: Which.
        seen: Digest of the letters that the form was shown with; None when there was no form.

    Raises:
        Objected: One of them may not be sent now.
        Invalid: There are none, or they were made anew since, or none is true any more; one that is not is left out.
    """
    rows, left_out = _current(actor, "letter.send", locked(year), letters, seen)
    _queue(rows)
    return _told(actor, "letter.send", year, rows, LetterState.QUEUED, left_out=left_out)


@action
def retry(actor: Actor, /, *, year: int, letters: Sequence[int]) -> Event:
    """Queue letters again that the service has refused, unless they were written anew or are not true any more."""
    rows, left_out = _current(actor, "letter.retry", locked(year), letters)
    _queue(rows)
    return _told(actor, "letter.retry", year, rows, LetterState.QUEUED, left_out=left_out)


@action
def ask(actor: Actor, /, *, year: int, letters: Sequence[int]) -> Event:
    """Have the service asked again about letters that it could not tell of: nothing is sent before it answers.

    One whose number was corrected is asked about too: the answer ends it, and a new one can be made.
    """
    rows = _moved(actor, "letter.ask", locked(year), letters)
    _queue(rows)
    return _told(actor, "letter.ask", year, rows, LetterState.QUEUED)


@action
def record_arrival(actor: Actor, /, *, year: int, letters: Sequence[int], reason: str) -> Event:
    """Record that a letter whose fate nobody knew has reached its receiver: somebody has looked."""
    reason = text("reason", reason)
    rows = _moved(actor, "letter.found", locked(year), letters, reason)
    for row in rows:
        told_delivered(row.id, row.request, reason)
    return _told(actor, "letter.found", year, rows, LetterState.DELIVERED, reason)


@action
def again(actor: Actor, /, *, year: int, letters: Sequence[int], reason: str) -> Event:
    """Send a letter again that somebody has seen never came; one that is not true any more fails before it is sent."""
    reason = text("reason", reason)
    rows = _moved(actor, "letter.again", locked(year), letters, reason)
    untrue = untruths(year, rows, clock.today())
    addressed([row for row in rows if row.id not in untrue])
    for row in rows:
        told_lost(row.id, reason)
    _queue(rows)
    return _told(actor, "letter.again", year, rows, LetterState.QUEUED, reason)


def _moved(
    actor: Actor, name: str, at: Standing, letters: Sequence[int], reason: str | None = None
) -> tuple[LetterRow, ...]:
    """Return letters of a round that is locked when each of them may be moved."""
    rows = letter_rows(at.year, letters)
    if not rows or len(rows) != len(set(letters)):
        raise Invalid("letters", "letters_gone")
    for row in rows:
        require(name, actor, letter_situation(at, row), f"letter:{row.reference}", at.year, reason)
    return rows


def _current(
    actor: Actor, name: str, at: Standing, letters: Sequence[int], seen: str | None = None
) -> tuple[tuple[LetterRow, ...], tuple[LetterRow, ...]]:
    """Return the letters that are still true and can reach their receivers, and those that are true no more.

    Each may be moved, and is as it was seen.
    """
    rows = _moved(actor, name, at, letters)
    as_seen(rows, seen)
    true = still_true(at.year, rows)
    as_decided(at.year, true)
    addressed(true)
    return true, tuple(row for row in rows if row not in true)


def _queue(rows: Sequence[LetterRow]) -> None:
    """Put letters in the outbox; the service is asked about each before it is tried a second time."""
    Letter.objects.filter(pk__in=[row.id for row in rows]).update(
        state=LetterState.QUEUED, queued_at=clock.now(), why=""
    )
    for row in rows:
        # One at a time of each letter, however many workers there are.
        tasks.order(Task.SEND_LETTER, alone=f"letter:{row.id}", letter=row.id)


def _told(
    actor: Actor,
    name: str,
    year: int,
    rows: Sequence[LetterRow],
    end: str,
    reason: str = "",
    left_out: Sequence[LetterRow] = (),
) -> Event:
    after: dict[str, object] = {"state": end, "letters": {row.reference: row.sha256 for row in rows}}
    if left_out:
        after["left_out"] = [row.reference for row in left_out]
    entry = Entry(name, subject_of(year, rows), year, {"state": rows[0].state}, after, {"reason": reason})
    return note(actor, entry)
