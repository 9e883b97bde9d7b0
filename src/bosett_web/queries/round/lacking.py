"""What a round lacks before it can be computed: figures with where they are published, or the fewest asked for."""

from dataclasses import dataclass
from datetime import date

from bosett.basis.refusals import Refusal
from bosett.parameters import NotKnown, criteria_of_year, load_shipped
from bosett.rounds.needs import needed_figures
from bosett_web.queries.standing_rows import Standing


@dataclass(frozen=True, slots=True)
class LackingFigure:
    """A figure that a round needs.

    Attributes:
        indicator: Its name.
        time: Year or month.
        publisher: Who publishes it.
        dataset: What the publisher calls it.
        address: Where it is published.
        known_on: The day, after that of the round, from which it counts as known; None when there is none.
        needed: Whether the proposal cannot be computed without it; else a criterion is left without its weight.
    """

    indicator: str
    time: str
    publisher: str
    dataset: str
    address: str
    known_on: date | None
    needed: bool


@dataclass(frozen=True, slots=True)
class LackingBasis:
    """What a round lacks: figures, and whether it is the fewest that a municipality is asked for."""

    figures: tuple[LackingFigure, ...] = ()
    least: bool = False


def lacking(at: Standing) -> LackingBasis:
    """Return what the round's newest criteria, or those that it could begin from, need and do not have."""
    named = at.criteria[-1].file if at.criteria else criteria_of_year(at.year, at.least)[-1]
    try:
        file = load_shipped(named)
        needed = needed_figures(file, at.figures, total_named=True)
    except NotKnown:
        return LackingBasis(least=True)
    except Refusal:  # criteria that compute nothing need nothing
        return LackingBasis()
    return LackingBasis(
        tuple(
            LackingFigure(
                indicator=each.indicator,
                time=each.time,
                publisher=each.where.publisher,
                dataset=each.where.dataset,
                address=each.where.address,
                known_on=each.known_on,
                needed=not each.only_if_there,
            )
            for each in needed
        )
    )
