"""When the disk is full: it is said, reading goes on, writing is refused with words until there is space again."""

import asyncio
import errno
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Grant
from bosett_web.jobs.tasks import WhenThereIsSpace
from bosett_web.operations import working
from bosett_web.records import space
from bosett_web.records.models import Forecast
from bosett_web.records.tasks import Task
from bosett_web.screens.words import say
from parties import DEMO, YEAR
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
FORM = f"/{YEAR}/do/forecast.register"
FIELDS = {
    "low": "1",
    "middle": "2",
    "high": "3",
    "as_of": "2020-05-01",
    "publisher": "Prøve",
    "note": "En lang merknad",
}
SCREENS = (f"/{YEAR}/", f"/{YEAR}/forecasts", f"/{YEAR}/criteria", f"/{YEAR}/journal", "/login")

FULL = """
CREATE FUNCTION pg_temp.no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER no_space BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION pg_temp.no_space();
"""


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    yield
    space._told_full = False  # noqa: SLF001  - one process, many tests


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Fill our disk, or free it again."""
    free = space.left()
    return lambda is_full: monkeypatch.setattr(space, "left", lambda: space.LEAST - 1 if is_full else free)


def refuse_to_write(*tables: str) -> None:
    """Let the database refuse rows of tables as it does when its disk is full."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(FULL.format(table=table).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


