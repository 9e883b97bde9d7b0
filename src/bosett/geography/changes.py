"""Through time: what a municipality became, what it was, and a series of figures carried over mergers and splits.

Rules (docs/explanation/figures.md tells them in full):
- A sum over a merger is exact. Missing and anything is missing; it is never guessed.
- A split with official weights (Ålesund 2024) is shared by them, exactly.
  That is right for things that add up (people); do not carry percentages or averages.
- A split without official weights (Tysfjord and Snillfjord 2020) is refused, unless the caller names a rule.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.basis.tables import table
from bosett.geography.links import Part, backward, follow, forward, steps
from bosett.geography.register import municipality

Value = Fraction | int | None


class SplitRule(StrEnum):
    """What to do with the figure of a municipality that was split without official weights."""

    LARGEST_RECEIVER = "largest_receiver"
    """Whole to the receiver with the most people on the day of the change (population, SSB)."""
    EQUAL = "equal"
    """In equal parts to the receivers."""
    MISSING = "missing"
    """To none: every receiver becomes missing."""


class SplitWithoutWeights(Refusal):
    """A figure cannot be carried over a split that has no official weights."""

    def __init__(self, code: str, receivers: tuple[str, ...], day: Structure) -> None:
        rules = ", ".join(rule.value for rule in SplitRule)
        super().__init__(
            f"{code} was split in {day.value} into {' and '.join(receivers)} without official weights, "
            f"so its figure is not shared by guess. Name a rule: {rules}."
        )
        self.code, self.receivers, self.day = code, receivers, day


class BackInTime(Refusal):
    """Figures and codes are carried forwards only."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"{end} comes before {start}, and a merger cannot be undone. Carry forwards, or ask `was`.")
        self.start, self.end = start, end


def became(code: str, from_year: int, to_year: int) -> tuple[Part, ...]:
    """Return what a municipality of `from_year` is in `to_year`, with the part of its people that each got, by code.

    Raises:
        UnknownMunicipality: The code is not a municipality in `from_year`.
        BackInTime: `to_year` has an earlier structure.
    """
    municipality(code, from_year)
    return follow(code, tuple(forward(step) for step in _steps(from_year, to_year)))


def was(code: str, year: int, earlier_year: int) -> tuple[Part, ...]:
    """Return what a municipality of `year` was in `earlier_year`, by code, with the part of each one's people it got.

    Raises:
        UnknownMunicipality: The code is not a municipality in `year`.
        BackInTime: `earlier_year` has a later structure.
    """
    municipality(code, year)
    return follow(code, tuple(backward(step) for step in reversed(_steps(earlier_year, year))))


def carry(values: Mapping[str, Value], start: int, end: int, rule: SplitRule | None = None) -> dict[str, Value]:
    """Carry figures that add up (people, never percentages) from the codes of one year to those of a later one.

    Args:
        values: By code of `start`: a whole number, a fraction, or None for missing.
            A code that is left out counts as missing.
        start: A year; its structure is the one of `values`.
        end: A year of the same or a later structure.
        rule: For splits without official weights. Official weights are used whatever the rule.
            A figure of 0 needs no rule.

    Returns:
        By code of `end`, in order: every municipality that got anything from a code in `values`.

    Raises:
        UnknownMunicipality: A code is not a municipality in `start`.
        SplitWithoutWeights: A figure would have to be shared by guess.
        BackInTime: `end` has an earlier structure.
    """
    for code in values:
        municipality(code, start)
    carried = dict(values)
    for step in _steps(start, end):
        carried = _one_step(carried, step, rule)
    return dict(sorted(carried.items()))


def _steps(start: int, end: int) -> tuple[Structure, ...]:
    if structure_of(end) < structure_of(start):
        raise BackInTime(start, end)
    return steps(structure_of(start), structure_of(end))


def _one_step(values: Mapping[str, Value], end: Structure, rule: SplitRule | None) -> dict[str, Value]:
    shares = {code: _shares(code, value, end, rule) for code, value in values.items()}
    return {
        new: _sum([shares[part.code][new] if part.code in shares else None for part in parts])
        for new, parts in backward(end).items()
        if any(part.code in shares for part in parts)
    }


def _shares(code: str, value: Value, end: Structure, rule: SplitRule | None) -> Mapping[str, Value]:
    """What each receiver gets of one figure."""
    parts = forward(end)[code]
    if value is None or value == 0 or len(parts) == 1:
        return {part.code: value for part in parts}
    weights = {part.code: part.weight for part in parts}
    if None in weights.values():
        weights = _weights_by(rule, code, tuple(weights), end)
    return {receiver: _part(value, weight) for receiver, weight in weights.items()}


def _part(value: Fraction | int, weight: Fraction | None) -> Value:
    """A part of a figure. The whole stays the number that it was; nothing is the whole number 0."""
    if weight is None:
        return None
    return value * weight if 0 < weight < 1 else value * int(weight)


def _weights_by(
    rule: SplitRule | None, code: str, receivers: tuple[str, ...], end: Structure
) -> dict[str, Fraction | None]:
    if rule is None:
        raise SplitWithoutWeights(code, receivers, end)
    if rule is SplitRule.MISSING:
        return dict.fromkeys(receivers)
    if rule is SplitRule.EQUAL:
        return dict.fromkeys(receivers, Fraction(1, len(receivers)))
    largest = max(receivers, key=lambda receiver: (_population(end)[receiver], receiver))
    return {receiver: Fraction(receiver == largest) for receiver in receivers}


@cache
def _population(structure: Structure) -> Mapping[str, int]:
    """People on the first day of the structure."""
    year = str(structure.value)
    return {
        row["code"]: int(row["population"]) for row in table("population") if row["year"] == row["structure"] == year
    }


def _sum(parts: list[Value]) -> Value:
    total: Fraction | int = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return total
