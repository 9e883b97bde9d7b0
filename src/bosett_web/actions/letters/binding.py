"""Binding many letters to one PDF in the background: it takes seconds and half a gigabyte for a whole country.

Nothing of the round is changed, so that nothing is journalled. The same letters are bound once, however many ask.
"""

import os
from collections.abc import Sequence

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from bosett.render import binding
from bosett_web.queries.letters.binding import BINDING, KEPT, bound_file, folder
from bosett_web.queries.letters.letters import contents_of
from bosett_web.queries.letters.text import letter_from


def order(name: str, letters: Sequence[int]) -> None:
    """Have letters bound in the background, unless they are being bound already."""
    task = app.configure_task(BINDING, allow_unknown=True, queueing_lock=f"bind:{name}")
    try:
        task.defer(name=name, letters=list(letters))
    except AlreadyEnqueued:
        return


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
