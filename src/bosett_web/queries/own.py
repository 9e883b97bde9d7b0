"""What a municipality reads of itself: its letter, and its number explained from the run that it rests on."""

from dataclasses import dataclass
from datetime import date, datetime

from bosett.basis.refusals import Refusal
from bosett.parameters import load_shipped
from bosett.rounds.explanation import Explanation, explain
from bosett.rounds.kinds import Mode
from bosett.rounds.parties import Who
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.lines import Line
from bosett_web.queries.standing import Standing
from bosett_web.queries.visible import is_released
from bosett_web.records.models import Proposal, ProposalLine, Request


@dataclass(frozen=True, slots=True)
class Letter:
    """The newest request that has been sent: its version, the day that it was decided, and when it went out."""

    version: int
    day: date
    sent_at: datetime


def letter(year: int, line: Line) -> Letter | None:
    """Return the newest letter behind a line that somebody may see; None when they may see none. One query."""
    if line.sent is None:
        return None
    rows = Request.objects.filter(round=year, municipality=line.code, sent_at__isnull=False)
    found = rows.order_by("-version").values_list("version", "day", "sent_at").first()
    return None if found is None else Letter(*found)


def explained(at: Standing, who: Who, line: Line, moment: datetime, proposal: int | None = None) -> Explanation | None:
    """Return how a municipality's number was proposed, computed again from the run's stored inputs; in two queries.

    The municipality itself gets it with its letter: a number comes with its reasons. Others get it at the release. None
    when there is no shared run, or today's code does not come to the stored number.

    Args:
        at: The round as it stands.
        who: Who asks.
        line: The municipality's line as they may see it.
        moment: When.
        proposal: Identity of the shared run that the number rests on; None is the newest.
    """
    state = "sent" if line.sent is not None else "shared"
    shared = at.current_proposal
    run = proposal or (shared.id if shared else None)
    if run is None or not may_see(who, Thing.PROPOSAL, "released" if is_released(at, moment) else state, "", line.code):
        return None
    stored = Proposal.objects.get(pk=run)
    number = ProposalLine.objects.filter(proposal=stored, municipality=line.code).values_list("number", flat=True)
    inputs = stored.inputs
    try:
        found = explain(
            inputs["year"],
            line.code,
            total=inputs["total"],
            criteria=load_shipped(inputs["criteria"]).known_by(date.fromisoformat(inputs["day"])),
            mode=Mode(inputs["mode"]),
            targets=inputs["targets"],
        )
    except Refusal:  # a run whose criteria no longer compute explains nothing
        return None
    return found if found.number == number.first() else None
