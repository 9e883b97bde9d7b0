"""Plugin of pytest: the databases of the tests of the workspace.

With DATABASE_URL given the tests run there; its role must be allowed to make databases and roles.
Without it each worker starts an embedded server in a temporary folder, and only when its first test asks for one:
the other tests wait for nothing.

A test begins in an empty database, or in that of a `Start`: `@pytest.mark.begins_at(SHARED)`; `parties` has those.
A start is built once for each worker, in a copy of the one before it; what a test does there is rolled back as always.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

UNSTARTED = "postgresql:///not-started-yet"
# Read by the settings, which pytest-django loads before anything else of ours. A worker inherits what is set here.
_told = os.environ.setdefault("DATABASE_URL", UNSTARTED)
GIVEN = None if _told == UNSTARTED else _told
VAR = tempfile.TemporaryDirectory(prefix="bosett-var-")  # removed when the tests end
(Path(VAR.name) / "static").mkdir()
os.environ["BOSETT_VAR"] = VAR.name
if "BOSETT_MADE" not in os.environ:  # a worker finds there what another has made
    OF_ALL = tempfile.TemporaryDirectory(prefix="bosett-made-", ignore_cleanup_errors=True)
    Path(OF_ALL.name).chmod(0o755)  # the embedded server's own user must come through
    os.environ["BOSETT_MADE"] = OF_ALL.name
MADE = Path(os.environ["BOSETT_MADE"])
"""Workspaces that have been taken on and stopped, to be copied; of all workers, and gone when the tests end."""
os.environ.setdefault("BOSETT_DEMO", "1")
os.environ.setdefault("BOSETT_TESTING", "1")
os.environ.setdefault("BOSETT_SECRET_KEY", secrets.token_urlsafe(50))

FORGETFUL = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
"""Settings that only keep data through a fall of the machine: a database of tests does not outlive it anyway."""


@dataclass(frozen=True)
class Start:
    """How far a database has been taken when a test begins.

    Attributes:
        build: Takes it there, by the workspace's own actions.
        after: The start that it is built upon; None is an empty database.
    """

    build: Callable[[], object]
    after: "Start | None" = None


class Databases:
    """The test database and its copies, one for each start that a test has asked for."""

    def __init__(self) -> None:
        from django.db import connection  # noqa: PLC0415 (the settings are not ready when the plugin is loaded)

        self._connection = connection
        self._empty = str(connection.settings_dict["NAME"])
        self._names: dict[Start | None, str] = {None: self._empty}
        self._idle: dict[str, Any] = {}
        """Open connections to the databases that are not in use, by name: the next test there need not connect."""

    def use(self, start: Start | None) -> None:
        """Connect to the database of a start; build it first, and what it is built upon, when it is not there."""
        if start is not None and start not in self._names:
            self._build(start)
        self._connect(self._names[start])

    def drop(self) -> None:
        """Connect to the empty database again, and drop the others."""
        for name in self._names.values():
            if name != self._empty:
                self._connect(name)
                self._connection.close()
        self._connect(self._empty)
        for name in self._names.values():
            if name != self._empty:
                self._on_the_server(f'DROP DATABASE "{name}"')

    def _build(self, start: Start) -> None:
        self.use(start.after)
        self._connection.close()  # nobody may be in a database that is copied
        name = f"{self._empty}_{len(self._names)}"
        self._on_the_server(f'DROP DATABASE IF EXISTS "{name}"')
        self._on_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{self._names[start.after]}"')
        self._connect(name)
        try:
            start.build()
            with self._connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        except BaseException:
            self._connection.close()
            self._connect(self._empty)  # what was built by half is made anew when it is asked for again
            raise
        self._names[start] = name

    def _connect(self, name: str) -> None:
        connection = self._connection
        before = connection.settings_dict["NAME"]
        if before == name:
            return
        if connection.in_atomic_block:
            pytest.fail("a test is connected to its start before its transaction begins")
        if connection.connection is not None:
            self._idle[before] = connection.connection
        connection.connection, connection.settings_dict["NAME"] = self._idle.pop(name, None), name

    def _on_the_server(self, statement: str) -> None:
        with self._connection._nodb_cursor() as cursor:  # noqa: SLF001 (Django makes its test databases by it)
            cursor.execute(statement)


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the mark."""
    config.addinivalue_line("markers", "begins_at(start): how far the test's database has been taken")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start the embedded server before the test database is made; on one that is given, part the workers by name."""
    if GIVEN:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        yield
        return
    from django.conf import settings  # noqa: PLC0415 (the settings are not ready when the plugin is loaded)
    from django.db import connections  # noqa: PLC0415

    from bosett_web.operations.environment import database  # noqa: PLC0415
    from bosett_web.operations.postgres import OWNER, Postgres  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="bosett-tests-") as folder, Postgres(Path(folder), FORGETFUL) as server:
        address = database(server.url(OWNER))
        for database_settings in (settings.DATABASES["default"], connections["default"].settings_dict):
            database_settings.update(address)
        yield


@pytest.fixture(scope="session")
def databases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Databases]:  # noqa: ARG001 (its order)
    """The databases of this worker's tests."""
    of_worker = Databases()
    yield of_worker
    with django_db_blocker.unblock():
        of_worker.drop()


@pytest.fixture(autouse=True)
def forgetful(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget what is kept of a round with each test, and whenever a test writes rows itself, without their event."""
    if not (request.node.get_closest_marker("django_db") or "db" in request.fixturenames):
        yield
        return
    from django.db import connection  # noqa: PLC0415 (the settings are not ready when the plugin is loaded)

    from bosett_web.queries.standing import forget_kept  # noqa: PLC0415

    def forgetting(execute: Callable[..., object], sql: str, *others: object) -> object:
        if WRITES.match(sql):
            forget_kept()
        return execute(sql, *others)

    forget_kept()
    with connection.execute_wrapper(forgetting):
        yield


WRITES = re.compile(r"""(?:INSERT INTO|UPDATE|DELETE FROM) "records_""")


@pytest.fixture(autouse=True)
def begun(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Connect a test to the database that it begins in, before its transaction; at its end to the empty one again."""
    mark, asked = (request.node.get_closest_marker(name) for name in ("begins_at", "django_db"))
    if mark is None or not (asked or "db" in request.fixturenames):
        yield
        return
    if asked and asked.kwargs.get("transaction"):
        pytest.fail("a test that commits begins in an empty database: it would leave the start changed")
    of_worker = request.getfixturevalue("databases")
    with django_db_blocker.unblock():
        of_worker.use(mark.args[0])
    yield
    of_worker.use(None)


@pytest.fixture(scope="session")
def application_role(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:  # noqa: ARG001 (its order)
    """Give the application's role its rights on the test database, and return its name."""
    from django.db import connection  # noqa: PLC0415

    from bosett_web.operations.database_rights import give  # noqa: PLC0415
    from bosett_web.operations.postgres import APPLICATION  # noqa: PLC0415

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {APPLICATION} LOGIN PASSWORD 'only-for-tests'")
        give(APPLICATION)
        connection.close()
    return APPLICATION


@pytest.fixture
def application(application_role: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the test database as the application's role; rolled back at the end."""
    from django.db import connection  # noqa: PLC0415

    address = connection.settings_dict
    with psycopg.connect(
        dbname=address["NAME"],
        user=application_role,
        password="only-for-tests" if GIVEN else "",
        host=address["HOST"],
        port=address["PORT"] or None,
    ) as session:
        yield session
        session.rollback()
