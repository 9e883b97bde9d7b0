"""Counts by month for the whole country or a group of people: what a forecast of need is set against.

They are no figures of municipalities, so they are no version of an indicator.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bosett.figures import Figure
from bosett.geography.name_matching import fold

_MONTH = re.compile(r"((?:19|20)[0-9]{2})(?:-|M|-M)(0[1-9]|1[0-2])")
_FIRST_DAY = re.compile(r"01\.(0[1-9]|1[0-2])\.((?:19|20)[0-9]{2})")  # how a workbook keeps a month
_NAMES = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})\b")


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """Counts by month as they were read.

    Attributes:
        publisher: Who publishes them.
        dataset: What the publisher calls them.
        source: The address or the name of the file.
        published_on: The day on which the publisher says that they were changed; None when it does not say.
        fetched_on: The day on which they were fetched or read in.
        raw_sha256: Hash of the bytes.
        counts: By group (a country, or what the heading says), then by month as `2026-02`, in order.
    """

    publisher: str
    dataset: str
    source: str
    published_on: date | None
    fetched_on: date
    raw_sha256: str
    counts: Mapping[str, Mapping[str, Figure]]

    def __post_init__(self) -> None:
        counts = {name: MappingProxyType(dict(sorted(by_month.items()))) for name, by_month in self.counts.items()}
        object.__setattr__(self, "counts", MappingProxyType(counts))


def month_of(written: str, year: int | None = None) -> str:
    """Return a month as `2026-02`; an empty text when none, or no year, is written.

    It is written `2026-02`, `2026M02`, `01.02.2026`, `februar 2026`, or `februar` where the year is told.
    """
    if match := _MONTH.fullmatch(written.strip()):
        return f"{match[1]}-{match[2]}"
    if match := _FIRST_DAY.fullmatch(written.strip()):
        return f"{match[2]}-{match[1]}"
    months = [
        number for number, name in enumerate(_NAMES, 1) if any(_names(word, name) for word in fold(written).split())
    ]
    years = {int(each) for each in _YEAR.findall(written)} or ({year} if year else set())
    if len(months) != 1 or len(years) != 1:
        return ""
    return f"{years.pop()}-{months[0]:02}"


def _names(word: str, month: str) -> bool:
    return word == month or (len(word) == 3 and month.startswith(word))
