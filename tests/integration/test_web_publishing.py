"""What is published of a round: all that the public may know, as soon as it may, frozen, and nothing else."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from answering import record
from bosett.basis.digest import digest
from bosett.figures.kinds import Status
from bosett.rounds.notices import NoticeKind, Stream
from bosett.rounds.open_round import NewsKind, OpenNews, OpenState
from bosett.rounds.parties import Party
from bosett.rounds.published import FORMAT, HEAD, CountMark, PublicRelease, public_days
from bosett.rounds.release import Release
from bosett.rounds.release_file import BadReleaseFile, verified_release
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.actions.notices import notices
from bosett_web.actions.notices.notices import GivenNotice
from bosett_web.actions.numbers import numbers
from bosett_web.actions.releases import publishing
from bosett_web.actions.releases.publishing import publish, publish_all, publish_since, watched
from bosett_web.actions.round import demo
from bosett_web.actions.settlement import ledger
from bosett_web.actions.settlement.ledger import NewCount, NewRow
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.operations import working
from bosett_web.queries.notices.notices import notices_of
from bosett_web.queries.releases import published
from bosett_web.queries.releases.published import NotPublished, ReleaseRow
from bosett_web.records import clock
from bosett_web.records.models import (
    CountRelease,
    LedgerEntry,
    LetterSettings,
    PublishedRelease,
    ReleasePart,
    Request,
    SettlementRound,
)
from parties import FROZEN, YEAR, approver, worker
from web_database import Start

BERGEN, ASKOY, KINN, OSLO = "4601", "4627", "4602", "0301"
ALL, MINORS = LedgerGroup.ALL, LedgerGroup.MINORS
SETTLED = SettlementStep.SETTLED
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("release-*.json"))
"""A release of each shape that there has been."""
Counted = Mapping[str, tuple[int, int]]
FIRST: Counted = {BERGEN: (12, 3), ASKOY: (17, 2), KINN: (30, 9), OSLO: (80, 20), "3005": (24, 6), "1103": (9, 5)}


def into_the_year() -> None:
    """Take the frozen round into its settlement year, its letters sent and its numbers public."""
    by = worker(Party.DIRECTORATE)
    demo.move_clock(by, day=date(2020, 11, 2))
    Request.objects.filter(round=YEAR).update(sent_at=clock.moment(), day=clock.today())
    SettlementRound.objects.filter(pk=YEAR).update(release_at=clock.moment())
    LetterSettings.objects.update_or_create(round_id=YEAR, defaults={"answer_by": date(2021, 1, 15)})
    demo.move_clock(by, day=date(2021, 1, 20))


IN_THE_YEAR = Start(into_the_year, FROZEN)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(IN_THE_YEAR)]


def newest(year: int = YEAR) -> PublicRelease:
    return published.release(published.newest_of(year))


def enter(counted: Counted, on: date) -> None:
    rows = [
        NewCount(code, SETTLED, group, on, count, "IMDi", on)
        for code, counts in counted.items()
        for group, count in zip(LedgerGroup, counts, strict=True)
    ]
    ledger.enter(worker(Party.DIRECTORATE), year=YEAR, counts=rows, source="hand")


def go_to(day: date) -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=day)


def stop(**more: object) -> GivenNotice:
    given = {"source": "Prøve", "text_nb": "Stans nå.", "text_nn": "Stans no.", "stream": Stream.MINORS.value}
    return GivenNotice(NoticeKind.STOP.value, clock.today(), **{**given, **more})  # type: ignore[arg-type]  # as above


def news_of(kind: NewsKind) -> list[OpenNews]:
    public = newest().round
    assert public is not None
    return [each for each in public.news if each.kind is kind]


def test_it_is_published_once_and_again_when_something_is_another() -> None:
    assert set(publish_all()) == {2020, YEAR}
    assert publish_all() == (), "nothing is new"
    first = published.newest_of(YEAR)
    go_to(date(2021, 1, 21))
    assert not publish(YEAR), "that a day has passed is no news"
    record(40, BERGEN)
    assert publish(YEAR)
    second = published.newest_of(YEAR)
    assert (first.number, second.number) == (1, 2)
    assert published.release(first).decisions == ()
    assert [each.persons for each in published.release(second).decisions] == [40]
    before, after = PublishedRelease.objects.filter(round=YEAR).order_by("number")
    shared = {name for name in before.parts if before.parts[name] == after.parts[name]}
    assert {"places", "requests", "explained"} <= shared, "what has not changed is kept once"
    assert [event.subject for event in Event.objects.filter(name="release.publish", round=YEAR).order_by("pk")] == [
        f"release:{YEAR}:1",
        f"release:{YEAR}:2",
    ]
    assert verify().faults == ()


def test_what_has_been_published_can_be_proved_and_read_back() -> None:
    enter(FIRST, clock.today())
    go_to(date(2021, 2, 2))
    publish(YEAR)
    row, release = published.newest_of(YEAR), newest()
    document = json.loads(json.dumps(release.document()))
    assert document.pop("hash") == digest(document) == row.sha256
    for part in ReleasePart.objects.all():
        assert hashlib.sha256(part.content.encode()).hexdigest() == part.sha256
    whole = publishing._made(YEAR, row.number)  # noqa: SLF001  - what was made, held against what is read
    assert release == whole


def test_before_the_release_nobody_learns_a_number() -> None:
    SettlementRound.objects.filter(pk=YEAR).update(release_at=None)
    publish(YEAR)
    public = newest()
    assert public.round is not None
    assert public.round.state is OpenState.OPEN
    assert (public.requests, public.decisions, public.explained, public.round.forecasts) == ((), (), {}, ())
    assert {each.asked.status for each in public.municipalities} == {Status.MISSING}
    assert {each.way for each in public.municipalities} == {()}


def test_the_numbers_are_there_when_their_time_has_come_though_nobody_does_anything() -> None:
    SettlementRound.objects.filter(pk=YEAR).update(release_at=None)
    publish(YEAR)
    before = watched()
    numbers.set_release(approver(Party.DIRECTORATE), year=YEAR, at=clock.moment() + timedelta(days=1))
    after = watched()
    publish_since(before, after)
    assert newest().requests == ()
    go_to(date(2021, 1, 22))
    publish_since(after, watched())
    public = newest()
    assert public.round is not None
    assert public.round.state is OpenState.NUMBERED
    assert sum(each.persons for each in public.requests) == 5025
    bergen = next(each for each in public.municipalities if each.code == BERGEN)
    assert bergen.asked.persons == next(each.persons for each in public.requests if each.municipality == BERGEN)
    assert [step.step for step in bergen.way] == ["proposed", "recommended", "outcome", "final"]
    assert public.explained[BERGEN].keys() == {"nb", "nn", "en"}
    assert any(each.asked.status is Status.NOT_ASKED for each in public.municipalities)
    (released,) = news_of(NewsKind.NUMBERS)
    assert released.facts["persons"] == 5025


def test_who_looks_publishes_what_has_happened_since_and_nothing_else() -> None:
    publish_all()
    before = watched()
    record(40, BERGEN)
    now = watched()
    assert now != before
    publish_since(before, now)
    assert published.newest()[YEAR].number == 2
    assert published.newest()[2020].number == 1
    with CaptureQueriesContext(connection) as queries:
        publish_since(now, now)
    assert len(queries) == 0


def test_a_stop_is_told_changed_and_taken_back_in_the_news() -> None:
    by = worker(Party.DIRECTORATE)
    notices.tell(by, year=YEAR, notice=stop())
    publish(YEAR)
    public = newest().round
    assert public is not None
    identity = max(row.id for row in notices_of(YEAR, clock.today()))
    assert [each.text["nn"] for each in public.notices if each.stream == Stream.MINORS] == ["Stans no."]
    notices.change(by, year=YEAR, identity=identity, notice=stop(until=date(2021, 3, 1)), reason="Slutt.")
    publish(YEAR)
    assert [each.facts["until"] for each in news_of(NewsKind.NOTICE_CHANGED)] == ["2021-03-01"]
    identity = max(row.id for row in notices_of(YEAR, clock.today()))
    go_to(date(2021, 1, 25))
    notices.take_back(by, year=YEAR, identity=identity, reason="Feil.")
    publish(YEAR)
    (gone,) = news_of(NewsKind.NOTICE_TAKEN_BACK)
    assert (gone.on, gone.by, gone.text["nb"]) == (date(2021, 1, 25), "directorate", "Feil.")
    public = newest().round
    assert public is not None
    assert [each for each in public.notices if each.stream == Stream.MINORS] == []
    assert len({(each.on, each.kind, each.facts["number"]) for each in public.news}) == len(public.news)


def test_counts_are_frozen_when_a_month_is_over_and_their_small_ones_stay_hidden() -> None:
    enter(FIRST, date(2021, 1, 20))
    go_to(date(2021, 1, 31))
    publish(YEAR)
    assert newest().days == (), "the month is not over"
    go_to(date(2021, 2, 1))
    publish(YEAR)
    (january,) = newest().days
    counts = {(each.place, each.group): each for each in january.counts if each.step is SETTLED}
    assert counts[BERGEN, MINORS].mark is counts[ASKOY, MINORS].mark is CountMark.HIDDEN
    assert counts[OSLO, ALL].persons == 80
    kept = CountRelease.objects.get(round=YEAR)
    assert public_days(verified_release(bytes(kept.content))) == newest().days
    for part in ReleasePart.objects.values_list("content", flat=True):
        assert "witness" not in part
        assert '"hidden":' not in part

    # A correction changes no month that is out, and what is hidden stays hidden.
    row = LedgerEntry.objects.get(round=YEAR, municipality=BERGEN, group=MINORS)
    right = NewRow(on=row.on, count=9, said_by="IMDi", said_on=date(2021, 2, 1), reason="Feil tal.")
    ledger.correct(worker(Party.DIRECTORATE), year=YEAR, number=row.number, row=right)
    enter({BERGEN: (20, 6)}, date(2021, 2, 1))
    go_to(date(2021, 4, 1))
    publish(YEAR)
    first, february, march = newest().days
    assert first == january
    assert (february.day, march.day) == (date(2021, 2, 28), date(2021, 3, 31))
    later = {(each.place, each.group): each for each in march.counts if each.step is SETTLED}
    assert later[BERGEN, MINORS].mark is CountMark.HIDDEN
    assert [each.facts["until"] for each in news_of(NewsKind.COUNTS)] == ["2021-03-31", "2021-02-28", "2021-01-31"]


def test_after_the_year_counts_come_only_when_something_is_told_of_it() -> None:
    enter(FIRST, date(2021, 1, 20))
    go_to(date(2022, 3, 2))
    publish(YEAR)
    assert [each.day.month for each in newest().days] == [*range(1, 13)]
    enter({KINN: (3, 1)}, date(2021, 12, 20))
    go_to(date(2022, 3, 20))
    publish(YEAR)
    assert len(newest().days) == 12, "it was said in December's name, and December is out"


def test_what_cannot_be_published_holds_nothing_else_back() -> None:
    enter({BERGEN: (12, 3)}, date(2021, 1, 20))
    rows = [NewCount(ASKOY, SETTLED, MINORS, date(2021, 1, 20), 2, "IMDi", date(2021, 1, 20))]
    ledger.enter(worker(Party.DIRECTORATE), year=YEAR, counts=rows, source="hand")
    go_to(date(2021, 2, 1))
    with capture_logs() as logs:
        assert publish(YEAR)
    (warned,) = [each for each in logs if each["event"] == "counts.not_published"]
    assert f"{ASKOY} tells how many minors are settled, and not how many in all" in warned["why"]
    assert newest().days == ()
    assert newest().requests


@pytest.mark.parametrize("table", [CountRelease, ReleasePart, PublishedRelease])
def test_the_database_refuses_that_what_is_published_changes(table: type) -> None:
    enter(FIRST, date(2021, 1, 20))
    go_to(date(2021, 2, 1))
    publish(YEAR)
    name = table._meta.db_table  # type: ignore[attr-defined]  # noqa: SLF001  - a model's own
    for statement in (f"DELETE FROM {name}", f"UPDATE {name} SET {table._meta.pk.column} = NULL"):  # type: ignore[attr-defined]  # noqa: S608, SLF001  - our own names
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_release_that_is_not_there_says_so() -> None:
    with pytest.raises(NotPublished):
        published.newest_of(1999)
    publish(YEAR)
    with pytest.raises(NotPublished):
        published.numbered(YEAR, 2)


def stored(document: Mapping[str, Any]) -> ReleaseRow:
    """Keep a release as it was published by some version of the program, and return where it is read."""
    head = {name: document[name] for name in ("format", *HEAD)}
    texts = {name: json.dumps(document[name]) for name in document if name not in head and name != "hash"}
    named = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    ReleasePart.objects.bulk_create([ReleasePart(sha256=named[name], content=texts[name]) for name in texts])
    PublishedRelease.objects.create(
        round_id=YEAR,
        number=document["number"],
        day=date.fromisoformat(document["day"]),
        at=clock.now(),
        sha256=document["hash"],
        head=head,
        parts=named,
    )
    return published.numbered(YEAR, document["number"])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_release_of_a_version_before_is_read_and_its_document_is_what_it_was(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    row = stored(document)
    public = published.release(row)
    assert json.loads(json.dumps(published.document(row))) == document
    for page in ("", "documents", "municipalities/4646"):
        assert Client().get(f"/nb/{YEAR}/{page}").status_code == 200
    assert json.loads(Client().get(f"/data/{YEAR}/{row.number}/release.json").content) == document
    assert (public.hash == document["hash"]) is (document["format"] == FORMAT)


def test_the_newest_shape_is_kept_beside_those_before_it() -> None:
    assert f"bosett-{GOLDEN[-1].stem}" == FORMAT, "the shape has changed: name it anew, and keep a file of it"


def test_what_a_release_lacks_or_has_more_than_we_know_breaks_no_page() -> None:
    document = json.loads(GOLDEN[-1].read_text(encoding="utf-8"))
    del document["explained"]
    document["later"] = {"something": "new"}
    document["municipalities"][0]["later"] = 1
    row = stored({**document, "hash": "0" * 64})
    assert published.release(row).explained == {}
    assert published.document(row)["later"] == {"something": "new"}
    assert Client().get(f"/nb/{YEAR}/").status_code == 200


def test_counts_that_do_not_hold_any_more_leave_those_that_are_out(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(FIRST, date(2021, 1, 20))
    go_to(date(2021, 2, 1))
    publish(YEAR)
    (january,) = newest().days

    def broken(_: bytes) -> Release:
        raise BadReleaseFile("It has been changed")

    monkeypatch.setattr(publishing, "verified_release", broken)
    publishing._verified.cache_clear()  # noqa: SLF001  - as in a process that has just begun
    record(40, BERGEN)
    go_to(date(2021, 3, 1))
    with capture_logs() as logs:
        assert publish(YEAR)
    assert {"counts.do_not_hold", "counts.not_published"} <= {each["event"] for each in logs}
    assert newest().days == (january,)
    assert len(newest().decisions) == 1
    publishing._verified.cache_clear()  # noqa: SLF001


def test_a_fault_of_publishing_is_told_and_everything_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(working, "close_old_connections", lambda: None)  # this test's own stays open
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(working, "publish_all", broken)
        assert working._look(None) is None  # noqa: SLF001  - one turn of the worker
    assert [each["event"] for each in logs] == ["publishing.failed"]
    assert working._look(None) == watched()  # noqa: SLF001
    assert newest().number == 1
