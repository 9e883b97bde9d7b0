"""A backup: the database as it stood at one moment, the files beside it, and a list with the sum of each.

    backup(url, folder) -> BackupList     restore(url, folder) -> BackupList      damaged(folder) -> what is wrong

Keys and passwords are no part of it: the list tells which settings hold them, and where they lie.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from bosett import __version__
from bosett.basis.refusals import Refusal
from bosett_web.operations.database_tools import run_tool
from bosett_web.operations.settings_list import SETTINGS

FORMAT = 1
LIST, DUMP, FILES = "backup.json", "database.dump", "files"
KEPT = ("dispatch", "bound")
"""Folders of BOSETT_VAR whose files are kept: letters sent by the channel `folder`, and letters bound to one file."""
TABLES = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
"""
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
HEADS = "SELECT chain, number, hash FROM journal_head ORDER BY chain"


class BadBackup(Refusal):
    """A backup cannot be made, is not whole, or does not fit where it is to be restored."""


@dataclass(frozen=True, slots=True)
class BackupList:
    """What a backup holds.

    Attributes:
        format: Version of this list.
        bosett: Version that made it.
        made_at: When, with its zone.
        server: Version of the database server.
        migrations: Which migrations the tables are of, as app.name.
        chains: Last number and hash of each chain of the journal.
        files: Sum and size of each file, by its place in the backup.
        keys: Which secrets the installation has, and where each lies: in the environment, or in a file.
    """

    format: int
    bosett: str
    made_at: str
    server: int
    migrations: tuple[str, ...]
    chains: Mapping[str, tuple[int, str]]
    files: Mapping[str, tuple[str, int]]
    keys: Mapping[str, str]


def backup(url: str, folder: Path, at: datetime, of: Mapping[str, str] = os.environ) -> BackupList:
    """Lay a backup in a folder that is not there yet; it gets its name when it is whole.

    Args:
        url: Address of the database, for the owner of its tables.
        folder: Where.
        at: The moment.
        of: The environment, for where the keys lie.

    Raises:
        BadBackup: The folder is there, or the database holds no workspace.
        NoDatabase: The database does not answer, or cannot be copied.
    """
    if folder.exists():
        raise BadBackup(f"{folder} is there already: name a folder that is not, as each backup has its own")
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        if connection.execute("SELECT to_regclass('journal_head')").fetchone() == (None,):
            raise BadBackup("the database holds no workspace: there is nothing to keep")
        # The copy, the journal's heads and the migrations are of one moment.
        (moment,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        run_tool("pg_dump", url, ["--format=custom", f"--snapshot={moment}", f"--file={draft / DUMP}"])
        migrations = tuple(f"{app}.{name}" for app, name in connection.execute(MIGRATIONS))
        chains = {chain: (number, seal) for chain, number, seal in connection.execute(HEADS)}
        server = connection.info.server_version
    _copy(Path(settings.VAR), draft / FILES)
    sums = {str(path.relative_to(draft)): _sum(path) for path in sorted(draft.rglob("*")) if path.is_file()}
    made = BackupList(FORMAT, __version__, at.isoformat(), server, migrations, chains, sums, whereabouts(of))
    (draft / LIST).write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.rename(folder)
    return made


def restore(url: str, folder: Path) -> BackupList:
    """Bring a backup into an empty database, and its files to where they lay; the list is returned.

    Args:
        url: Address of the database, for who is to own its tables.
        folder: The backup.

    Raises:
        BadBackup: It is not whole, is of a newer version, or there is something already where it is to be.
        NoDatabase: The database does not answer, or does not take it.
    """
    contents = listed_in(folder)
    if faults := damaged(folder):
        raise BadBackup(f"{folder} is not as it was made: {'; '.join(faults)}. Nothing has been restored")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := [each for each in contents.migrations if each not in known]:
        raise BadBackup(
            f"{folder} was made by Bosett {contents.bosett}, whose tables this version {__version__} does not know "
            f"({', '.join(newer)}): install that version, and restore by it"
        )
    with psycopg.connect(url) as connection:
        row = connection.execute(TABLES.encode()).fetchone()
    if row and row[0]:
        raise BadBackup("the database is not empty: a backup is restored into a new one, and nothing is written over")
    var = Path(settings.VAR)
    if taken := [name for name in KEPT if any((var / name).rglob("*"))]:
        raise BadBackup(f"{var} holds {' and '.join(taken)} already: name an empty folder in BOSETT_VAR")
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(folder / DUMP)]
    run_tool("pg_restore", url, options)
    _copy(folder / FILES, var)
    return contents


def damaged(folder: Path) -> tuple[str, ...]:
    """Return what of a backup is not as it was made: files that are missing, changed, or not of it.

    Raises:
        BadBackup: It is none.
    """
    contents = listed_in(folder)
    here = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {LIST}
    faults = [f"{name} is missing" for name in contents.files if name not in here]
    faults += [f"{name} is no part of it" for name in sorted(here - set(contents.files))]
    faults += [
        f"{name} has been changed"
        for name in contents.files
        if name in here and _sum(folder / name) != contents.files[name]
    ]
    return tuple(faults)


def listed_in(folder: Path) -> BackupList:
    """Return the list of a backup.

    Raises:
        BadBackup: There is none, or one that cannot be read.
    """
    try:
        fields: dict[str, Any] = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise BadBackup(f"{folder / LIST} has the form {fields['format']}: this version reads {FORMAT}")
        fields["migrations"] = tuple(fields["migrations"])
        fields["chains"] = {name: tuple(each) for name, each in fields["chains"].items()}
        fields["files"] = {name: tuple(each) for name, each in fields["files"].items()}
        return BackupList(**fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadBackup(f"{folder} is no backup: {LIST} cannot be read ({type(fault).__name__})") from None


def whereabouts(of: Mapping[str, str]) -> dict[str, str]:
    """Return where each secret that an installation has lies: never what it is."""
    places = {}
    for setting in SETTINGS:
        if setting.secret and of.get(f"{setting.name}_FILE"):
            places[setting.name] = f"file {of[f'{setting.name}_FILE']}"
        elif setting.secret and of.get(setting.name):
            places[setting.name] = "environment"
    return places


def _copy(source: Path, target: Path) -> None:
    for name in KEPT:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)


def _sum(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def chains_that_differ(kept: BackupList, now: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Yield the chains of the journal that are not as a backup has them."""
    yield from sorted(name for name in {*kept.chains, *now} if kept.chains.get(name) != now.get(name))
