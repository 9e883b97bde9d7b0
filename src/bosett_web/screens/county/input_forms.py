"""What is filled in of a county's input, and what is done with it."""

from bosett_web.accounts.actor import Actor
from bosett_web.actions.county import inputs
from bosett_web.records.choices import InputTopic
from bosett_web.screens.fields import CarriedField, ChoiceField, KeyField, PickField, TextField
from bosett_web.screens.forms import PageForm

TOPICS = [(each.value, f"topic_{each.value}") for each in InputTopic]


class InputForm(PageForm):
    """An input in prose."""

    topic = ChoiceField("input_topic", TOPICS, needed=True)
    municipality = PickField("input_municipality")
    words = TextField("input_words", needed=True, explained="no_person", rows=6)


class InputEditForm(InputForm):
    """An input that is changed before it is sent."""

    identity = KeyField()
    seen = CarriedField()


class InputKeyForm(PageForm):
    """An input that there is."""

    identity = KeyField()


class InputSendForm(InputKeyForm):
    """An input that is sent as it was seen."""

    seen = CarriedField()


class InputReplyForm(InputKeyForm):
    """The answer to an input."""

    words = TextField("input_reply", needed=True, explained="no_person", rows=4)
    outcome = TextField("input_outcome", explained="no_person", rows=2)


def write(actor: Actor, year: int, form: PageForm) -> object:
    """Begin an input."""
    return inputs.write(
        actor,
        year=year,
        topic=form.text_of("topic"),
        words=form.text_of("words"),
        municipality=form.text_of("municipality"),
    )


def edit(actor: Actor, year: int, form: PageForm) -> object:
    """Change an input."""
    return inputs.edit(
        actor,
        year=year,
        identity=form.key_of("identity"),
        seen=form.text_of("seen"),
        topic=form.text_of("topic"),
        words=form.text_of("words"),
        municipality=form.text_of("municipality"),
    )


def send(actor: Actor, year: int, form: PageForm) -> object:
    """Send an input."""
    return inputs.send(actor, year=year, identity=form.key_of("identity"), seen=form.text_of("seen"))


def read(actor: Actor, year: int, form: PageForm) -> object:
    """Record that an input is read."""
    return inputs.read(actor, year=year, identity=form.key_of("identity"))


def reply(actor: Actor, year: int, form: PageForm) -> object:
    """Answer an input."""
    return inputs.reply(
        actor,
        year=year,
        identity=form.key_of("identity"),
        words=form.text_of("words"),
        outcome=form.text_of("outcome"),
    )


def stands_at(form: PageForm) -> str:
    """Return where an input stands on its page."""
    identity = form.sent("identity")
    return f"#input-{identity}" if identity.isdecimal() else ""
