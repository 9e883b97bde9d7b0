"""What each municipality was asked for, decided and settled in the years before a round, as known on a day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from bosett.figures import SHIPPED, Layers, NoFigures, series
from bosett.figures.kinds import Figure, Series, SeriesNote, Status
from bosett.geography import SplitRule, Value, carry, municipalities, was

YEARS = 6
"""Years looked back: the last swing of need, up and down, lies within them."""
FIRST = 2012
"""The first year of which there are figures of municipalities."""
MEASURES = ("requested", "decided", "settled")


@dataclass(frozen=True, slots=True)
class YearBefore:
    """One settlement year of one municipality, in persons; a figure says why there is none.

    Attributes:
        year: Settlement year.
        requested: What it was asked for: the latest request known, else the first.
        decided: What it decided.
        settled: Who settled there.
    """

    year: int
    requested: Figure
    decided: Figure
    settled: Figure


@lru_cache(maxsize=32)
def history(
    year: int, day: date, figures: Layers = SHIPPED, *, back: int = YEARS
) -> Mapping[str, tuple[YearBefore, ...]]:
    """Return the years before a round by code of the round's year, the oldest first.

    Figures are carried over mergers; over a split without official weights none is given. What was published after the
    day is missing.

    Args:
        year: Settlement year of the round.
        day: What was known on it.
        figures: What is accepted above the shipped figures.
        back: How many years are looked back.
    """
    years = range(year - back, year)
    known = {
        (measure, each): figures_before(measure, each, year, day, figures) for measure in MEASURES for each in years
    }
    return {
        place.code: tuple(
            YearBefore(each, *(known[measure, each].get(place.code, _MISSING) for measure in MEASURES))
            for each in years
        )
        for place in municipalities(year)
    }


@lru_cache(maxsize=128)
def figures_before(measure: str, year: int, to_year: int, day: date, figures: Layers = SHIPPED) -> Mapping[str, Figure]:
    """Return one measure of a year by the codes of a later one; empty when nothing was known of it on the day.

    Args:
        measure: requested (the latest known, else the first), requested_first, decided or settled.
        year: Settlement year.
        to_year: Year of the codes.
        day: What was published later is left alone.
        figures: What is accepted above the shipped figures.
    """
    known = _used(measure, year, day, figures)
    return MappingProxyType({} if known is None else dict(_carried(known, to_year)))


@dataclass(frozen=True, slots=True)
class SumBefore:
    """What the municipalities of an area come to in a year.

    Attributes:
        persons: The sum of the figures that there are.
        hidden: Municipalities whose figure is kept back.
        missing: Municipalities that nothing is told of.
        known: Municipalities with a figure, or that were not asked.
        placeless: Persons in the sum whose municipality the publisher does not know.
        published: A total of the whole area that is published, where its municipalities do not tell all; else None.
    """

    persons: int
    hidden: int
    missing: int
    known: int
    placeless: int = 0
    published: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every municipality is told of."""
        return not self.hidden and not self.missing

    @property
    def total(self) -> int:
        """Persons in the whole area: what is published of it, else the sum, which is no more than they were."""
        return self.persons if self.published is None else self.published

    @property
    def is_total(self) -> bool:
        """Whether nobody is lacking in the total."""
        return self.is_whole or self.published is not None

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> "SumBefore":
        """Return the sum of figures."""
        statuses: Counter[Status] = Counter()
        persons = 0
        for each in figures:
            statuses[each.status] += 1
            if each.persons is not None:
                persons += each.persons
        lacking = statuses[Status.HIDDEN] + statuses[Status.MISSING]
        return cls(persons, statuses[Status.HIDDEN], statuses[Status.MISSING], statuses.total() - lacking)


@dataclass(frozen=True, slots=True)
class AreaBefore:
    """One settlement year of an area: what its municipalities were asked for, decided and settled."""

    year: int
    requested: SumBefore
    decided: SumBefore
    settled: SumBefore


