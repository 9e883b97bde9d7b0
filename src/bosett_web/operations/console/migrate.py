"""`bosett-web migrate`."""

import argparse

import psycopg

from bosett_web.operations.console import DONE, say
from bosett_web.operations.postgres import NoDatabase
from bosett_web.operations.preparing import prepare


def run(args: argparse.Namespace) -> int:
    """Bring the tables up to date, and give the application's role its rights.

    Raises:
        NoDatabase: The application cannot log in, or logs in as the owner.
    """
    role = role_of(args.application, "DATABASE_URL")
    if role == role_of(args.owner, "BOSETT_OWNER_URL"):
        raise NoDatabase(
            f"DATABASE_URL and BOSETT_OWNER_URL both log in as {role}: the application must own no table, or it could "
            "change the journal. Give it a role of its own"
        )
    prepare(role)
    say(f"the tables are up to date, and {role} has its rights")
    return DONE


def role_of(url: str, name: str) -> str:
    """Return who an address logs in as, by the server's own word.

    Raises:
        NoDatabase: It gives no way in.
    """
    try:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_user").fetchone()
    except psycopg.Error as error:
        raise NoDatabase(f"{name} gives no way into the database: {' '.join(str(error).split())}") from None
    return str(row[0]) if row else ""
