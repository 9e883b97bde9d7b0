"""Earlier years as a day knows them: what followed of each request, and of each decision.

A decision answers the latest request that was known when the decisions were. Where a request was cut after that (2020),
no more than the cut request was left to settle. A decision of 0 is a no, and nobody is settled of it; where there is no
figure, or a hidden one, nothing is known of what followed, and nothing is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bosett.figures import SHIPPED, Layers, NoFigures, NotKnownYet, Series, counts_part_of_year, indicators, series


class NeedTurn(StrEnum):
    """Which way need went: whether more are asked for than the year before."""

    ROSE = "rose"
    FELL = "fell"
    """No more than the year before."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed of one number in one municipality.

    Attributes:
        of: Persons asked for, or decided on; at least 1.
        came: Persons decided on, or settled.
    """

    of: int
    came: int


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """One earlier year.

    Attributes:
        year: Settlement year.
        asked: Persons asked for in the requests that the decisions answered.
        turn: Which way they went from those of the year before; None when no such are known.
        decisions: What was decided of each request.
        settlements: What was settled of each decision; None when the day does not know it for the whole year.
    """

    year: int
    asked: int
    turn: NeedTurn | None
    decisions: tuple[Followed, ...]
    settlements: tuple[Followed, ...] | None


def earlier_years(year: int, day: date, figures: Layers = SHIPPED) -> tuple[EarlierYear, ...]:
    """Return the years before a settlement year whose decisions a day knows, the earliest first.

    A year whose decisions were counted before it was over is left out, and so is its settlement.

    Args:
        year: Settlement year.
        day: What counts as known from a later day is not seen.
        figures: What is accepted above the shipped figures.
    """
    earlier: list[EarlierYear] = []
    for each in indicators(figures)["decided"].years:
        of_year = _earlier(each, day, figures, earlier[-1] if earlier else None) if each < year else None
        if of_year is not None:
            earlier.append(of_year)
    return tuple(earlier)


def turn_from(asked: int, before: EarlierYear) -> NeedTurn:
    """Return which way need went, from the year before to one in which so many are asked for."""
    return NeedTurn.ROSE if asked > before.asked else NeedTurn.FELL


def requests_known(year: int, day: date, figures: Layers = SHIPPED) -> Series:
    """Return the latest request of a year that a day knows: of 2022 the first until 18 March, then the revised one.

    Raises:
        NoFigures: There are no requests of the year.
        NotKnownYet: They became known later.
    """
    known = _latest(year, day, figures)
    if known is None:
        raise NotKnownYet(series("requested", year, figures=figures), day)
    return known


def known_of(indicator: str, year: int, day: date, figures: Layers = SHIPPED) -> Series | None:
    """Return the figures of an indicator in a year; None when there are none, or they became known after the day."""
    try:
        of_year = series(indicator, year, day=day, figures=figures)
    except NoFigures:
        return None
    return of_year if of_year.known_on <= day else None


def _latest(year: int, day: date, figures: Layers) -> Series | None:
    latest = known_of("requested", year, day, figures)
    return known_of("requested_first", year, day, figures) if latest is None else latest


def left_of(decided: int, answered: int, request: int) -> int:
    """Return how many are left to settle of a decision on a request that may have been cut since."""
    return min(decided, request) if request < answered else decided


def _earlier(year: int, day: date, figures: Layers, last: EarlierYear | None) -> EarlierYear | None:
    """Return a year when the day knows what was decided in it; `last` is the last one before it that the day knows."""
    decided = known_of("decided", year, day, figures)
    requests = None if decided is None else _latest(year, decided.known_on, figures)
    if decided is None or requests is None or counts_part_of_year(decided):
        return None
    answered = _persons(requests)
    decisions = _followed(answered, _persons(decided))
    if not decisions:
        return None
    asked = sum(answered.values())
    turn = turn_from(asked, last) if last is not None and last.year == year - 1 else None
    return EarlierYear(year, asked, turn, decisions, _settlements(decided, answered, day, figures))


def _settlements(
    decided: Series, answered: Mapping[str, int], day: date, figures: Layers
) -> tuple[Followed, ...] | None:
    settled = known_of("settled", decided.year, day, figures)
    if settled is None or counts_part_of_year(settled):
        return None
    # What was settled counts as known after the year, and so do its last requests.
    requests = _persons(requests_known(decided.year, settled.known_on, figures))
    left = {
        code: left_of(persons, answered[code], requests.get(code, answered[code]))
        for code, persons in _persons(decided).items()
        if code in answered
    }
    return _followed(left, _persons(settled)) or None


def _followed(of: Mapping[str, int], came: Mapping[str, int]) -> tuple[Followed, ...]:
    return tuple(Followed(of[code], came[code]) for code in sorted(of) if of[code] > 0 and code in came)


def _persons(figures: Series) -> dict[str, int]:
    return {code: int(persons) for code, persons in figures.values().items()}


@dataclass(frozen=True, slots=True)
class YearChoice:
    """Which earlier years are taken as examples of a year.

    Attributes:
        years: At most so many, the latest; None takes all.
        by_turn: Whether only those count in which need went the same way, where there are enough of them.
    """

    years: int | None
    by_turn: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Which earlier years decisions follow, and which settlement does."""

    decisions: YearChoice
    settlement: YearChoice


CHOSEN = Choices(decisions=YearChoice(years=3, by_turn=True), settlement=YearChoice(years=None, by_turn=False))
"""Decisions: since 2018 those asked are fewer, and nearly all decide on what they are asked for, so that old years tell
of another time; and they follow otherwise when need rises. Settlement: it has changed less, and of few years a range is
too narrow; the way need went tells nothing that one sees. The page of the back-test has the other choices beside."""
ENOUGH = 2
"""Of one year alone nothing is seen of how years differ."""


def examples(years: Sequence[EarlierYear], turn: NeedTurn | None, choice: YearChoice) -> tuple[EarlierYear, ...]:
    """Return the earlier years that are taken as examples of one in which need went this way.

    Args:
        years: The earliest first.
        turn: None when it is not known; then all years are alike.
        choice: How they are chosen.
    """
    alike = [each for each in years if choice.by_turn and turn is not None and each.turn is turn]
    chosen = alike if len(alike) >= ENOUGH else years
    return tuple(chosen if choice.years is None else chosen[-choice.years :])
