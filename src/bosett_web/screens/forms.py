"""The forms that people fill in: Django's, in the reader's language; all that is wrong is told at once, at its field.

A form that is refused comes back on its screen with all that was filled in: `attempt` lays it in `request.refused`, and
the screen shows it where it would show a new one (`shown`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict
from django_htmx.middleware import HtmxDetails

from bosett.rounds.moves import MOVES, Objection, Situation, objection_to
from bosett_web.accounts.actor import Actor, SeatedRequest
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.screens.fields import CarriedField, Choices, KeyField, OfferingField, PageField, TextField
from bosett_web.screens.refusals import UNREASONED, WHO, in_words
from bosett_web.screens.words import say

Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"
"""The files that were chosen in a form."""
Value = TypeVar("Value")
Shown = TypeVar("Shown", bound="PageForm")

NOT_TOLD_BY = ("from", "letters", "query", "seen")
"""What a form carries that does not tell which of several alike it is: it may change while the page is open."""


class BoundPageField(BoundField):
    """A field of a form as its page shows it: the box, and what is said beside it."""

    field: PageField
    form: "PageForm"

    @property
    def fault(self) -> str:
        """What is wrong with it, in words; empty when nothing is."""
        return str(next(iter(self.errors), ""))

    @property
    def fault_id(self) -> str:
        """What the page calls the words of what is wrong."""
        return self.form.fault_id % self.auto_id

    @property
    def help_id(self) -> str:
        """What the page calls the help."""
        return f"{self.auto_id}-help"

    def build_widget_attrs(
        self,
        attrs: dict[str, Any],
        widget: forms.Widget | None = None,  # noqa: ARG002  - Django gives it
    ) -> dict[str, Any]:
        """Return what the box says to those who hear the page: that it is needed, wrong, and what is said beside it."""
        whole = dict(attrs)
        described = [self.help_id] * bool(self.help_text) + [self.fault_id] * bool(self.fault)
        if described:
            whole["aria-describedby"] = " ".join(described)
        if self.fault:
            whole["aria-invalid"] = "true"
        if self.field.is_marked:
            whole["aria-required"] = "true"
        if self.field.is_in_row:
            whole["aria-label"] = self.label
        return whole


class PageRenderer(TemplatesSetting):
    """Writes every field by one template, and every box by that of its kind."""

    field_template_name = "_field.html"
    bound_field_class = BoundPageField


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One line of what is wrong: the field's label and id where it stands on the page, and the words."""

    words: str
    label: str = ""
    id: str = ""

    @property
    def whole(self) -> str:
        """The label and the words: `Oslo, Personer: Skriv et helt tall.`; a label that asks is answered."""
        label = self.label.replace(": ", ", ")
        return f"{label}{'' if label.endswith('?') else ':'} {self.words}" if label else self.words


