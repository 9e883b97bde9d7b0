"""Through time: what a municipality became, what it was, and a series of figures carried over mergers and splits.

Rules (docs/explanation/figures.md tells them in full):
- A sum over a merger is exact. Missing and anything is missing; it is never guessed.
- A split with official weights (Ålesund 2024) is shared by them, exactly.
  That is right for things that add up (people); do not carry percentages or averages.
- A split without official weights (Tysfjord and Snillfjord 2020) is refused, unless the caller names a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import table
from bosett.geography.carrying import Value, Weights, carry_step
from bosett.geography.links import LinkEnd, backward, follow, forward, steps
from bosett.geography.register import municipality


class SplitRule(StrEnum):
    """What to do with the figure of a municipality that was split without official weights."""

    LARGEST_RECEIVER = "largest_receiver"
    """Whole to the receiver with the most people of its own before the change: on 1 January of the last year of the old
    structure, in the municipalities that went whole into it (population, SSB). The sizes on the day of the change are
    published after it, and no round that is prepared before it may know them."""
    EQUAL = "equal"
    """In equal parts to the receivers."""
    MISSING = "missing"
    """To none: every receiver becomes missing."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """People by code of a structure, as they were before it, and the day from which that counts as known."""

    people: Mapping[str, int]
    known_on: date


class SplitWithoutWeights(Refusal):
    """A figure cannot be carried over a split that has no official weights."""

    def __init__(self, code: str, receivers: tuple[str, ...], day: Structure) -> None:
        rules = ", ".join(rule.value for rule in SplitRule)
        super().__init__(
            f"{code} was split in {day.value} into {' and '.join(receivers)} without official weights, "
            f"so its figure is not shared by guess. Name a rule: {rules}."
        )
        self.code, self.receivers, self.day = code, receivers, day


class SizesNotKnown(Refusal):
    """The largest receiver of a split is asked for on a day when the sizes were not known yet."""

    def __init__(self, code: str, receivers: tuple[str, ...], known_on: date, day: date) -> None:
        super().__init__(
            f"{code} was split into {' and '.join(receivers)}. Which of them is the largest counts as known from "
            f"{known_on}, and the run is of {day}. Use a later date of the run, or another rule."
        )
        self.code, self.receivers, self.known_on, self.day = code, receivers, known_on, day


class BackInTime(Refusal):
    """Figures and codes are carried forwards only."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{end} comes before {start}, and a merger cannot be undone. Carry forwards, or ask `was`.")
        self.start, self.end = start, end


def became(code: str, from_year: int, to_year: int) -> tuple[LinkEnd, ...]:
    """Return what a municipality of `from_year` is in `to_year`, with the part of its people that each got, by code.

    Raises:
        UnknownMunicipality: The code is not a municipality in `from_year`.
        BackInTime: `to_year` has an earlier structure.
    """
    municipality(code, from_year)
    return follow(code, tuple(forward(step) for step in _steps(from_year, to_year)))


def was(code: str, year: int, earlier_year: int) -> tuple[LinkEnd, ...]:
    """Return what a municipality of `year` was in `earlier_year`, by code, with the part of each one's people it got.

    Raises:
        UnknownMunicipality: The code is not a municipality in `year`.
        BackInTime: `earlier_year` has a later structure.
    """
    municipality(code, year)
    return follow(code, tuple(backward(step) for step in reversed(_steps(earlier_year, year))))


def carry(
    values: Mapping[str, Value], start: int, end: int, rule: SplitRule | None = None, *, day: date | None = None
) -> dict[str, Value]:
    """Carry figures that add up (people, never percentages) from the codes of one year to those of a later one.

    Args:
        values: By code of `start`: a whole number, a fraction, or None for missing.
            A code that is left out counts as missing.
        start: A year; its structure is the one of `values`.
        end: A year of the same or a later structure.
        rule: For splits without official weights. Official weights are used whatever the rule.
            A figure of 0 needs no rule.
        day: The day of the run, for `LARGEST_RECEIVER`: sizes known later are refused. None: whenever.

    Returns:
        By code of `end`, in order: every municipality that got anything from a code in `values`.

    Raises:
        UnknownMunicipality: A code is not a municipality in `start`.
        SplitWithoutWeights: A figure would have to be shared by guess.
        SizesNotKnown: The largest receiver was not known on the day.
        BackInTime: `end` has an earlier structure.
    """
    for code in values:
        municipality(code, start)
    carried = dict(values)
    for step in _steps(start, end):
        carried = _one_step(carried, step, rule, day)
    return dict(sorted(carried.items()))


@cache
def sizes_before(end: Structure) -> Sizes:
    """Return the people that each municipality of a structure had before it, without those of split municipalities."""
    before = max(each for each in Structure if each < end)
    rows = [
        row
        for row in table("population")
        if (row["year"], row["structure"]) == (str(end.value - 1), str(before.value)) and row["population"]
    ]
    earlier = {row["code"]: int(row["population"]) for row in rows}
    into = forward(end)
    whole = {old for old, parts in into.items() if len(parts) == 1}
    people = {
        new: sum(earlier[part.code] for part in parts if part.code in whole) for new, parts in backward(end).items()
    }
    return Sizes(people, max(date.fromisoformat(row["known_on"]) for row in rows))


def _steps(start: int, end: int) -> tuple[Structure, ...]:
    if structure_of(end) < structure_of(start):
        raise BackInTime(start, end)
    return steps(structure_of(start), structure_of(end))


def _one_step(
    values: Mapping[str, Value], end: Structure, rule: SplitRule | None, day: date | None
) -> dict[str, Value]:
    def weights_of(code: str) -> Weights:
        return _weights_by(rule, code, tuple(part.code for part in forward(end)[code]), end, day)

    return carry_step(values, forward(end), backward(end), weights_of)


def _weights_by(
    rule: SplitRule | None, code: str, receivers: tuple[str, ...], end: Structure, day: date | None
) -> dict[str, Fraction | None]:
    if rule is None:
        raise SplitWithoutWeights(code, receivers, end)
    if rule is SplitRule.MISSING:
        return dict.fromkeys(receivers)
    if rule is SplitRule.EQUAL:
        return dict.fromkeys(receivers, Fraction(1, len(receivers)))
    sizes = sizes_before(end)
    if day is not None and sizes.known_on > day:
        raise SizesNotKnown(code, receivers, sizes.known_on, day)
    largest = max(receivers, key=lambda receiver: (sizes.people[receiver], receiver))
    return {receiver: Fraction(receiver == largest) for receiver in receivers}
