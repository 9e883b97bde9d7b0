"""Binding many letters to one PDF in the background: it takes seconds and half a gigabyte for a whole country.

Nothing of the round is changed, so that nothing is journalled. The same letters are bound once, however many ask.
"""

import os
from collections.abc import Sequence

from bosett.render import binding
from bosett_web.actions import tasks
from bosett_web.queries.letters.bound import KEPT, bound_file, folder
from bosett_web.queries.letters.letters import contents_of
from bosett_web.queries.letters.text import letter_from
from bosett_web.records.tasks import Task


def order(name: str, letters: Sequence[int]) -> None:
    """Have letters bound in the background, unless they are being bound already."""
    tasks.order(Task.BIND_LETTERS, once=f"bind:{name}", name=name, letters=list(letters))


def bind(name: str, letters: Sequence[int]) -> None:
    """Bind letters and lay the file where it is looked for, whole or not at all.

    Raises:
        NotTypeset: They cannot be set.
        Broken: There are more than can be bound within the limits.
    """
    made = binding.bind([letter_from(content) for content in contents_of(letters)])
    path = bound_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(made)
    draft.replace(path)
    for old in sorted(folder().glob("*.pdf"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
