"""The versions of a number, as somebody may see them: a municipality's proposals and requests, targets, revised totals.

A version has a name that stands in addresses for ever: `proposal-2`, `not-asked`, `request-1`, `targets-3`,
`revision-1`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from bosett.figures.kinds import Status
from bosett.rounds.parties import Who
from bosett.rounds.states import ProposalState, RevisionState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.former import published
from bosett_web.queries.lines import Line
from bosett_web.queries.revision.revisions import RevisionRow, revisions_of
from bosett_web.queries.sight import sees, sees_numbers, sees_request, sees_run
from bosett_web.queries.standing_rows import People, ProposalRow, Standing, TargetsRow
from bosett_web.records.choices import LetterKind
from bosett_web.records.models import FinalNumber, Letter, ProposalLine, Request
from bosett_web.records.models.letters import CAME

_WITH_NUMBERS = frozenset({ProposalState.COMPUTED, ProposalState.SHARED})


class VersionKind(StrEnum):
    """What a version of a number is."""

    PROPOSAL = "proposal"
    NOT_ASKED = "not-asked"
    REQUEST = "request"
    TARGETS = "targets"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class ExplainedVersion:
    """A version of a number.

    Attributes:
        kind: What it is.
        version: Which of its kind; 1 of the frozen number that is none.
        number: Persons; None is not set.
        day: When it was computed, set or decided; None is not known.
        reason: What was given as the reason; may be empty.
        sent_on: Of a request: when its letter went; None when it has not.
        row: The run, the targets or the revision that it is of; None of a request.
    """

    kind: VersionKind
    version: int
    number: int | None
    day: date | None
    reason: str = ""
    sent_on: date | None = None
    row: ProposalRow | TargetsRow | RevisionRow | None = None

    @property
    def key(self) -> str:
        """What it is called in addresses."""
        return str(self.kind) if self.kind is VersionKind.NOT_ASKED else f"{self.kind}-{self.version}"


def versions_of_municipality(at: Standing, line: Line, who: Who, moment: datetime) -> tuple[ExplainedVersion, ...]:
    """Return the versions of a municipality's number that somebody may see, the oldest first; in four queries at most.

    Args:
        at: The round as it stands.
        line: The municipality's line, as they may see it.
        who: Who looks.
        moment: When.
    """
    return (
        *_proposals(at, line, who, moment),
        *_not_asked(at, line, who, moment),
        *_requests(at, line, who, moment),
    )


def versions_of_target(rows: Sequence[TargetsRow], county: str) -> tuple[ExplainedVersion, ...]:
    """Return the versions of a target, the oldest first.

    Args:
        rows: The versions of the targets that the reader may see.
        county: The county; empty for the country.
    """
    return tuple(
        ExplainedVersion(VersionKind.TARGETS, row.version, people_of(row, county).number, row.day, row.note, row=row)
        for row in rows
    )


def versions_of_revised(at: Standing, who: Who, moment: datetime) -> tuple[ExplainedVersion, ...]:
    """Return the decided revisions of the national total that somebody may see, the oldest first. One query."""
    return tuple(
        ExplainedVersion(VersionKind.REVISION, row.version, row.total, row.decided_on, row.why, row=row)
        for row in reversed(revisions_of(at.year))
        if row.state == RevisionState.DECIDED and sees(who, Thing.REVISION, row.state, at, moment)
    )


def people_of(row: TargetsRow, county: str) -> People:
    """Return what a version of the targets sets for a county, or for the country when that is empty."""
    return row.counties.get(county, People(None)) if county else row.national


def _proposals(at: Standing, line: Line, who: Who, moment: datetime) -> list[ExplainedVersion]:
    runs = [
        row
        for row in at.proposals
        if row.state in _WITH_NUMBERS and sees_run(who, at, moment, row, line.code, sent=line.sent is not None)
    ]
    rows = ProposalLine.objects.filter(proposal__in=[row.id for row in runs], municipality=line.code)
    numbers = dict(rows.values_list("proposal", "number")) if runs else {}
    return [
        ExplainedVersion(VersionKind.PROPOSAL, row.version, numbers[row.id], row.day, row=row)
        for row in runs
        if row.id in numbers
    ]


def _not_asked(at: Standing, line: Line, who: Who, moment: datetime) -> list[ExplainedVersion]:
    """Return the frozen number when it is that the municipality is not asked; a later request leaves it as it was."""
    if not at.is_frozen:
        return []
    if at.is_former:
        figure = published(at.year, line.code, timezone.localdate(moment), at.figures)
        is_it = line.asked_for is None and figure.status is Status.NOT_ASKED
    else:
        is_it = FinalNumber.objects.filter(round=at.year, municipality=line.code, number=0).exists()
    if not is_it or not (sees_numbers(who, at, moment, line.county) or _is_told(at, line, who)):
        return []
    day = None if at.frozen_at is None else timezone.localdate(at.frozen_at)
    return [ExplainedVersion(VersionKind.NOT_ASKED, 1, 0, day, line.final_reason)]


def _is_told(at: Standing, line: Line, who: Who) -> bool:
    """Tell whether its own letter has told a municipality that it is not asked."""
    if not may_see(who, Thing.NUMBER, "sent", line.county, line.code):
        return False
    return Letter.objects.filter(CAME, round=at.year, receiver=line.code, kind=LetterKind.NOT_ASKED).exists()


def _requests(at: Standing, line: Line, who: Who, moment: datetime) -> list[ExplainedVersion]:
    rows = Request.objects.filter(round=at.year, municipality=line.code).order_by("version")
    versions = []
    for row in rows:
        sent_on = None if row.sent_at is None else timezone.localdate(row.sent_at)
        decided_on = row.day if row.version > 1 else None
        if sees_request(who, at, moment, line.county, line.code, decided_on=decided_on, sent=row.sent_at is not None):
            versions.append(
                ExplainedVersion(VersionKind.REQUEST, row.version, row.number, row.day, row.reason, sent_on)
            )
    return versions
