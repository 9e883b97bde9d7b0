"""Published national figures, each with its source. Where sources disagree nothing is picked silently."""

from dataclasses import dataclass
from datetime import date

from bosett.basis.refusals import Refusal
from bosett.basis.tables import table
from bosett.figures.series import NoFigures


@dataclass(frozen=True, slots=True)
class NationalTotal:
    """One published national figure.

    Attributes:
        year: Settlement year.
        measure: requested_first, requested, decided, settled and others, as in the table `national_totals`.
        group: all, em (unaccompanied minors), resettlement, ukraine or collective_protection.
        value: The number, mostly persons.
        as_of: The date as the source gives it.
        source: Where it was published.
        known_on: The day from which it counts as known.
    """

    year: int
    measure: str
    group: str
    value: int
    as_of: str
    source: str
    known_on: date


class SourcesDisagree(Refusal):
    """Several different numbers were published for the same thing."""

    def __init__(self, measure: str, year: int, found: tuple[NationalTotal, ...]) -> None:
        told = "; ".join(f"{total.value} ({total.as_of or 'no date'}, {total.source})" for total in found)
        super().__init__(f"Sources disagree on {measure} for {year}: {told}. Name the number that you mean.")
        self.measure, self.year, self.found = measure, year, found


def national_totals(measure: str, year: int, group: str = "all") -> tuple[NationalTotal, ...]:
    """Return every published figure on a measure in a year, the earliest known first; none is an empty tuple."""
    found = [
        NationalTotal(
            year,
            measure,
            group,
            int(row["value"]),
            row["as_of"],
            row["source"],
            date.fromisoformat(row["known_on"]),
        )
        for row in table("national_totals")
        if (row["year"], row["measure"], row["group"]) == (str(year), measure, group)
    ]
    return tuple(sorted(found, key=lambda total: (total.known_on, total.value)))


def national_total(measure: str, year: int, group: str = "all") -> NationalTotal:
    """Return the published figure on a measure in a year; of several that agree the one known first.

    Raises:
        NoFigures: Nothing was published, or it is not in the shipped table.
        SourcesDisagree: Different numbers were published.
    """
    found = national_totals(measure, year, group)
    if not found:
        years = sorted(
            {row["year"] for row in table("national_totals") if (row["measure"], row["group"]) == (measure, group)}
        )
        raise NoFigures(f"the national total {measure} ({group})", str(year), ", ".join(years) or "no year at all")
    if len({total.value for total in found}) > 1:
        raise SourcesDisagree(measure, year, found)
    return found[0]
