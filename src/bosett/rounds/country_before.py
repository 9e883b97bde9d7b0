"""What the whole country was asked for, decided and settled in a year: of its municipalities, and as published.

One rule for every page and table: the sum of the municipalities of that year, none of which is lost in a later merger;
and where it does not tell all, a total that a publisher has told of the country, which is another fact beside it.
"""

from dataclasses import dataclass, replace
from datetime import date

from bosett.figures import SHIPPED, Layers, NoFigures, national_totals, placeless, series
from bosett.geography import municipalities
from bosett.rounds.history import MEASURES, YEARS, AreaBefore, SumBefore

FIRST_REQUEST = "requested_first"


@dataclass(frozen=True, slots=True)
class NationalSum:
    """Persons in the whole country; `is_whole` is False when some municipality's figure is hidden or lacking."""

    persons: int
    is_whole: bool


def country_sum(measure: str, year: int, day: date, figures: Layers = SHIPPED) -> SumBefore | None:
    """Return what the country comes to in a year; None when nothing was known of it on the day.

    Args:
        measure: requested_first, requested, decided or settled.
        year: Settlement year; the municipalities are those of it.
        day: What was published later is left alone.
        figures: What is accepted above the shipped figures.
    """
    own = _of_municipalities(measure, year, day, figures)
    if own is not None and own.is_whole:
        return own
    published = [each.value for each in national_totals(measure, year, figures=figures) if each.known_on <= day]
    if not published:
        return own
    chosen = published[0 if measure == FIRST_REQUEST else -1]
    if own is None:
        return SumBefore(0, 0, _count(year), 0, published=chosen)
    # A total that is smaller than what the municipalities alone have was published earlier than they were.
    return replace(own, published=chosen) if chosen >= own.persons else own


def national_sum(measure: str, year: int, day: date, figures: Layers = SHIPPED) -> NationalSum | None:
    """Return the same as one number, and whether nobody is lacking in it."""
    summed = country_sum(measure, year, day, figures)
    return None if summed is None else NationalSum(summed.total, summed.is_total)


def history_of_country(year: int, day: date, figures: Layers = SHIPPED, *, back: int = YEARS) -> tuple[AreaBefore, ...]:
    """Return the years of the country before a round, the oldest first, in persons.

    Args:
        year: Settlement year of the round.
        day: What was published later is missing.
        figures: What is accepted above the shipped figures.
        back: How many years are looked back.
    """

    def whole(measure: str, each: int) -> SumBefore:
        # Of requests the latest known, else the first, as of each municipality.
        names = (measure, FIRST_REQUEST) if measure == "requested" else (measure,)
        sums = (country_sum(name, each, day, figures) for name in names)
        return next((summed for summed in sums if summed is not None), SumBefore(0, 0, _count(each), 0))

    return tuple(AreaBefore(each, *(whole(measure, each) for measure in MEASURES)) for each in range(year - back, year))


def _of_municipalities(measure: str, year: int, day: date, figures: Layers) -> SumBefore | None:
    """Return the sum of what is told of municipalities; None when of none of them anything is."""
    try:
        known = series(measure, year, day=day, figures=figures)
    except NoFigures:
        return None
    if known.known_on > day or all(each.persons is None for each in known.figures.values()):
        return None
    own = SumBefore.of(known.figures.values())
    if known.accepted is not None:
        return own
    without = placeless(measure, year)
    return replace(own, persons=own.persons + without, placeless=without)


def _count(year: int) -> int:
    return len(municipalities(year))
