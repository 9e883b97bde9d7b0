"""A database server of one's own, named in DATABASE_URL: its role owns the tables, and the application has another.

The application's role is made once, at the first start. What it logs in by is kept in the workspace's own folder, so
that a later start changes no role: it needs no right to, and takes no password from a workspace beside it.
"""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

import psycopg
from psycopg import sql

from bosett_web.operations.postgres import NoDatabase

LONGEST_NAME = 63  # bytes of a role's name in PostgreSQL


@dataclass(frozen=True, slots=True)
class Application:
    """What the application logs in by: the name of its role, and the password."""

    role: str
    password: str


def application_on(owner: str, folder: Path) -> str:
    """Return the address of the application on a server; make its role where it is missing.

    Args:
        owner: Address of the database for the role that owns the tables.
        folder: Where the application's password is kept, for its owner alone.

    Raises:
        NoDatabase: The server does not answer, or its role may make no roles: then the words to have it made by.
    """
    parts = urlsplit(owner)
    kept = folder / f"application-{_fingerprint(parts)}.json"
    application = _kept(kept, unquote(parts.path.lstrip("/")))
    try:
        with psycopg.connect(owner, autocommit=True) as connection:
            _make(connection, application)
    except psycopg.Error as error:
        raise NoDatabase(f"the server in DATABASE_URL cannot be used: {error}") from None
    place = parts.netloc.rpartition("@")[2]
    who = f"{quote(application.role)}:{quote(application.password)}"
    address = parts._replace(netloc=f"{who}@{place}").geturl()
    try:
        psycopg.connect(address).close()
    except psycopg.Error as error:
        raise NoDatabase(
            f"the application cannot log in to the server in DATABASE_URL: {error}. Its role {application.role} may "
            f"have been given another password: remove {kept}, and a new role is made at the next start"
        ) from None
    return address


def _fingerprint(parts: SplitResult) -> str:
    """Return what tells one database on one server from another, whoever connects to it."""
    place = f"{parts.netloc.rpartition('@')[2]}{parts.path}?{parts.query}"
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def _kept(path: Path, database: str) -> Application:
    """Return the application's role as it is kept; a new one is kept before it is made, so that it is never lost."""
    if not path.exists():
        ending = f"_app_{secrets.token_hex(4)}"
        name = database.encode()[: LONGEST_NAME - len(ending)].decode(errors="ignore") + ending
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(Application(name, secrets.token_urlsafe(32)))), encoding="utf-8")
        draft.rename(path)
    return Application(**json.loads(path.read_text(encoding="utf-8")))


def _make(connection: psycopg.Connection[tuple[object, ...]], application: Application) -> None:
    """Make the role where it is missing.

    Raises:
        NoDatabase: Who is connected may not.
    """
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [application.role]).fetchone():
        return
    name = application.role.encode()
    # What the server keeps in place of the password: neither its log nor anybody's terminal gets to know it.
    verifier = connection.pgconn.encrypt_password(application.password.encode(), name, b"scram-sha-256").decode()
    words = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
        sql.Identifier(application.role), verifier
    )
    own = connection.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
    if own is None or not own[0]:
        raise NoDatabase(
            "the role in DATABASE_URL may make no roles, and the application needs one of its own, which owns nothing. "
            f"Let somebody who may run this once on that server, and start again:\n\n  {words.as_string(connection)};\n"
        )
    connection.execute(words)