class PageForm(forms.Form):
    """A form as a page shows it and an action reads it.

    Attributes:
        spoken: nb, nn or en: what it is read in.
        move: What it asks for: the last part of its address.
        is_shown: Whether the page shows it, so that what is wrong can lead to its fields.
        is_objected: Whether it was refused for what can be done now, and not for what was filled in.
        fault_id: How the words of what is wrong are called, with a place for the id of the field.
    """

    default_renderer = PageRenderer
    fault_id = "%s-error"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "Files | None" = None,
        *,
        language: str,
        move: str = "",
        initial: Mapping[str, object] | None = None,
    ) -> None:
        """Make a form: with what was sent, or as it is first shown.

        Args:
            data: What was filled in; None shows it anew.
            files: The files that were chosen.
            language: nb, nn or en.
            move: What it asks for.
            initial: What stands in its fields at first.
        """
        super().__init__(data, files, auto_id="f-%s", initial=dict(initial or {}), use_required_attribute=False)
        self.spoken, self.move, self.is_shown, self.is_objected = language, move, False, False
        self.add("from", CarriedField())
        self.add_own()
        for field in self.own_fields():
            field.speak(language)

    def add_own(self) -> None:
        """Add the fields that are known only from what was sent, or from what the page begins with."""

    def begin_with(self, begin: str) -> None:
        """Let the ids of the fields begin as those of no other form on the page do."""
        self.auto_id = f"{begin}-%s"

    def add(self, name: str, field: PageField) -> None:
        """Add a field that is known only now, or whose name is no name in Python."""
        field.speak(self.spoken)
        self.fields[name] = field

    def own_fields(self) -> list[PageField]:
        """Return its fields."""
        return [field for field in self.fields.values() if isinstance(field, PageField)]

    def field_of(self, name: str) -> PageField:
        """Return a field."""
        return _as(PageField, self.fields[name])

    def call(self, name: str, label: str) -> None:
        """Call a field by words that are known only now."""
        self.fields[name].label = self[name].label = label

    def offer(self, name: str, choices: Choices) -> None:
        """Offer what can be chosen, each with its words."""
        _as(OfferingField, self.fields[name]).offer(choices)

    def is_this(self, moves: Sequence[str], carried: Mapping[str, str]) -> bool:
        """Tell whether it asks for one of some moves, of the same thing, and is not shown already."""
        told_by = (name for name in carried if name not in NOT_TOLD_BY)
        return not self.is_shown and self.move in moves and all(self.sent(name) == carried[name] for name in told_by)

    def carried(self) -> list[tuple[str, str]]:
        """Return what it carries as the page knows it now, whatever was sent: which county, which version."""
        pairs = ((each.html_name, _carried(self.initial.get(each.name))) for each in self.hidden_fields())
        return [(name, value) for name, value in pairs if value or name != "from"]

    # What was filled in, as values

    def sent(self, name: str) -> str:
        """Return what was sent in a field as it stands; empty when nothing was."""
        return str(self.data.get(name, ""))

    def text_of(self, name: str) -> str:
        """Return a text, a choice or what a box says."""
        return _as(str, self.cleaned_data[name])

    def number_of(self, name: str) -> int | None:
        """Return a number, or None when the field is empty."""
        number = self.cleaned_data[name]
        return None if number is None else _as(int, number)

    def key_of(self, name: str) -> int:
        """Return a number that must be there."""
        return _as(int, self.cleaned_data[name])

    def day_of(self, name: str) -> date:
        """Return a day that must be there."""
        return _as(date, self.cleaned_data[name])

    def day_or_none_of(self, name: str) -> date | None:
        """Return a day, or None when the field is empty."""
        day = self.cleaned_data[name]
        return None if day is None else _as(date, day)

    def moment_of(self, name: str) -> datetime:
        """Return a moment that must be there."""
        return _as(datetime, self.cleaned_data[name])

    def file_of(self, name: str) -> tuple[str, bytes]:
        """Return name and bytes of a file; both empty when none was chosen."""
        chosen, content = self.cleaned_data[name]
        return _as(str, chosen), _as(bytes, content)

    def files_of(self, name: str) -> tuple[tuple[str, bytes], ...]:
        """Return name and bytes of each file that was chosen."""
        return _as(tuple, self.cleaned_data[name])

    # What is wrong

    def worded(self, code: str, **facts: object) -> str:
        """Return words in the reader's language."""
        return say(code, self.spoken, **facts)

    def place_of(self, fault: str) -> str | None:
        """Return the field at which something is told; None when it is told of the form as a whole."""
        return next((name for name in (fault, f"{fault}-number") if name in self.fields), None)

    def refuse(self, fault: Invalid) -> None:
        """Tell what an action has found wrong, at its field."""
        self.add_error(self.place_of(fault.field), in_words(fault.code, fault.facts, self.spoken))

    def object_to(self, objection: Objection) -> None:
        """Tell why it cannot be done now: at the reason where one answers it."""
        asks_reason = objection.code in UNREASONED
        self.is_objected = not asks_reason
        self.add_error(
            "reason" if asks_reason and "reason" in self.fields else None,
            in_words(objection.code, objection.facts, self.spoken),
        )

    def kept(self, actor: Actor, year: int) -> None:
        """Keep what a browser does not fill in again, when the form has been refused."""

    @property
    def faults(self) -> list[FaultLine]:
        """What is wrong, in the order of the fields; each leads to its field where the page shows it."""
        return [
            self._line(name, str(words))
            for name in sorted(self.errors, key=[NON_FIELD_ERRORS, *self.fields].index)
            for words in self.errors[name]
        ]

    @property
    def leads(self) -> bool:
        """Tell whether something that is wrong leads to its field."""
        return any(each.id for each in self.faults)

    def _line(self, name: str, words: str) -> FaultLine:
        if name == NON_FIELD_ERRORS or self[name].is_hidden:
            return FaultLine(words)
        return FaultLine(words, str(self[name].label), self[name].id_for_label if self.is_shown else "")


