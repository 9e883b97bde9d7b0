"""The boxes of the forms as Designsystemet has them: one look for each kind, with a template of its own."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from bosett.sources.values import NotRead, read_day


class Box(forms.Widget):
    """What all boxes have in common: their own attributes stand before what they hold, what is said of them after."""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what its template shows."""
        context = super().get_context(name, value, attrs)
        own = [(each, content) for each, content in self.attrs.items() if each != "class"]
        heard = [(each, content) for each, content in (attrs or {}).items() if each != "id"]
        look = f" {self.attrs['class']}" if "class" in self.attrs else ""
        context["widget"] |= {"own": own, "heard": heard, "look": look}
        return context


class TextBox(Box, forms.TextInput):
    """A line of text."""

    template_name = "boxes/_input.html"


class NumberBox(TextBox):
    """A number: no browser's arrows, but the keys of numbers on a telephone."""

    def __init__(self, attrs: Mapping[str, str] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class DecimalBox(TextBox):
    """A number with decimals: the keys of such numbers on a telephone."""

    def __init__(self, attrs: Mapping[str, str] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class SliderBox(Box, forms.NumberInput):
    """A number chosen by a slider, with the number itself beside it."""

    input_type = "range"
    template_name = "boxes/_slider.html"

    def __init__(self, most: int, step: int, shown: Callable[[object], str]) -> None:
        super().__init__({"min": "0"})
        self.shown = shown
        self.fit(most, step)

    def fit(self, most: int, step: int) -> None:
        """Let it end at a number, and move in such steps."""
        self.attrs |= {"max": str(most), "step": str(step)}

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what its template shows: the number in words, too."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"words": "" if value is None else self.shown(value)}
        return context


class DayBox(Box, forms.DateInput):
    """A day, by the browser's calendar where it has one."""

    input_type = "date"
    template_name = "boxes/_input.html"

    def format_value(self, value: object) -> str:
        """Return a day as a browser's calendar takes it; what is no day stays as it was written."""
        try:
            day = value if isinstance(value, date) else read_day(str(value or ""))
        except NotRead:
            return str(value)
        return day.isoformat() if day else ""


class MomentBox(Box, forms.DateTimeInput):
    """A day and a time, by the browser's calendar where it has one."""

    input_type = "datetime-local"
    template_name = "boxes/_input.html"

    def format_value(self, value: object) -> str:
        """Return a moment as a browser's calendar takes it, in Norwegian time."""
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
        return str(value or "")


class TextArea(Box, forms.Textarea):
    """Text of several lines."""

    template_name = "boxes/_textarea.html"

    def __init__(self, rows: int = 4) -> None:
        super().__init__({"rows": str(rows)})
        del self.attrs["cols"]  # the style sheet says how wide it is


class ChoiceBox(Box, forms.Select):
    """A choice among a few."""

    template_name = "boxes/_select.html"


class GroupsBox(ChoiceBox):
    """A choice among many that stand in groups, each with its heading."""

    template_name = "boxes/_groups.html"


class CheckBox(Box):
    """A box to tick."""

    template_name = "boxes/_check.html"

    def __init__(self, ticked: str = "1") -> None:
        super().__init__()
        self.ticked = ticked

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what its template shows: what it says when it is ticked, and whether it is."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"ticked": self.ticked, "is_ticked": bool(value)}
        return context


class FileBox(Box, forms.FileInput):
    """A file to choose."""

    template_name = "boxes/_file.html"


class FilesBox(FileBox):
    """Files to choose, several at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: Mapping[str, str] | None = None) -> None:
        super().__init__({**(attrs or {}), "multiple": "multiple"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ANN401, ARG002  - as Django gives them
        """Return every file that was chosen, in their order."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)
