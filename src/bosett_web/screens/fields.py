"""The fields of the forms: each is read as what it should be, and says in the reader's language what is wrong with it.

A field is declared with the codes of its words. Its form gives it the language; Django's own messages are never asked
for. What it is read as is checked again by the action that is given it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from bosett.sources.values import NotRead, read_day, read_fraction, read_number, read_percent
from bosett_web.actions.doing import Invalid
from bosett_web.actions.values import text
from bosett_web.screens import boxes
from bosett_web.screens.refusals import in_words
from bosett_web.screens.words import say

Amount = TypeVar("Amount", int, Fraction)
MOST_OF_OURS = 2**31 - 1
"""Most that a number of our own can be, such as what a row is known by."""
Widget: TypeAlias = type[forms.Widget] | forms.Widget
Choices: TypeAlias = Iterable[tuple[str, str]]
"""What can be chosen: its value, and its words or their code."""
GroupedChoices: TypeAlias = Iterable[tuple[str, "str | Sequence[tuple[str, str]]"]]
"""The same, or in groups: the heading of a group, and what can be chosen in it."""


class PageField(forms.Field):
    """A field with its words, as they are read in a language.

    Attributes:
        missing: Code of the refusal when it is needed and nothing is filled in.
        look: What its place on the page is called by the style sheet.
        is_marked: Whether those who hear the page are told that it must be filled in.
        is_unseen: Whether its label is heard and not seen.
        is_checked: Whether it is a box to tick, which stands before its label.
        is_in_row: Whether it stands in a row of a table, whose headings are its label to those who see them.
    """

    widget: Widget = boxes.TextBox
    missing: str = "text_missing"
    look: str = "field"
    is_unseen: bool = False
    is_checked: bool = False
    is_in_row: bool = False
    template_name: str | None

    def __init__(
        self,
        words: str = "",
        *,
        needed: bool = False,
        marked: bool = False,
        explained: str | tuple[str, ...] = "",
        missing: str = "",
        widget: forms.Widget | None = None,
    ) -> None:
        """Declare a field.

        Args:
            words: Code of its label.
            needed: Whether the form is refused without it.
            marked: Whether it must be filled in, though it is the action that says when.
            explained: Code of the help beside it, or several.
            missing: Code of the refusal when it is needed and nothing is filled in, where it is not that of its kind.
            widget: The box, where it is not that of its kind.
        """
        super().__init__(required=needed, widget=widget)
        self.words, self.language = words, "nb"
        self.explained = (explained,) if isinstance(explained, str) else explained
        self.is_marked = needed or marked
        self.missing = missing or self.missing

    def speak(self, language: str) -> None:
        """Take the words of a language, unless the screen has given others."""
        self.language = language
        if self.words:
            self.label = say(self.words, language)
        self.help_text = " ".join(say(code, language) for code in self.explained if code)

    def bound_data(self, data: object, initial: object) -> object:
        """Return what the box shows of a form that was sent: what stood at first, where nothing was sent of it."""
        return initial if data is None else data

    def fault(self, code: str, facts: Mapping[str, object] | None = None) -> ValidationError:
        """Return what is wrong with what was filled in, in words."""
        return ValidationError(in_words(code, facts or {}, self.language), code=code)

    def validate(self, value: object) -> None:
        """Refuse nothing where something is needed.

        Raises:
            ValidationError: It is.
        """
        if self.required and value in self.empty_values:
            raise self.fault(self.missing)


class TextField(PageField):
    """Free text, checked as everything is that may come to stand in a document; its lines end as ours do."""

    def __init__(
        self,
        words: str = "",
        *,
        needed: bool = False,
        marked: bool = False,
        explained: str | tuple[str, ...] = "",
        missing: str = "",
        rows: int = 0,
        widget: forms.Widget | None = None,
    ) -> None:
        """Declare a text, of so many rows; 0 is one line."""
        widget = boxes.TextArea(rows) if rows else widget
        super().__init__(words, needed=needed, marked=marked, explained=explained, missing=missing, widget=widget)

    def to_python(self, value: object) -> str:
        """Return the text.

        Raises:
            ValidationError: It is longer than anybody would read, or has a sign that cannot be set.
        """
        try:
            return text("", str(value or "").replace("\r\n", "\n"))
        except Invalid as refused:
            raise self.fault(refused.code, refused.facts) from None


class CarriedField(PageField):
    """What a page puts into its own form, as it stands: which county, which letters."""

    widget: Widget = forms.HiddenInput

    def to_python(self, value: object) -> str:
        """Return it."""
        return str(value or "").replace("\r\n", "\n")


class AmountField(PageField, Generic[Amount]):
    """An amount, as people write it; `reader` says of which kind."""

    missing = "number_missing"
    look = "field narrow"
    reader: Callable[[str], Amount | None]

    def to_python(self, value: object) -> Amount | None:
        """Return the amount; None when nothing is written.

        Raises:
            ValidationError: It is none.
        """
        try:
            return self.reader(str("" if value is None else value))
        except NotRead as refused:
            raise self.fault(refused.code, refused.facts) from None


class NumberField(AmountField[int]):
    """A whole number of persons."""

    widget: Widget = boxes.NumberBox
    reader: Callable[[str], int | None] = staticmethod(read_number)


class FractionField(AmountField[Fraction]):
    """A number that need not be whole: 12,5."""

    widget: Widget = boxes.DecimalBox
    reader: Callable[[str], Fraction | None] = staticmethod(read_fraction)


class PartField(FractionField):
    """A part of a whole, written as per cent: 12,5 is an eighth."""

    reader = staticmethod(read_percent)

    def to_python(self, value: object) -> Fraction | None:
        """Return the part, 0 to 1; None when nothing is written.

        Raises:
            ValidationError: It is none.
        """
        percentage = super().to_python(value)
        return None if percentage is None else percentage / 100


class KeyField(NumberField):
    """A number that a page puts into its own form, such as what a row is known by."""

    widget: Widget = forms.HiddenInput
    reader: Callable[[str], int | None] = staticmethod(partial(read_number, most=MOST_OF_OURS))

    def __init__(self, words: str = "", *, widget: forms.Widget | None = None, missing: str = "") -> None:
        """Declare a number that is always there."""
        super().__init__(words, needed=True, widget=widget, missing=missing)


class DayField(PageField):
    """A day, written as people or browsers write it."""

    widget: Widget = boxes.DayBox
    missing = "not_a_day"

    def to_python(self, value: object) -> date | None:
        """Return the day; None when nothing is written.

        Raises:
            ValidationError: It is none.
        """
        try:
            return read_day(str(value or ""))
        except NotRead as refused:
            raise self.fault(refused.code, refused.facts) from None


class MomentField(PageField):
    """A moment in Norwegian time."""

    widget: Widget = boxes.MomentBox
    missing = "not_a_moment"

    def to_python(self, value: object) -> datetime | None:
        """Return the moment; None when nothing is written.

        Raises:
            ValidationError: It is none.
        """
        written = str(value or "").strip()
        try:
            return timezone.make_aware(_moment(written)) if written else None
        except (NotRead, ValueError):
            raise self.fault("not_a_moment") from None


class OfferingField(PageField):
    """A choice among a few answers."""

    widget: Widget = boxes.ChoiceBox
    missing = "not_a_choice"

    def __init__(
        self,
        words: str = "",
        choices: Choices = (),
        *,
        needed: bool = False,
        explained: str | tuple[str, ...] = "",
        missing: str = "",
    ) -> None:
        """Declare a choice, with the codes of the words of its answers; one without a code is a dash."""
        super().__init__(words, needed=needed, explained=explained, missing=missing)
        self.coded = tuple(choices)

    def speak(self, language: str) -> None:
        """Take the words of a language."""
        super().speak(language)
        self.offer((value, say(code, language) if code else "–") for value, code in self.coded)

    def offer(self, choices: GroupedChoices) -> None:
        """Offer answers, each with its words."""
        if isinstance(self.widget, boxes.ChoiceBox):
            self.widget.choices = list(choices)


class ChoiceField(OfferingField):
    """A choice among answers that are always the same; one that is none of them is refused here."""

    def to_python(self, value: object) -> str:
        """Return the answer.

        Raises:
            ValidationError: It is none of them.
        """
        chosen = str(value or "")
        if chosen and chosen not in dict(self.coded):
            raise self.fault("not_a_choice")
        return chosen


class PickField(OfferingField):
    """A choice among what the screen offers; whether it can be chosen is the action's to say."""

    def to_python(self, value: object) -> str:
        """Return what was chosen."""
        return str(value or "")


