"""How many people live in each municipality, as known on a day before a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from bosett.figures import SHIPPED, Layers, NoFigures, SeriesNote, series
from bosett.geography import SplitRule, carry

INDICATOR = "population"


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """Persons by municipality of the round's year, and where the figures come from (None when there are none)."""

    people: Mapping[str, int]
    note: SeriesNote | None


@lru_cache(maxsize=32)
def inhabitants(year: int, day: date, figures: Layers = SHIPPED) -> Inhabitants:
    """Return persons by municipality on the newest 1 January before a round that was known on a day.

    Args:
        year: Settlement year, whose codes are used.
        day: What was published later is left alone.
        figures: What is accepted above the shipped figures.
    """
    for earlier in (year - 1, year - 2):
        try:
            population = series(INDICATOR, earlier, day=day, figures=figures)
        except NoFigures:
            continue
        if population.known_on <= day:
            values = carry(population.values(), earlier, year, SplitRule.LARGEST_RECEIVER, day=day)
            people = {code: int(value) for code, value in values.items() if value is not None}
            return Inhabitants(MappingProxyType(people), population.note())
    return Inhabitants(MappingProxyType({}), None)
