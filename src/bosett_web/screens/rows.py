"""Forms of many rows, each of a county or a municipality: persons and minors, and what a meeting came to."""

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from bosett_web.actions.county.outcomes import SAID_BY, Outcome
from bosett_web.actions.values import Numbers
from bosett_web.queries.lines import Line
from bosett_web.screens import boxes
from bosett_web.screens.field_names import place_name
from bosett_web.screens.fields import CarriedField, ChoiceField, NumberField, PageField, TextField
from bosett_web.screens.forms import BoundPageField, PageForm
from bosett_web.screens.words import say

HEADS: Mapping[str, str] = {"number": "persons_heading", "under15": "under15_short", "from15": "from15_short"}
"""The parts of a row of persons, and the codes of their headings."""
OUTCOME_HEADS: Mapping[str, str] = {
    "number": "outcome",
    "under15": "col_outcome_under15",
    "from15": "col_outcome_from15",
    "by": "outcome_by",
    "reason": "field_reason",
}


class RowsForm(PageForm):
    """A form with a row for each code that it is shown or sent with.

    The name of a field is the row's code and its part: `4601-number`. What a row was when it was shown is carried,
    so that one that comes back the same is left alone.

    Attributes:
        heads: The parts of a row, and the codes of their headings.
        within: What stands between code and part in the names, with a hyphen after it.
        was: What the name of what a row was ends with; empty when rows do not carry it.
        in_rows: Whether the fields stand in a table, whose headings are their labels.
    """

    fault_id = "e-%s"
    heads: Mapping[str, str] = HEADS
    within = ""
    was = "was"
    in_rows = True

    def add_own(self) -> None:
        """Add the fields of the rows that were sent, or that the page begins with."""
        self.auto_id, self.codes = "%s", list[str]()
        mark = f"-{self.was or f'{self.within}number'}"
        for name in [*(self.data if self.is_bound else self.initial)]:
            if name.endswith(mark) and name.removesuffix(mark).isalnum():
                self.add_row(name.removesuffix(mark))
        self.order_fields([f"{code}-{self.within}{part}" for code in self.codes for part in self.heads])

    def begin_with(self, begin: str) -> None:
        """Let the fields be called by their names, which are no other form's."""

    def add_row(self, code: str) -> None:
        """Add the fields of a row."""
        self.codes.append(code)
        if self.was:
            self.add(f"{code}-{self.was}", CarriedField())
        for part, head in self.heads.items():
            field = self.part_field(part, head)
            field.is_in_row = self.in_rows
            if self.in_rows:
                field.template_name = "_cell_field.html"
            self.add(f"{code}-{self.within}{part}", field)
        self.name_row(code, place_name(code) or code)

    def part_field(self, part: str, head: str) -> PageField:  # noqa: ARG002  - for those whose rows have other parts
        """Return the field of a part."""
        return NumberField(head, widget=boxes.NumberBox({"class": "cell number"}))

    def name_row(self, code: str, name: str) -> None:
        """Call the fields of a row by the name of its place."""
        for part, head in self.heads.items():
            words = say(head, self.spoken)
            self.call(f"{code}-{self.within}{part}", f"{name}: {words}" if self.in_rows else words)

    def row(self, code: str, name: str) -> "dict[str, BoundPageField]":
        """Return the fields of a row, by part, under the name of its place."""
        if code not in self.codes:
            self.add_row(code)
        self.name_row(code, name)
        bound = {part: self[f"{code}-{self.within}{part}"] for part in self.heads}
        return {part: each for part, each in bound.items() if isinstance(each, BoundPageField)}

    def place_of(self, fault: str) -> str | None:
        """Return the field at which something is told; what is told of a row stands at its number."""
        return super().place_of(fault) or super().place_of(f"{fault}-{self.within}number")

    def numbers_of(self, code: str) -> Numbers:
        """Return the persons of a row and the minors within."""
        return Numbers(**{part: self.cleaned_data.get(f"{code}-{self.within}{part}") for part in HEADS})

    def was_of(self, code: str) -> str:
        """Return what a row was when the form was shown."""
        return self.sent(f"{code}-{self.was}")


class OutcomesForm(RowsForm):
    """What a meeting came to, municipality by municipality."""

    county = CarriedField()

    heads = OUTCOME_HEADS
    within = "outcome-"
    was = "was-outcome"

    def part_field(self, part: str, head: str) -> PageField:
        """Return the field of a part."""
        if part == "by":
            choice = ChoiceField(head, [(party, f"party_{party}" if party else "") for party in SAID_BY])
            choice.widget = boxes.ChoiceBox({"class": "cell"})
            return choice
        if part == "reason":
            return TextField(head, widget=boxes.TextBox({"class": "cell text", "autocomplete": "off"}))
        return super().part_field(part, head)

    def changed(self) -> list[Outcome]:
        """Return the outcomes of the rows that come back otherwise than they were shown."""
        outcomes = []
        for code in self.codes:
            written = [self.sent(f"{code}-outcome-{part}").strip() for part in self.heads]
            if "|".join(written) != self.was_of(code):
                said_by, reason = (self.text_of(f"{code}-outcome-{part}") for part in ("by", "reason"))
                outcomes.append(Outcome(code, self.numbers_of(code), reason, said_by))
        return outcomes


def outcome_parts(line: Line) -> dict[str, object]:
    """Return what a line's outcome is, by the names of the form's fields."""
    numbers = (line.outcome, line.outcome_under15, line.outcome_from15)
    written = [*("" if number is None else str(number) for number in numbers), line.outcome_by, line.outcome_reason]
    parts = {f"{line.code}-outcome-{part}": value for part, value in zip(OUTCOME_HEADS, written, strict=True)}
    return {**parts, f"{line.code}-was-outcome": "|".join(written)}


def people_parts(code: str, people: Any) -> dict[str, object]:  # noqa: ANN401  - numbers with the minors, of any floor
    """Return persons and the minors within, by the names of the form's fields."""
    return {f"{code}-{part}": getattr(people, part) for part in HEADS}


def joined(numbers: Numbers) -> str:
    """Return numbers as a form carries what they were."""
    return "|".join("" if part is None else str(part) for part in astuple(numbers))
