"""Days and months as people read them."""

from collections.abc import Mapping
from datetime import date

NO_BREAK = "\u00a0"
_NORWEGIAN = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
MONTHS: Mapping[str, tuple[str, ...]] = {
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def day_in(value: date, language: str) -> str:
    """Return a day in words: 19. mai 2020, or 19 May 2020."""
    dot = "" if language == "en" else "."
    return f"{value.day}{dot}{NO_BREAK}{month_in(value.year, value.month, language)}"


def month_in(year: int, month: int, language: str) -> str:
    """Return a month in words: februar 2020, or February 2020."""
    return f"{MONTHS[language][month - 1]}{NO_BREAK}{year}"


def time_in(value: str, language: str) -> str:
    """Return the year or month of a figure in words: 2020, or februar 2020 of 2020-02."""
    year, _, month = value.partition("-")
    return month_in(int(year), int(month), language) if month else year
