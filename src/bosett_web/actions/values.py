"""Checks of what was filled in, before it reaches a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett_web.actions.doing import Invalid
from bosett_web.records.columns import MOST

LONGEST = 20_000
"""Characters of free text: about eight pages."""


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


def text(field: str, value: str, *, needed: bool = False) -> str:
    """Return free text without loose ends.

    Raises:
        Invalid: It is needed and empty, or longer than anyone would read.
    """
    value = value.strip()
    if needed and not value:
        raise Invalid(field, "text_missing")
    if len(value) > LONGEST:
        raise Invalid(field, "text_long", {"most": LONGEST})
    return value


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
