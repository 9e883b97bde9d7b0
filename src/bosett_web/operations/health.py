"""Whether all is ready: the database answers, its tables are of this version, and the worker is alive."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

FRESH = timedelta(seconds=30)
_migrated = False


def missing() -> list[str]:
    """Return what is not ready, in words; empty when all is."""
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
            return [] if cursor.fetchone()[0] else ["no worker has told that it lives"]
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