def with_space_again(*tables: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TRIGGER no_space ON {table}")


def signed(client: Client) -> dict[str, str]:
    return {**FIELDS, "shown_to": client.get(f"/{YEAR}/forecasts").context["signed"]}


def lacks() -> list[str]:
    return list(Client().get("/healthz").json().get("missing", []))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_disk_is_told_reading_goes_on_and_writing_waits_for_space(
    language: str, full: Callable[[bool], None]
) -> None:
    client = client_of(Party.DIRECTORATE, language=language)
    fields, before = signed(client), Forecast.objects.count()
    full(True)
    answer = client.post(FORM, fields)
    assert answer.status_code == 507
    assert say("no_space_lead", language) in answer.content.decode()
    assert "En lang merknad" in answer.content.decode()
    assert Client().post("/login/demo", {"grant": 1}).status_code == 507
    refusal = client.post(f"/{YEAR}/counties/46/cells", fields, headers={"Accept": "application/json"})
    assert (refusal.status_code, refusal.json()) == (507, {"why": say("no_space_lead", language)})
    assert Forecast.objects.count() == before
    assert {path: client.get(path).status_code for path in SCREENS} == dict.fromkeys(SCREENS, 200)
    assert [each for each in lacks() if "the disk is full" in each]
    full(False)
    assert not [each for each in lacks() if "full" in each]
    assert client.post(FORM, fields).status_code == 302
    assert Forecast.objects.count() == before + 1


@pytest.mark.parametrize("table", ["records_forecast", "journal_event"])
def test_a_database_whose_disk_is_full_refuses_with_words_and_half_saves_nothing(table: str) -> None:
    client = client_of(Party.DIRECTORATE)
    fields, before = signed(client), Forecast.objects.count()
    client.raise_request_exception = False
    refuse_to_write(table)
    answer = client.post(FORM, fields)
    assert answer.status_code == 507
    assert say("no_space_lead", "nb") in answer.content.decode()
    refusal = client.post(FORM, fields, headers={"Accept": "application/json"})
    assert (refusal.status_code, refusal.json()["why"]) == (507, say("no_space_lead", "nb"))
    with_space_again(table)
    assert Forecast.objects.count() == before
    assert client.post(FORM, fields).status_code == 302


def test_what_was_saved_is_not_called_lost_when_only_its_message_found_no_space() -> None:
    client = client_of(Party.DIRECTORATE)
    fields, before = signed(client), Forecast.objects.count()
    refuse_to_write("django_session")
    assert client.post(FORM, fields).status_code == 302
    assert Forecast.objects.count() == before + 1
    assert [each for each in lacks() if "no worker" not in each] == []  # asked again, the database had space
    grant = Grant.objects.get(seat__party=Party.DIRECTORATE, grade=Grade.CASE_WORKER)
    stranger = Client(raise_request_exception=False)
    answer = stranger.post("/login/demo", {"grant": grant.pk})
    assert (answer.status_code, say("no_space_lead", "nb") in answer.content.decode()) == (507, True)
    with_space_again("django_session")
    assert stranger.post("/login/demo", {"grant": grant.pk}).status_code == 302


def test_a_database_that_has_refused_is_asked_again_until_it_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the database's disk is full" not in lacks()
    space.tell_full()
    monkeypatch.setattr(
        space, "PROBE", "DO $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
    )
    assert "the database's disk is full" in lacks()
    assert "the database's disk is full" in lacks()
    monkeypatch.undo()
    assert "the database's disk is full" not in lacks()
    assert "space_probe" not in connection.introspection.table_names()


def test_what_is_no_lack_of_space_is_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert space.is_no_space(OSError(errno.ENOSPC, "No space left on device"))
    assert not space.is_no_space(OSError(errno.EACCES, "Permission denied"))
    assert not space.is_no_space(None)
    client = client_of(Party.DIRECTORATE)
    fields = signed(client)
    client.raise_request_exception = False
    monkeypatch.setattr(Forecast.objects, "create", lambda **_: 1 / 0)
    monkeypatch.setattr("bosett_web.actions.round.forecasts.require", lambda *_: 1 / 0)
    answer = client.post(FORM, fields)
    assert (answer.status_code, say("failed_lead", "nb") in answer.content.decode()) == (500, True)


def test_a_page_about_a_fault_asks_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database may be what failed: then it is not asked once more."""

    def fails(*_: object, **__: object) -> None:
        raise DatabaseError

    clients = {reader: client_of(reader) for reader in (Party.UDI, Party.PUBLIC)}
    for name in ("today", "moment"):
        monkeypatch.setattr(f"bosett_web.records.clock.{name}", fails)
    for reader, path in ((Party.UDI, ""), (Party.PUBLIC, "meetings/joint/minutes")):
        client = clients[reader]
        client.raise_request_exception = False
        answer = client.get(f"/{YEAR}/{path}")
        assert (answer.status_code, say("failed", "nb") in answer.content.decode()) == (500, True)


def job(name: str, attempts: int = 0) -> Job:
    return Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=name, attempts=attempts)


def no_space() -> DatabaseError:
    refuse_to_write("records_forecast")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE records_settlementround SET year = year")
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$")
    except DatabaseError as error:
        return error
    raise AssertionError


def test_every_job_is_done_again_when_it_found_no_space() -> None:
    error = no_space()
    assert isinstance(error.__cause__, psycopg.errors.DiskFull)
    ours = {name: task for name, task in app.tasks.items() if task.func.__module__.startswith("bosett_web.")}
    assert set(ours) == {task.value for task in Task}, "each name has its task, in every process that orders one"
    for name, task in ours.items():
        for attempts in (0, 1000):
            assert task.get_retry_exception(error, job(name, attempts)), name
        assert task.get_retry_exception(ValueError(), job(name, 1000)) is None, name


def test_what_a_job_is_tried_again_for_otherwise_is_as_its_own_rule_says() -> None:
    patient = WhenThereIsSpace(RetryStrategy(max_attempts=2, wait=5))
    assert patient.get_retry_exception(ValueError(), job("x", 1))
    assert patient.get_retry_exception(ValueError(), job("x", 2)) is None
    assert WhenThereIsSpace().get_retry_exception(ValueError(), job("x")) is None


def test_the_worker_stands_still_while_the_disk_is_full(
    full: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops between two jobs, and takes up its work by itself."""
    seen: list[str] = []
    monkeypatch.setattr(working, "LOOKED", 0.001)

    async def worker() -> None:
        seen.append("works")
        try:
            await asyncio.sleep(30)
        finally:
            seen.append("rests")

    async def day() -> None:
        standing = asyncio.create_task(working.while_there_is_space(worker))
        for is_full, expected in (
            (True, []),
            (False, ["works"]),
            (True, ["works", "rests"]),
            (False, ["works", "rests", "works"]),
        ):
            full(is_full)
            for _ in range(1000):
                if seen == expected:
                    break
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.02)
            assert seen == expected
        standing.cancel()

    full(True)
    asyncio.run(day())


def test_a_worker_that_ends_by_itself_ends_its_keeper(full: Callable[[bool], None]) -> None:
    async def worker() -> None:
        await asyncio.sleep(0)

    full(False)
    asyncio.run(asyncio.wait_for(working.while_there_is_space(worker), 10))
