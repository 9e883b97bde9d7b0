"""A database server of one's own for a test: the embedded one, with an operations team's roles and ways in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from bosett_web.operations import postgres
from bosett_web.operations.postgres import Postgres
from web_database import FORGETFUL

OVERSEER = "overseer"
"""Who may do anything there."""
PASSWORD = "only-for-tests"  # noqa: S105 (of a server that the test itself makes)


@contextmanager
def own_server(folder: Path, made: Sequence[str] = ()) -> Iterator[Postgres]:
    """Run a server in which everybody logs in by a password.

    Args:
        folder: Where it keeps its data.
        made: Statements that make its roles and databases.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres, "HBA", "local all all scram-sha-256\n")
        patch.setattr(Postgres, "start", lambda _: None)
        with Postgres(folder, FORGETFUL) as server:
            overseer = f"CREATE ROLE {OVERSEER} LOGIN SUPERUSER PASSWORD '{PASSWORD}'"
            server._alone(server.data, [overseer, *made])  # noqa: SLF001 (a superuser gives rights, and cannot log in)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres, "HBA", "local all bosett_app peer map=bosett\nlocal all all scram-sha-256\n")
        with Postgres(folder, FORGETFUL) as running:
            yield running


def address(server: Postgres, role: str, database: str) -> str:
    """Return a role's way into a database."""
    return f"postgresql://{role}:{PASSWORD}@/{database}?host={quote(str(server.sockets))}"
