"""What is written in a cell of the county's sheet, as a value; and a value as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from bosett.rounds.columns import FIELDS, NAMED, CellKind
from bosett.sources.values import NotRead, read_day, read_number, read_yes_no
from bosett_web.actions.doing import Invalid


@dataclass(frozen=True, slots=True)
class BadCell:
    """What was written in a cell and is no number, day or choice; `code` and its facts find the words."""

    written: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict, compare=False)


Value = int | str | bool | date | BadCell | None


class Unread(Enum):
    """In place of what a cell was: that is not known. In place of what it becomes: it is not set."""

    UNREAD = "unread"


UNREAD = Unread.UNREAD
YES, NO = ("yes", "ja"), ("no", "nei")
"""The first is how the page's own choice says it; the others are how people do, in the languages of the page."""


def read_value(field: str, written: str) -> Value:
    """Return what is written in a cell as a value, by the one reader of values from outside.

    Raises:
        Invalid: It is no number, day or choice, or there is no such field.
    """
    if field not in FIELDS:
        raise Invalid("field", "unknown_field", {"field": field})
    kind = NAMED[field].kind
    if kind is CellKind.TEXT:
        return " ".join(written.strip().splitlines())  # one line
    try:
        if kind is CellKind.CHOICE:
            return read_yes_no(written, YES, NO)
        return read_day(written) if kind is CellKind.DATE else read_number(written)
    except NotRead as refused:
        facts = {name: fact for name, fact in refused.facts.items() if name != "written"}
        raise Invalid(field, refused.code, facts) from None


def readable(field: str, written: str) -> Value:
    """Return what is written in a cell as a value; what cannot be read, as it is written and with why."""
    try:
        return read_value(field, written)
    except Invalid as fault:
        return BadCell(written.strip(), fault.code, fault.facts)


def write_value(value: Value) -> str:
    """Return a value as it is written in a cell: what `read_value` reads."""
    if value is None:
        return ""
    if isinstance(value, BadCell):
        return value.written
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
