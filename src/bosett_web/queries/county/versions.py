"""Versions of a county's recommendation and what differs between two; and the documents attached to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bosett.rounds.columns import OWN
from bosett.rounds.parties import Who
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.standing_rows import RecommendationRow, Standing, WithheldRow
from bosett_web.records.choices import DocumentKind
from bosett_web.records.models import Attachment, RecommendationLine, RecommendationVersion

FIELDS = (*OWN, "outcome", "outcome_under15", "outcome_from15", "outcome_reason", "outcome_by")
"""What a version keeps of each line."""
Lines = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A kept version: its number, how it was made, its name, day, and the sum of its numbers, if any, in persons."""

    version: int
    made: str
    name: str
    day: date
    total: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one municipality that differs between two versions."""

    municipality: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A document of the county's decision: bytes are read when it is fetched; `draft` is one that no other has seen."""

    id: int
    name: str
    size: int
    sha256: str
    day: date
    draft: bool = False


def versions(recommendation: int) -> tuple[VersionRow, ...]:
    """Return the versions of a recommendation, the newest first."""
    rows = RecommendationVersion.objects.filter(recommendation=recommendation).order_by("-version")
    return tuple(VersionRow(row.version, row.made, row.name, row.day, _sum(row.lines.values())) for row in rows)


def _sum(lines: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the sum of the numbers that there are; None when there is none."""
    numbers = [line["number"] for line in lines if line["number"] is not None]
    return sum(numbers) if numbers else None


def lines_of(recommendation: int, version: int | None) -> Lines | None:
    """Return the lines of a version (None: as they are now) by municipality, or None when there is no such version."""
    if version is None:
        rows = RecommendationLine.objects.filter(recommendation=recommendation).order_by("municipality")
        return {row.pop("municipality"): row for row in rows.values("municipality", *FIELDS)}
    kept = RecommendationVersion.objects.filter(recommendation=recommendation, version=version).first()
    return kept.lines if kept else None


def beside_of(recommendation: int, version: int) -> Mapping[str, Any]:
    """Return what stood beside a version's numbers when it was kept."""
    rows = RecommendationVersion.objects.filter(recommendation=recommendation, version=version)
    beside: Mapping[str, Any] = rows.values_list("beside", flat=True).get()
    return beside


def differences(before: Lines, after: Lines) -> tuple[Difference, ...]:
    """Return what differs between two versions, by municipality and in the order of the fields."""
    return tuple(
        Difference(code, field, before.get(code, {}).get(field), after.get(code, {}).get(field))
        for code in sorted({*before, *after})
        for field in FIELDS
        if before.get(code, {}).get(field) != after.get(code, {}).get(field)
    )


def attachments(recommendation: int) -> tuple[AttachmentRow, ...]:
    """Return the documents attached, in their order."""
    rows = Attachment.objects.filter(recommendation=recommendation).order_by("pk")
    return tuple(
        AttachmentRow(row.pk, row.name, row.size, row.sha256, row.day, draft=row.shown_on is None)
        for row in rows.defer("content")
    )


def attachments_for(
    at: Standing, who: Who, row: RecommendationRow
) -> tuple[tuple[AttachmentRow, ...], tuple[WithheldRow, ...]]:
    """Return the documents attached that somebody may have, and what is withheld from them of the others.

    Args:
        at: The round as it stands.
        who: Who looks, and sees the recommendation.
        row: The recommendation.
    """
    party = may_see(who, Thing.RECOMMENDATION, row.state, row.county)
    documents = attachments(row.id)
    withheld = {each.id: at.withheld.get((DocumentKind.ATTACHMENT, str(each.id))) for each in documents}
    if party:
        return documents, ()
    return tuple(each for each in documents if withheld[each.id] is None), tuple(
        row for row in withheld.values() if row
    )


def attachment(recommendation: int, identity: int) -> tuple[str, bytes] | None:
    """Return name and bytes of a document, or None."""
    document = Attachment.objects.filter(recommendation=recommendation, pk=identity).first()
    return (document.name, bytes(document.content)) if document else None
