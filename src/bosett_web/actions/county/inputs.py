"""A county's input in prose: written, sent, read and answered, with what came of it."""

from bosett.geography import municipalities
from bosett.rounds.states import InputState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, locked, note, require
from bosett_web.actions.values import text
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.inputs import InputRow, input_situation, inputs
from bosett_web.records import clock
from bosett_web.records.choices import InputTopic
from bosett_web.records.models import CountyInput


def subject_of(year: int, county: str) -> str:
    """Return the name by which the journal tells the story of a county's input."""
    return f"input:{year}:{county}"


@action
def write(actor: Actor, /, *, year: int, topic: str, words: str, municipality: str = "") -> Event:
    """Begin an input of the actor's own county.

    Raises:
        Objected: Not by this role, or the round is closed.
        Invalid: The topic or the municipality is none, or there are no words.
    """
    county = actor.who.area
    require("input.write", actor, input_situation(locked(year), county, None), subject_of(year, county), year)
    made = CountyInput.objects.create(
        round_id=year, county=county, written_on=clock.today(), **_checked(year, county, topic, words, municipality)
    )
    after = {"input": made.pk, "topic": topic, "municipality": municipality, "state": InputState.DRAFTED}
    return note(actor, Entry("input.write", subject_of(year, county), year, {}, after, {"words": words}))


@action
def edit(
    actor: Actor, /, *, year: int, identity: int, seen: str, topic: str, words: str, municipality: str = ""
) -> Event:
    """Change an input that has not been sent; `seen` is what it was known by when it was read.

    Raises:
        Objected: Not by this role, or it has been sent.
        Invalid: As when it is begun; there is no such input, or somebody else has changed it.
    """
    row = _require("input.edit", actor, year, identity)
    _refuse_unseen(row, seen)
    CountyInput.objects.filter(pk=row.id).update(**_checked(year, row.county, topic, words, municipality))
    before = {"topic": row.topic, "municipality": row.municipality}
    after = {"topic": topic, "municipality": municipality}
    return note(actor, Entry("input.edit", subject_of(year, row.county), year, before, after, {"words": words}))


@action
def send(actor: Actor, /, *, year: int, identity: int, seen: str) -> Event:
    """Send an input to the directorate as it was seen; it is not changed after.

    Raises:
        Objected: Not by this role, or it has been sent.
        Invalid: There is no such input, or somebody else has changed it.
    """
    row = _require("input.send", actor, year, identity)
    _refuse_unseen(row, seen)
    return _moved(actor, year, "input.send", row, InputState.SENT, sent_on=clock.today())


@action
def read(actor: Actor, /, *, year: int, identity: int) -> Event:
    """Record that the directorate has read an input.

    Raises:
        Objected: Not by this role, or it has been read.
        Invalid: There is no such input.
    """
    row = _require("input.read", actor, year, identity)
    return _moved(actor, year, "input.read", row, InputState.READ, read_on=clock.today())


@action
def reply(actor: Actor, /, *, year: int, identity: int, words: str, outcome: str) -> Event:
    """Answer an input, and say what came of it.

    Raises:
        Objected: Not by this role, or it has not been read, or is answered.
        Invalid: There is no such input, or no answer.
    """
    row = _require("input.reply", actor, year, identity)
    words, outcome = text("words", words, needed=True), text("outcome", outcome)
    texts = {"words": words, "outcome": outcome}
    given = {"reply": words, "outcome": outcome, "answered_on": clock.today()}
    return _moved(actor, year, "input.reply", row, InputState.ANSWERED, texts=texts, **given)


def _require(name: str, actor: Actor, year: int, identity: int) -> InputRow:
    at = locked(year)
    row = next((each for each in inputs(year) if each.id == identity), None)
    if row is None:
        raise Invalid("identity", "input_gone")
    require(name, actor, input_situation(at, row.county, row), subject_of(year, row.county), year)
    return row


def _refuse_unseen(row: InputRow, seen: str) -> None:
    if row.seen != seen:
        raise Invalid("words", "input_changed")


def _moved(
    actor: Actor,
    year: int,
    name: str,
    row: InputRow,
    state: InputState,
    texts: dict[str, str] | None = None,
    **given: object,
) -> Event:
    CountyInput.objects.filter(pk=row.id).update(state=state, **given)
    before, after = ({"input": row.id, "state": each} for each in (row.state, state))
    return note(actor, Entry(name, subject_of(year, row.county), year, before, after, texts or {}))


def _checked(year: int, county: str, topic: str, words: str, municipality: str) -> dict[str, str]:
    if topic not in InputTopic:
        raise Invalid("topic", "not_a_choice")
    if municipality and not any(
        place.code == municipality and place.county == county for place in municipalities(year)
    ):
        raise Invalid("municipality", "not_a_choice")
    return {"topic": topic, "municipality": municipality, "text": text("words", words, needed=True)}
