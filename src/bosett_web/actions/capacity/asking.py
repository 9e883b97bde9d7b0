"""Asking for capacity: a round of asking with its day, and a reminder to those who have not answered."""

from datetime import date

from bosett.basis.weeks import Week
from bosett_web.accounts.actor import Actor
from bosett_web.actions.capacity.reports import LONGEST
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.capacity.capacity import answering_of, asking_situation, askings
from bosett_web.records import clock
from bosett_web.records.models import CapacityAsking


def subject_of(year: int) -> str:
    """Return the name by which the journal tells the story of the rounds of asking."""
    return f"capacity:{year}"


@action
def ask(actor: Actor, /, *, year: int, by: date, first: Week, last: Week, words: str = "") -> Event:
    """Ask every municipality to report its capacity in some weeks, by a day.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: The day has passed or comes after the weeks, or the weeks are none.
    """
    at = locked(year)
    require("capacity.ask", actor, asking_situation(at, None), subject_of(year), year)
    today = clock.today()
    if by < today:
        raise Invalid("by", "day_past")
    if last < first:
        raise Invalid("last", "report_last")
    if last.since(first) > LONGEST:
        raise Invalid("last", "weeks_many", {"most": LONGEST})
    if by > last.sunday:
        raise Invalid("by", "asking_after_weeks", {"last": last.sunday})
    made = CapacityAsking.objects.create(
        round_id=year,
        asked_on=today,
        by=by,
        first=first.monday,
        last=last.monday,
        text=text("words", words),
    )
    after = {"asking": made.pk, "answer_by": by, "first": first.monday, "last": last.monday, "state": made.state}
    return note(actor, Entry("capacity.ask", subject_of(year), year, {}, after, {"words": words}))


@action
def remind(actor: Actor, /, *, year: int, asking: int) -> Event:
    """Remind those who have not answered a round of asking: it stands on their first page and in their digest.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: There is no such round of asking, or all have answered.
    """
    at = locked(year)
    row = next((each for each in askings(year) if each.id == asking), None)
    if row is None:
        raise Invalid("asking", "asking_gone")
    require("capacity.remind", actor, asking_situation(at, row), subject_of(year), year)
    silent = sum(len(each.silent) for each in answering_of(year, row))
    if not silent:
        raise Invalid("asking", "asking_all_answered")
    today = clock.today()
    CapacityAsking.objects.filter(pk=row.id).update(reminded_on=today)
    after = {"asking": row.id, "reminded_on": today, "silent": silent}
    return note(actor, Entry("capacity.remind", subject_of(year), year, {"reminded_on": row.reminded_on}, after))
