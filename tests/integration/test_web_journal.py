"""The journal: append-only in the database itself, verified by its hashes."""

import json
import re
from html import unescape
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from bosett.rounds.parties import Party
from bosett_web.actions.county import recommendations
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import demo
from bosett_web.actions.round.shielding import shield
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.journal.write import Entry, OutsideTransaction, write
from bosett_web.queries.journal import events
from bosett_web.records import clock
from bosett_web.screens.journal_words import TECHNICAL, flat, unworded
from markup import tidy
from parties import FROZEN, YEAR, approver, worker
from readers import client_of

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
    verified = verify()
    assert verified.holds
    assert (verified.chains, verified.events) == (1, 2)


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
@pytest.mark.parametrize(("statement", "words"), TAMPERED.items())
def test_verify_finds_what_a_superuser_did_behind_our_back(statement: str, words: str) -> None:
    for _ in range(3):
        write_one()
    assert verify().holds
    _behind_our_back(statement)
    assert any(words in fault.what for fault in verify().faults)


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
    free_text = FreeText.objects.get(event=event)
    with pytest.raises(Objected):
        shield(approver(Party.KS), free_text=free_text.pk, reason="Points out a person.")
    with pytest.raises(Invalid, match="text_missing"):
        shield(approver(Party.DIRECTORATE), free_text=free_text.pk, reason=" ")
    assert "telling" in str(events(2021, by))
    shield(approver(Party.DIRECTORATE), free_text=free_text.pk, reason="Points out a person.")
    assert "telling" not in str(events(2021, by))
    with pytest.raises(Invalid, match="text_shielded_already"):
        shield(approver(Party.DIRECTORATE), free_text=free_text.pk, reason="Once more.")
    assert verify().holds


# As people read it


