"""Information requests: what the county municipalities need from the directorate to recommend, and its answers."""

from bosett.documents.letters import AddendumKind
from bosett.geography import counties
from bosett.rounds.states import InformationState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.addenda import add
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.meetings.minutes import kept_minutes
from bosett_web.queries.meetings.needs import ask_situation, request_situation, requests
from bosett_web.records import clock
from bosett_web.records.models import InformationRequest


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells the story of a county's needs."""
    return f"information:{year}:{county}"


@action
def ask(actor: Actor, /, *, year: int, county: str, need: str) -> Event:
    """Tell the directorate what a county municipality needs to know; a county may ask many times.

    Raises:
        Objected: Not now, or not by this role.
        Invalid: The county is unknown, or the need is missing.
    """
    at = locked(year)
    subject = subject_of(year, county)
    require("information.ask", actor, ask_situation(at, county), subject, year)
    if county not in {each.code for each in counties(year)}:
        raise Invalid("county", "unknown_county", {"county": county})
    need = text("need", need, needed=True)
    made = InformationRequest.objects.create(round_id=year, county=county, text=need, day=clock.today())
    after = {"request": made.pk, "state": InformationState.ASKED}
    return note(actor, Entry("information.ask", subject, year, {}, after, {"need": need}))


@action
def answer(actor: Actor, /, *, year: int, request: int, reply: str) -> Event:
    """Answer one need: once, so that nobody acts on an answer that has changed since.

    Raises:
        Objected: Not now, not by this role, or it is answered already.
        Invalid: There is no such need, or the answer is missing.
    """
    at = locked(year)
    row = next((each for each in requests(year) if each.id == request), None)
    if row is None:
        raise Invalid("request", "request_gone")
    subject = subject_of(year, row.county)
    require("information.answer", actor, request_situation(at, row), subject, year)
    reply = text("reply", reply, needed=True)
    InformationRequest.objects.filter(pk=row.id).update(
        state=InformationState.ANSWERED, answer=reply, answered_on=clock.today()
    )
    joint = at.meetings.get("")
    kept = kept_minutes(joint.id) if joint is not None else None
    if joint is not None and kept is not None and any(each.id == row.id for each in kept.minuted.needs):
        add(actor, joint.id, AddendumKind.ANSWER, about=row.text, text=reply)
    before, after = ({"request": row.id, "state": state} for state in (row.state, "answered"))
    return note(actor, Entry("information.answer", subject, year, before, after, {"reply": reply}))
