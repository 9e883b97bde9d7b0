"""What is filled in of letters that are written on demand, and writing them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.forms import HiddenInput
from django.forms.boundfield import BoundField

from bosett.documents.letters import HowToAnswer, Worded
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid
from bosett_web.actions.letters import circulars, meetings, reminders
from bosett_web.queries.letters.circulars import CircularFacts
from bosett_web.queries.letters.contents import languages_of
from bosett_web.queries.letters.letters import settings_of
from bosett_web.queries.letters.receivers import county_municipalities, known_forms
from bosett_web.records import clock
from bosett_web.records.choices import LetterKind
from bosett_web.screens.fields import CarriedField, CheckField, ChoiceField, DayField, NumberField, PickField, TextField
from bosett_web.screens.forms import Files, PageForm
from bosett_web.screens.letters.forms import FORMS
from bosett_web.screens.meetings.meetings import JOINT

Asked = Sequence[tuple[str, str, str]]
"""Code and name of county municipalities whose form is asked for, and what it was chosen to be last time."""
YES_NO = (("", ""), ("yes", "asked_yes"), ("no", "asked_no"))
FORM = "form-"
"""What the name of a county municipality's form begins with."""


class FormsForm(PageForm):
    """A letter to county municipalities, with the form of Norwegian of each that does not tell it itself."""

    kind = CarriedField()

    def add_own(self) -> None:
        """Add the forms that were sent; the screen adds those that it asks for."""
        for name in self.data:
            if name.startswith(FORM):
                self.ask_form(name.removeprefix(FORM), "")

    def ask_form(self, code: str, name: str) -> None:
        """Ask for the form of a county municipality."""
        field = PickField(choices=FORMS)
        field.label, field.is_marked = name or code, True
        self.add(f"{FORM}{code}", field)

    def ask_forms(self, asked: Asked) -> None:
        """Ask for the forms of some county municipalities, and of no others."""
        for name in [name for name in self.fields if name.startswith(FORM)]:
            del self.fields[name]
        for code, name, _ in asked:
            self.ask_form(code, name)

    @property
    def forms(self) -> list[BoundField]:
        """The fields of the forms that are asked for."""
        return [self[name] for name in self.fields if name.startswith(FORM)]

    def chosen_forms(self) -> dict[str, str]:
        """Return nb or nn, or nothing, by county municipality."""
        return {each.code: self.sent(f"{FORM}{each.code}") for each in county_municipalities(clock.today())}


class ReminderForm(PageForm):
    """A reminder to those who have not answered."""

    kind = CarriedField()
    remind_by = DayField("field_remind_by")
    remind_again = CheckField("remind_again")


class CircularForm(FormsForm):
    """The circular to the county municipalities."""

    percent = NumberField("field_percent", needed=True)
    goes_on = ChoiceField("field_goes_on", YES_NO, needed=True)
    answer_to = TextField("field_answer_to", needed=True)
    situation_nb = TextField("field_situation_nb", explained="situation_help")
    situation_nn = TextField("field_situation_nn")
    capacity_by = DayField("field_capacity_by")
    information_by = DayField("field_information_by")
    targets_by = ChoiceField(
        "field_targets_by",
        [
            ("", "targets_by_committee"),
            ("directorate", "targets_by_directorate"),
            ("ministry", "targets_by_ministry"),
        ],
    )

    def clean(self) -> None:
        """Refuse a situation that is told in one form of Norwegian only."""
        both = {name: self.cleaned_data.get(name) for name in ("situation_nb", "situation_nn")}
        for name, text in both.items():
            if text == "" and any(both.values()):
                self.add_error(name, self.worded("situation_in_both"))


class MeetingLetterForm(FormsForm):
    """A letter on a meeting: that it is called off, or its minutes."""

    county = PickField("county")
    language = PickField("letter_language", FORMS)

    own = ("invited_by", "how_to_come", "ready", "items")
    """What some of these letters say themselves, in the order in which it is filled in."""

    def is_this(self, moves: Sequence[str], carried: Mapping[str, str]) -> bool:
        """Tell whether it is this kind of letter, on the same kind of meeting: a county's or the joint one."""
        is_joint = carried.get("county") == JOINT
        return super().is_this(moves, carried) and (self.sent("county") == JOINT) is is_joint

    @property
    def kind_written(self) -> str:
        """The kind of letter."""
        return str(self.initial["kind"])

    @property
    def own_boxes(self) -> list[BoundField]:
        """The fields that not all of these letters have."""
        return [self[name] for name in self.own if name in self.fields]

    def of_joint(self) -> None:
        """Take it as a letter on the joint meeting: its receivers are asked for one by one."""
        self.fields["county"].widget = HiddenInput()
        del self.fields["language"]


