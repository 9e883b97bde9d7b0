"""That a round has been taken out for the archive is journalled, by whoever runs the workspace."""

from collections.abc import Callable

from django.db import transaction

from bosett_web.actions.doing import note
from bosett_web.actions.numbers.numbers import subject_of
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry

EVENT = "round.archive"


def take_out(*, year: int, documents: int, sha256: str, place: Callable[[], None]) -> Event:
    """Journal that the documents of a round have been taken out, and put them in their place in the same transaction.

    Args:
        year: Settlement year.
        documents: How many they are.
        sha256: Of the list of their sums.
        place: Gives what has been written its name; when it raises, nothing is journalled.
    """
    with transaction.atomic(durable=True):
        event = note(None, Entry(EVENT, subject_of(year), year, after={"documents": documents, "sha256": sha256}))
        place()
    return event
