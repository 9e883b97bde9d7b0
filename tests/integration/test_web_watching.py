"""What a watcher is told: measures for whoever has the token, and a log of one JSON object a line without people."""

import io
import json
import logging
import re
import secrets
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection
from django.test import Client

from bosett.rounds.parties import Party
from bosett_web.accounts.models import Grant
from bosett_web.config.logs import configure
from bosett_web.journal.models import Event
from bosett_web.operations import metrics
from parties import DEMO
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"\})? -?[0-9.e+]+')


@pytest.fixture
def token(settings: LazySettings) -> str:
    settings.METRICS_TOKEN = secrets.token_urlsafe(32)
    return str(settings.METRICS_TOKEN)


def measures(token: str) -> dict[str, float]:
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "text/plain")
    lines = answer.content.decode().splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert [line for line in samples if not LINE.fullmatch(line)] == []
    kinds = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
    assert {re.split(r"[{ ]", each)[0] for each in samples} <= kinds
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in samples)}


def test_without_the_token_there_is_no_such_page(settings: LazySettings, token: str) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {token}x"}):
        assert Client().get("/metrics", headers=headers).status_code == 404
    settings.METRICS_TOKEN = ""
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": ""}):
        assert Client().get("/metrics", headers=headers).status_code == 404


def test_the_measures_are_those_of_the_database(token: str) -> None:
    first = measures(token)
    assert first["bosett_events_total"] == Event.objects.count()
    assert (first["bosett_workers"], first["bosett_ready"], first["bosett_database_up"]) == (0, 0, 1)
    assert first["bosett_oldest_job_seconds"] == 0
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('default', 'x', '{}', 'todo')"
        )
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 seconds'")
    second = measures(token)
    assert (second["bosett_workers"], second["bosett_ready"]) == (1, 1)
    assert second['bosett_jobs{status="todo"}'] == 1
    assert second["bosett_oldest_job_seconds"] == 90


def test_a_database_that_does_not_answer_is_told_and_not_raised(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> Iterator[metrics.Metric]:
        raise DatabaseError

    monkeypatch.setattr(metrics, "_of_database", silent)
    monkeypatch.setattr(connection, "close", lambda: None)
    measured = measures(token)
    assert measured["bosett_database_up"] == 0
    assert "bosett_workers" not in measured


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What our own handler writes, as it stands in an installation."""
    written, root = io.StringIO(), logging.getLogger()
    before = (list(root.handlers), root.level)
    monkeypatch.setattr("sys.stderr", written)
    configure("INFO")
    yield written
    root.handlers, root.level = before


def test_the_log_is_json_and_names_nobody(log: io.StringIO) -> None:
    client = client_of(Party.DIRECTORATE)
    person = Grant.objects.get(pk=client.session["grant"]).person
    client.get("/nowhere")
    client.get("/2021/search", {"q": person.name})
    client.post("/2021/do/criteria.adopt", {"reason": f"Sier {person.name}"})
    Client().post("/login/demo", {"grant": 987_654})
    logging.getLogger("bosett.trial").warning("%s things", 3)
    lines = log.getvalue().splitlines()
    entries = [json.loads(line) for line in lines]
    assert {"event": "3 things", "level": "warning", "logger": "bosett.trial"}.items() <= entries[-1].items()
    assert all({"event", "level", "timestamp", "logger"} <= set(each) for each in entries)
    assert any("/nowhere" in each["event"] for each in entries)
    for private in (person.name, person.subject, client.session.session_key or "?", "Sier"):
        assert private not in log.getvalue()


def test_the_log_check_can_fail(log: io.StringIO) -> None:
    logging.getLogger("bosett.trial").warning("Saksbehandler, IMDi")
    assert "Saksbehandler" in log.getvalue()
