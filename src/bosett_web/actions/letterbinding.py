"""Binding many letters to one PDF in the background: it takes seconds and half a gigabyte for a whole country.

Nothing of the round is changed, so that nothing is journalled. The same letters are bound once, however many ask.
"""

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from bosett.render.typeset import merge
from bosett_web.queries.binding import BINDING, KEPT, bound_file, folder
from bosett_web.queries.letters import contents_of
from bosett_web.queries.lettertext import letter_from


def order(name: str, letters: Sequence[int]) -> None:
    """Have letters bound in the background, unless they are being bound already."""
    task = app.configure_task(BINDING, allow_unknown=True, queueing_lock=f"bind:{name}")
    try:
        task.defer(name=name, letters=list(letters))
    except AlreadyEnqueued:
        return


def bind(name: str, letters: Sequence[int]) -> None:
    """Bind letters and lay the file where it is looked for, whole or not at all.

    The compiler's memory goes back with the process that it ran in.

    Raises:
        NotTypeset: They cannot be set.
    """
    texts = [letter_from(content) for content in contents_of(letters)]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        made = process.submit(merge, texts).result()
    path = bound_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(made)
    draft.replace(path)
    for old in sorted(folder().glob("*.pdf"), key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
