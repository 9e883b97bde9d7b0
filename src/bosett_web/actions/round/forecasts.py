"""Registered forecasts: each a version of its own; a later one leaves the earlier as it was."""

from datetime import date

from bosett_web.accounts.actor import Actor
from bosett_web.actions import tasks
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import Numbers, minors_within, required, text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.situations import new_situation
from bosett_web.records import clock
from bosett_web.records.models import Forecast


@action
def register(
    actor: Actor,
    /,
    *,
    year: int,
    low: int | None,
    middle: int | None,
    high: int | None,
    as_of: date,
    publisher: str,
    under15: int | None = None,
    from15: int | None = None,
    document: str = "",
    note_text: str = "",
) -> Event:
    """Register a forecast of the need of a settlement year, in persons.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: A number is missing or out of order, the publisher is missing, or it is dated after the workspace's
        day.
    """
    at = locked(year)
    subject = f"forecast:{year}"
    require("forecast.register", actor, new_situation(at), subject, year)
    low, middle, high = required("low", low), required("middle", middle), required("high", high)
    if not low <= middle <= high:
        raise Invalid("middle", "forecast_order")
    minors_within("under15", Numbers(middle, under15, from15))
    publisher, note_text = text("publisher", publisher, needed=True), text("note", note_text)
    document = text("document", document)
    day = clock.today()
    if as_of > day:
        raise Invalid("as_of", "dated_later", {"day": day})
    facts = {
        "version": len(at.forecasts) + 1,
        "low": low,
        "middle": middle,
        "high": high,
        "under15": under15,
        "from15": from15,
        "as_of": as_of,
        "publisher": publisher,
        "document": document,
    }
    tasks.weigh_need()
    Forecast.objects.create(round_id=year, day=day, note=note_text, **facts)
    return note(actor, Entry("forecast.register", subject, year, {}, facts, {"note": note_text}))
