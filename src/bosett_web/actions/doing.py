"""How an action is done: one durable transaction and one event; a refusal is journalled in a transaction of its own."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from bosett.basis.refusals import Refusal
from bosett.rounds.moves import Move, Objection, Situation, move_of, objection_to
from bosett_web.accounts.actor import Actor
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry, write, write_refusal
from bosett_web.queries.standing import standing
from bosett_web.queries.standing_rows import Standing
from bosett_web.records import clock
from bosett_web.records.models import SettlementRound

P = ParamSpec("P")
R = TypeVar("R")


class Objected(Refusal):
    """An action that the tables do not allow now; nothing was changed."""

    def __init__(self, objection: Objection, *, move: str, subject: str, year: int | None = None) -> None:
        super().__init__(f"{move} on {subject} is refused: {objection.code} {dict(objection.facts)}")
        self.objection, self.move, self.subject, self.year = objection, move, subject, year


class Invalid(Refusal):
    """Something that was filled in cannot stand; `field` names it, `code` finds the words."""

    def __init__(self, field: str, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{field}: {code} {dict(facts or {})}")
        self.field, self.code, self.facts = field, code, dict(facts or {})


def action(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Run a function as one durable transaction; journal an objection after it has been rolled back."""

    @wraps(function)
    def inner(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic(durable=True):
                return function(actor, *args, **kwargs)
        except Objected as refused:
            with transaction.atomic(durable=True):
                refusal = {"move": refused.move, "code": refused.objection.code, **refused.objection.facts}
                note_refusal(actor, Entry("refused", refused.subject, refused.year, after=refusal))
            raise

    return inner


def note(actor: Actor | None, entry: Entry) -> Event:
    """Write the action's one event, at this moment and the workspace's date."""
    return write(entry, actor=actor, at=clock.now(), day=clock.today())


def note_refusal(actor: Actor | None, entry: Entry) -> Event:
    """Write that something was refused, the first time on a day; count it afterwards."""
    return write_refusal(entry, actor=actor, at=clock.now(), day=clock.today())


def require(
    name: str, actor: Actor, situation: Situation, subject: str, year: int | None, reason: str | None = None
) -> Move:
    """Return the move when the table allows it.

    Raises:
        Objected: It does not; the objection says why.
    """
    move = move_of(name)
    if (objection := objection_to(move, actor.who, situation, reason or "")) is not None:
        raise Objected(objection, move=name, subject=subject, year=year)
    return move


def locked(year: int) -> Standing:
    """Lock a round for this transaction and return where it stands: two actions on one round wait for each other.

    Raises:
        NoRound: There is no round for the year.
    """
    SettlementRound.objects.select_for_update().filter(pk=year).first()
    return standing(year)
