"""Plugin of pytest: the database of the tests of the workspace.

With DATABASE_URL given the tests run there; its role must be allowed to make databases and roles.
Without it an embedded server is started in a temporary folder, and only when the first test asks for a database:
the other tests wait for nothing.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

# Read by the settings, which pytest-django loads before anything else of ours.
GIVEN = os.environ.get("DATABASE_URL")
VAR = tempfile.TemporaryDirectory(prefix="bosett-var-")  # removed when the tests end
(Path(VAR.name) / "static").mkdir()
os.environ["BOSETT_VAR"] = VAR.name
os.environ.setdefault("BOSETT_DEMO", "1")
os.environ.setdefault("BOSETT_TESTING", "1")
os.environ.setdefault("BOSETT_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("DATABASE_URL", "postgresql:///not-started-yet")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start the embedded server before the test database is made, unless one is given."""
    if GIVEN:
        yield
        return
    from django.conf import settings  # noqa: PLC0415 (the settings are not ready when the plugin is loaded)
    from django.db import connections  # noqa: PLC0415

    from bosett_web.config.environment import database  # noqa: PLC0415
    from bosett_web.operations.postgres import OWNER, Postgres  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="bosett-tests-") as folder, Postgres(Path(folder)) as server:
        address = database(server.url(OWNER))
        for held in (settings.DATABASES["default"], connections["default"].settings_dict):
            held.update(address)
        yield


@pytest.fixture(scope="session")
def application_role(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:  # noqa: ARG001 (its order)
    """Give the application's role its rights on the test database, and return its name."""
    from django.db import connection  # noqa: PLC0415

    from bosett_web.operations.grants import give  # noqa: PLC0415
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

    held = connection.settings_dict
    with psycopg.connect(
        dbname=held["NAME"],
        user=application_role,
        password="only-for-tests" if GIVEN else "",
        host=held["HOST"],
        port=held["PORT"] or None,
    ) as found:
        yield found
        found.rollback()
