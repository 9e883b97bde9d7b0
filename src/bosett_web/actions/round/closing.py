"""A round is closed when its year is done, and may be taken up again."""

from bosett.rounds.states import RoundState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import action, locked, note, require
from bosett_web.actions.numbers.numbers import subject_of
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.round.closing import closing_situation, left
from bosett_web.queries.situations import round_situation
from bosett_web.records import clock
from bosett_web.records.models import SettlementRound


@action
def close(actor: Actor, /, *, year: int, reason: str = "") -> Event:
    """Close a round: nothing of it is moved any more, and all of it can be read.

    Args:
        actor: The directorate's approver.
        year: Settlement year.
        reason: Why it is closed though something is left; the journal keeps both.

    Raises:
        Objected: Not by this role, the numbers are not frozen, or something is left and no reason is given.
    """
    at, reason = locked(year), text("reason", reason)
    remains = left(at)
    require("round.close", actor, closing_situation(at, remains), subject_of(year), year, reason)
    SettlementRound.objects.filter(pk=year).update(state=RoundState.CLOSED, closed_on=clock.today())
    after = {"state": RoundState.CLOSED, "closed_on": clock.today(), "left": dict(remains)}
    return note(actor, Entry("round.close", subject_of(year), year, {"state": at.state}, after, {"reason": reason}))


@action
def reopen(actor: Actor, /, *, year: int, reason: str) -> Event:
    """Take a closed round up again: it is frozen as before, and what was left is owed as before.

    Raises:
        Objected: Not by this role, the round is not closed, or no reason is given.
    """
    at, reason = locked(year), text("reason", reason)
    require("round.reopen", actor, round_situation(at), subject_of(year), year, reason)
    SettlementRound.objects.filter(pk=year).update(state=RoundState.FROZEN, closed_on=None)
    before = {"state": at.state, "closed_on": at.closed_on}
    after = {"state": RoundState.FROZEN}
    return note(actor, Entry("round.reopen", subject_of(year), year, before, after, {"reason": reason}))
