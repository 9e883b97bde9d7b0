"""The embedded server under what bites, the environment's words, health and the commands."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from bosett_web.config.environment import Misconfigured, database, flag, secret_key
from bosett_web.operations.postgres import APPLICATION, OWNER, NoDatabase, Postgres


def asks(server: Postgres, role: str) -> str:
    with psycopg.connect(server.url(role)) as held:
        row = held.execute(
            "SELECT current_user || ' ' || rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row is not None
        return str(row[0])


def test_the_server_comes_up_with_two_roles_and_neither_is_a_superuser(tmp_path: Path) -> None:
    with Postgres(tmp_path) as server:
        assert asks(server, OWNER) == "bosett_owner false"
        assert asks(server, APPLICATION) == "bosett_app false"
        with pytest.raises(NoDatabase, match="another Bosett already runs"):
            Postgres(tmp_path).__enter__()
        assert asks(server, OWNER)  # the refusal left the first alone


def test_a_path_too_long_for_a_socket_and_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / ("a-long-name-" * 12)
    folder.mkdir(parents=True)
    tmp_path.chmod(0o700)
    with Postgres(folder) as server:
        assert asks(server, OWNER)
        assert len(str(server.sockets)) < 100


def test_what_was_committed_survives_a_killed_server_that_nobody_cleared_away(tmp_path: Path) -> None:
    with Postgres(tmp_path) as server:
        with psycopg.connect(server.url(OWNER)) as held:
            held.execute("CREATE TABLE kept (n int)")
            held.execute("INSERT INTO kept VALUES (1)")
        assert server.process is not None
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        until = time.monotonic() + 20
        while time.monotonic() < until:  # its children notice within moments
            try:
                server.start()
                break
            except NoDatabase:
                time.sleep(0.2)
        with psycopg.connect(server.url(OWNER)) as held:
            assert held.execute("SELECT n FROM kept").fetchall() == [(1,)]


def test_the_address_of_a_database() -> None:
    found = database("postgresql://me:p%40ss@db.example:5433/bosett?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("me", "p@ss", "db.example", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}
    with pytest.raises(Misconfigured, match="no other database"):
        database("sqlite:///bosett.db")
    with pytest.raises(Misconfigured, match="names no database"):
        database("postgresql://db.example")


def test_flags_and_the_key(tmp_path: Path) -> None:
    assert flag("X", of={"X": "1"})
    assert not flag("X", of={"X": "0"}, default=True)
    assert flag("X", of={}, default=True)
    with pytest.raises(Misconfigured, match="write 1 or 0"):
        flag("X", of={"X": "perhaps"})
    with pytest.raises(Misconfigured, match="BOSETT_SECRET_KEY is not set"):
        secret_key(tmp_path, demo=False, of={})
    kept = secret_key(tmp_path, demo=True, of={})
    assert kept == secret_key(tmp_path, demo=True, of={})
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_health_tells_what_is_missing() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["no worker has told that it lives"])
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert Client().get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_the_commands_fill_the_demo_once_and_verify_the_journal() -> None:
    told = StringIO()
    call_command("demo", stdout=told)
    call_command("demo", stdout=told)
    call_command("verify_journal", stdout=told)
    said = told.getvalue()
    assert "The demo of 19.05.2020 is ready." in said
    assert "The workspace holds a round already." in said
    assert "chains hold." in said
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_event SET name = 'other'")
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="faults in"):
        call_command("verify_journal", stderr=StringIO())


HOLDS = """
import sys, time
from pathlib import Path
from bosett_web.operations.postgres import Postgres
with Postgres(Path(sys.argv[1])) as server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


def test_the_server_ends_with_a_killed_launcher_and_the_next_one_starts(tmp_path: Path) -> None:
    launcher = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert launcher.stdout is not None
    server = int(launcher.stdout.readline())
    launcher.kill()
    launcher.wait()
    launcher.stdout.close()
    until = time.monotonic() + 20
    while _lives(server) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(server)
    with Postgres(tmp_path) as again:
        assert asks(again, OWNER)


def _lives(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
