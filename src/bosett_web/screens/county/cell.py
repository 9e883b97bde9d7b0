"""A cell of the county's sheet as markup. Made in code: a page has five hundred, and a template takes far longer."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from bosett.rounds.columns import CellKind, SheetColumn
from bosett_web.screens.words import say


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell that can be written in, for a reader of a language; its note says why it stands greyed."""

    column: SheetColumn
    name: str
    label: str
    value: str
    head: str
    error: str
    language: str
    note: str = ""

    @property
    def markup(self) -> SafeString:
        """The table's cell with its field, and the error that belongs to it."""
        name, mark, fault = escape(self.name), "", ""
        if self.note:
            mark = f' aria-describedby="i-{name}"'
        if self.error:
            mark = f' aria-invalid="true" aria-describedby="e-{name}" id="{name}"'
            fault = f'<p class="ds-validation-message" id="e-{name}">{escape(self.error)}</p>'
        attributes = f'name="{name}" aria-label="{escape(self.label)}"{mark}'
        field = self._choice(attributes) if self.column.kind is CellKind.CHOICE else self._input(attributes)
        note = f'<p class="idle-note" id="i-{name}">{escape(self.note)}</p>' if self.note else ""
        look = ' class="idle"' if self.note else ""
        head = escape(self.head)
        return SafeString(f'<td data-column="{self.column.name}" data-label="{head}"{look}>{field}{note}{fault}</td>')

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
class ReadCell:
    """The same cell for who only reads it: its words in a language, and its value, which rows are sorted by."""

    column: SheetColumn
    head: str
    value: str
    words: SafeString

    @property
    def markup(self) -> SafeString:
        """The table's cell."""
        look = ' class="num"' if self.column.numeric else ""
        place, value = f'data-column="{self.column.name}" data-label="{escape(self.head)}"', escape(self.value)
        return SafeString(f'<td {place} data-value="{value}"{look}>{self.words}</td>')
