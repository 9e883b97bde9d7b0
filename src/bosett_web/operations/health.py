"""Whether all is ready: the database answers, its tables are of this version, the worker lives, and there is space."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from bosett_web.records import space

FRESH = timedelta(seconds=30)
MB = 1024 * 1024
_migrated = False


def missing() -> list[str]:
    """Return what is not ready, in words; empty when all is."""
    short = [f"the disk is full: {space.left() // MB} MB are left, and {space.LEAST // MB} are kept free"]
    return (short if space.is_short() else []) + _missing_of_database()


def _missing_of_database() -> list[str]:
    global _migrated  # noqa: PLW0603 (a finished migration stays finished while this process runs)
    try:
        connection.ensure_connection()
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not _migrated:
            return ["migrations are not applied"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
                [FRESH.total_seconds()],
            )
            lives = cursor.fetchone()[0]
        full = ["the database's disk is full"] if space.database_is_full() else []
        return full + ([] if lives else ["no worker has told that it lives"])
    except DatabaseError:
        connection.close()
        return ["the database does not answer"]


def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (Django gives it)
    """Answer 200 when all is ready, else 503 with what is missing."""
    lacks = missing()
    return JsonResponse(
        {"status": "ok"} if not lacks else {"status": "unready", "missing": lacks},
        status=503 if lacks else 200,
        headers={"Cache-Control": "no-store"},
    )
