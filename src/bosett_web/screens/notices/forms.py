"""What is filled in of what goes on, and what is done with it."""

from functools import partial

from bosett.rounds.notices import MOST_RAMP, NoticeKind, Stream
from bosett.sources.values import read_number
from bosett_web.accounts.actor import Actor
from bosett_web.actions.notices import notices
from bosett_web.actions.notices.notices import GivenNotice
from bosett_web.screens.fields import CarriedField, ChoiceField, DayField, KeyField, NumberField, TextField
from bosett_web.screens.forms import PageForm, ReasonForm

STREAMS = [("", ""), *((each, f"stream_{each}") for each in Stream)]


class WeeksField(NumberField):
    """A number of weeks."""

    reader = staticmethod(partial(read_number, most=MOST_RAMP))


class NoticeForm(PageForm):
    """What goes on: the fields of one kind, in both written forms."""

    kind = CarriedField()
    since = DayField("field_since", needed=True)
    until = DayField("field_until", explained="until_help")
    decided_by = TextField("field_notice_decided_by")
    source = TextField("field_source", needed=True, explained="notice_source_help")
    text_nb = TextField("field_text_nb", needed=True, explained="no_person", rows=3)
    text_nn = TextField("field_text_nn", needed=True, rows=3)


class StopForm(NoticeForm):
    """A stop: of what, and how it comes to an end."""

    stream = ChoiceField("field_stream", STREAMS, needed=True, missing="stream_missing")
    name = TextField("field_stream_name", explained="stream_name_help")
    ramp = WeeksField("field_ramp", explained="ramp_help")
    field_order = ("stream", "name", "since", "until", "ramp")


class DialogueForm(NoticeForm):
    """What is talked about, and when the next time is."""

    next_on = DayField("field_next_on")
    field_order = ("since", "until", "next_on")


class ChangeStopForm(StopForm, ReasonForm):
    """A stop that is changed."""

    identity = KeyField()


class ChangeDialogueForm(DialogueForm, ReasonForm):
    """A dialogue that is changed."""

    identity = KeyField()


class ChangeNoticeForm(NoticeForm, ReasonForm):
    """Another notice that is changed."""

    identity = KeyField()


class NoticeReasonForm(ReasonForm):
    """A notice that is taken back."""

    identity = KeyField()


NEW = {NoticeKind.STOP: StopForm, NoticeKind.DIALOGUE: DialogueForm}
CHANGED = {NoticeKind.STOP: ChangeStopForm, NoticeKind.DIALOGUE: ChangeDialogueForm}


def form_of(kind: str) -> type[NoticeForm]:
    """Return the form that tells a notice of a kind."""
    return NEW.get(NoticeKind(kind), NoticeForm)


def changing_form_of(kind: str) -> type[NoticeForm]:
    """Return the form that changes a notice of a kind."""
    return CHANGED.get(NoticeKind(kind), ChangeNoticeForm)


def telling(data: object, files: object = None, *, language: str, move: str) -> PageForm:
    """Return the form that was sent to tell a notice, by the kind that it names."""
    return form_of(_kind(data))(data, files, language=language, move=move)  # type: ignore[arg-type]  # what was sent


def changing(data: object, files: object = None, *, language: str, move: str) -> PageForm:
    """Return the form that was sent to change a notice, by the kind that it names."""
    return changing_form_of(_kind(data))(data, files, language=language, move=move)  # type: ignore[arg-type]  # as above


def tell(actor: Actor, year: int, form: PageForm) -> object:
    """Tell what goes on."""
    return notices.tell(actor, year=year, notice=_given(form))


def change(actor: Actor, year: int, form: PageForm) -> object:
    """Change a notice."""
    return notices.change(
        actor, year=year, identity=form.key_of("identity"), notice=_given(form), reason=form.text_of("reason")
    )


def take_back(actor: Actor, year: int, form: PageForm) -> object:
    """Take a notice back."""
    return notices.take_back(actor, year=year, identity=form.key_of("identity"), reason=form.text_of("reason"))


def stands_at(form: PageForm) -> str:  # noqa: ARG001  - others are told by it
    """Return where the notices stand on their page."""
    return "#notices"


def _kind(data: object) -> str:
    sent = str(data.get("kind", "")) if hasattr(data, "get") else ""
    return sent if sent in set(NoticeKind) else NoticeKind.CALL


def _given(form: PageForm) -> GivenNotice:
    has = form.fields.__contains__
    return GivenNotice(
        kind=form.text_of("kind"),
        since=form.day_of("since"),
        until=form.day_or_none_of("until"),
        source=form.text_of("source"),
        text_nb=form.text_of("text_nb"),
        text_nn=form.text_of("text_nn"),
        decided_by=form.text_of("decided_by"),
        stream=form.text_of("stream") if has("stream") else "",
        name=form.text_of("name") if has("name") else "",
        ramp=form.number_of("ramp") if has("ramp") else None,
        next_on=form.day_or_none_of("next_on") if has("next_on") else None,
    )
