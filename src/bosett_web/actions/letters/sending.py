"""The outbox: one try after the other, each written down before and after, until the letter's fate is known.

A try without an outcome (a killed worker), or one that nobody knows the outcome of, is never followed by a new sending:
the service is asked first, by the letter's reference. That it knows no such letter counts only when it has had as long
as it may take: it may still be at work with what it got.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from bosett.rounds.moves import Situation, move_of, objection_to
from bosett.rounds.parties import Grade, Party, Who
from bosett.rounds.states import LetterState
from bosett_web.accounts.models import Seat
from bosett_web.actions.doing import note
from bosett_web.dispatch import (
    Absent,
    AlreadySent,
    DeliveryStatus,
    Dispatch,
    Parcel,
    RefusedByService,
    Sent,
    Unknown,
    coded,
)
from bosett_web.journal.write import Entry
from bosett_web.queries.letters.addresses import postal_address
from bosett_web.queries.letters.letters import letter_rows
from bosett_web.queries.letters.truth import untruths
from bosett_web.records import clock
from bosett_web.records.choices import TryAct, TryOutcome
from bosett_web.records.models import DeliveryTry, Letter, Request, SettlementRound

MOST_UNKNOWN = 6
"""Tries in a row of which nobody knows the outcome; then a person must look."""
_LOCKS = 520_131
"""Our number among the database's advisory locks."""
_SYSTEM = Who(None, Party.PUBLIC, "", "", Grade.READER)

_BECAME = {DeliveryStatus.READ: LetterState.READ, DeliveryStatus.ON_PAPER: LetterState.ON_PAPER}
_FOLLOWED: Mapping[str, Mapping[str, str]] = {
    LetterState.DELIVERED: {
        LetterState.READ: "letter.read",
        LetterState.ON_PAPER: "letter.paper",
        LetterState.FAILED: "letter.bounce",
    },
    LetterState.ON_PAPER: {LetterState.READ: "letter.read_later", LetterState.FAILED: "letter.come_back"},
}
"""The move by what a letter was and what has become of it; one that has been read has arrived."""

Answer = Sent | RefusedByService | Unknown | AlreadySent | Absent
_OUTCOMES: dict[type, str] = {
    Sent: TryOutcome.TAKEN,
    RefusedByService: TryOutcome.REFUSED,
    Unknown: TryOutcome.UNKNOWN,
    AlreadySent: TryOutcome.FOUND,
    Absent: TryOutcome.ABSENT,
}


@dataclass(frozen=True, slots=True)
class _Try:
    """A try that has been begun."""

    id: int
    did: str
    parcel: Parcel


def deliver(letter: int, port: Dispatch) -> bool:
    """Try to deliver a queued letter; safe to run again after a crash, and beside another worker.

    Args:
        letter: Identity of the letter.
        port: The channel.

    Returns:
        True when it must be tried again later.
    """
    with _alone(letter) as alone:
        if not alone:
            return True
        while (begun := _begin(letter, port)) is not None:
            answer: Answer = port.ask(begun.parcel) if begun.did == TryAct.ASK else port.send(begun.parcel)
            if _settle(begun, answer):
                return True
            if isinstance(answer, Absent) and not _had_its_time(letter, port):
                return True  # asked again when it has
    return False


def follow(letter: int, port: Dispatch) -> bool:
    """Ask what has become of a letter that a service has taken, and record what is new; tell whether anything is.

    It may have been read, have gone to paper, or have been given up: then it failed after all, and may be sent anew.
    That its municipality has seen its number in the workspace is not taken back.
    """
    row = Letter.objects.filter(pk=letter, state__in=_FOLLOWED).only("external").first()
    answer = port.status(row.external) if row is not None and row.external else None
    if row is None or answer is None:
        return False
    became = LetterState.FAILED if isinstance(answer, RefusedByService) else _BECAME[answer]
    with transaction.atomic(durable=True):
        locked_letter = _held(letter)
        name = _FOLLOWED.get(locked_letter.state, {}).get(became)
        if name is None or locked_letter.external != row.external:
            return False  # it has moved on, or been sent anew, while the service was asked
        locked_letter.read_at = clock.moment() if answer is DeliveryStatus.READ else None
        words = answer.words if isinstance(answer, RefusedByService) else ""
        if isinstance(answer, RefusedByService):
            locked_letter.why = words
            _asked(letter, TryOutcome.REFUSED, words)
        _end(locked_letter, name, {"external": locked_letter.external}, words)
    return True


