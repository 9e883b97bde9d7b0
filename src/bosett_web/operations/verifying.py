"""Whether what is kept is what was kept: the journal, frozen rounds computed again, and what was laid in folders."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bosett.basis.refusals import Refusal
from bosett.rounds.states import ProposalState
from bosett_web.actions.round.proposals import result_of, run_of
from bosett_web.journal.models import Head
from bosett_web.journal.verify import verify
from bosett_web.operations.archiving import archive_faults
from bosett_web.operations.backup import damaged
from bosett_web.records.models import Proposal, ProposalLine


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look came to.

    Attributes:
        events: Events that were looked at.
        chains: Chains that they stand in.
        proposals: Shared proposals that were computed again.
        faults: What does not hold, each a sentence.
    """

    events: int
    chains: int
    proposals: int
    faults: tuple[str, ...]


def look(backup: Path | None = None, archive: Path | None = None) -> Findings:
    """Hold everything that is kept against its hashes and its inputs.

    Args:
        backup: A backup whose sums are looked at as well.
        archive: A round that was taken out for the archive, of which the same is done.
    """
    journal = verify()
    faults = [f"journal, {fault.chain} event {fault.number}: {fault.what}" for fault in journal.faults]
    shared = Proposal.objects.filter(state=ProposalState.SHARED).order_by("round", "version")
    for stored in shared:
        faults += _replayed(stored)
    if backup is not None:
        faults += [f"backup {backup}: {each}" for each in damaged(backup)]
    if archive is not None:
        faults += [f"archive {archive}: {each}" for each in archive_faults(archive)]
    return Findings(journal.events, journal.chains, len(shared), tuple(faults))


def heads() -> dict[str, tuple[int, str]]:
    """Return the last number and hash of each chain of the journal."""
    return {head.chain: (head.number, head.hash) for head in Head.objects.all()}


def _replayed(stored: Proposal) -> Iterator[str]:
    """Yield why today's code and the stored inputs do not give a proposal's numbers."""
    where = f"proposal {stored.version} of {stored.round_id}"
    try:
        run = run_of(stored.inputs)
    except Refusal as refused:
        yield f"{where} cannot be computed again: {refused}"
        return
    if run.inputs_sha256 != stored.inputs_sha256:
        yield f"{where}: its inputs are not those that it was computed from"
    if result_of(run) != stored.result_sha256:
        yield f"{where}: computed again it gives other numbers or steps"
    numbers = {line.code: line.number for county in run.counties for line in county.municipalities}
    kept = dict(ProposalLine.objects.filter(proposal=stored).values_list("municipality", "number"))
    if changed := sorted(code for code in {*numbers, *kept} if numbers.get(code) != kept.get(code)):
        yield f"{where}: the numbers that are kept differ for {', '.join(changed[:12])}"
