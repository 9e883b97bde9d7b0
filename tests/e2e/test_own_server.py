"""A database server of one's own: the application's role is made once, and no workspace takes another's password."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import requests

from bosett_web.operations.own_database import application_on
from bosett_web.operations.postgres import NoDatabase, Postgres
from own_server import OVERSEER, PASSWORD, address, own_server
from workspace import Workspace

FOUNDER, OWNER = "founder", "plain_owner"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server with roles of its own, as an operations team has it: one may make roles, one owns its database only."""
    made = [
        f"CREATE ROLE {FOUNDER} LOGIN CREATEROLE PASSWORD '{PASSWORD}'",
        f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'",
        f"CREATE DATABASE founded OWNER {FOUNDER}",
        f"CREATE DATABASE owned OWNER {OWNER}",
    ]
    with own_server(tmp_path_factory.mktemp("given"), made) as running:
        yield running


def as_overseer(server: Postgres, statement: str) -> None:
    with psycopg.connect(address(server, OVERSEER, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


def answers(workspace: Workspace) -> bool:
    """Tell whether the workspace comes to work with its database, at the latest when its worker is started again."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        if workspace.ready():
            return requests.get(f"{workspace.address}/login", timeout=20).ok
        time.sleep(0.3)
    return False


def started(folder: Path, server: Postgres) -> Workspace:
    stage = Workspace(folder, embedded=True)
    stage.environment = {"DATABASE_URL": address(server, FOUNDER, "founded")}
    stage.start()
    return stage


def test_it_starts_three_times_and_a_second_one_beside_it_leaves_the_first_its_password(
    server: Postgres, tmp_path: Path
) -> None:
    first = started(tmp_path / "one", server)
    try:
        second = started(tmp_path / "two", server)
        try:
            # A new connection of the first: the old ones would go on with a password that holds no more.
            with psycopg.connect(address(server, OVERSEER, "postgres"), autocommit=True) as connection:
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'founded'")
            assert answers(first)
            assert answers(second)
        finally:
            assert second.stop() == 0
    finally:
        assert first.stop() == 0
    (kept,) = (tmp_path / "one").glob("application-*.json")
    assert kept.stat().st_mode & 0o077 == 0
    was = kept.read_text(encoding="utf-8")
    # From now on it may only run: no role can be made or altered.
    as_overseer(server, f"ALTER ROLE {FOUNDER} NOCREATEROLE")
    for _ in range(2):
        again = started(tmp_path / "one", server)
        try:
            assert answers(again)
        finally:
            assert again.stop() == 0
    assert kept.read_text(encoding="utf-8") == was
    # What a run leaves is for who ran it alone: letters, keys, logs.
    open_to_others = [path for path in (tmp_path / "one").rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_who_may_make_no_roles_is_told_the_words_to_have_it_made_by(server: Postgres, tmp_path: Path) -> None:
    own = address(server, OWNER, "owned")
    with pytest.raises(NoDatabase, match="may make no roles") as refused:
        application_on(own, tmp_path)
    words = str(refused.value).split("start again:")[1].strip()
    (kept,) = tmp_path.glob("application-*.json")
    password = json.loads(kept.read_text(encoding="utf-8"))["password"]
    assert password not in words
    with pytest.raises(NoDatabase, match="may make no roles") as again:
        application_on(own, tmp_path)
    assert str(again.value).split("PASSWORD")[0] == str(refused.value).split("PASSWORD")[0]  # the same role
    as_overseer(server, words)
    url = application_on(own, tmp_path)
    role = json.loads(kept.read_text(encoding="utf-8"))["role"]
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [role])
        assert row.fetchone() == (False, False, False)
    as_overseer(server, f"ALTER ROLE {role} PASSWORD 'another'")
    with pytest.raises(NoDatabase, match=f"cannot log in.*remove .*{kept.name}"):
        application_on(own, tmp_path)


def test_a_server_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="cannot be used"):
        application_on(f"postgresql://nobody@/nothing?host={quote(str(tmp_path))}", tmp_path / "var")


def test_beside_a_server_of_ones_own_the_demo_does_not_start_by_itself(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "bosett_web.operations.launcher", "--demo"],
        env={"DATABASE_URL": "postgresql://nobody@/nothing", "BOSETT_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 2
    assert "BOSETT_DEMO=1" in process.stderr
