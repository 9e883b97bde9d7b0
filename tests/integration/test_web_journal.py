"""The journal: append-only in the database itself, verified by its hashes."""

from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from bosett.rounds.parties import Party
from bosett_web.actions import demo
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.journal import shield
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.journal.write import Entry, OutsideTransaction, write
from bosett_web.queries.events import events
from bosett_web.records import clock
from parties import approver, worker

TABLES = ("journal_event", "journal_text", "journal_shield", "journal_head")


def write_one(text: str = "a reason") -> Event:
    with transaction.atomic():
        event = write(
            Entry("test.event", "thing:1", 2021, {"n": 1}, {"n": 2}, {"reason": text}),
            actor=None,
            at=clock.now(),
            day=clock.today(),
        )
    with connection.cursor() as cursor:  # as at the end of the transaction, which a test does not reach
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return event


@pytest.mark.django_db
def test_a_chain_of_events_holds() -> None:
    first, second = write_one(), write_one()
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.hash
    found = verify()
    assert found.holds
    assert (found.chains, found.events) == (1, 2)


@pytest.mark.django_db
def test_an_event_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bosett_web.journal.write.connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(OutsideTransaction):
        write(Entry("test.event", "thing:1"), actor=None, at=clock.now(), day=clock.today())


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("command", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_not_even_the_owner_removes_from_the_journal(table: str, command: str) -> None:
    write_one()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(command.format(table))


@pytest.mark.django_db
def test_not_even_the_owner_changes_an_event_or_turns_a_seal_back() -> None:
    write_one()
    for statement in ("UPDATE journal_event SET name = 'other'", "UPDATE journal_head SET number = 0"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET name = 'other'",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event CASCADE",
        "UPDATE journal_text SET text = ''",
        "DELETE FROM journal_head",
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
        "DROP TRIGGER append_only ON journal_event",
        "SET session_replication_role = replica",
        "TRUNCATE records_request CASCADE",
        "CREATE TABLE mine (a int)",
    ],
)
def test_the_application_s_role_cannot_touch_the_journal(
    application: psycopg.Connection[object], statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)


TAMPERED = {
    "UPDATE journal_event SET body = replace(body, '\"n\":2', '\"n\":3') WHERE number = 2": "the hash does not fit",
    "UPDATE journal_event SET subject = 'thing:2' WHERE number = 2": "column subject differs",
    "UPDATE journal_text SET text = 'another reason'": "a free text was changed",
    "DELETE FROM journal_text": "a free text was changed",
    "UPDATE journal_head SET hash = repeat('0', 64)": "the seal does not fit",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("statement", "told"), TAMPERED.items())
def test_verify_finds_what_a_superuser_did_behind_our_back(statement: str, told: str) -> None:
    for _ in range(3):
        write_one()
    assert verify().holds
    _behind_our_back(statement)
    assert any(told in fault.what for fault in verify().faults)


@pytest.mark.django_db
def test_verify_finds_a_removed_event() -> None:
    for _ in range(3):
        write_one("")
    _behind_our_back("DELETE FROM journal_event WHERE number = 2")
    assert any("events are missing" in fault.what for fault in verify().faults)


@pytest.mark.django_db
def test_a_chain_cut_at_its_end_does_not_fit_its_seal() -> None:
    for _ in range(2):
        write_one("")
    _behind_our_back("DELETE FROM journal_event WHERE number = 2")
    assert [fault.what for fault in verify().faults] == ["the seal does not fit the last event"]


@pytest.mark.django_db
def test_free_text_stands_beside_the_chain() -> None:
    event = write_one("something that may be shielded")
    assert "shielded" not in event.body
    assert FreeText.objects.get(event=event).text == "something that may be shielded"


def _behind_our_back(statement: str) -> None:
    """Do what only somebody who owns the tables can: put the triggers aside."""
    with connection.cursor() as cursor:
        tables = ("journal_event", "journal_text", "journal_head")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_a_shielded_text_is_shown_to_nobody_and_the_chain_still_holds() -> None:
    demo.begin()
    by = worker(Party.COUNTY, "46")
    with transaction.atomic():
        entry = Entry("recommendation.edit", "recommendation:2021:46", 2021, texts={"reason": "a telling word"})
        event = write(entry, actor=by, at=clock.now(), day=clock.today())
    held = FreeText.objects.get(event=event)
    with pytest.raises(Objected):
        shield(approver(Party.KS), free_text=held.pk, reason="Points out a person.")
    with pytest.raises(Invalid, match="text_missing"):
        shield(approver(Party.DIRECTORATE), free_text=held.pk, reason=" ")
    assert "telling" in str(events(2021, by))
    shield(approver(Party.DIRECTORATE), free_text=held.pk, reason="Points out a person.")
    assert "telling" not in str(events(2021, by))
    with pytest.raises(Invalid, match="text_shielded_already"):
        shield(approver(Party.DIRECTORATE), free_text=held.pk, reason="Once more.")
    assert verify().holds
