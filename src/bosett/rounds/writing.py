"""What whoever writes criteria can read and begin from: figures known by the round's day, and last year's criteria."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bosett.figures import SHIPPED, Layers, Level, SeriesNote, indicators, times_of
from bosett.geography import municipalities
from bosett.parameters import BadRuleFile, CriteriaFile, Criterion, Reading, choice_of
from bosett.stages.criteria import Lookup, published


@dataclass(frozen=True, slots=True)
class ReadableFigure:
    """A figure that criteria can read.

    Attributes:
        reading: Which.
        note: What, when, who published it and when it was known.
        lacking: Codes of the municipalities of the year without it, in order.
    """

    reading: Reading
    note: SeriesNote
    lacking: tuple[str, ...]


def readable_figures(file: CriteriaFile, figures: Layers = SHIPPED) -> tuple[ReadableFigure, ...]:
    """Return every figure that criteria can read, in the order of the catalogue, the newest first.

    What is not known by the day of the criteria, or cannot be carried to the municipalities of their year, is none.

    Args:
        file: Criteria of the year: their year, day and rule for split municipalities count, and nothing else.
        figures: What is accepted above the shipped figures.
    """
    lookup, codes = published(file, figures), [place.code for place in municipalities(file.year)]
    readable = []
    for name, described in indicators(figures).items():
        if described.level is Level.COUNTRY:
            continue
        for time in reversed(times_of(name, figures)):
            if int(time[:4]) > file.day.year + 1:  # what is of a later year than the next is known by nobody
                continue
            reading = Reading(name, int(time[:4]), int(time[5:]) if described.monthly else None, 0)
            try:
                known = lookup(reading)
            except BadRuleFile:
                continue
            lacking = tuple(code for code in codes if known.values.get(code) is None)
            if len(lacking) < len(codes):
                readable.append(ReadableFigure(reading, known.note, lacking))
    return tuple(readable)


def begun_from(before: CriteriaFile, model: CriteriaFile, figures: Layers = SHIPPED) -> CriteriaFile | None:
    """Return last year's criteria as the start of this year's: each figure is that of as many years before the round.

    A figure that is not known by the round's day is the newest before it that is known. One without any stays that of
    the year that it should be, for a person to choose another.

    Args:
        before: The criteria that were in force the year before.
        model: Criteria of this year: year, day, and what settles ties and splits, are theirs.
        figures: What is accepted above the shipped figures.

    Returns:
        None when a weight of theirs is not known, or cannot be computed: there is nothing to go on from.
    """
    if choice_of(before) is None:
        return None
    lookup, by = published(model, figures), model.year - before.year

    def moved(reading: Reading) -> Reading:
        wanted = [replace(reading, year=year) for year in range(reading.year + by, reading.year - 1, -1)]
        return next((each for each in wanted if _is_known(each, lookup)), wanted[0])

    return replace(model, criteria=tuple(_reading(each, moved) for each in before.criteria))


def _is_known(reading: Reading, lookup: Lookup) -> bool:
    try:
        lookup(reading)
    except BadRuleFile:
        return False
    return True


def _reading(each: Criterion, moved: Callable[[Reading], Reading]) -> Criterion:
    """Return a criterion that reads other figures."""
    eligible, bound = each.eligible, each.bound
    if eligible is not None:
        eligible = replace(eligible, reading=moved(eligible.reading))
    if bound is not None and bound.corridor is not None:
        last, low, high = bound.corridor
        bound = replace(bound, corridor=(moved(last), low, high))
    if bound is not None and bound.ceiling is not None:
        bound = replace(bound, ceiling=moved(bound.ceiling))
    return replace(
        each,
        measure=tuple(
            replace(
                factor,
                reading=moved(factor.reading),
                per=None if factor.per is None else moved(factor.per),
            )
            for factor in each.measure
        ),
        eligible=eligible,
        bound=bound,
    )
