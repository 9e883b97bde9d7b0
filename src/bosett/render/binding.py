"""Many letters to one PDF in a box: a whole country takes seconds and half a gigabyte, which goes back with the box."""

import json
from collections.abc import Sequence

from bosett.basis.box import Limits, boxed
from bosett.documents.letters import Letter
from bosett.render.typeset import NotTypeset, merge

LIMITS = Limits(seconds=600, memory=4 << 30)
_BEGINS = b"%PDF-"


def bind(letters: Sequence[Letter], limits: Limits = LIMITS) -> bytes:
    """Return many letters as one PDF, as `merge` does.

    Raises:
        NotTypeset: It cannot be set, or not without a warning.
        Broken: It needs more time or memory than it may have.
    """
    answer = boxed(bound, tuple(letters), limits=limits)
    if not answer.startswith(_BEGINS):
        raise NotTypeset(**json.loads(answer))
    return answer


def bound(letters: Sequence[Letter]) -> bytes:
    """Return what is done in the box: a PDF, or as JSON why there is none."""
    try:
        return merge(letters)
    except NotTypeset as fault:
        return json.dumps({"title": fault.title, "why": fault.why}).encode()
