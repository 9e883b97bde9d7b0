"""What a person reads of news, and how they are sent it. It is their own: the journal tells nothing of it.

An address is what the person has given, and goes when they want no e-mail any more.
"""

import re

from bosett_web.accounts.actor import Actor
from bosett_web.accounts.models import AlertHow, AlertSeen, AlertSettings
from bosett_web.actions.doing import Invalid, action
from bosett_web.journal.models import Event

ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9æøåÆØÅ-]+(\.[A-Za-z0-9æøåÆØÅ-]+)+")
LONGEST = 254
"""Signs of an address (RFC 5321, 4.5.3.1.3)."""


@action
def mark_read(actor: Actor, /, *, upto: int) -> None:
    """Mark what is new as read, up to an event that was shown; never back again."""
    newest = Event.objects.filter(pk__lte=upto).order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return
    row, made = AlertSeen.objects.select_for_update().get_or_create(
        person_id=actor.person_id, seat_id=actor.seat_id, defaults={"event": newest}
    )
    if not made and row.event < newest:
        row.event = newest
        row.save(update_fields=["event"])


@action
def choose(actor: Actor, /, *, often: str, address: str) -> None:
    """Choose how often e-mail is sent, and where to.

    Raises:
        Invalid: It is no choice, or no address.
    """
    address = address.strip()
    if often not in AlertHow.values:
        raise Invalid("often", "not_a_choice")
    if often == AlertHow.NEVER:
        address = ""
    elif not address:
        raise Invalid("address", "text_missing")
    elif len(address) > LONGEST or not ADDRESS.fullmatch(address):
        raise Invalid("address", "alert_no_address")
    row, _ = AlertSettings.objects.select_for_update().get_or_create(person_id=actor.person_id)
    if row.often == AlertHow.NEVER:  # what was before is read in the workspace
        row.since = max(Event.objects.order_by("-pk").values_list("pk", flat=True)[:1], default=0)
    row.often, row.address = often, address
    row.save()
