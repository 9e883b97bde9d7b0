"""A backup of a frozen round, restored into an empty database: all is the same, and what was tampered with is not.

The commands run as whoever runs the workspace runs them, in processes of their own.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from bosett_web.operations.backup import BadBackup, damaged, listed_in, whereabouts
from bosett_web.operations.database_tools import tool_for
from bosett_web.operations.postgres import NoDatabase
from parties import FROZEN
from web_database import GIVEN

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]
SECRET = secrets.token_urlsafe(50)


def url(database: str, role: str = "", password: str = "") -> str:
    settings = connection.settings_dict
    who = f"{role or settings['USER']}:{quote(password or str(settings['PASSWORD']))}" if not role or password else role
    return f"postgresql://{who}@/{database}?host={quote(str(settings['HOST']))}&port={settings['PORT'] or 5432}"


class Desk:
    """Whoever runs the workspace, with a folder and the databases that they have made."""

    def __init__(self, folder: Path, role: str) -> None:
        self.folder, self.role, self.made = folder, role, list[str]()

    def database(self) -> str:
        name = f"bosett_restored_{secrets.token_hex(4)}"
        with psycopg.connect(url(str(connection.settings_dict["NAME"])), autocommit=True) as session:
            session.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        self.made.append(name)
        return name

    def drop(self) -> None:
        with psycopg.connect(url(str(connection.settings_dict["NAME"])), autocommit=True) as session:
            for name in self.made:
                session.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))

    def run(self, database: str, var: str, *words: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BOSETT_", "OIDC_"))}
        environment = {
            "BOSETT_VAR": str(self.folder / var),
            "BOSETT_SECRET_KEY": SECRET,
            "BOSETT_OWNER_URL": url(database),
            "DATABASE_URL": url(database, self.role, "only-for-tests" if GIVEN else ""),
            "OIDC_ISSUER": "https://issuer.example",
            "OIDC_CLIENT_ID": "bosett",
            "OIDC_CLIENT_SECRET": SECRET[::-1],
        }
        command = [sys.executable, "-m", "bosett_web.operations.console", *words]
        return subprocess.run(command, env=kept | environment, capture_output=True, text=True, check=False)


@pytest.fixture
def desk(tmp_path: Path, application_role: str) -> Iterator[Desk]:
    desk = Desk(tmp_path, application_role)
    yield desk
    desk.drop()


def tables(database: str) -> Mapping[str, tuple[int, str]]:
    """Return of each table how many rows it has, and a hash of all that they hold."""
    hashes = {}
    with psycopg.connect(url(database)) as session:
        names = session.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        for (name,) in names:
            words = sql.SQL("SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t")
            hashes[name] = session.execute(words.format(sql.Identifier(name))).fetchone()
    return hashes  # type: ignore[return-value]


def rights(database: str, role: str) -> list[tuple[str, str]]:
    with psycopg.connect(url(database)) as session:
        words = "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = %s"
        return sorted(session.execute(words, [role]).fetchall())


def test_a_frozen_round_is_the_same_after_backup_and_restore_and_nothing_that_was_changed_is_taken(desk: Desk) -> None:
    source = str(connection.settings_dict["NAME"])
    letter = desk.folder / "var" / "dispatch" / "2021" / "letter.pdf"
    letter.parent.mkdir(parents=True)
    letter.write_bytes(b"%PDF a letter")
    (desk.folder / "var" / "secret-key").write_text(SECRET, encoding="ascii")
    kept = desk.folder / "kept"

    done = desk.run(source, "var", "backup", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert "not in it: BOSETT_SECRET_KEY (environment)" in done.stdout
    listed = listed_in(kept)
    assert {"database.dump", "files/dispatch/2021/letter.pdf"} == set(listed.files)
    assert {"workspace/system", "2021/system"} <= set(listed.chains)
    assert not [path for path in kept.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert not [path for path in (kept, *kept.rglob("*")) if path.stat().st_mode & 0o077]
    again = desk.run(source, "var", "backup", str(kept))
    assert (again.returncode, "is there already" in again.stderr) == (2, True)

    empty = desk.database()
    done = desk.run(empty, "var2", "restore", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 proposals" in done.stdout
    assert tables(empty) == tables(source)
    held_rights = rights(empty, desk.role)
    assert {right for table, right in held_rights if table == "journal_event"} == {"INSERT", "SELECT"}
    assert ("records_letter", "UPDATE") in held_rights
    assert (desk.folder / "var2" / "dispatch" / "2021" / "letter.pdf").read_bytes() == letter.read_bytes()
    done = desk.run(empty, "var2", "verify", "--backup", str(kept))
    assert (done.returncode, "all hold" in done.stdout) == (0, True)

    # Not into what holds something, and not what has been changed: nothing is restored then.
    refused = desk.run(empty, "var3", "restore", str(kept))
    assert (refused.returncode, "the database is not empty" in refused.stderr) == (2, True)
    other = desk.database()
    refused = desk.run(other, "var2", "restore", str(kept))
    assert (refused.returncode, "holds dispatch already" in refused.stderr) == (2, True)
    dump = kept / "database.dump"
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    refused = desk.run(other, "var3", "restore", str(kept))
    assert (refused.returncode, "database.dump has been changed" in refused.stderr) == (2, True)
    assert tables(other) == {}

    # A number that somebody changed in the tables is found by computing the proposal again.
    with psycopg.connect(url(empty)) as inside:
        inside.execute(
            "UPDATE records_proposalline SET number = number + 1 WHERE municipality = '4601' AND proposal_id = "
            "(SELECT id FROM records_proposal WHERE state = 'shared')"
        )
    done = desk.run(empty, "var2", "verify", "--backup", str(kept))
    assert done.returncode == 1
    assert "the numbers that are kept differ for 4601" in done.stdout
    assert "database.dump has been changed" in done.stdout


def test_what_is_missing_or_no_part_of_a_backup_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="is no backup"):
        damaged(tmp_path)
    contents = {
        "format": 1,
        "bosett": "0",
        "made_at": "",
        "server": 1,
        "migrations": [],
        "chains": {},
        "keys": {},
        "files": {"database.dump": ["0" * 64, 3]},
    }
    (tmp_path / "backup.json").write_text(json.dumps(contents), encoding="utf-8")
    (tmp_path / "other").write_text("x", encoding="utf-8")
    assert damaged(tmp_path) == ("database.dump is missing", "other is no part of it")
    (tmp_path / "backup.json").write_text(json.dumps(contents | {"format": 2}), encoding="utf-8")
    with pytest.raises(BadBackup, match="has the form 2"):
        listed_in(tmp_path)


def test_where_the_keys_lie_is_told_and_never_what_they_are() -> None:
    places = whereabouts({"BOSETT_SECRET_KEY_FILE": "/etc/bosett/key", "OIDC_CLIENT_SECRET": "hush", "PORT": "1"})
    assert places == {"BOSETT_SECRET_KEY": "file /etc/bosett/key", "OIDC_CLIENT_SECRET": "environment"}


def test_the_program_fits_the_server_and_its_lack_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tool_for("pg_dump", 18).exists()
    with pytest.raises(NoDatabase, match="install the package postgresql-client-99"):
        tool_for("pg_dump", 99)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert tool_for("pg_dump", 13).name == "pg_dump"  # the wheel's, of a newer version
