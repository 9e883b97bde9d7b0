"""What holds for figures from every source: how they add up, who must have one, and what a version of them says."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Protocol

from bosett.basis.structures import Structure
from bosett.basis.tables import table
from bosett.figures import Figure, Status
from bosett.figures.versions import FigureVersion
from bosett.geography import register
from bosett.sources.answers import unreadable
from bosett.sources.fetching import Fetched

MISSING = Figure(None, Status.MISSING)
ByTime = Mapping[str, Mapping[str, Figure]]
"""Figures by time, then by code."""


class Placed(Protocol):
    """A mutable mapping of figures by key, in which nothing is overwritten."""

    def get(self, key: tuple[str, str, str], /) -> Figure | None:
        """Return the figure of a key."""

    def __setitem__(self, key: tuple[str, str, str], figure: Figure, /) -> None:
        """Place a figure."""


def place(placed: Placed, key: tuple[str, str, str], figure: Figure, fetched: Fetched) -> None:
    """Place the figure of an indicator, a time and a code.

    Raises:
        UnreadableAnswer: Another figure stands there.
    """
    before = placed.get(key)
    if before is not None and before != figure:
        indicator, time, code = key
        raise unreadable(fetched, "twice", series=indicator, place=code, time=time)
    placed[key] = figure


def summed(parts: Iterable[Figure]) -> Figure:
    """Return a sum: of missing and anything it is missing, of hidden and numbers it is hidden."""
    figures = list(parts)
    for status in (Status.MISSING, Status.NOT_ASKED, Status.HIDDEN):
        if any(part.status is status for part in figures):
            return Figure(None, status)
    return Figure(sum(part.value for part in figures if part.value is not None), Status.OK)


def require_plausible(figure: Figure, unit: str, key: tuple[str, str, str], fetched: Fetched) -> None:
    """Refuse a count of people that is no whole number from 0, or a percentage beyond 0 to 100.

    Args:
        figure: The figure.
        unit: person or percent.
        key: Of which indicator, time and code it is.
        fetched: Where it comes from.

    Raises:
        UnreadableAnswer: It is such a figure.
    """
    value = figure.value
    if value is None:
        return
    whole = value >= 0 and Fraction(value).denominator == 1
    if (0 <= value <= 100) if unit == "percent" else whole:
        return
    series, time, code = key
    why = "percent" if unit == "percent" else "people"
    raise unreadable(fetched, why, series=series, place=code, time=time, value=shown(value))


def shown(value: Fraction | int) -> str:
    """Return a number for a sentence."""
    return str(value) if len(str(value)) < 30 else f"{str(value)[:30]}…"


def require_all(structure: Structure, codes: Collection[str], series: str, time: str, fetched: Fetched) -> None:
    """Refuse figures of a series and time in which municipalities of a structure are missing.

    Raises:
        UnreadableAnswer: Some are; the sentence lists them.
    """
    lacking = lacking_in(structure, codes)
    if lacking:
        facts = {"missing": len(lacking), "all": len(register().municipalities[structure]), "year": structure.value}
        what = f"{series} {time}".strip()
        raise unreadable(fetched, "lacking", **facts, what=what, series=series, time=time, named=list(lacking))


def lacking_in(structure: Structure, codes: Collection[str]) -> tuple[str, ...]:
    """Return the municipalities of a structure that are not among the codes, as code and name."""
    places = register().municipalities[structure]
    return tuple(f"{code} {place.name}" for code, place in places.items() if code not in codes)


def without_undivided(figures: Mapping[str, Figure], year: int, structure: Structure) -> dict[str, Figure]:
    """Return figures of people without those that a publisher has not divided between the receivers of a split.

    Whoever recalculates a year to a later structure must divide what was whole. Where one receiver has a 0 for a year
    in which it did not exist, none of them has a figure. (SSB 07459 gives Ålesund everybody and Haram nobody in 2020.)
    """
    divided = dict(figures)
    for receivers in _receivers(year, structure):
        if any(figures.get(code) == Figure(0, Status.OK) for code in receivers):
            divided.update(dict.fromkeys(receivers, MISSING))
    return divided


def version(
    indicator: str,
    structure: Structure,
    dataset: tuple[str, str],
    published_on: date | None,
    figures: ByTime,
    of: Fetched,
) -> FigureVersion:
    """Return a version of figures as it was read.

    It counts as known from the day on which its publisher last changed it, or, when that is not said, from the day on
    which it was fetched: late rather than early.

    Args:
        indicator: Name of the indicator.
        structure: The structure of its codes.
        dataset: The publisher, and what it calls the figures.
        published_on: The day on which the publisher says that they were changed; None when it does not say.
        figures: By time, then by code.
        of: What they were read from.
    """
    return FigureVersion(
        indicator=indicator,
        structure=structure,
        publisher=dataset[0],
        dataset=dataset[1],
        source=of.source,
        published_on=published_on,
        known_on=published_on or of.fetched_on,
        fetched_on=of.fetched_on,
        raw_sha256=of.sha256,
        figures={time: dict(sorted(by_code.items())) for time, by_code in sorted(figures.items())},
    )


def _receivers(year: int, structure: Structure) -> Iterable[tuple[str, ...]]:
    """Return the receivers of each split that came after 1 January of a year, in the codes of a later structure."""
    receivers: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in table("municipality_changes"):
        if row["kind"] == "split" and year < int(row["valid_from"][:4]) <= structure:
            key = (row["valid_from"], row["old_code"])
            receivers[key] = (*receivers.get(key, ()), row["new_code"])
    return receivers.values()
