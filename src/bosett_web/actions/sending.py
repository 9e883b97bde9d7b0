"""The outbox: one try after the other, each written down before and after, until the letter's fate is known.

A try without an outcome (a killed worker), or one that nobody knows the outcome of, is never followed by a new sending:
the service is asked first, by the letter's reference.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from bosett.rounds.moves import Situation, move_of, objection_to
from bosett.rounds.parties import Grade, Party, Who
from bosett_web.accounts.models import Seat
from bosett_web.actions.doing import note
from bosett_web.dispatch import Absent, Dispatch, Found, Parcel, Refused, Sent, Status, Unknown
from bosett_web.journal.write import Entry
from bosett_web.queries.lettering import NUMBERED
from bosett_web.records import clock
from bosett_web.records.letters import DeliveryTry, Letter
from bosett_web.records.models import Request, SettlementRound

MOST_UNKNOWN = 6
"""Tries in a row of which nobody knows the outcome; then a person must look."""
_LOCKS = 520_131
"""Our number among the database's advisory locks."""
_SYSTEM = Who(None, Party.PUBLIC, "", "", Grade.READER)

Answer = Sent | Refused | Unknown | Found | Absent
_OUTCOMES: dict[type, str] = {
    Sent: "taken",
    Refused: "refused",
    Unknown: "unknown",
    Found: "found",
    Absent: "absent",
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
        while (begun := _begin(letter, port.channel)) is not None:
            answer: Answer = port.ask(begun.parcel) if begun.did == "ask" else port.send(begun.parcel)
            if _settle(begun, answer):
                return True
    return False


def follow(letter: int, port: Dispatch) -> bool:
    """Ask what has become of a delivered letter, and record when it was read or went to paper; tell whether it did."""
    row = Letter.objects.filter(pk=letter, state="delivered").only("external").first()
    state = port.status(row.external) if row is not None and row.external else None
    if state is None:
        return False
    with transaction.atomic(durable=True):
        held = _held(letter)
        if held.state != "delivered":
            return False
        name = "letter.read" if state is Status.READ else "letter.paper"
        held.read_at = clock.now() if state is Status.READ else None
        _end(held, name, {"external": held.external})
    return True


def told_delivered(letter: int, request: int | None, told: str) -> None:
    """Record what a person has found out: the letter came. The caller writes the event."""
    _person(letter, "found", told)
    Letter.objects.filter(pk=letter).update(state="delivered", delivered_at=clock.now(), why="")
    Request.objects.filter(pk=request, sent_at=None).update(sent_at=clock.now())


def told_lost(letter: int, told: str) -> None:
    """Record what a person has found out: the letter never came, so it may be sent. The caller writes the event."""
    _person(letter, "absent", told)


def waiting() -> list[int]:
    """Return the letters that are queued, oldest first."""
    return list(Letter.objects.filter(state="queued").order_by("queued_at", "pk").values_list("pk", flat=True))


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


def _begin(letter: int, channel: str) -> _Try | None:
    """Write down that a try begins; None when the letter is not queued any more.

    A letter whose number has been corrected since it was queued is not sent: it fails, and a new one is due.
    """
    with transaction.atomic(durable=True):
        held = _held(letter)
        if held.state != "queued":
            return None
        last = held.tries.order_by("-number").first()
        did = "send" if last is None or last.outcome in ("refused", "absent") else "ask"
        if did == "send" and _corrected(held):
            _end(held, "letter.fail", {"corrected": True})
            return None
        number = last.number + 1 if last else 1
        made = DeliveryTry.objects.create(letter=held, number=number, at=clock.now(), did=did, outcome="begun")
        held.channel = channel
        held.save(update_fields=["channel"])
        return _Try(made.pk, did, _parcel(held))


def _held(letter: int) -> Letter:
    """Lock a letter, its round first as every action does: two that wait in another order would wait for ever."""
    year = Letter.objects.values_list("round_id", flat=True).get(pk=letter)
    SettlementRound.objects.select_for_update().get(pk=year)
    found: Letter = Letter.objects.select_for_update().get(pk=letter)
    return found


def _corrected(held: Letter) -> bool:
    rows = Request.objects.filter(round=held.round_id, municipality=held.receiver).order_by("-version")
    newest = rows.values_list("pk", flat=True).first()
    return held.kind in NUMBERED and newest != held.request_id


def _settle(begun: _Try, answer: Answer) -> bool:
    """Write down what came of a try, and move the letter, in one transaction; tell whether to try again later."""
    with transaction.atomic(durable=True):
        row = DeliveryTry.objects.get(pk=begun.id)
        held = _held(row.letter_id)
        row.outcome, row.told = _OUTCOMES[type(answer)], "" if isinstance(answer, Sent | Found) else answer.told
        row.save(update_fields=["outcome", "told"])
        if held.state != "queued":
            return False
        if isinstance(answer, Sent | Found):
            held.external, held.delivered_at = answer.external, clock.now()
            Request.objects.filter(pk=held.request_id, sent_at=None).update(sent_at=held.delivered_at)
            _end(held, "letter.take", {"external": answer.external, "channel": held.channel, "sha256": held.sha256})
        elif isinstance(answer, Refused):
            held.why = answer.told
            _end(held, "letter.fail", {"channel": held.channel}, answer.told)
        elif isinstance(answer, Unknown):
            gone = begun.did == "ask" and not answer.again
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
    """Return how many of the last tries in a row nobody knows the outcome of."""
    count = 0
    for outcome in held.tries.order_by("-number").values_list("outcome", flat=True):
        if outcome not in ("begun", "unknown"):
            break
        count += 1
    return count


def _person(letter: int, outcome: str, told: str) -> None:
    last = DeliveryTry.objects.filter(letter=letter).order_by("-number").values_list("number", flat=True).first()
    DeliveryTry.objects.create(
        letter_id=letter, number=(last or 0) + 1, at=clock.now(), did="ask", outcome=outcome, told=told
    )


def _parcel(held: Letter) -> Parcel:
    sender = Seat.objects.select_related("organisation").get(party=Party.DIRECTORATE)
    receiver = Seat.objects.select_related("organisation").get(party=_party(held.receiver), area=held.receiver)
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
    )


def _party(receiver: str) -> Party:
    return Party.COUNTY if len(receiver) == len("46") else Party.MUNICIPALITY
