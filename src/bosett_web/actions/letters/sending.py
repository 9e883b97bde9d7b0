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
from bosett_web.accounts.models import Organisation, Seat
from bosett_web.actions.doing import note
from bosett_web.dispatch import (
    Absent,
    Address,
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
from bosett_web.queries.letters.letters import letter_rows
from bosett_web.queries.letters.truth import untruths
from bosett_web.records import clock
from bosett_web.records.choices import LetterState, TryAct, TryOutcome
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
        held = _held(letter)
        name = _FOLLOWED.get(held.state, {}).get(became)
        if name is None or held.external != row.external:
            return False  # it has moved on, or been sent anew, while the service was asked
        held.read_at = clock.moment() if answer is DeliveryStatus.READ else None
        told = answer.told if isinstance(answer, RefusedByService) else ""
        if isinstance(answer, RefusedByService):
            held.why = told
            _asked(letter, TryOutcome.REFUSED, told)
        _end(held, name, {"external": held.external}, told)
    return True


def told_delivered(letter: int, request: int | None, told: str) -> None:
    """Record what a person has found out: the letter came. The caller writes the event."""
    _asked(letter, TryOutcome.FOUND, told)
    moment = clock.moment()
    Letter.objects.filter(pk=letter).update(state=LetterState.DELIVERED, delivered_at=moment, why="")
    if request is not None:
        Request.objects.filter(pk=request, sent_at=None).update(sent_at=moment)


def told_lost(letter: int, told: str) -> None:
    """Record what a person has found out: the letter never came, so it may be sent. The caller writes the event."""
    _asked(letter, TryOutcome.ABSENT, told)


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
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, letter])


def _begin(letter: int, port: Dispatch) -> _Try | None:
    """Write down that a try begins; None when the letter is not queued any more.

    A letter that is not true any more since it was queued is not sent: it fails, and may be written anew.
    """
    with transaction.atomic(durable=True):
        held = _held(letter)
        if held.state != LetterState.QUEUED:
            return None
        last = held.tries.order_by("-number").first()
        did = TryAct.ASK
        if (
            last is None
            or last.outcome == TryOutcome.REFUSED
            or (last.outcome == TryOutcome.ABSENT and _had_its_time(letter, port))
        ):
            did = TryAct.SEND
        if did == TryAct.SEND and (untrue := _untruth(held)):
            _end(held, "letter.fail", {"untrue": untrue})
            return None
        if did == TryAct.ASK and held.channel not in ("", port.channel):
            held.why = coded("channel_changed", before=held.channel, now=port.channel)
            _end(held, "letter.stop", {"channel": held.channel}, held.why)
            return None
        number = last.number + 1 if last else 1
        made = DeliveryTry.objects.create(letter=held, number=number, at=clock.now(), did=did, outcome=TryOutcome.BEGUN)
        held.channel = port.channel
        held.save(update_fields=["channel"])
        return _Try(made.pk, did, _parcel(held))


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
    found: Letter = Letter.objects.select_for_update().get(pk=letter)
    return found


def _untruth(held: Letter) -> str:
    """Return the code of why a letter is not true any more; empty when it is."""
    rows = letter_rows(held.round_id, [held.pk])
    return untruths(held.round_id, rows, clock.today()).get(held.pk, "")


def _settle(begun: _Try, answer: Answer) -> bool:
    """Write down what came of a try, and move the letter, in one transaction; tell whether to try again later."""
    with transaction.atomic(durable=True):
        row = DeliveryTry.objects.get(pk=begun.id)
        held = _held(row.letter_id)
        row.outcome, row.told = _OUTCOMES[type(answer)], "" if isinstance(answer, Sent | AlreadySent) else answer.told
        row.save(update_fields=["outcome", "told"])
        if held.state != LetterState.QUEUED:
            return False
        if isinstance(answer, Sent | AlreadySent):
            held.external, held.delivered_at = answer.external, clock.moment()
            if held.request_id is not None:
                Request.objects.filter(pk=held.request_id, sent_at=None).update(sent_at=held.delivered_at)
            _end(held, "letter.take", {"external": answer.external, "channel": held.channel, "sha256": held.sha256})
        elif isinstance(answer, RefusedByService):
            held.why = answer.told
            _end(held, "letter.fail", {"channel": held.channel}, answer.told)
        elif isinstance(answer, Unknown):
            gone = begun.did == TryAct.ASK and not answer.again
            if not gone and _unknown(held) < MOST_UNKNOWN:
                return True
            held.why = answer.told
            _end(held, "letter.stop", {"channel": held.channel}, answer.told)
        return False


def _end(held: Letter, name: str, facts: dict[str, object], told: str = "") -> None:
    """Move a letter by the table of moves and write the event; the caller holds the row."""
    move = move_of(name)
    if objection_to(move, _SYSTEM, Situation(held.state)) is not None:
        raise RuntimeError(f"{name} on {held.reference} in state {held.state}")
    before, held.state = held.state, move.end
    held.save(update_fields=["state", "external", "delivered_at", "read_at", "why"])
    after = {"state": held.state, "letter": held.reference, **facts}
    note(None, Entry(name, f"letter:{held.reference}", held.round_id, {"state": before}, after, {"told": told}))


def _unknown(held: Letter) -> int:
    """Return how many of the last tries in a row, since it was queued, nobody knows the outcome of."""
    count = 0
    since = held.tries.filter(at__gte=held.queued_at) if held.queued_at else held.tries
    for outcome in since.order_by("-number").values_list("outcome", flat=True):
        if outcome not in (TryOutcome.BEGUN, TryOutcome.UNKNOWN):
            break
        count += 1
    return count


def _asked(letter: int, outcome: str, told: str) -> None:
    last = DeliveryTry.objects.filter(letter=letter).order_by("-number").values_list("number", flat=True).first()
    DeliveryTry.objects.create(
        letter_id=letter, number=(last or 0) + 1, at=clock.now(), did=TryAct.ASK, outcome=outcome, told=told
    )


def _parcel(held: Letter) -> Parcel:
    seats = Seat.objects.select_related("organisation__address")
    sender = seats.get(party=Party.DIRECTORATE)
    receiver = seats.get(party=_party(held.receiver), area=held.receiver)
    given_up = held.tries.filter(did=TryAct.ASK, outcome=TryOutcome.REFUSED).count()
    return Parcel(
        reference=held.reference,
        year=held.round_id,
        kind=held.kind,
        title=held.title,
        day=held.day,
        language=held.language,
        sender_name=sender.organisation.name,
        sender_orgnr=sender.organisation.orgnr,
        receiver_name=receiver.organisation.name,
        receiver_orgnr=receiver.organisation.orgnr,
        pdf=bytes(held.pdf),
        sha256=held.sha256,
        receiver_address=_address(receiver.organisation),
        sender_address=_address(sender.organisation),
        sending=1 + given_up,
    )


def _address(organisation: Organisation) -> Address | None:
    found = getattr(organisation, "address", None)
    return None if found is None else Address(tuple(found.lines.splitlines()), found.postal_code, found.place)


def _party(receiver: str) -> Party:
    return Party.COUNTY if len(receiver) == len("46") else Party.MUNICIPALITY
