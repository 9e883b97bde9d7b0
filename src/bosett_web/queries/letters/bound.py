"""Many letters as one PDF: where it lies when it has been bound, under a name that says of which letters."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from bosett_web.queries.letters.letters import LetterRow

FEW = 60
"""Letters that are bound while the reader waits, a county's at most: about a second."""
KEPT = 4
"""Bound files that are kept, the newest: each is made again when it is asked for."""


def bound_name(rows: Sequence[LetterRow]) -> str:
    """Return the name of the file that holds these letters as they are now."""
    contents = ",".join(f"{row.id}:{row.sha256}" for row in rows)
    return f"{hashlib.sha256(contents.encode()).hexdigest()[:40]}.pdf"


def bound_file(name: str) -> Path:
    """Return where a bound file lies, or will."""
    return folder() / name


def folder() -> Path:
    """Return the folder of bound files: what lies there can be made again at any time."""
    return Path(settings.VAR) / "bound"
