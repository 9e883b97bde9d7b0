"""What was planned for in the years before a round, and how far it missed, as known on a day.

No forecast of those years was published with a number. What the municipalities were first asked for was made from one,
and is held against who was settled. Settled is not need while people wait for a place: such years are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.figures import SHIPPED, Layers
from bosett.rounds.country_before import NationalSum, national_sum
from bosett.rounds.history import YEARS
from bosett.rounds.need_history import LAST_WITH_QUEUE, MEASURES, PART_YEAR


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """A year before a round, in persons of the whole country; None is that no figure was known on the day.

    Attributes:
        year: Settlement year.
        sums: By measure: what was first and last asked for, decided and settled.
    """

    year: int
    sums: Mapping[str, NationalSum | None]

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return any(self.sums.values())

    @property
    def miss(self) -> Fraction | None:
        """How far the first request was above who was settled, as a part of these; below nothing when it was below.

        None where settled tells nothing of it. Where some municipality is hidden or lacking, more were settled than
        the sum, and it was at most so far above.
        """
        first, settled = self.sums["requested_first"], self.sums["settled"]
        if self.year in PART_YEAR or first is None or settled is None or not settled.persons:
            return None
        return Fraction(first.persons - settled.persons, settled.persons) if first.is_whole else None

    @property
    def is_at_most(self) -> bool:
        """Whether the miss is the highest that it can have been."""
        settled = self.sums["settled"]
        return settled is not None and not settled.is_whole


def planned_years(year: int, day: date, figures: Layers = SHIPPED) -> tuple[PlannedYear, ...]:
    """Return the years before a round of which something was known on a day, the oldest first.

    Args:
        year: Settlement year of the round.
        day: What was published later is left alone.
        figures: What is accepted above the shipped figures.
    """
    rows = (
        PlannedYear(each, {measure: national_sum(measure, each, day, figures) for measure in MEASURES})
        for each in range(max(year - YEARS, LAST_WITH_QUEUE + 1), year)
    )
    return tuple(row for row in rows if row.is_known)