class InvitationForm(MeetingLetterForm):
    """An invitation to a meeting."""

    invited_by = DayField("field_invited_by", needed=True)
    how_to_come = TextField("field_how_to_come", needed=True, explained="how_to_come_help")
    ready = TextField("field_ready", explained="ready_help", rows=3)


class AgendaForm(MeetingLetterForm):
    """The agenda of a meeting."""

    items = TextField("field_items", explained="items_help", rows=5)


Writer = Callable[[Actor, int, PageForm], object]
"""Writes a letter of a year as its form is filled in."""


def meeting_form_of(kind: str) -> type[MeetingLetterForm]:
    """Return the form of a kind of letter on a meeting."""
    return _of_meetings(kind)[0]


def written(data: Mapping[str, Any], files: "Files | None", *, language: str, move: str) -> PageForm:
    """Return the form that a letter is written by; which one, it says itself."""
    kind = str(data.get("kind", ""))
    form, _ = _OTHERS.get(kind) or _of_meetings(kind)
    return form(data, files, language=language, move=move)


def write(actor: Actor, year: int, form: PageForm) -> object:
    """Write a letter."""
    kind = form.text_of("kind")
    _, writer = _OTHERS.get(kind) or _of_meetings(kind)
    return writer(actor, year, form)


def _invitation(actor: Actor, year: int, form: PageForm) -> object:
    return meetings.invite(
        actor,
        year=year,
        county=_meeting(form),
        forms=_forms(year, form),
        answer=HowToAnswer(form.day_of("invited_by"), Worded.same(form.text_of("how_to_come"))),
        ready=form.text_of("ready"),
    )


def _called_off(actor: Actor, year: int, form: PageForm) -> object:
    return meetings.tell_called_off(actor, year=year, county=_meeting(form), forms=_forms(year, form))


def _agenda(actor: Actor, year: int, form: PageForm) -> object:
    items = form.text_of("items")
    return meetings.set_agenda(actor, year=year, county=_meeting(form), forms=_forms(year, form), items=items)


def _minutes(actor: Actor, year: int, form: PageForm) -> object:
    return meetings.minute(actor, year=year, county=_meeting(form), forms=_forms(year, form))


def _meeting(form: PageForm) -> str:
    """Return the county of a meeting, or empty for the joint one."""
    chosen = form.text_of("county")
    if not chosen:
        raise Invalid("county", "meeting_not_planned", {"county": chosen})
    return "" if chosen == JOINT else chosen


def _forms(year: int, form: PageForm) -> Mapping[str, str]:
    """Return nb or nn by county municipality, as it is known or was chosen."""
    county = _meeting(form)
    if county:
        return {county: form.text_of("language")}
    known = known_forms(languages_of(year, settings_of(year).neutral_form))
    return {**_chosen_forms(form), **known}


def _chosen_forms(form: PageForm) -> Mapping[str, str]:
    return form.chosen_forms() if isinstance(form, FormsForm) else {}


def _reminder(actor: Actor, year: int, form: PageForm) -> object:
    again = bool(form.text_of("remind_again"))
    return reminders.remind(actor, year=year, answer_by=form.day_or_none_of("remind_by"), again=again)


def _circular(actor: Actor, year: int, form: PageForm) -> object:
    nb, nn = form.text_of("situation_nb"), form.text_of("situation_nn")
    facts = CircularFacts(
        percent=form.number_of("percent"),
        goes_on=form.text_of("goes_on") == "yes",
        answer_to=form.text_of("answer_to"),
        situation=Worded.same(nb)._replace(nn=nn) if nb else None,
        capacity_by=form.day_or_none_of("capacity_by"),
        information_by=form.day_or_none_of("information_by"),
        targets_by=form.text_of("targets_by"),
        forms=_chosen_forms(form),
    )
    return circulars.circulate(actor, year=year, facts=facts)


_OF_MEETINGS: Mapping[str, tuple[type[MeetingLetterForm], Writer]] = {
    LetterKind.INVITATION: (InvitationForm, _invitation),
    LetterKind.CANCELLATION: (MeetingLetterForm, _called_off),
    LetterKind.AGENDA: (AgendaForm, _agenda),
    LetterKind.MINUTES: (MeetingLetterForm, _minutes),
}
_OTHERS: Mapping[str, tuple[type[PageForm], Writer]] = {
    LetterKind.REMINDER: (ReminderForm, _reminder),
    LetterKind.CIRCULAR: (CircularForm, _circular),
}


def _of_meetings(kind: str) -> tuple[type[MeetingLetterForm], Writer]:
    return _OF_MEETINGS.get(kind, _OF_MEETINGS[LetterKind.INVITATION])