class PageRequest(SeatedRequest):
    """A request for a page, or of a form on one.

    Attributes:
        htmx: What htmx says of it.
        refused: The form that was refused, with what was filled in and why; None without one.
        again: Whether the form had been kept for whom it was shown to, and is sent again.
        day: The workspace's day, once a round has been looked at.
    """

    htmx: HtmxDetails
    day: date
    refused: PageForm | None
    again: bool


def attempt(request: PageRequest, form: PageForm, doing: Callable[[], object]) -> int:
    """Do what a form asks when it can be read; return 0, or the status of the answer when it is refused.

    Who may not make a move at all is told so, and not what was left out.
    """
    status = 422
    if not form.is_valid():
        if (objection := _objection_to_person(request, form)) is not None:
            form.errors.clear()
            form.object_to(objection)
            status = 403
    else:
        try:
            doing()
        except Objected as fault:
            form.object_to(fault.objection)
            status = 403 if fault.objection.code in WHO else 409
        except Invalid as fault:
            form.refuse(fault)
        else:
            return 0
    request.refused = form
    return status


def _objection_to_person(request: PageRequest, form: PageForm) -> Objection | None:
    """Return why somebody may never make a form's move, whatever state it is in; None when they may."""
    move = next((each for each in MOVES if each.name == form.move), None)
    if move is None or request.actor is None:
        return None
    return objection_to(move, request.actor.who, Situation(move.start, request.actor.area))


def shown(
    request: PageRequest,
    form: type[Shown],
    moves: str,
    /,
    *,
    begin: str = "f",
    initial: Mapping[str, object] | None = None,
    carries: Mapping[str, object] | None = None,
    **own: object,
) -> Shown:
    """Return a form for a page: the one that was refused when it is this one, or one with what it begins with.

    Args:
        request: Whose page.
        form: Its kind.
        moves: What it asks for, and what else it may have been sent for, with blanks between.
        begin: What the ids of its fields begin with.
        initial: What stands in its fields at first.
        carries: What it carries: which county, which version. Of several alike on a page it tells which was refused.
        own: The same, name by name.
    """
    refused, whole = request.refused, {**(carries or {}), **own}
    carried = {name: _carried(value) for name, value in whole.items()}
    stands = {**(initial or {}), **carried}
    if isinstance(refused, form) and refused.is_this(moves.split(), carried):
        refused.begin_with(begin)
        refused.is_shown, refused.initial = True, stands
        return refused
    made = form(language=request.language, move=moves.partition(" ")[0], initial=stands)
    made.begin_with(begin)
    return made


def sent(request: PageRequest, name: str) -> str:
    """Return what was sent in a field of the form that was refused; empty without one."""
    return request.refused.sent(name) if request.refused else ""


# Forms of many moves


class ReasonForm(PageForm):
    """A move with a reason; whether one is needed is the table's to say."""

    reason = TextField("field_reason", marked=True, explained="no_person", rows=3)


class VersionForm(PageForm):
    """A move of a version."""

    version = KeyField()


class VersionReasonForm(VersionForm, ReasonForm):
    """A move of a version, with a reason."""


class CountyForm(PageForm):
    """A move of a county."""

    county = CarriedField()


class CountyReasonForm(CountyForm, ReasonForm):
    """A move of a county, with a reason."""


class OlderForm(PageForm):
    """A form with a day that may be earlier than could be expected: why it is, is asked when it is."""

    older = TextField("field_older", marked=True, rows=2)

    @property
    def asks_older(self) -> bool:
        """Tell whether the page asks why."""
        return bool(self["older"].errors or self.sent("older"))


def _carried(value: object) -> str:
    return "" if value is None else str(value)


def _as(kind: type[Value], value: object) -> Value:
    if not isinstance(value, kind):
        message = f"{value!r} is no {kind.__name__}"
        raise TypeError(message)
    return value
