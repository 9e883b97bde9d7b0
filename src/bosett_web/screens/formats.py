"""How numbers and days are written, and names sorted: Norwegian in all three languages."""

from datetime import date, datetime
from fractions import Fraction

from django.utils import timezone

from bosett.documents.days import NO_BREAK, day_in
from bosett.documents.letters.names import alphabetical

MINUS = "\u2212"
sort_key = alphabetical
"""What names are sorted by: as in the letters, so that a page and its letter have one order."""


def number(value: int) -> str:
    """Write a whole number with no-break spaces between thousands, from five digits on or always: 5 025."""
    return f"{value:,}".replace(",", NO_BREAK)


def decimal(value: Fraction) -> str:
    """Write a number with one decimal and a comma: 1,3."""
    whole, tenth = divmod(round(abs(value) * 10), 10)
    return f"{MINUS if value < 0 and (whole or tenth) else ''}{number(whole)},{tenth}"


def signed(value: Fraction) -> str:
    """Write a change with its sign, whole when it is whole: +3, \u22121,5."""
    written = number(abs(int(value))) if value.denominator == 1 else decimal(abs(value))
    if not written.strip("0,"):
        return written
    return f"{MINUS if value < 0 else '+'}{written}"


def per_thousand(number: int | None, of: int | None) -> str:
    """Write a number as a part of a thousand others: 1,3; a dash when one of them is not known."""
    return "–" if number is None or not of else decimal(Fraction(1000 * number, of))


def day(value: date | datetime, language: str) -> str:
    """Write a day in words: 19. mai 2020, or 19 May 2020."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return day_in(value, language)


def moment(value: datetime, language: str) -> str:
    """Write a moment in Norwegian time: 1. september 2020 kl. 09.00."""
    local = timezone.localtime(value)
    at = f"at{NO_BREAK}{local:%H:%M}" if language == "en" else f"kl.{NO_BREAK}{local:%H.%M}"
    return f"{day(value, language)} {at}"