def log_of(client: Client, question: str = "") -> str:
    answer = client.get(f"/{YEAR}/journal{question}")
    assert answer.status_code == 200
    text = tidy(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.split("<main", maxsplit=1)[1].replace("\u00a0", " ").replace("&nbsp;", " ")


def cards(text: str) -> list[str]:
    return text.split('<li class="ds-card"')[1:]


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_the_log_tells_how_many_events_there_are_and_turns_their_pages() -> None:
    client = client_of(Party.DIRECTORATE)
    count, _ = events(YEAR, worker(Party.DIRECTORATE))
    assert count > 50
    cards_read, question = [], ""
    for first in range(1, count + 1, 50):
        text = log_of(client, question)
        last = min(first + 49, count)
        assert f"Hendelser i alt: {count}. Her står {first} til {last}, de nyeste først." in text
        cards_read += cards(text)
        older = re.search(r'href="(\?[^"]*)">Eldre<', text)
        question = unescape(older[1]) if older else ""
    assert not question
    assert len(cards_read) == count


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_the_log_is_picked_by_track_and_by_party_and_both_stay_when_its_pages_are_turned() -> None:
    client = client_of(Party.DIRECTORATE)
    meetings = log_of(client, "?track=meeting")
    assert all("Møte: " in card for card in cards(meetings))
    assert "Hendelser i alt: 33." in meetings  # planned, invited and held in eleven counties
    by_county = log_of(client, "?party=county&track=recommendation")
    assert all("fylkeskommune" in card or "Oslo kommune" in card for card in cards(by_county))
    assert "Hendelser i alt: 11." in by_county
    ours = log_of(client, "?party=directorate")
    older = re.search(r'href="(\?[^"]*)">Eldre<', ours)
    assert older
    assert "party=directorate" in older[1]
    assert all("Integrerings- og mangfoldsdirektoratet" in card for card in cards(log_of(client, unescape(older[1]))))
    assert log_of(client, "?track=nothing&party=nobody&start=x") == log_of(client)


def heads(text: str) -> list[str]:
    return [" ".join(re.sub(r"<[^>]+>", " ", card.split("</h2>")[0].split(">", 1)[1]).split()) for card in cards(text)]


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_the_log_is_picked_by_days_and_a_day_that_is_none_is_told_at_its_field() -> None:
    client = client_of(Party.DIRECTORATE)
    actor = worker(Party.DIRECTORATE)
    days = [row.day for row in events(YEAR, actor, most=10_000)[1]]
    first, last = min(days), max(days)
    assert first < last
    assert f"Hendelser i alt: {days.count(first)}." in log_of(client, f"?until={first}")
    assert f"Hendelser i alt: {days.count(last)}." in log_of(client, f"?since={last}")
    assert f"Hendelser i alt: {days.count(last)}." in log_of(client, f"?since={last}&until={last}")
    whole = log_of(client, f"?since={first}&until={last}")
    older = re.search(r'href="(\?[^"]*)">Eldre<', whole)
    assert older
    assert f"since={first}&until={last}&start=50" in unescape(older[1])
    assert f'value="{first}"' in log_of(client, unescape(older[1]))
    for question, fault in (("?since=igaar", "Skriv en dato"), (f"?since={last}&until={first}", "Siste dag kan ikke")):
        text = log_of(client, question)
        assert 'aria-invalid="true"' in text
        assert fault in text
    assert 'value="igaar"' in log_of(client, "?since=igaar")
    assert heads(log_of(client, "?since=igaar")) == heads(log_of(client))
    assert "Ingen hendelser passer til det du har valgt." in log_of(client, "?until=1999-01-01")
    listed = client.get(f"/{YEAR}/journal.json?until={first}").json()["events"]
    assert len(listed) == days.count(first)


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_the_log_is_searched_in_words_and_each_word_must_be_there() -> None:
    client = client_of(Party.DIRECTORATE)
    assert heads(log_of(client, "?q=frosset")) == ["Tallene er frosset Endelige tall"]
    meetings = log_of(client, "?q=møte+vestland")
    assert meetings.count('<li class="ds-card"') > 0
    assert all("Vestland" in head for head in heads(meetings))
    assert heads(log_of(client, "?q=MOTE+vestland")) == heads(meetings)
    assert heads(log_of(client, "?q=frosset+vestland")) == []
    assert 'value="frosset vestland"' in log_of(client, "?q=frosset+vestland")
    person = events(YEAR, worker(Party.DIRECTORATE), most=1)[1][0].person
    assert cards(log_of(client, f"?q={person.split()[0]}"))
    assert "&lt;b&gt;" in log_of(client, "?q=<b>")
    assert cards(log_of(client, "?q=...")) == []
    assert cards(log_of(client, "?q=+")) == cards(log_of(client))


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_what_somebody_may_not_read_is_not_found_by_its_words_either() -> None:
    county, other = worker(Party.COUNTY, "46"), client_of(Party.COUNTY, "11")
    entry = Entry(
        "recommendation.submit",
        f"recommendation:{YEAR}:46",
        YEAR,
        before={"state": "hiddenword"},
        texts={"reason": "a telling word", "before-reason": "an older sentence"},
    )
    with transaction.atomic():
        event = write(entry, actor=county, at=clock.now(), day=clock.today())
    own = client_of(Party.COUNTY, "46")
    assert f'id="e{event.pk}"' in log_of(own, "?q=telling")
    assert cards(log_of(own, "?q=older+sentence")) == []  # what is not shown
    assert cards(log_of(own, "?q=hiddenword")) == []
    assert f'id="e{event.pk}"' in log_of(other, "?q=vestland&track=recommendation")  # that it happened is seen
    assert cards(log_of(other, "?q=telling")) == []
    assert other.get(f"/{YEAR}/journal.json?q=telling").json()["events"] == []
    shield(approver(Party.DIRECTORATE), free_text=FreeText.objects.get(event=event, field="reason").pk, reason="One.")
    assert f'id="e{event.pk}"' not in log_of(own, "?q=telling")


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_a_change_is_told_in_words_and_what_a_program_checks_it_by_stands_in_the_file() -> None:
    client = client_of(Party.DIRECTORATE)
    freeze = next(card for card in cards(log_of(client)) if "Tallene er frosset" in card)
    row = r'<tr><th scope="row">Status</th><td data-label="Før">til godkjenning</td><td data-label="Etter">frosset</td>'
    assert row in freeze
    listed = client.get(f"/{YEAR}/journal.json?track=round").json()["events"]
    frozen = next(event for event in listed if event["name"] == "round.freeze")
    assert frozen["after"]["state"] == "frozen"
    assert frozen["hash"] == Event.objects.get(name="round.freeze").hash
    assert {event["name"].split(".")[0] for event in listed} == {"round"}
    # A number in words names its municipality.
    recommended = log_of(client_of(Party.COUNTY, "46"), "?track=recommendation")
    assert '<th scope="row">Alver: Antall</th>' in recommended
    # Another's events tell that they happened, in the file as on the page.
    other = client.get(f"/{YEAR}/journal.json?party=committee").json()["events"]
    assert other
    assert all(event["before"] == event["after"] == {} for event in other)
    assert Client().get(f"/{YEAR}/journal.json").headers["Location"] == f"/login?next=/{YEAR}/journal.json"


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_a_refusal_says_what_was_tried_and_why_not() -> None:
    county = worker(Party.COUNTY, "46")
    with pytest.raises(Objected):
        recommendations.ready(county, year=YEAR, county="46")
    text = log_of(client_of(Party.COUNTY, "46"))
    assert "Forsøkte: Anbefaling sendt til godkjenning. Dette er «endelig» nå, og må være «åpen»." in text


@pytest.mark.django_db
@pytest.mark.begins_at(FROZEN)
def test_every_fact_of_an_event_has_words_or_is_known_to_be_for_programs_alone() -> None:
    facts = set()
    for body in Event.objects.values_list("body", flat=True):
        event = json.loads(body)
        if event["name"] != "refused":
            facts |= {path for side in ("before", "after") for path, _ in flat((), event[side])}
    assert {path[-1] for path in facts} > {"state", "version", "inputs_sha256"}
    forgotten = {path for path in facts if unworded(path) and path[-1] not in TECHNICAL}
    assert forgotten == set()
    assert unworded(("lines", "4601", "unheard_of"))
