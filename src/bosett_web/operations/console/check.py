"""`bosett-web check`."""

import argparse
import os
from collections.abc import Iterator

import psycopg

from bosett_web.operations.console import DONE, FOUND, say
from bosett_web.operations.settings_list import read_environment, setting_faults
from bosett_web.operations.web_server import THREADS, workers

BESIDE = 8
"""Connections that the worker, a command and somebody who looks on hold at most."""
OLDEST = 14
"""The oldest PostgreSQL that the workspace runs on: the oldest that its project mends."""
OWNS = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_get_userbyid(c.relowner) = current_user
"""
MAY_CHANGE = """
SELECT has_table_privilege('journal_event', 'UPDATE') OR has_table_privilege('journal_event', 'DELETE')
FROM pg_class WHERE oid = to_regclass('journal_event')
"""


def run(args: argparse.Namespace) -> int:
    """Tell everything that is missing or weak, and not the first only."""
    faults = [str(fault) for fault in setting_faults(os.environ)]
    if not faults and not args.settings:
        faults += _of_database(read_environment())
    for fault in faults:
        say(fault)
    say(f"{len(faults)} to mend" if faults else "all is as it should be")
    return FOUND if faults else DONE


def _of_database(of: dict[str, str]) -> Iterator[str]:
    try:
        with psycopg.connect(of["DATABASE_URL"], connect_timeout=10) as connection:
            yield from _looked_at(connection, workers(of.get("BOSETT_WEB_WORKERS", "")))
    except psycopg.Error as error:
        yield f"the database does not answer: {' '.join(str(error).split())}"


def _looked_at(connection: psycopg.Connection[tuple[object, ...]], processes: int) -> Iterator[str]:
    def asked(words: str) -> object:
        row = connection.execute(words.encode()).fetchone()
        return row[0] if row else None

    if connection.info.server_version < OLDEST * 10_000:
        yield f"the database is PostgreSQL {connection.info.server_version // 10_000}: {OLDEST} or newer is needed"
    if asked("SHOW server_encoding") != "UTF8":
        yield "the database does not keep its texts as UTF8: make it anew with ENCODING 'UTF8'"
    if asked("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield "DATABASE_URL logs in as a superuser: the application is to have a role that may do nothing else"
    if asked(OWNS):
        yield "the role in DATABASE_URL owns tables: it could change the journal. The owner is a role of its own"
    may_change = asked(MAY_CHANGE)
    if may_change is None:
        yield "there are no tables: run bosett-web migrate"
    elif may_change:
        yield "the role in DATABASE_URL may change the journal: run bosett-web migrate, which takes that right away"
    room, needed = int(str(asked("SHOW max_connections"))), processes * THREADS + BESIDE
    if room < needed:
        yield (
            f"the database takes {room} connections, and {processes} web workers with their {THREADS} threads may hold "
            f"{needed}: raise max_connections, or lower BOSETT_WEB_WORKERS"
        )
