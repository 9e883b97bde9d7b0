"""How much space there is: the only place that asks the disk, and that knows how its lack looks.

Nothing is written when little is left, so that the database never meets a disk that is full: one that can write its
log no more stops altogether, and nobody could read. A database elsewhere tells by its refusal.
"""

import errno
import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction

LEAST = 128 * 1024 * 1024
"""Bytes that are left free: room for a country's letters in the tables and in the database's log, and as much again."""
PROBE = """
CREATE TEMPORARY TABLE space_probe AS SELECT repeat('x', 100) FROM generate_series(1, 10000);
DROP TABLE space_probe
"""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_told_full = False


def left() -> int:
    """Return how many bytes are free where the workspace keeps what it keeps."""
    folder = Path(settings.VAR)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def is_short() -> bool:
    """Tell whether so little is left that nothing more is written."""
    return left() < LEAST


def is_no_space(error: BaseException | None) -> bool:
    """Tell whether an error, or one that it came from, says that a disk is full: ours, or the database's."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull) or (isinstance(error, OSError) and error.errno in _FULL):
            return True
        error = error.__cause__ or error.__context__
    return False


def tell_full() -> None:
    """Remember that the database has refused to write for want of space."""
    global _told_full  # noqa: PLW0603 (it is this process that was refused)
    _told_full = True


def database_is_full() -> bool:
    """Tell whether the database refuses to write for want of space; once it has, by letting it try again.

    Raises:
        DatabaseError: It refuses for another reason.
    """
    global _told_full  # noqa: PLW0603 (as above)
    if _told_full:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(PROBE)
            _told_full = False
        except DatabaseError as error:
            if not is_no_space(error):
                raise
    return _told_full
