"""What a figure is: a value with its status, and a series of them with unit, publisher and the day it was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure


class Status(StrEnum):
    """Why there is a number, or why there is none."""

    OK = "ok"
    HIDDEN = "hidden"
    """Kept back by the publisher for privacy."""
    MISSING = "missing"
    """No figure."""
    NOT_ASKED = "not_asked"
    """The municipality got no request that year."""


class Level(StrEnum):
    """What the codes of a series are."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    COUNTRY = "country"
    """One figure for the whole country: a national total."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a value exactly when the status is ok. A published 0 is a value."""

    value: Fraction | int | None
    status: Status

    def __post_init__(self) -> None:
        if (self.value is None) == (self.status is Status.OK):
            raise ValueError(f"A figure has a value exactly when it is ok: {self.value!r}, {self.status.value}.")

    @property
    def persons(self) -> int | None:
        """The value of a count of people, or None."""
        return None if self.value is None else int(self.value)


@dataclass(frozen=True, slots=True)
class UsedVersion:
    """An accepted version of figures that was used, as it is named wherever it counted.

    Attributes:
        indicator: Name of the indicator.
        time: The year (`2026`) or month (`2026-02`) that was read.
        sha256: Hash of the version's canonical content.
        accepted_on: The day on which it was accepted.
    """

    indicator: str
    time: str
    sha256: str
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Publication:
    """Where figures are published.

    Attributes:
        publisher: Who publishes them.
        dataset: What the publisher calls them.
        address: Where they are found.
    """

    publisher: str
    dataset: str
    address: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What can be asked for.

    Attributes:
        name: Short name, as in criteria files.
        title: The same in words.
        unit: person or percent.
        level: Municipalities, counties or the whole country.
        publisher: Who publishes it.
        years: The years that have figures in some structure, in order; none for what is not shipped and not accepted.
        monthly: Whether a month must be named.
        table: The shipped table that it comes from; empty when none is shipped.
        where: Where it is published.
    """

    name: str
    title: str
    unit: str
    level: Level
    publisher: str
    years: tuple[int, ...]
    monthly: bool
    table: str
    where: Publication


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """What is to be said of a series that was used, wherever it is used.

    Attributes:
        indicator: Name of the indicator.
        title: The same in English words.
        year: Year of the figures.
        month: 1 to 12 for monthly figures, else None.
        publisher: Who publishes it.
        known_on: The day from which it counts as known.
        by_county: Whether it is a county's figure, used for each of its municipalities.
        accepted: The accepted version that it comes from; None for shipped figures.
    """

    indicator: str
    title: str
    year: int
    month: int | None
    publisher: str
    known_on: date
    by_county: bool
    accepted: UsedVersion | None = None

    @property
    def when(self) -> str:
        """Return the year, or year and month."""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator in one year (and month), for every code of one structure.

    Attributes:
        indicator: Name of the indicator.
        year: Year of the figures; for settlement the settlement year.
        month: 1 to 12 for monthly figures, else None.
        level: What the codes are.
        structure: The structure that the codes belong to.
        unit: person or percent.
        publisher: Who publishes it.
        title: The indicator in words.
        known_on: The day from which all of it counts as known: late rather than early.
        figures: By code, in order. Every municipality or county of the structure has one.
        accepted: The accepted version that it comes from; None for shipped figures.
    """

    indicator: str
    year: int
    month: int | None
    level: Level
    structure: Structure
    unit: str
    publisher: str
    title: str
    known_on: date
    figures: Mapping[str, Figure]
    accepted: UsedVersion | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", MappingProxyType(dict(self.figures)))

    def values(self) -> dict[str, Fraction | int]:
        """Return the values of the codes that have one."""
        return {code: figure.value for code, figure in self.figures.items() if figure.value is not None}

    def total(self) -> Fraction | int:
        """Return the sum of the values. Hidden and missing figures are not in it, so it may be too low."""
        return sum(self.values().values())

    def note(self, *, by_county: bool = False) -> SeriesNote:
        """Return what is to be said of it wherever it is used."""
        return SeriesNote(
            self.indicator, self.title, self.year, self.month, self.publisher, self.known_on, by_county, self.accepted
        )


class NotKnownYet(Refusal):
    """A figure from after the day of the run."""

    def __init__(self, series: Series, day: date) -> None:
        when = f"{series.year}-{series.month:02}" if series.month else str(series.year)
        super().__init__(
            f"{series.title} ({series.indicator}) for {when} counts as known from {series.known_on}, "
            f"and the run is of {day}. Use an earlier year, or a later date of the run."
        )
        self.indicator, self.year, self.known_on, self.day = series.indicator, series.year, series.known_on, day


def require_known_by(series: Series, day: date) -> None:
    """Refuse a series that was not known on a day.

    Raises:
        NotKnownYet: It counts as known from a later day.
    """
    if series.known_on > day:
        raise NotKnownYet(series, day)
