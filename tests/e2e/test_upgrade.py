"""An upgrade of a workspace in use: the tables are changed while the old code answers, and both live on them after."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

import psycopg
import pytest
import requests

from bosett_web.operations.own_database import application_on
from bosett_web.operations.postgres import Postgres
from own_server import PASSWORD, address, own_server
from visitor import IMDI, WORKER, YEAR, Visitor, freeze
from workspace import Workspace

TREE = Path(__file__).parents[2]
FOUNDER = "founder"
MIGRATION = '''"""What a migration may do, on tables in use: see docs/how-to/extend-bosett.md."""

from django.db import migrations, models

from bosett_web.records.choices import LetterKind


class Migration(migrations.Migration):
    dependencies = [("records", "{latest}")]
    operations = [
        migrations.AddField("letter", "shade", models.TextField(null=True)),
        migrations.AddField("decision", "weight", models.IntegerField(db_default=0)),
        migrations.AddIndex("letter", models.Index(fields=["state"], name="trial")),
        migrations.AddConstraint("letter", models.CheckConstraint(name="y", condition=models.Q(shade="grey"))),
        migrations.RemoveConstraint("letter", "letter_kind"),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(name="letter_kind", condition=models.Q(kind__in=[*LetterKind, "thanks"])),
        ),
        migrations.CreateModel("Trial", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("trial", "name", models.TextField()),
    ]
'''


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    made = [
        f"CREATE ROLE {FOUNDER} LOGIN CREATEROLE PASSWORD '{PASSWORD}'",
        f"CREATE DATABASE used OWNER {FOUNDER}",
    ]
    with own_server(tmp_path / "server", made) as running:
        yield running


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The code of a version to come: this one, and one migration more."""
    source = tmp_path / "newer" / "src"
    shutil.copytree(TREE / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    folder = source / "bosett_web" / "records" / "migrations"
    latest = max(path.stem for path in folder.glob("0*.py"))
    (folder / "9999_trial.py").write_text(MIGRATION.replace("{latest}", latest), encoding="utf-8")
    (tmp_path / "newer" / "node_modules").symlink_to((TREE / "node_modules").resolve())
    return source


class InUse:
    """People who read and write all the time, until they are let go."""

    def __init__(self, stage: Workspace) -> None:
        self.reader, self.writer = (Visitor(stage, IMDI, WORKER) for _ in range(2))
        self.answers: Counter[int] = Counter()
        self.written: list[str] = []
        self.ended = threading.Event()
        self._people = [threading.Thread(target=work) for work in (self._reads, self._writes)]

    def __enter__(self) -> Self:
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for person in self._people:
            person.join()

    def _reads(self) -> None:
        while not self.ended.is_set():
            for path in ("", "letters", "decisions", "counties/46", "journal"):
                answer = self.reader.session.get(f"{self.reader.address}/{YEAR}/{path}", timeout=60)
                self.answers[answer.status_code] += 1

    def _writes(self) -> None:
        page = self.writer.home
        while not self.ended.is_set():
            way = f"i Bosett, måte {len(self.written) + 1}"
            fields = {"how_to_answer": way, "signers": "direktør: NN", "neutral_form": "nb"}
            status = self.writer.send(f"/{YEAR}/do/letter.prepare", fields, page)
            self.answers[status] += 1
            if status == 302:
                self.written.append(way)

    def go_on(self, more: int = 3, seconds: float = 60) -> int:
        """Wait until some more has been written, and return how much that is in all."""
        ends, before = time.monotonic() + seconds, len(self.written)
        while len(self.written) < before + more:
            assert time.monotonic() < ends, self.answers
            time.sleep(0.1)
        return len(self.written)


def holds_letters_and_waits(watcher: psycopg.Connection, seconds: float = 60) -> bool:
    """Wait until somebody who has changed one table waits for another, and say whether that came."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        row = watcher.execute("SELECT 1 FROM pg_locks WHERE relation = 'records_decision'::regclass AND NOT granted")
        if row.fetchone():
            return True
        time.sleep(0.02)
    return False


def test_a_reader_in_the_way_is_let_through_and_the_change_comes_after(
    server: Postgres, newer: Path, tmp_path: Path
) -> None:
    """The migration takes letters first and decisions after; the reader has read decisions and wants letters."""
    url = address(server, FOUNDER, "used")
    migrate(TREE / "src", url, tmp_path)
    with (
        psycopg.connect(url, autocommit=True) as watcher,
        psycopg.connect(url) as reader,
        ThreadPoolExecutor(1) as operator,
    ):
        reader.execute("SELECT count(*) FROM records_decision")
        changed = operator.submit(migrate, newer, url, tmp_path)
        try:
            assert holds_letters_and_waits(watcher)
            reader.execute("SELECT count(*) FROM records_letter")
        finally:
            reader.rollback()
        changed.result(timeout=120)
        assert watcher.execute("SELECT count(*) FROM records_trial").fetchone() == (0,)


def migrate(newer: Path, url: str, var: Path) -> None:
    """Change the tables as an operations team does: from the newer version, with the role that owns them."""
    settings = {"DATABASE_URL": application_on(url, var), "BOSETT_OWNER_URL": url}
    settings |= {"BOSETT_VAR": str(var), "BOSETT_DEMO": "1", "BOSETT_SUPERVISED": "1", "PYTHONPATH": str(newer)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOSETT_")}
    done = subprocess.run(
        [sys.executable, "-m", "bosett_web.operations.console", "migrate"],
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_old_code_answers_while_the_tables_are_changed_and_after(
    server: Postgres, newer: Path, tmp_path: Path
) -> None:
    url = address(server, FOUNDER, "used")
    old = Workspace(tmp_path / "old", embedded=True)
    old.environment = {"DATABASE_URL": url}
    old.start()
    try:
        freeze(old)  # a whole round lies there
        with InUse(old) as people:
            before = people.go_on()
            migrate(newer, url, old.var)
            assert len(people.written) > before, "nobody wrote while the tables were changed"
            people.go_on()
        assert set(people.answers) == {200, 302}, old.log.read_text(encoding="utf-8")[-3000:]
        new = Workspace(tmp_path / "new", embedded=True)
        new.environment = {"DATABASE_URL": url, "PYTHONPATH": str(newer)}
        new.start()
        try:
            assert people.written[-1] in Visitor(new, IMDI, WORKER).get(f"/{YEAR}/letters")
        finally:
            assert new.stop() == 0
        # Back to the old version, on the same tables.
        assert requests.get(f"{old.address}/{YEAR}/", timeout=60).ok
        assert 'data-holds="True"' in Visitor(old, IMDI, WORKER).get(f"/{YEAR}/journal?verify=1")
    finally:
        assert old.stop() == 0
