"""Months of a flow: a first one and how many, with their days and names."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True, order=True)
class FlowMonth:
    """A month: `number` is 1 to 12."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    def after(self, months: int) -> "FlowMonth":
        """Return the month that comes so many later."""
        year, number = divmod(self.year * YEAR + self.number - 1 + months, YEAR)
        return FlowMonth(year, number + 1)

    def since(self, earlier: "FlowMonth") -> int:
        """Return how many months later than another it is."""
        return (self.year - earlier.year) * YEAR + self.number - earlier.number

    def days(self) -> Iterator[date]:
        """Yield its days."""
        for day in range(1, calendar.monthrange(self.year, self.number)[1] + 1):
            yield date(self.year, self.number, day)


def months_from(first: FlowMonth, count: int) -> tuple[FlowMonth, ...]:
    """Return `count` months, the first one first."""
    return tuple(first.after(place) for place in range(count))