class KeyPickField(OfferingField):
    """A choice among rows that the screen offers, each known by its number."""

    def to_python(self, value: object) -> int | None:
        """Return the number; None when nothing is chosen.

        Raises:
            ValidationError: It is none.
        """
        try:
            return read_number(str(value or ""), most=MOST_OF_OURS)
        except NotRead:
            raise self.fault("not_a_choice") from None


class CheckField(PageField):
    """A box that is ticked or not; ticked, it says its value."""

    widget: Widget = boxes.CheckBox
    look = "field check"
    is_checked = True

    def __init__(self, words: str = "", *, value: str = "1", explained: str | tuple[str, ...] = "") -> None:
        """Declare a box, with what it says when it is ticked."""
        super().__init__(words, explained=explained, widget=boxes.CheckBox(value))

    def to_python(self, value: object) -> str:
        """Return what it says; empty when it is not ticked."""
        return str(value or "")


class FileField(PageField):
    """A file with a largest size, as its name and its bytes; of one that is too large, one byte more is read."""

    widget: Widget = boxes.FileBox
    missing = "file_none"

    def __init__(
        self,
        words: str = "",
        *,
        most: int,
        kinds: str,
        needed: bool = False,
        marked: bool = False,
        explained: str | tuple[str, ...] = "",
        missing: str = "",
    ) -> None:
        """Declare a file.

        Args:
            words: Code of its label.
            most: Bytes that it may have; a larger one is for the reader of such files to refuse.
            kinds: What a browser offers to choose among.
            needed: Whether the form is refused without it.
            marked: Whether it must be chosen, though it is the action that says when.
            explained: Codes of the help beside it.
            missing: Code of the refusal when it is needed and none is chosen.
        """
        widget = boxes.FileBox(attrs={"accept": kinds} if kinds else {})
        super().__init__(words, needed=needed, marked=marked, explained=explained, missing=missing, widget=widget)
        self.most = most

    def to_python(self, value: object) -> tuple[str, bytes]:
        """Return name and bytes; both empty when none is chosen."""
        if not isinstance(value, UploadedFile):
            return "", b""
        return value.name or "", value.read(self.most + 1)

    def validate(self, value: object) -> None:
        """Refuse no file where one is needed.

        Raises:
            ValidationError: It is.
        """
        super().validate(None if value == ("", b"") else value)