def history_of_area(of_places: Mapping[str, tuple[YearBefore, ...]], codes: Collection[str]) -> tuple[AreaBefore, ...]:
    """Return the years of an area, the oldest first.

    Args:
        of_places: The years of each municipality.
        codes: Those that lie in the area; one at least.
    """
    own = [of_places[code] for code in codes]
    return tuple(
        AreaBefore(
            same_year[0].year, *(SumBefore.of(getattr(each, measure) for each in same_year) for measure in MEASURES)
        )
        for same_year in zip(*own, strict=True)
    )


@lru_cache(maxsize=32)
def sources(year: int, day: date, figures: Layers = SHIPPED, *, back: int = YEARS) -> tuple[SeriesNote, ...]:
    """Return where the figures of the years before a round come from, the oldest first: what, publisher, known when."""
    notes = []
    for each in range(year - back, year):
        for measure in MEASURES:
            used = _used(measure, each, day, figures)
            if used is not None:
                notes.append(used.note())
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class RequestsBefore:
    """What was asked for the year before a round, as it stood on a day.

    Attributes:
        note: Which request it is (the latest known on the day, else the first), and since when it is known. None when
            none was known.
        figures: By code of the round's year; empty when none was known.
    """

    note: SeriesNote | None
    figures: Mapping[str, Figure]

    @property
    def numbers(self) -> dict[str, int]:
        """Return persons by code, of those who were asked for anybody."""
        return {code: figure.persons for code, figure in self.figures.items() if figure.persons}


@lru_cache(maxsize=32)
def requests_before(
    year: int, day: date, rule: SplitRule = SplitRule.MISSING, figures: Layers = SHIPPED
) -> RequestsBefore:
    """Return what each municipality was asked for the year before a round, by the latest request known on the day.

    Args:
        year: Settlement year of the round.
        day: The round's own day: a request that was revised later stands as it was.
        rule: For a split without official weights; by default its receivers have no figure.
        figures: What is accepted above the shipped figures.
    """
    requests = _used("requested", year - 1, day, figures)
    if requests is None:
        return RequestsBefore(None, MappingProxyType({}))
    return RequestsBefore(requests.note(), MappingProxyType(dict(_carried(requests, year, rule, day))))


_MISSING = Figure(None, Status.MISSING)


def _used(measure: str, year: int, day: date, figures: Layers) -> Series | None:
    """Return the series that tells of a measure: of requests the latest known, else the first."""
    names = ("requested", "requested_first") if measure == "requested" else (measure,)
    for name in names:
        try:
            used = series(name, year, day=day, figures=figures)
        except NoFigures:
            continue
        if used.known_on <= day:
            return used
    return None


def _carried(
    used: Series, to_year: int, rule: SplitRule = SplitRule.MISSING, day: date | None = None
) -> Mapping[str, Figure]:
    """Carry figures over mergers. One of several that was not asked adds nobody; where none was, none was asked."""
    values = {code: _added(figure) for code, figure in used.figures.items()}
    carried = carry(values, used.year, to_year, rule, day=day)
    return {code: _figure(used, code, value, to_year) for code, value in carried.items()}


def _added(figure: Figure) -> Value:
    return 0 if figure.status is Status.NOT_ASKED else figure.value


def _figure(used: Series, code: str, value: Value, to_year: int) -> Figure:
    why = _why(used, code, to_year)
    if why is Status.NOT_ASKED:
        return Figure(None, why)
    # A part of a person comes of a split by weights: an estimate, and no published figure.
    whole = value is not None and Fraction(value).denominator == 1
    return Figure(int(value), Status.OK) if value is not None and whole else Figure(None, why)


def _why(used: Series, code: str, to_year: int) -> Status:
    """Return why there is no figure: not asked when nobody was; hidden when nothing else is lacking; else missing."""
    reasons = {used.figures[part.code].status for part in was(code, to_year, used.year) if part.code in used.figures}
    if reasons == {Status.NOT_ASKED}:
        return Status.NOT_ASKED
    lacking = reasons - {Status.OK, Status.NOT_ASKED}
    return Status.HIDDEN if lacking == {Status.HIDDEN} else Status.MISSING
