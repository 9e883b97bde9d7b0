"""How many people live in each municipality, as known on a day before a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from bosett.figures import NoFigures, SeriesNote, series
from bosett.geography import SplitRule, carry

INDICATOR = "population"


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """Persons by municipality of the round's year, and where the figures come from (None when there are none)."""

    people: Mapping[str, int]
    told: SeriesNote | None


@lru_cache(maxsize=32)
def inhabitants(year: int, day: date) -> Inhabitants:
    """Return persons by municipality on the newest 1 January before a round that was known on a day.

    Args:
        year: Settlement year, whose codes are used.
        day: What was published later is left alone.
    """
    for earlier in (year - 1, year - 2):
        try:
            found = series(INDICATOR, earlier)
        except NoFigures:
            continue
        if found.known_on <= day:
            values = carry(found.values(), earlier, year, SplitRule.LARGEST_RECEIVER, day=day)
            people = {code: int(value) for code, value in values.items() if value is not None}
            told = SeriesNote(
                indicator=INDICATOR,
                title=found.title,
                year=earlier,
                month=None,
                publisher=found.publisher,
                known_on=found.known_on,
                by_county=False,
            )
            return Inhabitants(MappingProxyType(people), told)
    return Inhabitants(MappingProxyType({}), None)
