"""What a watcher counts, in Prometheus' text format (version 0.0.4), for whoever has the token.

Everything is read from the database and the disk, so that each web process tells the same; counts only, and no person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from bosett import __version__
from bosett_web.operations import health
from bosett_web.records import space

JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"
OLDEST = """
SELECT COALESCE(EXTRACT(EPOCH FROM now() - min(greatest(e.at, COALESCE(j.scheduled_at, e.at)))), 0)
FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
WHERE j.status = 'todo' AND COALESCE(j.scheduled_at, e.at) <= now()
"""
WORKERS = """
SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)
"""
LETTERS = "SELECT state, count(*) FROM records_letter GROUP BY state"
EVENTS = "SELECT COALESCE(sum(number), 0) FROM journal_head"
REFUSED = "SELECT COALESCE(sum(times), 0) FROM journal_refused"


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure: name, kind and meaning, and its values by what tells them apart (`status="todo"`, or nothing)."""

    name: str
    kind: str
    help: str
    values: Sequence[tuple[str, float]]

    def written(self) -> Iterator[str]:
        """Yield its lines."""
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} {self.kind}"
        for labels, value in self.values:
            yield f"{self.name}{f'{{{labels}}}' if labels else ''} {value:.15g}"


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the measures; without the token there is no such page.

    Raises:
        Http404: No token is set, or the request has another.
    """
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    lines = [line for metric in measured() for line in metric.written()]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; version=0.0.4; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def measured() -> Iterator[Metric]:
    """Yield every measure; of a database that does not answer only that it does not."""
    yield Metric("bosett_info", "gauge", "The version that answers.", [(f'version="{__version__}"', 1)])
    yield Metric("bosett_disk_free_bytes", "gauge", "Bytes left where BOSETT_VAR lies.", [("", space.left())])
    yield Metric("bosett_ready", "gauge", "Whether /healthz finds nothing missing.", [("", int(not health.missing()))])
    try:
        kept = list(_of_database())
    except DatabaseError:
        connection.close()
        kept = []
    yield Metric("bosett_database_up", "gauge", "Whether the database answers.", [("", int(bool(kept)))])
    yield from kept


def _of_database() -> Iterator[Metric]:
    yield Metric("bosett_jobs", "gauge", "Jobs of the background, by status.", _by("status", JOBS))
    yield Metric("bosett_oldest_job_seconds", "gauge", "How long the oldest job that is due has waited.", _one(OLDEST))
    alive = _one(WORKERS, health.FRESH.total_seconds())
    yield Metric("bosett_workers", "gauge", "Workers that have told that they live.", alive)
    yield Metric("bosett_letters", "gauge", "Letters, by state.", _by("state", LETTERS))
    yield Metric("bosett_events_total", "counter", "Events in the journal.", _one(EVENTS))
    yield Metric("bosett_refusals_total", "counter", "What was refused to somebody.", _one(REFUSED))


def _by(name: str, words: str) -> list[tuple[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(words)
        return [(f'{name}="{each}"', float(count)) for each, count in sorted(cursor.fetchall())]


def _one(words: str, *given: float) -> list[tuple[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(words, given)
        return [("", float(cursor.fetchone()[0]))]
