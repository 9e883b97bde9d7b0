"""The documents of a round as an archive is to have them: each that has been sent or has come, once, oldest first.

A letter to each receiver is a document of its own, as it is sent as one. What nobody has got yet is none; what of the
list of documents is therefore left out can be told.

Beside them stand the alternatives to the criteria that others have seen, and the rules of both.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bosett.rounds.parties import Party, Who
from bosett.rounds.states import CriteriaState
from bosett_web.queries.decisions.decisions import decision_key
from bosett_web.queries.letters.letters import LetterRow, document_of, file_of, letter_rows
from bosett_web.queries.letters.references import reference_of_document
from bosett_web.queries.round.criteria import text_of_rules
from bosett_web.queries.round.documents import DocumentRow, documents
from bosett_web.queries.rows import rows_of
from bosett_web.queries.standing_rows import Standing, WithheldRow
from bosett_web.records.choices import DocumentKind, LetterKind
from bosett_web.records.models import Attachment, CriteriaAlternative, Decision, Letter

DIRECTORATE = Who(None, Party.DIRECTORATE)
"""Who keeps the archive of a round, whoever of them it is."""
OWN, KS = (Party.DIRECTORATE, ""), (Party.KS, "")
"""Role and area of who keeps the archive, and of who gets a copy of each letter."""
Place = tuple[str, str]
"""A role and its area."""


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """A document that has been sent or has come.

    Attributes:
        kind: Kind of document.
        key: Which of its kind.
        id: Identity of its row: of a letter, an attachment or a decision.
        reference: What an archive calls it.
        title: The heading of a letter, or the name of an attachment; empty for a decision.
        day: Its date.
        moved_on: The day on which it was sent or came.
        sender: Whom it is from.
        receiver: Whom it is to.
        copies: Who has got a copy.
        version: Version of a decision; 0 for the others.
        attached: Name of the document that came with a decision; empty when there is none.
        sha256: Hash of the file that is kept; empty when there is none.
        withheld: That it is withheld from the public, and why.
    """

    kind: str
    key: str
    id: int
    reference: str
    title: str
    day: date
    moved_on: date
    sender: Place
    receiver: Place
    copies: tuple[Place, ...] = ()
    version: int = 0
    attached: str = ""
    sha256: str = ""
    withheld: WithheldRow | None = None

    @property
    def incoming(self) -> bool:
        """Whether it has come to the directorate."""
        return self.receiver == OWN


@dataclass(frozen=True, slots=True)
class ArchivedAlternative:
    """An alternative to the criteria that others have seen, also one that has been taken away since.

    Attributes:
        name: What it is called.
        comment: What is said of it.
        state: How far it has come.
        file: Id of its rule.
        kept_on: When it was kept.
        kept_by: Name of the person who kept it.
        shared_on: When others saw it.
        retired_on: When it was taken away; None for one that has not been.
    """

    name: str
    comment: str
    state: str
    file: str
    kept_on: date
    kept_by: str
    shared_on: date
    retired_on: date | None


def archived_alternatives(year: int) -> tuple[ArchivedAlternative, ...]:
    """Return the alternatives of a round that others have seen, in the order in which they were kept. One query."""
    rows = CriteriaAlternative.objects.filter(round=year, shared_on__isnull=False).order_by("pk")
    return rows_of(ArchivedAlternative, rows, kept_by="kept_by__name")


def archived_rules(at: Standing, alternatives: Iterable[ArchivedAlternative]) -> Mapping[str, str]:
    """Return the text of each rule that the criteria of a round and its alternatives name, by its id.

    What the committee has only drafted is none of them. A rule that there is no file of is left out: the journal has
    its id and its hash.
    """
    named = {row.file for row in at.criteria if row.state != CriteriaState.DRAFTED} | {row.file for row in alternatives}
    return {name: text for name in sorted(named) if (text := text_of_rules(name))}


def archived_documents(at: Standing) -> tuple[ArchivedDocument, ...]:
    """Return the documents of a round, in the order in which they were sent or came."""
    rows = (*_letters(at), *_attachments(at), *_decisions(at))
    return tuple(sorted(rows, key=lambda row: (row.moved_on, row.reference)))


def left_out(at: Standing, rows: Iterable[ArchivedDocument], moment: datetime) -> tuple[DocumentRow, ...]:
    """Return what stands in the directorate's list of documents and has not been sent or has not come."""
    archived = {(row.kind, row.key) for row in rows}
    return tuple(row for row in documents(at, DIRECTORATE, moment) if (row.kind, row.key) not in archived)


