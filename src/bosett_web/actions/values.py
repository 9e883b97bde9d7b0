"""Checks of what was filled in, before it reaches a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.render.glyphs import without_glyph
from bosett_web.actions.doing import Invalid
from bosett_web.records.models.columns import MOST

LONGEST = 20_000
"""Characters of free text: about eight pages."""
AROUND = 15
"""Characters that are shown before and after a sign that cannot be used."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Persons, and the minors within; None is not given."""

    number: int | None
    under15: int | None = None
    from15: int | None = None


def people(field: str, value: int | None) -> int | None:
    """Return a number of persons when it can be one.

    Raises:
        Invalid: It is negative or impossibly large.
    """
    if value is not None and not 0 <= value <= MOST:
        raise Invalid(field, "number_outside", {"most": MOST})
    return value


def required(field: str, value: int | None) -> int:
    """Return a number of persons that must be given.

    Raises:
        Invalid: It is missing or cannot be.
    """
    if value is None:
        raise Invalid(field, "number_missing")
    people(field, value)
    return value


def minors_within(field: str, numbers: Numbers) -> Numbers:
    """Return numbers whose minors are part of the number.

    Raises:
        Invalid: There are more minors than persons, or a number cannot be.
    """
    for part in ("number", "under15", "from15"):
        people(f"{field}-{part}", getattr(numbers, part))
    minors = (numbers.under15 or 0) + (numbers.from15 or 0)
    if numbers.number is not None and minors > numbers.number:
        raise Invalid(field, "minors_exceed", {"minors": minors, "number": numbers.number})
    return numbers


def writable(field: str, value: str) -> str:
    """Return a text that a document can be set with: whatever is written may come to stand in one.

    Raises:
        Invalid: It has a sign that no typeface of ours has; told with the words around it.
    """
    if sign := without_glyph(value):
        at = max(value.find(sign), 0)
        near = value[max(at - AROUND, 0) : at + len(sign) + AROUND].encode("utf-8", "replace").decode()
        code = " ".join(f"U+{ord(letter):04X}" for letter in sign)
        raise Invalid(field, "sign_unknown", {"sign": code, "near": " ".join(near.split())})
    return value


def text(field: str, value: str, *, needed: bool = False) -> str:
    """Return free text without loose ends.

    Raises:
        Invalid: It is needed and empty, longer than anyone would read, or has a sign that cannot be set.
    """
    value = value.strip()
    if needed and not value:
        raise Invalid(field, "text_missing")
    if len(value) > LONGEST:
        raise Invalid(field, "text_long", {"most": LONGEST})
    return writable(field, value)


def older(day: date, since: date, why: str, code: str) -> str:
    """Return why something is dated before it could be expected; empty when it is not.

    What is dated before the day that it answers, or before it is entered, stands with a reason, which is journalled.

    Raises:
        Invalid: It is dated before, and no reason is given.
    """
    why = text("older", why)
    if day >= since:
        return ""
    if not why:
        raise Invalid("older", code, {"since": since})
    return why


def facts_of(numbers: Numbers) -> Mapping[str, int | None]:
    """Return numbers as facts for the journal."""
    return {"number": numbers.number, "under15": numbers.under15, "from15": numbers.from15}
