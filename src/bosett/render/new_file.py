"""A new file at a place the user named: whole or not there, never half-written."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bosett.basis.refusals import Refusal


class NotWritable(Refusal):
    """A file cannot be put where the user asked."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"Cannot write {path}: {why}. Choose a folder that exists and that you may write in.")
        self.path, self.why = path, why


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a file beside `path` to write to, and put it in its place when all went well: nothing is ever half-written.

    Raises:
        NotWritable: The folder is missing or closed to us, or `path` is a folder.
    """
    if not path.parent.is_dir():
        raise NotWritable(path, f"there is no folder {path.parent}")
    if path.is_dir():
        raise NotWritable(path, "it is a folder")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise NotWritable(path, error.strerror or "it is closed to us") from error
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise NotWritable(path, error.strerror or "the file could not be finished") from error
    finally:
        beside.unlink(missing_ok=True)
