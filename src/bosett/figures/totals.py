"""Published national figures, each with its source. Where sources disagree nothing is picked silently."""

from dataclasses import dataclass
from datetime import date

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure
from bosett.basis.tables import table
from bosett.figures.catalogue import COLUMNS
from bosett.figures.kinds import Level, UsedVersion
from bosett.figures.layers import SHIPPED, Layers
from bosett.figures.series import COUNTRY, NoFigures


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
        accepted: The accepted version that it comes from; None for shipped figures.
    """

    year: int
    measure: str
    group: str
    value: int
    as_of: str
    source: str
    known_on: date
    accepted: UsedVersion | None = None


class SourcesDisagree(Refusal):
    """Several different numbers were published for the same thing."""

    def __init__(self, measure: str, year: int, totals: tuple[NationalTotal, ...]) -> None:
        listed = "; ".join(f"{total.value} ({total.as_of or 'no date'}, {total.source})" for total in totals)
        super().__init__(f"Sources disagree on {measure} for {year}: {listed}. Name the number that you mean.")
        self.measure, self.year, self.totals = measure, year, totals


def national_totals(
    measure: str, year: int, group: str = "all", *, figures: Layers = SHIPPED
) -> tuple[NationalTotal, ...]:
    """Return every published figure on a measure in a year, the earliest known first; none is an empty tuple.

    One that is accepted stands alone: whoever accepted it has chosen among what was published.
    """
    accepted = _accepted(measure, year, group, figures)
    if accepted is not None:
        return (accepted,)
    totals = [
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
    return tuple(sorted(totals, key=lambda total: (total.known_on, total.value)))


def national_total(measure: str, year: int, group: str = "all", *, figures: Layers = SHIPPED) -> NationalTotal:
    """Return the published figure on a measure in a year; of several that agree the one known first.

    Raises:
        NoFigures: Nothing was published, or it is neither shipped nor accepted.
        SourcesDisagree: Different numbers were published.
    """
    totals = national_totals(measure, year, group, figures=figures)
    if not totals:
        years = {row["year"] for row in table("national_totals") if (row["measure"], row["group"]) == (measure, group)}
        years |= {time for name in _named(measure, group) for _, time in figures.times(name)}
        what = f"the national total {measure} ({group})"
        raise NoFigures(what, str(year), ", ".join(sorted(years)) or "no year at all")
    if len({total.value for total in totals}) > 1:
        raise SourcesDisagree(measure, year, totals)
    return totals[0]


def _named(measure: str, group: str) -> tuple[str, ...]:
    """Return the indicator that a national total is accepted under, if there is one."""
    return tuple(
        name
        for name, column in COLUMNS.items()
        if (column.level, column.measure, column.group) == (Level.COUNTRY, measure, group)
    )


def _accepted(measure: str, year: int, group: str, figures: Layers) -> NationalTotal | None:
    for name in _named(measure, group):
        for structure in sorted(Structure, reverse=True):
            accepted = figures.latest(name, structure, str(year), None)
            figure = None if accepted is None else accepted.version.figures[str(year)].get(COUNTRY)
            if accepted is not None and figure is not None and figure.persons is not None:
                version = accepted.version
                return NationalTotal(
                    year,
                    measure,
                    group,
                    figure.persons,
                    "" if version.published_on is None else version.published_on.isoformat(),
                    f"{version.publisher}, {version.dataset}: {version.source}",
                    version.known_on,
                    accepted.used_for(str(year)),
                )
    return None