class FilesField(FileField):
    """Several files with a largest size each, as their names and bytes."""

    widget: Widget = boxes.FilesBox

    def __init__(self, words: str = "", *, most: int, kinds: str, explained: str | tuple[str, ...] = "") -> None:
        """Declare files, as `FileField` does one; none has to be chosen."""
        super().__init__(words, most=most, kinds=kinds, explained=explained)
        self.widget = boxes.FilesBox({"accept": kinds})

    def to_python(self, value: object) -> tuple[tuple[str, bytes], ...]:  # type: ignore[override]  # of several files
        """Return name and bytes of each file."""
        chosen = value if isinstance(value, list) else [value]
        return tuple((each.name or "", each.read(self.most + 1)) for each in chosen if isinstance(each, UploadedFile))

    def validate(self, value: object) -> None:
        """Refuse nothing: none has to be chosen."""


def _moment(written: str) -> datetime:
    """Return what a browser has written, or people: `2020-09-01T10:00`, `01.09.2020 10:00`, `1.9.2020 kl. 10.00`."""
    day, _, hour = written.replace("kl.", " ").partition(" ")
    if not hour.strip():
        return datetime.fromisoformat(written).replace(tzinfo=None)
    on = read_day(day)
    if on is None:
        raise ValueError(written)
    return datetime.combine(on, time.fromisoformat(hour.strip().replace(".", ":")).replace(tzinfo=None))
