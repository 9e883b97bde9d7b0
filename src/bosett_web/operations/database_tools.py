"""PostgreSQL's own programs for copying a database out and in: the server's, or those that come with a wheel."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bosett_web.operations.postgres import NoDatabase, binaries

DEBIAN = Path("/usr/lib/postgresql")
_MAJOR = re.compile(r"\(PostgreSQL\) (\d+)")


def run_tool(name: str, url: str, words: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs on a database; its password is seen by no other process.

    Args:
        name: `pg_dump` or `pg_restore`.
        url: Address of the database.
        words: What it is told besides.

    Raises:
        NoDatabase: There is no program for the server's version, the server does not answer, or the program fails.
    """
    parameters: dict[str, str] = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    password = parameters.pop("password", "")
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    command = [
        str(tool_for(name, server_major(url))),
        f"--dbname={make_conninfo(**parameters)}",
        "--no-password",
        *words,
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        raise NoDatabase(f"{name} failed: {' '.join(done.stderr.split())[-600:]}")


def server_major(url: str) -> int:
    """Return the major version of a server.

    Raises:
        NoDatabase: It does not answer.
    """
    try:
        with psycopg.connect(url) as connection:
            return connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise NoDatabase(f"the database does not answer: {' '.join(str(error).split())}") from None


def tool_for(name: str, major: int) -> Path:
    """Return the program that fits a server best: of its own version, else of the next newer one that there is.

    Raises:
        NoDatabase: There is none that is new enough.
    """
    versions = ((_version(path), path) for path in _candidates(name, major))
    paths = {version: path for version, path in versions if version is not None and version >= major}
    if not paths:
        raise NoDatabase(
            f"there is no {name} for PostgreSQL {major} here: install the package postgresql-client-{major}"
        )
    return paths[min(paths)]


def _candidates(name: str, major: int) -> Iterator[Path]:
    """Yield where the program may lie; the last one of a version counts."""
    own = binaries() / name
    if own.exists():
        yield own
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)
    of_debian = DEBIAN / str(major) / "bin" / name
    if of_debian.exists():
        yield of_debian


def _version(path: Path) -> int | None:
    """Return the major version of a program; None when it does not tell."""
    done = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False)  # noqa: S603 (as above)
    match = _MAJOR.search(done.stdout)
    return int(match[1]) if match else None