def file_of_document(row: ArchivedDocument) -> bytes:
    """Return the file of a document as it is kept; of a decision what came with it."""
    if row.kind == DocumentKind.ATTACHMENT:
        return bytes(Attachment.objects.values_list("content", flat=True).get(pk=row.id))
    if row.kind == DocumentKind.DECISION:
        return bytes(Decision.objects.values_list("content", flat=True).get(pk=row.id) or b"")
    return file_of(row.id)


def _letters(at: Standing) -> Iterator[ArchivedDocument]:
    letters = [row for row in letter_rows(at.year) if row.has_come]
    titles = dict(Letter.objects.filter(round=at.year).order_by("pk").values_list("pk", "title"))
    for row in letters:
        kind, key = document_of(row)
        other = _place(row)
        incoming = row.kind == LetterKind.RECOMMENDATION
        yield ArchivedDocument(
            kind=kind,
            key=key,
            id=row.id,
            reference=row.reference,
            title=titles[row.id],
            day=row.day,
            moved_on=timezone.localdate(row.delivered_at) if row.delivered_at else row.day,
            sender=other if incoming else OWN,
            receiver=OWN if incoming else other,
            copies=(KS,),
            sha256=row.sha256,
            withheld=at.withheld.get((kind, key)),
        )


def _place(row: LetterRow) -> Place:
    one = len(row.receiver) == len("46")
    return (Party.COUNTY if one else Party.MUNICIPALITY), row.receiver


def _attachments(at: Standing) -> Iterator[ArchivedDocument]:
    """Yield what is attached to recommendations that others have seen; withheld with the whole, each is withheld."""
    rows = Attachment.objects.filter(recommendation__round=at.year, shown_on__isnull=False).defer("content")
    numbers = Counter[str]()
    for row in rows.select_related("recommendation").order_by("recommendation__county", "shown_on", "pk"):
        county, key = row.recommendation.county, str(row.pk)
        numbers[county] += 1
        whole = at.withheld.get((DocumentKind.RECOMMENDATION, county))
        yield ArchivedDocument(
            kind=DocumentKind.ATTACHMENT,
            key=key,
            id=row.pk,
            reference=reference_of_document(at.year, county, DocumentKind.ATTACHMENT, numbers[county]),
            title=row.name,
            day=row.day,
            moved_on=row.shown_on or row.day,
            sender=(Party.COUNTY, county),
            receiver=OWN,
            sha256=row.sha256,
            withheld=at.withheld.get((DocumentKind.ATTACHMENT, key)) or whole,
        )


def _decisions(at: Standing) -> Iterator[ArchivedDocument]:
    """Yield the decisions that were recorded here; of those that figures tell there is no document."""
    rows = Decision.objects.filter(round=at.year, source="").defer("content")
    for row in rows.order_by("municipality", "version"):
        reference = reference_of_document(at.year, row.municipality, DocumentKind.DECISION, row.version)
        key = decision_key(row.municipality, row.version)
        yield ArchivedDocument(
            kind=DocumentKind.DECISION,
            key=key,
            id=row.pk,
            reference=reference,
            title="",
            day=row.decided_on or row.day,
            moved_on=row.day,
            sender=(Party.MUNICIPALITY, row.municipality),
            receiver=OWN,
            version=row.version,
            attached=row.name,
            sha256=row.sha256,
            withheld=at.withheld.get((DocumentKind.DECISION, key)),
        )
