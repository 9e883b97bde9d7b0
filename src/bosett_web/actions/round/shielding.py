"""Shielding of free text: a logged decision; the text stays, its hash stays in the chain, nobody is shown it."""

from bosett.rounds.moves import Objection
from bosett.rounds.rights import SHIELDING, may_shield
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, Objected, action, note
from bosett_web.actions.values import text
from bosett_web.journal.models import Event, FreeText, Shield
from bosett_web.journal.write import Entry


@action
def shield(actor: Actor, /, *, free_text: int, reason: str) -> Event:
    """Shield a free text in the journal.

    Raises:
        Objected: Not by this role.
        Invalid: It is gone or shielded already, or the reason is missing.
    """
    row = FreeText.objects.select_related("event").filter(pk=free_text).first()
    if row is None or Shield.objects.filter(text=free_text).exists():
        raise Invalid("text", "text_shielded_already")
    if not may_shield(actor.who):
        raise Objected(
            Objection("wrong_party", {"needs": "directorate"}),
            move=SHIELDING,
            subject=row.event.subject,
            year=row.event.round,
        )
    reason = text("reason", reason, needed=True)
    after = {"chain": row.event.chain, "number": row.event.number, "field": row.field}
    event = note(actor, Entry(SHIELDING, row.event.subject, row.event.round, {}, after, {"reason": reason}))
    Shield.objects.create(text=row, event=event)
    return event
