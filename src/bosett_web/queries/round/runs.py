"""The runs of all rounds, as somebody may see them: what each was computed from, and what it came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from bosett.rounds.parties import Who
from bosett.rounds.states import ProposalState
from bosett_web.queries.sight import seen
from bosett_web.queries.standing import kept_standing, years
from bosett_web.queries.standing_rows import ProposalRow, Standing
from bosett_web.records.models import Proposal, ProposalLine

_WITH_NUMBERS = frozenset({ProposalState.COMPUTED, ProposalState.SHARED})


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run that has come to numbers.

    Attributes:
        id: Its identity.
        year: Settlement year.
        version: Which of the year; the first is 1.
        state: Of the proposal.
        day: When it was ordered: it knows what was known then.
        criteria_file: The rules that it was computed by.
        targets: Version of the targets that it shares; None when that is not among those that the reader sees.
        total: Persons.
        rules: The version of the code.
        inputs_sha256: Of all that it was computed from.
        result_sha256: Of its numbers and steps.
    """

    id: int
    year: int
    version: int
    state: str
    day: date
    criteria_file: str
    targets: int | None
    total: int
    rules: str
    inputs_sha256: str
    result_sha256: str

    @property
    def key(self) -> str:
        """What the run is called in addresses: its year and version."""
        return f"{self.year}-{self.version}"


def runs_for(who: Who, moment: datetime) -> tuple[RunRow, ...]:
    """Return the runs of all rounds that have come to numbers and that somebody may see, the newest first."""
    rows = [(at, row) for year in years() for at in (seen(kept_standing(year), who, moment),) for row in at.proposals]
    rows = [(at, row) for at, row in rows if row.state in _WITH_NUMBERS]
    sums = ProposalLine.objects.filter(proposal__in=[row.id for _, row in rows]).values("proposal")
    totals = dict(sums.annotate(total=Sum("number")).order_by("proposal").values_list("proposal", "total"))
    runs = (_row(at, row, totals[row.id]) for at, row in rows if row.id in totals)
    return tuple(sorted(runs, key=lambda run: (run.year, run.version), reverse=True))


def _row(at: Standing, row: ProposalRow, total: int) -> RunRow:
    return RunRow(
        id=row.id,
        year=at.year,
        version=row.version,
        state=row.state,
        day=row.day,
        criteria_file=row.criteria_file,
        targets=next((each.version for each in at.targets if each.id == row.targets), None),
        total=total,
        rules=row.rules,
        inputs_sha256=row.inputs_sha256,
        result_sha256=row.result_sha256,
    )


def numbers_of(run: int) -> Mapping[str, int]:
    """Return the numbers of a run, in persons by code. One query."""
    return dict(ProposalLine.objects.filter(proposal=run).values_list("municipality", "number"))


def inputs_of(run: int) -> Mapping[str, Any]:
    """Return what a run was computed from, as it is kept. One query."""
    inputs: Mapping[str, Any] = Proposal.objects.values_list("inputs", flat=True).get(pk=run)
    return inputs
