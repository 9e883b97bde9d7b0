"""A cell of the county's sheet as markup. Made in code: a page has five hundred, and a template takes far longer."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from bosett.rounds.columns import CellKind, SheetColumn
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell that can be written in, for a reader of a language.

    `note` says why it stands greyed; `noted` is what the county has noted at it, and `note_name` the field of that,
    when it can have one.
    """

    column: SheetColumn
    name: str
    label: str
    value: str
    head: str
    error: str
    language: str
    note: str = ""
    noted: str = ""
    note_name: str = ""

    @property
    def markup(self) -> SafeString:
        """The table's cell with its field, and the error that belongs to it."""
        name, fault = escape(self.name), ""
        ids = [f"e-{name}"] if self.error else [f"i-{name}"] if self.note else []
        ids += [f"n-{name}"] if self.noted else []
        mark = f' aria-describedby="{" ".join(ids)}"' if ids else ""
        if self.error:
            mark = f' aria-invalid="true"{mark} id="{name}"'
            fault = f'<p class="ds-validation-message" id="e-{name}">{escape(self.error)}</p>'
        attributes = f'name="{name}" aria-label="{escape(self.label)}"{mark}'
        field = self._choice(attributes) if self.column.kind is CellKind.CHOICE else self._input(attributes)
        note = f'<p class="idle-note" id="i-{name}">{escape(self.note)}</p>' if self.note else ""
        look = ' class="idle"' if self.note else ""
        head, beside = escape(self.head), ""
        if self.note_name:
            beside = f'<input type="hidden" class="cell" name="{self.note_name}" value="{escape(self.noted)}">'
        beside, look = f"{beside}{noted_at(self.name, self.noted)}", f"{look}{marked(self.noted)}"
        place = f'data-column="{self.column.name}" data-label="{head}"'
        return SafeString(f"<td {place}{look}>{field}{beside}{note}{fault}</td>")

    def _input(self, attributes: str) -> str:
        kind = self.column.kind
        more = {CellKind.NUMBER: ' inputmode="numeric"', CellKind.DATE: ' type="date"'}.get(kind, "")
        value = escape(self.value)
        return f'<input class="ds-input cell {kind}" {attributes}{more} autocomplete="off" value="{value}">'

    def _choice(self, attributes: str) -> str:
        options = "".join(
            f'<option value="{value}"{" selected" if value == self.value else ""}>{say(words, self.language)}</option>'
            for value, words in (("", "asked_open"), ("yes", "asked_yes"), ("no", "asked_no"))
        )
        return f'<select class="ds-input cell" {attributes}>{options}</select>'


@dataclass(frozen=True, slots=True)
class PlainCell:
    """The same cell for who only reads it: its words in a language, and its value, which rows are sorted by."""

    column: SheetColumn
    head: str
    value: str
    words: SafeString
    name: str = ""
    noted: str = ""

    @property
    def markup(self) -> SafeString:
        """The table's cell."""
        look = ' class="num"' if self.column.numeric else ""
        place, value = f'data-column="{self.column.name}" data-label="{escape(self.head)}"', escape(self.value)
        note = noted_at(self.name, self.noted)
        return SafeString(f'<td {place} data-value="{value}"{look}{marked(self.noted)}>{self.words}{note}</td>')


def marked(noted: str) -> str:
    """Return the attributes that mark a cell at which something is noted."""
    return f' data-noted title="{escape(noted)}"' if noted else ""


def noted_at(name: str, noted: str) -> str:
    """Return what is noted at a cell, for those who hear it."""
    return f'<span class="unseen" id="n-{escape(name)}">{escape(noted)}</span>' if noted else ""
