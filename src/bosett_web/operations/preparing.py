"""Bringing a database up to date: tables, the rights of the application's role and, in the demo, the demo."""

import time

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, LockNotAvailable

from bosett.basis.refusals import Refusal
from bosett_web.actions import tasks
from bosett_web.actions.round.demo import begin
from bosett_web.operations.database_rights import give

ONE_AT_A_TIME = 20_200_519
"""The number of the lock that a preparation holds: any that nobody else uses."""
LOCK_WAIT = "400ms"
"""How long a change of the tables waits for those who use them, at a time: less than the second after which PostgreSQL
breaks a ring of waiters, so that the change steps back and no reader is thrown out."""
PAUSE = 0.3
"""Seconds until it tries again."""
NOT_SERVED = ["player", "tests", "Gruntfile.js"]
"""What comes in the browser's packages beside the files that pages load."""


class TablesInUse(Refusal):
    """Somebody uses the tables for so long that they cannot be changed."""


class OlderTables(Refusal):
    """The tables were made by a version before the first release, and lack what the models have."""


def prepare(role: str) -> None:
    """Migrate, give the application's role its rights, and fill the demo when it is on; safe to run again.

    Args:
        role: The application's role in the database.

    Raises:
        OlderTables: Migrations cannot bring the tables along.
        TablesInUse: They are not free to be changed.
    """
    with connection.cursor() as cursor:  # of two that start at once on one database, one waits
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    migrate_in_use()
    refuse_older_tables()
    give(role)
    if settings.DEMO and begin():
        tasks.weigh_need()  # the demo begins in the midst of a stop
    connection.close()  # the lock goes with it


def migrate_in_use(longest: float = 120) -> None:
    """Migrate while others read and write: wait for them a moment at a time, and let them through in between.

    Args:
        longest: Seconds after which it gives up.

    Raises:
        TablesInUse: It has. Each migration is done whole or not at all.
    """
    ends = time.monotonic() + longest
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
            call_command("migrate", interactive=False, verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                raise
            if time.monotonic() > ends:
                raise TablesInUse(
                    f"the tables have been in use for {longest:.0f} seconds without a gap (a backup, a long report?), "
                    "and could not all be changed. What is changed is whole: run bosett-web migrate again later"
                ) from error
            time.sleep(PAUSE)
        else:
            return


def gather_static() -> None:
    """Copy the files that the browser loads to where the web server takes them from; only what has changed."""
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)


def refuse_older_tables() -> None:
    """Refuse tables that lack a column or a foreign key of the models: they were made before there was a release.

    Raises:
        OlderTables: One is missing.
    """
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table  # noqa: SLF001 (Django documents it)
            columns = {each.name for each in connection.introspection.get_table_description(cursor, table)}
            keys = connection.introspection.get_relations(cursor, table)
            for field in model._meta.concrete_fields:  # noqa: SLF001 (as above)
                if field.column not in columns or (field.is_relation and field.column not in keys):
                    raise OlderTables(
                        f"this database was made by a version before the first release, and lacks {field} as it is "
                        "now. Begin anew in another folder (BOSETT_VAR) or another database (DATABASE_URL)"
                    )