def told_delivered(letter: int, request: int | None, reason: str) -> None:
    """Record what a person has found out: the letter came. The caller writes the event."""
    _asked(letter, TryOutcome.FOUND, reason)
    moment = clock.moment()
    Letter.objects.filter(pk=letter).update(state=LetterState.DELIVERED, delivered_at=moment, why="")
    if request is not None:
        Request.objects.filter(pk=request, sent_at=None).update(sent_at=moment)


def told_lost(letter: int, reason: str) -> None:
    """Record what a person has found out: the letter never came, so it may be sent. The caller writes the event."""
    _asked(letter, TryOutcome.ABSENT, reason)


def waiting() -> list[int]:
    """Return the letters that are queued, oldest first."""
    return list(
        Letter.objects.filter(state=LetterState.QUEUED).order_by("queued_at", "pk").values_list("pk", flat=True)
    )


@contextmanager
def _alone(letter: int) -> Iterator[bool]:
    """Hold a letter for this connection; the hold ends with the connection, so a killed worker holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, letter])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, letter])


def _begin(letter: int, port: Dispatch) -> _Try | None:
    """Write down that a try begins; None when the letter is not queued any more.

    A letter that is not true any more since it was queued is not sent: it fails, and may be written anew.
    """
    with transaction.atomic(durable=True):
        row = _held(letter)
        if row.state != LetterState.QUEUED:
            return None
        last = row.tries.order_by("-number").first()
        did = TryAct.ASK
        if (
            last is None
            or last.outcome == TryOutcome.REFUSED
            or (last.outcome == TryOutcome.ABSENT and _had_its_time(letter, port))
        ):
            did = TryAct.SEND
        if did == TryAct.SEND and (untrue := _untruth(row)):
            _end(row, "letter.fail", {"untrue": untrue})
            return None
        if did == TryAct.ASK and row.channel not in ("", port.channel):
            row.why = coded("channel_changed", before=row.channel, now=port.channel)
            _end(row, "letter.stop", {"channel": row.channel}, row.why)
            return None
        number = last.number + 1 if last else 1
        made = DeliveryTry.objects.create(letter=row, number=number, at=clock.now(), did=did, outcome=TryOutcome.BEGUN)
        row.channel = port.channel
        row.save(update_fields=["channel"])
        return _Try(made.pk, did, _parcel(row))


def _had_its_time(letter: int, port: Dispatch) -> bool:
    """Tell whether a service had had as long as it may take with a letter when it was last asked about it."""
    rows = DeliveryTry.objects.filter(letter=letter).order_by("-number").values_list("at", flat=True)
    given, asked = (
        rows.filter(did=TryAct.SEND).exclude(outcome=TryOutcome.REFUSED).first(),
        rows.filter(did=TryAct.ASK).first(),
    )
    return given is None or (asked is not None and given + timedelta(seconds=port.longest) <= asked)


def _held(letter: int) -> Letter:
    """Lock a letter, its round first as every action does: two that wait in another order would wait for ever."""
    year = Letter.objects.values_list("round_id", flat=True).get(pk=letter)
    SettlementRound.objects.select_for_update().get(pk=year)
    row: Letter = Letter.objects.select_for_update().get(pk=letter)
    return row


def _untruth(letter: Letter) -> str:
    """Return the code of why a letter is not true any more; empty when it is."""
    rows = letter_rows(letter.round_id, [letter.pk])
    return untruths(letter.round_id, rows, clock.today()).get(letter.pk, "")


def _settle(begun: _Try, answer: Answer) -> bool:
    """Write down what came of a try, and move the letter, in one transaction; tell whether to try again later."""
    with transaction.atomic(durable=True):
        row = DeliveryTry.objects.get(pk=begun.id)
        letter = _held(row.letter_id)
        row.outcome, row.words = _OUTCOMES[type(answer)], "" if isinstance(answer, Sent | AlreadySent) else answer.words
        row.save(update_fields=["outcome", "words"])
        if letter.state != LetterState.QUEUED:
            return False
        if isinstance(answer, Sent | AlreadySent):
            letter.external, letter.delivered_at = answer.external, clock.moment()
            if letter.request_id is not None:
                Request.objects.filter(pk=letter.request_id, sent_at=None).update(sent_at=letter.delivered_at)
            _end(
                letter, "letter.take", {"external": answer.external, "channel": letter.channel, "sha256": letter.sha256}
            )
        elif isinstance(answer, RefusedByService):
            letter.why = answer.words
            _end(letter, "letter.fail", {"channel": letter.channel}, answer.words)
        elif isinstance(answer, Unknown):
            gone = begun.did == TryAct.ASK and not answer.again
            if not gone and _unknown(letter) < MOST_UNKNOWN:
                return True
            letter.why = answer.words
            _end(letter, "letter.stop", {"channel": letter.channel}, answer.words)
        return False


def _end(letter: Letter, name: str, facts: dict[str, object], words: str = "") -> None:
    """Move a letter by the table of moves and write the event; the caller holds the row."""
    move = move_of(name)
    if objection_to(move, _SYSTEM, Situation(letter.state)) is not None:
        raise RuntimeError(f"{name} on {letter.reference} in state {letter.state}")
    before, letter.state = letter.state, move.end
    letter.save(update_fields=["state", "external", "delivered_at", "read_at", "why"])
    after = {"state": letter.state, "letter": letter.reference, **facts}
    note(None, Entry(name, f"letter:{letter.reference}", letter.round_id, {"state": before}, after, {"told": words}))


def _unknown(letter: Letter) -> int:
    """Return how many of the last tries in a row, since it was queued, nobody knows the outcome of."""
    count = 0
    since = letter.tries.filter(at__gte=letter.queued_at) if letter.queued_at else letter.tries
    for outcome in since.order_by("-number").values_list("outcome", flat=True):
        if outcome not in (TryOutcome.BEGUN, TryOutcome.UNKNOWN):
            break
        count += 1
    return count


def _asked(letter: int, outcome: str, words: str) -> None:
    last = DeliveryTry.objects.filter(letter=letter).order_by("-number").values_list("number", flat=True).first()
    DeliveryTry.objects.create(
        letter_id=letter, number=(last or 0) + 1, at=clock.now(), did=TryAct.ASK, outcome=outcome, words=words
    )


def _parcel(letter: Letter) -> Parcel:
    seats = Seat.objects.select_related("organisation__address")
    sender = seats.get(party=Party.DIRECTORATE)
    receiver = seats.get(party=_party(letter.receiver), area=letter.receiver)
    given_up = letter.tries.filter(did=TryAct.ASK, outcome=TryOutcome.REFUSED).count()
    return Parcel(
        reference=letter.reference,
        year=letter.round_id,
        kind=letter.kind,
        title=letter.title,
        day=letter.day,
        language=letter.language,
        sender_name=sender.organisation.name,
        sender_orgnr=sender.organisation.orgnr,
        receiver_name=receiver.organisation.name,
        receiver_orgnr=receiver.organisation.orgnr,
        pdf=bytes(letter.pdf),
        sha256=letter.sha256,
        receiver_address=postal_address(receiver.organisation),
        sender_address=postal_address(sender.organisation),
        sending=1 + given_up,
    )


def _party(receiver: str) -> Party:
    return Party.COUNTY if len(receiver) == len("46") else Party.MUNICIPALITY
