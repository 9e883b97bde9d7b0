"""Which documents of a round are public now, taken from the list of them as the public may see it.

It is read by who publishes. The documents themselves are read one by one at their own addresses, which ask each time
whether they are withheld.
"""

from collections.abc import Iterator
from datetime import datetime

from bosett.rounds.open_round import OpenDocument
from bosett.rounds.parties import PUBLIC
from bosett.rounds.visibility import Thing
from bosett_web.queries.round.documents import DocumentRow, documents
from bosett_web.queries.sight import sees
from bosett_web.queries.standing_rows import Standing
from bosett_web.records.choices import AnsweredTo, DocumentKind
from bosett_web.records.models import InformationAnswer

ANSWER = "answer"
"""The kind of what is answered to all counties; it is none of those that can be withheld."""
_OF_VERSIONS = frozenset({DocumentKind.RECOMMENDATION, DocumentKind.DECISION})


def open_documents(whole: Standing, moment: datetime) -> tuple[OpenDocument, ...]:
    """Return the documents that are public at a moment, and those that are told to be withheld, the newest first."""
    rows = [*map(_open, documents(whole, PUBLIC, moment)), *_answers(whole, moment)]
    return tuple(sorted(rows, key=lambda each: (-each.day.toordinal(), each.kind, each.about, each.key)))


def _open(row: DocumentRow) -> OpenDocument:
    return OpenDocument(
        kind=row.kind,
        key=row.key,
        day=row.day,
        about=row.about,
        letter=row.letter,
        version=row.number if row.kind in _OF_VERSIONS and not row.closed else None,
        has_file=row.kind == DocumentKind.DECISION and bool(row.name),
        ground=row.withheld.ground if row.withheld else "",
        detail=row.withheld.detail if row.withheld else "",
    )


def _answers(whole: Standing, moment: datetime) -> Iterator[OpenDocument]:
    if not sees(PUBLIC, Thing.INFORMATION, AnsweredTo.TO_ALL, whole, moment):
        return
    rows = InformationAnswer.objects.filter(round=whole.year, to=AnsweredTo.TO_ALL).order_by("pk")
    for identity, day in rows.values_list("pk", "day"):
        yield OpenDocument(ANSWER, str(identity), day, "", "", None, has_file=False, ground="", detail="")
